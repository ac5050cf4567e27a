//! Acts on a protocol: entering, sending, confirming, deciding. Each moves the state, the counters of
//! the contest and the history in one transaction.

mod confirm;
mod decide;
mod enter;
mod send;
mod words;

pub use confirm::{
    Confirm, Paper, TakeBack, attach_paper, attach_paper_in, confirm, confirm_in, take_back,
    take_back_in,
};
pub use decide::{
    AcceptWithAct, Ruling, accept, accept_in, accept_with_act, accept_with_act_in, reopen,
    reopen_in, return_for_recount, return_for_recount_in,
};
pub use enter::{SaveDraft, Saved, Target, save_draft, save_draft_in};
pub use send::{Sent, Submit, submit, submit_in};
pub use words::{PutWords, put_words, put_words_in};

pub(crate) use confirm::put_confirmation;
pub(crate) use decide::members_wanted;
pub(crate) use enter::{field_name, typing_sentence};
pub(crate) use send::{Content, put_on_record};

use super::model::{self, Act, Protocol, ProtocolState, Refusal, Standing, Version};
use super::store;
use crate::elections::model::ContestState;
use crate::platform::access::Action;
use crate::platform::audit;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, T};
use crate::votingday::model::Unit;
use crate::votingday::queries as day;

/// The longest reason, explanation or fault taken, in characters.
pub const MAX_TEXT_CHARS: usize = 2_000;

/// Expects a protocol from every counting unit of a contest. Doing it again adds units that are new.
///
/// # Errors
/// What the database reports.
pub async fn open_counting_in(
    tx: &mut Transaction,
    acting: &Acting,
    contest_id: &str,
) -> Result<u64, Error> {
    store::expect_all(tx, contest_id, acting.now()).await
}

/// What every act reads first: the unit, the protocol, its newest version.
pub(super) struct Scene {
    pub(super) unit: Unit,
    pub(super) protocol: Protocol,
    pub(super) version: Option<Version>,
}

impl Scene {
    /// Reads the scene and decides about the power on it.
    pub(super) async fn set(
        tx: &mut Transaction,
        acting: &Acting,
        action: Action,
        station_id: &str,
        contest_id: &str,
    ) -> Result<Self, Error> {
        let unit = day::unit(tx, station_id, contest_id).await?;
        acting
            .require(tx, action, &unit.area_id, Some(&unit.election_state))
            .await?;
        let protocol = match store::protocol(tx, station_id, contest_id).await? {
            Some(protocol) => protocol,
            None => {
                store::expect_all(tx, contest_id, acting.now()).await?;
                store::protocol(tx, station_id, contest_id)
                    .await?
                    .ok_or(Error::NotFound)?
            }
        };
        let version = match protocol.version {
            0 => None,
            number => store::version(tx, station_id, contest_id, number).await?,
        };
        Ok(Self {
            unit,
            protocol,
            version,
        })
    }

    fn standing(&self) -> Standing {
        Standing {
            confirmed: self
                .version
                .as_ref()
                .is_some_and(|v| v.confirmed_at.is_some()),
            determined: is_determined(&self.unit.contest_state),
        }
    }

    /// The state after an act, or the sentence that says why it is not possible.
    pub(super) fn after(&self, t: T, act: Act) -> Result<ProtocolState, Error> {
        model::after(self.protocol.state, act, self.standing()).map_err(|why| refused(t, why))
    }

    /// The newest version, which must be there once the state allowed the act.
    pub(super) fn newest(&self) -> Result<&Version, Error> {
        self.version
            .as_ref()
            .ok_or_else(|| Error::internal("a protocol without its version"))
    }

    /// Refuses an act of somebody who has not seen the version as it is.
    pub(super) fn same_version(&self, t: T, version: u64) -> Result<(), Error> {
        if version == self.protocol.version {
            Ok(())
        } else {
            Err(Error::Conflict(t.counting_other_version()))
        }
    }
}

/// A contest whose result stands takes no more protocols.
pub(crate) fn is_determined(contest_state: &str) -> bool {
    ContestState::parse(contest_state).is_some_and(ContestState::is_settled)
}

/// The sentence of a refusal.
pub(super) fn refused(t: T, why: Refusal) -> Error {
    Error::Conflict(t.word(why.key()))
}

/// Somebody else was faster.
pub(super) fn too_late(t: T) -> Error {
    Error::Conflict(t.counting_changed_meanwhile())
}

/// What happens, as the history and the log of acts say it.
pub(super) struct Line<'a> {
    pub(super) act: Act,
    pub(super) version: u64,
    pub(super) reason: &'a str,
    pub(super) detail: &'a str,
    pub(super) decision_id: Option<&'a str>,
}

/// Moves the protocol; the second of two who act at once is told.
pub(super) async fn step(
    tx: &mut Transaction,
    acting: &Acting,
    step: &store::Step<'_>,
) -> Result<(), Error> {
    if store::advance(tx, step).await? {
        Ok(())
    } else {
        Err(too_late(acting.t()))
    }
}

/// Writes the act into the history and, but for a submission, on record.
pub(super) async fn write_line(
    tx: &mut Transaction,
    acting: &Acting,
    protocol: &Protocol,
    line: &Line<'_>,
) -> Result<u64, Error> {
    let sequence = store::add_line(
        tx,
        &store::NewLine {
            protocol,
            version: line.version,
            act: line.act,
            at: acting.now(),
            made_by: acting.person(),
            office: acting.actor().office(),
            reason: line.reason,
            detail: line.detail,
            decision_id: line.decision_id,
        },
    )?;
    if line.act != Act::Submit {
        acting
            .record(
                tx,
                audit::Event {
                    event: line.act.event(),
                    kind: "protocol_event",
                    object: &[
                        &protocol.station_id,
                        &protocol.contest_id,
                        &sequence.to_string(),
                    ],
                    contest_id: &protocol.contest_id,
                },
            )
            .await?;
    }
    Ok(sequence)
}

/// A text without surrounding blanks, within its limit.
pub(super) fn limited<'t>(t: T, field: &str, text: &'t str) -> Result<&'t str, Error> {
    let text = text.trim();
    if text.chars().count() > MAX_TEXT_CHARS {
        let max = i64::try_from(MAX_TEXT_CHARS).unwrap_or(i64::MAX);
        return Err(Error::field(field, t.form_too_long(max)));
    }
    Ok(text)
}

/// The same, and it must be there.
pub(super) fn needed<'t>(t: T, field: &str, text: &'t str) -> Result<&'t str, Error> {
    let text = limited(t, field, text)?;
    if text.is_empty() {
        return Err(Error::field(field, t.form_required()));
    }
    Ok(text)
}
