//! Writing a backup. What belongs to it is noted while the store is held; the copying, which may take
//! minutes, needs nothing of the store and may be done on another thread.

use std::{
    ffi::OsStr,
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use chrono::{DateTime, FixedOffset};
use yichuang_domain::record::Id;
use yichuang_journal::{Snapshot, SnapshotFile};
use yichuang_vault::{
    BackupKeys,
    age::{AgeReader, AgeWriter, FileKey},
};

use super::{
    BackupError, EXTENSION, FORMAT, MAGIC, MOST_PATH_BYTES, Manifest, hashing::Hashing,
    manifest::heads_of,
};
use crate::{
    commit::to_cbor,
    error::StoreError,
    store::{Store, Truth},
};

/// Small files that are taken whole, while the store is held: they are replaced, not appended to.
const SMALL: [&str; 3] = ["vault.toml", "guard.a", "guard.b"];
const PIECE_BYTES: usize = 256 * 1024;
const SHANGHAI_OFFSET_S: i32 = 8 * 3_600;

/// How far the writing of a backup is: each byte is written once and read back once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes done.
    pub done: u64,
    /// Bytes to do.
    pub total: u64,
}

/// A backup that was written and read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub path: PathBuf,
    /// How long it is.
    pub bytes: u64,
    /// How many commits it holds.
    pub commits: u64,
    /// The digest of the journal in it.
    pub digest: String,
}

/// Everything that belongs to one backup, as it stood at a moment.
pub struct BackupSource {
    journal: Snapshot,
    small: Vec<(String, Vec<u8>)>,
    data: PathBuf,
    keys: BackupKeys,
    manifest: Manifest,
}

/// A file that goes into a backup.
struct Part {
    name: String,
    bytes: u64,
    from: From,
}

enum From {
    Memory(Vec<u8>),
    Journal(SnapshotFile),
    Disk(PathBuf),
}

impl Store {
    /// Notes what belongs to a backup made now. Nobody need be here: only the journal must be open,
    /// which it is from the first unlock on.
    ///
    /// # Errors
    ///
    /// Before the first unlock, without a printed sheet that opens backups, and what the disk refuses.
    pub fn backup_source(&self, time: i64) -> Result<BackupSource, StoreError> {
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        let keys = self.vault.backup_keys().ok_or(BackupError::NoSheet)?;
        let take = |name: &str| Ok((name.to_owned(), fs::read(self.data.join(name))?));
        let small = SMALL.iter().map(|name| take(name));
        Ok(BackupSource {
            journal: truth.journal.snapshot(),
            small: small.collect::<io::Result<_>>()?,
            data: self.data.clone(),
            keys,
            manifest: truth.manifest(time),
        })
    }

    /// The digest of the journal as it stands.
    ///
    /// # Errors
    ///
    /// Before the first unlock.
    pub fn digest(&self) -> Result<String, StoreError> {
        let truth = self.truth.as_ref().ok_or(StoreError::Locked)?;
        Ok(truth.manifest(0).digest())
    }
}

impl Truth {
    fn manifest(&self, time: i64) -> Manifest {
        Manifest {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            time,
            community: self.community.clone(),
            device: self.device,
            heads: heads_of(&self.ends()),
            blocks: 0,
            files: 0,
            bytes: 0,
        }
    }
}

impl BackupSource {
    /// Writes the backup into a folder and reads it back. It gets its name only when it was read back
    /// whole; nothing in the folder is overwritten.
    ///
    /// # Errors
    ///
    /// [`BackupError`]: each of them leaves no half backup behind.
    pub fn write(
        &self,
        folder: &Path,
        mut told: impl FnMut(Progress),
    ) -> Result<Written, StoreError> {
        self.require_outside(folder)?;
        let report = self.journal.verify()?;
        if !report.is_sound() {
            let places = report.damage.len();
            return Err(BackupError::SourceDamaged { places }.into());
        }
        let parts = self.parts()?;
        let mut manifest = self.manifest.clone();
        manifest.blocks = report.blocks;
        manifest.files = parts.len() as u64;
        manifest.bytes = parts.iter().map(|part| part.bytes).sum();

        self.sweep(folder)?;
        let path = self.free_name(folder)?;
        let unfinished = path.with_added_extension("part");
        let mut steps = Steps {
            progress: Progress {
                done: 0,
                total: 2 * manifest.bytes,
            },
            told: &mut told,
        };
        let made = self
            .make(&unfinished, &manifest, &parts, &mut steps)
            .and_then(|bytes| {
                fs::rename(&unfinished, &path)?;
                sync_folder(folder)?;
                Ok(bytes)
            });
        match made {
            Ok(bytes) => Ok(Written {
                path,
                bytes,
                commits: manifest.commits(),
                digest: manifest.digest(),
            }),
            Err(error) => {
                // What cannot be removed now is swept by the next backup.
                drop(fs::remove_file(&unfinished));
                Err(full_or(error))
            }
        }
    }

    fn require_outside(&self, folder: &Path) -> Result<(), StoreError> {
        let folder = folder.canonicalize().map_err(BackupError::Folder)?;
        if !folder.is_dir() {
            return Err(BackupError::Folder(io::ErrorKind::NotADirectory.into()).into());
        }
        if folder.starts_with(self.data.canonicalize()?) {
            return Err(BackupError::InsideData.into());
        }
        Ok(())
    }

    fn parts(&self) -> Result<Vec<Part>, StoreError> {
        let small = self.small.iter().map(|(name, bytes)| Part {
            name: name.clone(),
            bytes: bytes.len() as u64,
            from: From::Memory(bytes.clone()),
        });
        let journal = self.journal.files()?.into_iter().map(|file| Part {
            name: format!("journal/{}", file.name),
            bytes: file.bytes,
            from: From::Journal(file),
        });
        let mut parts: Vec<Part> = small.chain(journal).collect();
        attachments(&self.data.join("files"), "files", &mut parts)?;
        Ok(parts)
    }

    fn make(
        &self,
        path: &Path,
        manifest: &Manifest,
        parts: &[Part],
        steps: &mut Steps<'_>,
    ) -> Result<u64, StoreError> {
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path)
            .map_err(BackupError::Folder)?;
        let sealed = AgeWriter::begin(file, &[self.keys.recovery, self.keys.code])?;
        let mut out = Hashing::new(sealed);
        let head = to_cbor(manifest)?;
        out.write_all(MAGIC)?;
        out.write_all(&[FORMAT])?;
        let too_large = |_error| StoreError::form("a manifest");
        out.write_all(&u32::try_from(head.len()).map_err(too_large)?.to_be_bytes())?;
        out.write_all(&head)?;
        for part in parts {
            part.write(&self.journal, &mut out, steps)?;
        }
        out.write_all(&0_u16.to_be_bytes())?;
        let hash = out.hash();
        out.write_all(&hash)?;
        let whole = out.hash();
        let (file, key) = out.into_inner().finish()?;
        file.sync_all()?;
        let bytes = file.metadata()?.len();
        drop(file);
        read_back(path, &key, whole, steps)?;
        Ok(bytes)
    }

    /// `yichuang-6f3a2b1c-20261124-120003-07af.age`: community, time, device; nothing personal.
    fn name(&self) -> String {
        let community: String = crate::hex::hex(&self.manifest.community);
        let time = DateTime::from_timestamp_millis(self.manifest.time).unwrap_or_default();
        let zone = FixedOffset::east_opt(SHANGHAI_OFFSET_S);
        let time = zone.map_or_else(
            || time.naive_utc(),
            |zone| time.with_timezone(&zone).naive_local(),
        );
        format!(
            "yichuang-{}-{}-{}",
            community.get(..8).unwrap_or_default(),
            time.format("%Y%m%d-%H%M%S"),
            short(self.manifest.device)
        )
    }

    fn free_name(&self, folder: &Path) -> Result<PathBuf, StoreError> {
        let name = self.name();
        (1..1_000_u16)
            .map(|turn| match turn {
                1 => folder.join(format!("{name}.{EXTENSION}")),
                turn => folder.join(format!("{name}-{turn}.{EXTENSION}")),
            })
            .find(|path| !path.exists())
            .ok_or_else(|| BackupError::Folder(io::ErrorKind::AlreadyExists.into()).into())
    }

    /// Removes what a backup of this device left unfinished when the power went.
    fn sweep(&self, folder: &Path) -> Result<(), StoreError> {
        let device = short(self.manifest.device);
        let ending = format!(".{EXTENSION}.part");
        for file in fs::read_dir(folder).map_err(BackupError::Folder)? {
            let path = file.map_err(BackupError::Folder)?.path();
            let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
            let parts = name.strip_suffix(&ending).unwrap_or_default().split('-');
            if name.starts_with("yichuang-") && parts.skip(1).any(|part| part == device) {
                fs::remove_file(&path).map_err(BackupError::Folder)?;
            }
        }
        Ok(())
    }
}

impl Part {
    fn write(
        &self,
        journal: &Snapshot,
        out: &mut impl Write,
        steps: &mut Steps<'_>,
    ) -> Result<(), StoreError> {
        let name = u16::try_from(self.name.len())
            .ok()
            .filter(|length| *length <= MOST_PATH_BYTES)
            .ok_or(StoreError::form("a file's name"))?;
        out.write_all(&name.to_be_bytes())?;
        out.write_all(self.name.as_bytes())?;
        out.write_all(&self.bytes.to_be_bytes())?;
        let copied = match &self.from {
            From::Memory(bytes) => steps.pass(&mut bytes.as_slice(), out)?,
            From::Journal(file) => steps.pass(&mut journal.read(file)?, out)?,
            From::Disk(path) => steps.pass(&mut File::open(path)?.take(self.bytes), out)?,
        };
        if copied == self.bytes {
            Ok(())
        } else {
            Err(io::Error::from(io::ErrorKind::UnexpectedEof).into())
        }
    }
}

/// Tells how far it is.
struct Steps<'a> {
    progress: Progress,
    told: &'a mut dyn FnMut(Progress),
}

impl Steps<'_> {
    fn pass(&mut self, from: &mut impl Read, to: &mut impl Write) -> io::Result<u64> {
        let mut piece = vec![0; PIECE_BYTES];
        let mut passed = 0;
        loop {
            let count = from.read(&mut piece)?;
            if count == 0 {
                return Ok(passed);
            }
            to.write_all(piece.get(..count).unwrap_or_default())?;
            passed += count as u64;
            let Progress { done, total } = self.progress;
            self.progress.done = done.saturating_add(count as u64).min(total);
            (self.told)(self.progress);
        }
    }
}

/// Reads the file as somebody with a secret would. Stated limit: what the system still holds in memory
/// is read from there, although the medium has confirmed it.
fn read_back(
    path: &Path,
    key: &FileKey,
    written: [u8; 32],
    steps: &mut Steps<'_>,
) -> Result<(), StoreError> {
    let differs = |_error| BackupError::ReadBack;
    let mut back = AgeReader::read_back(File::open(path)?, key).map_err(differs)?;
    let mut all = Hashing::new(io::sink());
    steps
        .pass(&mut back, &mut all)
        .map_err(|_error| BackupError::ReadBack)?;
    if all.hash() == written {
        Ok(())
    } else {
        Err(BackupError::ReadBack.into())
    }
}

/// Attachments, by their place in the data folder.
fn attachments(folder: &Path, name: &str, parts: &mut Vec<Part>) -> Result<(), StoreError> {
    let files = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        files => files?,
    };
    let mut paths = files
        .map(|file| Ok(file?.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        let last = path.file_name().and_then(OsStr::to_str);
        let name = format!("{name}/{}", last.unwrap_or_default());
        if path.is_dir() {
            attachments(&path, &name, parts)?;
        } else if super::is_ours(&name) {
            parts.push(Part {
                name,
                bytes: fs::metadata(&path)?.len(),
                from: From::Disk(path),
            });
        }
    }
    Ok(())
}

/// Enough of a device's id to tell its files from another's.
fn short(device: Id) -> String {
    device.to_string().chars().take(4).collect()
}

/// A full medium is told as that.
fn full_or(error: StoreError) -> StoreError {
    let is_full = |error: &io::Error| {
        matches!(
            error.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
        )
    };
    match error {
        StoreError::Disk(error) if is_full(&error) => BackupError::Full.into(),
        StoreError::Vault(yichuang_vault::VaultError::Disk(error)) if is_full(&error) => {
            BackupError::Full.into()
        }
        other => other,
    }
}

/// A name is certain to be found again only when its folder was synced. Windows opens no folder.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()
    } else {
        Ok(())
    }
}
