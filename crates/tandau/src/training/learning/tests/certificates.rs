//! Certificates: verified, withdrawn, signed.

use super::attempts::passes;
use super::*;
use crate::commissions::tests::Browser;
use crate::training::learning::badge::signed_bytes;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Verifier as _, VerifyingKey};
use serde_json::Value;
use std::io::Read as _;

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

/// The bit of a place in a list of states, as somebody else would read it.
fn is_set(list: &Value, place: usize) -> bool {
    let text = list["credentialSubject"]["encodedList"].as_str().unwrap();
    let packed = BASE64_URL_SAFE_NO_PAD.decode(text.strip_prefix('u').unwrap());
    let mut bits = Vec::new();
    flate2::read::GzDecoder::new(packed.unwrap().as_slice())
        .read_to_end(&mut bits)
        .unwrap();
    assert_eq!(bits.len(), 16 * 1024);
    bits[place / 8] & (0x80_u8 >> (place % 8)) != 0
}

#[tokio::test]
async fn a_badge_has_what_open_badges_asks_for_and_a_state() {
    let world = World::new(1).await;
    let code = issued(&world).await;
    let visitor = Browser::public(&world.home);
    let fetch = async |path: &str| -> Value {
        let (status, text) = visitor.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        serde_json::from_str(&text).unwrap()
    };
    let badge = fetch(&format!("/certificates/{code}/badge.json")).await;
    let contexts: Vec<&str> = badge["@context"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c.as_str().unwrap())
        .collect();
    assert_eq!(contexts[0], "https://www.w3.org/ns/credentials/v2");
    assert!(contexts[1].starts_with("https://purl.imsglobal.org/spec/ob/v3p0/"));
    assert_eq!(badge["issuer"]["type"][0], "Profile");
    let subject = &badge["credentialSubject"];
    assert_eq!(subject["type"][0], "AchievementSubject");
    assert_eq!(subject["identifier"][0]["hashed"], true);
    let achievement = &subject["achievement"];
    assert_eq!(achievement["type"][0], "Achievement");
    for field in ["id", "name", "description"] {
        assert!(!achievement[field].as_str().unwrap().is_empty(), "{field}");
    }
    // The programme of the tests has no UUID for an id.
    assert_eq!(achievement["id"], "https://tandau.test/training#prog1");
    assert!(achievement["criteria"]["narrative"].is_string());
    assert_eq!(badge["validFrom"], "2023-10-02T06:00:00Z");
    assert_eq!(badge["proof"]["type"], "DataIntegrityProof");
    let state = &badge["credentialStatus"];
    assert_eq!(state["type"], "BitstringStatusListEntry");
    assert_eq!(state["statusPurpose"], "revocation");
    let address = "https://tandau.test/certificates/status/1";
    assert_eq!(state["statusListCredential"], address);
    let place: usize = state["statusListIndex"].as_str().unwrap().parse().unwrap();
    assert_eq!(state["id"], format!("{address}#{place}"));
    let list = fetch("/certificates/status/1").await;
    assert!(verify(&list) && verify(&badge));
    assert_eq!(list["id"], address);
    assert_eq!(list["type"][1], "BitstringStatusListCredential");
    assert_eq!(list["issuer"]["id"], badge["issuer"]["id"]);
    assert!(!is_set(&list, place));
    assert!(!list.to_string().contains(&code));
    actions::withdraw(&centre(&world, noon()), &code, "why")
        .await
        .unwrap();
    let list = fetch("/certificates/status/1").await;
    assert!(verify(&list) && is_set(&list, place));
    assert!(!is_set(&list, (place + 1) % (16 * 1024 * 8)));
    for wrong in ["0", "2", "-1", "none", "99999999999999999999999"] {
        let (status, _) = visitor.get(&format!("/certificates/status/{wrong}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn a_commission_finds_its_certificates_and_the_centre_withdraws_them() {
    use crate::training::learning::code::printed;
    let world = World::new(1).await;
    world.commission("central", "kz", &["chair"]).await;
    let code = issued(&world).await;
    let path = "/office/training/certificates";
    let district = Browser::signed_in(&world.home, "d1-secretary").await;
    let shown = async |who: &Browser<'_>, query: &str| -> (bool, String) {
        let (status, text) = who.get(&format!("{path}?lang=en{query}")).await;
        assert_eq!(status, StatusCode::OK, "{query}");
        (text.contains(&printed(&code)), text)
    };
    for (query, found) in [
        ("", true),
        ("&q=ST1+secretary", true),
        ("&q=st1+chair", false),
        (format!("&q={code}").as_str(), true),
        (
            format!("&q={}", printed(&code).to_lowercase()).as_str(),
            true,
        ),
        ("&q=AAAAAAAAAAAAAAAA", false),
        ("&state=issued", true),
        ("&state=withdrawn", false),
        ("&state=king&area=d2&page=900", true),
        ("&q=%25%5F%27", false),
    ] {
        assert_eq!(shown(&district, query).await.0, found, "{query}");
    }
    let (_, text) = shown(&district, "").await;
    assert!(text.contains("Valid: 1, withdrawn: 0"), "{text}");
    assert!(!text.contains("/withdraw?code="), "the centre's alone");
    let other = Browser::signed_in(&world.home, "d2-chair").await;
    assert!(!shown(&other, "").await.0);
    let member = Browser::signed_in(&world.home, "st1-member3").await;
    assert_eq!(member.get(path).await.0, StatusCode::FORBIDDEN);
    let centre = Browser::signed_in(&world.home, "kz-chair").await;
    let (_, text) = shown(&centre, "").await;
    let form = format!("{path}/withdraw?code={code}");
    assert!(text.contains(&form), "{text}");
    let (_, text) = centre.get(&form).await;
    assert!(text.contains(&format!("value=\"{code}\"")), "{text}");
    let post = format!("{path}/withdraw");
    let (status, _) = centre
        .post(&post, &[("code", code.as_str()), ("reason", " ")])
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = [("code", code.as_str()), ("reason", "Never <held>")];
    let (status, to) = centre.post(&post, &sent).await;
    assert_eq!(
        (status, to),
        (StatusCode::SEE_OTHER, format!("/certificates/{code}"))
    );
    let (found, text) = shown(&district, "&state=withdrawn").await;
    assert!(found && text.contains("Never &#60;held&#62;"), "{text}");
    assert!(!shown(&district, "&state=issued").await.0);
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
