//! The office at work: day after day matters come, matters move on, and questions are answered. Only
//! matters with a step to come are in memory.

use std::collections::{BTreeMap, VecDeque};

use chrono::NaiveDate;
use yichuang_domain::{
    cases::{
        case::Case,
        catalogue::Catalogue,
        event::CaseEvent,
        item::{Item, Kind as ItemKind},
        number::{CaseNumber, CasePrefix, StationLetter},
        rules::{Context, Settings, is_referral},
    },
    office::{calendar::Calendar, staff::Staff},
    record::{Change, ChangeRef, Folded, Happening, Id},
    refusal::Refusal,
};

use super::{
    days::OfficeDays,
    life,
    pen::{Pen, Who},
    plan::{Beat, Do, May, Plan},
    present::{Staged, staged},
    questions::question,
    residents::Residents,
    seed::Chance,
};
use crate::answer::Stop;

/// One question for so many matters.
const MATTERS_A_QUESTION: u32 = 7;
/// Every so many matters, the next item of the catalogue in turn: each comes.
const MATTERS_A_TURN: u32 = 11;
/// A paper is printed so long after its step.
const PRINT_AFTER_MS: i64 = 40_000;
/// The next step in the same sitting.
const NEXT_STEP_AFTER_MS: i64 = 120_000;

/// What was done.
#[derive(Debug, Default)]
pub(super) struct Counted {
    pub(super) cases: u32,
    pub(super) open: u32,
    pub(super) enquiries: u32,
    pub(super) commits: u64,
    pub(super) refused: u32,
}

/// A matter with steps to come.
struct Matter {
    id: Id,
    folded: Folded,
    case: Case,
    beats: VecDeque<Beat>,
    /// Papers that were printed, or left.
    papers_seen: usize,
    /// Who did the last step: only they correct it.
    last: Who,
}

enum Job {
    Next(Box<Matter>),
    New(&'static Item, Plan),
    Question,
}

/// The office.
pub(super) struct Office {
    pen: Pen,
    days: OfficeDays,
    residents: Residents,
    chance: Chance,
    settings: Settings,
    items: Vec<&'static Item>,
    weighted: Vec<(&'static Item, u32)>,
    agenda: BTreeMap<NaiveDate, Vec<Matter>>,
    counted: Counted,
    serial: u16,
}

impl Office {
    pub(super) fn new(
        pen: Pen,
        days: OfficeDays,
        residents: Residents,
        mut chance: Chance,
    ) -> Self {
        let all = Catalogue::builtin().items().iter();
        let mut items: Vec<&Item> = all.filter(|item| !is_referral(item)).collect();
        let weight = |item: &&'static Item| (*item, popularity(item));
        let weighted = items.iter().map(weight).collect();
        chance.shuffle(&mut items);
        Self {
            pen,
            days,
            residents,
            chance,
            settings: Settings::default(),
            items,
            weighted,
            agenda: BTreeMap::new(),
            counted: Counted::default(),
            serial: 0,
        }
    }

    /// Works through all days.
    pub(super) fn work(mut self, cases: u32, told: &mut impl FnMut(u32)) -> Result<Counted, Stop> {
        let days = self.days.days.clone();
        let mut staged = self.staged(cases);
        let usual = cases.saturating_sub(u32::try_from(staged.len()).unwrap_or(0));
        let all_days = u32::try_from(days.len()).unwrap_or(1).max(1);
        let (mut usual_done, mut questions_done) = (0, 0);
        for (number, day) in (1..).zip(&days) {
            let share = |of: u32| {
                u32::try_from(u64::from(of) * u64::from(number) / u64::from(all_days)).unwrap_or(of)
            };
            let waiting = self.agenda.remove(day).unwrap_or_default();
            let mut jobs: Vec<Job> = waiting
                .into_iter()
                .map(|one| Job::Next(Box::new(one)))
                .collect();
            for _ in usual_done..share(usual) {
                let job = self.usual();
                jobs.push(job);
            }
            let questions = cases / MATTERS_A_QUESTION;
            jobs.extend((questions_done..share(questions)).map(|_| Job::Question));
            (usual_done, questions_done) = (share(usual), share(questions));
            for one in staged.extract_if(.., |one| one.day == *day) {
                jobs.push(Job::New(one.item, one.plan));
            }
            self.day(*day, jobs)?;
            if number % 20 == 0 || number == all_days {
                told(self.counted.cases);
            }
        }
        self.counted.commits = self.pen.finish()?;
        Ok(self.counted)
    }

    /// What stands open today whatever chance says; a small sample has room for a part of it.
    fn staged(&mut self, cases: u32) -> Vec<Staged> {
        let calendar = Calendar::builtin();
        let catalogue = Catalogue::builtin();
        let mut staged = staged(&self.days, calendar, catalogue, &mut self.chance);
        staged.retain(|one| !is_referral(one.item));
        staged.truncate(usize::try_from(cases).unwrap_or(usize::MAX));
        staged
    }

    fn usual(&mut self) -> Job {
        let turn = self.counted.cases / MATTERS_A_TURN;
        let in_turn = usize::try_from(turn)
            .ok()
            .map(|turn| turn % self.items.len().max(1));
        let item = match in_turn.and_then(|place| self.items.get(place)) {
            Some(item) if self.chance.below(MATTERS_A_TURN) == 0 => Some(*item),
            _ => self.chance.weighted(&self.weighted).copied(),
        };
        match item {
            Some(item) => {
                let may = May {
                    lack: life::may_lack(item),
                    defer: life::may_defer(item),
                };
                let plan = Plan::usual(item, may, &mut self.chance);
                Job::New(item, plan)
            }
            None => Job::Question,
        }
    }

    fn day(&mut self, day: NaiveDate, mut jobs: Vec<Job>) -> Result<(), Stop> {
        self.serial = 0;
        self.chance.shuffle(&mut jobs);
        let all = jobs.len();
        for (place, job) in jobs.into_iter().enumerate() {
            let time = self.days.moment_ms(day, place, all);
            let who = if (place * 2 < all) == (day.to_epoch_days() % 2 == 0) {
                Who::A
            } else {
                Who::B
            };
            match job {
                Job::Next(matter) => self.go_on(*matter, day, time, who)?,
                Job::New(item, plan) => self.take_in(item, plan, day, time, who)?,
                Job::Question => self.ask(day, time, who)?,
            }
        }
        Ok(())
    }

    fn number(&mut self, day: NaiveDate) -> Option<CaseNumber> {
        self.serial += 1;
        let station = StationLetter::new('A').ok()?;
        CaseNumber::new(CasePrefix::XINMAO, day, station, self.serial).ok()
    }

    fn ask(&mut self, day: NaiveDate, time: i64, who: Who) -> Result<(), Stop> {
        let Some(number) = self.number(day) else {
            return Ok(());
        };
        let clerk = self.pen.staff(who).id;
        let id = self.chance.id();
        let (asked, printed) = question(
            id,
            number.to_string(),
            day,
            clerk,
            &self.residents,
            &mut self.chance,
        );
        self.pen.act(who, "record_enquiry", time, asked)?;
        if !printed.is_empty() {
            self.pen
                .act(who, "print_paper", time + PRINT_AFTER_MS, printed)?;
        }
        self.counted.enquiries += 1;
        Ok(())
    }

    /// Takes a matter in, and decides in the same act what is decided at the counter.
    fn take_in(
        &mut self,
        item: &'static Item,
        plan: Plan,
        day: NaiveDate,
        time: i64,
        who: Who,
    ) -> Result<(), Stop> {
        let Some(number) = self.number(day) else {
            return Ok(());
        };
        let id = self.chance.id();
        let Plan {
            counter,
            to_enter,
            mut beats,
        } = plan;
        let context = context(day, self.pen.staff(who), &self.settings);
        let received = life::receive(
            item,
            number,
            counter,
            to_enter,
            &self.residents,
            &context,
            &mut self.chance,
        );
        let received = match received {
            Ok(received) => received,
            Err(_refused) => {
                self.note();
                return Ok(());
            }
        };
        let mut folded = Folded::default();
        let actor = context.actor.id;
        let seq = self.pen.next_seq();
        let mut changes = Vec::new();
        let at = |index| ChangeRef {
            device: self.pen.device(),
            seq,
            index,
        };
        changes.extend(happen(&received, id, at(0), actor, time, &mut folded));
        let Some(mut case) = Case::of(id, &folded) else {
            return Ok(());
        };
        let mut prints = true;
        if let Some(beat) = beats.front().copied().filter(|beat| beat.after == 0) {
            let supervisor = self.pen.staff(Who::Supervisor);
            match life::step(&case, beat.step, supervisor, &context, &mut self.chance) {
                Ok(event) => {
                    changes.extend(happen(&event, id, at(1), actor, time, &mut folded));
                    beats.pop_front();
                    prints = beat.prints;
                }
                Err(_refused) => {
                    self.note();
                    beats.clear();
                }
            }
            let Some(after) = Case::of(id, &folded) else {
                return Ok(());
            };
            case = after;
        }
        self.pen.act(who, "take_in", time, changes)?;
        self.counted.cases += 1;
        let mut matter = Matter {
            id,
            folded,
            case,
            beats,
            papers_seen: 0,
            last: who,
        };
        if prints {
            self.print(&mut matter, who, time)?;
        }
        self.go_on_today(matter, day, time, who)
    }

    /// The steps of the same sitting, then the agenda.
    fn go_on_today(
        &mut self,
        matter: Matter,
        day: NaiveDate,
        time: i64,
        who: Who,
    ) -> Result<(), Stop> {
        match matter.beats.front() {
            Some(beat) if beat.after == 0 => {
                self.go_on(matter, day, time + NEXT_STEP_AFTER_MS, who)
            }
            Some(beat) => {
                let here = self.days.days.partition_point(|one| *one < day);
                let ahead = usize::try_from(beat.after).unwrap_or(usize::MAX);
                match self.days.days.get(here.saturating_add(ahead)) {
                    Some(next) => self.agenda.entry(*next).or_default().push(matter),
                    None => self.leave(&matter),
                }
                Ok(())
            }
            None => {
                self.leave(&matter);
                Ok(())
            }
        }
    }

    fn leave(&mut self, matter: &Matter) {
        if matter.case.state.is_open() && !matter.case.is_void {
            self.counted.open += 1;
        }
    }

    fn go_on(
        &mut self,
        mut matter: Matter,
        day: NaiveDate,
        time: i64,
        who: Who,
    ) -> Result<(), Stop> {
        let Some(beat) = matter.beats.pop_front() else {
            self.leave(&matter);
            return Ok(());
        };
        let who = match beat.step {
            Do::Void | Do::SecondNotice => Who::Supervisor,
            Do::Correct => matter.last,
            _ => who,
        };
        let context = context(day, self.pen.staff(who), &self.settings);
        if beat.step == Do::Void {
            match life::void(&matter.case, &context) {
                Ok(change) => self.pen.act(who, "void_case", time, vec![change])?,
                Err(_refused) => self.note(),
            }
            return Ok(());
        }
        let supervisor = self.pen.staff(Who::Supervisor);
        let event = match life::step(
            &matter.case,
            beat.step,
            supervisor,
            &context,
            &mut self.chance,
        ) {
            Ok(event) => event,
            // The last paper came with the first: there is nothing left to bring.
            Err(Refusal::WrongState { .. } | Refusal::NothingMissing)
                if matches!(beat.step, Do::Supply { .. } | Do::SupplyOwed) =>
            {
                return self.go_on_today(matter, day, time, who);
            }
            Err(_refused) => {
                self.note();
                self.leave(&matter);
                return Ok(());
            }
        };
        let at = ChangeRef {
            device: self.pen.device(),
            seq: self.pen.next_seq(),
            index: 0,
        };
        let actor = context.actor.id;
        let change = happen(&event, matter.id, at, actor, time, &mut matter.folded);
        self.pen
            .act(who, command_of(&event), time, change.into_iter().collect())?;
        let Some(case) = Case::of(matter.id, &matter.folded) else {
            return Ok(());
        };
        matter.case = case;
        matter.last = who;
        if beat.prints {
            self.print(&mut matter, who, time)?;
        }
        self.go_on_today(matter, day, time, who)
    }

    /// Prints what the last step gave out. The matter in memory needs not know.
    fn print(&mut self, matter: &mut Matter, who: Who, time: i64) -> Result<(), Stop> {
        let papers = matter.case.papers.iter().skip(matter.papers_seen);
        let changes: Vec<Change> = papers
            .filter(|paper| !paper.is_void)
            .filter_map(|paper| {
                let document = paper.number.clone();
                CaseEvent::Print {
                    document,
                    copies: 2,
                }
                .change(matter.id)
            })
            .collect();
        matter.papers_seen = matter.case.papers.len();
        if changes.is_empty() {
            return Ok(());
        }
        self.pen
            .act(who, "print_paper", time + PRINT_AFTER_MS, changes)
    }

    fn note(&mut self) {
        self.counted.refused += 1;
    }
}

fn context<'a>(today: NaiveDate, actor: &'a Staff, settings: &'a Settings) -> Context<'a> {
    Context {
        actor,
        today,
        calendar: Calendar::builtin(),
        settings,
    }
}

/// Everyday matters come often.
fn popularity(item: &Item) -> u32 {
    let of_kind = if item.kind == ItemKind::Instant { 6 } else { 2 };
    let of_group = match item.group.as_str() {
        "SB" | "YB" | "YL" | "HJ" => 3,
        "MZ" | "CL" | "ZM" | "JY" => 2,
        _ => 1,
    };
    of_kind * of_group
}

/// The change an event makes, noted in the record at once.
fn happen(
    event: &CaseEvent,
    case: Id,
    at: ChangeRef,
    actor: Id,
    time: i64,
    folded: &mut Folded,
) -> Option<Change> {
    let change = event.change(case)?;
    if let Change::Event { event, body, .. } = &change {
        folded.events.push(Happening {
            at,
            event: event.clone(),
            body: body.clone(),
            actor,
            on_behalf_of: None,
            time,
            number: None,
            voided: None,
        });
    }
    Some(change)
}

/// The command a clerk's screen sends for this step.
fn command_of(event: &CaseEvent) -> &'static str {
    event
        .step()
        .map_or("print_paper", crate::cases::actions::call_of)
}
