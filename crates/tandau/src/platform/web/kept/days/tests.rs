use super::super::{FRESH as PAGE_FRESH, Shows};
use super::*;
use crate::platform::web::peer::Peer;
use crate::testing::Installation;
use axum::extract::FromRequestParts as _;
use axum::http::{HeaderMap, Request};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Somebody who asks, from an address.
async fn from(installation: &Installation, path: &str, address: &str) -> Ctx {
    let request = Request::get(path).extension(Peer(address.parse().unwrap()));
    let (mut parts, ()) = request.body(()).unwrap().into_parts();
    Ctx::from_request_parts(&mut parts, &installation.app)
        .await
        .unwrap()
}

async fn by(installation: &Installation, path: &str) -> Ctx {
    from(installation, path, "127.0.0.1").await
}

async fn ask(kept: &Kept, ctx: &Ctx, made: &AtomicUsize) -> Result<(), Error> {
    let render = async {
        let n = made.fetch_add(1, Ordering::SeqCst);
        Ok(format!("page {n}"))
    };
    let names: &[&str] = &["election"];
    kept.or_render_day(ctx, &HeaderMap::new(), (Shows::All, names), render)
        .await
        .map(drop)
}

fn followed() -> Kept {
    let kept = Kept::default();
    kept.set_followed(true);
    kept
}

#[tokio::test]
async fn what_is_asked_has_one_form() {
    let installation = Installation::new().await;
    let today = installation.app.today();
    for (query, form, over) in [
        ("", Some(String::new()), false),
        ("?lang=ru", Some(String::new()), false),
        (
            "?lang=ru&election=e&as_of=2023-10-02",
            Some("as_of=2023-10-02&election=e".to_owned()),
            true,
        ),
        (
            "?as_of=2023-10-02&election=e",
            Some("as_of=2023-10-02&election=e".to_owned()),
            true,
        ),
        (
            format!("?as_of={today}").as_str(),
            Some(format!("as_of={today}")),
            false,
        ),
        ("?as_of=", None, false),
        ("?as_of=2023-10-2", None, true),
        ("?as_of=20231002", None, true),
        ("?as_of=2023-10-02T00:00", None, true),
        ("?as_of=2023%2D10%2D02", None, true),
        ("?as%5Fof=2023-10-02", None, true),
        ("?as_of=2023-10-02&as_of=2023-10-02", None, true),
        ("?as_of=2023-10-02&silent=3", None, true),
        ("?silent=3", None, false),
        ("?election=e&election=f", None, false),
        ("?election=a/b", None, false),
        ("?lang=xx", None, false),
    ] {
        let ctx = by(&installation, &format!("/p{query}")).await;
        let found = asked(&ctx, &["election"]);
        assert_eq!(found, Asked { query: form, over }, "{query}");
    }
}

#[tokio::test]
async fn a_day_that_is_over_is_made_once_whatever_happens_meanwhile() {
    let installation = Installation::new().await;
    let kept = followed();
    let made = AtomicUsize::new(0);
    let over = by(&installation, "/p?as_of=2023-10-02").await;
    let again = by(&installation, "/p?lang=kk&as_of=2023-10-02").await;
    ask(&kept, &over, &made).await.unwrap();
    kept.changed("");
    tokio::time::sleep(PAGE_FRESH).await;
    ask(&kept, &again, &made).await.unwrap();
    assert_eq!(
        made.load(Ordering::SeqCst),
        1,
        "kept for longer than pages of now"
    );
    let other = by(&installation, "/p?lang=ru&as_of=2023-10-02").await;
    ask(&kept, &other, &made).await.unwrap();
    let other = by(&installation, "/q?as_of=2023-10-02").await;
    ask(&kept, &other, &made).await.unwrap();
    assert_eq!(
        made.load(Ordering::SeqCst),
        3,
        "another language, another page"
    );
    // Today is as everywhere: until something changes.
    let today = installation.app.today();
    let now = by(&installation, &format!("/p?as_of={today}")).await;
    ask(&kept, &now, &made).await.unwrap();
    ask(&kept, &now, &made).await.unwrap();
    assert_eq!(made.load(Ordering::SeqCst), 4);
    kept.changed("");
    ask(&kept, &now, &made).await.unwrap();
    assert_eq!(made.load(Ordering::SeqCst), 5);
}

/// Ten years, day by day: a page of now stays where it is, and so does the day for which others ask.
#[tokio::test]
async fn who_asks_for_every_day_fills_no_memory_and_drives_out_nobody() {
    let installation = Installation::new().await;
    let mut kept = followed();
    kept.days = Days::with_budget(20_000);
    let (made, of_now, of_visit) = (
        AtomicUsize::new(0),
        AtomicUsize::new(0),
        AtomicUsize::new(0),
    );
    let now = by(&installation, "/p").await;
    let visit = by(&installation, "/p?as_of=2023-10-02").await;
    let mut day: Date = "2013-11-06".parse().unwrap();
    for n in 0..3_650 {
        day = day.tomorrow().unwrap();
        if day.to_string() != "2023-10-02" {
            let crawler = by(&installation, &format!("/p?as_of={day}")).await;
            ask(&kept, &crawler, &made).await.unwrap();
        }
        if n % 50 == 0 {
            ask(&kept, &visit, &of_visit).await.unwrap();
            let before = of_now.load(Ordering::SeqCst);
            ask(&kept, &now, &of_now).await.unwrap();
            ask(&kept, &now, &of_now).await.unwrap();
            assert!(of_now.load(Ordering::SeqCst) <= before + 1);
        }
        let (_, bytes) = kept.days.shelf.lock().unwrap().state();
        assert!(bytes <= 20_000, "{bytes}");
    }
    assert_eq!(kept.shelf.lock().unwrap().state().0, 1, "the page of now");
    assert_eq!(of_visit.load(Ordering::SeqCst), 1, "asked for all the time");
    assert!(kept.flights.lock().unwrap().is_empty());
}

#[tokio::test]
async fn one_address_has_so_many_days_made_and_what_is_kept_costs_nothing() {
    let installation = Installation::new().await;
    let kept = followed();
    let made = AtomicUsize::new(0);
    let first: Date = "2023-01-01".parse().unwrap();
    let day = |n: i64| first.checked_add(jiff::Span::new().days(n)).unwrap();
    let asked = async |n: i64, address: &str| {
        let path = format!("/p?as_of={}", day(n));
        let ctx = from(&installation, &path, address).await;
        ask(&kept, &ctx, &made).await
    };
    let mut many = 0;
    while asked(many, "203.0.113.7").await.is_ok() {
        many += 1;
    }
    assert!((20..40).contains(&many), "{many}");
    let refused = asked(many, "203.0.113.7").await;
    assert!(matches!(refused, Err(Error::TooMany { .. })), "{refused:?}");
    let before = made.load(Ordering::SeqCst);
    for n in 0..many {
        asked(n, "203.0.113.7").await.unwrap();
    }
    assert_eq!(made.load(Ordering::SeqCst), before);
    asked(many, "198.51.100.1").await.unwrap();
    // It is there now.
    asked(many, "203.0.113.7").await.unwrap();
    let now = from(&installation, "/p", "203.0.113.7").await;
    ask(&kept, &now, &made).await.unwrap();
    for n in 100..160 {
        asked(n, "127.0.0.1").await.unwrap();
    }
}

#[tokio::test]
async fn days_are_made_one_at_a_time_and_hold_up_nobody_else() {
    let installation = Installation::new().await;
    let kept = Arc::new(followed());
    let busy = Arc::new(AtomicUsize::new(0));
    let mut all = tokio::task::JoinSet::new();
    for n in 1..=9 {
        let ctx = by(&installation, &format!("/p?as_of=2023-10-0{n}")).await;
        let (kept, busy) = (Arc::clone(&kept), Arc::clone(&busy));
        all.spawn(async move {
            let render = async {
                assert_eq!(busy.fetch_add(1, Ordering::SeqCst), 0, "alone");
                tokio::time::sleep(Duration::from_millis(30)).await;
                busy.fetch_sub(1, Ordering::SeqCst);
                Ok("page".to_owned())
            };
            let names: &[&str] = &[];
            kept.or_render_day(&ctx, &HeaderMap::new(), (Shows::All, names), render)
                .await
                .map(drop)
        });
    }
    tokio::time::sleep(Duration::from_millis(5)).await;
    let now = by(&installation, "/p").await;
    let made = AtomicUsize::new(0);
    let begun = std::time::Instant::now();
    ask(&kept, &now, &made).await.unwrap();
    assert!(
        begun.elapsed() < Duration::from_millis(200),
        "today waits for no day"
    );
    while let Some(one) = all.join_next().await {
        one.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_file_of_a_day_that_is_over_stands_with_such_pages() {
    let installation = Installation::new().await;
    let kept = followed();
    let made = AtomicUsize::new(0);
    let ctx = by(&installation, "/f.csv?as_of=2023-10-02").await;
    let ask = async |name: &str, over: bool| {
        let make = async {
            made.fetch_add(1, Ordering::SeqCst);
            Ok(b"a,b".to_vec())
        };
        let form = super::super::Form::file("text/csv");
        let headers = HeaderMap::new();
        kept.or_make_day(
            (&ctx, &headers),
            name.to_owned(),
            (Shows::All, over),
            form,
            make,
        )
        .await
        .unwrap();
    };
    ask("/f?2023-10-02", true).await;
    ask("/f?today", false).await;
    kept.changed("");
    ask("/f?2023-10-02", true).await;
    assert_eq!(made.load(Ordering::SeqCst), 2);
    ask("/f?today", false).await;
    assert_eq!(made.load(Ordering::SeqCst), 3);
    assert_eq!(kept.days.shelf.lock().unwrap().state().0, 1);
}
