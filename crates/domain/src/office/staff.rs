//! The people who work here, their roles, and what each role may do.
//!
//! One pure function decides, [`may`]; screens hide what is not permitted, but never decide it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    record::Id,
    refusal::Refusal,
    register::reading::{readings, word_readings},
};

/// What a person is here (角色).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 全科社工: holds the window.
    Clerk,
    /// 条线专干: works one line of the register.
    Specialist,
    /// 网格员: works outside.
    GridWorker,
    /// 主管: overrides, approves, voids.
    Supervisor,
    /// 系统管理员: machines and accounts, no personal data.
    Administrator,
    /// 审计员: everything about actions, nothing about persons.
    Auditor,
}

/// Which half of the pair (AB角).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum Corner {
    /// A角
    A,
    /// B角
    B,
}

/// A person who works here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Staff {
    /// Their id.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// What they are here.
    pub role: Role,
    /// Their half of the pair, for clerks.
    pub corner: Option<Corner>,
}

/// What anybody would try first as somebody's password: their name, the community's and the program's, as
/// they are written and as they are read.
pub fn tried_first(name: &str, community: &str) -> Vec<String> {
    let read = |readings: Vec<Vec<String>>| -> String {
        let preferred = readings.into_iter().filter_map(|mut all| {
            let is_known = !all.is_empty();
            is_known.then(|| all.swap_remove(0))
        });
        preferred.collect()
    };
    let words = [
        name.to_owned(),
        read(readings(name, None)),
        community.to_owned(),
        read(word_readings(community)),
        "一窗".to_owned(),
        "yichuang".to_owned(),
    ];
    words.into_iter().filter(|word| !word.is_empty()).collect()
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Find and open people of the register, masked.
    ReadRegister,
    /// Enter or change people of the register.
    WriteRegister,
    /// See one field in full, with a reason.
    Reveal,
    /// See cases.
    ReadCases,
    /// Take in and move cases.
    HandleCases,
    /// Let a second supplement notice pass.
    OverrideNotice,
    /// Take the effect from an earlier step on a later day.
    Void,
    /// Approve an extension.
    ApproveExtension,
    /// Note who holds the window.
    SetDuty,
    /// Change settings of the community.
    Settings,
    /// Check the journal.
    Verify,
}

/// Whether this person may do this.
///
/// # Errors
///
/// Refuses with the role that lacks the permission.
pub fn may(staff: &Staff, action: Action) -> Result<(), Refusal> {
    let permitted = match action {
        Action::ReadRegister | Action::WriteRegister | Action::Reveal => matches!(
            staff.role,
            Role::Clerk | Role::Specialist | Role::GridWorker | Role::Supervisor
        ),
        Action::ReadCases | Action::HandleCases | Action::SetDuty => {
            matches!(staff.role, Role::Clerk | Role::Supervisor)
        }
        Action::OverrideNotice | Action::Void | Action::ApproveExtension => {
            matches!(staff.role, Role::Supervisor)
        }
        Action::Settings => matches!(staff.role, Role::Supervisor | Role::Administrator),
        Action::Verify => matches!(
            staff.role,
            Role::Clerk | Role::Supervisor | Role::Administrator | Role::Auditor
        ),
    };
    if permitted {
        Ok(())
    } else {
        Err(Refusal::NotPermitted {
            action,
            role: staff.role,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn someone(role: Role) -> Staff {
        Staff {
            id: Id::default(),
            name: "王丽".to_owned(),
            role,
            corner: None,
        }
    }

    #[test]
    fn administrators_and_auditors_see_no_person() {
        for role in [Role::Administrator, Role::Auditor] {
            for action in [Action::ReadRegister, Action::ReadCases, Action::Reveal] {
                assert_eq!(
                    may(&someone(role), action),
                    Err(Refusal::NotPermitted { action, role })
                );
            }
        }
    }

    #[test]
    fn names_are_tried_as_they_are_written_and_as_they_are_read() {
        let words = tried_first("单晓芳", "新茂社区");
        for word in ["单晓芳", "shanxiaofang", "新茂社区", "xinmaoshequ"] {
            assert!(words.iter().any(|one| one == word), "{word}: {words:?}");
        }
        assert!(tried_first("", "").iter().all(|word| !word.is_empty()));
    }

    #[test]
    fn only_a_supervisor_overrides_and_voids() {
        for action in [
            Action::OverrideNotice,
            Action::Void,
            Action::ApproveExtension,
        ] {
            assert!(may(&someone(Role::Clerk), action).is_err());
            assert_eq!(may(&someone(Role::Supervisor), action), Ok(()));
        }
    }
}
