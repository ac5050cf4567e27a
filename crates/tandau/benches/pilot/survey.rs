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

/// One phone: joins and answers at its moments. Returns how long both took and when they were done.
async fn phone(
    address: Arc<str>,
    code: Arc<str>,
    number: u32,
    of: u32,
    (started, taken): (Instant, Arc<AtomicU32>),
) -> Result<[Duration; 4], Failed> {
    let at = |over: Duration| started + over * number / of;
    tokio::time::sleep_until(at(JOIN_OVER).into()).await;
    let start = Instant::now();
    let phone = Phone::join(&address, &code).await?;
    let (join, joined) = (start.elapsed(), started.elapsed());
    // In another order than they came.
    let turn = number.wrapping_mul(7_919) % of;
    let moment = started + JOINED + ANSWER_OVER * turn / of;
    tokio::time::sleep_until(moment.into()).await;
    let start = Instant::now();
    let reply = phone.answer(&made::form(number)).await?;
    if reply.status != 200 || !reply.body.contains("\"taken\"") {
        return Err(format!("phone {number}: {} {}", reply.status, reply.body).into());
    }
    taken.fetch_add(1, Ordering::SeqCst);
    let answered = started.elapsed().saturating_sub(JOINED);
    Ok([join, joined, start.elapsed(), answered])
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

async fn hall(folder: &Path, phones: u32) -> Result<Row, Failed> {
    let (app, _) = world::open(folder).await?;
    let code = made::survey(&app, &format!("hall-{phones}")).await?;
    app.database.close().await;
    let (program, _) = Program::start(&["serve"], folder)?;
    let address: Arc<str> = program.address().into();
    let busy = Busy::now()?;
    let started = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    let taken = Arc::new(AtomicU32::new(0));
    for number in 0..phones {
        let code: Arc<str> = code.as_str().into();
        let known = (started, Arc::clone(&taken));
        tasks.spawn(phone(Arc::clone(&address), code, number, phones, known));
    }
    let wall = tokio::spawn(projector(
        Arc::clone(&address),
        code.as_str().into(),
        taken,
        phones,
    ));
    let (mut joins, mut answers) = (Vec::new(), Vec::new());
    let (mut joined, mut answered) = (Duration::ZERO, Duration::ZERO);
    while let Some(done) = tasks.join_next().await {
        let [join, by, answer, all_by] = done??;
        joins.push(join);
        answers.push(answer);
        joined = joined.max(by);
        answered = answered.max(all_by);
    }
    let (ours, _) = crate::machine::ticks(&program.process())?;
    let others = busy.others_beside(ours)?;
    // It ends when every phone is counted, and only then.
    let behind = tokio::time::timeout(ANSWERED, wall).await???;
    let (joins, answers) = (Times::new(joins, joined), Times::new(answers, answered));
    Ok(Row {
        what: format!(
            "A hall of {phones} phones behind one address: page, sheet, script and presence within 10 s, then {} questions within a minute",
            made::QUESTIONS
        ),
        reference:
            "none; each request a connection of its own, loopback, load generator on the same cores"
                .to_owned(),
        goal: format!(
            "all joined ≤ {}, all counted ≤ {}, the projector at most {} behind",
            ms(JOINED),
            ms(ANSWERED),
            ms(FOLLOWS)
        ),
        measured: format!(
            "joined after {} (a first visit p50 {}, p99 {}), all {phones} counted after {} (an answer p50 {}, p99 {}), the projector at most {} behind{others}",
            ms(joined),
            ms(joins.percentile(50)),
            ms(joins.percentile(99)),
            ms(answered),
            ms(answers.percentile(50)),
            ms(answers.percentile(99)),
            ms(behind),
        ),
        met: joined <= JOINED && answered <= ANSWERED && behind <= FOLLOWS,
        cause: "",
        command: COMMAND,
    })
}

pub async fn measure(folder: &Path) -> Result<Vec<Row>, Failed> {
    println!("A hall answers in {}", folder.display());
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    let mut rows = vec![writing(folder).await?];
    for phones in HALLS {
        rows.push(hall(folder, phones).await?);
    }
    Ok(rows)
}
