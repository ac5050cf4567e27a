//! Routes that say which power they need. The list of all routes is what the test of powers walks.

use super::guard;
use crate::platform::App;
use crate::platform::access::Action;
use axum::Router;
use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};

/// What must be true before a handler runs. The decision on the object itself follows in the action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Anybody.
    Public,
    /// Anybody who has signed in.
    SignedIn,
    /// The same, even with a password that must be changed before anything else.
    SignedInFirst,
    /// Somebody with an office that has this power somewhere.
    Power(Action),
}

/// A route as the list knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteInfo {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Pattern: `/elections/{id}`.
    pub path: &'static str,
    /// What it needs.
    pub guard: Guard,
}

type Make = Box<dyn FnOnce(&App) -> MethodRouter<App> + Send>;

/// The routes of a room.
#[derive(Default)]
pub struct Routes {
    list: Vec<(RouteInfo, Make)>,
}

impl std::fmt::Debug for Routes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.list.iter().map(|(info, _)| info))
            .finish()
    }
}

impl Routes {
    /// No routes yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A page.
    #[must_use]
    pub fn get<H, X>(self, path: &'static str, guard: Guard, handler: H) -> Self
    where
        H: Handler<X, App> + Send + Sync,
        X: 'static,
    {
        self.add("GET", path, guard, get(handler))
    }

    /// What a form sends.
    #[must_use]
    pub fn post<H, X>(self, path: &'static str, guard: Guard, handler: H) -> Self
    where
        H: Handler<X, App> + Send + Sync,
        X: 'static,
    {
        self.add("POST", path, guard, post(handler))
    }

    fn add(
        mut self,
        method: &'static str,
        path: &'static str,
        guard: Guard,
        methods: MethodRouter<App>,
    ) -> Self {
        let make: Make = Box::new(move |app| {
            methods.route_layer(from_fn_with_state(
                app.clone(),
                move |state, request, next| guard::enforce(guard, state, request, next),
            ))
        });
        self.list.push((
            RouteInfo {
                method,
                path,
                guard,
            },
            make,
        ));
        self
    }

    /// These routes and those.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        self.list.extend(more.list);
        self
    }

    /// What the test of powers walks.
    #[must_use]
    pub fn list(&self) -> Vec<RouteInfo> {
        self.list.iter().map(|(info, _)| info.clone()).collect()
    }

    pub(super) fn into_router(self, app: &App) -> Router<App> {
        self.list
            .into_iter()
            .fold(Router::new(), |router, (info, make)| {
                router.route(info.path, make(app))
            })
    }
}
