//! Pages: the phone, the trainer's screen, the sheet, the two reconciled, closing.

use super::{ENDS, Hall, SESSION, STARTS};
use crate::commissions::tests::Browser;
use crate::votingday::tests::world::at;
use axum::http::StatusCode;

const NOW: &str = "2023-10-02T05:20:00Z";
const HERE: &str = "/office/training/here/session-1";
const ATTENDANCE: &str = "/office/training/sessions/session-1/attendance";

#[tokio::test]
async fn from_the_screen_to_the_closed_session() {
    let hall = Hall::new().await;
    let home = &hall.world.home;
    home.app.clock.set(at(NOW));
    let trainer = Browser::signed_in(home, "d1-secretary").await;
    let (status, screen) = trainer
        .get("/office/training/sessions/session-1/screen?lang=en")
        .await;
    assert_eq!(status, StatusCode::OK, "{screen}");
    let code = hall.code(NOW);
    let halves = format!("{}\u{a0}{}", &code[..3], &code[3..]);
    assert!(screen.contains(&halves), "{screen}");
    assert!(screen.contains("class=\"tandau-qr\""));
    // A trainee opens the list, then the page to which the picture leads.
    let chair = Browser::signed_in(home, "st1-chair").await;
    let (_, list) = chair.get("/office/training/here?lang=kk").await;
    assert!(list.contains(&format!("href=\"{HERE}\"")), "{list}");
    let (status, form) = chair.get(&format!("{HERE}?code={code}&lang=ru")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(form.contains("data-offline=\"training.mark\""));
    assert!(form.contains(&format!("value=\"{code}\"")), "{form}");
    let sent = |envelope: &'static str, code: &'static str| {
        [("session", SESSION), ("envelope", envelope), ("code", code)]
    };
    let (status, wrong) = chair
        .post(
            &format!("{HERE}?lang=en"),
            &sent("00000000-0000-4000-8000-000000000001", "12345"),
        )
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.contains("href=\"#code\""), "{wrong}");
    let fields = [
        ("session", SESSION),
        ("envelope", "00000000-0000-4000-8000-000000000002"),
        ("code", code.as_str()),
    ];
    let (status, _) = chair.post(HERE, &fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = chair.get(&format!("{HERE}?lang=en")).await;
    assert!(page.contains("You are marked as present"), "{page}");
    // The paper: one more, and somebody with a name that looks like markup.
    home.app.clock.set(at("2023-10-02T07:05:00Z"));
    let sheet = "/office/training/sessions/session-1/sheet";
    let (_, form) = trainer.get(&format!("{sheet}?lang=ru")).await;
    assert!(form.contains("data-offline=\"training.sheet\""));
    assert!(form.contains("value=\"st2-member4\""));
    let fields = [
        ("session", SESSION),
        ("envelope", "00000000-0000-4000-8000-000000000003"),
        ("people", "2"),
        ("person", "st1-deputy"),
        ("others", "<b>Nobody</b>"),
    ];
    let (status, to) = trainer.post(sheet, &fields).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, ATTENDANCE));
    let (_, page) = trainer.get(&format!("{ATTENDANCE}?lang=en")).await;
    assert!(page.contains("&lt;b&gt;Nobody&lt;/b&gt;") || page.contains("&#60;b&#62;Nobody"));
    assert!(page.contains("p.st1-deputy") && page.contains("p.st1-chair"));
    assert!(page.contains("2 on paper and 1 in the records"), "{page}");
    let known = hall.known().await;
    let line = &known.unnamed[0];
    let name = format!(
        "/office/training/sessions/session-1/sheets/{}/lines/{}",
        line.sheet_id, line.place
    );
    let field = format!("who-{}-{}", line.sheet_id, line.place);
    let (status, _) = trainer.post(&name, &[(&field, "st1-secretary")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (status, _) = trainer
        .post(
            ATTENDANCE,
            &[
                ("p.st1-deputy", "yes"),
                ("p.st1-chair", "yes"),
                ("p.st1-secretary", "no"),
                ("reason", "by the list of the morning"),
            ],
        )
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = trainer.get(&format!("{ATTENDANCE}?lang=kk")).await;
    assert!(page.contains("name=\"seen\""), "{page}");
    let seen = hall.session().await.version.to_string();
    let close = format!("{ATTENDANCE}/close");
    let (status, _) = trainer
        .post(&close, &[("seen", &seen), ("present", "7")])
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    let (status, _) = trainer
        .post(&close, &[("seen", &seen), ("present", "2")])
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(hall.session().await.present, Some(2));
    let (_, page) = trainer.get(&format!("{ATTENDANCE}?lang=en")).await;
    assert!(!page.contains("name=\"seen\""), "closed");
}

#[tokio::test]
async fn the_screen_shows_codes_in_their_time_alone() {
    let hall = Hall::new().await;
    let home = &hall.world.home;
    let trainer = Browser::signed_in(home, "d1-secretary").await;
    for (now, shows) in [
        ("2023-10-02T04:29:00Z", false),
        ("2023-10-02T04:30:00Z", true),
        (STARTS, true),
        (ENDS, true),
        ("2023-10-02T07:31:00Z", false),
    ] {
        home.app.clock.set(at(now));
        let (status, page) = trainer
            .get("/office/training/sessions/session-1/screen?lang=en")
            .await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(page.contains("tandau-qr"), shows, "{now}");
    }
    // Members of stations see no codes.
    home.app.clock.set(at(STARTS));
    let member = Browser::signed_in(home, "st1-member3").await;
    let (status, _) = member
        .get("/office/training/sessions/session-1/screen")
        .await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (status, _) = member.get("/office/training/here/none-such").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_session_opens_where_somebody_must_decide() {
    let hall = Hall::new().await;
    let home = &hall.world.home;
    home.app.clock.set(at(NOW));
    let who = hall.member("st1", "chair", NOW);
    hall.mark(&who, NOW, NOW).await.unwrap();
    hall.sheet(NOW, ("1", &["st1-deputy"], "")).await.unwrap();
    let trainer = Browser::signed_in(home, "d1-secretary").await;
    let (_, page) = trainer
        .get("/office/training/sessions/session-1?lang=en")
        .await;
    let open = "<details class=\"govuk-details\" open";
    assert_eq!(page.matches(open).count(), 1, "{page}");
    assert!(page.contains("st1-area: 5 · to be decided: 2"), "{page}");
    assert!(page.matches("<details").count() > 1);
}
