//! Text from people on its way to a form: limited, freed of everything that isn't visible writing.
//!
//! Nothing is escaped because nothing is ever spliced into a form's source. What is done here keeps the paper
//! honest: invisible and direction-changing characters could make a printed figure read otherwise than it is,
//! characters without a glyph would break PDF/UA-1, and a word without end would run off the sheet.

use serde_json::Value;

use crate::error::PrintError;
use crate::figures::{GROUP, grouped};

/// Most characters of a name, label, title or office.
const SHORT: usize = 500;
/// Most characters of a text with paragraphs.
const LONG: usize = 20_000;
/// Most rows of a list.
const ROWS: usize = 300;
/// A word longer than this may be broken: the widest letters in the narrowest column.
const WORD: usize = 20;
/// After how many characters it may be.
const PIECE: usize = 8;
/// Combining marks kept on one letter.
const MARKS: usize = 2;
/// Stands for a character that the form's fonts don't have.
const MISSING: char = '\u{fffd}';
/// Where a line may break without a sign.
const BREAK: char = '\u{200b}';

/// Cleans every text of a paper in place. `drawn` tells whether the form's fonts have a character.
pub(crate) fn clean(
    field: &str,
    value: &mut Value,
    drawn: &dyn Fn(char) -> bool,
) -> Result<(), PrintError> {
    match value {
        Value::String(text) => *text = line_or_text(field, text, drawn)?,
        Value::Array(rows) => {
            if rows.len() > ROWS {
                return Err(PrintError::TooMany {
                    field: field.to_owned(),
                    limit: ROWS,
                });
            }
            for row in rows {
                clean(field, row, drawn)?;
            }
        }
        Value::Object(fields) => {
            for (name, inner) in fields.iter_mut() {
                let path = if field.is_empty() {
                    name.clone()
                } else {
                    format!("{field}.{name}")
                };
                clean(&path, inner, drawn)?;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    Ok(())
}

/// Fields with paragraphs; in all others a line break is a space.
fn has_paragraphs(field: &str) -> bool {
    let name = field.rsplit('.').next().unwrap_or(field);
    ["text_", "outcome_", "dissent"]
        .iter()
        .any(|start| name.starts_with(start))
}

fn line_or_text(
    field: &str,
    text: &str,
    drawn: &dyn Fn(char) -> bool,
) -> Result<String, PrintError> {
    let paragraphs = has_paragraphs(field);
    let limit = if paragraphs { LONG } else { SHORT };
    if text.chars().count() > limit {
        return Err(PrintError::TooLong {
            field: field.to_owned(),
            limit,
        });
    }
    if paragraphs {
        let lines: Vec<String> = text
            .replace("\r\n", "\n")
            .split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'])
            .map(|line| written(line, drawn))
            .filter(|line| !line.is_empty())
            .collect();
        Ok(lines.join("\n"))
    } else {
        Ok(written(text, drawn))
    }
}

/// One line of visible writing, with places to break in words that are too long for a column.
fn written(text: &str, drawn: &dyn Fn(char) -> bool) -> String {
    let mut line = String::with_capacity(text.len());
    let mut marks = 0_usize;
    for letter in text.chars() {
        if letter.is_whitespace() || letter.is_control() {
            marks = 0;
            // A space that doesn't break stays one: it holds figures and initials together.
            if matches!(letter, '\u{a0}' | '\u{2009}' | '\u{202f}') {
                line.push(letter);
            } else if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if is_mark(letter) {
            // A mark needs a letter to stand on.
            let stands = line.ends_with(|before: char| before.is_alphabetic() || is_mark(before));
            if marks < MARKS && stands && drawn(letter) {
                marks += 1;
                line.push(letter);
            }
        } else if !is_unseen(letter) {
            marks = 0;
            let private = matches!(letter, '\u{e000}'..='\u{f8ff}');
            line.push(if drawn(letter) && !private {
                letter
            } else {
                MISSING
            });
        }
    }
    breakable(line.trim())
}

/// Puts invisible places to break into words longer than [`WORD`].
fn breakable(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for (place, word) in line.split(' ').enumerate() {
        if place > 0 {
            out.push(' ');
        }
        let long = word.chars().count() > WORD && !is_figure(word);
        let mut run = 0_usize;
        for letter in word.chars() {
            if long && run >= PIECE && !is_mark(letter) {
                out.push(BREAK);
                run = 0;
            }
            out.push(letter);
            run += 1;
        }
    }
    out
}

/// A grouped figure is set as it is, up to the largest there can be.
fn is_figure(word: &str) -> bool {
    word.chars().count() <= grouped(u64::MAX).chars().count()
        && word
            .chars()
            .all(|sign| sign.is_ascii_digit() || sign == GROUP)
}

/// Marks that are drawn over the letter before them.
fn is_mark(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Characters without a shape of their own: soft hyphen, joiners, direction marks, variation selectors, tags.
fn is_unseen(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(field: &str, text: &str) -> Result<String, PrintError> {
        let mut value = serde_json::json!({ field: text });
        clean("", &mut value, &|letter| {
            letter < '\u{500}' || letter == '№'
        })?;
        Ok(value[field].as_str().unwrap().to_owned())
    }

    #[test]
    fn kazakh_and_marks_of_markup_stay() {
        let text = "Әбіш Ғұмар #let $x$ \"қ\" <b> \\ [*_*] № 448";
        assert_eq!(cleaned("name", text).unwrap(), text);
    }

    #[test]
    fn unseen_characters_go() {
        assert_eq!(
            cleaned("name", "a\u{202e}b\u{200b}c\u{0}d\te\u{feff}").unwrap(),
            "abc d e"
        );
        assert_eq!(cleaned("name", "  a \n\n b\r\n").unwrap(), "a b");
        assert_eq!(cleaned("text_kk", "a\r\n\r\n b\nc").unwrap(), "a\nb\nc");
    }

    #[test]
    fn what_has_no_glyph_is_shown_as_missing() {
        assert_eq!(
            cleaned("name", "Ә🗳漢\u{e001}").unwrap(),
            "Ә\u{fffd}\u{fffd}\u{fffd}"
        );
    }

    #[test]
    fn marks_do_not_pile_up() {
        let piled = format!("и{}", "\u{306}".repeat(40));
        assert_eq!(cleaned("name", &piled).unwrap(), "и\u{306}\u{306}");
        assert_eq!(cleaned("name", "\u{306}\u{306}\u{306}x").unwrap(), "x");
    }

    #[test]
    fn a_word_without_end_may_break() {
        let text = cleaned("name", &"Щ".repeat(100)).unwrap();
        assert_eq!(text.matches(BREAK).count(), 12);
        assert_eq!(text.replace(BREAK, ""), "Щ".repeat(100));
    }

    #[test]
    fn a_figure_stays_whole() {
        let figure = grouped(u64::MAX);
        assert_eq!(figure.chars().filter(|sign| *sign == GROUP).count(), 6);
        let mut value = serde_json::json!({ "figure": figure });
        clean("", &mut value, &|_| true).unwrap();
        assert_eq!(value["figure"], figure);
    }

    #[test]
    fn limits_name_the_field() {
        let long = "a".repeat(SHORT + 1);
        assert_eq!(
            cleaned("name", &long),
            Err(PrintError::TooLong {
                field: "name".into(),
                limit: SHORT
            })
        );
        assert!(cleaned("dissent", &long).is_ok());
        let mut rows = serde_json::json!({ "lines": vec!["x"; ROWS + 1] });
        assert_eq!(
            clean("", &mut rows, &|_| true),
            Err(PrintError::TooMany {
                field: "lines".into(),
                limit: ROWS
            })
        );
    }
}
