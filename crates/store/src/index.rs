//! Which index rows a record has. The rows of the old and the new form of a record are compared, and
//! only the difference is written.

use std::collections::BTreeSet;

use yichuang_domain::{
    cases::{case::Case, enquiry::Enquiry, transition::State},
    record::{Entry, Kind, RecordKey, fold},
    register::person::Person,
};
use yichuang_vault::BlindIndex;

use crate::keys::{self, Space};

/// Names of the blind tokens.
pub(crate) const ID_NUMBER: &str = "id_number";
pub(crate) const PHONE: &str = "phone";
pub(crate) const NUMBER: &str = "number";

/// The index rows of the record these entries make.
pub(crate) fn rows(key: &RecordKey, entries: &[Entry], blind: &BlindIndex) -> BTreeSet<Vec<u8>> {
    let id = key.id;
    let mut rows = BTreeSet::new();
    if key.kind == Kind::PERSON {
        let Some(person) = Person::of(id, &fold(entries)) else {
            return rows;
        };
        let tokens = person
            .id_number
            .iter()
            .map(|number| blind.token(ID_NUMBER, number))
            .chain(person.phones.iter().map(|phone| blind.token(PHONE, phone)));
        rows.extend(tokens.map(|token| keys::by_token(Space::PersonByToken, token, id)));
    } else if key.kind == Kind::CASE {
        let Some(case) = Case::of(id, &fold(entries)) else {
            return rows;
        };
        let token = blind.token(NUMBER, &case.receipt.number);
        rows.insert(keys::by_token(Space::CaseByNumber, token, id));
        rows.insert(keys::by_day(Space::CaseByReceipt, case.receipt.on, id));
        let people = [
            case.receipt.applicant.person,
            case.receipt.concerning.person,
        ];
        rows.extend(
            people
                .into_iter()
                .flatten()
                .map(|person| keys::by_token(Space::CaseOfPerson, person.bytes(), id)),
        );
        if case.state.is_open() && !case.is_void {
            rows.insert(keys::by_day(Space::OpenCaseByDay, binding_day(&case), id));
        }
    } else if key.kind == Kind::ENQUIRY {
        let Some(enquiry) = Enquiry::of(id, &fold(entries)) else {
            return rows;
        };
        let token = blind.token(NUMBER, &enquiry.number);
        rows.insert(keys::by_token(Space::CaseByNumber, token, id));
        rows.insert(keys::by_day(Space::EnquiryByDay, enquiry.on, id));
        rows.extend(
            enquiry
                .person
                .map(|person| keys::by_token(Space::EnquiryOfPerson, person.bytes(), id)),
        );
    }
    rows
}

/// The day an open case waits for next: its due day, its notice's last day, or its hand-over.
fn binding_day(case: &Case) -> chrono::NaiveDate {
    let own = case.receipt.notice_by;
    match case.state {
        State::Supplement => case.supplement_by.unwrap_or(own),
        State::Decided => case.deliver_by.unwrap_or(own),
        _ => case.term.as_ref().map_or(own, |term| term.due),
    }
}
