//! Fields that many forms have: the version that was seen and other hidden numbers, words in three languages, areas,
//! moments by the clocks of a place.

use super::{Ctx, FieldErrors, FormData};
use crate::platform::{Error, Names, T, areas};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// A number that the page put into a hidden field; what can't be read is none.
pub(crate) fn hidden(form: &FormData, name: &str) -> u64 {
    form.text(name).parse().unwrap_or(0)
}

/// The version that a form was made from (field `version`).
pub(crate) fn seen(form: &FormData) -> u64 {
    hidden(form, "version")
}

/// A field of a form as it is first shown.
pub(crate) fn pair(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

/// Words in three languages as three fields.
pub(crate) fn three(name: &str, words: &Names) -> [(String, String); 3] {
    [
        pair(&format!("{name}_kk"), &words.kk),
        pair(&format!("{name}_ru"), &words.ru),
        pair(&format!("{name}_en"), &words.en),
    ]
}

/// Three fields as words in three languages.
pub(crate) fn names(form: &FormData, name: &str) -> Names {
    let text = |lang: &str| form.text(&format!("{name}_{lang}"));
    Names::new(text("kk"), text("ru"), text("en"))
}

/// The area whose code was typed, today; none for no such code.
pub(crate) async fn area_of(ctx: &Ctx, code: &str) -> Result<Option<String>, Error> {
    let mut reader = ctx.read().await?;
    Ok(areas::by_typed_code(&mut reader, code, ctx.app.today()).await?)
}

/// A moment as inputs of date and time send it, by the clocks of a place.
pub(crate) fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let local: DateTime = text.parse().ok()?;
    Some(local.to_zoned_datetime(zone.clone()).ok()?.timestamp())
}

/// A moment as inputs of date and time take it.
pub(crate) fn local(at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned_datetime(zone.clone());
    format!("{}T{:02}:{:02}", local.date(), local.hour(), local.minute())
}

/// When something begins and ends: days and times by clocks that the form doesn't know yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    first: Date,
    last: Date,
    starts: Time,
    ends: Time,
}

impl Span {
    /// Fields `day`, `starts` and `ends`, and the one with the last day, which is the first one where it is blank. Notes
    /// what can't be read; `wrong` says it of a time.
    pub(crate) fn read(
        t: T,
        form: &FormData,
        last_day: &str,
        wrong: &str,
        errors: &mut FieldErrors,
    ) -> Option<Self> {
        let first = form.text("day");
        let last = match form.text(last_day) {
            "" => first,
            last => last,
        };
        let days = first.parse::<Date>().ok().zip(last.parse().ok());
        if days.is_none() {
            errors.add("day", t.form_date());
        }
        let mut time = |field: &str| {
            let time = form.text(field).parse::<Time>().ok();
            if time.is_none() {
                errors.add(field, wrong);
            }
            time
        };
        let (starts, ends) = (time("starts"), time("ends"));
        let (first, last) = days?;
        Some(Self {
            first,
            last,
            starts: starts?,
            ends: ends?,
        })
    }

    /// Both moments by the clocks of a place.
    ///
    /// # Errors
    /// A day that no clock shows.
    pub(crate) fn moments(self, zone: &TimeZone) -> Result<(Timestamp, Timestamp), Error> {
        let moment = |day: Date, time: Time| -> Result<Timestamp, Error> {
            let local = day.to_datetime(time).to_zoned_datetime(zone.clone())?;
            Ok(local.timestamp())
        };
        Ok((
            moment(self.first, self.starts)?,
            moment(self.last, self.ends)?,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::{Span, local, moment, pair};
    use crate::platform::web::{FieldErrors, FormData};
    use crate::platform::{Lang, T};
    use jiff::tz::TimeZone;

    fn read(fields: &[(&str, &str)], last_day: &str) -> Result<(String, String), Vec<String>> {
        let fields = fields.iter().map(|(name, value)| pair(name, *value));
        let form = FormData::from_fields(fields.collect());
        let mut errors = FieldErrors::new();
        let span = Span::read(T::new(Lang::En), &form, last_day, "no time", &mut errors);
        let wrong: Vec<String> = errors.summary().into_iter().map(|e| e.href).collect();
        let Some(span) = span.filter(|_| wrong.is_empty()) else {
            return Err(wrong);
        };
        let (starts, ends) = span
            .moments(&TimeZone::get("Asia/Almaty").unwrap())
            .unwrap();
        Ok((starts.to_string(), ends.to_string()))
    }

    #[test]
    fn a_span_is_read_by_the_clocks_of_a_place() {
        let one = [
            ("day", "2023-10-02"),
            ("starts", "10:00"),
            ("ends", "13:30"),
        ];
        let times = |starts: &str, ends: &str| Ok((starts.to_owned(), ends.to_owned()));
        let same_day = times("2023-10-02T04:00:00Z", "2023-10-02T07:30:00Z");
        assert_eq!(read(&one, "last_day"), same_day);
        let [day, starts, ends] = one;
        let two = [day, ("last_day", "2023-10-03"), starts, ends];
        assert_eq!(
            read(&two, "last_day"),
            times("2023-10-02T04:00:00Z", "2023-10-03T07:30:00Z")
        );
        // A form without a last day knows no such field.
        assert_eq!(read(&two, "day"), same_day);
    }

    #[test]
    fn what_is_no_day_and_no_time_is_said_of_its_field() {
        let wrong = [("day", "tomorrow"), ("starts", "25:00"), ("ends", "")];
        let all = ["#day", "#starts", "#ends"].map(str::to_owned).to_vec();
        assert_eq!(read(&wrong, "last_day"), Err(all));
        let last = [
            ("day", "2023-10-02"),
            ("last_day", "x"),
            ("starts", "10:00"),
            ("ends", "13:30"),
        ];
        assert_eq!(read(&last, "last_day"), Err(vec!["#day".to_owned()]));
    }

    #[test]
    fn a_moment_comes_back_as_it_was_typed() {
        let zone = TimeZone::get("Asia/Almaty").unwrap();
        let at = moment("2023-11-05T07:05", &zone).unwrap();
        assert_eq!(at.to_string(), "2023-11-05T01:05:00Z");
        assert_eq!(local(at, &zone), "2023-11-05T07:05");
        for wrong in ["", "2023-11-05T25:00", "yesterday"] {
            assert_eq!(moment(wrong, &zone), None, "{wrong}");
        }
    }
}
