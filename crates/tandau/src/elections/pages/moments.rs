//! A moment as a form sends it.

use crate::platform::T;
use crate::platform::web::{FieldErrors, FormData, fields};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A date and time as browsers send it, by the clocks of the election.
pub(crate) fn parse_moment(
    t: T,
    form: &FormData,
    field: &str,
    zone: &TimeZone,
    errors: &mut FieldErrors,
) -> Option<Timestamp> {
    let text = form.text(field);
    if text.is_empty() {
        return None;
    }
    let moment = fields::moment(text, zone);
    if moment.is_none() {
        errors.add(field, t.elections_moment_form());
    }
    // 23:59 in a form means the end of the day, which the rules write with its last second.
    let moment = moment?;
    let local = moment.to_zoned_datetime(zone.clone());
    let end_of_day = local.hour() == 23 && local.minute() == 59;
    let seconds = if end_of_day { 59 } else { 0 };
    moment
        .checked_add(jiff::SignedDuration::from_secs(seconds))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::Lang;
    use proptest::prelude::*;

    fn parsed(text: &str) -> (Option<Timestamp>, bool) {
        let form = FormData::from_fields(vec![("at".to_owned(), text.to_owned())]);
        let zone = TimeZone::get("Asia/Almaty").unwrap();
        let mut errors = FieldErrors::new();
        let moment = parse_moment(T::new(Lang::En), &form, "at", &zone, &mut errors);
        (moment, errors.is_empty())
    }

    #[test]
    fn a_moment_is_read_by_the_clocks_of_the_election() {
        let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        assert_eq!(
            parsed("2023-11-05T18:00"),
            (at("2023-11-05T12:00:00Z"), true)
        );
        assert_eq!(
            parsed("2023-11-05T23:59"),
            (at("2023-11-05T17:59:59Z"), true)
        );
        assert_eq!(parsed(""), (None, true));
        for odd in [
            "yesterday",
            "2023-11-05T25:00",
            "2023-02-30T10:00",
            "99999-01-01T00:00",
        ] {
            assert_eq!(parsed(odd), (None, false), "{odd}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_moment_or_a_refusal(
            text in prop_oneof!["\\PC{0,40}", "-?[0-9]{1,6}-[0-9]{1,3}-[0-9]{1,3}[T ][0-9]{1,3}:[0-9]{1,3}(:[0-9.]{1,20})?"]
        ) {
            let (moment, fine) = parsed(&text);
            let blank = text.trim().is_empty();
            prop_assert!(moment.is_none() || fine);
            prop_assert!(moment.is_some() || !fine || blank, "{text:?} is neither read nor refused");
        }
    }
}
