//! The templates, built into the program: one for each kind of paper and the frame they share.
//!
//! A template is a page of ours, never of the data: what people typed reaches it as strings of
//! `data.json` and is laid out as literal text. No template evaluates anything.

use crate::paper::PaperBody;

/// Every template by its file name.
pub(crate) const TEMPLATES: &[(&str, &str)] = &[
    ("frame.typ", include_str!("../templates/frame.typ")),
    ("receipt.typ", include_str!("../templates/receipt.typ")),
    (
        "acceptance.typ",
        include_str!("../templates/acceptance.typ"),
    ),
    (
        "collection.typ",
        include_str!("../templates/collection.typ"),
    ),
    (
        "deferral_promise.typ",
        include_str!("../templates/deferral_promise.typ"),
    ),
    (
        "deferred_acceptance.typ",
        include_str!("../templates/deferred_acceptance.typ"),
    ),
    (
        "supplement.typ",
        include_str!("../templates/supplement.typ"),
    ),
    (
        "department_supplement.typ",
        include_str!("../templates/department_supplement.typ"),
    ),
    ("refusal.typ", include_str!("../templates/refusal.typ")),
    ("referral.typ", include_str!("../templates/referral.typ")),
    (
        "forwarding.typ",
        include_str!("../templates/forwarding.typ"),
    ),
    (
        "completion.typ",
        include_str!("../templates/completion.typ"),
    ),
    (
        "withdrawal.typ",
        include_str!("../templates/withdrawal.typ"),
    ),
    (
        "proof_of_delivery.typ",
        include_str!("../templates/proof_of_delivery.typ"),
    ),
    ("return.typ", include_str!("../templates/return.typ")),
    ("pause.typ", include_str!("../templates/pause.typ")),
    ("extension.typ", include_str!("../templates/extension.typ")),
    (
        "case_record.typ",
        include_str!("../templates/case_record.typ"),
    ),
    ("day_end.typ", include_str!("../templates/day_end.typ")),
    (
        RECOVERY_SHEET,
        include_str!("../templates/recovery_sheet.typ"),
    ),
];

/// The one that is no paper of a case.
pub(crate) const RECOVERY_SHEET: &str = "recovery_sheet.typ";

/// The file name of the template for this kind of paper.
pub(crate) fn template_of(body: &PaperBody) -> &'static str {
    match body {
        PaperBody::Receipt(_) => "receipt.typ",
        PaperBody::Acceptance(_) => "acceptance.typ",
        PaperBody::Collection(_) => "collection.typ",
        PaperBody::DeferralPromise(_) => "deferral_promise.typ",
        PaperBody::DeferredAcceptance(_) => "deferred_acceptance.typ",
        PaperBody::Supplement(_) => "supplement.typ",
        PaperBody::DepartmentSupplement(_) => "department_supplement.typ",
        PaperBody::Refusal(_) => "refusal.typ",
        PaperBody::Referral(_) => "referral.typ",
        PaperBody::Forwarding(_) => "forwarding.typ",
        PaperBody::Completion(_) => "completion.typ",
        PaperBody::Withdrawal(_) => "withdrawal.typ",
        PaperBody::ProofOfDelivery(_) => "proof_of_delivery.typ",
        PaperBody::Return(_) => "return.typ",
        PaperBody::Pause(_) => "pause.typ",
        PaperBody::Extension(_) => "extension.typ",
        PaperBody::CaseRecord(_) => "case_record.typ",
        PaperBody::DayEnd(_) => "day_end.typ",
    }
}
