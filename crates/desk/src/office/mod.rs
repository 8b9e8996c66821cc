//! Who is here, what they prefer, and whether the records hold.

pub(crate) mod backup;
pub(crate) mod calendar;
pub(crate) mod day_end;
pub(crate) mod duty;
pub(crate) mod password;
pub(crate) mod preferences;
pub(crate) mod rescue;
pub(crate) mod session;
pub(crate) mod verify;

use yichuang_domain::{office::staff::Staff, record::Kind};
use yichuang_store::Store;

use crate::answer::Stop;

/// Everybody who works here.
pub(crate) fn staff_of(store: &Store) -> Result<Vec<Staff>, Stop> {
    let mut staff: Vec<Staff> = store
        .records(&Kind::STAFF)?
        .into_iter()
        .filter_map(|record| {
            Some(Staff {
                id: record.id,
                name: record.folded.get("name")?,
                role: record.folded.get("role")?,
                corner: record.folded.get("corner"),
            })
        })
        .collect();
    staff.sort_by_key(|one| {
        (
            one.role,
            one.corner.map(|corner| corner as u8),
            one.name.clone(),
        )
    });
    Ok(staff)
}
