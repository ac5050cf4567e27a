//! Synthetic people: names put together at random from lists of common names, never twice the same.

use std::collections::HashSet;

use super::error::PlanError;
use super::model::{Person, Sex, Text3};
use super::rng::Rng;
use super::sources::{GivenRow, SexedRow, Sources, rows};

/// Makes people one after another.
pub(super) struct People {
    given_male: Vec<GivenRow>,
    given_female: Vec<GivenRow>,
    family: Vec<SexedRow>,
    patronymic: Vec<SexedRow>,
    used: HashSet<String>,
    rng: Rng,
    /// Everybody made so far.
    pub(super) made: Vec<Person>,
}

impl People {
    /// Reads the lists.
    pub(super) fn new(sources: &Sources) -> Result<Self, PlanError> {
        Ok(Self {
            given_male: rows("given_male.csv", sources.given_male)?,
            given_female: rows("given_female.csv", sources.given_female)?,
            family: rows("family.csv", sources.family)?,
            patronymic: rows("patronymic.csv", sources.patronymic)?,
            used: HashSet::new(),
            rng: Rng::named("people", 0),
            made: Vec::new(),
        })
    }

    /// Makes a person born in the given years; `slavic` in a hundred people have names of the Slavic lists.
    ///
    /// # Errors
    /// [`PlanError::TooFew`] if the lists have no unused name left.
    pub(super) fn make(
        &mut self,
        sex: Sex,
        born: (u32, u32),
        slavic: u32,
    ) -> Result<usize, PlanError> {
        let group = if self.rng.chance(slavic, 100) {
            "slavic"
        } else {
            "kazakh"
        };
        for _ in 0..200 {
            let Some((family, given, patronymic)) = self.name(sex, group) else {
                break;
            };
            let full = format!("{} {} {}", family.kk, given.kk, patronymic.kk);
            if self.used.insert(full) {
                let birth_year = i16::try_from(self.rng.range(born.0, born.1)).unwrap_or(1970);
                self.made.push(Person {
                    family,
                    given,
                    patronymic,
                    sex,
                    birth_year,
                });
                return Ok(self.made.len() - 1);
            }
        }
        Err(PlanError::TooFew("names"))
    }

    fn name(&mut self, sex: Sex, group: &str) -> Option<(Text3, Text3, Text3)> {
        let given = match sex {
            Sex::Female => &self.given_female,
            Sex::Male => &self.given_male,
        };
        let given = pick(given, |row| row.group == group, &mut self.rng)?;
        let given = Text3::new(given.kk.clone(), given.ru.clone(), given.en.clone());
        let family = pick(&self.family, |row| row.group == group, &mut self.rng)?;
        let patronymic = pick(&self.patronymic, |row| row.group == group, &mut self.rng)?;
        Some((sexed(family, sex), given, sexed(patronymic, sex)))
    }
}

/// A random row of those that fit; they lie together in the lists, so a position among them is a position in the list.
fn pick<'a, T>(list: &'a [T], fits: impl Fn(&T) -> bool, rng: &mut Rng) -> Option<&'a T> {
    let first = list.iter().position(&fits)?;
    let count = list.iter().skip(first).take_while(|row| fits(row)).count();
    list.get(first + rng.index(count))
}

fn sexed(row: &SexedRow, sex: Sex) -> Text3 {
    match sex {
        Sex::Female => Text3::new(
            row.kk_female.clone(),
            row.ru_female.clone(),
            row.en_female.clone(),
        ),
        Sex::Male => Text3::new(
            row.kk_male.clone(),
            row.ru_male.clone(),
            row.en_male.clone(),
        ),
    }
}

/// Slavic names in a hundred, by region: more in the north and east, few in the south and west.
pub(super) fn slavic_share(region: &str) -> u32 {
    match region {
        "110000000" | "390000000" | "550000000" | "590000000" | "630000000" => 24,
        "100000000" | "350000000" | "190000000" | "330000000" | "KZ" => 12,
        _ => 3,
    }
}
