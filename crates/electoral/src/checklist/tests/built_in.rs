//! The checklist that comes with the program.

use super::*;
use crate::calendar;
use crate::rules::{BUILT_IN as PACKS, RulePack};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

fn list() -> Checklist {
    Checklist::built_in().unwrap()
}

#[test]
fn it_is_sound_and_complete() {
    let list = list();
    assert_eq!(list.check(), Ok(()));
    let sections: Vec<&str> = list.sections.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(
        sections,
        [
            "premises",
            "boxes",
            "equipment",
            "materials",
            "voter_list",
            "power",
            "heating",
            "communications",
            "order",
            "safety",
            "weather",
            "accessibility",
            "observers",
            "commission"
        ]
    );
    assert!(
        (60..=75).contains(&list.items.len()),
        "{}",
        list.items.len()
    );
    for section in &list.sections {
        assert!(list.of_section(&section.id).next().is_some(), "{section:?}");
    }
    let kinds: BTreeSet<&str> = list.items.iter().map(|i| i.kind.as_str()).collect();
    assert_eq!(kinds.len(), 5, "{kinds:?}");
}

#[test]
fn bodies_are_those_that_answer_for_tasks() {
    let bodies: BTreeSet<String> = list().items.into_iter().map(|i| i.body).collect();
    assert_eq!(
        bodies.iter().map(String::as_str).collect::<Vec<_>>(),
        [
            "commission",
            "communications",
            "emergency",
            "energy",
            "executive",
            "health",
            "police",
            "social"
        ]
    );
}

#[test]
fn every_means_of_access_is_asked_for() {
    let list = list();
    let means: Vec<&str> = list
        .items
        .iter()
        .filter_map(|i| i.means.as_deref())
        .collect();
    assert_eq!(
        means,
        [
            "level_entrance",
            "ramp",
            "ramp_grade",
            "door_width",
            "ground_floor",
            "lift",
            "tactile_signs",
            "braille_stencil",
            "magnifier",
            "large_print",
            "lighting",
            "hearing_loop",
            "sign_language",
            "accessible_booth",
            "seats",
            "plain_information",
            "accessible_toilet",
            "parking",
            "accessible_taxi"
        ]
    );
    for item in &list.items {
        assert_eq!(
            item.section == "accessibility",
            item.means.is_some(),
            "{}",
            item.id
        );
    }
}

#[test]
fn training_is_asked_for_five_days_before_voting() {
    let asked: Vec<(String, u16)> = list()
        .items
        .into_iter()
        .filter(|i| i.id.ends_with("_trained"))
        .map(|i| (i.id, i.due_days))
        .collect();
    assert_eq!(asked, [("commission_trained".to_owned(), 5)]);
}

/// Where the law names a day, the item is due on the day that the calendar of the pilot computes.
#[test]
fn days_of_the_law_are_those_of_the_calendar() {
    let (_, text) = PACKS
        .iter()
        .find(|(id, _)| *id == "akim-district-2023")
        .unwrap();
    let pack = RulePack::parse(text).unwrap();
    let voting: Date = "2023-11-05".parse().unwrap();
    let zone = TimeZone::get("Asia/Almaty").unwrap();
    let none = (BTreeMap::new(), BTreeMap::new());
    let steps = calendar::compute(&pack, voting, &zone, &none.0, &none.1).unwrap();
    let list = list();
    for (item, step) in [
        ("voter_list_received", "lists_to_pec"),
        ("voter_list_displayed", "lists_on_display"),
        ("absentee_certificates", "absentee_issue_start"),
        ("time_place_notice", "time_place_notice"),
        ("ballots_received", "ballots_delivery_last"),
    ] {
        let found = steps.iter().find(|s| s.id == step).unwrap();
        let at = found.until.as_ref().or(found.from.as_ref()).unwrap();
        let item = list.item(item).unwrap();
        assert_eq!(item.due_on(voting).unwrap(), at.date(), "{}", item.id);
        let articles: BTreeSet<&str> = item.basis.article.split(", ").collect();
        let law: BTreeSet<&str> = found.article.split(", ").collect();
        assert!(!articles.is_disjoint(&law), "{}: {law:?}", item.id);
    }
    // "At the latest": nothing of the law's comes later than the law has it, and the station's limit is the law's.
    let Kind::Number { met_to, .. } = &list.item("voter_list_count").unwrap().kind else {
        panic!("a number");
    };
    assert_eq!(
        *met_to,
        Some(Milli(
            i64::try_from(pack.voting.as_ref().unwrap().station_voters_max.value * 1_000).unwrap()
        ))
    );
}

/// A voting day in five weeks leaves time for everything; a body gets no deadline that is over before it begins.
#[test]
fn everything_is_due_between_the_call_and_the_vote() {
    for item in list().items {
        assert!(item.due_days <= 21, "{}", item.id);
    }
}

#[test]
fn kazakh_is_kazakh() {
    let letters = |text: &str| text.chars().any(|c| "әғқңөұүһіӘҒҚҢӨҰҮҺІ".contains(c));
    let list = list();
    let all = list
        .items
        .iter()
        .flat_map(|i| i.hint.iter().chain([&i.wording]));
    for words in all.chain(list.sections.iter().map(|s| &s.title)) {
        assert!(
            letters(&words.kk) || words.kk.chars().count() < 30,
            "{}",
            words.kk
        );
        assert!(!letters(&words.ru), "{}", words.ru);
        assert!(words.en.is_ascii(), "{}", words.en);
        for text in [&words.kk, &words.ru, &words.en] {
            assert!(!text.contains('!') && !text.contains("  "), "{text}");
        }
        assert_eq!(
            words.kk.ends_with('?'),
            words.ru.ends_with('?'),
            "{}",
            words.kk
        );
        assert_eq!(
            words.en.ends_with('?'),
            words.ru.ends_with('?'),
            "{}",
            words.en
        );
    }
}

/// Telephones of posts, never names of people.
#[test]
fn texts_ask_for_no_names() {
    for item in list().items {
        if matches!(item.kind, Kind::Text { .. }) {
            assert!(
                item.hint.unwrap().ru.contains("Имя человека не пишите"),
                "{}",
                item.id
            );
        }
    }
}
