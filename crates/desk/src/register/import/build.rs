//! Reading files and judging their rows against the register, one after the other: the dry run.

use std::collections::HashMap;

use chrono::NaiveDate;
use yichuang_domain::{
    record::{Fields, Id, Kind, RecordKey},
    refusal::Refusal,
    register::import::{
        Doubt, FileTrouble, Found, Home, Known, Mapping, MappingError, PersonDraft, Reader, Row,
        RowDraft, RowKind, corrected, differences, find_header, find_person, recognise,
    },
};
use yichuang_store::Store;

use super::{
    plan::{Item, Plan, RowPlan, Said, SheetPlan, Verdict},
    record::Corrections,
    roll::Roll,
    source::{Source, Told},
};
use crate::answer::Stop;

/// Rows of a sheet that are looked at before its columns are understood.
const LOOK_AHEAD: usize = 80;

/// Reads all sources and says what they would do.
///
/// # Errors
///
/// Refuses a file that cannot be read, one without heads, and columns mapped twice.
pub(super) fn build(
    store: &Store,
    import: Id,
    sources: Vec<Source>,
    corrections: Corrections,
    today: NaiveDate,
) -> Result<Plan, Stop> {
    let mut builder = Builder {
        store,
        today,
        roll: Roll::of(store)?,
        targets: HashMap::new(),
        plan: Plan {
            import,
            sources: Vec::new(),
            sheets: Vec::new(),
            rows: Vec::new(),
            items: Vec::new(),
            corrections,
            done: 0,
            written: 0,
            blocks: 0,
        },
        digest: [0; 32],
        sheet: None,
        stop: None,
    };
    for (place, source) in sources.iter().enumerate() {
        builder.source(place, source)?;
    }
    builder.plan.sources = sources;
    Ok(builder.plan)
}

/// The sheet that is being read.
struct Sheet {
    /// Rows before the columns are understood.
    ahead: Vec<Row>,
    understood: Option<Reader>,
}

struct Builder<'a> {
    store: &'a Store,
    today: NaiveDate,
    roll: Roll,
    /// Where in the plan a record stands that this file speaks of.
    targets: HashMap<Id, usize>,
    plan: Plan,
    digest: [u8; 32],
    sheet: Option<Sheet>,
    stop: Option<Stop>,
}

impl Builder<'_> {
    fn source(&mut self, place: usize, source: &Source) -> Result<(), Stop> {
        self.digest = source.digest;
        let first = self.plan.sheets.len();
        source.read(|told| {
            let went = match told {
                Told::Sheet(name) => self.begin_sheet(place, name),
                Told::Row(row) => self.row(row),
            };
            if let Err(stop) = went {
                self.stop.get_or_insert(stop);
            }
            self.stop.is_none()
        })?;
        self.end_sheet()?;
        if let Some(stop) = self.stop.take() {
            return Err(stop);
        }
        let has_heads = self
            .plan
            .sheets
            .iter()
            .skip(first)
            .any(|sheet| sheet.heads_at.is_some());
        if has_heads {
            Ok(())
        } else {
            Err(source.refused(FileTrouble::NoHeads))
        }
    }

    fn begin_sheet(&mut self, source: usize, name: String) -> Result<(), Stop> {
        self.end_sheet()?;
        self.sheet = Some(Sheet {
            ahead: Vec::new(),
            understood: None,
        });
        self.plan.sheets.push(SheetPlan {
            source,
            name,
            heads_at: None,
            columns: Vec::new(),
            rows: 0,
        });
        Ok(())
    }

    fn row(&mut self, row: Row) -> Result<(), Stop> {
        let Some(sheet) = &mut self.sheet else {
            return Ok(());
        };
        if sheet.understood.is_some() {
            return self.judge(row);
        }
        sheet.ahead.push(row);
        if sheet.ahead.len() == LOOK_AHEAD {
            self.understand()?;
        }
        Ok(())
    }

    fn end_sheet(&mut self) -> Result<(), Stop> {
        if self
            .sheet
            .as_ref()
            .is_some_and(|sheet| !sheet.ahead.is_empty())
        {
            self.understand()?;
        }
        self.sheet = None;
        Ok(())
    }

    /// Finds heads and columns in the first rows, then judges these.
    fn understand(&mut self) -> Result<(), Stop> {
        let (Some(sheet), Some(plan)) = (&mut self.sheet, self.plan.sheets.last_mut()) else {
            return Ok(());
        };
        let ahead = std::mem::take(&mut sheet.ahead);
        let Some(header) = find_header(&ahead) else {
            // A sheet of something else; its rows are left out.
            self.sheet = None;
            return Ok(());
        };
        let data: Vec<Row> = ahead
            .iter()
            .filter(|row| row.number > header.last_row)
            .cloned()
            .collect();
        plan.columns = corrected(
            recognise(&header, &data, self.today),
            &self.plan.corrections,
        );
        plan.heads_at = Some(header.first_row);
        match Mapping::of(&plan.columns) {
            Ok(mapping) => sheet.understood = Some(Reader::new(mapping, header, self.today)),
            Err(MappingError::NothingToKeep) => {
                self.sheet = None;
                return Ok(());
            }
            Err(error @ MappingError::Twice { .. }) => {
                return Err(Refusal::ColumnsRefused { error }.into());
            }
        }
        for row in data {
            self.judge(row)?;
        }
        Ok(())
    }

    fn judge(&mut self, row: Row) -> Result<(), Stop> {
        let Some(reader) = self
            .sheet
            .as_mut()
            .and_then(|sheet| sheet.understood.as_mut())
        else {
            return Ok(());
        };
        let (name, verdict) = match reader.read(&row) {
            RowKind::Aside => return Ok(()),
            RowKind::Faulty(faults) => (String::new(), Verdict::Refused(faults)),
            RowKind::Data(draft) => {
                let name = draft.people.first().map_or_else(
                    || {
                        draft
                            .home
                            .as_ref()
                            .map_or_else(String::new, |home| home.address.short())
                    },
                    |person| person.name.clone(),
                );
                (name, self.verdict(row.number, draft)?)
            }
        };
        let is_left_out = matches!(verdict, Verdict::Refused(_) | Verdict::Doubtful(_));
        if let Some(sheet) = self.plan.sheets.last_mut() {
            sheet.rows += 1;
        }
        self.plan.rows.push(RowPlan {
            sheet: self.plan.sheets.len().saturating_sub(1),
            number: row.number,
            name,
            verdict,
            as_it_is: is_left_out.then_some(row),
        });
        Ok(())
    }

    /// Finds whom the row means before anything of it counts: in doubt, nothing of it is taken in.
    fn verdict(&mut self, row: u32, draft: RowDraft) -> Result<Verdict, Stop> {
        let mut meant = Vec::with_capacity(draft.people.len());
        for person in &draft.people {
            match self.whom(row, person)? {
                Ok(id) => meant.push(id),
                Err(doubt) => return Ok(Verdict::Doubtful(doubt)),
            }
        }
        if let Some(doubt) = draft.home.as_ref().and_then(|home| self.home_doubt(home)) {
            return Ok(Verdict::Doubtful(doubt));
        }
        let has_people = !draft.people.is_empty();
        let mut is_new = false;
        let mut changed: Vec<String> = Vec::new();
        if let Some(home) = draft.home {
            match self.home(row, home)? {
                Verdict::New if has_people => changed.push("household".to_owned()),
                Verdict::New => is_new = true,
                Verdict::Changed(fields) => changed.extend(fields),
                Verdict::Same | Verdict::Doubtful(_) | Verdict::Refused(_) => {}
            }
        }
        for (id, person) in meant.into_iter().zip(draft.people) {
            match self.person(row, id, person)? {
                Verdict::New => is_new = true,
                Verdict::Changed(fields) => changed.extend(fields),
                Verdict::Same | Verdict::Doubtful(_) | Verdict::Refused(_) => {}
            }
        }
        changed.sort_unstable();
        changed.dedup();
        Ok(match (is_new, changed.is_empty()) {
            (true, _) => Verdict::New,
            (false, true) => Verdict::Same,
            (false, false) => Verdict::Changed(changed),
        })
    }

    /// The record a person of a row means, theirs by computation where they are not known.
    fn whom(&self, row: u32, draft: &PersonDraft) -> Result<Result<Id, Doubt>, Stop> {
        let sheet = self
            .plan
            .sheets
            .last()
            .map_or("", |sheet| sheet.name.as_str());
        let own = self.store.computed_id(&[
            b"person",
            &self.digest,
            sheet.as_bytes(),
            &row.to_be_bytes(),
            &[draft.member],
        ])?;
        let found = if self.roll.has(own) {
            Found::One(own)
        } else {
            find_person(draft, &self.roll.candidates(draft))
        };
        Ok(match found {
            Found::Nobody => Ok(own),
            Found::Doubtful(doubt, _whom) => Err(doubt),
            Found::One(id) => match self.said_of(id) {
                Some((first_row, Said::Person(said))) => {
                    let fields = said.contradictions(draft);
                    if fields.is_empty() {
                        Ok(id)
                    } else {
                        Err(contradicts(first_row, fields))
                    }
                }
                Some((_, Said::Home(_))) | None => Ok(id),
            },
        })
    }

    fn said_of(&self, id: Id) -> Option<(u32, &Said)> {
        let item = self.plan.items.get(*self.targets.get(&id)?)?;
        Some((item.row, &item.said))
    }

    fn person(&mut self, row: u32, id: Id, draft: PersonDraft) -> Result<Verdict, Stop> {
        let key = RecordKey::new(Kind::PERSON, id);
        if let Some(place) = self.targets.get(&id).copied() {
            return self.said_again(place, &key, &draft);
        }
        self.roll.note(id, self.known_with(id, &draft)?);
        self.first_said(row, &key, "name", Said::Person(draft))
    }

    /// A second row of the same file about the same person: what it adds.
    fn said_again(
        &mut self,
        place: usize,
        key: &RecordKey,
        draft: &PersonDraft,
    ) -> Result<Verdict, Stop> {
        let Some(item) = self.plan.items.get_mut(place) else {
            return Ok(Verdict::Same);
        };
        let Said::Person(said) = &mut item.said else {
            return Ok(Verdict::Same);
        };
        let before = said.fields();
        said.absorb(draft);
        let after = said.fields();
        let known = Known::from(&*said);
        let shown = if item.is_new {
            before
        } else {
            shown_fields(self.store, key)?
        };
        let changes = differences(&after, |name| shown.get(name).cloned());
        if !changes.is_empty() {
            item.writes = true;
        }
        let is_new = item.is_new;
        if is_new {
            self.roll.note(key.id, known);
        }
        // Only what this row says itself counts as its change.
        let own = draft.fields();
        let names: Vec<String> = changes
            .into_keys()
            .filter(|name| own.contains_key(name))
            .collect();
        Ok(if names.is_empty() {
            Verdict::Same
        } else {
            Verdict::Changed(names)
        })
    }

    /// What is known of somebody once this row has spoken.
    fn known_with(&self, id: Id, draft: &PersonDraft) -> Result<Known, Stop> {
        let mut known = Known::from(draft);
        if let Some((person, _record)) = self.store.person_record(id)? {
            known.id_number = known.id_number.or(person.id_number);
            known.birth = known.birth.or(person.birth);
            known.address = known.address.or(person.address);
            known.phones.extend(person.phones);
        }
        Ok(known)
    }

    fn home_doubt(&self, home: &Home) -> Option<Doubt> {
        let id = self.home_id(home).ok()?;
        let (row, Said::Home(said)) = self.said_of(id)? else {
            return None;
        };
        let differing: Vec<&'static str> = home
            .more
            .iter()
            .filter(|(name, value)| said.more.get(*name).is_some_and(|known| known != *value))
            .map(|(name, _value)| *name)
            .collect();
        (!differing.is_empty()).then(|| contradicts(row, differing))
    }

    fn home_id(&self, home: &Home) -> Result<Id, Stop> {
        let place = home.address.short();
        Ok(self
            .store
            .computed_id(&[b"place", b"room", place.as_bytes()])?)
    }

    fn home(&mut self, row: u32, home: Home) -> Result<Verdict, Stop> {
        let id = self.home_id(&home)?;
        let key = RecordKey::new(Kind::HOUSEHOLD, id);
        let Some(place) = self.targets.get(&id).copied() else {
            return self.first_said(row, &key, "address", Said::Home(home));
        };
        let Some(item) = self.plan.items.get_mut(place) else {
            return Ok(Verdict::Same);
        };
        let Said::Home(said) = &mut item.said else {
            return Ok(Verdict::Same);
        };
        let before = said.fields();
        for (name, value) in home.more {
            said.more.entry(name).or_insert(value);
        }
        let after = said.fields();
        if after == before {
            return Ok(Verdict::Same);
        }
        let shown = if item.is_new {
            before
        } else {
            shown_fields(self.store, &key)?
        };
        let changes = differences(&after, |name| shown.get(name).cloned());
        if changes.is_empty() {
            return Ok(Verdict::Same);
        }
        item.writes = true;
        Ok(Verdict::Changed(changes.into_keys().collect()))
    }

    /// The first row that speaks of a record; it is there when it has a `mark`.
    fn first_said(
        &mut self,
        row: u32,
        key: &RecordKey,
        mark: &str,
        said: Said,
    ) -> Result<Verdict, Stop> {
        let shown = shown_fields(self.store, key)?;
        let is_new = !shown.contains_key(mark);
        let changes = if is_new {
            Fields::new()
        } else {
            differences(&said.fields(), |name| shown.get(name).cloned())
        };
        self.targets.insert(key.id, self.plan.items.len());
        self.plan.items.push(Item {
            id: key.id,
            is_new,
            writes: is_new || !changes.is_empty(),
            row,
            said,
        });
        Ok(if is_new {
            Verdict::New
        } else if changes.is_empty() {
            Verdict::Same
        } else {
            Verdict::Changed(changes.into_keys().collect())
        })
    }
}

fn contradicts(row: u32, fields: Vec<&'static str>) -> Doubt {
    Doubt::Contradicts {
        row,
        fields: fields.into_iter().map(str::to_owned).collect(),
    }
}

/// The shown values of a record's fields; emptied ones are not there.
pub(super) fn shown_fields(store: &Store, key: &RecordKey) -> Result<Fields, Stop> {
    let Some(record) = store.record(key)? else {
        return Ok(Fields::new());
    };
    let shown = record.folded.fields.iter().filter_map(|(name, field)| {
        let value = &field.shown()?.value;
        (!value.is_null()).then(|| (name.clone(), value.clone()))
    });
    Ok(shown.collect())
}
