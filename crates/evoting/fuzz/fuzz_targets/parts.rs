//! Every document of an election in turn, hashed and chained so that it is read: the first byte says which.
#![no_main]

use evoting::archive::{ArchiveStart, Kind, event_records};
use evoting::ballot::Encryptor;
use evoting::credential::{Credential, PublicCredential, PublicList, public_credentials_document};
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

fn archive(documents: &Documents, events: usize) -> Option<Vec<u8>> {
    let [election, trustees, credentials, ballot, tally, sized, part, owned, result] = documents;
    let mut bytes = ArchiveStart {
        election,
        trustees,
        credentials,
        timestamp: 1,
    }
    .bytes();
    let mut head = structure(bytes.as_slice()).ok()?.head;
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
    Some(bytes)
}

static GOOD: LazyLock<Option<Documents>> = LazyLock::new(|| {
    let random = &mut rand::rng();
    let (secret, public) = PublicKey::<Ed25519>::generate(random);
    let trustees = Trustees::new(vec![Trustee::Single(public)]).ok()?;
    let document = Template::parse(TEMPLATE)
        .ok()?
        .document::<Ed25519>(UUID, &trustees.election_key())
        .ok()?;
    let election = Election::<Ed25519>::parse(document.as_bytes()).ok()?;
    let credential = Credential::generate(random);
    let list = public_credentials_document(&[PublicCredential::<Ed25519> {
        key: credential.public::<Ed25519>(UUID),
        weight: Some(3),
    }]);
    let ballot = Encryptor::new(&election)
        .ballot(&credential, &[vec![0, 1, 0]], random)
        .ok()?;
    let mut documents: Documents = std::array::from_fn(|_| Vec::new());
    for (at, text) in [document, trustees.text(), list, ballot].into_iter().enumerate() {
        documents[at] = text.into_bytes();
    }
    let verified = |documents: &Documents, events| {
        let bytes = archive(documents, events)?;
        VerifiedElection::<Ed25519>::verify(bytes.as_slice(), Settings { threads: 1 }, &mut rand::rng()).ok()
    };
    let closed = verified(&documents, 2)?;
    let [tally, sized] = closed.tally().texts();
    let fingerprint = &closed.election().fingerprint;
    let [part, owned] =
        PartialDecryption::new(1, &secret, closed.tally(), closed.trustees(), fingerprint, random)
            .ok()?
            .texts();
    for (at, text) in [tally, sized, part, owned].into_iter().enumerate() {
        documents[4 + at] = text.into_bytes();
    }
    documents[8] = result_text(&verified(&documents, 4)?.result().ok()?).into_bytes();
    verified(&documents, 5)?;
    Some(documents)
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (Some(good), Some((which, new))) = (GOOD.as_ref(), bytes.split_first()) else {
        return;
    };
    let mut list = PublicList::default();
    let _ = list.piece(new).map(|_| list.end());
    let which = usize::from(*which) % good.len();
    let mut documents = good.clone();
    let (old, hash) = (hex(&sha256(&good[which])), hex(&sha256(new)));
    documents[which] = new.to_vec();
    for at in [5, 7] {
        if at != which
            && let Ok(text) = String::from_utf8(documents[at].clone())
        {
            documents[at] = text.replace(&old, &hash).into_bytes();
        }
    }
    if let Some(bytes) = archive(&documents, 5)
        && let Ok(found) = verify(bytes.as_slice(), Settings { threads: 1 }, &mut rand::rng())
    {
        assert_eq!(found.result, Some(vec![vec![0, 3, 0]]));
    }
});
