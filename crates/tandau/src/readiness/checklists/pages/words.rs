//! Questions, rules and differences in words.

use crate::platform::i18n::{date_long, language, number};
use crate::platform::{Lang, T};
use electoral::checklist::{Basis, Changes, Item, Kind, Milli, Severity, What};
use electoral::rules::Confidence;
use electoral::text::Text;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Words in the reader's language.
pub(super) fn said(text: &Text, lang: Lang) -> String {
    text.get(language(lang)).to_owned()
}

/// A measurement as the reader's language writes it, with its unit.
fn measured(lang: Lang, milli: Milli, unit: &Text) -> String {
    format!("{}\u{a0}{}", plain(lang, milli), said(unit, lang))
}

/// A measurement without its unit.
fn plain(lang: Lang, milli: Milli) -> String {
    let text = milli.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let minus = if whole.starts_with('-') { "−" } else { "" };
    let whole: u64 = whole.trim_start_matches('-').parse().unwrap_or_default();
    let whole = number(lang, whole);
    match (part, lang) {
        ("", _) => format!("{minus}{whole}"),
        (_, Lang::En) => format!("{minus}{whole}.{part}"),
        _ => format!("{minus}{whole},{part}"),
    }
}

/// Which answers are met.
pub(super) fn rule(t: T, kind: &Kind) -> String {
    let met = match kind {
        Kind::YesNo { unmet_if_yes, .. } => {
            if *unmet_if_yes {
                t.checklists_met_no()
            } else {
                t.checklists_met_yes()
            }
        }
        Kind::Number {
            unit,
            met_from,
            met_to,
            ..
        } => match (met_from, met_to) {
            (Some(from), Some(to)) => {
                t.checklists_met_between(plain(t.lang, *from), measured(t.lang, *to, unit))
            }
            (Some(from), None) => t.checklists_met_from(measured(t.lang, *from, unit)),
            (None, Some(to)) => t.checklists_met_to(measured(t.lang, *to, unit)),
            (None, None) => t.checklists_met_any(),
        },
        Kind::Date {
            within_days,
            by_days,
            ..
        } => match (within_days, by_days) {
            (Some(within), Some(by)) => t.checklists_met_days(i64::from(*by), i64::from(*within)),
            (Some(within), None) => t.checklists_met_within(i64::from(*within)),
            (None, Some(by)) => t.checklists_met_by(i64::from(*by)),
            (None, None) => t.checklists_met_any(),
        },
        Kind::Text { .. } => t.checklists_met_text(),
        Kind::Photo { least } => t.checklists_met_photos(i64::from(*least)),
    };
    if kind.may_not_apply() {
        format!("{met} {}", t.checklists_may_not_apply())
    } else {
        met
    }
}

/// By when it must hold.
pub(super) fn due(t: T, item: &Item) -> String {
    match item.due_days {
        0 => t.checklists_due_day(),
        days => t.checklists_due(i64::from(days)),
    }
}

/// Where it comes from: the article, and how far to rely on it.
pub(super) fn basis(t: T, basis: &Basis) -> String {
    let confidence = t.word(&format!("elections-confidence-{}", basis.confidence.code()));
    let named = |article: &str| {
        let own = article.chars().next().is_some_and(|c| c.is_ascii_digit());
        if own {
            t.checklists_article(article)
        } else {
            article.to_owned()
        }
    };
    match (basis.article.as_str(), basis.confidence) {
        ("", _) => confidence,
        (article, Confidence::Sourced) => named(article),
        (article, _) => format!("{} ({})", named(article), confidence.to_lowercase()),
    }
}

/// A severity as a state: its shape and word.
pub(super) fn severity(t: T, severity: Severity) -> (&'static str, String) {
    let kind = match severity {
        Severity::Critical => "trouble",
        Severity::Major => "attention",
        Severity::Minor => "open",
    };
    (
        kind,
        t.word(&format!("checklists-severity-{}", severity.as_str())),
    )
}

/// Where a version came from, and when.
pub(super) fn origin(t: T, source: &str, made_at: Option<Timestamp>, zone: &TimeZone) -> String {
    let source = t.word(&format!("checklists-source-{source}"));
    match made_at {
        Some(at) => {
            let day = at.to_zoned_datetime(zone.clone()).date();
            format!("{}. {source}", date_long(t.lang, day))
        }
        None => source,
    }
}

/// One line about what a version has that another had not.
pub(super) struct Difference {
    pub(super) kind: &'static str,
    pub(super) word: String,
    pub(super) item: String,
    pub(super) parts: String,
}

/// All differences, line by line.
pub(super) fn differences(t: T, changes: &Changes<'_>) -> Vec<Difference> {
    let whole = [
        (changes.head, t.checklists_changed_head()),
        (changes.sections, t.checklists_changed_sections()),
        (changes.order, t.checklists_changed_order()),
    ];
    let whole = whole
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, what)| Difference {
            kind: "partial",
            word: t.checklists_changed(),
            item: what,
            parts: String::new(),
        });
    let items = changes.items.iter().map(|change| {
        let (kind, word, parts) = match &change.what {
            What::Added => ("done", t.checklists_added(), String::new()),
            What::Removed => ("open", t.checklists_removed(), String::new()),
            What::Changed(parts) => {
                let parts: Vec<String> = parts
                    .iter()
                    .map(|p| t.word(&format!("checklists-part-{}", p.as_str())))
                    .collect();
                ("partial", t.checklists_changed(), parts.join(", "))
            }
        };
        Difference {
            kind,
            word,
            item: said(&change.item.wording, t.lang),
            parts,
        }
    });
    whole.chain(items).collect()
}

/// How many items came, went and changed.
pub(super) fn counts(t: T, changes: &Changes<'_>) -> String {
    let count = |wanted: fn(&What) -> bool| {
        let found = changes.items.iter().filter(|c| wanted(&c.what)).count();
        u64::try_from(found).unwrap_or(u64::MAX)
    };
    let [added, removed, changed] = [
        count(|w| *w == What::Added),
        count(|w| *w == What::Removed),
        count(|w| matches!(w, What::Changed(_))),
    ];
    t.checklists_counts(added, changed, removed)
}
