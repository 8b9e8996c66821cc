//! What a desk may ask of the hub, once its bytes are read. Everything runs under one lock.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use serde_json::json;
use yichuang_domain::record::{Change, Fields, Id, Kind, RecordKey};
use yichuang_store::{CommitReader, HubFolder, HubLedger, HubPen, StoreError, hash_of, hex};
use yichuang_sync::{Give, GiveAnswer, Hash, Hub, HubKeys, Pull, PullAnswer, Push, PushAnswer};

use crate::{
    codes::now_ms,
    error::HubError,
    spool::{NAMES, ORDERS, TOKENS, name_of, names_in, put, put_table, remove, table},
};

/// Whoever shows a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bearer {
    pub(crate) community: Hash,
    pub(crate) device: Id,
}

#[derive(Serialize, Deserialize)]
struct TokenForm {
    community: String,
    device: Id,
}

/// The communities of a hub, and who may speak for which device.
pub(crate) struct Service {
    pub(crate) data: PathBuf,
    pub(crate) pen: HubPen,
    folder: HubFolder,
    pub(crate) rooms: BTreeMap<Hash, Hub<HubLedger>>,
    pub(crate) names: BTreeMap<String, Hash>,
    tokens: HashMap<Hash, Bearer>,
}

impl Service {
    pub(crate) fn open(data: &Path) -> Result<Self, HubError> {
        let (folder, pen) = HubFolder::open(data)?;
        let mut service = Self {
            data: data.to_owned(),
            pen,
            folder,
            rooms: BTreeMap::new(),
            names: BTreeMap::new(),
            tokens: HashMap::new(),
        };
        for community in service.folder.communities()? {
            service.open_room(community)?;
            if let Some(name) = name_of(data, &community)? {
                service.names.insert(name, community);
            }
        }
        service.read_tokens()?;
        Ok(service)
    }

    /// Opens the log of a community, or begins one.
    pub(crate) fn open_room(&mut self, community: Hash) -> Result<&mut Hub<HubLedger>, StoreError> {
        let hub = match self.rooms.remove(&community) {
            Some(hub) => hub,
            None => Hub::open(self.folder.ledger(&community)?, &CommitReader, false)?,
        };
        Ok(self.rooms.entry(community).or_insert(hub))
    }

    /// The same with the hub's key, for writing to it.
    pub(crate) fn room(
        &mut self,
        community: Hash,
    ) -> Result<(&mut Hub<HubLedger>, &HubPen), StoreError> {
        self.open_room(community)?;
        let hub = self.rooms.get_mut(&community);
        Ok((hub.ok_or(StoreError::NotFounded)?, &self.pen))
    }

    /// Says under which name a community's codes are made.
    pub(crate) fn name(&mut self, name: &str, community: Hash) -> Result<(), StoreError> {
        put(&self.data.join(NAMES), &hex(&community), name.as_bytes())?;
        self.names.insert(name.to_owned(), community);
        Ok(())
    }

    fn read_tokens(&mut self) -> Result<(), HubError> {
        let folder = self.data.join(TOKENS);
        for name in names_in(&folder)? {
            let hash = name.strip_suffix(".toml").and_then(hash_of);
            let form: Option<TokenForm> = table(&folder, &name)?;
            let (Some(hash), Some(form)) = (hash, form) else {
                continue;
            };
            if let Some(community) = hash_of(&form.community) {
                let device = form.device;
                self.tokens.insert(hash, Bearer { community, device });
            }
        }
        Ok(())
    }

    /// A new token of a device; only its hash is kept.
    pub(crate) fn new_token(&mut self, bearer: Bearer) -> Result<String, StoreError> {
        let token = hex(&yichuang_store::random::<32>()?);
        let hash = *blake3::hash(token.as_bytes()).as_bytes();
        let form = TokenForm {
            community: hex(&bearer.community),
            device: bearer.device,
        };
        put_table(
            &self.data.join(TOKENS),
            &format!("{}.toml", hex(&hash)),
            &form,
        )?;
        self.tokens.insert(hash, bearer);
        Ok(token)
    }

    /// The hashes of a device's tokens.
    pub(crate) fn tokens_of(&self, device: Id) -> impl Iterator<Item = (&Hash, Bearer)> {
        let of_device = self.tokens.iter().filter(move |one| one.1.device == device);
        of_device.map(|(hash, bearer)| (hash, *bearer))
    }

    /// Whoever shows this token, if it is still good.
    pub(crate) fn bearer(&mut self, token: &str) -> Result<Option<Bearer>, StoreError> {
        self.carry_out_orders()?;
        let hash = *blake3::hash(token.as_bytes()).as_bytes();
        Ok(self.tokens.get(&hash).copied())
    }

    /// Takes devices out of service as the hub's own command asked.
    pub(crate) fn carry_out_orders(&mut self) -> Result<(), StoreError> {
        let folder = self.data.join(ORDERS);
        for name in names_in(&folder)? {
            if let Ok(device) = Id::parse(&name) {
                let is_lost = std::fs::read(folder.join(&name))? == b"lost";
                self.revoke(device, is_lost)?;
            }
            remove(&folder, &name)?;
        }
        Ok(())
    }

    fn revoke(&mut self, device: Id, is_lost: bool) -> Result<(), StoreError> {
        let now = now_ms();
        let mut fields: Fields = [("ended_from".to_owned(), json!(now))].into();
        if is_lost {
            fields.insert("lost".to_owned(), json!(true));
        }
        let change = Change::Set {
            record: RecordKey::new(Kind::DEVICE, device),
            fields,
        };
        // Also those that were let go of.
        for community in self.folder.communities()? {
            self.open_room(community)?;
        }
        for hub in self.rooms.values_mut() {
            if hub.roster().device(device).is_some() {
                let changes = std::slice::from_ref(&change);
                hub.write(&CommitReader, &self.pen, "revoke_device", changes, now)?;
            }
        }
        let gone: Vec<Hash> = self
            .tokens
            .iter()
            .filter(|(_hash, bearer)| bearer.device == device)
            .map(|(hash, _bearer)| *hash)
            .collect();
        for hash in gone {
            remove(&self.data.join(TOKENS), &format!("{}.toml", hex(&hash)))?;
            self.tokens.remove(&hash);
        }
        Ok(())
    }

    pub(crate) fn push(&mut self, bearer: Bearer, push: &Push) -> Result<PushAnswer, StoreError> {
        let (hub, pen) = self.room(bearer.community)?;
        hub.push(&CommitReader, pen, push, now_ms())
    }

    pub(crate) fn pull(&mut self, bearer: Bearer, pull: &Pull) -> Result<PullAnswer, StoreError> {
        let (hub, pen) = self.room(bearer.community)?;
        hub.pull(&CommitReader, pen, bearer.device, pull)
    }

    pub(crate) fn give(&mut self, bearer: Bearer, give: &Give) -> Result<GiveAnswer, StoreError> {
        let (hub, pen) = self.room(bearer.community)?;
        hub.give(&CommitReader, pen, give, now_ms())
    }

    /// Lets go of the logs whose disk refused a write: they are read again when they are next asked. One the
    /// medium did not confirm takes nothing more until the program is started again.
    pub(crate) fn let_go_of_refused(&mut self) {
        self.rooms
            .retain(|_community, hub| !hub.ledger().was_refused());
    }

    pub(crate) fn hub_key(&self) -> Hash {
        self.pen.public()
    }
}
