use serde::Serialize;

/// Most decimals a share is rounded to.
const DECIMALS_MAX: u8 = 9;

/// A decimal number held as whole units of its last place: 5421 with two decimals is 54.21.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    units: u128,
    decimals: u8,
}

/// A share that can't be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// Nobody to divide by.
    #[error("there is nobody to divide by")]
    EmptyWhole,
    /// The part is larger than the whole.
    #[error("the part is larger than the whole")]
    PartAboveWhole,
}

impl Decimal {
    /// A decimal from whole units of its last place. More than nine decimals are cut to nine.
    #[must_use]
    pub fn new(units: u128, decimals: u8) -> Self {
        Self {
            units,
            decimals: decimals.min(DECIMALS_MAX),
        }
    }

    /// Whole units of the last place.
    #[must_use]
    pub fn units(self) -> u128 {
        self.units
    }

    /// How many decimals.
    #[must_use]
    pub fn decimals(self) -> u8 {
        self.decimals
    }

    /// The number with the given decimal sign: a comma in Kazakh and Russian, a point in English.
    #[must_use]
    pub fn with_sign(self, sign: char) -> String {
        if self.decimals == 0 {
            return self.units.to_string();
        }
        let width = usize::from(self.decimals);
        let scale = 10_u128.pow(u32::from(self.decimals));
        let (whole, rest) = (self.units / scale, self.units % scale);
        format!("{whole}{sign}{rest:0width$}")
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.with_sign('.'))
    }
}

impl Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// `part / whole` in per cent, rounded half up.
fn percent(part: u64, whole: u64, decimals: u8) -> Decimal {
    let decimals = decimals.min(DECIMALS_MAX);
    let scale = 100 * 10_u128.pow(u32::from(decimals));
    // 2^64 · 10^11 and doubled fits easily into 128 bits.
    let twice = 2 * u128::from(part) * scale;
    let whole = u128::from(whole);
    Decimal::new((twice + whole) / (2 * whole), decimals)
}

macro_rules! share {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name {
            part: u64,
            whole: u64,
        }

        impl $name {
            /// The exact share.
            ///
            /// # Errors
            /// [`ShareError`] for an empty whole or a part above it.
            pub fn new(part: u64, whole: u64) -> Result<Self, ShareError> {
                if whole == 0 {
                    return Err(ShareError::EmptyWhole);
                }
                if part > whole {
                    return Err(ShareError::PartAboveWhole);
                }
                Ok(Self { part, whole })
            }

            /// The part and the whole.
            #[must_use]
            pub fn fraction(self) -> (u64, u64) {
                (self.part, self.whole)
            }

            /// In per cent, rounded half up to the given decimals (at most nine).
            #[must_use]
            pub fn percent(self, decimals: u8) -> Decimal {
                percent(self.part, self.whole, decimals)
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            /// By value; equal values with different wholes are ordered by the whole, as they are not the same share.
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                let left = u128::from(self.part) * u128::from(other.whole);
                let right = u128::from(other.part) * u128::from(self.whole);
                left.cmp(&right).then(self.whole.cmp(&other.whole))
            }
        }
    };
}

share! {
    /// Voters who received ballots out of voters on the list. Not comparable with a [`ResultShare`].
    Turnout
}

share! {
    /// Votes out of those who took part, invalid ballots excluded (art. 43(5)). Not comparable with a [`Turnout`].
    ResultShare
}
