//! Elections made with this crate.

use super::random;
use evoting::archive::{ArchiveStart, Kind, event_records};
use evoting::ballot::Encryptor;
use evoting::credential::{Credential, PublicCredential, new_uuid, public_credentials_document};
use evoting::election::{Election, Template};
use evoting::group::Group;
use evoting::tally::{PartialDecryption, result_text};
use evoting::threshold::{Certificates, Dealing, Received, Seed, sort};
use evoting::trustee::{PublicKey, Trustee, Trustees};
use evoting::verify::{Settings, VerifiedElection};
use evoting::{Hash, Secret};

/// What an election is made of.
pub struct Plan<'a> {
    pub template: &'a str,
    /// A weight per voter, or none.
    pub voters: Vec<Option<u64>>,
    /// Voter and choices, in the order of casting.
    pub votes: Vec<(usize, Vec<Vec<u8>>)>,
    pub singles: usize,
    /// Members and threshold.
    pub pedersen: Option<(usize, usize)>,
}

/// The election's parts.
#[derive(Clone)]
pub struct Made<G: Group> {
    pub uuid: String,
    pub bytes: Vec<u8>,
    pub credentials: Vec<Credential>,
    pub keys: Vec<(usize, Secret<G>)>,
    head: Hash,
    height: u64,
}

pub const TIMESTAMP: u64 = 1_696_204_800;

pub fn pedersen<G: Group>(members: usize, threshold: usize) -> (Trustee<G>, Vec<Secret<G>>) {
    let seeds: Vec<Seed> = (0..members)
        .map(|_| Seed::generate(&mut random()))
        .collect();
    let certificates =
        Certificates::<G>::new(seeds.iter().map(|s| s.certificate(&mut random())).collect())
            .unwrap();
    let dealings: Vec<String> = seeds
        .iter()
        .map(|s| certificates.deal(s, threshold, &mut random()).unwrap())
        .collect();
    let texts: Vec<&str> = dealings.iter().map(String::as_str).collect();
    let inputs = sort(&texts).unwrap();
    let received: Vec<Received<G>> = seeds
        .iter()
        .zip(&inputs)
        .map(|(s, input)| certificates.receive(s, input, &mut random()).unwrap())
        .collect();
    let keys = seeds
        .iter()
        .zip(&received)
        .map(|(s, r)| s.open_decryption_key(&r.decryption_key).unwrap())
        .collect();
    let parameters = certificates
        .combine(
            dealings
                .iter()
                .map(|d| Dealing::parse(d).unwrap())
                .collect(),
            received.into_iter().map(|r| r.public_key).collect(),
        )
        .unwrap();
    (Trustee::Pedersen(parameters), keys)
}

impl<G: Group> Made<G> {
    pub fn add(&mut self, kind: Kind, records: &[&[u8]]) {
        let (bytes, hash) = event_records(kind, records, Some(self.head), self.height, TIMESTAMP);
        self.bytes.extend(bytes);
        self.head = hash;
        self.height += 1;
    }

    pub fn verified(&self) -> VerifiedElection<G> {
        VerifiedElection::verify(self.bytes.as_slice(), Settings::default(), &mut random()).unwrap()
    }

    pub fn election(&self) -> Election<G> {
        self.verified().election().clone()
    }
}

/// What is changed in the documents before they are used.
pub struct Edits<'a> {
    pub uuid: Option<String>,
    pub document: &'a dyn Fn(String) -> String,
    pub list: &'a dyn Fn(String) -> String,
}

pub const NO_EDITS: Edits<'static> = Edits {
    uuid: None,
    document: &|document| document,
    list: &|list| list,
};

/// Setup and ballots.
pub fn cast<G: Group>(plan: &Plan<'_>) -> Made<G> {
    cast_edited(plan, &NO_EDITS)
}

/// Setup and ballots of documents that others could have made.
pub fn cast_edited<G: Group>(plan: &Plan<'_>, edits: &Edits<'_>) -> Made<G> {
    let uuid = edits.uuid.clone();
    let uuid = uuid.unwrap_or_else(|| new_uuid(&mut random()));
    let mut keys = Vec::new();
    let mut entries = Vec::new();
    for at in 0..plan.singles {
        let (secret, public) = PublicKey::<G>::generate(&mut random());
        keys.push((at + 1, secret));
        entries.push(Trustee::Single(public));
    }
    if let Some((members, threshold)) = plan.pedersen {
        let (group, secrets) = pedersen::<G>(members, threshold);
        entries.push(group);
        // The last members: the first ones are not needed.
        let from = members - threshold;
        keys.extend(
            secrets
                .into_iter()
                .enumerate()
                .skip(from)
                .map(|(at, s)| (plan.singles + at + 1, s)),
        );
    }
    let trustees = Trustees::new(entries).unwrap();
    let template = Template::parse(plan.template).unwrap();
    let document = template
        .document::<G>(&uuid, &trustees.election_key())
        .unwrap();
    let document = (edits.document)(document);
    let credentials: Vec<Credential> = plan
        .voters
        .iter()
        .map(|_| Credential::generate(&mut random()))
        .collect();
    let list: Vec<_> = credentials
        .iter()
        .zip(&plan.voters)
        .map(|(c, weight)| PublicCredential::<G> {
            key: c.public::<G>(&uuid),
            weight: *weight,
        })
        .collect();
    let bytes = ArchiveStart {
        election: document.as_bytes(),
        trustees: trustees.text().as_bytes(),
        credentials: (edits.list)(public_credentials_document(&list)).as_bytes(),
        timestamp: TIMESTAMP,
    }
    .bytes();
    let structure = evoting::verify::structure(bytes.as_slice()).unwrap();
    let mut made = Made {
        uuid,
        bytes,
        credentials,
        keys,
        head: structure.head,
        height: 1,
    };
    if plan.votes.is_empty() {
        return made;
    }
    let election = Election::<G>::parse(document.as_bytes()).unwrap();
    let encryptor = Encryptor::new(&election);
    for (voter, choices) in &plan.votes {
        let ballot = encryptor
            .ballot(&made.credentials[*voter], choices, &mut random())
            .unwrap();
        made.add(Kind::Ballot, &[ballot.as_bytes()]);
    }
    made
}

/// From the end of voting to the result.
pub fn close<G: Group>(made: &mut Made<G>) {
    made.add(Kind::EndBallots, &[]);
    let verified = made.verified();
    let tally = verified.tally().texts();
    made.add(
        Kind::EncryptedTally,
        &[tally[0].as_bytes(), tally[1].as_bytes()],
    );
    for (owner, secret) in made.keys.clone() {
        let part = PartialDecryption::new(
            owner,
            &secret,
            verified.tally(),
            verified.trustees(),
            &verified.election().fingerprint,
            &mut random(),
        )
        .unwrap();
        let texts = part.texts();
        made.add(
            Kind::PartialDecryption,
            &[texts[0].as_bytes(), texts[1].as_bytes()],
        );
    }
    let counts = made.verified().result().unwrap();
    made.add(Kind::Result, &[result_text(&counts).as_bytes()]);
}

pub fn election<G: Group>(plan: &Plan<'_>) -> Made<G> {
    let mut made = cast(plan);
    close(&mut made);
    made
}
