//! Codes: the truncated HMAC (RFC 4226) of a session's key and a step of time. The key is made of the installation's
//! secret and the session's id, so nothing of it is kept, and nobody who reads the database can make codes.

use super::model::Plan;
use crate::platform::app::Secret;
use electoral::training::attendance::{Rhythm, code_of};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What tells these keys from others that are made of the same secret.
const PURPOSE: &str = "tandau training code";

fn mac(key: &[u8]) -> Hmac<Sha256> {
    // HMAC takes keys of any length.
    <Hmac<Sha256> as KeyInit>::new_from_slice(key)
        .unwrap_or_else(|_| Hmac::new(&Default::default()))
}

/// Codes of one session.
#[derive(Debug)]
pub(super) struct Codes {
    key: [u8; 32],
    digits: u32,
}

impl Codes {
    /// Those of a session.
    pub(super) fn of(secret: &Secret, session_id: &str, digits: u64) -> Self {
        let keyed = secret.mac(PURPOSE, session_id.as_bytes());
        Self {
            key: keyed.finalize().into_bytes().into(),
            digits: u32::try_from(digits).unwrap_or(6),
        }
    }

    /// The code of a step.
    pub(super) fn at(&self, step: i64) -> String {
        let mut keyed = mac(&self.key);
        keyed.update(&step.to_be_bytes());
        code_of(&keyed.finalize().into_bytes(), self.digits)
    }

    /// The plan (0 is the one that holds) and the step on whose code somebody came: fresh ones first, then those of each
    /// plan's window, the newest first.
    pub(super) fn find(
        &self,
        rhythm: Rhythm,
        plans: &[Plan],
        made_at: i64,
        typed: &str,
    ) -> Option<(usize, i64)> {
        let now = rhythm.step(made_at);
        let oldest = now.saturating_sub(i64::from(rhythm.steps_back));
        for (place, plan) in plans.iter().enumerate() {
            let own = rhythm.step(plan.window.opens)..=rhythm.step(plan.window.closes);
            let fresh = (oldest..=now.saturating_add(1)).rev();
            let mut fresh = fresh.filter(|step| own.contains(step));
            if let Some(step) = fresh.find(|step| self.at(*step) == typed) {
                return Some((place, step));
            }
        }
        for (place, plan) in plans.iter().enumerate() {
            if let Some(step) = rhythm
                .steps_of(plan.window)
                .find(|step| self.at(*step) == typed)
            {
                return Some((place, step));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use electoral::training::attendance::Window;

    const RHYTHM: Rhythm = Rhythm {
        period_seconds: 30,
        steps_back: 3,
    };

    fn plan(opens: i64, closes: i64) -> Plan {
        Plan {
            window: Window { opens, closes },
            place: None,
        }
    }

    #[test]
    fn each_session_step_and_installation_has_its_own() {
        let one = Codes::of(&Secret([7; 32]), "s1", 6);
        let again = Codes::of(&Secret([7; 32]), "s1", 6);
        assert_eq!(one.at(5), again.at(5));
        assert_eq!(one.at(5).len(), 6);
        let codes: std::collections::BTreeSet<String> = (0..200).map(|step| one.at(step)).collect();
        assert!(codes.len() > 195, "{}", codes.len());
        for other in [
            Codes::of(&Secret([7; 32]), "s2", 6),
            Codes::of(&Secret([8; 32]), "s1", 6),
        ] {
            assert!((0..50).any(|step| one.at(step) != other.at(step)));
        }
    }

    #[test]
    fn a_code_is_found_where_it_stood() {
        let codes = Codes::of(&Secret([7; 32]), "s1", 6);
        let (now, before) = (plan(30_000, 60_000), plan(0, 9_000));
        let plans = [now, before];
        let found = |step: i64, made: i64| codes.find(RHYTHM, &plans, made, &codes.at(step));
        assert_eq!(found(1_200, 36_010), Some((0, 1_200)), "fresh");
        assert_eq!(found(1_100, 36_010), Some((0, 1_100)), "old");
        assert_eq!(found(100, 36_010), Some((1, 100)), "of the plan before");
        assert_eq!(found(5_000, 36_010), None, "never on the screen");
    }
}
