//! Who is nominated where and how far they come, in the published totals.

use super::contests::Frame;
use super::error::PlanError;
use super::num::{self, Claim, share_within};
use super::rng::Rng;

/// How far a nomination comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// On the ballot.
    OnBallot,
    /// Registered, lost before voting.
    Registered,
    /// Never registered.
    NotRegistered,
}

/// A nomination before it gets a person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) fate: Fate,
    pub(super) party: bool,
    pub(super) superior: bool,
    pub(super) woman: bool,
}

/// Published totals: nominated, registered; by parties; women.
const NOMINATED: u32 = 249;
const REGISTERED: u32 = 164;
/// Party nominees by fate: 60 + 9 = 69 registered, with 21 more 90 nominated.
const PARTY: [(Fate, usize); 3] = [
    (Fate::OnBallot, 60),
    (Fate::Registered, 9),
    (Fate::NotRegistered, 21),
];
/// Women by fate: 8 + 2 = 10 registered, with 3 more 13 nominated.
const WOMEN: [(Fate, usize); 3] = [
    (Fate::OnBallot, 8),
    (Fate::Registered, 2),
    (Fate::NotRegistered, 3),
];
/// North Kazakhstan: 6 of 12 nominees by parties, one woman (published).
const NORTH: &str = "590000000";
const NORTH_BY_PARTIES: usize = 2;
/// Parties in the demonstration; each may nominate one person per contest.
const PARTIES: usize = 5;

/// The slots of every contest.
pub(super) fn slots(frame: &Frame) -> Result<Vec<Vec<Slot>>, PlanError> {
    let mut rng = Rng::named("funnel", 0);
    let registered = totals(
        frame,
        REGISTERED,
        |w| w.registered,
        |i| ballot(frame, i),
        3,
        &mut rng,
    )?;
    let nominated = totals(
        frame,
        NOMINATED,
        |w| w.nominated,
        |i| registered.get(i).copied().unwrap_or(2),
        5,
        &mut rng,
    )?;
    let mut all: Vec<Vec<Slot>> = (0..frame.contests.len())
        .map(|i| {
            let at = |list: &[u32]| list.get(i).copied().unwrap_or(0);
            let fate = |n: u32| match n {
                n if n < ballot(frame, i) => Fate::OnBallot,
                n if n < at(&registered) => Fate::Registered,
                _ => Fate::NotRegistered,
            };
            let plain = |n| Slot {
                fate: fate(n),
                party: false,
                superior: false,
                woman: false,
            };
            (0..at(&nominated)).map(plain).collect()
        })
        .collect();
    parties(frame, &mut all, &mut rng)?;
    women(frame, &mut all, &mut rng)?;
    Ok(all)
}

fn ballot(frame: &Frame, index: usize) -> u32 {
    frame.weights.get(index).map_or(2, |w| w.candidates)
}

/// A national total over the contests: a known number is kept, the extension contest has two and loses nobody.
fn totals(
    frame: &Frame,
    total: u32,
    known: impl Fn(&super::sources::WeightRow) -> u32,
    least: impl Fn(usize) -> u32,
    spread: u32,
    rng: &mut Rng,
) -> Result<Vec<u32>, PlanError> {
    let claims: Vec<Claim> = frame
        .weights
        .iter()
        .enumerate()
        .map(|(index, weight)| {
            let fixed = if weight.scene == "extension" {
                2
            } else {
                known(weight)
            };
            let (low, high) = if fixed > 0 {
                (fixed, fixed)
            } else {
                (least(index), least(index) + spread)
            };
            Claim {
                weight: u64::from(low * 10 + rng.range(0, 24)),
                low,
                high,
            }
        })
        .collect();
    share_within(total, &claims)
}

/// Marks party nominees: one on every ballot, the published two per contest in North Kazakhstan, the rest at random.
fn parties(frame: &Frame, all: &mut [Vec<Slot>], rng: &mut Rng) -> Result<(), PlanError> {
    let mut left = PARTY;
    for (slots, contest) in all.iter_mut().zip(&frame.contests) {
        let many = if contest.region == NORTH {
            NORTH_BY_PARTIES
        } else {
            1
        };
        for slot in slots.iter_mut().take(many) {
            slot.party = true;
            take(&mut left, slot.fate);
        }
        if contest.nomination_extended
            && let Some(slot) = slots.get_mut(1)
        {
            slot.superior = true;
        }
    }
    // West Kazakhstan's published ballots have one party nominee each; the second ones come elsewhere.
    let open: Vec<usize> = (0..all.len())
        .filter(|&i| {
            frame
                .contests
                .get(i)
                .is_some_and(|c| c.region != NORTH && !c.nomination_extended)
        })
        .collect();
    mark(
        all,
        &open,
        left,
        rng,
        |slot| !slot.party && !slot.superior,
        |slot| slot.party = true,
        |slots, fate| {
            slots.iter().filter(|s| s.party).count() < PARTIES - 1
                && (fate != Fate::OnBallot
                    || slots.iter().filter(|s| s.fate == fate && !s.party).count() > 1)
        },
    )
}

/// Marks women: one in North Kazakhstan, the others elsewhere.
fn women(frame: &Frame, all: &mut [Vec<Slot>], rng: &mut Rng) -> Result<(), PlanError> {
    let mut left = WOMEN;
    let north = frame.contests.iter().position(|c| c.region == NORTH);
    if let Some(slot) = north
        .and_then(|i| all.get_mut(i))
        .and_then(|slots| slots.first_mut())
    {
        slot.woman = true;
        take(&mut left, slot.fate);
    }
    let open: Vec<usize> = (0..all.len())
        .filter(|&i| frame.contests.get(i).is_some_and(|c| c.region != NORTH))
        .collect();
    mark(
        all,
        &open,
        left,
        rng,
        |slot| !slot.woman,
        |slot| slot.woman = true,
        |slots, _| !slots.iter().any(|s| s.woman),
    )
}

fn take(left: &mut [(Fate, usize); 3], fate: Fate) {
    if let Some(entry) = left.iter_mut().find(|entry| entry.0 == fate) {
        entry.1 = entry.1.saturating_sub(1);
    }
}

/// Marks as many slots of each fate as are left, in contests in random order, round after round.
fn mark(
    all: &mut [Vec<Slot>],
    open: &[usize],
    left: [(Fate, usize); 3],
    rng: &mut Rng,
    fits: impl Fn(&Slot) -> bool,
    set: impl Fn(&mut Slot),
    may: impl Fn(&[Slot], Fate) -> bool,
) -> Result<(), PlanError> {
    for (fate, mut count) in left {
        let mut order = open.to_vec();
        rng.shuffle(&mut order);
        let mut rounds = 0;
        while count > 0 {
            rounds += 1;
            if rounds > num::wide(PARTIES) {
                return Err(PlanError::TooFew("nominations of one fate"));
            }
            for &index in &order {
                let Some(slots) = all.get_mut(index) else {
                    continue;
                };
                if count == 0 || !may(slots, fate) {
                    continue;
                }
                if let Some(slot) = slots
                    .iter_mut()
                    .find(|slot| slot.fate == fate && fits(slot))
                {
                    set(slot);
                    count -= 1;
                }
            }
        }
    }
    Ok(())
}
