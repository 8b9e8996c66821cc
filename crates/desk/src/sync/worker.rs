//! The desk's own thread: it talks with the hub whenever it can, and nobody waits for it. Before the first
//! unlock there is nothing to talk about; locked, it goes on, and what came is folded at the next unlock.

use std::{
    sync::{Arc, Weak},
    thread,
    time::{Duration, Instant},
};

use yichuang_sync::{Action, Event};

use super::{
    state::Contact,
    talk::{Talked, Talking, line_stop},
};
use crate::{answer::Stop, desk::Desk, inner::Inner};

/// Between two looks at what there is to do.
const STEP: Duration = Duration::from_millis(500);
/// After a trouble that only a person ends, it is tried again: the person may have ended it.
const PATIENCE: Duration = Duration::from_mins(5);

impl Desk {
    /// Talks with the hub as long as somebody holds this desk.
    pub fn keep_in_touch(self: &Arc<Self>) {
        let desk = Arc::downgrade(self);
        thread::spawn(move || keep_in_touch(&desk));
    }
}

fn keep_in_touch(desk: &Weak<Desk>) {
    let mut worker = Worker {
        talking: Talking::new(),
        last_seq: 0,
        stuck_since: None,
    };
    loop {
        // In short sleeps, so that the thread ends soon after its desk.
        thread::sleep(STEP);
        let Some(desk) = desk.upgrade() else { return };
        while worker.turn(&desk) {}
        // What was folded lies on this thread's stack.
        yichuang_store::wipe_stack();
    }
}

struct Worker {
    talking: Talking,
    /// The own chain's end when it was last looked at: something new is sent at once.
    last_seq: u64,
    stuck_since: Option<Instant>,
}

impl Worker {
    /// Says one thing and hears the answer. Says whether there may be more to say at once.
    fn turn(&mut self, desk: &Desk) -> bool {
        if let Some(since) = self.stuck_since {
            if since.elapsed() < PATIENCE {
                return false;
            }
            self.stuck_since = None;
            self.talking = Talking::new();
        }
        let Ok(Ok(Some(turn))) = desk.with_inner(|inner| self.next(inner)) else {
            return false;
        };
        match turn.action {
            Action::Wait { .. } => return false,
            Action::Stop(_) => {
                self.stuck_since = Some(Instant::now());
                return false;
            }
            Action::Pull(_) | Action::Push(_) | Action::Give(_) => {}
        }
        let (event, away) = match self.talking.ask(turn) {
            Ok(event) => (event, None),
            Err(error) => (Event::Failed, Some(line_stop(error))),
        };
        let heard = desk.with_inner(|inner| self.hear(inner, event, away));
        matches!(heard, Ok(true))
    }

    fn next(&mut self, inner: &mut Inner) -> Result<Option<super::talk::Turn>, Stop> {
        let store = inner.store()?;
        if store.sync_log().is_none() {
            return Ok(None);
        }
        let seq = store.seq();
        if std::mem::replace(&mut self.last_seq, seq) != seq {
            self.talking.nudge(inner)?;
        }
        self.talking.next(inner).map(Some)
    }

    /// Takes in what was heard, and how that went. Says whether it went well.
    fn hear(&mut self, inner: &mut Inner, event: Event, away: Option<Stop>) -> bool {
        let heard = self.talking.heard(inner, event, &mut Talked::default());
        let now = inner.world.now();
        let stop = away.or(heard.err());
        let heard = stop.map_or(Ok(()), |stop| Err(Arc::new(stop)));
        inner.contact = Contact {
            last: heard.is_ok().then_some(now).or(inner.contact.last),
            trouble: heard.as_ref().err().cloned(),
        };
        heard.is_ok()
    }
}
