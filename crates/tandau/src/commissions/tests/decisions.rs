use super::*;
use crate::commissions::actions::{record_decision, record_decision_with_paper};
use crate::commissions::{NewDecision, queries};
use crate::platform::Error;
use proptest::prelude::*;

pub(super) fn decision(commission: &str, number: &str) -> NewDecision<'static> {
    NewDecision {
        commission_id: commission.to_owned(),
        kind: "election_called",
        number: number.to_owned(),
        decided_on: date(2023, 9, 25),
        title: Names::new(
            "Сайлауды тағайындау туралы",
            "О назначении выборов",
            "On calling the election",
        ),
        text: "1. …".to_owned(),
        present: 6,
        votes_for: 5,
        votes_against: 1,
        dissents: Vec::new(),
        file_id: None,
        election_id: None,
        contest_id: None,
    }
}

fn fields(result: Result<String, Error>) -> Vec<String> {
    match result.unwrap_err() {
        Error::Invalid(problems) => problems.into_iter().map(|p| p.field).collect(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_decision_needs_quorum_and_more_than_half_of_all() {
    let chain = Chain::new().await;
    let chair = chain.holder(&chain.aktogay, Office::Chair).await;
    for (present, yes, no, expected) in [
        (4, 4, 0, Some("present")),
        (5, 3, 2, Some("votes_for")),
        (5, 4, 1, None),
        (7, 3, 0, Some("votes_for")),
        (7, 4, 3, None),
        (8, 4, 3, Some("present")),
        (6, 4, 3, Some("votes_for")),
        (u64::MAX, 4, 0, Some("present")),
    ] {
        let mut new = decision(&chain.aktogay, &format!("{present}-{yes}-{no}"));
        (new.present, new.votes_for, new.votes_against) = (present, yes, no);
        let made = record_decision(&chair, new).await;
        match expected {
            None => assert!(made.is_ok(), "{present} {yes} {no}: {made:?}"),
            Some(field) => assert_eq!(fields(made), [field], "{present} {yes} {no}"),
        }
    }
}

#[tokio::test]
async fn a_failed_vote_is_recorded_only_as_such() {
    let chain = Chain::new().await;
    let chair = chain.holder(&chain.aktogay, Office::Chair).await;
    let failed = |yes| NewDecision {
        kind: "vote_failed",
        votes_for: yes,
        votes_against: 6 - yes,
        ..decision(&chain.aktogay, "9")
    };
    assert_eq!(fields(record_decision(&chair, failed(4)).await), ["kind"]);
    record_decision(&chair, failed(3)).await.unwrap();
}

#[tokio::test]
async fn a_number_stands_once_in_a_year() {
    let chain = Chain::new().await;
    let chair = chain.holder(&chain.aktogay, Office::Chair).await;
    let id = record_decision(&chair, decision(&chain.aktogay, "12"))
        .await
        .unwrap();
    assert_eq!(
        fields(record_decision(&chair, decision(&chain.aktogay, "12")).await),
        ["number"]
    );
    let earlier = NewDecision {
        decided_on: date(2022, 9, 25),
        ..decision(&chain.aktogay, "12")
    };
    record_decision(&chair, earlier).await.unwrap();
    let neighbour = chain.holder(&chain.osakarov, Office::Chair).await;
    record_decision(&neighbour, decision(&chain.osakarov, "12"))
        .await
        .unwrap();
    let mut reader = chain.place.app.read().await.unwrap();
    let found = queries::decision(&mut reader, &id).await.unwrap();
    assert_eq!((found.votes.members, found.votes.yes), (7, 5));
    let all = queries::decisions_of_commission(&mut reader, &chain.aktogay, 10)
        .await
        .unwrap();
    assert_eq!(all.len(), 2);
}

#[tokio::test]
async fn dissent_belongs_to_a_member_and_stays_with_the_decision() {
    let chain = Chain::new().await;
    let secretary = chain.holder(&chain.aktogay, Office::Secretary).await;
    let stranger = chain
        .holder(&chain.osakarov, Office::Chair)
        .await
        .person()
        .to_owned();
    let with = |person: &str, text: &str| NewDecision {
        dissents: vec![(person.to_owned(), text.to_owned())],
        ..decision(&chain.aktogay, "3")
    };
    assert_eq!(
        fields(record_decision(&secretary, with(&stranger, "Жоқ")).await),
        ["dissent"]
    );
    let own = secretary.person().to_owned();
    assert_eq!(
        fields(record_decision(&secretary, with(&own, "  ")).await),
        ["dissent"]
    );
    let id = record_decision(&secretary, with(&own, " Қарсымын "))
        .await
        .unwrap();
    let mut reader = chain.place.app.read().await.unwrap();
    let found = queries::dissents(&mut reader, &id).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].opinion, "Қарсымын");
}

#[tokio::test]
async fn only_the_commissions_own_chair_deputy_or_secretary_records() {
    let chain = Chain::new().await;
    for acting in [
        chain.holder(&chain.aktogay, Office::Member).await,
        chain.holder(&chain.osakarov, Office::Chair).await,
        chain.holder(&chain.region, Office::Chair).await,
        chain.holder(&chain.central, Office::Secretary).await,
    ] {
        let made = record_decision(&acting, decision(&chain.aktogay, "1")).await;
        assert!(
            matches!(made, Err(Error::Forbidden(_))),
            "{}",
            acting.actor().office()
        );
    }
    let deputy = chain.holder(&chain.aktogay, Office::Deputy).await;
    let made = record_decision(&deputy, decision(&chain.aktogay, "1")).await;
    assert!(
        made.is_ok(),
        "the deputy presides where the chair is absent"
    );
}

#[tokio::test]
async fn what_has_not_come_or_has_no_words_or_no_paper_is_refused() {
    let chain = Chain::new().await;
    let chair = chain.holder(&chain.aktogay, Office::Chair).await;
    let tomorrow = NewDecision {
        decided_on: date(2023, 11, 7),
        ..decision(&chain.aktogay, "1")
    };
    assert_eq!(
        fields(record_decision(&chair, tomorrow).await),
        ["decided_on"]
    );
    let before = NewDecision {
        decided_on: date(2021, 1, 7),
        ..decision(&chain.aktogay, "1")
    };
    assert_eq!(
        fields(record_decision(&chair, before).await),
        ["decided_on"]
    );
    let wordless = NewDecision {
        kind: "Drop Table",
        title: Names::new("", "О", " "),
        number: " ".to_owned(),
        text: "x".repeat(20_000),
        ..decision(&chain.aktogay, "1")
    };
    assert_eq!(
        fields(record_decision(&chair, wordless).await),
        ["title_kk", "title_en", "kind", "number", "text"]
    );
    let script = Some(b"<script>alert(1)</script>".to_vec());
    let made = record_decision_with_paper(&chair, decision(&chain.aktogay, "1"), script).await;
    assert!(matches!(made, Err(Error::Unsupported)));
    let mut reader = chain.place.app.read().await.unwrap();
    let all = queries::decisions_of_commission(&mut reader, &chain.aktogay, 10)
        .await
        .unwrap();
    assert!(all.is_empty());
}

proptest! {
    #[test]
    fn seats_never_exceed_the_size(starts in prop::collection::vec((0_i32..400, 0_i32..400), 1..40)) {
        use crate::commissions::model::{Member, check_seat};
        let first = date(2023, 1, 1);
        let day = |n: i32| first.checked_add(jiff::Span::new().days(n)).unwrap();
        let mut seats: Vec<Member> = Vec::new();
        for (number, (from, length)) in starts.iter().enumerate() {
            let id = number.to_string();
            let until = (length % 3 != 0).then(|| day(from + length));
            if check_seat(5, &seats, &id, Office::Member, day(*from), until).is_ok() {
                seats.push(Member {
                    id: id.clone(), commission_id: String::new(), person_id: id, names: Names::default(),
                    office: Office::Member, nominator: String::new(), organisation: None, seated_by: String::new(),
                    valid_from: day(*from), valid_until: until, ended_by: None, end_reason: String::new(),
                });
            }
        }
        for n in 0..900 {
            prop_assert!(seats.iter().filter(|m| m.holds_on(day(n))).count() <= 5);
        }
    }
}
