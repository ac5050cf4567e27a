//! The code can be read; limits let a hall pass and stop a program.

use crate::platform::Error;
use crate::surveys::hall::limits::{Kind, Limits};
use crate::surveys::hall::qr;
use jiff::Timestamp;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(1_700_000_000_000 + millis).unwrap()
}

/// Reads a code with a reader by others.
fn read(modules: &qr::Modules) -> String {
    const PX: usize = 4;
    let side = (modules.side() + 8) * PX;
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
        let (x, y) = ((x / PX).wrapping_sub(4), (y / PX).wrapping_sub(4));
        if modules.is_dark(x, y) { 0 } else { 255 }
    });
    let codes = picture.detect_grids();
    assert_eq!(codes.len(), 1);
    codes[0].decode().unwrap().1
}

#[test]
fn the_code_says_the_address() {
    for address in [
        "http://127.0.0.1:8080/s/K7QM2X",
        "https://tandau.example.kz/s/ABCDEF",
        "https://сайлау.қаз/s/ABCDEF",
    ] {
        assert_eq!(read(&qr::Modules::of(address).unwrap()), address);
    }
}

#[test]
fn the_drawing_is_the_code() {
    let modules = qr::Modules::of("https://tandau.example.kz/s/ABCDEF").unwrap();
    let svg = qr::svg("https://tandau.example.kz/s/ABCDEF", "code <of> \"it\"").unwrap();
    // Runs of the path, counted back into modules.
    let path = svg.rsplit_once("d=\"").unwrap().1;
    let drawn: usize = path
        .split('h')
        .skip(1)
        .filter_map(|part| part.split_once('v')?.0.parse::<usize>().ok())
        .sum();
    let dark = (0..modules.side())
        .flat_map(|y| (0..modules.side()).map(move |x| (x, y)))
        .filter(|(x, y)| modules.is_dark(*x, *y))
        .count();
    assert_eq!(drawn, dark);
    assert!(svg.contains("code &lt;of&gt; ") && !svg.contains("style="), "{svg}");
    assert!(qr::svg(&"x".repeat(4_000), "").is_err(), "too long for a code");
}

#[test]
fn a_hall_of_five_thousand_passes_and_a_program_does_not() {
    let limits = Limits::default();
    let address = "203.0.113.7";
    // Five thousand phones behind one address within ten seconds, a third of them twice.
    for n in 0..6_666 {
        assert!(limits.spend(Kind::Address, address, at(n)).is_ok(), "{n}");
    }
    let flood = (0..20_000).filter(|_| limits.spend(Kind::Address, address, at(10_000)).is_ok());
    assert!(flood.count() < 2_000);
    assert!(limits.spend(Kind::Address, "198.51.100.1", at(10_000)).is_ok(), "others are not stopped");
    assert!(limits.spend(Kind::Word, address, at(10_000)).is_ok());
}

#[test]
fn one_device_a_thousand_times_is_stopped_and_may_come_back() {
    let limits = Limits::default();
    let mut passed = 0;
    for n in 0..1_000 {
        match limits.spend(Kind::Device, "device", at(n * 10)) {
            Ok(()) => passed += 1,
            Err(Error::TooMany { retry_after_seconds }) => assert!((1..=3).contains(&retry_after_seconds)),
            Err(other) => panic!("{other}"),
        }
    }
    assert!((34..=36).contains(&passed), "{passed}");
    assert!(limits.spend(Kind::Device, "device", at(13_000)).is_ok());
}
