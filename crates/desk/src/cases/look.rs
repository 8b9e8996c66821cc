//! A case as screens show it.

use chrono::NaiveDate;
use serde::Deserialize;
use ts_rs::TS;
use yichuang_domain::{
    cases::{
        case::{Case as DomainCase, Effect, HistoryLine},
        clock::Clock,
        due::due_date,
        item::Material,
        light::{Light, light},
        party::Agent,
        rules::deemed_on,
        transition::{State, Step},
    },
    office::staff::{Action, Role as StaffRole},
    register::mask,
};

use super::{
    actions::actions,
    ask::item_view,
    view::{
        CaseBrief, CaseView, LightView, MaterialState, MaterialView, PaperView, PartyView,
        TimelineView,
    },
};
use crate::{
    answer::Stop,
    call::Query,
    clock::{day_of, local},
    register::search::listed_name,
    see::View,
    words::{self, Language},
};

/// Opens a case.
#[derive(Deserialize, TS)]
pub(crate) struct Case {
    /// Its number, a paper's number, the bar code's digits, or its id.
    pub number: String,
}

impl Query for Case {
    const NAME: &'static str = "case";
    const ABOUT: &'static str =
        "A case, whole: state, due day explained, materials, papers, record, next steps.";
    const ACTION: Action = Action::ReadCases;
    type Output = CaseView;

    fn answer(&self, view: &View<'_>) -> Result<CaseView, Stop> {
        let (case, _record) = view.case(&self.number)?;
        Ok(case_view(&case, view))
    }
}

/// The name of a case's item: hidden where its very name tells something and the reader is not
/// entitled.
pub(crate) fn title(case: &DomainCase, view: &View<'_>) -> String {
    let entitled = matches!(
        view.session.actor.role,
        StaffRole::Clerk | StaffRole::Supervisor
    );
    if case.item().sensitive_title && !entitled {
        return view
            .language()
            .pick("受限事项", "Restricted item")
            .to_owned();
    }
    if view.session.is_facing && case.item().sensitive_title {
        return view.language().of(&case.item().public_name);
    }
    view.language().of(&case.item().name)
}

/// A case on a list.
pub(crate) fn brief(case: &DomainCase, view: &View<'_>) -> CaseBrief {
    let language = view.language();
    CaseBrief {
        case: case.id,
        number: case.receipt.number.clone(),
        title: title(case, view),
        name: listed_name(&case.receipt.concerning.name, view),
        state: case.state,
        state_text: state_text(case, language),
        due: binding_day(case),
        light: light_of(case, view),
        waiting_for: words::waiting(case, view.today(), language),
        received_on: case.receipt.on,
    }
}

pub(crate) fn state_text(case: &DomainCase, language: Language) -> String {
    if case.is_void {
        return language.pick("已作废", "Void").to_owned();
    }
    let text = words::state(case.state, case.item().role, language);
    let is_in_hand = matches!(
        case.state,
        State::Accepted | State::Forwarded | State::Paused
    );
    if case.deferred && is_in_hand && !case.owed.is_empty() {
        return format!("{text}{}", language.pick(" · 容缺", " · papers owing"));
    }
    text.to_owned()
}

/// The day an open case waits for next.
pub(crate) fn binding_day(case: &DomainCase) -> Option<NaiveDate> {
    if case.is_void {
        return None;
    }
    match case.state {
        State::Received => Some(case.receipt.notice_by),
        State::Supplement => case.supplement_by,
        State::Accepted | State::Forwarded | State::Paused => {
            case.term.as_ref().map(|term| term.due)
        }
        State::Decided => case.deliver_by,
        State::Delivered
        | State::Archived
        | State::Refused
        | State::Withdrawn
        | State::Returned => case.term.as_ref().map(|term| term.due),
    }
}

/// The light of an open case.
pub(crate) fn light_of(case: &DomainCase, view: &View<'_>) -> Option<LightView> {
    if case.is_void || !case.state.is_open() {
        return None;
    }
    let due = binding_day(case)?;
    let today = view.today();
    let language = view.language();
    let pauses = case.clock_pauses();
    let (from, days) = match (case.state, &case.term) {
        (State::Accepted | State::Forwarded | State::Paused, Some(term)) => {
            (term.accepted, case.item().promised.days)
        }
        _ => (case.receipt.counted_from, view.world.settings.notice_days),
    };
    let clock = Clock {
        accepted: from,
        pauses: &pauses,
        calendar: view.world.calendar,
    };
    let found = light(&clock, due, days, today);
    let text = match (found.light, case.pauses.last()) {
        (Light::Grey, Some(pause)) => words::procedure(pause.procedure, language).to_owned(),
        (Light::Red, _) => words::light(Light::Red, -working_days_over(due, view), language),
        _ => words::light(found.light, i64::from(found.days), language),
    };
    Some(LightView {
        light: found.light,
        text,
    })
}

fn working_days_over(due: NaiveDate, view: &View<'_>) -> i64 {
    let over = due
        .iter_days()
        .skip(1)
        .take_while(|day| *day <= view.today())
        .take(4_000);
    let working = over
        .filter(|day| view.world.calendar.is_working(*day))
        .count();
    i64::try_from(working.max(1)).unwrap_or(i64::MAX)
}

/// A case, whole.
pub(crate) fn case_view(case: &DomainCase, view: &View<'_>) -> CaseView {
    let language = view.language();
    let today = view.today();
    CaseView {
        case: case.id,
        number: case.receipt.number.clone(),
        seen: view.seen(),
        state: case.state,
        state_text: state_text(case, language),
        is_void: case.is_void,
        item: item_view(case.item(), language),
        title: title(case, view),
        concerning: case.receipt.concerning.clone(),
        applicant: PartyView {
            person: case.receipt.applicant.person,
            name: case.receipt.applicant.name.clone(),
            id_masked: case.receipt.applicant.id_masked.clone(),
        },
        agent: case.receipt.agent.clone().map(|agent| Agent {
            phone: mask::phone_on_list(&agent.phone),
            ..agent
        }),
        identity: identity_text(case, language),
        statement: case.receipt.statement.clone(),
        mode: case.receipt.mode,
        to_enter: case.receipt.to_enter,
        clerk: view.staff_name(case.accepted_by),
        received_on: case.receipt.on,
        notice_by: case.receipt.notice_by,
        pick_up_code: case.receipt.pick_up_code.clone(),
        due: case.term.as_ref().map(|term| term.due),
        term: case.term.clone(),
        deemed_on: deemed_on(case, today),
        light: light_of(case, view),
        due_text: due_text(case, language),
        because: because(case, view),
        waiting_for: words::waiting(case, today, language),
        materials: materials(case, language),
        listed: case.listed.clone(),
        supplement_by: case.supplement_by,
        owed: case.owed.clone(),
        timeline: case
            .history
            .iter()
            .map(|line| timeline(case, line, view))
            .rev()
            .collect(),
        papers: papers(case, language),
        actions: actions(case, view),
        can_undo: can_undo(case, view),
    }
}

fn identity_text(case: &DomainCase, language: Language) -> String {
    let identity = &case.receipt.identity;
    let how = words::identity(identity.how, language);
    if identity.reason.is_empty() {
        how.to_owned()
    } else {
        format!("{how} · {}", identity.reason)
    }
}

fn can_undo(case: &DomainCase, view: &View<'_>) -> bool {
    yichuang_domain::cases::rules::correct(case, "-", day_of, &view.context()).is_ok()
}

/// How the due day came about, in one line.
pub(crate) fn due_text(case: &DomainCase, language: Language) -> String {
    let day = |date| words::day(date, language);
    let Some(term) = &case.term else {
        return match language {
            Language::Zh => format!(
                "{} 收件，{} 前要答复",
                day(case.receipt.on),
                day(case.receipt.notice_by)
            ),
            Language::En => format!(
                "received {}, to be answered by {}",
                day(case.receipt.on),
                day(case.receipt.notice_by)
            ),
        };
    };
    let promise = words::promise(case.item().promised, language);
    let legal = match (term.legal, case.item().legal) {
        (Some(on), Some(limit)) => {
            let limit = words::promise(limit, language);
            match language {
                Language::Zh => format!("；法定 {limit} 到 {}，以先到为准", day(on)),
                Language::En => format!("; the law's {limit} end {}; the earlier binds", day(on)),
            }
        }
        _ => String::new(),
    };
    let doubt = match (term.expected, term.provisional) {
        (true, _) => language.pick(
            "（预计，以部门受理日为准）",
            " (expected: the department's acceptance counts)",
        ),
        (false, true) => language.pick(
            "（暂定：明年放假通知未到）",
            " (provisional: next year's holidays are not known)",
        ),
        (false, false) => "",
    };
    match language {
        Language::Zh => format!(
            "{} {} → {}（承诺 {promise}{legal}）{doubt}",
            day(term.accepted),
            words::step(Step::Accept, case.item().role, language),
            day(term.due)
        ),
        Language::En => format!(
            "{} → {} (promised {promise}{legal}){doubt}",
            day(term.accepted),
            day(term.due)
        ),
    }
}

fn because(case: &DomainCase, view: &View<'_>) -> Vec<yichuang_domain::cases::clock::Day> {
    let Some(term) = &case.term else {
        return Vec::new();
    };
    let due = due_date(
        case.item(),
        term.accepted,
        &case.clock_pauses(),
        case.clock_extension(),
        Some(view.today()),
        view.world.calendar,
    );
    due.map(|due| due.because).unwrap_or_default()
}

fn materials(case: &DomainCase, language: Language) -> Vec<MaterialView> {
    let mut rows: Vec<MaterialView> = case
        .item()
        .asked_for(case.receipt.situation)
        .map(|one| {
            let (state, note) = material_state(case, one, language);
            material(one, state, note, language)
        })
        .collect();
    rows.sort_by_key(|row| matches!(row.state, MaterialState::Here | MaterialState::NotNeeded));
    rows
}

fn material_state(
    case: &DomainCase,
    one: &Material,
    language: Language,
) -> (MaterialState, String) {
    if let Some(brought) = case.brought.get(&one.code) {
        return (MaterialState::Here, words::day(brought.on, language));
    }
    if let Some(owed) = case.owed.iter().find(|owed| owed.material == one.code) {
        let due = words::day(owed.due, language);
        return (
            MaterialState::Owed,
            language.pick(format!("{due} 前补齐"), format!("by {due}")),
        );
    }
    let listed = case
        .listed
        .iter()
        .find(|line| line.material.as_ref() == Some(&one.code));
    if let Some(line) = listed {
        return (
            MaterialState::Problem,
            format!("{} {}", words::problem(line.problem, language), line.note),
        );
    }
    let group_met = one.any_of.is_some()
        && case
            .item()
            .alternatives(one, case.receipt.situation)
            .iter()
            .any(|other| case.brought.contains_key(&other.code));
    if group_met {
        (MaterialState::NotNeeded, String::new())
    } else {
        (MaterialState::Missing, String::new())
    }
}

/// A material as a checklist shows it.
pub(crate) fn material(
    one: &Material,
    state: MaterialState,
    note: String,
    language: Language,
) -> MaterialView {
    MaterialView {
        code: one.code.clone(),
        name: language.of(&one.name),
        form: words::material_form(one.form, one.copies, language),
        handling: words::material_handling(one.handling, language).to_owned(),
        required: one.required,
        deferrable: one.deferrable,
        e_cert: one.e_cert,
        any_of: one.any_of.clone(),
        state,
        note,
    }
}

fn timeline(case: &DomainCase, line: &HistoryLine, view: &View<'_>) -> TimelineView {
    let language = view.language();
    let (effect, note) = match &line.effect {
        Effect::Applied => ("applied", String::new()),
        Effect::Displaced(reason) => ("displaced", words::reason(reason, language)),
        Effect::NotAllowed => (
            "not_allowed",
            language
                .pick(
                    "当时状态不允许，没有生效",
                    "the state did not allow it: no effect",
                )
                .to_owned(),
        ),
        Effect::Repeated => ("repeated", String::new()),
        Effect::Unknown => (
            "unknown",
            language
                .pick("本版本不认识，升级后生效", "not known to this version")
                .to_owned(),
        ),
    };
    let text = match &line.event {
        Some(event) => words::happening(case, event, language),
        None => line.name.clone(),
    };
    let station = view
        .session
        .stations
        .get(&line.at.device)
        .map_or_else(String::new, |letter| {
            language.pick(
                format!("{}号台", letter.station()),
                format!("station {}", letter.station()),
            )
        });
    TimelineView {
        time: local(line.time).format("%m-%d %H:%M").to_string(),
        step: line.name.clone(),
        text,
        who: view.staff_name(line.actor),
        station,
        effect: effect.to_owned(),
        note,
        is_synced: line.is_synced,
    }
}

fn papers(case: &DomainCase, language: Language) -> Vec<PaperView> {
    case.papers
        .iter()
        .rev()
        .map(|paper| PaperView {
            number: paper.number.clone(),
            code: paper.code.code().to_owned(),
            name: language.of(&paper.code.title()),
            prints: paper.prints,
            is_void: paper.is_void,
        })
        .collect()
}
