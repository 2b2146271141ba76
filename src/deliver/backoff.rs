//! How long to wait before the next attempt.

use std::time::Duration;

use super::Settings;

/// The wait after so many failures (from 1): doubled each time up to the longest, of which the last half is left to chance, so that many
/// deliveries that failed together do not come back together.
pub(super) fn wait(settings: &Settings, failures: i32) -> Duration {
    let doublings = u32::try_from(failures.saturating_sub(1)).unwrap_or(0).min(30);
    let full = settings.retry_first.saturating_mul(2u32.saturating_pow(doublings)).min(settings.retry_most);
    full / 2 + (full / 2).mul_f64(chance())
}

/// From 0 to 1.
fn chance() -> f64 {
    f64::from(rand_core::RngCore::next_u32(&mut rand_core::OsRng)) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_doubles_up_to_the_longest_and_is_never_less_than_half_of_it() {
        let settings = Settings { retry_first: Duration::from_secs(5), retry_most: Duration::from_secs(60), ..Settings::default() };
        for (failures, full) in [(1, 5), (2, 10), (3, 20), (4, 40), (5, 60), (6, 60), (i32::MAX, 60), (0, 5)] {
            for _ in 0..50 {
                let wait = wait(&settings, failures);
                assert!(wait >= Duration::from_secs(full) / 2 && wait <= Duration::from_secs(full), "{failures}: {wait:?}");
            }
        }
    }
}
