//! Splits Rust text into code and string literals, so that a word in a comment or a sentence is not
//! taken for an import, and SQL is looked for in literals alone.

/// A text taken apart. Line numbers are kept: whatever is left out leaves its line breaks.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// Code without comments and without what stands inside literals.
    pub(crate) code: String,
    /// Literals with the number of the line on which they begin.
    pub(crate) strings: Vec<(usize, String)>,
}

pub(crate) fn split(text: &str) -> Parts {
    let mut parts = Parts::default();
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    let mut line = 1;
    while at < chars.len() {
        let rest = &chars[at..];
        let (taken, literal) = if rest.starts_with(&['/', '/']) {
            (rest.iter().take_while(|c| **c != '\n').count(), None)
        } else if rest.starts_with(&['/', '*']) {
            (block_comment(rest), None)
        } else if let Some((taken, literal)) = string(rest, before(&chars, at)) {
            (taken, Some(literal))
        } else {
            let taken = character(rest);
            let kept: String = if taken == 1 {
                rest[..1].iter().collect()
            } else {
                String::new()
            };
            parts.code.push_str(&kept);
            line += kept.matches('\n').count();
            at += taken;
            continue;
        };
        if let Some(literal) = literal {
            parts.strings.push((line, literal));
            parts.code.push_str("\"\"");
        }
        let breaks = rest[..taken].iter().filter(|c| **c == '\n').count();
        parts.code.extend(std::iter::repeat_n('\n', breaks));
        line += breaks;
        at += taken;
    }
    parts
}

fn before(chars: &[char], at: usize) -> Option<char> {
    at.checked_sub(1).map(|i| chars[i])
}

fn block_comment(rest: &[char]) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with(&['/', '*']) {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with(&['*', '/']) {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// `"…"`, `r"…"`, `r#"…"#` and their byte forms: how long, and what is inside.
fn string(rest: &[char], before: Option<char>) -> Option<(usize, String)> {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let prefix = if in_word {
        0
    } else {
        rest.iter()
            .take(2)
            .take_while(|c| matches!(c, 'b' | 'r' | 'c'))
            .count()
    };
    let raw = rest[..prefix].contains(&'r');
    let hashes = if raw {
        rest[prefix..].iter().take_while(|c| **c == '#').count()
    } else {
        0
    };
    let open = prefix + hashes;
    if rest.get(open) != Some(&'"') {
        return None;
    }
    let mut at = open + 1;
    let mut inside = String::new();
    while at < rest.len() {
        match rest[at] {
            '\\' if !raw => {
                inside.extend(rest.get(at + 1).filter(|c| !c.is_whitespace()));
                at += 2;
            }
            '"' if rest[at + 1..]
                .iter()
                .take(hashes)
                .filter(|c| **c == '#')
                .count()
                == hashes =>
            {
                return Some((at + 1 + hashes, inside));
            }
            c => {
                inside.push(c);
                at += 1;
            }
        }
    }
    Some((rest.len(), inside))
}

/// Length of a character literal (so that `'"'` opens no string); 1 for anything else, a lifetime too.
fn character(rest: &[char]) -> usize {
    match rest {
        ['\'', '\\', _, tail @ ..] => tail.iter().position(|c| *c == '\'').map_or(1, |p| p + 4),
        ['\'', _, '\'', ..] => 3,
        _ => 1,
    }
}

#[test]
fn code_and_literals_are_told_apart() {
    let text = "let a = \"sel\\\"ect\"; // use crate::x\n/* /* \"n\" */ */ let b = r#\"two\n\"lines\"#; let c = '\"'; fn f<'a>() {}\nlet d = b\"bytes\";";
    let parts = split(text);
    let strings: Vec<_> = parts
        .strings
        .iter()
        .map(|(l, s)| (*l, s.as_str()))
        .collect();
    assert_eq!(
        strings,
        [(1, "sel\"ect"), (2, "two\n\"lines"), (4, "bytes")]
    );
    assert!(!parts.code.contains("crate::x") && parts.code.contains("fn f<'a>()"));
    assert_eq!(parts.code.lines().count(), 4);
}
