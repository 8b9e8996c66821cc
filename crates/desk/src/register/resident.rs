//! A resident's page.

use serde::Deserialize;
use ts_rs::TS;
use yichuang_domain::{
    office::{
        code_tables::{CodeTable, name_of},
        staff::Action,
    },
    record::Id,
    register::{
        person::{Person, SEALED_TAGS},
        reading::readings,
    },
};

use super::{
    Shown, card, doubt,
    view::{EnquiryBrief, HeldView, MemberView, ResidentView, TagView},
};
use crate::{
    answer::Stop,
    call::Query,
    cases::{look, view::CaseBrief},
    see::View,
};

/// Earlier cases a page shows.
const PAST: usize = 30;
/// How far back a paper is worth showing as held, days.
const HELD_DAYS: i64 = 730;

/// Opens a resident's page.
#[derive(Deserialize, TS)]
pub(crate) struct Resident {
    /// Whose.
    pub id: Id,
}

impl Query for Resident {
    const NAME: &'static str = "resident";
    const ABOUT: &'static str =
        "A resident's page: masked values, open and earlier cases, household, papers held.";
    const ACTION: Action = Action::ReadRegister;
    type Output = ResidentView;

    fn answer(&self, view: &View<'_>) -> Result<ResidentView, Stop> {
        page(self.id, view)
    }
}

/// A resident's page.
pub(crate) fn page(id: Id, view: &View<'_>) -> Result<ResidentView, Stop> {
    let (person, record) = view.person(id)?;
    let language = view.language();
    let today = view.today();
    let mut cases = Vec::new();
    for case in view.store.cases_of(id)? {
        if let Some((case, _record)) = view.store.case_record(case)? {
            cases.push(case);
        }
    }
    cases.sort_by(|one, other| other.receipt.number.cmp(&one.receipt.number));
    let (open, past): (Vec<_>, Vec<_>) = cases
        .iter()
        .partition(|case| case.state.is_open() && !case.is_void);
    let briefs = |cases: &[&yichuang_domain::cases::case::Case]| -> Vec<CaseBrief> {
        cases
            .iter()
            .take(PAST)
            .map(|case| look::brief(case, view))
            .collect()
    };
    let mut held: Vec<HeldView> = cases
        .iter()
        .filter(|case| !case.is_void)
        .flat_map(|case| {
            case.brought.iter().filter_map(|(code, brought)| {
                let material = case.item().material(code)?;
                Some(HeldView {
                    name: language.of(&material.name),
                    on: brought.on,
                    number: case.receipt.number.clone(),
                })
            })
        })
        .filter(|held| (today - held.on).num_days() <= HELD_DAYS)
        .collect();
    held.sort_by(|one, other| (&one.name, other.on).cmp(&(&other.name, one.on)));
    held.dedup_by(|later, kept| later.name == kept.name);
    let (tags, has_restricted) = tags(&person, view);
    let residency = person
        .residency
        .as_deref()
        .and_then(|code| name_of(CodeTable::Residency, code));
    Ok(ResidentView {
        seen: view.seen(),
        card: card(&person, today, Shown::UntilChecked, language),
        residency: residency.map_or_else(String::new, |name| language.of(name)),
        residency_doubt: doubt::of_residency(&person, &record, view),
        tags,
        has_restricted,
        visit_hint: person.visit_hint,
        open_cases: briefs(&open),
        past_cases: briefs(&past),
        enquiries: enquiries(id, view)?,
        household: household(&person, view)?,
        held,
        conflicts: record
            .folded
            .conflicts()
            .into_iter()
            .map(|one| one.field)
            // Sealed lists that two desks wrote apart are read as one.
            .filter(|field| field != SEALED_TAGS)
            .collect(),
        reading: person
            .reading
            .clone()
            .unwrap_or_else(|| first_reading(&person)),
    })
}

fn first_reading(person: &Person) -> String {
    let syllables = readings(&person.name, None);
    let first: Vec<&str> = syllables
        .iter()
        .filter_map(|one| one.first())
        .map(String::as_str)
        .collect();
    first.join(" ")
}

/// The tags everybody on duty may see, and whether there are others.
fn tags(person: &Person, view: &View<'_>) -> (Vec<TagView>, bool) {
    let today = view.today();
    let living = person.tags.iter().filter(|tag| tag.holds_on(today));
    let mut shown = Vec::new();
    let mut has_restricted = person.sealed_tags.is_some();
    for tag in living {
        match CodeTable::CareTag.row(&tag.code) {
            Some(row) if !row.is_sensitive() => shown.push(TagView {
                code: tag.code.clone(),
                name: view.language().of(&row.name),
            }),
            // What this version does not know is not shown either.
            Some(_) | None => has_restricted = true,
        }
    }
    (shown, has_restricted)
}

fn household(person: &Person, view: &View<'_>) -> Result<Vec<MemberView>, Stop> {
    let Some(address) = person.address.filter(|address| address.room.is_some()) else {
        return Ok(Vec::new());
    };
    let mut members = Vec::new();
    for hit in view
        .session
        .gathered
        .people()
        .find(&address.to_string(), 40)
    {
        let Some((member, _record)) = view.store.person_record(hit.id)? else {
            continue;
        };
        if member.address != Some(address) {
            continue;
        }
        let relation = member
            .relation
            .as_deref()
            .and_then(|code| name_of(CodeTable::Kin, code));
        members.push(MemberView {
            id: member.id,
            name: member.name.clone(),
            relation: relation.map_or_else(String::new, |name| view.language().of(name)),
            age: member.age_on(view.today()),
        });
    }
    Ok(members)
}

fn enquiries(person: Id, view: &View<'_>) -> Result<Vec<EnquiryBrief>, Stop> {
    let mut briefs = Vec::new();
    for id in view.store.enquiries_of(person)? {
        if let Some(enquiry) = view.store.enquiry(id)? {
            briefs.push(EnquiryBrief {
                id,
                on: enquiry.on,
                question: enquiry.question,
                referred_to: enquiry
                    .referral
                    .map_or_else(String::new, |referral| referral.go_to.name),
            });
        }
    }
    briefs.sort_by_key(|brief| std::cmp::Reverse(brief.on));
    Ok(briefs)
}
