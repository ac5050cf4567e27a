use super::*;
use crate::commissions::actions::{self, EndSeat, Who};
use crate::commissions::model::{check_seat, check_size};
use crate::commissions::queries;
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::audit::{self, SignerKey};

fn field(result: Result<impl std::fmt::Debug, Error>) -> String {
    match result.unwrap_err() {
        Error::Invalid(problems) => problems[0].field.clone(),
        other => panic!("{other}"),
    }
}

async fn end_of(chain: &Chain, commission: &str, office: Office, last_day: Date) -> EndSeat {
    let mut reader = chain.place.app.read().await.unwrap();
    let found = queries::composition(&mut reader, commission, SEATED)
        .await
        .unwrap();
    EndSeat {
        member_id: found.into_iter().find(|m| m.office == office).unwrap().id,
        decision_id: chain.ending.clone(),
        last_day,
        reason: "own_request".to_owned(),
    }
}

#[tokio::test]
async fn the_composition_is_that_of_the_day() {
    let chain = Chain::new().await;
    let higher = chain.holder(&chain.region, Office::Secretary).await;
    let end = end_of(&chain, &chain.aktogay, Office::Secretary, date(2023, 3, 31)).await;
    actions::end(&higher, end).await.unwrap();
    let mut successor = member(&chain.aktogay, "", Office::Secretary, &chain.act);
    successor.valid_from = date(2023, 4, 1);
    let who = Who::New(person("Жаңа хатшы"));
    actions::seat(&higher, who, successor).await.unwrap();
    let mut reader = chain.place.app.read().await.unwrap();
    for (day, seven, name) in [
        (date(2021, 12, 31), 0, None),
        (SEATED, 7, Some("353600000 2")),
        (date(2023, 3, 31), 7, Some("353600000 2")),
        (date(2023, 4, 1), 7, Some("Жаңа хатшы")),
        (TERM_ENDS, 7, Some("Жаңа хатшы")),
        (date(2027, 1, 10), 0, None),
    ] {
        let found = queries::composition(&mut reader, &chain.aktogay, day)
            .await
            .unwrap();
        assert_eq!(found.len(), seven, "{day}");
        let secretary = found.iter().find(|m| m.office == Office::Secretary);
        assert_eq!(secretary.map(|m| m.names.kk.as_str()), name, "{day}");
    }
    let offices: Vec<_> = queries::composition(&mut reader, &chain.aktogay, SEATED)
        .await
        .unwrap()
        .iter()
        .map(|m| m.office)
        .collect();
    assert!(offices.is_sorted(), "chair first: {offices:?}");
}

#[tokio::test]
async fn powers_follow_the_seat_and_end_with_it() {
    let chain = Chain::new().await;
    let secretary = chain.holder(&chain.aktogay, Office::Secretary).await;
    assert_eq!(secretary.actor().office(), "district.secretary");
    let end = end_of(&chain, &chain.aktogay, Office::Secretary, date(2023, 11, 5)).await;
    let person = secretary.person().to_owned();
    let higher = chain.holder(&chain.region, Office::Chair).await;
    actions::end(&higher, end.clone()).await.unwrap();
    let mut reader = chain.place.app.read().await.unwrap();
    for (day, grants) in [(date(2023, 11, 5), 1), (date(2023, 11, 6), 0)] {
        let actor = access::store::actor(&mut reader, &person, Names::default(), day)
            .await
            .unwrap();
        assert_eq!(actor.grants.len(), grants, "{day}");
    }
    drop(reader);
    assert!(matches!(
        actions::end(&higher, end).await,
        Err(Error::Conflict(_)) | Err(Error::Invalid(_))
    ));
}

#[tokio::test]
async fn only_the_higher_commission_seats() {
    let chain = Chain::new().await;
    let new = || member(&chain.aktogay, "", Office::Member, &chain.act);
    let who = || Who::New(person("Біреу"));
    for (acting, why) in [
        (
            chain.holder(&chain.aktogay, Office::Chair).await,
            "its own chair",
        ),
        (
            chain.holder(&chain.osakarov, Office::Chair).await,
            "a neighbour",
        ),
        (
            chain.holder(&chain.region, Office::Member).await,
            "a member without office",
        ),
    ] {
        assert!(
            matches!(
                actions::seat(&acting, who(), new()).await,
                Err(Error::Forbidden(_))
            ),
            "{why}"
        );
        let end = end_of(&chain, &chain.aktogay, Office::Chair, date(2023, 1, 1)).await;
        assert!(
            matches!(actions::end(&acting, end).await, Err(Error::Forbidden(_))),
            "{why}"
        );
        let mut reader = chain.place.app.read().await.unwrap();
        let area = queries::by_id(&mut reader, &chain.aktogay)
            .await
            .unwrap()
            .area_id;
        assert!(
            acting
                .require(&mut reader, Action::MemberSeat, &area, None)
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn a_seat_that_does_not_fit_is_refused_by_its_field() {
    let chain = Chain::new().await;
    let acting = chain.place.operator();
    let someone = |name: &str| Who::New(person(name));
    let new = |office| member(&chain.aktogay, "", office, &chain.act);
    assert_eq!(
        field(actions::seat(&acting, someone("а"), new(Office::Chair)).await),
        "office"
    );
    assert_eq!(
        field(actions::seat(&acting, someone("б"), new(Office::Member)).await),
        "commission"
    );
    let sitting = chain
        .holder(&chain.aktogay, Office::Chair)
        .await
        .person()
        .to_owned();
    assert_eq!(
        field(actions::seat(&acting, Who::Known(sitting), new(Office::Member)).await),
        "person"
    );
    let mut odd = new(Office::Member);
    odd.nominator = "nobody".to_owned();
    assert_eq!(
        field(actions::seat(&acting, someone("в"), odd).await),
        "nominator"
    );
    let mut back = new(Office::Member);
    back.valid_until = Some(date(2021, 1, 1));
    assert_eq!(
        field(actions::seat(&acting, someone("г"), back).await),
        "valid_until"
    );
    let mut reader = chain.place.app.read().await.unwrap();
    let seats = queries::all_members(&mut reader, &chain.aktogay)
        .await
        .unwrap();
    assert_eq!(seats.len(), 7, "a refused seat leaves nothing behind");
    assert!(
        people::queries::search(&mut reader, "а", 10)
            .await
            .unwrap()
            .is_empty()
    );
    // After the term all seats are free.
    let after = date(2027, 1, 10);
    assert!(check_seat(7, &seats, "p", Office::Chair, after, None).is_ok());
    assert!(check_seat(7, &seats, "p", Office::Chair, TERM_ENDS, None).is_err());
}

#[tokio::test]
async fn a_commission_fits_its_area_its_size_and_the_one_above() {
    let chain = Chain::new().await;
    let acting = chain.place.operator();
    let mut tx = acting.begin().await.unwrap();
    let area = queries::by_id(&mut tx, &chain.aktogay)
        .await
        .unwrap()
        .area_id;
    let new = NewCommission {
        level: Level::District,
        area_id: area.clone(),
        parent_id: Some(chain.region.clone()),
        size: 7,
        term_from: date(2027, 1, 10),
        term_until: date(2032, 1, 9),
    };
    for (change, name) in [
        (
            NewCommission {
                size: 9,
                ..new.clone()
            },
            "size",
        ),
        (
            NewCommission {
                size: 6,
                ..new.clone()
            },
            "size",
        ),
        (
            NewCommission {
                level: Level::Region,
                parent_id: Some(chain.central.clone()),
                ..new.clone()
            },
            "area",
        ),
        (
            NewCommission {
                parent_id: Some(chain.central.clone()),
                ..new.clone()
            },
            "parent",
        ),
        (
            NewCommission {
                parent_id: None,
                ..new.clone()
            },
            "parent",
        ),
        (
            NewCommission {
                term_from: SEATED,
                ..new.clone()
            },
            "area",
        ),
        (
            NewCommission {
                term_until: SEATED,
                ..new.clone()
            },
            "term_until",
        ),
    ] {
        assert_eq!(field(actions::add_in(&mut tx, &acting, change).await), name);
    }
    actions::add_in(&mut tx, &acting, new).await.unwrap();
    let rules = actions::rules(acting.app()).unwrap();
    for (size, fine) in [
        (3, false),
        (5, true),
        (6, false),
        (7, true),
        (11, true),
        (13, false),
    ] {
        assert_eq!(
            check_size(&rules, Level::Precinct, size).is_ok(),
            fine,
            "{size}"
        );
    }
}

#[tokio::test]
async fn the_log_finds_a_member_or_an_office_that_no_act_made() {
    let chain = Chain::new().await;
    let key = SignerKey::open(&chain.place.app.settings.data, "test/log").unwrap();
    let problems = async || {
        let mut reader = chain.place.app.read().await.unwrap();
        let report = audit::verify(&mut reader, key.verifier(), None)
            .await
            .unwrap();
        let about = |o: &str| {
            ["commission ", "grant ", "decision "]
                .iter()
                .any(|k| o.starts_with(k))
        };
        report
            .problems
            .into_iter()
            .filter(|p| about(&p.object))
            .map(|p| p.problem)
            .collect::<Vec<_>>()
    };
    assert!(problems().await.is_empty());
    let acting = chain.place.operator();
    let mut tx = acting.begin().await.unwrap();
    let area = queries::by_id(&mut tx, &chain.osakarov)
        .await
        .unwrap()
        .area_id;
    access::store::add_grant(
        &mut tx,
        "somebody",
        "district.chair",
        &area,
        SEATED,
        None,
        "me",
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(problems().await, ["row_without_act"]);
    let mut tx = acting.begin().await.unwrap();
    tx.execute(
        "update commission_member set office = 'member' where office = 'chair' and commission_id = $1",
        crate::bind![&chain.osakarov],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(problems().await, ["row_changed", "row_without_act"]);
}

#[test]
fn every_word_of_the_room_has_its_name_in_every_language() {
    let country = electoral::rules::Country::built_in().unwrap();
    for lang in Lang::ALL {
        let t = T::new(lang);
        let mut keys: Vec<String> = Vec::new();
        keys.extend(Level::ALL.map(|l| format!("commissions-level-{}", l.as_str())));
        keys.extend(Office::ALL.map(|o| format!("commissions-office-{}", o.as_str())));
        keys.extend(
            country
                .member_nominators
                .iter()
                .map(|n| format!("commissions-nominator-{}", n.id)),
        );
        keys.extend(
            country
                .end_reasons
                .iter()
                .map(|r| format!("commissions-end-{}", r.id)),
        );
        let kinds = crate::commissions::model::DECISION_KINDS;
        keys.extend(kinds.iter().map(|k| format!("commissions-kind-{k}")));
        keys.extend(Sex::ALL.map(|s| format!("people-sex-{}", s.as_str())));
        for key in keys {
            let key = key.replace('_', "-");
            assert!(t.dynamic(&key).is_some(), "{lang:?} {key}");
        }
    }
}
