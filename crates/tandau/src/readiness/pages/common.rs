//! What the pages share: where a page is about, words for values, names of people.

use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::number;
use crate::platform::web::{Crumb, Ctx};
use crate::platform::{Error, Lang, T, ids};
use crate::readiness::model::{InForce, ItemState, ItemStatus, Place, names};
use crate::readiness::{lists, queries};
use crate::stations::Station;
use electoral::checklist::{Checklist, Severity};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A value of the address that can be an id; empty otherwise.
pub(super) fn asked(ctx: &Ctx, name: &str) -> String {
    ctx.uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter_map(|part| part.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
        .filter(|value| ids::is_id(value))
        .unwrap_or_default()
        .to_owned()
}

/// The election that the address names, or the one that people prepare now.
pub(super) async fn election_of(
    ctx: &Ctx,
    connection: &mut Connection,
) -> Result<Option<String>, Error> {
    let named = asked(ctx, "election");
    if named.is_empty() {
        return queries::current_election(connection, ctx.app.today()).await;
    }
    Ok(Some(named))
}

/// A station with its checklist and where its items stand.
pub(super) struct At {
    pub(super) place: Place,
    pub(super) force: InForce,
    pub(super) list: Arc<Checklist>,
    pub(super) station: Station,
    pub(super) states: BTreeMap<String, ItemState>,
    pub(super) zone: TimeZone,
}

impl At {
    /// Reads it for somebody who may see it.
    pub(super) async fn read(
        ctx: &Ctx,
        connection: &mut Connection,
        station: &str,
        election: &str,
    ) -> Result<Self, Error> {
        if !ids::is_id(station) {
            return Err(Error::NotFound);
        }
        let places = queries::places_of_station(connection, station).await?;
        let place = places
            .into_iter()
            .find(|p| election.is_empty() || p.election_id == election)
            .ok_or(Error::NotFound)?;
        let acting = ctx.acting()?;
        acting
            .require(connection, Action::ReadinessFollow, &place.area_id, None)
            .await?;
        let today = place.day_of(ctx.app.clock.now())?;
        let force = queries::in_force(connection, &place, today).await?;
        let list = lists::version_of(connection, &force.id, force.version).await?;
        Ok(Self {
            station: crate::stations::queries::as_of(connection, station, today).await?,
            states: queries::states(connection, &place.election_id, station).await?,
            zone: place.time_zone()?,
            place,
            force,
            list,
        })
    }

    pub(super) fn href(&self) -> String {
        format!("/office/readiness/stations/{}", self.place.station_id)
    }

    /// The address of the page, or of a section of it.
    pub(super) fn section_href(&self, section: &str) -> String {
        format!(
            "{}?election={}&section={section}",
            self.href(),
            self.place.election_id
        )
    }

    pub(super) fn title(&self, t: T) -> String {
        t.readiness_station(self.station.number.to_string())
    }

    pub(super) fn address(&self, lang: Lang) -> String {
        format!(
            "{} · {}",
            self.station.names.get(lang),
            self.station.address.get(lang)
        )
    }

    /// The way to a page below the station's own.
    pub(super) fn crumbs(&self, ctx: &Ctx, here: &str) -> Vec<Crumb> {
        let t = ctx.t;
        let mut crumbs = vec![
            Crumb::to("/office", t.shell_nav_office()),
            Crumb::to(
                format!("/office/readiness?election={}", self.place.election_id),
                t.readiness_title(),
            ),
        ];
        if here.is_empty() {
            crumbs.push(Crumb::here(self.title(t)));
        } else {
            let own = format!("{}?election={}", self.href(), self.place.election_id);
            crumbs.push(Crumb::to(own, self.title(t)));
            crumbs.push(Crumb::here(here));
        }
        crumbs
    }

    /// Whether the reader may do something here now.
    pub(super) async fn may(
        &self,
        ctx: &Ctx,
        connection: &mut Connection,
        action: Action,
    ) -> Result<bool, Error> {
        let state = Some(self.force.election_state.as_str());
        ctx.acting()?
            .may(connection, action, &self.place.area_id, state)
            .await
    }
}

/// Shape and word of where an item stands.
pub(super) fn status_words(t: T, status: Option<ItemStatus>) -> (&'static str, String) {
    match status {
        Some(ItemStatus::Met) => ("done", t.readiness_status_met()),
        Some(ItemStatus::Unmet) => ("trouble", t.readiness_status_unmet()),
        Some(ItemStatus::NotApplicable) => ("partial", t.readiness_status_na()),
        Some(ItemStatus::Disputed) => ("attention", t.readiness_status_disputed()),
        Some(ItemStatus::Again) => ("open", t.readiness_status_again()),
        None => ("open", t.readiness_status_unanswered()),
    }
}

/// The word of a severity.
pub(super) fn severity_word(t: T, severity: Severity) -> String {
    match severity {
        Severity::Critical => t.readiness_severity_critical(),
        Severity::Major => t.readiness_severity_major(),
        Severity::Minor => t.readiness_severity_minor(),
    }
}

/// The wording of an item; its id where no checklist at hand has it.
pub(super) fn wording(list: &Checklist, item: &str, lang: Lang) -> String {
    list.item(item).map_or_else(
        || item.to_owned(),
        |known| names(&known.wording).get(lang).to_owned(),
    )
}

/// Names of people, each looked up once.
#[derive(Default)]
pub(super) struct People(HashMap<String, String>);

impl People {
    pub(super) async fn name(
        &mut self,
        connection: &mut Connection,
        lang: Lang,
        id: &str,
    ) -> Result<String, Error> {
        if let Some(known) = self.0.get(id) {
            return Ok(known.clone());
        }
        let name = match crate::people::queries::names(connection, id).await {
            Ok(names) => names.get(lang).to_owned(),
            Err(Error::NotFound) => "–".to_owned(),
            Err(other) => return Err(other),
        };
        self.0.insert(id.to_owned(), name.clone());
        Ok(name)
    }
}

/// A count that can't be negative, as the page's language writes it.
pub(super) fn count(t: T, n: i64) -> String {
    number(t.lang, n)
}
