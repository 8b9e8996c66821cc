//! A stick instead of the cable: what has no number goes on it, and the hub's answer comes back on it.

use serde_bytes::ByteBuf;
use serde_json::{Value, json};
use yichuang_domain::refusal::Refusal;
use yichuang_store::{StickKey, Way};
use yichuang_sync::{
    DeskLog, Event, PullAnswer, Push, STICK_BYTES, Stick, StickAnswer, Trouble, WireError, read,
    write,
};

use super::talk::{Talked, Talking, stop_of, told};
use crate::{answer::Stop, inner::Inner};

impl Inner {
    /// Everything without a number, sealed for the hub; and how many pushes and commits that is.
    pub(crate) fn export_outbox(&mut self) -> Result<(Vec<u8>, Value), Stop> {
        self.require_person()?;
        let store = self.store()?;
        let key = StickKey::of_token(&store.joining().ok_or(Refusal::NoHub)?.token);
        let log = store.sync_log().ok_or(Refusal::NoHub)?;
        let pushes = log.pushes()?;
        let commits: usize = pushes.iter().map(Vec::len).sum();
        let cursor = log.cursor();
        let bodies = pushes.into_iter().map(|commits| {
            let body = write(&Push { cursor, commits })?;
            Ok::<_, WireError>(ByteBuf::from(body))
        });
        let stick = Stick {
            cursor,
            own_seq: log.own_seq(),
            pushes: bodies.collect::<Result<_, _>>().map_err(unreadable)?,
        };
        let body = write(&stick).map_err(unreadable)?;
        let file = key.seal(Way::ToHub, log.device(), &body)?;
        Ok((file, json!({ "commits": commits })))
    }

    /// Takes in what the hub gave back. A second time it changes nothing.
    pub(crate) fn import_outbox(&mut self, file: &[u8]) -> Result<Value, Stop> {
        self.require_person()?;
        let store = self.store()?;
        let joining = store.joining().ok_or(Refusal::NoHub)?;
        let key = StickKey::of_token(&joining.token);
        let body = key.open(Way::ToDesk, joining.device, file);
        let body = body.map_err(|_error| Refusal::StickUnreadable)?;
        let answer: StickAnswer = read(&body, STICK_BYTES).map_err(unreadable)?;
        let mut talking = Talking::new();
        let mut talked = Talked::default();
        for page in answer.pages {
            let page: PullAnswer = read(&page, STICK_BYTES).map_err(unreadable)?;
            if !self.has_page(&page)? {
                talking.heard(self, Event::Pulled(page), &mut talked)?;
                if talking.is_stuck() {
                    return Err(Refusal::StickStale.into());
                }
            }
        }
        match Trouble::of(answer.sent) {
            Some(trouble) => Err(stop_of(trouble)),
            None => told(self, &talked),
        }
    }

    /// Whether this desk has the page already, by the cable or by an earlier stick.
    fn has_page(&mut self, page: &PullAnswer) -> Result<bool, Stop> {
        let PullAnswer::Page(page) = page else {
            return Err(Refusal::StickStale.into());
        };
        let log = self.store()?.sync_log().ok_or(Refusal::NoHub)?;
        Ok(log.digest_at(page.end.mark.number)? == Some(page.end.mark.digest))
    }
}

fn unreadable(_error: WireError) -> Stop {
    Refusal::StickUnreadable.into()
}
