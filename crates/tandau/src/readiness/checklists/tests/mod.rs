use super::*;
use crate::elections::tests::{World, at};
use crate::platform::access::{Actor, Grant, Role};
use crate::platform::{Acting, Error, Lang, Names, T};
use electoral::checklist::{Checklist, Severity};
use std::sync::Arc;

fn holder(world: &World, role: &str, area: &str) -> Acting {
    let grant = Grant {
        role: Role::parse(role).unwrap(),
        area_id: world.area(area),
    };
    let actor = Actor::new(role.to_owned(), Names::default(), vec![grant]);
    Acting::new(world.home.app.clone(), Arc::new(actor), T::new(Lang::Ru))
}

/// The list of the rules, with one item that weighs less.
fn changed(world: &World) -> Checklist {
    let mut list = (**world.home.app.rules.checklist()).clone();
    let item = list
        .items
        .iter_mut()
        .find(|i| i.id == "extinguishers")
        .unwrap();
    item.severity = Severity::Minor;
    list
}

#[tokio::test]
async fn a_new_version_stands_beside_the_old_ones() {
    let world = World::new().await;
    let app = &world.home.app;
    let acting = holder(&world, "central.secretary", "KZ").at(at("2023-09-20T06:00:00Z"));
    {
        let mut reader = app.read().await.unwrap();
        let begin = queries::in_force(&mut reader, app).await.unwrap();
        assert_eq!((begin.version, begin.made_at), (0, None));
        assert_eq!(queries::versions(&mut reader, app).await.unwrap(), [begin]);
    }
    let first = changed(&world);
    assert_eq!(actions::adopt(&acting, &first, "xlsform").await.unwrap(), 1);
    let mut second = first.clone();
    second.items.pop();
    assert_eq!(actions::adopt(&acting, &second, "toml").await.unwrap(), 2);
    let mut reader = app.read().await.unwrap();
    let versions = queries::versions(&mut reader, app).await.unwrap();
    let told: Vec<_> = versions
        .iter()
        .map(|v| (v.version, v.source.as_str()))
        .collect();
    assert_eq!(told, [(2, "toml"), (1, "xlsform")]);
    let id = &first.id;
    let one = queries::version(&mut reader, app, id, 1).await.unwrap();
    assert_eq!((&*one.list, one.sha256.len()), (&first, 64));
    let in_force = queries::in_force(&mut reader, app).await.unwrap();
    assert_eq!((&*in_force.list, in_force.version), (&second, 2));
    let rules = queries::version(&mut reader, app, id, 0).await.unwrap();
    assert_eq!(rules.list, *app.rules.checklist());
    for (id, version) in [(id.as_str(), 3), (id, u64::MAX), ("other", 0), ("other", 1)] {
        let missing = queries::version(&mut reader, app, id, version).await;
        assert!(matches!(missing, Err(Error::NotFound)), "{id} {version}");
    }
}

#[tokio::test]
async fn another_list_has_versions_of_its_own() {
    let world = World::new().await;
    let acting = holder(&world, "central.chair", "KZ");
    let mut other = changed(&world);
    other.id = "summer-list".to_owned();
    assert_eq!(actions::adopt(&acting, &other, "xlsform").await.unwrap(), 1);
    let mut reader = world.home.app.read().await.unwrap();
    let in_force = queries::in_force(&mut reader, &world.home.app)
        .await
        .unwrap();
    assert_eq!(in_force.version, 0, "the stations' own list is as it was");
    assert_eq!(
        queries::versions(&mut reader, &world.home.app)
            .await
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn what_is_the_same_is_no_new_version() {
    let world = World::new().await;
    let acting = holder(&world, "central.deputy", "KZ");
    let rules = (**world.home.app.rules.checklist()).clone();
    let again = actions::adopt(&acting, &rules, "toml").await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    let first = changed(&world);
    actions::adopt(&acting, &first, "toml").await.unwrap();
    let again = actions::adopt(&acting, &first, "toml").await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    // Back to what it was is a new version: the one between stays.
    assert_eq!(actions::adopt(&acting, &rules, "toml").await.unwrap(), 2);
}

#[tokio::test]
async fn only_the_central_commission_adopts() {
    let world = World::new().await;
    let list = changed(&world);
    for (role, area) in [
        ("region.chair", "350000000"),
        ("district.secretary", "353600000"),
        ("central.member", "KZ"),
        ("body.executive", "353600000"),
        ("administrator", "KZ"),
    ] {
        let acting = holder(&world, role, area);
        let refused = actions::adopt(&acting, &list, "toml").await;
        assert!(
            matches!(refused, Err(Error::Forbidden(_))),
            "{role}: {refused:?}"
        );
        let refused = actions::check_power(&acting).await;
        assert!(
            matches!(refused, Err(Error::Forbidden(_))),
            "{role}: {refused:?}"
        );
    }
    let acting = holder(&world, "central.secretary", "KZ");
    assert!(actions::check_power(&acting).await.is_ok());
}

#[tokio::test]
async fn an_unsound_list_is_not_adopted() {
    let world = World::new().await;
    let acting = holder(&world, "central.secretary", "KZ");
    let mut unsound = changed(&world);
    unsound.items[0].wording.kk = " ".to_owned();
    let mut body = changed(&world);
    body.items[0].body = "king".to_owned();
    for (list, word) in [(unsound, "kk"), (body, "king")] {
        match actions::adopt(&acting, &list, "toml").await {
            Err(Error::Invalid(problems)) => {
                assert_eq!(problems[0].field, "file");
                assert!(problems[0].message.contains(word), "{problems:?}");
            }
            other => panic!("{other:?}"),
        }
    }
    let mut reader = world.home.app.read().await.unwrap();
    assert_eq!(
        queries::versions(&mut reader, &world.home.app)
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn each_version_is_on_record() {
    let world = World::new().await;
    let acting = holder(&world, "central.secretary", "KZ");
    let before = records(&world).await;
    actions::adopt(&acting, &changed(&world), "toml")
        .await
        .unwrap();
    let mut after = records(&world).await;
    after.retain(|r| !before.contains(r));
    assert_eq!(after, ["checklist.adopted checklist kz-readiness/1"]);
}

async fn records(world: &World) -> Vec<String> {
    let mut reader = world.home.app.read().await.unwrap();
    let rows = reader
        .all(
            "select event, kind, object from audit_record",
            crate::bind![],
        )
        .await
        .unwrap();
    rows.iter()
        .map(|r| {
            let text = |c: &str| r.text(c).unwrap();
            format!("{} {} {}", text("event"), text("kind"), text("object"))
        })
        .collect()
}

#[test]
fn files_are_told_apart_by_what_is_in_them() {
    let t = T::new(Lang::Ru);
    let list = Checklist::built_in().unwrap();
    let toml = list.to_toml().unwrap();
    let (understood, source) = upload::understand(t, toml.as_bytes()).unwrap();
    assert_eq!((understood.list, source), (list.clone(), "toml"));
    let bytes = crate::readiness::xlsform::write(&list, 1).unwrap();
    let (understood, source) = upload::understand(t, &bytes).unwrap();
    assert_eq!((understood.list, source), (list, "xlsform"));
    let large = vec![b'#'; 3 * 1024 * 1024];
    for (bytes, word) in [
        (b"\xff\xfe".as_slice(), "не таблица"),
        (b"id = 1", "ошибка"),
        (b"", "ошибка"),
        (b"PK\x03\x04", "не таблица"),
        (&large, "больше 2 МБ"),
    ] {
        match upload::understand(t, bytes) {
            Err(Error::Invalid(problems)) => {
                assert!(problems[0].message.contains(word), "{problems:?}");
            }
            other => panic!("{other:?}"),
        }
    }
}
