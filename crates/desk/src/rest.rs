//! What a desk does while nobody asks it anything.

use std::{
    sync::{Arc, Weak},
    thread,
    time::Duration,
};

use crate::desk::Desk;

/// Between two steps.
const STEP: Duration = Duration::from_millis(500);
/// Between two looks at what is due.
const A_MINUTE: Duration = Duration::from_mins(1);
/// Between two times of keeping what was gathered.
const TEN_MINUTES: Duration = Duration::from_mins(10);
/// Once everything agreed.
const PAUSE: Duration = Duration::from_hours(1);

/// What a moment of rest came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    /// Somebody asks, or nobody has unlocked it.
    Busy,
    /// There is more to do.
    Going,
    /// Everything is done for a while.
    Done,
}

impl Desk {
    /// Uses the moments between two calls, as long as somebody holds this desk.
    pub fn use_idle_moments(self: &Arc<Self>) {
        let desk = Arc::downgrade(self);
        thread::spawn(move || idle(&desk));
    }
}

fn idle(desk: &Weak<Desk>) {
    let (mut waited, mut since_due) = (Duration::ZERO, A_MINUTE);
    let mut since_kept = Duration::ZERO;
    let mut wait = STEP;
    loop {
        // In short sleeps, so that the thread ends soon after its desk.
        thread::sleep(STEP);
        let Some(desk) = desk.upgrade() else { return };
        since_due += STEP;
        if since_due >= A_MINUTE {
            since_due = Duration::ZERO;
            desk.tend();
        }
        since_kept += STEP;
        if since_kept >= TEN_MINUTES {
            since_kept = Duration::ZERO;
            desk.keep_gathered();
        }
        waited += STEP;
        if waited < wait {
            continue;
        }
        waited = Duration::ZERO;
        // What cannot be compared now is compared later; a call that needs it tells.
        let rest = desk.rest();
        wait = match rest {
            Ok(Rest::Going | Rest::Busy) => STEP,
            Ok(Rest::Done) | Err(_) => PAUSE,
        };
        if !matches!(rest, Ok(Rest::Busy)) {
            // Records were read on this thread's stack, as in a call.
            yichuang_store::wipe_stack();
        }
    }
}
