//! A station's page says what is on record: no more, and nothing else.

use super::night::{Night, Votes, decision, election, entry};
use crate::counting::actions::{
    self as counting, AcceptWithAct, Ruling, SaveDraft, Submit, Target,
};
use crate::elections::ElectionState;
use crate::elections::actions::move_to;
use crate::platform::Error;
use crate::results::actions::{self as results, Determine, RegisterElected};
use crate::votingday::actions::{Moment, Turnout, open, report_turnout};
use crate::votingday::tests::world::{CONTEST, ELECTION, hour};
use electoral::protocol::LineKey;
use std::collections::BTreeMap;

const VOTES: Votes = Votes {
    candidates: [200, 100, 50],
    against_all: 30,
    invalid: 7,
};

/// A report of the day that is above the protocol.
async fn report(night: &Night) {
    let state = "update election set state = $1";
    night.world.sql(state, crate::bind!["voting"]).await;
    let secretary = night.world.secretary("st1", hour(20, 5));
    let opened = Moment {
        station_id: "st1".to_owned(),
        contest_id: CONTEST.to_owned(),
        at: hour(7, 0),
        reason: String::new(),
    };
    open(&secretary, &opened).await.unwrap();
    let report = Turnout {
        station_id: "st1".to_owned(),
        contest_id: CONTEST.to_owned(),
        slot: "20:00".to_owned(),
        received: VOTES.received() + 1,
        reason: String::new(),
    };
    report_turnout(&secretary, &report).await.unwrap();
    night.world.sql(state, crate::bind!["counting"]).await;
}

/// One ballot is missing among the cancelled ones; sent as the paper says.
pub(super) async fn send_with_a_fault(night: &Night) -> Target {
    let mut figures = entry("st1", VOTES);
    let cancelled = LineKey::single("ballots_cancelled").unwrap();
    figures.set(cancelled, 606 - VOTES.received() - 1);
    let secretary = night.world.secretary("st1", hour(22, 0));
    let whole = SaveDraft::whole("st1", CONTEST, 0, &figures);
    counting::save_draft(&secretary, &whole).await.unwrap();
    let target = Target::new("st1", CONTEST, 1);
    let submit = Submit {
        target: target.clone(),
        as_paper_says: true,
        explanations: BTreeMap::new(),
    };
    counting::submit(&secretary, &submit).await.unwrap();
    counting::confirm(
        &night.world.chair("st1", hour(22, 5)),
        &counting::Confirm::without_paper(target.clone(), "the scanner is broken"),
    )
    .await
    .unwrap();
    target
}

pub(super) fn act(target: Target) -> AcceptWithAct<'static> {
    let mut decision = decision("17");
    decision.decided_on = jiff::civil::date(2023, 11, 5);
    AcceptWithAct {
        target,
        fault: "one ballot is missing".to_owned(),
        members: Vec::new(),
        decision,
        paper: None,
    }
}

#[tokio::test]
async fn what_was_found_stays_on_the_page_after_an_act() {
    let night = Night::new(1).await;
    report(&night).await;
    let target = send_with_a_fault(&night).await;
    let district = night.world.district(hour(22, 30));
    counting::accept_with_act(&district, act(target))
        .await
        .unwrap();
    night.clock(hour(26, 0));
    let address = format!("{}/stations/st1?lang=en", election());
    let (_, page) = night.get(&address).await;
    assert!(!page.contains("All checks hold"), "they do not");
    assert!(
        page.contains("R16: The turnout report (20:00: 388) differs from the protocol (387)"),
        "needs the day's reports"
    );
    assert!(page.contains("R1: Received 606, issued and cancelled 605"));
    assert!(page.contains("R1: 387 + 218 ≠ 606"), "never an equals sign");
    assert!(!page.contains("387 + 218 = 606"));
    assert!(
        page.contains("380 + 7 = 387"),
        "what holds is shown as holding"
    );
    // Later reports change nothing of what was put on record.
    night
        .world
        .sql("delete from turnout_report", crate::bind![])
        .await;
    night.clock(hour(27, 0));
    let (_, page) = night.get(&format!("{address}&version=1")).await;
    assert!(page.contains("R16: The turnout report (20:00: 388) differs from the protocol (387)"));
}

#[tokio::test]
async fn a_sound_protocol_holds_in_every_check() {
    let night = Night::new(1).await;
    night.accept("st1", VOTES).await;
    night.clock(hour(26, 0));
    let (_, page) = night
        .get(&format!("{}/stations/st1?lang=en", election()))
        .await;
    assert!(page.contains("All checks hold"));
    assert!(page.contains("387 + 219 = 606") && !page.contains('≠'));
    assert!(page.contains("387 ≤ 600"));
}

#[tokio::test]
async fn a_recount_leaves_the_acceptance_in_sight() {
    let night = Night::new(1).await;
    night.accept("st1", VOTES).await;
    let ruling = Ruling {
        target: Target::new("st1", CONTEST, 1),
        reason: "a bundle was read twice".to_owned(),
    };
    counting::reopen(&night.world.district(hour(24, 0)), &ruling)
        .await
        .unwrap();
    night.clock(hour(26, 0));
    let (_, page) = night
        .get(&format!("{}/stations/st1?lang=en", election()))
        .await;
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}"));
    let recount = at("The higher commission ordered a recount of the accepted version 1.");
    let accepted = at("The higher commission accepted version 1.");
    let sent = at("The station sent version 1.");
    assert!(
        recount < accepted && accepted < sent,
        "the newest first, nothing lost"
    );
    assert!(page.contains("a bundle was read twice"));
    assert!(page.contains("Without a photo of the paper: the scanner is broken"));
    let (_, json) = night
        .get(&format!("/api/v1{}/stations/st1", election()))
        .await;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let history = &json["protocol"]["history"];
    let acts: Vec<&str> = history
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["act"].as_str().unwrap())
        .collect();
    assert_eq!(acts, ["confirmed", "accepted", "reopened"]);
    assert_eq!(history[2]["reason"], "a bundle was read twice");
    let version = &json["protocol"]["versions"][0];
    assert_eq!(version["state"], "returned");
    assert_eq!(version["reason"], "a bundle was read twice");
}

#[tokio::test]
async fn an_outcome_under_recount_says_so_until_it_is_determined_anew() {
    let night = Night::new(1).await;
    night.accept("st1", VOTES).await;
    let determine = |number: &str| Determine {
        contest_id: CONTEST.to_owned(),
        decision: decision(number),
        paper: None,
        declared_invalid: None,
    };
    results::determine(&night.district(), determine("1"))
        .await
        .unwrap();
    let ruling = Ruling {
        target: Target::new("st1", CONTEST, 1),
        reason: "doubt".to_owned(),
    };
    counting::reopen(&night.world.district(hour(27, 0)), &ruling)
        .await
        .unwrap();
    night.clock(hour(27, 30));
    let contest = format!("{}/contests/d1?lang=en", election());
    let (_, page) = night.get(&contest).await;
    assert!(page.contains("A recount runs: this outcome will be determined anew"));
    let (_, json) = night
        .get(&format!("/api/v1{}/contests/d1", election()))
        .await;
    let json = json.replace(": ", ":");
    assert!(json.contains("\"under_recount\":true"), "{json}");
    let register = RegisterElected {
        contest_id: CONTEST.to_owned(),
        resigned_on: Some(jiff::civil::date(2023, 11, 5)),
        decision: decision("2"),
        paper: None,
    };
    let early = results::register_elected(&night.district(), register).await;
    assert!(
        matches!(early, Err(Error::Conflict(_))),
        "not while it runs"
    );
    let operator = night.world.home.operator().at(hour(27, 40));
    let publish = move_to(&operator, ELECTION, ElectionState::Published, None);
    assert!(matches!(publish.await, Err(Error::Conflict(_))));
    let open = results::determine(&night.district(), determine("3")).await;
    assert!(
        matches!(open, Err(Error::Conflict(_))),
        "a protocol is missing"
    );
    night.send_version("st1", VOTES, 2).await;
    let target = Target::new("st1", CONTEST, 2);
    counting::accept(&night.world.district(hour(28, 0)), &target)
        .await
        .unwrap();
    let outcome = results::determine(&night.district(), determine("4"))
        .await
        .unwrap();
    assert_eq!(outcome.version, 2, "a corrected outcome is a new version");
    night.clock(hour(29, 0));
    let (_, page) = night.get(&contest).await;
    assert!(!page.contains("A recount runs"));
}
