//! Rule packs: the law of one type of election as data.
//!
//! A pack is a TOML file. In the file a value of law is written flat,
//! `{ value = 3000, article = "23(2)", confidence = "sourced" }`; act, edition and valid-from are filled in from the pack's
//! acts unless the value names its own. Unknown keys are refused, and so is everything that points nowhere.

mod built_in;
mod country;
mod error;
mod legal;
mod pack;
mod parse;
#[cfg(test)]
mod tests;
mod validate;

pub use built_in::{BUILT_IN, built_in};
pub use country::{AreaKind, CitedWord, Country, TaskTimes};
pub use error::RulesError;
pub use legal::{Act, Confidence, Legal, Source};
pub use pack::{
    Caller, CandidateRules, CommissionLevel, CommissionRules, Contest, Deposit, Document, Fact,
    ListRules, Loss, LossAct, Nominator, PublicationRules, Requirement, ResultRules, RulePack,
    SizeBand, System, TurnoutRules, TurnoutSlot, VotingRules,
};
pub use parse::MAX_BYTES;

use crate::text::Language;

impl RulePack {
    /// Reads and validates a pack.
    ///
    /// # Errors
    /// [`RulesError`] names the key and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        let pack = parse::read(text)?;
        validate::validate(&pack)?;
        Ok(pack)
    }

    /// The citation of a source in one language.
    #[must_use]
    pub fn cite(&self, source: &Source, language: Language) -> String {
        self.acts.get(&source.act).map_or_else(
            || source.article.clone(),
            |act| act.cite(&source.article, language),
        )
    }

    /// The level of commissions with this id.
    #[must_use]
    pub fn commission_level(&self, id: &str) -> Option<&CommissionLevel> {
        self.commissions
            .as_ref()?
            .levels
            .iter()
            .find(|level| level.id == id)
    }

    /// The reason for a loss with this id.
    #[must_use]
    pub fn loss(&self, id: &str) -> Option<&Loss> {
        self.losses.iter().find(|loss| loss.id == id)
    }

    /// The nominator with this id.
    #[must_use]
    pub fn nominator(&self, id: &str) -> Option<&Nominator> {
        self.nominators.iter().find(|nominator| nominator.id == id)
    }
}
