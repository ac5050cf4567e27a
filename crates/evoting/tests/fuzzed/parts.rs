//! Every document of an election in turn, hashed and chained so that it is read: the first byte says which.

use evoting::archive::{ArchiveStart, Kind, event_records};
use evoting::ballot::Encryptor;
use evoting::credential::{Credential, PublicCredential, public_credentials_document};
use evoting::election::{Election, Template};
use evoting::group::Ed25519;
use evoting::tally::{PartialDecryption, result_text};
use evoting::trustee::{PublicKey, Trustee, Trustees};
use evoting::verify::{Settings, VerifiedElection, structure, verify};
use evoting::{hex, sha256};
use std::sync::LazyLock;

const TEMPLATE: &str = r#"{"description":"","name":"","questions":[{"answers":["a","b"],"blank":true,"min":1,"max":1,"question":""}]}"#;
const UUID: &str = "11111111111111";

/// Election, trustees, list, ballot, tally, its size, decryption, its owner, result.
type Documents = [Vec<u8>; 9];

fn archive(documents: &Documents, events: usize) -> Vec<u8> {
    let [
        election,
        trustees,
        credentials,
        ballot,
        tally,
        sized,
        part,
        owned,
        result,
    ] = documents;
    let mut bytes = ArchiveStart {
        election,
        trustees,
        credentials,
        timestamp: 1,
    }
    .bytes();
    let Ok(begun) = structure(bytes.as_slice()) else {
        return bytes;
    };
    let mut head = begun.head;
    let steps: [(Kind, &[&[u8]]); 5] = [
        (Kind::Ballot, &[ballot]),
        (Kind::EndBallots, &[]),
        (Kind::EncryptedTally, &[tally, sized]),
        (Kind::PartialDecryption, &[part, owned]),
        (Kind::Result, &[result]),
    ];
    for (height, (kind, records)) in (1..).zip(steps.into_iter().take(events)) {
        let (more, hash) = event_records(kind, records, Some(head), height, 1);
        bytes.extend(more);
        head = hash;
    }
    bytes
}

static GOOD: LazyLock<Documents> = LazyLock::new(|| {
    let random = &mut rand::rng();
    let (secret, public) = PublicKey::<Ed25519>::generate(random);
    let trustees = Trustees::new(vec![Trustee::Single(public)]).unwrap();
    let template = Template::parse(TEMPLATE).unwrap();
    let document = template.document::<Ed25519>(UUID, &trustees.election_key());
    let document = document.unwrap();
    let election = Election::<Ed25519>::parse(document.as_bytes()).unwrap();
    let credential = Credential::generate(random);
    let list = public_credentials_document(&[PublicCredential::<Ed25519> {
        key: credential.public::<Ed25519>(UUID),
        weight: Some(3),
    }]);
    let ballot = Encryptor::new(&election).ballot(&credential, &[vec![0, 1, 0]], random);
    let mut documents: Documents = std::array::from_fn(|_| Vec::new());
    for (at, text) in [document, trustees.text(), list, ballot.unwrap()]
        .into_iter()
        .enumerate()
    {
        documents[at] = text.into_bytes();
    }
    let verified = |documents: &Documents, events| {
        let bytes = archive(documents, events);
        let settings = Settings { threads: 1 };
        VerifiedElection::<Ed25519>::verify(bytes.as_slice(), settings, &mut rand::rng()).unwrap()
    };
    let closed = verified(&documents, 2);
    let [tally, sized] = closed.tally().texts();
    let fingerprint = &closed.election().fingerprint;
    let [part, owned] = PartialDecryption::new(
        1,
        &secret,
        closed.tally(),
        closed.trustees(),
        fingerprint,
        random,
    )
    .unwrap()
    .texts();
    for (at, text) in [tally, sized, part, owned].into_iter().enumerate() {
        documents[4 + at] = text.into_bytes();
    }
    let counts = verified(&documents, 4).result().unwrap();
    documents[8] = result_text(&counts).into_bytes();
    documents
});
static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(|| archive(&GOOD, 5));

/// The archive of the good documents.
pub fn whole() -> &'static [u8] {
    &WHOLE
}

pub fn seeds() -> Vec<Vec<u8>> {
    let numbered = (0_u8..).zip(GOOD.iter());
    numbered
        .map(|(which, document)| [&[which][..], document.as_slice()].concat())
        .collect()
}

pub fn read(bytes: &[u8]) {
    let Some((which, new)) = bytes.split_first() else {
        return;
    };
    let which = usize::from(*which) % GOOD.len();
    let mut documents = GOOD.clone();
    let (old, hash) = (hex(&sha256(&GOOD[which])), hex(&sha256(new)));
    documents[which] = new.to_vec();
    // What names a document by its hash.
    for at in [5, 7] {
        if at != which
            && let Ok(text) = std::str::from_utf8(&GOOD[at])
        {
            documents[at] = text.replace(&old, &hash).into_bytes();
        }
    }
    let bytes = archive(&documents, 5);
    if let Ok(found) = verify(bytes.as_slice(), Settings { threads: 1 }, &mut rand::rng()) {
        assert_eq!(found.result, Some(vec![vec![0, 3, 0]]));
    }
}
