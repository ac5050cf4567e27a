//! Certificates for programs: Open Badges 3.0, a verifiable credential signed with the installation's own key
//! (Data Integrity, cryptosuite eddsa-jcs-2022; docs/adr/0041). The name is in it only as a salted hash: whoever was shown
//! the certificate can compare, nobody else learns it. Whether it still holds is a bit of a public list.

use super::model::{Certificate, LIST};
use crate::platform::files::{hex, secret_file};
use crate::platform::{App, Error, Lang, T};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::io::Write as _;

/// Before the bytes of an Ed25519 key in did:key (multicodec 0xed).
const ED25519: [u8; 2] = [0xed, 0x01];

/// The key of certificates, made when it is first needed.
///
/// # Errors
/// When the file can't be read or written.
pub(super) fn key(app: &App) -> Result<SigningKey, Error> {
    let seed = secret_file(&app.settings.data.join("badge.key"))?;
    Ok(SigningKey::from_bytes(&seed))
}

fn multibase(bytes: &[u8]) -> String {
    format!("z{}", bs58::encode(bytes).into_string())
}

/// Who signs, as did:key.
pub(super) fn issuer(key: &SigningKey) -> String {
    let mut bytes = ED25519.to_vec();
    bytes.extend_from_slice(key.verifying_key().as_bytes());
    format!("did:key:{}", multibase(&bytes))
}

/// What is signed: the hashes of the proof's options and of the document, each in the form of RFC 8785.
pub(super) fn signed_bytes(document: &Value, options: &Value) -> Result<Vec<u8>, Error> {
    let hash = |value: &Value| -> Result<Vec<u8>, Error> {
        let text = serde_json_canonicalizer::to_vec(value).map_err(Error::internal)?;
        Ok(Sha256::digest(text).to_vec())
    };
    let mut bytes = hash(options)?;
    bytes.extend(hash(document)?);
    Ok(bytes)
}

/// A document with its proof, by the key of its issuer.
fn sealed(mut document: Value, key: &SigningKey, created: &str) -> Result<Value, Error> {
    let issuer = issuer(key);
    let mut proof = json!({
        "@context": document.get("@context"),
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": created,
        "verificationMethod": format!("{issuer}#{}", issuer.trim_start_matches("did:key:")),
        "proofPurpose": "assertionMethod",
    });
    let signature = key.sign(&signed_bytes(&document, &proof)?);
    if let (Some(proof), Some(document)) = (proof.as_object_mut(), document.as_object_mut()) {
        proof.insert(
            "proofValue".to_owned(),
            multibase(&signature.to_bytes()).into(),
        );
        document.insert("proof".to_owned(), Value::Object(proof.clone()));
    }
    Ok(document)
}

fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// What a credential names on this site.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// The page of the certificate.
    pub(super) certificate: String,
    /// What stands for the programme.
    pub(super) programme: String,
    /// The list that says whether it holds, and the place in it.
    pub(super) status: Option<(String, u64)>,
}

/// The credential of a certificate.
///
/// # Errors
/// When the key can't be read.
pub(super) fn credential(
    app: &App,
    certificate: &Certificate,
    name: &str,
    places: &Places,
) -> Result<Value, Error> {
    let key = key(app)?;
    let t = T::new(Lang::En);
    let issued = instant(certificate.issued_at);
    let salt = &certificate.code;
    let hashed = hex(&Sha256::digest(format!("{name}{salt}")));
    let programme = match uuid::Uuid::parse_str(&certificate.programme_id) {
        Ok(id) => id.urn().to_string(),
        Err(_) => places.programme.clone(),
    };
    let mut document = json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
        ],
        "id": places.certificate,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": { "id": issuer(&key), "type": ["Profile"], "name": t.learning_issuer() },
        "validFrom": issued,
        "name": certificate.title.en,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [{
                "type": "IdentityObject",
                "hashed": true,
                "identityHash": format!("sha256${hashed}"),
                "identityType": "name",
                "salt": salt,
            }],
            "achievement": {
                "id": programme,
                "type": ["Achievement"],
                "name": certificate.title.en,
                "description": certificate.goal.en,
                "criteria": { "narrative": t.learning_criteria() },
            },
        },
    });
    if let (Some((list, place)), Some(document)) = (&places.status, document.as_object_mut()) {
        let status = json!({
            "id": format!("{list}#{place}"),
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": place.to_string(),
            "statusListCredential": list,
        });
        document.insert("credentialStatus".to_owned(), status);
    }
    sealed(document, &key, &issued)
}

/// A list of states (W3C Bitstring Status List 1.0): one bit for each place, set where the certificate was withdrawn.
///
/// # Errors
/// When the key can't be read.
pub(super) fn status_list(
    app: &App,
    address: &str,
    withdrawn: &[u64],
    now: Timestamp,
) -> Result<Value, Error> {
    let key = key(app)?;
    let now = instant(now);
    let document = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": { "id": issuer(&key), "name": T::new(Lang::En).learning_issuer() },
        "validFrom": now,
        "credentialSubject": {
            "id": format!("{address}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(withdrawn)?,
        },
    });
    sealed(document, &key, &now)
}

/// The bits, the first place leftmost, packed with gzip, as multibase writes base64url.
fn encoded(withdrawn: &[u64]) -> Result<String, Error> {
    let mut bits = vec![0_u8; usize::try_from(LIST / 8).map_err(Error::internal)?];
    for place in withdrawn {
        let at = usize::try_from(place / 8).map_err(Error::internal)?;
        if let Some(byte) = bits.get_mut(at) {
            *byte |= 0x80_u8 >> (place % 8);
        }
    }
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&bits)?;
    let text = BASE64_URL_SAFE_NO_PAD.encode(packer.finish()?);
    Ok(format!("u{text}"))
}
