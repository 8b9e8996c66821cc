//! The catalogue (事项清单): every item the window takes, read and checked as a whole.
//!
//! Two files: the list (`service_catalogue.json`, to be replaced by the community's own) and what we
//! add to it by code (`catalogue_additions.json`: everyday words, situations, handling of papers).
//! Where both speak, the list holds. A list with codes of its own comes with additions of its own,
//! or with none: `{}`. What an item *is* stands in `item`.

mod check;
mod read;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use self::read::{Additions, CatalogueFile, item_from, materials_from, read};
use super::codes::{DepartmentCode, ItemCode};
use super::item::{Item, Level, Material};
use crate::office::bilingual::Bilingual;

/// A department or the community itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Department {
    /// Its code.
    pub code: DepartmentCode,
    /// Its name.
    pub name: Bilingual,
    /// Where it stands.
    pub level: Level,
    /// Its number, once somebody has entered it.
    pub phone: Option<String>,
    /// Its address, once somebody has entered it.
    pub address: Option<String>,
}

/// A group of items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ItemGroup")]
pub struct Group {
    /// The first two letters of its items' codes.
    pub code: String,
    /// Its name.
    pub name: Bilingual,
}

/// What is wrong with a catalogue file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum CatalogueProblem {
    /// Not a file of this form.
    Unreadable {
        /// Which of the two files, or the item's code.
        part: String,
        /// The line on which reading stopped; 0 inside an item.
        line: usize,
    },
    /// The number of items is not the number the file announces.
    Count {
        /// Announced.
        announced: usize,
        /// Found.
        found: usize,
    },
    /// The item's code is no code.
    WrongCode {
        /// As written.
        code: String,
    },
    /// Two items have one code.
    DuplicateCode {
        /// The code.
        code: String,
    },
    /// Two items have one name.
    DuplicateName {
        /// The name.
        name: String,
    },
    /// The item's first two letters are not its group, or the group is not listed.
    WrongGroup {
        /// The item.
        code: String,
    },
    /// The item's department is not listed.
    UnknownDepartment {
        /// The item.
        code: String,
    },
    /// An item or material has no name in one of the languages.
    Unnamed {
        /// The item.
        code: String,
    },
    /// The item asks for nothing, or twice for one material.
    WrongMaterials {
        /// The item.
        code: String,
    },
    /// An instant item with days, a promise without, or more days than anybody may take.
    WrongDays {
        /// The item.
        code: String,
    },
    /// A situation is no digit from 1 to 9, stands twice, or a material names one that is not there.
    WrongSituation {
        /// The item.
        code: String,
    },
    /// A group of alternatives with one member, or with members of which some are not required.
    WrongAlternatives {
        /// The item.
        code: String,
    },
    /// An identity card would be kept.
    KeepsIdentityCard {
        /// The item.
        code: String,
    },
    /// The committee accepts without a written delegation, or has one and does not accept.
    WrongDelegation {
        /// The item.
        code: String,
    },
    /// One everyday word stands twice.
    DuplicateAlias {
        /// The item.
        code: String,
    },
}

/// Why a catalogue was not taken: everything that is wrong, at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CatalogueError {
    /// What is wrong, at least one.
    pub problems: Vec<CatalogueProblem>,
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the catalogue is not whole: {:?}", self.problems)
    }
}

impl std::error::Error for CatalogueError {}

/// The catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    version: String,
    official: bool,
    groups: Vec<Group>,
    departments: Vec<Department>,
    agent_materials: Vec<Material>,
    items: Vec<Item>,
    by_code: BTreeMap<ItemCode, usize>,
}

static BUILTIN: LazyLock<Catalogue> = LazyLock::new(|| {
    #[expect(
        clippy::expect_used,
        reason = "the files are part of the program; a test reads them"
    )]
    Catalogue::from_json(
        include_str!("../../data/service_catalogue.json"),
        include_str!("../../data/catalogue_additions.json"),
    )
    .expect("the catalogue is whole")
});

impl Catalogue {
    /// The sample catalogue this version came with.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Reads a list and what is added to it, and checks the whole.
    ///
    /// # Errors
    ///
    /// Everything that is wrong; nothing is taken from a list that is not whole.
    pub fn from_json(base: &str, additions: &str) -> Result<Self, CatalogueError> {
        let file: CatalogueFile = read("list", base)?;
        let additions: Additions = read("additions", additions)?;
        let mut problems = Vec::new();
        let mut items = Vec::new();
        for value in &file.items {
            match item_from(value, &additions, &file.version) {
                Ok(item) => items.push(item),
                Err(problem) => problems.push(problem),
            }
        }
        let agent_materials = materials_from("agent", &file.agent_materials, &additions, None)
            .unwrap_or_else(|problem| {
                problems.push(problem);
                Vec::new()
            });
        let announced = file.item_count;
        if file.items.len() != announced {
            let found = file.items.len();
            problems.push(CatalogueProblem::Count { announced, found });
        }
        let catalogue = Self {
            by_code: items
                .iter()
                .enumerate()
                .map(|(at, item)| (item.code.clone(), at))
                .collect(),
            departments: file.departments(),
            groups: file.groups(),
            agent_materials,
            version: file.version,
            official: file.official,
            items,
        };
        catalogue.find_problems(&mut problems);
        if problems.is_empty() {
            Ok(catalogue)
        } else {
            Err(CatalogueError { problems })
        }
    }

    /// The item with this code.
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.by_code.get(code).and_then(|at| self.items.get(*at))
    }

    /// All items, in the list's order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The groups, in the list's order.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The departments, in the list's order.
    pub fn departments(&self) -> &[Department] {
        &self.departments
    }

    /// The department with this code.
    pub fn department(&self, code: &str) -> Option<&Department> {
        self.departments
            .iter()
            .find(|department| department.code.as_str() == code)
    }

    /// What an agent brings on top: the power of attorney and the agent's own identity card. Kin
    /// need only the card.
    pub fn agent_materials(&self) -> &[Material] {
        &self.agent_materials
    }

    /// The list's version, which every case keeps.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether this is the community's own list and not a sample.
    pub fn is_official(&self) -> bool {
        self.official
    }
}
