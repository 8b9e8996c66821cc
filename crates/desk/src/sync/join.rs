//! Joining a hub with a one-time code: the desk that founded the community brings it along, any other
//! gets it from there.

use std::path::Path;

use serde_bytes::ByteBuf;
use serde_json::{Value, json};
use yichuang_domain::{
    office::staff::{Action, tried_first},
    record::{Change, Id, Kind, RecordKey},
    refusal::Refusal,
};
use yichuang_store::{
    DeviceProof, Joining, KdfParams, Newcomer as Person, hash_of, hex, prepare_desk, settle_desk,
};
use yichuang_sync::{
    Hash,
    enrol::{Code, Enrol, Enrolled, Joiner, Look, Looked, Newcomer, NotEnrolled},
    hub_device,
};

use super::{
    line::Line,
    talk::{line_stop, sync_once},
};
use crate::{
    answer::Stop,
    desk::{Desk, DeskOptions},
    inner::{Inner, unlock_stop},
    office::session::{known_person, names},
};

/// What a person types to join.
#[derive(Clone, Debug)]
pub struct JoinAsk {
    /// Where the hub is: host and port.
    pub address: String,
    /// The one-time code.
    pub code: String,
    /// The hub's public key, hexadecimal.
    pub key: String,
    /// Who joins.
    pub person: String,
    /// Their password: at this desk from now on, or already.
    pub password: String,
}

/// What was typed, checked.
struct Asked {
    address: String,
    code: Code,
    key: Hash,
    person: String,
    password: String,
}

/// Joins, and fetches or brings everything there is.
pub(crate) fn join(options: DeskOptions, ask: &JoinAsk) -> Result<Value, Stop> {
    let asked = checked(ask)?;
    let mut line = Line::new(&asked.address, asked.key, None)?;
    let entered = match Desk::open(options.clone()) {
        Ok(desk) if desk.with_inner(|inner| inner.store.is_some())? => None,
        // The folder is nobody's: it is let go of, so that a desk can be made in it.
        Ok(desk) => {
            drop(desk);
            Some(enter(&options.data, &mut line, &asked)?)
        }
        Err(error) => return Err(error.into()),
    };
    let desk = Desk::open(options)?;
    let person = match entered {
        Some(person) => person,
        None => {
            desk.with_inner(|inner| known_person(inner, &asked.person))??
                .0
        }
    };
    let is_joined = desk.with_inner(|inner| inner.is_joined(person, &asked))??;
    if !is_joined {
        desk.with_inner(|inner| bring(inner, &mut line, person, &asked))??;
    }
    let synced = sync_once(&desk)?;
    // What came from the hub names who works here, and this desk's letter.
    desk.with_inner(|inner| welcome(inner, person, &asked.password))??;
    let device = desk.with_inner(|inner| inner.store().map(|store| store.device()))??;
    Ok(json!({ "device": device, "sync": synced }))
}

fn checked(ask: &JoinAsk) -> Result<Asked, Stop> {
    let field = |name: &str| Stop::Refused(Refusal::Format, Some(name.to_owned()));
    Ok(Asked {
        address: ask.address.trim().to_owned(),
        code: Code::parse(&ask.code).ok_or_else(|| field("code"))?,
        key: hash_of(ask.key.trim()).ok_or_else(|| field("key"))?,
        person: ask.person.clone(),
        password: ask.password.clone(),
    })
}

/// Lets the person in as at any other time, so that the lock screen knows everybody.
fn welcome(inner: &mut Inner, person: Id, password: &str) -> Result<(), Stop> {
    inner.unlock(person, password)?;
    let data = inner.data();
    if let Some(session) = &inner.session {
        names::write(&data, &session.community, &session.staff)?;
    }
    Ok(())
}

/// A desk that has nothing: a vault for the person, then the hub's welcome.
fn enter(data: &Path, line: &mut Line, asked: &Asked) -> Result<Id, Stop> {
    let look = Look {
        code: asked.code.as_str().to_owned(),
    };
    let looked: Looked = line.ask("/v1/look", &look).map_err(line_stop)?;
    if looked.community.is_none() {
        return Err(Refusal::CommunityNotBrought.into());
    }
    let known = looked.staff.iter().find(|one| one.name == asked.person);
    let known = known.ok_or(Stop::Refused(
        Refusal::UnknownStaff,
        Some("person".to_owned()),
    ))?;
    let community = looked.name.clone();
    let person = Person {
        person: known.id,
        password: asked.password.clone(),
        inputs: tried_first(&known.name, &community),
    };
    let keys = prepare_desk(data, &person, KdfParams::default()).map_err(unlock_stop)?;
    let proof = keys.proof(&Enrol::message(&asked.key, &asked.code));
    let newcomer = Newcomer::Desk(Joiner {
        person: known.id,
        signing: keys.signing,
        sealing: keys.sealing,
    });
    let joining = enrol(line, asked, &proof, newcomer)?;
    settle_desk(data, &person, &joining).map_err(unlock_stop)?;
    Ok(known.id)
}

/// Sends the enrolment and takes the hub's welcome.
fn enrol(
    line: &mut Line,
    asked: &Asked,
    proof: &DeviceProof,
    newcomer: Newcomer,
) -> Result<Joining, Stop> {
    let enrol = Enrol {
        code: asked.code.as_str().to_owned(),
        device_key: proof.public,
        proof: proof.signature,
        newcomer,
    };
    let enrolled: Enrolled = line.ask("/v1/enrol", &enrol).map_err(line_stop)?;
    match enrolled {
        Enrolled::Welcome {
            community,
            device,
            token,
        } => Ok(Joining {
            address: asked.address.clone(),
            key: asked.key,
            community,
            device,
            token,
        }),
        Enrolled::Refused(why) => Err(refusal_of(why).into()),
    }
}

const fn refusal_of(why: NotEnrolled) -> Refusal {
    match why {
        NotEnrolled::Code => Refusal::CodeRefused,
        NotEnrolled::Community | NotEnrolled::Genesis => Refusal::OtherCommunity,
        NotEnrolled::Person => Refusal::UnknownStaff,
        NotEnrolled::Stations => Refusal::NoStationLeft,
        NotEnrolled::HubUnknown => Refusal::CommunityNotBrought,
        NotEnrolled::Proof => Refusal::HubDisagrees,
    }
}

impl Inner {
    /// Lets the person in, as far as the store goes: a desk that has just come in has nobody's records
    /// yet. Whether it has joined this very hub already.
    fn is_joined(&mut self, person: Id, asked: &Asked) -> Result<bool, Stop> {
        let store = self.store()?;
        store.unlock(person, &asked.password).map_err(unlock_stop)?;
        Ok(store
            .joining()
            .is_some_and(|joining| joining.key == asked.key))
    }
}

/// The founding desk brings its community: the first commit, and the hub as one of its devices.
fn bring(inner: &mut Inner, line: &mut Line, person: Id, asked: &Asked) -> Result<(), Stop> {
    inner.unlock(person, &asked.password)?;
    inner.view(Action::Settings)?;
    let store = inner.store()?;
    let genesis = ByteBuf::from(store.genesis()?);
    let proof = store.device_proof(&Enrol::message(&asked.key, &asked.code))?;
    let joining = enrol(line, asked, &proof, Newcomer::Founder(genesis))?;
    trust(inner, &asked.key)?;
    Ok(inner.store()?.join(joining)?)
}

/// Makes the hub a device of the community.
fn trust(inner: &mut Inner, key: &Hash) -> Result<(), Stop> {
    let hub = RecordKey::new(Kind::DEVICE, hub_device(key));
    let known = inner.store()?.record(&hub)?;
    if known.is_some_and(|record| record.folded.get("hub") == Some(true)) {
        return Ok(());
    }
    let change = Change::Set {
        record: hub,
        fields: [
            ("signing".to_owned(), json!(hex(key))),
            ("hub".to_owned(), json!(true)),
        ]
        .into(),
    };
    inner.commit("join_hub", vec![change])
}
