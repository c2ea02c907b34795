//! How long something takes, for the benches that print it.

use std::time::{Duration, Instant};

/// How long `work` takes, done once.
pub fn timed(work: impl FnOnce()) -> Duration {
    let since = Instant::now();
    work();
    since.elapsed()
}

/// How many times `other` goes into `one`.
pub fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

/// A duration in milliseconds, with the unit.
pub fn shown(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1000.0)
}
