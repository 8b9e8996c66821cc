//! Checking the journal from the desk.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::{office::staff::Action, refusal::Refusal};
use yichuang_store::{Hash, Verified, hash_of, hex};

use crate::{
    answer::{AtField, Stop},
    call::Query,
    see::View,
    words::Language,
};

/// Checks the journal from the first commit to the last.
#[derive(Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub(crate) struct Verify {
    /// A head that a day-end sheet prints, or its QR code's text: is it in the chain?
    pub head: Option<String>,
}

/// What checking found.
#[derive(Serialize, TS)]
pub(crate) struct VerifiedView {
    /// Whether nothing is wrong, and the printed head is there if one was asked for.
    pub sound: bool,
    /// Commits checked.
    #[ts(type = "number")]
    pub commits: u64,
    /// Bytes checked.
    #[ts(type = "number")]
    pub bytes: u64,
    /// Changes whose content was taken out.
    #[ts(type = "number")]
    pub redacted: u64,
    /// The place of this desk's last commit.
    #[ts(type = "number | null")]
    pub head_seq: Option<u64>,
    /// Its hash.
    pub head_hash: Option<String>,
    /// The place of the printed head, where one was asked for and found.
    #[ts(type = "number | null")]
    pub printed_seq: Option<u64>,
    /// What is wrong, or that nothing is, in one line.
    pub text: String,
}

impl Query for Verify {
    const NAME: &'static str = "verify";
    const ABOUT: &'static str = "Checks the journal: blocks, chain, changes and signatures.";
    const ACTION: Action = Action::Verify;
    type Output = VerifiedView;

    fn answer(&self, view: &View<'_>) -> Result<VerifiedView, Stop> {
        let printed = self.head.as_deref().map(printed_head).transpose()?;
        let found = view.store.verify_for(printed)?;
        let is_missing = printed.is_some() && found.printed.is_none();
        Ok(VerifiedView {
            sound: found.is_sound() && !is_missing,
            commits: found.commits,
            bytes: found.bytes,
            redacted: found.redacted,
            head_seq: found.head.map(|head| head.seq),
            head_hash: found.head.map(|head| hex(&head.hash)),
            printed_seq: found.printed.map(|head| head.seq),
            text: text(&found, is_missing, view.language()),
        })
    }
}

/// The hash in what was typed or scanned: blanks do not matter, and before the last colon stands
/// which sheet it is of.
fn printed_head(text: &str) -> Result<Hash, Stop> {
    let plain: String = text.split_whitespace().collect();
    let digits = plain.rsplit(':').next().unwrap_or_default().to_lowercase();
    let problem = "a head is 64 hexadecimal digits, or the text of the QR code".to_owned();
    hash_of(&digits)
        .ok_or(Refusal::BadInput { problem })
        .at("head")
}

fn text(found: &Verified, is_missing: bool, language: Language) -> String {
    let (commits, wrong) = (found.commits, found.wrong());
    let mut text = if found.is_sound() {
        language.pick(
            format!("{commits} 条记录，链条完整，签名都有效。"),
            format!("{commits} commits; the chain is whole and every signature holds."),
        )
    } else {
        language.pick(
            format!("{commits} 条记录中有 {wrong} 处不对。记录没有改动。请停用本机并告知技术人员。"),
            format!("{wrong} of {commits} commits do not hold. Nothing was changed. Stop using this PC and tell the technician."),
        )
    };
    if found.redacted > 0 {
        let redacted = found.redacted;
        text.push_str(&language.pick(
            format!("其中 {redacted} 处内容已经抹去，请与抹去的批准文件核对。"),
            format!(" The content of {redacted} changes was taken out: compare with the orders to redact."),
        ));
    }
    if let Some(printed) = &found.printed {
        let seq = printed.seq;
        text.push_str(&language.pick(
            format!("纸上的链尾在账上，是第 {seq} 条。"),
            format!(" The printed head is in the chain: commit {seq}."),
        ));
    }
    if is_missing {
        text.push_str(language.pick(
            "纸上的链尾不在账上：账本被截短或者重写过，或者这张单子不是本台的。请停用本机并告知技术人员。",
            " The printed head is not in the chain: it was cut short or written anew, or the sheet is another desk's. Stop using this PC and tell the technician.",
        ));
    }
    text
}
