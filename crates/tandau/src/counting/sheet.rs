//! Everything the checks of one protocol need beside its figures: the form, the ballot, the members who
//! may issue ballots, the day's turnout.

use super::store;
use crate::platform::database::Connection;
use crate::platform::{App, Error, Lang, Names};
use crate::votingday::model::Unit;
use crate::votingday::queries as day;
use electoral::protocol::{
    Context, Finding, Kind, LineKey, ProtocolEntry, ProtocolForm, Stage, TypedWords, check,
};
use electoral::rules::RulePack;
use electoral::turnout::Report;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Portable boxes that one station may report.
pub const MAX_BOXES: usize = 20;

/// Somebody or something that has a figure of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Id used as the item of a line.
    pub id: String,
    /// Name.
    pub names: Names,
}

/// The blank of one protocol.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The rules.
    pub rules: Arc<RulePack>,
    /// The counting unit.
    pub unit: Unit,
    /// Candidates in ballot order.
    pub candidates: Vec<Item>,
    /// Members who may issue ballots.
    pub members: Vec<Item>,
    /// Chair and secretary, who may not (art. 41(5)).
    pub barred: Vec<Item>,
    /// Turnout reports of the day.
    pub turnout: Vec<Report>,
}

pub use crate::platform::i18n::language;

/// Whether a member of this office may not issue ballots.
pub(crate) fn is_barred(office: &str) -> bool {
    matches!(office, "chair" | "secretary")
}

impl Sheet {
    /// Reads the blank of a counting unit.
    ///
    /// # Errors
    /// What the database reports; rules that are not installed.
    pub async fn read(connection: &mut Connection, app: &App, unit: Unit) -> Result<Self, Error> {
        let items = |all: Vec<(String, Names)>| {
            all.into_iter()
                .map(|(id, names)| Item { id, names })
                .collect()
        };
        let candidates = items(store::candidates(connection, &unit.contest_id).await?);
        let (mut members, mut barred) = (Vec::new(), Vec::new());
        for (id, office, names) in
            store::members(connection, &unit.area_id, unit.voting_day).await?
        {
            let list = if is_barred(&office) {
                &mut barred
            } else {
                &mut members
            };
            list.push(Item { id, names });
        }
        let reports = day::reports(connection, &unit.station_id, &unit.contest_id).await?;
        Ok(Self {
            rules: app.rules.get(&unit.rules_id)?,
            turnout: day::series(&reports),
            unit,
            candidates,
            members,
            barred,
        })
    }

    /// The form of the protocol.
    ///
    /// # Errors
    /// [`Error::NotFound`] when these rules have none.
    pub fn form(&self) -> Result<&ProtocolForm, Error> {
        self.rules.protocol.as_ref().ok_or(Error::NotFound)
    }

    /// Runs every check of the form.
    ///
    /// # Errors
    /// As [`Sheet::form`].
    pub fn check(
        &self,
        entry: &ProtocolEntry,
        words: &[TypedWords],
        stage: Stage,
    ) -> Result<Vec<Finding>, Error> {
        let ids = |items: &[Item]| -> Vec<String> { items.iter().map(|i| i.id.clone()).collect() };
        let form = self.form()?;
        Ok(run(
            &self.rules,
            form,
            entry,
            &Known {
                stage,
                candidates: &ids(&self.candidates),
                members: &ids(&self.members),
                barred: &ids(&self.barred),
                turnout: &self.turnout,
                words,
            },
        ))
    }

    /// The name of a candidate or member; `None` for a box or somebody unknown.
    #[must_use]
    pub fn item_name(&self, id: &str, lang: Lang) -> Option<String> {
        [&self.candidates, &self.members, &self.barred]
            .into_iter()
            .flatten()
            .find(|item| item.id == id)
            .map(|item| item.names.get(lang).to_owned())
    }

    /// Items that a line expects, boxes being those already used.
    #[must_use]
    pub fn items(&self, kind: Kind, entry: &ProtocolEntry) -> Vec<String> {
        let ids = |items: &[Item]| items.iter().map(|i| i.id.clone()).collect();
        match kind {
            Kind::Single => Vec::new(),
            Kind::PerCandidate => ids(&self.candidates),
            Kind::PerMember => ids(&self.members),
            Kind::PerBox => self
                .form()
                .map(|form| boxes(form, entry))
                .unwrap_or_default(),
        }
    }

    /// Whether a key can stand on this blank at all.
    #[must_use]
    pub fn knows(&self, key: &LineKey) -> bool {
        let Some(line) = self
            .rules
            .protocol
            .as_ref()
            .and_then(|f| f.line(key.line()))
        else {
            return false;
        };
        match (line.kind, key.item_id()) {
            (Kind::Single, None) => true,
            (Kind::PerCandidate, Some(id)) => self.candidates.iter().any(|c| c.id == id),
            (Kind::PerMember, Some(id)) => {
                self.members.iter().chain(&self.barred).any(|m| m.id == id)
            }
            (Kind::PerBox, Some(id)) => is_box(id),
            _ => false,
        }
    }
}

/// What a check in bulk knows of one protocol.
pub(crate) struct Known<'a> {
    pub(crate) stage: Stage,
    pub(crate) candidates: &'a [String],
    pub(crate) members: &'a [String],
    pub(crate) barred: &'a [String],
    pub(crate) turnout: &'a [Report],
    /// Where the paper's words differ from its digits.
    pub(crate) words: &'a [TypedWords],
}

/// Runs the checks with the boxes that the entry itself names.
pub(crate) fn run(
    rules: &RulePack,
    form: &ProtocolForm,
    entry: &ProtocolEntry,
    known: &Known<'_>,
) -> Vec<Finding> {
    let final_slot = rules
        .turnout
        .as_ref()
        .and_then(|t| t.slots.iter().find(|s| s.time.is_none()))
        .map(|s| s.id.as_str());
    check(
        form,
        entry,
        &Context {
            stage: known.stage,
            candidates: known.candidates,
            issuing_members: known.members,
            barred_members: known.barred,
            boxes: &boxes(form, entry),
            words: known.words,
            turnout: Some(known.turnout),
            final_slot,
            // Shares are printed by the territorial commission, and compared there.
            shares: &[],
        },
    )
}

/// The portable boxes that the entry speaks of, in the order of their numbers.
pub(crate) fn boxes(form: &ProtocolForm, entry: &ProtocolEntry) -> Vec<String> {
    let numbers: BTreeSet<usize> = form
        .lines
        .iter()
        .filter(|line| line.kind == Kind::PerBox)
        .flat_map(|line| entry.figures(&line.id))
        .filter_map(|(key, _)| key.item_id()?.parse().ok())
        .collect();
    numbers.into_iter().map(|n| n.to_string()).collect()
}

/// Boxes are numbered from 1.
pub(crate) fn is_box(item: &str) -> bool {
    item.parse::<usize>()
        .is_ok_and(|n| (1..=MAX_BOXES).contains(&n) && n.to_string() == item)
}
