//! Values that records answer with, how they are written, kept and hashed. Pure.

use crate::platform::files::hex;
use crate::platform::i18n::{date_long, number};
use crate::platform::{Lang, Names};
use crate::publications::model::language;
use electoral::press::{Format, Value as Press};
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// What records answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// So many.
    Count(u64),
    /// The number of something: it is no quantity.
    Number(u64),
    /// So many of so many.
    Share {
        /// How many.
        part: u64,
        /// Of how many.
        of: u64,
    },
    /// A day.
    Day(Date),
    /// A name.
    Words(Names),
}

impl Value {
    /// The one text by which a value is kept, compared and hashed.
    #[must_use]
    pub fn canonical(&self) -> String {
        match self {
            Self::Count(n) => format!("count {n}"),
            Self::Number(n) => format!("number {n}"),
            Self::Share { part, of } => format!("share {part}/{of}"),
            Self::Day(day) => format!("day {day}"),
            Self::Words(names) => {
                let all = serde_json::json!([names.kk, names.ru, names.en]);
                format!("words {all}")
            }
        }
    }

    /// A value that was kept.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(' ')?;
        Some(match kind {
            "count" => Self::Count(rest.parse().ok()?),
            "number" => Self::Number(rest.parse().ok()?),
            "share" => {
                let (part, of) = rest.split_once('/')?;
                Self::Share {
                    part: part.parse().ok()?,
                    of: of.parse().ok()?,
                }
            }
            "day" => Self::Day(rest.parse().ok()?),
            "words" => {
                let [kk, ru, en]: [String; 3] = serde_json::from_str(rest).ok()?;
                Self::Words(Names { kk, ru, en })
            }
            _ => return None,
        })
    }

    /// The value in words of a language. A share of nothing is none.
    #[must_use]
    pub fn shown(&self, format: Format, lang: Lang) -> Option<String> {
        match self {
            Self::Count(n) => Some(number(lang, *n)),
            Self::Number(n) => Some(n.to_string()),
            Self::Share { part, of } => Press::Share {
                part: *part,
                of: *of,
            }
            .shown(format, language(lang)),
            Self::Day(day) => Some(date_long(lang, *day)),
            Self::Words(names) => Some(names.get(lang).to_owned()),
        }
    }
}

/// What a figure was asked of: enough to ask again.
#[derive(Clone, Copy, Debug)]
pub struct Of<'a> {
    /// Kind of the records.
    pub subject_kind: &'a str,
    /// Their id.
    pub subject_id: &'a str,
    /// The election; may be empty.
    pub election_id: &'a str,
    /// The day whose records were asked.
    pub records_on: Date,
}

/// SHA-256 over what was asked and what was answered, as JSON with sorted keys and without blanks: anyone can compute
/// it again from the note's own file.
#[must_use]
pub fn digest(of: Of<'_>, query: &str, value: &str) -> String {
    let day = of.records_on.to_string();
    let fields = BTreeMap::from([
        ("election", of.election_id),
        ("query", query),
        ("records_on", day.as_str()),
        ("subject_id", of.subject_id),
        ("subject_kind", of.subject_kind),
        ("value", value),
    ]);
    hex(&Sha256::digest(serde_json::json!(fields).to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_value_is_kept_and_read_again() {
        let all = [
            Value::Count(1_062_327),
            Value::Number(448),
            Value::Share { part: 124, of: 327 },
            Value::Day(date(2023, 9, 29)),
            Value::Words(Names::new("Қарағанды \"1\"", "Караганда", "Karaganda")),
        ];
        for value in all {
            assert_eq!(Value::parse(&value.canonical()), Some(value));
        }
        for bad in ["", "count", "count x", "share 1", "words []", "sum 1"] {
            assert_eq!(Value::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_number_of_a_station_is_no_quantity() {
        let shown = |value: Value| value.shown(Format::Plain, Lang::En);
        assert_eq!(shown(Value::Number(1448)).unwrap(), "1448");
        assert_eq!(shown(Value::Count(1448)).unwrap(), "1\u{202f}448");
        assert_eq!(shown(Value::Share { part: 0, of: 0 }), None);
        let share = Value::Share { part: 124, of: 327 };
        assert_eq!(
            share.shown(Format::Almost, Lang::Ru).unwrap(),
            "почти 38\u{a0}%"
        );
    }

    #[test]
    fn another_answer_another_day_or_another_question_is_another_hash() {
        let of = Of {
            subject_kind: "area",
            subject_id: "d1",
            election_id: "vote-2023",
            records_on: date(2023, 10, 2),
        };
        let one = digest(of, "{stations}", "count 38");
        assert_eq!(one.len(), 64);
        assert_eq!(one, digest(of, "{stations}", "count 38"));
        let tomorrow = Of {
            records_on: date(2023, 10, 3),
            ..of
        };
        for other in [
            digest(of, "{stations}", "count 39"),
            digest(of, "{step_free}", "count 38"),
            digest(tomorrow, "{stations}", "count 38"),
        ] {
            assert_ne!(one, other);
        }
    }
}
