//! Checking a record on a machine that has nothing but the program.

use serde_json::{Value, json};
use yichuang_store::{Checked, ProofError, SealedFile, hex};

use super::story::Story;
use crate::{
    answer::{Answer, RefusalView},
    clock::local,
    words::Language,
};

/// Checks a record with its proof, or a proof alone: done when everything holds, refused when it does
/// not. It needs no data folder and no password.
pub fn check_proof(file: &[u8], language: Language) -> Answer {
    let sealed = match SealedFile::check(file) {
        Ok(sealed) => sealed,
        Err(error) => return refused(unreadable(error, language), json!({})),
    };
    let story = Story::of(&sealed.proof.record, &sealed.checked);
    match story {
        Some(story) if sealed.holds() => {
            let mut value = facts(&sealed, Some(&story));
            if let Some(fields) = value.as_object_mut() {
                fields.insert("text".to_owned(), json!(holds(&sealed, &story, language)));
            }
            Answer::Done { value }
        }
        story => refused(fails(&sealed, language), facts(&sealed, story.as_ref())),
    }
}

fn refused(text: String, details: Value) -> Answer {
    Answer::Refused {
        refusal: RefusalView {
            reason: "proof_does_not_hold".to_owned(),
            text,
            field: None,
            details,
        },
    }
}

fn facts(sealed: &SealedFile, story: Option<&Story>) -> Value {
    let checked = &sealed.checked;
    let record = story.map(|story| {
        let lines = story.lines.iter().map(|line| {
            json!({
                "seq": line.seq, "time": line.desk_time, "hub_time": line.hub_time,
                "who": line.who, "what": line.what, "hash": line.hash,
            })
        });
        lines.collect::<Vec<_>>()
    });
    json!({
        "holds": sealed.holds(),
        "case": story.map(|story| story.case.receipt.number.clone()),
        "commits": checked.commits,
        "headers": checked.headers,
        "links": checked.links,
        "gaps": checked.gaps,
        "broken_links": checked.broken_links,
        "changed": checked.changed,
        "unsigned": checked.unsigned,
        "foreign": checked.foreign,
        "sealed_by_maker": checked.is_sealed,
        "page_holds": sealed.page_holds,
        "community": hex(&checked.community),
        "head": checked.head.map(|head| json!({
            "device": head.device, "seq": head.seq, "hash": hex(&head.hash),
        })),
        "keys": checked.keys.iter().map(|((id, _desk), key)| json!({
            "id": id, "name": story.map(|story| story.name(*id)), "key": hex(key),
        })).collect::<Vec<_>>(),
        "record": record,
    })
}

fn holds(sealed: &SealedFile, story: &Story, language: Language) -> String {
    let checked = &sealed.checked;
    let Checked {
        commits,
        links,
        gaps,
        ..
    } = checked;
    let number = &story.case.receipt.number;
    let by = story.name(checked.by);
    let at = local(checked.time).format("%Y-%m-%d %H:%M");
    let community = hex(&checked.community);
    let head = checked.head.map_or(0, |head| head.seq);
    let page = match sealed.page_holds {
        Some(_) => language.pick("页面没有被改动。", " The page is as it was made."),
        None => language.pick("只核验了证明，没有页面。", " There is no page around it."),
    };
    language.pick(
        format!(
            "证明有效：{}办件 {number}，{commits} 条记录的签名全部有效，内容与签名一致，{links} 处链条相接，{gaps} 处间隔未附链头，链尾第 {head} 条；由{by}于 {at} 制作。{page}社区编号 {community}，请与当地公布的或者日终单上的核对。",
            story.community
        ),
        format!(
            "The proof holds: case {number} of {}; {commits} commits, every signature valid, every change as signed, {links} links of the chain whole, {gaps} stretches left out, up to commit {head}; made by {by} on {at}.{page} Compare the community's id {community} with the one made public or on a day-end sheet.",
            story.community
        ),
    )
}

fn fails(sealed: &SealedFile, language: Language) -> String {
    let checked = &sealed.checked;
    let mut wrong: Vec<String> = Vec::new();
    let mut say = |count: u64, zh: &str, en: &str| {
        if count > 0 {
            wrong.push(language.pick(format!("{count} {zh}"), format!("{count} {en}")));
        }
    };
    say(checked.unsigned, "处签名无效", "signatures do not hold");
    say(
        checked.changed,
        "处内容与签名不符",
        "changes are not as signed",
    );
    say(checked.broken_links, "处链条断开", "links are broken");
    say(
        checked.foreign,
        "条记录属于别的社区",
        "commits are of another community",
    );
    say(
        u64::from(!checked.is_sealed),
        "个制作人签名无效",
        "signature of the maker does not hold",
    );
    say(
        u64::from(sealed.page_holds == Some(false)),
        "处页面被改动",
        "page was changed",
    );
    let wrong = language.list(&wrong);
    language.pick(
        format!("证明不成立：{wrong}。请不要采信这份文件，向出具的社区索取原件。"),
        format!("The proof does not hold: {wrong}. Do not rely on this file; ask the community for the original."),
    )
}

fn unreadable(error: ProofError, language: Language) -> String {
    match error {
        ProofError::None => language.pick(
            "这个文件里没有证明。请选全程记录的 PDF 原件，或者其中的 proof.yczm。",
            "There is no proof in this file. Take the original PDF of the record, or the proof.yczm in it.",
        ),
        ProofError::Newer => language.pick(
            "证明是更新的版本做的。请升级程序再核验。",
            "The proof was made by a newer version. Upgrade the program, then check it.",
        ),
        ProofError::Broken => language.pick(
            "证明不完整或者被改动，读不出来。请不要采信这份文件，向出具的社区索取原件。",
            "The proof is cut or changed and cannot be read. Do not rely on this file; ask the community for the original.",
        ),
    }
    .to_owned()
}
