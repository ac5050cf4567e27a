//! Credentials: what lets a voter vote once, without a name (§4.8).

use crate::fault::{Class, Fault};
use crate::group::{Group, element_text, parse_member};
use crate::json;
use crate::secret::Secret;
use rand::CryptoRng;
use sha2::Sha256;
use std::fmt;
use zeroize::{Zeroize as _, Zeroizing};

/// Digits: no 0, O, I and l, which people mistake.
pub(crate) const BASE_58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// Random digits of a credential; one more is the checksum.
const DIGITS: usize = 14;
/// Modulus of the checksum.
const CHECK: usize = 53;
/// Rounds of PBKDF2.
const ROUNDS: u32 = 1000;

/// A voter's secret, in the dashed form that voters are given.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential(String);

/// The text is no credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a credential: 15 letters and digits in groups of three, the last of which checks the others"
)]
pub struct NotACredential;

/// `count` random digits of the Base58 alphabet: identifiers and seeds.
pub(crate) fn random_digits(count: usize, random: &mut impl CryptoRng) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(count));
    let mut byte = [0; 1];
    while text.len() < count {
        random.fill_bytes(&mut byte);
        // 4 · 58 = 232: larger bytes would favour some digits.
        let value = usize::from(byte[0]);
        if let Some(digit) = BASE_58.get(value % 58).filter(|_| value < 232) {
            text.push(char::from(*digit));
        }
    }
    byte.zeroize();
    text
}

/// A new identifier of an election: 14 digits.
#[must_use]
pub fn new_uuid(random: &mut impl CryptoRng) -> String {
    random_digits(DIGITS, random).to_string()
}

/// Is this an identifier of an election: at least 14 Base58 digits (§4.1)?
#[must_use]
pub fn is_uuid(text: &str) -> bool {
    (14..=64).contains(&text.len()) && text.bytes().all(|b| BASE_58.contains(&b))
}

fn value(digit: u8) -> Option<usize> {
    BASE_58.iter().position(|d| *d == digit)
}

/// The digits as a number modulo the checksum's modulus.
fn remainder(digits: &[u8]) -> Option<usize> {
    digits
        .iter()
        .try_fold(0, |sum, digit| Some((sum * 58 + value(*digit)?) % CHECK))
}

impl Credential {
    /// A new one.
    pub fn generate(random: &mut impl CryptoRng) -> Self {
        let mut digits = random_digits(DIGITS, random);
        let check = CHECK - remainder(digits.as_bytes()).unwrap_or(0);
        digits.push(BASE_58.get(check).copied().map_or('1', char::from));
        Self(dashed(&digits))
    }

    /// Reads the form with or without dashes.
    ///
    /// # Errors
    /// Any other length or alphabet, and a wrong checksum.
    pub fn parse(text: &str) -> Result<Self, NotACredential> {
        let plain: Zeroizing<String> = Zeroizing::new(match text.len() {
            15 => text.to_owned(),
            19 => {
                let dash = |at| text.as_bytes().get(at) == Some(&b'-');
                if ![3, 7, 11, 15].into_iter().all(dash) {
                    return Err(NotACredential);
                }
                text.replace('-', "")
            }
            _ => return Err(NotACredential),
        });
        let (digits, check) = plain
            .as_bytes()
            .split_at_checked(DIGITS)
            .ok_or(NotACredential)?;
        let [check] = check else {
            return Err(NotACredential);
        };
        let sum = remainder(digits).ok_or(NotACredential)? + value(*check).ok_or(NotACredential)?;
        if sum.is_multiple_of(CHECK) {
            Ok(Self(dashed(&plain)))
        } else {
            Err(NotACredential)
        }
    }

    /// The dashed form, to be handed to its voter and to nobody else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The secret exponent: PBKDF2-HMAC-SHA256 of the dashed form, salted with the election's identifier.
    #[must_use]
    pub fn secret<G: Group>(&self, uuid: &str) -> Secret<G> {
        derive(self.0.as_bytes(), uuid)
    }

    /// The public credential: g^secret.
    #[must_use]
    pub fn public<G: Group>(&self, uuid: &str) -> G::Element {
        G::pow_secret(&G::generator(), self.secret::<G>(uuid).expose())
    }
}

pub(crate) fn derive<G: Group>(password: &[u8], uuid: &str) -> Secret<G> {
    let mut bytes = Zeroizing::new([0; 32]);
    pbkdf2::pbkdf2_hmac::<Sha256>(password, uuid.as_bytes(), ROUNDS, bytes.as_mut_slice());
    Secret::new(G::scalar_from_bytes(bytes.as_slice()))
}

fn dashed(plain: &str) -> String {
    let mut out = String::with_capacity(19);
    for (at, c) in plain.chars().enumerate() {
        if at > 0 && at.is_multiple_of(3) {
            out.push('-');
        }
        out.push(c);
    }
    out
}

impl Drop for Credential {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(…)")
    }
}

/// One line of the list of public credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicCredential<G: Group> {
    /// g^secret.
    pub key: G::Element,
    /// How much a vote with it counts; `None` where the list has no weights.
    pub weight: Option<u64>,
}

impl<G: Group> PublicCredential<G> {
    /// Reads `key` or `key,weight`. A third field of the registrar's own file (`key,weight,login`) is left out.
    ///
    /// # Errors
    /// A malformed entry, or a key outside the group.
    pub fn parse(entry: &str) -> Result<Self, Fault> {
        let mut fields = entry.splitn(3, ',');
        let key = fields.next().unwrap_or_default();
        let key = parse_member::<G>(key)
            .map_err(|fault| Fault::number(fault, Class::CredentialGroup, "credential"))?;
        let weight = match fields.next() {
            None | Some("") => None,
            Some(text) => Some(weight(text)?),
        };
        Ok(Self { key, weight })
    }

    fn text(&self) -> String {
        let key = element_text::<G>(&self.key);
        match self.weight {
            Some(weight) => format!("{key},{weight}"),
            None => key,
        }
    }
}

pub(crate) fn weight(text: &str) -> Result<u64, Fault> {
    json::canonical_u64(text)
        .filter(|weight| *weight <= MAX_WEIGHT)
        .ok_or_else(|| Fault::new(Class::CredentialFormat, "a weight is not a whole number"))
}

/// The largest weight that belenios-tool can hold.
pub const MAX_WEIGHT: u64 = (1 << 62) - 1;

/// The document of public credentials, sorted by the text's number so that it doesn't show the order of voters.
#[must_use]
pub fn public_credentials_document<G: Group>(list: &[PublicCredential<G>]) -> String {
    let weighted = list.iter().any(|credential| credential.weight.is_some());
    let mut lines: Vec<String> = list
        .iter()
        .map(|credential| {
            let mut credential = credential.clone();
            if weighted {
                credential.weight.get_or_insert(1);
            }
            credential.text()
        })
        .collect();
    // Numbers of one form: the longer one is larger.
    lines.sort_by(|a, b| {
        let key = |line: &str| line.split(',').next().unwrap_or_default().to_owned();
        let (a, b) = (key(a), key(b));
        a.len().cmp(&b.len()).then(a.cmp(&b))
    });
    json::array(lines.iter().map(|line| json::string(line)))
}
