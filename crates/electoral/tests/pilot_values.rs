//! Every single value of law of the pilot's pack, with its article, copied from the law by hand.
//! Whoever changes a value must change it here too, having looked at the article again.
#![allow(clippy::unwrap_used, clippy::panic)]

use electoral::rules::BUILT_IN;
use toml::{Table, Value};

/// Key, value as text, article.
const VALUES: &[(&str, &str, &str)] = &[
    ("contest.system", "plurality", "9(5), 113-10(2)"),
    ("contest.seats", "1", "21(4)"),
    ("contest.against_all", "true", "37(1)"),
    ("contest.term_years", "4", "36-2"),
    ("contest.terms_in_a_row", "2", "32(1)"),
    ("candidates.minimum", "2", "113-7"),
    ("candidates.extension_days", "3", "113-3(6)"),
    ("candidates.postponement_days", "15", "113-7"),
    ("candidates.appeal_days", "3", "113-5(13)"),
    ("candidates.appeal_decision_days", "3", "113-5(13)"),
    ("candidates.no_change_days", "2", "113-5(12), 113-6(1)"),
    ("candidates.proxies_per_station", "3", "31"),
    ("candidates.election_fund", "false", "34(1)"),
    ("deposit.minimum_wages", "5", "113-5(2)"),
    ("deposit.amount_kzt", "350000", "113-5(2)"),
    ("deposit.return_percent", "5", "113-5(2)"),
    ("commissions.quorum", "2/3", "20(4)"),
    ("commissions.majority", "1/2", "20(5)"),
    ("commissions.term_years", "5", "10(3)"),
    ("commissions.notice_hours", "48", "20(3)"),
    ("voting.station_voters_max", "3000", "23(2)"),
    ("voting.station_opens", "06:00", "40(1)"),
    ("voting.boxes_sealed", "06:30", "40(4)"),
    ("voting.starts", "07:00", "38(1)"),
    ("voting.ends", "20:00", "38(1)"),
    ("voting.earliest_start", "06:00", "38(1)"),
    ("voting.latest_end", "22:00", "38(1)"),
    ("voting.home_requests_until", "12:00", "41(6)"),
    ("voting.count_hours_max", "12", "43(1)"),
    ("voting.ballot_reserve_percent", "1", "37(2), 37(3)"),
    (
        "publication.embargo_until_last_station",
        "true",
        "43(1), 44(5)",
    ),
    ("publication.protocol_posted_at_once", "true", "43(8)"),
    ("publication.protocol_posted_days", "2", "43(8)"),
    ("publication.result_days", "7", "44(4)(3)"),
    ("result.establish_days", "3", "113-10(1)"),
    ("result.repeat_months", "1", "113-9"),
    ("result.invalid_appeal_days", "5", "113-11(2)"),
    ("result.register_days", "7", "113-11(1)"),
    ("result.resign_days", "7", "45"),
];

/// Sections whose single values are all listed above.
const SECTIONS: &[&str] = &[
    "contest",
    "candidates",
    "deposit",
    "commissions",
    "voting",
    "publication",
    "result",
];

/// Requirement or paper, and its article.
const PEOPLE: &[(&str, &str, &str)] = &[
    ("eligibility", "citizenship", "36-2"),
    ("eligibility", "voting_right", "4(1), 4(3), 113-2"),
    ("eligibility", "age", "36-2"),
    ("eligibility", "terms", "32(1)"),
    ("eligibility", "conviction", "4(4)"),
    ("eligibility", "corruption", "4(4)"),
    ("eligibility", "one_constituency", "113-3(4)"),
    ("eligibility", "education", "113-2"),
    ("eligibility", "service", "113-2"),
    ("documents", "party_minutes", "113-5(5)"),
    ("documents", "presentation", "113-5(7)"),
    ("documents", "consent", "113-5(5), 113-5(6), 113-5(7)"),
    ("documents", "biography", "113-5(5), 113-5(6), 113-5(7)"),
    (
        "documents",
        "asset_declarations",
        "113-5(5), 113-5(6), 113-5(7)",
    ),
    ("documents", "fee_payment", "113-5(5), 113-5(6), 113-5(7)"),
    ("documents", "party_membership", "113-5(5)"),
    ("documents", "signature_protocol", "113-5(6)"),
    (
        "documents",
        "special_check_papers",
        "113-5(5), 113-5(6), 113-5(7)",
    ),
    ("nominators", "party", "113-3(1), 113-3(2), 113-3(3)"),
    ("nominators", "self", "113-3(1), 113-4(1)"),
    ("nominators", "superior_akim", "113-3(6)"),
];

fn pack() -> Table {
    let (_, text) = BUILT_IN
        .iter()
        .find(|(id, _)| *id == "akim-district-2023")
        .unwrap();
    text.parse().unwrap()
}

fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[test]
fn every_value_is_the_one_of_its_article() {
    let pack = pack();
    for (key, value, article) in VALUES {
        let (section, name) = key.split_once('.').unwrap();
        let found = &pack[section][name];
        assert_eq!(as_text(&found["value"]), *value, "{key}");
        assert_eq!(as_text(&found["article"]), *article, "{key}");
    }
}

#[test]
fn no_value_of_these_sections_is_forgotten() {
    let pack = pack();
    for section in SECTIONS {
        for (name, value) in pack[*section].as_table().unwrap() {
            let single = value.get("value").is_some_and(|v| !v.is_table())
                && value.get("article").is_some_and(|a| !as_text(a).is_empty());
            let key = format!("{section}.{name}");
            if single {
                assert!(VALUES.iter().any(|(k, ..)| *k == key), "{key}");
            }
        }
    }
}

#[test]
fn every_requirement_and_paper_names_its_article() {
    let pack = pack();
    for list in ["eligibility", "documents", "nominators"] {
        let items = pack[list].as_array().unwrap();
        let found: Vec<(String, String)> = items
            .iter()
            .map(|item| (as_text(&item["id"]), as_text(&item["article"])))
            .collect();
        let listed: Vec<(String, String)> = PEOPLE
            .iter()
            .filter(|(of, ..)| *of == list)
            .map(|(_, id, article)| ((*id).to_owned(), (*article).to_owned()))
            .collect();
        assert_eq!(found, listed, "{list}");
    }
}
