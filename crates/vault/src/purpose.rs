//! What keys are made for. A key of one purpose says nothing about a key of another; a purpose is
//! never used for two things and never renamed.

pub(crate) const JOURNAL: &str = "yichuang/journal/1";
pub(crate) const VIEW: &str = "yichuang/view/1";
pub(crate) const INDEX: &str = "yichuang/index/1";
pub(crate) const FILES: &str = "yichuang/files/1";
pub(crate) const DRAFTS: &str = "yichuang/drafts/1";
pub(crate) const DEVICE: &str = "yichuang/device/1";
pub(crate) const PERSON_KEK: &str = "yichuang/person-kek/1";
pub(crate) const CODE_KEK: &str = "yichuang/code-kek/1";
pub(crate) const CODE_CHECK: &[u8] = b"yichuang/code-check/1";
/// The key pair that backups are sealed to. Of the code alone: a bare machine has nothing else.
pub(crate) const CODE_BACKUP: &str = "yichuang/code-backup/1";
pub(crate) const SEALED_BOX: &str = "yichuang/box/1";
pub(crate) const SENSITIVE: &str = "yichuang/sensitive/1";
pub(crate) const SENSITIVE_NONCE: &str = "yichuang/sensitive-nonce/1";
pub(crate) const SENSITIVE_WRAP: &[u8] = b"yichuang/sensitive-wrap/1";
