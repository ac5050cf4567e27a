//! Results as a table: one figure a row.

use super::types::ElectionResults;
use crate::platform::Error;

const HEAD: [&str; 13] = [
    "election",
    "contest",
    "area_code",
    "area",
    "region_code",
    "level",
    "station",
    "station_number",
    "version",
    "state",
    "line",
    "item",
    "value",
];

/// Writes the table: contest sums first, then station by station every version.
pub(super) fn write(results: &ElectionResults) -> Result<String, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEAD).map_err(Error::internal)?;
    for contest in &results.contests {
        let mut row = |place: [&str; 5], line: &str, item: &str, value: u64| {
            let [level, station, number, version, state] = place;
            writer
                .write_record([
                    &plain(&results.election.id),
                    &plain(&contest.id),
                    &contest.area_code,
                    &plain(&contest.area.en),
                    &contest.region_code,
                    level,
                    &plain(station),
                    number,
                    version,
                    state,
                    line,
                    &plain(item),
                    &value.to_string(),
                ])
                .map_err(Error::internal)
        };
        let of_contest = ["contest", "", "", "", ""];
        row(
            of_contest,
            "stations_expected",
            "",
            contest.stations_expected,
        )?;
        row(of_contest, "stations_counted", "", contest.stations_counted)?;
        row(of_contest, "voters_on_lists", "", contest.voters_on_lists)?;
        for slot in &contest.turnout {
            row(of_contest, "turnout_received", &slot.slot, slot.received)?;
            row(of_contest, "turnout_voters", &slot.slot, slot.voters)?;
            row(of_contest, "turnout_stations", &slot.slot, slot.stations)?;
        }
        for (line, value) in contest.protocol.iter().flatten() {
            row(of_contest, line, "", *value)?;
        }
        for option in contest.options.iter().filter(|o| o.kind == "candidate") {
            if let Some(votes) = option.votes {
                row(of_contest, "votes", &option.name.en, votes)?;
            }
        }
        for protocol in contest.protocols.iter().flatten() {
            for version in &protocol.versions {
                let number = protocol.number.to_string();
                let of_version = version.version.to_string();
                let place = [
                    "station",
                    protocol.station_id.as_str(),
                    number.as_str(),
                    of_version.as_str(),
                    version.state.as_str(),
                ];
                for (key, value) in &version.figures {
                    let (line, item) = split(key);
                    let item = contest
                        .options
                        .iter()
                        .find(|o| o.id == item)
                        .map_or(item, |o| o.name.en.as_str());
                    row(place, line, item, *value)?;
                }
            }
        }
    }
    let bytes = writer.into_inner().map_err(Error::internal)?;
    String::from_utf8(bytes).map_err(Error::internal)
}

/// `votes[c1]` as line and item.
fn split(key: &str) -> (&str, &str) {
    key.split_once('[')
        .map_or((key, ""), |(line, rest)| (line, rest.trim_end_matches(']')))
}

/// A text that a spreadsheet does not take for a formula.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}
