//! A case (办件): what its events say it is now, and the history that says how it came to be.
//!
//! The fold is closed: it knows the table of steps and what stands in the events. An event the state
//! does not allow has no effect and becomes a card for a person; an identical repeat is absorbed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::Value;

use super::{
    event::{Brought, BroughtAs, CaseEvent, Listed, Outcome, Owed, Procedure, Receipt, Term},
    item::Item,
    paper::{Paper, papers_of},
    transition::{State, Step},
};
use crate::record::{ChangeRef, Folded, Happening, Id};

/// A case, folded.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its id.
    pub id: Id,
    /// What was said when it was received.
    pub receipt: Receipt,
    /// Where it stands.
    pub state: State,
    /// Where it stood before the pause or the department's supplement.
    pub state_before: State,
    /// The days it is bound to, once accepted.
    pub term: Option<Term>,
    /// Accepted because nobody answered in time (视为受理).
    pub deemed: bool,
    /// Materials that came, by code.
    pub brought: BTreeMap<String, BroughtOn>,
    /// What a deferral left owing (容缺).
    pub owed: Vec<Owed>,
    /// Whether it was accepted with something owing.
    pub deferred: bool,
    /// Open lines of the supplement notice in force.
    pub listed: Vec<Listed>,
    /// The last day of that notice.
    pub supplement_by: Option<NaiveDate>,
    /// Whether that notice is the department's.
    pub supplement_is_departments: bool,
    /// How many notices of our own went out.
    pub own_notices: u32,
    /// Pauses as half-open intervals; the last may be open.
    pub pauses: Vec<PausedFor>,
    /// Working days an extension added.
    pub extension: Option<u16>,
    /// The department's acceptance: its number.
    pub department_number: Option<String>,
    /// To whom it was forwarded, and when.
    pub forwarded: Option<(String, NaiveDate)>,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The result's number.
    pub result_number: String,
    /// The last day to hand over the result.
    pub deliver_by: Option<NaiveDate>,
    /// Who took it in.
    pub accepted_by: Id,
    /// Every happening in order.
    pub history: Vec<HistoryLine>,
    /// Papers given out.
    pub papers: Vec<Paper>,
    /// 作废: its receipt lost its effect, and with it everything.
    pub is_void: bool,
    /// Happenings that wait for a person: `history` lines without effect.
    pub cards: Vec<ChangeRef>,
}

/// A material that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BroughtOn {
    /// The day.
    pub on: NaiveDate,
    /// How.
    pub how: BroughtAs,
    /// Pages counted.
    pub pages: u16,
}

/// A pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PausedFor {
    /// Which procedure.
    pub procedure: Procedure,
    /// The first day that does not count.
    pub from: NaiveDate,
    /// The first day that counts again.
    pub until: Option<NaiveDate>,
    /// How long it was expected to take.
    pub expected_days: u16,
}

/// One line of the history.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryLine {
    /// Which change.
    pub at: ChangeRef,
    /// The event's name as it travelled.
    pub name: String,
    /// What it says; nothing when this version does not know it.
    pub event: Option<CaseEvent>,
    /// Who did it.
    pub actor: Id,
    /// The writer's clock, milliseconds.
    pub time: i64,
    /// Whether the hub has numbered it.
    pub is_synced: bool,
    /// What became of it.
    pub effect: Effect,
    /// The state after it.
    pub state: State,
}

/// What a happening did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It moved the case.
    Applied,
    /// A correction or a supervisor's void took its effect, for this reason.
    Displaced(String),
    /// The state did not allow it: a card.
    NotAllowed,
    /// It said what had been said already.
    Repeated,
    /// This version does not know it.
    Unknown,
}

impl Case {
    /// The case these events make, or nothing while its receipt is not here.
    pub fn of(id: Id, folded: &Folded) -> Option<Self> {
        let mut displaced: BTreeMap<ChangeRef, String> = folded
            .events
            .iter()
            .filter_map(|event| Some((event.at, event.voided.clone()?)))
            .collect();
        // A correction displaces an earlier step, so what follows is read again without it.
        loop {
            let (case, correction) = Self::read(id, &folded.events, &displaced)?;
            match correction {
                Some((of, reason)) => drop(displaced.insert(of, reason)),
                None => return Some(case),
            }
        }
    }

    /// The case these events would make, done now by `actor`: to ask a second rule before the first
    /// step is written.
    pub fn if_done(id: Id, events: &[CaseEvent], actor: Id) -> Option<Self> {
        let mut folded = Folded::default();
        for (index, event) in (0_u32..).zip(events) {
            let mut body = serde_json::to_value(event).ok()?;
            body.as_object_mut()?.remove("event");
            let at = ChangeRef { device: Id::default(), seq: u64::MAX, index };
            folded.events.push(Happening::now(at, event.name(), body, actor));
        }
        Self::of(id, &folded)
    }

    fn read(
        id: Id,
        events: &[Happening],
        displaced: &BTreeMap<ChangeRef, String>,
    ) -> Option<(Self, Option<(ChangeRef, String)>)> {
        let parsed: Vec<(&Happening, Option<CaseEvent>)> =
            events.iter().map(|event| (event, parse(event))).collect();
        let (first, receipt) = parsed.iter().find_map(|(event, parsed)| match parsed {
            Some(CaseEvent::Receive(receipt)) => Some((*event, receipt)),
            _ => None,
        })?;
        let mut case = Self::received(id, receipt, first.actor);
        let mut said: BTreeSet<(String, String)> = BTreeSet::new();
        for (happening, event) in parsed {
            if let Some(CaseEvent::Correct { of, reason }) = &event
                && !displaced.contains_key(of)
                && of != &happening.at
                && case
                    .history
                    .iter()
                    .any(|line| line.at == *of && line.effect == Effect::Applied)
                && Step::Correct.is_allowed_from(case.state)
            {
                return Some((case, Some((*of, reason.clone()))));
            }
            let effect = if let Some(reason) = displaced.get(&happening.at) {
                Effect::Displaced(reason.clone())
            } else if let Some(event) = &event {
                let words = (happening.event.clone(), happening.body.to_string());
                let is_print = matches!(event, CaseEvent::Print { .. });
                if !is_print
                    && said.contains(&words)
                    && !case.allows(event, happening.at, displaced)
                {
                    Effect::Repeated
                } else if case.allows(event, happening.at, displaced) {
                    said.insert(words);
                    case.apply(event, happening);
                    Effect::Applied
                } else {
                    Effect::NotAllowed
                }
            } else {
                Effect::Unknown
            };
            if effect == Effect::NotAllowed {
                case.cards.push(happening.at);
            }
            if let (Some(event), Effect::Applied | Effect::Displaced(_)) = (&event, &effect) {
                let is_void = matches!(effect, Effect::Displaced(_));
                papers_of(&mut case, event, happening.at, is_void);
            }
            case.history.push(HistoryLine {
                at: happening.at,
                name: happening.event.clone(),
                event,
                actor: happening.actor,
                time: happening.time,
                is_synced: happening.number.is_some(),
                effect,
                state: case.state,
            });
        }
        case.is_void = !case.has(Step::Receive);
        Some((case, None))
    }

    fn received(id: Id, receipt: &Receipt, actor: Id) -> Self {
        Self {
            id,
            receipt: receipt.clone(),
            state: State::Received,
            state_before: State::Received,
            term: None,
            deemed: false,
            brought: BTreeMap::new(),
            owed: Vec::new(),
            deferred: false,
            listed: Vec::new(),
            supplement_by: None,
            supplement_is_departments: false,
            own_notices: 0,
            pauses: Vec::new(),
            extension: None,
            department_number: None,
            forwarded: None,
            outcome: None,
            result_number: String::new(),
            deliver_by: None,
            accepted_by: actor,
            history: Vec::new(),
            papers: Vec::new(),
            is_void: false,
            cards: Vec::new(),
        }
    }

    /// The item as it stood at receipt.
    pub fn item(&self) -> &Item {
        &self.receipt.item
    }

    /// Whether a step of this case took effect.
    pub fn has(&self, step: Step) -> bool {
        self.history.iter().any(|line| {
            line.effect == Effect::Applied
                && line.event.as_ref().and_then(CaseEvent::step) == Some(step)
        })
    }

    /// The codes of all materials that are here.
    pub fn codes_brought(&self) -> BTreeSet<String> {
        self.brought.keys().cloned().collect()
    }

    /// Whether what came settles this line of the notice: by its code, as one of a group of which
    /// one is enough, or by its name for what the department added.
    pub fn is_settled(&self, line: &Listed, brought: &[Brought], others: &[String]) -> bool {
        let Some(code) = &line.material else {
            return others.contains(&line.name);
        };
        let group_of = |code| {
            self.item()
                .material(code)
                .and_then(|one| one.any_of.as_ref())
        };
        let group = group_of(code);
        brought.iter().any(|one| {
            one.material == *code || (group.is_some() && group == group_of(&one.material))
        })
    }

    fn allows(
        &self,
        event: &CaseEvent,
        at: ChangeRef,
        displaced: &BTreeMap<ChangeRef, String>,
    ) -> bool {
        match event {
            CaseEvent::Receive(_) => !self.has(Step::Receive),
            CaseEvent::Print { .. } => self.has(Step::Receive),
            // Read again after it displaced its step: then it has done its work.
            CaseEvent::Correct { of, .. } => of != &at && displaced.contains_key(of),
            CaseEvent::Supply { .. } if self.state != State::Supplement => {
                !self.owed.is_empty() && Step::Supply.is_allowed_from(self.state)
            }
            _ => {
                self.has(Step::Receive)
                    && event
                        .step()
                        .is_some_and(|step| step.is_allowed_from(self.state))
            }
        }
    }

    fn apply(&mut self, event: &CaseEvent, happening: &Happening) {
        match event {
            CaseEvent::Receive(receipt) => {
                self.bring(&receipt.brought, receipt.on);
                self.accepted_by = happening.actor;
            }
            CaseEvent::Accept { term, brought } => {
                self.bring(brought, term.accepted);
                self.accept(term);
            }
            CaseEvent::AcceptDeferred {
                term,
                brought,
                owed,
            } => {
                self.bring(brought, term.accepted);
                self.owed.clone_from(owed);
                self.deferred = true;
                self.accept(term);
            }
            CaseEvent::RequestSupplement {
                listed, last_day, ..
            } => {
                self.own_notices += 1;
                self.ask_for(listed, *last_day, false);
            }
            CaseEvent::Supply {
                on,
                brought,
                others,
                term,
            } => {
                self.bring(brought, *on);
                self.strike_off(brought, others);
                self.accept_if_complete(term.as_ref());
            }
            CaseEvent::Lapse { .. } => self.state = State::Returned,
            CaseEvent::Refuse { .. } => self.state = State::Refused,
            CaseEvent::DepartmentRefuse {
                external_number, ..
            } => {
                self.result_number.clone_from(external_number);
                self.state = State::Refused;
            }
            CaseEvent::Withdraw { .. } => self.state = State::Withdrawn,
            CaseEvent::Forward { department, on, .. } => {
                self.forwarded = Some((department.clone(), *on));
                self.state = State::Forwarded;
            }
            CaseEvent::SendBack { .. } => self.state = State::Accepted,
            CaseEvent::DepartmentSupplement {
                listed, last_day, ..
            } => {
                self.ask_for(listed, *last_day, true);
            }
            CaseEvent::DepartmentAccept {
                external_number,
                term,
            } => {
                self.department_number = Some(external_number.clone());
                self.term = Some(term.clone());
            }
            CaseEvent::Pause {
                on,
                procedure,
                expected_days,
            } => {
                self.pauses.push(PausedFor {
                    procedure: *procedure,
                    from: *on,
                    until: None,
                    expected_days: *expected_days,
                });
                self.state_before = self.state;
                self.state = State::Paused;
            }
            CaseEvent::Resume { on, term } => {
                if let Some(pause) = self.pauses.last_mut() {
                    pause.until = Some(*on);
                }
                self.term = Some(term.clone());
                self.state = self.state_before;
            }
            CaseEvent::Extend { days, term, .. } => {
                self.extension = Some(*days);
                self.term = Some(term.clone());
            }
            CaseEvent::Decide {
                outcome,
                external_number,
                deliver_by,
                ..
            } => {
                self.end(*outcome, external_number, *deliver_by);
            }
            CaseEvent::Terminate { deliver_by, .. } => {
                self.end(Outcome::Terminated, "", *deliver_by);
            }
            CaseEvent::Deliver { .. } => self.state = State::Delivered,
            CaseEvent::Archive { .. } => self.state = State::Archived,
            CaseEvent::Deem { .. } => self.deem(event),
            CaseEvent::DoAtOnce {
                term,
                brought,
                external_number,
                deliver_by,
                ..
            } => {
                self.bring(brought, term.accepted);
                self.accept(term);
                self.end(Outcome::Approved, external_number, *deliver_by);
            }
            CaseEvent::Correct { .. } => {}
            CaseEvent::Print { document, copies } => {
                for paper in self
                    .papers
                    .iter_mut()
                    .filter(|paper| paper.number == *document)
                {
                    paper.prints += u32::from(*copies);
                }
            }
        }
    }

    /// The case as it stands once its silence is written down, so that the next rule can be asked.
    pub fn deem(&mut self, event: &CaseEvent) {
        if let CaseEvent::Deem { term } = event {
            self.deemed = true;
            self.accept(term);
        }
    }

    fn bring(&mut self, brought: &[Brought], on: NaiveDate) {
        for one in brought {
            let kept = BroughtOn {
                on,
                how: one.how,
                pages: one.pages,
            };
            self.brought.entry(one.material.clone()).or_insert(kept);
        }
    }

    fn accept(&mut self, term: &Term) {
        self.term = Some(term.clone());
        self.listed.clear();
        self.supplement_by = None;
        self.state = State::Accepted;
    }

    fn ask_for(&mut self, listed: &[Listed], last_day: NaiveDate, by_department: bool) {
        listed.clone_into(&mut self.listed);
        self.supplement_by = Some(last_day);
        self.supplement_is_departments = by_department;
        self.state_before = self.state;
        self.state = State::Supplement;
    }

    fn strike_off(&mut self, brought: &[Brought], others: &[String]) {
        let mut listed = std::mem::take(&mut self.listed);
        listed.retain(|line| !self.is_settled(line, brought, others));
        self.listed = listed;
        self.owed
            .retain(|owed| !brought.iter().any(|one| one.material == owed.material));
    }

    fn accept_if_complete(&mut self, term: Option<&Term>) {
        if self.state == State::Supplement && self.listed.is_empty() {
            self.supplement_by = None;
            if self.supplement_is_departments {
                self.state = State::Forwarded;
            } else {
                self.state = State::Accepted;
                self.term = term.cloned();
            }
        }
    }

    fn end(&mut self, outcome: Outcome, external_number: &str, deliver_by: NaiveDate) {
        self.outcome = Some(outcome);
        if !external_number.is_empty() {
            external_number.clone_into(&mut self.result_number);
        }
        self.deliver_by = Some(deliver_by);
        self.state = State::Decided;
    }
}

fn parse(happening: &Happening) -> Option<CaseEvent> {
    let mut body = happening.body.clone();
    body.as_object_mut()?
        .insert("event".to_owned(), Value::String(happening.event.clone()));
    serde_json::from_value(body).ok()
}
