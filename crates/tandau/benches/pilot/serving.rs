//! The running program: how fast it starts, serves pages, and what memory it takes.

use crate::Failed;
use crate::clock::{Times, ms};
use crate::machine::{self, Busy};
use crate::table::Row;
use crate::world::{self, DISTRICT};
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tandau::counting::actions::{self, Target};
use tandau::counting::queries;

/// Pages a second that the site must give on two cores.
const PAGES: f64 = 2_000.0;
const START: Duration = Duration::from_secs(1);
const MEMORY_MB: u64 = 200;
/// The demo must stand after this time.
const DEMO: Duration = Duration::from_secs(60);
/// Length of a run and its connections.
const SECONDS: u64 = 10;
const CONNECTIONS: u64 = 32;
/// Between two changes of the page.
const CHANGE: Duration = Duration::from_millis(125);

/// The program as a process of its own; ended when dropped.
pub struct Program {
    child: Child,
    address: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    /// Runs a command of the program on a free port; returns it once it is ready, and how long that took.
    pub fn start(command: &[&str], folder: &Path) -> Result<(Self, Duration), Failed> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        Self::start_at(command, folder, address)
    }

    /// The same where somebody else has listened before.
    pub fn start_at(
        command: &[&str],
        folder: &Path,
        address: String,
    ) -> Result<(Self, Duration), Failed> {
        let started = Instant::now();
        let child = Command::new(env!("CARGO_BIN_EXE_tandau"))
            .args(command)
            .arg("--data")
            .arg(folder)
            .args(["--listen", &address])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut program = Self { child, address };
        loop {
            if program
                .get("/readyz")
                .is_ok_and(|text| text.contains(" 200 OK"))
            {
                return Ok((program, started.elapsed()));
            }
            if let Some(status) = program.child.try_wait()? {
                return Err(format!("the program ended: {status}").into());
            }
            if started.elapsed() > Duration::from_secs(600) {
                return Err("the program does not get ready".into());
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    pub fn get(&self, path: &str) -> Result<String, Failed> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        )?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Its number among processes.
    pub fn process(&self) -> String {
        self.child.id().to_string()
    }

    fn memory(&self) -> Result<(u64, u64), Failed> {
        machine::memory(self.child.id())
    }

    /// Loads one page as hard as `wrk` can.
    async fn load(&self, path: &str, seconds: u64, header: &str) -> Result<Load, Failed> {
        let process = self.child.id().to_string();
        let busy = Busy::now()?;
        let (ours, _) = machine::ticks(&process)?;
        let (_, before) = machine::ticks("self")?;
        let mut wrk = Command::new("wrk");
        wrk.args(["--threads", "1", "--latency", "--timeout", "10s"])
            .args([
                "--header",
                header,
                "--connections",
                &CONNECTIONS.to_string(),
            ])
            .args(["--duration", &format!("{seconds}s")])
            .arg(format!("http://{}{path}", self.address));
        let output = tokio::task::spawn_blocking(move || wrk.output())
            .await?
            .map_err(|e| format!("wrk: {e}; `scripts/setup.sh bench` installs it"))?;
        let (_, after) = machine::ticks("self")?;
        let (ours_after, _) = machine::ticks(&process)?;
        let text = String::from_utf8(output.stdout)?;
        if text.contains("Non-2xx") || text.contains("Socket errors") {
            return Err(format!("not every request was answered: {text}").into());
        }
        let after_word = |word: &str| {
            text.lines()
                .find_map(|line| line.trim().strip_prefix(word))
                .map(|rest| rest.trim().to_owned())
                .ok_or_else(|| format!("wrk said nothing about {word}: {text}"))
        };
        let cores = u64::try_from(std::thread::available_parallelism()?.get())?;
        Ok(Load {
            rate: after_word("Requests/sec:")?.parse()?,
            p99: after_word("99%")?,
            generator: (after - before) / (seconds * cores),
            program: (ours_after - ours) / (seconds * cores),
            others: busy.others_beside(ours_after - ours)?,
        })
    }
}

/// How a page fared; shares in percent of all cores.
struct Load {
    rate: f64,
    p99: String,
    generator: u64,
    program: u64,
    others: String,
}

impl Load {
    fn row(&self, what: &str, path: &str) -> Row {
        Row {
            what: format!(
                "Contest page of 80 stations, {what}; `wrk`, {CONNECTIONS} connections, {SECONDS} s, loopback"
            ),
            reference: format!("none; `{path}`"),
            goal: format!("≥ {PAGES:.0}/s"),
            measured: format!(
                "{:.0}/s, p99 {}; program {} % and load generator {} % of the cores{}",
                self.rate, self.p99, self.program, self.generator, self.others
            ),
            met: self.rate >= PAGES,
            cause: "",
            command: "make bench ROWS=pages",
        }
    }
}

/// Acceptances whose way to the page is timed.
const SEEN: u64 = 20;
/// From the acceptance until a reader of the page sees it.
const VISIBLE: Duration = Duration::from_millis(1_000);

const PLAIN: &str = "Accept: text/html";
const GZIP: &str = "Accept-Encoding: gzip";

/// Loads the page of the district, whose protocols have been sent and not accepted yet.
pub async fn pages(folder: &Path) -> Result<Vec<Row>, Failed> {
    let path = format!("/elections/bench-2023/contests/{}", DISTRICT.district);
    let (program, _) = Program::start(&["serve"], folder)?;
    let (at_start, _) = program.memory()?;
    if !program.get(&path)?.contains("30\u{202f}001") && !program.get(&path)?.contains("30001") {
        return Err("the page does not show the contest".into());
    }
    program.load(&path, 2, PLAIN).await?;

    let (app, _) = world::open(folder).await?;
    let acting = DISTRICT.secretary(&app)?;
    let busy = Busy::now()?;
    let mut times = Vec::new();
    for (station, counted) in DISTRICT.stations(0, SEEN).iter().zip(1_u64..) {
        let told = format!("{counted} of {} stations counted", DISTRICT.stations);
        let start = Instant::now();
        actions::accept(&acting, &Target::new(station, DISTRICT.id(), 1)).await?;
        while !program.get(&format!("{path}?lang=en"))?.contains(&told) {
            if start.elapsed() > Duration::from_secs(30) {
                return Err(format!("the page never said: {told}").into());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        times.push(start.elapsed());
    }
    let times = Times::new(times, Duration::ZERO);
    let seen_others = busy.others()?;
    let changes = tokio::spawn(async move {
        let mut tick = tokio::time::interval(CHANGE);
        for station in DISTRICT.stations(SEEN, DISTRICT.stations) {
            tick.tick().await;
            actions::accept(&acting, &Target::new(&station, DISTRICT.id(), 1)).await?;
        }
        Ok::<_, tandau::platform::Error>(())
    });
    let changing = program.load(&path, SECONDS, PLAIN).await?;
    changes.await??;
    let accepted = queries::progress(&mut *app.read().await?, &DISTRICT.id())
        .await?
        .accepted;
    app.database.close().await;
    if accepted != DISTRICT.stations {
        return Err(format!("{accepted} protocols of the page are accepted").into());
    }
    let still = program.load(&path, SECONDS, PLAIN).await?;
    let packed = program.load(&path, SECONDS, GZIP).await?;
    let (at_end, most) = program.memory()?;
    drop(program);
    Ok(vec![
        Row {
            what: format!(
                "Protocol accepted by one process → the contest page of another shows it; {SEEN} acceptances, page asked every 5 ms"
            ),
            reference: "the log of acts is numbered and followed five times a second each"
                .to_owned(),
            goal: format!("p95 ≤ {}", ms(VISIBLE)),
            measured: format!(
                "p50 {}, p95 {}{seen_others}",
                ms(times.percentile(50)),
                ms(times.percentile(95))
            ),
            met: times.percentile(95) <= VISIBLE,
            cause: "",
            command: "make bench ROWS=pages",
        },
        still.row("unchanged and read before", &path),
        changing.row("a protocol of it accepted 8 times a second", &path),
        packed.row("unchanged, sent packed (gzip) as browsers ask", &path),
        Row {
            what:
                "Memory of the program with 10,361 stations: after the start, after the load above"
                    .to_owned(),
            reference: "none".to_owned(),
            goal: format!("≤ {MEMORY_MB} MB"),
            measured: format!("{at_start} MB, {at_end} MB (at most {most} MB)"),
            met: most <= MEMORY_MB,
            cause: "",
            command: "make bench ROWS=pages",
        },
    ])
}

/// Builds the demo in an empty folder, then opens it again several times.
pub fn start(folder: &Path) -> Result<Vec<Row>, Failed> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    let busy = Busy::now()?;
    let (builder, building) = Program::start(&["demo", "--fast"], folder)?;
    let (ours, _) = machine::ticks(&builder.child.id().to_string())?;
    let build_others = busy.others_beside(ours)?;
    drop(builder);
    let busy = Busy::now()?;
    let mut times = Vec::new();
    let mut memory = (0, 0);
    for _ in 0..5 {
        let (program, took) = Program::start(&["demo"], folder)?;
        memory = program.memory()?;
        times.push(took);
    }
    times.sort_unstable();
    let median = times.get(2).copied().unwrap_or_default();
    let worst = times.last().copied().unwrap_or_default();
    Ok(vec![
        Row {
            what: "Start: exec → `/readyz` answers 200, on a built demo folder".to_owned(),
            reference: "none".to_owned(),
            goal: format!("≤ {}", ms(START)),
            measured: format!(
                "median {}, slowest {} of 5; {} MB resident{}",
                ms(median),
                ms(worst),
                memory.0,
                busy.others()?
            ),
            met: worst <= START,
            cause: "",
            command: "make bench ROWS=start",
        },
        Row {
            what: "Demo: exec → built, played and ready (`tandau demo --fast`, empty folder)"
                .to_owned(),
            reference: "none".to_owned(),
            goal: format!("≤ {}", ms(DEMO)),
            measured: format!("{}{build_others}", ms(building)),
            met: building <= DEMO,
            cause: "",
            command: "make bench ROWS=start",
        },
    ])
}
