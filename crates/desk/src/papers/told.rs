//! What a step told: its event, over the case as it stood right after it.

use chrono::NaiveDateTime;
use yichuang_domain::{
    cases::{case::Case, event::CaseEvent},
    record::{ChangeRef, Folded, Happening, Id},
};

use crate::{clock::local, see::View};

/// A step, and what it left.
pub(super) struct Told {
    /// The case right after the step.
    pub(super) case: Case,
    /// The case right before it.
    pub(super) before: Option<Case>,
    /// What the step says.
    pub(super) event: CaseEvent,
    /// Who did it.
    pub(super) actor: Id,
    /// When, at the counter.
    pub(super) moment: NaiveDateTime,
}

impl Told {
    /// The step of this change. What was taken back later stood when it was told: its paper is void,
    /// not different.
    pub(super) fn by(of: ChangeRef, id: Id, folded: &Folded) -> Option<Self> {
        let place = folded.events.iter().position(|event| event.at == of)?;
        let case = Case::of(id, &first(place.saturating_add(1), folded))?;
        let line = case.history.last()?;
        Some(Self {
            event: line.event.clone()?,
            actor: line.actor,
            moment: local(line.time),
            before: Case::of(id, &first(place, folded)),
            case,
        })
    }

    /// The last of these events, as if done now by whoever asks: for a paper that is needed before
    /// the step can be taken.
    pub(super) fn if_done(events: &[CaseEvent], view: &View<'_>) -> Option<Self> {
        let actor = view.session.actor.id;
        let (event, earlier) = events.split_last()?;
        Some(Self {
            case: Case::if_done(Id::default(), events, actor)?,
            before: Case::if_done(Id::default(), earlier, actor),
            event: event.clone(),
            actor,
            moment: local(view.world.now()),
        })
    }
}

/// The first happenings of a record, none of them voided yet.
fn first(count: usize, folded: &Folded) -> Folded {
    let events = folded.events.iter().take(count).map(|event| Happening {
        voided: None,
        ..event.clone()
    });
    Folded {
        events: events.collect(),
        ..Folded::default()
    }
}
