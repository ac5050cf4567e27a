//! Nomination.

use super::{Change, Place, add_event, record};
use crate::bind;
use crate::candidates::model::{Candidate, CandidateState};
use crate::candidates::{queries, store};
use crate::commissions::actions::Who;
use crate::elections::queries as elections;
use crate::people;
use crate::platform::database::Transaction;
use crate::platform::web::FieldErrors;
use crate::platform::{Acting, Error, Names, ids};
use electoral::rules::Nominator;
use jiff::Timestamp;
use jiff::civil::Date;

/// Somebody to nominate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCandidate {
    /// The contest.
    pub contest_id: String,
    /// The person.
    pub person_id: String,
    /// Id of the nominator in the rules.
    pub nominated_by: String,
    /// The party; none for every other nominator.
    pub organisation_id: Option<String>,
    /// The day the nomination was made.
    pub nominated_on: Date,
    /// Occupation; may be empty.
    pub occupation: Names,
}

/// Puts a nomination on record. Returns the candidate's id.
///
/// # Errors
/// As [`nominate_in`].
pub async fn nominate(acting: &Acting, new: NewCandidate) -> Result<String, Error> {
    let mut tx = acting.begin().await?;
    let id = nominate_in(&mut tx, acting, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// Nominates somebody on record, or somebody who is put on record by the same act. `person_id` of the
/// nomination is not read. Returns the candidate's id.
///
/// # Errors
/// As [`nominate_in`]; what is wrong with a new person.
pub async fn nominate_person(
    acting: &Acting,
    who: Who,
    mut new: NewCandidate,
) -> Result<String, Error> {
    let mut tx = acting.begin().await?;
    // Without the power nobody is put on record: it is asked for first.
    Place::open(&mut tx, acting, &new.contest_id).await?;
    new.person_id = match who {
        Who::Known(id) => id,
        Who::New(person) => people::actions::add_in(&mut tx, acting, person).await?,
    };
    let id = nominate_in(&mut tx, acting, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// As [`nominate`], inside another act.
///
/// # Errors
/// No power; fields to mend: a nominator the rules don't know or don't admit now, a day outside the time of
/// nomination, a person nominated already (art. 113-3(4)), a party with its candidate already.
pub async fn nominate_in(
    tx: &mut Transaction,
    acting: &Acting,
    new: NewCandidate,
) -> Result<String, Error> {
    let place = Place::open(tx, acting, &new.contest_id).await?;
    let t = acting.t();
    let pack = std::sync::Arc::clone(&place.pack);
    let Some(nominator) = pack.nominator(&new.nominated_by) else {
        return Err(Error::field("nominated_by", t.form_choice()));
    };
    let others: Vec<Candidate> = queries::all_of_contest(tx, &new.contest_id)
        .await?
        .into_iter()
        .filter(|c| c.state.is_active())
        .collect();
    check_person(tx, acting, &place, &new).await?;
    check_nominator(tx, acting, nominator, &others, &new).await?;
    check_day(tx, acting, &place, nominator, &others, &new).await?;

    let needed = nominator
        .signatures_percent
        .map(|percent| electoral::signatures::threshold(place.contest.voters_on_lists, percent))
        .map(|n| i64::try_from(n).map_err(Error::internal))
        .transpose()?;
    let id = ids::new_id();
    let state = CandidateState::Nominated;
    tx.execute(
        store::ADD,
        bind![
            &id,
            &new.contest_id,
            &new.person_id,
            &new.nominated_by,
            new.organisation_id.as_deref(),
            new.nominated_on,
            state.as_str(),
            new.occupation.kk.trim(),
            new.occupation.ru.trim(),
            new.occupation.en.trim(),
            needed
        ],
    )
    .await?;
    let change = Change {
        event: "candidate.nominated",
        to: state,
        on: new.nominated_on,
        reason_code: "",
        note: "",
        decision_id: None,
        ballot_position: None,
    };
    add_event(tx, acting, &id, &change).await?;
    let candidate = queries::candidate(tx, &id).await?;
    record(tx, acting, change.event, &candidate).await?;
    Ok(id)
}

async fn check_person(
    tx: &mut Transaction,
    acting: &Acting,
    place: &Place,
    new: &NewCandidate,
) -> Result<(), Error> {
    let t = acting.t();
    let person = tx.first(store::PERSON, bind![&new.person_id]).await?;
    if person.is_none() {
        return Err(Error::field("person_id", t.candidates_person_unknown()));
    }
    let elsewhere = tx
        .first(store::ELSEWHERE, bind![&place.election.id, &new.person_id])
        .await?;
    if let Some(row) = elsewhere {
        let sentence = if row.text("contest_id")? == new.contest_id {
            t.candidates_person_here()
        } else {
            t.candidates_person_elsewhere()
        };
        return Err(Error::field("person_id", sentence));
    }
    let mut errors = FieldErrors::new();
    for (field, text) in [
        ("occupation_kk", &new.occupation.kk),
        ("occupation_ru", &new.occupation.ru),
        ("occupation_en", &new.occupation.en),
    ] {
        if text.chars().count() > 300 {
            errors.add(field, t.form_too_long(300));
        }
    }
    errors.done()
}

async fn check_nominator(
    tx: &mut Transaction,
    acting: &Acting,
    nominator: &Nominator,
    others: &[Candidate],
    new: &NewCandidate,
) -> Result<(), Error> {
    let t = acting.t();
    // Only a body with members nominates as an organisation.
    match (&new.organisation_id, nominator.own_members_only) {
        (Some(id), true) => {
            if tx.first(store::ORGANISATION, bind![id]).await?.is_none() {
                return Err(Error::field(
                    "organisation_id",
                    t.candidates_organisation_unknown(),
                ));
            }
        }
        (None, true) => return Err(Error::field("organisation_id", t.form_required())),
        (Some(_), false) => {
            return Err(Error::field(
                "organisation_id",
                t.candidates_organisation_not(),
            ));
        }
        (None, false) => {}
    }
    let own = others
        .iter()
        .filter(|c| c.nominated_by == nominator.id)
        // A person's own nomination is the only one by that person; parties count each for itself.
        .filter(|c| {
            if nominator.own_members_only {
                c.organisation_id == new.organisation_id
            } else {
                nominator.signatures_percent.is_none()
            }
        })
        .count();
    let limit = nominator.per_constituency_max;
    if limit.is_some_and(|max| usize::try_from(max).is_ok_and(|max| own >= max)) {
        return Err(Error::field(
            "nominated_by",
            t.candidates_nominator_full(limit.unwrap_or_default()),
        ));
    }
    Ok(())
}

async fn check_day(
    tx: &mut Transaction,
    acting: &Acting,
    place: &Place,
    nominator: &Nominator,
    others: &[Candidate],
    new: &NewCandidate,
) -> Result<(), Error> {
    let t = acting.t();
    let zone = place.contest.time_zone()?;
    if new.nominated_on > place.today(acting)? {
        return Err(Error::field("nominated_on", t.candidates_day_future()));
    }
    let plan = elections::plan(tx, acting.app(), &place.election, Some(&place.contest)).await?;
    let date_of = |at: Timestamp| at.to_zoned_datetime(zone.clone()).date();
    let starts = plan.from("nomination_start").map(date_of);
    let regular_end = plan.until("nomination_end");
    // The contest's own row knows of an extension; the calendar knows of other dates set by the office.
    let ends = [regular_end, place.contest.nomination_until]
        .into_iter()
        .flatten()
        .max();
    let too_late = ends.is_some_and(|end| new.nominated_on > date_of(end));
    if too_late || starts.is_some_and(|start| new.nominated_on < start) {
        return Err(Error::field("nominated_on", t.candidates_day_outside()));
    }
    if let Some(fewer) = nominator.only_if_fewer_than {
        let extended = place
            .contest
            .nomination_until
            .zip(regular_end)
            .is_some_and(|(until, regular)| until > regular);
        let after_regular = regular_end.is_some_and(|regular| new.nominated_on >= date_of(regular));
        let nominated_by_others = others
            .iter()
            .filter(|c| c.nominated_by != nominator.id)
            .count();
        let few = usize::try_from(fewer).is_ok_and(|fewer| nominated_by_others < fewer);
        if !extended || !after_regular || !few {
            return Err(Error::field(
                "nominated_by",
                t.candidates_nominator_only_if(fewer),
            ));
        }
    }
    Ok(())
}
