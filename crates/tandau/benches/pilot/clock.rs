//! Durations measured and how they are written.

use std::time::Duration;

/// Durations of many acts and how long all took.
pub struct Times {
    sorted: Vec<Duration>,
    whole: Duration,
}

impl Times {
    pub fn new(mut times: Vec<Duration>, whole: Duration) -> Self {
        times.sort_unstable();
        Self {
            sorted: times,
            whole,
        }
    }

    /// The duration that so many of a hundred acts did not exceed.
    pub fn percentile(&self, percent: usize) -> Duration {
        let index = (self.sorted.len() * percent).div_ceil(100).max(1) - 1;
        self.sorted.get(index).copied().unwrap_or_default()
    }

    /// Acts in a second.
    pub fn rate(&self) -> f64 {
        per_second(self.sorted.len(), self.whole)
    }
}

/// Things done in a second.
pub fn per_second(count: usize, took: Duration) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / took.as_secs_f64()
}

/// `0.31 ms`, `12.4 ms`, `2.61 s`.
pub fn ms(duration: Duration) -> String {
    let ms = duration.as_secs_f64() * 1_000.0;
    match ms {
        ..10.0 => format!("{ms:.2} ms"),
        10.0..100.0 => format!("{ms:.1} ms"),
        100.0..1_000.0 => format!("{ms:.0} ms"),
        _ => format!("{:.2} s", ms / 1_000.0),
    }
}
