//! What to look at twice, in words.

use yichuang_domain::register::address::Address;

use super::Language;

/// Nobody is known to live in this building, or unit.
pub(crate) fn unknown_door(part: Address, language: Language) -> String {
    language.pick(
        format!("登记里还没有人住{part}。请再看一眼门牌；没写错就照样登记。"),
        format!(
            "The register knows nobody in {part}. Look at the door again; if it is right, go on."
        ),
    )
}

/// 人户一致, and it cannot be so. `registered` is where the registration says they live.
pub(crate) fn doubtful_residency(registered: Option<&str>, language: Language) -> String {
    match registered {
        Some(registered) => language.pick(
            format!("写的是人户一致，户籍地址却是“{registered}”，和住址不同。请问居民，核实后更正。"),
            format!("Said to live where registered, but the registration says “{registered}”. Ask, and correct it."),
        ),
        None => language
            .pick(
                "写的是人户一致，却没有本社区的门牌。请问居民住哪里，补上住址。",
                "Said to live where registered, but there is no door here. Ask where they live and enter it.",
            )
            .to_owned(),
    }
}
