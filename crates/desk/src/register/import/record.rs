//! What is kept of an import: one record for the whole, and one for each block with the values that
//! were there before, so that the whole can be taken back.
//!
//! ```text
//! import        { files, digests, state: running | done | undone, on, by, rows, new, …, map }
//! import_block  { import, number, records: [[kind, id, before]], undone }
//! ```
//!
//! `before` is empty for a record that came to be, else the earlier values of the fields that changed.
//! The id of a block follows from its import and number.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use yichuang_domain::{
    record::{Change, Fields, Id, Kind, RecordKey},
    register::import::Field,
};
use yichuang_store::{Record, Store, StoreError};

use super::plan::Plan;

/// What a person said about titles: what the column holds, or nothing to leave it out.
pub(super) type Corrections = BTreeMap<String, Option<Field>>;

/// 导入: one import.
pub(super) fn import_kind() -> Kind {
    Kind::named("import")
}

fn block_kind() -> Kind {
    Kind::named("import_block")
}

/// The key of a block.
pub(super) fn block_key(store: &Store, import: Id, number: u32) -> Result<RecordKey, StoreError> {
    let id = store.computed_id(&[b"import_block", &import.bytes(), &number.to_be_bytes()])?;
    Ok(RecordKey::new(block_kind(), id))
}

/// A record that a block wrote.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Touched {
    pub(super) key: RecordKey,
    /// The earlier values; nothing for a record that came to be.
    pub(super) before: Option<Fields>,
}

impl Touched {
    fn to_value(&self) -> Value {
        json!([self.key.kind, self.key.id, self.before])
    }

    fn of(value: &Value) -> Option<Self> {
        let (kind, id, before) = serde_json::from_value(value.clone()).ok()?;
        Some(Self {
            key: RecordKey::new(kind, id),
            before,
        })
    }
}

/// The change that keeps a block.
pub(super) fn block(key: RecordKey, import: Id, number: u32, touched: &[Touched]) -> Change {
    let records: Vec<Value> = touched.iter().map(Touched::to_value).collect();
    Change::Set {
        record: key,
        fields: [
            ("import".to_owned(), json!(import)),
            ("number".to_owned(), json!(number)),
            ("records".to_owned(), Value::Array(records)),
        ]
        .into(),
    }
}

/// What a block wrote, unless it was taken back.
pub(super) fn touched(block: &Record) -> Vec<Touched> {
    if block.folded.get::<bool>("undone") == Some(true) {
        return Vec::new();
    }
    let records: Vec<Value> = block.folded.get("records").unwrap_or_default();
    records.iter().filter_map(Touched::of).collect()
}

/// A change of the import's own record.
pub(super) fn set(import: Id, fields: Fields) -> Change {
    Change::Set {
        record: RecordKey::new(import_kind(), import),
        fields,
    }
}

/// What is kept of an import when it begins.
pub(super) fn begun(plan: &Plan, on: i64) -> Change {
    let counts = plan.counts();
    let names: Vec<&str> = plan
        .sources
        .iter()
        .map(|source| source.name.as_str())
        .collect();
    let fields: [(&str, Value); 9] = [
        ("files", json!(names)),
        ("state", json!("running")),
        ("on", json!(on)),
        ("rows", json!(counts.rows)),
        ("new", json!(counts.new)),
        ("changed", json!(counts.changed)),
        ("doubtful", json!(counts.doubtful)),
        ("refused", json!(counts.refused)),
        ("map", json!(plan.corrections)),
    ];
    let fields = fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value));
    set(plan.import, fields.collect())
}

/// What people have said about titles at earlier imports, the latest last.
pub(super) fn remembered(store: &Store) -> Result<Corrections, StoreError> {
    let mut maps: Vec<(i64, Corrections)> = Vec::new();
    store.each_record(&import_kind(), |record| {
        let on = record.folded.get("on").unwrap_or_default();
        maps.push((on, record.folded.get("map").unwrap_or_default()));
    })?;
    maps.sort_by_key(|(on, _map)| *on);
    Ok(maps.into_iter().flat_map(|(_on, map)| map).collect())
}
