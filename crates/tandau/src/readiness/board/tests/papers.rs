//! The report on a district.

use super::figures::Asking;
use crate::bind;
use crate::commissions::tests::Browser;
use crate::platform::areas;
use crate::platform::{Lang, T};
use crate::readiness::board::papers::report;
use crate::votingday::tests::world::ELECTION;
use axum::http::StatusCode;
use jiff::civil::date;

/// An energy supplier is mending the power of st2.
pub(super) async fn mending(asking: &Asking) {
    asking
        .world
        .sql(
            "insert into task (id, election_id, origin, origin_key, station_id, area_id, item, severity, title_kk, title_ru, title_en,
                    detail, addressee_kind, addressee_area_id, verifier_area_id, due_at, opened_by, opened_at, state, is_open, changed_at)
                values ('t1', $1, 'readiness', $2, 'st2', 'st2-area', 'main', 'critical', 'т', 'т', 't', 'SECRET NOTE', 'energy', 'd1', 'd1',
                    1696755600000000, 'SECRET PERSON', 1695711600000000, 'accepted', true, 1695711600000000)",
            bind![ELECTION, format!("{ELECTION}/st2/main")],
        )
        .await;
}

#[tokio::test]
async fn each_body_finds_its_own_items() {
    let asking = Asking::story().await;
    mending(&asking).await;
    let frame = asking.frame("").await;
    let mut reader = asking.read().await;
    let district = areas::by_id(&mut reader, "d1", date(2023, 10, 2))
        .await
        .unwrap();
    for lang in [Lang::Kk, Lang::Ru] {
        let paper = report(&mut reader, &frame, T::new(lang), &district)
            .await
            .unwrap();
        let names: Vec<&str> = paper.bodies.iter().map(|b| b.name.as_str()).collect();
        let t = T::new(lang);
        let expected = ["executive", "police", "energy", "commission"]
            .map(|kind| t.word(&format!("body-{kind}")));
        assert_eq!(names, expected);
        let lines: Vec<usize> = paper.bodies.iter().map(|b| b.lines.len()).collect();
        assert_eq!(lines, [0, 0, 1, 0], "critical items alone");
        let line = &paper.bodies[2].lines[0];
        assert_eq!(line.state, t.board_task_accepted());
        assert_eq!(line.due, "08.10.2023, 15:00");
        assert_eq!(paper.sections.iter().map(|s| s.unmet).sum::<u64>(), 3);
        assert_eq!(paper.figures[1].number, "3");
        assert!(!format!("{paper:?}").contains("SECRET"));
        print::readiness_report(&paper).unwrap();
    }
}

#[tokio::test]
async fn the_report_is_a_paper_of_any_day() {
    let asking = Asking::story().await;
    let browser = Browser::public(&asking.world.home);
    for (path, status) in [
        ("/readiness/districts/d1/report.pdf?lang=kk", 200),
        (
            "/readiness/districts/d1/report.pdf?lang=ru&as_of=2023-09-28",
            200,
        ),
        ("/readiness/districts/d1/report.pdf?as_of=2023-09-01", 404),
        ("/readiness/districts/none/report.pdf", 404),
        ("/readiness/districts/r1/report.pdf", 404),
    ] {
        let (answer, text) = browser.get(path).await;
        assert_eq!(answer, StatusCode::from_u16(status).unwrap(), "{path}");
        assert_eq!(text.starts_with("%PDF"), status == 200, "{path}");
    }
}
