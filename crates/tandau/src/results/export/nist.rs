//! NIST SP 1500-100 version 2, the common data format for election results.
//!
//! Our words in theirs: a region is a `ReportingUnit` of type `state`, a contest's territory one of type `county`
//! or `city`, a station one of type `precinct`. "Against all" is a selection of its own with a name, as the
//! format has it for questions. Invalid ballots have no place in the JSON form of this format: they stand in
//! our own JSON and CSV.

use super::types::{ContestResult, ElectionResults, Localised, ProtocolResult};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Builds the report.
pub(super) fn report(results: &ElectionResults) -> Value {
    let mut units = regions(results);
    let mut candidates = Vec::new();
    let mut people = Vec::new();
    let mut parties: Vec<(String, Value)> = Vec::new();
    let mut offices = Vec::new();
    let mut contests = Vec::new();
    for contest in &results.contests {
        units.push(territory(contest));
        for protocol in contest.protocols.iter().flatten() {
            units.push(station(protocol));
        }
        offices.push(json!({
            "@type": "ElectionResults.Office",
            "@id": office_id(contest),
            "Name": text(&contest.area),
            "ElectionDistrictId": area_id(contest),
            "IsPartisan": false,
        }));
        for option in contest.options.iter().filter(|o| o.kind == "candidate") {
            people.push(json!({
                "@type": "ElectionResults.Person",
                "@id": format!("person-{}", option.id),
                "FullName": text(&option.name),
            }));
            let mut candidate = json!({
                "@type": "ElectionResults.Candidate",
                "@id": format!("candidate-{}", option.id),
                "BallotName": text(&option.name),
                "PersonId": format!("person-{}", option.id),
                "PreElectionStatus": "qualified",
            });
            if let Some(organisation) = &option.organisation {
                let id = party(&mut parties, organisation);
                set(&mut candidate, "PartyId", id.into());
            }
            if let Some(outcome) = &contest.outcome
                && outcome.kind == "elected"
                && !outcome.under_recount
            {
                let won = outcome.candidate_id.as_deref() == Some(&option.id);
                let status = if won { "winner" } else { "defeated" };
                set(&mut candidate, "PostElectionStatus", status.into());
            }
            candidates.push(candidate);
        }
        contests.push(candidate_contest(contest));
    }
    let mut report = json!({
        "@type": "ElectionResults.ElectionReport",
        "Format": "precinct-level",
        "GeneratedDate": results.as_of,
        "Issuer": "Tandau",
        "IssuerAbbreviation": "TANDAU",
        "SequenceStart": 1,
        "SequenceEnd": 1,
        "Status": status(results),
        "VendorApplicationId": concat!("tandau ", env!("CARGO_PKG_VERSION")),
        "IsTest": results.election.synthetic,
        "GpUnit": units,
        "Election": [{
            "@type": "ElectionResults.Election",
            "ElectionScopeId": "country",
            "StartDate": results.election.voting_day,
            "EndDate": results.election.voting_day,
            "Name": text(&results.election.title),
            "Type": "general",
            "Candidate": candidates,
            "Contest": contests,
        }],
        "Office": offices,
        "Person": people,
    });
    if results.election.synthetic {
        set(
            &mut report,
            "TestType",
            "demonstration with synthetic people and figures".into(),
        );
    }
    if !parties.is_empty() {
        let parties: Vec<Value> = parties.into_iter().map(|(_, party)| party).collect();
        set(&mut report, "Party", parties.into());
    }
    report
}

fn set(object: &mut Value, key: &str, value: Value) {
    if let Some(map) = object.as_object_mut() {
        map.insert(key.to_owned(), value);
    }
}

fn text(names: &Localised) -> Value {
    let strings: Vec<Value> = [("kk", &names.kk), ("ru", &names.ru), ("en", &names.en)]
        .into_iter()
        .map(|(language, content)| {
            json!({
                "@type": "ElectionResults.LanguageString",
                "Content": content,
                "Language": language,
            })
        })
        .collect();
    json!({ "@type": "ElectionResults.InternationalizedText", "Text": strings })
}

fn country() -> Localised {
    Localised {
        kk: "Қазақстан".to_owned(),
        ru: "Казахстан".to_owned(),
        en: "Kazakhstan".to_owned(),
    }
}

/// The country and its regions, with what they are composed of.
fn regions(results: &ElectionResults) -> Vec<Value> {
    let mut by_code: BTreeMap<&str, (&Localised, Vec<String>)> = BTreeMap::new();
    for contest in &results.contests {
        let region = by_code
            .entry(&contest.region_code)
            .or_insert_with(|| (&contest.region, Vec::new()));
        region.1.push(area_id(contest));
    }
    let region_id = |code: &str| format!("region-{code}");
    let mut units = vec![json!({
        "@type": "ElectionResults.ReportingUnit",
        "@id": "country",
        "Type": "country",
        "Name": text(&country()),
        "ComposingGpUnitIds": by_code.keys().map(|code| region_id(code)).collect::<Vec<_>>(),
    })];
    for (code, (name, areas)) in by_code {
        units.push(json!({
            "@type": "ElectionResults.ReportingUnit",
            "@id": region_id(code),
            "Type": "state",
            "Name": text(name),
            "ExternalIdentifier": kato(code),
            "ComposingGpUnitIds": areas,
        }));
    }
    units
}

fn area_id(contest: &ContestResult) -> String {
    format!("area-{}", contest.area_code)
}

fn office_id(contest: &ContestResult) -> String {
    format!("office-{}", contest.area_code)
}

fn station_id(protocol: &ProtocolResult) -> String {
    format!("station-{}", protocol.station_id)
}

fn kato(code: &str) -> Value {
    json!([{
        "@type": "ElectionResults.ExternalIdentifier",
        "Type": "other",
        "OtherType": "kato",
        "Value": code,
    }])
}

fn territory(contest: &ContestResult) -> Value {
    let mut unit = json!({
        "@type": "ElectionResults.ReportingUnit",
        "@id": area_id(contest),
        "Type": if contest.area_kind.starts_with("city") { "city" } else { "county" },
        "Name": text(&contest.area),
        "ExternalIdentifier": kato(&contest.area_code),
        "SubUnitsReported": contest.stations_counted,
        "TotalSubUnits": contest.stations_expected,
        "VotersRegistered": line(contest, "voters_on_list").unwrap_or(contest.voters_on_lists),
        "ComposingGpUnitIds": contest.protocols.iter().flatten().map(station_id).collect::<Vec<_>>(),
    });
    if let Some(took_part) = line(contest, "took_part") {
        set(&mut unit, "VotersParticipated", took_part.into());
    }
    unit
}

fn line(contest: &ContestResult, line: &str) -> Option<u64> {
    contest.protocol.as_ref()?.get(line).copied()
}

/// Figures of the version that is part of the sums.
fn counted(protocol: &ProtocolResult) -> Option<&BTreeMap<String, u64>> {
    protocol
        .counted
        .then(|| protocol.versions.last())
        .flatten()
        .map(|v| &v.figures)
}

fn station(protocol: &ProtocolResult) -> Value {
    let mut unit = json!({
        "@type": "ElectionResults.ReportingUnit",
        "@id": station_id(protocol),
        "Type": "precinct",
        "Name": text(&protocol.name),
        "Number": protocol.number.to_string(),
        "CountStatus": [count_status(protocol.counted, !protocol.versions.is_empty())],
    });
    if let Some(figures) = counted(protocol) {
        for (key, of) in [
            ("VotersRegistered", "voters_on_list"),
            ("VotersParticipated", "took_part"),
        ] {
            if let Some(value) = figures.get(of) {
                set(&mut unit, key, (*value).into());
            }
        }
    }
    unit
}

fn count_status(complete: bool, begun: bool) -> Value {
    let status = match (complete, begun) {
        (true, _) => "completed",
        (false, true) => "in-process",
        (false, false) => "not-processed",
    };
    json!({ "@type": "ElectionResults.CountStatus", "Status": status, "Type": "total" })
}

fn candidate_contest(contest: &ContestResult) -> Value {
    let selections: Vec<Value> = contest
        .options
        .iter()
        .map(|option| {
            let mut selection = json!({
                "@id": format!("selection-{}-{}", contest.area_code, option.id),
                "SequenceOrder": option.position,
            });
            if option.kind == "candidate" {
                let id = format!("candidate-{}", option.id);
                set(
                    &mut selection,
                    "@type",
                    "ElectionResults.CandidateSelection".into(),
                );
                set(&mut selection, "CandidateIds", json!([id]));
            } else {
                set(
                    &mut selection,
                    "@type",
                    "ElectionResults.BallotMeasureSelection".into(),
                );
                set(&mut selection, "Selection", text(&option.name));
            }
            if let Some(votes) = option.votes {
                let key = if option.kind == "candidate" {
                    format!("votes[{}]", option.id)
                } else {
                    "against_all".to_owned()
                };
                let mut counts = vec![vote_counts(area_id(contest), votes)];
                for protocol in contest.protocols.iter().flatten() {
                    if let Some(votes) = counted(protocol).and_then(|f| f.get(&key)) {
                        counts.push(vote_counts(station_id(protocol), *votes));
                    }
                }
                set(&mut selection, "VoteCounts", counts.into());
            }
            selection
        })
        .collect();
    let complete =
        contest.stations_expected > 0 && contest.stations_counted == contest.stations_expected;
    json!({
        "@type": "ElectionResults.CandidateContest",
        "@id": format!("contest-{}", contest.area_code),
        "Name": contest.area.en,
        "ElectionDistrictId": area_id(contest),
        "OfficeIds": [office_id(contest)],
        "VotesAllowed": 1,
        "NumberElected": contest.seats,
        "VoteVariation": "plurality",
        "SequenceOrder": contest.number,
        "SubUnitsReported": contest.stations_counted,
        "TotalSubUnits": contest.stations_expected,
        "CountStatus": [count_status(complete, contest.stations_counted > 0)],
        "ContestSelection": selections,
    })
}

fn vote_counts(unit: String, votes: u64) -> Value {
    json!({
        "@type": "ElectionResults.VoteCounts",
        "GpUnitId": unit,
        "Count": votes,
        "Type": "total",
    })
}

/// The id of a party, which is listed once.
fn party(parties: &mut Vec<(String, Value)>, name: &Localised) -> String {
    if let Some(place) = parties.iter().position(|(known, _)| *known == name.en) {
        return format!("party-{}", place + 1);
    }
    let id = format!("party-{}", parties.len() + 1);
    parties.push((
        name.en.clone(),
        json!({ "@type": "ElectionResults.Party", "@id": id, "Name": text(name) }),
    ));
    id
}

fn status(results: &ElectionResults) -> &'static str {
    let complete = results
        .contests
        .iter()
        .all(|c| c.stations_expected > 0 && c.stations_counted == c.stations_expected);
    match (
        results.votes_public,
        results.election.state.as_str(),
        complete,
    ) {
        (false, _, _) => "pre-election",
        (true, "published", _) => "certified",
        (true, _, true) => "unofficial-complete",
        (true, _, false) => "unofficial-partial",
    }
}
