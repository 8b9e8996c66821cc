//! What the printed sheet (密码信封) opens, and how a vault comes to life again on another machine.
//!
//! The sheet alone is enough. Its code opens the data key, the secret half of the recovery key (which
//! lies nowhere else), and the backups, which are sealed to a key pair derived from it. A new sheet
//! therefore brings a new code **and** a new recovery key: whoever holds the old sheet opens what was
//! sealed before, and nothing that comes after.

use std::path::Path;

use x25519_dalek::{PublicKey, StaticSecret};

use crate::attempts::AttemptBook;
use crate::code::RecoveryCode;
use crate::error::{UnlockError, VaultError};
use crate::file::{CodeWrap, Confirmed, DeviceEntry, RecoveryWrap, VaultFile, Wrapped, wrap_place};
use crate::kdf::KdfParams;
use crate::keys::{DataKey, Key};
use crate::purpose;
use crate::random::random;
use crate::seal::SealError;
use crate::sealed_box::seal_to;
use crate::sign::{PersonKeys, SigningKeys};
use crate::vault::{
    BACKUP_PUBLIC, DATA, Host, NewPerson, PersonEntry, RECOVERY_PUBLIC, Rescue, SIGNING, Vault,
    new_device_secret, require_good, unwrap, wrap, wrap_person,
};

const RECOVERY_SECRET: &str = "recovery-secret";

/// The public keys every backup is sealed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupKeys {
    /// The community's recovery key.
    pub recovery: [u8; 32],
    /// The printed code's.
    pub code: [u8; 32],
}

/// A vault that came to life again.
#[derive(Debug)]
pub struct Renewed {
    /// The new device's public key.
    pub device_public: [u8; 32],
    /// The people, with their new public keys.
    pub people: Vec<PersonEntry>,
}

/// Who has the secret half of the recovery key.
pub(crate) enum RecoveryKey {
    /// This vault, under the printed code.
    Here(Key),
    /// Another desk of the community; this is its public half.
    Elsewhere([u8; 32]),
}

impl RecoveryKey {
    pub(crate) fn public(&self) -> [u8; 32] {
        match self {
            Self::Here(secret) => PublicKey::from(&StaticSecret::from(*secret.expose())).to_bytes(),
            Self::Elsewhere(public) => *public,
        }
    }

    pub(crate) fn into_secret(self) -> Option<Key> {
        match self {
            Self::Here(secret) => Some(secret),
            Self::Elsewhere(_) => None,
        }
    }
}

impl Vault {
    /// What backups are sealed to; nothing while the code in use was printed before there were
    /// backups. Confirmed when the vault was unlocked.
    pub fn backup_keys(&self) -> Option<BackupKeys> {
        let code = self.file.code.backup.as_ref()?.public;
        Some(BackupKeys {
            recovery: self.file.recovery.public,
            code,
        })
    }

    /// The community's recovery key: what is sealed to it, the printed sheet opens.
    pub fn recovery_public(&self) -> [u8; 32] {
        self.file.recovery.public
    }

    /// The secret half of the recovery key, by the printed code; nothing where another desk keeps it.
    ///
    /// # Errors
    ///
    /// [`UnlockError::WrongCode`].
    pub fn recovery_secret(&self, typed: &str) -> Result<Option<Key>, UnlockError> {
        let code = RecoveryCode::parse(typed).ok_or(UnlockError::WrongCode)?;
        let place = wrap_place(&self.file.id, RECOVERY_SECRET, "");
        let open = |wrapped: &Wrapped| unwrap(&code.kek(&self.file.id), &place, &wrapped.0);
        let secret = self.file.recovery.secret.as_ref().map(open).transpose();
        secret.map_err(|_broken| UnlockError::WrongCode)
    }

    /// Makes a new printed code in place of the old one, which opens nothing here from now on, and a
    /// new recovery key. A person of this desk types their password for it.
    ///
    /// # Errors
    ///
    /// A wrong password counts as a wrong try; and what the disk refuses.
    pub fn new_code(&mut self, person: &str, password: &str) -> Result<RecoveryCode, UnlockError> {
        let (data, _keys) = self.open_person(person, password)?;
        let code = RecoveryCode::random()?;
        let recovery = if self.file.recovery.is_elsewhere {
            RecoveryKey::Elsewhere(self.file.recovery.public)
        } else {
            RecoveryKey::Here(Key::random()?)
        };
        let mut file = self.file.clone();
        file.code = code_wrap(&file.id, &data, &code)?;
        file.recovery = recovery_wrap(&file.id, &data, &code, &recovery)?;
        file.save(&self.dir)?;
        self.file = file;
        Ok(code)
    }

    /// Makes the vault that a backup brought into the vault of a **new device**: new id, so that it
    /// shares nothing in a key store with the machine it came from, new device key and secret, new
    /// keys and passwords of these people, and nobody else's. The data key stays, and so do the
    /// printed code and the recovery key.
    ///
    /// # Errors
    ///
    /// [`UnlockError::WrongCode`], weak passwords, and what the disk refuses. Until it returns, the
    /// vault is the one that was there.
    pub fn renew(
        dir: &Path,
        typed: &str,
        people: &[NewPerson<'_>],
        kdf: KdfParams,
    ) -> Result<(Self, Renewed), UnlockError> {
        people.iter().try_for_each(require_good)?;
        let old = Self::open(dir)?;
        let data = old.open_by_rescue(Rescue::Code(typed))?;
        let code = RecoveryCode::parse(typed).ok_or(UnlockError::WrongCode)?;
        let recovery = match old.recovery_secret(typed)? {
            Some(secret) => RecoveryKey::Here(secret),
            None => RecoveryKey::Elsewhere(old.file.recovery.public),
        };
        let (id, device) = (random()?, SigningKeys::random()?);
        let mut file = VaultFile::new(
            id,
            kdf,
            code_wrap(&id, &data, &code)?,
            recovery_wrap(&id, &data, &code, &recovery)?,
            device_entry(&id, &data, &device)?,
        );
        let host = Host::of(dir);
        let device_secret = new_device_secret(&file, &host)?;
        for person in people {
            let keys = PersonKeys::random()?;
            file.put(wrap_person(&file, person, &device_secret, &data, &keys)?);
        }
        let (name, secrets, ticks) = (file.name(), host.secrets.clone(), host.ticks.clone());
        let attempts = AttemptBook::begin(dir, &name, secrets, ticks)?;
        file.save(dir)?;
        let vault = Self {
            dir: dir.to_path_buf(),
            host,
            file,
            attempts,
        };
        let renewed = Renewed {
            device_public: vault.device_public(),
            people: vault.people(),
        };
        Ok((vault, renewed))
    }
}

/// The data key under the code, and the key that backups are sealed to for it.
pub(crate) fn code_wrap(
    id: &[u8; 16],
    data: &DataKey,
    code: &RecoveryCode,
) -> Result<CodeWrap, VaultError> {
    let public = code.backup_secret().public();
    let key = data.for_purpose(purpose::DEVICE);
    Ok(CodeWrap {
        data: wrap(&code.kek(id), &wrap_place(id, DATA, ""), data.expose())?,
        backup: Some(Confirmed {
            public,
            confirmed: wrap(&key, &wrap_place(id, BACKUP_PUBLIC, ""), &public)?,
        }),
    })
}

/// The data key under the recovery key, and the secret half of that one under the code.
pub(crate) fn recovery_wrap(
    id: &[u8; 16],
    data: &DataKey,
    code: &RecoveryCode,
    recovery: &RecoveryKey,
) -> Result<RecoveryWrap, VaultError> {
    let public = recovery.public();
    let key = data.for_purpose(purpose::DEVICE);
    let secret = match recovery {
        RecoveryKey::Here(secret) => {
            let place = wrap_place(id, RECOVERY_SECRET, "");
            Some(Wrapped(wrap(&code.kek(id), &place, secret.expose())?))
        }
        RecoveryKey::Elsewhere(_) => None,
    };
    Ok(RecoveryWrap {
        public,
        confirmed: wrap(&key, &wrap_place(id, RECOVERY_PUBLIC, ""), &public)?,
        data: seal_to(&public, &wrap_place(id, DATA, ""), data.expose())
            .map_err(|_unusable: SealError| VaultError::Seal(SealError))?,
        is_elsewhere: secret.is_none(),
        secret,
    })
}

/// The device's signing key under the data key.
pub(crate) fn device_entry(
    id: &[u8; 16],
    data: &DataKey,
    device: &SigningKeys,
) -> Result<DeviceEntry, VaultError> {
    Ok(DeviceEntry {
        signing_public: device.public(),
        signing: wrap(
            &data.for_purpose(purpose::DEVICE),
            &wrap_place(id, SIGNING, ""),
            &device.seed(),
        )?,
    })
}
