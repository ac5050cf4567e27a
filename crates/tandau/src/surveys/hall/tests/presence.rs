//! Phones are counted once, lapse by themselves and leave nothing behind.

use crate::surveys::hall::presence::{Doing, Numbers, PLACES, Place, Presence};
use jiff::Timestamp;
use proptest::prelude::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn join(hall: &Presence, phones: usize, second: i64) -> Vec<Place> {
    (0..phones)
        .map(|_| {
            hall.hear("s", None, Some(Doing::Reading), at(second))
                .unwrap()
                .place
                .unwrap()
        })
        .collect()
}

#[test]
fn a_phone_that_speaks_often_is_one_phone() {
    let hall = Presence::default();
    let mut places = join(&hall, 540, 0);
    for second in [4, 8, 12, 300] {
        for place in &mut places {
            let doing = Some(Doing::Reading);
            *place = hall
                .hear("s", Some(*place), doing, at(second))
                .unwrap()
                .place
                .unwrap();
        }
        assert_eq!(hall.numbers("s", at(second)).connected, 540, "{second}");
    }
    assert_eq!(hall.numbers("other", at(300)), Numbers::default());
}

#[test]
fn what_a_phone_does_moves_with_it() {
    let hall = Presence::default();
    let places = join(&hall, 10, 0);
    for place in &places[..3] {
        hall.hear("s", Some(*place), Some(Doing::Failing), at(1));
    }
    let done: Vec<_> = places[3..8]
        .iter()
        .filter_map(|p| hall.hear("s", Some(*p), Some(Doing::Done), at(1)))
        .collect();
    let numbers = hall.numbers("s", at(1));
    assert_eq!(
        (numbers.connected, numbers.failing, numbers.done),
        (10, 3, 5)
    );
    hall.hear("s", done[0].place, None, at(2));
    assert_eq!(hall.numbers("s", at(2)).connected, 9, "one left");
    // Nobody speaks again: those whose answer is counted just went home.
    let numbers = hall.numbers("s", at(60));
    assert_eq!(
        (numbers.connected, numbers.failing, numbers.silent),
        (0, 0, 5)
    );
    assert_eq!(hall.numbers("s", at(200)), Numbers::default(), "forgotten");
}

#[test]
fn a_phone_that_comes_back_is_silent_no_more() {
    let hall = Presence::default();
    let place = join(&hall, 1, 0)[0];
    assert_eq!(hall.numbers("s", at(50)).silent, 1);
    hall.hear("s", Some(place), Some(Doing::Failing), at(50));
    let numbers = hall.numbers("s", at(50));
    assert_eq!(
        (numbers.connected, numbers.failing, numbers.silent),
        (1, 1, 0)
    );
}

#[test]
fn places_of_another_run_take_nothing_away() {
    let before = Presence::default();
    let old = join(&before, 5, 0);
    let hall = Presence::default();
    join(&hall, 5, 0);
    for place in &old {
        hall.hear("s", Some(*place), Some(Doing::Reading), at(1));
    }
    assert_eq!(hall.numbers("s", at(1)).connected, 10);
}

#[test]
fn a_large_hall_speaks_more_seldom() {
    let hall = Presence::default();
    join(&hall, 5_000, 0);
    let heard = hall.hear("s", None, Some(Doing::Reading), at(0)).unwrap();
    assert_eq!(heard.pause_s, 20, "about 250 words a second");
    assert_eq!(hall.numbers("s", at(12)).connected, 5_001);
    let later = hall.numbers("s", at(13)).connected;
    assert_eq!(later, 5_001 - 1_250, "the first were asked to speak sooner");
}

#[test]
fn a_phone_changes_its_own_place_alone() {
    let hall = Presence::default();
    let places = join(&hall, 10, 0);
    let connected = |second| hall.numbers("s", at(second)).connected;
    // One that hands its place back again and again, as after answers that got lost, is one phone.
    for _ in 0..1_000 {
        let heard = hall.hear("s", Some(places[0]), Some(Doing::Failing), at(1));
        assert_eq!(heard.unwrap().place, Some(places[0]));
    }
    let numbers = hall.numbers("s", at(1));
    assert_eq!((numbers.connected, numbers.failing), (10, 1));
    for _ in 0..1_000 {
        assert_eq!(hall.hear("s", Some(places[0]), None, at(2)), None);
    }
    assert_eq!(connected(2), 9, "it leaves once");
    // The place is of this hall and of no other.
    hall.hear("other", Some(places[1]), None, at(2));
    assert_eq!(connected(2), 9);
    // What was never given out is no place of anybody.
    for n in 0..1_000_u64 {
        let forged = Place::parse(&format!("{n:016x}")).unwrap();
        hall.hear("s", Some(forged), None, at(2));
    }
    assert_eq!(connected(2), 9);
    let forged = Place::parse("0123456789abcdef").unwrap();
    let heard = hall.hear("s", Some(forged), Some(Doing::Reading), at(2));
    assert_ne!(heard.unwrap().place, Some(forged), "nobody picks a place");
    assert_eq!(connected(2), 10);
}

#[test]
fn every_page_has_a_place_of_its_own_until_the_hall_is_full() {
    let hall = Presence::default();
    let places = join(&hall, PLACES, 7);
    let all: std::collections::HashSet<_> = places.iter().collect();
    assert_eq!(all.len(), PLACES);
    assert_eq!(Place::parse(&places[0].to_string()), Some(places[0]));
    let late = hall.hear("s", None, Some(Doing::Reading), at(7)).unwrap();
    assert_eq!((late.place, late.pause_s), (None, 60));
    let known = hall.hear("s", Some(places[1]), Some(Doing::Done), at(7));
    assert_eq!(known.unwrap().place, Some(places[1]));
    let there = u64::try_from(PLACES).unwrap();
    assert_eq!(hall.numbers("s", at(7)).connected, there);
    let heard = hall.hear("s", None, Some(Doing::Reading), at(400)).unwrap();
    assert!(heard.place.is_some(), "who went home makes room");
}

proptest! {
    #[test]
    fn nothing_forged_is_more_than_a_place(text in ".{0,60}") {
        if let Some(place) = Place::parse(&text) {
            prop_assert_eq!(Place::parse(&place.to_string()), Some(place));
        }
    }

    /// Whatever is handed back, sums stay sums: never below nothing, never more than words were heard.
    #[test]
    fn sums_hold(words in prop::collection::vec((0_i64..200, 0_usize..4, 0_usize..8), 0..80)) {
        let hall = Presence::default();
        let mut places: Vec<Place> = Vec::new();
        for (n, (second, doing, back)) in words.iter().enumerate() {
            let doing = [Doing::Reading, Doing::Sending, Doing::Failing, Doing::Done][*doing];
            let before = places.get(*back).copied();
            if let Some(heard) = hall.hear("s", before, Some(doing), at(*second)) {
                places.extend(heard.place);
            }
            let numbers = hall.numbers("s", at(*second));
            let all = u64::try_from(n + 1).unwrap();
            prop_assert!(numbers.connected + numbers.silent <= all);
            prop_assert!(numbers.failing + numbers.done <= numbers.connected);
        }
    }
}
