use std::collections::BTreeMap;

use crate::protocol::{Kind, LineKey, ProtocolEntry, ProtocolForm};

/// Figures that are too large to add, or for no line of the form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SumError {
    /// The sum of a line leaves 64 bits.
    #[error("{0}: the sum is too large")]
    Overflow(LineKey),
    /// The form has no such line.
    #[error("{0}: the form has no such line")]
    UnknownLine(LineKey),
}

/// Adds protocols line by line.
///
/// Candidates keep their own sums. Members and portable boxes belong to one station, so their figures become one
/// total of the line. A sum can be added to further sums: station → contest → region → country.
///
/// # Errors
/// [`SumError`] names the line.
pub fn sum<'a>(
    form: &ProtocolForm,
    entries: impl IntoIterator<Item = &'a ProtocolEntry>,
) -> Result<ProtocolEntry, SumError> {
    let mut values: BTreeMap<LineKey, u64> = BTreeMap::new();
    for entry in entries {
        for (key, figure) in &entry.values {
            let unknown = || SumError::UnknownLine(key.clone());
            let line = form.line(key.line()).ok_or_else(unknown)?;
            let key = match line.kind {
                Kind::Single | Kind::PerCandidate => key.clone(),
                Kind::PerMember | Kind::PerBox => {
                    LineKey::single(&line.id).map_err(|_| unknown())?
                }
            };
            let total = values.entry(key.clone()).or_insert(0);
            *total = total.checked_add(*figure).ok_or(SumError::Overflow(key))?;
        }
    }
    Ok(ProtocolEntry { values })
}
