//! `vault.toml`: which wraps there are and how passwords are stretched. No secret in clear, no
//! names: people are known by the hex of their id.
//!
//! A *wrap* is the data key (or a person's key) sealed under another key. Each is bound to its
//! vault, its purpose and its person, so that wraps cannot be exchanged.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::VaultError;
use crate::hex;
use crate::kdf::KdfParams;
use crate::replace::replace_file;
use crate::sign::PersonPublic;

const FILE_NAME: &str = "vault.toml";
const FORMAT: u8 = 2;
/// Format 1 knew neither backups nor who keeps the recovery key's secret half. It is read as it is,
/// and written anew in the format of today.
const OLDEST_FORMAT: u8 = 1;
const HEAD: &str = "# Keys of this desk, each sealed under a password, the recovery key or the printed code.\n\
                    # Losing this file loses everything that is kept here. Do not edit it.\n\n";

/// The file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VaultFile {
    format: u8,
    /// Random, of this vault only.
    #[serde(with = "hex")]
    pub(crate) id: [u8; 16],
    /// How the next password is stretched.
    pub(crate) kdf: KdfParams,
    pub(crate) code: CodeWrap,
    pub(crate) recovery: RecoveryWrap,
    pub(crate) device: DeviceEntry,
    #[serde(default)]
    pub(crate) people: Vec<PersonWraps>,
}

/// The data key under the printed code.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeWrap {
    #[serde(with = "hex")]
    pub(crate) data: Vec<u8>,
    /// Absent in a vault whose code was printed before there were backups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) backup: Option<Confirmed>,
}

/// A public key that backups are sealed to, and once more under the data key: a backup must not be
/// sealed to a key that somebody put here.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Confirmed {
    #[serde(with = "hex")]
    pub(crate) public: [u8; 32],
    #[serde(with = "hex")]
    pub(crate) confirmed: Vec<u8>,
}

/// Sealed bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Wrapped(#[serde(with = "hex")] pub(crate) Vec<u8>);

/// The data key sealed to the community's recovery key.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecoveryWrap {
    #[serde(with = "hex")]
    pub(crate) public: [u8; 32],
    /// The public key once more, under the data key: a backup must not be sealed to a key that
    /// somebody put here.
    #[serde(with = "hex")]
    pub(crate) confirmed: Vec<u8>,
    #[serde(with = "hex")]
    pub(crate) data: Vec<u8>,
    /// The secret half under the printed code, so that the printed sheet alone is enough. Absent where
    /// another desk keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) secret: Option<Wrapped>,
    /// Another desk of the community keeps the secret half.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) is_elsewhere: bool,
}

/// The device's signing key under the data key.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeviceEntry {
    #[serde(with = "hex")]
    pub(crate) signing_public: [u8; 32],
    #[serde(with = "hex")]
    pub(crate) signing: Vec<u8>,
}

/// A person of this desk: data key and own keys under the person's KEK.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonWraps {
    pub(crate) id: String,
    #[serde(with = "hex")]
    pub(crate) salt: [u8; 16],
    #[serde(with = "hex")]
    pub(crate) data: Vec<u8>,
    #[serde(with = "hex")]
    pub(crate) signing_public: [u8; 32],
    #[serde(with = "hex")]
    pub(crate) signing: Vec<u8>,
    #[serde(with = "hex")]
    pub(crate) sealing_public: [u8; 32],
    #[serde(with = "hex")]
    pub(crate) sealing: Vec<u8>,
    pub(crate) kdf: KdfParams,
    /// The device secret these were made with is lost: only the printed code helps, and no password is
    /// wrong for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) needs_code: bool,
}

impl PersonWraps {
    pub(crate) fn public(&self) -> PersonPublic {
        PersonPublic {
            signing: self.signing_public,
            sealing: self.sealing_public,
        }
    }
}

impl VaultFile {
    pub(crate) fn new(
        id: [u8; 16],
        kdf: KdfParams,
        code: CodeWrap,
        recovery: RecoveryWrap,
        device: DeviceEntry,
    ) -> Self {
        Self {
            format: FORMAT,
            id,
            kdf,
            code,
            recovery,
            device,
            people: Vec::new(),
        }
    }

    pub(crate) fn is_there(dir: &Path) -> io::Result<bool> {
        fs::exists(dir.join(FILE_NAME))
    }

    pub(crate) fn load(dir: &Path) -> Result<Self, VaultError> {
        let text = match fs::read_to_string(dir.join(FILE_NAME)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(VaultError::Absent);
            }
            text => text?,
        };
        Self::parse(&text)
    }

    fn parse(text: &str) -> Result<Self, VaultError> {
        #[derive(Deserialize)]
        struct Head {
            format: u8,
        }
        // The parser's own words could quote the file, so they go no further.
        let damaged = |_words: toml::de::Error| VaultError::Damaged { what: FILE_NAME };
        let Head { format } = toml::from_str(text).map_err(damaged)?;
        if !(OLDEST_FORMAT..=FORMAT).contains(&format) {
            return Err(VaultError::UnknownFormat { format });
        }
        let file: Self = toml::from_str(text).map_err(damaged)?;
        Ok(Self {
            format: FORMAT,
            ..file
        })
    }

    pub(crate) fn save(&self, dir: &Path) -> Result<(), VaultError> {
        let text =
            toml::to_string(self).map_err(|_words| VaultError::Damaged { what: FILE_NAME })?;
        let text = HEAD.to_owned() + &text;
        Ok(replace_file(&dir.join(FILE_NAME), text.as_bytes())?)
    }

    pub(crate) fn person(&self, id: &str) -> Option<&PersonWraps> {
        self.people.iter().find(|person| person.id == id)
    }

    /// Puts a person's wraps in, in place of older ones.
    pub(crate) fn put(&mut self, wraps: PersonWraps) {
        match self.people.iter_mut().find(|person| person.id == wraps.id) {
            Some(place) => *place = wraps,
            None => self.people.push(wraps),
        }
    }

    /// The name of this vault in the device's secret store.
    pub(crate) fn name(&self) -> String {
        hex::encode(&self.id)
    }
}

/// What a wrap is bound to.
pub(crate) fn wrap_place(vault: &[u8; 16], what: &str, person: &str) -> Vec<u8> {
    [
        b"yichuang/wrap/1/",
        what.as_bytes(),
        b"\0",
        vault.as_slice(),
        person.as_bytes(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_newer_program_is_not_taken_for_damage() {
        let newer = VaultFile::parse("format = 3\nsomething = \"new\"\n");
        assert!(matches!(
            newer,
            Err(VaultError::UnknownFormat { format: 3 })
        ));
        let damaged = VaultFile::parse("format = 1\n");
        assert!(matches!(damaged, Err(VaultError::Damaged { .. })));
    }

    #[test]
    fn wraps_of_other_purposes_vaults_and_people_stand_in_other_places() {
        let place = wrap_place(&[1; 16], "data", "a1");
        assert_ne!(place, wrap_place(&[1; 16], "signing", "a1"));
        assert_ne!(place, wrap_place(&[2; 16], "data", "a1"));
        assert_ne!(place, wrap_place(&[1; 16], "data", "a2"));
    }
}
