//! What the two papers say that prove what was done: the record of a case and the day's end.

use chrono::NaiveDate;
use serde::Serialize;

/// 全程记录: everything that happened to a case, with what proves it. Hashes and signatures are their
/// first 16 hexadecimal digits; whole they stand in the proof that is attached.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CaseRecord {
    /// Where it stands: 已办结.
    pub state: String,
    /// The day that binds and how it came about, in a sentence.
    pub due: String,
    /// When its clock stood still.
    pub pauses: Vec<PauseLine>,
    /// Every step, look and printing, in order.
    pub lines: Vec<RecordLine>,
    /// Whoever signed.
    pub signers: Vec<SignerLine>,
    /// The community's id: the hash of its first commit, in groups of eight digits.
    pub community_id: String,
    /// The place of this desk's last commit in its chain.
    pub head_seq: u64,
    /// Its hash, in groups of eight digits.
    pub head_hash: String,
    /// What the attached proof holds, in a sentence.
    pub proof: String,
}

/// A pause.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct PauseLine {
    /// 公示, 听证 …
    pub procedure: String,
    /// The first day that does not count.
    pub from: NaiveDate,
    /// The first day that counts again; nothing while it lasts.
    pub until: Option<NaiveDate>,
    /// Working days that did not count.
    pub days: u32,
}

/// One thing that happened.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct RecordLine {
    /// The commit's place in its device's chain.
    pub seq: u64,
    /// The clock of the desk: `11-24 10:42:07`.
    pub desk_time: String,
    /// The clock of the hub (总库); empty while it has not received it.
    pub hub_time: String,
    /// Who, and at which desk.
    pub who: String,
    /// What, in words.
    pub what: String,
    /// The commit's hash.
    pub hash: String,
    /// Its signature.
    pub signature: String,
}

/// A person whose signatures these are.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct SignerLine {
    /// The name.
    pub name: String,
    /// The public key, in groups of eight digits.
    pub key: String,
}

/// 日终单: what the day came to, and the end of the chain on paper. Whoever changes the journal later
/// would have to change this sheet too.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct DayEnd {
    /// The day.
    pub day: NaiveDate,
    /// A号台.
    pub station: String,
    /// What was done, and how often.
    pub counts: Vec<CountLine>,
    /// Commits of the day.
    pub commits: u64,
    /// The place of the last one in the chain of this desk.
    pub head_seq: u64,
    /// Its hash, in groups of eight digits.
    pub head_hash: String,
    /// The community's id, in groups of eight digits.
    pub community_id: String,
    /// Who signs: A角, B角, the supervisor.
    pub countersigned_by: Vec<String>,
}

/// How often something was done.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CountLine {
    /// 受理.
    pub label: String,
    /// How often.
    pub count: u64,
}
