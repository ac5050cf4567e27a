//! Every step of the pilot's calendar on its day.
//!
//! The days were counted by hand from the articles and the conventions of the calendar module, not by
//! the program: "ends n days before" leaves n full days free, "runs for the last n days" starts on day E − n.
#![allow(clippy::unwrap_used, clippy::panic)]

use electoral::calendar::{compute, iso};
use electoral::rules::built_in;
use jiff::civil::date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// Step, article, from and until by the clocks of Astana in 2023; a blank side is open or the step's own start.
const DAYS: &[(&str, &str, &str, &str)] = &[
    ("call", "133", "", "2023-09-15T23:59:59"),
    ("nomination_start", "113-3(5)", "2023-09-16T00:00:00", ""),
    ("tec_composition", "13(4)", "", "2023-09-25T23:59:59"),
    ("constituency_list", "22(2)", "", "2023-09-25T23:59:59"),
    ("party_delegates", "20(6)", "", "2023-09-25T23:59:59"),
    ("pec_composition", "17(2)", "", "2023-09-30T23:59:59"),
    ("precinct_boundaries", "23(5)", "", "2023-09-30T23:59:59"),
    ("signature_sheets", "113-4(3)", "", "2023-09-23T23:59:59"),
    ("media_prices", "28(3)", "", "2023-10-04T23:59:59"),
    ("other_list_request", "24(5)", "", "2023-10-05T23:59:59"),
    ("nomination_end", "113-3(5)", "", "2023-10-05T18:00:00"),
    ("signatures_in", "113-4(4)", "", "2023-10-06T23:59:59"),
    (
        "nomination_extension",
        "113-3(6)",
        "",
        "2023-10-08T23:59:59",
    ),
    ("signature_check", "113-4(8)", "", "2023-10-09T23:59:59"),
    ("registration_end", "113-5(14)", "", "2023-10-10T18:00:00"),
    ("campaign_start", "27(2)", "2023-10-10T18:00:00", ""),
    (
        "registration_published",
        "113-5(9)",
        "",
        "2023-10-13T23:59:59",
    ),
    ("asset_check", "113-5(3)", "", "2023-10-13T23:59:59"),
    ("special_check", "113-5(4)", "", "2023-11-01T23:59:59"),
    ("refusal_appeal", "113-5(13)", "", "2023-10-13T23:59:59"),
    (
        "refusal_appeal_decided",
        "113-5(13)",
        "",
        "2023-10-15T23:59:59",
    ),
    ("postpone", "113-7", "", "2023-10-25T23:59:59"),
    ("lists_to_pec", "24(5), 26-1(1)", "", "2023-10-15T23:59:59"),
    ("lists_on_display", "26(1)", "2023-10-21T00:00:00", ""),
    ("absentee_issue_start", "41(6-1)", "2023-10-21T00:00:00", ""),
    ("time_place_notice", "38(2)", "", "2023-10-25T23:59:59"),
    ("early_finish_list", "38(3)", "", "2023-10-28T23:59:59"),
    ("foreign_observers", "20-2(4)", "", "2023-10-30T18:00:00"),
    ("poll_ban", "28(9)", "2023-10-31T00:00:00", ""),
    (
        "lists_on_display_special",
        "26(1)",
        "2023-10-31T00:00:00",
        "",
    ),
    ("ballots_delivery_first", "37(3)", "2023-11-02T00:00:00", ""),
    (
        "no_cancel",
        "113-5(12), 113-6(1)",
        "2023-11-03T00:00:00",
        "",
    ),
    ("ballots_delivery_last", "37(3)", "", "2023-11-04T23:59:59"),
    ("campaign_end", "27(2), 32(1)", "", "2023-11-04T00:00:00"),
    (
        "silence_day",
        "27(2), 32(1)",
        "2023-11-04T00:00:00",
        "2023-11-04T23:59:59",
    ),
    ("absentee_issue_end", "41(6-1)", "", "2023-11-04T18:00:00"),
    (
        "voting_day",
        "38(1)",
        "2023-11-05T00:00:00",
        "2023-11-05T23:59:59",
    ),
    ("pec_opens", "40(1)", "2023-11-05T06:00:00", ""),
    ("boxes_sealed", "40(4)", "2023-11-05T06:30:00", ""),
    ("voting_start", "38(1)", "2023-11-05T07:00:00", ""),
    ("home_requests_end", "41(6)", "", "2023-11-05T12:00:00"),
    ("voting_end", "38(1), 43(1)", "", "2023-11-05T20:00:00"),
    ("count_max", "43(1)", "", "2023-11-06T08:00:00"),
    (
        "pec_protocol_posted_until",
        "43(8)",
        "",
        "2023-11-07T23:59:59",
    ),
    ("results", "113-10(1)", "", "2023-11-08T23:59:59"),
    ("results_published", "44(4)(3)", "", "2023-11-12T23:59:59"),
    (
        "akim_registered",
        "113-11(1), 45",
        "",
        "2023-11-12T23:59:59",
    ),
    ("invalid_appeal", "113-11(2)", "", "2023-10-15T23:59:59"),
    ("repeat_election", "113-9", "", "2023-12-05T23:59:59"),
];

#[test]
fn every_step_falls_on_the_day_counted_by_hand() {
    let pack = built_in("akim-district-2023").unwrap().unwrap();
    let known = BTreeMap::from(
        [
            ("eligibility_check", date(2023, 9, 20)),
            ("registration", date(2023, 10, 8)),
            ("documents_sent", date(2023, 10, 2)),
            ("decision", date(2023, 10, 10)),
            ("appeal", date(2023, 10, 12)),
        ]
        .map(|(id, day)| (id.to_owned(), day)),
    );
    let zone = TimeZone::get("Asia/Almaty").unwrap();
    let steps = compute(&pack, date(2023, 11, 5), &zone, &known, &BTreeMap::new()).unwrap();
    let ids: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
    let listed: Vec<&str> = DAYS.iter().map(|(id, ..)| *id).collect();
    assert_eq!(
        ids, listed,
        "a step was added or moved: count its day by hand"
    );
    for (step, (id, article, from, until)) in steps.iter().zip(DAYS) {
        for (side, moment, expected) in [("from", &step.from, from), ("until", &step.until, until)]
        {
            if !expected.is_empty() {
                let found = moment.as_ref().map(iso).unwrap_or_default();
                assert_eq!(found, format!("{expected}+06:00"), "{id} {side}");
            }
        }
        assert_eq!(step.source.article, *article, "{id}");
    }
}
