//! Checking the journal from the desk.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::office::staff::Action;

use crate::{answer::Stop, call::Query, see::View};

/// Checks the journal from the first commit to the last.
#[derive(Deserialize, TS)]
pub(crate) struct Verify {}

/// What checking found.
#[derive(Serialize, TS)]
pub(crate) struct VerifiedView {
    /// Whether nothing is wrong.
    pub sound: bool,
    /// Commits checked.
    #[ts(type = "number")]
    pub commits: u64,
    /// Bytes checked.
    #[ts(type = "number")]
    pub bytes: u64,
    /// What is wrong, or that nothing is, in one line.
    pub text: String,
}

impl Query for Verify {
    const NAME: &'static str = "verify";
    const ABOUT: &'static str = "Checks the journal: blocks, chain, changes and signatures.";
    const ACTION: Action = Action::Verify;
    type Output = VerifiedView;

    fn answer(&self, view: &View<'_>) -> Result<VerifiedView, Stop> {
        let found = view.store.verify()?;
        let (commits, wrong) = (
            found.commits,
            found.damaged_blocks + found.broken_links + found.changed + found.unsigned,
        );
        let text = if found.is_sound() {
            view.language().pick(
                format!("{commits} 条记录，链条完整，签名都有效。"),
                format!("{commits} commits; the chain is whole and every signature holds."),
            )
        } else {
            view.language().pick(
                format!("{commits} 条记录中有 {wrong} 处不对。记录没有改动。请停用本机并告知技术人员。"),
                format!("{wrong} of {commits} commits do not hold. Nothing was changed. Stop using this PC and tell the technician."),
            )
        };
        Ok(VerifiedView {
            sound: found.is_sound(),
            commits,
            bytes: found.bytes,
            text,
        })
    }
}
