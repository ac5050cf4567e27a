//! Whole-number helpers: widths that always fit, shares that add up exactly.

use super::error::PlanError;

/// A length as `u64`.
pub(super) fn wide(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// A length as `u32`; lists of the plan are far shorter than that.
pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A number of the plan as a position.
pub(super) fn index(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// `n · share / whole`, rounded to the nearest (halves up).
pub(super) fn part(n: u32, share: u32, whole: u32) -> u32 {
    let whole = u64::from(whole.max(1));
    let scaled = u64::from(n) * u64::from(share);
    u32::try_from((scaled + whole / 2) / whole).unwrap_or(u32::MAX)
}

/// Divides `total` in proportion to `weights` by largest remainders (equal remainders: the earlier entry first).
/// The parts add up to `total`; with no positive weight all parts are zero.
pub(in crate::demo) fn share(total: u32, weights: &[u64]) -> Vec<u32> {
    let sum: u128 = weights.iter().map(|&w| u128::from(w)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let mut parts = Vec::with_capacity(weights.len());
    let mut rests = Vec::with_capacity(weights.len());
    let mut given = 0_u32;
    for (index, &weight) in weights.iter().enumerate() {
        let scaled = u128::from(total) * u128::from(weight);
        let part = u32::try_from(scaled / sum).unwrap_or(u32::MAX);
        given = given.saturating_add(part);
        parts.push(part);
        rests.push((scaled % sum, index));
    }
    rests.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let left = usize::try_from(total.saturating_sub(given)).unwrap_or(0);
    for &(_, index) in rests.iter().take(left) {
        if let Some(part) = parts.get_mut(index) {
            *part += 1;
        }
    }
    parts
}

/// What [`share_within`] divides by: a weight and the bounds of the part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Claim {
    /// Relative size.
    pub(super) weight: u64,
    /// The part is at least this.
    pub(super) low: u32,
    /// The part is at most this.
    pub(super) high: u32,
}

/// Like [`share`], each part kept within its bounds.
///
/// # Errors
/// [`PlanError::CannotShare`] if the bounds exclude the total.
pub(super) fn share_within(total: u32, claims: &[Claim]) -> Result<Vec<u32>, PlanError> {
    let refuse = || PlanError::CannotShare {
        total,
        among: claims.len(),
    };
    let weights: Vec<u64> = claims.iter().map(|c| c.weight.max(1)).collect();
    let mut parts: Vec<u32> = share(total, &weights)
        .iter()
        .zip(claims)
        .map(|(&part, claim)| part.clamp(claim.low, claim.high.max(claim.low)))
        .collect();
    loop {
        let sum: u32 = parts.iter().sum();
        if sum == total {
            return Ok(parts);
        }
        let room = |part: u32, claim: &Claim| {
            if sum < total {
                claim.high.saturating_sub(part)
            } else {
                part.saturating_sub(claim.low)
            }
        };
        let open: Vec<u64> = parts
            .iter()
            .zip(claims)
            .map(|(&part, claim)| {
                if room(part, claim) > 0 {
                    claim.weight.max(1)
                } else {
                    0
                }
            })
            .collect();
        if open.iter().all(|&w| w == 0) {
            return Err(refuse());
        }
        let steps = share(total.abs_diff(sum), &open);
        for ((part, claim), step) in parts.iter_mut().zip(claims).zip(steps) {
            let step = step.min(room(*part, claim));
            if sum < total {
                *part += step;
            } else {
                *part -= step;
            }
        }
    }
}
