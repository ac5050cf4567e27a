//! What several pages show alike.

use super::super::frame::Frame;
use super::super::model::{
    AsOf, Counts, Outlook, Signature, Standing, StationCounts, Sums, outlook,
};
use crate::platform::charts::{Caption, Expected, day_by_day, day_rows};
use crate::platform::i18n::{date_long, instant_long, instant_short, number, share_percent};
use crate::platform::{Lang, T};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A state as `ui::state` shows it.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub(crate) kind: &'static str,
    pub(crate) text: String,
}

impl Mark {
    pub(super) fn of(t: T, standing: Standing) -> Self {
        Self {
            kind: standing.shape(),
            text: t.word(standing.key()),
        }
    }
}

/// A large figure.
pub(crate) struct Figure {
    pub(crate) number: String,
    pub(crate) label: String,
}

/// The bar of all items and its words.
pub(crate) struct Bar {
    pub(crate) title: String,
    pub(crate) parts: Vec<BarPart>,
}

/// One part of the bar.
pub(crate) struct BarPart {
    pub(crate) class: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) x: String,
    pub(crate) width: String,
    pub(crate) word: String,
    pub(crate) count: String,
}

/// What stands at the top of a page.
pub(super) struct Head {
    pub(super) kicker: String,
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) as_of: String,
    pub(super) coverage: String,
    pub(super) section: String,
    pub(super) all_sections: String,
    pub(super) bar: Bar,
    pub(super) figures: Vec<Figure>,
}

/// A region, a district or a section in a table.
pub(super) struct Line {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) ready: String,
    pub(super) stations: String,
    pub(super) unmet: String,
    pub(super) critical: String,
    pub(super) unanswered: String,
    pub(super) share: String,
    pub(super) width: String,
}

/// A station in a table.
pub(super) struct StationLine {
    pub(super) href: String,
    pub(super) number: String,
    pub(super) name: String,
    pub(super) place: String,
    pub(super) mark: Mark,
    pub(super) unmet: String,
    pub(super) critical: String,
    pub(super) unanswered: String,
    pub(super) last: String,
}

/// Unmet items day by day.
pub(super) struct Trend {
    pub(super) chart: String,
    pub(super) sentence: String,
    pub(super) method: String,
    pub(super) rows: Vec<(String, String)>,
}

/// A commission that has signed.
pub(super) struct SignedLine {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) when: String,
    pub(super) then: String,
    pub(super) now: String,
    pub(super) mark: Mark,
}

pub(crate) fn n(t: T, value: u64) -> String {
    number(t.lang, value)
}

/// Width of a bar for an SVG attribute: `41.30`, always with a point.
fn width(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "0".to_owned();
    }
    let hundredths = u128::from(part.min(whole)) * 10_000 / u128::from(whole);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// "As of 2 October 2023, 12:00", or the end of a day that is over.
pub(crate) fn as_of(t: T, as_of: &AsOf, zone: &TimeZone) -> String {
    if as_of.today {
        t.board_as_of_now(instant_long(t.lang, as_of.moment, zone))
    } else {
        t.board_as_of_day(date_long(t.lang, as_of.day))
    }
}

/// The top of a page of an area.
pub(super) fn head(t: T, frame: &Frame, here: &str, title: String, sums: Sums) -> Head {
    let counts = sums.counts;
    let answered = counts.expected.saturating_sub(counts.unanswered);
    let section = frame.section_title(t.lang);
    let mut lead = t.board_lead(counts.unmet, counts.critical);
    if counts.disputed > 0 {
        lead.push(' ');
        lead.push_str(&t.board_lead_disputed(counts.disputed));
    }
    Head {
        kicker: format!(
            "{} · {}",
            date_long(t.lang, frame.election.voting_day),
            frame.election.title.get(t.lang)
        ),
        title,
        lead,
        as_of: as_of(t, &frame.as_of, &frame.zone),
        coverage: t.board_coverage(answered, counts.expected),
        section: if section.is_empty() {
            section
        } else {
            t.board_section(section)
        },
        all_sections: frame.href(here),
        bar: bar(t, counts),
        figures: figures(t, frame, sums),
    }
}

fn figures(t: T, frame: &Frame, sums: Sums) -> Vec<Figure> {
    let figure = |number: String, label: String| Figure { number, label };
    let days = frame.days_left();
    vec![
        figure(n(t, sums.ready), t.board_figure_ready(sums.stations)),
        figure(
            n(t, sums.counts.unmet),
            t.board_figure_unmet(sums.counts.critical),
        ),
        figure(
            n(t, sums.counts.unanswered),
            t.board_figure_unanswered(sums.counts.expected),
        ),
        figure(
            days.map_or_else(|| "—".to_owned(), |days| n(t, days)),
            t.board_figure_days(days.unwrap_or(0)),
        ),
    ]
}

/// All items in one bar.
pub(super) fn bar(t: T, counts: Counts) -> Bar {
    let states = [
        (
            "tandau-progress__done",
            "done",
            counts.in_order(),
            t.board_bar_in_order(),
        ),
        (
            "tandau-progress__trouble",
            "attention",
            counts.unmet.saturating_add(counts.disputed),
            t.board_bar_unmet(),
        ),
        ("", "open", counts.unanswered, t.board_bar_unanswered()),
    ];
    Bar {
        title: t.board_bar_title(),
        parts: parts(t, states, counts.expected),
    }
}

/// Parts of a bar one behind the other, each with its class, shape, count and word.
pub(crate) fn parts(
    t: T,
    states: [(&'static str, &'static str, u64, String); 3],
    whole: u64,
) -> Vec<BarPart> {
    let mut before = 0_u64;
    let parts = states.into_iter().map(|(class, kind, count, word)| {
        let x = width(before, whole);
        before = before.saturating_add(count);
        BarPart {
            class,
            kind,
            x,
            width: width(count, whole),
            word,
            count: n(t, count),
        }
    });
    parts.collect()
}

/// A line of a table.
pub(super) fn line(t: T, href: String, name: &str, sums: Sums) -> Line {
    let counts = sums.counts;
    Line {
        href,
        name: name.to_owned(),
        ready: n(t, sums.ready),
        stations: n(t, sums.stations),
        unmet: n(t, counts.unmet),
        critical: n(t, counts.critical),
        unanswered: n(t, counts.unanswered),
        share: whole_percent(t.lang, counts.in_order(), counts.expected),
        width: width(counts.in_order(), counts.expected),
    }
}

/// Whole percent, rounded down: 100 only when it is all.
pub(super) fn whole_percent(lang: Lang, part: u64, whole: u64) -> String {
    if whole == 0 {
        return share_percent(lang, 0, 0);
    }
    let percent = u128::from(part.min(whole)) * 100 / u128::from(whole);
    match lang {
        Lang::En => format!("{percent}%"),
        Lang::Kk | Lang::Ru => format!("{percent}\u{a0}%"),
    }
}

/// Sections with their sums.
pub(super) fn sections(t: T, frame: &Frame, here: &str, sections: &[(String, Sums)]) -> Vec<Line> {
    sections
        .iter()
        .map(|(id, sums)| {
            let href = frame.href_with(here, &format!("section={id}"));
            line(t, href, &frame.title_of(id, t.lang), *sums)
        })
        .collect()
}

/// A station's line; `place` says where it lies.
pub(super) fn station_line(
    t: T,
    frame: &Frame,
    station: &StationCounts,
    named: (u64, &str),
    place: String,
    zone: &TimeZone,
) -> StationLine {
    let counts = station.counts;
    StationLine {
        href: frame.station(&station.station_id),
        number: named.0.to_string(),
        name: named.1.to_owned(),
        place,
        mark: Mark::of(t, counts.standing()),
        unmet: n(t, counts.unmet),
        critical: n(t, counts.critical),
        unanswered: n(t, counts.unanswered),
        last: station
            .reported_at
            .map_or_else(|| t.board_never(), |at| instant_short(t.lang, at, zone)),
    }
}

/// Unmet items day by day, with what is to be expected on voting day.
pub(super) fn trend(t: T, frame: &Frame, series: &[(Date, u64)], counts: Counts) -> Trend {
    let told = outlook(series, counts, frame.days_left());
    let voting = frame.election.voting_day;
    let ahead = frame
        .days_left()
        .and_then(|days| u32::try_from(days).ok())
        .unwrap_or(0);
    let (sentence, text) = match told {
        Outlook::Told(f) => (
            t.board_forecast(date_long(t.lang, voting), f.middle, f.low, f.high),
            t.board_forecast_label(f.middle, f.low, f.high),
        ),
        Outlook::TooFew => (
            t.board_forecast_few(u64::try_from(electoral::forecast::LEAST_DAYS).unwrap_or(5)),
            String::new(),
        ),
        Outlook::StillAnswering => (
            t.board_forecast_answering(counts.unanswered, counts.expected),
            String::new(),
        ),
        Outlook::Over => (String::new(), String::new()),
    };
    let method = match told {
        Outlook::Told(f) => t.board_forecast_method(
            u64::try_from(f.days).unwrap_or(0),
            tenths(t.lang, f.pace_tenths),
        ),
        _ => String::new(),
    };
    let expected = match told {
        Outlook::Told(f) => Some(Expected {
            low: f.low,
            middle: f.middle,
            high: f.high,
            text: &text,
        }),
        _ => None,
    };
    let caption = Caption {
        id: "trend",
        title: &t.board_trend_title(),
        desc: &t.board_trend_desc(n(t, counts.unmet), sentence.as_str()),
    };
    Trend {
        chart: day_by_day(t.lang, caption, series, (ahead, voting), expected),
        sentence,
        method,
        rows: day_rows(t.lang, series),
    }
}

/// Tenths as this language writes them, with the sign of a change: `−14,2`.
fn tenths(lang: Lang, tenths: i64) -> String {
    let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    let sign = match tenths {
        0 => "",
        t if t < 0 => "\u{2212}",
        _ => "+",
    };
    let point = if lang == Lang::En { '.' } else { ',' };
    format!("{sign}{}{point}{rest}", number(lang, whole))
}

/// Signatures as lines.
pub(super) fn signed_lines(t: T, frame: &Frame, signed: &[Signature]) -> Vec<SignedLine> {
    signed
        .iter()
        .map(|s| SignedLine {
            href: format!("/commissions/{}", s.commission_id),
            name: t.board_signed_by(
                t.word(&format!("board-level-{}", s.level)),
                s.area_names.get(t.lang),
            ),
            when: instant_short(t.lang, s.signed_at, &frame.zone),
            then: t.board_of(s.then.ready, s.then.stations),
            now: t.board_of(s.now.ready, s.now.stations),
            mark: match (s.drifted, s.exceptions) {
                (true, _) => Mark {
                    kind: "attention",
                    text: t.board_signed_drift(),
                },
                (false, 0) => Mark {
                    kind: "done",
                    text: t.board_signed_holds(),
                },
                (false, exceptions) => Mark {
                    kind: "partial",
                    text: t.board_signed_exceptions(exceptions),
                },
            },
        })
        .collect()
}
