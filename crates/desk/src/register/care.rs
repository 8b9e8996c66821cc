//! Care groups of a person (特殊群体): adding and ending a tag, and opening those that are restricted.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;
use yichuang_domain::{
    cases::rules::remark,
    office::{
        code_tables::{CodeTable, name_of},
        staff::{Action, Staff},
    },
    record::{Change, Id, Kind, RecordKey, Seen},
    refusal::Refusal,
    register::{
        care::{
            CareTag, VisitHint, add_tag, end_tag, is_sealed_tag, may_see_sealed, may_see_tag,
            needs_reason,
        },
        person::{Person, SEALED_TAGS},
    },
};
use yichuang_store::{Fact, KeyRing, Place, Record, from_cbor, to_cbor};

use super::{resident::page, reveal::SECONDS, view::ResidentView};
use crate::{
    answer::{AtField, Stop},
    call::{Command, Draft, Query},
    see::{View, access},
};

/// The care groups whoever asks may add and end.
#[derive(Deserialize, TS)]
pub(crate) struct CareGroups {}

/// A care group to choose from.
#[derive(Serialize, TS)]
pub(crate) struct CareGroup {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is shown only to whoever gives a reason.
    pub is_restricted: bool,
}

impl Query for CareGroups {
    const NAME: &'static str = "care_groups";
    const ABOUT: &'static str = "The care groups whoever asks may add to a person and end.";
    const ACTION: Action = Action::WriteRegister;
    type Output = Vec<CareGroup>;

    fn answer(&self, view: &View<'_>) -> Result<Vec<CareGroup>, Stop> {
        let rows = CodeTable::CareTag.rows().iter();
        Ok(rows
            .filter(|row| may_see_tag(&view.session.actor, &row.code))
            .map(|row| CareGroup {
                code: row.code.clone(),
                name: view.language().of(&row.name),
                is_restricted: needs_reason(&row.code),
            })
            .collect())
    }
}

/// Adds a tag to a person.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct AddCareTag {
    /// To whom.
    pub person: Id,
    /// What the screen had seen.
    #[serde(default)]
    pub seen: Option<Seen>,
    /// The group's code.
    pub code: String,
    /// Since when.
    pub from: NaiveDate,
    /// Where it is known from.
    pub source: String,
}

impl Command for AddCareTag {
    const NAME: &'static str = "add_care_tag";
    const ABOUT: &'static str = "Adds a person to a care group, with its first day and its source.";
    const ACTION: Action = Action::WriteRegister;
    type Output = ResidentView;

    fn decide(&self, view: &View<'_>) -> Result<Draft<ResidentView>, Stop> {
        let tag = CareTag {
            code: self.code.clone(),
            from: self.from,
            to: None,
            source: self.source.clone(),
        };
        let (actor, today) = (&view.session.actor, view.today());
        change(view, self.person, self.seen, &self.code, |tags| {
            add_tag(tags, actor, &tag, today).map_err(|refusal| at_tag(refusal, "from"))
        })
    }
}

/// Ends a tag of a person.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct EndCareTag {
    /// Whose.
    pub person: Id,
    /// What the screen had seen.
    #[serde(default)]
    pub seen: Option<Seen>,
    /// The group's code.
    pub code: String,
    /// Its last day.
    pub to: NaiveDate,
}

impl Command for EndCareTag {
    const NAME: &'static str = "end_care_tag";
    const ABOUT: &'static str = "Ends a person's membership of a care group with its last day.";
    const ACTION: Action = Action::WriteRegister;
    type Output = ResidentView;

    fn decide(&self, view: &View<'_>) -> Result<Draft<ResidentView>, Stop> {
        let (actor, today) = (&view.session.actor, view.today());
        change(view, self.person, self.seen, &self.code, |tags| {
            end_tag(tags, actor, &self.code, self.to, today)
                .map_err(|refusal| at_tag(refusal, "to"))
        })
    }
}

fn at_tag(refusal: Refusal, day: &str) -> Stop {
    let field = match refusal {
        Refusal::Future | Refusal::WrongDay => Some(day.to_owned()),
        Refusal::UnknownTag | Refusal::TagThere | Refusal::NotEntitledToTag => {
            Some("code".to_owned())
        }
        _ => None,
    };
    Stop::Refused(refusal, field)
}

/// Opens the restricted tags of a person.
#[derive(Deserialize, TS)]
pub(crate) struct OpenRestricted {
    /// Whose.
    pub person: Id,
    /// Why.
    pub reason: String,
}

/// A restricted tag.
#[derive(Serialize, TS)]
pub(crate) struct RestrictedTag {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day, once it ended.
    pub to: Option<NaiveDate>,
    /// Where it is known from.
    pub source: String,
}

/// Restricted tags, to be hidden again.
#[derive(Serialize, TS)]
pub(crate) struct RestrictedView {
    /// The tags whoever asks may see.
    pub tags: Vec<RestrictedTag>,
    /// Whether there are some they may not.
    pub has_more: bool,
    /// After how many seconds the screen hides them.
    pub seconds: u32,
}

impl Command for OpenRestricted {
    const NAME: &'static str = "open_restricted";
    const ABOUT: &'static str =
        "Opens the restricted tags of a person for 30 seconds, with a reason, on record.";
    const ACTION: Action = Action::Reveal;
    type Output = RestrictedView;

    fn decide(&self, view: &View<'_>) -> Result<Draft<RestrictedView>, Stop> {
        let reason = remark("reason", &self.reason).at("reason")?;
        if reason.is_empty() {
            return Err(Stop::Refused(
                Refusal::ReasonMissing,
                Some("reason".to_owned()),
            ));
        }
        let (person, record) = view.person(self.person)?;
        let actor = &view.session.actor;
        let restricted: Vec<CareTag> = person
            .tags
            .iter()
            .filter(|tag| needs_reason(&tag.code))
            .cloned()
            .collect();
        let mut tags: Vec<CareTag> = restricted
            .iter()
            .filter(|tag| may_see_tag(actor, &tag.code))
            .cloned()
            .collect();
        let has_sealed = person.sealed_tags.is_some();
        if !has_sealed && restricted.is_empty() {
            return Err(Refusal::UnknownTag.into());
        }
        let mut changes = Vec::new();
        if has_sealed && may_see_sealed(actor) {
            let ring = view.store.key_ring()?;
            tags.extend(sealed_tags(&record, &ring)?);
            changes = view.store.hand_on(&ring, &entitled(&view.session.staff))?;
        } else if tags.is_empty() {
            return Err(Refusal::NotEntitledToTag.into());
        }
        let has_more = tags.len() < restricted.len() || (has_sealed && !may_see_sealed(actor));
        // The groups do not stand in the record of the look: whoever reads that sees no persons.
        let body = json!({ "person": self.person, "field": "restricted", "reason": reason });
        changes.push(access("reveal", body)?);
        let tags = tags.iter().map(|tag| shown(tag, view)).collect();
        let then = move |_view: &View<'_>| {
            Ok(RestrictedView {
                tags,
                has_more,
                seconds: SECONDS,
            })
        };
        Ok(Draft {
            changes,
            then: Box::new(then),
        })
    }
}

fn shown(tag: &CareTag, view: &View<'_>) -> RestrictedTag {
    let name = name_of(CodeTable::CareTag, &tag.code);
    RestrictedTag {
        code: tag.code.clone(),
        name: name.map_or_else(|| tag.code.clone(), |name| view.language().of(name)),
        from: tag.from,
        to: tag.to,
        source: tag.source.clone(),
    }
}

/// Changes the tags a code belongs to: the sealed ones or the others.
fn change(
    view: &View<'_>,
    id: Id,
    seen: Option<Seen>,
    code: &str,
    decide: impl FnOnce(&[CareTag]) -> Result<Vec<CareTag>, Stop>,
) -> Result<Draft<ResidentView>, Stop> {
    let (before, record) = view.person(id)?;
    view.require_fresh(&record, seen)?;
    let mut after = before.clone();
    let mut changes = Vec::new();
    if is_sealed_tag(code) && may_see_tag(&view.session.actor, code) {
        changes = change_sealed(view, &record, &mut after, decide)?;
    } else {
        after.tags = decide(&before.tags)?;
    }
    changes.push(Change::Set {
        record: RecordKey::new(Kind::PERSON, id),
        fields: after.fields_changed_since(&before),
    });
    Ok(Draft {
        changes,
        then: Box::new(move |view| page(id, view)),
    })
}

/// Opens the sealed tags, changes them, and seals them again; what was in clear before is sealed too.
fn change_sealed(
    view: &View<'_>,
    record: &Record,
    person: &mut Person,
    decide: impl FnOnce(&[CareTag]) -> Result<Vec<CareTag>, Stop>,
) -> Result<Vec<Change>, Stop> {
    let ring = view.store.key_ring()?;
    let mut sealed = sealed_tags(record, &ring)?;
    let (clear, others) = person
        .tags
        .drain(..)
        .partition(|tag| is_sealed_tag(&tag.code));
    person.tags = others;
    merge(&mut sealed, clear);
    let tags = decide(&sealed)?;
    let sealing = view
        .store
        .sealing(ring, &entitled(&view.session.staff))?
        .ok_or(Refusal::KeyNotShared)?;
    let key = RecordKey::new(Kind::PERSON, record.id);
    person.sealed_tags = Some(sealing.seal(place(&key), &to_cbor(&tags)?)?);
    person.visit_hint = VisitHint::of(&tags, view.today());
    Ok(sealing.changes)
}

/// The sealed tags of a person. What two desks wrote apart is one list: a tag that one of them ended has
/// ended.
fn sealed_tags(record: &Record, ring: &KeyRing) -> Result<Vec<CareTag>, Stop> {
    let key = RecordKey::new(Kind::PERSON, record.id);
    let mut tags = Vec::new();
    let field = record.folded.fields.get(SEALED_TAGS);
    for head in field.map_or(&[][..], |field| &field.heads) {
        let Some(value) = head.value.as_str() else {
            continue;
        };
        match ring.open(place(&key), value)? {
            Fact::Open(fact) => merge(&mut tags, from_cbor(&fact, "sealed tags")?),
            Fact::NotShared => return Err(Refusal::KeyNotShared.into()),
        }
    }
    Ok(tags)
}

fn merge(tags: &mut Vec<CareTag>, others: Vec<CareTag>) {
    for other in others {
        let same = |tag: &&mut CareTag| (&tag.code, tag.from) == (&other.code, other.from);
        match tags.iter_mut().find(same) {
            Some(tag) => tag.to = tag.to.or(other.to),
            None => tags.push(other),
        }
    }
}

fn place(record: &RecordKey) -> Place<'_> {
    Place {
        record,
        field: SEALED_TAGS,
    }
}

/// The people who are given the key of sensitive facts.
pub(crate) fn entitled(staff: &[Staff]) -> Vec<Id> {
    staff
        .iter()
        .filter(|one| may_see_sealed(one))
        .map(|one| one.id)
        .collect()
}
