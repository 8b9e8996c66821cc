//! Refusals: the rules' "no", as values. Sentences for people are made at the edge, from these.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    cases::transition::{State, Step},
    office::staff::{Action, Role},
    register::import::{FileTrouble, MappingError},
};

/// Why a backup was not made or not taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BackupProblem {
    /// Nobody has said where to.
    NoFolder,
    /// The folder is not there or takes no files: the stick is not plugged in.
    FolderGone,
    /// The folder lies inside the data folder.
    InsideData,
    /// There is no room.
    Full,
    /// The records themselves are damaged.
    RecordsDamaged,
    /// What was read back is not what was written: the medium is broken.
    ReadBack,
    /// The code in use was printed before there were backups.
    NoSheet,
    /// Nobody has unlocked the desk since it was started.
    NotOpen,
    /// One is being made already.
    Running,
    /// Something broke.
    Broke,
    /// The code does not open the backup.
    WrongCode,
    /// The file is no backup.
    NotABackup,
    /// The backup is of a newer program.
    Newer,
    /// The backup is damaged.
    Damaged,
    /// The data folder is not empty.
    NotEmpty,
    /// The station letter is taken, or none is left.
    StationTaken,
}

/// Why a command was not done. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Refusal {
    // Form of an input.
    /// A number has the wrong length.
    Length,
    /// A number has characters it cannot have.
    Format,
    /// The check character does not match.
    Check,
    /// The date in it does not exist.
    Date,
    /// The date in it is after today.
    Future,
    /// No province has this code.
    Region,
    /// A name is empty.
    NameEmpty,
    /// A name is too long.
    NameTooLong {
        /// How many characters a name may have.
        most: usize,
    },
    /// A name has a character no name has.
    NameCharacter {
        /// The character, or its code point as U+XXXX where nobody can see it.
        character: String,
    },
    /// A letter carries too many marks.
    NameMarks,
    /// A text is too long.
    TooLong {
        /// The field.
        field: String,
        /// How many characters it may have.
        most: usize,
    },
    /// A text has control or direction characters.
    TextCharacter {
        /// The field.
        field: String,
    },
    /// A needed field is empty.
    FieldMissing {
        /// The field.
        field: String,
    },
    /// The input has not the form the call asks for.
    BadInput {
        /// What is wrong, with the field's name.
        problem: String,
    },
    /// The input is larger than any real one.
    TooLarge {
        /// The limit in bytes.
        most_bytes: usize,
    },
    /// There is no call of this name.
    UnknownCall {
        /// Names that look like it.
        similar: Vec<String>,
    },
    /// No address can be read from this.
    AddressUnclear,
    /// The day is out of the calendar's reach.
    CalendarEnds,

    // Who and where.
    /// Nobody has unlocked the desk.
    Locked,
    /// The screen is shaded.
    Shaded,
    /// The role may not do this.
    NotPermitted {
        /// What was wanted.
        action: Action,
        /// The role that lacks it.
        role: Role,
    },
    /// The password is wrong.
    WrongPassword {
        /// How many tries are left before a pause.
        tries_left: u32,
        /// Seconds to wait before the next try.
        wait_s: u64,
    },
    /// Too many wrong passwords: wait.
    Wait {
        /// Seconds to wait.
        wait_s: u64,
    },
    /// The tenth wrong password locked this person out.
    LockedOut,
    /// The key store of this machine no longer has what passwords go with: only the printed code helps.
    KeyStoreForgot,
    /// The printed code is mistyped, or of another desk.
    WrongCode,
    // The hub.
    /// This desk has joined no hub.
    NoHub,
    /// Nobody answers at the hub's address.
    HubAway,
    /// Whoever answers there does not have the hub's key.
    HubStranger,
    /// What the hub says cannot be read, or contradicts what it said before.
    HubDisagrees,
    /// The hub has taken this device out of service.
    DeviceTurnedAway,
    /// The hub knows this device from another machine or a later time.
    DeviceDoubled,
    /// Hub and desk are of versions that do not understand each other.
    OtherVersion,
    /// The one-time code is wrong, used or late.
    CodeRefused,
    /// The code is for another community.
    OtherCommunity,
    /// The desk that founded the community must join first.
    CommunityNotBrought,
    /// All letters for stations are given.
    NoStationLeft,
    /// The file is none that the hub gave this desk.
    StickUnreadable,
    /// The file does not go on where this desk stands.
    StickStale,

    /// A colleague with their password must stand by.
    ColleagueMissing,
    /// The PIN is wrong.
    WrongPin {
        /// How many tries are left.
        tries_left: u32,
    },
    /// The password is too easy to guess.
    WeakPassword,
    /// Nobody of this name works here.
    UnknownStaff,
    /// Two people would have one name.
    SameStaffName,
    /// There is no community on this desk yet.
    NotFounded,
    /// There is one already.
    AlreadyFounded,

    // The register.
    /// No such record.
    UnknownRecord {
        /// Its kind.
        kind: String,
    },
    /// Somebody has this ID number already.
    SameIdNumber {
        /// Who.
        person: String,
    },
    /// Only people entitled to it may see or change this information.
    NotEntitledToTag,
    /// The key of sensitive facts has not been handed on to this person yet.
    KeyNotShared,
    /// A new recovery sheet is made by somebody who holds the keys of sensitive facts, where there are any.
    SheetNeedsKeyHolder,
    /// There is no such care group, or the person has not this tag.
    UnknownTag,
    /// The person has this tag already.
    TagThere,

    /// A file cannot be read.
    FileRefused {
        /// Its name.
        file: String,
        /// What is wrong with it.
        #[serde(flatten)]
        trouble: FileTrouble,
    },
    /// The columns of a sheet cannot be read so.
    ColumnsRefused {
        /// Why.
        error: MappingError,
    },
    /// No import is under way, or none of this id is on record.
    NoImport,

    // Cases.
    /// There is no such item.
    UnknownItem {
        /// The code that was asked for.
        code: String,
    },
    /// There is no such case.
    UnknownCase,
    /// There is no such paper.
    UnknownPaper,
    /// A community must not issue this certificate: refer instead.
    BannedCertificate {
        /// Its name.
        name: String,
        /// Who issues it.
        department: String,
    },
    /// The state does not allow this step.
    WrongState {
        /// Where the case stands.
        is: State,
        /// The step that was wanted.
        step: Step,
    },
    /// Somebody changed the record after the screen had shown it.
    Stale {
        /// Who.
        by: String,
        /// What they did.
        what: String,
    },
    /// The identity was not checked.
    IdentityMissing,
    /// The last four characters are not those of the register.
    IdentityDiffers,
    /// The register has no ID number to compare with.
    IdentityUnknown,
    /// A reason is needed.
    ReasonMissing,
    /// Nothing was put on the counter and nothing was stated.
    NothingReceived,
    /// Materials of this code are not in the item.
    UnknownMaterial {
        /// The code.
        code: String,
    },
    /// Required materials are missing: all of them are named, because the law allows one notice only
    /// (Administrative Licensing Law, art. 32).
    MaterialsMissing {
        /// Their names.
        missing: Vec<String>,
    },
    /// Nothing is missing, so there is nothing to ask for.
    NothingMissing,
    /// The notice must list everything that is missing.
    NoticeIncomplete {
        /// What it leaves out.
        missing: Vec<String>,
    },
    /// A second notice needs a supervisor and a reason.
    SecondNotice,
    /// These may not follow later.
    NotDeferrable {
        /// Their names.
        materials: Vec<String>,
    },
    /// The promise is not signed yet.
    PromiseNotSigned,
    /// A paper may not be owed beyond the due day.
    OwedTooLate {
        /// The last day it may be owed until.
        last: NaiveDate,
    },
    /// Something is still owed.
    StillOwed {
        /// What.
        materials: Vec<String>,
    },
    /// Only the department accepts or refuses here: give a referral slip.
    OnlyCollected,
    /// We decide ourselves: there is nobody to forward to.
    NotForwarded,
    /// Only an instant item is finished at once.
    NotInstant,
    /// Without the department's own serial number it cannot be finished.
    SerialMissing,
    /// The department has accepted already.
    DepartmentAcceptedAlready,
    /// The last day has not passed.
    NotYet {
        /// That day.
        last: NaiveDate,
    },
    /// A call to the resident must be on record first.
    CallMissing,
    /// The approver must be somebody else, and a supervisor.
    ApproverNotEntitled,
    /// It was extended once already.
    AlreadyExtended,
    /// The due day has passed.
    PastDue {
        /// That day.
        due: NaiveDate,
    },
    /// This item's own law or guide bars agents.
    AgentNotAllowed,
    /// The proxy has run out.
    ProxyExpired {
        /// Its last day.
        until: NaiveDate,
    },
    /// The recipient is neither the applicant nor an entitled agent.
    NotEntitled,
    /// The day lies in the future, or before the step it follows.
    WrongDay,
    /// Only on the same day, by who did it: later a supervisor voids.
    CorrectionTooLate,
    /// Nothing is there to take back.
    NothingToCorrect,
    /// The fonts for printing are not installed.
    FontsMissing {
        /// What to install.
        package: String,
    },
    /// A character has no shape in the printing fonts.
    NoGlyph {
        /// The character.
        character: String,
    },
    /// No printer is known to this machine.
    NoPrinter,
    /// There is no printer for a recovery sheet, which is never saved.
    NoPrinterForSheet,
    /// The disk is nearly full: nothing new is begun.
    DiskNearlyFull {
        /// What is left, in megabytes.
        free_mb: u64,
    },
    /// A backup was not made or not taken back.
    Backup {
        /// Why.
        problem: BackupProblem,
    },
    /// The day of this machine's clock must be confirmed by a person.
    DayUnsure {
        /// The day the clock says.
        clock: NaiveDate,
        /// The last day a commit was made on.
        last: NaiveDate,
    },
}
