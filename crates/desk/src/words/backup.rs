//! Sentences about backups: what happened, what is safe, what to do next.

use yichuang_domain::refusal::BackupProblem;

/// Why there is no backup, or why one was not taken back: Chinese, English.
pub(crate) const fn problem(problem: BackupProblem) -> (&'static str, &'static str) {
    match problem {
        BackupProblem::NoFolder => (
            "还没有说备份存到哪里。记录都在本机。请到“设置 · 备份”选一个 U 盘或文件夹。",
            "Nobody has said where backups go. All records are on this PC. Choose a stick or folder in Office · Backup.",
        ),
        BackupProblem::FolderGone => (
            "备份的文件夹找不到或写不进去，多半是 U 盘没插好或写保护。记录都在本机。请插好后再试，或另选一个文件夹。",
            "The backup folder is not there or takes no files: probably the stick is not plugged in or write-protected. All records are on this PC. Plug it in and try again, or choose another folder.",
        ),
        BackupProblem::InsideData => (
            "这个文件夹在本机的数据文件夹里面，硬盘一坏就一起没了。记录都在本机。请选 U 盘或另一块硬盘上的文件夹。",
            "This folder lies inside the data folder and would be lost with it. All records are on this PC. Choose a folder on a stick or another disk.",
        ),
        BackupProblem::Full => (
            "备份的地方放不下了。记录都在本机，原有的备份没有动。请腾出空间或换一个 U 盘，再备份一次。",
            "There is no room for the backup. All records are on this PC and earlier backups are untouched. Make room or take another stick, then back up again.",
        ),
        BackupProblem::RecordsDamaged => (
            "本机的记录有损坏，没有做成备份，原有的备份没有动。请不要删旧备份，停用本机并告知技术人员。",
            "Records of this PC are damaged, so no backup was made; earlier backups are untouched. Keep them, stop using this PC and tell the technician.",
        ),
        BackupProblem::ReadBack => (
            "备份写好后读回来对不上，已经作废，多半是 U 盘坏了。记录都在本机。请换一个 U 盘再备份。",
            "The backup differed when it was read back and was thrown away: the stick is probably broken. All records are on this PC. Take another stick and back up again.",
        ),
        BackupProblem::NoSheet => (
            "现在的恢复单是旧的，打不开备份。记录都在本机。请到“设置 · 备份”换发恢复单，再备份。",
            "The recovery sheet in use is too old to open backups. All records are on this PC. Make a new sheet in Office · Backup, then back up.",
        ),
        BackupProblem::NotOpen => (
            "开机后还没有人解锁，现在不能备份。记录都在本机。请先解锁一次。",
            "Nobody has unlocked this desk since it was started, so it cannot be backed up yet. All records are on this PC. Unlock it once first.",
        ),
        BackupProblem::Running => (
            "正在备份，还没有完。请等它做完。",
            "A backup is being made. Wait until it is done.",
        ),
        BackupProblem::Broke => (
            "备份没有做成。记录都在本机，原有的备份没有动。请再试一次；还不行，请换一个 U 盘或告知技术人员。",
            "The backup was not made. All records are on this PC and earlier backups are untouched. Try again, then take another stick or tell the technician.",
        ),
        BackupProblem::WrongCode => (
            "这个恢复码打不开这份备份：抄错了，或者是别的社区、换发以前的码，或者备份文件坏了。什么都没有改动。请照恢复单核对后重输，或换一份备份。",
            "This code does not open this backup: it is mistyped, of another community or of an earlier sheet, or the file is damaged. Nothing was changed. Check it against the sheet, or take another backup.",
        ),
        BackupProblem::NotABackup => (
            "这个文件不是一窗的备份。什么都没有改动。请选文件名以 yichuang- 开头、以 .age 结尾的文件。",
            "This file is no backup of Yichuang. Nothing was changed. Choose a file whose name begins with yichuang- and ends with .age.",
        ),
        BackupProblem::Newer => (
            "这份备份是更新版本的一窗做的，本机的版本打不开。什么都没有改动。请先升级本机的程序。",
            "This backup was made by a newer version of Yichuang. Nothing was changed. Update the program on this PC first.",
        ),
        BackupProblem::Damaged => (
            "这份备份坏了：内容有缺少或改动，不能恢复。什么都没有改动。请换一份备份。",
            "This backup is damaged: something in it is missing or changed. Nothing was changed. Take another backup.",
        ),
        BackupProblem::NotEmpty => (
            "目标文件夹里已经有东西。恢复从不覆盖，什么都没有改动。请换一个空文件夹。",
            "There is something in that folder already. Restoring never overwrites; nothing was changed. Choose an empty folder.",
        ),
        BackupProblem::StationTaken => (
            "这个台号已经用过，或者没有空的台号了。编号不能重复，什么都没有改动。请换一个没有用过的字母（A 到 Z）。",
            "This station letter was used already, or none is left. Numbers must not repeat; nothing was changed. Take a letter that was never used (A to Z).",
        ),
    }
}
