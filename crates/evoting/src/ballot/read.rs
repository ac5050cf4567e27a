//! Reading a ballot's text, which must be canonical to the last byte.

use super::{Ciphertext, MAX_BALLOT_BYTES};
use crate::election::{Election, Question};
use crate::fault::{Class, Fault};
use crate::group::Group;
use crate::hash::{b64, sha256};
use crate::json::{Exact, Other};
use crate::proof::Proof;
use serde::de::IgnoredAny;

/// A ballot that was read. Its proofs were not checked.
#[derive(Clone, Debug)]
pub struct UnverifiedBallot<'a, G: Group> {
    pub(crate) tracker: String,
    pub(crate) uuid: &'a str,
    pub(crate) election_hash: &'a str,
    pub(crate) credential: &'a str,
    pub(crate) answers: Vec<Answer<'a, G>>,
    pub(crate) signed_hash: &'a str,
    pub(crate) signature: Proof<G>,
    /// The hash that the signature must be over.
    pub(crate) hash: String,
}

/// The answer to one question, with the texts that its hashes are made of.
#[derive(Clone, Debug)]
pub(crate) struct Answer<'a, G: Group> {
    pub(crate) choices: Vec<Ciphertext<G>>,
    pub(crate) texts: Vec<(&'a str, &'a str)>,
    pub(crate) individual: Vec<Vec<Proof<G>>>,
    pub(crate) overall: Vec<Proof<G>>,
    pub(crate) blank: Option<Vec<Proof<G>>>,
}

/// Why reading stopped.
enum Stop {
    /// The next characters are others.
    Text,
    /// A field or bracket inside the answers is another one.
    Answer(usize),
    /// Found out already.
    Fault(Fault),
}

impl From<Other> for Stop {
    fn from(_: Other) -> Self {
        Self::Text
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl<'a, G: Group> UnverifiedBallot<'a, G> {
    /// Reads a ballot of an election (§4.15), its bytes as they were sent. Says nothing about proofs, signature or membership.
    ///
    /// # Errors
    /// A text that is not canonical, numbers that can't be ones of the group, or another shape than the questions'.
    pub fn parse(bytes: &'a [u8], election: &Election<G>) -> Result<Self, Fault> {
        let tracker = b64(&sha256(bytes));
        let at_ballot = |fault: Fault| fault.at_ballot(&tracker);
        if bytes.len() > MAX_BALLOT_BYTES {
            return Err(Fault::too_large(format!(
                "a ballot of more than {MAX_BALLOT_BYTES} bytes"
            )));
        }
        let text = std::str::from_utf8(bytes)
            .map_err(|_| at_ballot(Fault::new(Class::BallotJson, "the ballot is not UTF-8")))?;
        read(text, election, &tracker).map_err(|stop| at_ballot(explain(stop, text)))
    }

    /// The ballot's tracker: what its voter looks for in the box.
    #[must_use]
    pub fn tracker(&self) -> &str {
        &self.tracker
    }
}

/// What a text is that is no canonical ballot.
fn explain(stop: Stop, text: &str) -> Fault {
    if serde_json::from_str::<IgnoredAny>(text).is_err() {
        return Fault::new(Class::BallotJson, "the ballot is not JSON");
    }
    match stop {
        Stop::Fault(fault) => fault,
        // White space is nowhere in a canonical ballot: its strings are numbers and identifiers.
        Stop::Answer(question) if !text.contains([' ', '\n', '\r', '\t']) => Fault::new(
            Class::AnswerNoncanonical,
            "unknown or reordered fields in an answer",
        )
        .at_question(question),
        Stop::Text | Stop::Answer(_) => Fault::new(
            Class::BallotNoncanonical,
            "the ballot is not written canonically",
        ),
    }
}

fn read<'a, G: Group>(
    text: &'a str,
    election: &Election<G>,
    tracker: &str,
) -> Result<UnverifiedBallot<'a, G>, Stop> {
    let mut at = Exact::new(text);
    at.take("{\"election_uuid\":")?;
    let uuid = at.plain_string()?;
    at.take(",\"election_hash\":")?;
    let election_hash = at.plain_string()?;
    at.take(",\"credential\":")?;
    let credential = at.plain_string()?;
    at.take(",\"answers\":[")?;
    let mut answers = Vec::with_capacity(election.questions.len());
    if !at.has("]") {
        loop {
            let number = answers.len() + 1;
            let question = election
                .questions
                .get(number - 1)
                .ok_or_else(|| shape("more answers than questions", number))?;
            let answer = read_answer(&mut at, question).map_err(|stop| match stop {
                Stop::Text => Stop::Answer(number),
                Stop::Fault(fault) => Stop::Fault(fault.at_question(number)),
                stop @ Stop::Answer(_) => stop,
            })?;
            answers.push(answer);
            if at.has("]") {
                break;
            }
            at.take(",").map_err(|_| Stop::Answer(number))?;
        }
    }
    if answers.len() < election.questions.len() {
        return Err(shape("fewer answers than questions", answers.len() + 1).into());
    }
    let unsigned = text.get(..text.len() - at.len()).unwrap_or_default();
    at.take(",\"signature\":{\"hash\":")?;
    let signed_hash = at.plain_string()?;
    at.take(",\"proof\":")?;
    let signature = read_proof(&mut at)?;
    at.take("}}")?;
    at.end()?;
    Ok(UnverifiedBallot {
        tracker: tracker.to_owned(),
        uuid,
        election_hash,
        credential,
        answers,
        signed_hash,
        signature,
        hash: b64(&sha256(format!("{unsigned}}}").as_bytes())),
    })
}

fn shape(detail: &str, question: usize) -> Fault {
    Fault::new(Class::AnswerShape, detail).at_question(question)
}

fn read_proof<G: Group>(at: &mut Exact<'_>) -> Result<Proof<G>, Stop> {
    at.take("{\"challenge\":")?;
    let challenge = at.plain_string()?;
    at.take(",\"response\":")?;
    let response = at.plain_string()?;
    at.take("}")?;
    Ok(Proof::parse(challenge, response)?)
}

/// A list with at most `most` items; a longer one is a fault before it is read further.
fn read_list<'a, T>(
    at: &mut Exact<'a>,
    most: usize,
    what: &str,
    mut item: impl FnMut(&mut Exact<'a>) -> Result<T, Stop>,
) -> Result<Vec<T>, Stop> {
    at.take("[")?;
    let mut items = Vec::new();
    if at.has("]") {
        return Ok(items);
    }
    loop {
        if items.len() >= most {
            return Err(Fault::new(Class::AnswerShape, format!("too many {what}")).into());
        }
        items.push(item(at)?);
        if at.has("]") {
            return Ok(items);
        }
        at.take(",")?;
    }
}

fn read_answer<'a, G: Group>(
    at: &mut Exact<'a>,
    question: &Question,
) -> Result<Answer<'a, G>, Stop> {
    let slots = question.slots();
    let overall = question.overall_members().ok_or_else(|| {
        Fault::new(
            Class::AnswerShape,
            "a question to which no answer is possible",
        )
    })?;
    at.take("{\"choices\":")?;
    let mut texts = Vec::with_capacity(slots);
    let mut slot = 0;
    let choices = read_list(at, slots, "ciphertexts", |at| {
        slot += 1;
        at.take("{\"alpha\":")?;
        let alpha = at.plain_string()?;
        at.take(",\"beta\":")?;
        let beta = at.plain_string()?;
        at.take("}")?;
        let number = |text| {
            G::parse_element(text).map_err(|fault| {
                Fault::number(fault, Class::GroupElement, "a ciphertext").at_slot(slot)
            })
        };
        let ciphertext = Ciphertext {
            alpha: number(alpha)?,
            beta: number(beta)?,
        };
        texts.push((alpha, beta));
        Ok(ciphertext)
    })?;
    at.take(",\"individual_proofs\":")?;
    let mut slot = 0;
    let individual = read_list(at, slots, "proofs", |at| {
        slot += 1;
        read_list(at, 2, "members of a proof", |at| read_proof(at)).map_err(|stop| match stop {
            Stop::Fault(fault) => Stop::Fault(fault.at_slot(slot)),
            stop => stop,
        })
    })?;
    at.take(",\"overall_proof\":")?;
    let overall_proof = read_list(at, overall, "members of a proof", |at| read_proof(at))?;
    let blank = if at.has(",\"blank_proof\":") {
        Some(read_list(at, 2, "members of a proof", |at| read_proof(at))?)
    } else {
        None
    };
    at.take("}")?;
    let answer = Answer {
        choices,
        texts,
        individual,
        overall: overall_proof,
        blank,
    };
    check_shape(&answer, question, overall)?;
    Ok(answer)
}

fn check_shape<G: Group>(
    answer: &Answer<'_, G>,
    question: &Question,
    overall: usize,
) -> Result<(), Fault> {
    let fault = |class, detail: &str| Err(Fault::new(class, detail));
    match (&answer.blank, question.has_blank()) {
        (None, true) => {
            // Without this check the ballot passes, and the tally of the whole election fails.
            return fault(
                Class::BlankProofMissing,
                "the blank slot and its proof are left out",
            );
        }
        (Some(_), false) => {
            return fault(
                Class::AnswerShape,
                "a proof of a blank vote where none is allowed",
            );
        }
        _ => {}
    }
    let right = answer.choices.len() == question.slots()
        && answer.individual.len() == question.slots()
        && answer.individual.iter().all(|members| members.len() == 2)
        && answer.overall.len() == overall
        && answer
            .blank
            .as_ref()
            .is_none_or(|members| members.len() == 2);
    if right {
        Ok(())
    } else {
        fault(
            Class::AnswerShape,
            "another number of ciphertexts or proofs than the question asks for",
        )
    }
}
