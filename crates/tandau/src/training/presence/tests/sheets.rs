//! Lists on paper: keyed, compared with the records, withdrawn; names that nobody knows.

use super::{Hall, SESSION, fields};
use crate::platform::Error;
use crate::training::presence::actions::{self, Close, Says};
use electoral::training::attendance::Difference;

const NOW: &str = "2023-10-02T05:20:00Z";
const AFTER: &str = "2023-10-02T07:05:00Z";

#[tokio::test]
async fn paper_and_records_agree_or_differ_by_name() {
    let hall = Hall::new().await;
    for office in ["chair", "secretary"] {
        let who = hall.member("st1", office, NOW);
        hall.mark(&who, NOW, NOW).await.unwrap();
    }
    // The paper has the chair, the deputy, and a colleague of the other district by name.
    let keyed = ["st1-chair", "st1-deputy"];
    let refused = hall.sheet(AFTER, ("4", &keyed, "d2-chair")).await;
    assert_eq!(fields(refused), ["people"], "four signatures, three lines");
    hall.sheet(AFTER, ("3", &keyed, "d2-chair")).await.unwrap();
    let known = hall.known().await;
    let sides = known.reconciled();
    assert_eq!((sides.on_paper, sides.in_records), (3, 2));
    let differ: Vec<_> = sides.differences.iter().map(|d| (d.0, d.1)).collect();
    assert_eq!(
        differ,
        [
            ("d2-chair", Difference::PaperOnly),
            ("st1-deputy", Difference::PaperOnly),
            ("st1-secretary", Difference::RecordOnly)
        ]
    );
    let trainer = hall.trainer(AFTER);
    let seen = hall.session().await.version;
    let mut close = Close {
        seen,
        present: 1,
        reason: String::new(),
    };
    let early = actions::close(&trainer, SESSION, &close).await;
    assert!(matches!(early, Err(Error::Conflict(_))), "{early:?}");
    let says = |person: &str, present: bool| Says {
        person_id: person.to_owned(),
        present,
    };
    let said = [
        says("d2-chair", true),
        says("st1-deputy", true),
        says("st1-secretary", true),
    ];
    actions::decide(&trainer, SESSION, &said, "seen in the hall")
        .await
        .unwrap();
    close.present = 4;
    assert_eq!(actions::close(&trainer, SESSION, &close).await.unwrap(), 4);
    let ways = "select count(*) as n from training_mark where accepted and way = 'paper'";
    assert_eq!(hall.count(ways).await, 2);
    let paper = "select present_paper as n from training_session";
    assert_eq!(hall.count(paper).await, 3);
}

#[tokio::test]
async fn without_codes_the_paper_alone_counts() {
    let hall = Hall::new().await;
    let ticked: Vec<String> = (1..=2)
        .flat_map(|st| ["chair", "secretary"].map(|office| format!("st{st}-{office}")))
        .collect();
    let ticked: Vec<&str> = ticked.iter().map(String::as_str).collect();
    hall.sheet(AFTER, ("4", &ticked, "")).await.unwrap();
    // A second sheet with one who signed twice.
    hall.sheet(AFTER, ("2", &["st1-chair", "st1-deputy"], ""))
        .await
        .unwrap();
    let known = hall.known().await;
    assert!(known.is_settled());
    assert_eq!(known.on_paper(), 5, "somebody on two sheets is one person");
    let close = Close {
        seen: hall.session().await.version,
        present: 5,
        reason: String::new(),
    };
    let present = actions::close(&hall.trainer(AFTER), SESSION, &close).await;
    assert_eq!(present.unwrap(), 5);
}

#[tokio::test]
async fn signatures_that_nobody_keyed_stay_open_until_somebody_says_why() {
    let hall = Hall::new().await;
    let fields_of = [
        ("session", SESSION),
        ("people", "3"),
        ("person", "st1-chair\nst1-deputy"),
        ("note", "one cannot be read"),
    ];
    let envelope = super::envelope(crate::training::presence::model::SHEET, AFTER, &fields_of);
    let trainer = hall.trainer(AFTER);
    crate::platform::inbox::take(&trainer, &envelope)
        .await
        .unwrap();
    let known = hall.known().await;
    assert_eq!((known.miscounted(), known.on_paper()), (Some((2, 3)), 3));
    let mut close = Close {
        seen: hall.session().await.version,
        present: 2,
        reason: " ".to_owned(),
    };
    let silent = actions::close(&trainer, SESSION, &close).await;
    assert_eq!(fields(silent), ["word"]);
    close.reason = "one signed for a colleague".to_owned();
    assert_eq!(actions::close(&trainer, SESSION, &close).await.unwrap(), 2);
    let paper = "select present_paper as n from training_session";
    assert_eq!(hall.count(paper).await, 3);
}

#[tokio::test]
async fn a_sheet_longer_than_paper_is_refused_before_names_are_looked_for() {
    let hall = Hall::new().await;
    let names: Vec<String> = (0..301).map(|n| format!("Somebody {n}")).collect();
    let refused = hall.sheet(AFTER, ("300", &[], &names.join("\n"))).await;
    assert_eq!(fields(refused), ["people"]);
}

#[tokio::test]
async fn unknown_names_are_found_or_the_sheet_goes() {
    let hall = Hall::new().await;
    hall.sheet(AFTER, ("2", &["st1-chair"], "Somebody Unknown"))
        .await
        .unwrap();
    let known = hall.known().await;
    assert_eq!((known.unnamed.len(), known.on_paper()), (1, 2));
    assert!(!known.is_settled());
    let line = known.unnamed[0].clone();
    let trainer = hall.trainer(AFTER);
    let key = (line.sheet_id.as_str(), line.place);
    let nobody = actions::name_line(&trainer, SESSION, key, "nobody-here").await;
    assert!(matches!(nobody, Err(Error::NotFound)));
    let elsewhere = (line.sheet_id.as_str(), 9);
    let wrong = actions::name_line(&trainer, SESSION, elsewhere, "st1-deputy").await;
    assert!(matches!(wrong, Err(Error::NotFound)));
    actions::name_line(&trainer, SESSION, key, "st1-deputy")
        .await
        .unwrap();
    let known = hall.known().await;
    assert!(known.is_settled());
    assert_eq!(known.reconciled().present, ["st1-chair", "st1-deputy"]);
    let sheet = known.sheets[0].id.clone();
    let no_reason = actions::withdraw_sheet(&trainer, SESSION, &sheet, "").await;
    assert_eq!(fields(no_reason), ["reason"]);
    actions::withdraw_sheet(&trainer, SESSION, &sheet, "another hall")
        .await
        .unwrap();
    let again = actions::withdraw_sheet(&trainer, SESSION, &sheet, "another hall").await;
    assert!(matches!(again, Err(Error::Conflict(_))));
    let known = hall.known().await;
    assert!(!known.has_paper() && known.reconciled().present.is_empty());
    assert_eq!(known.sheets.len(), 1, "it stays on record");
}

#[tokio::test]
async fn a_sheet_is_keyed_by_whoever_runs_the_session() {
    let hall = Hall::new().await;
    let fields_of = [
        ("session", SESSION),
        ("people", "1"),
        ("person", "st1-chair"),
    ];
    let envelope = super::envelope(crate::training::presence::model::SHEET, AFTER, &fields_of);
    let member = hall.member("st1", "member3", AFTER);
    let refused = crate::platform::inbox::take(&member, &envelope).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    // Whoever is ticked must have to do with the session.
    let stranger = hall.sheet(AFTER, ("1", &["d2-chair"], "")).await;
    assert_eq!(fields(stranger), ["person"]);
    for people in ["", "0", "-1", "many", "1000"] {
        let refused = hall.sheet(AFTER, (people, &["st1-chair"], "")).await;
        assert_eq!(fields(refused), ["people"], "{people}");
    }
    let photos = crate::readiness::tests::world::photos(&hall.trainer(AFTER), &["photo"]).await;
    let mut with_photo = envelope;
    with_photo.files = photos;
    crate::platform::inbox::take(&hall.trainer(AFTER), &with_photo)
        .await
        .unwrap();
    assert_eq!(hall.known().await.sheets[0].photos.len(), 1);
}

#[tokio::test]
async fn what_was_kept_is_reconciled_and_not_passed_over() {
    let hall = Hall::new().await;
    let who = hall.member("st1", "chair", NOW);
    hall.mark(&who, NOW, NOW).await.unwrap();
    let trainer = hall.trainer(AFTER);
    let seen = hall.session().await.version;
    let everybody = crate::training::model::HeldSession::default();
    let by_list = crate::training::actions::held(&trainer, SESSION, seen, everybody).await;
    assert!(matches!(by_list, Err(Error::Conflict(_))), "{by_list:?}");
    assert_eq!(hall.session().await.version, seen);
    // Nobody says of themselves that they were there.
    let own = [Says {
        person_id: "d1-secretary".to_owned(),
        present: true,
    }];
    let refused = actions::decide(&trainer, SESSION, &own, "I was there").await;
    assert_eq!(fields(refused), ["decide"]);
    let close = Close {
        seen,
        present: 1,
        reason: String::new(),
    };
    actions::close(&trainer, SESSION, &close).await.unwrap();
    let late = hall.sheet(AFTER, ("1", &["st1-deputy"], "")).await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    assert!(hall.known().await.sheets.is_empty());
}

#[tokio::test]
async fn the_log_vouches_for_every_row() {
    let hall = Hall::new().await;
    let who = hall.member("st1", "chair", NOW);
    hall.mark(&who, NOW, NOW).await.unwrap();
    hall.sheet(AFTER, ("2", &["st1-chair"], "Somebody Unknown"))
        .await
        .unwrap();
    let line = hall.known().await.unnamed[0].clone();
    let trainer = hall.trainer(AFTER);
    let key = (line.sheet_id.as_str(), line.place);
    actions::name_line(&trainer, SESSION, key, "st1-deputy")
        .await
        .unwrap();
    let says = [Says {
        person_id: "st1-deputy".to_owned(),
        present: true,
    }];
    actions::decide(&trainer, SESSION, &says, "seen")
        .await
        .unwrap();
    let close = Close {
        seen: hall.session().await.version,
        present: 2,
        reason: String::new(),
    };
    actions::close(&trainer, SESSION, &close).await.unwrap();
    let mut reader = hall.world.home.app.read().await.unwrap();
    for audited in crate::training::presence::store::AUDITED {
        for row in reader.all(audited.ids, crate::bind![]).await.unwrap() {
            let object = row.text("object").unwrap();
            let sql = "select id from audit_record where kind = $1 and object = $2";
            let known = reader
                .first(sql, crate::bind![audited.kind, &object])
                .await
                .unwrap();
            assert!(known.is_some(), "{} {object}", audited.kind);
        }
    }
}
