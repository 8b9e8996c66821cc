//! Accepting a case (受理): every required paper is on the counter, and the clock starts. With
//! something owing by the applicant's choice (容缺), by silence (视为受理), or finished on the spot.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Context, counted, missing_now, names_of, require_known, require_step, require_text, term_from,
};
use crate::{
    cases::{
        case::Case,
        event::{Brought, CaseEvent, Owed, Term},
        item::{Kind, Material, Role},
        transition::{State, Step},
    },
    refusal::Refusal,
};

/// Accepts a received case and fixes the day it is due. Where we only collect, this is 代收, and the
/// days are what is expected of the department.
///
/// # Errors
///
/// Refuses a case that is not waiting at the counter, and one that lacks required materials: all of
/// them are named, because the law allows one notice only (Administrative Licensing Law, art. 32).
pub fn accept(
    case: &Case,
    brought: Vec<Brought>,
    context: &Context<'_>,
) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::Accept)?;
    require_known(case.item(), &brought)?;
    let missing = missing_now(case, &brought);
    if !missing.is_empty() {
        return Err(Refusal::MaterialsMissing {
            missing: names_of(case, &missing),
        });
    }
    Ok(CaseEvent::Accept {
        term: term_today(case, context)?,
        brought,
    })
}

/// What the applicant promised to bring later (容缺受理承诺书).
#[derive(Clone, Debug, Default, Deserialize, Serialize, TS)]
#[serde(default)]
pub struct AcceptDeferred {
    /// What came since receipt.
    pub brought: Vec<Brought>,
    /// What may follow, and until when; left empty, all that is missing, until the due day.
    pub owed: Vec<Owed>,
    /// 已签: the applicant signed the promise.
    pub promise_signed: bool,
}

/// Accepts a case with deferrable papers owing, after the promise was signed.
///
/// # Errors
///
/// Refuses what may not follow, a promise beyond the due day, and a promise not signed.
pub fn accept_deferred(
    case: &Case,
    input: AcceptDeferred,
    context: &Context<'_>,
) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::AcceptDeferred)?;
    require_known(case.item(), &input.brought)?;
    let missing = missing_now(case, &input.brought);
    if missing.is_empty() {
        return Err(Refusal::NothingMissing);
    }
    let fixed: Vec<&Material> = missing
        .iter()
        .filter(|one| !one.deferrable)
        .copied()
        .collect();
    if !fixed.is_empty() {
        return Err(Refusal::NotDeferrable {
            materials: names_of(case, &fixed),
        });
    }
    let term = term_today(case, context)?;
    let owed = if input.owed.is_empty() {
        let due = term.due;
        missing
            .iter()
            .map(|one| Owed {
                material: one.code.clone(),
                due,
            })
            .collect()
    } else {
        input.owed
    };
    require_all_owed(&missing, &owed, case)?;
    if owed
        .iter()
        .any(|owed| owed.due > term.due || owed.due < context.today)
    {
        return Err(Refusal::OwedTooLate { last: term.due });
    }
    if !input.promise_signed {
        return Err(Refusal::PromiseNotSigned);
    }
    Ok(CaseEvent::AcceptDeferred {
        term,
        brought: input.brought,
        owed,
    })
}

fn require_all_owed(missing: &[&Material], owed: &[Owed], case: &Case) -> Result<(), Refusal> {
    let covers = |owed: &Owed, lacking: &Material| {
        let enough = case.item().alternatives(lacking, case.receipt.situation);
        enough.iter().any(|one| one.code == owed.material)
    };
    if let Some(stranger) = owed
        .iter()
        .find(|owed| !missing.iter().any(|one| covers(owed, one)))
    {
        return Err(Refusal::UnknownMaterial {
            code: stranger.material.clone(),
        });
    }
    let is_left = |one: &&&Material| !owed.iter().any(|owed| covers(owed, one));
    let left: Vec<&Material> = missing.iter().filter(is_left).copied().collect();
    if left.is_empty() {
        return Ok(());
    }
    Err(Refusal::MaterialsMissing {
        missing: names_of(case, &left),
    })
}

/// The day from which this case counts as accepted because nobody answered in time, if so.
///
/// Computed when looked at, never written by a machine (Administrative Licensing Law, art. 32).
pub fn deemed_on(case: &Case, today: NaiveDate) -> Option<NaiveDate> {
    let silent = case.state == State::Received && !case.is_void;
    let ours = case.item().role != Role::Collects;
    // What came on a rest day counts as received on the next working day.
    (silent && ours && today > case.receipt.notice_by).then_some(case.receipt.counted_from)
}

/// Writes down that a case counts as accepted: by a person's next step, before it.
///
/// # Errors
///
/// Refuses while there is still time to answer, and where only the department accepts.
pub fn deem(case: &Case, context: &Context<'_>) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::Deem)?;
    if case.item().role == Role::Collects {
        return Err(Refusal::OnlyCollected);
    }
    let accepted = deemed_on(case, context.today).ok_or(Refusal::NotYet {
        last: case.receipt.notice_by,
    })?;
    let term = term_from(case.item(), accepted, &[], None, false, context)?;
    Ok(CaseEvent::Deem { term })
}

/// Finishing an instant item at the counter (当场办结).
#[derive(Clone, Debug, Default, Deserialize, Serialize, TS)]
#[serde(default)]
pub struct DoAtOnce {
    /// What came since receipt.
    pub brought: Vec<Brought>,
    /// The department's own serial number (部门流水号), where its system was needed.
    pub external_number: String,
    /// What was handed over.
    pub result: String,
}

/// Finishes an instant item at the counter.
///
/// # Errors
///
/// Refuses items that need a review, missing materials, and items of a department's own system
/// without that department's serial number: our network says nothing about theirs.
pub fn do_at_once(
    case: &Case,
    input: DoAtOnce,
    context: &Context<'_>,
) -> Result<CaseEvent, Refusal> {
    require_step(case, Step::DoAtOnce)?;
    let item = case.item();
    if item.kind != Kind::Instant {
        return Err(Refusal::NotInstant);
    }
    require_known(item, &input.brought)?;
    let missing = missing_now(case, &input.brought);
    if !missing.is_empty() {
        return Err(Refusal::MaterialsMissing {
            missing: names_of(case, &missing),
        });
    }
    let external_number = if item.needs_network {
        require_text("external_number", &input.external_number).map_err(
            |refusal| match refusal {
                Refusal::FieldMissing { .. } => Refusal::SerialMissing,
                other => other,
            },
        )?
    } else {
        input.external_number.trim().to_owned()
    };
    Ok(CaseEvent::DoAtOnce {
        term: term_from(item, context.today, &[], None, false, context)?,
        brought: input.brought,
        external_number,
        result: if input.result.trim().is_empty() {
            item.result.zh.clone()
        } else {
            input.result
        },
        deliver_by: counted(context.today, context.settings.delivery_days, context)?,
    })
}

fn term_today(case: &Case, context: &Context<'_>) -> Result<Term, Refusal> {
    let expected = case.item().role == Role::Collects;
    // Papers handed in on a rest day count from the next working day.
    let accepted = context.today.max(case.receipt.counted_from);
    term_from(case.item(), accepted, &[], None, expected, context)
}
