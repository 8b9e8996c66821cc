//! What may be done with a case now, and what each button asks first.

use yichuang_domain::{
    cases::{
        case::Case,
        item::{Item, Kind, Mode, Role},
        rules::deemed_on,
        transition::{State, Step},
    },
    office::staff::{Action, may},
};

use super::view::{ActionView, Ask, AskKind, Choice};
use crate::{
    see::View,
    words::{self, Language},
};

/// The call that makes a step.
pub(crate) const fn call_of(step: Step) -> &'static str {
    match step {
        Step::Receive => "receive_case",
        Step::Accept => "accept_case",
        Step::AcceptDeferred => "accept_deferred_case",
        Step::RequestSupplement => "request_supplement",
        Step::Supply => "supply_materials",
        Step::Lapse => "lapse_case",
        Step::Refuse => "refuse_case",
        Step::Withdraw => "withdraw_case",
        Step::Forward => "forward_case",
        Step::SendBack => "send_back_case",
        Step::DepartmentSupplement => "department_supplement_case",
        Step::DepartmentRefuse => "department_refuse_case",
        Step::DepartmentAccept => "department_accept_case",
        Step::Pause => "pause_case",
        Step::Resume => "resume_case",
        Step::Extend => "extend_case",
        Step::Decide => "decide_case",
        Step::Terminate => "terminate_case",
        Step::Deliver => "deliver_case",
        Step::Archive => "archive_case",
        Step::Deem => "deem_case",
        Step::DoAtOnce => "do_at_once_case",
        Step::Correct => "correct_case",
    }
}

/// The order of the buttons: the likeliest first.
const ORDER: [Step; 22] = [
    Step::DoAtOnce,
    Step::Supply,
    Step::Deem,
    Step::Accept,
    Step::RequestSupplement,
    Step::AcceptDeferred,
    Step::Forward,
    Step::DepartmentAccept,
    Step::Resume,
    Step::Decide,
    Step::Deliver,
    Step::Archive,
    Step::DepartmentSupplement,
    Step::SendBack,
    Step::DepartmentRefuse,
    Step::Pause,
    Step::Extend,
    Step::Lapse,
    Step::Refuse,
    Step::Withdraw,
    Step::Terminate,
    Step::Correct,
];

/// The steps a case may take now.
pub(crate) fn actions(case: &Case, view: &View<'_>) -> Vec<ActionView> {
    if case.is_void || may(&view.session.actor, Action::HandleCases).is_err() {
        return Vec::new();
    }
    let language = view.language();
    let offered = ORDER
        .into_iter()
        .filter(|step| is_offered(*step, case, view));
    offered
        .enumerate()
        .map(|(place, step)| ActionView {
            call: call_of(step).to_owned(),
            step,
            label: words::step(step, case.item().role, language).to_owned(),
            primary: place == 0,
            asks: asks(step, case, view),
        })
        .collect()
}

/// What the table allows and this case has a use for.
fn is_offered(step: Step, case: &Case, view: &View<'_>) -> bool {
    if !step.is_allowed_from(case.state) {
        return false;
    }
    let item = case.item();
    let collects = item.role == Role::Collects;
    let missing = || !yichuang_domain::cases::rules::missing_now(case, &[]).is_empty();
    let deemed = deemed_on(case, view.today()).is_some();
    match step {
        Step::Deem => deemed,
        Step::Accept => !deemed && item.kind == Kind::Promise,
        Step::DoAtOnce => !deemed && item.kind == Kind::Instant,
        Step::RequestSupplement if case.state == State::Supplement => {
            !case.supplement_is_departments
                && may(&view.session.actor, Action::OverrideNotice).is_ok()
        }
        Step::RequestSupplement => !deemed && missing(),
        Step::AcceptDeferred => !deemed && item.kind == Kind::Promise && missing(),
        Step::Refuse => !deemed && !collects,
        Step::Supply => case.state == State::Supplement || !case.owed.is_empty(),
        Step::Forward => item.handler.mode != Mode::Decides,
        Step::DepartmentAccept => collects && case.department_number.is_none(),
        Step::Extend => case.extension.is_none(),
        Step::Lapse => case.supplement_by.is_some_and(|last| view.today() > last),
        Step::Correct => {
            let day_of = crate::clock::day_of;
            yichuang_domain::cases::rules::correct(case, "-", day_of, &view.context()).is_ok()
        }
        Step::Decide => item.handler.mode == Mode::Decides || case.state == State::Forwarded,
        _ => true,
    }
}

fn asks(step: Step, case: &Case, view: &View<'_>) -> Vec<Ask> {
    let language = view.language();
    let ask = |field: &str, kind, required| Ask {
        field: field.to_owned(),
        kind,
        label: words::field(field, language),
        required,
        choices: Vec::new(),
        value: String::new(),
    };
    let pick = |field: &str, choices: Vec<Choice>| Ask {
        choices,
        ..ask(field, AskKind::Choice, true)
    };
    let today = || view.today().to_string();
    match step {
        Step::Supply if case.receipt.agent.is_some() => vec![
            ask("brought", AskKind::Brought, true),
            pick("by", signers(case, language)),
        ],
        Step::Supply => vec![ask("brought", AskKind::Brought, true)],
        Step::Lapse => vec![ask("call", AskKind::Remark, true)],
        Step::Withdraw => {
            vec![
                pick("signed_by", signers(case, language)),
                ask("reason", AskKind::Text, true),
            ]
        }
        Step::Forward => vec![ask("batch", AskKind::Text, true)],
        Step::SendBack | Step::Correct => vec![ask("reason", AskKind::Remark, true)],
        Step::DepartmentSupplement => vec![
            ask("external_number", AskKind::Text, true),
            ask("listed", AskKind::Listed, true),
            ask("last_day", AskKind::Day, true),
        ],
        Step::DepartmentRefuse => {
            vec![
                ask("external_number", AskKind::Text, true),
                ask("reason", AskKind::Remark, true),
            ]
        }
        Step::DepartmentAccept => vec![
            Ask {
                value: today(),
                ..ask("on", AskKind::Day, true)
            },
            ask("external_number", AskKind::Text, true),
        ],
        Step::Pause => vec![
            pick("procedure", procedures(language)),
            ask("expected_days", AskKind::Number, true),
        ],
        Step::Extend => vec![
            pick("approver", approvers(view)),
            ask("reason", AskKind::Remark, true),
        ],
        Step::Decide => vec![
            pick("outcome", outcomes(language)),
            ask("external_number", AskKind::Text, false),
            ask("reason", AskKind::Remark, false),
        ],
        Step::Terminate => {
            vec![
                pick("cause", causes(language)),
                ask("note", AskKind::Remark, false),
            ]
        }
        Step::Deliver => vec![
            pick("method", methods(language)),
            pick("recipient", signers(case, language)),
            ask("proof", AskKind::Text, true),
        ],
        Step::RequestSupplement if case.state == State::Supplement => {
            let mut asks = decision_asks(step.name(), case.item(), language);
            asks.push(ask("override_reason", AskKind::Remark, true));
            asks
        }
        Step::Refuse | Step::DoAtOnce | Step::AcceptDeferred | Step::RequestSupplement => {
            decision_asks(step.name(), case.item(), language)
        }
        Step::Receive | Step::Accept | Step::Resume | Step::Archive | Step::Deem => Vec::new(),
    }
}

/// What a decision at the counter asks first.
pub(crate) fn decision_asks(name: &str, item: &Item, language: Language) -> Vec<Ask> {
    let ask = |field: &str, kind, required| Ask {
        field: field.to_owned(),
        kind,
        label: words::field(field, language),
        required,
        choices: Vec::new(),
        value: String::new(),
    };
    match name {
        "request_supplement" => vec![ask("listed", AskKind::Listed, true)],
        "accept_deferred" => vec![ask("promise_signed", AskKind::Tick, true)],
        "refuse" => vec![
            Ask {
                choices: grounds(language),
                ..ask("ground", AskKind::Choice, true)
            },
            ask("text", AskKind::Remark, true),
            ask("basis", AskKind::Text, false),
            ask("go_to", AskKind::GoTo, true),
        ],
        "do_at_once" if item.needs_network => vec![Ask {
            label: language
                .pick("部门流水号", "Department's serial number")
                .to_owned(),
            ..ask("external_number", AskKind::Text, true)
        }],
        _ => Vec::new(),
    }
}

fn choice(value: &str, label: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        label: label.to_owned(),
    }
}

fn signers(case: &Case, language: Language) -> Vec<Choice> {
    let applicant = language.pick("申请人", "Applicant");
    let mut choices = vec![choice(
        "applicant",
        &format!("{applicant} {}", case.receipt.applicant.name),
    )];
    if let Some(agent) = &case.receipt.agent {
        let word = language.pick("代办人", "Agent");
        choices.push(choice("agent", &format!("{word} {}", agent.name)));
    }
    choices
}

fn procedures(language: Language) -> Vec<Choice> {
    use yichuang_domain::cases::event::Procedure;
    [
        ("publicity", Procedure::Publicity),
        ("hearing", Procedure::Hearing),
        ("site_check", Procedure::SiteCheck),
        ("assessment", Procedure::Assessment),
        ("expert_review", Procedure::ExpertReview),
        ("letter_check", Procedure::LetterCheck),
    ]
    .into_iter()
    .map(|(value, procedure)| choice(value, words::procedure(procedure, language)))
    .collect()
}

fn outcomes(language: Language) -> Vec<Choice> {
    use yichuang_domain::cases::event::Outcome;
    [("approved", Outcome::Approved), ("denied", Outcome::Denied)]
        .into_iter()
        .map(|(value, outcome)| choice(value, words::outcome(outcome, language)))
        .collect()
}

fn causes(language: Language) -> Vec<Choice> {
    use yichuang_domain::cases::event::TerminationCause;
    [
        ("owed_date_passed", TerminationCause::OwedDatePassed),
        ("applicant_died", TerminationCause::ApplicantDied),
        ("duplicate_case", TerminationCause::DuplicateCase),
        ("item_abolished", TerminationCause::ItemAbolished),
    ]
    .into_iter()
    .map(|(value, cause)| choice(value, words::termination(cause, language)))
    .collect()
}

fn methods(language: Language) -> Vec<Choice> {
    [
        choice("in_person", language.pick("直接送达", "In person")),
        choice("agent", language.pick("代办人领取", "Agent")),
        choice("post", language.pick("邮寄", "Post")),
        choice("home", language.pick("上门送达", "At home")),
        choice("electronic", language.pick("电子送达", "Electronic")),
    ]
    .into()
}

fn grounds(language: Language) -> Vec<Choice> {
    [
        choice("not_needed", language.pick("不需要办理", "Not needed")),
        choice(
            "not_ours",
            language.pick("不属于本窗口职权", "Not this window's"),
        ),
        choice(
            "conditions_not_met",
            language.pick("不符合条件", "Conditions not met"),
        ),
        choice(
            "false_materials",
            language.pick("材料虚假", "False materials"),
        ),
    ]
    .into()
}

fn approvers(view: &View<'_>) -> Vec<Choice> {
    view.session
        .staff
        .iter()
        .filter(|one| one.id != view.session.actor.id && may(one, Action::ApproveExtension).is_ok())
        .map(|one| choice(&one.id.to_string(), &one.name))
        .collect()
}
