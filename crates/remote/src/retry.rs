//! When a request is tried again, and how long to wait before.

use std::time::Duration;

use reqwest::header::HeaderMap;

/// How stubborn a client is.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// How often one request is tried in all.
    pub tries: u32,
    /// How often one request waits because the server asked for it.
    pub waits: u32,
    /// The pause before the second try; it doubles with each.
    pub first_pause: Duration,
    /// The longest pause of our own.
    pub longest_pause: Duration,
    /// The longest wait that is granted to the server.
    pub longest_wait: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            tries: 5,
            waits: 8,
            first_pause: Duration::from_millis(300),
            longest_pause: Duration::from_secs(10),
            longest_wait: Duration::from_mins(2),
        }
    }
}

impl Patience {
    /// The pause before try number `number` (the second is 1): half of it is left to chance, so that
    /// requests that failed together do not come back together.
    pub(crate) fn pause(&self, number: u32) -> Duration {
        let doubled = self
            .first_pause
            .saturating_mul(1 << number.saturating_sub(1).min(16));
        jittered(doubled.min(self.longest_pause))
    }
}

fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(0.5 + fastrand::f64() / 2.0)
}

/// How long the server asks to wait: `retry-after`, else the rest of its window, else what its
/// message says.
pub(crate) fn asked_wait(headers: &HeaderMap, message: &str) -> Option<Duration> {
    let seconds = |name: &str| {
        let text = headers.get(name)?.to_str().ok()?.trim();
        text.parse::<f64>()
            .ok()
            .filter(|s| s.is_finite() && *s >= 0.0)
    };
    seconds("retry-after")
        .or_else(|| seconds("x-ratelimit-reset"))
        .or_else(|| in_message(message))
        .map(|seconds| Duration::from_secs_f64(seconds.min(86_400.0)))
}

/// The number in `Please try again in 58 seconds`.
fn in_message(message: &str) -> Option<f64> {
    let (_, rest) = message.split_once("try again in ")?;
    rest.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_is_asked_first() {
        let mut headers = HeaderMap::new();
        let message = "Rate limit exceeded. Please try again in 58 seconds";
        assert_eq!(asked_wait(&headers, message), Some(Duration::from_secs(58)));
        headers.insert("x-ratelimit-reset", "30".parse().unwrap());
        assert_eq!(asked_wait(&headers, message), Some(Duration::from_secs(30)));
        headers.insert("retry-after", "2".parse().unwrap());
        assert_eq!(asked_wait(&headers, message), Some(Duration::from_secs(2)));
        headers.insert("retry-after", "-1".parse().unwrap());
        assert_eq!(asked_wait(&headers, message), Some(Duration::from_secs(30)));
        assert_eq!(asked_wait(&HeaderMap::new(), "slow down"), None);
    }

    #[test]
    fn pauses_grow_and_stay_within_bounds() {
        let patience = Patience::default();
        for number in 1..40 {
            let pause = patience.pause(number);
            assert!(pause <= patience.longest_pause);
            assert!(pause >= patience.first_pause / 2);
        }
        assert!(patience.pause(6) > patience.pause(1));
    }
}
