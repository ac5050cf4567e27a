//! Memory of verification beside the size of the box: what is kept of a ballot is some hashes. (A box of 100,000: `large.rs`.)
#![allow(
    unsafe_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::undocumented_unsafe_blocks
)]

mod common;

use common::make::{Plan, cast};
use common::{Folder, random};
use evoting::group::Ed25519;
use evoting::verify::{Settings, verify};
use std::alloc::{GlobalAlloc, Layout, System};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes that are taken, and the most so far.
static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

struct Counting;

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(now, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const TEMPLATE: &str = r#"{"description":"d","name":"n","questions":[{"answers":["A","B","C","D"],"blank":true,"min":1,"max":1,"question":"q"}]}"#;

/// Writes an open box with so many ballots; the bytes of its file.
fn write(path: &Path, ballots: usize) -> usize {
    let made = cast::<Ed25519>(&Plan {
        template: TEMPLATE,
        voters: vec![None; ballots],
        votes: (0..ballots)
            .map(|voter| (voter, vec![vec![0, 1, 0, 0, 0]]))
            .collect(),
        singles: 1,
        pedersen: None,
    });
    std::fs::write(path, &made.bytes).unwrap();
    made.bytes.len()
}

/// The most that verification takes at a time.
fn most(path: &Path) -> usize {
    let mut found = 0;
    // How far the reader is ahead differs.
    for _ in 0..2 {
        let before = NOW.load(Ordering::Relaxed);
        MOST.store(before, Ordering::Relaxed);
        verify(path, Settings { threads: 1 }, &mut random()).unwrap();
        found = found.max(MOST.load(Ordering::Relaxed) - before);
    }
    found
}

#[test]
fn memory_grows_with_hashes_and_not_with_ballots() {
    let folder = Folder::new("memory");
    let (small, large) = (folder.0.join("small.bel"), folder.0.join("large.bel"));
    let (few, many) = (200, 1_700);
    let file = write(&large, many) - write(&small, few);
    let grown = most(&large).saturating_sub(most(&small));
    let each = grown / (many - few);
    let of_file = file / (many - few);
    assert!(
        of_file > 4_000,
        "a ballot takes {of_file} bytes of the file"
    );
    assert!(
        each < 400,
        "{each} bytes more for each of a ballot's {of_file}"
    );
}
