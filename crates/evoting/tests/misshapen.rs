//! Ballots and numbers in another form than theirs, as they would be cast: each is refused by name before anything is computed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod common;

use common::make::{Made, Plan, cast};
use common::random;
use evoting::ballot::{BallotCheck, Encryptor};
use evoting::group::{Belenios2048, Ed25519, Group, NumberFault, Rfc3526, parse_member};

const TEMPLATE: &str = r#"{"description":"d","name":"n","questions":[{"answers":["A","B"],"blank":true,"min":1,"max":2,"question":"q"}]}"#;

/// An open box with one voter, and a ballot that was not cast.
fn ballot<G: Group>() -> (Made<G>, String) {
    let made = cast::<G>(&Plan {
        template: TEMPLATE,
        voters: vec![None],
        votes: Vec::new(),
        singles: 1,
        pedersen: None,
    });
    let election = made.election();
    let ballot = Encryptor::new(&election)
        .ballot(&made.credentials[0], &[vec![0, 1, 1]], &mut random())
        .unwrap();
    (made, ballot)
}

/// What stands between two marks, the first time.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap();
    rest.split_once(after).unwrap().0
}

fn shapes<G: Group>() {
    let (made, ballot) = ballot::<G>();
    let election = made.election();
    let check = BallotCheck::new(&election);
    check.cast(ballot.as_bytes(), |_| true).unwrap();
    let uuid = format!("\"election_uuid\":\"{}\"", made.uuid);
    let hash = format!("\"election_hash\":\"{}\"", election.fingerprint);
    let answer = between(&ballot, "\"answers\":[", "],\"signature\"");
    let first = between(&ballot, "\"choices\":[", "},");
    let (alpha, beta) = first.split_once(',').unwrap();
    let alpha = alpha.trim_start_matches('{');
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let case = |from: &str, to: &str, class: &'static str| (from.to_owned(), to.to_owned(), class);
    for (from, to, class) in [
        case(
            "{\"election_uuid\"",
            "{ \"election_uuid\"",
            "BALLOT_NONCANONICAL",
        ),
        case(",\"answers\"", ",\n  \"answers\"", "BALLOT_NONCANONICAL"),
        case("\"choices\":[", "\"choices\": [", "BALLOT_NONCANONICAL"),
        case(
            "{\"election_uuid\"",
            "\u{feff}{\"election_uuid\"",
            "BALLOT_JSON",
        ),
        case(
            "{\"election_uuid\"",
            "{\"x\":1,\"election_uuid\"",
            "BALLOT_NONCANONICAL",
        ),
        case(&uuid, &format!("{uuid},{uuid}"), "BALLOT_NONCANONICAL"),
        case(
            &format!("{uuid},{hash}"),
            &format!("{hash},{uuid}"),
            "BALLOT_NONCANONICAL",
        ),
        case(
            "election_uuid",
            "election_\\u0075uid",
            "BALLOT_NONCANONICAL",
        ),
        case(
            ",\"signature\"",
            ",\"x\":1,\"signature\"",
            "BALLOT_NONCANONICAL",
        ),
        case(
            "{\"choices\"",
            "{\"x\":1,\"choices\"",
            "ANSWER_NONCANONICAL",
        ),
        case(
            ",\"overall_proof\"",
            ",\"x\":1,\"overall_proof\"",
            "ANSWER_NONCANONICAL",
        ),
        case(
            &format!("{alpha},{beta}"),
            &format!("{beta},{alpha}"),
            "ANSWER_NONCANONICAL",
        ),
        case(answer, &format!("{answer},{answer}"), "ANSWER_SHAPE"),
        case(answer, "", "ANSWER_SHAPE"),
        case(answer, &deep, "ANSWER_NONCANONICAL"),
        case(answer, &deep[..100_000], "BALLOT_JSON"),
        case(answer, "null", "ANSWER_NONCANONICAL"),
        case(
            "\"choices\":[",
            &format!("\"choices\":[{first}}},"),
            "ANSWER_SHAPE",
        ),
        case(&format!("{first}}},"), "", "ANSWER_SHAPE"),
        case(
            "\"individual_proofs\":[[",
            "\"individual_proofs\":[[],[",
            "ANSWER_SHAPE",
        ),
        case(
            "\"overall_proof\":[",
            "\"overall_proof\":[[],",
            "ANSWER_NONCANONICAL",
        ),
    ] {
        assert!(ballot.contains(&from), "{from}");
        let altered = ballot.replacen(&from, &to, 1);
        let fault = check.cast(altered.as_bytes(), |_| true).unwrap_err();
        let shown = &to[..to.len().min(40)];
        assert_eq!(fault.class.name(), class, "{}: {shown}", G::NAME);
        // Whoever looks for it finds it by its bytes.
        let tracker = evoting::b64(&evoting::sha256(altered.as_bytes()));
        assert_eq!(fault.place.ballot, Some(tracker));
    }
    for end in (0..ballot.len()).step_by(97) {
        let fault = check.cast(&ballot.as_bytes()[..end], |_| true).unwrap_err();
        assert_eq!(fault.class.name(), "BALLOT_JSON", "{end}");
    }
}

#[test]
fn ballots_formatted_anew_cut_or_filled_are_refused() {
    shapes::<Belenios2048>();
    shapes::<Ed25519>();
}

fn numbers<G: Group>(order: &str, elements: &[(&str, &str)]) {
    let (made, ballot) = ballot::<G>();
    let election = made.election();
    let check = BallotCheck::new(&election);
    let class = |altered: &str| {
        let fault = check.cast(altered.as_bytes(), |_| true).unwrap_err();
        // The first ciphertext or the first proof.
        assert_eq!((fault.place.question, fault.place.slot), (Some(1), Some(1)));
        fault.class.name()
    };
    let scalar = between(&ballot, "\"response\":\"", "\"");
    let huge = "9".repeat(10_000_000);
    let (zero, plus) = (format!("0{scalar}"), format!("+{scalar}"));
    for (text, expected) in [
        (order, "SCALAR_RANGE"),
        (huge.as_str(), "SCALAR_RANGE"),
        (zero.as_str(), "NONCANONICAL_NUMBER"),
        (plus.as_str(), "NONCANONICAL_NUMBER"),
        ("-1", "NONCANONICAL_NUMBER"),
        ("0x10", "NONCANONICAL_NUMBER"),
        ("1_0", "NONCANONICAL_NUMBER"),
        ("00", "NONCANONICAL_NUMBER"),
        ("", "NUMBER_SYNTAX"),
        ("1.0", "NUMBER_SYNTAX"),
        ("١", "NUMBER_SYNTAX"),
        ("one", "NUMBER_SYNTAX"),
    ] {
        let from = format!("\"response\":\"{scalar}\"");
        let altered = ballot.replacen(&from, &format!("\"response\":\"{text}\""), 1);
        assert_eq!(class(&altered), expected, "{}", &text[..text.len().min(30)]);
    }
    let element = between(&ballot, "\"alpha\":\"", "\"");
    for (text, expected) in elements {
        let from = format!("\"alpha\":\"{element}\"");
        let altered = ballot.replacen(&from, &format!("\"alpha\":\"{text}\""), 1);
        assert_eq!(
            class(&altered),
            *expected,
            "{}",
            &text[..text.len().min(70)]
        );
    }
}

/// The orders of the groups, which are no scalars.
const BELENIOS_Q: &str =
    "78571733251071885079927659812671450121821421258408794611510081919805623223441";
const ED25519_Q: &str =
    "7237005577332262213973186563042994240857116359379907606001950938285454250989";

#[test]
fn numbers_in_another_spelling_or_too_large_are_refused() {
    let huge = "9".repeat(10_000_000);
    let p_or_more = "9".repeat(617);
    numbers::<Belenios2048>(
        BELENIOS_Q,
        &[
            ("0", "GROUP_ELEMENT"),
            (p_or_more.as_str(), "GROUP_ELEMENT"),
            (huge.as_str(), "GROUP_ELEMENT"),
            ("01", "NONCANONICAL_NUMBER"),
            ("+1", "NONCANONICAL_NUMBER"),
            ("-1", "NONCANONICAL_NUMBER"),
            ("0x1", "NONCANONICAL_NUMBER"),
            ("1_0", "NONCANONICAL_NUMBER"),
            ("", "NUMBER_SYNTAX"),
            (" 1", "NUMBER_SYNTAX"),
            ("١", "NUMBER_SYNTAX"),
        ],
    );
    let good = ballot::<Ed25519>().1;
    let point = between(&good, "\"alpha\":\"", "\"");
    let (longer, no_digits) = (format!("0{point}"), "g".repeat(64));
    numbers::<Ed25519>(
        ED25519_Q,
        &[
            (OFF_THE_CURVE, "GROUP_ELEMENT"),
            (Y_OF_P, "NONCANONICAL_NUMBER"),
            (Y_OF_P_AND_ONE, "NONCANONICAL_NUMBER"),
            (MINUS_NOTHING, "NONCANONICAL_NUMBER"),
            (&point[1..], "NONCANONICAL_NUMBER"),
            (longer.as_str(), "NONCANONICAL_NUMBER"),
            (huge.as_str(), "NONCANONICAL_NUMBER"),
            (no_digits.as_str(), "NUMBER_SYNTAX"),
            ("", "NUMBER_SYNTAX"),
        ],
    );
}

// Texts of points of edwards25519, the highest digit first. p = 2^255 − 19.
const OFF_THE_CURVE: &str = "0000000000000000000000000000000000000000000000000000000000000002";
/// y = p, which is y = 0 in another spelling.
const Y_OF_P: &str = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed";
/// y = p + 1, which is the neutral element's.
const Y_OF_P_AND_ONE: &str = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee";
/// The neutral element with the sign of x, which is zero.
const MINUS_NOTHING: &str = "8000000000000000000000000000000000000000000000000000000000000001";
/// Points of order 2, 4, 4 and 8.
const SMALL: [&str; 4] = [
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "8000000000000000000000000000000000000000000000000000000000000000",
    "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7",
];

#[test]
fn points_of_small_order_and_second_spellings_are_no_members() {
    let one = evoting::group::element_text::<Ed25519>(&Ed25519::identity());
    assert_eq!(parse_member::<Ed25519>(&one), Ok(Ed25519::identity()));
    for text in SMALL {
        let point = Ed25519::parse_element(text).unwrap();
        assert_eq!(parse_member::<Ed25519>(text), Err(NumberFault::Element));
        // Nor with something of the group in it.
        let mixed = Ed25519::mul(&point, &Ed25519::generator());
        let mixed = evoting::group::element_text::<Ed25519>(&mixed);
        assert_eq!(parse_member::<Ed25519>(&mixed), Err(NumberFault::Element));
    }
    for text in [Y_OF_P, Y_OF_P_AND_ONE, MINUS_NOTHING] {
        let read = Ed25519::parse_element(text);
        assert_eq!(read, Err(NumberFault::Noncanonical), "{text}");
    }
    let generator = evoting::group::element_text::<Ed25519>(&Ed25519::generator());
    let capitals = SMALL[3].to_uppercase();
    for (text, fault) in [
        (OFF_THE_CURVE, NumberFault::Element),
        (capitals.as_str(), NumberFault::Noncanonical),
        (&generator[2..], NumberFault::Noncanonical),
    ] {
        assert_eq!(Ed25519::parse_element(text), Err(fault), "{text}");
    }
}

#[test]
fn numbers_outside_their_subgroup_are_no_members() {
    fn check<G: Group>(outside: &[&str]) {
        assert_eq!(parse_member::<G>("1"), Ok(G::identity()));
        for text in outside {
            let shown = &text[..text.len().min(20)];
            assert_eq!(
                parse_member::<G>(text),
                Err(NumberFault::Element),
                "{shown}"
            );
        }
    }
    let many = "9".repeat(617);
    check::<Belenios2048>(&["0", "2", "3", "4", "7", many.as_str()]);
    check::<Rfc3526>(&["0", many.as_str(), minus_one().as_str()]);
}

/// p − 1 of `RFC-3526-2048`, whose order is 2.
fn minus_one() -> String {
    let p = num_bigint::BigUint::parse_bytes(RFC_P, 16).unwrap();
    (p - 1_u8).to_string()
}

/// RFC 3526, section 3.
const RFC_P: &[u8] = b"FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA051015728E5A8AACAA68FFFFFFFFFFFFFFFF";
