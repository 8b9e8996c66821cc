//! Steps of a case in words: buttons, and lines of the record.

use yichuang_domain::cases::{
    case::Case,
    event::{CaseEvent, Listed},
    item::{Item, Role},
    transition::Step,
};

use super::{Language, day, department, outcome, procedure, reason as said, termination};

/// A step as a button says it.
pub(crate) fn step(step: Step, role: Role, language: Language) -> &'static str {
    let collects = role == Role::Collects;
    let (zh, en) = match step {
        Step::Receive => ("收件", "Receive"),
        Step::Accept if collects => ("代收", "Collect"),
        Step::Accept => ("受理", "Accept"),
        Step::AcceptDeferred if collects => ("容缺代收", "Collect, papers to follow"),
        Step::AcceptDeferred => ("容缺受理", "Accept, papers to follow"),
        Step::RequestSupplement => ("一次性告知", "One-time notice"),
        Step::Supply => ("补件", "Supply"),
        Step::Lapse => ("逾期退件", "Return, not supplied"),
        Step::Refuse => ("不予受理", "Refuse"),
        Step::Withdraw => ("撤回", "Withdraw"),
        Step::Forward => ("转办", "Forward"),
        Step::SendBack => ("部门退回", "Sent back"),
        Step::DepartmentSupplement => ("部门补正", "Department asks more"),
        Step::DepartmentRefuse => ("部门不予受理", "Department refuses"),
        Step::DepartmentAccept => ("部门受理", "Department accepts"),
        Step::Pause => ("挂起", "Pause"),
        Step::Resume => ("恢复", "Resume"),
        Step::Extend => ("延期", "Extend"),
        Step::Decide => ("办结", "Decide"),
        Step::Terminate => ("终止", "End"),
        Step::Deliver => ("送达", "Deliver"),
        Step::Archive => ("归档", "Archive"),
        Step::Deem => ("视为受理", "Deemed accepted"),
        Step::DoAtOnce => ("当场办结", "Finish at once"),
        Step::Correct => ("更正", "Correct"),
    };
    language.pick(zh, en)
}

/// A decision at the counter, as its button says it.
pub(crate) fn decision(name: &str, role: Role, language: Language) -> String {
    if name == "receive" {
        return language
            .pick("先收件，待录入", "Receive, enter later")
            .to_owned();
    }
    Step::named(name).map_or_else(String::new, |named| step(named, role, language).to_owned())
}

/// What a happening says in the record.
pub(crate) fn happening(case: &Case, event: &CaseEvent, language: Language) -> String {
    let role = case.item().role;
    let name = event
        .step()
        .map_or(language.pick("打印", "Printed"), |one| {
            step(one, role, language)
        });
    let more = match event {
        CaseEvent::Accept { term, .. }
        | CaseEvent::DoAtOnce { term, .. }
        | CaseEvent::Deem { term }
        | CaseEvent::Resume { term, .. } => until(term.due, language),
        CaseEvent::AcceptDeferred { term, owed, .. } => format!(
            "{} · {} {}",
            until(term.due, language),
            language.pick("欠", "owing"),
            owed.len()
        ),
        CaseEvent::RequestSupplement {
            listed, last_day, ..
        }
        | CaseEvent::DepartmentSupplement {
            listed, last_day, ..
        } => {
            let names: Vec<String> = listed
                .iter()
                .map(|line| listed_name(case.item(), line, language))
                .collect();
            format!("{} · {}", language.list(&names), until(*last_day, language))
        }
        CaseEvent::Supply {
            brought, others, ..
        } => {
            let mut names: Vec<String> = brought
                .iter()
                .filter_map(|one| case.item().material(&one.material))
                .map(|material| language.of(&material.name))
                .collect();
            names.extend(others.iter().cloned());
            language.list(&names)
        }
        CaseEvent::Lapse { call, .. } => call.clone(),
        CaseEvent::Refuse { text, .. } => text.clone(),
        CaseEvent::Withdraw { reason, .. }
        | CaseEvent::SendBack { reason, .. }
        | CaseEvent::Correct { reason, .. } => said(reason, language),
        CaseEvent::DepartmentRefuse {
            external_number,
            reason,
            ..
        } => {
            format!("{external_number} {reason}")
        }
        CaseEvent::Forward {
            department: named,
            batch,
            ..
        } => format!("{} · {batch}", department(case.item(), named, language)),
        CaseEvent::DepartmentAccept {
            external_number,
            term,
        } => {
            format!("{external_number} · {}", until(term.due, language))
        }
        CaseEvent::Pause {
            procedure: which,
            expected_days,
            ..
        } => format!(
            "{} · {expected_days} {}",
            procedure(*which, language),
            language.pick("天", "days")
        ),
        CaseEvent::Extend {
            reason,
            approver_name,
            term,
            ..
        } => {
            format!("{reason} · {approver_name} · {}", until(term.due, language))
        }
        CaseEvent::Decide {
            outcome: how,
            external_number,
            reason,
            ..
        } => {
            format!("{} {external_number} {reason}", outcome(*how, language))
        }
        CaseEvent::Terminate { cause, note, .. } => {
            format!("{} {note}", termination(*cause, language))
        }
        CaseEvent::Deliver { name, proof, .. } => format!("{name} · {proof}"),
        CaseEvent::Print { document, copies } => format!("{document} ×{copies}"),
        CaseEvent::Receive(_) | CaseEvent::Archive { .. } => String::new(),
    };
    format!("{name} {}", more.trim()).trim_end().to_owned()
}

/// A line of a notice, which is written in Chinese: a whole material has its English name, too.
fn listed_name(item: &Item, line: &Listed, language: Language) -> String {
    let material = line
        .material
        .as_deref()
        .and_then(|code| item.material(code));
    match material {
        Some(material) if material.name.zh == line.name => language.of(&material.name),
        Some(_) | None => line.name.clone(),
    }
}

fn until(due: chrono::NaiveDate, language: Language) -> String {
    match language {
        Language::Zh => format!("到 {}", day(due, language)),
        Language::En => format!("until {}", day(due, language)),
    }
}
