//! What every call answers: done, refused or failed. One form for window, browser and terminal.

use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;
use yichuang_domain::refusal::Refusal;

/// The rules' "no", with its sentence in the language of the screen.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct RefusalView {
    /// Why, as a word that programs may match on.
    pub reason: String,
    /// What happened, what is safe and what to do next, as a sentence for a person.
    pub text: String,
    /// The field of the input that caused it, where one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub field: Option<String>,
    /// The refusal with its details.
    #[ts(type = "unknown")]
    pub details: Value,
}

/// Something broke. Nothing personal stands in it.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FailureView {
    /// Which part broke.
    pub part: String,
    /// What happened, what is safe and what to do next.
    pub text: String,
    /// For whoever mends it.
    pub cause: String,
}

/// The answer to a call.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Answer {
    /// It was done.
    Done {
        /// What came of it.
        value: Value,
    },
    /// The rules said no; nothing was changed.
    Refused {
        /// Why.
        refusal: RefusalView,
    },
    /// Something broke.
    Failed {
        /// What.
        failure: FailureView,
    },
}

/// Why a call ended without its value.
#[derive(Debug)]
pub enum Stop {
    /// The rules' "no", with the field that caused it.
    Refused(Refusal, Option<String>),
    /// Something broke.
    Failed(crate::error::DeskError),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal, None)
    }
}

impl<E: Into<crate::error::DeskError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Names the field that caused a refusal.
pub(crate) trait AtField<T> {
    /// The same, with the field's name.
    ///
    /// # Errors
    ///
    /// The refusal it was called on.
    fn at(self, field: &str) -> Result<T, Stop>;
}

impl<T, E: Into<Refusal>> AtField<T> for Result<T, E> {
    fn at(self, field: &str) -> Result<T, Stop> {
        self.map_err(|refusal| Stop::Refused(refusal.into(), Some(field.to_owned())))
    }
}
