//! What a whole catalogue must hold: found all at once, so that a list is mended in one go.

use std::collections::BTreeSet;

use super::{Catalogue, CatalogueProblem};
use crate::cases::item::{Handling, Item, Kind, Material, Role};

/// More days than any promise or law gives: a slip of the pen.
const MOST_DAYS: u16 = 730;

impl Catalogue {
    /// Adds everything that is wrong with the items.
    pub(super) fn find_problems(&self, problems: &mut Vec<CatalogueProblem>) {
        let mut codes = BTreeSet::new();
        let mut names = BTreeSet::new();
        for item in &self.items {
            let code = item.code.to_string();
            if !codes.insert(&item.code) {
                problems.push(CatalogueProblem::DuplicateCode { code });
            }
            for name in [&item.name.zh, &item.name.en] {
                if !names.insert(name) {
                    let name = name.clone();
                    problems.push(CatalogueProblem::DuplicateName { name });
                }
            }
            self.find_problems_of(item, problems);
        }
    }

    fn find_problems_of(&self, item: &Item, problems: &mut Vec<CatalogueProblem>) {
        let group_is_listed = self.groups.iter().any(|group| group.code == item.group);
        let code = || item.code.to_string();
        let checks = [
            (
                item.code.group() == item.group && group_is_listed,
                CatalogueProblem::WrongGroup { code: code() },
            ),
            (
                self.department(item.handler.department.as_str()).is_some(),
                CatalogueProblem::UnknownDepartment { code: code() },
            ),
            (is_named(item), CatalogueProblem::Unnamed { code: code() }),
            (
                asks_once_for_each(item),
                CatalogueProblem::WrongMaterials { code: code() },
            ),
            (
                has_sensible_days(item),
                CatalogueProblem::WrongDays { code: code() },
            ),
            (
                has_sensible_situations(item),
                CatalogueProblem::WrongSituation { code: code() },
            ),
            (
                has_real_alternatives(item),
                CatalogueProblem::WrongAlternatives { code: code() },
            ),
            (
                !item.materials.iter().any(keeps_identity_card),
                CatalogueProblem::KeepsIdentityCard { code: code() },
            ),
            (
                (item.role == Role::Accepts) == item.delegation.is_some(),
                CatalogueProblem::WrongDelegation { code: code() },
            ),
            (
                item.aliases.iter().collect::<BTreeSet<_>>().len() == item.aliases.len(),
                CatalogueProblem::DuplicateAlias { code: code() },
            ),
        ];
        problems.extend(
            checks
                .into_iter()
                .filter(|(is_fine, _)| !is_fine)
                .map(|(_, problem)| problem),
        );
    }
}

fn is_named(item: &Item) -> bool {
    let names = item.materials.iter().map(|material| &material.name);
    names
        .chain([&item.name, &item.public_name, &item.result])
        .all(|name| !name.zh.trim().is_empty() && !name.en.trim().is_empty())
}

fn asks_once_for_each(item: &Item) -> bool {
    let codes: BTreeSet<_> = item
        .materials
        .iter()
        .map(|material| &material.code)
        .collect();
    !item.materials.is_empty() && codes.len() == item.materials.len()
}

fn has_sensible_days(item: &Item) -> bool {
    let is_instant = item.kind == Kind::Instant;
    let limits = [Some(item.promised), item.legal, item.publicity];
    is_instant == (item.promised.days == 0)
        && limits
            .into_iter()
            .flatten()
            .all(|limit| limit.days <= MOST_DAYS)
        && item.legal.is_none_or(|limit| limit.days > 0)
}

fn has_sensible_situations(item: &Item) -> bool {
    let digits: BTreeSet<u8> = item.situations.iter().map(|one| one.digit).collect();
    digits.len() == item.situations.len()
        && digits.iter().all(|digit| (1..=9).contains(digit))
        && item
            .materials
            .iter()
            .flat_map(|material| &material.when)
            .all(|digit| digits.contains(digit))
}

fn has_real_alternatives(item: &Item) -> bool {
    item.materials
        .iter()
        .filter(|material| material.any_of.is_some())
        .all(|material| {
            let others = item
                .materials
                .iter()
                .filter(|other| other.any_of == material.any_of);
            material.required && others.count() > 1
        })
}

fn keeps_identity_card(material: &Material) -> bool {
    material.handling == Handling::Keep && material.name.zh.contains("身份证")
}
