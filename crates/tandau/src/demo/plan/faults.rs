//! What goes wrong on the night: protocols with faults, acts, explained warnings, mistyped turnout.

use super::model::{Contest, Figures, Station, StationKind};
use super::relations::Relation;
use super::rng::Rng;

/// What goes wrong at one station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The first protocol breaks the relation, is returned and corrected.
    Returned(Relation),
    /// So many ballots are missing; the protocol is accepted with an act.
    Act(u32),
    /// The relation isn't met and the commission explains why.
    Explained(Relation),
    /// The figure of one slot is mistyped and corrected at the next.
    TurnoutFall,
}

use Relation::{R1, R2, R3, R4, R5, R6, R7, R8, R9, R10, R11, R12, R13};

/// Twenty returned protocols, two with acts, six explained warnings, four turnout corrections.
pub(super) const TROUBLES: [Trouble; 32] = [
    Trouble::Returned(R10),
    Trouble::Returned(R1),
    Trouble::Returned(R9),
    Trouble::Returned(R2),
    Trouble::Returned(R8),
    Trouble::Returned(R6),
    Trouble::Returned(R4),
    Trouble::Returned(R12),
    Trouble::Returned(R9),
    Trouble::Returned(R7),
    Trouble::Returned(R10),
    Trouble::Returned(R3),
    Trouble::Returned(R11),
    Trouble::Returned(R1),
    Trouble::Returned(R5),
    Trouble::Returned(R13),
    Trouble::Returned(R6),
    Trouble::Returned(R2),
    Trouble::Returned(R9),
    Trouble::Returned(R10),
    Trouble::Act(1),
    Trouble::Act(2),
    Trouble::Explained(R13),
    Trouble::Explained(R8),
    Trouble::Explained(R13),
    Trouble::Explained(R13),
    Trouble::Explained(R8),
    Trouble::Explained(R13),
    Trouble::TurnoutFall,
    Trouble::TurnoutFall,
    Trouble::TurnoutFall,
    Trouble::TurnoutFall,
];

/// Gives every trouble a station of middle size, each in another contest, none in the contest of the tie.
pub(super) fn spread(
    contests: &[Contest],
    stations: &[Station],
    figures: &[Figures],
) -> Vec<(usize, Trouble)> {
    let mut rng = Rng::named("troubles", 0);
    let mut found: Vec<(usize, Trouble)> = Vec::new();
    // A step coprime to the number of contests visits each once.
    let mut order = (0..contests.len()).map(|turn| (turn * 7 + 3) % contests.len());
    for &trouble in &TROUBLES {
        for contest in order.by_ref().filter_map(|index| contests.get(index)) {
            if contest.ends_in_tie {
                continue;
            }
            let own: Vec<usize> = contest
                .stations
                .clone()
                .filter(|&i| match (stations.get(i), figures.get(i)) {
                    (Some(station), Some(figures)) => fits(trouble, station, figures),
                    _ => false,
                })
                .collect();
            if let Some(&station) = own.get(rng.index(own.len())) {
                found.push((station, trouble));
                break;
            }
        }
    }
    found
}

fn fits(trouble: Trouble, station: &Station, figures: &Figures) -> bool {
    let needs_box = matches!(
        trouble,
        Trouble::Returned(R8 | R11) | Trouble::Explained(R8)
    );
    station.kind == StationKind::Ordinary
        && (90..=1_300).contains(&station.voters_on_list)
        && figures.ballots_cancelled > 20
        && (!needs_box || !figures.portable_boxes.is_empty())
}

/// The figures as first typed or counted, breaking exactly the relations returned.
pub(super) fn spoil(
    relation: Relation,
    sound: &Figures,
    rng: &mut Rng,
) -> (Figures, Vec<Relation>) {
    let mut f = sound.clone();
    let slip = rng.range(1, 4);
    let mut broken = vec![relation];
    match relation {
        R1 => f.ballots_cancelled -= slip,
        R2 => {
            if let Some(member) = f.issued_by_member.first_mut() {
                member.ballots += slip;
            }
        }
        R3 => f.issued_in_premises += slip,
        R4 => {
            // The number of the list is mistyped: it no longer follows from the initial one either.
            f.voters_on_list = f.voters_received_ballots - slip;
            broken.push(R5);
        }
        R5 => f.voters_added += slip,
        R6 => f.found_stationary += slip,
        R7 => {
            let surplus = f.voters_received_ballots - f.found_total + slip.min(2);
            f.found_stationary += surplus;
            f.found_total += surplus;
            f.took_part += surplus;
            if let Some(votes) = f.votes.first_mut() {
                *votes += surplus;
            }
        }
        R8 => {
            if let Some(portable) = f.portable_boxes.first_mut() {
                portable.found += 1;
                f.found_stationary -= 1;
            }
        }
        R9 => f.invalid += slip,
        R10 => {
            if let Some(votes) = f.votes.last_mut() {
                *votes += 9;
            }
        }
        R11 => f.outside_not_reached += 1,
        R12 => f.voted_by_absentee_certificate = f.voters_added + slip,
        R13 => {
            f.ballots_received += 10 * slip;
            f.ballots_cancelled += 10 * slip;
        }
    }
    (f, broken)
}

/// Figures that miss a relation for a good reason.
pub(super) fn unusual(relation: Relation, sound: &Figures, rng: &mut Rng) -> Figures {
    let mut f = sound.clone();
    match relation {
        R8 => {
            if let Some(portable) = f.portable_boxes.first_mut() {
                portable.applications += 1;
                f.outside_not_reached += 1;
            }
        }
        _ => {
            let bundle = rng.range(2, 18);
            f.ballots_received += bundle;
            f.ballots_cancelled += bundle;
        }
    }
    f
}

/// Figures with so many ballots missing among the cancelled ones.
pub(super) fn missing(count: u32, sound: &Figures) -> Figures {
    let mut f = sound.clone();
    f.ballots_cancelled -= count;
    f
}
