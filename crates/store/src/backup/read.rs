//! Opening a backup with the printed code.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    path::Path,
};

use yichuang_vault::{
    RecoveryCode,
    age::{AgeError, AgeReader},
};

use super::{
    BackupError, FORMAT, MAGIC, MOST_MANIFEST_BYTES, MOST_PATH_BYTES, Manifest, hashing::Hashing,
    is_ours,
};
use crate::{commit::from_cbor, error::StoreError};

/// What a backup says about itself. That it is whole is known only after restoring.
///
/// # Errors
///
/// [`BackupError`].
pub fn look(file: &Path, code: &str) -> Result<Manifest, StoreError> {
    Ok(Opened::open(file, code)?.manifest)
}

/// A backup that the code has opened.
pub(super) struct Opened {
    reader: Hashing<AgeReader<File>>,
    pub(super) manifest: Manifest,
}

impl Opened {
    pub(super) fn open(file: &Path, code: &str) -> Result<Self, StoreError> {
        let code = RecoveryCode::parse(code).ok_or(BackupError::WrongCode)?;
        let file = File::open(file).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => BackupError::NotABackup.into(),
            _ => StoreError::Disk(error),
        })?;
        if !file.metadata()?.is_file() {
            return Err(BackupError::NotABackup.into());
        }
        let reader = AgeReader::open(file, &code.backup_secret()).map_err(refused)?;
        let mut reader = Hashing::new(reader);
        let magic: [u8; MAGIC.len()] = exactly(&mut reader)?;
        if magic != *MAGIC {
            return Err(BackupError::NotABackup.into());
        }
        if exactly(&mut reader)? != [FORMAT] {
            return Err(BackupError::Newer.into());
        }
        let length = u32::from_be_bytes(exactly(&mut reader)?);
        if length > MOST_MANIFEST_BYTES {
            return Err(BackupError::damaged("the manifest").into());
        }
        let mut bytes = Vec::new();
        (&mut reader)
            .take(u64::from(length))
            .read_to_end(&mut bytes)
            .map_err(broken)?;
        let manifest = from_cbor(&bytes, "a manifest")
            .map_err(|_error| BackupError::damaged("the manifest"))?;
        Ok(Self { reader, manifest })
    }

    /// Writes all files into a folder, and checks that nothing is missing.
    pub(super) fn unpack(
        mut self,
        folder: &Path,
        mut told: impl FnMut(u64),
    ) -> Result<Manifest, StoreError> {
        let (mut files, mut bytes) = (0_u64, 0_u64);
        while let Some(path) = self.next_path()? {
            let length = u64::from_be_bytes(exactly(&mut self.reader)?);
            self.write_file(&folder.join(path), length)?;
            files += 1;
            bytes = bytes.saturating_add(length);
            told(bytes);
        }
        let hash = self.reader.hash();
        let said: [u8; 32] = exactly(&mut self.reader)?;
        let rest = self.reader.read(&mut [0]).map_err(broken)?;
        if hash == said && rest == 0 && files == self.manifest.files {
            Ok(self.manifest)
        } else {
            Err(BackupError::damaged("its end").into())
        }
    }

    fn next_path(&mut self) -> Result<Option<String>, StoreError> {
        let length = u16::from_be_bytes(exactly(&mut self.reader)?);
        if length == 0 {
            return Ok(None);
        }
        let mut bytes = vec![0; usize::from(length.min(MOST_PATH_BYTES))];
        self.reader.read_exact(&mut bytes).map_err(broken)?;
        let path = String::from_utf8(bytes).ok().filter(|path| is_ours(path));
        let path = path.ok_or(BackupError::damaged("a file's name"))?;
        Ok(Some(path))
    }

    fn write_file(&mut self, path: &Path, length: u64) -> Result<(), StoreError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut file = OpenOptions::new();
        file.write(true).create_new(true);
        private(&mut file);
        // A path that comes twice is no backup of ours.
        let mut file = file.open(path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => BackupError::damaged("a file's name").into(),
            _ => StoreError::Disk(error),
        })?;
        let mut left = length;
        let mut piece = vec![0; 64 * 1024];
        while left > 0 {
            let most = usize::try_from(left).unwrap_or(usize::MAX).min(piece.len());
            let part = piece.get_mut(..most).unwrap_or_default();
            let count = self.reader.read(part).map_err(broken)?;
            if count == 0 {
                return Err(BackupError::damaged("a file").into());
            }
            file.write_all(part.get(..count).unwrap_or_default())?;
            left -= count as u64;
        }
        file.sync_all()?;
        Ok(())
    }
}

fn exactly<const N: usize>(from: &mut impl Read) -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes).map_err(broken)?;
    Ok(bytes)
}

/// What reading says of the inside of a sealed file.
fn broken(error: io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            BackupError::damaged("a piece").into()
        }
        _ => StoreError::Disk(error),
    }
}

fn refused(error: AgeError) -> StoreError {
    match error {
        AgeError::NotSealed => BackupError::NotABackup.into(),
        AgeError::Newer => BackupError::Newer.into(),
        AgeError::WrongSecret => BackupError::WrongCode.into(),
        AgeError::Damaged => BackupError::damaged("its head").into(),
        AgeError::Disk(error) => broken(error),
    }
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn private(_options: &mut OpenOptions) {}
