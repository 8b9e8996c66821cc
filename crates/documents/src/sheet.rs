//! The recovery sheet (恢复单, 密码信封): the one paper that is about nobody and tells a secret. It is
//! no [`crate::Paper`]: it has no number of a case, no copies, no applicant, and is never printed again.

use std::fmt;

use chrono::NaiveDateTime;
use serde::Serialize;

/// What the sheet says.
#[derive(Clone, Serialize)]
pub struct RecoverySheet {
    /// Whose it is.
    pub community: String,
    /// Which machine made it: 1 for 1号台.
    pub station: u8,
    /// When.
    pub made: NaiveDateTime,
    /// What tells it from an older one; not a secret.
    pub number: String,
    /// The code, in its groups. The secret.
    pub code: Vec<String>,
}

impl fmt::Debug for RecoverySheet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RecoverySheet({})", self.number)
    }
}
