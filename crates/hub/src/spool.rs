//! Small files in the hub's folder that other commands write while the hub serves.
//!
//! ```text
//! hub.public            the hub's public key, hexadecimal
//! codes/HASH.toml       a one-time code by its hash: community, until when, tries left
//! names/HASH            the name under which a community's codes are made
//! tokens/HASH.toml      a token by its hash: community and device
//! orders/DEVICE         take this device out of service; `lost` or empty
//! ```
//!
//! Each is written beside its place and renamed into it, so that nobody reads half of one. Codes and
//! tokens stand as hashes only.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use yichuang_domain::record::Id;
use yichuang_store::{hash_of, hex};
use yichuang_sync::Hash;

use crate::error::HubError;

pub(crate) const CODES: &str = "codes";
pub(crate) const NAMES: &str = "names";
pub(crate) const TOKENS: &str = "tokens";
pub(crate) const ORDERS: &str = "orders";
const PUBLIC: &str = "hub.public";

/// Writes a file for good; there is never half of it.
pub(crate) fn put(folder: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let new = folder.join(format!(".{name}.new"));
    let mut file = fs::File::create(&new)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(new, folder.join(name))?;
    fs::File::open(folder)?.sync_all()
}

/// Writes a small table.
pub(crate) fn put_table<T: Serialize>(folder: &Path, name: &str, table: &T) -> io::Result<()> {
    let text = toml::to_string(table).map_err(io::Error::other)?;
    put(folder, name, text.as_bytes())
}

/// Reads a small table; nothing where there is none, or it is no such table.
pub(crate) fn table<T: DeserializeOwned>(folder: &Path, name: &str) -> io::Result<Option<T>> {
    match fs::read_to_string(folder.join(name)) {
        Ok(text) => Ok(toml::from_str(&text).ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The names of the files in a folder that are whole.
pub(crate) fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Removes a file that may be gone already.
pub(crate) fn remove(folder: &Path, name: &str) -> io::Result<()> {
    match fs::remove_file(folder.join(name)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

pub(crate) fn write_public(data: &Path, key: &Hash) -> io::Result<()> {
    put(data, PUBLIC, hex(key).as_bytes())
}

/// The hub's public key.
pub(crate) fn public(data: &Path) -> Result<Hash, HubError> {
    let text = match fs::read_to_string(data.join(PUBLIC)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(HubError::NoHub),
        Err(error) => return Err(error.into()),
    };
    hash_of(text.trim()).ok_or(HubError::NoHub)
}

/// The name under which a community's codes are made.
pub(crate) fn name_of(data: &Path, community: &Hash) -> io::Result<Option<String>> {
    match fs::read_to_string(data.join(NAMES).join(hex(community))) {
        Ok(name) => Ok(Some(name)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Leaves an order for the hub, which carries it out before it answers anybody.
pub(crate) fn order_revoking(data: &Path, device: Id, lost: bool) -> Result<Value, HubError> {
    public(data)?;
    let content: &[u8] = if lost { b"lost" } else { b"" };
    put(&data.join(ORDERS), &device.to_string(), content)?;
    Ok(json!({ "device": device, "lost": lost }))
}
