//! Papers that carry something, are cut off, nest without end or grow without end: a clean paper or a refusal, soon.

use super::*;
use image::{DynamicImage, ImageFormat};
use lopdf::{Document, Object, Stream, dictionary};
use proptest::prelude::*;
use std::io::Cursor;
use std::time::{Duration, Instant};

/// No paper may keep a thread busy for longer, even on a machine that builds meanwhile.
const LONGEST: Duration = Duration::from_secs(20);

/// A PDF of one empty page that says who made it.
pub(crate) fn pdf() -> Vec<u8> {
    let mut document = one_page();
    let info = document.add_object(dictionary! { "Author" => Object::string_literal("Somebody") });
    document.trailer.set("Info", info);
    saved(document)
}

fn one_page() -> Document {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let content = document.add_object(Stream::new(dictionary! {}, b"0 0 m".to_vec()));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(tree));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    document
}

fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// A photo of a few pixels.
pub(crate) fn jpeg() -> Vec<u8> {
    picture(ImageFormat::Jpeg)
}

fn picture(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(9, 7)
        .write_to(&mut bytes, format)
        .unwrap();
    bytes.into_inner()
}

fn quick(bytes: &[u8]) -> Result<(MediaType, Vec<u8>), CleanError> {
    let started = Instant::now();
    let cleaned = clean(bytes);
    assert!(started.elapsed() < LONGEST, "{:?}", started.elapsed());
    cleaned
}

#[test]
fn honest_papers_are_taken_without_their_makers() {
    let (kind, bytes) = quick(&pdf()).unwrap();
    assert_eq!(kind, MediaType::Pdf);
    assert!(!bytes.windows(8).any(|w| w == b"Somebody"));
    assert_eq!(
        quick(&bytes).unwrap().0,
        MediaType::Pdf,
        "clean twice is clean"
    );
    assert_eq!(quick(&jpeg()).unwrap().0, MediaType::Jpeg);
    assert_eq!(quick(&picture(ImageFormat::Png)).unwrap().0, MediaType::Png);
}

#[test]
fn papers_that_do_or_carry_something_are_refused() {
    for (key, value) in [
        (
            "OpenAction",
            Object::Dictionary(dictionary! { "S" => "JavaScript" }),
        ),
        ("AA", Object::Dictionary(dictionary! {})),
        (
            "Names",
            Object::Dictionary(dictionary! { "EmbeddedFiles" => dictionary! {} }),
        ),
        (
            "Extra",
            Object::Array(vec![Object::Dictionary(dictionary! { "S" => "Launch" })]),
        ),
    ] {
        let mut document = one_page();
        document.catalog_mut().unwrap().set(key, value);
        assert_eq!(
            quick(&saved(document)).unwrap_err(),
            CleanError::Active,
            "{key}"
        );
    }
}

/// A PDF whose catalogue holds this text.
fn with_text(text: &[u8]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Extra ".to_vec();
    bytes.extend_from_slice(text);
    bytes.extend_from_slice(
        b">>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n\
          3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\ntrailer\n<</Root 1 0 R/Size 4>>\n%%EOF\n",
    );
    bytes
}

#[test]
fn nesting_without_end_is_refused_and_stops_nothing() {
    for (open, close) in [("[", "]"), ("<</A ", ">>"), ("(", ")"), ("[<</A[", "]>>]")] {
        for depth in [40, 150, 100_000] {
            let text = format!("{}0{}", open.repeat(depth), close.repeat(depth));
            // A string in parentheses nests nothing; whatever else is so deep is no paper.
            let told = quick(&with_text(text.as_bytes()));
            assert!(told.is_err() || open == "(", "{open} {depth}");
            let _ = quick(&with_text(open.repeat(depth).as_bytes()));
        }
    }
    // Pages that are their own parents.
    let mut document = one_page();
    let root = document
        .catalog()
        .unwrap()
        .get(b"Pages")
        .unwrap()
        .as_reference()
        .unwrap();
    let tree = document
        .get_object_mut(root)
        .unwrap()
        .as_dict_mut()
        .unwrap();
    tree.set("Kids", vec![Object::Reference(root); 50]);
    assert!(quick(&saved(document)).is_err());
}

fn deflated(size: usize) -> Vec<u8> {
    use std::io::Write as _;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let piece = vec![b' '; 1024 * 1024];
    for _ in 0..size / piece.len() {
        packer.write_all(&piece).unwrap();
    }
    packer.finish().unwrap()
}

#[test]
fn a_little_that_becomes_much_is_refused() {
    // A stream of objects that grows a thousandfold when it is unpacked.
    let packed = deflated(200 * 1024 * 1024);
    assert!(packed.len() < MAX_FILE_BYTES / 10);
    let mut bytes = b"%PDF-1.7\n".to_vec();
    for number in 5..10 {
        let head = format!(
            "{number} 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {}>>\nstream\n",
            packed.len()
        );
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(&packed);
        bytes.extend_from_slice(b"\nendstream\nendobj\n");
    }
    let rest = with_text(b"0");
    bytes.extend_from_slice(&rest[9..]);
    let _ = quick(&bytes);
    // A picture that says it is larger than any paper.
    let mut png = picture(ImageFormat::Png);
    png[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let crc = crc32(&png[12..29]).to_be_bytes();
    png[29..33].copy_from_slice(&crc);
    assert_eq!(quick(&png).unwrap_err(), CleanError::TooLarge);
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// Valid papers with a few bytes changed, cut off, or with something between.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let whole = prop_oneof![Just(pdf()), Just(jpeg()), Just(picture(ImageFormat::Png))];
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
    (
        whole,
        changes,
        any::<prop::sample::Index>(),
        any::<bool>(),
        any::<Vec<u8>>(),
    )
        .prop_map(|(mut bytes, changes, at, cut, between)| {
            for (place, value) in changes {
                let place = place.index(bytes.len());
                bytes[place] = value;
            }
            let at = at.index(bytes.len());
            if cut {
                bytes.truncate(at);
            } else {
                bytes.splice(at..at, between);
            }
            bytes
        })
}

/// Pieces of which PDFs are made, in any order.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        any::<Vec<u8>>(),
        "[0-9]{1,10} [0-9]{1,5} (obj|R)\n".prop_map(String::into_bytes),
        prop::sample::select(vec![
            "<<",
            ">>",
            "[",
            "]",
            "/Type",
            "/ObjStm",
            "/XRef",
            "/Length -1",
            "/Length 99999999999",
            "/Prev 0",
            "stream\n",
            "endstream",
            "endobj",
            "xref\n0 99999\n",
            "trailer",
            "startxref\n0\n",
            "%%EOF",
            "/Kids",
            "/Pages",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..40)
        .prop_map(|pieces| [b"%PDF-1.7\n".to_vec(), pieces.concat()].concat())
}

proptest! {
    #[test]
    fn any_bytes_are_a_paper_or_a_refusal(bytes in prop_oneof![any::<Vec<u8>>(), damaged(), pieces()]) {
        if let Ok((kind, cleaned)) = quick(&bytes) {
            prop_assert_eq!(quick(&cleaned).map(|(again, _)| again), Ok(kind));
        }
    }
}
