//! Commissions with their members from a file, one row for a member; rows of one commission stand together,
//! higher commissions before lower ones: `level,area_code,station_number,size,term_from,term_until,office,
//! name_kk,name_ru,name_en,sex,birth_year,nominator,organisation,decision_number,decision_date,body_kk,
//! body_ru,body_en,valid_from,valid_until,synthetic`.

use super::actions::{form_in, record_act_in};
use super::model::{Level, NewAct, NewCommission, NewMember, Office};
use super::store;
use crate::organisations;
use crate::people::{NewPerson, Sex, actions::add_many_in};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::rows::{self, Problems};
use crate::platform::{Acting, Error, Names, areas};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::HashMap;

/// One member of a file, with what is said of the commission.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberRow {
    /// `central`, `region`, `district`, `precinct`.
    pub level: String,
    /// Code of the commission's area; of a precinct the code of its district or city.
    pub area_code: String,
    /// Number of the station, for a precinct.
    #[serde(default)]
    pub station_number: String,
    /// Number of members set for the commission.
    pub size: String,
    /// First day of its term, ISO.
    pub term_from: String,
    /// Last day of its term, ISO.
    pub term_until: String,
    /// `chair`, `deputy`, `secretary`, `member`.
    pub office: String,
    /// Name, Kazakh.
    pub name_kk: String,
    /// Name, Russian.
    pub name_ru: String,
    /// Name, English.
    pub name_en: String,
    /// `female`, `male`.
    pub sex: String,
    /// Year of birth.
    pub birth_year: String,
    /// Who proposed: `party`, `association`, `higher_commission`, …
    pub nominator: String,
    /// Name of the party or association in any language, as it is on record; or empty.
    #[serde(default)]
    pub organisation: String,
    /// Number of the act that seats.
    pub decision_number: String,
    /// Its day, ISO.
    pub decision_date: String,
    /// The body that adopted it, Kazakh.
    pub body_kk: String,
    /// The body, Russian.
    pub body_ru: String,
    /// The body, English.
    pub body_en: String,
    /// First day in the commission, ISO.
    pub valid_from: String,
    /// Last day, ISO, or empty.
    #[serde(default)]
    pub valid_until: String,
    /// `yes` for people who do not exist.
    #[serde(default)]
    pub synthetic: String,
}

impl MemberRow {
    fn same_commission(&self, other: &Self) -> bool {
        self.level == other.level
            && self.area_code == other.area_code
            && self.station_number == other.station_number
    }

    fn mark(&self) -> String {
        format!("{} {} {}", self.level, self.area_code, self.station_number)
            .trim()
            .to_owned()
    }
}

/// What has been looked up or made while a file is read.
#[derive(Default)]
struct Known {
    areas: HashMap<String, String>,
    precincts: HashMap<String, HashMap<String, String>>,
    organisations: HashMap<String, String>,
    acts: HashMap<(String, String, String), String>,
}

/// Reads a CSV file of commissions with their members; `dry_run` checks everything and changes nothing.
/// Returns the numbers of commissions and of members.
///
/// # Errors
/// [`Error::Invalid`] naming each row and column that can't be taken (the first hundred of them);
/// [`Error::Forbidden`] without the power over an area of the file.
pub async fn import_csv(
    acting: &Acting,
    text: &[u8],
    dry_run: bool,
) -> Result<(usize, usize), Error> {
    let rows = rows::read::<MemberRow>(text)?;
    let mut transaction = acting.begin().await?;
    let mut known = Known::default();
    for organisation in organisations::queries::all(&mut transaction).await? {
        for name in [
            &organisation.names.kk,
            &organisation.names.ru,
            &organisation.names.en,
        ] {
            let folded = electoral::collation::fold(name);
            known.organisations.insert(folded, organisation.id.clone());
        }
    }
    let mut problems = Problems::default();
    let (mut first, mut commissions) = (0, 0);
    for group in rows.chunk_by(MemberRow::same_commission) {
        add_group(
            &mut transaction,
            acting,
            group,
            first,
            &mut known,
            &mut problems,
        )
        .await?;
        first += group.len();
        commissions += 1;
        if problems.is_full() {
            break;
        }
    }
    problems.done()?;
    if !dry_run {
        transaction.commit().await?;
    }
    Ok((commissions, rows.len()))
}

/// Forms one commission; what is wrong with its rows is noted, and the file read on.
async fn add_group(
    transaction: &mut Transaction,
    acting: &Acting,
    group: &[MemberRow],
    first: usize,
    known: &mut Known,
    problems: &mut Problems,
) -> Result<(), Error> {
    let Some(head) = group.first() else {
        return Ok(());
    };
    let commission = match commission(transaction, acting, head, known).await {
        Ok(commission) => commission,
        Err(error) => return problems.take(first, &head.mark(), error),
    };
    let (mut people, mut members) = (Vec::new(), Vec::new());
    let mut fine = true;
    for (index, row) in group.iter().enumerate() {
        match member(transaction, acting, row, &commission, known).await {
            Ok((person, member)) => {
                people.push(person);
                members.push(member);
            }
            Err(error) => {
                fine = false;
                problems.take(first + index, &row.mark(), error)?;
            }
        }
    }
    if !fine {
        return Ok(());
    }
    let formed = async {
        let ids = add_many_in(transaction, acting, &people).await?;
        for (member, id) in members.iter_mut().zip(ids) {
            member.person_id = id;
        }
        form_in(transaction, acting, commission, members).await
    };
    match formed.await {
        Ok(_) => Ok(()),
        Err(error) => problems.take(first, &head.mark(), error),
    }
}

fn date(acting: &Acting, column: &str, text: &str) -> Result<Date, Error> {
    text.parse()
        .map_err(|_| Error::field(column, acting.t().form_date()))
}

async fn commission(
    transaction: &mut Transaction,
    acting: &Acting,
    row: &MemberRow,
    known: &mut Known,
) -> Result<NewCommission, Error> {
    let t = acting.t();
    let level = Level::parse(&row.level).ok_or_else(|| {
        Error::field(
            "level",
            t.import_choice("central, region, district, precinct"),
        )
    })?;
    let size = row
        .size
        .parse()
        .map_err(|_| Error::field("size", t.form_number()))?;
    let term_from = date(acting, "term_from", &row.term_from)?;
    let term_until = date(acting, "term_until", &row.term_until)?;
    // Stations and higher commissions may be younger than the term: what is there today counts.
    let day = term_from.max(acting.today());
    let above = area(transaction, acting, &row.area_code, day, known).await?;
    let area_id = if level == Level::Precinct {
        precinct(transaction, acting, row, &above, day, known).await?
    } else {
        above
    };
    let parent_id = parent(transaction, level, &area_id, day).await?;
    if parent_id.is_none() && level != Level::Central {
        return Err(Error::field("level", t.commissions_parent()));
    }
    Ok(NewCommission {
        level,
        area_id,
        parent_id,
        size,
        term_from,
        term_until,
    })
}

/// The area of a code, asked for once; the power over it is decided when it is first met.
async fn area(
    transaction: &mut Transaction,
    acting: &Acting,
    code: &str,
    day: Date,
    known: &mut Known,
) -> Result<String, Error> {
    if let Some(id) = known.areas.get(code) {
        return Ok(id.clone());
    }
    let id = areas::by_code(transaction, code, day)
        .await?
        .ok_or_else(|| Error::field("area_code", acting.t().import_parent()))?;
    acting
        .require(transaction, Action::RegisterImport, &id, None)
        .await?;
    known.areas.insert(code.to_owned(), id.clone());
    Ok(id)
}

/// The area of a station below a district, by the number that its name says.
async fn precinct(
    transaction: &mut Transaction,
    acting: &Acting,
    row: &MemberRow,
    district: &str,
    day: Date,
    known: &mut Known,
) -> Result<String, Error> {
    if !known.precincts.contains_key(district) {
        let mut by_number = HashMap::new();
        for (name, id) in store::precincts_of(transaction, district, day).await? {
            let digits: String = name.chars().filter(char::is_ascii_digit).collect();
            by_number.insert(digits, id);
        }
        known.precincts.insert(district.to_owned(), by_number);
    }
    known
        .precincts
        .get(district)
        .and_then(|stations| stations.get(&row.station_number))
        .cloned()
        .ok_or_else(|| Error::field("station_number", acting.t().commissions_station_unknown()))
}

/// The nearest commission of the next level up, by the areas above.
pub(super) async fn parent(
    transaction: &mut Transaction,
    level: Level,
    area_id: &str,
    day: Date,
) -> Result<Option<String>, Error> {
    for area in areas::path(transaction, area_id)
        .await?
        .iter()
        .rev()
        .skip(1)
    {
        if let Some(found) = store::by_area(transaction, &area.id, day).await?
            && found.level.below() == Some(level)
        {
            return Ok(Some(found.id));
        }
    }
    Ok(None)
}

async fn member(
    transaction: &mut Transaction,
    acting: &Acting,
    row: &MemberRow,
    commission: &NewCommission,
    known: &mut Known,
) -> Result<(NewPerson, NewMember), Error> {
    let t = acting.t();
    let person = NewPerson {
        names: Names::new(&row.name_kk, &row.name_ru, &row.name_en),
        sex: Sex::parse(&row.sex)
            .ok_or_else(|| Error::field("sex", t.import_choice("female, male")))?,
        birth_year: row
            .birth_year
            .parse()
            .map_err(|_| Error::field("birth_year", t.people_birth_year()))?,
        birth_date: None,
        synthetic: row.synthetic == "yes",
    };
    person.check(t, acting.app().today())?;
    let organisation_id = match row.organisation.as_str() {
        "" => None,
        name => Some(
            known
                .organisations
                .get(&electoral::collation::fold(name))
                .cloned()
                .ok_or_else(|| {
                    Error::field("organisation", t.commissions_organisation_unknown())
                })?,
        ),
    };
    let office = Office::parse(&row.office).ok_or_else(|| {
        Error::field(
            "office",
            t.import_choice("chair, deputy, secretary, member"),
        )
    })?;
    let valid_until = match row.valid_until.as_str() {
        "" => None,
        text => Some(date(acting, "valid_until", text)?),
    };
    let decision_id = act(transaction, acting, row, commission, known).await?;
    let member = NewMember {
        commission_id: String::new(),
        person_id: String::new(),
        office,
        nominator: row.nominator.clone(),
        organisation_id,
        decision_id,
        valid_from: date(acting, "valid_from", &row.valid_from)?,
        valid_until,
    };
    Ok((person, member))
}

/// The act of a body that seats, put on record once for all rows that name it.
async fn act(
    transaction: &mut Transaction,
    acting: &Acting,
    row: &MemberRow,
    commission: &NewCommission,
    known: &mut Known,
) -> Result<String, Error> {
    let key = (
        row.body_kk.clone(),
        row.decision_number.clone(),
        row.decision_date.clone(),
    );
    if let Some(id) = known.acts.get(&key) {
        return Ok(id.clone());
    }
    let new = NewAct {
        body: Names::new(&row.body_kk, &row.body_ru, &row.body_en),
        area_id: commission.area_id.clone(),
        kind: "commission_formed",
        number: row.decision_number.clone(),
        decided_on: date(acting, "decision_date", &row.decision_date)?,
        title: Names::new(
            "Сайлау комиссияларының құрамы туралы",
            "О составе избирательных комиссий",
            "On the members of election commissions",
        ),
        text: String::new(),
        file_id: None,
        election_id: None,
        contest_id: None,
    };
    let id = record_act_in(transaction, acting, new).await?;
    known.acts.insert(key, id.clone());
    Ok(id)
}
