use proptest::prelude::*;

use super::reference::grow;
use super::*;

const ORIGIN: &str = "tandau.example/audit";

fn log() -> LogSigner {
    LogSigner::from_seed(ORIGIN, &[1; 32]).unwrap()
}

fn witness(name: &str, seed: u8) -> Cosigner {
    Cosigner::from_seed(name, &[seed; 32]).unwrap()
}

#[test]
fn the_text_is_the_one_in_the_specification() {
    let text =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let checkpoint: Checkpoint = text.parse().unwrap();
    assert_eq!(checkpoint.origin(), "example.com/behind-the-sofa");
    assert_eq!(checkpoint.size(), 20_852_163);
    assert_eq!(checkpoint.to_string(), text);
    // The whole example, with signatures by a log and a witness we don't know.
    let note = format!(
        "{text}\n\
         — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\
         — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
    );
    let note = Note::parse(note.as_bytes()).unwrap();
    assert_eq!(note.text(), text);
    assert_eq!(note.signatures().len(), 2);
    assert_eq!(note.signatures()[1].name(), "witness.example.com/w1");
    assert_eq!(note.signatures()[1].id(), 0x8d66_cf3f);
}

#[test]
fn signed_cosigned_and_opened() {
    let grown = grow(10);
    let checkpoint = Checkpoint::new(ORIGIN, 10, grown.roots[10]).unwrap();
    let mut note = checkpoint.sign(&log()).unwrap();
    let (one, two) = (witness("w1.example", 2), witness("w2.example", 3));
    note.add(checkpoint.cosign(&one, 1_699_178_400).unwrap())
        .unwrap();
    note.add(checkpoint.cosign(&two, 1_699_178_401).unwrap())
        .unwrap();
    note.add(checkpoint.cosign(&one, 1_699_178_500).unwrap())
        .unwrap();
    let bytes = note.to_string().into_bytes();
    let log_key = log().verifier().clone();
    let witnesses = [one.verifier().clone(), two.verifier().clone()];

    let opened = Checkpoint::open(&bytes, ORIGIN, &log_key, &witnesses).unwrap();
    assert_eq!(opened.checkpoint, checkpoint);
    assert_eq!(
        opened.witnesses,
        [
            ("w1.example".to_owned(), 1_699_178_500),
            ("w2.example".to_owned(), 1_699_178_401)
        ]
    );
    let alone = Checkpoint::open(&bytes, ORIGIN, &log_key, &[]).unwrap();
    assert_eq!(alone.witnesses, []);
    assert_eq!(
        Checkpoint::open(&bytes, "other.example", &log_key, &[]),
        Err(CheckpointError::Origin(ORIGIN.to_owned()))
    );
    // Keys of the wrong kind are a mistake in the configuration, not a weaker check.
    assert!(matches!(
        Checkpoint::open(&bytes, ORIGIN, &witnesses[0], &[]),
        Err(CheckpointError::KeyKind(_))
    ));
    assert!(matches!(
        Checkpoint::open(&bytes, ORIGIN, &log_key, std::slice::from_ref(&log_key)),
        Err(CheckpointError::KeyKind(_))
    ));
}

#[test]
fn witnesses_alone_are_not_enough() {
    let checkpoint = Checkpoint::new(ORIGIN, 0, empty_root()).unwrap();
    let one = witness("w1.example", 2);
    let line = checkpoint.cosign(&one, 5).unwrap();
    let note = Note::new(checkpoint.to_string(), vec![line]).unwrap();
    let key = log().verifier().clone();
    assert_eq!(
        Checkpoint::open(
            note.to_string().as_bytes(),
            ORIGIN,
            &key,
            &[one.verifier().clone()]
        ),
        Err(CheckpointError::NotByLog)
    );
}

#[test]
fn a_cosignature_binds_its_time_and_text() {
    let checkpoint = Checkpoint::new(ORIGIN, 3, leaf_hash(b"a")).unwrap();
    let other = Checkpoint::new(ORIGIN, 4, leaf_hash(b"a")).unwrap();
    let one = witness("w1.example", 2);
    let line = checkpoint.cosign(&one, 1000).unwrap();
    let keys = [one.verifier().clone()];
    let on = |checkpoint: &Checkpoint, line: NoteSignature| {
        let note = Note::new(checkpoint.to_string(), vec![line]).unwrap();
        note.verify(&keys).map(|verified| verified[0].time_s)
    };
    let wrong = Err(NoteError::WrongSignature("w1.example".to_owned()));
    assert_eq!(on(&checkpoint, line.clone()), Ok(Some(1000)));
    assert_eq!(on(&other, line.clone()), wrong);
    // Move the stated time by a second: the eleventh byte of the line's base64 block holds it.
    let later = checkpoint.cosign(&one, 1001).unwrap().to_string();
    let line = line.to_string();
    let split = line.find(' ').unwrap() + "w1.example ".len() + 1;
    let mixed = format!("{}{}", &later[..split + 16], &line[split + 16..]);
    assert_ne!(mixed, line);
    assert_eq!(on(&checkpoint, mixed.parse().unwrap()), wrong);
    // The same bytes signed as a plain note are not a cosignature.
    assert_eq!(
        checkpoint.cosign(&one, 1 << 63),
        Err(CheckpointError::Key(KeyError::Time(1 << 63)))
    );
}

#[test]
fn a_signature_of_the_cosigned_text_is_not_a_log_signature() {
    // Same seed under both kinds: the ids differ, so neither can pass for the other.
    let (log, cosigner) = (log(), witness(ORIGIN, 1));
    assert_ne!(log.verifier().id(), cosigner.verifier().id());
}

#[test]
fn continuation_needs_the_proof() {
    let grown = grow(40);
    let at = |size: u64| Checkpoint::new(ORIGIN, size, grown.roots[size as usize]).unwrap();
    let proof = Plan::consistency(13, 40)
        .unwrap()
        .assemble(&grown.nodes)
        .unwrap();
    assert_eq!(at(40).continues(&at(13), &proof), Ok(()));
    assert!(at(40).continues(&at(12), &proof).is_err());
    assert!(at(13).continues(&at(40), &proof).is_err());
    let other = Checkpoint::new("other.example", 13, grown.roots[13]).unwrap();
    assert!(matches!(
        at(40).continues(&other, &proof),
        Err(CheckpointError::Origin(_))
    ));
    let forged = Checkpoint::new(ORIGIN, 13, leaf_hash(b"forged")).unwrap();
    assert_eq!(
        at(40).continues(&forged, &proof),
        Err(CheckpointError::NotContinued(ProofError::Root))
    );
}

#[test]
fn malformed_checkpoints_are_refused() {
    let root = empty_root().to_string();
    for (text, expected) in [
        (String::new(), CheckpointError::Structure),
        ("a\n".to_owned(), CheckpointError::Structure),
        (format!("a\n1\n{root}"), CheckpointError::Structure),
        (format!("\n1\n{root}\n"), CheckpointError::Line),
        (format!("a\n\n{root}\n"), CheckpointError::Size),
        (format!("a\n01\n{root}\n"), CheckpointError::Size),
        (format!("a\n+1\n{root}\n"), CheckpointError::Size),
        (format!("a\n-1\n{root}\n"), CheckpointError::Size),
        (
            format!("a\n9223372036854775808\n{root}\n"),
            CheckpointError::Size,
        ),
        (
            format!("a\n99999999999999999999\n{root}\n"),
            CheckpointError::Size,
        ),
        ("a\n1\nAAAA\n".to_owned(), CheckpointError::Root),
        (format!("a\n1\n{root} \n"), CheckpointError::Root),
        (format!("a\n1\n{root}\n\n"), CheckpointError::Line),
        (format!("a\n1\n{root}\nx\n\ny\n"), CheckpointError::Line),
    ] {
        assert_eq!(text.parse::<Checkpoint>(), Err(expected), "{text:?}");
    }
    let fine: Checkpoint = format!("a\n0\n{root}\nextension one\ntwo\n")
        .parse()
        .unwrap();
    assert_eq!(fine.extensions(), ["extension one", "two"]);
    assert!(Checkpoint::new("a\nb", 1, empty_root()).is_err());
    assert!(Checkpoint::new("", 1, empty_root()).is_err());
    assert!(Checkpoint::new("a", MAX_SIZE + 1, empty_root()).is_err());
    let checkpoint = Checkpoint::new("a", 1, empty_root()).unwrap();
    assert!(checkpoint.with_extension("x\n— forged").is_err());
}

#[test]
fn a_foreign_reader_understands_our_checkpoint() {
    let root = leaf_hash(b"x");
    let ours = Checkpoint::new(ORIGIN, 42, root).unwrap();
    let theirs = tlog_tiles::Checkpoint::from_bytes(ours.to_string().as_bytes()).unwrap();
    assert_eq!((theirs.origin(), theirs.size()), (ORIGIN, 42));
    assert_eq!(theirs.hash().0, root.0);
    assert_eq!(theirs.to_bytes(), ours.to_string().into_bytes());
}

proptest! {
    #[test]
    fn parsing_never_panics(text in "[^\\x00]{0,120}") {
        let _ = text.parse::<Checkpoint>();
    }

    #[test]
    fn what_parses_prints_the_same(
        origin in "[a-z. ]{0,9}", size in "[0-9+]{0,21}", hash in any::<[u8; 32]>(), tail in "[a-z\n]{0,9}",
    ) {
        let text = format!("{origin}\n{size}\n{}\n{tail}", Hash(hash));
        if let Ok(checkpoint) = text.parse::<Checkpoint>() {
            prop_assert_eq!(checkpoint.to_string(), text);
        }
    }

    #[test]
    fn any_checkpoint_round_trips(
        origin in "[^\\x00-\\x1f]{1,40}", size in 0..=MAX_SIZE, hash in any::<[u8; 32]>(), time_s in 0..1_u64 << 63,
    ) {
        let checkpoint = Checkpoint::new(&origin, size, Hash(hash)).unwrap();
        let one = witness("w1.example", 2);
        let mut note = checkpoint.sign(&log()).unwrap();
        note.add(checkpoint.cosign(&one, time_s).unwrap()).unwrap();
        let opened = Checkpoint::open(
            note.to_string().as_bytes(), &origin, log().verifier(), &[one.verifier().clone()],
        ).unwrap();
        prop_assert_eq!(opened.checkpoint, checkpoint);
        prop_assert_eq!(opened.witnesses, vec![("w1.example".to_owned(), time_s)]);
    }

    #[test]
    fn opening_foreign_bytes_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Checkpoint::open(&bytes, ORIGIN, log().verifier(), &[]).is_err());
    }
}
