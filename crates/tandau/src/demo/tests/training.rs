//! The cascade of the pilot: reported numbers, as of a day, and everything closed by voting.

use super::{Demo, count};
use crate::training::model::SessionState;
use crate::training::queries;
use jiff::Timestamp;

pub(super) async fn the_cascade(demo: &Demo) {
    let mut reader = demo.app.read().await.unwrap();
    let country = crate::platform::areas::country(&mut reader)
        .await
        .unwrap()
        .unwrap();
    let osakarov = queries::session(&mut reader, "demo-training-355600000-1")
        .await
        .unwrap();
    assert_eq!(
        (osakarov.state, osakarov.present),
        (SessionState::Held, Some(226))
    );
    let waiting = "select count(*) as n from training_session where state = 'planned'";
    assert_eq!(
        count(&mut reader, waiting).await,
        0,
        "all is closed by voting"
    );
    let fell_out = "select count(*) as n from training_session where state = 'cancelled'";
    assert_eq!(count(&mut reader, fell_out).await, 1);
    let moved = "select count(*) as n from training_session_version where act = 'moved'";
    assert_eq!(count(&mut reader, moved).await, 1);
    // Five weeks before voting: the centre, the regions, the reported districts and a few more.
    let day: Timestamp = "2023-10-02T18:00:00Z".parse().unwrap();
    let of = (country.as_str(), day);
    let sums = queries::sums_by(&mut reader, &demo.app, of).await.unwrap();
    let levels: Vec<(u64, bool)> = sums.iter().map(|s| (s.level, s.people > 100)).collect();
    assert_eq!(levels, [(0, true), (1, true), (2, true)]);
    assert!((3..=15).contains(&sums[2].sessions), "{sums:?}");
    assert!(queries::planned_by(&mut reader, of).await.unwrap() > 30);
    // On the day before, the session of Osakarov is no number yet.
    let before: Timestamp = "2023-10-02T05:00:00Z".parse().unwrap();
    let then = queries::session_before(&mut reader, "demo-training-355600000-1", before).await;
    assert_eq!(then.unwrap().state, SessionState::Planned);
    // Those taught before the text changed are listed for the commission that must tell them.
    let region = crate::platform::areas::by_code(&mut reader, "350000000", demo.app.today())
        .await
        .unwrap()
        .unwrap();
    let older =
        queries::count_outdated(&mut reader, ("demo-training-voting_day-m2", &region)).await;
    assert!(
        older
            .unwrap()
            .iter()
            .any(|(text, people)| *text == 1 && *people >= 226)
    );
}
