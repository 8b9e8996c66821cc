//! How a desk comes to its hub: the one-time code, and what both sides say once.
//!
//! ```text
//! POST /v1/look   Look → Looked        who works there, so that a person can be named
//! POST /v1/enrol  Enrol → Enrolled     uses the code up
//! ```
//!
//! The code is 12 characters of Crockford's base32. Read aloud or typed, O is 0 and I and L are 1.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use yichuang_domain::record::Id;

use crate::log::Hash;

const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 12;

/// A one-time code in its normal form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// A code of these random bits; the lowest 60 count.
    pub fn of(mut random: u64) -> Self {
        let mut text = String::with_capacity(LENGTH);
        for _place in 0..LENGTH {
            let digit = usize::try_from(random % 32).unwrap_or(0);
            text.push(char::from(DIGITS.get(digit).copied().unwrap_or(b'0')));
            random /= 32;
        }
        Self(text)
    }

    /// A code as somebody typed it; blanks and dashes do not count.
    pub fn parse(text: &str) -> Option<Self> {
        let mut normal = String::with_capacity(LENGTH);
        let typed = text.chars().filter(|one| !matches!(one, ' ' | '-'));
        for one in typed.take(LENGTH + 1) {
            let one = match one.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let is_digit = u8::try_from(one).is_ok_and(|one| DIGITS.contains(&one));
            normal.push(is_digit.then_some(one)?);
        }
        (normal.len() == LENGTH).then_some(Self(normal))
    }

    /// What the hub keeps instead of it.
    pub fn hash(&self) -> Hash {
        *blake3::hash(self.0.as_bytes()).as_bytes()
    }

    /// The characters, for paper and screen.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A desk asks who works in the community the code is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// The code, as typed.
    pub code: String,
}

/// Somebody who works there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Their id.
    pub id: Id,
    /// Their name.
    pub name: String,
}

/// Who works there. Nobody, where no desk has brought the community yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// The community, once a desk has brought it.
    pub community: Option<ByteBuf>,
    /// Its name.
    pub name: String,
    /// Everybody.
    pub staff: Vec<Known>,
}

/// A person with the keys they have at the new desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joiner {
    /// Who.
    pub person: Id,
    /// Their public key for signatures.
    #[serde(with = "serde_bytes")]
    pub signing: Hash,
    /// Their public key for sealing.
    #[serde(with = "serde_bytes")]
    pub sealing: Hash,
}

/// What a desk is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Newcomer {
    /// The desk that founded the community, with its first commit.
    Founder(ByteBuf),
    /// A desk that has nothing yet, and who will work at it.
    Desk(Joiner),
}

/// A desk enrols.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrol {
    /// The code, as typed.
    pub code: String,
    /// The device's public key.
    #[serde(with = "serde_bytes")]
    pub device_key: Hash,
    /// The device's signature of [`Enrol::message`]: it has the key it shows.
    #[serde(with = "serde_bytes")]
    pub proof: [u8; 64],
    /// What it is.
    pub newcomer: Newcomer,
}

impl Enrol {
    /// What the device signs: the hub it means, and the code.
    pub fn message(hub: &Hash, code: &Code) -> Vec<u8> {
        let mut message = b"yichuang enrol 1".to_vec();
        message.extend(hub);
        message.extend(code.hash());
        message
    }
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotEnrolled {
    /// No such code, or it is used, late or was guessed at too often: which, is not told.
    Code,
    /// The device does not have the key it shows.
    Proof,
    /// The code is for another community, or for one that another desk must bring first.
    Community,
    /// The first commit is none.
    Genesis,
    /// Nobody of this id works there.
    Person,
    /// All letters for stations are given.
    Stations,
    /// The community has not made the hub one of its devices yet.
    HubUnknown,
}

/// What a desk is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Enrolled {
    /// It belongs to the community now.
    Welcome {
        /// The community.
        #[serde(with = "serde_bytes")]
        community: Hash,
        /// The device.
        device: Id,
        /// What it shows at every request.
        token: String,
    },
    /// It does not.
    Refused(NotEnrolled),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_mistyped_as_people_mistype_is_the_same_code() {
        let code = Code::of(0x0012_3456_789A_BCDE);
        assert_eq!(code.as_str().len(), 12);
        assert_eq!(Code::parse(code.as_str()), Some(code.clone()));
        let spaced = code
            .as_str()
            .to_lowercase()
            .replace('0', "o")
            .replace('1', "l");
        let (one, two) = spaced.split_at(6);
        assert_eq!(Code::parse(&format!(" {one}-{two} ")), Some(code));
        for wrong in [
            "",
            "0123456789A",
            "0123456789ABC",
            "0123456789AU",
            "0123456789张",
        ] {
            assert_eq!(Code::parse(wrong), None, "{wrong}");
        }
    }
}
