//! How many reports a second are taken, by hand: `cargo nextest run -E 'test(readiness::tests::speed)' --run-ignored all`.

use super::world::*;
use crate::platform::inbox;
use std::time::Instant;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
#[allow(clippy::print_stderr, clippy::cast_precision_loss)]
async fn reports_a_second() {
    const REPORTS: usize = 4_000;
    const STATIONS: usize = 40;
    let ready = std::sync::Arc::new(Ready::new(STATIONS).await);
    let begun = Instant::now();
    let mut all = tokio::task::JoinSet::new();
    for lane in 0..STATIONS {
        let ready = std::sync::Arc::clone(&ready);
        all.spawn(async move {
            let station = format!("st{}", lane + 1);
            let who = ready.member(&station, "secretary");
            for round in 0..REPORTS / STATIONS {
                let base = round.to_string();
                let booths = (round % 19 + 2).to_string();
                let plan = format!("plan {round}");
                let cold = if round % 2 == 0 { "no" } else { "yes" };
                let backup = if round % 2 == 0 { "yes" } else { "na" };
                let day = format!("2023-10-0{}", round % 8 + 1);
                let fields = [
                    ("answer.power_backup", backup),
                    ("base.power_backup", base.as_str()),
                    ("answer.line_tested", day.as_str()),
                    ("base.line_tested", base.as_str()),
                    ("answer.booths", booths.as_str()),
                    ("base.booths", base.as_str()),
                    ("answer.weather_plan", plan.as_str()),
                    ("base.weather_plan", base.as_str()),
                    ("answer.cold", if round == 0 { cold } else { "" }),
                ];
                inbox::take(&who, &ready.envelope(&station, &fields))
                    .await
                    .unwrap();
            }
        });
    }
    while let Some(done) = all.join_next().await {
        done.unwrap();
    }
    let seconds = begun.elapsed().as_secs_f64();
    eprintln!("{:.0} reports/s", REPORTS as f64 / seconds);
}
