//! What each step of a case does to it, once the history says that it counts.
//!
//! Not here: whether it counts, which is `history`, and whether it should be done, which is `rules`.

use chrono::NaiveDate;

use super::{
    case::{BroughtOn, Case, PausedFor},
    event::{Brought, CaseEvent, Listed, Outcome, Term},
    transition::State,
};
use crate::record::Happening;

impl Case {
    pub(super) fn apply(&mut self, event: &CaseEvent, happening: &Happening) {
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
            CaseEvent::Withdraw { on, .. } => {
                self.end_pause(*on);
                self.state = State::Withdrawn;
            }
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
                self.end_pause(*on);
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
            CaseEvent::Terminate { on, deliver_by, .. } => {
                self.end_pause(*on);
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
        // What is listed is not good, though it may lie here.
        let is_listed = |code: &String| {
            listed
                .iter()
                .any(|line| line.material.as_ref() == Some(code))
        };
        self.brought.retain(|code, _brought| !is_listed(code));
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
        let mut owed = std::mem::take(&mut self.owed);
        owed.retain(|owed| !self.is_met(&owed.material, brought));
        self.owed = owed;
    }

    fn accept_if_complete(&mut self, term: Option<&Term>) {
        if self.state == State::Supplement && self.listed.is_empty() {
            self.supplement_by = None;
            if self.supplement_is_departments {
                self.supplement_is_departments = false;
                self.state = State::Forwarded;
            } else {
                self.state = State::Accepted;
                self.term = term.cloned();
            }
        }
    }

    /// The clock stands no longer, however the pause ended.
    fn end_pause(&mut self, on: NaiveDate) {
        if let Some(pause) = self.pauses.last_mut().filter(|pause| pause.until.is_none()) {
            pause.until = Some(on.max(pause.from));
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
