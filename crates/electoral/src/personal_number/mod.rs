//! Personal numbers (IIN): twelve digits `YYMMDD C SSSS K`.
//!
//! Birth date, a digit for century and sex, a serial number and a check digit. The check digit is the weighted sum of the first
//! eleven modulo eleven; where that gives ten a second row of weights is used, and a number for which both give ten is never
//! issued (Government resolution of 11.06.2003 No. 565). A well-formed number says nothing about whether it was issued.

mod check;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Digits of a number.
const LENGTH: usize = 12;

/// Sex as the number states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Odd century digit.
    Male,
    /// Even century digit.
    Female,
}

/// A well-formed personal number. Its [`fmt::Debug`] hides the digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonalNumber {
    digits: [u8; LENGTH],
    born: Date,
    female: bool,
}

/// Why a text is not a personal number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PersonalNumberError {
    /// Not twelve characters.
    #[error("a personal number has 12 digits, this has {0} characters")]
    Length(usize),
    /// Something other than an ASCII digit; positions start at 1.
    #[error("character {position} is not a digit")]
    NotADigit {
        /// Where.
        position: usize,
    },
    /// The seventh digit names no century.
    #[error("the seventh digit is {digit}, it must be from 1 to 6")]
    Century {
        /// The digit found.
        digit: u8,
    },
    /// The first six digits are no date of that century.
    #[error("the first six digits are not a date: {day:02}.{month:02}.{year}")]
    Date {
        /// Full year.
        year: i16,
        /// Month as written.
        month: i8,
        /// Day as written.
        day: i8,
    },
    /// Both rows of weights give ten: no such number is issued.
    #[error("no number with these first eleven digits is ever issued")]
    NeverIssued,
    /// The last digit is another one.
    #[error("the check digit is {found}, the others ask for {expected}")]
    CheckDigit {
        /// What stands there.
        found: u8,
        /// What the other digits ask for.
        expected: u8,
    },
}

impl PersonalNumber {
    /// Reads exactly twelve ASCII digits; nothing is trimmed.
    ///
    /// # Errors
    /// [`PersonalNumberError`] with the first fault in the order length, digits, century, date, check digit.
    pub fn parse(text: &str) -> Result<Self, PersonalNumberError> {
        use PersonalNumberError as Fault;
        let length = text.chars().count();
        if length != LENGTH {
            return Err(Fault::Length(length));
        }
        if let Some(at) = text.chars().position(|c| !c.is_ascii_digit()) {
            return Err(Fault::NotADigit { position: at + 1 });
        }
        let mut digits = [0_u8; LENGTH];
        for (digit, byte) in digits.iter_mut().zip(text.bytes()) {
            *digit = byte - b'0';
        }
        let [y1, y2, m1, m2, d1, d2, century, .., found] = digits;
        let base: i16 = match century {
            1 | 2 => 1800,
            3 | 4 => 1900,
            5 | 6 => 2000,
            digit => return Err(Fault::Century { digit }),
        };
        let two = |tens: u8, ones: u8| i8::try_from(tens * 10 + ones).unwrap_or(0);
        let year = base + i16::from(two(y1, y2));
        let (month, day) = (two(m1, m2), two(d1, d2));
        let born = Date::new(year, month, day).map_err(|_| Fault::Date { year, month, day })?;
        let expected = check::digit(&digits).ok_or(Fault::NeverIssued)?;
        if found != expected {
            return Err(Fault::CheckDigit { found, expected });
        }
        Ok(Self {
            digits,
            born,
            female: century % 2 == 0,
        })
    }

    /// Date of birth.
    #[must_use]
    pub fn born(&self) -> Date {
        self.born
    }

    /// First year of the century of birth: 1800, 1900 or 2000.
    #[must_use]
    pub fn century(&self) -> i16 {
        self.born.year() / 100 * 100
    }

    /// Sex as the number states it.
    #[must_use]
    pub fn sex(&self) -> Sex {
        if self.female { Sex::Female } else { Sex::Male }
    }

    /// Whole years on a day; none before birth. Somebody born on 29 February is a year older on 1 March.
    #[must_use]
    pub fn age_on(&self, day: Date) -> Option<i16> {
        let years = day.year() - self.born.year();
        let had_birthday = (day.month(), day.day()) >= (self.born.month(), self.born.day());
        let age = if had_birthday { years } else { years - 1 };
        (age >= 0).then_some(age)
    }

    /// All twelve digits. Only where the law asks for the whole number: everywhere else show [`Self::masked`].
    #[must_use]
    pub fn reveal(&self) -> String {
        self.digits.iter().map(|d| char::from(b'0' + d)).collect()
    }

    /// The number with the middle hidden, `03••••••••07`, for screens and exports.
    #[must_use]
    pub fn masked(&self) -> String {
        let show = |(index, digit): (usize, &u8)| {
            let outer = !(2..LENGTH - 2).contains(&index);
            if outer {
                char::from(b'0' + digit)
            } else {
                '•'
            }
        };
        self.digits.iter().enumerate().map(show).collect()
    }
}

impl fmt::Debug for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonalNumber({})", self.masked())
    }
}

impl FromStr for PersonalNumber {
    type Err = PersonalNumberError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for PersonalNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.reveal())
    }
}

impl<'de> Deserialize<'de> for PersonalNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
