//! The vault of a desk: founded once, opened at each start, unlocked by people.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use x25519_dalek::StaticSecret;
use zeroize::Zeroizing;

use crate::attempts::AttemptBook;
use crate::code::RecoveryCode;
use crate::device_secret::{DeviceSecretStore, FileSecretStore};
use crate::error::{UnlockError, VaultError};
use crate::file::{PersonWraps, VaultFile, wrap_place};
use crate::kdf::KdfParams;
use crate::keys::{DataKey, JournalKeys, Key, PersonSession, Rescued, Unlocked};
use crate::password::{fold, rate};
use crate::purpose;
use crate::random::random;
use crate::recovery::{RecoveryKey, code_wrap, device_entry, recovery_wrap};
use crate::seal::{SealError, open, seal};
use crate::sealed_box::open_with;
use crate::sign::{PersonKeys, PersonPublic, SigningKeys};

pub(crate) const DATA: &str = "data";
pub(crate) const SIGNING: &str = "signing";
const SEALING: &str = "sealing";
pub(crate) const RECOVERY_PUBLIC: &str = "recovery-public";
pub(crate) const BACKUP_PUBLIC: &str = "backup-public";

/// What a vault needs from the machine it is on.
#[derive(Clone)]
pub struct Host {
    /// Where the device secret is.
    pub secrets: Arc<dyn DeviceSecretStore>,
    /// Monotonic time, for waiting after wrong passwords.
    pub ticks: Arc<dyn Fn() -> Duration + Send + Sync>,
}

impl Host {
    /// The machine's own clock, and secrets as files in `dir/device`.
    pub fn of(dir: &Path) -> Self {
        let began = Instant::now();
        Self {
            secrets: Arc::new(FileSecretStore::new(&dir.join("device"))),
            ticks: Arc::new(move || began.elapsed()),
        }
    }
}

/// A person who gets a password at this desk.
#[derive(Clone, Copy)]
pub struct NewPerson<'a> {
    /// Lower-case hex of the id.
    pub id: &'a str,
    /// The password.
    pub password: &'a str,
    /// What the password must not be made of: name, its pinyin, the community's name.
    pub inputs: &'a [String],
}

/// How a vault is founded.
#[derive(Clone, Default)]
pub struct FoundOptions {
    /// How passwords are stretched.
    pub kdf: KdfParams,
    /// The machine; [`Host::of`] the folder when `None`.
    pub host: Option<Host>,
    /// The community's recovery key, when it has one. `None` makes a new one.
    pub recovery_public: Option<[u8; 32]>,
}

/// What founding gives out, once.
#[derive(Debug)]
pub struct Founded {
    /// To be printed and sealed.
    pub code: RecoveryCode,
    /// The secret half of a new recovery key. The vault keeps it under the printed code only.
    pub recovery_secret: Option<Key>,
    /// The community's recovery key.
    pub recovery_public: [u8; 32],
    /// The device's public key.
    pub device_public: [u8; 32],
    /// The people, with their public keys.
    pub people: Vec<PersonEntry>,
    /// Whether a thief of the disk gets the device secret too.
    pub has_weak_device_secret: bool,
}

/// A person of this desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonEntry {
    /// Lower-case hex of the id.
    pub id: String,
    /// The public halves of their keys.
    pub public: PersonPublic,
}

/// What opens the vault without a password.
#[derive(Clone, Copy)]
pub enum Rescue<'a> {
    /// The printed code, as typed.
    Code(&'a str),
    /// The secret half of the recovery key.
    Secret(&'a Key),
}

/// A vault. It holds wraps, never an open key.
pub struct Vault {
    pub(crate) dir: PathBuf,
    pub(crate) host: Host,
    pub(crate) file: VaultFile,
    pub(crate) attempts: AttemptBook,
}

impl Vault {
    /// Founds a vault in the data folder `dir`.
    ///
    /// # Errors
    ///
    /// Refuses a weak password, a person twice, and a folder that has a vault.
    pub fn found(
        dir: &Path,
        people: &[NewPerson<'_>],
        options: FoundOptions,
    ) -> Result<(Self, Founded), UnlockError> {
        if VaultFile::is_there(dir)? {
            return Err(VaultError::AlreadyThere.into());
        }
        for (place, person) in people.iter().enumerate() {
            require_good(person)?;
            if people
                .iter()
                .take(place)
                .any(|earlier| earlier.id == person.id)
            {
                return Err(UnlockError::PersonExists);
            }
        }
        let id = random()?;
        let data = DataKey::new(Key::random()?);
        let code = RecoveryCode::random()?;
        let recovery = match options.recovery_public {
            Some(public) => RecoveryKey::Elsewhere(public),
            None => RecoveryKey::Here(Key::random()?),
        };
        let device = SigningKeys::random()?;
        let mut file = VaultFile::new(
            id,
            options.kdf,
            code_wrap(&id, &data, &code)?,
            recovery_wrap(&id, &data, &code, &recovery)?,
            device_entry(&id, &data, &device)?,
        );
        let host = options.host.unwrap_or_else(|| Host::of(dir));
        let device_secret = new_device_secret(&file, &host)?;
        for person in people {
            let keys = PersonKeys::random()?;
            file.put(wrap_person(&file, person, &device_secret, &data, &keys)?);
        }
        let attempts = AttemptBook::begin(
            dir,
            &file.name(),
            Arc::clone(&host.secrets),
            Arc::clone(&host.ticks),
        )?;
        // Last, so that a founding that was cut short left no vault.
        file.save(dir)?;
        let vault = Self {
            dir: dir.to_path_buf(),
            host,
            file,
            attempts,
        };
        let founded = Founded {
            code,
            recovery_public: recovery.public(),
            recovery_secret: recovery.into_secret(),
            device_public: vault.device_public(),
            people: vault.people(),
            has_weak_device_secret: vault.host.secrets.is_weak(),
        };
        Ok((vault, founded))
    }

    /// Opens the vault in the data folder `dir`; it stays shut until somebody unlocks it.
    ///
    /// # Errors
    ///
    /// When there is none, or it cannot be read.
    pub fn open(dir: &Path) -> Result<Self, VaultError> {
        Self::open_on(dir, Host::of(dir))
    }

    /// The same on a given host.
    ///
    /// # Errors
    ///
    /// When there is none, or it cannot be read.
    pub fn open_on(dir: &Path, host: Host) -> Result<Self, VaultError> {
        let file = VaultFile::load(dir)?;
        let attempts = AttemptBook::open(
            dir,
            &file.name(),
            Arc::clone(&host.secrets),
            Arc::clone(&host.ticks),
        );
        Ok(Self {
            dir: dir.to_path_buf(),
            host,
            file,
            attempts,
        })
    }

    /// The people who have a password at this desk.
    pub fn people(&self) -> Vec<PersonEntry> {
        let entry = |person: &PersonWraps| PersonEntry {
            id: person.id.clone(),
            public: person.public(),
        };
        self.file.people.iter().map(entry).collect()
    }

    /// Whether the key store has forgotten what this person's password goes with: then only the printed
    /// code lets them in.
    pub fn needs_code(&self, person: &str) -> bool {
        let is_marked = self.file.person(person).is_some_and(|one| one.needs_code);
        is_marked || matches!(self.device_secret(), Err(VaultError::DeviceSecretMissing))
    }

    /// Whether the device secret lies in a file only, not in the system's key store.
    pub fn has_weak_device_secret(&self) -> bool {
        self.host.secrets.is_weak()
    }

    /// The device's public key.
    pub fn device_public(&self) -> [u8; 32] {
        self.file.device.signing_public
    }

    /// Unlocks with a person's password.
    ///
    /// # Errors
    ///
    /// Says how many tries are left and how long to wait; see [`UnlockError`].
    pub fn unlock(&mut self, person: &str, password: &str) -> Result<Unlocked, UnlockError> {
        let (data, keys) = self.open_person(person, password)?;
        Ok(Unlocked {
            journal: self.journal_keys(&data)?,
            session: PersonSession {
                person: person.to_owned(),
                keys,
                content: data.content(),
            },
        })
    }

    /// Gives a person a new password; `old` is the one until now. Their keys stay the same.
    ///
    /// # Errors
    ///
    /// Refuses a weak new password; a wrong old one counts as a wrong try.
    pub fn change_password(&mut self, old: &str, new: &NewPerson<'_>) -> Result<(), UnlockError> {
        require_good(new)?;
        let (data, keys) = self.open_person(new.id, old)?;
        let device_secret = self.device_secret()?;
        self.put(wrap_person(&self.file, new, &device_secret, &data, &keys)?)?;
        Ok(())
    }

    /// Gives one more person a password. No key is kept open for this, so a colleague who is
    /// there types theirs.
    ///
    /// # Errors
    ///
    /// Refuses a weak password and a person who has one; a wrong password of the colleague counts
    /// as a wrong try.
    pub fn add_person(
        &mut self,
        colleague: &str,
        colleague_password: &str,
        person: &NewPerson<'_>,
    ) -> Result<PersonPublic, UnlockError> {
        if self.file.person(person.id).is_some() {
            return Err(UnlockError::PersonExists);
        }
        require_good(person)?;
        let (data, _keys) = self.open_person(colleague, colleague_password)?;
        let keys = PersonKeys::random()?;
        let device_secret = self.device_secret()?;
        self.put(wrap_person(
            &self.file,
            person,
            &device_secret,
            &data,
            &keys,
        )?)?;
        Ok(keys.public())
    }

    /// Opens everything but the keys of people.
    ///
    /// # Errors
    ///
    /// [`UnlockError::WrongCode`].
    pub fn rescue(&self, rescue: Rescue<'_>) -> Result<Rescued, UnlockError> {
        let data = self.open_by_rescue(rescue)?;
        Ok(Rescued {
            journal: self.journal_keys(&data)?,
            content: data.content(),
        })
    }

    /// Gives a person a new password without the old one: it was forgotten, or the key store was
    /// lost. The person's **keys are new** (the old ones are sealed under what was lost), so their
    /// public halves must be announced again.
    ///
    /// # Errors
    ///
    /// [`UnlockError::WrongCode`], and a weak password.
    pub fn set_password_by_rescue(
        &mut self,
        rescue: Rescue<'_>,
        person: &NewPerson<'_>,
    ) -> Result<PersonPublic, UnlockError> {
        require_good(person)?;
        let data = self.open_by_rescue(rescue)?;
        let device_secret = match self.device_secret() {
            Err(VaultError::DeviceSecretMissing) => {
                // Nobody's password fits a new one: told so, not counted as wrong. Noted before there is
                // one, so that a crash in between does not forget it.
                for others in &mut self.file.people {
                    others.needs_code = true;
                }
                self.file.save(&self.dir)?;
                new_device_secret(&self.file, &self.host)?
            }
            found => found?,
        };
        let keys = PersonKeys::random()?;
        self.put(wrap_person(
            &self.file,
            person,
            &device_secret,
            &data,
            &keys,
        )?)?;
        self.forgive(person.id)?;
        Ok(keys.public())
    }

    /// Gives a person all tries back. That a colleague stands by is for the caller to see to.
    ///
    /// # Errors
    ///
    /// [`UnlockError::WrongCode`], [`UnlockError::UnknownPerson`].
    pub fn reset_attempts(&mut self, rescue: Rescue<'_>, person: &str) -> Result<(), UnlockError> {
        if self.file.person(person).is_none() {
            return Err(UnlockError::UnknownPerson);
        }
        self.open_by_rescue(rescue)?;
        Ok(self.forgive(person)?)
    }

    pub(crate) fn open_person(
        &mut self,
        person: &str,
        password: &str,
    ) -> Result<(DataKey, PersonKeys), UnlockError> {
        let Some(wraps) = self.file.person(person).cloned() else {
            return Err(UnlockError::UnknownPerson);
        };
        if wraps.needs_code {
            return Err(VaultError::DeviceSecretMissing.into());
        }
        let device_secret = self.device_secret()?;
        self.attempts.begin_try(person)?;
        let kek = wraps
            .kdf
            .person_kek(&fold(password), &wraps.salt, &device_secret)?;
        let place = |what| wrap_place(&self.file.id, what, person);
        let Ok(data) = unwrap(&kek, &place(DATA), &wraps.data) else {
            return Err(self.attempts.wrong(person));
        };
        let damaged = |_broken| VaultError::Damaged { what: "a person" };
        let signing = unwrap(&kek, &place(SIGNING), &wraps.signing).map_err(damaged)?;
        let sealing = unwrap(&kek, &place(SEALING), &wraps.sealing).map_err(damaged)?;
        let keys = PersonKeys::from_seeds(signing.expose(), sealing.expose());
        if keys.public() != wraps.public() {
            return Err(VaultError::Damaged { what: "a person" }.into());
        }
        self.attempts.right(person)?;
        Ok((DataKey::new(data), keys))
    }

    pub(crate) fn open_by_rescue(&self, rescue: Rescue<'_>) -> Result<DataKey, UnlockError> {
        let id = &self.file.id;
        let place = wrap_place(id, DATA, "");
        let data = match rescue {
            Rescue::Code(typed) => {
                let code = RecoveryCode::parse(typed).ok_or(UnlockError::WrongCode)?;
                unwrap(&code.kek(id), &place, &self.file.code.data)
            }
            Rescue::Secret(secret) => {
                let secret = StaticSecret::from(*secret.expose());
                open_with(&secret, &place, &self.file.recovery.data)
                    .and_then(|data| to_key(&Zeroizing::new(data)))
            }
        };
        data.map(DataKey::new)
            .map_err(|_broken| UnlockError::WrongCode)
    }

    /// Also checks what stands in the file in clear and is relied upon.
    fn journal_keys(&self, data: &DataKey) -> Result<JournalKeys, VaultError> {
        let VaultFile {
            id,
            code,
            device,
            recovery,
            ..
        } = &self.file;
        let key = data.for_purpose(purpose::DEVICE);
        let damaged = |what| move |_broken: SealError| VaultError::Damaged { what };
        let confirm = |what, public: &[u8; 32], confirmed: &[u8]| {
            let known = open(&key, &wrap_place(id, what, ""), confirmed)?;
            if known == public {
                Ok(())
            } else {
                Err(SealError)
            }
        };
        confirm(RECOVERY_PUBLIC, &recovery.public, &recovery.confirmed)
            .map_err(damaged("the recovery key"))?;
        if let Some(backup) = &code.backup {
            confirm(BACKUP_PUBLIC, &backup.public, &backup.confirmed)
                .map_err(damaged("the code's key"))?;
        }
        let seed = unwrap(&key, &wrap_place(id, SIGNING, ""), &device.signing)
            .map_err(damaged("the device key"))?;
        let device_keys = SigningKeys::from_seed(seed.expose());
        if device_keys.public() != device.signing_public {
            return Err(damaged("the device key")(SealError));
        }
        Ok(JournalKeys {
            journal: data.journal(),
            device: device_keys,
        })
    }

    fn device_secret(&self) -> Result<Key, VaultError> {
        let secret = self
            .host
            .secrets
            .get(&device_secret_name(&self.file))
            .map_err(VaultError::SecretStore)?;
        let secret = secret.ok_or(VaultError::DeviceSecretMissing)?;
        to_key(&secret).map_err(|_length| VaultError::DeviceSecretMissing)
    }

    pub(crate) fn put(&mut self, wraps: PersonWraps) -> Result<(), VaultError> {
        let mut file = self.file.clone();
        file.put(wraps);
        file.save(&self.dir)?;
        self.file = file;
        Ok(())
    }

    fn forgive(&mut self, person: &str) -> Result<(), VaultError> {
        let everybody: Vec<&str> = self.file.people.iter().map(|one| one.id.as_str()).collect();
        self.attempts.forgive(person, &everybody)
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Vault({})", self.file.name())
    }
}

pub(crate) fn require_good(person: &NewPerson<'_>) -> Result<(), UnlockError> {
    let is_hex = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
    if person.id.is_empty() || person.id.len() > 64 || !person.id.bytes().all(is_hex) {
        return Err(VaultError::BadPersonId.into());
    }
    let strength = rate(person.password, person.inputs);
    if strength.ok {
        Ok(())
    } else {
        Err(UnlockError::WeakPassword(strength))
    }
}

pub(crate) fn new_device_secret(file: &VaultFile, host: &Host) -> Result<Key, VaultError> {
    let secret = Key::random()?;
    host.secrets
        .set(&device_secret_name(file), secret.expose())
        .map_err(VaultError::SecretStore)?;
    Ok(secret)
}

fn device_secret_name(file: &VaultFile) -> String {
    format!("{}.secret", file.name())
}

pub(crate) fn wrap_person(
    file: &VaultFile,
    person: &NewPerson<'_>,
    device_secret: &Key,
    data: &DataKey,
    keys: &PersonKeys,
) -> Result<PersonWraps, VaultError> {
    let salt = random()?;
    let kek = file
        .kdf
        .person_kek(&fold(person.password), &salt, device_secret)?;
    let wrap = |what, key: &[u8; 32]| wrap(&kek, &wrap_place(&file.id, what, person.id), key);
    let public = keys.public();
    Ok(PersonWraps {
        id: person.id.to_owned(),
        salt,
        data: wrap(DATA, data.expose())?,
        signing_public: public.signing,
        signing: wrap(SIGNING, &keys.signing_seed())?,
        sealing_public: public.sealing,
        sealing: wrap(SEALING, &keys.sealing_seed())?,
        kdf: file.kdf,
        needs_code: false,
    })
}

pub(crate) fn wrap(kek: &Key, place: &[u8], key: &[u8; 32]) -> Result<Vec<u8>, VaultError> {
    Ok(seal(kek, place, key)?)
}

pub(crate) fn unwrap(kek: &Key, place: &[u8], wrapped: &[u8]) -> Result<Key, SealError> {
    to_key(&Zeroizing::new(open(kek, place, wrapped)?))
}

fn to_key(bytes: &[u8]) -> Result<Key, SealError> {
    Key::from_slice(bytes).ok_or(SealError)
}
