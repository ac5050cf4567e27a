//! Certificates: verified, withdrawn, signed.

use super::attempts::passes;
use super::*;
use crate::commissions::tests::Browser;
use crate::training::learning::badge::signed_bytes;
use axum::http::StatusCode;
use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use serde_json::Value;

async fn issued(world: &World) -> String {
    tested(world).await;
    let who = member(world, noon());
    let id = start(world, Purpose::After).await;
    answer_all(world, &who, &id, &[]).await;
    actions::end(&who, &id).await.unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let held = store::certificates::of_person(&mut reader, "st1-secretary")
        .await
        .unwrap();
    held[0].code.clone()
}

/// Verified as somebody else would: the key from the credential, the two hashes by RFC 8785.
fn verify(credential: &Value) -> bool {
    let mut document = credential.clone();
    let mut proof = document.as_object_mut().unwrap().remove("proof").unwrap();
    let value = proof.as_object_mut().unwrap().remove("proofValue").unwrap();
    let key = document["issuer"]["id"].as_str().unwrap();
    let key = bs58::decode(key.strip_prefix("did:key:z").unwrap())
        .into_vec()
        .unwrap();
    assert_eq!(key[..2], [0xed, 0x01]);
    let key = VerifyingKey::from_bytes(&key[2..].try_into().unwrap()).unwrap();
    let signature = bs58::decode(value.as_str().unwrap().strip_prefix('z').unwrap());
    let signature = Signature::from_slice(&signature.into_vec().unwrap()).unwrap();
    key.verify(&signed_bytes(&document, &proof).unwrap(), &signature)
        .is_ok()
}

#[tokio::test]
async fn anybody_with_the_code_verifies_and_nobody_finds_it_otherwise() {
    let world = World::new(1).await;
    let code = issued(&world).await;
    let visitor = Browser::public(&world.home);
    let (status, text) = visitor.get(&format!("/certificates/{code}?lang=en")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        text.contains("Valid") && text.contains("st1-secretary") && text.contains("Members"),
        "{text}"
    );
    // As people type it.
    let typed = format!("{}-{}", &code[..4], code[4..].to_lowercase());
    let (status, to) = visitor.get(&format!("/certificates?code={typed}")).await;
    assert_eq!(
        (status, to),
        (StatusCode::SEE_OTHER, format!("/certificates/{code}"))
    );
    for bad in [
        "AAAAAAAAAAAAAAAA",
        "0",
        "../../etc/passwd",
        "%00",
        "%D2%9A%D0%90",
    ] {
        let (status, _) = visitor.get(&format!("/certificates/{bad}")).await;
        assert!(
            status == StatusCode::NOT_FOUND || status == StatusCode::BAD_REQUEST,
            "{bad}: {status}"
        );
    }
    let (status, text) = visitor
        .get(&format!("/certificates/{code}/badge.json"))
        .await;
    assert_eq!(status, StatusCode::OK);
    let credential: Value = serde_json::from_str(&text).unwrap();
    assert!(verify(&credential));
    assert_eq!(credential["type"][1], "OpenBadgeCredential");
    assert!(
        !text.contains("st1-secretary"),
        "a badge holds no name in clear"
    );
    // Whoever asks doesn't choose the address that is signed.
    assert!(
        text.contains(&format!("https://tandau.test/certificates/{code}")),
        "{text}"
    );
    let mut forged = credential.clone();
    forged["credentialSubject"]["achievement"]["name"] = "Chair".into();
    assert!(!verify(&forged));
    let (status, pdf) = visitor
        .get(&format!("/certificates/{code}/certificate.pdf?lang=ru"))
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(pdf.starts_with("%PDF"));
}

#[tokio::test]
async fn a_certificate_that_was_withdrawn_says_so_without_the_name() {
    let world = World::new(1).await;
    let code = issued(&world).await;
    let centre = centre(&world, noon());
    let district = world.district(noon());
    assert!(matches!(
        actions::withdraw(&district, &code, "why").await,
        Err(Error::Forbidden(_))
    ));
    assert_eq!(
        field(actions::withdraw(&centre, &code, " ").await),
        "reason"
    );
    actions::withdraw(&centre, &code, "The session was not held")
        .await
        .unwrap();
    conflict(actions::withdraw(&centre, &code, "again").await);
    // What it certified counts no longer; the test may be taken again, and passing revives it.
    assert_eq!(passes(&world).await, 0);
    let who = member(&world, noon());
    let id = start(&world, Purpose::After).await;
    answer_all(&world, &who, &id, &[]).await;
    actions::end(&who, &id).await.unwrap();
    assert_eq!(passes(&world).await, 1);
    conflict(actions::begin(&who, "sess1", Purpose::After, "").await);
    let visitor = Browser::public(&world.home);
    let (status, text) = visitor.get(&format!("/certificates/{code}?lang=en")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Withdrawn") && text.contains("The session was not held"));
    assert!(!text.contains("st1-secretary"), "{text}");
    for file in ["badge.json", "certificate.pdf"] {
        let (status, _) = visitor.get(&format!("/certificates/{code}/{file}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }
}

#[test]
fn a_code_is_read_as_people_write_it() {
    use crate::training::learning::code::{fresh, printed, typed};
    let code = fresh().unwrap();
    assert_eq!(typed(&printed(&code)), Some(code.clone()));
    assert_eq!(
        typed(&format!(" {} ", code.to_lowercase())),
        Some(code.clone())
    );
    for bad in ["", "ABCD", "ABCDEFGHJKLMNPQ0", &format!("{code}A")] {
        assert_eq!(typed(bad), None, "{bad}");
    }
    assert_ne!(fresh().unwrap(), code);
}
