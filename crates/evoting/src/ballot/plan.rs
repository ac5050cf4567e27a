//! What must be computed to check a ballot: all powers first, so that they can be computed together, then the hashes.

use super::Ciphertext;
use super::read::{Answer, UnverifiedBallot};
use crate::election::Question;
use crate::fault::{Class, Fault};
use crate::group::{Group, Powers, Wanted, element_text};
use crate::hash::challenge;
use crate::proof::{Proof, sum};

/// Where a commitment will be: job, and place among the job's products.
#[derive(Clone, Copy, Debug)]
struct At {
    job: usize,
    wanted: usize,
}

/// One hash to compare.
#[derive(Clone, Debug)]
struct Check<G: Group> {
    prefix: String,
    commitments: Vec<At>,
    expected: G::Scalar,
    class: Class,
    question: Option<usize>,
    slot: Option<usize>,
}

/// The powers and hashes of one ballot.
#[derive(Clone, Debug)]
pub(crate) struct Plan<G: Group> {
    pub(crate) jobs: Vec<Powers<G>>,
    checks: Vec<Check<G>>,
}

/// A ciphertext of which proofs speak, and the jobs of its two halves.
struct Subject {
    alpha: usize,
    beta: usize,
}

/// One member of a disjunction: "this ciphertext holds `claim`".
struct Member<'a, G: Group> {
    subject: &'a Subject,
    claim: usize,
    proof: &'a Proof<G>,
}

fn plain<G: Group>(proof: &Proof<G>) -> Wanted<G> {
    Wanted {
        power: proof.challenge.clone(),
        generator: Some(proof.response.clone()),
        key: None,
    }
}

impl<G: Group> Plan<G> {
    /// The plan for a ballot whose shape is right.
    pub(crate) fn new(
        ballot: &UnverifiedBallot<'_, G>,
        credential: &G::Element,
        questions: &[Question],
    ) -> Self {
        let mut plan = Self {
            jobs: Vec::new(),
            checks: Vec::new(),
        };
        let base = format!("{}|{}", ballot.election_hash, ballot.credential);
        let signer = plan.job(credential);
        let commitments = vec![plan.want(signer, plain(&ballot.signature))];
        plan.checks.push(Check {
            prefix: format!("sig|{}|", ballot.hash),
            commitments,
            expected: ballot.signature.challenge.clone(),
            class: Class::BallotSignature,
            question: None,
            slot: None,
        });
        for (at, (answer, question)) in ballot.answers.iter().zip(questions).enumerate() {
            plan.answer(&base, answer, question, at + 1);
        }
        plan
    }

    fn job(&mut self, base: &G::Element) -> usize {
        self.jobs.push(Powers {
            base: base.clone(),
            wanted: Vec::new(),
        });
        self.jobs.len() - 1
    }

    fn want(&mut self, job: usize, wanted: Wanted<G>) -> At {
        let list = self.jobs.get_mut(job).map(|job| &mut job.wanted);
        let at = list.map_or(0, |list| {
            list.push(wanted);
            list.len() - 1
        });
        At { job, wanted: at }
    }

    fn subject(&mut self, ciphertext: &Ciphertext<G>) -> Subject {
        Subject {
            alpha: self.job(&ciphertext.alpha),
            beta: self.job(&ciphertext.beta),
        }
    }

    /// A = g^response · α^challenge, B = y^response · (β / g^claim)^challenge; the division is taken out of the power, so that all
    /// members share the powers of β.
    fn disjunction(
        &mut self,
        prefix: String,
        members: &[Member<'_, G>],
        class: Class,
        question: usize,
        slot: Option<usize>,
    ) {
        let mut commitments = Vec::with_capacity(2 * members.len());
        for member in members {
            let proof = member.proof;
            commitments.push(self.want(member.subject.alpha, plain(proof)));
            let claim = G::scalar(u64::try_from(member.claim).unwrap_or(u64::MAX));
            let divided = G::scalar_mul(&claim, &proof.challenge);
            let wanted = Wanted {
                power: proof.challenge.clone(),
                generator: (member.claim > 0).then(|| G::scalar_sub(&G::scalar(0), &divided)),
                key: Some(proof.response.clone()),
            };
            commitments.push(self.want(member.subject.beta, wanted));
        }
        self.checks.push(Check {
            prefix,
            commitments,
            expected: sum(members.iter().map(|member| member.proof)),
            class,
            question: Some(question),
            slot,
        });
    }

    fn answer(&mut self, base: &str, answer: &Answer<'_, G>, question: &Question, number: usize) {
        let mut subjects = Vec::with_capacity(answer.choices.len());
        for (at, ((ciphertext, proofs), (alpha, beta))) in answer
            .choices
            .iter()
            .zip(&answer.individual)
            .zip(&answer.texts)
            .enumerate()
        {
            let subject = self.subject(ciphertext);
            let members: Vec<_> = proofs
                .iter()
                .enumerate()
                .map(|(claim, proof)| Member {
                    subject: &subject,
                    claim,
                    proof,
                })
                .collect();
            let prefix = format!("prove|{base}|{alpha},{beta}|");
            self.disjunction(
                prefix,
                &members,
                Class::IndividualProof,
                number,
                Some(at + 1),
            );
            subjects.push(subject);
        }
        let all: Vec<&str> = answer.texts.iter().flat_map(|(a, b)| [*a, *b]).collect();
        let all = format!("{base}|{}", all.join(","));
        let skip = usize::from(question.has_blank());
        let total = answer
            .choices
            .iter()
            .skip(skip)
            .fold(Ciphertext::neutral(), |sum, c| sum.mul(c));
        let of_total = self.subject(&total);
        let mut members: Vec<_> = Vec::new();
        let prefix = if let (Some(blank), Some(of_blank)) = (&answer.blank, subjects.first()) {
            let either: Vec<_> = [of_blank, &of_total]
                .into_iter()
                .zip(blank)
                .map(|(subject, proof)| Member {
                    subject,
                    claim: 0,
                    proof,
                })
                .collect();
            self.disjunction(
                format!("bproof0|{all}|"),
                &either,
                Class::BlankProof,
                number,
                None,
            );
            members.extend(answer.overall.first().map(|proof| Member {
                subject: of_blank,
                claim: 1,
                proof,
            }));
            format!("bproof1|{all}|")
        } else {
            format!(
                "prove|{all}|{},{}|",
                element_text::<G>(&total.alpha),
                element_text::<G>(&total.beta)
            )
        };
        members.extend(
            answer
                .overall
                .iter()
                .skip(skip)
                .enumerate()
                .map(|(at, proof)| Member {
                    subject: &of_total,
                    claim: question.min + at,
                    proof,
                }),
        );
        self.disjunction(prefix, &members, Class::OverallProof, number, None);
    }

    /// Compares all hashes. `texts` are the products of all jobs, in their order.
    pub(crate) fn judge(&self, texts: &[String]) -> Result<(), Fault> {
        let mut starts = Vec::with_capacity(self.jobs.len());
        let mut start = 0;
        for job in &self.jobs {
            starts.push(start);
            start += job.wanted.len();
        }
        for check in &self.checks {
            let commitments: Vec<&str> = check
                .commitments
                .iter()
                .filter_map(|at| texts.get(starts.get(at.job)? + at.wanted))
                .map(String::as_str)
                .collect();
            let whole = commitments.len() == check.commitments.len();
            if !whole || challenge::<G>(&check.prefix, &commitments) != check.expected {
                return Err(check.fault());
            }
        }
        Ok(())
    }

    /// Products that all jobs have together.
    pub(crate) fn products(&self) -> usize {
        self.jobs.iter().map(|job| job.wanted.len()).sum()
    }
}

impl<G: Group> Check<G> {
    fn fault(&self) -> Fault {
        let detail = match self.class {
            Class::BallotSignature => "the signature doesn't hold",
            Class::IndividualProof => "a slot is not shown to hold zero or one",
            Class::BlankProof => "blank and choices are not shown to exclude each other",
            _ => "the number of choices is not shown to be allowed",
        };
        let mut fault = Fault::new(self.class, detail);
        fault.place.question = self.question;
        fault.place.slot = self.slot;
        fault
    }
}
