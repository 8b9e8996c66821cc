//! Steps that happen seldom: in every sample each of them happened once, months ago, whatever chance
//! says of the others.

use yichuang_domain::cases::{
    event::{Outcome, TerminationCause},
    item::Item,
};

use super::{
    life::may_defer,
    plan::{Counter, Do, Plan, procedure_of},
    present::{Stage, asks, collects, decides},
};

/// Handed over, and filed away.
const CLOSING: [(u32, Do); 2] = [(1, Do::Deliver), (3, Do::Archive)];

impl Stage<'_> {
    /// Closed matters with the steps that few matters have.
    pub(super) fn seldom(&mut self) {
        self.at_our_counter();
        self.at_the_department();
        self.taken_back();
    }

    fn at_our_counter(&mut self) {
        let ask = (0, Do::RequestSupplement);
        self.closed(50, decides, Counter::Complete, &[(1, Do::Refuse)]);
        let deemed = [(7, Do::Deem), (1, Do::Decide(Outcome::Approved))];
        let not_forwarded = |item: &Item| decides(item) && procedure_of(item).is_none();
        self.closed(64, not_forwarded, Counter::Complete, &ending(&deemed));
        self.closed(77, asks, Counter::Lacking, &[ask, (18, Do::Lapse)]);
        let again = [
            ask,
            (2, Do::SecondNotice),
            (3, Do::Supply { all: true }),
            (1, Do::Withdraw),
        ];
        self.closed(83, asks, Counter::Lacking, &again);
    }

    fn at_the_department(&mut self) {
        let (accept, forward) = ((0, Do::Accept), (1, Do::Forward));
        let accepted = (1, Do::DepartmentAccept);
        let approved = (1, Do::Decide(Outcome::Approved));
        let sent_back = [
            accept,
            forward,
            (1, Do::SendBack),
            forward,
            (2, Do::DepartmentRefuse),
        ];
        self.closed(58, collects, Counter::Complete, &sent_back);
        let asked = [
            accept,
            forward,
            (1, Do::DepartmentSupplement),
            (2, Do::Supply { all: true }),
            accepted,
            approved,
        ];
        self.closed(90, collects, Counter::Complete, &ending(&asked));
        let has_time = |item: &Item| collects(item) && item.promised.days >= 5;
        let extended = [accept, forward, accepted, (1, Do::Extend), approved];
        self.closed(71, has_time, Counter::Complete, &ending(&extended));
        let owing = [
            (0, Do::AcceptDeferred),
            (1, Do::SupplyOwed),
            forward,
            accepted,
            approved,
        ];
        let defers = |item: &Item| collects(item) && may_defer(item);
        self.closed(95, defers, Counter::Deferrable, &ending(&owing));
        let item = self.item(|item| collects(item) && procedure_of(item).is_some());
        if let Some(procedure) = item.and_then(procedure_of) {
            let paused = [
                accept,
                forward,
                accepted,
                (1, Do::Pause(procedure)),
                (5, Do::Resume),
                approved,
            ];
            self.add(102, item, Plan::new(Counter::Complete, &ending(&paused)));
        }
    }

    fn taken_back(&mut self) {
        let accept = (0, Do::Accept);
        let twice = [accept, (1, Do::Terminate(TerminationCause::DuplicateCase))];
        self.closed(66, collects, Counter::Complete, &ending(&twice));
        let corrected = [accept, (0, Do::Correct), accept, (2, Do::Withdraw)];
        self.closed(69, collects, Counter::Complete, &corrected);
        self.closed(85, collects, Counter::Complete, &[accept, (1, Do::Void)]);
    }

    fn closed(
        &mut self,
        ago: usize,
        fits: impl Fn(&Item) -> bool,
        counter: Counter,
        steps: &[(u32, Do)],
    ) {
        let item = self.item(fits);
        self.add(ago, item, Plan::new(counter, steps));
    }
}

fn ending(steps: &[(u32, Do)]) -> Vec<(u32, Do)> {
    [steps, &CLOSING].concat()
}
