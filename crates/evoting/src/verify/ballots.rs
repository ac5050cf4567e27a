//! All ballots of a box, checked on several threads and added up.

use super::Refusal;
use super::credentials::Voters;
use super::structure::{Structure, credential_of};
use crate::archive::{Kind, Step, Walker};
use crate::ballot::{BallotCheck, Prepared};
use crate::fault::Fault;
use crate::group::{Group, Membership};
use crate::tally::EncryptedTally;
use rand::rngs::StdRng;
use rand::{CryptoRng, SeedableRng as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

/// Ballots whose powers are computed together.
const TOGETHER: usize = 16;
/// Bytes of ballots that travel together.
const MAX_BATCH_BYTES: usize = 1 << 20;
/// A height that no event has.
const NOWHERE: u64 = u64::MAX;

/// A ballot on its way to a worker.
struct Cast {
    height: u64,
    text: Vec<u8>,
    /// Is it its voter's last one?
    counts: bool,
}

/// What a worker brings back.
struct Share<G: Group> {
    tally: EncryptedTally<G>,
    members: Membership<G>,
    fault: Option<(u64, Fault)>,
}

/// What the workers know.
pub(super) struct Run<'a, 'e, G: Group> {
    pub(super) check: &'a BallotCheck<'e, G>,
    pub(super) structure: &'a Structure,
    pub(super) voters: &'a Voters,
    pub(super) threads: usize,
    pub(super) one_by_one: bool,
}

/// The tally, and the event after the last ballot.
type Counted<G> = Option<(EncryptedTally<G>, Option<Step>)>;

impl<G: Group> Run<'_, '_, G> {
    /// Checks and adds up all ballots. `None` if some number is outside the group and they were tested together.
    /// `members` is what is left to be tested of the credentials.
    pub(super) fn count(
        &self,
        walker: &mut Walker<'_>,
        mut members: Membership<G>,
        random: &mut impl CryptoRng,
    ) -> Result<Counted<G>, Refusal> {
        let threads = self.threads.clamp(1, 256);
        let mut seeds = vec![[0; 32]; threads];
        for seed in &mut seeds {
            random.fill_bytes(seed);
        }
        let worst = AtomicU64::new(NOWHERE);
        let (sender, receiver) = sync_channel::<Vec<Cast>>(threads);
        let receiver = Mutex::new(receiver);
        let (read, shares) = std::thread::scope(|scope| {
            let workers: Vec<_> = seeds
                .into_iter()
                .map(|seed| {
                    let (receiver, worst) = (&receiver, &worst);
                    scope.spawn(move || {
                        let worker = Worker {
                            run: self,
                            worst,
                            random: StdRng::from_seed(seed),
                            share: Share {
                                tally: self.check.empty_tally(),
                                members: Membership::new(),
                                fault: None,
                            },
                        };
                        worker.work(receiver)
                    })
                })
                .collect();
            let read = self.feed(walker, &worst, |batch| sender.send(batch).is_ok());
            drop(sender);
            let shares: Vec<_> = workers
                .into_iter()
                .map(std::thread::ScopedJoinHandle::join)
                .collect();
            (read, shares)
        });
        let mut total = self.check.empty_tally();
        let mut first: Option<(u64, Fault)> = None;
        for share in shares {
            // A worker that panicked is a fault of this program; nothing is said about the election.
            let share = share
                .map_err(|_| Refusal::Unreadable(std::io::Error::other("a worker stopped")))?;
            if let Some(fault) = share.fault {
                first = Some(match first.take() {
                    Some(before) if before.0 < fault.0 => before,
                    _ => fault,
                });
                continue;
            }
            total.add(&share.tally);
            members.merge(share.members, random);
        }
        if let Some((height, fault)) = first {
            return Err(fault.at_height(height).into());
        }
        let next = read?;
        total.check_weight()?;
        Ok(members.holds(random).then_some((total, next)))
    }

    /// Reads ballots until another event comes, or a fault was found.
    fn feed(
        &self,
        walker: &mut Walker<'_>,
        worst: &AtomicU64,
        mut send: impl FnMut(Vec<Cast>) -> bool,
    ) -> Result<Option<Step>, Refusal> {
        let mut batch = Vec::with_capacity(TOGETHER);
        let mut bytes = 0;
        loop {
            let step = walker.next(&mut |_| Ok(()))?;
            let next = match step {
                Some(step) if worst.load(Ordering::Relaxed) == NOWHERE => step,
                _ => {
                    send(batch);
                    return Ok(None);
                }
            };
            let mut step = next;
            if step.event.kind != Kind::Ballot {
                send(batch);
                return Ok(Some(step));
            }
            let height = step.event.height;
            let text = step.records.pop().map(|(_, body)| body).unwrap_or_default();
            let counts = credential_of(&text)
                .is_some_and(|credential| self.structure.counts(credential, height));
            bytes += text.len();
            batch.push(Cast {
                height,
                text,
                counts,
            });
            if batch.len() == TOGETHER || bytes > MAX_BATCH_BYTES {
                bytes = 0;
                if !send(std::mem::take(&mut batch)) {
                    return Ok(None);
                }
            }
        }
    }
}

struct Worker<'a, 'b, 'e, G: Group> {
    run: &'a Run<'b, 'e, G>,
    worst: &'a AtomicU64,
    random: StdRng,
    share: Share<G>,
}

impl<G: Group> Worker<'_, '_, '_, G> {
    fn work(mut self, receiver: &Mutex<Receiver<Vec<Cast>>>) -> Share<G> {
        loop {
            let batch = match receiver.lock() {
                Ok(receiver) => receiver.recv(),
                Err(_) => break,
            };
            let Ok(batch) = batch else { break };
            self.batch(batch);
        }
        self.share
    }

    fn fault(&mut self, height: u64, fault: Fault) {
        self.worst.fetch_min(height, Ordering::Relaxed);
        let earlier = self
            .share
            .fault
            .as_ref()
            .is_some_and(|(before, _)| *before <= height);
        if !earlier {
            self.share.fault = Some((height, fault));
        }
    }

    fn batch(&mut self, batch: Vec<Cast>) {
        let (check, voters) = (self.run.check, self.run.voters);
        let mut prepared: Vec<Prepared<G>> = Vec::with_capacity(batch.len());
        let mut about = Vec::with_capacity(batch.len());
        for cast in batch {
            if cast.height > self.worst.load(Ordering::Relaxed) {
                continue;
            }
            match check.prepare(&cast.text, |credential| voters.weight(credential).is_some()) {
                Ok(ballot) => {
                    let weight = voters.weight(ballot.credential()).unwrap_or(0);
                    about.push((cast.height, cast.counts, weight));
                    prepared.push(ballot);
                }
                Err(fault) => self.fault(cast.height, fault),
            }
        }
        for (judged, (height, counts, weight)) in check.judge(prepared).into_iter().zip(about) {
            let ballot = match judged {
                Ok(judged) => judged.ballot,
                Err(fault) => {
                    self.fault(height, fault);
                    continue;
                }
            };
            if !self.run.one_by_one {
                for ciphertext in ballot.choices.iter().flatten() {
                    self.share.members.add(&ciphertext.alpha, &mut self.random);
                    self.share.members.add(&ciphertext.beta, &mut self.random);
                }
            } else if let Err(fault) = check.members(&ballot) {
                self.fault(height, fault);
                continue;
            }
            if counts {
                self.share.tally.count(&ballot, weight);
            }
        }
    }
}
