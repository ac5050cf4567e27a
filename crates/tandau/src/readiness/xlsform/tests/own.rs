//! What goes out comes back.

use super::*;
use calamine::{Data, Reader as _, Xlsx};
use proptest::prelude::*;
use std::io::Cursor;

fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range
        .rows()
        .map(|row| row.iter().map(Data::to_string).collect())
        .collect()
}

#[test]
fn the_checklist_of_the_rules_goes_out_and_comes_back() {
    let list = Checklist::built_in().unwrap();
    let bytes = write(&list, 3).unwrap();
    let back = read(&bytes).unwrap();
    assert_eq!(back.left, []);
    assert_eq!(back.list, list);
    assert_eq!(write(&back.list, 3).unwrap(), bytes, "the same bytes");
    assert!(bytes.len() < 100_000, "{}", bytes.len());
}

#[test]
fn a_phone_finds_what_it_knows() {
    let mut list = Checklist::built_in().unwrap();
    let told = list.items.iter_mut().find(|i| i.id == "commission_trained");
    told.unwrap().told_by = Some("training".to_owned());
    let bytes = write(&list, 3).unwrap();
    let survey = sheet(&bytes, "survey");
    let column = |name: &str| survey[0].iter().position(|head| head == name).unwrap();
    let row = |name: &str| {
        survey
            .iter()
            .find(|row| row[1] == name && row[0] != "end_group")
            .unwrap()
    };
    assert_eq!(row("power")[0], "begin_group");
    let temperature = row("temperature");
    assert_eq!(temperature[0], "decimal");
    assert_eq!(temperature[column("constraint")], ". >= -40 and . <= 50");
    assert_eq!(
        temperature[column("constraint_message::Русский (ru)")],
        "Введите число от -40 до 50."
    );
    assert_eq!(temperature[column("tandau::unit_kk")], "°C");
    assert_eq!(temperature[column("tandau::met_from")], "18");
    assert_eq!(row("power_main")[0], "select_one yes_no");
    assert_eq!(row("ramp")[0], "select_one yes_no_na");
    assert_eq!(row("room_photo")[0], "image");
    assert_eq!(
        row("police_post")[column("constraint")],
        "string-length(.) <= 150"
    );
    assert_eq!(row("line_tested")[0], "date");
    assert_eq!(row("power_main")[column("required")], "yes");
    assert_eq!(
        row("ramp_grade")[column("required")],
        "",
        "it may not apply"
    );
    assert_eq!(row("commission_trained")[column("readonly")], "yes");
    let choices = sheet(&bytes, "choices");
    assert_eq!(choices.len(), 6);
    assert_eq!(choices[5][1..3], ["na", "Қолданылмайды"]);
    let settings = sheet(&bytes, "settings");
    assert_eq!(
        settings[1][..4],
        [
            "Сайлау учаскесінің дайындығы",
            "kz-readiness",
            "3",
            "Қазақша (kk)"
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_list_goes_out_and_comes_back(mut list in lists::list()) {
        // Another program's form may name any body; ours has a few.
        for (item, body) in list.items.iter_mut().zip(bodies().into_iter().cycle()) {
            body.clone_into(&mut item.body);
            // Words put together from answers are told about, and stand as they are.
            for words in [&mut item.wording.kk, &mut item.wording.ru, &mut item.wording.en] {
                *words = words.replace("${", "$");
            }
            if item.basis.confidence != Confidence::Gap && item.basis.article.is_empty() {
                item.basis.confidence = Confidence::Gap;
            }
        }
        let bytes = write(&list, 1).unwrap();
        let back = read(&bytes).unwrap();
        let odd: Vec<_> = back.left.iter().filter(|l| l.reason != Reason::Reference).collect();
        prop_assert!(odd.is_empty(), "{:?}", odd);
        prop_assert_eq!(back.list, list);
    }
}
