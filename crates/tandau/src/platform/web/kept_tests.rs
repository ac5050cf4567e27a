use super::*;
use crate::platform::access::Actor;
use crate::platform::web::SignedIn;
use crate::testing::Installation;
use axum::extract::FromRequestParts as _;
use axum::http::Request;
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
    assert!(kept.pages.lock().unwrap().is_empty());
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
