//! Verifies an archive: `cargo run -p evoting --example verify FILE.bel`.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use evoting::verify::{Settings, verify};
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("which archive?")?;
    let start = Instant::now();
    let summary = verify(Path::new(&file), Settings::default(), &mut rand::rng())?;
    println!("{}", serde_json::to_string_pretty(&summary)?);
    println!("{:?}", start.elapsed());
    Ok(())
}
