use super::form::{NamedCheck, ProtocolForm};

/// Why what was typed is not a figure. Each has a check with its words in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TypingFault {
    /// Nothing was typed.
    #[error("nothing typed")]
    Empty,
    /// Characters other than digits.
    #[error("not a whole number")]
    NotANumber,
    /// A minus before the digits.
    #[error("negative")]
    Negative,
    /// More digits than a figure of a protocol can have.
    #[error("more than {digits_max} digits")]
    TooLong {
        /// The limit.
        digits_max: u32,
    },
}

impl TypingFault {
    /// The catalogue's check for this fault; none for an empty field.
    #[must_use]
    pub fn named(&self) -> Option<NamedCheck> {
        match self {
            Self::Empty => None,
            Self::NotANumber => Some(NamedCheck::NotANumber),
            Self::Negative => Some(NamedCheck::Negative),
            Self::TooLong { .. } => Some(NamedCheck::TooLong),
        }
    }
}

/// Reads one figure as typed. Spaces around and between groups of digits are accepted, leading zeros too.
///
/// # Errors
/// [`TypingFault`] says what is wrong.
pub fn parse_figure(form: &ProtocolForm, typed: &str) -> Result<u64, TypingFault> {
    let digits_max = form.limits.digits_max.value;
    let space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let typed = typed.trim_matches(space);
    if typed.is_empty() {
        return Err(TypingFault::Empty);
    }
    let (negative, typed) = match typed.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        Some(rest) => (true, rest),
        None => (false, typed),
    };
    let mut digits = String::new();
    for character in typed.chars().filter(|c| !space(*c)) {
        if !character.is_ascii_digit() {
            return Err(TypingFault::NotANumber);
        }
        // Bounded here so that a huge paste costs nothing.
        if !(digits.is_empty() && character == '0') && digits.len() <= 20 {
            digits.push(character);
        }
    }
    if typed.chars().all(space) {
        return Err(TypingFault::NotANumber);
    }
    if negative && !digits.is_empty() {
        return Err(TypingFault::Negative);
    }
    let too_long = TypingFault::TooLong { digits_max };
    if u32::try_from(digits.len()).unwrap_or(u32::MAX) > digits_max {
        return Err(too_long);
    }
    if digits.is_empty() {
        return Ok(0);
    }
    digits.parse().map_err(|_| too_long)
}
