//! What the forms of a station's day send.

use super::day::{Place, Sent, build};
use crate::platform::web::{Ctx, FieldErrors, FormData, page_with_errors, see};
use crate::platform::{Error, ids};
use crate::votingday::actions::{self, Moment, Turnout};
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Time;

/// After a report: the page again, with what was done or what must be mended.
async fn finish(
    ctx: &Ctx,
    station: &str,
    contest: &str,
    outcome: Result<actions::Reported, Error>,
    mut sent: Sent,
    done: &str,
) -> Result<Response, Error> {
    match outcome {
        Ok(_) => Ok(see(&format!(
            "/office/stations/{station}/day?contest={contest}&done={done}"
        ))),
        Err(Error::Invalid(problems)) => {
            sent.errors = FieldErrors::take(Error::Invalid(
                problems
                    .into_iter()
                    .map(|mut p| {
                        p.field = format!("{}-{}", sent.form, p.field);
                        p
                    })
                    .collect(),
            ))?;
            page_with_errors(&build(ctx, station, contest, &sent).await?)
        }
        Err(other) => Err(other),
    }
}

async fn moment(
    ctx: &Ctx,
    station: &str,
    data: &FormData,
    form: &'static str,
) -> Result<(Moment, Sent), Error> {
    let contest = data.text("contest");
    let sent = Sent {
        form,
        at: data.text(&format!("{form}-at")).chars().take(10).collect(),
        reason: data.text(&format!("{form}-reason")).to_owned(),
        ..Sent::default()
    };
    let mut reader = ctx.read().await?;
    let place = Place::read(&mut reader, ctx, station, contest).await?;
    // Hours are typed by the station's own clocks; a time that can't be read is told at its field.
    let at = match read_time(&sent.at) {
        Some(time) => place.unit.at(time)?,
        None => return Err(Error::field("at", ctx.t.votingday_time_form())),
    };
    let input = Moment {
        station_id: place.unit.station_id,
        contest_id: place.unit.contest_id,
        at,
        reason: sent.reason.clone(),
    };
    Ok((input, sent))
}

/// `7:05`, `07.05` or `0705`.
fn read_time(text: &str) -> Option<Time> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (hour, minute) = match text.split_once([':', '.', ' ']) {
        Some((hour, minute)) => (hour.trim().parse().ok()?, minute.trim().parse().ok()?),
        None if digits.len() == 4 && digits.len() == text.len() => (
            digits.get(..2)?.parse().ok()?,
            digits.get(2..)?.parse().ok()?,
        ),
        None => return None,
    };
    Time::new(hour, minute, 0, 0).ok()
}

async fn report_moment(
    ctx: Ctx,
    station: String,
    data: FormData,
    form: &'static str,
) -> Result<Response, Error> {
    let contest = data.text("contest").to_owned();
    let acting = ctx.acting()?;
    let (outcome, sent) = match moment(&ctx, &station, &data, form).await {
        Ok((input, sent)) => {
            let outcome = if form == "open" {
                actions::open(&acting, &input).await
            } else {
                actions::close(&acting, &input).await
            };
            (outcome, sent)
        }
        Err(error) => {
            let sent = Sent {
                form,
                at: data.text(&format!("{form}-at")).chars().take(10).collect(),
                ..Sent::default()
            };
            (Err(error), sent)
        }
    };
    let done = if form == "open" {
        "station-opened"
    } else {
        "station-closed"
    };
    finish(&ctx, &station, &contest, outcome, sent, done).await
}

pub(super) async fn open(
    ctx: Ctx,
    Path(station): Path<String>,
    data: FormData,
) -> Result<Response, Error> {
    report_moment(ctx, station, data, "open").await
}

pub(super) async fn close(
    ctx: Ctx,
    Path(station): Path<String>,
    data: FormData,
) -> Result<Response, Error> {
    report_moment(ctx, station, data, "close").await
}

pub(super) async fn turnout(
    ctx: Ctx,
    Path(station): Path<String>,
    data: FormData,
) -> Result<Response, Error> {
    let contest = data.text("contest").to_owned();
    if !ids::is_id(&station) || !ids::is_id(&contest) {
        return Err(Error::NotFound);
    }
    let acting = ctx.acting()?;
    let mut errors = FieldErrors::new();
    let received = errors.count(ctx.t, &data, "turnout-received");
    let sent = Sent {
        form: "turnout",
        slot: data.text("turnout-slot").to_owned(),
        received: data.text("turnout-received").chars().take(12).collect(),
        reason: data.text("turnout-reason").to_owned(),
        ..Sent::default()
    };
    let outcome = match received {
        None => Err(Error::field("received", ctx.t.form_number())),
        Some(received) => {
            let input = Turnout {
                station_id: station.clone(),
                contest_id: contest.clone(),
                slot: sent.slot.clone(),
                received,
                reason: sent.reason.clone(),
            };
            actions::report_turnout(&acting, &input).await
        }
    };
    finish(&ctx, &station, &contest, outcome, sent, "turnout-reported").await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_type_it() {
        let seven = Time::new(7, 5, 0, 0).ok();
        for text in ["7:05", "07:05", "07.05", "0705", "7 05"] {
            assert_eq!(read_time(text), seven, "{text}");
        }
        for text in [
            "",
            "7",
            "705",
            "24:00",
            "7:60",
            "-7:05",
            "a:b",
            "07:05:00",
            "٠٧:٠٥",
        ] {
            assert_eq!(read_time(text), None, "{text}");
        }
    }
}
