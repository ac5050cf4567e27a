//! The territorial commission's protocol of results (art. 43(8-1), 44(5)).

use super::{day, signature, text, words};
use crate::commissions;
use crate::platform::database::Connection;
use crate::platform::{App, Error, Names};
use crate::results::model::{Outcome, OutcomeKind, RepeatTerm};
use crate::results::queries::{self, Candidate, Contest, Election, Sums};
use electoral::protocol::{Kind, ProtocolForm};
use print::{Edition, PaperLine, ResultCandidate, ResultPaper};

/// The protocol of results of a determined contest. Whether it may be shown is the caller's matter.
///
/// # Errors
/// [`Error::NotFound`] for rules without a protocol; what the database reports.
pub(in crate::results) async fn result(
    connection: &mut Connection,
    app: &App,
    election: &Election,
    contest: &Contest,
    outcome: &Outcome,
    edition: Edition,
) -> Result<ResultPaper, Error> {
    let pack = app.rules.get(&election.rules_id)?;
    let form = pack.protocol.as_ref().ok_or(Error::NotFound)?;
    let sums = queries::sums_of_contest(connection, &contest.id).await?;
    let candidates = queries::candidates(connection, &contest.id).await?;
    let decision = commissions::queries::decision(connection, &outcome.decision_id).await?;
    let commission = commissions::queries::by_id(connection, &contest.commission_id).await?;
    let members =
        commissions::queries::composition(connection, &commission.id, decision.decided_on).await?;
    let dissents = commissions::queries::dissents(connection, &decision.id).await?;
    let term = RepeatTerm::after(&pack, contest.voting_day)?;
    let title = Names::each(|t| t.results_paper_title());
    let name = commission.names();
    let date = day(decision.decided_on);
    let region = &contest.region;
    let place = |lang: fn(&Names) -> &String| format!("{}, {}", lang(region), lang(&contest.names));
    let said = said(&candidates, outcome, term);
    Ok(ResultPaper {
        edition,
        title_kk: title.kk,
        title_ru: title.ru,
        title_en: title.en,
        election_kk: election.title.kk.clone(),
        election_ru: election.title.ru.clone(),
        election_en: election.title.en.clone(),
        contest_kk: place(|n| &n.kk),
        contest_ru: place(|n| &n.ru),
        contest_en: place(|n| &n.en),
        commission_kk: name.kk,
        commission_ru: name.ru,
        commission_en: name.en,
        date_kk: date.kk,
        date_ru: date.ru,
        date_en: date.en,
        stations_counted: u32::try_from(contest.progress.accepted).map_err(Error::internal)?,
        stations_expected: u32::try_from(contest.progress.expected).map_err(Error::internal)?,
        lines: lines(form, &sums),
        candidates: rows(&candidates, &sums, outcome),
        outcome_kk: said.kk,
        outcome_ru: said.ru,
        outcome_en: said.en,
        signatures: members.iter().map(signature).collect(),
        dissent: (!dissents.is_empty()).then(|| {
            let opinions = dissents
                .iter()
                .map(|d| format!("{}\n{}", d.opinion, d.names.kk));
            opinions.collect::<Vec<_>>().join("\n\n")
        }),
        posted_at: String::new(),
        synthetic: election.synthetic,
        version: u32::try_from(outcome.version).map_err(Error::internal)?,
    })
}

/// Every line of the protocol with its sum; candidates stand in a table of their own.
fn lines(form: &ProtocolForm, sums: &Sums) -> Vec<PaperLine> {
    form.lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.kind != Kind::PerCandidate && line.id != "against_all")
        .map(|(place, line)| {
            let figure = sums.line(&line.id);
            let (label, words) = (text(&line.label), words(figure));
            PaperLine {
                number: (place + 1).to_string(),
                label_kk: label.kk,
                label_ru: label.ru,
                label_en: label.en,
                figure,
                words_kk: words.kk,
                words_ru: words.ru,
                words_en: words.en,
            }
        })
        .collect()
}

fn rows(candidates: &[Candidate], sums: &Sums, outcome: &Outcome) -> Vec<ResultCandidate> {
    let took_part = sums.took_part();
    let row = |number: String, name: Names, votes: u64, elected: bool| {
        let words = words(votes);
        ResultCandidate {
            number,
            name_kk: name.kk,
            name_ru: name.ru,
            name_en: name.en,
            votes,
            share: hundredths(votes, took_part),
            words_kk: words.kk,
            words_ru: words.ru,
            words_en: words.en,
            elected,
        }
    };
    let mut rows: Vec<ResultCandidate> = candidates
        .iter()
        .map(|c| {
            let elected = outcome.candidate_id.as_deref() == Some(&c.id);
            row(
                c.position.to_string(),
                c.names.clone(),
                sums.votes(&c.id),
                elected,
            )
        })
        .collect();
    rows.push(row(
        String::new(),
        Names::each(|t| t.results_against_all()),
        sums.line("against_all"),
        false,
    ));
    rows
}

/// Hundredths of a percent, rounded as on the pages.
fn hundredths(part: u64, whole: u64) -> Option<u32> {
    let (part, whole) = (u128::from(part), u128::from(whole));
    let doubled = part.checked_mul(20_000)?.checked_add(whole)?;
    u32::try_from(doubled.checked_div(whole.checked_mul(2)?)?).ok()
}

/// What the commission determined, and what follows from it by the rules.
fn said(candidates: &[Candidate], outcome: &Outcome, term: Option<RepeatTerm>) -> Names {
    Names::each(|t| {
        let called = |id: &String| {
            let of = candidates.iter().find(|c| c.id == *id);
            of.map_or_else(|| id.clone(), |c| c.names.get(t.lang).to_owned())
        };
        let mut lines = match (outcome.kind, &outcome.candidate_id) {
            (OutcomeKind::Elected, Some(id)) => vec![
                format!("{}.", t.results_contest_elected(called(id))),
                t.results_why_elected(outcome.margin),
            ],
            (kind, _) => vec![format!("{}.", t.word(kind.message_key()))],
        };
        match outcome.kind {
            OutcomeKind::Elected => {}
            OutcomeKind::Tie => {
                let tied: Vec<String> = outcome.tied.iter().map(called).collect();
                lines.push(format!(
                    "{} {}.",
                    t.results_why_tie(outcome.votes),
                    tied.join(", ")
                ));
            }
            OutcomeKind::NoVotes => lines.push(t.results_why_no_votes()),
            OutcomeKind::Invalid => lines.push(outcome.reason.clone()),
        }
        if let Some(term) = term.filter(|_| outcome.kind.is_repeated()) {
            let last = crate::platform::i18n::date_long(t.lang, term.last);
            lines.push(t.results_repeat_term(term.months, last));
        }
        lines.push(t.results_basis(outcome.article.clone()));
        lines.join("\n")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_as_on_the_pages() {
        assert_eq!(hundredths(1, 3), Some(3333));
        assert_eq!(hundredths(2, 3), Some(6667));
        assert_eq!(hundredths(1, 8), Some(1250));
        assert_eq!(hundredths(0, 0), None);
    }
}
