use super::*;

fn when(second: i64) -> Option<Timestamp> {
    Some(Timestamp::from_second(second).unwrap())
}

/// Everything is fulfilled.
fn ready() -> Facts {
    Facts {
        now: Timestamp::from_second(1_000).unwrap(),
        decided: false,
        nomination_start: when(1),
        nomination_end: when(2),
        registration_end: when(3),
        campaign_end: when(4),
        first_opening: when(5),
        last_closing: when(6),
        contests: 45,
        uncalled: 0,
        open_contests: 0,
    }
}

#[test]
fn of_all_pairs_only_neighbours_move() {
    for (place, from) in ElectionState::ALL.iter().enumerate() {
        for (target, to) in ElectionState::ALL.iter().enumerate() {
            let facts = Facts {
                decided: *to == ElectionState::Published,
                ..ready()
            };
            let moved = from.advance(*to, &facts);
            if target == place + 1 {
                assert_eq!(moved, Ok(*to));
            } else {
                let refusal = Refusal::NotNext {
                    from: *from,
                    to: *to,
                };
                assert_eq!(moved, Err(refusal), "{from:?} → {to:?}");
            }
        }
    }
}

#[test]
fn each_moment_counts_from_its_second_on() {
    for to in ElectionState::ALL {
        let Some(at) = ready().moment(*to) else {
            continue;
        };
        let from = ElectionState::ALL
            .iter()
            .find(|s| s.next() == Some(*to))
            .unwrap();
        let before = at.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap();
        let early = Facts {
            now: before,
            ..ready()
        };
        assert_eq!(from.advance(*to, &early), Err(Refusal::TooEarly { at }));
        let on_time = Facts { now: at, ..ready() };
        assert_eq!(from.advance(*to, &on_time), Ok(*to));
    }
}

#[test]
fn without_a_moment_only_a_decision_moves() {
    let blank = Facts {
        nomination_end: None,
        ..ready()
    };
    let (from, to) = (ElectionState::Nomination, ElectionState::Registration);
    assert_eq!(from.advance(to, &blank), Err(Refusal::NeedsDecision));
    let decided = Facts {
        decided: true,
        ..blank
    };
    assert_eq!(from.advance(to, &decided), Ok(to));
    // A decision doesn't overrule a date.
    let early = Facts {
        now: Timestamp::from_second(0).unwrap(),
        decided: true,
        ..ready()
    };
    assert!(matches!(
        from.advance(to, &early),
        Err(Refusal::TooEarly { .. })
    ));
}

#[test]
fn one_open_contest_holds_the_determination() {
    let open = Facts {
        open_contests: 1,
        ..ready()
    };
    assert_eq!(
        ElectionState::Counting.advance(ElectionState::Determined, &open),
        Err(Refusal::ContestsOpen { open: 1, of: 45 })
    );
    assert_eq!(
        ElectionState::Determined.advance(ElectionState::Published, &open),
        Err(Refusal::ContestsOpen { open: 1, of: 45 }),
        "nothing is published while a recount runs"
    );
    let none = Facts {
        contests: 0,
        ..ready()
    };
    assert_eq!(
        ElectionState::Called.advance(ElectionState::Nomination, &none),
        Err(Refusal::NoContests)
    );
}

#[test]
fn the_call_and_the_publication_need_a_decision() {
    let uncalled = Facts {
        uncalled: 2,
        decided: true,
        ..ready()
    };
    assert_eq!(
        ElectionState::Called.advance(ElectionState::Nomination, &uncalled),
        Err(Refusal::NotCalled { open: 2, of: 45 })
    );
    let (from, to) = (ElectionState::Determined, ElectionState::Published);
    assert_eq!(from.advance(to, &ready()), Err(Refusal::NeedsDecision));
    let decided = Facts {
        decided: true,
        ..ready()
    };
    assert_eq!(from.advance(to, &decided), Ok(to));
}

#[test]
fn words_read_back() {
    for state in ElectionState::ALL {
        assert_eq!(ElectionState::parse(state.as_str()), Some(*state));
    }
    assert_eq!(ElectionState::parse("VOTING"), None);
}

#[test]
fn a_settled_contest_is_only_reopened_by_a_recount() {
    use crate::elections::ContestState as C;
    for from in C::ALL {
        for to in C::ALL {
            let allowed = matches!(
                (*from, *to),
                (_, C::Determined | C::Repeat | C::Cancelled)
                    | (C::Open, C::Open | C::Postponed)
                    | (C::Postponed, C::Postponed)
                    | (C::Determined | C::Repeat, C::Recount)
            );
            assert_eq!(from.change(*to).is_some(), allowed, "{from:?} → {to:?}");
        }
    }
}
