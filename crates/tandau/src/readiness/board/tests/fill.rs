//! Writes the tables of readiness as the core of the room does: each answer with its state, and the sums of the
//! station and its district for that day.

use crate::bind;
use crate::platform::database::Transaction;
use crate::readiness::board::model::{Counts, ItemStatus, Sums};
use crate::testing::Installation;
use electoral::checklist::{Checklist, Severity};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

/// Two items critical, four in all.
pub(crate) const CHECKLIST: &str = r#"
id = "test"
title = { kk = "Тізбе", ru = "Перечень", en = "List" }
deadlines = { critical_hours = 24, major_hours = 72, minor_hours = 168 }
[[section]]
id = "power"
title = { kk = "Электр қуаты", ru = "Электроснабжение", en = "Electricity" }
[[section]]
id = "order"
title = { kk = "Тәртіп", ru = "Порядок", en = "Order <&>" }
[[item]]
id = "main"
section = "power"
wording = { kk = "Қуат бар ма?", ru = "Есть ли питание?", en = "Is there power?" }
kind = { type = "yes_no" }
severity = "critical"
body = "energy"
due_days = 7
basis = { article = "23(1)", confidence = "inferred" }
[[item]]
id = "backup"
section = "power"
wording = { kk = "Қосалқы қуат бар ма?", ru = "Есть ли резерв?", en = "Is there backup power?" }
kind = { type = "yes_no" }
severity = "major"
body = "executive"
due_days = 7
basis = { article = "23(1)", confidence = "inferred" }
[[item]]
id = "guard"
section = "order"
wording = { kk = "Күзет бар ма?", ru = "Есть ли охрана?", en = "Is there a guard?" }
kind = { type = "yes_no" }
severity = "critical"
body = "police"
due_days = 40
basis = { article = "23(1)", confidence = "inferred" }
[[item]]
id = "sign"
section = "order"
wording = { kk = "Тақтайша бар ма?", ru = "Есть ли вывеска?", en = "Is there a sign <b>?" }
kind = { type = "yes_no", not_applicable = true }
severity = "minor"
body = "commission"
due_days = 1
basis = { article = "23(1)", confidence = "inferred" }
"#;

struct Station {
    district: String,
    region: String,
    zone: TimeZone,
    known: BTreeMap<String, ItemStatus>,
    reported_at: Option<Timestamp>,
}

/// What has been answered so far.
pub(crate) struct Fill {
    pub(crate) election: String,
    pub(crate) checklist: Checklist,
    stations: BTreeMap<String, Station>,
    sequences: BTreeMap<(String, String), i64>,
}

impl Fill {
    /// All stations are asked from a moment on.
    pub(crate) async fn begin(
        home: &Installation,
        election: &str,
        checklist: Checklist,
        at: Timestamp,
    ) -> Self {
        let mut tx = home.app.database.begin().await.unwrap();
        let content = serde_json::to_string(&checklist).unwrap();
        tx.execute(
            "insert into checklist (id, version, content, sha256, source, made_by, made_at) values ($1, 1, $2, '', 'test', 'test', $3)",
            bind![&checklist.id, content, at],
        )
        .await
        .unwrap();
        tx.execute(
            "insert into readiness_setup (election_id, sequence, checklist_id, checklist_version, made_by, made_at)
                values ($1, 1, $2, 1, 'test', $3)",
            bind![election, &checklist.id, at],
        )
        .await
        .unwrap();
        let rows = tx
            .all(
                "select c.station_id, v.district_id, v.region_id, a.zone from contest_station c
                    join station s on s.id = c.station_id join area a on a.id = s.area_id
                    join station_version v on v.station_id = c.station_id where c.election_id = $1",
                bind![election],
            )
            .await
            .unwrap();
        let mut fill = Self {
            election: election.to_owned(),
            checklist,
            stations: BTreeMap::new(),
            sequences: BTreeMap::new(),
        };
        for row in &rows {
            let station = Station {
                district: row.text("district_id").unwrap(),
                region: row.text("region_id").unwrap(),
                zone: TimeZone::get(&row.text("zone").unwrap()).unwrap(),
                known: BTreeMap::new(),
                reported_at: None,
            };
            fill.stations
                .insert(row.text("station_id").unwrap(), station);
        }
        let all: BTreeSet<String> = fill.stations.keys().cloned().collect();
        fill.write(&mut tx, &all, at).await;
        tx.commit().await.unwrap();
        fill
    }

    /// Answers at one moment.
    pub(crate) async fn answer(
        &mut self,
        home: &Installation,
        at: Timestamp,
        answers: &[(&str, &str, ItemStatus)],
    ) {
        let mut tx = home.app.database.begin().await.unwrap();
        let mut touched = BTreeSet::new();
        for (station, item, status) in answers {
            let key = ((*station).to_owned(), (*item).to_owned());
            let sequence = self.sequences.entry(key).or_insert(0);
            *sequence += 1;
            let disputed = *status == ItemStatus::Disputed;
            let word = if disputed { "unmet" } else { status.as_str() };
            tx.execute(
                "insert into readiness_answer (election_id, station_id, item, sequence, report_id, cause, value, status, note, base, conflict, made_by, made_at)
                    values ($1, $2, $3, $4, 'r', 'report', 'SECRET VALUE', $5, 'SECRET NOTE', 0, $6, 'SECRET PERSON', $7)",
                bind![&self.election, *station, *item, *sequence, word, disputed, at],
            )
            .await
            .unwrap();
            let of = self.stations.get_mut(*station).unwrap();
            let before = of.known.insert((*item).to_owned(), *status);
            of.reported_at = Some(at);
            if before != Some(*status) {
                tx.execute(
                    "insert into readiness_state (election_id, station_id, item, sequence, status, since) values ($1, $2, $3, $4, $5, $6)
                        on conflict (election_id, station_id, item) do update set sequence = $4, status = $5, since = $6",
                    bind![&self.election, *station, *item, *sequence, status.as_str(), at],
                )
                .await
                .unwrap();
            }
            touched.insert((*station).to_owned());
        }
        self.write(&mut tx, &touched, at).await;
        tx.commit().await.unwrap();
    }

    /// Counts of a station now; of a section, or of all (`""`).
    pub(crate) fn counts(&self, station: &str, section: &str) -> Counts {
        let known = &self.stations[station].known;
        self.checklist
            .items
            .iter()
            .filter(|i| section.is_empty() || i.section == section)
            .map(|item| {
                let status = known.get(&item.id).copied();
                status
                    .unwrap_or(ItemStatus::Unanswered)
                    .counts(item.severity == Severity::Critical)
            })
            .fold(Counts::default(), Counts::plus)
    }

    /// Sums of a district now (`""` for all).
    pub(crate) fn sums(&self, district: &str, section: &str) -> Sums {
        Sums::of(
            self.stations
                .iter()
                .filter(|(_, s)| district.is_empty() || s.district == district)
                .map(|(id, _)| {
                    let counts = self.counts(id, section);
                    Sums {
                        stations: 1,
                        ready: u64::from(counts.is_ready()),
                        counts,
                    }
                }),
        )
    }

    async fn write(&self, tx: &mut Transaction, touched: &BTreeSet<String>, at: Timestamp) {
        let n = |value: u64| i64::try_from(value).unwrap();
        let mut districts = BTreeSet::new();
        for id in touched {
            let station = &self.stations[id];
            let day = at.to_zoned_datetime(station.zone.clone()).date();
            let c = self.counts(id, "");
            tx.execute(
                "update readiness_station_day set latest = false where election_id = $1 and station_id = $2 and day < $3",
                bind![&self.election, id, day],
            )
            .await
            .unwrap();
            tx.execute(
                "insert into readiness_station_day (election_id, station_id, day, region_id, district_id, expected, met, unmet, unmet_critical, na, disputed, unanswered, reported_at)
                    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                    on conflict (election_id, station_id, day) do update set met = $7, unmet = $8, unmet_critical = $9, na = $10,
                        disputed = $11, unanswered = $12, reported_at = $13",
                bind![
                    &self.election, id, day, &station.region, &station.district, n(c.expected), n(c.met), n(c.unmet), n(c.critical),
                    n(c.na), n(c.disputed), n(c.unanswered), station.reported_at.map(|t| t.as_microsecond())
                ],
            )
            .await
            .unwrap();
            districts.insert((station.district.clone(), station.region.clone(), day));
        }
        let sections: Vec<&str> = std::iter::once("")
            .chain(self.checklist.sections.iter().map(|s| s.id.as_str()))
            .collect();
        for (district, region, day) in districts {
            for section in &sections {
                let s = self.sums(&district, section);
                let c = s.counts;
                tx.execute(
                    "insert into readiness_district_day (election_id, district_id, section, day, region_id, stations, ready, silent, expected, met, unmet, unmet_critical, na, disputed, unanswered)
                        values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11, $12, $13, $14)
                        on conflict (election_id, district_id, section, day) do update set stations = $6, ready = $7, expected = $8,
                            met = $9, unmet = $10, unmet_critical = $11, na = $12, disputed = $13, unanswered = $14",
                    bind![
                        &self.election, &district, *section, day, &region, n(s.stations), n(s.ready), n(c.expected), n(c.met), n(c.unmet),
                        n(c.critical), n(c.na), n(c.disputed), n(c.unanswered)
                    ],
                )
                .await
                .unwrap();
            }
        }
    }
}
