//! The election document and its questions (§4.9, §4.10).
//!
//! A [`Template`] says what is asked; with an identifier and the trustees' key it becomes the document of an [`Election`]. Others refer to the document
//! by the hash of its **bytes**: whoever formats it anew has made another election, and nobody here does. Documents of others are read with any
//! spacing and with unknown fields, but not with a field that stands twice.
//!
//! A question's vote is a list of zeros and ones, a *slot* for each answer. Where blank is allowed there is one slot more, the first: a blank
//! vote is a 1 there and zeros behind it, whatever the fewest answers are.
//!
//! ```
//! use evoting::election::{Election, Template};
//! use evoting::group::{Ed25519, Group};
//!
//! let template = Template::parse(
//!     r#"{"description":"","name":"n","questions":[{"answers":["a","b"],"blank":true,"min":1,"max":2,"question":"q"}]}"#,
//! )?;
//! let document = template.document::<Ed25519>("11111111111111", &Ed25519::generator())?;
//! let election = Election::<Ed25519>::parse(document.as_bytes())?;
//! assert_eq!(election.questions[0].slots(), 3);
//! assert_eq!(election.fingerprint, evoting::b64(&evoting::sha256(document.as_bytes())));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::credential::is_uuid;
use crate::fault::{Class, Fault};
use crate::group::{Group, element_text, parse_member};
use crate::hash::{b64, sha256};
use crate::json;
use serde::{Deserialize, Deserializer, Serialize};

/// Bytes of an election document. Larger ones, and the limits below, are out of scope, not wrong.
pub const MAX_ELECTION_BYTES: usize = 1 << 20;
/// Questions of an election.
pub const MAX_QUESTIONS: usize = 1000;
/// Answers of a question, and the largest number of them that it may ask for.
pub const MAX_ANSWERS: usize = 1000;
/// Slots of all questions: a ballot of so many is about as large as one may be.
pub const MAX_SLOTS: usize = 10_000;

/// A question whose votes are added up without opening ballots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// What can be chosen.
    pub answers: Vec<String>,
    /// May voters say that they choose nothing? Then ballots have one slot more, the first.
    #[serde(default)]
    pub blank: Option<bool>,
    /// The fewest answers that a voter may choose.
    pub min: usize,
    /// The most answers that a voter may choose.
    pub max: usize,
    /// The text of the question.
    pub question: String,
}

impl Question {
    /// May voters vote blank?
    #[must_use]
    pub fn has_blank(&self) -> bool {
        self.blank == Some(true)
    }

    /// Ciphertexts of an answer: one per answer, and one in front for blank.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.answers.len() + usize::from(self.has_blank())
    }

    /// Members of the proof that the number of choices is allowed (§4.12, §4.13). `None` where no number is, so that nobody can vote:
    /// belenios-tool makes such questions, and counts no ballot for them.
    pub(crate) fn overall_members(&self) -> Option<usize> {
        let range = (self.max + 1).checked_sub(self.min)?;
        Some(range + usize::from(self.has_blank()))
    }

    /// Is it a question that somebody would ask? More is allowed in what others made ([`Draft`]).
    fn check(&self) -> Result<(), Fault> {
        let fault = |detail: &str| Err(Fault::new(Class::ElectionVersion, detail));
        if self.answers.is_empty() || self.answers.len() > MAX_ANSWERS {
            return fault("a question has no answers, or too many");
        }
        if self.min > self.max || self.max > self.answers.len() {
            return fault("the number of choices of a question is not possible");
        }
        Ok(())
    }

    fn write(&self, out: &mut String) {
        out.push_str("{\"answers\":");
        out.push_str(&json::array(self.answers.iter().map(|a| json::string(a))));
        if let Some(blank) = self.blank {
            out.push_str(if blank {
                ",\"blank\":true"
            } else {
                ",\"blank\":false"
            });
        }
        out.push_str(&format!(
            ",\"min\":{},\"max\":{},\"question\":",
            self.min, self.max
        ));
        json::write_string(&self.question, out);
        out.push('}');
    }
}

/// What an election is about, before there is a key: `template.json` of belenios-tool.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Template {
    /// Some sentences.
    pub description: String,
    /// Its name.
    pub name: String,
    /// Its questions.
    pub questions: Vec<Question>,
    /// Who runs it.
    #[serde(default)]
    pub administrator: Option<String>,
    /// Who hands out credentials.
    #[serde(default)]
    pub credential_authority: Option<String>,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// Another kind of JSON, or questions that can't be asked.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let template: Self = serde_json::from_str(text)
            .map_err(|e| Fault::new(Class::ElectionVersion, format!("not a template: {e}")))?;
        if template.questions.is_empty() {
            return Err(Fault::new(Class::ElectionVersion, "there are no questions"));
        }
        check_number(template.questions.len())?;
        for (at, question) in template.questions.iter().enumerate() {
            question.check().map_err(|f| f.at_question(at + 1))?;
        }
        Ok(template)
    }

    /// The election document with an identifier and the trustees' key, canonical (§4.10): without spaces, fields in their order.
    ///
    /// # Errors
    /// The neutral element as the key: everybody could read what is encrypted with it.
    pub fn document<G: Group>(&self, uuid: &str, key: &G::Element) -> Result<String, Fault> {
        if *key == G::identity() {
            return Err(Fault::new(
                Class::ElectionKey,
                "the key is 1: everybody could read what is encrypted with it",
            ));
        }
        let mut out = String::from("{\"version\":1,\"description\":");
        json::write_string(&self.description, &mut out);
        out.push_str(",\"name\":");
        json::write_string(&self.name, &mut out);
        out.push_str(&format!(
            ",\"group\":\"{}\",\"public_key\":\"{}\",\"questions\":[",
            G::NAME,
            element_text::<G>(key)
        ));
        for (at, question) in self.questions.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            question.write(&mut out);
        }
        out.push_str("],\"uuid\":");
        json::write_string(uuid, &mut out);
        for (name, value) in [
            ("administrator", &self.administrator),
            ("credential_authority", &self.credential_authority),
        ] {
            if let Some(value) = value {
                out.push_str(&format!(",\"{name}\":"));
                json::write_string(value, &mut out);
            }
        }
        out.push('}');
        Ok(out)
    }
}

fn check_number(questions: usize) -> Result<(), Fault> {
    if questions > MAX_QUESTIONS {
        return Err(Fault::too_large(format!(
            "{questions} questions, where at most {MAX_QUESTIONS} are read"
        )));
    }
    Ok(())
}

/// A question as others write it. Read from the text and not from a value, so that no field stands twice.
#[derive(Clone, Debug, Deserialize)]
#[serde(remote = "Self")]
struct QuestionText {
    #[serde(default, rename = "type", deserialize_with = "present")]
    kind: Option<serde_json::Value>,
    answers: Option<Vec<String>>,
    blank: Option<bool>,
    min: Option<serde_json::Value>,
    max: Option<serde_json::Value>,
    question: Option<String>,
}

json::objects!(QuestionText);

/// A field that is there, even if it is null.
fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<serde_json::Value>, D::Error> {
    serde_json::Value::deserialize(from).map(Some)
}

impl QuestionText {
    /// The question. belenios-tool asks nothing of the numbers: more may be wanted than there are answers, or none possible.
    fn read(self) -> Result<Question, Fault> {
        let (Some(answers), Some(min), Some(max), Some(question)) =
            (self.answers, self.min, self.max, self.question)
        else {
            return Err(Fault::new(
                Class::ElectionVersion,
                "a question without answers, min, max or its text",
            ));
        };
        if answers.len() > MAX_ANSWERS {
            return Err(Fault::too_large(format!(
                "{} answers, where at most {MAX_ANSWERS} are read",
                answers.len()
            )));
        }
        Ok(Question {
            min: number_of_choices(&min)?,
            max: number_of_choices(&max)?,
            answers,
            blank: self.blank,
            question,
        })
    }
}

/// A number of choices, written as a number or as a string of its digits.
fn number_of_choices(value: &serde_json::Value) -> Result<usize, Fault> {
    let number = match value {
        serde_json::Value::Number(number) => number.as_i64(),
        serde_json::Value::String(text) => text.parse().ok(),
        _ => None,
    };
    let number = number.ok_or_else(|| {
        Fault::new(
            Class::ElectionVersion,
            "a number of choices is no whole number",
        )
    })?;
    usize::try_from(number)
        .ok()
        .filter(|number| *number <= MAX_ANSWERS)
        .ok_or_else(|| {
            Fault::too_large(format!(
                "{number} as a number of choices, where 0 to {MAX_ANSWERS} are read"
            ))
        })
}

/// An election document that was read, before its group is known. Formatting and unknown fields are free: others refer to its
/// bytes by their hash.
#[derive(Clone, Debug)]
pub struct Draft {
    raw: Raw,
    questions: Vec<Question>,
    fingerprint: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(remote = "Self")]
struct Raw {
    version: u64,
    #[serde(rename = "description")]
    _description: String,
    name: String,
    group: String,
    public_key: String,
    questions: Vec<QuestionText>,
    uuid: String,
    #[serde(default, rename = "administrator")]
    _administrator: Option<String>,
    #[serde(default, rename = "credential_authority")]
    _credential_authority: Option<String>,
}

json::objects!(Raw);

/// What keeps an election document from being used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ElectionProblem {
    /// It is wrong.
    #[error("{0}")]
    Fault(#[from] Fault),
    /// It is right, but this program doesn't handle such elections.
    #[error(
        "question {question} is not homomorphic: elections whose answers pass a mixnet are out of scope"
    )]
    Mixnet {
        /// Number of the question, from 1.
        question: usize,
    },
}

impl Draft {
    /// Reads an election document (§4.10), its bytes exactly as the archive holds them.
    ///
    /// # Errors
    /// A malformed document, or one with questions that this program doesn't handle.
    pub fn parse(bytes: &[u8]) -> Result<Self, ElectionProblem> {
        let fault = |detail: String| Fault::new(Class::ElectionVersion, detail);
        if bytes.len() > MAX_ELECTION_BYTES {
            let detail = format!("an election document of more than {MAX_ELECTION_BYTES} bytes");
            return Err(Fault::too_large(detail).into());
        }
        let mut raw: Raw = serde_json::from_slice(bytes)
            .map_err(|e| fault(format!("not an election document: {e}")))?;
        if raw.version != 1 {
            return Err(fault(format!("election document of version {}", raw.version)).into());
        }
        if !is_uuid(&raw.uuid) {
            return Err(fault("the uuid is not an identifier".to_owned()).into());
        }
        check_number(raw.questions.len())?;
        let mut questions = Vec::new();
        for (at, question) in std::mem::take(&mut raw.questions).into_iter().enumerate() {
            match &question.kind {
                None => {}
                Some(kind) if kind == "NonHomomorphic" => {
                    return Err(ElectionProblem::Mixnet { question: at + 1 });
                }
                Some(_) => {
                    let detail = "a question of a type that nobody knows".to_owned();
                    return Err(fault(detail).at_question(at + 1).into());
                }
            }
            questions.push(question.read().map_err(|f| f.at_question(at + 1))?);
        }
        if questions.iter().map(Question::slots).sum::<usize>() > MAX_SLOTS {
            let detail = format!("more than {MAX_SLOTS} answers in all");
            return Err(Fault::too_large(detail).into());
        }
        Ok(Self {
            raw,
            questions,
            fingerprint: b64(&sha256(bytes)),
        })
    }

    /// Name of the group.
    #[must_use]
    pub fn group(&self) -> &str {
        &self.raw.group
    }

    /// Its identifier.
    #[must_use]
    pub fn uuid(&self) -> &str {
        &self.raw.uuid
    }

    /// The election in its group.
    ///
    /// # Errors
    /// Another group, or a key outside it.
    pub fn in_group<G: Group>(self) -> Result<Election<G>, Fault> {
        if self.raw.group != G::NAME {
            return Err(unknown_group(&self.raw.group));
        }
        let key = parse_member::<G>(&self.raw.public_key)
            .map_err(|f| Fault::number(f, Class::ElectionKey, "the election's public key"))?;
        Ok(Election {
            uuid: self.raw.uuid,
            name: self.raw.name,
            fingerprint: self.fingerprint,
            key,
            questions: self.questions,
        })
    }
}

/// The fault of a group that nobody knows.
#[must_use]
pub fn unknown_group(name: &str) -> Fault {
    let name: String = name.chars().take(40).collect();
    Fault::new(Class::UnknownGroup, format!("unknown group: {name}"))
}

/// An election: what is asked, under which key.
#[derive(Clone, Debug)]
pub struct Election<G: Group> {
    /// Its identifier.
    pub uuid: String,
    /// Its name.
    pub name: String,
    /// Fingerprint of the document, Base64; ballots carry it.
    pub fingerprint: String,
    /// The key that ballots are encrypted with.
    pub key: G::Element,
    /// The questions.
    pub questions: Vec<Question>,
}

impl<G: Group> Election<G> {
    /// Reads an election document of this group.
    ///
    /// # Errors
    /// See [`Draft::parse`] and [`Draft::in_group`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ElectionProblem> {
        Ok(Draft::parse(bytes)?.in_group()?)
    }
}
