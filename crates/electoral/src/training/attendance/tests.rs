//! Codes, doubts, and paper beside records.

use super::*;
use proptest::prelude::*;

const RHYTHM: Rhythm = Rhythm {
    period_seconds: 30,
    steps_back: 2,
};
/// From 10:00 to 12:00 of some day, open half an hour before and after.
const START: i64 = 1_696_212_000;
const WINDOW: Window = Window {
    opens: START - 1_800,
    closes: START + 7_200 + 1_800,
};

fn judged(made_at: i64, code_at: i64, metres: Option<u64>) -> Option<Doubt> {
    let claim = Claim {
        made_at,
        code_step: RHYTHM.step(code_at),
        metres,
    };
    doubt(RHYTHM, WINDOW, claim, 1_000)
}

#[test]
fn the_code_of_the_standard() {
    // RFC 4226, appendix D: the digests and codes of the first counters.
    let hex = |text: &str| -> Vec<u8> {
        (0..text.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
            .collect()
    };
    for (digest, code) in [
        ("cc93cf18508d94934c64b65d8ba7667fb7cde4b0", "755224"),
        ("75a48a19d4cbe100644e8ac1397eea747a2d33ab", "287082"),
        ("0bacb7fa082fef30782211938bc1c5e70416ff44", "359152"),
        ("66c28227d03a2d5529262ff016a1e6ef76557ece", "969429"),
    ] {
        assert_eq!(code_of(&hex(digest), 6), code);
    }
    assert_eq!(code_of(&[], 6), "000000");
    assert_eq!(code_of(&[0xff; 20], 9).len(), 8);
}

#[test]
fn what_is_typed() {
    assert_eq!(typed(" 123 456 ").as_deref(), Some("123456"));
    assert_eq!(typed("123-456").as_deref(), Some("123456"));
    for wrong in ["", "12345", "12345678901", "12345a", "１２３４５６"] {
        assert_eq!(typed(wrong), None, "{wrong}");
    }
}

#[test]
fn a_code_is_good_while_somebody_types_it() {
    let now = START + 600;
    for back in [0, 29, 60] {
        assert_eq!(judged(now, now - back, None), None, "{back}");
    }
    assert_eq!(judged(now, now + 30, None), None, "clocks differ");
    assert_eq!(judged(now, now - 120, None), Some(Doubt::OldCode));
    assert_eq!(judged(now, now - 3_600, None), Some(Doubt::OldCode));
}

#[test]
fn a_code_passed_on_is_seen() {
    let shown = START + 600;
    // Typed half an hour later, after the end, by a clock that is a day behind, from another town.
    assert_eq!(judged(shown + 1_800, shown, None), Some(Doubt::OldCode));
    assert_eq!(judged(WINDOW.closes + 1, shown, None), Some(Doubt::Late));
    assert_eq!(judged(shown - 86_400, shown, None), Some(Doubt::Clock));
    assert_eq!(judged(shown + 86_400, shown, None), Some(Doubt::Late));
    assert_eq!(judged(shown, shown, Some(1_001)), Some(Doubt::Far));
    assert_eq!(judged(shown, shown, Some(1_000)), None);
}

#[test]
fn what_lay_on_a_phone_is_seen() {
    let made = START + 600;
    assert!(!was_kept(WINDOW, made, made, 600));
    assert!(!was_kept(WINDOW, made, made + 600, 600));
    assert!(was_kept(WINDOW, made, made + 601, 600));
    let last = WINDOW.closes;
    assert!(!was_kept(WINDOW, last, last, 600));
    assert!(was_kept(WINDOW, last, last + 1, 600));
}

#[test]
fn the_window_is_inclusive() {
    assert!(WINDOW.holds(WINDOW.opens) && WINDOW.holds(WINDOW.closes));
    assert!(!WINDOW.holds(WINDOW.opens - 1) && !WINDOW.holds(WINDOW.closes + 1));
    assert_eq!(
        Window::around(100, 50, 1, 1),
        Window {
            opens: 40,
            closes: 160
        }
    );
    assert_eq!(Window::around(START, START + 7_200, 30, 30), WINDOW);
}

fn people(traces: &[(&str, Traces)]) -> BTreeMap<String, Traces> {
    traces
        .iter()
        .map(|(id, t)| ((*id).to_owned(), *t))
        .collect()
}

const INVITED: Traces = Traces {
    invited: true,
    marked: false,
    doubtful: false,
    on_paper: false,
    decided: None,
};

#[test]
fn one_way_alone_names_no_difference() {
    let marked = Traces {
        marked: true,
        ..INVITED
    };
    let known = people(&[("a", marked), ("b", INVITED)]);
    let sum = reconcile(&known);
    assert!(sum.is_settled());
    assert_eq!((sum.present, sum.absent), (vec!["a"], vec!["b"]));
    let paper = Traces {
        on_paper: true,
        ..INVITED
    };
    let known = people(&[("a", paper), ("b", INVITED)]);
    assert_eq!(reconcile(&known).present, ["a"]);
}

#[test]
fn a_mark_without_an_invitation_is_decided() {
    let marked = Traces {
        marked: true,
        ..INVITED
    };
    let guest = Traces {
        invited: false,
        ..marked
    };
    let mut known = people(&[("a", marked), ("b", guest)]);
    let sum = reconcile(&known);
    assert_eq!(sum.differences, [("b", Difference::Uninvited, None)]);
    assert_eq!(sum.present, ["a"]);
    known.get_mut("b").unwrap().decided = Some(true);
    let sum = reconcile(&known);
    assert!(sum.is_settled());
    assert_eq!((sum.present, sum.uninvited), (vec!["a", "b"], vec!["b"]));
    // A list on paper that has them speaks for them.
    let guest = Traces {
        on_paper: true,
        ..guest
    };
    let known = people(&[("b", guest)]);
    assert!(reconcile(&known).is_settled());
}

#[test]
fn differences_are_named_and_decided() {
    let both = Traces {
        marked: true,
        on_paper: true,
        ..INVITED
    };
    let paper = Traces {
        marked: false,
        ..both
    };
    let record = Traces {
        on_paper: false,
        ..both
    };
    let doubtful = Traces {
        doubtful: true,
        ..INVITED
    };
    let guest = Traces {
        invited: false,
        ..both
    };
    let known = people(&[
        ("a", both),
        ("b", paper),
        ("c", record),
        ("d", doubtful),
        ("e", guest),
        ("f", INVITED),
    ]);
    let sum = reconcile(&known);
    assert_eq!((sum.on_paper, sum.in_records, sum.open()), (3, 3, 3));
    assert_eq!(sum.present, ["a", "e"]);
    assert_eq!(sum.uninvited, ["e"]);
    assert_eq!(sum.absent, ["f"]);
    let kinds: Vec<_> = sum.differences.iter().map(|d| (d.0, d.1)).collect();
    assert_eq!(
        kinds,
        [
            ("b", Difference::PaperOnly),
            ("c", Difference::RecordOnly),
            ("d", Difference::Doubtful)
        ]
    );
    let mut decided = known.clone();
    for (who, there) in [("b", true), ("c", false), ("d", true)] {
        decided.get_mut(who).unwrap().decided = Some(there);
    }
    let sum = reconcile(&decided);
    assert!(sum.is_settled());
    assert_eq!(sum.present, ["a", "b", "d", "e"]);
    assert_eq!(sum.absent, ["c", "f"]);
}

#[test]
fn a_doubtful_mark_on_paper_is_a_difference_that_paper_speaks_for() {
    let traces = Traces {
        doubtful: true,
        on_paper: true,
        ..INVITED
    };
    let known = people(&[("a", traces)]);
    let sum = reconcile(&known);
    assert_eq!(sum.differences, [("a", Difference::PaperOnly, None)]);
}

proptest! {
    #[test]
    fn everybody_is_counted_once(
        rows in prop::collection::btree_map(
            "[a-f]{1,3}",
            (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), prop::option::of(any::<bool>())),
            0..40,
        )
    ) {
        let known: BTreeMap<String, Traces> = rows
            .into_iter()
            .map(|(id, (invited, marked, doubtful, on_paper, decided))| {
                (id, Traces { invited, marked, doubtful, on_paper, decided })
            })
            .collect();
        let sum = reconcile(&known);
        prop_assert!(sum.present.iter().all(|p| !sum.absent.contains(p)));
        prop_assert!(sum.uninvited.iter().all(|p| sum.present.contains(p)));
        if sum.is_settled() {
            let settled = sum.present.len() + sum.absent.len();
            let strangers = known.values().filter(|t| !t.invited).count();
            let uninvited = sum.uninvited.len();
            prop_assert_eq!(settled, known.len() - strangers + uninvited);
        }
        for (person, _, decided) in &sum.differences {
            prop_assert_eq!(sum.present.contains(person), *decided == Some(true));
        }
    }

    #[test]
    fn a_fresh_code_at_the_place_is_never_doubted(after in 0_i64..10_000, back in 0_i64..60) {
        let made = WINDOW.opens + after;
        prop_assume!(made <= WINDOW.closes);
        prop_assert_eq!(judged(made, (made - back).max(WINDOW.opens), Some(0)), None);
    }

    #[test]
    fn steps_and_seconds_agree(at in any::<i32>()) {
        let at = i64::from(at);
        let step = RHYTHM.step(at);
        prop_assert!(RHYTHM.begins(step) <= at && at < RHYTHM.begins(step + 1));
        prop_assert_eq!(at + i64::from(RHYTHM.seconds_left(at)), RHYTHM.begins(step + 1));
    }
}
