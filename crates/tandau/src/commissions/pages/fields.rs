//! The fields of a decision: any page on which a commission decides something asks for the same ones.

use crate::commissions::actions;
use crate::commissions::model::{Commission, Member, NewDecision};
use crate::commissions::queries;
use crate::platform::Error;
use crate::platform::database::Connection;
use crate::platform::web::fields::names;
use crate::platform::web::{Ctx, FieldErrors, FormData};

/// Longest opinion or text of one field, in characters; a form takes 20,000 bytes in one.
const MAX_TEXT: usize = 9_000;

/// What the fields of a decision show: `commissions/pages/fields.html`.
pub struct DecisionFields {
    /// Members who may dissent: person and name.
    pub(crate) members: Vec<(String, String)>,
    /// How many must be present.
    pub(crate) present_hint: String,
    /// How many must agree.
    pub(crate) votes_hint: String,
}

impl DecisionFields {
    /// For a decision that a commission takes today.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn of(
        ctx: &Ctx,
        connection: &mut Connection,
        commission: &Commission,
    ) -> Result<Self, Error> {
        let t = ctx.t;
        let members = queries::composition(connection, &commission.id, ctx.app.today()).await?;
        let total = u32::try_from(members.len()).map_err(Error::internal)?;
        let (present_hint, votes_hint) = match actions::rules(&ctx.app) {
            Some(rules) => (
                t.commissions_quorum(electoral::commission::quorum(total, rules.quorum.value)),
                t.commissions_majority(electoral::commission::majority(
                    total,
                    rules.majority.value,
                )),
            ),
            None => (String::new(), String::new()),
        };
        Ok(Self {
            members: members
                .iter()
                .map(|m| (m.person_id.clone(), m.names.get(t.lang).to_owned()))
                .collect(),
            present_hint,
            votes_hint,
        })
    }
}

/// Reads the fields into a decision of a commission; what is wrong joins `errors`, which may hold problems of
/// other fields of the same page.
///
/// # Errors
/// [`Error::Invalid`] with all problems.
pub async fn read_decision<'a>(
    ctx: &Ctx,
    form: &FormData,
    mut errors: FieldErrors,
    commission_id: &str,
    kind: &'a str,
) -> Result<NewDecision<'a>, Error> {
    let t = ctx.t;
    let decided_on = errors.date(t, form, "decided_on");
    let present = errors.count(t, form, "present");
    let votes_for = errors.count(t, form, "votes_for");
    let votes_against = errors.count(t, form, "votes_against");
    let text = errors.limited(t, form, "text", MAX_TEXT).to_owned();
    errors.done()?;
    let (Some(decided_on), Some(present), Some(votes_for), Some(votes_against)) =
        (decided_on, present, votes_for, votes_against)
    else {
        return Err(Error::field("decided_on", t.form_date()));
    };
    let composition = {
        let mut reader = ctx.read().await?;
        queries::composition(&mut reader, commission_id, decided_on).await?
    };
    Ok(NewDecision {
        commission_id: commission_id.to_owned(),
        kind,
        number: form.text("number").to_owned(),
        decided_on,
        title: names(form, "title"),
        text,
        present,
        votes_for,
        votes_against,
        dissents: dissents(form, &composition),
        file_id: None,
        election_id: None,
        contest_id: None,
    })
}

/// Opinions that were written, each with its member.
fn dissents(form: &FormData, members: &[Member]) -> Vec<(String, String)> {
    members
        .iter()
        .filter_map(|m| {
            let opinion = form.text(&format!("dissent-{}", m.person_id));
            (!opinion.is_empty()).then(|| (m.person_id.clone(), opinion.to_owned()))
        })
        .collect()
}
