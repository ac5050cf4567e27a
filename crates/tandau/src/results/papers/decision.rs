//! A decision of a commission as a paper to be signed.

use super::{day, signature};
use crate::commissions::{self, model::Office};
use crate::platform::Error;
use crate::platform::database::Connection;
use crate::results::queries;
use print::{DecisionPaper, Edition};

/// A decision as it is on record. Whose text is in one language is printed in that one.
///
/// # Errors
/// [`Error::NotFound`] for the act of another body, which signs its own papers.
pub(in crate::results) async fn decision(
    connection: &mut Connection,
    id: &str,
    edition: Edition,
) -> Result<DecisionPaper, Error> {
    let decision = commissions::queries::decision(connection, id).await?;
    let commission_id = decision.commission_id.as_deref().ok_or(Error::NotFound)?;
    let commission = commissions::queries::by_id(connection, commission_id).await?;
    let members =
        commissions::queries::composition(connection, &commission.id, decision.decided_on).await?;
    let dissents = commissions::queries::dissents(connection, &decision.id).await?;
    let synthetic = match &decision.election_id {
        Some(id) => queries::election(connection, id).await?.synthetic,
        None => queries::current(connection)
            .await?
            .is_some_and(|e| e.synthetic),
    };
    let signs = |office| {
        let seat = members.iter().find(|m| m.office == office);
        seat.map(signature).unwrap_or_default()
    };
    let (name, date) = (commission.names(), day(decision.decided_on));
    let (text_kk, text_ru) = if is_kazakh(&decision.text) {
        (decision.text.clone(), String::new())
    } else {
        (String::new(), decision.text.clone())
    };
    Ok(DecisionPaper {
        edition,
        commission_kk: name.kk,
        commission_ru: name.ru,
        commission_en: name.en,
        number: decision.number,
        date_kk: date.kk,
        date_ru: date.ru,
        date_en: date.en,
        place_kk: commission.area_names.kk,
        place_ru: commission.area_names.ru,
        place_en: commission.area_names.en,
        title_kk: decision.title.kk,
        title_ru: decision.title.ru,
        title_en: decision.title.en,
        text_kk,
        text_ru,
        text_en: String::new(),
        members: decision.votes.members,
        present: decision.votes.present,
        votes_for: decision.votes.yes,
        votes_against: decision.votes.no,
        chair: signs(Office::Chair),
        secretary: signs(Office::Secretary),
        dissent: (!dissents.is_empty()).then(|| {
            let opinions = dissents
                .iter()
                .map(|d| format!("{}\n{}", d.opinion, d.names.kk));
            opinions.collect::<Vec<_>>().join("\n\n")
        }),
        synthetic,
    })
}

/// Whether a text uses letters that Russian doesn't have.
fn is_kazakh(text: &str) -> bool {
    text.chars().any(|c| "әғқңөұүһіӘҒҚҢӨҰҮҺІ".contains(c))
}
