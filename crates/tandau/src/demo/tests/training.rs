//! The cascade of the pilot: reported numbers, as of a day, and everything closed by voting.

use super::{Demo, count};
use crate::platform::database::Connection;
use crate::training::model::SessionState;
use crate::training::quality::model::ItemLine;
use crate::training::queries;
use electoral::training::analysis::Right;
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
    knowledge(demo).await;
}

/// Samples were tested again days later, and what groups far down answer worse became a change of material.
async fn knowledge(demo: &Demo) {
    let of = (super::super::load::ELECTION, "demo-training-voting_day");
    let mut reader = demo.app.read().await.unwrap();
    let report = crate::training::quality::queries::report(&mut reader, &demo.app, of).await;
    let report = report.unwrap();
    assert!(!report.decay.is_empty(), "something is known of forgetting");
    let (then, now) = report.decay.iter().fold(
        (Right::default(), Right::default()),
        |(then, now), (band, _)| (then.and(band.then), now.and(band.now)),
    );
    assert!(now.tenths() < then.tenths(), "{:?}", report.decay);
    let hard = |i: &&ItemLine| i.level == 2 && i.text.en.contains("portable box holds");
    let hard = report.items.iter().find(hard).unwrap();
    assert!(hard.here.tenths() + 100 < hard.above.tenths(), "{hard:?}");
    // By chance the interval may not say so on the day on which the centre looks.
    let acted =
        "select count(*) as n from training_finding where kind = 'item' and outcome = 'material'";
    assert!(count(&mut reader, acted).await <= 1);
    let open = "select count(*) as n from survey s join training_feedback f on f.survey_id = s.id where s.state <> 'closed'";
    assert_eq!(count(&mut reader, open).await, 0);
}

/// Five weeks before voting: what shows whether the first sessions worked, and what the planner has to plan with.
pub(super) async fn five_weeks_before(demo: &Demo) {
    let mut reader = demo.app.read().await.unwrap();
    let r = &mut reader;
    // The centre, the region of the visit, the three that were reported; perhaps one more.
    let asked = "select count(*) as n from training_feedback f join survey s on s.id = f.survey_id where s.state = 'closed'";
    assert!((5..=6).contains(&count(r, asked).await));
    let inspected = "select count(*) as n from training_inspection i join training_session s on s.id = i.session_id
        where s.state = 'held' and i.present = s.present";
    assert_eq!(count(r, inspected).await, 3);
    let retested =
        "select count(*) as n from training_attempt where kind = 'retest' and ended_at is not null";
    assert!((5..=10).contains(&count(r, retested).await));
    replaced_in_the_middle(r).await;
    let trainers = "select count(distinct person_id) as n from training_trainer";
    assert_eq!(count(r, trainers).await, 6);
    let halls = "select count(distinct area_id) as n from training_hall";
    assert_eq!(count(r, halls).await, 3);
    let plans =
        "select count(*) as n from training_plan where state = 'done' and bound_sessions > 0";
    assert_eq!(count(r, plans).await, 3);
    // One text has changed since the first sessions.
    let country = crate::platform::areas::country(r).await.unwrap().unwrap();
    let older = queries::count_outdated(r, ("demo-training-voting_day-m3", &country)).await;
    let older = older.unwrap();
    assert!(
        older
            .iter()
            .all(|(text, people)| *text == 1 && *people > 100)
    );
    assert_eq!(older.len(), 1);
}

/// Whoever left keeps the one module and has not passed; whoever came for them was there.
async fn replaced_in_the_middle(r: &mut Connection) {
    let left = "select count(*) as n from training_trainee t where t.state = 'replaced'
        and (select count(*) from training_taught h where h.person_id = t.person_id and h.session_id = t.session_id) = 1
        and not exists (select 1 from training_passed p where p.person_id = t.person_id)";
    assert_eq!(count(r, left).await, 1);
    let came = "select count(*) as n from training_trainee t join training_passed p on p.person_id = t.replaced_by
        and p.session_id = t.session_id where t.state = 'replaced'";
    assert_eq!(count(r, came).await, 1);
}
