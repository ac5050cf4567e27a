//! Memory that is given back holds no secret any more: an allocator looks through it.
#![allow(unsafe_code, clippy::unwrap_used, clippy::undocumented_unsafe_blocks)]

use evoting::credential::{Credential, PublicCredential, public_credentials_document};
use evoting::group::Belenios2048;
use evoting::threshold::{Certificates, Seed, sort};
use evoting::trustee::parse_private_key;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// What stands only in messages between trustees that are encrypted, whatever their quotes are escaped by; a private key; a credential
/// in both its forms.
const NEEDLES: [&[u8]; 7] = [
    b"decryption_key",
    b"{\"secret\"",
    b"{\\\"secret\\\"",
    b"polynomial\\\":[",
    KEY.as_bytes(),
    DASHED.as_bytes(),
    PLAIN.as_bytes(),
];
const KEY: &str = "31415926535897932384626433832795028841971693993751";
const DASHED: &str = "Wip-eMe-Wip-eMe-WiA";
const PLAIN: &str = "WipeMeWipeMeWiA";

static LOOKING: AtomicBool = AtomicBool::new(false);
static FOUND: [AtomicUsize; 7] = [const { AtomicUsize::new(0) }; 7];

struct Looking;

fn look(at: *const u8, size: usize) {
    if !LOOKING.load(Ordering::Relaxed) {
        return;
    }
    // Blocks are not always written to their end: read byte by byte as the system's memory, which is there.
    let bytes = unsafe { std::slice::from_raw_parts(at, size) };
    for (needle, found) in NEEDLES.iter().zip(&FOUND) {
        if bytes.windows(needle.len()).any(|part| part == *needle) {
            found.fetch_add(1, Ordering::Relaxed);
        }
    }
}

unsafe impl GlobalAlloc for Looking {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // Zeroed, so that what is looked through later was written.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        look(at, layout.size());
        unsafe { System.dealloc(at, layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Always to another place, as it may happen: what stood there is given back.
        unsafe {
            let new = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            std::ptr::copy_nonoverlapping(at, new, layout.size().min(size));
            self.dealloc(at, layout);
            new
        }
    }
}

#[global_allocator]
static ALLOCATOR: Looking = Looking;

fn found() -> Vec<usize> {
    FOUND.iter().map(|n| n.load(Ordering::Relaxed)).collect()
}

/// One test for all, since all memory of the process is looked through.
#[test]
fn secrets_between_trustees_are_wiped() {
    type G = Belenios2048;
    let random = &mut rand::rng();
    // The looking itself finds what isn't wiped.
    LOOKING.store(true, Ordering::Relaxed);
    drop(std::hint::black_box(format!("{{\"secret\":\"{}\"}}", 5)));
    assert_eq!(found(), [0, 1, 0, 0, 0, 0, 0]);
    FOUND[1].store(0, Ordering::Relaxed);

    let seeds: Vec<Seed> = (0..2).map(|_| Seed::generate(random)).collect();
    let certificates =
        Certificates::<G>::new(seeds.iter().map(|s| s.certificate(random)).collect()).unwrap();
    let dealt: Vec<String> = seeds
        .iter()
        .map(|s| certificates.deal(s, 2, random).unwrap())
        .collect();
    assert_eq!(found(), [0; 7], "dealing");
    let inputs = sort(&[&dealt[0], &dealt[1]]).unwrap();
    let received = certificates.receive(&seeds[0], &inputs[0], random).unwrap();
    assert_eq!(found(), [0; 7], "receiving");
    seeds[0]
        .open_decryption_key::<G>(&received.decryption_key)
        .unwrap();
    assert_eq!(found(), [0; 7], "the decryption key");
    let key = parse_private_key::<G>(KEY).unwrap();
    drop(evoting::secret_text(&key));
    assert_eq!(found(), [0; 7], "a private key");

    for typed in [DASHED, PLAIN] {
        let credential = Credential::parse(typed).unwrap();
        let public = credential.public::<G>("11111111111111");
        drop(public_credentials_document(&[PublicCredential::<G> {
            key: public,
            weight: None,
        }]));
        drop(credential.clone());
    }
    assert_eq!(found(), [0; 7], "a credential");
    LOOKING.store(false, Ordering::Relaxed);
}
