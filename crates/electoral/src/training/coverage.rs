//! Whether a polling station is covered: who of its commission must have passed, who has, and who is expected to.

/// What a station needs: so many of those who hold certain offices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need<'a> {
    /// Offices, as commissions write them: `chair`, `member`.
    pub offices: Vec<&'a str>,
    /// Percent of those who hold them, 1 to 100; rounded up.
    pub percent: u64,
}

/// A seat of a commission on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat<'a> {
    /// Its office.
    pub office: &'a str,
    /// Whoever sits there is invited to a session that is still to be held.
    pub scheduled: bool,
    /// Was at a session that has been held.
    pub trained: bool,
    /// Has passed.
    pub passed: bool,
}

/// How one need stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Met {
    /// So many must have passed; at least one, also where nobody holds the office.
    pub need: u64,
    /// So many have.
    pub have: u64,
    /// So many will have when all who are invited or still to be tested pass.
    pub expected: u64,
}

impl Met {
    /// It holds.
    #[must_use]
    pub const fn holds(self) -> bool {
        self.have >= self.need
    }

    /// It holds once all who are under way have passed.
    #[must_use]
    pub const fn will_hold(self) -> bool {
        self.expected >= self.need
    }
}

/// Where a station stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// All that is required have passed.
    Covered,
    /// Not yet, but enough are invited or still to be tested.
    Planned,
    /// Somebody is missing whom nobody has invited.
    Uncovered,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Covered, Self::Planned, Self::Uncovered];

    /// The word kept in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Planned => "planned",
            Self::Uncovered => "uncovered",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }
}

/// How a station stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Each need, in the order given.
    pub needs: Vec<Met>,
    /// Members.
    pub members: u64,
    /// The fewest people who must pass so that all needs hold.
    pub required: u64,
    /// Members who are invited to a session that is still to be held.
    pub scheduled: u64,
    /// Members who were at a session.
    pub trained: u64,
    /// Members who have passed.
    pub passed: u64,
}

impl Standing {
    /// Where the station stands.
    #[must_use]
    pub fn state(&self) -> State {
        if self.needs.iter().all(|met| met.holds()) {
            State::Covered
        } else if self.needs.iter().all(|met| met.will_hold()) {
            State::Planned
        } else {
            State::Uncovered
        }
    }
}

/// How a commission stands against what is needed.
#[must_use]
pub fn judge(needs: &[Need<'_>], seats: &[Seat<'_>]) -> Standing {
    let count = |of: &dyn Fn(&Seat<'_>) -> bool| number(seats.iter().filter(|s| of(s)).count());
    let met = needs
        .iter()
        .map(|need| {
            let ours = |s: &Seat<'_>| need.offices.contains(&s.office);
            Met {
                need: share(need.percent, count(&ours)),
                have: count(&|s| ours(s) && s.passed),
                expected: count(&|s| ours(s) && (s.passed || s.trained || s.scheduled)),
            }
        })
        .collect::<Vec<_>>();
    Standing {
        required: fewest(needs, seats),
        needs: met,
        members: number(seats.len()),
        scheduled: count(&|s| s.scheduled),
        trained: count(&|s| s.trained),
        passed: count(&|s| s.passed),
    }
}

/// A share of a group, rounded up, and at least one.
fn share(percent: u64, of: u64) -> u64 {
    of.saturating_mul(percent.min(100)).div_ceil(100).max(1)
}

/// The fewest people with whom all needs hold: needs of the fewest offices first, and whoever is needed already counts
/// for all other needs. Exact where groups lie within each other, as chair and secretary within all members do; an
/// office that nobody holds adds one.
fn fewest(needs: &[Need<'_>], seats: &[Seat<'_>]) -> u64 {
    let mut order: Vec<&Need<'_>> = needs.iter().collect();
    order.sort_by_key(|need| (need.offices.len(), std::cmp::Reverse(need.percent)));
    let mut taken = vec![false; seats.len()];
    let mut vacant = 0_u64;
    for need in order {
        let ours = |s: &Seat<'_>| need.offices.contains(&s.office);
        let group = number(seats.iter().filter(|s| ours(s)).count());
        if group == 0 {
            vacant = vacant.saturating_add(1);
            continue;
        }
        let chosen = seats.iter().zip(&taken);
        let known = number(chosen.filter(|(s, taken)| **taken && ours(s)).count());
        let mut missing = share(need.percent, group).saturating_sub(known);
        for (seat, taken) in seats.iter().zip(taken.iter_mut()) {
            if missing > 0 && !*taken && ours(seat) {
                *taken = true;
                missing -= 1;
            }
        }
    }
    number(taken.iter().filter(|t| **t).count()).saturating_add(vacant)
}

fn number(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn needs() -> Vec<Need<'static>> {
        vec![
            Need {
                offices: vec!["chair"],
                percent: 100,
            },
            Need {
                offices: vec!["secretary"],
                percent: 100,
            },
            Need {
                offices: vec!["chair", "deputy", "secretary", "member"],
                percent: 50,
            },
        ]
    }

    const NEW: Seat<'static> = Seat {
        office: "member",
        scheduled: false,
        trained: false,
        passed: false,
    };

    fn five() -> Vec<Seat<'static>> {
        ["chair", "deputy", "secretary", "member", "member"]
            .into_iter()
            .map(|office| Seat { office, ..NEW })
            .collect()
    }

    #[test]
    fn a_commission_of_five_needs_three() {
        let mut seats = five();
        let stands = judge(&needs(), &seats);
        assert_eq!(stands.state(), State::Uncovered);
        assert_eq!((stands.members, stands.required), (5, 3));
        for at in [0, 2] {
            seats[at].passed = true;
        }
        assert_eq!(judge(&needs(), &seats).state(), State::Uncovered);
        seats[3].scheduled = true;
        assert_eq!(judge(&needs(), &seats).state(), State::Planned);
        seats[3].trained = true;
        seats[3].scheduled = false;
        assert_eq!(judge(&needs(), &seats).state(), State::Planned, "untested");
        seats[3].passed = true;
        let stands = judge(&needs(), &seats);
        assert_eq!(stands.state(), State::Covered);
        assert_eq!((stands.passed, stands.trained), (3, 1));
    }

    #[test]
    fn a_new_secretary_uncovers() {
        let mut seats = five();
        for seat in &mut seats {
            seat.passed = true;
        }
        assert_eq!(judge(&needs(), &seats).state(), State::Covered);
        seats[2].passed = false;
        assert_eq!(judge(&needs(), &seats).state(), State::Uncovered);
    }

    #[test]
    fn a_vacant_office_is_never_covered() {
        let mut seats = five();
        seats.remove(0);
        for seat in &mut seats {
            seat.passed = true;
        }
        let stands = judge(&needs(), &seats);
        assert_eq!(stands.state(), State::Uncovered);
        assert_eq!(
            stands.needs[0],
            Met {
                need: 1,
                have: 0,
                expected: 0
            }
        );
        assert_eq!(stands.required, 3, "a chair, the secretary, one more");
        assert_eq!(judge(&needs(), &[]).state(), State::Uncovered);
    }

    #[test]
    fn all_that_is_needed_may_be_nothing() {
        assert_eq!(judge(&[], &five()).state(), State::Covered);
        assert_eq!(judge(&[], &five()).required, 0);
    }

    fn seats() -> impl Strategy<Value = Vec<Seat<'static>>> {
        let office = prop::sample::select(vec!["chair", "deputy", "secretary", "member"]);
        prop::collection::vec(
            (office, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
                |(office, scheduled, trained, passed)| Seat {
                    office,
                    scheduled,
                    trained,
                    passed,
                },
            ),
            0..15,
        )
    }

    proptest! {
        #[test]
        fn one_more_who_passed_never_uncovers(seats in seats(), at in 0_usize..15) {
            let before = judge(&needs(), &seats).state();
            let mut more = seats;
            if let Some(seat) = more.get_mut(at) {
                seat.passed = true;
            }
            prop_assert!(judge(&needs(), &more).state() <= before);
        }

        #[test]
        fn the_fewest_are_enough_and_one_less_is_not(seats in seats()) {
            // All seats are of known offices: whoever is chosen by brute force.
            let stands = judge(&needs(), &seats);
            prop_assume!(seats.len() <= 9);
            let vacant = stands.needs.iter().any(|met| met.expected == 0 && met.need > 0)
                && !(seats.iter().any(|s| s.office == "chair") && seats.iter().any(|s| s.office == "secretary"));
            prop_assume!(!vacant && !seats.is_empty());
            let best = (0_u32..1 << seats.len())
                .filter(|set| {
                    let chosen: Vec<Seat<'_>> = seats
                        .iter()
                        .enumerate()
                        .map(|(at, seat)| Seat { passed: set & (1 << at) != 0, ..*seat })
                        .collect();
                    judge(&needs(), &chosen).state() == State::Covered
                })
                .map(u32::count_ones)
                .min();
            if let Some(best) = best {
                prop_assert_eq!(u64::from(best), stands.required);
            }
        }
    }
}
