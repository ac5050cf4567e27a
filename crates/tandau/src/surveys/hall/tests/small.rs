//! The code can be read; limits let a hall pass and stop a program.

use crate::platform::Error;
use crate::surveys::hall::limits::{Kind, Limits};
use crate::surveys::hall::qr;
use jiff::Timestamp;

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(1_700_000_000_000 + millis).unwrap()
}

/// Reads a code of versions 1 to 3, which have one block: undoes the mask, walks the columns as ISO/IEC 18004 says, takes
/// the bytes. What the encoder does is not looked at.
fn read(modules: &qr::Modules) -> String {
    let side = modules.side();
    let dark = |x: usize, y: usize| modules.is_dark(x, y);
    for (x, y) in [(0, 0), (side - 7, 0), (0, side - 7)] {
        let finder = (0..7).all(|n| dark(x + n, y) && dark(x, y + n));
        assert!(finder && !dark(x + 1, y + 1) && dark(x + 3, y + 3));
    }
    let bit = |dark: bool, at: usize| usize::from(dark) << at;
    let mask = (bit(dark(2, 8), 2) | bit(dark(3, 8), 1) | bit(dark(4, 8), 0)) ^ 0b101;
    let masked = |x: usize, y: usize| match mask {
        0 => (x + y).is_multiple_of(2),
        1 => y.is_multiple_of(2),
        2 => x.is_multiple_of(3),
        3 => (x + y).is_multiple_of(3),
        4 => (y / 2 + x / 3).is_multiple_of(2),
        5 => x * y % 2 + x * y % 3 == 0,
        6 => (x * y % 2 + x * y % 3).is_multiple_of(2),
        _ => ((x + y) % 2 + x * y % 3).is_multiple_of(2),
    };
    let fixed = |x: usize, y: usize| {
        let aligned =
            side > 21 && (side - 9..side - 4).contains(&x) && (side - 9..side - 4).contains(&y);
        x == 6
            || y == 6
            || (x < 9 && y < 9)
            || (x >= side - 8 && y < 9)
            || (x < 9 && y >= side - 8)
            || aligned
    };
    let mut bits = Vec::new();
    let mut up = true;
    let columns = (0..side).rev().filter(|x| *x != 6).collect::<Vec<_>>();
    for pair in columns.chunks(2) {
        for step in 0..side {
            let y = if up { side - 1 - step } else { step };
            let data = pair.iter().filter(|x| !fixed(**x, y));
            bits.extend(data.map(|x| dark(*x, y) != masked(*x, y)));
        }
        up = !up;
    }
    let number = |from: usize, length: usize| {
        bits[from..from + length]
            .iter()
            .fold(0, |n, b| n * 2 + usize::from(*b))
    };
    const LETTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let letter = |n: usize| char::from(LETTERS[n]).to_string();
    let (mut said, mut at) = (Vec::new(), 0);
    // Segments of digits, of capitals, of bytes, until the terminator.
    loop {
        let mode = number(at, 4);
        let (length_bits, each, bits_each) = match mode {
            1 => (10, 3, 10),
            2 => (9, 2, 11),
            4 => (8, 1, 8),
            _ => break,
        };
        let mut left = number(at + 4, length_bits);
        at += 4 + length_bits;
        while left > 0 {
            let now = left.min(each);
            let bits = match (mode, now) {
                (1, 2) => 7,
                (1, 1) => 4,
                (2, 1) => 6,
                _ => bits_each,
            };
            let value = number(at, bits);
            match mode {
                1 => said.extend(format!("{value:0now$}").bytes()),
                2 if now == 2 => said.extend((letter(value / 45) + &letter(value % 45)).bytes()),
                2 => said.extend(letter(value).bytes()),
                _ => said.push(u8::try_from(value).unwrap()),
            }
            at += bits;
            left -= now;
        }
    }
    String::from_utf8(said).unwrap()
}

#[test]
fn the_code_says_the_address() {
    for address in [
        "http://127.0.0.1:8080/s/K7QM2X",
        "https://tandau.example.kz/s/ABCDEF",
        "https://a.kz/s/xyzxyz",
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
    assert!(
        svg.contains("code &lt;of&gt; ") && !svg.contains("style="),
        "{svg}"
    );
    assert!(
        qr::svg(&"x".repeat(4_000), "").is_err(),
        "too long for a code"
    );
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
    assert!(
        limits
            .spend(Kind::Address, "198.51.100.1", at(10_000))
            .is_ok(),
        "others are not stopped"
    );
    assert!(limits.spend(Kind::Word, address, at(10_000)).is_ok());
}

#[test]
fn one_device_a_thousand_times_is_stopped_and_may_come_back() {
    let limits = Limits::default();
    let mut passed = 0;
    for n in 0..1_000 {
        match limits.spend(Kind::Device, "device", at(n * 10)) {
            Ok(()) => passed += 1,
            Err(Error::TooMany {
                retry_after_seconds,
            }) => assert!((1..=3).contains(&retry_after_seconds)),
            Err(other) => panic!("{other}"),
        }
    }
    assert!((34..=36).contains(&passed), "{passed}");
    assert!(limits.spend(Kind::Device, "device", at(13_000)).is_ok());
}
