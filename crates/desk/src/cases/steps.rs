//! The steps of a case as commands: load, ask the rule, write its event.

use serde::Deserialize;
use ts_rs::TS;
use yichuang_domain::{
    cases::{
        case::Case,
        event::CaseEvent,
        rules::{self, Context, deemed_on},
        transition::Step,
    },
    office::staff::{Action, Staff},
    record::{Change, Id, Seen},
    refusal::Refusal,
};

use super::{counter::show, view::CaseView};
use crate::{
    answer::Stop,
    call::{Command, Draft},
    clock::day_of,
    see::View,
    words,
};

/// Loads the case, writes down first that it counts as accepted if nobody answered in time, then
/// asks the rule.
fn step(
    view: &View<'_>,
    case: &str,
    seen: Option<Seen>,
    wanted: Step,
    rule: impl FnOnce(&Case, &Context<'_>) -> Result<CaseEvent, Refusal>,
) -> Result<Draft<CaseView>, Stop> {
    let (case, record) = view.case(case)?;
    view.require_fresh(&record, seen)?;
    let context = view.context();
    let mut events = Vec::new();
    let is_deemed = deemed_on(&case, view.today()).is_some();
    if is_deemed && wanted != Step::Correct {
        let deem = rules::deem(&case, &context)?;
        if matches!(wanted, Step::Deem | Step::Accept) {
            events.push(deem);
        } else {
            let mut deemed = case.clone();
            deemed.deem(&deem);
            events.push(deem);
            events.push(rule(&deemed, &context)?);
        }
    } else {
        events.push(rule(&case, &context)?);
    }
    let id = case.id;
    let changes: Vec<Change> = events.iter().filter_map(|event| event.change(id)).collect();
    Ok(Draft {
        changes,
        then: Box::new(move |view| show(id, view)),
    })
}

macro_rules! steps {
    ($($(#[$about:meta])* $name:ident = $call:literal, $text:literal, $step:ident, $input:ty, |$case:ident, $in:ident, $context:ident| $rule:expr;)*) => {
        $(
            $(#[$about])*
            #[derive(Deserialize, TS)]
            pub(crate) struct $name {
                /// The case: its number or id.
                pub case: String,
                /// What the screen had seen; scripts may leave it out.
                #[serde(default)]
                #[ts(optional)]
                pub seen: Option<Seen>,
                /// What the step asks.
                #[serde(flatten)]
                pub input: $input,
            }

            impl Command for $name {
                const NAME: &'static str = $call;
                const ABOUT: &'static str = $text;
                const ACTION: Action = Action::HandleCases;
                type Output = CaseView;

                fn decide(&self, view: &View<'_>) -> Result<Draft<CaseView>, Stop> {
                    let $in = &self.input;
                    step(view, &self.case, self.seen, Step::$step, |$case, $context| $rule)
                }
            }
        )*
    };
}

/// What came since receipt.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
pub(crate) struct Since {
    /// Papers that came since receipt.
    pub brought: Option<Vec<yichuang_domain::cases::event::Brought>>,
}

steps! {
    /// 受理 / 代收
    AcceptCase = "accept_case", "Accepts a received case: every required paper is here (代收 where we only collect).",
        Accept, Since, |case, input, context| rules::accept(case, input.brought.clone().unwrap_or_default(), context);
    /// 容缺受理
    AcceptDeferredCase = "accept_deferred_case", "Accepts with deferrable papers to follow, after the promise was signed.",
        AcceptDeferred, rules::AcceptDeferred, |case, input, context| rules::accept_deferred(case, input.clone(), context);
    /// 一次性补正告知
    RequestSupplement = "request_supplement", "Gives the one-time notice: everything that is missing, told once.",
        RequestSupplement, rules::RequestSupplement, |case, input, context| rules::request_supplement(case, input.clone(), context);
    /// 补件
    SupplyMaterials = "supply_materials", "Takes what the applicant brings; the last listed paper accepts the case.",
        Supply, rules::Supply, |case, input, context| rules::supply(case, input.clone(), context);
    /// 逾期退件
    LapseCase = "lapse_case", "Returns a case whose supplement never came, with a call on record.",
        Lapse, rules::Lapse, |case, input, context| rules::lapse(case, input, context);
    /// 不予受理
    RefuseCase = "refuse_case", "Refuses an application in writing, naming the right body.",
        Refuse, rules::Refuse, |case, input, context| rules::refuse(case, input.clone(), context);
    /// 撤回
    WithdrawCase = "withdraw_case", "Takes an application back; the applicant or an entitled agent signs.",
        Withdraw, rules::Withdraw, |case, input, context| rules::withdraw(case, input, context);
    /// 转办
    ForwardCase = "forward_case", "Hands the papers to the department, with a signed list or batch number.",
        Forward, rules::Forward, |case, input, context| rules::forward(case, input, context);
    /// 退回
    SendBackCase = "send_back_case", "Notes that the department sent the case back.",
        SendBack, rules::SendBack, |case, input, context| rules::send_back(case, input, context);
    /// 部门要求补正
    DepartmentSupplementCase = "department_supplement_case", "Passes the department's supplement notice on.",
        DepartmentSupplement, rules::DepartmentSupplement, |case, input, context| rules::department_supplement(case, input.clone(), context);
    /// 部门不予受理
    DepartmentRefuseCase = "department_refuse_case", "Notes the department's refusal.",
        DepartmentRefuse, rules::DepartmentRefuse, |case, input, context| rules::department_refuse(case, input, context);
    /// 部门受理
    DepartmentAcceptCase = "department_accept_case", "Notes the department's acceptance; its clock starts.",
        DepartmentAccept, rules::DepartmentAccept, |case, input, context| rules::department_accept(case, input, context);
    /// 特别程序
    PauseCase = "pause_case", "Stops the clock for a special procedure.",
        Pause, rules::PauseFor, |case, input, context| rules::pause(case, input, context);
    /// 办结
    DecideCase = "decide_case", "Decides a case: approved or denied.",
        Decide, rules::Decide, |case, input, context| rules::decide(case, input, context);
    /// 终止
    TerminateCase = "terminate_case", "Ends a case without an outcome.",
        Terminate, rules::Terminate, |case, input, context| rules::terminate(case, input, context);
    /// 送达
    DeliverCase = "deliver_case", "Hands the result over, against a signature or a tracking number.",
        Deliver, rules::Deliver, |case, input, context| rules::deliver(case, input, context);
    /// 当场办结
    DoAtOnceCase = "do_at_once_case", "Finishes an instant item; with the department's serial number where its system was needed.",
        DoAtOnce, rules::DoAtOnce, |case, input, context| rules::do_at_once(case, input.clone(), context);
}

/// Steps that ask nothing.
macro_rules! bare_steps {
    ($($(#[$about:meta])* $name:ident = $call:literal, $text:literal, $step:ident, $rule:path;)*) => {
        $(
            $(#[$about])*
            #[derive(Deserialize, TS)]
            pub(crate) struct $name {
                /// The case: its number or id.
                pub case: String,
                /// What the screen had seen; scripts may leave it out.
                #[serde(default)]
                #[ts(optional)]
                pub seen: Option<Seen>,
            }

            impl Command for $name {
                const NAME: &'static str = $call;
                const ABOUT: &'static str = $text;
                const ACTION: Action = Action::HandleCases;
                type Output = CaseView;

                fn decide(&self, view: &View<'_>) -> Result<Draft<CaseView>, Stop> {
                    step(view, &self.case, self.seen, Step::$step, $rule)
                }
            }
        )*
    };
}

bare_steps! {
    /// 恢复
    ResumeCase = "resume_case", "Lets the clock run on.", Resume, rules::resume;
    /// 归档
    ArchiveCase = "archive_case", "Files a delivered case away.", Archive, rules::archive;
    /// 视为受理
    DeemCase = "deem_case", "Writes down that a case counts as accepted, because nobody answered in time.", Deem, rules::deem;
}

/// 延期
#[derive(Deserialize, TS)]
pub(crate) struct ExtendCase {
    /// The case: its number or id.
    pub case: String,
    /// What the screen had seen; scripts may leave it out.
    #[serde(default)]
    #[ts(optional)]
    pub seen: Option<Seen>,
    /// What the step asks.
    #[serde(flatten)]
    pub input: rules::Extend,
}

impl Command for ExtendCase {
    const NAME: &'static str = "extend_case";
    const ABOUT: &'static str = "Stretches the limit once, with a supervisor's approval.";
    const ACTION: Action = Action::HandleCases;
    type Output = CaseView;

    fn decide(&self, view: &View<'_>) -> Result<Draft<CaseView>, Stop> {
        let approver: &Staff = view
            .session
            .staff
            .iter()
            .find(|one| {
                one.name == self.input.approver || one.id.to_string() == self.input.approver
            })
            .ok_or_else(|| Stop::Refused(Refusal::UnknownStaff, Some("approver".to_owned())))?;
        step(
            view,
            &self.case,
            self.seen,
            Step::Extend,
            |case, context| rules::extend(case, &self.input, approver, context),
        )
    }
}

/// 更正
#[derive(Deserialize, TS)]
pub(crate) struct CorrectCase {
    /// The case: its number or id.
    pub case: String,
    /// What the screen had seen; scripts may leave it out.
    #[serde(default)]
    #[ts(optional)]
    pub seen: Option<Seen>,
    /// Why.
    pub reason: String,
}

impl Command for CorrectCase {
    const NAME: &'static str = "correct_case";
    const ABOUT: &'static str =
        "Takes back the last step, the same day, by who did it; its paper is void.";
    const ACTION: Action = Action::HandleCases;
    type Output = CaseView;

    fn decide(&self, view: &View<'_>) -> Result<Draft<CaseView>, Stop> {
        step(
            view,
            &self.case,
            self.seen,
            Step::Correct,
            |case, context| rules::correct(case, &self.reason, day_of, context),
        )
    }
}

/// 撤销: takes back this person's last step.
#[derive(Deserialize, TS)]
pub(crate) struct Undo {}

impl Command for Undo {
    const NAME: &'static str = "undo";
    const ABOUT: &'static str = "Takes back this person's last step.";
    const ACTION: Action = Action::HandleCases;
    type Output = CaseView;

    fn decide(&self, view: &View<'_>) -> Result<Draft<CaseView>, Stop> {
        let last: Id = view
            .session
            .moved
            .last()
            .copied()
            .ok_or(Refusal::NothingToCorrect)?;
        step(
            view,
            &last.to_string(),
            None,
            Step::Correct,
            |case, context| rules::correct(case, words::UNDONE, day_of, context),
        )
    }
}

/// 作废
#[derive(Deserialize, TS)]
pub(crate) struct VoidCase {
    /// The case: its number or id.
    pub case: String,
    /// What the screen had seen; scripts may leave it out.
    #[serde(default)]
    #[ts(optional)]
    pub seen: Option<Seen>,
    /// Why.
    pub reason: String,
}

impl Command for VoidCase {
    const NAME: &'static str = "void_case";
    const ABOUT: &'static str = "Takes the effect from a whole case; a supervisor, with a reason.";
    const ACTION: Action = Action::Void;
    type Output = CaseView;

    fn decide(&self, view: &View<'_>) -> Result<Draft<CaseView>, Stop> {
        let (case, record) = view.case(&self.case)?;
        view.require_fresh(&record, self.seen)?;
        let change = rules::void_case(&case, &self.reason, &view.context())?;
        let id = case.id;
        Ok(Draft {
            changes: vec![change],
            then: Box::new(move |view| show(id, view)),
        })
    }
}
