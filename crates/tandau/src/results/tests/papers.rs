//! Papers as PDF: what they say, who may have them, and when. The picture of a signed one.

use super::night::{Night, Votes, decision, election};
use crate::bind;
use crate::commissions::tests::pages::Browser;
use crate::results::actions::{Determine, determine};
use crate::results::{papers, queries};
use crate::votingday::tests::world::{CONTEST, ELECTION, hour};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use print::Edition;
use tower::ServiceExt as _;

const FIRST: Votes = Votes {
    candidates: [211, 97, 53],
    against_all: 29,
    invalid: 13,
};
const SECOND: Votes = Votes {
    candidates: [101, 167, 31],
    against_all: 17,
    invalid: 5,
};

async fn determined() -> Night {
    let night = Night::new(2).await;
    night.accept("st1", FIRST).await;
    night.accept("st2", SECOND).await;
    let input = Determine {
        contest_id: CONTEST.to_owned(),
        decision: decision("1"),
        paper: None,
        declared_invalid: None,
    };
    determine(&night.district(), input).await.unwrap();
    night
}

async fn raw(night: &Night, path: &str) -> (StatusCode, Vec<u8>, axum::http::HeaderMap) {
    let answer = crate::platform::web::router(&night.world.home.app, crate::routes())
        .oneshot(Request::get(path).body(Body::empty()).unwrap())
        .await
        .unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    let bytes = to_bytes(answer.into_body(), 10_000_000).await.unwrap();
    (status, bytes.to_vec(), headers)
}

#[tokio::test]
async fn the_protocol_of_results_says_every_sum_and_the_outcome() {
    let night = determined().await;
    let app = &night.world.home.app;
    let mut reader = app.read().await.unwrap();
    let election = queries::election(&mut reader, ELECTION).await.unwrap();
    let contest = queries::contest(&mut reader, ELECTION, "d1").await.unwrap();
    let outcome = queries::outcome(&mut reader, CONTEST)
        .await
        .unwrap()
        .unwrap();
    let edition = Edition::Official;
    let paper = papers::result(&mut reader, app, &election, &contest, &outcome, edition)
        .await
        .unwrap();
    let sums = queries::sums_of_contest(&mut reader, CONTEST)
        .await
        .unwrap();
    let pack = app.rules.get("akim-district-2023").unwrap();
    let form = pack.protocol.as_ref().unwrap();
    for line in &paper.lines {
        let place: usize = line.number.parse().unwrap();
        let id = &form.lines[place - 1].id;
        assert_eq!(line.figure, sums.line(id), "{id}");
        assert_eq!(line.label_kk, form.lines[place - 1].label.kk);
    }
    assert_eq!(
        paper.lines.len(),
        form.lines.len() - 2,
        "candidates and against all apart"
    );
    let votes: Vec<(u64, bool)> = paper
        .candidates
        .iter()
        .map(|c| (c.votes, c.elected))
        .collect();
    assert_eq!(votes, [(312, true), (264, false), (84, false), (46, false)]);
    assert_eq!(paper.candidates[0].words_ru, "триста двенадцать");
    assert_eq!(paper.candidates[0].share, Some(4419), "312 of 706");
    assert!(paper.outcome_ru.contains("c1") && paper.outcome_kk.contains("c1"));
    assert!(paper.outcome_ru.contains("9(5), 113-10(2)"));
    assert_eq!(paper.signatures.len(), 2);
    assert!(paper.synthetic);
}

#[tokio::test]
async fn it_is_there_once_votes_may_be_shown_and_the_outcome_is_determined() {
    let night = Night::new(2).await;
    night.accept("st1", FIRST).await;
    night.accept("st2", SECOND).await;
    let path = format!("{}/contests/d1/protocol.pdf", election());
    night.clock(hour(26, 0));
    assert_eq!(raw(&night, &path).await.0, 404, "not determined");
    let input = Determine {
        contest_id: CONTEST.to_owned(),
        decision: decision("1"),
        paper: None,
        declared_invalid: None,
    };
    determine(&night.district(), input).await.unwrap();
    night.clock(hour(19, 0));
    assert_eq!(raw(&night, &path).await.0, 404, "people still vote");
    night.clock(hour(26, 0));
    let (status, pdf, headers) = raw(&night, &path).await;
    assert_eq!(status, 200);
    assert!(pdf.starts_with(b"%PDF-"));
    assert_eq!(headers["content-type"], "application/pdf");
    let disposition = headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("inline"), "{disposition}");
    assert!(headers.contains_key("etag"));
    let (_, english, _) = raw(&night, &format!("{path}?edition=en")).await;
    assert!(english.starts_with(b"%PDF-") && english != pdf);
    let (_, page) = night
        .get(&format!("{}/contests/d1?lang=en", election()))
        .await;
    assert!(
        page.contains("/contests/d1/protocol.pdf"),
        "the page leads to it"
    );
}

#[tokio::test]
async fn a_decision_is_a_paper_and_the_act_of_another_body_is_not_ours_to_print() {
    let night = determined().await;
    let mut reader = night.world.home.app.read().await.unwrap();
    let outcome = queries::outcome(&mut reader, CONTEST)
        .await
        .unwrap()
        .unwrap();
    let id = outcome.decision_id;
    let paper = papers::decision(&mut reader, &id, Edition::Official)
        .await
        .unwrap();
    assert_eq!((paper.members, paper.present, paper.votes_for), (2, 2, 2));
    assert_eq!(paper.chair.name, "d1-chair");
    assert_eq!(paper.secretary.name, "d1-secretary");
    drop(reader);
    let (status, pdf, _) = raw(&night, &format!("/decisions/{id}/paper.pdf")).await;
    assert_eq!(status, 200);
    assert!(pdf.starts_with(b"%PDF-"));
    night
        .world
        .sql(
            "update decision set commission_id = null where id = $1",
            bind![&id],
        )
        .await;
    assert_eq!(
        raw(&night, &format!("/decisions/{id}/paper.pdf")).await.0,
        404
    );
    assert_eq!(raw(&night, "/decisions/none/paper.pdf").await.0, 404);
}

#[tokio::test]
async fn a_station_prints_its_own_blank() {
    let night = Night::new(2).await;
    let home = &night.world.home;
    let path = format!("/office/contests/{CONTEST}/stations/st1/blank.pdf");
    let secretary = Browser::signed_in(home, "st1-secretary").await;
    let (status, body) = secretary.get(&path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.starts_with("%PDF-"));
    let (_, day) = secretary.get("/office/stations/st1/day").await;
    assert!(day.contains(&path), "the day's page leads to it");
    let above = Browser::signed_in(home, "d1-secretary").await;
    assert_eq!(above.get(&path).await.0, StatusCode::OK);
    let next_door = Browser::signed_in(home, "st2-secretary").await;
    assert_eq!(next_door.get(&path).await.0, StatusCode::FORBIDDEN);
    assert_ne!(raw(&night, &path).await.0, 200, "not for strangers");
    let app = &home.app;
    let mut reader = app.read().await.unwrap();
    let election = queries::election(&mut reader, ELECTION).await.unwrap();
    let contest = queries::contest(&mut reader, ELECTION, "d1").await.unwrap();
    let station = queries::station(&mut reader, ELECTION, "st1")
        .await
        .unwrap();
    let edition = Edition::Official;
    let paper = papers::blank(&mut reader, app, &election, &contest, &station, edition)
        .await
        .unwrap();
    assert_eq!(paper.candidates.len(), 4, "three and against all");
    assert!(paper.lines.iter().all(|line| line.figure == 0));
    assert!(!paper.handwriting);
}

#[tokio::test]
async fn a_line_opens_down_to_its_protocols() {
    let night = determined().await;
    night.clock(hour(26, 0));
    let contest = format!("{}/contests/d1", election());
    let (_, page) = night.get(&format!("{contest}?lang=en")).await;
    for line in [
        "invalid",
        "took_part",
        "against_all",
        "ballots_issued_by_member",
    ] {
        assert!(
            page.contains(&format!("{contest}/lines/{line}\"")),
            "{line}"
        );
    }
    let (status, page) = night.get(&format!("{contest}/lines/invalid?lang=en")).await;
    assert_eq!(status, 200);
    for figure in [">13<", ">5<", ">18<"] {
        assert!(page.contains(figure), "{figure}");
    }
    assert!(page.contains("/stations/st1\"") && page.contains("/stations/st2\""));
    let (_, issued) = night
        .get(&format!("{contest}/lines/ballots_issued_by_member?lang=en"))
        .await;
    assert!(
        issued.contains(&format!(">{}<", FIRST.received())),
        "items added up"
    );
    assert_eq!(night.get(&format!("{contest}/lines/none")).await.0, 404);
    night.clock(hour(19, 0));
    assert_eq!(night.get(&format!("{contest}/lines/invalid")).await.0, 404);
}

#[tokio::test]
async fn the_picture_of_a_signed_paper_follows_the_paper() {
    let night = determined().await;
    let app = &night.world.home.app;
    let mut reader = app.read().await.unwrap();
    let id = queries::outcome(&mut reader, CONTEST)
        .await
        .unwrap()
        .unwrap()
        .decision_id;
    let paper = papers::decision(&mut reader, &id, Edition::Official)
        .await
        .unwrap();
    drop(reader);
    let pdf = print::decision_paper(&paper).unwrap();
    let mut tx = app.database.begin().await.unwrap();
    let operator = night.world.home.operator();
    let file = app.files.keep(&mut tx, &operator, pdf, true).await.unwrap();
    tx.commit().await.unwrap();
    night
        .world
        .sql(
            "insert into protocol_paper (station_id, contest_id, version, number, file_id, attached_by, attached_at)
                values ('st1', $2, 1, 1, $1, 'test', 0)",
            bind![&file.id, CONTEST],
        )
        .await;
    let path = format!("/files/{}/preview.png", file.id);
    night.clock(hour(19, 0));
    assert_eq!(
        raw(&night, &path).await.0,
        404,
        "closed as long as the paper"
    );
    night.clock(hour(26, 0));
    for _ in 0..2 {
        let (status, bytes, headers) = raw(&night, &path).await;
        assert_eq!(status, 200);
        assert_eq!(headers["content-type"], "image/png");
        let picture = image::load_from_memory(&bytes).unwrap().to_luma8();
        assert!((1_000..=1_100).contains(&picture.width()));
        let ink = picture.pixels().filter(|p| p.0[0] < 128).count();
        assert!(ink > 5_000, "writing can be seen: {ink}");
        let paper = picture.pixels().filter(|p| p.0[0] > 250).count();
        assert!(paper > ink, "on white");
    }
    let (_, page) = night
        .get(&format!("{}/stations/st1?lang=en", election()))
        .await;
    assert!(
        page.contains(&format!("src=\"{path}\"")),
        "beside the figures"
    );
    assert!(page.contains("Open the signed protocol (PDF)"));
    assert_eq!(raw(&night, "/files/none/preview.png").await.0, 404);
}

#[tokio::test]
async fn while_a_recount_runs_nobody_is_handed_an_outcome_as_settled() {
    let night = determined().await;
    night.clock(hour(26, 0));
    let e = election();
    let pdf = format!("{e}/contests/d1/protocol.pdf");
    let nist = format!("{e}/results.nist.json");
    let seen = async |path: &str| night.get(path).await.1;
    assert_eq!(raw(&night, &pdf).await.0, 200);
    assert!(seen(&nist).await.contains("\"winner\""));
    assert!(
        seen(&format!("{e}/results.csv"))
            .await
            .contains(",elected,outcome,c1,")
    );
    night.recount("st1").await;
    assert_eq!(
        raw(&night, &pdf).await.0,
        404,
        "its sums are those of before"
    );
    let page = seen(&format!("{e}/contests/d1?lang=en")).await;
    assert!(!page.contains(&pdf));
    assert!(page.contains("A recount runs: this outcome will be determined anew"));
    let report = seen(&nist).await;
    assert!(report.contains("ElectionReport") && !report.contains("\"winner\""));
    let csv = seen(&format!("{e}/results.csv")).await;
    assert!(csv.contains(",recount,outcome,c1,") && !csv.contains(",elected,outcome,"));
}
