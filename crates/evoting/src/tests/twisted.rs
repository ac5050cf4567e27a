//! A voter who knows that a number of order 2 vanishes in even powers: every proof holds, and the ballot would spoil the sum. What stops
//! it is the test of membership alone.

use super::minus_one;
use crate::archive::{ArchiveStart, Kind, event_records};
use crate::ballot::BallotCheck;
use crate::credential::{Credential, PublicCredential, public_credentials_document};
use crate::election::{Election, Template};
use crate::group::{Belenios2048, Ed25519, Group, element_text, scalar_text};
use crate::hash::{b64, challenge, sha256};
use crate::proof::Proof;
use crate::trustee::{PublicKey, Trustee, Trustees};
use crate::verify::{Refusal, Settings, structure, verify};

const UUID: &str = "11111111111111";
const TEMPLATE: &str =
    r#"{"description":"","name":"","questions":[{"answers":["a"],"min":0,"max":1,"question":""}]}"#;

/// An encryption of zero with something in it that is not of the group.
struct Twisted<G: Group> {
    key: G::Element,
    r: G::Scalar,
    alpha: G::Element,
    beta: G::Element,
}

fn is_even<G: Group>(scalar: &G::Scalar) -> bool {
    let text = scalar_text::<G>(scalar);
    text.ends_with(['0', '2', '4', '6', '8'])
}

impl<G: Group> Twisted<G> {
    /// "It holds zero, or it holds one", tried until both challenges are even.
    fn proofs(&self, prefix: &str) -> String {
        let random = &mut rand::rng();
        let less = G::mul(&self.beta, &G::invert(&G::generator()));
        loop {
            let w = G::random_scalar(random);
            let made_up = Proof::<G> {
                challenge: G::random_scalar(random),
                response: G::random_scalar(random),
            };
            let commitments = [
                G::pow(&G::generator(), &w),
                G::pow(&self.key, &w),
                made_up.commitment(&G::generator(), &self.alpha),
                made_up.commitment(&self.key, &less),
            ];
            let sum = challenge::<G>(prefix, &G::element_texts(&commitments));
            let own = G::scalar_sub(&sum, &made_up.challenge);
            if is_even::<G>(&own) && is_even::<G>(&made_up.challenge) {
                let response = G::scalar_sub(&w, &G::scalar_mul(&self.r, &own));
                let own = Proof::<G> {
                    challenge: own,
                    response,
                };
                return format!("[{},{}]", own.text(), made_up.text());
            }
        }
    }

    fn ballot(&self, election: &Election<G>, credential: &Credential) -> String {
        let secret = credential.secret::<G>(UUID);
        let public = element_text::<G>(&credential.public::<G>(UUID));
        let fingerprint = &election.fingerprint;
        let (alpha, beta) = (
            element_text::<G>(&self.alpha),
            element_text::<G>(&self.beta),
        );
        let base = format!("prove|{fingerprint}|{public}|{alpha},{beta}|");
        // The sum of one answer is the answer.
        let (slot, sum) = (
            self.proofs(&base),
            self.proofs(&format!("{base}{alpha},{beta}|")),
        );
        let unsigned = format!(
            r#"{{"election_uuid":"{UUID}","election_hash":"{fingerprint}","credential":"{public}","answers":[{{"choices":[{{"alpha":"{alpha}","beta":"{beta}"}}],"individual_proofs":[{slot}],"overall_proof":{sum}}}]"#
        );
        let hash = b64(&sha256(format!("{unsigned}}}").as_bytes()));
        let proof = Proof::of_knowledge(&secret, &format!("sig|{hash}|"), &mut rand::rng());
        format!(
            r#"{unsigned},"signature":{{"hash":"{hash}","proof":{}}}}}"#,
            proof.text()
        )
    }
}

fn spoiled<G: Group>(two: &str) {
    let random = &mut rand::rng();
    let two = G::parse_element(two).unwrap();
    assert_eq!(G::mul(&two, &two), G::identity());
    let (_, public) = PublicKey::<G>::generate(random);
    let trustees = Trustees::new(vec![Trustee::Single(public)]).unwrap();
    let key = trustees.election_key();
    let template = Template::parse(TEMPLATE).unwrap();
    let document = template.document::<G>(UUID, &key).unwrap();
    let election = Election::<G>::parse(document.as_bytes()).unwrap();
    let credential = Credential::generate(random);
    let list = public_credentials_document(&[PublicCredential::<G> {
        key: credential.public::<G>(UUID),
        weight: None,
    }]);
    let start = ArchiveStart {
        election: document.as_bytes(),
        trustees: trustees.text().as_bytes(),
        credentials: list.as_bytes(),
        timestamp: 1,
    }
    .bytes();
    let head = structure(start.as_slice()).unwrap().head;
    let check = BallotCheck::new(&election);
    for (in_alpha, in_beta) in [(false, false), (true, false), (false, true), (true, true)] {
        let r = G::random_scalar(random);
        let with = |power: G::Element, twisted: bool| {
            if twisted { G::mul(&power, &two) } else { power }
        };
        let twisted = Twisted::<G> {
            alpha: with(G::pow(&G::generator(), &r), in_alpha),
            beta: with(G::pow(&key, &r), in_beta),
            key: key.clone(),
            r,
        };
        let ballot = twisted.ballot(&election, &credential);
        let prepared = check.prepare(ballot.as_bytes(), |_| true).unwrap();
        let judged = check.judge(vec![prepared]).pop().unwrap();
        assert!(judged.is_ok(), "every proof holds");
        let mut bytes = start.clone();
        let records: [&[u8]; 1] = [ballot.as_bytes()];
        bytes.extend(event_records(Kind::Ballot, &records, Some(head), 1, 1).0);
        let cast = check.cast(ballot.as_bytes(), |_| true).map(drop);
        let verified = verify(bytes.as_slice(), Settings { threads: 1 }, random).map(drop);
        if !in_alpha && !in_beta {
            cast.unwrap();
            verified.unwrap();
            continue;
        }
        let found = match verified {
            Err(Refusal::Fault(fault)) => Some(fault),
            _ => None,
        };
        let found = found.unwrap();
        for fault in [cast.unwrap_err(), *found] {
            assert_eq!(fault.class.name(), "GROUP_ELEMENT");
            assert_eq!((fault.place.question, fault.place.slot), (Some(1), Some(1)));
            assert_eq!(fault.place.ballot, Some(b64(&sha256(ballot.as_bytes()))));
        }
    }
}

#[test]
fn a_number_of_order_two_is_found_where_every_proof_holds() {
    spoiled::<Belenios2048>(&minus_one());
    // (0, −1).
    let point = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec";
    spoiled::<Ed25519>(point);
}
