//! The one table of a case's steps (domain standard: states and transitions of the window).
//!
//! The fold, the rules, their tests and the stories in the browser all read this table; nobody
//! writes a second one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a case stands (办件状态). `draft` is local and never a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 已收件: taken in; the notice clock runs.
    Received,
    /// 待补正: the applicant owes what the notice lists.
    Supplement,
    /// 已受理, or 已代收 where we only collect.
    Accepted,
    /// 已转办: with the department.
    Forwarded,
    /// 已挂起: a special procedure stops the clock.
    Paused,
    /// 已办结: there is an outcome to hand over.
    Decided,
    /// 已送达.
    Delivered,
    /// 已归档.
    Archived,
    /// 不予受理.
    Refused,
    /// 已撤回.
    Withdrawn,
    /// 已退件.
    Returned,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 11] = [
        Self::Received,
        Self::Supplement,
        Self::Accepted,
        Self::Forwarded,
        Self::Paused,
        Self::Decided,
        Self::Delivered,
        Self::Archived,
        Self::Refused,
        Self::Withdrawn,
        Self::Returned,
    ];

    /// Whether nothing follows: only a correction entry may be added.
    pub const fn is_terminal(self) -> bool {
        matches!(
            self,
            Self::Archived | Self::Refused | Self::Withdrawn | Self::Returned
        )
    }

    /// Whether somebody still works on it.
    pub const fn is_open(self) -> bool {
        !self.is_terminal() && !matches!(self, Self::Delivered)
    }
}

/// A step of a case, by its name as it travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// 收件
    Receive,
    /// 受理 / 代收
    Accept,
    /// 容缺受理
    AcceptDeferred,
    /// 一次性补正告知
    RequestSupplement,
    /// 补件
    Supply,
    /// 逾期退件
    Lapse,
    /// 不予受理
    Refuse,
    /// 撤回
    Withdraw,
    /// 转办
    Forward,
    /// 退回
    SendBack,
    /// 部门要求补正
    DepartmentSupplement,
    /// 部门不予受理
    DepartmentRefuse,
    /// 部门受理
    DepartmentAccept,
    /// 特别程序
    Pause,
    /// 恢复
    Resume,
    /// 延期
    Extend,
    /// 办结
    Decide,
    /// 终止
    Terminate,
    /// 送达
    Deliver,
    /// 归档
    Archive,
    /// 视为受理
    Deem,
    /// 当场办结
    DoAtOnce,
    /// 更正
    Correct,
}

/// One row of the table.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct Transition {
    /// The row's number in the standard.
    pub number: &'static str,
    /// The step.
    pub step: Step,
    /// States it may start from; empty for the step that makes the case.
    pub from: &'static [State],
    /// States it may end in; empty where it ends in the state it started from or the one before.
    pub to: &'static [State],
}

use State::{
    Accepted, Archived, Decided, Delivered, Forwarded, Paused, Received, Refused, Returned,
    Supplement, Withdrawn,
};

const fn row(
    number: &'static str,
    step: Step,
    from: &'static [State],
    to: &'static [State],
) -> Transition {
    Transition {
        number,
        step,
        from,
        to,
    }
}

const UNDECIDED: &[State] = &[Received, Supplement, Accepted, Forwarded, Paused];
const IN_HAND: &[State] = &[Accepted, Forwarded];

/// All steps, allowed and, by what is not here, forbidden.
pub const TRANSITIONS: &[Transition] = &[
    row("1", Step::Receive, &[], &[Received]),
    row("2", Step::Accept, &[Received], &[Accepted]),
    row("3", Step::AcceptDeferred, &[Received], &[Accepted]),
    row("4", Step::RequestSupplement, &[Received], &[Supplement]),
    // A second notice: only a supervisor's, with a reason.
    row("4b", Step::RequestSupplement, &[Supplement], &[Supplement]),
    row(
        "5",
        Step::Supply,
        &[Supplement],
        &[Supplement, Accepted, Forwarded],
    ),
    // What a deferral left owing arrives: the state stays, the debt shrinks.
    row("5b", Step::Supply, &[Accepted, Forwarded, Paused], &[]),
    row("6", Step::Lapse, &[Supplement], &[Returned]),
    row("7", Step::Refuse, &[Received], &[Refused]),
    row("8", Step::Withdraw, UNDECIDED, &[Withdrawn]),
    row("9", Step::Forward, &[Accepted], &[Forwarded]),
    row("10a", Step::SendBack, &[Forwarded], &[Accepted]),
    row(
        "10b",
        Step::DepartmentSupplement,
        &[Forwarded],
        &[Supplement],
    ),
    row("10c", Step::DepartmentRefuse, &[Forwarded], &[Refused]),
    row("10d", Step::DepartmentAccept, &[Forwarded], &[]),
    row("11", Step::Pause, IN_HAND, &[Paused]),
    row("12", Step::Resume, &[Paused], &[Accepted, Forwarded]),
    row("13", Step::Extend, IN_HAND, &[]),
    row("14", Step::Decide, IN_HAND, &[Decided]),
    row("15", Step::Terminate, UNDECIDED, &[Decided]),
    row("16", Step::Deliver, &[Decided], &[Delivered]),
    row("17", Step::Archive, &[Delivered], &[Archived]),
    row("18", Step::Deem, &[Received], &[Accepted]),
    row("19", Step::DoAtOnce, &[Received], &[Decided]),
    row(
        "20",
        Step::Correct,
        &[
            Received, Supplement, Accepted, Forwarded, Paused, Decided, Delivered,
        ],
        &[],
    ),
];

impl Step {
    /// Whether the table lets this step start from `state`.
    pub fn is_allowed_from(self, state: State) -> bool {
        TRANSITIONS
            .iter()
            .any(|row| row.step == self && row.from.contains(&state))
    }

    /// The name as it travels and as the terminal says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Receive => "receive",
            Self::Accept => "accept",
            Self::AcceptDeferred => "accept_deferred",
            Self::RequestSupplement => "request_supplement",
            Self::Supply => "supply",
            Self::Lapse => "lapse",
            Self::Refuse => "refuse",
            Self::Withdraw => "withdraw",
            Self::Forward => "forward",
            Self::SendBack => "send_back",
            Self::DepartmentSupplement => "department_supplement",
            Self::DepartmentRefuse => "department_refuse",
            Self::DepartmentAccept => "department_accept",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Extend => "extend",
            Self::Decide => "decide",
            Self::Terminate => "terminate",
            Self::Deliver => "deliver",
            Self::Archive => "archive",
            Self::Deem => "deem",
            Self::DoAtOnce => "do_at_once",
            Self::Correct => "correct",
        }
    }

    /// The step of this name.
    pub fn named(name: &str) -> Option<Self> {
        TRANSITIONS
            .iter()
            .map(|row| row.step)
            .find(|step| step.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_nothing_leaves_a_terminal_state() {
        for state in State::ALL.into_iter().filter(|state| state.is_terminal()) {
            for row in TRANSITIONS {
                assert!(
                    !row.step.is_allowed_from(state),
                    "{:?} from {state:?}",
                    row.step
                );
            }
        }
    }

    #[test]
    fn every_state_can_be_reached() {
        for state in State::ALL {
            let reached = TRANSITIONS.iter().any(|row| row.to.contains(&state));
            assert!(reached, "{state:?}");
        }
    }

    #[test]
    fn names_read_back() {
        for row in TRANSITIONS {
            assert_eq!(Step::named(row.step.name()), Some(row.step));
        }
        assert_eq!(Step::named("approve"), None);
    }
}
