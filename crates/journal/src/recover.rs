//! What happens at the start: which end of the journal is sound, what was torn, what is damaged.
//!
//! Only one thing is ever cut: bytes at the very end of the last file that do not verify, with no
//! sound block behind them, beyond the block of the guard. Each block is on the medium before the
//! next one is written, so such bytes are a write that never returned. The stated limit: when a
//! power cut leaves an older guard *and* the last block rots, that block looks just like it.
//!
//! Everything else that does not verify is damage: reported, left as it is, and never written
//! behind: the next block begins a new file.

use std::path::Path;

use crate::disk::Open;
use crate::error::{Damage, DamageKind, JournalError};
use crate::format::{FILE_HEADER_BYTES, FileHeader, Position};
use crate::guard::{Acknowledged, EndCheck, GuardPair, Guards};
use crate::journal::{OpenTail, Tail};
use crate::read;
use crate::scan::{Folder, Piece, Raw};
use crate::seal::Seal;

/// In what state a journal was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// How many guards could be read.
    pub guards: Guards,
    /// The torn write that was cut off, if any.
    pub cut: Option<Cut>,
    /// Sound blocks beyond the guard: written, and perhaps never acknowledged to anybody.
    pub beyond_guard: u32,
    /// Damage from the guard's file on, as far as checksums and the last seals show it. The
    /// whole truth is told by [`crate::Journal::verify`].
    pub damage: Vec<Damage>,
}

impl Recovery {
    /// Whether nothing is damaged. A torn write that was cut off is no damage.
    pub fn is_sound(&self) -> bool {
        self.damage.is_empty()
    }
}

/// A torn write that was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Where it began.
    pub at: Position,
    /// How many bytes it had.
    pub bytes: u64,
}

/// Whether there is no journal in `dir`, or only the beginning of one that was never finished.
pub(crate) fn is_absent(dir: &Path, folder: &Folder) -> Result<bool, JournalError> {
    if GuardPair::any(folder.disk(), dir)? {
        return Ok(false);
    }
    match folder.numbers()?.as_slice() {
        [] => Ok(true),
        [1] => Ok(folder.open(1, Open::Read)?.length()? <= FILE_HEADER_BYTES),
        _ => Ok(false),
    }
}

/// Looks at the end of the journal, mends what a crash tore, and brings the guard up to it.
pub(crate) fn recover(
    folder: &Folder,
    seal: &dyn Seal,
    guards: &mut GuardPair,
) -> Result<(Tail, Recovery), JournalError> {
    let guard = guards.last();
    let numbers = folder.numbers()?;
    let last_there = numbers.last().copied().unwrap_or(1);
    let last = last_there.max(guard.map_or(1, |guard| guard.at.file));

    let look = Look::at(folder, seal, guard, &numbers, last)?;
    let (here, mut damage): (Vec<_>, Vec<_>) = look
        .damage
        .iter()
        .partition(|damage| damage.at.file == last);
    let mut cut = None;
    let open = match look.judge(folder, &here)? {
        Judgement::Sound => Some(look.take_up(folder, None)?),
        Judgement::Torn(torn) => {
            cut = Some(torn);
            Some(look.take_up(folder, cut)?)
        }
        Judgement::NeverBegun(torn) => {
            cut = Some(torn);
            Some(OpenTail::begin(
                folder,
                last,
                look.blocks_before,
                Open::Write,
            )?)
        }
        Judgement::Damaged => {
            damage.extend(here);
            None
        }
    };
    let recovery = Recovery {
        guards: guards.found(),
        cut,
        beyond_guard: look.beyond_guard,
        damage,
    };
    if recovery.is_sound() {
        guards.write_and_sync(
            look.newest
                .as_ref()
                .map_or(guard.unwrap_or(Acknowledged::NOTHING), |raw| {
                    Acknowledged::of(raw.at, raw.header.label.index, &raw.bytes)
                }),
        )?;
    }
    let tail = Tail {
        file: last,
        blocks: look.blocks,
        open,
    };
    Ok((tail, recovery))
}

/// Looks at the end of the journal and mends nothing: the tail that nothing is written to, where the
/// sound part ends, and the state.
pub(crate) fn look(
    folder: &Folder,
    seal: &dyn Seal,
    guards: &GuardPair,
) -> Result<(Tail, Position, Recovery), JournalError> {
    let guard = guards.last();
    let numbers = folder.numbers()?;
    let last_there = numbers.last().copied().unwrap_or(1);
    let last = last_there.max(guard.map_or(1, |guard| guard.at.file));
    let look = Look::at(folder, seal, guard, &numbers, last)?;
    let (here, mut damage): (Vec<_>, Vec<_>) = look
        .damage
        .iter()
        .partition(|damage| damage.at.file == last);
    let (cut, end) = match look.judge(folder, &here)? {
        Judgement::Sound => (None, whole(last)),
        Judgement::Torn(cut) => (Some(cut), cut.at),
        // It has no block yet: the file before is the last one.
        Judgement::NeverBegun(cut) => (Some(cut), whole(last.saturating_sub(1))),
        Judgement::Damaged => {
            damage.extend(here);
            (None, whole(last))
        }
    };
    let tail = Tail {
        file: end.file,
        blocks: look.blocks,
        open: None,
    };
    let recovery = Recovery {
        guards: guards.found(),
        cut,
        beyond_guard: look.beyond_guard,
        damage,
    };
    Ok((tail, end, recovery))
}

/// What is to be done with the last file.
enum Judgement {
    /// Go on writing.
    Sound,
    /// Cut the torn write and go on.
    Torn(Cut),
    /// Its header was torn before any block came: begin it once more.
    NeverBegun(Cut),
    /// Leave it alone.
    Damaged,
}

/// What was seen from the guard's file on.
struct Look {
    guard: Option<Acknowledged>,
    last: u32,
    damage: Vec<Damage>,
    /// How many blocks the last file has, or had according to the guard.
    blocks: u32,
    /// The same of the file before.
    blocks_before: u32,
    beyond_guard: u32,
    /// The last sound block beyond the guard.
    newest: Option<Raw>,
}

impl Look {
    fn at(
        folder: &Folder,
        seal: &dyn Seal,
        guard: Option<Acknowledged>,
        numbers: &[u32],
        last: u32,
    ) -> Result<Self, JournalError> {
        let from = guard.map_or(last, |guard| guard.at.file);
        let mut look = Self {
            guard,
            last,
            damage: Vec::new(),
            blocks: 0,
            blocks_before: 0,
            beyond_guard: 0,
            newest: None,
        };
        if guard.is_none() {
            look.damage.push(Damage {
                at: Position::START,
                bytes: 0,
                kind: DamageKind::GuardsLost,
            });
        }
        look.damage.extend(missing_files(numbers, from));
        if let Some(guard) = guard {
            look.count(guard.at.file, guard.blocks());
        }
        let mut end = EndCheck::new(guard);
        folder.walk(at_file(from), whole(last), |piece| {
            match piece {
                Piece::Damage(damage) => look.damage.push(damage),
                Piece::Block(raw) => {
                    end.see(raw.at, &raw.bytes);
                    look.take(seal, raw);
                }
            }
            Ok::<(), JournalError>(())
        })?;
        look.damage.extend(end.damage());
        Ok(look)
    }

    fn take(&mut self, seal: &dyn Seal, raw: Raw) {
        // Seals before the guard's block are for the reader and for `verify`: a start is quick.
        if self.guard.is_none_or(|guard| guard.at <= raw.at) {
            self.damage.extend(read::open(seal, &raw).err());
        }
        self.count(raw.at.file, raw.header.label.index.saturating_add(1));
        if self.guard.is_none_or(|guard| guard.is_before(raw.at)) {
            self.beyond_guard = self.beyond_guard.saturating_add(1);
            self.newest = Some(raw);
        }
    }

    fn count(&mut self, file: u32, blocks: u32) {
        if file == self.last {
            self.blocks = self.blocks.max(blocks);
        } else if file.checked_add(1) == Some(self.last) {
            self.blocks_before = self.blocks_before.max(blocks);
        }
    }

    /// `here` is the damage of the last file.
    fn judge(&self, folder: &Folder, here: &[Damage]) -> Result<Judgement, JournalError> {
        let Some(guard) = self.guard else {
            return Ok(Judgement::Damaged);
        };
        if here.is_empty() {
            return Ok(Judgement::Sound);
        }
        if here
            .iter()
            .any(|damage| damage.kind == DamageKind::FileMissing)
        {
            return Ok(Judgement::Damaged);
        }
        let length = folder.open(self.last, Open::Read)?.length()?;
        let never_begun = guard.at.file < self.last
            && self.blocks == 0
            && here
                .iter()
                .any(|damage| damage.kind == DamageKind::FileHeader);
        if never_begun {
            return Ok(Judgement::NeverBegun(Cut {
                at: at_file(self.last),
                bytes: length,
            }));
        }
        match here {
            [torn]
                if torn.kind == DamageKind::Block
                    && guard.is_before(torn.at)
                    && torn.at.offset.saturating_add(torn.bytes) == length =>
            {
                Ok(Judgement::Torn(Cut {
                    at: torn.at,
                    bytes: torn.bytes,
                }))
            }
            _ => Ok(Judgement::Damaged),
        }
    }

    /// Opens the last file for writing, without its torn end.
    ///
    /// A block beyond the guard may be in memory only: written by a process whose sync failed, or
    /// that was ended before it. It is written once more, because after a failed sync the system
    /// may take its pages for clean.
    fn take_up(&self, folder: &Folder, cut: Option<Cut>) -> Result<OpenTail, JournalError> {
        let mut handle = folder.open(self.last, Open::Write)?;
        let mut head = [0; 32];
        handle.read_at(0, &mut head)?;
        let header = FileHeader::decode(&head).map_err(|_changed| {
            JournalError::Damaged(Damage {
                at: at_file(self.last),
                bytes: FILE_HEADER_BYTES,
                kind: DamageKind::FileHeader,
            })
        })?;
        if let Some(cut) = cut {
            handle.truncate(cut.at.offset)?;
        }
        let newest = self.newest.as_ref().filter(|raw| raw.at.file == self.last);
        if let Some(newest) = newest {
            handle.write_at(newest.at.offset, &newest.bytes)?;
        }
        // The same may be true of the header, as long as no block of this file was acknowledged.
        let is_acknowledged =
            (self.guard).is_some_and(|guard| guard.at.file == self.last && guard.blocks() > 0);
        if !is_acknowledged {
            handle.write_at(0, &head)?;
        }
        if cut.is_some() || newest.is_some() || !is_acknowledged {
            handle.sync()?;
        }
        Ok(OpenTail {
            offset: handle.length()?,
            generation: header.generation,
            handle,
        })
    }
}

/// The files below `from` that are not there.
fn missing_files(numbers: &[u32], from: u32) -> impl Iterator<Item = Damage> {
    (1..from)
        .filter(|file| numbers.binary_search(file).is_err())
        .map(|file| Damage {
            at: at_file(file),
            bytes: 0,
            kind: DamageKind::FileMissing,
        })
}

fn at_file(file: u32) -> Position {
    Position { file, offset: 0 }
}

fn whole(last: u32) -> Position {
    Position {
        file: last,
        offset: u64::MAX,
    }
}
