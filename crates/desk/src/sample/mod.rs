//! A synthetic community (样例社区): 新茂社区 with its flats, its people and eighteen months of
//! matters, to look at, to try out and to measure with. The same seed and the same day make the same
//! community; only keys, salts and signatures differ.
//!
//! Every step of every matter is made by the rules the clerks' own commands ask, on a day of the
//! working calendar, and signed by whoever does it. Nobody in it exists: ID numbers have sequences no
//! register gives out, telephones a prefix no one answers.

mod compound;
mod days;
mod households;
mod life;
mod names;
mod numbers;
mod office;
mod pen;
mod plan;
mod present;
mod questions;
mod residents;
mod seed;
mod seldom;
mod stories;

use std::path::PathBuf;

use serde::Serialize;
use yichuang_domain::{
    office::calendar::Calendar,
    record::{Change, Kind, RecordKey},
    register::person::Person,
};

use self::{
    days::OfficeDays,
    households::Households,
    office::Office,
    pen::{Pen, Who},
    residents::Residents,
    seed::Chance,
};
use crate::{
    answer::{Answer, Stop},
    clock::Clock,
    words::Language,
};

/// What the sample is made of, and where.
#[derive(Clone)]
pub struct Sample {
    /// The data folder: one without a community.
    pub data: PathBuf,
    /// Everybody's first password.
    pub password: String,
    /// The same seed makes the same community.
    pub seed: u64,
    /// People of the register; as many as the article speaks of where absent.
    pub people: Option<u32>,
    /// Matters of the last eighteen months; a quiet office's where absent.
    pub cases: Option<u32>,
    /// What "today" is.
    pub clock: Clock,
}

/// The article's households, and the people we put in them.
const HOUSEHOLDS: u32 = 3_351;
const PEOPLE: u32 = 4_150;
/// Matters of a quiet office.
const CASES: u32 = 1_800;

impl Sample {
    fn people(&self) -> u32 {
        self.people.unwrap_or(PEOPLE)
    }

    fn households(&self) -> u32 {
        let scaled = u64::from(self.people()) * u64::from(HOUSEHOLDS) / u64::from(PEOPLE);
        u32::try_from(scaled).unwrap_or(u32::MAX)
    }
}

/// What was made.
#[derive(Debug, Serialize)]
struct SampleMade {
    community: String,
    /// Who works here: the password is the one that was given.
    staff: Vec<String>,
    /// What is shown once, after founding.
    recovery_code: String,
    people: u32,
    households: u32,
    cases: u32,
    /// Matters somebody still works on.
    open: u32,
    enquiries: u32,
    commits: u64,
    /// Steps the rules refused: there should be none.
    refused_steps: u32,
}

/// Founds the community in a folder that has none and fills it, telling how many people and matters
/// are written.
pub fn sample(wanted: &Sample, language: Language, told: impl FnMut(u32, u32)) -> Answer {
    let made = make(wanted, told).and_then(|made| Ok(serde_json::to_value(made)?));
    crate::desk::answer(made, language)
}

fn make(wanted: &Sample, mut told: impl FnMut(u32, u32)) -> Result<SampleMade, Stop> {
    let days = OfficeDays::until(wanted.clock.now_ms(), Calendar::builtin());
    let mut chance = Chance::new(wanted.seed);
    let mut pen = Pen::found(&wanted.data, &wanted.password, days.founding_ms())?;
    let recovery_code = std::mem::take(&mut pen.recovery_code);
    let staff = [Who::A, Who::B, Who::Supervisor].map(|who| pen.staff(who).name.clone());
    let all = Households::new(
        wanted.people(),
        wanted.households(),
        days.today,
        &mut chance,
    );
    let (people, households, residents) = register(all, &days, &mut pen, &mut told)?;
    let office = Office::new(pen, days, residents, chance);
    let counted = office.work(wanted.cases.unwrap_or(CASES), &mut |cases| {
        told(people, cases);
    })?;
    Ok(SampleMade {
        community: pen::COMMUNITY.to_owned(),
        staff: staff.to_vec(),
        recovery_code,
        people,
        households,
        cases: counted.cases,
        open: counted.open,
        enquiries: counted.enquiries,
        commits: counted.commits,
        refused_steps: counted.refused,
    })
}

/// Enters everybody, a household an act, on the day before the window opened.
fn register(
    all: Households,
    days: &OfficeDays,
    pen: &mut Pen,
    told: &mut impl FnMut(u32, u32),
) -> Result<(u32, u32, Residents), Stop> {
    let (mut people, mut households) = (0, 0);
    let mut residents = Residents::default();
    for household in all {
        let who = if households % 2 == 0 { Who::A } else { Who::B };
        let set = |person: &Person| Change::Set {
            record: RecordKey::new(Kind::PERSON, person.id),
            fields: person.fields(),
        };
        let changes = household.iter().map(set).collect();
        pen.act(who, "register_household", days.founding_ms(), changes)?;
        households += 1;
        people += u32::try_from(household.len()).unwrap_or(0);
        residents.add(&household, households, days.today);
        if households % 2_000 == 0 {
            told(people, 0);
        }
    }
    told(people, 0);
    Ok((people, households, residents))
}
