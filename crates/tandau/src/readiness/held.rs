//! A station in the hands of one writer: where its items stand, and what a writing changes with them.

use super::model::{Cause, InForce, ItemState, ItemStatus, Place, Sums, Tally, due_at, tallies};
use super::store::write::NewAnswer;
use super::words::{defect, task_words};
use super::{access, lists, model, store};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::i18n::in_all;
use crate::platform::{Acting, Error, T};
use crate::tasks::{self, Addressee, NewTask, TaskState};
use electoral::checklist::{Checklist, Item};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A station whose row this transaction holds.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) place: Place,
    pub(super) force: InForce,
    pub(super) list: Arc<Checklist>,
    /// Where its items stand; with `part` only those of some sections.
    pub(super) states: BTreeMap<String, ItemState>,
    part: Option<Part>,
}

/// Some sections of a station: what a writing about them must know of the others.
#[derive(Debug)]
struct Part {
    sections: BTreeSet<String>,
    /// Counts of all items outside these sections.
    rest: Tally,
}

/// What a station is taken for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Purpose<'a> {
    /// The power that is needed; none where another act has decided already.
    pub(super) power: Option<Action>,
    /// The report that arrives; empty for none.
    pub(super) report_id: &'a str,
    /// The items that are written about; none for any. Their sections are read, not the whole station.
    pub(super) items: &'a [&'a str],
}

impl Held {
    /// Takes the station; other writers wait until the transaction ends.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a station that doesn't answer in this election; no power.
    pub(super) async fn take_in(
        tx: &mut Transaction,
        acting: &Acting,
        (election_id, station_id): (&str, &str),
        purpose: Purpose<'_>,
    ) -> Result<Self, Error> {
        let reported_at = (!purpose.report_id.is_empty()).then(|| acting.now());
        let place = store::hold(tx, election_id, station_id, reported_at)
            .await?
            .ok_or(Error::NotFound)?;
        let today = place.day_of(acting.now())?;
        let (force, counts) = store::in_force_and_counts(tx, &place, purpose.report_id, today)
            .await?
            .ok_or(Error::NotFound)?;
        if let Some(power) = purpose.power {
            let state = Some(force.election_state.as_str());
            acting.require(tx, power, &place.area_id, state).await?;
        }
        let list = lists::by_hash(tx, &force.id, force.version, &force.sha256).await?;
        let mut held = Self {
            place,
            force,
            list,
            states: BTreeMap::new(),
            part: None,
        };
        if !held.read_part(tx, purpose.items, counts).await? {
            held.states = store::read::states(tx, election_id, station_id).await?;
        }
        Ok(held)
    }

    /// Reads only the sections of these items; false when they are too many for that.
    async fn read_part(
        &mut self,
        tx: &mut Transaction,
        items: &[&str],
        counts: Option<Tally>,
    ) -> Result<bool, Error> {
        let list = Arc::clone(&self.list);
        let sections: BTreeSet<&str> = items
            .iter()
            .filter_map(|id| Some(list.item(id)?.section.as_str()))
            .collect();
        let wanted: BTreeSet<&str> = list
            .items
            .iter()
            .filter(|item| sections.contains(item.section.as_str()))
            .map(|item| item.id.as_str())
            .chain(items.iter().copied())
            .collect();
        if wanted.is_empty() || wanted.len() > store::read::SOME_ITEMS {
            return Ok(false);
        }
        let Some(all) = counts else {
            return Ok(false);
        };
        let (election, station) = (&self.place.election_id, &self.place.station_id);
        self.states = store::read::states_of(tx, election, station, &wanted).await?;
        let own = tallies(&list, |item| self.status(item))
            .into_iter()
            .filter(|(section, _)| sections.contains(section))
            .fold(Sums::default(), |sum, (_, one)| {
                sum.plus(&Sums::items_only(one))
            });
        self.part = Some(Part {
            rest: Sums::items_only(all).minus(&own).items,
            sections: sections.into_iter().map(str::to_owned).collect(),
        });
        Ok(true)
    }

    /// Counts by section, of those that were read, and of all items together.
    fn tallies<'l>(&self, list: &'l Checklist) -> BTreeMap<&'l str, Tally> {
        let mut counted = tallies(list, |item| self.status(item));
        if let Some(part) = &self.part {
            counted.retain(|section, _| part.sections.contains(*section));
            let own = counted.values().fold(Sums::default(), |sum, one| {
                sum.plus(&Sums::items_only(*one))
            });
            let all = own.plus(&Sums::items_only(part.rest)).items;
            counted.insert(model::ALL_SECTIONS, all);
        }
        counted
    }

    /// The sequence of the newest answer to an item, 0 for none.
    pub(super) fn sequence(&self, item: &str) -> u64 {
        self.states.get(item).map_or(0, |s| s.sequence)
    }

    /// What the newest answer to an item says; empty for none.
    fn value(&self, item: &str) -> &str {
        self.states.get(item).map_or("", |s| s.value.as_str())
    }

    fn status(&self, item: &str) -> Option<ItemStatus> {
        self.states.get(item).map(|s| s.status)
    }

    /// An answer as the next of its item, standing as it says.
    pub(super) fn next(
        &self,
        acting: &Acting,
        item: &str,
        value: String,
        status: ItemStatus,
    ) -> NewAnswer {
        let before = self.states.get(item);
        NewAnswer {
            item: item.to_owned(),
            sequence: self.sequence(item).saturating_add(1),
            value,
            status,
            stands: status,
            since: before
                .filter(|b| b.status == status)
                .map_or_else(|| acting.now(), |b| b.since),
            note: String::new(),
            base: self.sequence(item),
            conflict: false,
            photos: Vec::new(),
        }
    }

    /// Writes answers and everything that follows from them: states, counts, tasks.
    pub(super) async fn write(
        &mut self,
        tx: &mut Transaction,
        acting: &Acting,
        source: (&str, Cause),
        answers: &[NewAnswer],
    ) -> Result<(), Error> {
        store::write::add_answers(tx, acting, &self.place, source, answers);
        let list = Arc::clone(&self.list);
        let before = self.tallies(&list);
        let before_of: BTreeMap<&str, Option<ItemStatus>> = answers
            .iter()
            .map(|a| (a.item.as_str(), self.status(&a.item)))
            .collect();
        for answer in answers {
            let state = ItemState {
                item: answer.item.clone(),
                sequence: answer.sequence,
                status: answer.stands,
                since: answer.since,
                value: answer.value.clone(),
                note: answer.note.clone(),
                made_by: acting.person().to_owned(),
                revision: self.place.revision,
            };
            self.states.insert(answer.item.clone(), state);
        }
        let after = self.tallies(&list);
        let today = self.place.day_of(acting.now())?;
        if today > self.place.day {
            self.place.day = today;
            store::write::set_day(tx, &self.place);
        }
        if let Some(counts) = after.get(model::ALL_SECTIONS) {
            store::write::set_station_day(tx, &self.place, counts);
        }
        self.add_up(tx, &before, &after).await?;
        for answer in answers {
            let was = before_of.get(answer.item.as_str()).copied().flatten();
            // Nothing is looked for where nothing was missing and nothing is.
            if answer.stands == ItemStatus::Unmet
                || matches!(was, Some(ItemStatus::Unmet | ItemStatus::Disputed))
            {
                self.mend(tx, acting, source.1, &answer.item, answer.stands)
                    .await?;
            }
        }
        // What a station offers is kept where voters look for it.
        let told: Vec<(&str, &str)> = answers
            .iter()
            .filter(|a| !matches!(a.stands, ItemStatus::Disputed | ItemStatus::Again))
            .filter_map(|a| Some((list.item(&a.item)?.means.as_deref()?, a.value.as_str())))
            .collect();
        if !told.is_empty() {
            access::actions::learn_in(tx, acting, &self.place.station_id, &told).await?;
        }
        Ok(())
    }

    /// Brings what changed here into the counts of the district.
    async fn add_up(
        &self,
        tx: &mut Transaction,
        before: &BTreeMap<&str, Tally>,
        after: &BTreeMap<&str, Tally>,
    ) -> Result<(), Error> {
        if before == after {
            return Ok(());
        }
        store::write::hold_district_day(tx, &self.place);
        for (section, counts) in after {
            let was = before.get(section).map(Sums::of).unwrap_or_default();
            let change = Sums::of(counts).minus(&was);
            if change != Sums::default()
                && !store::write::add_to_district_day(tx, &self.place, section, &change).await?
            {
                return Err(Error::internal("a district without counts"));
            }
        }
        Ok(())
    }

    /// Opens or takes back the task of an item that was answered. What was reported as done is left to whoever
    /// verifies it: they read what the station says.
    async fn mend(
        &self,
        tx: &mut Transaction,
        acting: &Acting,
        cause: Cause,
        item: &str,
        stands: ItemStatus,
    ) -> Result<(), Error> {
        use ItemStatus as S;
        let (Some(asked), Some(state)) = (self.list.item(item), self.states.get(item)) else {
            return Ok(());
        };
        if cause == Cause::Verified || stands == S::Disputed {
            return Ok(());
        }
        let key = self.place.task_key(item);
        let task = tasks::queries::open_by_origin(tx, model::ORIGIN, &key).await?;
        let reported = task.is_some_and(|task| task.state == TaskState::Reported);
        let answer = |t: T| task_words(t, asked, &state.value);
        match (stands, reported) {
            (S::Unmet, false) => self.open_task(tx, acting, asked).await,
            (S::Unmet, true) => {
                let words = in_all(|t| t.readiness_task_still_missing(answer(t)));
                tasks::remark::note_in(tx, acting, model::ORIGIN, &key, &words).await?;
                Ok(())
            }
            (S::Met | S::NotApplicable, true) => {
                let words = in_all(|t| t.readiness_task_confirmed(answer(t)));
                tasks::remark::note_in(tx, acting, model::ORIGIN, &key, &words).await?;
                Ok(())
            }
            // Asked again: the station has confirmed nothing.
            (_, true) => {
                let words = in_all(|t| t.readiness_task_version());
                tasks::remark::note_in(tx, acting, model::ORIGIN, &key, &words).await?;
                Ok(())
            }
            (_, false) => {
                let reason = in_all(|t| {
                    if cause == Cause::Version {
                        t.readiness_task_version()
                    } else {
                        t.readiness_task_withdrawn()
                    }
                });
                self.withdraw_task(tx, acting, item, &reason).await
            }
        }
    }

    /// Takes back the task of an item, if one is open.
    pub(super) async fn withdraw_task(
        &self,
        tx: &mut Transaction,
        acting: &Acting,
        item: &str,
        reason: &str,
    ) -> Result<(), Error> {
        let key = self.place.task_key(item);
        tasks::actions::withdraw_in(tx, acting, model::ORIGIN, &key, reason).await?;
        Ok(())
    }

    /// Gives the task that mends an item.
    pub(super) async fn open_task(
        &self,
        tx: &mut Transaction,
        acting: &Acting,
        item: &Item,
    ) -> Result<(), Error> {
        let place = &self.place;
        let zone = place.time_zone()?;
        let today = place.day_of(acting.now())?;
        let station = crate::stations::queries::as_of(tx, &place.station_id, today).await?;
        let addressee = if item.body == Addressee::COMMISSION {
            place.area_id.clone()
        } else {
            place.district_id.clone()
        };
        let new = NewTask {
            election_id: place.election_id.clone(),
            origin: model::ORIGIN,
            origin_key: place.task_key(&item.id),
            station_id: Some(place.station_id.clone()),
            area_id: place.area_id.clone(),
            item: item.id.clone(),
            severity: item.severity,
            title: defect(item, self.value(&item.id), self.force.voting_day)?,
            detail: detail(&station),
            evidence: item.evidence.clone(),
            addressee: Addressee {
                kind: item.body.clone(),
                area_id: addressee,
            },
            verifier_area_id: place.district_id.clone(),
            due_at: due_at(
                &self.list.deadlines,
                &acting.app().rules.country().tasks,
                item,
                self.force.voting_day,
                &zone,
                acting.now(),
            )?,
        };
        tasks::actions::open_in(tx, acting, &new).await?;
        Ok(())
    }
}

/// Where the thing to be mended is, in the languages of the country: never who needs it.
fn detail(station: &crate::stations::Station) -> String {
    let (kk, ru) = (&station.address.kk, &station.address.ru);
    if kk == ru {
        format!("№ {}, {kk}", station.number)
    } else {
        format!("№ {}, {kk} · {ru}", station.number)
    }
}
