//! Files that want to do harm, or are broken, or are no workbook at all.

use super::*;
use proptest::prelude::*;
use std::io::{Cursor, Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// The same workbook with other bytes in one of its files.
fn with_entry(bytes: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let names: Vec<String> = archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect();
    for entry in names {
        let mut old = Vec::new();
        archive
            .by_name(&entry)
            .unwrap()
            .read_to_end(&mut old)
            .unwrap();
        writer
            .start_file(&entry, SimpleFileOptions::default())
            .unwrap();
        writer
            .write_all(if entry.as_str() == name {
                content
            } else {
                &old
            })
            .unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn small() -> Vec<u8> {
    workbook(&[(
        "survey",
        &[&["type", "name", "label"], &["image", "q", "Photo"]],
    )])
}

fn sheet(rows: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    )
}

fn said(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn what_is_no_workbook_is_told_so() {
    for bytes in [
        b"".as_slice(),
        b"type,name,label\nimage,q,Photo\n",
        b"PK",
        b"PK\x03\x04",
        b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"%PDF-1.7",
    ] {
        assert_eq!(read(bytes).unwrap_err(), Refused::Workbook, "{bytes:?}");
    }
    let whole = small();
    for part in [whole.len() / 3, whole.len() / 2, whole.len() - 10] {
        assert_eq!(read(&whole[..part]).unwrap_err(), Refused::Workbook);
    }
}

#[test]
fn what_is_no_form_is_told_so() {
    assert_eq!(
        read(&workbook(&[(
            "Sheet1",
            &[&["type", "name"], &["image", "q"]]
        )])),
        Err(Refused::Survey)
    );
    assert_eq!(read(&workbook(&[("survey", &[])])), Err(Refused::Survey));
    assert_eq!(
        read(&workbook(&[("survey", &[&["question", "answer"]])])),
        Err(Refused::Survey)
    );
    assert_eq!(
        read(&workbook(&[("survey", &[&["type", "name"]])])),
        Err(Refused::Questions)
    );
    assert_eq!(
        read(&workbook(&[(
            "survey",
            &[&["type", "name"], &["geopoint", "q"]]
        )])),
        Err(Refused::Questions)
    );
    let long = "word ".repeat(300);
    assert!(matches!(
        read(&workbook(&[(
            "survey",
            &[&["type", "name", "label"], &["image", "q", &long]]
        )])),
        Err(Refused::Unsound(_))
    ));
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = with_entry(&small(), SHEET, &vec![b' '; 40 * 1024 * 1024]);
    assert!(bomb.len() < MOST_BYTES, "{}", bomb.len());
    assert_eq!(read(&bomb).unwrap_err(), Refused::Bomb);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..1_000 {
        writer
            .start_file(n.to_string(), SimpleFileOptions::default())
            .unwrap();
    }
    let many = writer.finish().unwrap().into_inner();
    assert_eq!(read(&many).unwrap_err(), Refused::Bomb);
    let mut large = small();
    large.resize(MOST_BYTES + 1, 0);
    assert_eq!(read(&large).unwrap_err(), Refused::Large);
}

#[test]
fn cells_far_out_take_no_room() {
    for at in [
        "XFD1048576",
        "A2001",
        "GS1",
        "ZZZZZZZZ1",
        "A99999999999",
        "1A",
        "",
    ] {
        let rows = format!("<row r=\"1\">{}{}</row>", said("A1", "type"), said(at, "x"));
        let odd = with_entry(&small(), SHEET, sheet(&rows).as_bytes());
        let refused = read(&odd).unwrap_err();
        assert!(
            matches!(refused, Refused::Rows { .. } | Refused::Workbook),
            "{at}: {refused:?}"
        );
    }
    let last = format!(
        "<row r=\"1\">{}{}</row><row r=\"2000\">{}{}</row>",
        said("A1", "type"),
        said("B1", "name"),
        said("A2000", "image"),
        said("B2000", "q")
    );
    let fine = with_entry(&small(), SHEET, sheet(&last).as_bytes());
    assert_eq!(read(&fine).unwrap().list.items.len(), 1);
}

#[test]
fn a_cell_holds_a_page_and_no_book() {
    let rows = format!(
        "<row r=\"7\">{}</row>",
        said("A7", &"x".repeat(MOST_CELL_CHARS + 1))
    );
    let odd = with_entry(&small(), SHEET, sheet(&rows).as_bytes());
    assert_eq!(
        read(&odd).unwrap_err(),
        Refused::Cell {
            sheet: "survey".to_owned(),
            row: 7
        }
    );
}

#[test]
fn entities_are_not_followed() {
    let doctype = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>";
    let body = sheet(&format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}{}</row>",
        said("A1", "type"),
        said("B1", "name"),
        said("A2", "image"),
        said("B2", "q&b;&f;")
    ));
    let odd = body.replace("<?xml version=\"1.0\"?>", doctype);
    if let Ok(understood) = read(&with_entry(&small(), SHEET, odd.as_bytes())) {
        let text = understood.list.to_toml().unwrap();
        assert!(
            !text.contains("root:") && !text.contains("aaaaaaaaaa"),
            "{text}"
        );
    }
}

#[test]
fn cells_of_every_sort_are_read() {
    let cells = [
        "<c r=\"A2\" t=\"b\"><v>1</v></c>",
        "<c r=\"A2\" t=\"e\"><v>#REF!</v></c>",
        "<c r=\"A2\"><v>1e309</v></c>",
        "<c r=\"A2\"><v>NaN</v></c>",
        "<c r=\"A2\" t=\"s\"><v>99999</v></c>",
        "<c r=\"A2\" t=\"s\"><v>-1</v></c>",
        "<c r=\"A2\" s=\"77\"><v>45000</v></c>",
        "<c r=\"A2\" t=\"d\"><v>2023-11-05</v></c>",
        "<c r=\"A2\"><f>1/0</f><v></v></c>",
    ];
    for cell in cells {
        let rows = format!(
            "<row r=\"1\">{}{}</row><row r=\"2\">{cell}</row><row r=\"3\">{}{}</row>",
            said("A1", "type"),
            said("B1", "name"),
            said("A3", "image"),
            said("B3", "q")
        );
        match read(&with_entry(&small(), SHEET, sheet(&rows).as_bytes())) {
            Ok(understood) => assert_eq!(understood.list.items.len(), 1, "{cell}"),
            Err(refused) => assert_eq!(refused, Refused::Workbook, "{cell}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_a_list_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
    }

    /// A sheet with a piece of it written over.
    #[test]
    fn a_torn_sheet_is_a_list_or_refused(
        from in 0_usize..3_000,
        instead in "[<>/=\"& a-z0-9]{0,12}",
        length in 0_usize..40,
    ) {
        let whole = sheet(&format!(
            "<row r=\"1\">{}{}</row><row r=\"2\">{}{}</row>",
            said("A1", "type"), said("B1", "name"), said("A2", "image"), said("B2", "q")
        ));
        let mut bytes = whole.into_bytes();
        let from = from.min(bytes.len());
        let to = (from + length).min(bytes.len());
        bytes.splice(from..to, instead.bytes());
        if let Ok(understood) = read(&with_entry(&small(), SHEET, &bytes)) {
            prop_assert_eq!(understood.list.check(), Ok(()));
        }
    }

    /// Cells of every word that forms use, in any order.
    #[test]
    fn any_rows_are_a_list_or_refused(rows in proptest::collection::vec(
        (
            "begin_group|end_group|begin_repeat|end_repeat|note|select_one yn|integer|decimal|date|text|image|calculate||[a-z_ ]{0,8}",
            "[a-zA-Z0-9_ -]{0,6}",
            "[a-zа-яі${}?]{0,6}",
            "(. ?[<>]=? ?[0-9]{1,3}( and )?){0,2}",
            "yes|no||[a-z]{0,3}",
        ),
        0..20,
    )) {
        let heads = ["type", "name", "label::ru", "constraint", "required"];
        let mut all = vec![heads.to_vec()];
        all.extend(rows.iter().map(|(a, b, c, d, e)| vec![a.as_str(), b, c, d, e]));
        let all: Vec<&[&str]> = all.iter().map(Vec::as_slice).collect();
        let bytes = workbook(&[("survey", &all), ("choices", &[&["list_name", "name"], &["yn", "yes"], &["yn", "no"]])]);
        match read(&bytes) {
            Ok(understood) => {
                prop_assert_eq!(understood.list.check(), Ok(()));
                // It goes out again as any list of ours.
                let back = read(&write(&understood.list, 1).unwrap()).unwrap();
                prop_assert_eq!(back.list, understood.list);
            }
            Err(refused) => prop_assert_eq!(refused, Refused::Questions),
        }
    }
}
