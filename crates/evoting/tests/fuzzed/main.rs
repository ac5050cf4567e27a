//! Every parser on thousands of changed inputs. What is done with an input stands in one module for each target of cargo-fuzz, which
//! includes the same file (`crates/evoting/fuzz`); here the inputs are good ones, changed a little, the same changes each time.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod archive;
mod ballot;
mod documents;
mod lists;
mod numbers;
mod parts;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Good inputs, and what is done with any.
type Target = (&'static str, fn() -> Vec<Vec<u8>>, fn(&[u8]));

const TARGETS: [Target; 6] = [
    ("archive", archive::seeds, archive::read),
    ("ballot", ballot::seeds, ballot::read),
    ("documents", documents::seeds, documents::read),
    ("lists", lists::seeds, lists::read),
    ("numbers", numbers::seeds, numbers::read),
    ("parts", parts::seeds, parts::read),
];

/// What parsers stumble over.
const TOKENS: [&str; 32] = [
    "\"",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\\",
    "\\u0000",
    "\\ud800",
    " ",
    "\n",
    "\0",
    "\u{feff}",
    "é",
    "null",
    "true",
    "{}",
    "[]",
    "0",
    "00",
    "-1",
    "+1",
    "0x1f",
    "1_0",
    "1.5",
    "1e400",
    "2147483648",
    "18446744073709551616",
    "\"x\":1,",
    "[[[[[[[[",
    "{\"a\":",
];

/// Inputs for each target; more where `PROPTEST_CASES` asks for it (`make soak`).
fn cases() -> u64 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(0).max(3_000)
}

/// Numbers that look random (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// A part of so many bytes, often short.
    fn part(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let most = if self.below(4) == 0 { length } else { 12 };
        let many = self.below(most.min(length - start) + 1);
        start..start + many
    }
}

/// A good input with one to four changes.
fn changed(seeds: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = numbers.of(seeds).clone();
    for _ in 0..=numbers.below(4) {
        let part = numbers.part(bytes.len());
        match numbers.below(8) {
            0 => bytes.truncate(part.start),
            1 => drop(bytes.drain(part)),
            2 => {
                let again = bytes[part.clone()].to_vec();
                bytes.splice(part.start..part.start, again);
            }
            3 => {
                let token = numbers.of(&TOKENS).repeat(1 + 300 * (numbers.below(8) / 7));
                bytes.splice(part, token.into_bytes());
            }
            4 => {
                let token = numbers.of(&TOKENS).as_bytes();
                bytes.splice(part.start..part.start, token.iter().copied());
            }
            5 => {
                let other = numbers.of(seeds);
                let from = numbers.part(other.len());
                bytes.splice(part, other[from].iter().copied());
            }
            _ => {
                let bit = numbers.below(8);
                if let Some(byte) = bytes.get_mut(part.start) {
                    *byte ^= 1 << bit;
                }
            }
        }
    }
    bytes
}

/// Keeps the input of a failure where it can be looked at.
struct Kept<'a> {
    name: &'a str,
    input: &'a [u8],
}

impl Drop for Kept<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let name = format!("tandau-fuzzed-{}-{}", self.name, std::process::id());
            let path = std::env::temp_dir().join(name);
            let _ = std::fs::write(&path, self.input);
            eprintln!("the input of this failure: {}", path.display());
        }
    }
}

fn tried(name: &str) {
    let (name, seeds, read) = TARGETS.into_iter().find(|t| t.0 == name).unwrap();
    let seeds = seeds();
    let mut numbers = Numbers(1);
    for case in 0..cases() {
        let input = match usize::try_from(case).ok().and_then(|at| seeds.get(at)) {
            Some(good) => good.clone(),
            None => changed(&seeds, &mut numbers),
        };
        let kept = Kept {
            name,
            input: &input,
        };
        let start = Instant::now();
        read(kept.input);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(10), "{name}, {case}: {took:?}");
    }
}

#[test]
fn archives() {
    tried("archive");
}

#[test]
fn ballots() {
    tried("ballot");
}

#[test]
fn documents_and_messages() {
    tried("documents");
}

#[test]
fn lists_of_credentials() {
    tried("lists");
}

#[test]
fn numbers_and_credentials() {
    tried("numbers");
}

#[test]
fn documents_inside_an_archive() {
    tried("parts");
}

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

#[test]
fn cargo_fuzz_has_the_same_targets() {
    let ours: BTreeSet<String> = TARGETS.iter().map(|t| t.0.to_owned()).collect();
    let files: BTreeSet<String> = std::fs::read_dir(fuzz().join("fuzz_targets"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(ours, files);
    let manifest = std::fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    for name in &ours {
        let listed = format!("[[bin]]\nname = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"\n");
        assert!(manifest.contains(&listed), "{name} is not listed");
        let target = std::fs::read_to_string(fuzz().join(format!("fuzz_targets/{name}.rs")));
        let target = target.unwrap();
        assert!(
            target.contains(&format!("#[path = \"../../tests/fuzzed/{name}.rs\"]"))
                && target.contains(&format!("{name}::read(bytes)")),
            "{name} reads something else"
        );
    }
    assert_eq!(manifest.matches("[[bin]]").count(), ours.len());
}

#[test]
#[ignore = "writes fuzz/corpus, for cargo-fuzz to begin with"]
fn seeds_are_written() {
    for (name, seeds, _) in TARGETS {
        let folder = fuzz().join("corpus").join(name);
        std::fs::create_dir_all(&folder).unwrap();
        for (at, seed) in seeds().iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{at}")), seed).unwrap();
        }
    }
}
