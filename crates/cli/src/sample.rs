//! `sample`: a synthetic community to look at, to try out and to measure with.

use crate::{answer::Outcome, arguments::Plan, terminal::Terminal};

pub(crate) fn sample(terminal: &Terminal, plan: &Plan) -> Outcome {
    let _ = (terminal, plan);
    Outcome::Said { broke: true }
}
