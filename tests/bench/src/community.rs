//! A whole community that does not exist: people, and cases that were received, accepted, decided and
//! handed over, as they stand in a journal. One in fifty is still open.
//!
//! Only the form is real: the rules live in the desk and were not asked.

use std::path::Path;

use chrono::{Days, NaiveDate};
use yichuang_domain::{
    cases::{
        catalogue::Catalogue,
        event::{
            Brought, BroughtAs, CaseEvent, DeliveryMethod, Mode, Outcome, Receipt, Signer, Term,
        },
        item::Item,
        party::{Concerning, Identity, IdentityHow, Party},
    },
    office::staff::{Corner, Role},
    record::{Change, Id, Kind, RecordKey, Seen},
    register::{mask, person::Person},
};
use yichuang_store::{Act, Founding, KdfParams, NewStaff, Store};

use crate::people::{Dice, person};

pub(crate) const PASSWORD: &str = "plum-river-47-lantern";
const ACTS_A_BLOCK: usize = 1_000;
const CASES_A_DAY: u32 = 400;

/// Founds it and fills it. Gives the number of commits.
pub(crate) fn make(data: &Path, people: u32, cases: u32) -> u64 {
    let founding = Founding {
        community: "新茂社区".to_owned(),
        staff: vec![NewStaff {
            name: "王丽".to_owned(),
            role: Role::Clerk,
            corner: Some(Corner::A),
            password: PASSWORD.to_owned(),
        }],
        station: 'A',
        time: 1_700_000_000_000,
        kdf: KdfParams::default(),
    };
    let founded = Store::found(data, &founding).unwrap();
    let mut store = Store::open(data).unwrap();
    store.unlock(founded.staff[0], PASSWORD).unwrap();
    let mut pen = Pen {
        store,
        clerk: founded.staff[0],
        pending: Vec::new(),
    };
    let mut dice = Dice::new(3);
    let residents: Vec<Person> = (0..people).map(|one| person(one, &mut dice)).collect();
    for one in &residents {
        let change = Change::Set {
            record: RecordKey::new(Kind::PERSON, one.id),
            fields: one.fields(),
        };
        pen.act("register_resident", vec![change]);
    }
    let items: Vec<&Item> = Catalogue::builtin().items().iter().collect();
    for number in 0..cases {
        let applicant = &residents[dice.below(people) as usize];
        let item = items[dice.below(items.len() as u32) as usize];
        pen.case(number, applicant, item, !number.is_multiple_of(50));
    }
    pen.write();
    pen.store.flush().unwrap();
    pen.store.seq()
}

struct Pen {
    store: Store,
    clerk: Id,
    pending: Vec<(&'static str, Vec<Change>)>,
}

impl Pen {
    fn act(&mut self, command: &'static str, changes: Vec<Change>) {
        self.pending.push((command, changes));
        if self.pending.len() >= ACTS_A_BLOCK {
            self.write();
        }
    }

    fn write(&mut self) {
        let clerk = self.clerk;
        let acts = self.pending.drain(..).map(|(command, changes)| Act {
            actor: clerk,
            keys: None,
            on_behalf_of: None,
            command,
            seen: Seen::default(),
            time: 1_790_000_000_000,
            changes,
        });
        let acts: Vec<Act<'_>> = acts.collect();
        if !acts.is_empty() {
            self.store.commit(acts).unwrap();
        }
        if self.store.seq().is_multiple_of(20_000) {
            self.store.flush().unwrap();
        }
    }

    fn case(&mut self, number: u32, applicant: &Person, item: &Item, is_over: bool) {
        let mut bytes = [0xCA; 16];
        bytes[..4].copy_from_slice(&number.to_be_bytes());
        let id = Id::from_bytes(bytes);
        let first = NaiveDate::from_ymd_opt(2023, 1, 2).unwrap();
        let on = first + Days::new(u64::from(number / CASES_A_DAY));
        let term = Term {
            accepted: on,
            promised: on + Days::new(14),
            legal: None,
            due: on + Days::new(14),
            provisional: false,
            expected: false,
        };
        let accept = CaseEvent::Accept {
            term,
            brought: Vec::new(),
        };
        let receive = CaseEvent::Receive(Box::new(receipt(number, on, applicant, item)));
        let of = |event: CaseEvent| event.change(id).unwrap();
        self.act("take_in", vec![of(receive), of(accept)]);
        if !is_over {
            return;
        }
        let decide = CaseEvent::Decide {
            on: on + Days::new(5),
            outcome: Outcome::Approved,
            external_number: String::new(),
            reason: String::new(),
            deliver_by: on + Days::new(15),
        };
        self.act("decide_case", vec![of(decide)]);
        let deliver = CaseEvent::Deliver {
            on: on + Days::new(6),
            method: DeliveryMethod::InPerson,
            recipient: Signer::Applicant,
            name: applicant.name.clone(),
            proof: "签收".to_owned(),
        };
        self.act("deliver_case", vec![of(deliver)]);
    }
}

fn receipt(number: u32, on: NaiveDate, applicant: &Person, item: &Item) -> Receipt {
    let brought = item.materials.iter().map(|one| Brought {
        material: one.code.clone(),
        how: BroughtAs::Paper,
        pages: 1,
    });
    Receipt {
        number: format!("XM{}A{:05}", on.format("%y%m%d"), number % CASES_A_DAY),
        item: Box::new(item.clone()),
        catalogue_version: "bench".to_owned(),
        concerning: Concerning {
            name: applicant.name.clone(),
            person: Some(applicant.id),
            ..Concerning::default()
        },
        applicant: Party {
            person: Some(applicant.id),
            name: applicant.name.clone(),
            id_kind: "resident".to_owned(),
            id_masked: mask::id_on_list(applicant.id_number.as_deref().unwrap_or_default()),
        },
        agent: None,
        identity: Identity {
            how: IdentityHow::LastFour,
            reason: String::new(),
        },
        situation: None,
        brought: brought.collect(),
        problems: Vec::new(),
        statement: String::new(),
        mode: Mode::default(),
        on,
        counted_from: on,
        notice_by: on + Days::new(5),
        to_enter: false,
        pick_up_code: format!("{:04}", number % 10_000),
    }
}
