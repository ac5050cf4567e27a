//! After a tie: the repeat election, its term, its stations, the way there and back.

use super::night::{Night, Votes, decision};
use crate::bind;
use crate::commissions::tests::pages::Browser;
use crate::elections::{self, ElectionState};
use crate::platform::Error;
use crate::results::actions::{CallRepeat, Determine, call_repeat, determine};
use crate::votingday::tests::world::{CONTEST, ELECTION, hour};
use jiff::civil::{Date, date};

const TIE: Votes = Votes {
    candidates: [150, 150, 20],
    against_all: 10,
    invalid: 3,
};
const CLEAR: Votes = Votes {
    candidates: [200, 100, 50],
    against_all: 30,
    invalid: 7,
};

async fn determined(votes: Votes, declared_invalid: Option<&str>) -> Night {
    let night = Night::new(2).await;
    night.accept("st1", votes).await;
    night.accept("st2", votes).await;
    let input = Determine {
        contest_id: CONTEST.to_owned(),
        decision: decision("1"),
        paper: None,
        declared_invalid: declared_invalid.map(str::to_owned),
    };
    determine(&night.district(), input).await.unwrap();
    night.clock(hour(26, 0));
    night
}

fn call(voting_day: Date) -> CallRepeat<'static> {
    CallRepeat {
        contest_id: CONTEST.to_owned(),
        voting_day,
        nomination_until: date(2023, 11, 14),
        registration_until: date(2023, 11, 20),
        decision: decision("2"),
        paper: None,
    }
}

#[tokio::test]
async fn a_tie_is_repeated_with_the_same_stations_and_lists() {
    let night = determined(TIE, None).await;
    let of_contest = format!("/elections/{ELECTION}/contests/d1?lang=en");
    let page = night.page(&of_contest).await;
    assert!(
        page.contains("not later than 5 December 2023"),
        "from the rules"
    );
    let id = call_repeat(&night.district(), call(date(2023, 12, 3)))
        .await
        .unwrap();
    let app = &night.world.home.app;
    let mut reader = app.read().await.unwrap();
    let first = elections::queries::counting_units(&mut reader, CONTEST)
        .await
        .unwrap();
    let again = elections::queries::counting_units(&mut reader, &id)
        .await
        .unwrap();
    let list = |units: &[elections::CountingUnit]| -> Vec<(String, u64, u64)> {
        let of = |u: &elections::CountingUnit| (u.station_id.clone(), u.number, u.voters_initial);
        units.iter().map(of).collect()
    };
    assert_eq!(list(&first), list(&again));
    assert_eq!(again[0].closes_at, "2023-12-03T14:00:00Z".parse().unwrap());
    let contest = elections::queries::contest(&mut reader, &id).await.unwrap();
    assert_eq!(
        (contest.stations_expected, contest.voters_on_lists),
        (2, 1200)
    );
    let election = elections::queries::election(&mut reader, &contest.election_id)
        .await
        .unwrap();
    assert_eq!(election.state, ElectionState::Called);
    let plan = elections::queries::plan(&mut reader, app, &election, Some(&contest))
        .await
        .unwrap();
    for (step, until) in [
        ("nomination_end", "2023-11-14T12:00:00Z"),
        ("registration_end", "2023-11-20T12:00:00Z"),
    ] {
        assert_eq!(plan.until(step), Some(until.parse().unwrap()), "{step}");
    }
    assert_eq!(contest.nomination_until, plan.until("nomination_end"));
    drop(reader);
    let repeat_page = contest.href();
    let page = night.page(&of_contest).await;
    assert!(
        page.contains(&format!("href=\"{repeat_page}\"")),
        "the way there"
    );
    let (status, page) = night.get(&format!("{repeat_page}?lang=en")).await;
    assert_eq!(status, 200);
    assert!(
        page.contains(&format!("href=\"/elections/{ELECTION}/contests/d1\"")),
        "and back"
    );
    let (_, home) = night.get("/?lang=en").await;
    assert!(
        home.contains(&format!("/elections/{ELECTION}/live")),
        "the home page stays"
    );
    let again = call_repeat(&night.district(), call(date(2023, 12, 3))).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "only once");
}

#[tokio::test]
async fn the_term_and_the_order_of_days_hold() {
    let night = determined(TIE, None).await;
    let field = async |input: CallRepeat<'_>| match call_repeat(&night.district(), input).await {
        Err(Error::Invalid(problems)) => problems[0].field.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(field(call(date(2023, 12, 6))).await, "voting_day");
    assert_eq!(field(call(date(2023, 11, 20))).await, "voting_day");
    let mut early = call(date(2023, 12, 5));
    early.nomination_until = date(2023, 11, 6);
    assert_eq!(field(early).await, "nomination_until");
    let mut swapped = call(date(2023, 12, 5));
    swapped.registration_until = date(2023, 11, 13);
    assert_eq!(field(swapped).await, "registration_until");
    let stranger = night
        .world
        .acting("d2-chair", "district.chair", "d2", hour(26, 0));
    let refused = call_repeat(&stranger, call(date(2023, 12, 3))).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))));
    call_repeat(&night.district(), call(date(2023, 12, 5)))
        .await
        .unwrap();
}

#[tokio::test]
async fn nothing_is_repeated_while_a_recount_runs() {
    let night = determined(TIE, None).await;
    night.recount("st1").await;
    let refused = call_repeat(&night.district(), call(date(2023, 12, 3))).await;
    assert!(matches!(refused, Err(Error::Conflict(_))));
    let district = Browser::signed_in(&night.world.home, "d1-secretary").await;
    let path = format!("/office/contests/{CONTEST}/repeat?lang=en");
    let (_, page) = district.get(&path).await;
    assert!(page.contains("A recount runs: determine the outcome anew first."));
}

#[tokio::test]
async fn nothing_is_repeated_after_somebody_is_elected() {
    let night = determined(CLEAR, None).await;
    let refused = call_repeat(&night.district(), call(date(2023, 12, 3))).await;
    assert!(matches!(refused, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn an_invalid_contest_says_until_when_it_can_be_appealed_against() {
    let night = determined(CLEAR, Some("The lists were lost.")).await;
    let page = night
        .page(&format!("/elections/{ELECTION}/contests/d1?lang=en"))
        .await;
    assert!(page.contains("within 5 days, until 11 November 2023 (art. 113-11(2))"));
    assert!(page.contains("not later than 5 December 2023"));
    call_repeat(&night.district(), call(date(2023, 12, 3)))
        .await
        .unwrap();
}

#[tokio::test]
async fn the_log_vouches_for_the_repeat_election() {
    let night = determined(TIE, None).await;
    call_repeat(&night.district(), call(date(2023, 12, 3)))
        .await
        .unwrap();
    let app = &night.world.home.app;
    let problems = async || {
        let mut reader = app.read().await.unwrap();
        let key = crate::platform::audit::SignerKey::open(&app.settings.data, "tandau.local/log");
        let key = key.unwrap();
        let report = crate::platform::audit::verify(&mut reader, key.verifier(), None)
            .await
            .unwrap();
        let ours = |object: &str| object.starts_with("contest_repeat");
        report.problems.iter().filter(|p| ours(&p.object)).count()
    };
    assert_eq!(problems().await, 0);
    night
        .world
        .sql("update contest_repeat set made_by = 'somebody'", bind![])
        .await;
    assert!(problems().await > 0);
}

#[tokio::test]
async fn the_commission_calls_it_on_its_own_page_and_the_desk_says_until_when() {
    let night = determined(TIE, None).await;
    let district = Browser::signed_in(&night.world.home, "d1-secretary").await;
    let path = format!("/office/contests/{CONTEST}/repeat");
    let (_, desk) = district.get("/office?lang=en").await;
    assert!(desk.contains(&format!("href=\"{path}\"")), "due");
    assert!(
        desk.replace('\u{a0}', " ")
            .contains("until 5 December 2023")
    );
    let (status, page) = district.get(&format!("{path}?lang=en")).await;
    assert_eq!(status, 200);
    assert!(page.contains("On calling the repeat election: d1"));
    let mut fields = vec![
        ("number", "17"),
        ("decided_on", "2023-11-05"),
        ("title_kk", "қ"),
        ("title_ru", "п"),
        ("title_en", "d"),
        ("present", "2"),
        ("votes_for", "2"),
        ("votes_against", "0"),
        ("nomination_until", "2023-11-14"),
        ("registration_until", "2023-11-20"),
        ("voting_day", "2023-12-24"),
    ];
    let (_, page) = district.post(&format!("{path}?lang=en"), &fields).await;
    assert!(page.contains("href=\"#voting_day\""), "after the term");
    fields.pop();
    fields.push(("voting_day", "2023-12-03"));
    let (status, to) = district.post(&path, &fields).await;
    assert_eq!(status, 303, "{to}");
    let (_, desk) = district.get("/office?lang=en").await;
    assert!(!desk.contains(&format!("href=\"{path}\"")), "no longer due");
    let (_, page) = district.get(&format!("{path}?lang=en")).await;
    assert!(page.contains("The repeat election is called already."));
    let stranger = Browser::signed_in(&night.world.home, "d2-chair").await;
    assert_eq!(stranger.get(&path).await.0, 403);
}
