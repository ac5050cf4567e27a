//! `/office/training/tests/{programme}/questions/…`: one question of a bank.

use super::super::export::cell;
use super::super::import;
use super::{bank, crumbs};
use crate::platform::web::fields::{pair, seen, three};
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, ids};
use crate::training::learning::model::{Kind, Question};
use crate::training::learning::{actions, store};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use electoral::training::question::Answer;

#[derive(Template)]
#[template(path = "training/learning/pages/question.html")]
struct QuestionPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    action: String,
    editing: bool,
    modules: Vec<Choice>,
    kinds: Vec<Choice>,
    packs: Vec<Choice>,
}

async fn build(
    ctx: &Ctx,
    programme: &str,
    id: Option<&str>,
    form: FormData,
    errors: FieldErrors,
) -> Result<QuestionPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let name = store::programme(&mut reader, programme).await?;
    let modules = store::modules(&mut reader, programme).await?;
    drop(reader);
    let title = if id.is_some() {
        t.learning_question_edit()
    } else {
        t.learning_question_new()
    };
    let with_forms = ctx.app.rules.ids().filter(|id| {
        let pack = ctx.app.rules.get(id);
        pack.is_ok_and(|pack| pack.protocol.is_some())
    });
    let mut packs = vec![Choice::new("", t.learning_pack_none(), form.text("pack"))];
    packs.extend(with_forms.map(|id| Choice::new(id, id, form.text("pack"))));
    let way = (programme, name.get(t.lang));
    Ok(QuestionPage {
        s: ctx.shell(
            "office",
            title.clone(),
            crumbs(ctx, Some(way), title.clone()),
        ),
        action: match id {
            Some(id) => format!("/office/training/tests/{programme}/questions/{id}"),
            None => format!("/office/training/tests/{programme}/questions/new"),
        },
        editing: id.is_some(),
        modules: modules
            .iter()
            .filter(|m| !m.retired)
            .map(|m| Choice::new(m.key.clone(), m.title.get(t.lang), form.text("module")))
            .collect(),
        kinds: Kind::ALL
            .iter()
            .map(|kind| {
                let word = t.word(&format!("learning-kind-{}", kind.as_str()));
                Choice::new(kind.as_str(), word, form.text("kind"))
            })
            .collect(),
        packs,
        errors,
        form,
    })
}

async fn allowed(ctx: &Ctx, programme: &str) -> Result<(), Error> {
    if !ids::is_id(programme) {
        return Err(Error::NotFound);
    }
    bank::allowed(ctx).await
}

pub(super) async fn new(ctx: Ctx, Path(programme): Path<String>) -> Result<Response, Error> {
    allowed(&ctx, &programme).await?;
    let nothing = (FormData::default(), FieldErrors::new());
    render(&build(&ctx, &programme, None, nothing.0, nothing.1).await?)
}

fn filled(question: &Question, module: &str) -> FormData {
    let says = &question.says;
    let mut fields = vec![
        pair("version", question.version.to_string()),
        pair("module", module),
        pair("key", &says.key),
        pair("kind", says.kind.as_str()),
        pair("article", &says.article),
        pair("options", cell(&says.options)),
        pair("partners", cell(&says.partners)),
        pair("answer", says.answer.to_string()),
        pair("pack", &says.pack),
        pair("given", Answer::Figures(says.given.clone()).to_string()),
    ];
    fields.extend(three("text", &says.text));
    fields.extend(three("why", &says.why));
    if says.retired {
        fields.push(pair("retired", "yes"));
    }
    FormData::from_fields(fields)
}

/// A question of this programme.
async fn of_programme(ctx: &Ctx, programme: &str, id: &str) -> Result<(Question, String), Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let question = store::newest(&mut reader, id).await?;
    let modules = store::modules(&mut reader, programme).await?;
    let module = modules
        .into_iter()
        .find(|m| m.id == question.says.module_id);
    let module = module.ok_or(Error::NotFound)?;
    Ok((question, module.key))
}

pub(super) async fn editing(
    ctx: Ctx,
    Path((programme, id)): Path<(String, String)>,
) -> Result<Response, Error> {
    allowed(&ctx, &programme).await?;
    let (question, module) = of_programme(&ctx, &programme, &id).await?;
    let form = filled(&question, &module);
    render(&build(&ctx, &programme, Some(&id), form, FieldErrors::new()).await?)
}

async fn write(
    ctx: &Ctx,
    programme: &str,
    id: Option<&str>,
    form: &FormData,
) -> Result<String, Error> {
    let modules = {
        let mut reader = ctx.read().await?;
        store::modules(&mut reader, programme).await?
    };
    let new = import::question(ctx.t, &modules, &|name| form.text(name))?;
    let seen = if id.is_some() { seen(form) } else { 0 };
    actions::write(&ctx.acting()?, id, (seen, form.text("reason")), new).await
}

async fn after(
    ctx: &Ctx,
    programme: &str,
    id: Option<&str>,
    form: FormData,
    done: Result<String, Error>,
) -> Result<Response, Error> {
    match done {
        Ok(_) => Ok(see(&format!(
            "/office/training/tests/{programme}?done=learning-question-kept"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "text_kk")?;
            page_with_status(&build(ctx, programme, id, form, errors).await?, status)
        }
    }
}

pub(super) async fn add(
    ctx: Ctx,
    Path(programme): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    allowed(&ctx, &programme).await?;
    let done = write(&ctx, &programme, None, &form).await;
    after(&ctx, &programme, None, form, done).await
}

pub(super) async fn edit(
    ctx: Ctx,
    Path((programme, id)): Path<(String, String)>,
    form: FormData,
) -> Result<Response, Error> {
    allowed(&ctx, &programme).await?;
    of_programme(&ctx, &programme, &id).await?;
    let done = write(&ctx, &programme, Some(&id), &form).await;
    after(&ctx, &programme, Some(&id), form, done).await
}
