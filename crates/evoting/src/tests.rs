//! `vectors.json`: intermediate values of belenios-tool, one by one.

mod twisted;

use crate::arith::from_decimal;
use crate::credential::{Credential, derive};
use crate::group::{Belenios2048, Group, Rfc3526, element_text, parse_member, scalar_text};
use crate::hash::{challenge, hex, sha256};
use crate::tally::lagrange;
use crate::threshold::Seed;
use proptest::prelude::*;
use serde_json::Value;
use std::io::Read as _;

fn vectors() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/vectors.json.gz");
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    serde_json::from_str(&text).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn check_derivation<G: Group>(vector: &Value) {
    let credential = text(&vector["credential"]);
    let secret = derive::<G>(credential.as_bytes(), text(&vector["uuid"]));
    assert_eq!(scalar_text::<G>(secret.expose()), text(&vector["secret"]));
    let public = G::pow_secret(&G::generator(), secret.expose());
    assert_eq!(element_text::<G>(&public), text(&vector["public"]));
    let table = G::secret_table(&G::generator());
    assert_eq!(G::table_pow(&table, secret.expose()), public);
    assert_eq!(G::pow(&G::generator(), secret.expose()), public);
    // What people type is brought to the dashed form first.
    let read = Credential::parse(credential).unwrap();
    if credential.contains('-') {
        assert_eq!(read.expose(), credential);
        assert_eq!(read.public::<G>(text(&vector["uuid"])), public);
    }
}

#[test]
fn credentials() {
    let vectors = vectors();
    let list = &vectors["credentials"];
    for vector in list["derivation"].as_array().unwrap() {
        match text(&vector["group"]) {
            "BELENIOS-2048" => check_derivation::<Belenios2048>(vector),
            _ => check_derivation::<Rfc3526>(vector),
        }
    }
    for vector in list["invalid"].as_array().unwrap() {
        assert!(
            Credential::parse(text(&vector["credential"])).is_err(),
            "{vector}"
        );
    }
    for vector in list["checksum_of_multiple_of_53"].as_array().unwrap() {
        let accepted = Credential::parse(text(&vector["credential"])).is_ok();
        assert_eq!(
            Value::Bool(accepted),
            vector["accepted_by_tool"],
            "{vector}"
        );
    }
}

#[test]
fn challenges() {
    for vector in vectors()["challenges"].as_array().unwrap() {
        let Some(prefix) = vector["prefix"].as_str() else {
            continue;
        };
        let commitments: Vec<&str> = vector["commitments"]
            .as_array()
            .unwrap()
            .iter()
            .map(text)
            .collect();
        let whole = format!("{prefix}{}", commitments.join(","));
        assert_eq!(
            hex(&sha256(whole.as_bytes())),
            text(&vector["sha256_hex"]),
            "{}",
            vector["what"]
        );
        let found = scalar_text::<Belenios2048>(&challenge::<Belenios2048>(prefix, &commitments));
        assert_eq!(
            found,
            text(&vector["sum_of_challenges_mod_q"]),
            "{}",
            vector["what"]
        );
    }
}

#[test]
fn eight_at_a_time_is_as_one_at_a_time() {
    type G = Belenios2048;
    let random = &mut rand::rng();
    let key = G::pow(&G::generator(), &G::random_scalar(random));
    let tables = G::public_tables(&key);
    let zero = || G::scalar(0);
    let jobs: Vec<crate::group::Powers<G>> = (0..21)
        .map(|at| {
            let scalar = |random: &mut rand::rngs::ThreadRng| match at {
                3 => zero(),
                5 => G::scalar(1),
                7 => G::scalar_sub(&zero(), &G::scalar(1)),
                _ => G::random_scalar(random),
            };
            crate::group::Powers {
                base: if at == 11 {
                    G::identity()
                } else {
                    G::pow(&key, &G::random_scalar(random))
                },
                wanted: (0..at % 3 + 1)
                    .map(|slot| crate::group::Wanted {
                        power: scalar(random),
                        generator: (slot != 1).then(|| scalar(random)),
                        key: (slot != 0).then(|| scalar(random)),
                    })
                    .collect(),
            }
        })
        .collect();
    let together = G::powers(&tables, &jobs);
    let alone: Vec<_> = jobs
        .iter()
        .flat_map(|job| G::powers(&tables, std::slice::from_ref(job)))
        .collect();
    assert_eq!(together, alone);
}

#[test]
fn lagrange_coefficients() {
    let vectors = vectors();
    for (member, expected) in vectors["lagrange"]["coefficients"].as_object().unwrap() {
        let found = lagrange::<Belenios2048>(member.parse().unwrap(), &[1, 3]);
        assert_eq!(scalar_text::<Belenios2048>(&found), text(expected));
    }
}

#[test]
fn counts_are_found_or_the_search_is_refused() {
    fn check<G: Group>(weight: u64, counts: &[u64]) {
        let opened: Vec<_> = counts
            .iter()
            .map(|n| G::pow(&G::generator(), &G::scalar(*n)))
            .collect();
        let found = crate::tally::count::<G>(&[opened], weight).unwrap();
        assert_eq!(found, [counts]);
    }
    check::<Belenios2048>(0, &[0]);
    check::<Belenios2048>(1, &[1, 0]);
    check::<Belenios2048>(10_000_000_000, &[0, 9_999_999_999, 10_000_000_000, 1]);
    check::<crate::group::Ed25519>(10_000_000_000, &[12_345, 9_999_999_999]);
    let more = crate::tally::count::<Belenios2048>(&[vec![Belenios2048::identity()]], 1 << 61);
    assert_eq!(more.unwrap_err().class.name(), "OUT_OF_SCOPE");
    let beyond = Belenios2048::pow(&Belenios2048::generator(), &Belenios2048::scalar(8));
    let beyond = crate::tally::count::<Belenios2048>(&[vec![beyond]], 7);
    assert_eq!(beyond.unwrap_err().class.name(), "RESULT_RANGE");
}

#[test]
fn nothing_is_encrypted_under_the_key_one() {
    type G = Belenios2048;
    let template = r#"{"description":"","name":"","questions":[{"answers":["a"],"min":0,"max":1,"question":""}]}"#;
    let template = crate::election::Template::parse(template).unwrap();
    let refused = template.document::<G>("11111111111111", &G::identity());
    assert_eq!(refused.unwrap_err().class.name(), "ELECTION_KEY");
    let document = template
        .document::<G>("11111111111111", &G::generator())
        .unwrap();
    let of_one = document.replace(&element_text::<G>(&G::generator()), "1");
    for (document, fault) in [
        (document, None),
        (of_one, Some(crate::ballot::ChoiceFault::Key)),
    ] {
        let election = crate::election::Election::<G>::parse(document.as_bytes()).unwrap();
        let ballot = crate::ballot::Encryptor::new(&election).ballot(
            &Credential::generate(&mut rand::rng()),
            &[vec![1]],
            &mut rand::rng(),
        );
        assert_eq!(ballot.err(), fault);
    }
}

#[test]
fn a_list_of_credentials_is_written_piece_by_piece() {
    use crate::archive::{ArchiveStart, StartWriter};
    use crate::credential::PublicList;
    let own = r#" ["12,3,bob","\u0034,,\"anna\" é" , "5","6,","7,,","8,09,"]"#;
    let public = r#"["12,3","4","5","6,","7","8,09"]"#;
    for size in [1, 2, 7, 100] {
        let mut list = PublicList::default();
        let cursor = std::io::Cursor::new(Vec::new());
        let mut start = StartWriter::new(cursor, b"election", b"trustees", 77).unwrap();
        for piece in own.as_bytes().chunks(size) {
            start.list(list.piece(piece).unwrap().as_bytes()).unwrap();
        }
        start.list(list.end().unwrap().as_bytes()).unwrap();
        let whole = ArchiveStart {
            election: b"election",
            trustees: b"trustees",
            credentials: public.as_bytes(),
            timestamp: 77,
        };
        assert_eq!(start.end().unwrap().into_inner(), whole.bytes());
    }
    for wrong in [
        "",
        "[",
        r#"["1""#,
        r#"["1",]"#,
        "{}",
        r#"["1"] x"#,
        "[1]",
        r#"["1,2,a,b"]"#,
    ] {
        let mut list = PublicList::default();
        let read = list.piece(wrong.as_bytes()).and_then(|_| list.end());
        assert_eq!(
            read.unwrap_err().class.name(),
            "CREDENTIAL_FORMAT",
            "{wrong}"
        );
    }
}

#[test]
fn messages_between_trustees() {
    type G = Belenios2048;
    let vectors = vectors();
    let pki = &vectors["pki"];
    let seed = Seed::parse(text(&pki["seed"])).unwrap();
    let reduced = |value: &Value| {
        let limbs = from_decimal::<4>(text(value)).unwrap();
        let bytes: Vec<u8> = limbs.iter().rev().flat_map(|l| l.to_be_bytes()).collect();
        G::scalar_from_bytes(&bytes)
    };
    assert_eq!(*seed.signing::<G>().expose(), reduced(&pki["signing_key"]));
    assert_eq!(
        *seed.decryption::<G>().expose(),
        reduced(&pki["decryption_key"])
    );
    let certificate = seed.certificate::<G>(&mut rand::rng());
    assert!(
        certificate.text().contains(
            text(&pki["certificate_message"])
                .replace('"', "\\\"")
                .as_str()
        )
    );
    let encrypted = serde_json::to_string(&pki["encrypted_message"]).unwrap();
    let plain = crate::threshold::decrypt(&seed.decryption::<G>(), &encrypted).unwrap();
    assert_eq!(plain.as_str(), text(&pki["plaintext"]));
}

#[test]
fn secrets_print_as_nothing() {
    let random = &mut rand::rng();
    let (secret, _) = crate::trustee::PublicKey::<Belenios2048>::generate(random);
    let printed = format!(
        "{secret:?} {:?} {:?}",
        Credential::generate(random),
        Seed::generate(random)
    );
    assert_eq!(printed, "Secret(…) Credential(…) Seed(…)");
}

#[test]
fn membership_of_many_finds_one_outside() {
    fn check<G: Group>(outside: &G::Element) {
        let random = &mut rand::rng();
        let inside: Vec<_> = (0..23)
            .map(|_| G::pow(&G::generator(), &G::random_scalar(random)))
            .collect();
        // Few are tested one by one, many in products, some of which are made elsewhere.
        for count in [3, 12, 203] {
            for wrong in [None, Some(0), Some(count / 2), Some(count - 1)] {
                let mut parts = [
                    crate::group::Membership::<G>::new(),
                    crate::group::Membership::new(),
                ];
                for (at, inside) in inside.iter().cycle().take(count).enumerate() {
                    let part = &mut parts[usize::from(at % 20 == 19)];
                    part.add(if wrong == Some(at) { outside } else { inside }, random);
                }
                let [mut members, others] = parts;
                members.merge(others, random);
                assert_eq!(
                    members.holds(random),
                    wrong.is_none(),
                    "{wrong:?} of {count}"
                );
            }
        }
    }
    // p − 1 has order two, as has the point (0, −1).
    check::<Belenios2048>(&Belenios2048::parse_element(&minus_one()).unwrap());
    let point = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec";
    check::<crate::group::Ed25519>(&crate::group::Ed25519::parse_element(point).unwrap());
}

/// p − 1 of `BELENIOS-2048`, of order two.
fn minus_one() -> String {
    let p: num_bigint::BigUint = crate::group::belenios_p().parse().unwrap();
    (p - num_bigint::BigUint::from(1_u8)).to_string()
}

#[test]
fn with_vectors_and_without_the_answers_are_the_same() {
    type G = Belenios2048;
    let random = &mut rand::rng();
    let elements: Vec<_> = (0..45)
        .map(|_| G::pow(&G::generator(), &G::random_scalar(random)))
        .collect();
    let jobs: Vec<crate::group::Powers<G>> = elements
        .iter()
        .map(|base| crate::group::Powers {
            base: *base,
            wanted: vec![crate::group::Wanted {
                power: G::random_scalar(random),
                generator: Some(G::random_scalar(random)),
                key: Some(G::random_scalar(random)),
            }],
        })
        .collect();
    let coins: Vec<u8> = (0..9 * 128_u32)
        .map(|at| u8::try_from(at * 7 % 32).unwrap())
        .collect();
    let found = [false, true].map(|aside| {
        crate::group::leave_vectors_aside(aside);
        assert!(!aside || !crate::group::vectors_in_use());
        let mut products = vec![G::identity(); 128];
        G::accumulate(&mut products, &elements, &coins);
        let powers = G::powers(&G::public_tables(&elements[0]), &jobs);
        (products, powers, G::all_members(&elements))
    });
    crate::group::leave_vectors_aside(false);
    assert!(found[0] == found[1] && found[0].2);
}

proptest! {
    #[test]
    fn rubbish_is_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2000), text in "\\PC*") {
        for input in [bytes.as_slice(), text.as_bytes()] {
            let _ = crate::archive::Event::parse(input);
            let _ = crate::election::Draft::parse(input).map(|_| ());
            let _ = crate::trustee::Trustees::<Belenios2048>::parse(input).map(|_| ());
            prop_assert!(crate::verify::verify(input, crate::verify::Settings::default(), &mut rand::rng()).is_err());
        }
        let _ = Credential::parse(&text);
        let _ = Seed::parse(&text).map(|_| ());
        let _ = parse_member::<Belenios2048>(&text);
        let _ = parse_member::<crate::group::Ed25519>(&text);
        let _ = crate::threshold::Certificate::<Belenios2048>::parse(&text);
        let _ = crate::threshold::Dealing::parse(&text);
    }
}

/// Fewer cases of what takes long: a sixteenth.
fn few() -> ProptestConfig {
    let cases = ProptestConfig::default().cases / 16;
    ProptestConfig::with_cases(cases.max(1))
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn powers_agree_with_each_other(a in any::<[u8; 32]>(), b in any::<[u8; 32]>(), c in any::<[u8; 32]>()) {
        fn check<G: Group>(a: &[u8], b: &[u8], c: &[u8]) {
            let [a, b, c] = [a, b, c].map(G::scalar_from_bytes);
            let base = G::pow(&G::generator(), &a);
            let key = G::pow(&base, &c);
            let wanted = |power: &G::Scalar, generator: Option<&G::Scalar>, key: Option<&G::Scalar>| crate::group::Wanted {
                power: power.clone(),
                generator: generator.cloned(),
                key: key.cloned(),
            };
            let job = crate::group::Powers {
                base: base.clone(),
                wanted: vec![wanted(&b, None, None), wanted(&c, Some(&a), Some(&b)), wanted(&a, Some(&c), None)],
            };
            let mut other = job.clone();
            other.wanted.pop();
            // Eight and more of one shape go side by side where the processor can.
            let mut jobs = vec![job.clone(); 10];
            jobs.insert(4, other.clone());
            let tables = G::public_tables(&key);
            let many = G::powers(&tables, &jobs);
            let found = G::powers(&tables, &[job]);
            for (at, value) in many.iter().enumerate() {
                // The shorter job stands after four of three.
                let at = if at < 14 { at } else { at - 14 };
                assert_eq!(value, &found[at % 3]);
            }
            let expected = [
                G::pow_secret(&base, &b),
                G::mul(&G::pow_secret(&base, &c), &G::mul(&G::pow_secret(&G::generator(), &a), &G::pow_secret(&key, &b))),
                G::mul(&G::pow_secret(&base, &a), &G::pow_secret(&G::generator(), &c)),
            ];
            assert_eq!(found, expected);
            // In the exponent: g^(a·b + c) = (g^a)^b · g^c; and inverses.
            let sum = G::scalar_add(&G::scalar_mul(&a, &b), &c);
            assert_eq!(G::pow(&G::generator(), &sum), G::mul(&G::pow(&base, &b), &G::pow(&G::generator(), &c)));
            assert_eq!(G::mul(&base, &G::invert(&base)), G::identity());
            if a != G::scalar(0) {
                assert_eq!(G::scalar_mul(&a, &G::scalar_invert(&a)), G::scalar(1));
            }
        }
        check::<Belenios2048>(&a, &b, &c);
        check::<crate::group::Ed25519>(&a, &b, &c);
    }
}
