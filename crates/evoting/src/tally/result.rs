//! Counts: finding them, writing them, comparing published ones.

use crate::fault::{Class, Fault};
use crate::group::{Group, element_text};
use crate::hash::sha256;
use crate::json;
use serde::Deserialize;
use std::collections::HashMap;

/// Counts per slot, a list per question, blank first where it is allowed; in weights, which are 1 unless the list of credentials says more.
pub type Counts = Vec<Vec<u64>>;

/// The document of a result (§4.19): `{"result":[[…],…]}`; a count above 2^30 − 1 is a string of its digits, as the program writes it.
#[must_use]
pub fn result_text(counts: &Counts) -> String {
    format!(
        "{{\"result\":{}}}",
        json::array(
            counts
                .iter()
                .map(|list| json::array(list.iter().map(|n| json::weight(*n))))
        )
    )
}

#[derive(Deserialize)]
#[serde(remote = "Self")]
struct ResultText {
    result: Vec<Vec<serde_json::Value>>,
}

json::objects!(ResultText);

/// Reads a published result and compares it with what the factors leave.
pub(crate) fn check_result<G: Group>(
    bytes: &[u8],
    opened: &[Vec<G::Element>],
    weight: u64,
) -> Result<Counts, Fault> {
    let form = |detail: String| Fault::new(Class::ResultForm, detail);
    let text: ResultText =
        serde_json::from_slice(bytes).map_err(|e| form(format!("not a result: {e}")))?;
    if text.result.len() != opened.len() {
        return Err(form("another number of questions in the result".to_owned()));
    }
    let mut counts = Vec::new();
    for (question, (list, opened)) in text.result.iter().zip(opened).enumerate() {
        if list.len() != opened.len() {
            return Err(
                form("another number of counts than slots".to_owned()).at_question(question + 1)
            );
        }
        let mut own = Vec::new();
        for (slot, (value, opened)) in list.iter().zip(opened).enumerate() {
            let place = |fault: Fault| fault.at_question(question + 1).at_slot(slot + 1);
            let claimed = match json::weight_from(value) {
                Some(claimed) => claimed,
                None if is_large(value) => return Err(place(beyond(weight))),
                None => return Err(place(form("a count is no whole number".to_owned()))),
            };
            if claimed > weight {
                return Err(place(beyond(weight)));
            }
            if G::pow(&G::generator(), &G::scalar(claimed)) != *opened {
                return Err(place(Fault::new(
                    Class::Result,
                    format!("{claimed} is not what the partial decryptions say"),
                )));
            }
            own.push(claimed);
        }
        counts.push(own);
    }
    Ok(counts)
}

fn beyond(weight: u64) -> Fault {
    Fault::new(
        Class::ResultRange,
        format!("a count is larger than the votes cast ({weight})"),
    )
}

fn is_large(value: &serde_json::Value) -> bool {
    let digits = match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Number(number) => number.to_string(),
        _ => return false,
    };
    digits.len() > 18 && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Baby steps that are kept at most: some 100 MB.
const MAX_BABY_STEPS: u64 = 1 << 22;
/// Giant steps that are taken at most for all counts: two minutes.
const MAX_GIANT_STEPS: u64 = 1 << 24;

/// Finds the counts, each at most `weight`, by baby steps and giant steps (D. Shanks, 1971).
///
/// # Errors
/// A slot that holds more than the votes cast, which can't happen in a verified election. A sum of weights (times the slots) beyond
/// 7 · 10^13, for which the search would take too long; whoever knows the counts can still have them checked.
pub(crate) fn count<G: Group>(opened: &[Vec<G::Element>], weight: u64) -> Result<Counts, Fault> {
    let slots = u64::try_from(opened.iter().flatten().count()).unwrap_or(u64::MAX);
    let steps = weight.saturating_mul(slots).isqrt().saturating_add(1);
    let steps = steps.min(weight.saturating_add(1)).min(MAX_BABY_STEPS);
    if (weight / steps).saturating_mul(slots) > MAX_GIANT_STEPS {
        return Err(Fault::too_large(format!(
            "counts up to {weight}, the sum of the weights, would take too long to find"
        )));
    }
    // Eight bytes of a hash tell elements apart well enough: what is found is tried.
    let short = |element: &G::Element| {
        let hash = sha256(element_text::<G>(element).as_bytes());
        u64::from_le_bytes(*hash.first_chunk::<8>().unwrap_or(&[0; 8]))
    };
    let mut baby = HashMap::new();
    let mut power = G::identity();
    for step in 0..steps {
        baby.entry(short(&power)).or_insert(step);
        power = G::mul(&power, &G::generator());
    }
    let giant = G::invert(&power);
    let find = |wanted: &G::Element| {
        let mut value = wanted.clone();
        for turn in 0..=weight / steps {
            let found = baby.get(&short(&value)).map(|step| turn * steps + step);
            if let Some(found) = found.filter(|found| *found <= weight)
                && G::pow(&G::generator(), &G::scalar(found)) == *wanted
            {
                return Some(found);
            }
            value = G::mul(&value, &giant);
        }
        None
    };
    opened
        .iter()
        .enumerate()
        .map(|(question, slots)| {
            slots
                .iter()
                .enumerate()
                .map(|(slot, value)| {
                    find(value)
                        .ok_or_else(|| beyond(weight).at_question(question + 1).at_slot(slot + 1))
                })
                .collect()
        })
        .collect()
}
