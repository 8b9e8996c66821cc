//! The compound 新茂东苑: buildings of 6, 11 and 18 floors, their units and their doors.

use yichuang_domain::register::address::Address;

use super::seed::Chance;

/// The most buildings an address can name.
const MOST_BUILDINGS: u32 = 999;
/// More households than this need towers only.
const MANY_HOUSEHOLDS: u32 = 40_000;
/// Of a thousand flats, so many stand empty.
const EMPTY_IN_THOUSAND: u32 = 60;

#[derive(Clone, Copy)]
struct Shape {
    units: u32,
    floors: u32,
    doors: u32,
}

/// Where the people of the stories live stands already.
const STANDING: [(u32, Shape); 11] = [
    (
        1,
        Shape {
            units: 3,
            floors: 6,
            doors: 2,
        },
    ),
    (
        2,
        Shape {
            units: 3,
            floors: 6,
            doors: 2,
        },
    ),
    (
        3,
        Shape {
            units: 2,
            floors: 18,
            doors: 4,
        },
    ),
    (
        5,
        Shape {
            units: 2,
            floors: 18,
            doors: 3,
        },
    ),
    (
        7,
        Shape {
            units: 3,
            floors: 6,
            doors: 2,
        },
    ),
    (
        9,
        Shape {
            units: 2,
            floors: 11,
            doors: 3,
        },
    ),
    (
        12,
        Shape {
            units: 4,
            floors: 6,
            doors: 3,
        },
    ),
    (
        15,
        Shape {
            units: 2,
            floors: 11,
            doors: 3,
        },
    ),
    (
        16,
        Shape {
            units: 3,
            floors: 11,
            doors: 2,
        },
    ),
    (
        17,
        Shape {
            units: 3,
            floors: 6,
            doors: 2,
        },
    ),
    (
        18,
        Shape {
            units: 3,
            floors: 18,
            doors: 2,
        },
    ),
];

/// Lived-in flats, building by building, floor by floor.
pub(super) struct Compound {
    chance: Chance,
    only_towers: bool,
    building: u32,
    flats: std::vec::IntoIter<Address>,
}

impl Compound {
    pub(super) fn new(households: u32, chance: Chance) -> Self {
        let only_towers = households > MANY_HOUSEHOLDS;
        Self {
            chance,
            only_towers,
            building: 0,
            flats: Vec::new().into_iter(),
        }
    }

    fn shape(&mut self, building: u32) -> Shape {
        if let Some((_, shape)) = STANDING.iter().find(|(number, _)| *number == building) {
            return *shape;
        }
        let floors = match self.chance.below(100) {
            0..=54 => 6,
            55..=79 => 11,
            _ => 18,
        };
        match floors {
            _ if self.only_towers => Shape {
                units: 2,
                floors: 18,
                doors: 4,
            },
            6 => Shape {
                units: self.chance.between(3, 4),
                floors,
                doors: 2,
            },
            11 => Shape {
                units: self.chance.between(2, 3),
                floors,
                doors: self.chance.between(2, 3),
            },
            _ => Shape {
                units: self.chance.between(1, 2),
                floors,
                doors: 4,
            },
        }
    }

    fn next_building(&mut self) -> Option<()> {
        if self.building == MOST_BUILDINGS {
            return None;
        }
        self.building += 1;
        let (building, shape) = (self.building, self.shape(self.building));
        let mut flats = Vec::new();
        for unit in 1..=shape.units {
            for floor in 1..=shape.floors {
                for door in 1..=shape.doors {
                    let room = Some(floor * 100 + door);
                    flats.push(Address {
                        building,
                        unit: Some(unit),
                        room,
                    });
                }
            }
        }
        self.flats = flats.into_iter();
        Some(())
    }
}

impl Iterator for Compound {
    type Item = Address;

    fn next(&mut self) -> Option<Address> {
        loop {
            for flat in self.flats.by_ref() {
                if !self.chance.happens(EMPTY_IN_THOUSAND) {
                    return Some(flat);
                }
            }
            self.next_building()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use yichuang_domain::register::address::parse_address;

    use super::*;

    #[test]
    fn every_flat_is_an_address_and_stands_once() {
        let mut seen = std::collections::BTreeSet::new();
        for flat in Compound::new(3_351, Chance::new(5)).take(3_351) {
            assert_eq!(parse_address(&flat.short()), Some(flat));
            assert!(seen.insert(flat), "{flat:?}");
        }
        let last = seen.last().unwrap().building;
        assert!((45..=75).contains(&last), "{last} buildings");
    }

    #[test]
    fn there_is_room_for_a_hundred_thousand_people() {
        assert!(Compound::new(81_000, Chance::new(5)).take(81_000).count() == 81_000);
    }
}
