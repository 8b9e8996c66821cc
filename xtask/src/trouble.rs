//! Why a task stopped: a sentence for the developer. Nobody here acts on the kind of an error, so there are no kinds.

use std::fmt;

/// A sentence that says what went wrong and, where we know it, what to do.
#[derive(Debug)]
pub(crate) struct Trouble(String);

pub(crate) type Result<T> = std::result::Result<T, Trouble>;

impl Trouble {
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Names what was being done when the system said no.
pub(crate) trait While<T> {
    fn doing(self, what: impl fmt::Display) -> Result<T>;
}

impl<T, E: fmt::Display> While<T> for std::result::Result<T, E> {
    fn doing(self, what: impl fmt::Display) -> Result<T> {
        self.map_err(|error| Trouble::new(format!("{what}: {error}")))
    }
}
