//! The territorial protocol against the station protocols: every line is their sum (R15), and every share is
//! taken of those who took part (R17).

use crate::counting;
use crate::counting::queries::Totals;
use crate::platform::database::Connection;
use crate::platform::i18n::share_percent;
use crate::platform::{Error, T};
use electoral::protocol::{
    Audience, Context, Finding, LineKey, NamedCheck, ProtocolEntry, ProtocolForm, PublishedShare,
    check, check_sum,
};
use electoral::tabulation::Decimal;

/// What does not agree between the lines of a territorial protocol, its shares and the accepted protocols.
///
/// # Errors
/// What the database reports; figures too large to add.
pub(super) async fn verify(
    connection: &mut Connection,
    form: &ProtocolForm,
    contest_id: &str,
    sums: &Totals,
    t: T,
) -> Result<Vec<Finding>, Error> {
    let territory = entry(sums)?;
    let stations = counting::queries::accepted_entries(connection, contest_id).await?;
    let mut findings = check_sum(form, &territory, stations.values()).map_err(Error::internal)?;
    findings.extend(wrong_shares(
        form,
        &territory,
        &printed(form, &territory, t),
    ));
    Ok(findings)
}

/// Sums by line as a protocol of the territory.
fn entry(sums: &Totals) -> Result<ProtocolEntry, Error> {
    let mut entry = ProtocolEntry::new();
    for ((line, item), value) in sums {
        let key = if item.is_empty() {
            LineKey::single(line)
        } else {
            LineKey::item(line, item)
        };
        entry.set(key.map_err(Error::internal)?, *value);
    }
    Ok(entry)
}

/// The shares as pages and papers print them.
fn printed(form: &ProtocolForm, territory: &ProtocolEntry, t: T) -> Vec<PublishedShare> {
    let whole = form
        .named(NamedCheck::ShareDenominator)
        .and_then(|check| territory.single(check.lines.first()?))
        .unwrap_or(0);
    territory
        .values
        .iter()
        .filter(|(key, _)| matches!(key.line(), "votes" | "against_all"))
        .filter_map(|(key, votes)| {
            Some(PublishedShare {
                key: key.clone(),
                percent: read(&share_percent(t.lang, *votes, whole))?,
            })
        })
        .collect()
}

/// A share with two decimals as it is printed: `45,67 %`.
fn read(text: &str) -> Option<Decimal> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    Some(Decimal::new(digits.parse().ok()?, 2))
}

fn wrong_shares(
    form: &ProtocolForm,
    territory: &ProtocolEntry,
    shares: &[PublishedShare],
) -> Vec<Finding> {
    let context = Context {
        shares,
        ..Context::default()
    };
    let named = |finding: &Finding| form.check(&finding.code).and_then(|check| check.named);
    check(form, territory, &context)
        .into_iter()
        .filter(|finding| named(finding) == Some(NamedCheck::ShareDenominator))
        .collect()
}

/// The sentences of findings, for the commission that would put its outcome on them.
pub(super) fn sentences(form: &ProtocolForm, findings: &[Finding], t: T) -> String {
    let language = counting::sheet::language(t.lang);
    let told: Vec<String> = findings
        .iter()
        .map(|f| {
            let text = f.text(form, Audience::Decider, language, &|_| None);
            format!("{}: {text}", f.code)
        })
        .collect();
    told.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::Lang;
    use electoral::rules::built_in;

    fn form() -> ProtocolForm {
        let pack = built_in("akim-district-2023").unwrap().unwrap();
        pack.protocol.unwrap()
    }

    fn territory() -> ProtocolEntry {
        let mut sums = Totals::new();
        for (line, item, value) in [
            ("took_part", "", 448),
            ("votes", "c1", 220),
            ("votes", "c2", 201),
            ("against_all", "", 27),
        ] {
            sums.insert((line.to_owned(), item.to_owned()), value);
        }
        entry(&sums).unwrap()
    }

    #[test]
    fn shares_as_printed_are_those_of_the_law() {
        for lang in Lang::ALL {
            let shares = printed(&form(), &territory(), T::new(lang));
            assert_eq!(shares.len(), 3);
            assert_eq!(shares[1].percent, Decimal::new(4_911, 2), "{lang:?}");
            assert_eq!(wrong_shares(&form(), &territory(), &shares), []);
        }
    }

    #[test]
    fn a_share_of_another_whole_is_found() {
        let mut shares = printed(&form(), &territory(), T::new(Lang::En));
        shares[1].percent = Decimal::new(4_825, 2);
        let found = wrong_shares(&form(), &territory(), &shares);
        assert_eq!(found.len(), 1);
        assert!(sentences(&form(), &found, T::new(Lang::En)).starts_with("R17: "));
    }
}
