//! A counter for tests: one case, walked by the rules themselves, folded from entries as they would
//! lie in a journal. It makes up nothing that a rule decides.

use chrono::NaiveDate;
use yichuang_domain::{
    cases::{
        case::{Case, Effect},
        catalogue::Catalogue,
        event::{
            Brought, BroughtAs, CaseEvent, DeliveryMethod, GoTo, Listed, Mode, Outcome, Owed,
            Problem, Procedure, RefusalGround, Signer, TerminationCause,
        },
        item::Item,
        number::{CaseNumber, CasePrefix, StationLetter},
        party::{Agent, AgentKind, Concerning, Identity, IdentityHow, Party},
        rules::{self, Context, Intake, Settings},
        transition::{State, Step},
    },
    office::{
        calendar::Calendar,
        staff::{Corner, Role, Staff},
    },
    record::{Change, ChangeRef, Entry, Id, Kind, RecordKey, Seen, fold},
    refusal::Refusal,
};

/// A Tuesday with plain weeks around it.
pub const TODAY: &str = "2026-11-24";

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn item(code: &str) -> &'static Item {
    Catalogue::builtin().item(code).unwrap()
}

/// Decided by the committee itself, 15 days; KIN and EVID may follow.
pub const OURS: &str = "ZM002";
/// Collected for the police, 10 working and 15 calendar days; one of RESID, WORKP, STUDY.
pub const COLLECTED: &str = "HJ002";
/// Finished at once by the committee itself.
pub const INSTANT: &str = "YL005";
/// Finished at once, but only in the department's own system.
pub const INSTANT_ELSEWHERE: &str = "SB013";

pub fn staff(name: &str, role: Role, corner: Option<Corner>) -> Staff {
    let mut id = [0; 16];
    id[..name.len().min(16)].copy_from_slice(&name.as_bytes()[..name.len().min(16)]);
    Staff {
        id: Id::from_bytes(id),
        name: name.to_owned(),
        role,
        corner,
    }
}

pub fn wang() -> Staff {
    staff("王丽", Role::Clerk, Some(Corner::A))
}

pub fn li() -> Staff {
    staff("李强", Role::Clerk, Some(Corner::B))
}

pub fn zhao() -> Staff {
    staff("赵珊", Role::Supervisor, None)
}

pub fn papers(codes: &[&str]) -> Vec<Brought> {
    let one = |code: &&str| Brought {
        material: (*code).to_owned(),
        how: BroughtAs::default(),
        pages: 1,
    };
    codes.iter().map(one).collect()
}

pub fn lacking(code: &str) -> Listed {
    Listed {
        material: Some(code.to_owned()),
        name: code.to_owned(),
        problem: Problem::Missing,
        note: String::new(),
    }
}

/// A line of the department's own, which our item does not know.
pub fn theirs(name: &str) -> Listed {
    Listed {
        material: None,
        name: name.to_owned(),
        problem: Problem::Incomplete,
        note: String::new(),
    }
}

pub fn owed(code: &str, due: &str) -> Owed {
    Owed {
        material: code.to_owned(),
        due: day(due),
    }
}

/// A relative who comes for the applicant, with a proxy until this day.
pub fn proxy(until: &str) -> Agent {
    Agent {
        kind: AgentKind::Proxy,
        name: "周宁".to_owned(),
        id_masked: String::new(),
        relation: "邻居".to_owned(),
        phone: String::new(),
        proxy_until: Some(day(until)),
    }
}

/// What a case starts from.
pub fn intake(item: &'static Item, brought: &[&str], today: NaiveDate) -> Intake<'static> {
    let station = StationLetter::new('A').unwrap();
    Intake {
        number: CaseNumber::new(CasePrefix::XINMAO, today, station, 7).unwrap(),
        item,
        catalogue_version: "test",
        concerning: Concerning::default(),
        applicant: Party {
            person: None,
            name: "张三".to_owned(),
            id_kind: "resident_id".to_owned(),
            id_masked: "320583********9911".to_owned(),
        },
        agent: None,
        identity: Some(Identity {
            how: IdentityHow::LastFour,
            reason: String::new(),
        }),
        situation: None,
        brought: papers(brought),
        problems: Vec::new(),
        statement: "口头申请".to_owned(),
        mode: Mode::Window,
        to_enter: false,
        pick_up_code: "123456".to_owned(),
    }
}

/// Every required paper of an item, one of each group.
pub fn all_of(item: &'static Item) -> Vec<&'static str> {
    let mut here = std::collections::BTreeSet::new();
    loop {
        let missing = item.required_missing(&here, None);
        match missing.first() {
            Some(one) => here.insert(one.code.clone()),
            None => break,
        };
    }
    let codes = item.materials.iter().map(|one| one.code.as_str());
    codes.filter(|code| here.contains(*code)).collect()
}

/// One case at one counter.
#[derive(Clone)]
pub struct Counter {
    pub entries: Vec<Entry>,
    pub today: NaiveDate,
    pub actor: Staff,
    pub settings: Settings,
    pub device: u8,
}

impl Counter {
    /// A counter with nothing on it.
    pub fn new() -> Self {
        Self {
            entries: Vec::new(),
            today: day(TODAY),
            actor: wang(),
            settings: Settings::default(),
            device: 1,
        }
    }

    /// A case of this item, received today with these papers.
    pub fn received(code: &str, brought: &[&str]) -> Self {
        Self::taken_in(intake(item(code), brought, day(TODAY)))
    }

    /// A case of this item, received today with all its papers.
    pub fn received_whole(code: &str) -> Self {
        Self::received(code, &all_of(item(code)))
    }

    pub fn taken_in(intake: Intake<'static>) -> Self {
        let mut counter = Self::new();
        let received = counter
            .with(|context| rules::receive(intake, context))
            .unwrap();
        counter.write(&received);
        counter
    }

    pub fn with<T>(&self, rule: impl FnOnce(&Context<'_>) -> T) -> T {
        rule(&Context {
            actor: &self.actor,
            today: self.today,
            calendar: Calendar::builtin(),
            settings: &self.settings,
        })
    }

    pub fn case(&self) -> Case {
        Case::of(Id::from_bytes([9; 16]), &fold(&self.entries)).unwrap()
    }

    pub fn state(&self) -> State {
        self.case().state
    }

    /// Asks a rule about the case as it stands.
    pub fn ask(
        &self,
        rule: impl FnOnce(&Case, &Context<'_>) -> Result<CaseEvent, Refusal>,
    ) -> Result<CaseEvent, Refusal> {
        let case = self.case();
        self.with(|context| rule(&case, context))
    }

    /// Does what a rule decides.
    pub fn does(
        &mut self,
        rule: impl FnOnce(&Case, &Context<'_>) -> Result<CaseEvent, Refusal>,
    ) -> ChangeRef {
        let event = self.ask(rule).unwrap();
        self.write(&event)
    }

    /// The same, for rules that are asked with an input by value.
    pub fn write(&mut self, event: &CaseEvent) -> ChangeRef {
        let case = Id::from_bytes([9; 16]);
        self.put(event.change(case).unwrap())
    }

    pub fn void(&mut self, of: ChangeRef, reason: &str) -> ChangeRef {
        self.put(Change::Void {
            record: RecordKey::new(Kind::CASE, Id::from_bytes([9; 16])),
            of,
            reason: reason.to_owned(),
        })
    }

    fn put(&mut self, change: Change) -> ChangeRef {
        let device = Id::from_bytes([self.device; 16]);
        let own = self.entries.iter().filter(|one| one.at.device == device);
        let at = ChangeRef {
            device,
            seq: 1 + u64::try_from(own.count()).unwrap(),
            index: 0,
        };
        let noon = self.today.and_hms_opt(4, 0, 0).unwrap().and_utc();
        self.entries.push(Entry {
            at,
            number: None,
            received_at: None,
            time: noon.timestamp_millis(),
            seen: Seen::default(),
            restored_from: Vec::new(),
            actor: self.actor.id,
            on_behalf_of: None,
            change,
        });
        at
    }

    pub fn on(&mut self, today: &str) -> &mut Self {
        self.today = day(today);
        self
    }

    pub fn by(&mut self, actor: Staff) -> &mut Self {
        self.actor = actor;
        self
    }

    /// What became of a change.
    pub fn effect(&self, at: ChangeRef) -> Effect {
        let case = self.case();
        let line = case.history.iter().find(|line| line.at == at);
        line.unwrap().effect.clone()
    }

    /// The papers given out: code and serial, with a cross where void.
    pub fn papers(&self) -> Vec<String> {
        let case = self.case();
        let short = |paper: &yichuang_domain::cases::paper::Paper| {
            let end = paper.number.rsplit('-').next().unwrap();
            format!("{end}{}", if paper.is_void { "×" } else { "" })
        };
        case.papers.iter().map(short).collect()
    }

    pub fn correct(&self, reason: &str) -> Result<CaseEvent, Refusal> {
        self.ask(|case, context| rules::correct(case, reason, day_of, context))
    }
}

/// The day of a writer's clock, in Asia/Shanghai.
pub fn day_of(ms: i64) -> NaiveDate {
    let east = ms + 8 * 3_600_000;
    chrono::DateTime::from_timestamp_millis(east)
        .unwrap()
        .date_naive()
}

/// A step with inputs that are right for the case as it stands, whoever has to do it.
pub fn step_rightly(counter: &Counter, step: Step) -> Result<CaseEvent, Refusal> {
    let mut counter = counter.clone();
    let case = counter.case();
    let missing: Vec<&str> = {
        let codes = rules::missing_now(&case, &[]);
        codes.into_iter().map(|one| one.code.as_str()).collect()
    };
    match step {
        Step::Receive => counter
            .with(|context| rules::receive(intake(item(OURS), &["ID"], context.today), context)),
        Step::Accept => counter.ask(|case, context| rules::accept(case, papers(&missing), context)),
        Step::AcceptDeferred => counter.ask(|case, context| {
            let input = rules::AcceptDeferred {
                promise_signed: true,
                ..Default::default()
            };
            rules::accept_deferred(case, input, context)
        }),
        Step::RequestSupplement => {
            counter.by(zhao());
            counter.ask(|case, context| {
                let mut listed: Vec<Listed> = missing.iter().map(|code| lacking(code)).collect();
                if listed.is_empty() {
                    listed.push(theirs("签名"));
                }
                let input = rules::RequestSupplement {
                    listed,
                    override_reason: "前次告知有误".to_owned(),
                };
                rules::request_supplement(case, input, context)
            })
        }
        Step::Supply => {
            let asked = case
                .listed
                .iter()
                .filter_map(|line| line.material.as_deref());
            let codes: Vec<&str> = asked
                .chain(case.owed.iter().map(|owed| owed.material.as_str()))
                .collect();
            let named = case.listed.iter().filter(|line| line.material.is_none());
            let others: Vec<String> = named.map(|line| line.name.clone()).collect();
            let brought = match (codes.is_empty(), others.is_empty()) {
                (true, true) => papers(&["ID"]),
                _ => papers(&codes),
            };
            counter.ask(|case, context| {
                let input = rules::Supply {
                    brought,
                    others,
                    ..Default::default()
                };
                rules::supply(case, input, context)
            })
        }
        Step::Lapse => {
            let call = format!("{} 电话已告知本人", counter.today);
            let after = case.supplement_by.unwrap_or(counter.today);
            counter.today = after.succ_opt().unwrap();
            counter.ask(|case, context| rules::lapse(case, &rules::Lapse { call }, context))
        }
        Step::Refuse => counter.ask(|case, context| rules::refuse(case, refusal(), context)),
        Step::Withdraw => counter.ask(|case, context| {
            let input = rules::Withdraw {
                signed_by: Signer::Applicant,
                reason: "不再需要".to_owned(),
            };
            rules::withdraw(case, &input, context)
        }),
        Step::Forward => counter.ask(|case, context| {
            let input = rules::Forward {
                batch: "移交20261124-1".to_owned(),
                on: None,
            };
            rules::forward(case, &input, context)
        }),
        Step::SendBack => counter.ask(|case, context| {
            let input = rules::SendBack {
                reason: "照片不合规格".to_owned(),
            };
            rules::send_back(case, &input, context)
        }),
        Step::DepartmentSupplement => counter.ask(|case, context| {
            let input = rules::DepartmentSupplement {
                external_number: "公补〔2026〕7号".to_owned(),
                listed: vec![theirs("居住承诺书")],
                last_day: day("2026-12-10"),
            };
            rules::department_supplement(case, input, context)
        }),
        Step::DepartmentRefuse => counter.ask(|case, context| {
            let input = rules::DepartmentRefuse {
                external_number: "公不〔2026〕3号".to_owned(),
                reason: "不符合条件".to_owned(),
            };
            rules::department_refuse(case, &input, context)
        }),
        Step::DepartmentAccept => counter.ask(|case, context| {
            let input = rules::DepartmentAccept {
                on: context.today,
                external_number: "公受〔2026〕11号".to_owned(),
            };
            rules::department_accept(case, &input, context)
        }),
        Step::Pause => counter.ask(|case, context| {
            let input = rules::PauseFor {
                procedure: Procedure::Publicity,
                expected_days: 7,
            };
            rules::pause(case, &input, context)
        }),
        Step::Resume => counter.ask(rules::resume),
        Step::Extend => counter.ask(|case, context| {
            let input = rules::Extend {
                reason: "需要上门核实".to_owned(),
                approver: "赵珊".to_owned(),
                days: None,
            };
            rules::extend(case, &input, &zhao(), context)
        }),
        Step::Decide => counter.ask(|case, context| {
            let input = rules::Decide {
                outcome: Outcome::Approved,
                external_number: String::new(),
                reason: String::new(),
                on: None,
            };
            rules::decide(case, &input, context)
        }),
        Step::Terminate => counter.ask(|case, context| {
            let input = rules::Terminate {
                cause: TerminationCause::DuplicateCase,
                note: String::new(),
            };
            rules::terminate(case, &input, context)
        }),
        Step::Deliver => counter.ask(|case, context| {
            let input = rules::Deliver {
                method: DeliveryMethod::InPerson,
                recipient: Signer::Applicant,
                proof: "本人签收".to_owned(),
            };
            rules::deliver(case, &input, context)
        }),
        Step::Archive => counter.ask(rules::archive),
        Step::Deem => {
            let after = case.receipt.notice_by;
            counter.today = counter.today.max(after.succ_opt().unwrap());
            counter.ask(rules::deem)
        }
        Step::DoAtOnce => counter.ask(|case, context| {
            let input = rules::DoAtOnce {
                brought: papers(&missing),
                external_number: "SN20261124-88".to_owned(),
                result: String::new(),
            };
            rules::do_at_once(case, input, context)
        }),
        Step::Correct => counter.correct("点错了"),
    }
}

pub fn refusal() -> rules::Refuse {
    rules::Refuse {
        ground: RefusalGround::NotOurs,
        text: "不属于社区职权".to_owned(),
        basis: "《行政许可法》第三十二条".to_owned(),
        go_to: GoTo {
            name: "昆山市公安局周市派出所".to_owned(),
            ..GoTo::default()
        },
    }
}

/// The way to a state, by the rules themselves: the steps of a case that has owed papers from its
/// acceptance on (容缺), or of one that is whole.
pub fn bring_to(state: State, code: &str, is_deferred: bool) -> Counter {
    let item = item(code);
    let first: Vec<&str> = all_of(item)
        .into_iter()
        .filter(|code| !item.material(code).unwrap().deferrable)
        .collect();
    let mut counter = Counter::received(code, &first);
    let accept = if is_deferred {
        Step::AcceptDeferred
    } else {
        Step::Accept
    };
    let way: &[Step] = match state {
        State::Received => &[],
        State::Supplement => &[Step::RequestSupplement],
        State::Accepted => &[accept],
        State::Forwarded => &[accept, Step::Forward],
        State::Paused => &[accept, Step::Pause],
        State::Decided => &[accept, Step::Terminate],
        State::Delivered => &[accept, Step::Terminate, Step::Deliver],
        State::Archived => &[accept, Step::Terminate, Step::Deliver, Step::Archive],
        State::Refused if item.role == yichuang_domain::cases::item::Role::Collects => {
            &[accept, Step::Forward, Step::DepartmentRefuse]
        }
        State::Refused => &[Step::Refuse],
        State::Withdrawn => &[Step::Withdraw],
        State::Returned => &[Step::RequestSupplement, Step::Lapse],
    };
    for step in way {
        let event = step_rightly(&counter, *step).unwrap();
        counter.write(&event);
    }
    assert_eq!(counter.state(), state);
    counter
}
