//! Answers: read from text, judged against the question.

use super::{Item, Kind, Milli};
use jiff::Span;
use jiff::civil::Date;

/// An answer that fits its question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// The question doesn't arise here.
    NotApplicable,
    /// A number in the question's unit.
    Number(Milli),
    /// A day.
    Date(Date),
    /// Words.
    Text(String),
    /// So many photos.
    Photos(u8),
}

/// What an answer says about readiness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It holds.
    Met,
    /// It doesn't.
    Unmet,
    /// The question doesn't arise here.
    NotApplicable,
}

impl Status {
    /// The word of tables and exports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Unmet => "unmet",
            Self::NotApplicable => "na",
        }
    }

    /// The status of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Met, Self::Unmet, Self::NotApplicable]
            .into_iter()
            .find(|s| s.as_str() == word)
    }
}

/// Why a text is no answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerProblem {
    /// None of the choices.
    Choice,
    /// No number, or more than three decimals.
    Number,
    /// Outside what can be meant.
    Range {
        /// The least.
        least: Milli,
        /// The most.
        most: Milli,
    },
    /// No day of the form `2023-10-02`.
    Date,
    /// Nothing written.
    Empty,
    /// Longer than so many characters.
    TooLong(u16),
}

/// A day as date inputs send it, and in no other of the forms that ISO 8601 has.
fn day(text: &str) -> Option<Date> {
    let shape = |(at, b): (usize, u8)| match at {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    };
    (text.len() == 10 && text.bytes().enumerate().all(shape))
        .then(|| text.parse().ok())
        .flatten()
}

impl Answer {
    /// The text form that [`Item::read`] reads back.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Yes => "yes".to_owned(),
            Self::No => "no".to_owned(),
            Self::NotApplicable => "na".to_owned(),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Text(text) => text.clone(),
            Self::Photos(count) => count.to_string(),
        }
    }
}

impl Item {
    /// Reads an answer. Spaces around it don't count.
    ///
    /// # Errors
    /// [`AnswerProblem`]: what doesn't fit.
    pub fn read(&self, text: &str) -> Result<Answer, AnswerProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AnswerProblem::Empty);
        }
        if text == "na" && self.kind.may_not_apply() {
            return Ok(Answer::NotApplicable);
        }
        if text == "no" && self.kind.may_be_missing() {
            return Ok(Answer::No);
        }
        match &self.kind {
            Kind::YesNo { .. } => match text {
                "yes" => Ok(Answer::Yes),
                "no" => Ok(Answer::No),
                _ => Err(AnswerProblem::Choice),
            },
            Kind::Number { least, most, .. } => {
                let number: Milli = text.parse().map_err(|()| AnswerProblem::Number)?;
                if number < *least || number > *most {
                    return Err(AnswerProblem::Range {
                        least: *least,
                        most: *most,
                    });
                }
                Ok(Answer::Number(number))
            }
            Kind::Date { .. } => day(text).map(Answer::Date).ok_or(AnswerProblem::Date),
            Kind::Text { most_chars } => {
                if text.chars().count() > usize::from(*most_chars) {
                    return Err(AnswerProblem::TooLong(*most_chars));
                }
                Ok(Answer::Text(text.to_owned()))
            }
            Kind::Photo { .. } if text.bytes().all(|b| b.is_ascii_digit()) => text
                .parse()
                .map(Answer::Photos)
                .map_err(|_| AnswerProblem::Number),
            Kind::Photo { .. } => Err(AnswerProblem::Number),
        }
    }

    /// The answer to a yes/no question that holds, or the one that doesn't; none for other questions.
    #[must_use]
    pub fn yes_or_no(&self, holds: bool) -> Option<Answer> {
        match &self.kind {
            Kind::YesNo { unmet_if_yes, .. } => Some(if holds == *unmet_if_yes {
                Answer::No
            } else {
                Answer::Yes
            }),
            _ => None,
        }
    }

    /// The answer that it isn't so, where the question has one: "no", "there is none".
    #[must_use]
    pub fn denied(&self) -> Option<Answer> {
        self.yes_or_no(false)
            .or_else(|| self.kind.may_be_missing().then_some(Answer::No))
    }

    /// What an answer says about readiness for voting on a day. An answer that [`Item::read`] never gives for this
    /// question is unmet: another kind, "not applicable" where it may not be said.
    #[must_use]
    pub fn judge(&self, answer: &Answer, voting_day: Date) -> Status {
        let met = match (&self.kind, answer) {
            (kind, Answer::NotApplicable) if kind.may_not_apply() => return Status::NotApplicable,
            (Kind::YesNo { unmet_if_yes, .. }, Answer::Yes) => !unmet_if_yes,
            (Kind::YesNo { unmet_if_yes, .. }, Answer::No) => *unmet_if_yes,
            (
                Kind::Number {
                    met_from, met_to, ..
                },
                Answer::Number(number),
            ) => {
                met_from.is_none_or(|from| *number >= from) && met_to.is_none_or(|to| *number <= to)
            }
            (
                Kind::Date {
                    within_days,
                    by_days,
                    ..
                },
                Answer::Date(date),
            ) => {
                let before = |days: u16| {
                    Span::new()
                        .try_days(i64::from(days))
                        .and_then(|span| voting_day.checked_sub(span))
                };
                within_days.is_none_or(|days| before(days).is_ok_and(|first| *date >= first))
                    && by_days.is_none_or(|days| before(days).is_ok_and(|last| *date <= last))
            }
            (Kind::Text { .. }, Answer::Text(text)) => !text.trim().is_empty(),
            (Kind::Photo { least }, Answer::Photos(count)) => count >= least,
            _ => false,
        };
        if met { Status::Met } else { Status::Unmet }
    }
}
