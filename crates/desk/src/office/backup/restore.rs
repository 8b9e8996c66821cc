//! Coming back from a backup, on a machine that has no community yet.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;
use yichuang_domain::{cases::number::StationLetter, refusal::Refusal};
use yichuang_store::{
    FolderLock, KdfParams, Store,
    backup::{self, Restored, Restoring},
};

use super::stop_of;
use crate::{
    answer::{Answer, Stop},
    call::Deed,
    clock::{Clock, local},
    desk::answer,
    inner::Inner,
    office::session::names,
    words::Language,
};

/// What to restore, and where, for a terminal.
#[derive(Debug)]
pub struct Restore {
    /// The backup.
    pub file: PathBuf,
    /// The code of the printed sheet.
    pub code: String,
    /// The data folder: not there yet, or empty.
    pub data: PathBuf,
    /// The first password of everybody, as at founding.
    pub password: String,
    /// The station letter; the next that was never used, where absent.
    pub station: Option<char>,
    /// The time.
    pub clock: Clock,
}

/// Restores a backup into a bare folder, telling how many bytes are unpacked.
pub fn restore(wanted: &Restore, language: Language, told: impl FnMut(u64)) -> Answer {
    let restored = bring_back(
        &wanted.file,
        &wanted.code,
        &wanted.data,
        &wanted.password,
        wanted.station,
        wanted.clock.now_ms(),
        told,
    );
    answer(
        restored.map(|restored| json!(view(&restored, language))),
        language,
    )
}

fn bring_back(
    file: &Path,
    code: &str,
    data: &Path,
    password: &str,
    station: Option<char>,
    time: i64,
    told: impl FnMut(u64),
) -> Result<Restored, Stop> {
    let restoring = Restoring {
        file,
        code,
        data,
        station,
        password: &|_person| Some(password.to_owned()),
        time,
        kdf: KdfParams::default(),
    };
    let restored = backup::restore(&restoring, told).map_err(stop_of)?;
    names::write(data, &restored.community, &restored.staff)?;
    Ok(restored)
}

/// Restores a backup on this desk, which has no community yet.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct RestoreBackup {
    /// The backup.
    pub file: String,
    /// The code of the printed sheet.
    pub code: String,
    /// The first password of everybody, as at founding.
    pub password: String,
    /// The station letter; the next that was never used, where absent.
    #[serde(default)]
    pub station: Option<char>,
}

/// What came back.
#[derive(Serialize, TS)]
pub(crate) struct RestoredView {
    /// The community's name.
    pub community: String,
    /// When the backup was made: "2026-11-24 12:00".
    pub made: String,
    /// How many commits it held.
    #[ts(type = "number")]
    pub commits: u64,
    /// The digest of the journal in it.
    pub digest: String,
    /// The new station: 2 for 2号台.
    pub station: u8,
    /// Its letter, in numbers from now on.
    pub letter: char,
    /// Who can unlock it.
    pub people: Vec<String>,
    /// What came back and what to do next.
    pub text: String,
}

impl Deed for RestoreBackup {
    const NAME: &'static str = "restore_backup";
    const ABOUT: &'static str =
        "Restores a backup on a desk that has no community yet, as a new device.";
    const NEEDS_PERSON: bool = false;
    type Output = RestoredView;

    fn perform(self, desk: &mut Inner) -> Result<RestoredView, Stop> {
        if desk.store.is_some() {
            return Err(Refusal::AlreadyFounded.into());
        }
        let data = desk.data();
        // The store takes the folder itself.
        desk.waiting = None;
        let restored = bring_back(
            Path::new(self.file.trim()),
            &self.code,
            &data,
            &self.password,
            self.station,
            desk.world.now(),
            |_bytes| (),
        );
        let restored = restored.inspect_err(|_refused| {
            desk.waiting = FolderLock::take(&data).ok();
        })?;
        desk.store = Some(Store::open(&data)?);
        desk.tell();
        Ok(view(&restored, desk.world.language))
    }
}

fn view(restored: &Restored, language: Language) -> RestoredView {
    let made = local(restored.time).format("%Y-%m-%d %H:%M").to_string();
    let station = StationLetter::new(restored.station).map_or(0, StationLetter::station);
    let text = language.pick(
        format!(
            "已恢复到 {made} 的备份，共 {} 条记录，核对无误。本机是新的{station}号台，编号不会与原来的机器重复。备份以后在原机器上做的不在里面。请马上备份一次，并请每个人改密码。",
            restored.commits
        ),
        format!(
            "Restored the backup of {made}, all of it checked (commits: {}). This PC is the new station {station}, so no number repeats. What was done after the backup is not in it. Make a backup now, and let everybody change their password.",
            restored.commits
        ),
    );
    RestoredView {
        community: restored.community.clone(),
        made,
        commits: restored.commits,
        digest: restored.digest.clone(),
        station,
        letter: restored.station,
        people: restored.staff.iter().map(|one| one.name.clone()).collect(),
        text,
    }
}
