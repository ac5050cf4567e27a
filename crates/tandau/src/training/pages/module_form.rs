//! A module's text: the first one, and each new version of it.

use super::{centre, crumbs, names, pair, seen, three};
use crate::platform::web::{
    Crumb, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, ids};
use crate::training::model::{
    LANGUAGES, Material, MaterialKind, Module, NewFile, NewModule, Programme,
};
use crate::training::{actions, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "training/pages/module_form.html")]
struct FormPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    action: String,
    title: String,
    editing: bool,
}

fn build(
    ctx: &Ctx,
    form: FormData,
    errors: FieldErrors,
    (programme, module): (&Programme, Option<&Module>),
) -> FormPage {
    let t = ctx.t;
    let title = match module {
        Some(_) => t.training_module_edit(),
        None => t.training_module_new(),
    };
    let mut steps = vec![
        Crumb::to("/office/training/programmes", t.training_programmes()),
        Crumb::to(
            format!("/office/training/programmes/{}", programme.says.id),
            programme.says.title.get(t.lang),
        ),
    ];
    if let Some(module) = module {
        let href = format!("/office/training/modules/{}", module.says.id);
        steps.push(Crumb::to(href, module.says.title.get(t.lang)));
    }
    FormPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, steps, title.clone())),
        action: match module {
            Some(module) => format!("/office/training/modules/{}/edit", module.says.id),
            None => format!(
                "/office/training/programmes/{}/modules/new",
                programme.says.id
            ),
        },
        editing: module.is_some(),
        title,
        errors,
        form,
    }
}

/// Lines `kind | title | https://…`, or `kind | title | file:ID`.
fn materials(language: &str, text: &str) -> Option<Vec<Material>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let mut parts = line.splitn(3, '|').map(str::trim);
            let kind = MaterialKind::parse(parts.next()?)?;
            let title = parts.next()?.to_owned();
            let target = parts.next()?;
            let file = target.strip_prefix("file:");
            Some(Material {
                language: language.to_owned(),
                kind,
                title,
                link: if file.is_some() {
                    String::new()
                } else {
                    target.to_owned()
                },
                file_id: file.map(str::to_owned),
            })
        })
        .collect()
}

fn written(all: &[Material], language: &str) -> String {
    let lines = all.iter().filter(|m| m.language == language).map(|m| {
        let target = match &m.file_id {
            Some(file) => format!("file:{file}"),
            None => m.link.clone(),
        };
        format!("{} | {} | {target}", m.kind.as_str(), m.title)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn read(ctx: &Ctx, form: &FormData, id: &str) -> Result<(NewModule, Vec<NewFile>), Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    let minutes = errors.count(t, form, "minutes").unwrap_or(0);
    let mut all = Vec::new();
    let mut files = Vec::new();
    for language in LANGUAGES {
        let field = format!("materials_{language}");
        match materials(language, form.text(&field)) {
            Some(own) => all.extend(own),
            None => errors.add(field, t.training_materials_form()),
        }
        if let Some(upload) = form.upload(&format!("file_{language}")) {
            files.push(NewFile {
                language: language.to_owned(),
                title: t.training_file_title(),
                bytes: upload.bytes.clone(),
            });
        }
    }
    errors.done()?;
    let new = NewModule {
        id: id.to_owned(),
        key: form.text("key").to_owned(),
        title: names(form, "title"),
        goals: names(form, "goals"),
        change: names(form, "change"),
        minutes,
        retired: form.ticked("retired"),
        materials: all,
    };
    Ok((new, files))
}

async fn programme(ctx: &Ctx, id: &str) -> Result<Programme, Error> {
    centre(ctx).await?;
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    queries::programme(&mut reader, id).await
}

pub(super) async fn new(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let programme = programme(&ctx, &id).await?;
    let mut reader = ctx.read().await?;
    let known = queries::modules(&mut reader, &id).await?.len();
    drop(reader);
    let form = FormData::from_fields(vec![
        pair("id", ids::new_id()),
        pair("key", format!("M{}", known.saturating_add(1))),
        pair("minutes", "45"),
    ]);
    render(&build(&ctx, form, FieldErrors::new(), (&programme, None)))
}

pub(super) async fn add(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let programme = programme(&ctx, &id).await?;
    let done = async {
        let (new, files) = read(&ctx, &form, form.text("id"))?;
        actions::add_module(&ctx.acting()?, &id, new, files).await
    };
    match done.await {
        Ok(()) => Ok(see(&format!(
            "/office/training/programmes/{id}?done=training-saved"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&build(&ctx, form, errors, (&programme, None)), status)
        }
    }
}

async fn known(ctx: &Ctx, id: &str) -> Result<(Programme, Module), Error> {
    centre(ctx).await?;
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let module = queries::module(&mut reader, id).await?;
    let programme = queries::programme(&mut reader, &module.programme_id).await?;
    Ok((programme, module))
}

pub(super) async fn editing(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let (programme, module) = known(&ctx, &id).await?;
    let says = &module.says;
    let mut fields = vec![
        pair("version", module.version.to_string()),
        pair("minutes", says.minutes.to_string()),
        pair("retired", if says.retired { "yes" } else { "" }),
    ];
    for language in LANGUAGES {
        let field = format!("materials_{language}");
        fields.push(pair(&field, written(&says.materials, language)));
    }
    fields.extend(three("title", &says.title));
    fields.extend(three("goals", &says.goals));
    let form = FormData::from_fields(fields);
    render(&build(
        &ctx,
        form,
        FieldErrors::new(),
        (&programme, Some(&module)),
    ))
}

pub(super) async fn edit(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let (programme, module) = known(&ctx, &id).await?;
    let done = async {
        let (new, files) = read(&ctx, &form, &id)?;
        let acting = ctx.acting()?;
        actions::change_module(&acting, seen(&form), new, files, form.text("reason")).await
    };
    match done.await {
        Ok(()) => Ok(see(&format!(
            "/office/training/modules/{id}?done=training-saved"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            let page = build(&ctx, form, errors, (&programme, Some(&module)));
            page_with_status(&page, status)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{materials, written};

    #[test]
    fn materials_are_read_as_they_are_written() {
        let text = "slides | Слайды | https://example.org/a.pdf\nvideo | Фильм | file:abc";
        let read = materials("ru", text).unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!(read[1].file_id.as_deref(), Some("abc"));
        assert_eq!(written(&read, "ru"), text);
        assert_eq!(written(&read, "kk"), "");
        assert_eq!(materials("ru", "\n \n"), Some(Vec::new()));
        for wrong in ["slides", "slides | a", "song | a | https://b", "| |"] {
            assert_eq!(materials("ru", wrong), None, "{wrong}");
        }
    }
}
