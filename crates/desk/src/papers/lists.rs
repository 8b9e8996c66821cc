//! Lists on papers: materials that lie here or go back, lines that are lacking, what is owed.

use yichuang_documents::paper::{Lack, Material, Owed};
use yichuang_domain::cases::{
    case::{BroughtOn, Case},
    event::{self, BroughtAs, Listed},
    item::{self, Handling},
};

use super::words;
use crate::words::{Language, material_handling, problem};

/// What came so far, in the order of the checklist; what the applicant stated, where there was no
/// paper for it.
pub(super) fn came(case: &Case) -> Vec<Material> {
    let mut lines: Vec<Material> = brought(case).map(|(one, how)| line(one, how)).collect();
    if !case.receipt.statement.is_empty() {
        lines.push(Material {
            name: "情况说明".to_owned(),
            form: "窗口记录".to_owned(),
            copies: 1,
            pages: None,
            note: String::new(),
        });
    }
    lines
}

/// What we hold on paper, copies too: it goes to the department.
pub(super) fn handed_on(case: &Case) -> Vec<Material> {
    let held = brought(case).filter(|(one, how)| {
        how.how == BroughtAs::Paper && matches!(one.handling, Handling::Copy | Handling::Keep)
    });
    let held: Vec<Material> = held.map(|(one, how)| line(one, how)).collect();
    // Where nothing is on paper the department still has to know what was checked.
    if held.is_empty() { came(case) } else { held }
}

/// What came with this very step and goes after what went before.
pub(super) fn handed_after(
    case: &Case,
    brought: &[event::Brought],
    others: &[String],
) -> Vec<Material> {
    let known = brought.iter().filter_map(|one| {
        let how = *case.brought.get(&one.material)?;
        Some(line(case.item().material(&one.material)?, how))
    });
    let named = others.iter().map(|name| Material {
        name: name.clone(),
        form: String::new(),
        copies: 1,
        pages: None,
        note: "部门另列".to_owned(),
    });
    known.chain(named).collect()
}

/// The papers themselves that we hold: they go back to the applicant. Copies stay in the file.
pub(super) fn given_back(case: &Case) -> Vec<Material> {
    brought(case)
        .filter(|(one, how)| how.how == BroughtAs::Paper && one.handling == Handling::Keep)
        .map(|(one, how)| Material {
            note: String::new(),
            ..line(one, how)
        })
        .collect()
}

/// The lines of a notice.
pub(super) fn lacks(case: &Case, listed: &[Listed]) -> Vec<Lack> {
    let lack = |one: &Listed| Lack {
        name: one.name.clone(),
        problem: problem(one.problem, Language::Zh).to_owned(),
        how: one.note.clone(),
        form: one
            .material
            .as_ref()
            .and_then(|code| case.item().material(code))
            .map_or_else(String::new, |known| words::form(known.form).to_owned()),
    };
    listed.iter().map(lack).collect()
}

/// What may follow (容缺).
pub(super) fn owed(case: &Case, owed: &[event::Owed]) -> Vec<Owed> {
    let item = case.item();
    let line = |one: &event::Owed| {
        let material = item.material(&one.material)?;
        Some(Owed {
            name: item.requirement(material, case.receipt.situation).zh,
            form: words::form(material.form).to_owned(),
            due: one.due,
        })
    };
    owed.iter().filter_map(line).collect()
}

fn brought(case: &Case) -> impl Iterator<Item = (&item::Material, BroughtOn)> {
    let of = |one: &item::Material| case.brought.get(&one.code).copied();
    let materials = &case.item().materials;
    materials
        .iter()
        .filter_map(move |one| Some((one, of(one)?)))
}

fn line(material: &item::Material, how: BroughtOn) -> Material {
    let (form, note) = match how.how {
        BroughtAs::Paper => (
            words::form(material.form),
            material_handling(material.handling, Language::Zh),
        ),
        BroughtAs::ElectronicCertificate => ("电子证照", ""),
    };
    Material {
        name: material.name.zh.clone(),
        form: form.to_owned(),
        copies: material.copies,
        pages: Some(how.pages).filter(|pages| *pages > 0),
        note: note.to_owned(),
    }
}
