//! How a desk comes in: by a code, with proof that it has the key it shows.

use serde_bytes::ByteBuf;
use serde_json::json;
use yichuang_domain::record::{Change, Fields, Id, Kind, RecordKey};
use yichuang_store::{CommitReader, StoreError, hash_of, hex};
use yichuang_sync::{
    Hash, Push, PushAnswer, Reader, Sent,
    enrol::{Code, Enrol, Enrolled, Joiner, Known, Look, Looked, Newcomer, NotEnrolled},
    signing_field,
};

use crate::{
    codes::{find, now_ms, use_up},
    service::{Bearer, Service},
};

impl Service {
    /// Who works in the community a code is for; nothing where the code is none.
    pub(crate) fn look(&mut self, look: &Look) -> Result<Option<Looked>, StoreError> {
        let Some((_code, open)) = find(&self.data, &look.code, now_ms())? else {
            return Ok(None);
        };
        let community = self.names.get(&open.community).copied();
        let staff = match community {
            Some(community) => self.open_room(community)?.roster().staff(),
            None => Vec::new(),
        };
        Ok(Some(Looked {
            community: community.map(|hash| ByteBuf::from(hash.to_vec())),
            name: open.community.clone(),
            staff: staff
                .into_iter()
                .filter_map(|(id, folded)| {
                    let name = folded.get("name")?;
                    Some(Known { id, name })
                })
                .collect(),
        }))
    }

    /// Takes a desk in and uses its code up.
    pub(crate) fn enrol(&mut self, enrol: &Enrol) -> Result<Enrolled, StoreError> {
        let Some((code, open)) = find(&self.data, &enrol.code, now_ms())? else {
            return Ok(Enrolled::Refused(NotEnrolled::Code));
        };
        if !self.has_key(enrol, &code) {
            return Ok(Enrolled::Refused(NotEnrolled::Proof));
        }
        let known = self.names.get(&open.community).copied();
        let taken = match &enrol.newcomer {
            Newcomer::Founder(genesis) => self.found(enrol, genesis, &open.community, known)?,
            Newcomer::Desk(joiner) => match known {
                Some(community) => self.add_desk(enrol, joiner, community)?,
                None => Err(NotEnrolled::Community),
            },
        };
        match taken {
            Ok(bearer) => {
                let token = self.new_token(bearer)?;
                use_up(&self.data, &code)?;
                Ok(Enrolled::Welcome {
                    community: bearer.community,
                    device: bearer.device,
                    token,
                })
            }
            Err(refused) => Ok(Enrolled::Refused(refused)),
        }
    }

    fn has_key(&self, enrol: &Enrol, code: &Code) -> bool {
        let message = Enrol::message(&self.hub_key(), code);
        CommitReader.is_signature(&message, &enrol.proof, &enrol.device_key)
    }

    /// The desk that founded the community brings it, or comes back for a new token.
    fn found(
        &mut self,
        enrol: &Enrol,
        genesis: &ByteBuf,
        name: &str,
        known: Option<Hash>,
    ) -> Result<Result<Bearer, NotEnrolled>, StoreError> {
        let Ok(reading) = CommitReader.read(genesis) else {
            return Ok(Err(NotEnrolled::Genesis));
        };
        let (community, device) = (reading.hash, reading.header.device);
        if known.is_some_and(|known| known != community) {
            return Ok(Err(NotEnrolled::Community));
        }
        // A room without a name is of a founding that was cut short: the same desk goes on with it.
        let has_name = self.names.values().any(|one| *one == community);
        if known.is_none() && has_name {
            return Ok(Err(NotEnrolled::Community));
        }
        if known.is_none() && !brings_key(&reading, enrol.device_key) {
            return Ok(Err(NotEnrolled::Proof));
        }
        self.open_room(community)?;
        let push = Push {
            cursor: None,
            commits: vec![genesis.clone()],
        };
        let bearer = Bearer { community, device };
        let answer = self.push(bearer, &push)?;
        if !matches!(
            answer,
            PushAnswer::Taken {
                sent: Sent::All,
                ..
            }
        ) {
            return Ok(Err(NotEnrolled::Genesis));
        }
        let hub = self.open_room(community)?;
        if hub.roster().key_of(device, device) != Some(enrol.device_key) {
            return Ok(Err(NotEnrolled::Proof));
        }
        self.name(name, community)?;
        Ok(Ok(bearer))
    }

    /// A desk that has nothing yet becomes a device of the community, with a letter of its own.
    fn add_desk(
        &mut self,
        enrol: &Enrol,
        joiner: &Joiner,
        community: Hash,
    ) -> Result<Result<Bearer, NotEnrolled>, StoreError> {
        let (hub, pen) = self.room(community)?;
        let devices = hub.roster().devices();
        let is_same = |text: String| hash_of(&text) == Some(enrol.device_key);
        let again = devices
            .iter()
            .find(|(_id, device)| device.get::<String>("signing").is_some_and(is_same));
        if let Some((device, _folded)) = again {
            // The answer was lost on the way: the same desk asks once more.
            let device = *device;
            return Ok(Ok(Bearer { community, device }));
        }
        if !hub
            .roster()
            .staff()
            .iter()
            .any(|(id, _)| *id == joiner.person)
        {
            return Ok(Err(NotEnrolled::Person));
        }
        let given: Vec<char> = devices
            .iter()
            .filter_map(|(_id, device)| device.get("station"))
            .collect();
        let Some(station) = ('A'..='Z').find(|letter| !given.contains(letter)) else {
            return Ok(Err(NotEnrolled::Stations));
        };
        let device = Id::from_bytes(yichuang_store::random::<16>()?);
        let changes = [
            set(
                Kind::DEVICE,
                device,
                [
                    ("station".to_owned(), json!(station)),
                    ("signing".to_owned(), json!(hex(&enrol.device_key))),
                ]
                .into(),
            ),
            set(
                Kind::STAFF,
                joiner.person,
                [
                    (signing_field(device), json!(hex(&joiner.signing))),
                    (format!("sealing@{device}"), json!(hex(&joiner.sealing))),
                ]
                .into(),
            ),
        ];
        let written = hub.write(&CommitReader, pen, "enrol_device", &changes, now_ms())?;
        Ok(match written {
            Some(_number) => Ok(Bearer { community, device }),
            None => Err(NotEnrolled::HubUnknown),
        })
    }
}

fn set(kind: Kind, id: Id, fields: Fields) -> Change {
    Change::Set {
        record: RecordKey::new(kind, id),
        fields,
    }
}

/// Whether a first commit makes this key the key of its device: nobody else may begin its log.
fn brings_key(reading: &yichuang_sync::Reading, key: Hash) -> bool {
    let text = hex(&key);
    reading.changes.iter().flatten().any(|change| match change {
        Change::Set { record, fields } => {
            record.kind == Kind::DEVICE
                && record.id == reading.header.device
                && fields.get("signing").and_then(|value| value.as_str()) == Some(&text)
        }
        Change::Event { .. } | Change::Void { .. } => false,
    })
}
