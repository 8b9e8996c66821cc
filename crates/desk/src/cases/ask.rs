//! Questions about items: no record needed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::{
    cases::{
        banned::Banned,
        item::{Item as CatalogueItem, Kind, Role},
        transition::{TRANSITIONS, Transition},
    },
    refusal::Refusal,
};

use super::view::{BannedHit, BannedSlip, Choice, ItemHit, ItemView};
use crate::{
    answer::{AtField, Stop},
    call::Check,
    words::{self, Language},
    world::{Offered, World},
};

/// All items.
#[derive(Deserialize, TS)]
pub(crate) struct Items {}

/// Items.
#[derive(Serialize, TS)]
pub(crate) struct ItemsView {
    /// In the catalogue's order, or best first.
    pub items: Vec<ItemHit>,
    /// The catalogue's version.
    pub version: String,
    /// Whether it is the community's own list.
    pub is_official: bool,
}

impl Check for Items {
    const NAME: &'static str = "items";
    const ABOUT: &'static str = "All items of the catalogue.";
    type Output = ItemsView;

    fn check(&self, world: &World) -> Result<ItemsView, Stop> {
        let items = world
            .catalogue
            .items()
            .iter()
            .map(|item| item_hit(item, world))
            .collect();
        Ok(of(items, world))
    }
}

/// Finds items by pinyin, everyday word or code, and the certificates that must not be issued.
#[derive(Deserialize, TS)]
#[ts(optional_fields)]
pub(crate) struct FindItems {
    /// What was typed.
    pub text: String,
    /// How many at most; 12 where absent.
    #[serde(default)]
    pub limit: Option<u32>,
}

impl Check for FindItems {
    const NAME: &'static str = "find_items";
    const ABOUT: &'static str = "Finds items by pinyin, everyday word or code.";
    type Output = ItemsView;

    fn check(&self, world: &World) -> Result<ItemsView, Stop> {
        let text: String = self.text.chars().take(64).collect();
        let limit = self.limit.unwrap_or(12).clamp(1, 200) as usize;
        let items = world
            .find_items(text.trim(), limit)
            .into_iter()
            .map(|offered| match offered {
                Offered::Item(item) => item_hit(item, world),
                Offered::Banned(banned) => banned_hit(banned, world.language),
            })
            .collect();
        Ok(of(items, world))
    }
}

/// An item's guide.
#[derive(Deserialize, TS)]
pub(crate) struct Item {
    /// Its code.
    pub code: String,
}

/// An item with what it asks for.
#[derive(Serialize, TS)]
pub(crate) struct ItemGuide {
    /// The item.
    pub item: ItemView,
    /// What it asks for.
    pub materials: Vec<super::view::MaterialView>,
    /// Everyday words for it.
    pub aliases: Vec<String>,
}

impl Check for Item {
    const NAME: &'static str = "item";
    const ABOUT: &'static str = "An item's guide: days, who decides, materials.";
    type Output = ItemGuide;

    fn check(&self, world: &World) -> Result<ItemGuide, Stop> {
        let item = find(&self.code, world).at("code")?;
        let materials = item
            .materials
            .iter()
            .map(|material| {
                super::look::material(
                    material,
                    super::view::MaterialState::Missing,
                    String::new(),
                    world.language,
                )
            })
            .collect();
        Ok(ItemGuide {
            item: item_view(item, world.language),
            materials,
            aliases: item.aliases.clone(),
        })
    }
}

/// The table of steps.
#[derive(Deserialize, TS)]
pub(crate) struct Transitions {}

/// The table of steps.
#[derive(Serialize, TS)]
pub(crate) struct TransitionsView {
    /// Its rows.
    pub transitions: Vec<TransitionView>,
}

/// A row of the table of steps.
#[derive(Serialize, TS)]
pub(crate) struct TransitionView {
    /// The row.
    #[serde(flatten)]
    pub row: Transition,
    /// The call that makes the step.
    pub call: String,
}

impl Check for Transitions {
    const NAME: &'static str = "transitions";
    const ABOUT: &'static str = "The table of steps: from which state to which.";
    type Output = TransitionsView;

    fn check(&self, _world: &World) -> Result<TransitionsView, Stop> {
        let transitions = TRANSITIONS
            .iter()
            .map(|row| TransitionView {
                row: *row,
                call: super::actions::call_of(row.step).to_owned(),
            })
            .collect();
        Ok(TransitionsView { transitions })
    }
}

/// An item of the catalogue by its code.
///
/// # Errors
///
/// Refuses one that is not there.
pub(crate) fn find<'a>(code: &str, world: &'a World) -> Result<&'a CatalogueItem, Refusal> {
    let wanted = code.trim().to_uppercase();
    let known: Option<&CatalogueItem> = world.catalogue.item(&wanted);
    known.ok_or_else(|| Refusal::UnknownItem {
        code: code.chars().take(12).collect(),
    })
}

fn of(items: Vec<ItemHit>, world: &World) -> ItemsView {
    ItemsView {
        items,
        version: world.catalogue.version().to_owned(),
        is_official: world.catalogue.is_official(),
    }
}

fn item_hit(item: &CatalogueItem, world: &World) -> ItemHit {
    let language = world.language;
    let group = world
        .catalogue
        .groups()
        .iter()
        .find(|group| group.code == item.group);
    ItemHit {
        code: item.code.as_str().to_owned(),
        name: language.of(&item.name),
        group: group.map_or_else(String::new, |group| language.of(&group.name)),
        kind: item.kind,
        role: item.role,
        promise: words::promise(item.promised, language),
        banned: None,
    }
}

fn banned_hit(banned: &Banned, language: Language) -> ItemHit {
    ItemHit {
        code: format!("#{}", banned.no),
        name: language.of(&banned.name),
        group: language
            .pick("不由社区出具", "Not issued by a community")
            .to_owned(),
        kind: Kind::Instant,
        role: Role::Collects,
        promise: String::new(),
        banned: Some(BannedHit {
            no: banned.no,
            name: language.of(&banned.name),
            department: language.of(&banned.department),
            slip: BannedSlip {
                name: banned.name.zh.clone(),
                department: banned.department.zh.clone(),
                take: banned.take.iter().map(|one| one.zh.clone()).collect(),
            },
        }),
    }
}

/// An item as screens show it.
pub(crate) fn item_view(item: &CatalogueItem, language: Language) -> ItemView {
    ItemView {
        code: item.code.as_str().to_owned(),
        name: language.of(&item.name),
        public_name: language.of(&item.public_name),
        kind: item.kind,
        role: item.role,
        needs_network: item.needs_network,
        agent_allowed: item.agent_allowed,
        promise: words::promise(item.promised, language),
        legal: item.legal.map(|limit| words::promise(limit, language)),
        department: language.of(&item.handler.name),
        result: language.of(&item.result),
        basis: item.basis.clone(),
        situations: item
            .situations
            .iter()
            .map(|one| Choice {
                value: one.digit.to_string(),
                label: language.of(&one.name),
            })
            .collect(),
    }
}
