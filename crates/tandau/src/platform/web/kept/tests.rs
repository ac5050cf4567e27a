use super::*;
use crate::platform::access::Actor;
use crate::platform::web::SignedIn;
use crate::testing::Installation;
use axum::extract::FromRequestParts as _;
use axum::http::Request;
use axum::http::{HeaderValue, StatusCode, header};
use std::sync::atomic::AtomicUsize;

async fn ctx(installation: &Installation, path: &str, signed_in: bool) -> Ctx {
    let mut request = Request::get(path);
    if signed_in {
        request = request.extension(SignedIn {
            actor: Arc::new(Actor::operator()),
            session: "s".to_owned(),
            account_id: "a".to_owned(),
            must_change: false,
        });
    }
    let (mut parts, ()) = request.body(()).unwrap().into_parts();
    Ctx::from_request_parts(&mut parts, &installation.app)
        .await
        .unwrap()
}

async fn ask(kept: &Kept, ctx: &Ctx, shows: Shows<'_>, renderings: &AtomicUsize) -> Response {
    kept.or_render(ctx, &HeaderMap::new(), shows, async {
        let n = renderings.fetch_add(1, Ordering::SeqCst);
        Ok(format!("page {n}"))
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn a_page_is_rendered_once_until_it_changes() {
    let installation = Installation::new().await;
    let kept = Kept::default();
    kept.set_followed(true);
    let renderings = AtomicUsize::new(0);
    let page = ctx(&installation, "/elections/e/contests/1", false).await;
    let of_contest = Shows::Contest("e.1");
    ask(&kept, &page, of_contest, &renderings).await;
    let again = ask(&kept, &page, of_contest, &renderings).await;
    assert_eq!(renderings.load(Ordering::SeqCst), 1);
    kept.changed("e.2");
    ask(&kept, &page, of_contest, &renderings).await;
    assert_eq!(renderings.load(Ordering::SeqCst), 1, "another contest");
    kept.changed("e.1");
    ask(&kept, &page, of_contest, &renderings).await;
    assert_eq!(renderings.load(Ordering::SeqCst), 2);
    kept.changed("");
    ask(&kept, &page, of_contest, &renderings).await;
    assert_eq!(renderings.load(Ordering::SeqCst), 3);
    let mut known = HeaderMap::new();
    known.insert(header::IF_NONE_MATCH, again.headers()[header::ETAG].clone());
    let changed = kept
        .or_render(&page, &known, of_contest, async { Ok("page 0".to_owned()) })
        .await
        .unwrap();
    assert_eq!(changed.status(), StatusCode::OK, "page 2 is not page 0");
}

#[tokio::test]
async fn nothing_is_kept_for_the_signed_in_without_a_follower_or_behind_a_query() {
    let installation = Installation::new().await;
    let kept = Kept::default();
    let renderings = AtomicUsize::new(0);
    let open = ctx(&installation, "/", false).await;
    ask(&kept, &open, Shows::All, &renderings).await;
    ask(&kept, &open, Shows::All, &renderings).await;
    assert_eq!(renderings.load(Ordering::SeqCst), 2, "nobody follows");
    kept.set_followed(true);
    for (path, signed_in) in [("/", true), ("/?x=1", false), ("/?done=signed-out", false)] {
        let page = ctx(&installation, path, signed_in).await;
        let before = renderings.load(Ordering::SeqCst);
        ask(&kept, &page, Shows::All, &renderings).await;
        ask(&kept, &page, Shows::All, &renderings).await;
        assert_eq!(renderings.load(Ordering::SeqCst), before + 2, "{path}");
    }
    assert_eq!(kept.shelf.lock().unwrap().state(), (0, 0));
}

#[tokio::test]
async fn languages_have_pages_of_their_own_and_known_ones_are_not_sent_again() {
    let installation = Installation::new().await;
    let kept = Kept::default();
    kept.set_followed(true);
    let renderings = AtomicUsize::new(0);
    for lang in ["kk", "ru", "en"] {
        let page = ctx(&installation, &format!("/?lang={lang}"), false).await;
        ask(&kept, &page, Shows::All, &renderings).await;
    }
    assert_eq!(renderings.load(Ordering::SeqCst), 3);
    let page = ctx(&installation, "/?lang=ru", false).await;
    let first = ask(&kept, &page, Shows::All, &renderings).await;
    let mut headers = HeaderMap::new();
    headers.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
    headers.insert(
        header::ACCEPT_ENCODING,
        HeaderValue::from_static("br, gzip"),
    );
    let unchanged = kept
        .or_render(&page, &headers, Shows::All, async { Ok(String::new()) })
        .await
        .unwrap();
    assert_eq!(unchanged.status(), StatusCode::NOT_MODIFIED);
    headers.remove(header::IF_NONE_MATCH);
    let packed = kept
        .or_render(&page, &headers, Shows::All, async { Ok(String::new()) })
        .await
        .unwrap();
    assert_eq!(packed.headers()[header::CONTENT_ENCODING], "gzip");
}

#[tokio::test]
async fn what_is_refused_takes_no_place() {
    let installation = Installation::new().await;
    let kept = Kept::default();
    kept.set_followed(true);
    for n in 0..50 {
        let page = ctx(&installation, &format!("/elections/e/stations/{n}"), false).await;
        let refused = kept
            .or_render(&page, &HeaderMap::new(), Shows::All, async {
                Err(Error::NotFound)
            })
            .await;
        assert!(refused.is_err());
    }
    assert_eq!(kept.shelf.lock().unwrap().state(), (0, 0));
    assert!(kept.flights.lock().unwrap().is_empty());
}

#[tokio::test]
async fn the_shelf_stays_within_its_bytes_and_forgets_what_is_not_asked_for() {
    let installation = Installation::new().await;
    let kept = Kept::with_budget(40_000);
    kept.set_followed(true);
    // Digits of hashes, which hardly pack.
    let text = |n: usize| -> String {
        (0..100)
            .map(|i| crate::platform::files::hex(&sha2_of(&format!("{n} {i}"))))
            .collect()
    };
    let renderings = AtomicUsize::new(0);
    let ask = async |n: usize| {
        let page = ctx(&installation, &format!("/p/{n}"), false).await;
        let made = async {
            renderings.fetch_add(1, Ordering::SeqCst);
            Ok(text(n))
        };
        kept.or_render(&page, &HeaderMap::new(), Shows::All, made)
            .await
            .unwrap();
        let (things, bytes) = kept.shelf.lock().unwrap().state();
        assert!(bytes <= 40_000, "{bytes}");
        things
    };
    for n in 0..20 {
        ask(n).await;
        ask(0).await;
    }
    assert!(ask(0).await < 6, "older ones made room");
    assert_eq!(
        renderings.load(Ordering::SeqCst),
        20,
        "page 0 was asked for all the time"
    );
    ask(1).await;
    assert_eq!(
        renderings.load(Ordering::SeqCst),
        21,
        "page 1 was forgotten"
    );
}

fn sha2_of(text: &str) -> Vec<u8> {
    use sha2::Digest as _;
    sha2::Sha256::digest(text.as_bytes()).to_vec()
}

#[tokio::test]
async fn a_file_is_made_once_until_it_changes_or_more_may_be_shown() {
    let kept = Kept::default();
    kept.set_followed(true);
    let made = AtomicUsize::new(0);
    let ask = async |seen: u64, headers: &HeaderMap| {
        let shows = (Shows::Contest("e.1"), seen);
        kept.or_make(
            headers,
            "/f".to_owned(),
            shows,
            Form::file("text/csv"),
            async {
                made.fetch_add(1, Ordering::SeqCst);
                Ok(format!("{seen}").into_bytes())
            },
        )
        .await
        .unwrap()
    };
    let none = HeaderMap::new();
    let first = ask(0, &none).await;
    assert_eq!(first.headers()[header::CONTENT_TYPE], "text/csv");
    let mut known = HeaderMap::new();
    known.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
    assert_eq!(ask(0, &known).await.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(made.load(Ordering::SeqCst), 1);
    assert_eq!(
        ask(1, &known).await.status(),
        StatusCode::OK,
        "the embargo ended"
    );
    kept.changed("e.1");
    ask(1, &none).await;
    assert_eq!(made.load(Ordering::SeqCst), 3);
    kept.set_followed(false);
    ask(1, &none).await;
    assert_eq!(made.load(Ordering::SeqCst), 4, "nobody follows the log");
}

#[tokio::test]
async fn who_asks_at_the_same_time_waits_for_one_rendering() {
    let installation = Installation::new().await;
    let kept = Kept::default();
    kept.set_followed(true);
    let renderings = AtomicUsize::new(0);
    let page = ctx(&installation, "/", false).await;
    let slow = || async {
        let made = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            renderings.fetch_add(1, Ordering::SeqCst);
            Ok("page".to_owned())
        };
        kept.or_render(&page, &HeaderMap::new(), Shows::All, made)
            .await
    };
    let (a, b, c) = tokio::join!(slow(), slow(), slow());
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    assert_eq!(renderings.load(Ordering::SeqCst), 1);
    assert!(kept.flights.lock().unwrap().is_empty());
}
