//! What a writing about a station changes: report, answers, states, counts of the station and of its district.

use super::number;
use crate::platform::Acting;
use crate::platform::database::{DatabaseError, Transaction, Value};
use crate::readiness::model::{Cause, ItemStatus, Place, Sums, Tally};
use crate::{bind, statements};
use jiff::Timestamp;
use jiff::civil::Date;

/// Answers written by one statement; the rest of a statement's rows is left blank.
const BATCH: usize = 8;

/// The rows of a batch: item, sequence, value, status, note, base, conflict.
macro_rules! answer_rows {
    ($first:literal $(, $row:literal)*) => {
        concat!($first, $(" union all ", $row),*)
    };
}

statements! {
    ADD_REPORT = "insert into readiness_report (election_id, station_id, id, checklist_id, checklist_version, answers, parallel,
            answered_at, made_by, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ADD_ANSWERS = concat!(
        "insert into readiness_answer (election_id, station_id, report_id, cause, revision, made_by, made_at,
            item, sequence, value, status, note, base, conflict)
        select cast($1 as text), cast($2 as text), cast($3 as text), cast($4 as text), cast($5 as bigint), cast($6 as text), cast($7 as bigint),
            x.item, x.sequence, x.value, x.status, x.note, x.base, x.conflict <> 0 from (",
        answer_rows!(
            "select cast($8 as text) as item, cast($9 as bigint) as sequence, cast($10 as text) as value, cast($11 as text) as status, cast($12 as text) as note, cast($13 as bigint) as base, cast($14 as bigint) as conflict",
            "select cast($15 as text), cast($16 as bigint), cast($17 as text), cast($18 as text), cast($19 as text), cast($20 as bigint), cast($21 as bigint)",
            "select cast($22 as text), cast($23 as bigint), cast($24 as text), cast($25 as text), cast($26 as text), cast($27 as bigint), cast($28 as bigint)",
            "select cast($29 as text), cast($30 as bigint), cast($31 as text), cast($32 as text), cast($33 as text), cast($34 as bigint), cast($35 as bigint)",
            "select cast($36 as text), cast($37 as bigint), cast($38 as text), cast($39 as text), cast($40 as text), cast($41 as bigint), cast($42 as bigint)",
            "select cast($43 as text), cast($44 as bigint), cast($45 as text), cast($46 as text), cast($47 as text), cast($48 as bigint), cast($49 as bigint)",
            "select cast($50 as text), cast($51 as bigint), cast($52 as text), cast($53 as text), cast($54 as text), cast($55 as bigint), cast($56 as bigint)",
            "select cast($57 as text), cast($58 as bigint), cast($59 as text), cast($60 as text), cast($61 as text), cast($62 as bigint), cast($63 as bigint)"
        ),
        ") x where x.item <> ''"
    );
    SET_STATES = concat!(
        "insert into readiness_state (election_id, station_id, item, sequence, status, since)
        select cast($1 as text), cast($2 as text), x.item, x.sequence, x.status, x.since from (",
        answer_rows!(
            "select cast($3 as text) as item, cast($4 as bigint) as sequence, cast($5 as text) as status, cast($6 as bigint) as since",
            "select cast($7 as text), cast($8 as bigint), cast($9 as text), cast($10 as bigint)",
            "select cast($11 as text), cast($12 as bigint), cast($13 as text), cast($14 as bigint)",
            "select cast($15 as text), cast($16 as bigint), cast($17 as text), cast($18 as bigint)",
            "select cast($19 as text), cast($20 as bigint), cast($21 as text), cast($22 as bigint)",
            "select cast($23 as text), cast($24 as bigint), cast($25 as text), cast($26 as bigint)",
            "select cast($27 as text), cast($28 as bigint), cast($29 as text), cast($30 as bigint)",
            "select cast($31 as text), cast($32 as bigint), cast($33 as text), cast($34 as bigint)"
        ),
        ") x where x.item <> ''
        on conflict (election_id, station_id, item) do update set sequence = excluded.sequence, status = excluded.status,
            since = excluded.since"
    );
    ADD_PHOTO = "insert into readiness_photo (election_id, station_id, item, sequence, position, file_id) values ($1, $2, $3, $4, $5, $6)";
    // A new day begins: the row of the day before is no longer the latest.
    CLOSE_DAY = "update readiness_station_day set latest = false where election_id = $1 and station_id = $2 and day < $3 and latest = true";
    SET_DAY = "update readiness_station set day = $3 where election_id = $1 and station_id = $2";
    SET_STATION_DAY = "insert into readiness_station_day (election_id, station_id, day, region_id, district_id, expected, met, unmet,
            unmet_critical, na, disputed, unanswered, reported_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        on conflict (election_id, station_id, day) do update set region_id = excluded.region_id, district_id = excluded.district_id,
            expected = excluded.expected, met = excluded.met, unmet = excluded.unmet, unmet_critical = excluded.unmet_critical,
            na = excluded.na, disputed = excluded.disputed, unanswered = excluded.unanswered, reported_at = excluded.reported_at";
    // Takes the last row of the district before any of its rows is changed or followed by a new day's: without this
    // the row of a new day could be made from figures that another writer is just changing.
    HOLD_DISTRICT_DAY = "update readiness_district_day set stations = stations
        where election_id = $1 and district_id = $2 and section = '' and day = (select max(o.day)
            from readiness_district_day o where o.election_id = $1 and o.district_id = $2 and o.section = '')";
    // The row of a new day is made from the last day's; who comes second adds to what the first has made.
    ADD_TO_DISTRICT_DAY = "insert into readiness_district_day (election_id, district_id, section, day, region_id, stations, ready, silent,
            expected, met, unmet, unmet_critical, na, disputed, unanswered)
        select d.election_id, d.district_id, d.section, case when d.day > $4 then d.day else $4 end, d.region_id,
            d.stations + $5, d.ready + $6, d.silent + $7, d.expected + $8, d.met + $9, d.unmet + $10, d.unmet_critical + $11,
            d.na + $12, d.disputed + $13, d.unanswered + $14
        from readiness_district_day d where d.election_id = $1 and d.district_id = $2 and d.section = $3 and d.day = (select max(o.day)
            from readiness_district_day o where o.election_id = $1 and o.district_id = $2 and o.section = $3)
        on conflict (election_id, district_id, section, day) do update set
            stations = readiness_district_day.stations + $5, ready = readiness_district_day.ready + $6,
            silent = readiness_district_day.silent + $7, expected = readiness_district_day.expected + $8,
            met = readiness_district_day.met + $9, unmet = readiness_district_day.unmet + $10,
            unmet_critical = readiness_district_day.unmet_critical + $11, na = readiness_district_day.na + $12,
            disputed = readiness_district_day.disputed + $13, unanswered = readiness_district_day.unanswered + $14";
    SET_DISTRICT_DAY = "insert into readiness_district_day (election_id, district_id, section, day, region_id, stations, ready, silent,
            expected, met, unmet, unmet_critical, na, disputed, unanswered)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        on conflict (election_id, district_id, section, day) do update set region_id = excluded.region_id, stations = excluded.stations,
            ready = excluded.ready, silent = excluded.silent, expected = excluded.expected, met = excluded.met, unmet = excluded.unmet,
            unmet_critical = excluded.unmet_critical, na = excluded.na, disputed = excluded.disputed, unanswered = excluded.unanswered";
}

/// An answer to be written.
#[derive(Clone, Debug)]
pub(in crate::readiness) struct NewAnswer {
    pub(in crate::readiness) item: String,
    pub(in crate::readiness) sequence: u64,
    pub(in crate::readiness) value: String,
    /// What the answer itself says.
    pub(in crate::readiness) status: ItemStatus,
    /// Where the item stands after it.
    pub(in crate::readiness) stands: ItemStatus,
    /// Since when it stands so.
    pub(in crate::readiness) since: Timestamp,
    pub(in crate::readiness) note: String,
    pub(in crate::readiness) base: u64,
    pub(in crate::readiness) conflict: bool,
    pub(in crate::readiness) photos: Vec<String>,
}

/// A report to be written.
#[derive(Clone, Debug)]
pub(in crate::readiness) struct NewReport<'a> {
    pub(in crate::readiness) id: &'a str,
    pub(in crate::readiness) checklist_id: &'a str,
    pub(in crate::readiness) checklist_version: u64,
    pub(in crate::readiness) answers: usize,
    pub(in crate::readiness) parallel: bool,
    pub(in crate::readiness) answered_at: Timestamp,
}

pub(in crate::readiness) fn add_report(
    tx: &mut Transaction,
    acting: &Acting,
    place: &Place,
    report: &NewReport<'_>,
) {
    let values = bind![
        &place.election_id,
        &place.station_id,
        report.id,
        report.checklist_id,
        number(report.checklist_version),
        i64::try_from(report.answers).unwrap_or(i64::MAX),
        report.parallel,
        report.answered_at,
        acting.person(),
        acting.now()
    ];
    tx.later(ADD_REPORT, values);
}

/// Writes answers with their photos, and where their items stand after them.
pub(in crate::readiness) fn add_answers(
    tx: &mut Transaction,
    acting: &Acting,
    place: &Place,
    (report_id, cause): (&str, Cause),
    answers: &[NewAnswer],
) {
    for batch in answers.chunks(BATCH) {
        let mut rows = bind![
            &place.election_id,
            &place.station_id,
            report_id,
            cause.as_str(),
            number(place.revision),
            acting.person(),
            acting.now()
        ];
        let mut states = bind![&place.election_id, &place.station_id];
        for at in 0..BATCH {
            match batch.get(at) {
                Some(one) => {
                    rows.extend(bind![
                        &one.item,
                        number(one.sequence),
                        &one.value,
                        one.status.as_str(),
                        &one.note,
                        number(one.base),
                        i64::from(one.conflict)
                    ]);
                    states.extend(bind![
                        &one.item,
                        number(one.sequence),
                        one.stands.as_str(),
                        one.since
                    ]);
                }
                None => {
                    rows.extend(bind!["", 0_i64, "", "", "", 0_i64, 0_i64]);
                    states.extend(bind!["", 0_i64, "", 0_i64]);
                }
            }
        }
        tx.later(ADD_ANSWERS, rows);
        tx.later(SET_STATES, states);
    }
    for one in answers {
        for (position, file) in (1_i64..).zip(&one.photos) {
            let values = bind![
                &place.election_id,
                &place.station_id,
                &one.item,
                number(one.sequence),
                position,
                file
            ];
            tx.later(ADD_PHOTO, values);
        }
    }
}

fn tally(values: &mut Vec<Value>, tally: &Tally) {
    values.extend(bind![
        tally.expected,
        tally.met,
        tally.unmet,
        tally.unmet_critical,
        tally.na,
        tally.disputed,
        tally.unanswered
    ]);
}

fn sums(values: &mut Vec<Value>, sums: &Sums) {
    values.extend(bind![sums.stations, sums.ready, sums.silent]);
    tally(values, &sums.items);
}

/// Keeps the last day with counts with the station itself.
pub(in crate::readiness) fn set_day(tx: &mut Transaction, place: &Place) {
    let values = bind![&place.election_id, &place.station_id, place.day];
    tx.later(CLOSE_DAY, values.clone());
    tx.later(SET_DAY, values);
}

/// The station's counts from its day on.
pub(in crate::readiness) fn set_station_day(tx: &mut Transaction, place: &Place, counts: &Tally) {
    let mut values = bind![
        &place.election_id,
        &place.station_id,
        place.day,
        &place.region_id,
        &place.district_id
    ];
    tally(&mut values, counts);
    values.extend(bind![place.reported_at]);
    tx.later(SET_STATION_DAY, values);
}

/// Takes the counts of the district; other writers wait until the transaction ends.
pub(in crate::readiness) fn hold_district_day(tx: &mut Transaction, place: &Place) {
    let values = bind![&place.election_id, &place.district_id];
    tx.later(HOLD_DISTRICT_DAY, values);
}

/// Adds to a section of the district's day. False when the section has no row yet.
pub(in crate::readiness) async fn add_to_district_day(
    tx: &mut Transaction,
    place: &Place,
    section: &str,
    change: &Sums,
) -> Result<bool, DatabaseError> {
    let mut values = bind![&place.election_id, &place.district_id, section, place.day];
    sums(&mut values, change);
    Ok(tx.execute(ADD_TO_DISTRICT_DAY, values).await? > 0)
}

/// The counts of a section of a district from a day on.
pub(in crate::readiness) async fn set_district_day(
    tx: &mut Transaction,
    election_id: &str,
    (district_id, region_id): (&str, &str),
    (section, day): (&str, Date),
    counts: &Sums,
) -> Result<(), DatabaseError> {
    let mut values = bind![election_id, district_id, section, day, region_id];
    sums(&mut values, counts);
    tx.execute(SET_DISTRICT_DAY, values).await?;
    Ok(())
}
