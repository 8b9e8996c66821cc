//! Codes of the catalogue: items, materials and departments, each checked once.

use std::borrow::Borrow;
use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The text is not a code of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeError;

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a code of the catalogue")
    }
}

impl std::error::Error for CodeError {}

macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $is_right:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(try_from = "String", into = "String")]
        #[ts(type = "string")]
        pub struct $name(String);

        impl $name {
            /// Reads the code as the catalogue writes it.
            ///
            /// # Errors
            ///
            /// Anything else.
            pub fn parse(text: &str) -> Result<Self, CodeError> {
                if $is_right(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(CodeError)
                }
            }

            /// The code's text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = CodeError;

            fn try_from(text: String) -> Result<Self, CodeError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }

        /// So that a set of codes can be asked for one that came as text.
        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

code!(
    /// An item's code (事项编码): two letters of the group and three digits. Never reused.
    ItemCode,
    |text: &str| {
        let (letters, digits) = text.as_bytes().split_at(text.len().min(2));
        letters.len() == 2 && letters.iter().all(u8::is_ascii_uppercase)
            && digits.len() == 3 && digits.iter().all(u8::is_ascii_digit)
    }
);

code!(
    /// A material's code (材料): two to eight letters, the same in every item that asks for it.
    MaterialCode,
    is_short_word
);

code!(
    /// A department's code (部门): two to eight letters.
    DepartmentCode,
    is_short_word
);

impl ItemCode {
    /// The group the item stands in, by its first two letters.
    pub fn group(&self) -> &str {
        self.0.get(..2).unwrap_or_default()
    }
}

fn is_short_word(text: &str) -> bool {
    (2..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_code_is_two_letters_and_three_digits() {
        assert!(ItemCode::parse("HJ002").is_ok());
        for wrong in [
            "",
            "H",
            "HJ",
            "HJ02",
            "HJ0022",
            "hj002",
            "HJ00a",
            "民J002",
            "HJ００２",
        ] {
            assert_eq!(ItemCode::parse(wrong), Err(CodeError), "{wrong}");
        }
    }
}
