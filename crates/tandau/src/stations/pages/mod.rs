//! Pages of stations and of the areas they stand in; in the office, a new version of a station.

mod area;
mod list;
mod office;
mod office_close;
mod office_new;
mod show;

use super::model::Station;
use crate::platform::access::Action;
use crate::platform::web::{Guard, Routes};
use crate::platform::{Lang, T};

/// Routes of the room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/stations", Guard::Public, list::page)
        .get("/stations/{id}", Guard::Public, show::page)
        .get("/areas/{code}", Guard::Public, area::page)
        .get(
            "/office/stations/new",
            Guard::Power(Action::StationChange),
            office_new::page,
        )
        .post(
            "/office/stations/new",
            Guard::Power(Action::StationChange),
            office_new::add,
        )
        .get(
            "/office/stations/{id}/close",
            Guard::Power(Action::StationChange),
            office_close::page,
        )
        .post(
            "/office/stations/{id}/close",
            Guard::Power(Action::StationChange),
            office_close::close,
        )
        .get(
            "/office/stations/{id}",
            Guard::Power(Action::StationChange),
            office::page,
        )
        .post(
            "/office/stations/{id}",
            Guard::Power(Action::StationChange),
            office::change,
        )
}

/// A station in a list.
pub(super) struct Line {
    pub(super) href: String,
    pub(super) number: u64,
    pub(super) name: String,
    pub(super) address: String,
    pub(super) voters: u64,
    pub(super) place: String,
}

impl Line {
    pub(super) fn new(station: &Station, lang: Lang, place: String) -> Self {
        Self {
            href: format!("/stations/{}", station.id),
            number: station.number,
            name: station.names.get(lang).to_owned(),
            address: station.address.get(lang).to_owned(),
            voters: station.voters_on_list,
            place,
        }
    }
}

/// The name of a kind of special station; empty for an ordinary one.
pub(super) fn special_name(t: T, special: &str) -> String {
    if special.is_empty() {
        String::new()
    } else {
        t.word(&format!("stations-special-{}", special.replace('_', "-")))
    }
}
