//! A matter lives: it comes to the window and goes through its steps, each made by the very rule the
//! clerk's own command asks.

use chrono::{Days, NaiveDate};
use yichuang_domain::{
    cases::{
        case::Case,
        event::{
            Brought, BroughtAs, CaseEvent, DeliveryMethod, GoTo, Listed, Mode, Outcome, Problem,
            RefusalGround, Signer,
        },
        item::{Item, Material, Role},
        number::CaseNumber,
        party::{Agent, AgentKind, Concerning, ConcerningKind, Identity, IdentityHow},
        rules::{self, Context},
        transition::State,
    },
    office::staff::Staff,
    record::Change,
    refusal::Refusal,
};

use super::{
    plan::{Counter, Do},
    residents::Residents,
    seed::Chance,
};
use crate::clock::day_of;

/// The identity card is seen when the identity is checked: it is never what is missing.
const IDENTITY_CARD: &str = "ID";

/// All an applicant needs to bring: of a group of which one is enough, one.
fn complete(item: &Item, situation: Option<u8>) -> Vec<&Material> {
    item.required_missing(&std::collections::BTreeSet::new(), situation)
}

/// Whether something of this item can be missing, whatever the situation, so that a notice can be told
/// of it.
pub(super) fn may_lack(item: &Item) -> bool {
    always_needs(item, |_one| true)
}

/// Whether something of this item may follow later, so that a deferral can be told of it.
pub(super) fn may_defer(item: &Item) -> bool {
    always_needs(item, |one| one.deferrable)
}

fn always_needs(item: &Item, fits: impl Fn(&Material) -> bool) -> bool {
    let is_needed = |situation| {
        let needed = complete(item, situation);
        let mut others = needed.iter().filter(|one| one.code != IDENTITY_CARD);
        others.any(|one| fits(one))
    };
    match &*item.situations {
        [] => is_needed(None),
        all => all.iter().all(|one| is_needed(Some(one.digit))),
    }
}

/// What somebody brings to the counter.
fn bring(
    item: &Item,
    situation: Option<u8>,
    counter: Counter,
    chance: &mut Chance,
) -> Vec<Brought> {
    let needed = complete(item, situation);
    let may_lack = |one: &&&Material| match counter {
        Counter::Complete => false,
        Counter::Lacking => one.code != IDENTITY_CARD,
        Counter::Deferrable => one.code != IDENTITY_CARD && one.deferrable,
    };
    let mut candidates: Vec<&&Material> = needed.iter().filter(may_lack).collect();
    chance.shuffle(&mut candidates);
    let count = usize::try_from(chance.between(1, 2)).unwrap_or(1);
    let lacking: Vec<&str> = candidates
        .iter()
        .take(count)
        .map(|one| one.code.as_str())
        .collect();
    let here = needed
        .iter()
        .filter(|one| !lacking.contains(&one.code.as_str()));
    here.map(|one| brought(one, chance)).collect()
}

fn brought(material: &Material, chance: &mut Chance) -> Brought {
    let is_electronic = material.e_cert && chance.happens(150);
    Brought {
        material: material.code.clone(),
        how: if is_electronic {
            BroughtAs::ElectronicCertificate
        } else {
            BroughtAs::Paper
        },
        pages: material.pages.unwrap_or(1),
    }
}

/// Takes a matter in.
pub(super) fn receive(
    item: &Item,
    number: CaseNumber,
    counter: Counter,
    to_enter: bool,
    residents: &Residents,
    context: &Context<'_>,
    chance: &mut Chance,
) -> Result<CaseEvent, Refusal> {
    let applicant = residents
        .for_group(&item.group, chance)
        .ok_or(Refusal::UnknownRecord {
            kind: "person".to_owned(),
        })?;
    let situation = chance.pick(&item.situations).map(|one| one.digit);
    let agent = if item.agent_allowed && chance.happens(90) {
        residents
            .companion(applicant, chance)
            .map(|(one, is_kin)| agent(one.name(), one.id_masked(), is_kin, context.today, chance))
    } else {
        None
    };
    let concerning = concerning(item, residents, chance);
    let intake = rules::Intake {
        number,
        item,
        catalogue_version: &item.catalogue_version,
        concerning,
        applicant: applicant.party(),
        agent,
        identity: Some(identity(chance)),
        situation,
        brought: bring(item, situation, counter, chance),
        problems: Vec::new(),
        statement: String::new(),
        mode: mode(item, chance),
        to_enter,
        pick_up_code: format!("{:06}", chance.below(1_000_000)),
    };
    rules::receive(intake, context)
}

fn identity(chance: &mut Chance) -> Identity {
    let ways = [
        (IdentityHow::LastFour, 46),
        (IdentityHow::Card, 44),
        (IdentityHow::ElectronicCertificate, 8),
        (IdentityHow::KnownOrNone, 2),
    ];
    let how = chance
        .weighted(&ways)
        .copied()
        .unwrap_or(IdentityHow::LastFour);
    let reason = if how == IdentityHow::KnownOrNone {
        "熟识的居民，身份证正在换领"
    } else {
        ""
    };
    Identity {
        how,
        reason: reason.to_owned(),
    }
}

fn mode(item: &Item, chance: &mut Chance) -> Mode {
    let home = if item.home_service { 6 } else { 0 };
    let modes = [
        (Mode::Window, 84),
        (Mode::Appointment, 5),
        (Mode::Assist, 4),
        (Mode::ExtendedHours, 2),
        (Mode::Post, 1),
        (Mode::HomeService, home),
    ];
    chance.weighted(&modes).copied().unwrap_or_default()
}

fn agent(
    name: &str,
    id_masked: &str,
    is_kin: bool,
    today: NaiveDate,
    chance: &mut Chance,
) -> Agent {
    let relation = chance.word(if is_kin {
        &["家属"]
    } else {
        &["邻居", "朋友", "同事"]
    });
    Agent {
        kind: if is_kin {
            AgentKind::Kin
        } else {
            AgentKind::Proxy
        },
        name: name.to_owned(),
        id_masked: id_masked.to_owned(),
        relation: relation.to_owned(),
        phone: String::new(),
        proxy_until: (!is_kin).then(|| today + Days::new(180)),
    }
}

fn concerning(item: &Item, residents: &Residents, chance: &mut Chance) -> Concerning {
    let of_child =
        item.group == "JX" || item.name.zh.contains("新生儿") || item.name.zh.contains("儿童");
    if of_child && let Some(child) = residents.child(chance) {
        return Concerning {
            kind: ConcerningKind::Child,
            name: child.name().to_owned(),
            person: Some(child.id()),
        };
    }
    if item.code.as_str() == "SB005" {
        let name = format!(
            "{}{}",
            chance.word(&["陆", "顾", "朱", "徐"]),
            chance.word(&["阿泉", "根宝", "巧英"])
        );
        return Concerning {
            kind: ConcerningKind::Deceased,
            name,
            person: None,
        };
    }
    Concerning::default()
}

/// Makes the next step of a case.
pub(super) fn step(
    case: &Case,
    step: Do,
    supervisor: &Staff,
    context: &Context<'_>,
    chance: &mut Chance,
) -> Result<CaseEvent, Refusal> {
    let day = context.today;
    match step {
        Do::Accept => rules::accept(case, Vec::new(), context),
        Do::AcceptDeferred => {
            let promised = rules::AcceptDeferred {
                promise_signed: true,
                ..Default::default()
            };
            rules::accept_deferred(case, promised, context)
        }
        Do::RequestSupplement | Do::SecondNotice => {
            let is_second = case.state == State::Supplement;
            let listed = if is_second {
                case.listed.clone()
            } else {
                missing(case)
            };
            let reason = if is_second {
                "申请人提交的材料已失效，需重新告知"
            } else {
                ""
            };
            let notice = rules::RequestSupplement {
                listed,
                override_reason: reason.to_owned(),
            };
            rules::request_supplement(case, notice, context)
        }
        Do::Supply { all } => rules::supply(case, supplied(case, all, chance), context),
        Do::SupplyOwed => {
            let owed = case
                .owed
                .iter()
                .filter_map(|owed| case.item().material(&owed.material));
            let brought = owed.map(|one| brought(one, chance)).collect();
            rules::supply(
                case,
                rules::Supply {
                    brought,
                    ..Default::default()
                },
                context,
            )
        }
        Do::Lapse => {
            let call = format!(
                "{}电话告知，本人接听，表示暂不办理",
                day.format("%-m月%-d日")
            );
            rules::lapse(case, &rules::Lapse { call }, context)
        }
        Do::Refuse => rules::refuse(case, refusal(case), context),
        Do::Withdraw => {
            let reason = chance.word(&["暂不需要办理", "改由子女所在地办理", "材料需重新准备"]);
            let input = rules::Withdraw {
                signed_by: Signer::Applicant,
                reason: reason.to_owned(),
            };
            rules::withdraw(case, &input, context)
        }
        Do::Forward => {
            let batch = format!("ZB{}", day.format("%Y%m%d"));
            rules::forward(case, &rules::Forward { batch, on: None }, context)
        }
        Do::SendBack => {
            let reason = chance.word(&["复印件不清晰，退回重新扫描", "表格缺经办人签字"]);
            rules::send_back(
                case,
                &rules::SendBack {
                    reason: reason.to_owned(),
                },
                context,
            )
        }
        Do::DepartmentAccept => {
            let input = rules::DepartmentAccept {
                on: day,
                external_number: serial("SL", day, chance),
            };
            rules::department_accept(case, &input, context)
        }
        Do::DepartmentSupplement => {
            let name = chance.word(&["近三个月水电费缴费凭证", "银行卡开户行信息", "居住情况说明"]);
            let line = Listed {
                material: None,
                name: name.to_owned(),
                problem: Problem::Missing,
                note: "交到社区窗口即可".to_owned(),
            };
            let input = rules::DepartmentSupplement {
                external_number: serial("BZ", day, chance),
                listed: vec![line],
                last_day: day + Days::new(20),
            };
            rules::department_supplement(case, input, context)
        }
        Do::DepartmentRefuse => {
            let input = rules::DepartmentRefuse {
                external_number: serial("BY", day, chance),
                reason: "经核对不符合享受条件".to_owned(),
            };
            rules::department_refuse(case, &input, context)
        }
        Do::Pause(procedure) => {
            let expected_days = u16::try_from(chance.between(5, 10)).unwrap_or(7);
            rules::pause(
                case,
                &rules::PauseFor {
                    procedure,
                    expected_days,
                },
                context,
            )
        }
        Do::Resume => rules::resume(case, context),
        Do::Extend => {
            let input = rules::Extend {
                reason: "需到外地函询核对".to_owned(),
                approver: supervisor.id.to_string(),
                days: None,
            };
            rules::extend(case, &input, supervisor, context)
        }
        Do::Decide(outcome) => {
            let is_denied = outcome == Outcome::Denied;
            let is_ours = case.item().role == Role::Decides;
            let input = rules::Decide {
                outcome,
                external_number: if is_ours {
                    String::new()
                } else {
                    serial("BJ", day, chance)
                },
                reason: if is_denied {
                    "经审核不符合条件"
                } else {
                    ""
                }
                .to_owned(),
                on: None,
            };
            rules::decide(case, &input, context)
        }
        Do::Terminate(cause) => rules::terminate(
            case,
            &rules::Terminate {
                cause,
                note: String::new(),
            },
            context,
        ),
        Do::Deliver => rules::deliver(case, &delivery(case, chance), context),
        Do::Archive => rules::archive(case, context),
        Do::Deem => rules::deem(case, context),
        Do::FinishAtOnce => {
            let needs = case.item().needs_network;
            let input = rules::DoAtOnce {
                external_number: if needs {
                    serial("LS", day, chance)
                } else {
                    String::new()
                },
                ..Default::default()
            };
            rules::do_at_once(case, input, context)
        }
        Do::Correct => rules::correct(case, "选错了事项的情形", day_of, context),
        Do::Void => Err(Refusal::NothingToCorrect),
    }
}

/// A supervisor takes the effect from a whole case.
pub(super) fn void(case: &Case, context: &Context<'_>) -> Result<Change, Refusal> {
    rules::void_case(case, "次日发现选错事项，已另行受理", context)
}

fn missing(case: &Case) -> Vec<Listed> {
    let line = |one: &&Material| Listed {
        material: Some(one.code.clone()),
        name: case.item().requirement(one, case.receipt.situation).zh,
        problem: Problem::Missing,
        note: String::new(),
    };
    rules::missing_now(case, &[]).iter().map(line).collect()
}

fn supplied(case: &Case, all: bool, chance: &mut Chance) -> rules::Supply {
    let count = if all {
        usize::MAX
    } else {
        case.listed.len().div_ceil(2)
    };
    let lines = || case.listed.iter().take(count);
    let materials = lines()
        .filter_map(|line| line.material.as_ref())
        .filter_map(|code| case.item().material(code));
    let brought = materials.map(|one| brought(one, chance)).collect();
    let others = lines().filter(|line| line.material.is_none());
    rules::Supply {
        brought,
        others: others.map(|line| line.name.clone()).collect(),
        ..Default::default()
    }
}

fn refusal(case: &Case) -> rules::Refuse {
    rules::Refuse {
        ground: RefusalGround::ConditionsNotMet,
        text: "不符合办理条件，已当面说明".to_owned(),
        basis: case.item().basis.clone().unwrap_or_default(),
        go_to: GoTo {
            name: "周市镇便民服务中心".to_owned(),
            ..GoTo::default()
        },
    }
}

fn delivery(case: &Case, chance: &mut Chance) -> rules::Deliver {
    let by_agent = case.receipt.agent.is_some() && chance.happens(500);
    let (method, recipient) = if by_agent {
        (DeliveryMethod::Agent, Signer::Agent)
    } else {
        let ways = [
            (DeliveryMethod::InPerson, 86),
            (DeliveryMethod::Home, 7),
            (DeliveryMethod::Post, 4),
            (DeliveryMethod::Electronic, 3),
        ];
        (
            chance
                .weighted(&ways)
                .copied()
                .unwrap_or(DeliveryMethod::InPerson),
            Signer::Applicant,
        )
    };
    let proof = match method {
        DeliveryMethod::Post => format!("EMS 99{:09}", chance.below(1_000_000_000)),
        DeliveryMethod::Electronic => "本人回复确认".to_owned(),
        DeliveryMethod::InPerson | DeliveryMethod::Agent | DeliveryMethod::Home => {
            "已签收".to_owned()
        }
    };
    rules::Deliver {
        method,
        recipient,
        proof,
    }
}

/// A department's own number.
fn serial(kind: &str, day: NaiveDate, chance: &mut Chance) -> String {
    format!("{kind}{}{:05}", day.format("%Y%m%d"), chance.below(100_000))
}
