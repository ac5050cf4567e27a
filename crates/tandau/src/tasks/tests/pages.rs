//! Pages: who sees what, and what forms do.

use super::world::{Office, akimat, body, words};
use crate::bind;
use crate::commissions::tests::Browser;
use crate::platform::Names;
use crate::platform::files::tests::jpeg;
use crate::tasks::actions::{self, Evidence};
use crate::tasks::model::{NewTask, TaskState};
use crate::tasks::queries;
use axum::http::StatusCode;

const HOSTILE: &str = "<script>alert(1)</script> & \"x\"";

async fn who<'a>(office: &'a Office, person: &str) -> Browser<'a> {
    Browser::signed_in(&office.world.home, person).await
}

#[tokio::test]
async fn an_officer_sees_what_is_addressed_to_their_body_and_nothing_else() {
    let office = Office::new().await;
    let own = office.opened().await;
    let other = NewTask {
        title: Names::new("Жарық", "Свет", "Light"),
        ..Office::task(body("police", "d1"))
    };
    let other = office.open(&other).await;
    let browser = who(&office, "akimat-one").await;
    let (status, desk) = browser.get("/office?lang=en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        desk.contains("Build a ramp") && !desk.contains("Light"),
        "{desk}"
    );
    assert!(desk.contains("href=\"/office/tasks\"") && desk.contains("href=\"/office/password\""));
    for hidden in [
        "/office/protocols",
        "/office/late",
        "/office/elections",
        "/office/accounts",
    ] {
        assert!(!desk.contains(&format!("href=\"{hidden}")), "{hidden}");
    }
    let (_, list) = browser.get("/office/tasks?list=open&lang=en").await;
    assert!(
        list.contains("Build a ramp") && !list.contains("Light"),
        "{list}"
    );
    let (_, csv) = browser.get("/office/tasks.csv?list=open").await;
    assert!(csv.contains(&own.id) && !csv.contains(&other.id), "{csv}");
    let mine = format!("/office/tasks/{}", own.id);
    assert_eq!(browser.get(&mine).await.0, StatusCode::OK);
    let theirs = format!("/office/tasks/{}", other.id);
    assert_eq!(browser.get(&theirs).await.0, StatusCode::FORBIDDEN);
    for closed in [
        "/office/tasks/new",
        "/office/tasks/bodies",
        "/office/elections/vote-2023",
        "/office/contests/vote-2023.d1/candidates",
        "/office/stations/st1/day",
        "/office/protocols",
        "/office/protocols/vote-2023.d1/st1",
        "/office/late",
        "/office/accounts",
        "/office/organisations",
        "/office/state-bodies",
        "/office/stations/st1",
    ] {
        assert_eq!(
            browser.get(closed).await.0,
            StatusCode::FORBIDDEN,
            "{closed}"
        );
    }
    for open in ["/office/sessions", "/office/password"] {
        assert_eq!(browser.get(open).await.0, StatusCode::OK, "{open}");
    }
}

#[tokio::test]
async fn every_page_of_the_office_but_their_own_is_closed_to_officers() {
    use crate::platform::access::Role;
    use crate::platform::web::Guard;

    let office = Office::new().await;
    let policy = &office.world.home.app.policy;
    let open = [
        "/office",
        "/office/tasks",
        "/office/tasks.csv",
        "/office/tasks/{id}",
        "/office/tasks/{id}/papers/{sequence}/{position}",
        "/office/tasks/{id}/accept",
        "/office/tasks/{id}/dispute",
        "/office/tasks/{id}/report",
        "/office/tasks/{id}/reassign",
        "/office/tasks/{id}/note",
        // What a body was asked at a meeting, it answers.
        "/office/visits/proposals",
        "/office/visits/proposals/{id}",
        "/office/visits/proposals/{id}/answer",
        "/office/visits/proposals/{id}/hand-on",
    ];
    for route in crate::routes().list() {
        let Guard::Power(action) = route.guard else {
            continue;
        };
        let body = policy
            .powers(action)
            .iter()
            .flat_map(|power| &power.who)
            .any(|who| Role::parse(who).is_some_and(|role| role.body().is_some()));
        assert_eq!(
            body,
            open.contains(&route.path),
            "{} {}",
            route.method,
            route.path
        );
    }
}

#[tokio::test]
async fn texts_of_people_are_shown_as_they_are() {
    let office = Office::new().await;
    let new = NewTask {
        title: Names::new(HOSTILE, HOSTILE, HOSTILE),
        detail: HOSTILE.to_owned(),
        evidence: Vec::new(),
        ..Office::task(akimat())
    };
    let task = office.open(&new).await;
    let owner = office.officer("akimat-one");
    actions::report(&owner, &task.id, 1, words(HOSTILE))
        .await
        .unwrap();
    for person in ["akimat-one", "d1-secretary"] {
        let browser = who(&office, person).await;
        for path in [
            "/office".to_owned(),
            "/office/tasks".to_owned(),
            format!("/office/tasks/{}", task.id),
        ] {
            let (status, text) = browser.get(&path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(!text.contains("<script>alert"), "{path}");
        }
    }
}

#[tokio::test]
async fn evidence_is_for_those_who_see_the_task() {
    let office = Office::new().await;
    let task = office.opened().await;
    let evidence = Evidence {
        text: String::new(),
        papers: vec![jpeg()],
    };
    actions::report(&office.officer("akimat-one"), &task.id, 1, evidence)
        .await
        .unwrap();
    let path = format!("/office/tasks/{}/papers/2/1", task.id);
    for (person, status) in [
        ("akimat-one", StatusCode::OK),
        ("d1-secretary", StatusCode::OK),
        ("st1-member3", StatusCode::OK),
        ("akimat-two", StatusCode::FORBIDDEN),
        ("police-one", StatusCode::FORBIDDEN),
        ("d2-chair", StatusCode::FORBIDDEN),
        ("st2-chair", StatusCode::FORBIDDEN),
        ("root", StatusCode::FORBIDDEN),
    ] {
        assert_eq!(
            who(&office, person).await.get(&path).await.0,
            status,
            "{person}"
        );
    }
    let central = who(&office, "central-secretary").await;
    for nothing in ["papers/2/2", "papers/1/1", "papers/-1/x"] {
        let path = format!("/office/tasks/{}/{nothing}", task.id);
        assert_eq!(central.get(&path).await.0, StatusCode::NOT_FOUND);
    }
    let mut reader = office.world.home.app.read().await.unwrap();
    let file = queries::history(&mut reader, &task.id).await.unwrap()[0].papers[0]
        .file_id
        .clone();
    drop(reader);
    for browser in [&central, &Browser::public(&office.world.home)] {
        for way in [format!("/files/{file}"), format!("/files/{file}/preview")] {
            assert_eq!(
                browser.get(&way).await.0,
                StatusCode::NOT_FOUND,
                "{way} goes round the task"
            );
        }
    }
}

#[tokio::test]
async fn the_chain_by_pages() {
    let office = Office::new().await;
    let central = who(&office, "central-secretary").await;
    let due = [("due_date", "2023-11-09"), ("due_time", "12:00")];
    let mut form = vec![
        ("key", "0f0e-1"),
        ("kind", "executive"),
        ("area_code", "d1"),
        ("station", "1"),
        ("title_ru", "Очистить подъезд"),
        ("severity", "critical"),
        ("election", "vote-2023"),
    ];
    let (status, text) = central.post("/office/tasks/new?lang=en", &form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        text.contains("href=\"#due_date\"") && text.contains("Очистить подъезд"),
        "{text}"
    );
    form.extend(due);
    let (status, to) = central.post("/office/tasks/new", &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let page = to.split('?').next().unwrap().to_owned();
    let id = page.rsplit('/').next().unwrap();
    let task = office.read(id).await;
    assert_eq!(
        task.due_at.to_string(),
        "2023-11-09T06:00:00Z",
        "noon by the place's clocks"
    );
    assert_eq!(task.station_id.as_deref(), Some("st1"));
    let akimat = who(&office, "akimat-one").await;
    let post = async |browser: &Browser<'_>, act: &str, fields: &[(&str, &str)]| {
        browser.post(&format!("{page}/{act}?lang=en"), fields).await
    };
    assert_eq!(
        post(&akimat, "accept", &[("events", "1")]).await.0,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        post(&akimat, "accept", &[("events", "1")]).await.0,
        StatusCode::CONFLICT,
        "the button pressed twice"
    );
    let (status, text) = post(&akimat, "report", &[("events", "2")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        text.contains("href=\"#report_text\"")
            && text.contains("<details class=\"govuk-details\" open>"),
        "{text}"
    );
    let report = [("events", "2"), ("report_text", "Очищено")];
    assert_eq!(
        post(&akimat, "report", &report).await.0,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        post(&akimat, "verify", &[("events", "3")]).await.0,
        StatusCode::FORBIDDEN
    );
    let region = who(&office, "region-secretary").await;
    assert_eq!(
        post(&region, "verify", &[("events", "3")]).await.0,
        StatusCode::FORBIDDEN,
        "the central commission asked, and sees for itself"
    );
    let reason = [("events", "3"), ("return_reason", "Снег")];
    assert_eq!(
        post(&central, "return", &reason).await.0,
        StatusCode::SEE_OTHER
    );
    let report = [("events", "4"), ("report_text", "Теперь очищено")];
    assert_eq!(
        post(&akimat, "report", &report).await.0,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        post(&central, "note", &[("note_text", "Хорошо")]).await.0,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        post(&central, "verify", &[("events", "6")]).await.0,
        StatusCode::SEE_OTHER
    );
    assert_eq!(office.read(id).await.state, TaskState::Verified);
    let (_, inside) = central.get(&format!("{page}?lang=en")).await;
    assert!(
        inside.contains("central-secretary"),
        "commissions know each other's people"
    );
    assert!(
        !inside.contains("akimat-one"),
        "an officer is told by the office"
    );
    let (_, outside) = akimat.get(&format!("{page}?lang=en")).await;
    assert!(
        !outside.contains("central-secretary</") && !outside.contains("· central-secretary"),
        "{outside}"
    );
    assert!(
        outside.contains("Nothing is expected from you"),
        "{outside}"
    );
}

#[tokio::test]
async fn lists_filter_and_lead_on() {
    let office = Office::new().await;
    for _ in 0..55 {
        office.opened().await;
    }
    let district = who(&office, "d1-secretary").await;
    let (_, first) = district
        .get("/office/tasks?list=open&kind=executive&lang=en")
        .await;
    assert_eq!(first.matches("Build a ramp").count(), 50);
    assert!(
        first.contains("page=2") && first.contains("In progress: 55"),
        "{first}"
    );
    assert!(first.contains("Akimat of the first district"));
    let (_, second) = district
        .get("/office/tasks?list=open&kind=executive&page=2&lang=en")
        .await;
    assert_eq!(second.matches("Build a ramp").count(), 5);
    let (_, none) = district
        .get("/office/tasks?list=open&area=nowhere&lang=en")
        .await;
    assert!(none.contains("There is no area with this code"), "{none}");
    for rubbish in [
        "?list=x&page=-1&severity=%00&kind='&station=abc",
        "?office=99",
        "?q=%25%25",
    ] {
        let path = format!("/office/tasks{rubbish}");
        assert_eq!(district.get(&path).await.0, StatusCode::OK, "{path}");
    }
    office
        .world
        .home
        .app
        .clock
        .set("2023-11-12T06:00:00Z".parse().unwrap());
    let (_, bodies) = district.get("/office/tasks/bodies?lang=en").await;
    assert!(
        bodies.contains("Akimat of the first district") && bodies.contains(">55<"),
        "{bodies}"
    );
    let (_, desk) = district.get("/office?lang=en").await;
    assert!(desk.contains("55 instructions are overdue"), "{desk}");
    let akimat = who(&office, "akimat-one").await;
    let (_, desk) = akimat.get("/office?lang=en").await;
    assert!(
        desk.contains("overdue by 2 days") || desk.contains("overdue by 3 days"),
        "{desk}"
    );
}

/// What a task holds: nothing that could say who needs what. A new column is a decision, made here.
#[tokio::test]
async fn a_task_knows_nothing_of_needs() {
    let office = Office::new().await;
    let mut reader = office.world.home.app.read().await.unwrap();
    let columns = async |reader: &mut crate::platform::database::Reader, table: &'static str| {
        let sql = match table {
            "task" => "select name from pragma_table_info('task') order by cid",
            _ => "select name from pragma_table_info('task_event') order by cid",
        };
        let rows = reader.all(sql, bind![]).await.unwrap();
        rows.iter()
            .map(|row| row.text("name").unwrap())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(
        columns(&mut reader, "task").await,
        "id election_id origin origin_key station_id area_id item severity title_kk title_ru title_en detail folded \
         addressee_kind addressee_area_id verifier_area_id due_at opened_by opened_at state is_open level events \
         reminded_at raise_at changed_at evidence"
    );
    assert_eq!(
        columns(&mut reader, "task_event").await,
        "task_id sequence kind text made_by office office_area_id made_at due_at to_kind to_area_id act"
    );
    drop(reader);
    let task = office.opened().await;
    let akimat = who(&office, "akimat-one").await;
    let (_, page) = akimat
        .get(&format!("/office/tasks/{}?lang=en", task.id))
        .await;
    assert!(
        !page.contains(&task.origin_key),
        "the origin's own key is not shown"
    );
}

#[tokio::test]
async fn the_file_has_all_tasks_however_many() {
    let office = Office::new().await;
    office.opened().await;
    let many = "insert into task (id, election_id, origin, origin_key, station_id, area_id, item, severity, title_kk, title_ru, title_en, detail, evidence,
            folded, addressee_kind, addressee_area_id, verifier_area_id, due_at, opened_by, opened_at, state, is_open, changed_at, events)
        with recursive n (i) as (select 0 union all select i + 1 from n where i < 2099)
        select 'many-' || n.i, t.election_id, t.origin, 'many-' || n.i, t.station_id, t.area_id, t.item, t.severity, t.title_kk, t.title_ru, t.title_en,
            t.detail, t.evidence, t.folded, t.addressee_kind, t.addressee_area_id, t.verifier_area_id, t.due_at, t.opened_by, t.opened_at, t.state,
            t.is_open, t.changed_at, 1
        from task t cross join n";
    office.world.sql(many, crate::bind![]).await;
    let browser = Browser::signed_in(&office.world.home, "d1-secretary").await;
    let (_, csv) = browser.get("/office/tasks.csv?list=open").await;
    assert_eq!(csv.lines().count(), 1 + 2_101);
    let ids: std::collections::BTreeSet<&str> = csv
        .lines()
        .skip(1)
        .filter_map(|l| l.split(',').next())
        .collect();
    assert_eq!(ids.len(), 2_101, "each once");
}
