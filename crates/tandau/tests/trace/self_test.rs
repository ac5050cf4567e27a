//! The checker must find what is wrong; otherwise its silence says nothing.

use super::check::{check, unnamed};
use super::{law, table};
use std::collections::BTreeSet;

const LAW: &str = r#"
[voting]
starts = { value = "07:00", article = "38(1)" }
[result.powers_begin]
act = "self-government"
article = "32(1)"
[[calendar]]
id = "results"
article = "113-10(1), 45"
[[calendar]]
id = "practice"
act = "practice"
article = "7"
"#;
const POWERS: &str = r#"
[[power]]
action = "protocol.confirm"
basis = "L 43(8): the chair signs"
[[power]]
action = "election.move"
basis = "Our own rule: 12 states"
[[power]]
action = "election.move"
basis = "L' 133, 14: the commission calls"
"#;
const TESTS: &str = "#[test]\nfn sound() {}\nfn helper() {}\n    /// Cases.\n    #[tokio::test]\n    async fn slow() {}\n";
const GOOD: &str = "| L 38(1) | `law#voting.starts` | `/elections/{id}` | `tests::sound` |";

fn read(file: &str) -> Option<String> {
    match file {
        "law" => Some(LAW.to_owned()),
        "powers" => Some(POWERS.to_owned()),
        "tests" => Some(TESTS.to_owned()),
        _ => None,
    }
}

fn problems(text: &str, required: &[&str]) -> Vec<String> {
    let required: BTreeSet<String> = required.iter().map(|a| (*a).to_owned()).collect();
    check(&table::parse(text), &["/elections/{id}"], &required, &read)
}

#[test]
fn a_true_table_passes() {
    let text = format!(
        "# Trace\n\n| Article | Rule | Page | Test |\n|---|---|---|---|\n{GOOD}\n\
         | G 32(1) | `law#result.powers_begin` | `/elections/{{id}}` | `tests::slow` |\n\
         | L 133, L 43(8) | `powers#power[election.move]` `powers#power[protocol.confirm]` | `/elections/{{id}}` | `tests::sound` |\n"
    );
    assert_eq!(table::parse(&text).len(), 3);
    assert_eq!(
        problems(&text, &["L 38(1)", "G 32(1)", "L 43(8)"]),
        Vec::<String>::new()
    );
}

#[test]
fn every_kind_of_untruth_is_found() {
    for (right, wrong, complaint) in [
        ("L 38(1)", "L 38(2)", "names"),
        ("L 38(1)", "G 38(1)", "names"),
        ("L 38(1)", "L 38(1), L 40(1)", "L 40(1) stands at none"),
        ("voting.starts", "voting.ends", "no such key"),
        ("law#", "lost#", "no such key"),
        ("law#voting.starts", "law", "no such key"),
        ("/elections/{id}", "/election/{id}", "no such route"),
        ("`/elections/{id}`", "the election", "no page"),
        ("tests::sound", "tests::helper", "no such test"),
        ("tests::sound", "tests::soun", "no such test"),
        ("tests::sound", "lost::sound", "no such test"),
        ("`tests::sound`", "by hand", "no test"),
    ] {
        let bad = GOOD.replace(right, wrong);
        assert_ne!(bad, GOOD);
        let found = problems(&bad, &[]);
        assert!(
            found
                .iter()
                .any(|p| p.starts_with("line 1: ") && p.contains(complaint)),
            "{bad}: {found:?}"
        );
    }
}

#[test]
fn a_missing_article_is_found() {
    assert_eq!(problems(GOOD, &["L 38(1)", "L 45"]), ["no row for L 45"]);
    assert_eq!(problems("", &["L 45"]), ["no row for L 45"]);
}

#[test]
fn articles_are_read_with_their_act() {
    let of = |text, sections: &[&str]| -> Vec<String> {
        law::articles_of(text, sections)
            .unwrap()
            .into_iter()
            .collect()
    };
    assert_eq!(of(LAW, &["calendar"]), ["L 113-10(1)", "L 45"]);
    assert_eq!(of(LAW, &["voting", "result"]), ["G 32(1)", "L 38(1)"]);
    assert_eq!(of(POWERS, &["power"]), ["L 133", "L 14", "L 43(8)"]);
    assert_eq!(law::articles_of(LAW, &["protocol"]), None);
    assert_eq!(law::articles_of("no [ toml", &["voting"]), None);
    let at = |key| law::articles_at(POWERS, key);
    assert_eq!(at("power[election.move]").unwrap().len(), 2);
    assert_eq!(at("power[election"), None);
    assert_eq!(at("power[nobody]"), None);
}

#[test]
fn an_entry_that_no_row_names_is_found() {
    let keys = law::keys_of(LAW, "calendar").unwrap();
    assert_eq!(keys, ["calendar[results]", "calendar[practice]"]);
    assert_eq!(law::keys_of(LAW, "voting"), None);
    let rows = table::parse("| L 45 | `law#calendar[results]` | `/` | `tests::sound` |");
    assert_eq!(
        unnamed(&rows, "law", &keys),
        ["no row names law#calendar[practice]"]
    );
}
