//! Reading the history of a case: which of its happenings count, and what became of the others.
//!
//! The fold is closed: it knows the table of steps and what stands in the events. An event the state
//! does not allow has no effect and becomes a card for a person; an identical repeat is absorbed. A
//! correction displaces an earlier step, so what follows is read again as if it had not been.
//!
//! Not here: what a step does, which is `apply`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    case::{Case, Effect, HistoryLine},
    event::{CaseEvent, Outcome, Receipt},
    paper::papers_of,
    transition::{State, Step},
};
use crate::record::{ChangeRef, Folded, Happening, Id};

/// A happening, with what this version understands of it.
type Told<'a> = (&'a Happening, Option<CaseEvent>);

/// Steps that lost their effect.
struct Displaced {
    /// Which, and why.
    steps: BTreeMap<ChangeRef, String>,
    /// The corrections that did it; a supervisor's void is no happening.
    corrections: BTreeSet<ChangeRef>,
}

/// A correction that was found: it displaces a step.
struct Correction {
    at: ChangeRef,
    of: ChangeRef,
    reason: String,
}

impl Case {
    /// The case these events make, or nothing while its receipt is not here.
    pub fn of(id: Id, folded: &Folded) -> Option<Self> {
        let told: Vec<Told<'_>> = folded
            .events
            .iter()
            .map(|happening| (happening, parse(happening)))
            .collect();
        let voided = |one: &Happening| Some((one.at, one.voided.clone()?));
        let mut displaced = Displaced {
            steps: folded.events.iter().filter_map(voided).collect(),
            corrections: BTreeSet::new(),
        };
        // Ends: every turn displaces one step more.
        loop {
            let (case, correction) = Self::read(id, &told, &displaced)?;
            let Some(Correction { at, of, reason }) = correction else {
                return Some(case);
            };
            displaced.steps.insert(of, reason);
            displaced.corrections.insert(at);
        }
    }

    /// The case these events would make, done now by `actor`: to ask a second rule before the first
    /// step is written.
    pub fn if_done(id: Id, events: &[CaseEvent], actor: Id) -> Option<Self> {
        let mut folded = Folded::default();
        for (index, event) in (0_u32..).zip(events) {
            let mut body = serde_json::to_value(event).ok()?;
            body.as_object_mut()?.remove("event");
            let at = ChangeRef {
                device: Id::default(),
                seq: u64::MAX,
                index,
            };
            folded
                .events
                .push(Happening::now(at, event.name(), body, actor));
        }
        Self::of(id, &folded)
    }

    /// Reads the history up to its end, or up to the next correction that displaces a step.
    fn read(
        id: Id,
        told: &[Told<'_>],
        displaced: &Displaced,
    ) -> Option<(Self, Option<Correction>)> {
        let (first, receipt) = told.iter().find_map(|(happening, event)| match event {
            Some(CaseEvent::Receive(receipt)) => Some((*happening, receipt)),
            _ => None,
        })?;
        let mut case = Self::received(id, receipt, first.actor);
        // 作废: the receipt lost its effect, and with it everything.
        let void = displaced.steps.get(&first.at);
        case.is_void = void.is_some();
        let mut said: BTreeSet<(&str, String)> = BTreeSet::new();
        for (happening, event) in told {
            if let Some(event) = event
                && let Some(correction) = case.correction(event, happening.at, displaced)
            {
                return Some((case, Some(correction)));
            }
            let effect = case.effect_of(event.as_ref(), happening, displaced, void, &mut said);
            if let Some(event) = event {
                match &effect {
                    Effect::Applied => {
                        papers_of(&mut case, event, happening.at, false);
                        case.apply(event, happening);
                    }
                    // Their papers may be in somebody's hands: the numbers are never given again.
                    Effect::Displaced(_) | Effect::NotAllowed => {
                        papers_of(&mut case, event, happening.at, true);
                    }
                    Effect::Repeated | Effect::Unknown => {}
                }
            }
            if effect == Effect::NotAllowed {
                case.cards.push(happening.at);
            }
            case.history.push(HistoryLine {
                at: happening.at,
                name: happening.event.clone(),
                event: event.clone(),
                actor: happening.actor,
                time: happening.time,
                is_synced: happening.number.is_some(),
                effect,
                state: case.state,
            });
        }
        Some((case, None))
    }

    /// What this correction displaces, if it does: a step that counted until now, of a case that is
    /// not at its end.
    fn correction(
        &self,
        event: &CaseEvent,
        at: ChangeRef,
        displaced: &Displaced,
    ) -> Option<Correction> {
        let CaseEvent::Correct { of, reason } = event else {
            return None;
        };
        let is_settled =
            displaced.steps.contains_key(of) || displaced.steps.contains_key(&at) || self.is_void;
        if is_settled || !Step::Correct.is_allowed_from(self.state) {
            return None;
        }
        let is_step = |line: &HistoryLine| {
            let step = line.event.as_ref().and_then(CaseEvent::step);
            line.effect == Effect::Applied && step.is_some_and(|step| step != Step::Correct)
        };
        let found = self
            .history
            .iter()
            .any(|line| line.at == *of && is_step(line));
        found.then(|| Correction {
            at,
            of: *of,
            reason: reason.clone(),
        })
    }

    fn effect_of<'a>(
        &self,
        event: Option<&CaseEvent>,
        happening: &'a Happening,
        displaced: &Displaced,
        void: Option<&String>,
        said: &mut BTreeSet<(&'a str, String)>,
    ) -> Effect {
        let Some(event) = event else {
            return Effect::Unknown;
        };
        if let Some(reason) = displaced.steps.get(&happening.at) {
            return Effect::Displaced(reason.clone());
        }
        match event {
            // Paper is out, whatever became of the step.
            CaseEvent::Print { .. } => return Effect::Applied,
            CaseEvent::Correct { .. } if displaced.corrections.contains(&happening.at) => {
                return Effect::Applied;
            }
            CaseEvent::Correct { of, .. } if displaced.steps.contains_key(of) => {
                return Effect::Repeated;
            }
            _ => {}
        }
        if let Some(reason) = void {
            return Effect::Displaced(reason.clone());
        }
        let words = (happening.event.as_str(), happening.body.to_string());
        if self.allows(event) {
            said.insert(words);
            Effect::Applied
        } else if said.contains(&words) {
            Effect::Repeated
        } else {
            Effect::NotAllowed
        }
    }

    /// Whether the case, as it stands, lets this step count: by the one table, and by what the case
    /// itself says.
    fn allows(&self, event: &CaseEvent) -> bool {
        let by_table = self.has(Step::Receive)
            && event
                .step()
                .is_some_and(|step| step.is_allowed_from(self.state));
        match event {
            CaseEvent::Receive(_) => self
                .history
                .iter()
                .all(|line| line.name != Step::Receive.name()),
            CaseEvent::Supply { .. } if self.state != State::Supplement => {
                by_table && !self.owed.is_empty()
            }
            CaseEvent::RequestSupplement {
                override_reason, ..
            } => by_table && self.may_ask_again(override_reason.is_some()),
            CaseEvent::Extend { .. } => by_table && self.extension.is_none(),
            CaseEvent::DepartmentAccept { .. } => by_table && self.department_number.is_none(),
            CaseEvent::Decide {
                outcome: Outcome::Approved,
                ..
            } => by_table && self.owed.is_empty(),
            CaseEvent::Correct { .. } => false,
            _ => by_table,
        }
    }

    /// One notice a case; another needs a supervisor's reason, and no notice of the department's.
    fn may_ask_again(&self, is_overridden: bool) -> bool {
        let is_first = self.own_notices == 0 && self.state == State::Received;
        is_first || (is_overridden && !self.supplement_is_departments)
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
}

fn parse(happening: &Happening) -> Option<CaseEvent> {
    let mut body = happening.body.clone();
    body.as_object_mut()?
        .insert("event".to_owned(), Value::String(happening.event.clone()));
    serde_json::from_value(body).ok()
}
