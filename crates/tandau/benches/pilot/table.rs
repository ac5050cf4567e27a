//! The table of docs/benchmarks.md.

use crate::{Failed, machine};
use std::fmt::Write as _;
use std::process::Command;

/// One line of the table.
pub struct Row {
    pub what: String,
    pub reference: String,
    pub goal: String,
    pub measured: String,
    pub met: bool,
    /// Why the goal was missed, as far as it is known.
    pub cause: &'static str,
    pub command: &'static str,
}

impl Row {
    fn verdict(&self) -> String {
        match (self.met, self.cause) {
            (true, _) => "met".to_owned(),
            (false, "") => "not met: cause not yet found".to_owned(),
            (false, cause) => format!("not met: {cause}"),
        }
    }

    /// The row for somebody who waits at the terminal.
    pub fn plain(&self) -> String {
        format!(
            "{}\n    {} [goal {}]: {}",
            self.what,
            self.measured,
            self.goal,
            self.verdict()
        )
    }
}

fn said(program: &str, arguments: &[&str]) -> String {
    Command::new(program)
        .args(arguments)
        .output()
        .ok()
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .map_or_else(|| "unknown".to_owned(), |text| text.trim().to_owned())
}

/// The whole page.
pub fn page(rows: &[Row]) -> Result<String, Failed> {
    let day = jiff::Timestamp::now()
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .strftime("%Y-%m-%d %H:%M UTC")
        .to_string();
    let mut out = String::new();
    write!(
        out,
        "# Benchmarks\n\n\
        Written by `make bench`; don't edit. One row alone: the command in its first column prints it.\n\n\
        - Date: {day}\n- Commit: {}\n- Machine: {}\n- Build: profile `dev` of Cargo.toml (opt-level 1, the heavy crates 3), the same as tests and demo use; {}\n\n\
        Every figure is of synthetic data. \"Other work\" is processor time that neither the benchmark nor its load took.\n\n\
        | What | Reference | Goal | Measured | Met |\n|---|---|---|---|---|\n",
        said("git", &["rev-parse", "--short", "HEAD"]),
        machine::description()?,
        said("rustc", &["--version"]),
    )?;
    for row in rows {
        writeln!(
            out,
            "| {}<br>`{}` | {} | {} | {} | {} |",
            row.what,
            row.command,
            row.reference,
            row.goal,
            row.measured,
            row.verdict()
        )?;
    }
    out.push_str(NOTES);
    Ok(out)
}

const NOTES: &str = "\n## How\n\n\
- **The database's own rate**: what acts say to SQLite is overheard, then said again by a plain loop, statement \
after statement, on a copy of the database as it was before, with the values that the program bound, the same settings \
(WAL, `synchronous = full`) and as many acceptances to a commit as stations were at work. The program does more: it \
decides about powers, hashes for the log of acts, numbers the log beside it, and each acceptance is read again.\n\
- **Pages**: `wrk` runs beside the program on the same cores; the share it takes is stated and missing from the \
program's. A rendered page is kept until an act of its contest is numbered in the log. In the run with changes another \
process accepts a protocol of the contest every eighth of a second.\n\
- **Ballots in a browser**: tests/ballot/measure.mjs starts the built worker as a voting page does, nine times, each a new one; the ballot of the \
first is opened with the election's key. The bare powers are timed on the page of the same browser.\n\
- **Electronic voting**: whole commands from start to end, ours the median of three, belenios-tool once. Processor time per ballot is what Linux counts \
for the process, all threads together; its *bare cost* is the same products of powers computed by the same functions with nothing around them: read, \
hashed, compared or tested for membership is nothing. `--portable` leaves vector instructions aside. Boxes are verified as files; memory is the \
process's largest. Ballots are encrypted for the same question as in the browser.\n\
- **Memory**: resident memory of the serving process as Linux reports it.\n";
