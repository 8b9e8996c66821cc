//! `sample`: a synthetic community to look at, to try out and to measure with. How far it got goes to
//! standard error.

use yichuang_desk::{Answer, Sample};

use crate::{
    answer::Outcome, arguments::Plan, password::password, terminal::Terminal, upkeep::tell,
};

/// Nobody reads thousands of lines.
const CASES_A_LINE: u32 = 1_000;

pub(crate) fn sample(terminal: &Terminal, plan: &Plan) -> Outcome {
    make(terminal, plan)
        .unwrap_or_else(|refused| refused)
        .into()
}

fn make(terminal: &Terminal, plan: &Plan) -> Result<Answer, Answer> {
    let language = terminal.language();
    let wanted = Sample {
        data: terminal.data()?,
        password: password(language.pick("样例社区", "the sample community"), language)?,
        seed: plan.seed,
        people: plan.people,
        cases: plan.cases,
        clock: terminal.clock(),
    };
    let mut next = 0;
    Ok(yichuang_desk::sample(&wanted, language, |people, cases| {
        if cases == 0 || cases >= next {
            next = cases + CASES_A_LINE;
            let told = language.pick(
                format!("{people} 人，{cases} 件"),
                format!("{people} people, {cases} matters"),
            );
            tell(&told);
        }
    }))
}
