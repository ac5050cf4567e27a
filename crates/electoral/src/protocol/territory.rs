use std::collections::BTreeSet;

use super::check::as_figure;
use super::entry::{LineKey, ProtocolEntry};
use super::finding::Finding;
use super::form::{NamedCheck, ProtocolForm};
use crate::tabulation::{SumError, sum};

/// Compares the figures of a territorial protocol with the sum of its accepted station protocols.
///
/// # Errors
/// [`SumError`] where the stations' figures are too large to add.
pub fn check_sum<'a>(
    form: &ProtocolForm,
    reported: &ProtocolEntry,
    stations: impl IntoIterator<Item = &'a ProtocolEntry>,
) -> Result<Vec<Finding>, SumError> {
    let Some(check) = form.named(NamedCheck::SumOfStations) else {
        return Ok(Vec::new());
    };
    let summed = sum(form, stations)?;
    let keys: BTreeSet<&LineKey> = reported.values.keys().chain(summed.values.keys()).collect();
    let figure = |entry: &ProtocolEntry, key| entry.values.get(key).copied().unwrap_or(0);
    let differing = keys.into_iter().filter_map(|key| {
        let (left, right) = (figure(reported, key), figure(&summed, key));
        (left != right).then(|| {
            Finding::new(check)
                .with_line(key.clone())
                .with_sides(as_figure(u128::from(left)), as_figure(u128::from(right)))
        })
    });
    Ok(differing.collect())
}
