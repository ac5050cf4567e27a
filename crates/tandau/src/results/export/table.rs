//! Results as a table: one figure a row.

use super::types::{ContestResult, ElectionResults, Localised, OutcomeResult};
use crate::platform::Error;
use crate::platform::rows::plain;

const HEAD: [&str; 21] = [
    "election",
    "synthetic",
    "contest",
    "area_code",
    "area_kk",
    "area_ru",
    "area_en",
    "region_code",
    "level",
    "station",
    "station_number",
    "version",
    "state",
    "line",
    "item",
    "item_kk",
    "item_ru",
    "item_en",
    "value",
    "article",
    "decision",
];

/// Where a figure stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    level: &'a str,
    station: &'a str,
    number: &'a str,
    version: &'a str,
    state: &'a str,
}

/// What is counted.
#[derive(Clone, Copy, Default)]
struct What<'a> {
    line: &'a str,
    item: &'a str,
    /// The article and the decision that an outcome rests on.
    article: &'a str,
    decision: &'a str,
}

const OF_CONTEST: Place<'static> = Place {
    level: "contest",
    station: "",
    number: "",
    version: "",
    state: "",
};

struct Table<'r> {
    writer: csv::Writer<Vec<u8>>,
    results: &'r ElectionResults,
}

impl Table<'_> {
    fn row(
        &mut self,
        contest: &ContestResult,
        place: Place<'_>,
        what: What<'_>,
        value: u64,
    ) -> Result<(), Error> {
        // A candidate by name; a member or a box only by its id.
        let none = Localised::default();
        let option = contest.options.iter().find(|o| o.id == what.item);
        let named = option.map_or(&none, |o| &o.name);
        let election = &self.results.election;
        let synthetic = election.synthetic.to_string();
        self.writer
            .write_record([
                &plain(&election.id),
                &synthetic,
                &plain(&contest.id),
                &contest.area_code,
                &plain(&contest.area.kk),
                &plain(&contest.area.ru),
                &plain(&contest.area.en),
                &contest.region_code,
                place.level,
                &plain(place.station),
                place.number,
                place.version,
                place.state,
                what.line,
                &plain(what.item),
                &plain(&named.kk),
                &plain(&named.ru),
                &plain(&named.en),
                &value.to_string(),
                what.article,
                &plain(what.decision),
            ])
            .map_err(Error::internal)
    }

    fn line(
        &mut self,
        contest: &ContestResult,
        line: &str,
        item: &str,
        value: u64,
    ) -> Result<(), Error> {
        let what = What {
            line,
            item,
            ..What::default()
        };
        self.row(contest, OF_CONTEST, what, value)
    }

    fn sums(&mut self, contest: &ContestResult) -> Result<(), Error> {
        self.line(contest, "stations_expected", "", contest.stations_expected)?;
        self.line(contest, "stations_counted", "", contest.stations_counted)?;
        self.line(contest, "voters_on_lists", "", contest.voters_on_lists)?;
        for slot in &contest.turnout {
            self.line(contest, "turnout_received", &slot.slot, slot.received)?;
            self.line(contest, "turnout_voters", &slot.slot, slot.voters)?;
            self.line(contest, "turnout_stations", &slot.slot, slot.stations)?;
        }
        for (line, value) in contest.protocol.iter().flatten() {
            self.line(contest, line, "", *value)?;
        }
        for option in contest.options.iter().filter(|o| o.kind == "candidate") {
            if let Some(votes) = option.votes {
                self.line(contest, "votes", &option.id, votes)?;
            }
        }
        match &contest.outcome {
            Some(outcome) => self.outcome(contest, outcome),
            None => Ok(()),
        }
    }

    /// The outcome: a row for who is elected, for each who ties, or one without anybody.
    fn outcome(&mut self, contest: &ContestResult, outcome: &OutcomeResult) -> Result<(), Error> {
        let version = outcome.version.to_string();
        let place = Place {
            version: &version,
            state: if outcome.under_recount {
                "recount"
            } else {
                &outcome.kind
            },
            ..OF_CONTEST
        };
        let mut whom: Vec<&str> = outcome.candidate_id.as_deref().into_iter().collect();
        whom.extend(outcome.tied.iter().map(String::as_str));
        if whom.is_empty() {
            whom.push("");
        }
        for item in whom {
            let what = What {
                line: "outcome",
                item,
                article: &outcome.article,
                decision: &outcome.decision_number,
            };
            self.row(contest, place, what, outcome.votes)?;
        }
        Ok(())
    }

    fn protocols(&mut self, contest: &ContestResult) -> Result<(), Error> {
        for protocol in contest.protocols.iter().flatten() {
            let number = protocol.number.to_string();
            for version in &protocol.versions {
                let of_version = version.version.to_string();
                let place = Place {
                    level: "station",
                    station: &protocol.station_id,
                    number: &number,
                    version: &of_version,
                    state: &version.state,
                };
                for (key, value) in &version.figures {
                    let (line, item) = split(key);
                    let what = What {
                        line,
                        item,
                        ..What::default()
                    };
                    self.row(contest, place, what, *value)?;
                }
            }
        }
        Ok(())
    }
}

/// Writes the table: contest sums and outcomes first, then station by station every version.
pub(super) fn write(results: &ElectionResults) -> Result<String, Error> {
    let mut table = Table {
        writer: csv::Writer::from_writer(Vec::new()),
        results,
    };
    table.writer.write_record(HEAD).map_err(Error::internal)?;
    for contest in &results.contests {
        table.sums(contest)?;
        table.protocols(contest)?;
    }
    let bytes = table.writer.into_inner().map_err(Error::internal)?;
    String::from_utf8(bytes).map_err(Error::internal)
}

/// `votes[c1]` as line and item.
fn split(key: &str) -> (&str, &str) {
    key.split_once('[')
        .map_or((key, ""), |(line, rest)| (line, rest.trim_end_matches(']')))
}
