//! Which hub this desk has joined: `hub.toml` in the data folder.
//!
//! Address and public key are no secret; the token is sealed with the key of the journal, so that it is
//! there whenever the journal is open. What the desk has of the hub's log stands in the journal.

use std::{fs, io::Write, path::Path, sync::Arc};

use serde::{Deserialize, Serialize};
use yichuang_domain::record::Id;
use yichuang_journal::{Journal, OsDisk};
use yichuang_sync::Hash;
use yichuang_vault::{FoundOptions, KdfParams, NewPerson, Sealer, SigningKeys, Vault};

use crate::{
    commit::to_cbor,
    error::StoreError,
    found::{UNDER_WAY, clear_cut_short},
    hex::{from_hex, hex, unhex},
    lock::FolderLock,
    store::JournalSeal,
};

const FILE: &str = "hub.toml";
const VAULT: &str = "vault.toml";
const TOKEN_PURPOSE: &[u8] = b"yichuang hub token";

/// What a desk was given when it joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    /// Where the hub is, as host and port.
    pub address: String,
    /// The hub's public key.
    pub key: Hash,
    /// The community: the hash of its first commit.
    pub community: Hash,
    /// This device.
    pub device: Id,
    /// What the desk shows the hub at every request.
    pub token: String,
}

#[derive(Serialize, Deserialize)]
struct Form {
    address: String,
    key: String,
    community: String,
    device: Id,
    token: String,
}

/// Keeps it for good; there is never half of it.
pub(crate) fn write(data: &Path, seal: &Sealer, joining: &Joining) -> Result<(), StoreError> {
    let token = seal.seal(TOKEN_PURPOSE, &to_cbor(&joining.token)?)?;
    let form = Form {
        address: joining.address.clone(),
        key: hex(&joining.key),
        community: hex(&joining.community),
        device: joining.device,
        token: hex(&token),
    };
    let text = toml::to_string(&form).map_err(|_error| StoreError::form("hub.toml"))?;
    let new = data.join("hub.toml.new");
    let mut file = fs::File::create(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&new, data.join(FILE))?;
    Ok(fs::File::open(data)?.sync_all()?)
}

/// Which hub was joined, if any.
pub(crate) fn read(data: &Path, seal: &Sealer) -> Result<Option<Joining>, StoreError> {
    let text = match fs::read_to_string(data.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let bad = || StoreError::form("hub.toml");
    let form: Form = toml::from_str(&text).map_err(|_error| bad())?;
    let sealed = from_hex(&form.token).ok_or_else(bad)?;
    let token = seal.open(TOKEN_PURPOSE, &sealed)?;
    Ok(Some(Joining {
        address: form.address,
        key: unhex(&form.key).ok_or_else(bad)?,
        community: unhex(&form.community).ok_or_else(bad)?,
        device: form.device,
        token: crate::commit::from_cbor(&token, "hub.toml")?,
    }))
}

/// A person who will work at a desk that joins.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// Who, as the hub knows them.
    pub person: Id,
    /// Their password at this desk.
    pub password: String,
    /// What it must not be made of.
    pub inputs: Vec<String>,
}

/// That the device has the key it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeviceProof {
    /// The device's public key.
    pub public: Hash,
    /// Its signature of what was asked.
    pub signature: [u8; 64],
}

/// The keys of a desk that was prepared.
#[derive(Debug)]
pub struct DeskKeys {
    device: SigningKeys,
    /// The person's, for signatures.
    pub signing: Hash,
    /// The person's, for sealing.
    pub sealing: Hash,
}

impl DeskKeys {
    /// The device's public key.
    pub fn device(&self) -> Hash {
        self.device.public()
    }

    /// Signs what the hub asked to be signed.
    pub fn proof(&self, message: &[u8]) -> DeviceProof {
        DeviceProof {
            public: self.device.public(),
            signature: self.device.sign(message),
        }
    }
}

/// Makes a desk that has no community yet: vault and journal, for one person. A making that was cut
/// short is taken up again.
///
/// # Errors
///
/// Refuses a folder that has a community, and a weak password.
pub fn prepare_desk(
    data: &Path,
    newcomer: &Newcomer,
    kdf: KdfParams,
) -> Result<DeskKeys, StoreError> {
    fs::create_dir_all(data)?;
    let _lock = FolderLock::take(data)?;
    let id = newcomer.person.to_string();
    let marker = data.join(UNDER_WAY);
    if fs::read(&marker).is_ok_and(|mark| mark != id.as_bytes()) {
        clear_cut_short(data)?;
    }
    if !marker.exists() && data.join(VAULT).exists() {
        return Err(StoreError::AlreadyFounded);
    }
    fs::write(&marker, &id)?;
    if !data.join(VAULT).exists() {
        let person = NewPerson {
            id: &id,
            password: &newcomer.password,
            inputs: &newcomer.inputs,
        };
        let options = FoundOptions {
            kdf,
            ..FoundOptions::default()
        };
        Vault::found(data, &[person], options)?;
    }
    let mut vault = Vault::open(data)?;
    let keys = vault.unlock(&id, &newcomer.password)?;
    let seal = Arc::new(JournalSeal(keys.journal.journal.clone()));
    if !data.join("journal").exists() {
        Journal::create(data, Arc::new(OsDisk), seal)?;
    }
    let public = keys.session.keys.public();
    Ok(DeskKeys {
        device: keys.journal.device,
        signing: public.signing,
        sealing: public.sealing,
    })
}

/// Tells a desk made by [`prepare_desk`] which community it belongs to.
///
/// # Errors
///
/// The vault's refusals, and what the disk refuses.
pub fn settle_desk(data: &Path, newcomer: &Newcomer, joining: &Joining) -> Result<(), StoreError> {
    let _lock = FolderLock::take(data)?;
    let mut vault = Vault::open(data)?;
    let keys = vault.unlock(&newcomer.person.to_string(), &newcomer.password)?;
    write(data, &keys.journal.journal, joining)?;
    Ok(fs::remove_file(data.join(UNDER_WAY))?)
}
