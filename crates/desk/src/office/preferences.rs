//! What a person prefers of their screen. Nothing personal; kept beside the data, never a commit.

use std::{collections::BTreeMap, fs, path::Path};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::{record::Id, refusal::Refusal};

use crate::{answer::Stop, call::Deed, inner::Inner, words::Language};

const FILE: &str = "preferences.json";

/// How the screen looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// High contrast.
    Hc,
}

/// How close rows stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Density {
    /// Wide.
    #[default]
    Comfortable,
    /// Close.
    Compact,
}

/// What a person prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub(crate) struct Preference {
    /// The language.
    pub language: Language,
    /// The colours.
    pub theme: Theme,
    /// The rows.
    pub density: Density,
    /// Text size in percent, 100 to 150.
    pub text_size: u16,
    /// Whether the screen starts in facing mode (面客).
    pub facing: bool,
}

impl Default for Preference {
    fn default() -> Self {
        Self {
            language: Language::Zh,
            theme: Theme::System,
            density: Density::Comfortable,
            text_size: 100,
            facing: false,
        }
    }
}

/// The preferences of this machine and of each person.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Preferences {
    machine: Preference,
    people: BTreeMap<Id, Preference>,
}

impl Preferences {
    /// Reads them; a file that cannot be read means the defaults, never an error.
    pub(crate) fn read(data: &Path) -> Self {
        fs::read(data.join(FILE))
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    fn write(&self, data: &Path) -> Result<(), Stop> {
        fs::create_dir_all(data)?;
        let new = data.join("preferences.json.new");
        fs::write(&new, serde_json::to_vec_pretty(self)?)?;
        fs::rename(new, data.join(FILE))?;
        Ok(())
    }

    /// Before anybody is here.
    pub(crate) fn of_machine(&self) -> Preference {
        self.machine
    }

    /// Of a person, or of the machine where they said nothing.
    pub(crate) fn of(&self, person: Option<Id>) -> Preference {
        person
            .and_then(|id| self.people.get(&id).copied())
            .unwrap_or(self.machine)
    }
}

/// What whoever is here prefers.
#[derive(Deserialize, TS)]
pub(crate) struct ReadPreferences {}

impl Deed for ReadPreferences {
    const NAME: &'static str = "preferences";
    const ABOUT: &'static str = "Language, theme, density and text size of whoever is here.";
    const NEEDS_PERSON: bool = false;
    type Output = Preference;

    fn perform(self, desk: &mut Inner) -> Result<Preference, Stop> {
        let person = desk.session.as_ref().map(|session| session.actor.id);
        Ok(desk.preferences.of(person))
    }
}

/// Changes what whoever is here prefers.
#[derive(Deserialize, TS)]
#[serde(default)]
#[ts(optional_fields)]
#[derive(Default)]
pub(crate) struct SavePreferences {
    /// The language.
    pub language: Option<Language>,
    /// The colours.
    pub theme: Option<Theme>,
    /// The rows.
    pub density: Option<Density>,
    /// Text size in percent, 100 to 150.
    pub text_size: Option<u16>,
    /// Whether the screen starts in facing mode.
    pub facing: Option<bool>,
}

impl Deed for SavePreferences {
    const NAME: &'static str = "save_preferences";
    const ABOUT: &'static str = "Changes language, theme, density or text size.";
    const NEEDS_PERSON: bool = false;
    type Output = Preference;

    fn perform(self, desk: &mut Inner) -> Result<Preference, Stop> {
        if self
            .text_size
            .is_some_and(|size| !(100..=150).contains(&size))
        {
            let problem = "text_size is 100 to 150".to_owned();
            return Err(Stop::Refused(
                Refusal::BadInput { problem },
                Some("text_size".to_owned()),
            ));
        }
        let person = desk.session.as_ref().map(|session| session.actor.id);
        let before = desk.preferences.of(person);
        let after = Preference {
            language: self.language.unwrap_or(before.language),
            theme: self.theme.unwrap_or(before.theme),
            density: self.density.unwrap_or(before.density),
            text_size: self.text_size.unwrap_or(before.text_size),
            facing: self.facing.unwrap_or(before.facing),
        };
        match person {
            Some(id) => drop(desk.preferences.people.insert(id, after)),
            None => desk.preferences.machine = after,
        }
        desk.world.language = after.language;
        desk.preferences.write(&desk.data())?;
        Ok(after)
    }
}
