//! What can be wrong with an election, and where.

use crate::group::NumberFault;
use serde::Serialize;
use std::fmt;

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// Class of a fault. The names are those of the fixtures' README, so that other verifiers can be compared.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Class { $($(#[$doc])* $name,)+ }

        impl Class {
            /// The name of the class, such as `BALLOT_SIGNATURE`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

classes! {
    /// The first entry is not `BELENIOS`, or of another version.
    ArchiveHeader = "ARCHIVE_HEADER",
    /// Not the subset of tar that archives are written in.
    ArchiveFormat = "ARCHIVE_FORMAT",
    /// The file ends inside an entry.
    ArchiveTruncated = "ARCHIVE_TRUNCATED",
    /// Bytes of an entry's header or padding are not the canonical ones.
    ArchiveLayout = "ARCHIVE_LAYOUT",
    /// Records are missing before an event, or there are some that belong to none.
    ArchiveOrder = "ARCHIVE_ORDER",
    /// A body that doesn't hash to its name.
    HashMismatch = "HASH_MISMATCH",
    /// A document refers to another one that is not there.
    HashNotFound = "HASH_NOT_FOUND",
    /// An event that doesn't follow the one before it.
    ChainParent = "CHAIN_PARENT",
    /// Heights don't count up from zero.
    ChainHeight = "CHAIN_HEIGHT",
    /// An event with a payload that it must not have, or without one.
    EventPayload = "EVENT_PAYLOAD",
    /// An event that is not written canonically.
    EventFormat = "EVENT_FORMAT",
    /// An event of an unknown type.
    EventType = "EVENT_TYPE",
    /// Events in an order that no election has.
    EventOrder = "EVENT_ORDER",
    /// Not an election document, or of another version.
    ElectionVersion = "ELECTION_VERSION",
    /// A group that nobody knows.
    UnknownGroup = "UNKNOWN_GROUP",
    /// The election's key is not the product of its trustees' keys.
    ElectionKey = "ELECTION_KEY",
    /// A trustee's key is malformed or outside the group.
    TrusteeKey = "TRUSTEE_KEY",
    /// A trustee didn't prove to know the private key.
    TrusteePok = "TRUSTEE_POK",
    /// A certificate of a threshold trustee is not signed by its own key.
    CertSignature = "CERT_SIGNATURE",
    /// The commitments of a threshold trustee are not signed by its key.
    CoefexpsSignature = "COEFEXPS_SIGNATURE",
    /// Lists of a threshold group differ in length.
    ThresholdSizes = "THRESHOLD_SIZES",
    /// The threshold is not possible.
    ThresholdValue = "THRESHOLD_VALUE",
    /// A verification key doesn't follow from the commitments.
    VerificationKey = "VERIFICATION_KEY",
    /// The list of credentials is malformed.
    CredentialFormat = "CREDENTIAL_FORMAT",
    /// A credential outside the group.
    CredentialGroup = "CREDENTIAL_GROUP",
    /// A credential listed twice.
    DuplicateCredential = "DUPLICATE_CREDENTIAL",
    /// A ballot that is no JSON document of a ballot.
    BallotJson = "BALLOT_JSON",
    /// A ballot that is not written canonically.
    BallotNoncanonical = "BALLOT_NONCANONICAL",
    /// A ballot for another election.
    BallotUuid = "BALLOT_UUID",
    /// A ballot for another version of the election document.
    BallotElectionHash = "BALLOT_ELECTION_HASH",
    /// The hash that was signed is not the ballot's.
    BallotHash = "BALLOT_HASH",
    /// The signature is wrong.
    BallotSignature = "BALLOT_SIGNATURE",
    /// The credential is not listed.
    UnknownCredential = "UNKNOWN_CREDENTIAL",
    /// The same bytes were cast before.
    BallotReplay = "BALLOT_REPLAY",
    /// A number outside the group.
    GroupElement = "GROUP_ELEMENT",
    /// A scalar that is not below the order.
    ScalarRange = "SCALAR_RANGE",
    /// A number in another spelling than the canonical one.
    NoncanonicalNumber = "NONCANONICAL_NUMBER",
    /// Something else where a number must be.
    NumberSyntax = "NUMBER_SYNTAX",
    /// Another number of ciphertexts or proofs than the question asks for.
    AnswerShape = "ANSWER_SHAPE",
    /// Fields of an answer are unknown or in another order.
    AnswerNoncanonical = "ANSWER_NONCANONICAL",
    /// A slot is not shown to hold zero or one.
    IndividualProof = "INDIVIDUAL_PROOF",
    /// The number of choices is not shown to be allowed.
    OverallProof = "OVERALL_PROOF",
    /// Blank and choices are not shown to exclude each other.
    BlankProof = "BLANK_PROOF",
    /// The blank slot or its proof was left out.
    BlankProofMissing = "BLANK_PROOF_MISSING",
    /// The published tally is not the sum of the ballots.
    EncryptedTally = "ENCRYPTED_TALLY",
    /// The published tally has another shape than the questions.
    TallyShape = "TALLY_SHAPE",
    /// A partial decryption by nobody.
    DecryptionOwner = "DECRYPTION_OWNER",
    /// A partial decryption of another shape than the tally.
    DecryptionShape = "DECRYPTION_SHAPE",
    /// A partial decryption that is not shown to be right.
    DecryptionProof = "DECRYPTION_PROOF",
    /// Too few partial decryptions for the result.
    DecryptionMissing = "DECRYPTION_MISSING",
    /// Two partial decryptions of one trustee.
    DecryptionDuplicate = "DECRYPTION_DUPLICATE",
    /// A result that is not what the partial decryptions say.
    Result = "RESULT",
    /// A result larger than the votes cast.
    ResultRange = "RESULT_RANGE",
    /// A result of the wrong shape, or written unusually.
    ResultForm = "RESULT_FORM",
    /// Not a continuation of the older archive.
    NotPrefix = "NOT_PREFIX",
    /// Larger than this program handles: nothing is said about whether it is right.
    OutOfScope = "OUT_OF_SCOPE",
}

impl Serialize for Class {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Where a fault is. What is not known is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Height of the event that brought the fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u64>,
    /// Tracker of the ballot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ballot: Option<String>,
    /// Number of the trustee, from 1, over the flattened list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trustee: Option<usize>,
    /// Number of the question, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<usize>,
    /// Number of the answer's slot in the question, from 1 (blank is the first one where it is allowed).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<usize>,
    /// Byte of the archive at which the entry begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
}

/// One thing that is wrong with an election.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// What kind of fault it is.
    #[serde(rename = "reason")]
    pub class: Class,
    /// Where it is.
    pub place: Box<Place>,
    /// What was found, for people.
    pub detail: String,
}

impl Fault {
    pub(crate) fn new(class: Class, detail: impl Into<String>) -> Self {
        Self {
            class,
            place: Box::default(),
            detail: detail.into(),
        }
    }

    /// A number that can't be one; `element` is the class for what is outside the group.
    pub(crate) fn number(fault: NumberFault, element: Class, what: &str) -> Self {
        let class = match fault {
            NumberFault::Syntax => Class::NumberSyntax,
            NumberFault::Noncanonical => Class::NoncanonicalNumber,
            NumberFault::Range => Class::ScalarRange,
            NumberFault::Element => element,
        };
        Self::new(class, format!("{what} {fault}"))
    }

    /// Something larger than this program handles, which is no fault of the election.
    pub(crate) fn too_large(detail: impl Into<String>) -> Self {
        Self::new(Class::OutOfScope, detail)
    }

    pub(crate) fn at_height(mut self, height: u64) -> Self {
        self.place.height.get_or_insert(height);
        self
    }

    pub(crate) fn at_trustee(mut self, trustee: usize) -> Self {
        self.place.trustee.get_or_insert(trustee);
        self
    }

    pub(crate) fn at_question(mut self, question: usize) -> Self {
        self.place.question.get_or_insert(question);
        self
    }

    pub(crate) fn at_slot(mut self, slot: usize) -> Self {
        self.place.slot.get_or_insert(slot);
        self
    }

    pub(crate) fn at_ballot(mut self, tracker: &str) -> Self {
        self.place.ballot.get_or_insert_with(|| tracker.to_owned());
        self
    }

    pub(crate) fn at_byte(mut self, byte: u64) -> Self {
        self.place.byte.get_or_insert(byte);
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.class.name(), self.detail)?;
        let place = &self.place;
        if let Some(tracker) = &place.ballot {
            write!(f, "; ballot {tracker}")?;
        }
        if let Some(height) = place.height {
            write!(f, "; event {height}")?;
        }
        if let Some(trustee) = place.trustee {
            write!(f, "; trustee {trustee}")?;
        }
        if let Some(question) = place.question {
            write!(f, "; question {question}")?;
        }
        if let Some(slot) = place.slot {
            write!(f, "; slot {slot}")?;
        }
        if let Some(byte) = place.byte {
            write!(f, "; byte {byte}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}
