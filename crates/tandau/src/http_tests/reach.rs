//! Every route that needs a power, on real objects of one district, by every office of that district and of
//! another one: who has the power there gets in, nobody else does.

mod tries;

use super::{Answer, Site, Visitor};
use crate::bind;
use crate::platform::access::{Action, Actor, Grant, Role};
use crate::platform::web::Guard;
use crate::platform::{Names, ids};
use crate::votingday::tests::world::World;
use axum::http::StatusCode;
use std::collections::BTreeSet;
use tries::TRIES;

/// What a route is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// An object of this area: the power is needed over it.
    Area(&'static str),
    /// A list of what one's own office reaches: everybody with the power somewhere may open it.
    Own,
}

/// One route on one object.
struct Try {
    route: (&'static str, &'static str),
    path: &'static str,
    /// The power that the object needs.
    power: Action,
    /// Another one that does as well.
    or: Option<Action>,
    at: At,
    state: &'static str,
    form: &'static [(&'static str, &'static str)],
}

impl Try {
    const fn or(mut self, other: Action) -> Self {
        self.or = Some(other);
        self
    }
}

const fn get(
    route: &'static str,
    path: &'static str,
    power: Action,
    at: At,
    state: &'static str,
) -> Try {
    Try {
        route: ("GET", route),
        path,
        power,
        or: None,
        at,
        state,
        form: &[],
    }
}

const fn post(
    route: &'static str,
    path: &'static str,
    power: Action,
    at: At,
    state: &'static str,
    form: &'static [(&'static str, &'static str)],
) -> Try {
    Try {
        route: ("POST", route),
        path,
        power,
        or: None,
        at,
        state,
        form,
    }
}

/// Routes that this walk leaves out, and why.
const NOT_TRIED: &[(&str, &str, &str)] = &[
    (
        "POST",
        "/office/elections/new",
        "the new election belongs to the office's own area: there is no other one to ask for",
    ),
    (
        "POST",
        "/office/protocols/{contest}/{station}/paper",
        "it takes a file: http_tests/papers.rs tries it by office and area",
    ),
    (
        "GET",
        "/office/tasks/{id}/papers/{sequence}/{position}",
        "it needs a report with a paper: tasks/tests/pages.rs tries it by office and area",
    ),
];

#[test]
fn every_route_that_needs_a_power_is_tried() {
    let needed: BTreeSet<_> = crate::routes()
        .list()
        .into_iter()
        .filter(|r| matches!(r.guard, Guard::Power(_)))
        .map(|r| (r.method, r.path))
        .collect();
    let left_out = NOT_TRIED.iter().map(|(method, path, _)| (*method, *path));
    let tried: BTreeSet<_> = TRIES.iter().map(|t| t.route).chain(left_out).collect();
    let missing: Vec<_> = needed.difference(&tried).collect();
    let gone: Vec<_> = tried.difference(&needed).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "missing {missing:#?}, gone {gone:#?}"
    );
}

/// Where an office of a level sits: in the district of the tries, and beside it.
fn seats(role: &Role) -> [&'static str; 2] {
    match role.as_str().split_once('.') {
        Some(("precinct", _)) => ["st1-area", "st2-area"],
        Some(("district", _)) => ["d1", "d2"],
        Some(("region", _)) => ["r1", "d2"],
        _ => ["kz", "d2"],
    }
}

struct Somebody {
    name: String,
    actor: Actor,
    visitor: Visitor,
}

async fn everybody(site: &Site) -> Vec<Somebody> {
    let mut all = Vec::new();
    for role in Role::all() {
        for area in seats(&role) {
            let grant = Grant {
                role: role.clone(),
                area_id: area.to_owned(),
            };
            all.push(Somebody {
                name: format!("{role} of {area}"),
                actor: Actor::new(ids::new_id(), Names::default(), vec![grant]),
                visitor: site.holder(role.as_str(), area).await,
            });
        }
    }
    all
}

async fn above(site: &Site, area: &str) -> Vec<String> {
    let mut reader = site.app().read().await.unwrap();
    crate::platform::access::store::ancestors(&mut reader, area)
        .await
        .unwrap()
}

/// Whether the table gives this person the power on this object.
fn allowed(site: &Site, who: &Actor, one: &Try, above: &[String]) -> bool {
    let policy = &site.app().policy;
    std::iter::once(one.power)
        .chain(one.or)
        .any(|power| match one.at {
            At::Own => policy.could(who, power),
            At::Area(_) => policy.allows(who, power, above, Some(one.state)),
        })
}

fn is_wrong(answer: &Answer, allowed: bool) -> bool {
    let refused = answer.status == StatusCode::FORBIDDEN;
    let lost = answer.status == StatusCode::NOT_FOUND || answer.asks_to_sign_in();
    lost || answer.status.is_server_error() || refused == allowed
}

#[tokio::test]
async fn powers_end_at_the_borders_of_the_office() {
    let world = World::new(1).await;
    world.station_in("st2", "Asia/Almaty", 2).await;
    super::papers::begin(&world).await;
    let (item, photo) = crate::readiness::tests::world::begin(&world).await;
    let task = crate::tasks::tests::world::of_station(&world).await;
    let snap = crate::incidents::tests::begin(&world).await;
    let upload = crate::readiness::watch::tests::begin(&world).await;
    crate::surveys::hall::tests::begin(&world).await;
    crate::surveys::tests::begin(&world).await;
    crate::training::tests::begin(&world).await;
    let sheet = crate::training::presence::tests::with_sheet(&world).await;
    let question = crate::training::learning::tests::begin(&world).await;
    crate::training::planner::tests::begin(&world).await;
    let scene = crate::visits::tests::begin(&world).await;
    crate::publications::tests::begin(&world).await;
    let site = Site::on(world.home);
    let account = site.holder("precinct.chair", "st1-area").await.account_id;
    let everybody = everybody(&site).await;
    let mut wrong = Vec::new();
    for one in TRIES {
        let above = match one.at {
            At::Area(area) => above(&site, area).await,
            At::Own => Vec::new(),
        };
        let mut tx = site.place.operator().begin().await.unwrap();
        tx.execute("update election set state = $1", bind![one.state])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let path = one
            .path
            .replace("ACCOUNT", &account)
            .replace("ITEM", &item)
            .replace("PHOTO", &photo)
            .replace("TASK", &task)
            .replace("SNAP", &snap)
            .replace("UPLOAD", &upload)
            .replace("QUESTION", &question)
            .replace("SCENE", &scene)
            .replace("SHEET", &sheet);
        let mut got_in = 0;
        for somebody in &everybody {
            let answer = match one.route.0 {
                "GET" => site.get(&somebody.visitor, &path).await,
                _ => site.post(&somebody.visitor, &path, one.form).await,
            };
            let may = allowed(&site, &somebody.actor, one, &above);
            got_in += u32::from(may);
            if is_wrong(&answer, may) {
                let told = if may {
                    "should get in"
                } else {
                    "should be refused"
                };
                wrong.push(format!(
                    "{} {path} by {}: {told}, {}",
                    one.route.0, somebody.name, answer.status
                ));
            }
        }
        let all = got_in == u32::try_from(everybody.len()).unwrap();
        if got_in == 0 || (all && one.at != At::Own) {
            wrong.push(format!("{} {path} tells nobody from anybody", one.route.0));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
