//! The nominations: 249 of them, 164 registered, 125 on ballots, every loss with its reason.

use electoral::collation::compare;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::contests::Frame;
use super::error::PlanError;
use super::funnel::{Fate, Slot, slots};
use super::model::{Candidate, Contest, LossReason, NominatedBy, Organisation, Sex, Signatures};
use super::people::{People, slavic_share};
use super::rng::Rng;

/// Nomination: 16 September to 5 October 18:00; extended by three days where fewer than two came.
const FIRST_DAY: Date = date(2023, 9, 16);
const EXTENSION_DAY: Date = date(2023, 10, 6);
/// Registration ends on 10 October at 18:00; signature sheets are due four days before.
const REGISTRATION_ENDS: Date = date(2023, 10, 10);
const SHEETS_DUE: Date = date(2023, 10, 6);

/// All nominations, by contest.
pub(super) fn build(
    frame: &Frame,
    organisations: &[Organisation],
    people: &mut People,
) -> Result<Vec<Candidate>, PlanError> {
    let mut rng = Rng::named("candidates", 0);
    let parties: Vec<usize> = organisations
        .iter()
        .enumerate()
        .filter(|(_, o)| o.is_party)
        .map(|(index, _)| index)
        .collect();
    let mut candidates = Vec::new();
    for (index, (contest, slots)) in frame.contests.iter().zip(slots(frame)?).enumerate() {
        let mut order = parties.clone();
        rng.shuffle(&mut order);
        for slot in slots {
            let nominated_by = if slot.superior {
                NominatedBy::SuperiorAkim
            } else if slot.party {
                NominatedBy::Party(order.pop().ok_or(PlanError::TooFew("parties"))?)
            } else {
                NominatedBy::Oneself
            };
            let sex = if slot.woman { Sex::Female } else { Sex::Male };
            let person = people.make(sex, (1963, 1993), slavic_share(&contest.region))?;
            candidates.push(candidate(
                index,
                contest,
                &slot,
                person,
                nominated_by,
                &mut rng,
            ));
        }
    }
    Ok(candidates)
}

fn candidate(
    index: usize,
    contest: &Contest,
    slot: &Slot,
    person: usize,
    nominated_by: NominatedBy,
    rng: &mut Rng,
) -> Candidate {
    let superior = nominated_by == NominatedBy::SuperiorAkim;
    // Whoever needs signatures comes early enough to collect them.
    let days = if nominated_by == NominatedBy::Oneself {
        15
    } else {
        19
    };
    let nominated_on = if superior {
        EXTENSION_DAY
    } else {
        plus(FIRST_DAY, rng.range(0, days))
    };
    let mut made = Candidate {
        contest: index,
        person,
        nominated_by,
        nominated_on,
        signatures: None,
        fee_paid_on: None,
        registered_on: None,
        lost: None,
    };
    // The fee comes a few days after the nomination, with the signature sheets at the latest.
    let paid = if superior {
        plus(EXTENSION_DAY, 1)
    } else {
        plus(nominated_on, rng.range(2, 5)).min(SHEETS_DUE)
    };
    let own = nominated_by == NominatedBy::Oneself;
    match slot.fate {
        Fate::NotRegistered => {
            let reason = early_reason(own, rng);
            let signed = matches!(
                reason,
                LossReason::SignaturesInsufficient | LossReason::NotEligible
            );
            made.signatures = (own && reason != LossReason::OwnRefusal).then(|| {
                signatures(
                    contest,
                    signed,
                    reason != LossReason::SignaturesInsufficient,
                    rng,
                )
            });
            made.fee_paid_on = signed.then_some(paid);
            made.lost = Some((early_day(reason, nominated_on, rng), reason));
        }
        Fate::Registered | Fate::OnBallot => {
            made.signatures = own.then(|| signatures(contest, true, true, rng));
            made.fee_paid_on = Some(paid);
            let first = if own {
                date(2023, 10, 7)
            } else {
                plus(paid, 1)
            };
            let wait = u32::try_from(first.until(REGISTRATION_ENDS).map_or(0, |s| s.get_days()))
                .unwrap_or(0);
            made.registered_on =
                Some(plus(first, rng.range(0, wait.min(5))).min(REGISTRATION_ENDS));
            if slot.fate == Fate::Registered {
                made.lost = Some(late_loss(rng));
            }
        }
    }
    made
}

/// Why somebody isn't registered; some reasons exist only for one way of nomination.
fn early_reason(own: bool, rng: &mut Rng) -> LossReason {
    match (rng.range(1, 10), own) {
        (1..=2, false) => LossReason::NominatorRecall,
        (3..=5, false) => LossReason::PapersMissing,
        (1..=2, true) => LossReason::SignaturesInsufficient,
        (3..=5, true) => LossReason::SignaturesNotHandedIn,
        (6, _) => LossReason::NotEligible,
        (7, _) => LossReason::FeeUnpaid,
        (8, _) => LossReason::DeclarationNotFiled,
        _ => LossReason::OwnRefusal,
    }
}

/// A recall is possible until two days before registration ends; refusals are decided up to its last day.
fn early_day(reason: LossReason, nominated: Date, rng: &mut Rng) -> Date {
    match reason {
        LossReason::OwnRefusal | LossReason::NominatorRecall => {
            plus(nominated, rng.range(1, 5)).min(date(2023, 10, 7))
        }
        LossReason::NotEligible => plus(nominated, rng.range(4, 7)).min(REGISTRATION_ENDS),
        _ => plus(date(2023, 10, 8), rng.range(0, 2)),
    }
}

/// A loss after registration: mostly withdrawal, at the latest on 2 November.
fn late_loss(rng: &mut Rng) -> (Date, LossReason) {
    match rng.range(1, 20) {
        1 => (
            plus(date(2023, 10, 12), rng.range(0, 3)),
            LossReason::DeclarationFalse,
        ),
        2 => (
            plus(date(2023, 10, 16), rng.range(0, 15)),
            LossReason::SpecialCheckNegative,
        ),
        3 => (
            plus(date(2023, 10, 20), rng.range(0, 10)),
            LossReason::SecondCampaignBreach,
        ),
        _ => (
            plus(date(2023, 10, 11), rng.range(0, 22)),
            LossReason::Withdrawal,
        ),
    }
}

/// One percent, rounded up, is required; not enough valid ones only where that is the reason of the loss.
fn signatures(contest: &Contest, handed_in: bool, enough: bool, rng: &mut Rng) -> Signatures {
    let required = contest.voters_on_lists.div_ceil(100);
    if !handed_in {
        return Signatures {
            required,
            presented: 0,
            valid: 0,
            handed_in: None,
        };
    }
    let presented = required + 1 + rng.range(required / 50, required / 8);
    let valid = if enough {
        presented - rng.range(0, (presented - required) / 2)
    } else {
        required - rng.range(1, required / 6)
    };
    Signatures {
        required,
        presented,
        valid,
        handed_in: Some(plus(date(2023, 10, 2), rng.range(0, 4))),
    }
}

/// Puts the candidates on the ballots in Kazakh alphabetical order.
pub(super) fn ballots(contests: &mut [Contest], candidates: &[Candidate], people: &People) {
    for (index, contest) in contests.iter_mut().enumerate() {
        let own = candidates
            .iter()
            .enumerate()
            .filter(|(_, c)| c.contest == index && c.lost.is_none());
        contest.ballot = own.map(|(position, _)| position).collect();
        let name = |candidate: &usize| {
            let candidate = candidates.get(*candidate);
            let person = candidate.and_then(|c| people.made.get(c.person));
            person.map_or_else(String::new, |p| p.full_name().kk)
        };
        contest.ballot.sort_by(|a, b| compare(&name(a), &name(b)));
    }
}

fn plus(day: Date, days: u32) -> Date {
    day.checked_add(i64::from(days).days()).unwrap_or(day)
}
