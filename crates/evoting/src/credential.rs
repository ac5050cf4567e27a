//! Credentials: what lets a voter vote once, without a name (§4.8).
//!
//! A credential is 15 digits of an alphabet of 58, the last of which checks the others, shown as `XXX-XXX-XXX-XXX-XXX`. From it and the
//! election's identifier follows a secret exponent s (PBKDF2-HMAC-SHA256, 1000 rounds), and g^s is the *public credential*. Ballots carry
//! the public one and are signed with s; the list of all public ones, sorted by number, says nothing about names. A vote may have a
//! weight: a whole number from 0 to [`MAX_WEIGHT`], 1 where none is given.
//!
//! ```
//! use evoting::credential::{Credential, PublicCredential};
//! use evoting::group::Ed25519;
//!
//! let credential = Credential::generate(&mut rand::rng());
//! // The dashes may be left out when it is typed, and a mistyped digit is noticed.
//! let typed = credential.expose().replace('-', "");
//! assert_eq!(Credential::parse(&typed), Ok(credential.clone()));
//! assert!(Credential::parse(&typed[1..]).is_err());
//! // It prints as nothing.
//! assert_eq!(format!("{credential:?}"), "Credential(…)");
//!
//! let key = credential.public::<Ed25519>("11111111111111");
//! let entry = format!("{},3", evoting::group::element_text::<Ed25519>(&key));
//! assert_eq!(PublicCredential::<Ed25519>::parse(&entry)?.weight, Some(3));
//! # Ok::<(), evoting::Fault>(())
//! ```

use crate::fault::{Class, Fault};
use crate::group::{Group, element_text, parse_member};
use crate::json;
use crate::list::Texts;
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
    // Room for a checksum: a text that grows leaves a copy behind.
    let mut text = Zeroizing::new(String::with_capacity(count + 1));
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
    text.len() >= 14 && text.bytes().all(|b| BASE_58.contains(&b))
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
    /// A new one: 14 random digits (82 bits) and the checksum.
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
        let mut plain = Zeroizing::new(String::with_capacity(19));
        match text.len() {
            15 => plain.push_str(text),
            19 => {
                let dash = |at| text.as_bytes().get(at) == Some(&b'-');
                if ![3, 7, 11, 15].into_iter().all(dash) {
                    return Err(NotACredential);
                }
                plain.extend(text.chars().filter(|c| *c != '-'));
            }
            _ => return Err(NotACredential),
        }
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

    /// The secret exponent (§4.8): PBKDF2-HMAC-SHA256 of the dashed form, salted with the election's identifier; 32 bytes, big-endian, reduced
    /// modulo the order.
    #[must_use]
    pub fn secret<G: Group>(&self, uuid: &str) -> Secret<G> {
        derive(self.0.as_bytes(), uuid)
    }

    /// The public credential (§4.8): g^secret.
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
    /// Reads `key` or `key,weight` (§4.8). A third field of the registrar's own file (`key,weight,login`) is left out.
    ///
    /// # Errors
    /// A malformed entry, or a key outside the group.
    pub fn parse(entry: &str) -> Result<Self, Fault> {
        let mut fields = entry.splitn(3, ',');
        let key = fields.next().unwrap_or_default();
        let key = parse_member::<G>(key)
            .map_err(|fault| Fault::number(fault, Class::CredentialGroup, "credential"))?;
        let weight = match (fields.next(), fields.next()) {
            (None, _) | (Some(""), Some(_)) => None,
            (Some(text), _) => Some(weight(text)?),
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

/// Reads a weight as belenios-tool does: signs, a base (`0x`, `0o`, `0b`), leading zeros and `_` after a digit are allowed, and nothing at
/// all is zero (the specification is silent). Less than zero is refused there when a ballot is checked, and here at once.
pub(crate) fn weight(text: &str) -> Result<u64, Fault> {
    let fault = || Fault::new(Class::CredentialFormat, "a weight is not a whole number");
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let negative = unsigned != text;
    let digits = unsigned.strip_prefix('+').unwrap_or(unsigned);
    let (base, digits) = match digits.get(..2) {
        Some("0x" | "0X") => (16, digits.get(2..)),
        Some("0o" | "0O") => (8, digits.get(2..)),
        Some("0b" | "0B") => (2, digits.get(2..)),
        _ => (10, Some(digits)),
    };
    let digits = digits
        .filter(|digits| !digits.starts_with('_'))
        .ok_or_else(fault)?;
    let mut value = 0_u64;
    for digit in digits.chars().filter(|c| *c != '_') {
        let digit = digit.to_digit(base).ok_or_else(fault)?;
        value = value
            .saturating_mul(u64::from(base))
            .saturating_add(u64::from(digit));
    }
    if negative && value > 0 {
        return Err(fault());
    }
    if value > MAX_WEIGHT {
        return Err(Fault::too_large(format!(
            "a weight larger than {MAX_WEIGHT}"
        )));
    }
    Ok(value)
}

/// The largest weight, and the largest sum of weights: what belenios-tool can hold in a whole number.
pub const MAX_WEIGHT: u64 = (1 << 62) - 1;

/// Makes the public list of the registrar's own (`key,weight,login`), piece by piece: `key` or `key,weight`.
#[derive(Debug)]
pub struct PublicList {
    texts: Texts,
    first: bool,
}

impl Default for PublicList {
    fn default() -> Self {
        Self {
            texts: Texts::new(),
            first: true,
        }
    }
}

impl PublicList {
    /// Takes the next bytes of the registrar's list and returns the next bytes of the public one.
    ///
    /// # Errors
    /// Something else than a list of texts. Whether they are credentials is not asked.
    pub fn piece(&mut self, bytes: &[u8]) -> Result<String, Fault> {
        let mut out = String::new();
        let first = &mut self.first;
        self.texts.piece(bytes, &mut |entry| {
            let mut fields = entry.split(',');
            let key = fields.next().unwrap_or_default();
            let (weight, login) = (fields.next(), fields.next());
            if fields.next().is_some() {
                return Err(Fault::new(
                    Class::CredentialFormat,
                    "an entry of the list of credentials has more than three fields",
                ));
            }
            out.push(if *first { '[' } else { ',' });
            *first = false;
            match weight.filter(|weight| !weight.is_empty() || login.is_none()) {
                Some(weight) => json::write_string(&format!("{key},{weight}"), &mut out),
                None => json::write_string(key, &mut out),
            }
            Ok(())
        })?;
        Ok(out)
    }

    /// The last bytes.
    ///
    /// # Errors
    /// The list ended early.
    pub fn end(self) -> Result<&'static str, Fault> {
        self.texts.end()?;
        Ok(if self.first { "[]" } else { "]" })
    }
}

/// The document of public credentials: a JSON list of `key`, or of `key,weight` as soon as one has a weight (1 for the others), sorted by
/// the key's number so that it doesn't show the order of voters (§4.8).
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
