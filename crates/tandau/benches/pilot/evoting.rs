//! Electronic voting: verifying archives beside belenios-tool on the same file, cost per ballot, memory, encrypting.

use crate::Failed;
use crate::clock::ms;
use crate::machine::{Busy, memory};
use crate::table::Row;
use evoting::archive::{ArchiveStart, Kind, event_records};
use evoting::ballot::{BallotCheck, Encryptor};
use evoting::credential::{Credential, PublicCredential, new_uuid, public_credentials_document};
use evoting::election::{Election, Template};
use evoting::group::{Belenios2048, Ed25519, Group};
use evoting::tally::{PartialDecryption, result_text};
use evoting::trustee::{PublicKey, Trustee, Trustees};
use evoting::verify::{Settings, VerifiedElection, structure};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const COMMAND: &str = "make bench ROWS=evoting";
const TIMESTAMP: u64 = 1_696_204_800;
/// Ballots of the comparison.
const BALLOTS: usize = 1_000;
/// Ballots of the small and the large box; `TANDAU_BENCH_BALLOTS=100000` makes the large one larger.
const SIZES: [usize; 2] = [100, 10_000];
/// Ballots whose bare cost is measured.
const SAMPLE: usize = 64;

fn template(answers: usize) -> String {
    let answers: Vec<String> = (1..=answers).map(|n| format!("\"A{n}\"")).collect();
    format!(
        r#"{{"description":"synthetic","name":"bench","questions":[{{"answers":[{}],"min":1,"max":1,"question":"q"}}]}}"#,
        answers.join(",")
    )
}

/// An archive with so many ballots by as many voters, and the ballots alone.
struct Made {
    uuid: String,
    bytes: Vec<u8>,
    ballots: Vec<String>,
    document: String,
}

/// Makes an election of one question up to its result, on all cores.
fn make<G: Group>(ballots: usize) -> Result<Made, Failed> {
    let uuid = new_uuid(&mut rand::rng());
    let (secret, public) = PublicKey::<G>::generate(&mut rand::rng());
    let trustees = Trustees::new(vec![Trustee::Single(public)])?;
    let document = Template::parse(&template(4))?.document::<G>(&uuid, &trustees.election_key())?;
    let credentials: Vec<Credential> = (0..ballots)
        .map(|_| Credential::generate(&mut rand::rng()))
        .collect();
    let keys = |part: &[Credential]| -> Vec<PublicCredential<G>> {
        part.iter()
            .map(|c| PublicCredential {
                key: c.public::<G>(&uuid),
                weight: None,
            })
            .collect()
    };
    let election = Election::<G>::parse(document.as_bytes())?;
    let encryptor = Encryptor::new(&election);
    let cast = |part: &[Credential]| -> Vec<String> {
        part.iter()
            .enumerate()
            .filter_map(|(at, credential)| {
                let mut choices = vec![0; 4];
                choices[at % 4] = 1;
                encryptor
                    .ballot(credential, &[choices], &mut rand::rng())
                    .ok()
            })
            .collect()
    };
    let cores = std::thread::available_parallelism()?.get();
    let parts: Vec<&[Credential]> = credentials.chunks(ballots.div_ceil(cores).max(1)).collect();
    let (keys, cast) = (&keys, &cast);
    let (list, ballots) = std::thread::scope(|scope| {
        let workers: Vec<_> = parts
            .into_iter()
            .map(|part| scope.spawn(move || (keys(part), cast(part))))
            .collect();
        let mut all = (Vec::new(), Vec::new());
        for worker in workers {
            let (keys, ballots) = worker.join().map_err(|_| "a worker stopped")?;
            all.0.extend(keys);
            all.1.extend(ballots);
        }
        Ok::<_, Failed>(all)
    })?;
    let mut bytes = ArchiveStart {
        election: document.as_bytes(),
        trustees: trustees.text().as_bytes(),
        credentials: public_credentials_document(&list).as_bytes(),
        timestamp: TIMESTAMP,
    }
    .bytes();
    let mut head = structure(bytes.as_slice())?.head;
    let mut height = 1;
    let mut add = |bytes: &mut Vec<u8>, kind, records: &[&[u8]]| {
        let (entry, hash) = event_records(kind, records, Some(head), height, TIMESTAMP);
        bytes.extend(entry);
        head = hash;
        height += 1;
    };
    for ballot in &ballots {
        add(&mut bytes, Kind::Ballot, &[ballot.as_bytes()]);
    }
    add(&mut bytes, Kind::EndBallots, &[]);
    let verified =
        VerifiedElection::<G>::verify(bytes.as_slice(), Settings::default(), &mut rand::rng())?;
    let tally = verified.tally().texts();
    add(
        &mut bytes,
        Kind::EncryptedTally,
        &[tally[0].as_bytes(), tally[1].as_bytes()],
    );
    let part = PartialDecryption::new(
        1,
        &secret,
        verified.tally(),
        verified.trustees(),
        &election.fingerprint,
        &mut rand::rng(),
    )?;
    let texts = part.texts();
    add(
        &mut bytes,
        Kind::PartialDecryption,
        &[texts[0].as_bytes(), texts[1].as_bytes()],
    );
    let counts =
        VerifiedElection::<G>::verify(bytes.as_slice(), Settings::default(), &mut rand::rng())?
            .result()?;
    add(&mut bytes, Kind::Result, &[result_text(&counts).as_bytes()]);
    Ok(Made {
        uuid,
        bytes,
        ballots,
        document,
    })
}

/// Runs a command to its end: how long it took, and how much memory it had at most, in MB.
fn run(program: &str, arguments: &[&str], folder: &Path) -> Result<(Duration, u64), Failed> {
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| format!("{program}: {e}"))?;
    let mut most = 0;
    let ended = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        most = most.max(memory(child.id()).map_or(0, |(_, most)| most));
        std::thread::sleep(Duration::from_millis(2));
    };
    if !ended.success() {
        return Err(format!("{program} {}: {ended}", arguments.join(" ")).into());
    }
    Ok((start.elapsed(), most))
}

fn verify(folder: &Path, file: &str) -> Result<(Duration, u64), Failed> {
    run(
        env!("CARGO_BIN_EXE_tandau"),
        &["evoting", "verify", file],
        folder,
    )
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

/// The command beside belenios-tool on the same file.
fn beside(folder: &Path, made: &Made) -> Result<Row, Failed> {
    let busy = Busy::now()?;
    let file = format!("{}.bel", made.uuid);
    std::fs::write(folder.join(&file), &made.bytes)?;
    let mut times = Vec::new();
    for _ in 0..3 {
        times.push(verify(folder, &file)?.0);
    }
    times.sort_unstable();
    let ours = times[1];
    let (theirs, _) = run("belenios-tool", &["election", "verify"], folder)?;
    let times = ratio(theirs, ours);
    Ok(Row {
        what: format!(
            "`tandau evoting verify`, whole command: {BALLOTS} ballots of 1 question with 4 answers, BELENIOS-2048, up to the result"
        ),
        reference: format!(
            "`belenios-tool election verify` 2.0 on the same file: {}",
            ms(theirs)
        ),
        goal: "≥ 5 times as fast; aim 12".to_owned(),
        measured: format!(
            "{} (median of 3), {times:.1} times as fast{}",
            ms(ours),
            busy.others()?
        ),
        met: times >= 5.0,
        cause: "",
        command: COMMAND,
    })
}

/// Processor time per ballot on one thread, beside the powers alone and a single power.
fn cost<G: Group>(made: &Made, goal: Option<(Duration, f64)>) -> Result<Row, Failed> {
    let busy = Busy::now()?;
    let election = Election::<G>::parse(made.document.as_bytes())?;
    let check = BallotCheck::new(&election);
    let sample: Vec<&[u8]> = made
        .ballots
        .iter()
        .take(SAMPLE)
        .map(String::as_bytes)
        .collect();
    let cost = check.cost(sample[0])?;
    let bare = check.bare(&sample)?;
    let start = Instant::now();
    let products = bare();
    let bare = start.elapsed() / u32::try_from(sample.len())?;
    let base = G::pow(&G::generator(), &G::random_scalar(&mut rand::rng()));
    let start = Instant::now();
    for _ in 0..SAMPLE {
        std::hint::black_box(G::pow(&base, &G::random_scalar(&mut rand::rng())));
    }
    let one = start.elapsed() / u32::try_from(SAMPLE)?;
    let start = Instant::now();
    VerifiedElection::<G>::verify(
        made.bytes.as_slice(),
        Settings { threads: 1 },
        &mut rand::rng(),
    )?;
    let whole = start.elapsed() / u32::try_from(made.ballots.len())?;
    let multiple = ratio(whole, bare);
    Ok(Row {
        what: format!(
            "{}: processor time per ballot of 1 question with 4 answers ({} ballots, one thread, everything); {} powers of changing bases, {} of g and y, {} membership tests",
            G::NAME,
            made.ballots.len(),
            cost.powers,
            cost.fixed_powers,
            cost.members
        ),
        reference: format!(
            "the same {} products alone {}; one power {}",
            products / sample.len(),
            ms(bare),
            ms(one)
        ),
        goal: goal.map_or("none".to_owned(), |(time, times)| {
            format!("≤ {}, ≤ {times} times the bare products", ms(time))
        }),
        measured: format!(
            "{}, {multiple:.2} times the bare products, {:.1} single powers{}",
            ms(whole),
            ratio(whole, one),
            busy.others()?
        ),
        met: goal.is_none_or(|(time, times)| whole <= time && multiple <= times),
        cause: "",
        command: COMMAND,
    })
}

/// Time per ballot and memory of a small and a large box.
fn flat<G: Group>(folder: &Path) -> Result<Row, Failed> {
    let busy = Busy::now()?;
    let asked = std::env::var("TANDAU_BENCH_BALLOTS").ok();
    let sizes = [
        SIZES[0],
        asked.and_then(|n| n.parse().ok()).unwrap_or(SIZES[1]),
    ];
    let mut found = Vec::new();
    for ballots in sizes {
        let file = format!("{}-{ballots}.bel", G::NAME);
        std::fs::write(folder.join(&file), make::<G>(ballots)?.bytes)?;
        let mut best: Option<(Duration, u64)> = None;
        for _ in 0..2 {
            let (time, memory) = verify(folder, &file)?;
            best = Some(best.map_or((time, memory), |(t, m)| (t.min(time), m.max(memory))));
        }
        let (time, memory) = best.ok_or("nothing measured")?;
        found.push((time, time / u32::try_from(ballots)?, memory));
        std::fs::remove_file(folder.join(&file))?;
    }
    let (small, large) = (found[0], found[1]);
    let grows = ratio(large.1, small.1);
    Ok(Row {
        what: format!(
            "{}: `tandau evoting verify` of {} and {} ballots",
            G::NAME,
            sizes[0],
            sizes[1]
        ),
        reference: "the smaller box".to_owned(),
        goal: "time per ballot and memory flat (≤ 1.2 times, + 20 MB)".to_owned(),
        measured: format!(
            "{} and {} per ballot ({grows:.2} times; the first includes the start), at most {} MB and {} MB{}",
            ms(small.1),
            ms(large.1),
            small.2,
            large.2,
            busy.others()?
        ),
        met: grows <= 1.2 && large.2 <= small.2 + 20,
        cause: "",
        command: COMMAND,
    })
}

/// One ballot of ten answers.
fn encrypt<G: Group>(goal: Duration) -> Result<Row, Failed> {
    let busy = Busy::now()?;
    let (_, public) = PublicKey::<G>::generate(&mut rand::rng());
    let trustees = Trustees::new(vec![Trustee::Single(public)])?;
    let uuid = new_uuid(&mut rand::rng());
    let document =
        Template::parse(&template(10))?.document::<G>(&uuid, &trustees.election_key())?;
    let election = Election::<G>::parse(document.as_bytes())?;
    let credential = Credential::generate(&mut rand::rng());
    let start = Instant::now();
    let encryptor = Encryptor::new(&election);
    let prepared = start.elapsed();
    let mut choices = vec![0; 10];
    choices[3] = 1;
    let mut times = Vec::new();
    for _ in 0..15 {
        let start = Instant::now();
        encryptor.ballot(&credential, &[choices.clone()], &mut rand::rng())?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok(Row {
        what: format!("{}: one ballot of 10 answers encrypted", G::NAME),
        reference: format!("tables of the key, made once: {}", ms(prepared)),
        goal: format!("≤ {}", ms(goal)),
        measured: format!(
            "{} (median of 15), with the tables {}{}",
            ms(times[7]),
            ms(times[7] + prepared),
            busy.others()?
        ),
        met: times[7] + prepared <= goal,
        cause: "",
        command: COMMAND,
    })
}

pub fn measure(folder: &Path) -> Result<Vec<Row>, Failed> {
    std::fs::create_dir_all(folder)?;
    let made = make::<Belenios2048>(BALLOTS)?;
    let mut rows = vec![beside(folder, &made)?, cost::<Belenios2048>(&made, None)?];
    let made = make::<Ed25519>(BALLOTS)?;
    rows.push(cost::<Ed25519>(
        &made,
        Some((Duration::from_micros(1_500), 1.3)),
    )?);
    rows.push(flat::<Belenios2048>(folder)?);
    rows.push(flat::<Ed25519>(folder)?);
    rows.push(encrypt::<Belenios2048>(Duration::from_millis(30))?);
    rows.push(encrypt::<Ed25519>(Duration::from_millis(3))?);
    Ok(rows)
}
