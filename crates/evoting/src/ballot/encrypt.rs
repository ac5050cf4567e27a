//! Making a ballot.
//!
//! Everything that depends on choices takes the same steps for all of them: with u uniform, a member of a disjunction commits to
//! A = g^u and B = y^u · g^(d·c), where d is the difference between what the ciphertext holds and what the member claims, zero for the true
//! one; its response is u − r·c. All powers come from tables that are read whole. Only where the members stand in memory depends on
//! which of them is true.

use super::Ciphertext;
use crate::credential::Credential;
use crate::election::{Election, Question};
use crate::group::{Group, element_text};
use crate::hash::{b64, challenge, sha256};
use crate::json;
use crate::proof::Proof;
use crate::secret::Secret;
use rand::CryptoRng;

/// Why choices are no vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceFault {
    /// The election's key is the neutral element.
    #[error("the election's key is 1: everybody could read what is encrypted with it")]
    Key,
    /// Another number of lists than questions.
    #[error("there are {questions} questions and {lists} lists of choices")]
    Questions {
        /// Questions of the election.
        questions: usize,
        /// Lists that were given.
        lists: usize,
    },
    /// Another number of choices than slots.
    #[error(
        "question {question} has {slots} slots (blank first, where it is allowed), each of which is 0 or 1"
    )]
    Slots {
        /// Number of the question, from 1.
        question: usize,
        /// Its slots.
        slots: usize,
    },
    /// Too few or too many are chosen.
    #[error(
        "question {question}: between {min} and {max} answers must be chosen, or blank alone where it is allowed"
    )]
    Count {
        /// Number of the question, from 1.
        question: usize,
        /// The fewest.
        min: usize,
        /// The most.
        max: usize,
    },
}

/// Makes ballots of one election.
pub struct Encryptor<'e, G: Group> {
    election: &'e Election<G>,
    generator: G::SecretTable,
    key: G::SecretTable,
}

/// A ciphertext with what its maker knows.
struct Slot<G: Group> {
    ciphertext: Ciphertext<G>,
    r: Secret<G>,
    m: Secret<G>,
}

/// A member of a disjunction, and what it claims.
struct Member<'a, G: Group> {
    slot: &'a Slot<G>,
    claim: usize,
}

fn small<G: Group>(value: usize) -> G::Scalar {
    G::scalar(u64::try_from(value).unwrap_or(u64::MAX))
}

impl<'e, G: Group> Encryptor<'e, G> {
    /// Prepares tables of the generator and of the election's key.
    #[must_use]
    pub fn new(election: &'e Election<G>) -> Self {
        Self {
            election,
            generator: G::secret_table(&G::generator()),
            key: G::secret_table(&election.key),
        }
    }

    /// A ballot with these choices (§4.11 – §4.15): per question a list of zeros and ones, one per answer in the answers' order, the blank slot
    /// first where blank is allowed. The text is canonical: it is cast as it is.
    ///
    /// # Errors
    /// Choices that the questions don't allow; a key under which nothing would be secret.
    pub fn ballot(
        &self,
        credential: &Credential,
        choices: &[Vec<u8>],
        random: &mut impl CryptoRng,
    ) -> Result<String, ChoiceFault> {
        self.ballot_of(&credential.secret(&self.election.uuid), choices, random)
    }

    pub(crate) fn ballot_of(
        &self,
        secret: &Secret<G>,
        choices: &[Vec<u8>],
        random: &mut impl CryptoRng,
    ) -> Result<String, ChoiceFault> {
        if self.election.key == G::identity() {
            return Err(ChoiceFault::Key);
        }
        let questions = &self.election.questions;
        if questions.len() != choices.len() {
            return Err(ChoiceFault::Questions {
                questions: questions.len(),
                lists: choices.len(),
            });
        }
        for (at, (question, choices)) in questions.iter().zip(choices).enumerate() {
            check_choices(at + 1, question, choices)?;
        }
        let public = element_text::<G>(&G::table_pow(&self.generator, secret.expose()));
        let base = format!("{}|{public}", self.election.fingerprint);
        let answers = questions
            .iter()
            .zip(choices)
            .map(|(question, choices)| self.answer(&base, question, choices, random));
        let unsigned = format!(
            "{{\"election_uuid\":\"{}\",\"election_hash\":\"{}\",\"credential\":\"{public}\",\"answers\":{}",
            self.election.uuid,
            self.election.fingerprint,
            json::array(answers)
        );
        let hash = b64(&sha256(format!("{unsigned}}}").as_bytes()));
        let proof = Proof::of_knowledge(secret, &format!("sig|{hash}|"), random);
        Ok(format!(
            "{unsigned},\"signature\":{{\"hash\":\"{hash}\",\"proof\":{}}}}}",
            proof.text()
        ))
    }

    fn slot(&self, choice: u8, random: &mut impl CryptoRng) -> Slot<G> {
        let r = Secret::new(G::random_scalar(random));
        let m = Secret::new(G::scalar(u64::from(choice)));
        let hidden = G::table_pow(&self.generator, m.expose());
        let ciphertext = Ciphertext {
            alpha: G::table_pow(&self.generator, r.expose()),
            beta: G::mul(&G::table_pow(&self.key, r.expose()), &hidden),
        };
        Slot { ciphertext, r, m }
    }

    fn answer(
        &self,
        base: &str,
        question: &Question,
        choices: &[u8],
        random: &mut impl CryptoRng,
    ) -> String {
        let slots: Vec<Slot<G>> = choices.iter().map(|c| self.slot(*c, random)).collect();
        let texts: Vec<String> = slots
            .iter()
            .map(|slot| pair_text(&slot.ciphertext))
            .collect();
        let mut individual = Vec::new();
        for ((slot, text), choice) in slots.iter().zip(&texts).zip(choices) {
            let members = [0, 1].map(|claim| Member { slot, claim });
            let prefix = format!("prove|{base}|{text}|");
            individual.push(self.disjunction(&prefix, &members, usize::from(*choice), random));
        }
        let all = format!("{base}|{}", texts.join(","));
        let skip = usize::from(question.has_blank());
        let total = total(slots.iter().skip(skip));
        let chosen: usize = choices.iter().skip(skip).map(|c| usize::from(*c)).sum();
        let range = (question.min..=question.max).map(|claim| Member {
            slot: &total,
            claim,
        });
        let mut out = format!(
            "{{\"choices\":{},\"individual_proofs\":{}",
            json::array(slots.iter().map(|slot| slot.ciphertext.text())),
            json::array(individual)
        );
        match slots.first().filter(|_| question.has_blank()) {
            Some(blank) => {
                let is_blank = choices.first() == Some(&1);
                let overall: Vec<_> = std::iter::once(Member {
                    slot: blank,
                    claim: 1,
                })
                .chain(range)
                .collect();
                let truth = if is_blank {
                    0
                } else {
                    1 + chosen - question.min
                };
                let overall = self.disjunction(&format!("bproof1|{all}|"), &overall, truth, random);
                let either = [
                    Member {
                        slot: blank,
                        claim: 0,
                    },
                    Member {
                        slot: &total,
                        claim: 0,
                    },
                ];
                let either = self.disjunction(
                    &format!("bproof0|{all}|"),
                    &either,
                    usize::from(is_blank),
                    random,
                );
                out.push_str(&format!(
                    ",\"overall_proof\":{overall},\"blank_proof\":{either}}}"
                ));
            }
            None => {
                let members: Vec<_> = range.collect();
                let prefix = format!("prove|{all}|{}|", pair_text(&total.ciphertext));
                let overall = self.disjunction(&prefix, &members, chosen - question.min, random);
                out.push_str(&format!(",\"overall_proof\":{overall}}}"));
            }
        }
        out
    }

    /// Proves that one of the members is true, and not which.
    fn disjunction(
        &self,
        prefix: &str,
        members: &[Member<'_, G>],
        truth: usize,
        random: &mut impl CryptoRng,
    ) -> String {
        let mut challenges: Vec<Secret<G>> = Vec::with_capacity(members.len());
        let mut blinds: Vec<Secret<G>> = Vec::with_capacity(members.len());
        let mut commitments = Vec::with_capacity(2 * members.len());
        for member in members {
            let c = Secret::<G>::new(G::random_scalar(random));
            let u = Secret::<G>::new(G::random_scalar(random));
            let difference = Secret::<G>::new(G::scalar_sub(
                member.slot.m.expose(),
                &small::<G>(member.claim),
            ));
            let offset = Secret::<G>::new(G::scalar_mul(difference.expose(), c.expose()));
            let a = G::table_pow(&self.generator, u.expose());
            let b = G::mul(
                &G::table_pow(&self.key, u.expose()),
                &G::table_pow(&self.generator, offset.expose()),
            );
            commitments.extend([element_text::<G>(&a), element_text::<G>(&b)]);
            challenges.push(c);
            blinds.push(u);
        }
        let mut rest = challenge::<G>(prefix, &commitments);
        for (at, c) in challenges.iter().enumerate() {
            if at != truth {
                rest = G::scalar_sub(&rest, c.expose());
            }
        }
        if let Some(own) = challenges.get_mut(truth) {
            *own = Secret::new(rest);
        }
        json::array(
            members
                .iter()
                .zip(&blinds)
                .zip(&challenges)
                .map(|((member, u), c)| {
                    Proof::<G>::respond(u, &member.slot.r, c.expose().clone()).text()
                }),
        )
    }
}

fn pair_text<G: Group>(ciphertext: &Ciphertext<G>) -> String {
    format!(
        "{},{}",
        element_text::<G>(&ciphertext.alpha),
        element_text::<G>(&ciphertext.beta)
    )
}

fn total<'a, G: Group>(slots: impl Iterator<Item = &'a Slot<G>>) -> Slot<G> {
    let zero = Slot {
        ciphertext: Ciphertext::neutral(),
        r: Secret::new(G::scalar(0)),
        m: Secret::new(G::scalar(0)),
    };
    slots.fold(zero, |sum, slot| Slot {
        ciphertext: sum.ciphertext.mul(&slot.ciphertext),
        r: Secret::new(G::scalar_add(sum.r.expose(), slot.r.expose())),
        m: Secret::new(G::scalar_add(sum.m.expose(), slot.m.expose())),
    })
}

fn check_choices(number: usize, question: &Question, choices: &[u8]) -> Result<(), ChoiceFault> {
    if choices.len() != question.slots() || choices.iter().any(|c| *c > 1) {
        return Err(ChoiceFault::Slots {
            question: number,
            slots: question.slots(),
        });
    }
    let skip = usize::from(question.has_blank());
    let chosen: usize = choices.iter().skip(skip).map(|c| usize::from(*c)).sum();
    let blank = question.has_blank() && choices.first() == Some(&1);
    let right = if blank {
        chosen == 0
    } else {
        (question.min..=question.max).contains(&chosen)
    };
    if right {
        Ok(())
    } else {
        Err(ChoiceFault::Count {
            question: number,
            min: question.min,
            max: question.max,
        })
    }
}
