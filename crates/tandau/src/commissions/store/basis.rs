//! Decisions that can carry an act, and what decisions may concern.

use super::decision;
use crate::commissions::model::Decision;
use crate::commissions::queries::Vote;
use crate::platform::database::{Connection, DatabaseError};
use crate::{bind, statements};

statements! {
    OFFERED = "select d.id, d.commission_id, d.body_kk, d.body_ru, d.body_en, d.area_id, d.election_id, d.contest_id, d.kind, d.number, d.decided_on,
            d.title_kk, d.title_ru, d.title_en, d.body_text, d.members_total, d.members_present, d.votes_for, d.votes_against, d.file_id, d.recorded_at
        from decision d where exists (select 1 from area_path p where (p.area_id = $1 and p.ancestor_id = d.area_id)
                or (p.area_id = d.area_id and p.ancestor_id = $1))
            and (d.election_id = $2 or (d.election_id is null and d.commission_id is null))
            and (d.contest_id is null or d.contest_id = $3) and d.kind in ($4, $5, $6)
        order by d.decided_on desc, d.recorded_at desc, d.id desc limit 200";
    VOTE_EXISTS = "select e.id from election e where e.id = $1
        and ($2 = '' or exists (select 1 from contest c where c.id = $2 and c.election_id = e.id))";
    VOTES_AROUND = "select e.id as election_id, '' as contest_id, e.voting_day, 0 as number, e.title_kk, e.title_ru, e.title_en,
            e.title_kk as area_kk, e.title_ru as area_ru, e.title_en as area_en
        from election e where exists (select 1 from area_path p where (p.area_id = e.area_id and p.ancestor_id = $1)
            or (p.area_id = $1 and p.ancestor_id = e.area_id))
        union all
        select e.id, c.id, e.voting_day, c.number, e.title_kk, e.title_ru, e.title_en, n.name_kk, n.name_ru, n.name_en
        from contest c join election e on e.id = c.election_id join area_name n on n.area_id = c.area_id and n.valid_until is null
        where exists (select 1 from area_path p where (p.area_id = c.area_id and p.ancestor_id = $1)
            or (p.area_id = $1 and p.ancestor_id = c.area_id))
        order by 3 desc, 1, 4 limit 1000";
}

/// Decisions that can carry an act in an area, the newest first: of an election, of a contest where one is
/// named, of up to three kinds.
pub(in crate::commissions) async fn offered(
    connection: &mut Connection,
    area_id: &str,
    election_id: &str,
    contest_id: &str,
    kinds: &[&str],
) -> Result<Vec<Decision>, DatabaseError> {
    let first = kinds.first().copied().unwrap_or_default();
    let [second, third] = [1, 2].map(|i| kinds.get(i).copied().unwrap_or(first));
    let values = bind![area_id, election_id, contest_id, first, second, third];
    let rows = connection.all(OFFERED, values).await?;
    rows.iter().map(decision).collect()
}

/// Whether an election is on record, and has the contest.
pub(in crate::commissions) async fn vote_exists(
    connection: &mut Connection,
    election_id: Option<&str>,
    contest_id: Option<&str>,
) -> Result<bool, DatabaseError> {
    let values = bind![
        election_id.unwrap_or_default(),
        contest_id.unwrap_or_default()
    ];
    Ok(connection.first(VOTE_EXISTS, values).await?.is_some())
}

/// Elections and contests that an area takes part in, lies in or holds, the newest voting day first.
pub(in crate::commissions) async fn votes_around(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<Vote>, DatabaseError> {
    let rows = connection.all(VOTES_AROUND, bind![area_id]).await?;
    rows.iter()
        .map(|row| {
            Ok(Vote {
                election_id: row.text("election_id")?,
                contest_id: Some(row.text("contest_id")?).filter(|id| !id.is_empty()),
                title: row.names("title")?,
                area: row.names("area")?,
            })
        })
        .collect()
}
