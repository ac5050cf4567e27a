use super::{Comparison, Expr, Relation};

/// Parts of one whole: figures are held as ten-thousandths of a per cent, one level of percentage exactly.
const SCALE: i128 = 1_000_000;

/// A side that can't be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    /// A figure isn't there yet.
    #[error("no figure for {0}")]
    Missing(String),
    /// The figures are too large to add.
    #[error("figures too large")]
    Overflow,
}

/// Both sides of a relation. A side with an unrounded percentage is shown rounded up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sides {
    /// Left side.
    pub left: i128,
    /// Right side.
    pub right: i128,
    /// Whether the relation holds, compared exactly.
    pub holds: bool,
}

impl Relation {
    /// Computes both sides; `figure(line, summed)` supplies the figures.
    ///
    /// # Errors
    /// [`Unknown`] where a figure is missing or the sum leaves 128 bits.
    pub fn sides(&self, figure: &dyn Fn(&str, bool) -> Option<u128>) -> Result<Sides, Unknown> {
        let left = self.left.scaled(figure)?;
        let right = self.right.scaled(figure)?;
        let holds = match self.comparison {
            Comparison::Equal => left == right,
            Comparison::AtMost => left <= right,
            Comparison::AtLeast => left >= right,
            Comparison::Below => left < right,
            Comparison::Above => left > right,
        };
        Ok(Sides {
            left: ceil(left)? / SCALE,
            right: ceil(right)? / SCALE,
            holds,
        })
    }
}

/// The next whole number, still scaled.
fn ceil(scaled: i128) -> Result<i128, Unknown> {
    let rest = scaled.rem_euclid(SCALE);
    if rest == 0 {
        return Ok(scaled);
    }
    scaled.checked_add(SCALE - rest).ok_or(Unknown::Overflow)
}

impl Expr {
    fn scaled(&self, figure: &dyn Fn(&str, bool) -> Option<u128>) -> Result<i128, Unknown> {
        let whole = |number: u128| {
            i128::try_from(number)
                .ok()
                .and_then(|number| number.checked_mul(SCALE))
                .ok_or(Unknown::Overflow)
        };
        let line = |id: &str, summed| {
            whole(figure(id, summed).ok_or_else(|| Unknown::Missing(id.to_owned()))?)
        };
        match self {
            Self::Number(number) => whole(u128::from(*number)),
            Self::Line(id) => line(id, false),
            Self::Sum(id) => line(id, true),
            Self::Add(a, b) => a
                .scaled(figure)?
                .checked_add(b.scaled(figure)?)
                .ok_or(Unknown::Overflow),
            Self::Sub(a, b) => a
                .scaled(figure)?
                .checked_sub(b.scaled(figure)?)
                .ok_or(Unknown::Overflow),
            Self::Percent(a, parts) => {
                let product = a
                    .scaled(figure)?
                    .checked_mul(i128::from(*parts))
                    .ok_or(Unknown::Overflow)?;
                // `a` is whole (the language has no percentage of a percentage without `ceil`), so nothing is lost.
                Ok(product / SCALE)
            }
            Self::Ceil(a) => ceil(a.scaled(figure)?),
        }
    }
}
