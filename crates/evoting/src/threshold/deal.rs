//! Dealing, receiving and combining.

use super::message::{Certificate, Seed, Signed, SignedText, inner, open, send};
use super::parameters::{Commitments, Parameters, commitments_message};
use crate::fault::{Class, Fault};
use crate::group::{Group, MAX_DIGITS};
use crate::json;
use crate::secret::Secret;
use crate::trustee::{MAX_TRUSTEES, PublicKey, PublicKeyText, too_many};
use rand::CryptoRng;
use serde::Deserialize;
use std::collections::HashSet;
use zeroize::Zeroizing;

/// The certificates of all members, in the members' order.
#[derive(Clone, Debug)]
pub struct Certificates<G: Group>(Vec<Certificate<G>>);

/// What one member publishes in step 3.
#[derive(Clone, Debug, Deserialize)]
pub struct Dealing {
    polynomial: String,
    secrets: Vec<String>,
    coefexps: SignedText,
}

/// What one member gets in step 4: `vinput` of belenios-tool.
#[derive(Deserialize)]
#[serde(remote = "Self")]
struct Input {
    polynomial: String,
    secrets: Vec<String>,
    coefexps: Vec<SignedText>,
}

json::objects!(Input);

/// What one member has after step 5.
#[derive(Debug)]
pub struct Received<G: Group> {
    /// The encrypted decryption key: the text of the `.dkey` file.
    pub decryption_key: String,
    /// The member's public key.
    pub public_key: PublicKey<G>,
}

#[derive(Deserialize)]
#[serde(remote = "Self")]
struct Output {
    private_key: String,
    public_key: PublicKeyText,
}

json::objects!(Output);

#[derive(Deserialize)]
struct SecretText<'a> {
    secret: &'a str,
}

#[derive(Deserialize)]
struct PolynomialText<'a> {
    #[serde(borrow)]
    polynomial: Vec<&'a str>,
}

#[derive(Deserialize)]
struct KeyText<'a> {
    decryption_key: &'a str,
}

/// `{"NAME":"…"}` or `{"NAME":["…",…]}` with secrets in it, written where it is wiped.
fn secret_message<G: Group>(name: &str, secrets: &[Secret<G>], list: bool) -> Zeroizing<String> {
    let room = name.len() + secrets.len() * (MAX_DIGITS + 3) + 10;
    let mut out = Zeroizing::new(String::with_capacity(room));
    for part in ["{\"", name, "\":", if list { "[" } else { "" }] {
        out.push_str(part);
    }
    for (at, secret) in secrets.iter().enumerate() {
        out.push_str(if at > 0 { ",\"" } else { "\"" });
        G::write_scalar(secret.expose(), &mut out);
        out.push('"');
    }
    out.push_str(if list { "]}" } else { "}" });
    out
}

fn sizes(detail: &str) -> Fault {
    Fault::new(Class::ThresholdSizes, detail)
}

/// The polynomial's value at a member's number.
fn evaluate<G: Group>(coefficients: &[Secret<G>], member: usize) -> Secret<G> {
    let place = G::scalar(u64::try_from(member).unwrap_or(0));
    coefficients
        .iter()
        .rev()
        .fold(Secret::new(G::scalar(0)), |value, a| {
            let product = Secret::<G>::new(G::scalar_mul(value.expose(), &place));
            Secret::new(G::scalar_add(product.expose(), a.expose()))
        })
}

/// A scalar that may be written unreduced, as belenios-tool stores sums.
fn unreduced<G: Group>(text: &str) -> Result<Secret<G>, Fault> {
    let fault = || Fault::new(Class::ScalarRange, "a secret between trustees is no number");
    if text.is_empty() || text.len() > 1300 {
        return Err(fault());
    }
    let ten = G::scalar(10);
    let mut value = Secret::<G>::new(G::scalar(0));
    for digit in text.bytes() {
        if !digit.is_ascii_digit() {
            return Err(fault());
        }
        let shifted = Secret::<G>::new(G::scalar_mul(value.expose(), &ten));
        value = Secret::new(G::scalar_add(
            shifted.expose(),
            &G::scalar(u64::from(digit - b'0')),
        ));
    }
    Ok(value)
}

impl<G: Group> Certificates<G> {
    /// Step 2: all certificates, one per line or in a list.
    ///
    /// # Errors
    /// One that doesn't hold, one that is there twice, or too many.
    pub fn new(certificates: Vec<Certificate<G>>) -> Result<Self, Fault> {
        let mut ids = HashSet::new();
        if certificates.is_empty() {
            return Err(sizes("a threshold group has no members"));
        }
        if certificates.len() > MAX_TRUSTEES {
            return Err(too_many());
        }
        for (at, certificate) in certificates.iter().enumerate() {
            if !ids.insert(certificate.id()) {
                return Err(sizes("a certificate is there twice").at_trustee(at + 1));
            }
        }
        Ok(Self(certificates))
    }

    /// The number of the member with this seed, from 1.
    ///
    /// # Errors
    /// The seed of somebody else.
    pub fn member(&self, seed: &Seed) -> Result<usize, Fault> {
        let key = G::pow_secret(&G::generator(), seed.signing::<G>().expose());
        self.0
            .iter()
            .position(|certificate| certificate.verification == key)
            .map(|at| at + 1)
            .ok_or_else(|| {
                Fault::new(
                    Class::TrusteeKey,
                    "the seed belongs to none of the certificates",
                )
            })
    }

    /// Step 3: a new polynomial with `threshold` coefficients, a share of it for each member.
    ///
    /// # Errors
    /// A threshold that is not possible, or the seed of somebody else.
    pub fn deal(
        &self,
        seed: &Seed,
        threshold: usize,
        random: &mut impl CryptoRng,
    ) -> Result<String, Fault> {
        if threshold == 0 || threshold > self.0.len() {
            return Err(Fault::new(
                Class::ThresholdValue,
                "the threshold is not possible",
            ));
        }
        let us = self.member(seed)?;
        let key = seed.signing::<G>();
        let coefficients: Vec<Secret<G>> = (0..threshold)
            .map(|_| Secret::new(G::random_scalar(random)))
            .collect();
        let own = secret_message("polynomial", &coefficients, true);
        let to_self = self
            .0
            .get(us - 1)
            .map(|c| c.encryption.clone())
            .unwrap_or_else(G::generator);
        let polynomial = send(&key, &to_self, &own, random)?;
        let mut secrets = Vec::new();
        for (at, certificate) in self.0.iter().enumerate() {
            let share = evaluate(&coefficients, at + 1);
            let message = secret_message("secret", &[share], false);
            secrets.push(json::string(&send(
                &key,
                &certificate.encryption,
                &message,
                random,
            )?));
        }
        let values: Vec<G::Element> = coefficients
            .iter()
            .map(|a| G::pow_secret(&G::generator(), a.expose()))
            .collect();
        let message = Zeroizing::new(commitments_message::<G>(&values));
        let commitments = Signed::sign(&key, message, random);
        Ok(format!(
            "{{\"polynomial\":{},\"secrets\":{},\"coefexps\":{}}}",
            json::string(&polynomial),
            json::array(secrets),
            *commitments.text()
        ))
    }

    fn commitments(&self, texts: Vec<SignedText>) -> Result<Vec<Commitments<G>>, Fault> {
        if texts.len() != self.0.len() {
            return Err(sizes("another number of commitments than members"));
        }
        let mut all: Vec<Commitments<G>> = Vec::new();
        for (at, (text, certificate)) in texts.into_iter().zip(&self.0).enumerate() {
            let next = Commitments::read(text, certificate).map_err(|f| f.at_trustee(at + 1))?;
            if all
                .first()
                .is_some_and(|first| first.values.len() != next.values.len())
            {
                return Err(sizes("polynomials differ in length").at_trustee(at + 1));
            }
            all.push(next);
        }
        Ok(all)
    }

    /// Step 5: checks what the member got; its decryption key, encrypted to itself, and its public key.
    ///
    /// # Errors
    /// The number of the member whose share or signature doesn't hold.
    pub fn receive(
        &self,
        seed: &Seed,
        input: &str,
        random: &mut impl CryptoRng,
    ) -> Result<Received<G>, Fault> {
        let us = self.member(seed)?;
        let input: Input = inner(input, "the input of a member")?;
        let key = seed.decryption::<G>();
        let commitments = self.commitments(input.coefexps)?;
        if input.secrets.len() != self.0.len() {
            return Err(sizes("another number of shares than members"));
        }
        let own_certificate = self.0.get(us - 1).ok_or_else(|| sizes("no such member"))?;
        self.check_own(
            &key,
            own_certificate,
            &input.polynomial,
            commitments.get(us - 1),
        )?;
        let mut sum = Secret::<G>::new(G::scalar(0));
        for (at, ((text, certificate), commitments)) in input
            .secrets
            .iter()
            .zip(&self.0)
            .zip(&commitments)
            .enumerate()
        {
            let message =
                open(&key, &certificate.verification, text).map_err(|f| f.at_trustee(at + 1))?;
            let text: SecretText<'_> = inner(&message, "a share")?;
            let share = unreduced::<G>(text.secret).map_err(|f| f.at_trustee(at + 1))?;
            if G::pow_secret(&G::generator(), share.expose()) != commitments.at(us) {
                return Err(Fault::new(
                    Class::VerificationKey,
                    "a share doesn't follow from its dealer's commitments",
                )
                .at_trustee(at + 1));
            }
            sum = Secret::new(G::scalar_add(sum.expose(), share.expose()));
        }
        let message = secret_message("decryption_key", std::slice::from_ref(&sum), false);
        Ok(Received {
            decryption_key: send(
                &seed.signing::<G>(),
                &own_certificate.encryption,
                &message,
                random,
            )?,
            public_key: PublicKey::of(&sum, random),
        })
    }

    /// The polynomial that came back must be the one that the member committed to.
    fn check_own(
        &self,
        key: &Secret<G>,
        certificate: &Certificate<G>,
        polynomial: &str,
        commitments: Option<&Commitments<G>>,
    ) -> Result<(), Fault> {
        let message = open(key, &certificate.verification, polynomial)?;
        let text: PolynomialText<'_> = inner(&message, "a polynomial")?;
        let mut values = Vec::new();
        for text in &text.polynomial {
            let coefficient = unreduced::<G>(text)?;
            values.push(G::pow_secret(&G::generator(), coefficient.expose()));
        }
        if commitments.is_some_and(|c| c.values == values) {
            Ok(())
        } else {
            Err(Fault::new(
                Class::VerificationKey,
                "the member's own polynomial is another one than it committed to",
            ))
        }
    }

    /// Step 6: the published parameters.
    ///
    /// # Errors
    /// Whatever the checks of the parameters find.
    pub fn combine(
        &self,
        dealings: Vec<Dealing>,
        keys: Vec<PublicKey<G>>,
    ) -> Result<Parameters<G>, Fault> {
        let commitments = self.commitments(dealings.into_iter().map(|d| d.coefexps).collect())?;
        let threshold = commitments.first().map_or(0, |c| c.values.len());
        let parameters = Parameters {
            threshold,
            certificates: self.0.clone(),
            commitments,
            verification_keys: keys,
        };
        // Everything once more, as anybody will read it.
        Parameters::parse(&parameters.text())
    }
}

impl Dealing {
    /// Reads what a member published in step 3.
    ///
    /// # Errors
    /// Another kind of document.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        inner(text, "a member's dealing")
    }
}

/// Step 4: sorts what the members published by who receives it; one document per member.
///
/// # Errors
/// Lists of different lengths.
pub fn sort(dealings: &[&str]) -> Result<Vec<String>, Fault> {
    let members = dealings.len();
    let parsed = dealings
        .iter()
        .map(|text| Dealing::parse(text))
        .collect::<Result<Vec<_>, _>>()?;
    let coefexps: Vec<String> = parsed
        .iter()
        .map(|dealing| dealing.coefexps.text())
        .collect();
    (0..members)
        .map(|to| {
            let own = parsed.get(to).ok_or_else(|| sizes("no such member"))?;
            let secrets = parsed
                .iter()
                .map(|dealing| dealing.secrets.get(to).map(|s| json::string(s)))
                .collect::<Option<Vec<_>>>()
                .filter(|_| own.secrets.len() == members)
                .ok_or_else(|| sizes("another number of shares than members"))?;
            Ok(format!(
                "{{\"polynomial\":{},\"secrets\":{},\"coefexps\":{}}}",
                json::string(&own.polynomial),
                json::array(secrets),
                json::array(coefexps.clone())
            ))
        })
        .collect()
}

impl<G: Group> Received<G> {
    /// The document: `voutput` of belenios-tool.
    #[must_use]
    pub fn text(&self) -> String {
        format!(
            "{{\"private_key\":{},\"public_key\":{}}}",
            json::string(&self.decryption_key),
            self.public_key.text()
        )
    }

    /// Reads the document of step 5.
    ///
    /// # Errors
    /// Another kind of document, or a key whose proof doesn't hold.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let output: Output = inner(text, "the output of a member")?;
        let public_key = output.public_key.read::<G>()?;
        public_key.check()?;
        Ok(Self {
            decryption_key: output.private_key,
            public_key,
        })
    }
}

impl Seed {
    /// Opens the member's decryption key (`.dkey`).
    ///
    /// # Errors
    /// A key of somebody else, or one that was changed.
    pub fn open_decryption_key<G: Group>(&self, text: &str) -> Result<Secret<G>, Fault> {
        let own = G::pow_secret(&G::generator(), self.signing::<G>().expose());
        let message = open(&self.decryption::<G>(), &own, text.trim())?;
        let text: KeyText<'_> = inner(&message, "a decryption key")?;
        unreduced(text.decryption_key)
    }
}
