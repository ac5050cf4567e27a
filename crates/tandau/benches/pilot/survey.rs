//! A hall answers: phones join within ten seconds and answer within a minute, beside the rate at which answers can be
//! written at all.

use crate::clock::{Times, ms};
use crate::machine::Busy;
use crate::serving::Program;
use crate::table::Row;
use crate::{Failed, TOGETHER, replay, world};
use client::Phone;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tandau::platform::database::tap;
use tandau::platform::{App, Lang};
use tandau::surveys::actions;
use tandau::surveys::model::Submission;

#[path = "../../tests/hall/client.rs"]
mod client;
#[path = "../../tests/hall/made.rs"]
mod made;

/// Phones of a hall: the one of the visit, and a stadium.
const HALLS: [u32; 2] = [540, 5_000];
/// Phones join evenly over so much of the ten seconds, and answer over so much of the minute.
const JOIN_OVER: Duration = Duration::from_secs(8);
const ANSWER_OVER: Duration = Duration::from_secs(50);
const JOINED: Duration = Duration::from_secs(10);
const ANSWERED: Duration = Duration::from_secs(60);
/// Answers measured without a network between.
const CROWD: u32 = 4_000;
/// The projector's page asks so often.
const LOOKS: Duration = Duration::from_millis(400);
const FOLLOWS: Duration = Duration::from_secs(1);
/// So long a phone waits that got no answer; the page's script begins with about as much.
const RETRY: Duration = Duration::from_millis(750);
const COMMAND: &str = "make bench ROWS=survey";

fn submission(number: u32) -> Submission {
    Submission {
        device: format!("{number:022}"),
        token: None,
        lang: Lang::Kk,
        answers: made::answers(number),
    }
}

/// So many submissions, many at once.
async fn crowd(app: &App, code: &str, numbers: std::ops::Range<u32>) -> Result<Times, Failed> {
    let mut tasks = tokio::task::JoinSet::new();
    let lanes = u32::try_from(TOGETHER)?;
    let started = Instant::now();
    for lane in 0..lanes {
        let (app, code, numbers) = (app.clone(), code.to_owned(), numbers.clone());
        tasks.spawn(async move {
            let mut times = Vec::new();
            for number in numbers.filter(|n| n % lanes == lane) {
                let start = Instant::now();
                let accepted = actions::answer(&app, &code, submission(number)).await?;
                if accepted != actions::Accepted::Counted {
                    return Err(Failed::from("an answer was taken for a repetition"));
                }
                times.push(start.elapsed());
            }
            Ok::<_, Failed>(times)
        });
    }
    let mut all = Vec::new();
    while let Some(done) = tasks.join_next().await {
        all.extend(done??);
    }
    Ok(Times::new(all, started.elapsed()))
}

async fn writing(folder: &Path) -> Result<Row, Failed> {
    let (app, key) = world::open(folder).await?;
    tandau::cli::start_background(&app, key);
    let code = made::survey(&app, "rate").await?;
    crowd(&app, &code, 0..200).await?;
    let copy = folder.with_extension("replay.db");
    if copy.exists() {
        std::fs::remove_file(&copy)?;
    }
    tandau::platform::database::copy_sqlite(&world::file(folder), &copy).await?;
    let busy = Busy::now()?;
    tap::begin();
    let times = crowd(&app, &code, 200..200 + CROWD).await?;
    let acts: Vec<_> = tap::end()
        .into_iter()
        .filter(|act| act.iter().any(|(sql, _)| sql.contains("survey_spent")))
        .collect();
    let others = busy.others()?;
    if acts.len() != usize::try_from(CROWD)? {
        return Err(format!("{} of {CROWD} answers were overheard", acts.len()).into());
    }
    let statements = acts.iter().map(Vec::len).sum::<usize>() / acts.len().max(1);
    let own_rate = replay::again(&copy, acts, TOGETHER).await?;
    std::fs::remove_file(&copy)?;
    app.database.close().await;
    let share = 100.0 * times.rate() / own_rate;
    Ok(Row {
        what: format!(
            "Answers of a phone counted: {} questions, checked, one transaction, durable; {TOGETHER} at once, {CROWD} phones",
            made::QUESTIONS
        ),
        reference: format!(
            "the database's own rate: the same {statements} statements and rows, {TOGETHER} to a commit, {own_rate:.0}/s"
        ),
        goal: "≥ 100/s, what 5,000 phones need in a minute".to_owned(),
        measured: format!(
            "{:.0}/s, p50 {}, p99 {}; {share:.0} % of the database's own rate{others}",
            times.rate(),
            ms(times.percentile(50)),
            ms(times.percentile(99)),
        ),
        met: times.rate() >= 100.0,
        cause: "",
        command: COMMAND,
    })
}

/// Hands an answer over until it is said to be counted. Where the server is killed, a try that came to nothing is repeated.
async fn hand_over(phone: &Phone, form: &str, killed: bool) -> Result<(), Failed> {
    loop {
        match phone.answer(form).await {
            Ok(reply) if reply.status == 200 && reply.body.contains("\"taken\"") => return Ok(()),
            // It was counted, and the server was killed before it could say so.
            Ok(reply) if killed && reply.status == 200 && reply.body.contains("\"again\"") => {
                return Ok(());
            }
            Ok(reply) if !killed || reply.status < 500 => {
                return Err(format!("{} {}", reply.status, reply.body).into());
            }
            Err(error) if !killed => return Err(error.into()),
            Ok(_) | Err(_) => tokio::time::sleep(RETRY).await,
        }
    }
}

/// One phone: joins, stays, and answers at its moments. Returns how long joining and answering took and when they were done.
async fn phone(
    address: Arc<str>,
    code: Arc<str>,
    number: u32,
    of: u32,
    (started, taken, killed): (Instant, Arc<AtomicU32>, bool),
) -> Result<[Duration; 4], Failed> {
    let at = |over: Duration| started + over * number / of;
    tokio::time::sleep_until(at(JOIN_OVER).into()).await;
    let start = Instant::now();
    let mut phone = Phone::join(&address, &code).await?;
    let (join, joined) = (start.elapsed(), started.elapsed());
    // In another order than they came.
    let turn = number.wrapping_mul(7_919) % of;
    let moment = started + JOINED + ANSWER_OVER * turn / of;
    phone.stay(moment).await;
    let start = Instant::now();
    hand_over(&phone, &made::form(number), killed)
        .await
        .map_err(|e| format!("phone {number}: {e}"))?;
    let answer = start.elapsed();
    taken.fetch_add(1, Ordering::SeqCst);
    let answered = started.elapsed().saturating_sub(JOINED);
    let _ = phone.word("done").await;
    Ok([join, joined, answer, answered])
}

/// How many the projector shows.
fn shown(body: &str) -> Option<u32> {
    let text: String = body
        .split("\"answered\":\"")
        .nth(1)?
        .chars()
        .take_while(|c| *c != '"')
        .filter(char::is_ascii_digit)
        .collect();
    text.parse().ok()
}

/// Looks at the projector's figures as its page does until all have answered. Returns the longest time that an answer
/// which a phone knows to be counted was missing there.
async fn projector(
    address: Arc<str>,
    code: Arc<str>,
    taken: Arc<AtomicU32>,
    phones: u32,
) -> Result<Duration, Failed> {
    let path = format!("/s/{code}/live?lang=en");
    let mut waiting: VecDeque<(u32, Instant)> = VecDeque::new();
    let mut worst = Duration::ZERO;
    loop {
        waiting.push_back((taken.load(Ordering::SeqCst), Instant::now()));
        let live = client::ask(&address, "GET", &path, "", "").await?;
        let there = shown(&live.body).ok_or_else(|| format!("no number in {}", live.body))?;
        while let Some((known, since)) = waiting.front().copied() {
            if known > there {
                break;
            }
            worst = worst.max(Instant::elapsed(&since));
            waiting.pop_front();
        }
        if there > phones {
            return Err(format!("{phones} phones answered, counted are {there}").into());
        }
        if there == phones {
            return Ok(worst);
        }
        tokio::time::sleep(LOOKS).await;
    }
}

/// Waits until half of the hall is counted, kills the server between two instructions, and starts it again where it was.
/// Returns it with how long nobody was there.
async fn killed_half_way(
    program: Program,
    folder: &Path,
    taken: &AtomicU32,
    phones: u32,
) -> Result<(Program, Duration), Failed> {
    while taken.load(Ordering::SeqCst) < phones / 2 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let (address, folder) = (program.address().to_owned(), folder.to_owned());
    tokio::task::spawn_blocking(move || {
        let gone = Instant::now();
        drop(program);
        let (again, _) = Program::start_at(&["serve"], &folder, address)?;
        Ok::<_, Failed>((again, gone.elapsed()))
    })
    .await?
}

/// Every counter must be what the phones answered, each of them once.
async fn compare(folder: &Path, code: &str, phones: u32) -> Result<(), Failed> {
    let (app, _) = world::open(folder).await?;
    let (answered, spent, counters) = made::counted(&app, code).await?;
    app.database.close().await;
    let all = i64::from(phones);
    if (answered, spent) != (all, all) {
        return Err(format!("{phones} phones were told; counted {answered}, once {spent}").into());
    }
    if counters != made::sums(phones) {
        return Err("the counters are not what the phones answered".into());
    }
    Ok(())
}

/// What the phones of a hall lived through.
struct Lived {
    joins: Times,
    joined: Duration,
    answers: Times,
    answered: Duration,
}

impl Lived {
    fn of(all: &[[Duration; 4]]) -> Self {
        let column = |at: usize| -> Vec<Duration> {
            all.iter().filter_map(|one| one.get(at)).copied().collect()
        };
        let latest = |at: usize| column(at).into_iter().max().unwrap_or_default();
        let (joined, answered) = (latest(1), latest(3));
        Self {
            joins: Times::new(column(0), joined),
            answers: Times::new(column(2), answered),
            joined,
            answered,
        }
    }

    fn in_time(&self) -> bool {
        self.joined <= JOINED && self.answered <= ANSWERED
    }

    fn words(&self, phones: u32) -> String {
        format!(
            "joined after {} (a first visit p50 {}, p99 {}), all {phones} counted after {} (an answer p50 {}, p99 {}), every counter as answered",
            ms(self.joined),
            ms(self.joins.percentile(50)),
            ms(self.joins.percentile(99)),
            ms(self.answered),
            ms(self.answers.percentile(50)),
            ms(self.answers.percentile(99)),
        )
    }
}

/// What a row says about the halls that it compares with.
const REFERENCE: &str =
    "none; each request a connection of its own, loopback, load generator on the same cores";

async fn hall(folder: &Path, phones: u32, killed: bool) -> Result<Row, Failed> {
    let (app, _) = world::open(folder).await?;
    let id = format!("hall-{phones}{}", if killed { "-killed" } else { "" });
    let code: Arc<str> = made::survey(&app, &id).await?.into();
    app.database.close().await;
    let (mut program, _) = Program::start(&["serve"], folder)?;
    let address: Arc<str> = program.address().into();
    let busy = Busy::now()?;
    let started = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    let taken = Arc::new(AtomicU32::new(0));
    for number in 0..phones {
        let known = (started, Arc::clone(&taken), killed);
        let (address, code) = (Arc::clone(&address), Arc::clone(&code));
        tasks.spawn(phone(address, code, number, phones, known));
    }
    let looks = (Arc::clone(&address), Arc::clone(&code), Arc::clone(&taken));
    let wall = (!killed).then(|| tokio::spawn(projector(looks.0, looks.1, looks.2, phones)));
    let mut gone = Duration::ZERO;
    if killed {
        let half = tokio::time::timeout(
            JOINED + ANSWERED,
            killed_half_way(program, folder, &taken, phones),
        );
        (program, gone) = half.await??;
    }
    let mut all = Vec::new();
    while let Some(done) = tasks.join_next().await {
        all.push(done??);
    }
    let lived = Lived::of(&all);
    let (ours, _) = crate::machine::ticks(&program.process())?;
    let others = busy.others_beside(ours)?;
    // It ends when every phone is counted, and only then.
    let behind = match wall {
        Some(wall) => Some(tokio::time::timeout(ANSWERED, wall).await???),
        None => None,
    };
    drop(program);
    compare(folder, &code, phones).await?;
    let said = lived.words(phones);
    let questions = made::QUESTIONS;
    Ok(match behind {
        Some(behind) => Row {
            what: format!(
                "A hall of {phones} phones behind one address: page, sheet, script and presence within 10 s, then {questions} questions within a minute"
            ),
            reference: REFERENCE.to_owned(),
            goal: format!(
                "all joined ≤ {}, all counted ≤ {}, the projector at most {} behind",
                ms(JOINED),
                ms(ANSWERED),
                ms(FOLLOWS)
            ),
            measured: format!(
                "{said}, the projector at most {} behind{others}",
                ms(behind)
            ),
            met: lived.in_time() && behind <= FOLLOWS,
            cause: "",
            command: COMMAND,
        },
        None => Row {
            what: format!(
                "The same hall of {phones} phones, the server killed (SIGKILL) when half are counted and started again"
            ),
            reference: REFERENCE.to_owned(),
            goal: format!(
                "no answer lost and none twice, all joined ≤ {}, all counted ≤ {}",
                ms(JOINED),
                ms(ANSWERED)
            ),
            measured: format!("gone for {}; {said}{others}", ms(gone)),
            met: lived.in_time(),
            cause: "",
            command: COMMAND,
        },
    })
}

pub async fn measure(folder: &Path) -> Result<Vec<Row>, Failed> {
    println!("A hall answers in {}", folder.display());
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    let mut rows = vec![writing(folder).await?];
    for phones in HALLS {
        for killed in [false, true] {
            rows.push(hall(folder, phones, killed).await?);
        }
    }
    Ok(rows)
}
