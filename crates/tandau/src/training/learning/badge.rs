//! Certificates for programs: Open Badges 3.0, a verifiable credential signed with the installation's own key
//! (Data Integrity, cryptosuite eddsa-jcs-2022; docs/adr/0041). The name is in it only as a salted hash: whoever was shown
//! the certificate can compare, nobody else learns it.

use super::model::Certificate;
use crate::platform::files::{hex, secret_file};
use crate::platform::{App, Error, Lang, T};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

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

/// The credential of a certificate.
///
/// # Errors
/// When the key can't be read.
pub(super) fn credential(
    app: &App,
    certificate: &Certificate,
    name: &str,
    address: &str,
) -> Result<Value, Error> {
    let key = key(app)?;
    let issuer = issuer(&key);
    let t = T::new(Lang::En);
    let issued = certificate
        .issued_at
        .strftime("%Y-%m-%dT%H:%M:%SZ")
        .to_string();
    let salt = &certificate.code;
    let hashed = hex(&Sha256::digest(format!("{name}{salt}")));
    let context = json!([
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
    ]);
    let mut document = json!({
        "@context": context,
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": { "id": issuer, "type": ["Profile"], "name": t.learning_issuer() },
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
                "id": format!("urn:uuid:{}", certificate.programme_id),
                "type": ["Achievement"],
                "name": certificate.title.en,
                "description": certificate.goal.en,
                "criteria": { "narrative": t.learning_criteria() },
            },
        },
    });
    let mut proof = json!({
        "@context": context,
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": issued,
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
