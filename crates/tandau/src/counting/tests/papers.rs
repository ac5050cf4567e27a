//! Photos of the signed paper: all of them stay, and a confirmation needs one or a reason.

use super::acts::{fields, save, submit_of};
use super::walk::{no_scan, send, sound};
use super::world::{CONTEST, World, hour};
use super::*;
use crate::platform::Acting;
use actions::{Confirm, Paper, SaveDraft, Target};
use model::Act;

/// A picture of one colour, so that two of them differ.
pub(crate) fn png(red: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(4, 4, image::Rgb([red, 0, 0]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

async fn attach(acting: &Acting, bytes: Vec<u8>, reason: &str) -> Result<String, Error> {
    let paper = Paper {
        target: Target::new("st1", CONTEST, 1),
        bytes,
        reason: reason.to_owned(),
    };
    actions::attach_paper(acting, paper).await.map(|f| f.id)
}

#[tokio::test]
async fn a_paper_is_a_picture_or_a_pdf() {
    let world = World::new(1).await;
    let secretary = world.secretary("st1", hour(22, 0));
    let early = attach(&secretary, Vec::new(), "").await;
    assert!(
        matches!(early, Err(Error::Conflict(_))),
        "nothing entered yet"
    );
    save(&world, &[("voters_initial", Some(1))], 0)
        .await
        .unwrap();
    let html = attach(&secretary, b"<html>".to_vec(), "").await;
    assert!(matches!(html, Err(Error::Unsupported)));
}

#[tokio::test]
async fn a_further_paper_stands_beside_the_first_and_says_why() {
    let world = World::new(1).await;
    let secretary = world.secretary("st1", hour(22, 0));
    let whole = SaveDraft::whole("st1", CONTEST, 0, &sound("st1", 300));
    actions::save_draft(&secretary, &whole).await.unwrap();
    let first = attach(&secretary, png(1), "").await.unwrap();
    let silent = attach(&secretary, png(2), " ").await.unwrap_err();
    assert_eq!(fields(silent), ["reason"]);
    let second = attach(&secretary, png(2), "the first is blurred")
        .await
        .unwrap();
    actions::submit(&secretary, &submit_of(1, false))
        .await
        .unwrap();
    let target = Target::new("st1", CONTEST, 1);
    let confirm = Confirm::new(target.clone());
    actions::confirm(&world.chair("st1", hour(22, 5)), &confirm)
        .await
        .unwrap();
    actions::accept(&world.district(hour(22, 30)), &target)
        .await
        .unwrap();
    let third = attach(&world.secretary("st1", hour(23, 0)), png(3), "page two")
        .await
        .unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let papers = queries::papers(&mut reader, "st1", CONTEST).await.unwrap();
    let kept: Vec<(u64, &str, &str)> = papers
        .iter()
        .map(|p| (p.number, p.file_id.as_str(), p.reason.as_str()))
        .collect();
    assert_eq!(
        kept,
        [
            (1, first.as_str(), ""),
            (2, second.as_str(), "the first is blurred"),
            (3, third.as_str(), "page two")
        ]
    );
    let full = queries::version(&mut reader, "st1", CONTEST, 1)
        .await
        .unwrap();
    assert_eq!(full.version.file_id.as_deref(), Some(third.as_str()));
    let history = queries::history(&mut reader, "st1", CONTEST).await.unwrap();
    assert_eq!(history.last().unwrap().act, Act::AttachPaper);
    assert_eq!(history.last().unwrap().reason, "page two");
}

#[tokio::test]
async fn a_chair_confirms_a_paper_or_says_why_there_is_none() {
    let world = World::new(1).await;
    let secretary = world.secretary("st1", hour(22, 0));
    let whole = SaveDraft::whole("st1", CONTEST, 0, &sound("st1", 300));
    actions::save_draft(&secretary, &whole).await.unwrap();
    actions::submit(&secretary, &submit_of(1, false))
        .await
        .unwrap();
    let target = Target::new("st1", CONTEST, 1);
    let chair = world.chair("st1", hour(22, 5));
    let bare = actions::confirm(&chair, &Confirm::new(target.clone())).await;
    assert_eq!(fields(bare.unwrap_err()), ["no_paper"]);
    actions::confirm(&chair, &no_scan(&target)).await.unwrap();
    let late = attach(&world.secretary("st1", hour(22, 9)), png(1), "").await;
    assert_eq!(
        fields(late.unwrap_err()),
        ["reason"],
        "after the confirmation"
    );
    let mut reader = world.home.app.read().await.unwrap();
    let history = queries::history(&mut reader, "st1", CONTEST).await.unwrap();
    let confirmed = history.iter().find(|l| l.act == Act::Confirm).unwrap();
    assert_eq!(confirmed.reason, "the scanner is broken");
}

#[tokio::test]
async fn a_recount_begins_without_the_papers_of_the_version_before() {
    let world = World::new(1).await;
    let secretary = world.secretary("st1", hour(22, 0));
    let whole = SaveDraft::whole("st1", CONTEST, 0, &sound("st1", 300));
    actions::save_draft(&secretary, &whole).await.unwrap();
    attach(&secretary, png(1), "").await.unwrap();
    actions::submit(&secretary, &submit_of(1, false))
        .await
        .unwrap();
    let target = Target::new("st1", CONTEST, 1);
    let confirm = Confirm::new(target.clone());
    actions::confirm(&world.chair("st1", hour(22, 5)), &confirm)
        .await
        .unwrap();
    let ruling = actions::Ruling {
        target,
        reason: "count again".to_owned(),
    };
    let district = world.district(hour(22, 30));
    actions::return_for_recount(&district, &ruling)
        .await
        .unwrap();
    send(&world, "st1", &sound("st1", 310), false).await;
    let mut reader = world.home.app.read().await.unwrap();
    let second = queries::version(&mut reader, "st1", CONTEST, 2)
        .await
        .unwrap();
    assert_eq!(second.version.file_id, None);
}
