//! A count lasts twelve hours at most (art. 43(1)): who has sent nothing by then is called.

use super::walk::{send, sound};
use super::world::{CONTEST, World, hour};
use super::*;
use crate::votingday::actions::{Moment, close, open};
use jiff::Timestamp;

async fn overdue(world: &World, area: &str, now: Timestamp) -> Vec<String> {
    let mut reader = world.home.app.read().await.unwrap();
    queries::overdue(&mut reader, &world.home.app, area, now)
        .await
        .unwrap()
        .into_iter()
        .map(|one| {
            assert_eq!((one.hours, one.article.as_str()), (12, "43(1)"));
            one.station_id
        })
        .collect()
}

#[tokio::test]
async fn a_protocol_is_overdue_twelve_hours_after_the_closing_until_it_is_sent() {
    let world = World::new(3).await;
    let moment = |at| Moment {
        station_id: "st3".to_owned(),
        contest_id: CONTEST.to_owned(),
        at,
        reason: String::new(),
    };
    let late = world.secretary("st3", hour(21, 0));
    open(&late, &moment(hour(7, 0))).await.unwrap();
    close(&late, &moment(hour(20, 30))).await.unwrap();
    send(&world, "st2", &sound("st2", 300), false).await;
    assert_eq!(overdue(&world, "d1", hour(31, 59)).await, [""; 0]);
    assert_eq!(overdue(&world, "d1", hour(32, 0)).await, ["st1"]);
    assert_eq!(
        overdue(&world, "kz", hour(32, 30)).await,
        ["st1", "st3"],
        "the one that closed later had longer"
    );
    assert_eq!(overdue(&world, "d2", hour(40, 0)).await, [""; 0]);
    send(&world, "st1", &sound("st1", 300), false).await;
    assert_eq!(overdue(&world, "d1", hour(40, 0)).await, ["st3"]);
    world
        .sql("update election set state = 'determined'", vec![])
        .await;
    assert_eq!(overdue(&world, "d1", hour(40, 0)).await, [""; 0]);
}
