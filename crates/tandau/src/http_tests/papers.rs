//! Papers that come with forms: whatever they are called and whoever sends them, nothing leaves the folder of papers.

use super::{Answer, Site, Visitor};
use crate::counting::actions::{SaveDraft, save_draft};
use crate::platform::files::tests::{jpeg, pdf};
use crate::votingday::tests::world::{CONTEST, World, hour};
use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use electoral::protocol::LineKey;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const PAPER: &str = "/office/protocols/vote-2023.d1/st1/paper";
const DECISION: &str = "/office/commissions/d1/decisions/new";

/// Names that try to leave their place or to break a header.
fn names() -> Vec<String> {
    let mut names: Vec<String> = [
        "../../a.pdf",
        "..\\..\\a.pdf",
        "/etc/cron.d/a",
        "C:\\x",
        "\\\\server\\share\\a",
        "a\u{0}.pdf",
        "%2e%2e%2fa.pdf",
        "a.pdf\\\"; filename=evil.html",
        "evil.html",
        "tandau.db",
        "audit.key",
        ".",
        "..",
        "CON",
        "\u{202e}fdp.exe",
        "құжат.pdf",
    ]
    .map(str::to_owned)
    .to_vec();
    names.push("a".repeat(5_000));
    names
}

/// A form with a file, its parts written as they come.
async fn send(
    site: &Site,
    who: &Visitor,
    path: &str,
    fields: &[(&str, &str)],
    name: &str,
    bytes: &[u8],
) -> Answer {
    let mut body = Vec::new();
    for (field, value) in fields.iter().chain([&("csrf", who.csrf.as_str())]) {
        let part =
            format!("--x\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let part = format!(
        "--x\r\ncontent-disposition: form-data; name=\"paper\"; filename=\"{name}\"\r\ncontent-type: text/html\r\n\r\n"
    );
    body.extend_from_slice(part.as_bytes());
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = who
        .request(Method::POST, path)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap();
    site.send(request).await
}

fn walk(folder: &Path, found: &mut BTreeSet<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.insert(path);
        }
    }
}

/// All files of the installation, and of the folders above that a name could reach.
fn everything(site: &Site) -> BTreeSet<PathBuf> {
    let data = &site.app().settings.data;
    let mut found = BTreeSet::new();
    walk(data, &mut found);
    for name in ["a.pdf", "x", "evil.html"] {
        for place in [
            data.join(".."),
            data.join("../.."),
            PathBuf::from("."),
            PathBuf::from("/etc/cron.d"),
        ] {
            let path = place.join(name);
            if path.exists() {
                found.insert(path);
            }
        }
    }
    found
}

/// A station with a protocol that has been begun.
async fn begun() -> Site {
    let world = World::new(1).await;
    begin(&world).await;
    Site::on(world.home)
}

/// The first figure of the protocol of `st1`.
pub(super) async fn begin(world: &World) {
    let draft = SaveDraft {
        station_id: "st1".to_owned(),
        contest_id: CONTEST.to_owned(),
        sequence: 0,
        values: BTreeMap::from([(LineKey::single("voters_initial").unwrap(), Some(600))]),
        whole: false,
        reason: String::new(),
    };
    save_draft(&world.secretary("st1", hour(22, 0)), &draft)
        .await
        .unwrap();
}

/// Where the stored papers are: under the hash of their bytes, and nothing else has come.
fn only_papers(site: &Site, before: &BTreeSet<PathBuf>) -> usize {
    let papers = site.app().settings.data.join("files");
    let mut count = 0;
    for path in everything(site).difference(before) {
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.starts_with("tandau.db") {
            continue;
        }
        let expected = papers.join(&name[..2]).join(name);
        let is_hash = name.len() == 64 && name.bytes().all(|b| b.is_ascii_hexdigit());
        assert!(is_hash && *path == expected, "{}", path.display());
        count += 1;
    }
    count
}

async fn stored(site: &Site) -> Vec<String> {
    let mut reader = site.app().read().await.unwrap();
    let sql = "select id from stored_file order by created_at, id";
    let rows = reader.all(sql, crate::bind![]).await.unwrap();
    rows.iter().map(|row| row.text("id").unwrap()).collect()
}

#[tokio::test]
async fn a_papers_name_reaches_neither_the_disk_nor_a_header() {
    let site = begun().await;
    let secretary = site.holder("precinct.secretary", "st1-area").await;
    let chair = site.holder("district.chair", "d1").await;
    let before = everything(&site);
    let mut sent = 0;
    for (number, name) in names().iter().enumerate() {
        for bytes in [pdf(), jpeg()] {
            let answer = send(&site, &secretary, PAPER, &[("version", "1")], name, &bytes).await;
            let taken = answer.status == StatusCode::SEE_OTHER;
            // What no header can carry is refused as a form; nothing else about a name matters.
            assert!(
                taken || (answer.status.is_client_error() && name.contains('\u{0}')),
                "{name:?}: {} {}",
                answer.status,
                answer.body
            );
            sent += usize::from(taken);
        }
        let number = format!("{number}");
        let fields = [
            ("kind", "other"),
            ("number", number.as_str()),
            ("decided_on", "2023-11-06"),
            ("title_kk", "т"),
            ("title_ru", "т"),
            ("title_en", "t"),
            ("text", "1."),
            ("present", "2"),
            ("votes_for", "2"),
            ("votes_against", "0"),
        ];
        let answer = send(&site, &chair, DECISION, &fields, name, &pdf()).await;
        let taken = answer.status == StatusCode::SEE_OTHER;
        assert!(
            taken || (answer.status.is_client_error() && name.contains('\u{0}')),
            "{name:?}: {} {}",
            answer.status,
            answer.body
        );
        sent += usize::from(taken);
    }
    let ids = stored(&site).await;
    assert_eq!(ids.len(), sent);
    assert!(sent >= 3 * (names().len() - 1));
    assert_eq!(
        only_papers(&site, &before),
        2,
        "the same bytes are one file"
    );
    for id in ids {
        let answer = site.get(&secretary, &format!("/files/{id}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        let disposition = answer.header(header::CONTENT_DISPOSITION);
        let (kind, ending) = match answer.header(header::CONTENT_TYPE) {
            "application/pdf" => ("attachment", "pdf"),
            "image/jpeg" => ("inline", "jpg"),
            other => panic!("{other}"),
        };
        assert_eq!(
            disposition,
            format!("{kind}; filename=\"paper-{id}.{ending}\"")
        );
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    }
}

#[tokio::test]
async fn what_is_no_paper_leaves_nothing_behind() {
    let site = begun().await;
    let secretary = site.holder("precinct.secretary", "st1-area").await;
    let before = everything(&site);
    let mut torn = pdf();
    torn.truncate(60);
    for bytes in [
        &b"<html><script>alert(1)</script>"[..],
        b"PK\x03\x04",
        b"MZ",
        &torn,
        b"%PDF-1.7\n%%EOF",
        b"\xff\xd8\xff\xe0",
    ] {
        let answer = send(
            &site,
            &secretary,
            PAPER,
            &[("version", "1")],
            "a.pdf",
            bytes,
        )
        .await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            answer.body
        );
    }
    assert!(stored(&site).await.is_empty());
    assert_eq!(only_papers(&site, &before), 0);
}

#[tokio::test]
async fn only_the_stations_own_commission_attaches_its_paper() {
    let place = begun().await;
    for (role, area, may) in [
        ("precinct.secretary", "st1-area", true),
        ("precinct.chair", "st1-area", true),
        ("precinct.deputy", "st1-area", true),
        ("precinct.member", "st1-area", false),
        ("precinct.secretary", "d2", false),
        ("district.secretary", "d1", false),
        ("district.secretary", "d2", false),
        ("region.chair", "r1", false),
        ("central.chair", "kz", false),
        ("administrator", "kz", false),
    ] {
        let who = place.holder(role, area).await;
        let answer = send(&place, &who, PAPER, &[("version", "1")], "a.pdf", &pdf()).await;
        let expected = if may {
            StatusCode::SEE_OTHER
        } else {
            StatusCode::FORBIDDEN
        };
        assert_eq!(answer.status, expected, "{role} of {area}");
    }
}
