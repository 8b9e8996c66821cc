//! The fold: a record is its changes, read in order. Pure and closed: it looks at nothing else.
//!
//! Order: changes with a hub number by that number, then this desk's own unnumbered ones, and before
//! them those of the device whose backup it was restored from.
//! A field keeps every value that no later set had seen; two distinct ones are a conflict for a
//! person to settle. Nothing anyone typed is dropped.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{Change, ChangeRef, Entry, Id};

/// A value of a field that no later set had seen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Head {
    /// The value.
    pub value: Value,
    /// The change that wrote it.
    pub at: ChangeRef,
    /// Who wrote it.
    pub actor: Id,
    /// The writer's clock, milliseconds.
    pub time: i64,
    rank: (i64, u64, u64),
}

/// A field with all its living values; usually there is one.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Field {
    /// Living values, in the order of the fold.
    pub heads: Vec<Head>,
}

impl Field {
    /// The value to show meanwhile: the latest by the earlier of both clocks, then by number.
    pub fn shown(&self) -> Option<&Head> {
        self.heads.iter().max_by_key(|head| head.rank)
    }

    /// Whether two values that nobody compared differ.
    pub fn is_conflict(&self) -> bool {
        self.heads
            .windows(2)
            .any(|pair| matches!(pair, [one, two] if one.value != two.value))
    }
}

/// Two or more values of one field that nobody has compared yet.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldConflict {
    /// The field's name.
    pub field: String,
    /// Its living values.
    pub heads: Vec<Head>,
}

/// An event with the change that carried it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Happening {
    /// Which change.
    pub at: ChangeRef,
    /// The event's name.
    pub event: String,
    /// What it says.
    pub body: Value,
    /// Who did it.
    pub actor: Id,
    /// Whose post they held.
    pub on_behalf_of: Option<Id>,
    /// The writer's clock, milliseconds.
    pub time: i64,
    /// The hub's number, once it has one.
    pub number: Option<u64>,
    /// The supervisor's reason, when a void took its effect.
    pub voided: Option<String>,
}

impl Happening {
    /// An event that is about to happen.
    pub(crate) fn now(at: ChangeRef, event: &str, body: Value, actor: Id) -> Self {
        let event = event.to_owned();
        Self {
            at,
            event,
            body,
            actor,
            on_behalf_of: None,
            time: 0,
            number: None,
            voided: None,
        }
    }
}

/// A record, folded.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Folded {
    /// Fields by name.
    pub fields: BTreeMap<String, Field>,
    /// Events in order.
    pub events: Vec<Happening>,
}

impl Folded {
    /// The shown value of a field, read as `T`; nothing when it is absent or of another form.
    pub fn get<T: DeserializeOwned>(&self, field: &str) -> Option<T> {
        let head = self.fields.get(field)?.shown()?;
        serde_json::from_value(head.value.clone()).ok()
    }

    /// The fields whose values wait for a person to compare them.
    pub fn conflicts(&self) -> Vec<FieldConflict> {
        self.fields
            .iter()
            .filter(|(_name, field)| field.is_conflict())
            .map(|(name, field)| FieldConflict {
                field: name.clone(),
                heads: field.heads.clone(),
            })
            .collect()
    }
}

/// The entries in the order of the fold, each once: the one the hub has numbered, where there are both.
pub fn in_order(entries: &[Entry]) -> Vec<&Entry> {
    // Each restoring adds the device it was made from, so that fewer come first.
    let place = |entry: &Entry| {
        let number = entry.number.unwrap_or(u64::MAX);
        (number, entry.restored_from.len(), entry.at)
    };
    let mut once: BTreeMap<ChangeRef, &Entry> = BTreeMap::new();
    for entry in entries {
        let kept = once.entry(entry.at).or_insert(entry);
        if place(entry) < place(kept) {
            *kept = entry;
        }
    }
    let mut ordered: Vec<&Entry> = once.into_values().collect();
    ordered.sort_by_key(|entry| place(entry));
    ordered
}

/// Folds the changes of one record, given in any order, repeats included.
pub fn fold(entries: &[Entry]) -> Folded {
    let ordered = in_order(entries);
    let voids = voids_of(&ordered);
    let mut folded = Folded::default();
    let mut written: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in ordered {
        match &entry.change {
            Change::Set { fields, .. } => {
                for name in fields.keys() {
                    let living = written.entry(name).or_default();
                    living.retain(|earlier| !entry.has_seen(earlier));
                    living.push(entry);
                }
            }
            Change::Event { event, body, .. } => folded.events.push(Happening {
                at: entry.at,
                event: event.clone(),
                body: body.clone(),
                actor: entry.actor,
                on_behalf_of: entry.on_behalf_of,
                time: entry.time,
                number: entry.number,
                voided: voids.get(&entry.at).cloned(),
            }),
            Change::Void { .. } => {}
        }
    }
    folded.fields = written
        .into_iter()
        .map(|(name, living)| (name.to_owned(), field_of(name, &living)))
        .collect();
    folded
}

fn voids_of(ordered: &[&Entry]) -> BTreeMap<ChangeRef, String> {
    let mut voids = BTreeMap::new();
    for entry in ordered {
        if let Change::Void { of, reason, .. } = &entry.change {
            voids.entry(*of).or_insert_with(|| reason.clone());
        }
    }
    voids
}

fn field_of(name: &str, living: &[&Entry]) -> Field {
    let mut distinct = BTreeSet::new();
    let mut heads: Vec<Head> = Vec::new();
    for entry in living.iter().rev() {
        let Change::Set { fields, .. } = &entry.change else {
            continue;
        };
        let Some(value) = fields.get(name) else {
            continue;
        };
        // Equal values are no conflict: the latest of them stands for all.
        if !distinct.insert(value.to_string()) {
            continue;
        }
        let time = entry
            .received_at
            .map_or(entry.time, |received| received.min(entry.time));
        heads.push(Head {
            value: value.clone(),
            at: entry.at,
            actor: entry.actor,
            time: entry.time,
            rank: (time, entry.number.unwrap_or(u64::MAX), entry.at.seq),
        });
    }
    heads.reverse();
    Field { heads }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::record::{CommitRef, Kind, RecordKey, Seen};

    fn set(device: u8, seq: u64, number: Option<u64>, seen: u64, value: i64) -> Entry {
        Entry {
            at: ChangeRef {
                device: Id::from_bytes([device; 16]),
                seq,
                index: 0,
            },
            number,
            received_at: number.map(|number| i64::try_from(number).unwrap() * 10),
            time: i64::try_from(seq).unwrap() * 7,
            seen: Seen {
                epoch: 0,
                number: seen,
                seq: 0,
            },
            actor: Id::from_bytes([device; 16]),
            restored_from: Vec::new(),
            on_behalf_of: None,
            change: Change::Set {
                record: RecordKey::new(Kind::PERSON, Id::default()),
                fields: [("phone".to_owned(), json!(value))].into(),
            },
        }
    }

    #[test]
    fn two_values_that_nobody_compared_are_a_conflict_until_a_set_has_seen_both() {
        let apart = [set(1, 1, Some(1), 0, 10), set(2, 1, Some(2), 0, 20)];
        assert_eq!(fold(&apart).conflicts().len(), 1);

        let settled = [
            apart[0].clone(),
            apart[1].clone(),
            set(1, 2, Some(3), 2, 20),
        ];
        assert!(fold(&settled).conflicts().is_empty());
        assert_eq!(fold(&settled).get::<i64>("phone"), Some(20));
    }

    #[test]
    fn equal_values_are_no_conflict() {
        let equal = [set(1, 1, Some(1), 0, 10), set(2, 1, Some(2), 0, 10)];
        assert!(fold(&equal).conflicts().is_empty());
    }

    #[test]
    fn a_desk_has_seen_what_it_wrote_itself() {
        let own = [set(1, 1, None, 0, 10), set(1, 2, None, 0, 20)];
        assert!(fold(&own).conflicts().is_empty());
        assert_eq!(fold(&own).get::<i64>("phone"), Some(20));
    }

    #[test]
    fn a_restored_desk_comes_after_its_backup_and_has_seen_it_and_nothing_later() {
        let backup = set(9, 4, None, 0, 10);
        let mut restored = set(1, 1, None, 0, 20);
        restored.restored_from = vec![CommitRef {
            device: backup.at.device,
            seq: 4,
        }];
        let both = [restored.clone(), backup.clone()];
        assert!(fold(&both).conflicts().is_empty());
        assert_eq!(fold(&both).get::<i64>("phone"), Some(20));
        assert_eq!(in_order(&both), [&backup, &restored]);

        let later_beside_it = set(9, 5, None, 0, 30);
        assert_eq!(fold(&[restored, later_beside_it]).conflicts().len(), 1);
    }

    #[test]
    fn a_void_marks_the_event_it_names_and_no_other() {
        let mut entries: Vec<Entry> = Vec::new();
        for seq in 1..=3 {
            let mut entry = set(1, seq, None, 0, 0);
            let record = RecordKey::new(Kind::CASE, Id::default());
            entry.change = if seq == 3 {
                Change::Void {
                    record,
                    of: entries[0].at,
                    reason: "错录".to_owned(),
                }
            } else {
                Change::Event {
                    record,
                    event: "receive".to_owned(),
                    body: json!({}),
                }
            };
            entries.push(entry);
        }
        let voided: Vec<_> = fold(&entries)
            .events
            .into_iter()
            .map(|event| event.voided)
            .collect();
        assert_eq!(voided, [Some("错录".to_owned()), None]);
    }

    fn some_entries() -> impl Strategy<Value = Vec<Entry>> {
        prop::collection::vec((1_u8..4, 0_u64..6, 0_i64..3), 1..12).prop_map(|rows| {
            let mut seqs = BTreeMap::<u8, u64>::new();
            let mut entries = Vec::new();
            for (number, (device, seen, value)) in (1_u64..).zip(rows) {
                let seq = seqs.entry(device).or_insert(0);
                *seq += 1;
                entries.push(set(device, *seq, Some(number), seen.min(number - 1), value));
            }
            entries
        })
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_does_not_matter(entries in some_entries(), shift in 0_usize..12) {
            let mut turned = entries.clone();
            turned.rotate_left(shift % entries.len());
            turned.extend(entries.iter().take(shift).cloned()); // repeats change nothing
            prop_assert_eq!(fold(&entries), fold(&turned));
        }

        #[test]
        fn a_value_is_alive_exactly_while_no_later_set_had_seen_it(entries in some_entries()) {
            let alive: BTreeSet<String> = entries.iter().enumerate()
                .filter(|(place, entry)| !entries[place + 1..].iter().any(|later| later.has_seen(entry)))
                .map(|(_place, entry)| match &entry.change { Change::Set { fields, .. } => fields["phone"].to_string(), _ => String::new() })
                .collect();
            let kept: BTreeSet<String> = fold(&entries).fields["phone"].heads.iter().map(|head| head.value.to_string()).collect();
            prop_assert_eq!(alive, kept);
        }
    }
}
