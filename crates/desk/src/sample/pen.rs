//! Writes what the people of the sample do: signed by whoever does it, many acts a block.

use std::path::Path;

use yichuang_domain::{
    office::staff::{Corner, Role, Staff},
    record::{Change, Id, Seen},
    refusal::Refusal,
};
use yichuang_store::{Act, Founding, KdfParams, NewStaff, PersonKeys, Store, StoreError};

use crate::{answer::Stop, inner::unlock_stop, office::session::names};

/// Acts that become true together.
const ACTS_A_BLOCK: usize = 1_000;
/// What the view has in memory goes to disk after so many.
const BLOCKS_A_FLUSH: u32 = 20;

/// Who works here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    A,
    B,
    Supervisor,
}

struct Pending {
    who: Who,
    command: &'static str,
    time: i64,
    changes: Vec<Change>,
}

/// The pen of the sample's staff.
pub(super) struct Pen {
    store: Store,
    device: Id,
    wang: Staff,
    li: Staff,
    zhao: Staff,
    li_keys: PersonKeys,
    zhao_keys: PersonKeys,
    pending: Vec<Pending>,
    blocks: u32,
    time: i64,
    /// What is shown once, after founding.
    pub(super) recovery_code: String,
}

/// The community of the sample.
pub(super) const COMMUNITY: &str = "新茂社区";

impl Pen {
    /// Founds the community at `time`; everybody gets the same password.
    pub(super) fn found(data: &Path, password: &str, time: i64) -> Result<Self, Stop> {
        let new = |name: &str, role, corner| NewStaff {
            name: name.to_owned(),
            role,
            corner,
            password: password.to_owned(),
        };
        let founding = Founding {
            community: COMMUNITY.to_owned(),
            staff: vec![
                new("王丽", Role::Clerk, Some(Corner::A)),
                new("李强", Role::Clerk, Some(Corner::B)),
                new("赵珊", Role::Supervisor, None),
            ],
            station: 'A',
            time,
            kdf: KdfParams::default(),
        };
        let founded = Store::found(data, &founding).map_err(|error| match error {
            StoreError::AlreadyFounded => Stop::Refused(Refusal::AlreadyFounded, None),
            other => unlock_stop(other),
        })?;
        let staff: Vec<Staff> = founding
            .staff
            .iter()
            .zip(&founded.staff)
            .map(|(one, id)| Staff {
                id: *id,
                name: one.name.clone(),
                role: one.role,
                corner: one.corner,
            })
            .collect();
        names::write(data, &founding.community, &staff)?;
        let [wang, li, zhao] =
            <[Staff; 3]>::try_from(staff).map_err(|_others| StoreError::Form {
                what: "the sample's staff",
            })?;
        let mut store = Store::open(data)?;
        store.unlock(wang.id, password).map_err(unlock_stop)?;
        let li_keys = store.keys_of(li.id, password).map_err(unlock_stop)?;
        let zhao_keys = store.keys_of(zhao.id, password).map_err(unlock_stop)?;
        Ok(Self {
            store,
            device: founded.device,
            wang,
            li,
            zhao,
            li_keys,
            zhao_keys,
            pending: Vec::with_capacity(ACTS_A_BLOCK),
            blocks: 0,
            time,
            recovery_code: founded.recovery_code.to_string(),
        })
    }

    /// Somebody who works here.
    pub(super) const fn staff(&self, who: Who) -> &Staff {
        match who {
            Who::A => &self.wang,
            Who::B => &self.li,
            Who::Supervisor => &self.zhao,
        }
    }

    /// This machine.
    pub(super) const fn device(&self) -> Id {
        self.device
    }

    /// The number the next act will have in this machine's chain.
    pub(super) fn next_seq(&self) -> u64 {
        self.store.seq() + u64::try_from(self.pending.len()).unwrap_or(0) + 1
    }

    /// Somebody acts. It is true at the latest after [`Pen::finish`].
    pub(super) fn act(
        &mut self,
        who: Who,
        command: &'static str,
        time: i64,
        changes: Vec<Change>,
    ) -> Result<(), Stop> {
        self.time = self.time.max(time);
        self.pending.push(Pending {
            who,
            command,
            time: self.time,
            changes,
        });
        if self.pending.len() >= ACTS_A_BLOCK {
            self.commit()?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Stop> {
        let first = self.store.seq();
        let pending = std::mem::take(&mut self.pending);
        let acts = (first..).zip(pending).map(|(seq, act)| {
            let (actor, keys) = match act.who {
                Who::A => (&self.wang, None),
                Who::B => (&self.li, Some(&self.li_keys)),
                Who::Supervisor => (&self.zhao, Some(&self.zhao_keys)),
            };
            Act {
                actor: actor.id,
                keys,
                on_behalf_of: None,
                command: act.command,
                seen: Seen {
                    seq,
                    ..Seen::default()
                },
                time: act.time,
                changes: act.changes,
            }
        });
        self.store.commit(acts.collect())?;
        self.blocks += 1;
        if self.blocks.is_multiple_of(BLOCKS_A_FLUSH) {
            self.store.flush()?;
        }
        Ok(())
    }

    /// Writes what is left, and everything to disk. Gives the number of commits.
    pub(super) fn finish(mut self) -> Result<u64, Stop> {
        if !self.pending.is_empty() {
            self.commit()?;
        }
        self.store.flush()?;
        Ok(self.store.seq())
    }
}
