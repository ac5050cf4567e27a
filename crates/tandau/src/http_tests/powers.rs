//! Every route × every role: nobody without the power gets further than the door.

use super::{Answer, Site, Visitor};
use crate::platform::access::{Action, Role};
use crate::platform::web::{Guard, RouteInfo};
use axum::http::StatusCode;

/// A path for a pattern: every parameter gets a value that names nothing.
fn path_of(route: &RouteInfo) -> String {
    route
        .path
        .split('/')
        .map(|part| {
            if part.starts_with('{') {
                "none-such"
            } else {
                part
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

async fn call(site: &Site, who: &Visitor, route: &RouteInfo) -> Answer {
    let path = path_of(route);
    if route.method == "GET" {
        site.get(who, &path).await
    } else {
        site.post(who, &path, &[]).await
    }
}

/// What the route's own declaration promises for an answer.
fn fits(guard: Guard, holds: Option<bool>, answer: &Answer) -> bool {
    let refused = answer.status == StatusCode::FORBIDDEN;
    match (guard, holds) {
        (Guard::Public, _) => !answer.asks_to_sign_in(),
        (Guard::SignedIn | Guard::SignedInFirst | Guard::Power(_), None) => {
            answer.asks_to_sign_in()
        }
        (Guard::SignedIn | Guard::SignedInFirst, Some(_)) => !answer.asks_to_sign_in(),
        (Guard::Power(_), Some(false)) => refused,
        // Past the door; the object is not there, or the action decides on it.
        (Guard::Power(_), Some(true)) => !answer.asks_to_sign_in(),
    }
}

#[tokio::test]
async fn every_route_asks_for_its_power() {
    let site = Site::new().await;
    let routes = crate::routes().list();
    assert!(routes.len() >= 5, "the routes were found");
    let before = site.acts().await;
    let mut wrong = Vec::new();
    let mut visitors = vec![("nobody".to_owned(), None, Visitor::nobody())];
    visitors.push((
        "no office".to_owned(),
        Some(None),
        site.holder("", "KZ").await,
    ));
    for role in Role::all() {
        let visitor = site.holder(role.as_str(), "D1").await;
        visitors.push((role.to_string(), Some(Some(role)), visitor));
    }
    for route in &routes {
        for (name, who, visitor) in &visitors {
            // Ending one's own session would end the walk.
            if route.path == "/sign-out" && who.is_some() {
                continue;
            }
            let holds = who.as_ref().map(|role| match (route.guard, role) {
                (Guard::Power(action), Some(role)) => holds(&site, role, action),
                (Guard::Power(_), None) => false,
                _ => true,
            });
            let answer = call(&site, visitor, route).await;
            if !fits(route.guard, holds, &answer) || answer.status.is_server_error() {
                wrong.push(format!(
                    "{} {} as {name}: {}",
                    route.method, route.path, answer.status
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert_eq!(site.acts().await, before, "knocking at doors is no act");
}

fn holds(site: &Site, role: &Role, action: Action) -> bool {
    site.app()
        .policy
        .powers(action)
        .iter()
        .any(|power| power.who.iter().any(|w| w == role.as_str()))
}

#[tokio::test]
async fn an_office_that_ended_opens_no_door() {
    let site = Site::new().await;
    let who = site.holder("district.chair", "D1").await;
    let mut tx = site.place.operator().begin().await.unwrap();
    crate::platform::access::store::end_grants(&mut tx, "test", jiff::civil::date(2023, 11, 5))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    for route in crate::routes().list() {
        if let Guard::Power(_) = route.guard {
            let answer = call(&site, &who, &route).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", route.path);
        }
    }
}

#[tokio::test]
async fn the_demos_doors_are_closed_elsewhere() {
    let site = Site::new().await;
    for path in ["/first-steps", "/first-steps/central-chair"] {
        assert_eq!(
            site.get(&Visitor::nobody(), path).await.status.as_u16() / 100,
            4
        );
        let answer = site.post(&Visitor::nobody(), path, &[]).await;
        assert!(answer.status.is_client_error(), "{path}");
    }
}

#[test]
fn routes_that_change_something_are_not_open_to_all() {
    for route in crate::routes().list() {
        // The demo's one-click sign-in answers "not found" anywhere else. A room is asked without accounts: a device or
        // card counts once, and limits stand before anything is read.
        let open = [
            "/sign-in",
            "/first-steps/{login}",
            "/s/{code}",
            "/s/{code}/here",
        ];
        assert!(
            route.method == "GET" || route.guard != Guard::Public || open.contains(&route.path),
            "POST {} is public",
            route.path
        );
    }
}

#[test]
fn office_pages_are_not_public() {
    for route in crate::routes().list() {
        assert!(
            !route.path.starts_with("/office") || route.guard != Guard::Public,
            "{} is public",
            route.path
        );
    }
}
