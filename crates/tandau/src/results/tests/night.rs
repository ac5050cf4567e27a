//! A small election night: protocols sent and accepted through the rooms' own actions.

use crate::bind;
use crate::commissions::NewDecision;
use crate::counting;
use crate::counting::actions::{SaveDraft, Submit, Target};
use crate::platform::{Acting, Names};
use crate::votingday::tests::world::{CONTEST, ELECTION, World, hour};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use electoral::protocol::{LineKey, ProtocolEntry};
use jiff::Timestamp;
use std::collections::BTreeMap;
use tower::ServiceExt as _;

/// Votes of a station: three candidates, against all, invalid.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Votes {
    pub(crate) candidates: [u64; 3],
    pub(crate) against_all: u64,
    pub(crate) invalid: u64,
}

impl Votes {
    pub(crate) fn took_part(&self) -> u64 {
        self.candidates.iter().sum::<u64>() + self.against_all
    }

    pub(crate) fn received(&self) -> u64 {
        self.took_part() + self.invalid
    }
}

pub(crate) struct Night {
    pub(crate) world: World,
}

impl Night {
    /// Stations `st1`, `st2`, … that have closed at 20:00; the election is being counted.
    pub(crate) async fn new(stations: usize) -> Self {
        let world = World::new(stations).await;
        world
            .sql("update election set state = 'counting'", bind![])
            .await;
        world
            .sql(
                "update contest set state = 'open', voting_day = '2023-11-05', sourcing = 'sourced'",
                bind![],
            )
            .await;
        world
            .sql("update commission set size = 2 where id = 'd1'", bind![])
            .await;
        let night = Self { world };
        night.clock(hour(23, 0));
        night
    }

    /// Moves the clock that pages see.
    pub(crate) fn clock(&self, at: Timestamp) {
        self.world.home.app.clock.set(at);
    }

    /// Enters, sends, confirms and accepts the protocol of a station.
    pub(crate) async fn accept(&self, station: &str, votes: Votes) {
        self.send(station, votes).await;
        counting::actions::accept(
            &self.world.district(hour(22, 30)),
            &Target::new(station, CONTEST, 1),
        )
        .await
        .unwrap();
    }

    /// Enters, sends and confirms the protocol of a station.
    pub(crate) async fn send(&self, station: &str, votes: Votes) {
        self.send_version(station, votes, 1).await;
    }

    /// The same for a version after a recount.
    pub(crate) async fn send_version(&self, station: &str, votes: Votes, version: u64) {
        let secretary = self.world.secretary(station, hour(22, 0));
        let sequence = {
            let mut reader = self.world.home.app.read().await.unwrap();
            counting::queries::protocol(&mut reader, station, CONTEST)
                .await
                .unwrap()
                .map_or(0, |p| p.sequence)
        };
        let saved = counting::actions::save_draft(
            &secretary,
            &SaveDraft::whole(station, CONTEST, sequence, &entry(station, votes)),
        )
        .await
        .unwrap();
        assert_eq!(saved.version, version);
        let target = Target::new(station, CONTEST, saved.version);
        counting::actions::submit(
            &secretary,
            &Submit {
                target: target.clone(),
                as_paper_says: false,
                explanations: BTreeMap::new(),
            },
        )
        .await
        .unwrap();
        counting::actions::confirm(
            &self.world.chair(station, hour(22, 5)),
            &counting::actions::Confirm::without_paper(target.clone(), "the scanner is broken"),
        )
        .await
        .unwrap();
    }

    /// The district's commission orders a recount of a station's first version.
    pub(crate) async fn recount(&self, station: &str) {
        let ruling = counting::actions::Ruling {
            target: Target::new(station, CONTEST, 1),
            reason: "A bundle was counted twice.".to_owned(),
        };
        counting::actions::reopen(&self.district(), &ruling)
            .await
            .unwrap();
    }

    /// The chair of the district's commission.
    pub(crate) fn district(&self) -> Acting {
        self.world
            .acting("d1-chair", "district.chair", "d1", hour(26, 0))
    }

    /// A page as it reads, blanks that don't break being blanks.
    pub(crate) async fn page(&self, path: &str) -> String {
        let (status, page) = self.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        page.replace('\u{a0}', " ")
    }

    /// Body and status of a page.
    pub(crate) async fn get(&self, path: &str) -> (StatusCode, String) {
        let answer = crate::platform::web::router(&self.world.home.app, crate::routes())
            .oneshot(Request::get(path).body(Body::empty()).unwrap())
            .await
            .unwrap();
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), 10_000_000).await.unwrap();
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// Figures that agree with each other.
pub(crate) fn entry(station: &str, votes: Votes) -> ProtocolEntry {
    let issued = votes.received();
    let mut entry = ProtocolEntry::new();
    for (line, figure) in [
        ("voters_initial", 600),
        ("voters_added", 0),
        ("voters_removed", 0),
        ("voters_on_list", 600),
        ("ballots_received", 606),
        ("ballots_cancelled", 606 - issued),
        ("voters_received_ballots", issued),
        ("issued_in_premises", issued),
        ("issued_outside", 0),
        ("voted_by_absentee_certificate", 0),
        ("found_stationary", issued),
        ("found_total", issued),
        ("invalid", votes.invalid),
        ("took_part", votes.took_part()),
        ("against_all", votes.against_all),
    ] {
        entry.set(LineKey::single(line).unwrap(), figure);
    }
    let mut item = |line: &str, item: String, figure| {
        entry.set(LineKey::item(line, &item).unwrap(), figure);
    };
    for (place, figure) in votes.candidates.into_iter().enumerate() {
        item("votes", format!("c{}", place + 1), figure);
    }
    item(
        "ballots_issued_by_member",
        format!("{station}-deputy"),
        issued,
    );
    item("ballots_issued_by_member", format!("{station}-member3"), 0);
    item("ballots_issued_by_member", format!("{station}-member4"), 0);
    entry
}

/// A decision that both members of the district's commission voted for.
pub(crate) fn decision(number: &str) -> NewDecision<'static> {
    NewDecision {
        commission_id: String::new(),
        kind: "",
        number: number.to_owned(),
        decided_on: jiff::civil::date(2023, 11, 6),
        title: Names::new("қ", "п", "d"),
        text: String::new(),
        present: 2,
        votes_for: 2,
        votes_against: 0,
        dissents: Vec::new(),
        file_id: None,
        election_id: None,
        contest_id: None,
    }
}

/// Address of the election.
pub(crate) fn election() -> String {
    format!("/elections/{ELECTION}")
}
