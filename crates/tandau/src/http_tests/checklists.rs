//! The way of a checklist through the site: a workbook is sent, looked at, adopted, and read by everybody.

use super::{Answer, Site, Visitor};
use crate::readiness::xlsform;
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use electoral::checklist::{Checklist, Severity};

/// Sends a file to be looked at.
async fn send(site: &Site, who: &Visitor, bytes: &[u8]) -> Answer {
    let mut body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\ncontent-type: application/octet-stream\r\n\r\n",
        who.csrf
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = who
        .request(Method::POST, "/office/checklists?lang=ru")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body));
    site.send(request.unwrap()).await
}

/// What the preview carries in its form.
fn fields(page: &str) -> Vec<(&str, &str)> {
    page.split("<input type=\"hidden\" name=\"")
        .skip(1)
        .filter_map(|rest| rest.split_once("\" value=\""))
        .filter_map(|(name, rest)| Some((name, rest.split('"').next()?)))
        .filter(|(name, _)| matches!(*name, "part" | "source"))
        .collect()
}

fn changed() -> Checklist {
    let mut list = Checklist::built_in().unwrap();
    list.items[2].severity = Severity::Minor;
    list.items[3].wording.ru = "Новая <b>формулировка</b>?".to_owned();
    list.items.remove(5);
    list
}

#[tokio::test]
async fn a_workbook_becomes_a_version() {
    let site = Site::new().await;
    let central = site.holder("central.secretary", "KZ").await;
    let list = changed();
    let bytes = xlsform::write(&list, 1).unwrap();
    let preview = send(&site, &central, &bytes).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);
    assert!(preview.body.contains("Принять как версию 1"));
    assert!(preview.body.contains("Из файла перенесено всё"));
    assert!(
        preview.body.contains("Новая &#60;b&#62;формулировка"),
        "{}",
        preview.body
    );
    assert!(!preview.body.contains("<b>формулировка"));
    let adopted = site
        .post(&central, "/office/checklists/adopt", &fields(&preview.body))
        .await;
    assert_eq!(adopted.status, StatusCode::SEE_OTHER, "{}", adopted.body);
    let office = site
        .get(
            &central,
            "/office/checklists?lang=ru&done=checklist-adopted",
        )
        .await;
    assert!(
        office.body.contains("Добавлено: 0, убрано: 1, изменено: 2"),
        "{}",
        office.body
    );
    assert!(office.body.contains("kz-readiness-1.xlsx"));
    let nobody = Visitor::default();
    let public = site.get(&nobody, "/readiness/checklist?lang=ru").await;
    assert!(public.body.contains("версия 1"), "{}", public.body);
    assert!(public.body.contains("Новая &#60;b&#62;формулировка"));
    let again = send(&site, &central, &bytes).await;
    assert!(
        again
            .body
            .contains("Опросный лист совпадает с последней версией")
    );
    assert!(fields(&again.body).is_empty());
    let twice = site
        .post(&central, "/office/checklists/adopt", &fields(&preview.body))
        .await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn everybody_reads_what_a_station_must_have() {
    let site = Site::new().await;
    let nobody = Visitor::default();
    let list = Checklist::built_in().unwrap();
    for (lang, words) in [
        ("kk", "39(1)-бап"),
        ("ru", "статья 39(1)"),
        ("en", "Article 39(1)"),
    ] {
        let page = site
            .get(&nobody, &format!("/readiness/checklist?lang={lang}"))
            .await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(words), "{lang}");
        for section in &list.sections {
            assert!(
                page.body.contains(&format!("id=\"{}\"", section.id)),
                "{}",
                section.id
            );
        }
        for item in &list.items {
            let words = match lang {
                "kk" => &item.wording.kk,
                "ru" => &item.wording.ru,
                _ => &item.wording.en,
            };
            assert!(
                page.body.contains(&words.replace('\'', "&#39;")),
                "{lang} {}",
                item.id
            );
        }
    }
    for (path, kind) in [
        ("/readiness/checklist.xlsx", xlsform::MEDIA_TYPE),
        ("/readiness/checklist.toml", "application/toml"),
    ] {
        let file = site.get(&nobody, path).await;
        assert_eq!(file.status, StatusCode::OK);
        assert_eq!(file.header(header::CONTENT_TYPE), kind);
        assert!(
            file.header(header::CONTENT_DISPOSITION)
                .contains("kz-readiness-0.")
        );
    }
    let toml = site.get(&nobody, "/readiness/checklist.toml").await;
    assert_eq!(Checklist::parse(&toml.body).unwrap(), list);
}

#[tokio::test]
async fn what_is_no_form_is_refused_with_a_sentence() {
    let site = Site::new().await;
    let central = site.holder("central.chair", "KZ").await;
    let acts = site.acts().await;
    for (bytes, sentence) in [
        (b"PK\x03\x04 broken".as_slice(), "не таблица XLSX"),
        (b"<html>", "ошибка"),
        (b"", "Выберите файл"),
    ] {
        let refused = send(&site, &central, bytes).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.body.contains(sentence),
            "{sentence}: {}",
            refused.body
        );
    }
    for part in ["", "none", "H4sIAAAAAAAA_w", "AAAA"] {
        let refused = site
            .post(&central, "/office/checklists/adopt", &[("part", part)])
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{part}");
    }
    assert_eq!(site.acts().await, acts, "nothing happened");
}

#[tokio::test]
async fn others_have_no_say() {
    let site = Site::new().await;
    let bytes = xlsform::write(&changed(), 1).unwrap();
    let central = site.holder("central.secretary", "KZ").await;
    let preview = send(&site, &central, &bytes).await;
    for (role, area) in [
        ("region.chair", "R1"),
        ("precinct.secretary", "P1"),
        ("body.police", "D1"),
    ] {
        let who = site.holder(role, area).await;
        assert_eq!(
            send(&site, &who, &bytes).await.status,
            StatusCode::FORBIDDEN,
            "{role}"
        );
        let tried = site
            .post(&who, "/office/checklists/adopt", &fields(&preview.body))
            .await;
        assert_eq!(tried.status, StatusCode::FORBIDDEN, "{role}");
    }
    let nobody = send(&site, &Visitor::default(), &bytes).await;
    assert!(
        nobody.asks_to_sign_in() || nobody.status == StatusCode::FORBIDDEN,
        "{nobody:?}"
    );
}
