//! Election, template, trustees, keys, messages between trustees.

use evoting::election::{Draft, Template};
use evoting::group::{Ed25519, Group};
use evoting::threshold::{Certificate, Certificates, Dealing, Parameters, Received, Seed, sort};
use evoting::trustee::{PublicKey, Trustee, Trustees, parse_private_key};
use std::sync::LazyLock;

const TEMPLATE: &str = r#"{"description":"d","name":"n \"q\" \u007f","questions":[{"answers":["a","b"],"blank":true,"min":1,"max":2,"question":"q"}],"administrator":"a"}"#;

/// The one member of a group, and what all wrote.
struct Member {
    seed: Seed,
    certificates: Certificates<Ed25519>,
    texts: Vec<String>,
}

static MEMBER: LazyLock<Member> = LazyLock::new(|| {
    let random = &mut rand::rng();
    let seed = Seed::generate(random);
    let certificate = seed.certificate::<Ed25519>(random);
    let mut texts = vec![
        TEMPLATE.to_owned(),
        seed.expose().to_owned(),
        certificate.text(),
    ];
    let certificates = Certificates::new(vec![certificate]).unwrap();
    let dealt = certificates.deal(&seed, 1, random).unwrap();
    let inputs = sort(&[&dealt]).unwrap();
    let received = certificates.receive(&seed, &inputs[0], random).unwrap();
    texts.extend([received.text(), received.decryption_key.clone()]);
    let dealing = Dealing::parse(&dealt).unwrap();
    let group = certificates
        .combine(vec![dealing], vec![received.public_key])
        .unwrap();
    let (secret, public) = PublicKey::<Ed25519>::generate(random);
    texts.extend([dealt, group.text(), public.text()]);
    texts.push(evoting::secret_text(&secret).to_string());
    texts.extend(inputs);
    let trustees = Trustees::new(vec![Trustee::Single(public), Trustee::Pedersen(group)]);
    texts.push(trustees.unwrap().text());
    let template = Template::parse(TEMPLATE).unwrap();
    let document = template.document::<Ed25519>("11111111111111", &Ed25519::generator());
    texts.push(document.unwrap());
    Member {
        seed,
        certificates,
        texts,
    }
});

pub fn seeds() -> Vec<Vec<u8>> {
    let texts = MEMBER.texts.iter();
    texts.map(|text| text.clone().into_bytes()).collect()
}

pub fn read(bytes: &[u8]) {
    let _ = Draft::parse(bytes);
    if let Ok(trustees) = Trustees::<Ed25519>::parse(bytes) {
        // What was read is written so that it is read the same.
        let again = Trustees::<Ed25519>::parse(trustees.text().as_bytes()).unwrap();
        assert_eq!(again.election_key(), trustees.election_key());
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(template) = Template::parse(text) {
        let key = Ed25519::generator();
        let document = template
            .document::<Ed25519>("11111111111111", &key)
            .unwrap();
        Draft::parse(document.as_bytes()).unwrap();
    }
    if let Ok(key) = PublicKey::<Ed25519>::parse(text) {
        assert_eq!(PublicKey::<Ed25519>::parse(&key.text()), Ok(key));
    }
    if let Ok(certificate) = Certificate::<Ed25519>::parse(text) {
        assert_eq!(
            Certificate::<Ed25519>::parse(&certificate.text()),
            Ok(certificate)
        );
    }
    if let Ok(parameters) = Parameters::<Ed25519>::parse(text) {
        Parameters::<Ed25519>::parse(&parameters.text()).unwrap();
    }
    let _ = Received::<Ed25519>::parse(text);
    let _ = Dealing::parse(text);
    let _ = sort(&[text]);
    let _ = sort(&[text, text]);
    let _ = Seed::parse(text);
    let _ = parse_private_key::<Ed25519>(text);
    let Member {
        seed, certificates, ..
    } = &*MEMBER;
    let _ = seed.open_decryption_key::<Ed25519>(text);
    let _ = certificates.receive(seed, text, &mut rand::rng());
}
