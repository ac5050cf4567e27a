//! A ballot's text, for an election with a question with blank and one without.

use evoting::ballot::{BallotCheck, Encryptor, UnverifiedBallot};
use evoting::credential::Credential;
use evoting::election::{Election, Template};
use evoting::group::{Ed25519, Group};
use std::sync::LazyLock;

const TEMPLATE: &str = r#"{"description":"","name":"","questions":[{"answers":["a","b"],"blank":true,"min":1,"max":2,"question":""},{"answers":["a"],"min":0,"max":1,"question":""}]}"#;

static ELECTION: LazyLock<Election<Ed25519>> = LazyLock::new(|| {
    let document = Template::parse(TEMPLATE)
        .unwrap()
        .document::<Ed25519>("11111111111111", &Ed25519::generator())
        .unwrap();
    Election::parse(document.as_bytes()).unwrap()
});
static GOOD: LazyLock<String> = LazyLock::new(|| {
    let credential = Credential::generate(&mut rand::rng());
    let choices = [vec![0, 1, 1], vec![1]];
    Encryptor::new(&ELECTION)
        .ballot(&credential, &choices, &mut rand::rng())
        .unwrap()
});
static CHECK: LazyLock<BallotCheck<'static, Ed25519>> =
    LazyLock::new(|| BallotCheck::new(&ELECTION));

pub fn seeds() -> Vec<Vec<u8>> {
    vec![GOOD.clone().into_bytes()]
}

pub fn read(bytes: &[u8]) {
    let read = UnverifiedBallot::parse(bytes, &ELECTION);
    let cast = CHECK.cast(bytes, |_| true);
    // What is cast was read; and nobody finds another ballot of this credential without its secret.
    assert!(read.is_ok() || cast.is_err());
    if let Ok(cast) = cast {
        let tracker = evoting::b64(&evoting::sha256(bytes));
        assert_eq!(cast.tracker(), tracker);
    }
}
