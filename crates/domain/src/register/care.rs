//! Care groups (特殊群体): who may see which tag, and what is kept under its own key.
//!
//! Three rings. What hangs on the wall anyway (a veteran, a building's head) everybody who reads the
//! register sees. What is sensitive (PIPL art. 28) opens with a reason. Four groups, mental disorder,
//! corrections, drug rehabilitation and bereavement, are sealed with a key of their own, and never stand
//! in a list, on a slip, on the second screen or in an export (domain.md 6.3).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    cases::rules::remark,
    office::{
        code_tables::{CodeRow, CodeTable},
        staff::{Role, Staff},
    },
    refusal::Refusal,
};

/// A tag of a care group, with its days and where it is known from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareTag {
    /// Its code in the table.
    pub code: String,
    /// Since when.
    pub from: NaiveDate,
    /// Until when, once it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// Where it is known from (来源).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

impl CareTag {
    /// Whether it holds on `day`; its last day is one of them.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.to.is_none_or(|to| to >= day)
    }
}

/// What whoever visits must know without knowing why. It travels in clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VisitHint {
    /// Visit at least so often, in days.
    pub every_days: Option<u32>,
    /// Never alone.
    pub in_pairs: bool,
}

impl VisitHint {
    /// The hint these tags make on `day`; nothing when none of them holds.
    pub fn of(tags: &[CareTag], day: NaiveDate) -> Option<Self> {
        let living: Vec<&CareTag> = tags.iter().filter(|tag| tag.holds_on(day)).collect();
        if living.is_empty() {
            return None;
        }
        let cycle = |tag: &&CareTag| {
            CodeTable::CareTag
                .row(&tag.code)
                .and_then(CodeRow::visit_cycle_days)
        };
        Some(Self {
            every_days: living.iter().filter_map(cycle).min(),
            in_pairs: living
                .iter()
                .any(|tag| IN_PAIRS.contains(&tag.code.as_str())),
        })
    }
}

/// 计划生育特殊家庭 (bereavement), 严重精神障碍, 社区矫正, 安置帮教, 社区戒毒康复.
const SEALED: [&str; 5] = ["F1", "M1", "J1", "J2", "J3"];
/// The tags whose households are visited by two.
const IN_PAIRS: [&str; 3] = ["M1", "J1", "J3"];

/// Whether a tag of this code is kept under the key of sensitive facts.
pub fn is_sealed_tag(code: &str) -> bool {
    SEALED.contains(&code)
}

/// Whether this person may see, add and end a tag of this code. A code that this version does not know
/// is treated as the most secret one.
pub fn may_see_tag(staff: &Staff, code: &str) -> bool {
    let row = CodeTable::CareTag.row(code);
    match row {
        Some(_) | None if is_sealed_tag(code) || row.is_none() => may_see_sealed(staff),
        Some(row) if row.is_sensitive() => matches!(
            staff.role,
            Role::Clerk | Role::Specialist | Role::Supervisor
        ),
        Some(_) | None => matches!(
            staff.role,
            Role::Clerk | Role::Specialist | Role::GridWorker | Role::Supervisor
        ),
    }
}

/// Whether this person is given the key of sensitive facts: who works a line of the register, and who
/// answers for it. Not the window, whose screen others look at, and not the grid, whose machines are
/// carried about.
pub fn may_see_sealed(staff: &Staff) -> bool {
    matches!(staff.role, Role::Specialist | Role::Supervisor)
}

/// Whether a tag is shown only to whoever gives a reason.
pub fn needs_reason(code: &str) -> bool {
    CodeTable::CareTag
        .row(code)
        .is_none_or(CodeRow::is_sensitive)
}

/// The tags with one more.
///
/// # Errors
///
/// Refuses a code that is in no table, one the person may not see, a tag that is there already, a day in
/// the future, and a tag without a source.
pub fn add_tag(
    tags: &[CareTag],
    staff: &Staff,
    tag: &CareTag,
    today: NaiveDate,
) -> Result<Vec<CareTag>, Refusal> {
    require_entitled(staff, &tag.code)?;
    if CodeTable::CareTag.row(&tag.code).is_none() {
        return Err(Refusal::UnknownTag);
    }
    if tag.from > today {
        return Err(Refusal::Future);
    }
    let source = remark("source", &tag.source)?;
    if source.is_empty() {
        return Err(Refusal::FieldMissing {
            field: "source".to_owned(),
        });
    }
    if is_there(tags, &tag.code, today) {
        return Err(Refusal::TagThere);
    }
    let mut more = tags.to_vec();
    more.push(CareTag {
        source,
        ..tag.clone()
    });
    more.sort_by(|one, other| (one.from, &one.code).cmp(&(other.from, &other.code)));
    Ok(more)
}

/// The tags with the living one of this code ended on `to`, its last day.
///
/// # Errors
///
/// Refuses a code the person may not see, a tag that is not there, and a day in the future or before its
/// first.
pub fn end_tag(
    tags: &[CareTag],
    staff: &Staff,
    code: &str,
    to: NaiveDate,
    today: NaiveDate,
) -> Result<Vec<CareTag>, Refusal> {
    require_entitled(staff, code)?;
    if to > today {
        return Err(Refusal::Future);
    }
    let mut fewer = tags.to_vec();
    let tag = fewer
        .iter_mut()
        .find(|tag| tag.code == code && tag.to.is_none())
        .ok_or(Refusal::UnknownTag)?;
    if to < tag.from {
        return Err(Refusal::WrongDay);
    }
    tag.to = Some(to);
    Ok(fewer)
}

fn require_entitled(staff: &Staff, code: &str) -> Result<(), Refusal> {
    if may_see_tag(staff, code) {
        Ok(())
    } else {
        Err(Refusal::NotEntitledToTag)
    }
}

fn is_there(tags: &[CareTag], code: &str, today: NaiveDate) -> bool {
    tags.iter()
        .any(|tag| tag.code == code && tag.to.is_none_or(|to| to > today))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Id;

    fn someone(role: Role) -> Staff {
        Staff {
            id: Id::default(),
            name: "王丽".to_owned(),
            role,
            corner: None,
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn tag(code: &str, from: &str) -> CareTag {
        CareTag {
            code: code.to_owned(),
            from: day(from),
            to: None,
            source: "走访".to_owned(),
        }
    }

    #[test]
    fn sealed_tags_are_for_specialists_and_supervisors_only() {
        for code in ["F1", "M1", "J1", "J2", "J3"] {
            assert!(is_sealed_tag(code) && needs_reason(code));
            for role in [Role::Specialist, Role::Supervisor] {
                assert!(may_see_tag(&someone(role), code), "{role:?} {code}");
            }
            for role in [
                Role::Clerk,
                Role::GridWorker,
                Role::Administrator,
                Role::Auditor,
            ] {
                assert!(!may_see_tag(&someone(role), code), "{role:?} {code}");
            }
        }
    }

    #[test]
    fn sensitive_tags_are_for_the_window_and_plain_ones_for_the_grid_too() {
        assert!(may_see_tag(&someone(Role::Clerk), "A1"));
        assert!(!may_see_tag(&someone(Role::GridWorker), "A1"));
        assert!(may_see_tag(&someone(Role::GridWorker), "E1"));
        assert!(!may_see_tag(&someone(Role::Administrator), "E1"));
    }

    #[test]
    fn a_code_nobody_knows_is_treated_as_the_most_secret_one() {
        assert!(!may_see_tag(&someone(Role::Clerk), "X9"));
        assert!(may_see_tag(&someone(Role::Supervisor), "X9"));
        assert!(needs_reason("X9"));
    }

    #[test]
    fn every_sealed_code_is_in_the_table_and_sensitive_there() {
        for code in SEALED.iter().chain(&IN_PAIRS) {
            assert!(CodeTable::CareTag.row(code).unwrap().is_sensitive());
        }
    }

    #[test]
    fn a_tag_is_added_once_with_its_source_and_not_from_tomorrow_on() {
        let (staff, today) = (someone(Role::Supervisor), day("2026-11-24"));
        let tags = add_tag(&[], &staff, &tag("M1", "2026-01-01"), today).unwrap();
        let again = add_tag(&tags, &staff, &tag("M1", "2026-02-01"), today);
        assert_eq!(again, Err(Refusal::TagThere));
        let tomorrow = add_tag(&[], &staff, &tag("M1", "2026-11-25"), today);
        assert_eq!(tomorrow, Err(Refusal::Future));
        let bare = CareTag {
            source: " ".to_owned(),
            ..tag("M1", "2026-01-01")
        };
        assert!(matches!(
            add_tag(&[], &staff, &bare, today),
            Err(Refusal::FieldMissing { .. })
        ));
        let clerk = add_tag(&[], &someone(Role::Clerk), &tag("M1", "2026-01-01"), today);
        assert_eq!(clerk, Err(Refusal::NotEntitledToTag));
        let unknown = add_tag(&[], &staff, &tag("X9", "2026-01-01"), today);
        assert_eq!(unknown, Err(Refusal::UnknownTag));
    }

    #[test]
    fn a_tag_ends_on_a_day_of_its_life_and_may_come_again() {
        let (staff, today) = (someone(Role::Supervisor), day("2026-11-24"));
        let tags = [tag("M1", "2026-01-01")];
        let ended = end_tag(&tags, &staff, "M1", today, today).unwrap();
        assert!(ended[0].holds_on(today) && !ended[0].holds_on(day("2026-11-25")));
        for (to, refusal) in [
            ("2025-12-31", Refusal::WrongDay),
            ("2026-11-25", Refusal::Future),
        ] {
            assert_eq!(end_tag(&tags, &staff, "M1", day(to), today), Err(refusal));
        }
        assert_eq!(
            end_tag(&ended, &staff, "M1", today, today),
            Err(Refusal::UnknownTag)
        );
        assert!(add_tag(&ended, &staff, &tag("M1", "2026-11-24"), today).is_ok());
    }

    #[test]
    fn the_hint_says_how_often_and_whether_alone_and_never_why() {
        let today = day("2026-11-24");
        let hint = |codes: &[&str]| {
            let tags: Vec<_> = codes.iter().map(|code| tag(code, "2026-01-01")).collect();
            VisitHint::of(&tags, today)
        };
        assert_eq!(hint(&[]), None);
        let every_days = Some(30);
        let bereaved = VisitHint {
            every_days,
            in_pairs: false,
        };
        assert_eq!(hint(&["F1"]), Some(bereaved));
        let (ill, paroled) = (hint(&["M1"]), hint(&["J1"]));
        assert_eq!(ill, paroled, "one hint does not tell two groups apart");
        assert!(ill.unwrap().in_pairs);
    }
}
