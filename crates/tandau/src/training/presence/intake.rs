//! Envelopes with marks and with sheets of paper lists.

use super::{actions, model};
use crate::platform::Acting;
use crate::platform::app::Answer;
use crate::platform::database::Transaction;
use crate::platform::inbox::{self, Envelope, Taken};

/// Takes envelopes of the kind [`model::MARK`].
#[derive(Clone, Copy, Debug)]
pub struct Marks;

impl inbox::Intake for Marks {
    fn kind(&self) -> &'static str {
        model::MARK
    }

    fn take<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        envelope: &'a Envelope,
    ) -> Answer<'a, Taken> {
        Box::pin(actions::mark_in(tx, acting, envelope))
    }
}

/// Takes envelopes of the kind [`model::SHEET`].
#[derive(Clone, Copy, Debug)]
pub struct Sheets;

impl inbox::Intake for Sheets {
    fn kind(&self) -> &'static str {
        model::SHEET
    }

    fn take<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        envelope: &'a Envelope,
    ) -> Answer<'a, Taken> {
        Box::pin(actions::sheet_in(tx, acting, envelope))
    }
}
