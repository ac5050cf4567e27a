//! The table of powers, read from `policies/kz.toml`.

use super::{Action, Actor, Role};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How far an office reaches from its own area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Only objects of the office's own area.
    Own,
    /// Only objects below it.
    Below,
    /// Both.
    OwnAndBelow,
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Power {
    action: String,
    /// Offices that have the power.
    pub who: Vec<String>,
    /// Where they have it.
    pub reach: Reach,
    /// States of the election in which they have it; empty: always.
    #[serde(default)]
    pub states: Vec<String>,
    /// Why: the article, or our own rule.
    pub basis: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    power: Vec<Power>,
}

/// Why a table can't be used.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// Not TOML of the expected shape.
    #[error("policy: {0}")]
    Shape(#[from] toml::de::Error),
    /// An action nobody knows.
    #[error("policy: unknown action {0}")]
    UnknownAction(String),
    /// An office nobody knows.
    #[error("policy: unknown office {0}")]
    UnknownRole(String),
    /// An action that nobody may do.
    #[error("policy: no row for {0}")]
    Missing(&'static str),
}

/// All powers by action.
#[derive(Clone, Debug)]
pub struct Policy {
    powers: BTreeMap<Action, Vec<Power>>,
}

impl Policy {
    /// The table built into the program.
    ///
    /// # Errors
    /// Never for a released program: a test reads it.
    pub fn built_in() -> Result<Self, PolicyError> {
        Self::parse(include_str!("../../../../../policies/kz.toml"))
    }

    /// Reads a table.
    ///
    /// # Errors
    /// Unknown actions or offices, and actions without a row.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let file: File = toml::from_str(text)?;
        let mut powers: BTreeMap<Action, Vec<Power>> = BTreeMap::new();
        for power in file.power {
            let action = Action::from_name(&power.action)
                .ok_or_else(|| PolicyError::UnknownAction(power.action.clone()))?;
            if let Some(role) = power.who.iter().find(|r| Role::parse(r).is_none()) {
                return Err(PolicyError::UnknownRole(role.clone()));
            }
            powers.entry(action).or_default().push(power);
        }
        if let Some(missing) = Action::ALL.iter().find(|a| !powers.contains_key(a)) {
            return Err(PolicyError::Missing(missing.name()));
        }
        Ok(Self { powers })
    }

    /// The rows of an action.
    #[must_use]
    pub fn powers(&self, action: Action) -> &[Power] {
        self.powers.get(&action).map_or(&[], Vec::as_slice)
    }

    /// Whether an office of this actor could ever do this: the coarse check on a route.
    #[must_use]
    pub fn could(&self, actor: &Actor, action: Action) -> bool {
        actor.is_operator()
            || self.powers(action).iter().any(|power| {
                actor
                    .grants
                    .iter()
                    .any(|g| power.who.iter().any(|w| w == g.role.as_str()))
            })
    }

    /// The decision on an object. `above` is the object's area followed by all areas above it.
    #[must_use]
    pub fn allows(
        &self,
        actor: &Actor,
        action: Action,
        above: &[String],
        state: Option<&str>,
    ) -> bool {
        if actor.is_operator() {
            return true;
        }
        self.powers(action).iter().any(|power| {
            let state_fits = power.states.is_empty()
                || state.is_some_and(|s| power.states.iter().any(|p| p == s));
            state_fits
                && actor.grants.iter().any(|grant| {
                    power.who.iter().any(|w| w == grant.role.as_str())
                        && above
                            .iter()
                            .position(|a| *a == grant.area_id)
                            .is_some_and(|depth| match power.reach {
                                Reach::Own => depth == 0,
                                Reach::Below => depth > 0,
                                Reach::OwnAndBelow => true,
                            })
                })
        })
    }
}
