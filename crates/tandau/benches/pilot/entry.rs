//! The protocols of a country enter the installation.

use crate::clock::{ms, per_second};
use crate::machine::Busy;
use crate::table::Row;
use crate::world::{self, COUNTRY, DISTRICT, TOWN};
use crate::{Failed, TOGETHER};
use std::path::Path;
use std::time::{Duration, Instant};
use tandau::counting::queries;

/// The longest that a country's protocols may take.
const GOAL: Duration = Duration::from_secs(60);

/// Sends the protocols of all contests; measures the country's.
pub async fn measure(folder: &Path) -> Result<Vec<Row>, Failed> {
    let (app, key) = world::open(folder).await?;
    tandau::cli::start_background(&app, key);
    let busy = Busy::now()?;
    let started = Instant::now();
    world::send_all(&app, COUNTRY).await?;
    let took = started.elapsed();
    let others = busy.others()?;
    world::send_all(&app, TOWN).await?;
    world::send_all(&app, DISTRICT).await?;
    let submitted = queries::progress(&mut *app.read().await?, &COUNTRY.id())
        .await?
        .submitted;
    app.database.close().await;
    if submitted != COUNTRY.stations {
        return Err(format!("{submitted} protocols were sent").into());
    }
    let count = usize::try_from(COUNTRY.stations)?;
    Ok(vec![Row {
        what: format!(
            "Entry of 10,101 protocols by their stations, {TOGETHER} at once: entered, sent, confirmed; checks, versions, log of acts"
        ),
        reference: "none".to_owned(),
        goal: format!("≤ {}", ms(GOAL)),
        measured: format!(
            "{}, {:.0} protocols/s{others}",
            ms(took),
            per_second(count, took)
        ),
        met: took <= GOAL,
        cause: "",
        command: "make bench ROWS=import",
    }])
}
