//! Passwords: what is taken, how they are kept (argon2id), and those made here for somebody's first sign-in.
//! Blanks around a password come from copying and don't count.

use crate::platform::{Error, T};
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The shortest password taken, in characters.
pub const MIN_CHARS: usize = 12;
/// The longest, in bytes.
pub const MAX_BYTES: usize = 1024;
/// Fewer different characters than this are a pattern, not a password.
const MIN_DIFFERENT: usize = 5;
/// Words that many people take for a password, folded, one a line.
const COMMON: &str = include_str!("common_passwords.txt");
/// Passwords being hashed at once: each takes 19 MiB and a tenth of a second of a core.
static HASHING: LazyLock<tokio::sync::Semaphore> = LazyLock::new(|| tokio::sync::Semaphore::new(2));
static DUMMY: LazyLock<String> =
    LazyLock::new(|| hash_now("a password that nobody has").unwrap_or_default());

/// What is wrong with a password of this login, if anything.
#[must_use]
pub fn problem(password: &str, login: &str, t: T) -> Option<String> {
    let password = password.trim();
    let folded = electoral::collation::fold(password);
    let letters = letters(&folded);
    let different: BTreeSet<char> = folded.chars().collect();
    let login = letters_and_digits(&electoral::collation::fold(login));
    let has_login = login.chars().count() >= 4 && letters_and_digits(&folded).contains(&login);
    if password.chars().count() < MIN_CHARS {
        Some(t.account_password_short(i64::try_from(MIN_CHARS).unwrap_or(12)))
    } else if password.len() > MAX_BYTES {
        Some(t.account_password_long())
    } else if different.len() < MIN_DIFFERENT || letters.is_empty() || is_common(&letters) {
        Some(t.account_password_common())
    } else if has_login {
        Some(t.account_password_login())
    } else {
        None
    }
}

/// A common word, alone or said several times; digits and signs around it change nothing.
fn is_common(letters: &str) -> bool {
    COMMON.lines().any(|word| {
        !word.is_empty()
            && letters.len().is_multiple_of(word.len())
            && letters == word.repeat(letters.len() / word.len())
    })
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

fn hash_now(password: &str) -> Result<String, Error> {
    Ok(argon2()
        .hash_password(password.trim().as_bytes())
        .map_err(Error::internal)?
        .to_string())
}

/// The text that is kept of a password.
///
/// # Errors
/// When hashing fails, which is our fault.
pub async fn hash(password: String) -> Result<String, Error> {
    let _permit = HASHING.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || hash_now(&password))
        .await
        .map_err(Error::internal)?
}

/// Whether this is the password. Without a hash the same work is done, and it is not.
///
/// # Errors
/// When hashing fails, which is our fault.
pub async fn verify(hash: Option<String>, password: String) -> Result<bool, Error> {
    let _permit = HASHING.acquire().await.map_err(Error::internal)?;
    let known = hash.is_some();
    tokio::task::spawn_blocking(move || {
        let hash = hash.unwrap_or_else(|| DUMMY.clone());
        let fits = PasswordHash::new(&hash).is_ok_and(|parsed| {
            argon2()
                .verify_password(password.trim().as_bytes(), &parsed)
                .is_ok()
        });
        fits && known
    })
    .await
    .map_err(Error::internal)
}

/// Four groups of five signs that can't be mistaken for one another: 96 bits and more.
#[must_use]
pub fn temporary() -> String {
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789-";
    let bytes: [u8; 20] = rand::random();
    let mut text = String::with_capacity(24);
    for (place, byte) in bytes.iter().enumerate() {
        if place > 0 && place % 5 == 0 {
            text.push('.');
        }
        let sign = SIGNS.get(usize::from(byte & 31)).copied().unwrap_or(b'x');
        text.push(char::from(sign));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::Lang;
    use proptest::prelude::*;

    fn refused(password: &str) -> bool {
        problem(password, "a.serikova", T::new(Lang::En)).is_some()
    }

    #[test]
    fn what_everybody_would_try_is_refused() {
        for password in [
            "short",
            "eleven-char",
            "123456789012345",
            "aaaaaaaaaaaaaaaa",
            "abababababab",
            "Password2023!",
            "PASSWORD-password-1",
            "qwertyuiop123",
            "1q2w3e4r5t6y",
            "Administrator1",
            "йцукенгшщзхъ",
            "Қазақстан2023",
            "Kazakhstan-2023",
            "құпиясөз12345",
            "пароль-пароль",
            "A.Serikova-1985",
            "xx aserikova xx",
        ] {
            assert!(refused(password), "{password}");
        }
        assert!(refused(&"correct horse ".repeat(100)), "too long");
    }

    #[test]
    fn honest_ones_are_taken() {
        for password in [
            "correct horse battery",
            "тоғыз ат, бір арба",
            "a long enough password",
            "k7#vQ2!mZ9pL",
        ] {
            assert!(!refused(password), "{password}");
        }
        for _ in 0..50 {
            let password = temporary();
            assert!(!refused(&password), "{password}");
        }
    }

    #[test]
    fn the_list_is_folded() {
        for word in COMMON.lines() {
            assert_eq!(letters(&electoral::collation::fold(word)), word);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_judged(password in "\\PC{0,60}", login in "\\PC{0,20}") {
            let told = problem(&password, &login, T::new(Lang::En));
            prop_assert!(told.is_some() || password.trim().chars().count() >= MIN_CHARS);
        }
    }

    #[tokio::test]
    async fn without_a_hash_nothing_fits() {
        assert!(
            !verify(None, "a password that nobody has".to_owned())
                .await
                .unwrap()
        );
        let kept = hash("correct horse battery".to_owned()).await.unwrap();
        assert!(kept.starts_with("$argon2id$"));
        assert!(
            verify(Some(kept.clone()), " correct horse battery\n".to_owned())
                .await
                .unwrap()
        );
        assert!(
            !verify(Some(kept), "correct horse batterx".to_owned())
                .await
                .unwrap()
        );
    }
}
