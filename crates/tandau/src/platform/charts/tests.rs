use proptest::prelude::*;

use super::text::{width, wrap};
use super::*;

const NASTY: &str = "<script>alert(\"1\")</script> & 'O\u{0}'";
const NASTY_ESCAPED: &str =
    "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;O\u{fffd}&#39;";

fn caption(text: &'static str) -> Caption<'static> {
    Caption {
        id: "c1",
        title: text,
        desc: text,
    }
}

fn bar(label: &str, votes: u64, tone: Tone) -> Bar<'_> {
    Bar {
        label,
        note: "",
        votes,
        votes_text: "some",
        share_text: "1 %",
        tone,
    }
}

fn percent(value: u32) -> String {
    format!("{},{:02} %", value / 100, value % 100)
}

/// Every chart, with `text` wherever a text goes.
fn every_chart(text: &'static str) -> Vec<String> {
    let caption = caption(text);
    let bars = [
        Bar {
            note: text,
            votes_text: text,
            share_text: text,
            ..bar(text, 5, Tone::Position(1))
        },
        bar(text, 3, Tone::AgainstAll),
    ];
    let points =
        [(600, Some(1000)), (720, None), (840, Some(3000))].map(|(minute, turnout)| Point {
            minute,
            hour: text,
            turnout,
            average: turnout.map(|value| value + 100),
        });
    let parts = [
        State::Done,
        State::Calm,
        State::Attention,
        State::Trouble,
        State::Open,
    ]
    .map(|state| Part {
        label: text,
        count: 7,
        count_text: text,
        state,
    });
    vec![
        BarChart {
            caption,
            whole: 10,
            bars: &bars,
        }
        .render(),
        TurnoutChart {
            caption,
            points: &points,
            kind: LineKind::Step,
            average_label: text,
            percent: &|_| text.to_owned(),
        }
        .render(),
        Progress {
            caption,
            parts: &parts,
        }
        .render(),
        ShareChart {
            caption,
            points: &[(0, 487), (30, 541)].map(|(day, tenths)| SharePoint {
                day,
                label: text,
                tenths,
                interval: (tenths - 50, tenths + 50),
                text,
            }),
            percent: &|_| text.to_owned(),
        }
        .render(),
        Sparkline {
            id: "s",
            title: text,
            values: &[Some(1), None, Some(3)],
            top: 4,
        }
        .render(),
        TreeChart {
            caption,
            branches: &[
                (0, Leaf::Done),
                (1, Leaf::Open),
                (2, Leaf::Folded),
                (1, Leaf::Done),
            ]
            .map(|(depth, leaf)| Branch {
                depth,
                leaf,
                label: text,
                note: text,
            }),
        }
        .render(),
    ]
}

/// Names of elements in order, checking that they nest.
fn elements(svg: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for piece in svg.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("tags are closed");
        assert!(!text.contains('>'), "text is escaped: {text}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
        } else {
            let name = tag.split([' ', '/']).next().unwrap().to_owned();
            if !tag.ends_with('/') {
                open.push(name.clone());
            }
            all.push(name);
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    all
}

fn values_of<'a>(svg: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    svg.split(&start)
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect()
}

#[test]
fn texts_are_escaped_everywhere() {
    for svg in every_chart(NASTY) {
        assert!(svg.contains("&lt;script&gt;"));
        let names = elements(&svg);
        assert!(!names.iter().any(|name| name == "script"));
        // The words of a name may be broken into lines, but no raw character is left.
        assert!(!svg.contains("<script") && !svg.contains('\u{0}') && !svg.contains("'O"));
    }
    assert_eq!(escape(NASTY), NASTY_ESCAPED);
}

#[test]
fn charts_need_no_script_and_no_style() {
    for svg in every_chart("слово") {
        for forbidden in [
            " style=",
            "<style",
            " on",
            "javascript:",
            "<script",
            "xlink",
            "http",
        ] {
            let svg = svg.replace("http://www.w3.org/2000/svg", "");
            assert!(!svg.contains(forbidden), "{forbidden}: {svg}");
        }
    }
}

#[test]
fn each_drawing_names_itself_and_ids_differ() {
    for svg in every_chart("слово") {
        let drawings = svg.matches("<svg ").count();
        assert_eq!(svg.matches("<title ").count(), drawings);
        let ids = values_of(&svg, "id");
        let mut distinct = ids.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(ids.len(), distinct.len());
        for named in values_of(&svg, "aria-labelledby") {
            assert!(ids.contains(&named));
        }
        for fill in values_of(&svg, "fill") {
            if let Some(id) = fill.strip_prefix("url(#") {
                assert!(ids.contains(&id.trim_end_matches(')')), "{fill}");
            }
        }
    }
}

#[test]
fn bars_keep_their_order_and_length() {
    let bars = [
        bar("Бірінші", 500, Tone::Position(1)),
        bar("Екінші", 250, Tone::Position(2)),
        bar("Барлығына қарсы", 1, Tone::AgainstAll),
        bar("Ешкім", 0, Tone::Position(3)),
        bar("Тоғызыншы", 10, Tone::Position(9)),
    ];
    let svg = BarChart {
        caption: caption("t"),
        whole: 1000,
        bars: &bars,
    }
    .render();
    let (wide, narrow) = svg.split_at(svg.find("</svg>").unwrap() + 6);
    for (drawing, full) in [(wide, 680_u32), (narrow, 320)] {
        let drawn: Vec<(&str, &str)> = drawing
            .split("<rect class=\"")
            .skip(1)
            .filter(|rest| {
                rest.starts_with("bar-") && rest.split('>').next().unwrap().contains(" y=\"")
            })
            .map(|rest| {
                let class = rest.split('"').next().unwrap();
                (class, values_of(rest, "width")[0])
            })
            .collect();
        let half = (full / 2).to_string();
        let quarter = (full / 4).to_string();
        let hundredth = (full / 100).to_string();
        assert_eq!(
            drawn,
            [
                ("bar-1", half.as_str()),
                ("bar-2", quarter.as_str()),
                ("bar-hatched", "2"),
                ("bar-3", "0"),
                // The ninth candidate takes the first colour again.
                ("bar-1", hundredth.as_str()),
            ]
        );
        let first = drawing.find("Бірінші").unwrap();
        assert!(first < drawing.find("Барлығына қарсы").unwrap());
    }
}

#[test]
fn a_missing_report_is_a_gap_in_the_line() {
    let points = [
        (480, Some(0)),
        (600, Some(1000)),
        (720, None),
        (840, Some(3000)),
    ];
    let points = points.map(|(minute, turnout)| Point {
        minute,
        hour: "00:00",
        turnout,
        average: None,
    });
    for (kind, joint) in [(LineKind::Line, 'L'), (LineKind::Step, 'V')] {
        let chart = TurnoutChart {
            caption: caption("t"),
            points: &points,
            kind,
            average_label: "",
            percent: &percent,
        };
        let svg = chart.render();
        let path = svg.split("chart-line\" d=\"").nth(1).unwrap();
        let path = path.split('"').next().unwrap();
        assert_eq!(path.matches('M').count(), 2, "{path}");
        assert_eq!(path.matches(joint).count(), 1, "{path}");
        assert!(svg.contains("30,00 %"));
        // The axis starts at zero.
        assert!(svg.contains(">0,00 %<"));
        assert!(!svg.contains("chart-line--average"));
    }
}

#[test]
fn a_share_stands_between_zero_and_all_with_its_interval() {
    let points = [
        (0, 0, (0, 40)),
        (9, 541, (487, 595)),
        (400, 1000, (960, 1000)),
    ];
    let points = points.map(|(day, tenths, interval)| SharePoint {
        day,
        label: "1 Oct",
        tenths,
        interval,
        text: "x",
    });
    for points in [&points[..], &points[..1], &[]] {
        let svg = ShareChart {
            caption: caption("t"),
            points,
            percent: &|tenths| format!("{} %", tenths / 10),
        }
        .render();
        assert_eq!(svg.matches("<circle").count(), 2 * points.len());
        assert!(svg.contains(">0 %<") && svg.contains(">100 %<"), "{svg}");
        let heights: Vec<u32> = values_of(&svg, "cy")
            .iter()
            .map(|y| y.parse().unwrap())
            .collect();
        // Drawn from the last: all at the top, nothing on the floor.
        if points.len() == 3 {
            assert_eq!((heights[0], heights[2]), (30, 188), "{heights:?}");
        }
    }
}

#[test]
fn a_branch_stands_under_what_it_came_of() {
    let branch = |depth: usize, leaf: Leaf| Branch {
        depth,
        leaf,
        label: "Қарағанды облысы",
        note: "",
    };
    // The last but one claims a depth that nothing leads to: it came of the one before.
    let branches = [
        branch(0, Leaf::Done),
        branch(1, Leaf::Open),
        branch(1, Leaf::Done),
        branch(40, Leaf::Folded),
        branch(0, Leaf::Done),
    ];
    let svg = TreeChart {
        caption: caption("t"),
        branches: &branches,
    }
    .render();
    let wide = svg.split("</svg>").next().unwrap();
    let stems: Vec<&str> = values_of(wide, "d")
        .into_iter()
        .filter(|path| path.contains('V') && path.contains('H'))
        .collect();
    assert_eq!(stems, ["M16 26V50H42", "M16 26V80H42", "M48 86V110H74"]);
    let circles = values_of(wide, "cx");
    assert_eq!(circles, ["16", "48", "48", "16"]);
    // What doesn't fit goes on below, and the drawing grows.
    let long = "a long name of a commission and its place ".repeat(9);
    let branches = [Branch {
        note: &long,
        ..branch(0, Leaf::Done)
    }];
    let svg = TreeChart {
        caption: caption("t"),
        branches: &branches,
    }
    .render();
    let (wide, narrow) = svg.split_at(svg.find("</svg>").unwrap());
    let rows = |drawing: &str| drawing.matches("chart-text").count();
    assert!(rows(narrow) > rows(wide) && rows(wide) > 1);
}

#[test]
fn a_chart_without_facts_is_still_a_chart() {
    let empty = [
        BarChart {
            caption: caption("t"),
            whole: 0,
            bars: &[],
        }
        .render(),
        TurnoutChart {
            caption: caption("t"),
            points: &[],
            kind: LineKind::Line,
            average_label: "",
            percent: &percent,
        }
        .render(),
        Progress {
            caption: caption("t"),
            parts: &[],
        }
        .render(),
        Sparkline {
            id: "",
            title: "",
            values: &[],
            top: 0,
        }
        .render(),
        TreeChart {
            caption: caption("t"),
            branches: &[],
        }
        .render(),
    ];
    for svg in empty {
        assert!(elements(&svg).contains(&"title".to_owned()));
    }
}

#[test]
fn lines_break_at_spaces_then_hyphens_then_anywhere() {
    let name = "Иванова-Константинопольская Александра";
    let lines = wrap(name, 200, 18, true);
    assert_eq!(lines[0], "Иванова-");
    assert_eq!(lines.concat().replace(' ', ""), name.replace(' ', ""));
    assert_eq!(wrap("", 100, 16, false), [""]);
}

proptest! {
    #[test]
    fn wrapping_loses_nothing_and_fits(text in "[а-яА-Яa-z -]{0,80}", limit in 60_u32..400) {
        let lines = wrap(&text, limit, 16, true);
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(plain(&lines.concat()), plain(&text));
        for line in lines {
            prop_assert!(width(&line, 16, true) <= limit);
        }
    }

    #[test]
    fn parts_fill_the_bar(counts in proptest::collection::vec(0_u64..u64::MAX / 8, 1..6)) {
        let parts: Vec<Part<'_>> = counts
            .iter()
            .map(|&count| Part { label: "x", count, count_text: "1", state: State::Calm })
            .collect();
        let svg = Progress { caption: caption("t"), parts: &parts }.render();
        let wide = svg.split("</svg>").next().unwrap();
        let drawn: u32 = wide
            .split("<rect class=\"chart-part")
            .skip(1)
            .filter(|rest| values_of(rest, "height")[0] == "28")
            .map(|rest| values_of(rest, "width")[0].parse::<u32>().unwrap() + 2)
            .sum();
        let expected = if counts.iter().any(|&count| count > 0) { 678 } else { 0 };
        prop_assert_eq!(drawn, expected);
    }

    #[test]
    fn any_figures_can_be_drawn(
        votes in proptest::collection::vec(any::<u64>(), 0..12),
        whole in any::<u64>(),
        turnout in proptest::collection::vec(proptest::option::of(any::<u32>()), 0..9),
        minutes in proptest::collection::vec(any::<u32>(), 0..9),
        label in "\\PC{0,60}",
    ) {
        let bars: Vec<Bar<'_>> = votes.iter().map(|&v| bar(&label, v, Tone::Position(3))).collect();
        elements(&BarChart { caption: caption("t"), whole, bars: &bars }.render());
        let points: Vec<Point<'_>> = minutes
            .iter()
            .zip(&turnout)
            .map(|(&minute, &turnout)| Point { minute, hour: &label, turnout, average: turnout })
            .collect();
        let chart = TurnoutChart {
            caption: caption("t"),
            points: &points,
            kind: LineKind::Step,
            average_label: &label,
            percent: &percent,
        };
        elements(&chart.render());
        elements(&Sparkline { id: &label, title: &label, values: &turnout, top: 5 }.render());
    }
}
