//! Prints the papers beside the play, in the order in which they will be needed.

use super::paper;
use crate::demo::plan::{EventKind, Plan};
use crate::platform::Error;
use electoral::rules::RulePack;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::sync::oneshot;

type Waiting = HashMap<(usize, usize), oneshot::Receiver<Result<Vec<u8>, Error>>>;

/// Papers by station and version.
#[derive(Clone, Debug)]
pub(in crate::demo) struct Papers(Arc<Mutex<Waiting>>);

impl Papers {
    /// Begins to print all papers of the plan that are handed in before `until`.
    pub(in crate::demo) fn begin(
        plan: Arc<Plan>,
        rules: Arc<RulePack>,
        until: jiff::Timestamp,
    ) -> Self {
        let mut waiting = HashMap::new();
        let mut jobs = Vec::new();
        for event in plan.events.iter().filter(|e| e.at <= until) {
            if let EventKind::Submitted(version) = event.kind {
                let (answer, paper) = oneshot::channel();
                waiting.insert((event.station, version), paper);
                jobs.push((event.station, version, answer));
            }
        }
        std::thread::spawn(move || {
            for (station, version, answer) in jobs {
                // Nobody waiting any more is no failure: the play has ended.
                let _ = answer.send(print(&plan, &rules, station, version));
            }
        });
        Self(Arc::new(Mutex::new(waiting)))
    }

    /// The paper of a version, as soon as it is printed.
    pub(super) async fn take(&self, station: usize, version: usize) -> Result<Vec<u8>, Error> {
        let paper = self
            .0
            .lock()
            .map_err(Error::internal)?
            .remove(&(station, version))
            .ok_or_else(|| Error::internal("no such paper"))?;
        paper.await.map_err(Error::internal)?
    }
}

fn print(plan: &Plan, rules: &RulePack, station: usize, version: usize) -> Result<Vec<u8>, Error> {
    let form = rules
        .protocol
        .as_ref()
        .ok_or_else(|| Error::internal("the rules have no protocol"))?;
    let day = plan
        .days
        .get(station)
        .ok_or_else(|| Error::internal("no such station"))?;
    let version = day
        .protocols
        .get(version)
        .ok_or_else(|| Error::internal("no such version"))?;
    paper::paper(plan, form, station, version)
}
