//! What the clock does to stations that say nothing: when the day has passed by which something must hold and nobody has
//! answered whether it does, the station's commission is asked, by one task for all such questions.

use super::{queries, store};
use crate::elections;
use crate::platform::i18n::in_all;
use crate::platform::{Acting, App, Error, Names, sweeper};
use crate::tasks::{self, Addressee, NewTask};
use electoral::checklist::{Checklist, Severity};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Where these tasks come from; the key is `{election}/{station}`.
pub const ORIGIN: &str = "silence";
/// Tasks of one sweep at most; while some are left, the next sweep goes on a minute later.
const BATCH: usize = 500;

/// The key of a station's task.
pub(super) fn key(election_id: &str, station_id: &str) -> String {
    format!("{election_id}/{station_id}")
}

/// What one sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Stations that were asked.
    pub asked: usize,
    /// Stations that have answered since.
    pub answered: usize,
}

/// Sweeps every hour until the program ends.
pub async fn run(app: App) {
    let looked_at = Arc::new(AtomicI64::new(i64::MIN));
    sweeper::run(app, "questions without an answer", move |app, now| {
        let looked_at = Arc::clone(&looked_at);
        async move {
            // A version that didn't reach every district before the program ended goes on.
            super::actions::resume(&Acting::system(app.clone(), now), "").await?;
            let hour = now.as_second() / 3_600;
            if looked_at.swap(hour, Ordering::Relaxed) == hour {
                return Ok(());
            }
            if sweep(&app, now).await?.asked >= BATCH {
                looked_at.store(i64::MIN, Ordering::Relaxed);
            }
            Ok(())
        }
    })
    .await;
}

/// Asks the stations that are behind, and takes the task back from those that no longer are. The same moment again does
/// nothing more.
///
/// # Errors
/// What the database reports.
pub async fn sweep(app: &App, now: Timestamp) -> Result<Swept, Error> {
    let acting = Acting::system(app.clone(), now);
    let today = acting.today();
    let mut swept = Swept::default();
    let elections = {
        let mut reader = app.read().await?;
        queries::set_up_elections(&mut reader).await?
    };
    for election in elections {
        of_election(&acting, &election, today, &mut swept).await?;
    }
    Ok(swept)
}

async fn of_election(
    acting: &Acting,
    election_id: &str,
    today: Date,
    swept: &mut Swept,
) -> Result<(), Error> {
    let (behind, open) = {
        let mut reader = acting.app().read().await?;
        let election = elections::queries::election(&mut reader, election_id).await?;
        let list = queries::checklist(&mut reader, election_id).await?;
        let due = match &list {
            // On voting day and after it nothing of this helps anybody.
            Some((list, _)) if today < election.voting_day => {
                overdue(list, election.voting_day, today)?
            }
            _ => Vec::new(),
        };
        (
            store::under::behind(&mut reader, election_id, &due).await?,
            tasks::queries::open_keys(&mut reader, ORIGIN).await?,
        )
    };
    let key = |station: &str| key(election_id, station);
    let wanted: BTreeSet<String> = behind.iter().map(|b| key(&b.station_id)).collect();
    for one in &behind {
        let key = key(&one.station_id);
        if open.contains(&key) || swept.asked >= BATCH {
            continue;
        }
        let mut tx = acting.begin().await?;
        tx.lock_for_one("silence-sweeper").await?;
        tasks::actions::open_in(&mut tx, acting, &task(acting, election_id, key, one)?).await?;
        tx.commit().await?;
        swept.asked += 1;
    }
    let prefix = key("");
    for key in open.iter().filter(|key| key.starts_with(&prefix)) {
        if wanted.contains(key) {
            continue;
        }
        let reason = in_all(|t| t.readiness_silence_over());
        let mut tx = acting.begin().await?;
        tx.lock_for_one("silence-sweeper").await?;
        if tasks::actions::withdraw_in(&mut tx, acting, ORIGIN, key, &reason).await? {
            tx.commit().await?;
            swept.answered += 1;
        }
    }
    Ok(())
}

/// Questions that people answer and whose day has passed.
fn overdue(list: &Checklist, voting_day: Date, today: Date) -> Result<Vec<&str>, Error> {
    let mut ids = Vec::new();
    for item in list.items.iter().filter(|item| item.told_by.is_none()) {
        if item.due_on(voting_day)? < today {
            ids.push(item.id.as_str());
        }
    }
    Ok(ids)
}

fn task(
    acting: &Acting,
    election_id: &str,
    key: String,
    behind: &store::under::Behind,
) -> Result<NewTask, Error> {
    let hours = i64::from(acting.app().rules.country().tasks.least_hours);
    Ok(NewTask {
        election_id: election_id.to_owned(),
        origin: ORIGIN,
        origin_key: key,
        station_id: Some(behind.station_id.clone()),
        area_id: behind.area_id.clone(),
        item: String::new(),
        severity: Severity::Major,
        title: Names::each(|t| t.readiness_silence_title()),
        detail: String::new(),
        evidence: Vec::new(),
        addressee: Addressee {
            kind: Addressee::COMMISSION.to_owned(),
            area_id: behind.area_id.clone(),
        },
        verifier_area_id: behind.district_id.clone(),
        due_at: acting
            .now()
            .checked_add(SignedDuration::from_hours(hours))?,
    })
}
