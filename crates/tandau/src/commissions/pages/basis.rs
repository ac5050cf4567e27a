//! The choice of the decision behind an act: one on record, or a new one whose fields stand below. Any page
//! on which an act rests on a decision asks for it in the same way.

use super::fields::{DecisionFields, read_decision};
use super::kind_name;
use crate::commissions::basis::{Asked, Basis, Purpose};
use crate::commissions::model::{Commission, Decision};
use crate::commissions::queries;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::date_short;
use crate::platform::web::fields::three;
use crate::platform::web::{Choice, Ctx, FieldErrors, FormData};
use crate::platform::{Error, Names, T, ids};

/// What is sent for a decision that is put on record with the act.
const NEW: &str = "new";

/// What the choice shows: `basis` in `commissions/pages/fields.html`.
pub struct BasisFields {
    pub(crate) choices: Vec<Choice>,
    /// The fields of a new decision; none for those who can't take one here.
    pub(crate) fields: Option<DecisionFields>,
    /// Whether the act can do without a decision.
    pub(crate) optional: bool,
}

impl BasisFields {
    /// For an act; `deciding` is the commission whose decision may be taken with it.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn of(
        ctx: &Ctx,
        connection: &mut Connection,
        asked: &Asked<'_>,
        deciding: Option<&Commission>,
        optional: bool,
        form: &FormData,
    ) -> Result<Self, Error> {
        let (t, chosen) = (ctx.t, form.text("decision_id"));
        let fields = match deciding {
            Some(commission) => Some(DecisionFields::of(ctx, connection, commission).await?),
            None => None,
        };
        let mut choices = Vec::new();
        if optional {
            choices.push(Choice::new("", t.commissions_basis_none(), chosen));
        }
        if fields.is_some() {
            choices.push(Choice::new(NEW, t.commissions_basis_new(), chosen));
        }
        if choices.is_empty() {
            choices.push(Choice::new("", t.commissions_choose_decision(), chosen));
        }
        let found = queries::offered(connection, asked).await?;
        choices.extend(found.iter().map(|d| offered(t, d, chosen)));
        Ok(Self {
            choices,
            fields,
            optional,
        })
    }
}

/// The commission of an area whose decisions this office puts on record, for [`BasisFields::of`].
///
/// # Errors
/// What the database reports.
pub async fn own_commission(
    ctx: &Ctx,
    connection: &mut Connection,
    area_id: &str,
) -> Result<Option<Commission>, Error> {
    let records = ctx
        .acting()?
        .may(connection, Action::DecisionRecord, area_id, None)
        .await?;
    if !records {
        return Ok(None);
    }
    queries::by_area(connection, area_id, ctx.app.today()).await
}

/// A decision as a line to choose.
pub(super) fn offered(t: T, decision: &Decision, chosen: &str) -> Choice {
    let day = date_short(t.lang, decision.decided_on);
    let text = format!(
        "№ {}, {day} – {}",
        decision.number,
        decision.title.get(t.lang)
    );
    Choice::new(
        &decision.id,
        text.chars().take(110).collect::<String>(),
        chosen,
    )
}

/// The form with the kind of the decision as its title, where nothing has been typed yet.
#[must_use]
pub fn titled(form: FormData, purpose: Purpose) -> FormData {
    if !form.fields().is_empty() {
        return form;
    }
    let title = Names::each(|t| kind_name(t, purpose.kind()));
    FormData::from_fields(three("title", &title).into())
}

/// Reads the choice; what is wrong joins `errors`, which may hold problems of other fields of the page. None
/// only where the act can do without a decision.
///
/// # Errors
/// [`Error::Invalid`] with all problems.
pub async fn read_basis<'a>(
    ctx: &Ctx,
    form: &FormData,
    mut errors: FieldErrors,
    deciding: Option<&Commission>,
    purpose: Purpose,
    optional: bool,
) -> Result<Option<Basis<'a>>, Error> {
    let chosen = form.text("decision_id");
    match (chosen, deciding) {
        (NEW, Some(commission)) => {
            let decision = read_decision(ctx, form, errors, &commission.id, purpose.kind()).await?;
            let paper = form.upload("paper").map(|upload| upload.bytes.clone());
            return Ok(Some(Basis::Taken {
                decision: Box::new(decision),
                paper,
            }));
        }
        ("", _) if optional => {}
        (id, _) if id != NEW && ids::is_id(id) => {
            errors.done()?;
            return Ok(Some(Basis::recorded(id)));
        }
        _ => errors.add("decision_id", ctx.t.commissions_choose_decision()),
    }
    errors.done()?;
    Ok(None)
}

/// As [`read_basis`], for an act that can't do without.
///
/// # Errors
/// As [`read_basis`].
pub async fn read_needed_basis<'a>(
    ctx: &Ctx,
    form: &FormData,
    errors: FieldErrors,
    deciding: Option<&Commission>,
    purpose: Purpose,
) -> Result<Basis<'a>, Error> {
    read_basis(ctx, form, errors, deciding, purpose, false)
        .await?
        .ok_or_else(|| Error::field("decision_id", ctx.t.commissions_choose_decision()))
}
