//! Envelopes with the answers of stations.

use super::{actions, model};
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

    fn take<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        envelope: &'a Envelope,
    ) -> Answer<'a, Taken> {
        Box::pin(actions::report_in(tx, acting, envelope))
    }
}
