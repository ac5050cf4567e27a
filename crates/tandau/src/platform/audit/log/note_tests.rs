use proptest::prelude::*;

use super::keys::{KeyKind, MAX_NAME_BYTES};
use super::note::{MAX_NOTE_BYTES, MAX_SIGNATURES};
use super::*;

/// The example that Go's note package documents: key, text and signature by others.
const FOREIGN_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const FOREIGN_NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n\
    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
/// The public key of Go's module checksum log.
const SUM_KEY: &str = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

fn signer(name: &str, seed: u8) -> LogSigner {
    LogSigner::from_seed(name, &[seed; 32]).unwrap()
}

fn signed(text: &str, signers: &[&LogSigner]) -> Note {
    let lines = signers.iter().map(|signer| signer.sign(text)).collect();
    Note::new(text.to_owned(), lines).unwrap()
}

#[test]
fn a_note_by_others_verifies() {
    let key: VerifierKey = FOREIGN_KEY.parse().unwrap();
    assert_eq!((key.name(), key.id()), ("PeterNeumann", 0xc74f_20a3));
    assert_eq!(key.to_string(), FOREIGN_KEY);
    assert_eq!(SUM_KEY.parse::<VerifierKey>().unwrap().to_string(), SUM_KEY);
    let note = Note::parse(FOREIGN_NOTE.as_bytes()).unwrap();
    assert_eq!(note.to_string(), FOREIGN_NOTE);
    let keys = [key];
    let verified = note.verify(&keys).unwrap();
    assert_eq!(verified.len(), 1);
    assert_eq!(verified[0].key, &keys[0]);
    assert_eq!(verified[0].time_s, None);
    let bent = FOREIGN_NOTE.replace("answer", "Answer");
    let note = Note::parse(bent.as_bytes()).unwrap();
    assert_eq!(
        note.verify(&keys),
        Err(NoteError::WrongSignature("PeterNeumann".to_owned()))
    );
}

#[test]
fn several_keys_sign_one_text() {
    let (a, b, c) = (
        signer("a.example", 1),
        signer("b.example", 2),
        signer("c.example", 3),
    );
    let text = "first\n\nthe text may hold empty lines\n";
    let note = signed(text, &[&a, &b]);
    let note = Note::parse(note.to_string().as_bytes()).unwrap();
    assert_eq!(note.text(), text);
    let keys = [
        b.verifier().clone(),
        a.verifier().clone(),
        c.verifier().clone(),
    ];
    let names: Vec<&str> = note
        .verify(&keys)
        .unwrap()
        .iter()
        .map(|signature| signature.key.name())
        .collect();
    assert_eq!(names, ["a.example", "b.example"]);
    assert_eq!(
        note.verify(&keys[..1]).unwrap().len(),
        1,
        "unknown ones are passed over"
    );
    assert_eq!(note.verify(&keys[2..]), Err(NoteError::Unsigned));
    assert_eq!(note.verify(&[]), Err(NoteError::Unsigned));
    // The same signature twice is one signer.
    let twice = signed(text, &[&a, &a]);
    assert_eq!(twice.verify(&keys).unwrap().len(), 1);
}

#[test]
fn one_wrong_line_by_a_known_key_spoils_the_note() {
    let (a, b) = (signer("a.example", 1), signer("b.example", 2));
    let other = b.sign("another text\n");
    let note = Note::new("text\n".to_owned(), vec![a.sign("text\n"), other]).unwrap();
    let keys = [a.verifier().clone(), b.verifier().clone()];
    assert_eq!(note.verify(&keys[..1]).unwrap().len(), 1);
    assert_eq!(
        note.verify(&keys),
        Err(NoteError::WrongSignature("b.example".to_owned()))
    );
}

#[test]
fn a_key_of_the_same_name_is_another_key() {
    let note = signed("text\n", &[&signer("a.example", 1)]);
    let namesake = signer("a.example", 2);
    assert_eq!(
        note.verify(&[namesake.verifier().clone()]),
        Err(NoteError::Unsigned)
    );
}

#[test]
fn malformed_notes_are_refused() {
    let good = signed("text\n", &[&signer("a", 1)]).to_string();
    let line = good.lines().last().unwrap();
    let cases = [
        (String::new(), NoteError::Structure),
        ("text\n".to_owned(), NoteError::Structure),
        ("text\n\n".to_owned(), NoteError::Structure),
        (good.trim_end().to_owned(), NoteError::Structure),
        (format!("text\n{line}\n"), NoteError::Structure),
        (format!("text\r\n\n{line}\n"), NoteError::Characters),
        (format!("te\0xt\n\n{line}\n"), NoteError::Characters),
        (
            format!("text\n\n{line}\nrubbish\n"),
            NoteError::SignatureLine(2),
        ),
        (
            format!("text\n\n- {}\n", &line[4..]),
            NoteError::SignatureLine(1),
        ),
        (
            "text\n\n— a AAAAAA==\n".to_owned(),
            NoteError::SignatureLine(1),
        ),
        (
            "text\n\n— a  AAAAAAA=\n".to_owned(),
            NoteError::SignatureLine(1),
        ),
        (
            "text\n\n— a+b AAAAAAA=\n".to_owned(),
            NoteError::SignatureLine(1),
        ),
        (
            "text\n\n— AAAAAAA=\n".to_owned(),
            NoteError::SignatureLine(1),
        ),
        (
            "text\n\n— a AAAAAAB=\n".to_owned(),
            NoteError::SignatureLine(1),
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(Note::parse(text.as_bytes()), Err(expected), "{text:?}");
    }
    assert_eq!(Note::parse(&[0xff, b'\n']), Err(NoteError::Characters));
    assert_eq!(
        Note::new("text".to_owned(), vec![]),
        Err(NoteError::Structure)
    );
}

#[test]
fn limits_hold_exactly() {
    let a = signer("a", 1);
    let line = a.sign("text\n");
    let mut note = Note::new("text\n".to_owned(), vec![line.clone()]).unwrap();
    for _ in 1..MAX_SIGNATURES {
        note.add(line.clone()).unwrap();
    }
    assert_eq!(note.add(line.clone()), Err(NoteError::TooLarge));
    assert!(Note::parse(note.to_string().as_bytes()).is_ok());
    let over = format!("{note}{line}\n");
    assert_eq!(Note::parse(over.as_bytes()), Err(NoteError::TooLarge));
    let huge = vec![b'a'; MAX_NOTE_BYTES + 1];
    assert_eq!(Note::parse(&huge), Err(NoteError::TooLarge));
    let text = format!("{}\n", "a".repeat(MAX_NOTE_BYTES));
    assert_eq!(Note::new(text, vec![line]), Err(NoteError::TooLarge));
}

#[test]
fn key_text_has_one_form() {
    let key = signer("log.example/2023", 5).verifier().clone();
    let text = key.to_string();
    assert_eq!(text.parse(), Ok(key.clone()));
    let (name, rest) = text.split_once('+').unwrap();
    let (id, public) = rest.split_once('+').unwrap();
    for (bad, why) in [
        (format!("{name}+{id}"), KeyError::Format),
        (format!("+{id}+{public}"), KeyError::Name),
        (format!("a b+{id}+{public}"), KeyError::Name),
        (format!("other+{id}+{public}"), KeyError::Id),
        (format!("{name}+00000000+{public}"), KeyError::Id),
        (format!("{name}+{id}+{}", &public[..43]), KeyError::Format),
        (format!("{name}+{id}+{public}="), KeyError::Format),
        (
            format!("{name}+{id}+Ag{}", &public[2..]),
            KeyError::Kind(0x02),
        ),
    ] {
        assert_eq!(bad.parse::<VerifierKey>(), Err(why), "{bad}");
    }
    // The neutral point would verify signatures that nobody made.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    assert_eq!(
        VerifierKey::new("a", KeyKind::Note, &neutral),
        Err(KeyError::Key)
    );
    let long = "a".repeat(MAX_NAME_BYTES + 1);
    assert!(LogSigner::from_seed(&long, &[1; 32]).is_err());
    assert!(LogSigner::from_seed("a\u{a0}b", &[1; 32]).is_err());
    let shown = format!("{:?}", signer("a", 7));
    assert!(!shown.contains("7, 7"), "a seed is not printed");
}

proptest! {
    #[test]
    fn parsing_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Note::parse(&bytes);
    }

    #[test]
    fn note_like_text_parses_to_itself(
        text in "[a-z\n]{0,40}",
        rest in "(— [a-z+ ]{0,6}[A-Za-z0-9+/=]{0,12}\n){0,4}",
    ) {
        let whole = format!("{text}\n\n{rest}");
        if let Ok(note) = Note::parse(whole.as_bytes()) {
            prop_assert_eq!(note.to_string(), whole);
        }
    }

    #[test]
    fn any_text_survives(text in "[^\\x00-\\x09\\x0b-\\x1f]{0,80}", seed in any::<[u8; 32]>()) {
        let signer = LogSigner::from_seed("log.example", &seed).unwrap();
        let text = format!("{text}\n");
        let line = signer.sign(&text);
        let note = Note::new(text, vec![line]).unwrap();
        let read = Note::parse(note.to_string().as_bytes()).unwrap();
        prop_assert_eq!(&read, &note);
        prop_assert!(read.verify(&[signer.verifier().clone()]).is_ok());
    }

    #[test]
    fn one_changed_byte_never_verifies_as_something_else(at in any::<usize>(), bit in 0_u8..8) {
        let signer = signer("log.example", 9);
        let note = signed("log.example\n5\nroot\n", &[&signer]);
        let mut bytes = note.to_string().into_bytes();
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        let keys = [signer.verifier().clone()];
        if let Ok(read) = Note::parse(&bytes) {
            prop_assert!(read.verify(&keys).is_err());
        }
    }

    #[test]
    fn keys_never_panic(text in "[a-z.]{0,5}[+]?[0-9a-f]{0,9}[+]?[A-Za-z0-9+/=]{0,50}") {
        if let Ok(key) = text.parse::<VerifierKey>() {
            prop_assert_eq!(key.to_string(), text);
        }
    }
}
