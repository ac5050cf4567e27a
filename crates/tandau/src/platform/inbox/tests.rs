//! An envelope is taken once, whoever sends it how often; what is wrong leaves nothing behind.

use super::*;
use crate::bind;
use crate::platform::access::{Actor, Grant, Role};
use crate::platform::files::tests::jpeg;
use crate::platform::web::FormData;
use crate::platform::{Error, Lang, Names, T, ids};
use crate::testing::Installation;
use axum::extract::FromRequest as _;

pub(crate) const KIND: &str = "test.note";

/// Keeps the text of a note; its words `fault`, `conflict` and `forbidden` do what they say.
#[derive(Debug)]
pub(crate) struct Notes;

impl Intake for Notes {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn version<'a>(&'a self, _: &'a Acting) -> Answer<'a, String> {
        Box::pin(async { Ok("3".to_owned()) })
    }

    fn take<'a>(
        &'a self,
        tx: &'a mut Transaction,
        _: &'a Acting,
        envelope: &'a Envelope,
    ) -> Answer<'a, Taken> {
        Box::pin(async move {
            let photos: usize = envelope.files.values().map(Vec::len).sum();
            let text = format!("{} {photos} {}", envelope.text("text"), envelope.made_at);
            tx.execute(
                "insert into setting (name, value) values ($1, $2)",
                bind![format!("note-{}", ids::random_id()), text],
            )
            .await?;
            match envelope.text("text") {
                "" => Err(Error::field("text", "write something")),
                "fault" => Err(Error::internal("the disk is gone")),
                "conflict" => Err(Error::Conflict("somebody was faster".to_owned())),
                "forbidden" => Err(Error::Forbidden("note")),
                text => Ok(Taken {
                    state: "taken".to_owned(),
                    message: format!("noted: {text}"),
                    href: "/office".to_owned(),
                }),
            }
        })
    }
}

pub(crate) async fn place() -> Installation {
    let intakes: [Arc<dyn Intake>; 1] = [Arc::new(Notes)];
    let mut links = axum::http::Extensions::new();
    links.insert(Intakes(Arc::from(intakes)));
    links.insert(Limits::default());
    Installation::linked(links).await
}

/// What was noted.
pub(crate) async fn notes(app: &App) -> Vec<String> {
    let mut reader = app.read().await.unwrap();
    reader
        .all(
            "select value from setting where name like 'note-%' order by value",
            bind![],
        )
        .await
        .unwrap()
        .iter()
        .map(|row| row.text("value").unwrap())
        .collect()
}

async fn count(app: &App, sql: &'static str) -> i64 {
    let mut reader = app.read().await.unwrap();
    reader.one(sql, bind![]).await.unwrap().int("n").unwrap()
}

fn person(place: &Installation, id: &str) -> Acting {
    let grant = Grant {
        role: Role::parse("precinct.secretary").unwrap(),
        area_id: "nowhere".to_owned(),
    };
    let actor = Actor::new(id.to_owned(), Names::default(), vec![grant]);
    Acting::new(place.app.clone(), Arc::new(actor), T::new(Lang::En))
}

fn envelope(text: &str) -> Envelope {
    Envelope {
        id: ids::random_id(),
        kind: KIND.to_owned(),
        made_at: "2023-11-06T05:00:00Z".parse().unwrap(),
        fields: BTreeMap::from([("text".to_owned(), text.to_owned())]),
        files: BTreeMap::new(),
    }
}

#[tokio::test]
async fn the_same_envelope_gets_the_same_answer() {
    let place = place().await;
    let anna = person(&place, "anna");
    let one = envelope("ready");
    let first = take(&anna, &one).await.unwrap();
    assert_eq!(first.message, "noted: ready");
    // The second time it reaches us by another clock.
    let mut later = one.clone();
    later.made_at = anna.now();
    assert_eq!(take(&anna, &later).await.unwrap(), first);
    assert_eq!(notes(&place.app).await.len(), 1);

    let mut other = one.clone();
    other
        .fields
        .insert("text".to_owned(), "not ready".to_owned());
    assert!(matches!(take(&anna, &other).await, Err(Error::Conflict(_))));
    let bolat = person(&place, "bolat");
    assert!(matches!(take(&bolat, &one).await, Err(Error::Conflict(_))));
    let mut kind = one.clone();
    kind.kind = "test.other".to_owned();
    assert!(matches!(take(&anna, &kind).await, Err(Error::Invalid(_))));
    assert_eq!(notes(&place.app).await.len(), 1);
}

#[tokio::test]
async fn many_at_once_are_taken_once() {
    let place = place().await;
    let anna = person(&place, "anna");
    let one = envelope("ready");
    let tries = (0..20).map(|_| {
        let (anna, one) = (anna.clone(), one.clone());
        tokio::spawn(async move { take(&anna, &one).await.unwrap() })
    });
    let tries: Vec<_> = tries.collect();
    for one in tries {
        assert_eq!(one.await.unwrap().message, "noted: ready");
    }
    assert_eq!(notes(&place.app).await.len(), 1);
}

#[tokio::test]
async fn what_is_wrong_leaves_nothing_behind() {
    let place = place().await;
    let anna = person(&place, "anna");
    for text in ["", "fault", "conflict", "forbidden"] {
        let mut one = envelope(text);
        assert!(take(&anna, &one).await.is_err(), "{text}");
        assert_eq!(notes(&place.app).await.len(), 0, "{text}");
        let rows = count(&place.app, "select count(*) as n from inbox_envelope").await;
        assert_eq!(rows, 0, "{text}");
        // Mended under the same id it is taken.
        one.fields.insert("text".to_owned(), "x".to_owned());
        take(&anna, &one).await.unwrap();
        let mut tx = anna.begin().await.unwrap();
        tx.execute("delete from setting", bind![]).await.unwrap();
        tx.execute("delete from inbox_envelope", bind![])
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    let mut unknown = envelope("x");
    unknown.kind = "none".to_owned();
    assert!(matches!(
        take(&anna, &unknown).await,
        Err(Error::Invalid(_))
    ));
    let mut lost = envelope("x");
    lost.files
        .insert("photo".to_owned(), vec!["no-such-file".to_owned()]);
    assert!(matches!(take(&anna, &lost).await, Err(Error::NotFound)));
}

/// A form with photos, as a browser without scripts sends it.
async fn form(place: &Installation, fields: &[(&str, &str)], photos: &[&[u8]]) -> FormData {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    for photo in photos {
        body.extend_from_slice(
            b"--x\r\ncontent-disposition: form-data; name=\"photo.a\"; filename=\"a.jpg\"\r\n\r\n",
        );
        body.extend_from_slice(photo);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    let request = axum::http::Request::post("/")
        .header("content-type", "multipart/form-data; boundary=x")
        .body(axum::body::Body::from(body))
        .unwrap();
    FormData::from_request(request, &place.app).await.unwrap()
}

#[tokio::test]
async fn a_form_without_scripts_is_taken_once_too() {
    let place = place().await;
    let anna = person(&place, "anna");
    let id = ids::random_id();
    let fields = [
        ("csrf", "x"),
        ("envelope", id.as_str()),
        ("text", "one"),
        ("text", "two"),
    ];
    let photo = jpeg();
    // Fields for photos that nobody chose are not counted.
    let none: &[u8] = b"";
    let sent = form(
        &place,
        &fields,
        &[&photo, none, none, none, none, none, none],
    )
    .await;
    let first = take_form(&anna, KIND, &sent).await.unwrap();
    assert_eq!(first.message, "noted: one\ntwo");
    assert_eq!(take_form(&anna, KIND, &sent).await.unwrap(), first);
    assert_eq!(notes(&place.app).await.len(), 1);
    assert!(notes(&place.app).await[0].starts_with("one\ntwo 1 2023-11-06T06:"));
    let kept = count(&place.app, "select count(*) as n from stored_file").await;
    assert_eq!(kept, 1, "the second post keeps no second photo");

    let other = form(&place, &fields, &[]).await;
    assert!(matches!(
        take_form(&anna, KIND, &other).await,
        Err(Error::Conflict(_))
    ));
}

#[tokio::test]
async fn a_form_posted_a_thousand_times_is_posted_too_often() {
    let place = place().await;
    let anna = person(&place, "anna");
    let id = ids::random_id();
    let sent = form(&place, &[("envelope", &id), ("text", "x")], &[]).await;
    let mut refused = 0;
    for _ in 0..1_000 {
        match take_form(&anna, KIND, &sent).await {
            Ok(_) => {}
            Err(Error::TooMany { .. }) => refused += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert!(refused > 500, "{refused}");
    let bolat = person(&place, "bolat");
    let own = form(
        &place,
        &[("envelope", &ids::random_id()), ("text", "x")],
        &[],
    )
    .await;
    take_form(&bolat, KIND, &own).await.unwrap();
}

/// Photos of a form count as much as those that come ahead.
#[tokio::test]
async fn photos_of_forms_are_counted() {
    let place = place().await;
    // They are counted before anybody looks at them.
    let photos = vec![&b"a photo"[..]; 5];
    let sent = form(&place, &[("text", "x")], &photos).await;
    let refused = (0..70)
        .filter(|_| super::Limits::spend_form(&place.app, "anna", &sent).is_err())
        .count();
    assert!((9..=10).contains(&refused), "{refused}: 300 photos at once");
}

fn problem_of(error: Error) -> (String, String) {
    match error {
        Error::Invalid(mut problems) => {
            let one = problems.remove(0);
            (one.field, one.message)
        }
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_photo_that_is_none_is_a_problem_of_its_field() {
    let place = place().await;
    let anna = person(&place, "anna");
    let t = anna.t();
    let half = jpeg();
    for (bytes, message) in [
        (&b"<html>not a photo</html>"[..], t.offline_photo_kind()),
        (&half[..half.len() / 2], t.offline_photo_broken()),
        (
            &b"\xff\xd8\xff\xe0<script>alert(1)</script>"[..],
            t.offline_photo_broken(),
        ),
    ] {
        let id = ids::random_id();
        let sent = form(&place, &[("envelope", &id), ("text", "x")], &[bytes]).await;
        let problem = problem_of(take_form(&anna, KIND, &sent).await.unwrap_err());
        assert_eq!(problem, ("photo.a".to_owned(), message));
    }
    for id in ["", "1", "../../x", "00000000-0000-0000-0000-00000000000g"] {
        let sent = form(&place, &[("envelope", id), ("text", "x")], &[]).await;
        let problem = problem_of(take_form(&anna, KIND, &sent).await.unwrap_err());
        assert_eq!(problem.0, "envelope");
    }
    assert!(notes(&place.app).await.is_empty());
    let kept = count(&place.app, "select count(*) as n from stored_file").await;
    assert_eq!(kept, 0);
}
