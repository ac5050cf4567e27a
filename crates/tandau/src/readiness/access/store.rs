//! All the SQL of accessibility.

use super::model::{Counts, StationMeans, StationNeeds};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, DatabaseError, Row};
use crate::platform::{Acting, Error};
use crate::{bind, statements};
use electoral::accessibility::{Known, Means, Word};
use electoral::checklist::Milli;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;

statements! {
    ADD_MEANS = "insert into station_means (station_id, version, cause, made_by, made_at) values ($1, $2, $3, $4, $5)";
    ADD_FACT = "insert into station_means_fact (station_id, version, fact, value, number) values ($1, $2, $3, $4, $5)";
    SET_FACT = "insert into station_means_state (station_id, fact, version, value, number) values ($1, $2, $3, $4, $5)
        on conflict (station_id, fact) do update set version = excluded.version, value = excluded.value, number = excluded.number";
    STATE = "select fact, value, number from station_means_state where station_id = $1 order by fact";
    NEWEST_MEANS = "select version, cause, made_by, made_at from station_means where station_id = $1 order by version desc limit 1";
    MEANS_UNDER = "select f.station_id, f.fact, f.value, f.number
        from area_path p join station s on s.area_id = p.area_id join station_means_fact f on f.station_id = s.id
            join station_means m on m.station_id = f.station_id and m.version = f.version
        where p.ancestor_id = $1 and m.made_at < $2
            and not exists (select 1 from station_means_fact g join station_means n on n.station_id = g.station_id and n.version = g.version
                where g.station_id = f.station_id and g.fact = f.fact and g.version > f.version and n.made_at < $2)
        order by f.station_id, f.fact";
    VERSIONS_UNDER = "select m.station_id, m.version, m.cause, m.made_by, m.made_at
        from area_path p join station s on s.area_id = p.area_id join station_means m on m.station_id = s.id
        where p.ancestor_id = $1 and m.made_at < $2
            and not exists (select 1 from station_means n where n.station_id = m.station_id and n.version > m.version and n.made_at < $2)
        order by m.station_id";
    ADD_ACT = "insert into station_needs_act (id, election_id, area_id, source, made_by, made_at) values ($1, $2, $3, $4, $5, $6)";
    ADD_NEEDS = "insert into station_needs (election_id, station_id, version, act_id, voters) values ($1, $2, $3, $4, $5)";
    ADD_COUNT = "insert into station_needs_count (election_id, station_id, version, need, voters) values ($1, $2, $3, $4, $5)";
    NEEDS_UNDER = "select n.station_id, n.version, a.source, a.made_at, c.need, c.voters
        from area_path p join station s on s.area_id = p.area_id join station_needs n on n.station_id = s.id and n.election_id = $1
            join station_needs_act a on a.id = n.act_id
            join station_needs_count c on c.election_id = n.election_id and c.station_id = n.station_id and c.version = n.version
        where p.ancestor_id = $2
            and not exists (select 1 from station_needs o where o.election_id = n.election_id and o.station_id = n.station_id and o.version > n.version)
        order by n.station_id, c.need";
    // In which districts each contest of an election has stations, by their newest versions.
    DISTRICTS = "select distinct u.contest_id, v.district_id, v.region_id
        from contest_station u join station_version v on v.station_id = u.station_id
            and v.version = (select max(w.version) from station_version w where w.station_id = u.station_id)
        where u.election_id = $1 order by v.region_id, v.district_id, u.contest_id";
    ADD_RELEASE = "insert into needs_release (election_id, version, released_on, smallest_group, stations, counted, made_by, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    ADD_FIGURE = "insert into needs_release_figure (election_id, version, area_id, part, need, voters, shown) values ($1, $2, $3, $4, $5, $6, $7)";
    ADD_RELEASE_AREA = "insert into needs_release_area (election_id, version, area_id, stations, counted) values ($1, $2, $3, $4, $5)";
    RELEASES = "select version, released_on, smallest_group, stations, counted, made_at from needs_release where election_id = $1 order by version";
    FIGURES = "select area_id, part, need, voters, shown from needs_release_figure where election_id = $1 and version = $2
        order by area_id, part, need";
    FIGURES_OF = "select f.area_id, f.part, f.need, f.voters, f.shown from needs_release_figure f
        where f.election_id = $1 and f.version = $2 and f.area_id in
            (select p.area_id from area_path p where p.ancestor_id = $3 and p.depth <= 1)
        order by f.area_id, f.part, f.need";
    AREAS_OF = "select r.area_id, r.stations, r.counted from needs_release_area r
        where r.election_id = $1 and r.version = $2 and r.area_id in
            (select p.area_id from area_path p where p.ancestor_id = $3 and p.depth <= 1)
        order by r.area_id";
}

/// What the log of acts vouches for: what was said of a station, one act of counting, one release.
pub(crate) const AUDITED: &[Audited] = &[
    Audited {
        kind: "station_means",
        rows: &[
            "select station_id, version, cause, made_by, made_at from station_means where station_id = $1 and cast(version as text) = $2",
            "select fact, value, number from station_means_fact where station_id = $1 and cast(version as text) = $2 order by fact",
        ],
        ids: "select station_id || '/' || cast(version as text) as object from station_means",
    },
    Audited {
        kind: "station_needs",
        rows: &[
            "select id, election_id, area_id, source, made_by, made_at from station_needs_act where id = $1",
            "select station_id, version, voters from station_needs where act_id = $1 order by station_id, version",
            "select c.station_id, c.version, c.need, c.voters from station_needs n
                join station_needs_count c on c.election_id = n.election_id and c.station_id = n.station_id and c.version = n.version
                where n.act_id = $1 order by c.station_id, c.version, c.need",
        ],
        ids: "select id as object from station_needs_act",
    },
    Audited {
        kind: "needs_release",
        rows: &[
            "select election_id, version, released_on, smallest_group, stations, counted, made_by, made_at from needs_release
                where election_id = $1 and cast(version as text) = $2",
            "select area_id, part, need, voters, shown from needs_release_figure where election_id = $1 and cast(version as text) = $2
                order by area_id, part, need",
            "select area_id, stations, counted from needs_release_area where election_id = $1 and cast(version as text) = $2 order by area_id",
        ],
        ids: "select election_id || '/' || cast(version as text) as object from needs_release",
    },
];

fn int(n: u64) -> Result<i64, Error> {
    i64::try_from(n).map_err(Error::internal)
}

fn known(row: &Row) -> Result<(String, Known), DatabaseError> {
    let word = row.text("value")?;
    let word = Word::parse(&word).ok_or_else(|| DatabaseError::Column {
        column: "value".to_owned(),
        problem: word,
    })?;
    let number = row.opt_int("number")?.map(Milli);
    Ok((row.text("fact")?, Known { word, number }))
}

/// What is known of a station now.
pub(super) async fn means(
    connection: &mut Connection,
    station_id: &str,
) -> Result<StationMeans, DatabaseError> {
    let means = facts(connection, station_id).await?;
    let newest = connection.first(NEWEST_MEANS, bind![station_id]).await?;
    match newest {
        None => Ok(StationMeans::default()),
        Some(row) => Ok(StationMeans {
            means,
            ..version(&row)?
        }),
    }
}

/// What a station offers now, without who said so.
pub(super) async fn facts(
    connection: &mut Connection,
    station_id: &str,
) -> Result<Means, DatabaseError> {
    let rows = connection.all(STATE, bind![station_id]).await?;
    rows.iter().map(known).collect()
}

fn version(row: &Row) -> Result<StationMeans, DatabaseError> {
    Ok(StationMeans {
        version: row.count("version")?,
        made_at: Some(row.instant("made_at")?),
        made_by: row.text("made_by")?,
        cause: row.text("cause")?,
        means: Means::default(),
    })
}

/// What was known of all stations in an area before an instant, by station.
pub(super) async fn means_under(
    connection: &mut Connection,
    area_id: &str,
    before: Timestamp,
) -> Result<HashMap<String, StationMeans>, DatabaseError> {
    let mut found = HashMap::new();
    for row in connection
        .all(VERSIONS_UNDER, bind![area_id, before])
        .await?
    {
        found.insert(row.text("station_id")?, version(&row)?);
    }
    for row in connection.all(MEANS_UNDER, bind![area_id, before]).await? {
        let (fact, said) = known(&row)?;
        let station: &mut StationMeans = found.entry(row.text("station_id")?).or_default();
        station.means.set(fact, said);
    }
    Ok(found)
}

/// Puts down a version with the facts that changed.
pub(super) async fn add_means(
    connection: &mut Connection,
    acting: &Acting,
    station_id: &str,
    version: u64,
    cause: &str,
    facts: &[(String, Known)],
) -> Result<(), Error> {
    let version = int(version)?;
    let row = bind![station_id, version, cause, acting.person(), acting.now()];
    connection.execute(ADD_MEANS, row).await?;
    for (fact, said) in facts {
        let number = said.number.map(|n| n.0);
        let value = said.word.as_str();
        let row = bind![station_id, version, fact, value, number];
        connection.execute(ADD_FACT, row).await?;
        let row = bind![station_id, fact, version, value, number];
        connection.execute(SET_FACT, row).await?;
    }
    Ok(())
}

/// Counts of all stations in an area as they are now, by station.
pub(super) async fn needs_under(
    connection: &mut Connection,
    election_id: &str,
    area_id: &str,
) -> Result<HashMap<String, StationNeeds>, DatabaseError> {
    let mut found: HashMap<String, StationNeeds> = HashMap::new();
    for row in connection
        .all(NEEDS_UNDER, bind![election_id, area_id])
        .await?
    {
        let station = found.entry(row.text("station_id")?).or_default();
        station.version = row.count("version")?;
        station.made_at = Some(row.instant("made_at")?);
        station.source = row.text("source")?;
        let need = row.text("need")?;
        station.counts.insert(need, row.count("voters")?);
    }
    Ok(found)
}

/// Begins an act of counting.
pub(super) async fn add_act(
    connection: &mut Connection,
    acting: &Acting,
    id: &str,
    election_id: &str,
    area_id: &str,
    source: &str,
) -> Result<(), Error> {
    let row = bind![
        id,
        election_id,
        area_id,
        source,
        acting.person(),
        acting.now()
    ];
    connection.execute(ADD_ACT, row).await?;
    Ok(())
}

/// Puts down the counts of one station.
pub(super) async fn add_needs(
    connection: &mut Connection,
    election_id: &str,
    station_id: &str,
    version: u64,
    act_id: &str,
    counts: &Counts,
) -> Result<(), Error> {
    let version = int(version)?;
    let voters = int(counts.values().sum())?;
    let row = bind![election_id, station_id, version, act_id, voters];
    connection.execute(ADD_NEEDS, row).await?;
    for (need, voters) in counts {
        let row = bind![election_id, station_id, version, need, int(*voters)?];
        connection.execute(ADD_COUNT, row).await?;
    }
    Ok(())
}

/// A release of needs figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// From 1.
    pub version: u64,
    /// The day of its figures.
    pub released_on: Date,
    /// Fewer people than this are hidden.
    pub smallest_group: u64,
    /// Stations of the election.
    pub stations: u64,
    /// Stations that were counted.
    pub counted: u64,
    /// When it was made.
    pub made_at: Timestamp,
}

/// One figure of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The area.
    pub area_id: String,
    /// Empty for all voters, or a [`super::model::Part`].
    pub part: String,
    /// Empty for all needs.
    pub need: String,
    /// Voters.
    pub voters: u64,
    /// Whether it may be shown.
    pub shown: bool,
}

fn figure(row: &Row) -> Result<Figure, DatabaseError> {
    Ok(Figure {
        area_id: row.text("area_id")?,
        part: row.text("part")?,
        need: row.text("need")?,
        voters: row.count("voters")?,
        shown: row.flag("shown")?,
    })
}

/// All releases of an election, oldest first.
pub(super) async fn releases(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<Release>, DatabaseError> {
    let rows = connection.all(RELEASES, bind![election_id]).await?;
    rows.iter()
        .map(|row| {
            Ok(Release {
                version: row.count("version")?,
                released_on: row.date("released_on")?,
                smallest_group: row.count("smallest_group")?,
                stations: row.count("stations")?,
                counted: row.count("counted")?,
                made_at: row.instant("made_at")?,
            })
        })
        .collect()
}

/// All figures of a release.
pub(super) async fn figures(
    connection: &mut Connection,
    election_id: &str,
    version: u64,
) -> Result<Vec<Figure>, Error> {
    let rows = connection
        .all(FIGURES, bind![election_id, int(version)?])
        .await?;
    Ok(rows.iter().map(figure).collect::<Result<_, _>>()?)
}

/// Figures of an area and those directly below it.
pub(super) async fn figures_of(
    connection: &mut Connection,
    election_id: &str,
    version: u64,
    area_id: &str,
) -> Result<Vec<Figure>, Error> {
    let rows = connection
        .all(FIGURES_OF, bind![election_id, int(version)?, area_id])
        .await?;
    Ok(rows.iter().map(figure).collect::<Result<_, _>>()?)
}

/// Stations and counted stations of an area and those directly below it.
pub(super) async fn areas_of(
    connection: &mut Connection,
    election_id: &str,
    version: u64,
    area_id: &str,
) -> Result<HashMap<String, (u64, u64)>, Error> {
    let rows = connection
        .all(AREAS_OF, bind![election_id, int(version)?, area_id])
        .await?;
    let mut found = HashMap::new();
    for row in rows {
        let pair = (row.count("stations")?, row.count("counted")?);
        found.insert(row.text("area_id")?, pair);
    }
    Ok(found)
}

/// Puts down a release.
pub(super) async fn add_release(
    connection: &mut Connection,
    acting: &Acting,
    election_id: &str,
    release: &Release,
    figures: &[Figure],
    areas: &[(String, u64, u64)],
) -> Result<(), Error> {
    let version = int(release.version)?;
    let row = bind![
        election_id,
        version,
        release.released_on,
        int(release.smallest_group)?,
        int(release.stations)?,
        int(release.counted)?,
        acting.person(),
        release.made_at
    ];
    connection.execute(ADD_RELEASE, row).await?;
    for f in figures {
        let voters = int(f.voters)?;
        let row = bind![
            election_id,
            version,
            &f.area_id,
            &f.part,
            &f.need,
            voters,
            f.shown
        ];
        connection.execute(ADD_FIGURE, row).await?;
    }
    for (area, stations, counted) in areas {
        let row = bind![election_id, version, area, int(*stations)?, int(*counted)?];
        connection.execute(ADD_RELEASE_AREA, row).await?;
    }
    Ok(())
}

/// A contest with a district in which it has stations, and the district's region.
pub(super) async fn districts(
    connection: &mut Connection,
    election_id: &str,
) -> Result<Vec<(String, super::queries::District)>, DatabaseError> {
    let rows = connection.all(DISTRICTS, bind![election_id]).await?;
    rows.iter()
        .map(|row| {
            let district = super::queries::District {
                area_id: row.text("district_id")?,
                region_id: row.text("region_id")?,
            };
            Ok((row.text("contest_id")?, district))
        })
        .collect()
}
