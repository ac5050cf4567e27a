//! What every picture begins with: which election, as of which day, by which checklist, of which section.

use super::model::{AsOf, CHART_DAYS, NoDay};
use super::queries;
use crate::elections::model::Election;
use crate::platform::database::Connection;
use crate::platform::i18n::date_short;
use crate::platform::i18n::language;
use crate::platform::{App, Error, Lang, T};
use electoral::checklist::{Checklist, Severity};
use electoral::text::Text;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

/// What may stand behind the question mark.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// Id of an election; the newest without it.
    #[serde(default)]
    pub election: String,
    /// A day, `2023-10-02`; today without it.
    #[serde(default)]
    pub as_of: String,
    /// Id of a section of the checklist; all without it.
    #[serde(default)]
    pub section: String,
    /// Id of a region or district, for files; the country without it.
    #[serde(default)]
    pub area: String,
    /// Days without a report after which a station is silent.
    #[serde(default)]
    pub silent: String,
}

/// What a picture begins with.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The election.
    pub election: Election,
    /// The zone of its calendar.
    pub zone: TimeZone,
    /// The day.
    pub as_of: AsOf,
    /// The checklist that was answered then.
    pub checklist: Checklist,
    /// Section that is looked at; empty for all.
    pub section: String,
    /// Days of silence.
    pub silent_days: u16,
    stay: Stay,
}

/// The election and the day that were asked for, as addresses keep them.
#[derive(Clone, Debug)]
pub(crate) struct Stay(String);

impl Stay {
    /// Of what was `asked` as an election and is.
    pub(crate) fn of(asked: &str, election: &Election, as_of: &AsOf) -> Self {
        let mut kept = Vec::new();
        if !asked.is_empty() {
            kept.push(format!("election={}", election.id));
        }
        if !as_of.today {
            kept.push(format!("as_of={}", as_of.day));
        }
        Self(kept.join("&"))
    }

    /// An address that stays with both, with one more part of a query.
    pub(crate) fn href(&self, path: &str, part: &str) -> String {
        let parts = [self.0.as_str(), part];
        let query: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", query.join("&"))
        }
    }
}

/// The day asked for, by the clocks of a zone.
///
/// # Errors
/// [`Error::Invalid`] for what is no day or has not come yet.
pub(crate) fn day(app: &App, t: T, asked: &str, zone: &TimeZone) -> Result<AsOf, Error> {
    let now = app.clock.now();
    AsOf::read(Some(asked), now, zone).map_err(|problem| match problem {
        NoDay::Form => Error::field("as_of", t.board_no_day()),
        NoDay::Future => {
            let today = now.to_zoned_datetime(zone.clone()).date();
            Error::field("as_of", t.board_future_day(date_short(t.lang, today)))
        }
    })
}

impl Frame {
    /// Reads what was asked for; `None` while there is no election.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a day, section or number that can't be; [`Error::NotFound`] for an unknown election.
    pub(crate) async fn open(
        app: &App,
        t: T,
        connection: &mut Connection,
        asked: &Asked,
    ) -> Result<Option<Self>, Error> {
        let election =
            queries::election(connection, Some(asked.election.as_str()), app.today()).await?;
        let Some(election) = election else {
            return Ok(None);
        };
        let zone = election.time_zone()?;
        let as_of = day(app, t, &asked.as_of, &zone)?;
        let checklist = queries::checklist(connection, &election.id, &as_of).await?;
        let known = checklist.sections.iter().any(|s| s.id == asked.section);
        if !asked.section.is_empty() && !known {
            return Err(Error::field("section", t.board_no_section()));
        }
        let silence = &app.rules.country().silence;
        let silent_days = match asked.silent.trim() {
            "" => silence.days,
            text => text
                .parse()
                .ok()
                .filter(|days| (1..=silence.most_days).contains(days))
                .ok_or_else(|| {
                    Error::field("silent", t.board_no_days(u64::from(silence.most_days)))
                })?,
        };
        Ok(Some(Self {
            zone,
            stay: Stay::of(&asked.election, &election, &as_of),
            as_of,
            section: asked.section.clone(),
            silent_days,
            checklist,
            election,
        }))
    }

    /// The same, where there must be an election.
    ///
    /// # Errors
    /// As [`Frame::open`]; [`Error::NotFound`] without an election.
    pub(crate) async fn must(
        app: &App,
        t: T,
        connection: &mut Connection,
        asked: &Asked,
    ) -> Result<Self, Error> {
        Self::open(app, t, connection, asked)
            .await?
            .ok_or(Error::NotFound)
    }

    /// An address that stays with this election and day.
    pub(crate) fn href(&self, path: &str) -> String {
        self.href_with(path, "")
    }

    /// The same with one more part of a query.
    pub(crate) fn href_with(&self, path: &str, part: &str) -> String {
        self.stay.href(path, part)
    }

    /// Address of a region's page.
    pub(crate) fn region(&self, area_id: &str) -> String {
        self.href(&format!("/readiness/regions/{area_id}"))
    }

    /// Address of a district's page.
    pub(crate) fn district(&self, area_id: &str) -> String {
        self.href(&format!("/readiness/districts/{area_id}"))
    }

    /// Address of a station's page.
    pub(crate) fn station(&self, station_id: &str) -> String {
        self.href(&format!("/readiness/stations/{station_id}"))
    }

    /// The title of the section that is looked at; empty for all.
    pub(crate) fn section_title(&self, lang: Lang) -> String {
        self.title_of(&self.section, lang)
    }

    /// The title of a section.
    pub(crate) fn title_of(&self, section: &str, lang: Lang) -> String {
        self.checklist
            .sections
            .iter()
            .find(|s| s.id == section)
            .map_or_else(String::new, |s| say(&s.title, lang))
    }

    /// Whether voting can't be held properly without an item.
    pub(crate) fn is_critical(&self, item: &str) -> bool {
        self.checklist
            .item(item)
            .is_some_and(|i| i.severity == Severity::Critical)
    }

    /// Days until voting; `None` when it is over.
    pub(crate) fn days_left(&self) -> Option<u64> {
        self.as_of.days_left(self.election.voting_day)
    }

    /// The day on which charts begin.
    pub(crate) fn chart_from(&self) -> Date {
        self.as_of.back(CHART_DAYS)
    }
}

/// A text of the rules in a language.
pub(crate) fn say(text: &Text, lang: Lang) -> String {
    text.get(language(lang)).to_owned()
}
