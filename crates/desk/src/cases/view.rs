//! What the screens of a case show. Made in Rust whole, so that the screen computes nothing.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::{
    cases::{
        clock::Day,
        event::{Brought, GoTo, Listed, Mode, Owed, RefusalGround, Term},
        item::{Kind, Role},
        light::Light,
        party::{Agent, AgentKind, Concerning, IdentityHow},
        transition::{State, Step},
    },
    record::{Id, Seen},
};

use crate::{answer::RefusalView, register::view::PersonCard};

/// An item on a list of hits.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct ItemHit {
    /// Its code.
    pub code: String,
    /// Its name in the screen's language.
    pub name: String,
    /// Its group's name.
    pub group: String,
    /// 即办件 or 承诺件.
    pub kind: Kind,
    /// Decides, accepts or collects.
    pub role: Role,
    /// "10 个工作日" or "即办".
    pub promise: String,
    /// Set when this is a certificate a community must not issue: who does.
    pub banned: Option<BannedHit>,
}

/// Where to send somebody who asks for a banned certificate.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct BannedHit {
    /// Its number on the national list.
    pub no: u8,
    /// Its name.
    pub name: String,
    /// Who issues it, or what stands in for it.
    pub department: String,
    /// What the referral slip says.
    pub slip: BannedSlip,
}

/// A referral for a banned certificate, in Chinese as every paper.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct BannedSlip {
    /// The certificate's name.
    pub name: String,
    /// Where to go.
    pub department: String,
    /// What to take along.
    pub take: Vec<String>,
}

/// An item, for its guide and its checklist.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct ItemView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What a resident's screen may say.
    pub public_name: String,
    /// 即办件 or 承诺件.
    pub kind: Kind,
    /// Decides, accepts or collects.
    pub role: Role,
    /// Whether it needs a department's own system.
    pub needs_network: bool,
    /// Whether an agent may come.
    pub agent_allowed: bool,
    /// "10 个工作日".
    pub promise: String,
    /// "15 个自然日", where a law sets a limit.
    pub legal: Option<String>,
    /// Who handles it.
    pub department: String,
    /// What the applicant gets.
    pub result: String,
    /// The law behind it.
    pub basis: Option<String>,
    /// Situations to choose from with one digit.
    pub situations: Vec<Choice>,
}

/// One of several.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

/// How a material stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MaterialState {
    /// Not here.
    Missing,
    /// Here.
    Here,
    /// On the counter, but it will not do.
    Problem,
    /// Owed after a deferral.
    Owed,
    /// Another of its group is here, so it is not needed.
    NotNeeded,
}

/// One line of a checklist.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct MaterialView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// "原件 1".
    pub form: String,
    /// "验原件退还".
    pub handling: String,
    /// Whether the item needs it.
    pub required: bool,
    /// Whether it may follow.
    pub deferrable: bool,
    /// Whether an electronic certificate may stand in.
    pub e_cert: bool,
    /// The group of which one is enough, by a word the rows share.
    pub any_of: Option<String>,
    /// How it stands.
    pub state: MaterialState,
    /// Since when, or what is wrong, or until when it is owed.
    pub note: String,
}

/// How a light is shown: colour, shape and word come from the light, the rest stands here.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct LightView {
    /// Which.
    pub light: Light,
    /// "剩 3 天", "今天", "超期 1 天", "公示".
    pub text: String,
}

/// A case on a list.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct CaseBrief {
    /// Its id.
    pub case: Id,
    /// Its number.
    pub number: String,
    /// The item's name, or 受限事项 for those not entitled.
    pub title: String,
    /// Whose; masked while a resident is being served.
    pub name: String,
    /// Where it stands.
    pub state: State,
    /// In words.
    pub state_text: String,
    /// The day that binds, once it has one.
    pub due: Option<NaiveDate>,
    /// Its light; closed cases have none.
    pub light: Option<LightView>,
    /// 等谁.
    pub waiting_for: String,
    /// The day it was received.
    pub received_on: NaiveDate,
}

/// A paper of a case.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct PaperView {
    /// Its number.
    pub number: String,
    /// Its code: SL, BZ …
    pub code: String,
    /// Its name.
    pub name: String,
    /// Copies printed so far.
    pub prints: u32,
    /// 作废.
    pub is_void: bool,
}

/// One line of the record (办理记录).
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct TimelineView {
    /// "11-24 10:42".
    pub time: String,
    /// The step's name as it travels.
    pub step: String,
    /// What happened, in words.
    pub text: String,
    /// Who.
    pub who: String,
    /// At which station: "1号台".
    pub station: String,
    /// Whether it counts: applied, displaced, not_allowed, repeated, unknown.
    pub effect: String,
    /// Why it does not count.
    pub note: String,
    /// Whether the hub has it.
    pub is_synced: bool,
}

/// What a button needs to know before it can act.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct Ask {
    /// The input field it fills.
    pub field: String,
    /// How it is asked.
    pub kind: AskKind,
    /// What stands beside it.
    pub label: String,
    /// Whether it may stay empty.
    pub required: bool,
    /// The choices, for a choice.
    pub choices: Vec<Choice>,
    /// What it starts with.
    pub value: String,
}

/// How something is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AskKind {
    /// One line.
    Text,
    /// Several lines.
    Remark,
    /// A day.
    Day,
    /// A whole number.
    Number,
    /// One of several, by digit.
    Choice,
    /// Ticks on the case's materials that are listed or owed: fills `brought`.
    Brought,
    /// Lines of a notice: fills `listed`.
    Listed,
    /// Body, address, telephone: fills `go_to`.
    GoTo,
    /// Yes or no.
    Tick,
}

/// A button of a case page.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct ActionView {
    /// The call it makes, with `case` and `seen` added.
    pub call: String,
    /// The step.
    pub step: Step,
    /// What stands on it.
    pub label: String,
    /// Whether it is the likely next step (Ctrl+Enter).
    pub primary: bool,
    /// What to ask first.
    pub asks: Vec<Ask>,
}

/// A case, whole.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct CaseView {
    /// Its id.
    pub case: Id,
    /// Its number.
    pub number: String,
    /// What the screen has seen: send it back with the next step.
    pub seen: Seen,
    /// Where it stands.
    pub state: State,
    /// In words.
    pub state_text: String,
    /// 作废.
    pub is_void: bool,
    /// The item as it stood at receipt.
    pub item: ItemView,
    /// The item's name, or 受限事项.
    pub title: String,
    /// 办理对象.
    pub concerning: Concerning,
    /// The applicant.
    pub applicant: PartyView,
    /// The agent.
    pub agent: Option<Agent>,
    /// How identity was checked, in words.
    pub identity: String,
    /// What the applicant stated.
    pub statement: String,
    /// Service mode.
    pub mode: Mode,
    /// 待录入.
    pub to_enter: bool,
    /// Who took it in.
    pub clerk: String,
    /// The day of receipt.
    pub received_on: NaiveDate,
    /// The last day to answer.
    pub notice_by: NaiveDate,
    /// What the resident shows to pick up.
    pub pick_up_code: String,
    /// The day that binds.
    pub due: Option<NaiveDate>,
    /// The days told to the applicant.
    pub term: Option<Term>,
    /// The day it counts as accepted from, because nobody answered in time.
    pub deemed_on: Option<NaiveDate>,
    /// Its light.
    pub light: Option<LightView>,
    /// How the due day came about, in one line.
    pub due_text: String,
    /// Day by day.
    pub because: Vec<Day>,
    /// 等谁.
    pub waiting_for: String,
    /// The checklist.
    pub materials: Vec<MaterialView>,
    /// Open lines of the notice in force.
    pub listed: Vec<Listed>,
    /// The notice's last day.
    pub supplement_by: Option<NaiveDate>,
    /// What is owed after a deferral.
    pub owed: Vec<Owed>,
    /// The record.
    pub timeline: Vec<TimelineView>,
    /// The papers.
    pub papers: Vec<PaperView>,
    /// What may be done now, the likeliest first.
    pub actions: Vec<ActionView>,
    /// Whether Ctrl+Z takes back the last step.
    pub can_undo: bool,
}

/// A party of a case.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct PartyView {
    /// The person in the register.
    pub person: Option<Id>,
    /// The name.
    pub name: String,
    /// The masked number.
    pub id_masked: String,
}

/// What lies on the counter: the accept screen's own state, sent whole with every question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub(crate) struct Intake {
    /// The item's code.
    pub item: String,
    /// The applicant in the register.
    pub person: Option<Id>,
    /// How their identity was checked.
    pub identity: Option<IdentityInput>,
    /// 办理对象, when not the applicant.
    pub concerning: Option<Concerning>,
    /// 代办人.
    pub agent: Option<AgentInput>,
    /// The situation's digit.
    pub situation: Option<u8>,
    /// Papers that are here and good.
    pub brought: Option<Vec<Brought>>,
    /// Papers that are here and will not do.
    pub problems: Option<Vec<Listed>>,
    /// What the applicant states.
    pub statement: Option<String>,
    /// Service mode.
    pub mode: Option<Mode>,
    /// 待录入.
    pub to_enter: Option<bool>,
}

/// How an identity was checked, with what the clerk typed. The machine compares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct IdentityInput {
    /// How.
    pub how: IdentityHow,
    /// The last four characters, as read from the card.
    #[serde(default)]
    pub last_four: Option<String>,
    /// The whole number, as a card reader types it.
    #[serde(default)]
    pub id_number: Option<String>,
    /// Why there is no document.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Who comes for the applicant, as the clerk types it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct AgentInput {
    /// 亲属 or 委托.
    pub kind: AgentKind,
    /// Their name.
    pub name: String,
    /// Their ID number; kept masked.
    #[serde(default)]
    pub id_number: Option<String>,
    /// What they are to the applicant.
    #[serde(default)]
    pub relation: Option<String>,
    /// How to reach them.
    #[serde(default)]
    pub phone: Option<String>,
    /// The proxy's last day.
    #[serde(default)]
    pub proxy_until: Option<NaiveDate>,
}

/// What the clerk decides at the counter. One action seals receipt and decision together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub(crate) enum Decision {
    /// 收件: taken in, nothing decided yet (待录入 too).
    Receive,
    /// 受理 / 代收.
    Accept,
    /// 一次性告知.
    RequestSupplement {
        /// All that is missing or wrong.
        listed: Vec<Listed>,
    },
    /// 容缺.
    AcceptDeferred {
        /// What may follow; empty for all that is missing, until the due day.
        #[serde(default)]
        owed: Vec<Owed>,
        /// 已签.
        promise_signed: bool,
    },
    /// 不予受理.
    Refuse {
        /// The ground.
        ground: RefusalGround,
        /// In words.
        text: String,
        /// The law.
        #[serde(default)]
        basis: String,
        /// Where to go instead.
        go_to: GoTo,
    },
    /// 当场办结.
    DoAtOnce {
        /// 部门流水号.
        #[serde(default)]
        external_number: String,
        /// What was handed over.
        #[serde(default)]
        result: String,
    },
}

/// A button of the decision bar.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct DecisionView {
    /// `receive`, `accept`, `request_supplement`, `accept_deferred`, `refuse`, `do_at_once`.
    pub decision: String,
    /// What stands on it: 受理, 代收, 一次性告知 …
    pub label: String,
    /// Whether the screen preselects it: the lawful one.
    pub preselected: bool,
    /// What to ask first.
    pub asks: Vec<Ask>,
    /// Why it cannot be taken, where it cannot.
    pub refusal: Option<RefusalView>,
}

/// What the accept screen shows for what lies on the counter.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct CounterView {
    /// The item; nothing until one is chosen.
    pub item: Option<ItemView>,
    /// The applicant; nothing until one is chosen. The end of the ID number shows once checked.
    pub applicant: Option<PersonCard>,
    /// Whether identity is settled.
    pub identity_checked: bool,
    /// The checklist: missing first, held below.
    pub materials: Vec<MaterialView>,
    /// How many requirements are not met.
    pub missing: u32,
    /// How many are.
    pub held: u32,
    /// What may be decided.
    pub decisions: Vec<DecisionView>,
    /// The day that would bind.
    pub term: Option<Term>,
    /// Lines of the right pane: label and text.
    pub outlook: Vec<OutlookLine>,
    /// The supplement's last day, if a notice goes out today.
    pub supplement_by: Option<NaiveDate>,
    /// Lines a notice would have.
    pub listed: Vec<Listed>,
    /// Open cases of the same person and item.
    pub same_open: Vec<CaseBrief>,
}

/// A line that says what will come.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub(crate) struct OutlookLine {
    /// 受理, 到期, 打印 …
    pub label: String,
    /// What.
    pub text: String,
}
