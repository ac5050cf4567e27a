//! Electronic voting: verifying archives beside belenios-tool on the same file, cost per ballot, memory, encrypting.

use crate::Failed;
use crate::clock::ms;
use crate::machine::{Busy, memory, ticks};
use crate::table::Row;
use evoting::archive::{ArchiveStart, Kind, event_records};
use evoting::ballot::{BallotCheck, Encryptor};
use evoting::credential::{Credential, PublicCredential, new_uuid, public_credentials_document};
use evoting::election::{Election, Template};
use evoting::group::{Belenios2048, Ed25519, Group, leave_vectors_aside, vectors_in_use};
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
/// Ballots of the boxes whose cost per ballot is compared; `TANDAU_BENCH_BALLOTS=100000` makes the last one larger.
const SIZES: [usize; 3] = [100, 1_000, 10_000];
/// Single powers that are timed, so many that hundredths of a second tell.
const POWERS: usize = 4_000;

/// One question of so many answers, of which from `min` to `max` are chosen.
fn template(answers: usize, min: usize, max: usize) -> String {
    let answers: Vec<String> = (1..=answers).map(|n| format!("\"A{n}\"")).collect();
    format!(
        r#"{{"description":"synthetic","name":"bench","questions":[{{"answers":[{}],"min":{min},"max":{max},"question":"q"}}]}}"#,
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
    let document =
        Template::parse(&template(4, 1, 1))?.document::<G>(&uuid, &trustees.election_key())?;
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

fn verify(folder: &Path, file: &str, how: &[&str]) -> Result<(Duration, u64), Failed> {
    let arguments = [&["evoting", "verify", file][..], how].concat();
    run(env!("CARGO_BIN_EXE_tandau"), &arguments, folder)
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}

/// Processor time of this process while it does something, all its threads together. Linux counts in hundredths of a second.
fn processor<T>(work: impl FnOnce() -> Result<T, Failed>) -> Result<(Duration, T), Failed> {
    let (before, _) = ticks("self")?;
    let done = work()?;
    let (after, _) = ticks("self")?;
    Ok((Duration::from_millis(10 * (after - before).max(1)), done))
}

/// What the processor is asked for.
fn instructions() -> &'static str {
    if vectors_in_use() {
        "eight numbers at a time (AVX-512 IFMA)"
    } else {
        "one number at a time"
    }
}

/// The command beside belenios-tool on the same file: as it is, and with the instructions that every processor has.
fn beside(folder: &Path, made: &Made) -> Result<Vec<Row>, Failed> {
    let busy = Busy::now()?;
    let file = format!("{}.bel", made.uuid);
    std::fs::write(folder.join(&file), &made.bytes)?;
    let (theirs, _) = run("belenios-tool", &["election", "verify"], folder)?;
    let reference = format!(
        "`belenios-tool election verify` 2.0 on the same file: {}{}",
        ms(theirs),
        busy.others()?
    );
    let mut rows = Vec::new();
    for portable in [false, true] {
        leave_vectors_aside(portable);
        let (instructions, option) = (instructions(), if portable { " --portable" } else { "" });
        leave_vectors_aside(false);
        let busy = Busy::now()?;
        let how = ["--threads", "2", "--portable"];
        let how = how.get(..2 + usize::from(portable)).unwrap_or(&how);
        let mut times = Vec::new();
        for _ in 0..3 {
            times.push(verify(folder, &file, how)?.0);
        }
        times.sort_unstable();
        let ours = times[1];
        let times = ratio(theirs, ours);
        rows.push(Row {
            what: format!(
                "`tandau evoting verify --threads 2{option}`, whole command: {BALLOTS} ballots of 1 question with 4 answers, BELENIOS-2048, up to the result; {instructions}"
            ),
            reference: reference.clone(),
            goal: "≥ 5 times as fast on two cores; aim 12".to_owned(),
            measured: format!(
                "{} (median of 3), {times:.1} times as fast{}",
                ms(ours),
                busy.others()?
            ),
            met: times >= 5.0,
            cause: "without vectors the bare products of 64-bit words take nine tenths of the time",
            command: COMMAND,
        });
    }
    Ok(rows)
}

/// Processor time per ballot, beside the powers alone and a single power.
fn cost<G: Group>(made: &Made, how: &str, goal: Option<(Duration, f64)>) -> Result<Row, Failed> {
    let busy = Busy::now()?;
    let election = Election::<G>::parse(made.document.as_bytes())?;
    let check = BallotCheck::new(&election);
    let ballots: Vec<&[u8]> = made.ballots.iter().map(String::as_bytes).collect();
    let count = u32::try_from(ballots.len())?;
    let cost = check.cost(ballots[0])?;
    let bare = check.bare(&ballots)?;
    let (bare, products) = processor(|| Ok(bare()))?;
    let bare = bare / count;
    let base = G::pow(&G::generator(), &G::random_scalar(&mut rand::rng()));
    let exponents: Vec<G::Scalar> = (0..POWERS)
        .map(|_| G::random_scalar(&mut rand::rng()))
        .collect();
    let (one, ()) = processor(|| {
        for exponent in &exponents {
            std::hint::black_box(G::pow(&base, exponent));
        }
        Ok(())
    })?;
    let one = one / u32::try_from(POWERS)?;
    let (whole, _) = processor(|| {
        let settings = Settings { threads: 1 };
        let random = &mut rand::rng();
        Ok(VerifiedElection::<G>::verify(
            made.bytes.as_slice(),
            settings,
            random,
        )?)
    })?;
    let whole = whole / count;
    let multiple = ratio(whole, bare);
    Ok(Row {
        what: format!(
            "{}{how}: processor time per ballot of 1 question with 4 answers, everything up to the result ({count} ballots, all threads); {} exponentiations of bases that change, {} of g and y, {} membership tests",
            G::NAME,
            cost.powers,
            cost.fixed_powers,
            cost.members
        ),
        reference: format!(
            "the bare cost of these exponentiations, {} products without reading, hashing, comparing, in the same run: {}; one power alone {}",
            products / ballots.len(),
            ms(bare),
            ms(one)
        ),
        goal: goal.map_or("none; stated".to_owned(), |(time, times)| {
            format!("≤ {}, ≤ {times} times the bare cost", ms(time))
        }),
        measured: format!(
            "{}, {multiple:.2} times the bare cost, {:.1} single powers{}",
            ms(whole),
            ratio(whole, one),
            busy.others()?
        ),
        met: goal.is_none_or(|(time, times)| whole <= time && multiple <= times),
        cause: "reading, hashing and comparing take a quarter of the processor time, both threads counted",
        command: COMMAND,
    })
}

/// Time per ballot and memory of a small box and of larger ones.
fn flat<G: Group>(folder: &Path) -> Result<Row, Failed> {
    let busy = Busy::now()?;
    let asked = std::env::var("TANDAU_BENCH_BALLOTS").ok();
    let mut sizes = SIZES;
    sizes[2] = asked.and_then(|n| n.parse().ok()).unwrap_or(sizes[2]);
    let mut found = Vec::new();
    for ballots in sizes {
        let file = format!("{}-{ballots}.bel", G::NAME);
        std::fs::write(folder.join(&file), make::<G>(ballots)?.bytes)?;
        let mut best: Option<(Duration, u64)> = None;
        for _ in 0..2 {
            let (time, memory) = verify(folder, &file, &[])?;
            best = Some(best.map_or((time, memory), |(t, m)| (t.min(time), m.max(memory))));
        }
        let (time, memory) = best.ok_or("nothing measured")?;
        found.push((time / u32::try_from(ballots)?, memory));
        std::fs::remove_file(folder.join(&file))?;
    }
    let all = |each: &dyn Fn(&(Duration, u64)) -> String| -> String {
        let each: Vec<String> = found.iter().map(each).collect();
        each.join(", ")
    };
    let (small, large) = (found[0], found[2]);
    let grows = ratio(large.0, small.0).max(ratio(large.0, found[1].0));
    Ok(Row {
        what: format!(
            "{}: `tandau evoting verify` of {}, {} and {} ballots of 1 question with 4 answers",
            G::NAME,
            sizes[0],
            sizes[1],
            sizes[2]
        ),
        reference: "the smaller boxes".to_owned(),
        goal: "time per ballot and memory flat (≤ 1.2 times, + 20 MB)".to_owned(),
        measured: format!(
            "{} per ballot (the last at most {grows:.2} times the others; the first includes the start), at most {} MB{}",
            all(&|(time, _)| ms(*time)),
            all(&|(_, memory)| memory.to_string()),
            busy.others()?
        ),
        met: grows <= 1.2 && large.1 <= small.1 + 20,
        cause: "",
        command: COMMAND,
    })
}

/// One ballot of ten answers, of which any number may be chosen: the same as the browser makes (`ballot`).
fn encrypt<G: Group>(goal: Duration) -> Result<Row, Failed> {
    let busy = Busy::now()?;
    let (_, public) = PublicKey::<G>::generate(&mut rand::rng());
    let trustees = Trustees::new(vec![Trustee::Single(public)])?;
    let uuid = new_uuid(&mut rand::rng());
    let document =
        Template::parse(&template(10, 0, 10))?.document::<G>(&uuid, &trustees.election_key())?;
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
        what: format!(
            "{}: one ballot of 10 answers encrypted, 0 to 10 of them, by `evoting::ballot::Encryptor`",
            G::NAME
        ),
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
    let mut rows = beside(folder, &made)?;
    for portable in [false, true] {
        leave_vectors_aside(portable);
        let how = format!(", {}", instructions());
        rows.push(cost::<Belenios2048>(&made, &how, None)?);
    }
    leave_vectors_aside(false);
    let made = make::<Ed25519>(BALLOTS)?;
    rows.push(cost::<Ed25519>(
        &made,
        ", curve25519-dalek",
        Some((Duration::from_micros(1_500), 1.3)),
    )?);
    rows.push(flat::<Belenios2048>(folder)?);
    rows.push(flat::<Ed25519>(folder)?);
    rows.push(encrypt::<Belenios2048>(Duration::from_millis(30))?);
    rows.push(encrypt::<Ed25519>(Duration::from_millis(3))?);
    Ok(rows)
}
