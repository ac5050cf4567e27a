//! Candidates of an election from a file, one row for each: nominated and, where a day of registration is given,
//! registered, through the same acts as at the pages. Rows stand in the order in which they were nominated.

use super::actions::{NewCandidate, Registration, nominate_in, register_in};
use super::{queries, store};
use crate::bind;
use crate::elections::{Contest, queries as elections};
use crate::organisations;
use crate::people::{NewPerson, Sex, actions::add_in};
use crate::platform::database::Transaction;
use crate::platform::rows::{self, Problems};
use crate::platform::{Acting, Error, Names};
use electoral::collation::fold;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// One candidate of a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateRow {
    /// Id of the contest, or code of its area.
    pub contest: String,
    /// Name, Kazakh.
    pub name_kk: String,
    /// Name, Russian.
    pub name_ru: String,
    /// Name, English.
    pub name_en: String,
    /// `female`, `male`.
    pub sex: String,
    /// Date of birth, ISO.
    pub birth_date: String,
    /// Id of the nominator in the rules: `party`, `self`, …
    pub nominated_by: String,
    /// Name of the party in any language, as it is on record; empty for every other nominator.
    #[serde(default)]
    pub organisation: String,
    /// Day of nomination, ISO.
    pub nominated_on: String,
    /// Occupation, Kazakh; may be empty.
    #[serde(default)]
    pub occupation_kk: String,
    /// Occupation, Russian.
    #[serde(default)]
    pub occupation_ru: String,
    /// Occupation, English.
    #[serde(default)]
    pub occupation_en: String,
    /// Day of registration, ISO; empty for somebody who is not registered yet.
    #[serde(default)]
    pub registered_on: String,
    /// Number of the commission's decision that registers.
    #[serde(default)]
    pub decision_number: String,
    /// Valid signatures found, where the nominator needs them.
    #[serde(default)]
    pub signatures_valid: String,
    /// `yes` for people who do not exist.
    #[serde(default)]
    pub synthetic: String,
}

/// What rows are read against.
struct Known {
    contests: Vec<Contest>,
    organisations: HashMap<String, String>,
    /// Names and year of birth of everybody who has been nominated in this election.
    nominated: HashSet<(String, i64)>,
}

/// Reads a CSV file of candidates; `dry_run` checks everything and changes nothing. Returns the number of rows.
///
/// # Errors
/// [`Error::NotFound`] for an unknown election; [`Error::Invalid`] naming each row and column that can't be taken
/// (the first hundred of them); [`Error::Forbidden`] without the power over a contest of the file.
pub async fn import_csv(
    acting: &Acting,
    election_id: &str,
    text: &[u8],
    dry_run: bool,
) -> Result<usize, Error> {
    let rows = rows::read::<CandidateRow>(text)?;
    let mut tx = acting.begin().await?;
    let mut known = known(&mut tx, election_id).await?;
    let mut problems = Problems::default();
    for (index, row) in rows.iter().enumerate() {
        match add_one(&mut tx, acting, row, &mut known).await {
            Ok(()) => {}
            // A step that the state of candidate or contest doesn't allow is this row's problem.
            Err(Error::Conflict(sentence)) => problems.add(index, &row.contest, "", sentence),
            Err(error) => problems.take(index, &row.contest, error)?,
        }
        if problems.is_full() {
            break;
        }
    }
    problems.done()?;
    if !dry_run {
        tx.commit().await?;
    }
    Ok(rows.len())
}

async fn known(tx: &mut Transaction, election_id: &str) -> Result<Known, Error> {
    let election = elections::election(tx, election_id).await?;
    let contests = elections::contests(tx, &election.id).await?;
    let mut organisations = HashMap::new();
    for organisation in organisations::queries::all(tx).await? {
        let names = &organisation.names;
        for name in [&names.kk, &names.ru, &names.en] {
            organisations.insert(fold(name), organisation.id.clone());
        }
    }
    let nominated = queries::all_of_election(tx, &election.id)
        .await?
        .into_iter()
        .filter(|c| c.state.is_active())
        .map(|c| (fold(&c.names.kk), c.birth_year))
        .collect();
    Ok(Known {
        contests,
        organisations,
        nominated,
    })
}

async fn add_one(
    tx: &mut Transaction,
    acting: &Acting,
    row: &CandidateRow,
    known: &mut Known,
) -> Result<(), Error> {
    let t = acting.t();
    let contest = known
        .contests
        .iter()
        .find(|c| c.id == row.contest || c.area_code == row.contest)
        .ok_or_else(|| Error::field("contest", t.candidates_import_contest()))?;
    let person = person(acting, row)?;
    let mark = (fold(&person.names.kk), i64::from(person.birth_year));
    if known.nominated.contains(&mark) {
        return Err(Error::field("name_kk", t.candidates_import_there()));
    }
    let organisation_id = match row.organisation.as_str() {
        "" => None,
        name => Some(
            known
                .organisations
                .get(&fold(name))
                .cloned()
                .ok_or_else(|| Error::field("organisation", t.candidates_organisation_unknown()))?,
        ),
    };
    let new = NewCandidate {
        contest_id: contest.id.clone(),
        person_id: add_in(tx, acting, person).await?,
        nominated_by: row.nominated_by.clone(),
        organisation_id,
        nominated_on: date(acting, "nominated_on", &row.nominated_on)?,
        occupation: Names::new(&row.occupation_kk, &row.occupation_ru, &row.occupation_en),
    };
    let candidate_id = nominate_in(tx, acting, new).await?;
    if !row.registered_on.is_empty() {
        let registration = registration(tx, acting, row, contest, candidate_id).await?;
        register_in(tx, acting, registration).await?;
    }
    known.nominated.insert(mark);
    Ok(())
}

fn person(acting: &Acting, row: &CandidateRow) -> Result<NewPerson, Error> {
    let t = acting.t();
    let born = date(acting, "birth_date", &row.birth_date)?;
    Ok(NewPerson {
        names: Names::new(&row.name_kk, &row.name_ru, &row.name_en),
        sex: Sex::parse(&row.sex)
            .ok_or_else(|| Error::field("sex", t.import_choice("female, male")))?,
        birth_year: born.year(),
        birth_date: Some(born),
        synthetic: row.synthetic == "yes",
    })
}

async fn registration(
    tx: &mut Transaction,
    acting: &Acting,
    row: &CandidateRow,
    contest: &Contest,
    candidate_id: String,
) -> Result<Registration, Error> {
    let t = acting.t();
    let decision = tx
        .first(
            store::DECISION_BY_NUMBER,
            bind![&contest.commission_id, &row.decision_number],
        )
        .await?
        .ok_or_else(|| Error::field("decision_number", t.candidates_import_decision()))?;
    let signatures_valid = match row.signatures_valid.as_str() {
        "" => None,
        text => Some(
            text.parse()
                .map_err(|_| Error::field("signatures_valid", t.form_number()))?,
        ),
    };
    Ok(Registration {
        candidate_id,
        on: date(acting, "registered_on", &row.registered_on)?,
        signatures_valid,
        decision_id: decision.text("id")?,
    })
}

fn date(acting: &Acting, column: &str, text: &str) -> Result<Date, Error> {
    text.parse()
        .map_err(|_| Error::field(column, acting.t().form_date()))
}
