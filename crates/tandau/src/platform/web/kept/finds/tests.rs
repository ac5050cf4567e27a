use super::*;
use std::sync::atomic::AtomicUsize;

fn followed() -> Kept {
    let kept = Kept::default();
    kept.set_followed(true);
    kept
}

async fn look(kept: &Kept, name: &str, looks: &AtomicUsize) -> usize {
    let find = async { Ok(looks.fetch_add(1, Ordering::SeqCst)) };
    *kept.or_find(name.to_owned(), find).await.unwrap()
}

/// As if something had been found out before so long.
fn before(kept: &Kept, name: &str, ago: Duration, value: usize) {
    let key = Key {
        path: name.to_owned(),
        lang: None,
        query: "found".to_owned(),
    };
    let made = Instant::now().checked_sub(ago).unwrap();
    kept.keep(key, (kept.changes(), made), Arc::new(value));
}

#[tokio::test]
async fn one_looks_for_all_and_not_again_with_every_report() {
    let (kept, looks) = (followed(), AtomicUsize::new(1));
    for _ in 0..10 {
        assert_eq!(look(&kept, "wrong/kz", &looks).await, 1);
        kept.changed("");
    }
    assert_eq!(look(&kept, "wrong/r1", &looks).await, 2, "another place");
    let kept = Kept::default();
    assert_eq!(look(&kept, "wrong/kz", &looks).await, 3);
    assert_eq!(look(&kept, "wrong/kz", &looks).await, 4, "nobody follows");
}

#[tokio::test]
async fn it_is_looked_up_again_after_a_while_when_something_has_changed() {
    let (kept, looks) = (followed(), AtomicUsize::new(1));
    before(&kept, "x", LOOK, 100);
    assert_eq!(look(&kept, "x", &looks).await, 100, "nothing has changed");
    kept.changed("e.1");
    assert_eq!(look(&kept, "x", &looks).await, 1);
    before(&kept, "x", FILE_FRESH, 200);
    assert_eq!(
        look(&kept, "x", &looks).await,
        2,
        "after a minute in any case"
    );
}

#[tokio::test]
async fn who_comes_while_somebody_looks_gets_what_was_seen_last() {
    let (kept, looks) = (followed(), AtomicUsize::new(1));
    let (all, count) = (&kept, &looks);
    let slow = || {
        let find = async move {
            tokio::time::sleep(Duration::from_millis(40)).await;
            Ok(count.fetch_add(1, Ordering::SeqCst))
        };
        all.or_find("x".to_owned(), find)
    };
    let (a, b) = tokio::join!(slow(), slow());
    assert_eq!(
        (*a.unwrap(), *b.unwrap()),
        (1, 1),
        "the first time all wait"
    );
    before(&kept, "x", LOOK, 100);
    kept.changed("");
    let (a, b) = tokio::join!(slow(), slow());
    assert_eq!((*a.unwrap(), *b.unwrap()), (2, 100));
    assert!(kept.flights.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_fails_is_not_kept_and_the_number_of_things_has_an_end() {
    let (kept, looks) = (followed(), AtomicUsize::new(1));
    let failed = kept
        .or_find::<usize, _>("x".to_owned(), async { Err(Error::NotFound) })
        .await;
    assert!(failed.is_err());
    assert_eq!(look(&kept, "x", &looks).await, 1);
    for n in 0..3 * MANY {
        look(&kept, &format!("n{n}"), &looks).await;
    }
    assert_eq!(kept.finds.lock().unwrap().state(), (MANY, MANY));
}
