//! The living present: matters on the desk today, one of each kind a clerk must see: overdue, due
//! today and soon, paused, waiting for papers, owing some, to enter, to forward, to pick up, to print.

use chrono::NaiveDate;
use yichuang_domain::{
    cases::{
        catalogue::Catalogue,
        due::due_date,
        event::Outcome,
        item::{Item, Kind, Role},
    },
    office::calendar::Calendar,
};

use super::{
    days::OfficeDays,
    life::{may_defer, may_lack},
    plan::{Counter, Do, Plan, procedure_of},
    seed::Chance,
};

/// A matter that is taken in on a given day.
pub(super) struct Staged {
    pub(super) day: NaiveDate,
    pub(super) item: &'static Item,
    pub(super) plan: Plan,
}

/// Where matters are put in place.
pub(super) struct Stage<'a> {
    days: &'a OfficeDays,
    calendar: &'static Calendar,
    items: Vec<&'static Item>,
    staged: Vec<Staged>,
}

/// What stands open today, and what happened seldom, whatever chance says.
pub(super) fn staged(
    days: &OfficeDays,
    calendar: &'static Calendar,
    catalogue: &'static Catalogue,
    chance: &mut Chance,
) -> Vec<Staged> {
    let mut items: Vec<&Item> = catalogue.items().iter().collect();
    chance.shuffle(&mut items);
    let mut stage = Stage {
        days,
        calendar,
        items,
        staged: Vec::new(),
    };
    stage.due(-4, collects);
    stage.due(-2, collects);
    stage.due(-1, decides);
    stage.due(0, collects);
    stage.due(0, decides);
    for ahead in [1, 1, 2, 3] {
        stage.due(ahead, collects);
    }
    stage.waiting();
    // Last: a small sample has room for the present only.
    stage.seldom();
    stage.staged
}

pub(super) fn collects(item: &Item) -> bool {
    item.kind == Kind::Promise && item.role == Role::Collects
}

/// One of which something can be missing.
pub(super) fn asks(item: &Item) -> bool {
    item.kind == Kind::Promise && may_lack(item)
}

pub(super) fn decides(item: &Item) -> bool {
    item.kind == Kind::Promise && item.role != Role::Collects
}

impl Stage<'_> {
    fn back(&self, working_days: usize) -> Option<NaiveDate> {
        self.days.days.iter().rev().nth(working_days).copied()
    }

    /// The next item that fits; each comes once before any comes again.
    pub(super) fn item(&mut self, fits: impl Fn(&Item) -> bool) -> Option<&'static Item> {
        let place = self.items.iter().position(|item| fits(item))?;
        let item = self.items.remove(place);
        self.items.push(item);
        Some(item)
    }

    pub(super) fn add(&mut self, working_days: usize, item: Option<&'static Item>, plan: Plan) {
        if let (Some(day), Some(item)) = (self.back(working_days), item) {
            self.staged.push(Staged { day, item, plan });
        }
    }

    /// A matter that is due `ahead` working days from today (before today, where negative).
    fn due(&mut self, ahead: i32, fits: fn(&Item) -> bool) {
        let Some(target) = self.target(ahead) else {
            return;
        };
        for _ in 0..self.items.len() {
            let Some(item) = self.item(fits) else { return };
            let Some(accepted) = self.accepted_for(item, target) else {
                continue;
            };
            // Taken in and forwarded on the two days before the department accepted.
            let (steps, before): (&[(u32, Do)], usize) = if item.role == Role::Collects {
                (
                    &[(0, Do::Accept), (1, Do::Forward), (1, Do::DepartmentAccept)],
                    2,
                )
            } else {
                (&[(0, Do::Accept)], 0)
            };
            return self.add(
                accepted + before,
                Some(item),
                Plan::new(Counter::Complete, steps),
            );
        }
    }

    fn target(&self, ahead: i32) -> Option<NaiveDate> {
        let Ok(days) = u16::try_from(ahead) else {
            return self.back(usize::try_from(-ahead).ok()?);
        };
        if days == 0 {
            return Some(self.days.today);
        }
        Some(
            self.calendar
                .count_working_days(self.days.today, days)
                .ok()?
                .date,
        )
    }

    /// How many working days ago the item was accepted, if it is due on `target`.
    fn accepted_for(&self, item: &Item, target: NaiveDate) -> Option<usize> {
        (0..40).find(|back| {
            let day = self.back(*back);
            let due = day.and_then(|day| due_date(item, day, &[], None, None, self.calendar).ok());
            due.is_some_and(|due| due.due == target)
        })
    }

    fn waiting(&mut self) {
        let accept = (0, Do::Accept);
        let ask = (0, Do::RequestSupplement);

        let paused = |item: &Item| collects(item) && procedure_of(item).is_some();
        for (ago, since) in [(9, 4), (12, 6), (7, 2)] {
            let item = self.item(paused);
            let Some(procedure) = item.and_then(procedure_of) else {
                continue;
            };
            let since = u32::try_from(ago - 2 - since).unwrap_or(1);
            let steps = [
                accept,
                (1, Do::Forward),
                (1, Do::DepartmentAccept),
                (since, Do::Pause(procedure)),
            ];
            self.add(ago, item, Plan::new(Counter::Complete, &steps));
        }
        for ago in [1, 4, 8, 18] {
            let item = self.item(asks);
            self.add(ago, item, Plan::new(Counter::Lacking, &[ask]));
        }
        let item = self.item(collects);
        let steps = [
            accept,
            (1, Do::Forward),
            (2, Do::DepartmentAccept),
            (1, Do::DepartmentSupplement),
        ];
        self.add(6, item, Plan::new(Counter::Complete, &steps));
        for ago in [2, 3] {
            let item = self.item(|item| collects(item) && may_defer(item));
            let steps = [(0, Do::AcceptDeferred), (1, Do::Forward)];
            self.add(ago, item, Plan::new(Counter::Deferrable, &steps));
        }
        for ago in [0, 1] {
            let item = self.item(|item| item.needs_network);
            self.add(ago, item, Plan::new(Counter::Complete, &[]).entered_later());
        }
        for ago in [0, 0, 1] {
            let item = self.item(collects);
            self.add(ago, item, Plan::new(Counter::Complete, &[accept]));
        }
        for ago in [1, 3, 6] {
            let item = self.item(|item| item.kind == Kind::Instant && !item.needs_network);
            let steps = [(0, Do::FinishAtOnce)];
            self.add(ago, item, Plan::new(Counter::Complete, &steps));
        }
        let item = self.item(decides);
        let steps = [accept, (2, Do::Decide(Outcome::Approved))];
        self.add(4, item, Plan::new(Counter::Complete, &steps));
        for ago in [0, 1] {
            let item = self.item(collects);
            self.add(
                ago,
                item,
                Plan::new(Counter::Complete, &[accept]).unprinted(),
            );
        }
        let item = self.item(|item| decides(item) && item.promised.days >= 3);
        self.add(1, item, Plan::new(Counter::Complete, &[]));
        let item = self.item(decides);
        self.add(7, item, Plan::new(Counter::Complete, &[]));
    }
}
