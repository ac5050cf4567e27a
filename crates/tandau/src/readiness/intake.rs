//! Envelopes with the answers of stations.

use super::{actions, model, queries};
use crate::platform::Acting;
use crate::platform::app::Answer;
use crate::platform::database::Transaction;
use crate::platform::inbox::{self, Envelope, Taken};

/// Takes envelopes of the kind [`model::REPORT`].
#[derive(Clone, Copy, Debug)]
pub struct Intake;

impl inbox::Intake for Intake {
    fn kind(&self) -> &'static str {
        model::REPORT
    }

    fn version<'a>(&'a self, acting: &'a Acting) -> Answer<'a, String> {
        Box::pin(async move {
            let mut reader = acting.app().read().await?;
            let mut versions = std::collections::BTreeSet::new();
            for election in queries::set_up_elections(&mut reader).await? {
                if let Some(now) = queries::setups(&mut reader, &election).await?.first() {
                    versions.insert(model::form_version(
                        &now.checklist_id,
                        now.checklist_version,
                    ));
                }
            }
            Ok(versions.into_iter().collect::<Vec<_>>().join("\n"))
        })
    }

    fn take<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        envelope: &'a Envelope,
    ) -> Answer<'a, Taken> {
        Box::pin(actions::report_in(tx, acting, envelope))
    }
}
