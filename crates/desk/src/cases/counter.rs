//! The counter: what lies on it, what may be decided, and deciding it in one commit.

use serde::Deserialize;
use ts_rs::TS;
use yichuang_domain::{
    cases::{
        case::Case,
        due::forward_by,
        event::{CaseEvent, GoTo, Listed, Problem, RefusalGround, Term},
        item::{Item, Kind, Mode, Role},
        number::PaperCode,
        paper::codes_for,
        rules,
        transition::State,
    },
    office::staff::Action,
    record::{Change, Id},
    refusal::Refusal,
};
use yichuang_store::StoreError;

use super::{
    actions::decision_asks,
    ask::{find, item_view},
    intake::{checked_identity, plan},
    look::{brief, case_view, material},
    view::{
        CaseView, CounterView, Decision, DecisionView, Intake, MaterialState, MaterialView,
        OutlookLine,
    },
};
use crate::{
    answer::{AtField, Stop},
    call::{Command, Draft, Query},
    desk::refusal_view,
    register::{Shown, card},
    see::View,
    window::drafts::discard,
    words,
};

/// What the accept screen shows for what lies on the counter. Asked after every tick.
#[derive(Deserialize, TS)]
pub(crate) struct Counter {
    /// What lies there.
    pub intake: Intake,
}

impl Query for Counter {
    const NAME: &'static str = "counter";
    const ABOUT: &'static str =
        "What lies on the counter: what is missing, what may be decided, when it would be due.";
    const ACTION: Action = Action::HandleCases;
    type Output = CounterView;

    fn answer(&self, view: &View<'_>) -> Result<CounterView, Stop> {
        let intake = &self.intake;
        let language = view.language();
        let person = intake
            .person
            .map(|id| view.person(id))
            .transpose()?
            .map(|(person, _record)| person);
        let identity = match (&intake.identity, &person) {
            (Some(input), Some(person)) => checked_identity(input, person, view).ok(),
            _ => None,
        };
        let shown = if identity.is_some() {
            Shown::AsListed
        } else {
            Shown::UntilChecked
        };
        let applicant = person
            .as_ref()
            .map(|person| card(person, view.today(), shown, language));
        let mut counter = CounterView {
            item: None,
            applicant,
            identity_checked: identity.is_some(),
            materials: Vec::new(),
            missing: 0,
            held: 0,
            decisions: Vec::new(),
            term: None,
            outlook: Vec::new(),
            supplement_by: None,
            listed: Vec::new(),
            same_open: Vec::new(),
        };
        if intake.item.trim().is_empty() {
            return Ok(counter);
        }
        let item = find(&intake.item, view.world).at("item")?;
        let brought = intake.brought.clone().unwrap_or_default();
        let brought = rules::with_identity_card(item, brought, identity.as_ref());
        let here = brought.iter().map(|one| one.material.clone()).collect();
        let missing = item.required_missing(&here, intake.situation);
        counter.item = Some(item_view(item, language));
        counter.missing = u32::try_from(missing.len()).unwrap_or(u32::MAX);
        counter.materials = checklist(item, intake, &here, view);
        counter.held = u32::try_from(
            counter
                .materials
                .iter()
                .filter(|row| row.state == MaterialState::Here)
                .count(),
        )
        .unwrap_or(u32::MAX);
        counter.listed = missing
            .iter()
            .map(|one| listed_line(item, one.code.clone(), intake))
            .collect();
        let days = view.world.settings.supplement_days;
        let last = view.world.calendar.count_working_days(view.today(), days);
        counter.supplement_by = last.ok().map(|counted| counted.date);
        counter.decisions = decisions(intake, item, counter.missing > 0, &counter.listed, view);
        if let Ok((term, papers)) = outcome(intake, item, &counter, view) {
            counter.outlook = outlook(item, term.as_ref(), &papers, &counter, view);
            counter.term = term;
        }
        counter.same_open = same_open(intake, item, view)?;
        Ok(counter)
    }
}

fn listed_line(item: &Item, code: String, intake: &Intake) -> Listed {
    let known = intake
        .problems
        .iter()
        .flatten()
        .find(|line| line.material.as_ref() == Some(&code));
    if let Some(line) = known {
        return line.clone();
    }
    let name = item.material(&code).map_or_else(String::new, |material| {
        item.requirement(material, intake.situation).zh
    });
    Listed {
        material: Some(code),
        name,
        problem: Problem::Missing,
        note: String::new(),
    }
}

fn checklist(
    item: &Item,
    intake: &Intake,
    here: &std::collections::BTreeSet<String>,
    view: &View<'_>,
) -> Vec<MaterialView> {
    let language = view.language();
    let mut rows: Vec<MaterialView> = item
        .asked_for(intake.situation)
        .map(|one| {
            let problem = intake
                .problems
                .iter()
                .flatten()
                .find(|line| line.material.as_ref() == Some(&one.code));
            let group_is_met = one.any_of.is_some()
                && item
                    .alternatives(one, intake.situation)
                    .iter()
                    .any(|other| here.contains(&other.code));
            let (state, note) = if here.contains(&one.code) {
                (MaterialState::Here, String::new())
            } else if let Some(line) = problem {
                let text = words::problem(line.problem, language);
                (
                    MaterialState::Problem,
                    format!("{text} {}", line.note).trim_end().to_owned(),
                )
            } else if group_is_met {
                (MaterialState::NotNeeded, String::new())
            } else {
                (MaterialState::Missing, String::new())
            };
            material(one, state, note, language)
        })
        .collect();
    // The identity card was seen when the identity was checked: it stands below, held.
    let ticked = |code: &str| {
        intake
            .brought
            .iter()
            .flatten()
            .any(|one| one.material == code)
    };
    rows.sort_by_key(|row| row.state == MaterialState::Here && !ticked(&row.code));
    rows
}

/// A decision with everything filled in that the screen would ask for: to try whether the rest allows
/// it, and to show what would come of it.
fn tried(name: &str, listed: &[Listed]) -> Option<Decision> {
    Some(match name {
        "accept" => Decision::Accept,
        "receive" => Decision::Receive,
        "request_supplement" => Decision::RequestSupplement {
            listed: listed.to_vec(),
        },
        "accept_deferred" => Decision::AcceptDeferred {
            owed: Vec::new(),
            promise_signed: true,
        },
        "refuse" => Decision::Refuse {
            ground: RefusalGround::NotOurs,
            text: "-".to_owned(),
            basis: String::new(),
            go_to: GoTo {
                name: "-".to_owned(),
                ..GoTo::default()
            },
        },
        "do_at_once" => Decision::DoAtOnce {
            external_number: "-".to_owned(),
            result: String::new(),
        },
        _ => return None,
    })
}

fn names(item: &Item) -> Vec<&'static str> {
    let mut names = match (item.kind, item.needs_network) {
        (Kind::Instant, true) => vec!["do_at_once", "receive"],
        (Kind::Instant, false) => vec!["do_at_once"],
        (Kind::Promise, _) => vec!["accept"],
    };
    names.push("request_supplement");
    if item.kind == Kind::Promise {
        names.push("accept_deferred");
    }
    if item.role != Role::Collects {
        names.push("refuse");
    }
    names
}

fn preselected(item: &Item, is_missing: bool) -> &'static str {
    match (is_missing, item.kind) {
        (true, _) => "request_supplement",
        (false, Kind::Instant) => "do_at_once",
        (false, Kind::Promise) => "accept",
    }
}

fn decisions(
    intake: &Intake,
    item: &Item,
    is_missing: bool,
    listed: &[Listed],
    view: &View<'_>,
) -> Vec<DecisionView> {
    let language = view.language();
    let lawful = preselected(item, is_missing);
    names(item)
        .into_iter()
        .filter_map(|name| {
            let refusal = match plan(intake, &tried(name, listed)?, Id::default(), "", view) {
                Ok(_events) => None,
                Err(Stop::Refused(refusal, field)) => Some(refusal_view(&refusal, field, language)),
                Err(Stop::Failed(_error)) => None,
            };
            Some(DecisionView {
                decision: name.to_owned(),
                label: words::decision(name, item.role, language),
                preselected: name == lawful,
                asks: decision_asks(name, item, language),
                refusal,
            })
        })
        .collect()
}

/// What the lawful decision would bring: days and papers.
fn outcome(
    intake: &Intake,
    item: &Item,
    counter: &CounterView,
    view: &View<'_>,
) -> Result<(Option<Term>, Vec<PaperCode>), Stop> {
    let lawful = preselected(item, counter.missing > 0);
    let decision = tried(lawful, &counter.listed).ok_or(Refusal::UnknownCase)?;
    let mut asked = intake.clone();
    if !counter.identity_checked {
        // Before the identity is checked the outlook is the same: it hangs on the papers alone.
        asked.identity = Some(super::view::IdentityInput {
            how: yichuang_domain::cases::party::IdentityHow::KnownOrNone,
            last_four: None,
            id_number: None,
            reason: Some("-".to_owned()),
        });
    }
    if asked.brought.iter().flatten().next().is_none() && asked.statement.is_none() {
        asked.statement = Some("-".to_owned());
    }
    let events = plan(&asked, &decision, Id::default(), "", view)?;
    let case =
        Case::if_done(Id::default(), &events, view.session.actor.id).ok_or(Refusal::UnknownCase)?;
    let papers = events
        .last()
        .map(|event| codes_for(&case, event))
        .unwrap_or_default();
    Ok((case.term, papers))
}

fn outlook(
    item: &Item,
    term: Option<&Term>,
    papers: &[PaperCode],
    counter: &CounterView,
    view: &View<'_>,
) -> Vec<OutlookLine> {
    let language = view.language();
    let collects = item.role == Role::Collects;
    let mut lines = Vec::new();
    let mut say = |zh: &str, en: &str, text: String| {
        lines.push(OutlookLine {
            label: language.pick(zh, en).to_owned(),
            text,
        });
    };
    if let Some(term) = term {
        if collects {
            say("代收", "Collected", words::day(term.accepted, language));
            let days = view.world.settings.forwarding_days;
            if let Ok(by) = forward_by(term.accepted, days, view.world.calendar) {
                let by = words::day(by.date, language);
                let department = language.of(&item.handler.name);
                say(
                    "转交",
                    "Forward",
                    language.pick(
                        format!("{department}，{by}前"),
                        format!("{department}, by {by}"),
                    ),
                );
            }
            say(
                "预计",
                "Expected",
                language.pick(
                    format!("{}，以部门受理日为准", words::day(term.due, language)),
                    format!(
                        "{}, counted from the department's acceptance",
                        words::day(term.due, language)
                    ),
                ),
            );
        } else {
            say("受理", "Accepted", words::day(term.accepted, language));
            say("到期", "Due", words::day(term.due, language));
        }
        let legal = match (term.legal, item.legal) {
            (Some(on), Some(limit)) => {
                let limit = words::promise(limit, language);
                let on = words::day(on, language);
                language.pick(
                    format!("；法定 {limit} 到 {on}"),
                    format!("; the law's {limit} end {on}"),
                )
            }
            _ => String::new(),
        };
        say(
            "期限依据",
            "Basis",
            format!("{}{legal}", words::promise(item.promised, language)),
        );
        if term.provisional {
            say(
                "提醒",
                "Note",
                language
                    .pick("暂定：放假通知未到", "provisional: holidays not known")
                    .to_owned(),
            );
        }
        if !collects && item.handler.mode != Mode::Decides {
            say("转给", "Goes to", language.of(&item.handler.name));
        }
        say("结果", "Result", language.of(&item.result));
    } else if let Some(by) = counter.supplement_by {
        say(
            "告知",
            "Notice",
            language.pick(
                format!("缺 {} 份，一次写全", counter.missing),
                format!("{} missing, all told at once", counter.missing),
            ),
        );
        say("最后补齐", "Supply by", words::day(by, language));
    }
    let names: Vec<String> = papers
        .iter()
        .map(|paper| language.of(&paper.title()))
        .collect();
    say("打印", "Prints", format!("{} ×2", language.list(&names)));
    lines
}

fn same_open(
    intake: &Intake,
    item: &Item,
    view: &View<'_>,
) -> Result<Vec<super::view::CaseBrief>, Stop> {
    let Some(person) = intake.person else {
        return Ok(Vec::new());
    };
    let mut same = Vec::new();
    for id in view.store.cases_of(person)? {
        let Some((case, _record)) = view.store.case_record(id)? else {
            continue;
        };
        let is_open = case.state.is_open() && !case.is_void && case.state != State::Decided;
        if is_open && case.item().code == item.code {
            same.push(brief(&case, view));
        }
    }
    Ok(same)
}

/// Takes in what lies on the counter and decides it: receipt and decision in one commit.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct TakeIn {
    /// What lies there.
    pub intake: Intake,
    /// What is decided.
    pub decision: Decision,
    /// The half-typed form this came from: thrown away once this is done.
    #[serde(default)]
    pub draft: Option<String>,
}

impl Command for TakeIn {
    const NAME: &'static str = "take_in";
    const ABOUT: &'static str = "Takes in what lies on the counter and decides it, in one commit.";
    const ACTION: Action = Action::HandleCases;
    const BEGINS: bool = true;
    type Output = CaseView;

    fn decide(&self, view: &View<'_>) -> Result<Draft<CaseView>, Stop> {
        let draft = take_in(&self.intake, &self.decision, view)?;
        let Some(key) = self.draft.clone() else {
            return Ok(draft);
        };
        let then = draft.then;
        let answer = move |view: &View<'_>| {
            // The case is true by now: a draft that cannot be removed harms nothing.
            let person = view.session.actor.id;
            drop(discard(view.store, &view.options.data, person, &key));
            then(view)
        };
        Ok(Draft {
            changes: draft.changes,
            then: Box::new(answer),
        })
    }
}

/// Takes a case in; nothing is decided yet.
#[derive(Deserialize, TS)]
pub(crate) struct ReceiveCase {
    /// What lies on the counter.
    #[serde(flatten)]
    pub intake: Intake,
}

impl Command for ReceiveCase {
    const NAME: &'static str = "receive_case";
    const ABOUT: &'static str =
        "Takes a case in: item, applicant, how identity was checked, papers on the counter.";
    const ACTION: Action = Action::HandleCases;
    const BEGINS: bool = true;
    type Output = CaseView;

    fn decide(&self, view: &View<'_>) -> Result<Draft<CaseView>, Stop> {
        take_in(&self.intake, &Decision::Receive, view)
    }
}

fn take_in(intake: &Intake, decision: &Decision, view: &View<'_>) -> Result<Draft<CaseView>, Stop> {
    let id = Id::from_bytes(yichuang_store::random::<16>().map_err(StoreError::from)?);
    let code = pick_up_code()?;
    let events = plan(intake, decision, id, &code, view)?;
    let changes: Vec<Change> = events
        .iter()
        .filter_map(|event: &CaseEvent| event.change(id))
        .collect();
    Ok(Draft {
        changes,
        then: Box::new(move |view| show(id, view)),
    })
}

/// The case after its commit.
pub(crate) fn show(id: Id, view: &View<'_>) -> Result<CaseView, Stop> {
    let (case, _record) = view.store.case_record(id)?.ok_or(Refusal::UnknownCase)?;
    Ok(case_view(&case, view))
}

/// Six digits the resident shows to pick up the result.
fn pick_up_code() -> Result<String, Stop> {
    let bytes = yichuang_store::random::<4>().map_err(StoreError::from)?;
    Ok(format!("{:06}", u32::from_be_bytes(bytes) % 1_000_000))
}
