//! What broke, as sentences: what happened, what is safe, what to do next. And what is worth knowing
//! about the data folder, for the home page.

use std::io::ErrorKind;

use yichuang_sheets::WriteError;
use yichuang_store::{JournalError, Note, ReadOnly, Room, Store, StoreError, VaultError};

use super::Language;
use crate::error::DeskError;

/// The sentence of something that broke.
pub(crate) fn trouble(error: &DeskError, language: Language) -> String {
    let (zh, en) = match error {
        DeskError::Store(error) => of_store(error),
        DeskError::Disk(error) | DeskError::Workbook(WriteError::Disk(error)) => {
            of_disk(error.kind())
        }
        DeskError::Document(_)
        | DeskError::Print(_)
        | DeskError::Worker(_)
        | DeskError::Workbook(WriteError::Workbook(_))
        | DeskError::Encode(_)
        | DeskError::Poisoned => BROKE,
    };
    language.pick(zh, en).to_owned()
}

type Both = (&'static str, &'static str);

const BROKE: Both = (
    "出了故障，这一步没有写入。之前的记录都在。请再试一次；还不行，请重新打开程序并告知技术人员。",
    "Something broke; this step was not written. All earlier records are safe. Try again, then restart the program and tell the technician.",
);
const FULL: Both = (
    "磁盘满了，这一步没有写入。之前的记录和草稿都在，查询和打印照常。请清出空间，腾出后再办一次即可。",
    "The disk is full; this step was not written. Earlier records and drafts are safe, looking up and printing go on. Make room, then do it once more.",
);
const UNWRITABLE: Both = (
    "数据文件夹不让写入，这一步没有写入。之前的记录都在，可以查询。请恢复文件夹的写入权限，再办一次。",
    "The data folder may not be written to; this step was not written. Earlier records are safe and can be read. Give the permission back, then do it once more.",
);
const UNCONFIRMED: Both = (
    "磁盘没有确认写入，这一步不一定写上了。之前的记录都在。本机先不要继续办理：请重新打开程序，看这一步在不在，再告知技术人员检查磁盘。",
    "The disk did not confirm the write: this step may not be there. Earlier records are safe. Stop working here: start the program again, look whether this step is there, and have the disk checked.",
);
const RESTART: Both = (
    "之前有一次写入没有得到磁盘确认，所以这一步没有写入。之前的记录都在，可以查询。请重新打开程序。",
    "An earlier write was not confirmed by the disk, so this step was not written. Earlier records are safe and can be read. Start the program again.",
);
const DAMAGED: Both = (
    "日志有一处损坏，程序没有改动它。请不要删除任何文件，停用本机，从备份恢复，并告知技术人员。",
    "The journal is damaged at one place; nothing was changed. Delete no file, stop using this PC, restore from the backup and tell the technician.",
);
const GONE: Both = (
    "数据文件夹里的日志不见了，程序没有新建，也没有改动。请把 journal 文件夹放回原处，或从备份恢复。",
    "The journal is missing from the data folder; nothing was made or changed. Put the folder `journal` back, or restore from the backup.",
);
const NEWER: Both = (
    "这个数据文件夹是更新版本的程序写的，没有改动。请安装新版本后再打开。",
    "A newer version of the program wrote this data folder; nothing was changed. Install the new version and open it again.",
);
const FOREIGN: Both = (
    "这个数据文件夹里的日志是另一个社区或另一台机器的，没有改动。请换回本机原来的 journal 文件夹。",
    "The journal in this data folder belongs to another community or machine; nothing was changed. Put this PC's own folder `journal` back.",
);
const IN_USE: Both = (
    "另一个程序正在使用这个数据文件夹。数据都在，没有改动。请先关闭那个窗口或程序，再试一次。",
    "Another program works on this data folder. Nothing is lost or changed. Close that window or program and try again.",
);
const VIEW: Both = (
    "显示用的索引坏了，已移到 quarantine，正在从日志重建。记录都在，已办的不用重办。请再看一次。",
    "The index behind the screens broke; it was moved to quarantine and is made anew from the journal. All records are safe, nothing need be done twice. Look again.",
);
const KEYS: Both = (
    "钥匙文件 vault.toml 读不出来，没有改动。记录都在，但没有它打不开。请从备份恢复这个文件，并告知技术人员。",
    "The key file vault.toml cannot be read; nothing was changed. The records are there but need it. Restore this file from the backup and tell the technician.",
);
const NO_SECRET: Both = (
    "本机的密钥不见了，密码暂时打不开。记录都在。请用密码信封恢复。",
    "This PC's own key is gone, so passwords do not open it. Records are safe. Use the sealed envelope.",
);

fn of_store(error: &StoreError) -> Both {
    if error.is_full() {
        return FULL;
    }
    if error.is_unwritable() {
        return UNWRITABLE;
    }
    match error {
        StoreError::InUse => IN_USE,
        StoreError::ReadOnly(why) => of_read_only(*why),
        StoreError::Foreign => FOREIGN,
        StoreError::View(_) | StoreError::ViewBroken | StoreError::Seal(_) => VIEW,
        StoreError::Journal(error) => of_journal(error),
        StoreError::Form { .. } | StoreError::Chain { .. } => DAMAGED,
        StoreError::Vault(VaultError::UnknownFormat { .. }) => NEWER,
        StoreError::Vault(VaultError::Damaged { .. } | VaultError::Absent) => KEYS,
        StoreError::Vault(VaultError::DeviceSecretMissing) => NO_SECRET,
        StoreError::Unlock(yichuang_store::UnlockError::Failed(error)) => match error {
            VaultError::DeviceSecretMissing => NO_SECRET,
            VaultError::Damaged { .. } => KEYS,
            _ => BROKE,
        },
        StoreError::Disk(error) => of_disk(error.kind()),
        _ => BROKE,
    }
}

fn of_journal(error: &JournalError) -> Both {
    match error {
        JournalError::Unconfirmed(_) => UNCONFIRMED,
        JournalError::Poisoned => RESTART,
        JournalError::UnknownFormat { .. } => NEWER,
        JournalError::Damaged(_) => DAMAGED,
        JournalError::Absent => GONE,
        JournalError::ReadOnly => UNWRITABLE,
        _ => BROKE,
    }
}

fn of_read_only(why: ReadOnly) -> Both {
    match why {
        ReadOnly::Folder => UNWRITABLE,
        ReadOnly::Copy => (
            "这是数据文件夹的副本，原来的文件夹还在，所以这里只能查看，这一步没有写入。请打开原来的文件夹办理。",
            "This is a copy of the data folder and the original is still there, so it can only be read; this step was not written. Open the original folder to work.",
        ),
        ReadOnly::EndMissing => (
            "日志的末尾不见了，多半是放回了旧的副本。为免重复发号，这里只能查看，这一步没有写入。请从最近的备份恢复，并告知技术人员。",
            "The end of the journal is missing: probably an older copy was put back. So that no number is given twice it can only be read; this step was not written. Restore the latest backup and tell the technician.",
        ),
    }
}

fn of_disk(kind: ErrorKind) -> Both {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => FULL,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => UNWRITABLE,
        _ => BROKE,
    }
}

/// What is worth knowing about the data folder.
pub(crate) fn folder_notes(store: &Store, language: Language) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(why) = store.read_only() {
        let (zh, en) = match why {
            ReadOnly::Folder => (
                "数据文件夹不让写入：现在只能查看和打印预览。",
                "The data folder may not be written to: it can only be read now.",
            ),
            ReadOnly::Copy => (
                "这是数据文件夹的副本，原来的还在：只能查看。",
                "This is a copy of the data folder beside its original: it can only be read.",
            ),
            ReadOnly::EndMissing => (
                "日志的末尾不见了：只能查看。请从最近的备份恢复。",
                "The end of the journal is missing: it can only be read. Restore the latest backup.",
            ),
        };
        notes.push(language.pick(zh, en).to_owned());
    }
    match store.room() {
        Room::Enough => {}
        Room::Low { free_mb } => notes.push(language.pick(
            format!("磁盘只剩 {free_mb} MB。不足 100 MB 时会暂停新的受理，请及早清理。"),
            format!("{free_mb} MB are left on the disk. Below 100 MB nothing new is taken in: make room soon."),
        )),
        Room::Full { free_mb } => notes.push(language.pick(
            format!("磁盘只剩 {free_mb} MB，暂停新的受理和登记；查询、办结、打印照常。腾出空间后自动恢复。"),
            format!("{free_mb} MB are left on the disk: nothing new is taken in; looking up, finishing and printing go on. Make room and it goes on by itself."),
        )),
    }
    notes.extend(store.notes().map(|note| {
        let (zh, en) = match note {
            Note::ViewRenewed => (
                "显示用的索引曾与日志不符，已移到 quarantine 并从日志重建。记录都在。",
                "The index behind the screens did not agree with the journal; it lies in quarantine and was made anew. All records are safe.",
            ),
            Note::GuardsLost => (
                "日志的两个标记文件丢失，已重新建立。请核对最后办的几件是否都在。",
                "Both marks of the journal were lost and are made anew. Check that the last few cases are there.",
            ),
            Note::JournalDamaged => (
                "日志有一处损坏，没有改动。请停用本机并告知技术人员。",
                "The journal is damaged at one place; nothing was changed. Stop using this PC and tell the technician.",
            ),
        };
        language.pick(zh, en).to_owned()
    }));
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_trouble_has_a_sentence_of_its_own_in_both_languages() {
        let disk = |kind: ErrorKind| StoreError::Disk(kind.into());
        let all = [
            disk(ErrorKind::StorageFull),
            disk(ErrorKind::ReadOnlyFilesystem),
            disk(ErrorKind::Other),
            StoreError::InUse,
            StoreError::Foreign,
            StoreError::ViewBroken,
            StoreError::ReadOnly(ReadOnly::Copy),
            StoreError::ReadOnly(ReadOnly::EndMissing),
            StoreError::Journal(JournalError::Poisoned),
            StoreError::Journal(JournalError::Unconfirmed(ErrorKind::Other.into())),
            StoreError::Journal(JournalError::Absent),
            StoreError::Journal(JournalError::UnknownFormat { file: 1, format: 9 }),
            StoreError::Form { what: "a commit" },
            StoreError::Vault(VaultError::Damaged { what: "vault.toml" }),
            StoreError::Vault(VaultError::DeviceSecretMissing),
        ];
        let count = all.len();
        let said: std::collections::BTreeSet<String> = all
            .into_iter()
            .map(DeskError::Store)
            .map(|error| {
                let zh = trouble(&error, Language::Zh);
                let en = trouble(&error, Language::En);
                assert!(zh.ends_with('。') && en.ends_with('.'), "{zh} {en}");
                zh
            })
            .collect();
        assert_eq!(said.len(), count);
    }
}
