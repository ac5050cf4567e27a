//! The words of nomination and registration.

use jiff::civil::Date;

#[cfg(doc)]
use super::model::Plan;

/// Who nominated a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NominatedBy {
    /// A party, index into [`Plan::organisations`].
    Party(usize),
    /// The person.
    Oneself,
    /// The akim of the region, in the extended period.
    SuperiorAkim,
}

/// Why a nomination didn't lead to the ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LossReason {
    /// The nominating party recalled its nominee.
    NominatorRecall,
    /// The nominee gave up before registration.
    OwnRefusal,
    /// Papers missing at the end of registration.
    PapersMissing,
    /// Signature sheets not handed in on time.
    SignaturesNotHandedIn,
    /// Fewer valid signatures than one percent of the voters.
    SignaturesInsufficient,
    /// Requirements of the law on public service not met.
    NotEligible,
    /// The fee wasn't paid.
    FeeUnpaid,
    /// Declarations of assets not filed.
    DeclarationNotFiled,
    /// Registered, then withdrew.
    Withdrawal,
    /// Registration cancelled: false declaration of assets.
    DeclarationFalse,
    /// Registration cancelled: negative special check.
    SpecialCheckNegative,
    /// Registration cancelled: second breach of campaign rules.
    SecondCampaignBreach,
}

impl LossReason {
    /// The code in tables and exports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NominatorRecall => "nominator_recall",
            Self::OwnRefusal => "own_refusal",
            Self::PapersMissing => "papers_missing",
            Self::SignaturesNotHandedIn => "signatures_not_handed_in",
            Self::SignaturesInsufficient => "signatures_insufficient",
            Self::NotEligible => "not_eligible",
            Self::FeeUnpaid => "fee_unpaid",
            Self::DeclarationNotFiled => "declaration_not_filed",
            Self::Withdrawal => "withdrawal",
            Self::DeclarationFalse => "declaration_false",
            Self::SpecialCheckNegative => "special_check_negative",
            Self::SecondCampaignBreach => "second_campaign_breach",
        }
    }

    /// Article of the Constitutional Law on Elections (edition of 01.01.2023).
    #[must_use]
    pub const fn article(self) -> &'static str {
        match self {
            Self::NominatorRecall | Self::OwnRefusal | Self::Withdrawal => "113-6",
            Self::SignaturesNotHandedIn => "113-4(4)",
            Self::SignaturesInsufficient => "113-4(1)",
            Self::NotEligible => "113-2",
            Self::FeeUnpaid => "113-5(2)",
            Self::DeclarationNotFiled => "113-5(5)",
            Self::PapersMissing | Self::DeclarationFalse => "113-5(11)",
            Self::SpecialCheckNegative => "113-5(11)(7)",
            Self::SecondCampaignBreach => "50(4)",
        }
    }
}

/// Signatures collected by a self-nominated person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signatures {
    /// One percent of the voters, rounded up.
    pub required: u32,
    /// Handed in.
    pub presented: u32,
    /// Found valid.
    pub valid: u32,
    /// Day the sheets were handed in; none if they weren't.
    pub handed_in: Option<Date>,
}

/// A nomination and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Index into [`Plan::contests`].
    pub contest: usize,
    /// Index into [`Plan::people`].
    pub person: usize,
    /// Who nominated.
    pub nominated_by: NominatedBy,
    /// Day of nomination.
    pub nominated_on: Date,
    /// Only for self-nominated persons who got sheets.
    pub signatures: Option<Signatures>,
    /// Day the fee of 350,000 tenge was paid.
    pub fee_paid_on: Option<Date>,
    /// Day of registration.
    pub registered_on: Option<Date>,
    /// Day and reason of the loss; none if on the ballot.
    pub lost: Option<(Date, LossReason)>,
}
