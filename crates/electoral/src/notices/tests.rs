use super::*;
use crate::RulePack;

#[test]
fn every_notice_falls_due_with_a_step_of_the_pilots_calendar() {
    let rules = NoticeRules::built_in().unwrap();
    let (_, pack) = crate::rules::BUILT_IN
        .iter()
        .find(|(id, _)| *id == "akim-district-2023")
        .unwrap();
    let pack = RulePack::parse(pack).unwrap();
    for notice in &rules.notices {
        let step = pack.calendar.iter().find(|step| step.id == notice.step);
        assert!(step.is_some(), "{} names {}", notice.id, notice.step);
    }
    for id in ["voting_place", "list_display", "candidates"] {
        assert!(rules.notice(id).is_some(), "{id}");
    }
}

#[test]
fn faulty_lists_are_refused_by_what_is_wrong() {
    let list = |id: &str, en: &str, rest: &str| {
        NoticeRules::parse(&format!(
            "id = \"x\"\n[[channel]]\nid = \"site\"\nname = {{ kk = \"a\", ru = \"a\", en = \"a\" }}\n\
             [[notice]]\nid = \"{id}\"\nlevel = \"precinct\"\nstep = \"call\"\nedge = \"until\"\n{rest}\n\
             name = {{ kk = \"a\", ru = \"a\", en = \"{en}\" }}\nwhom = {{ kk = \"a\", ru = \"a\", en = \"a\" }}\n"
        ))
    };
    let law = "basis = { article = \"1\", confidence = \"sourced\" }";
    assert!(list("told", "a", law).is_ok());
    assert_eq!(list("site", "a", law), Err(NoticeError::Id("site".into())));
    assert_eq!(list("A", "a", law), Err(NoticeError::Id("A".into())));
    assert_eq!(
        list("told", " ", law),
        Err(NoticeError::Blank("told".into()))
    );
    let none = "basis = { article = \"\", confidence = \"inferred\" }";
    assert_eq!(
        list("told", "a", none),
        Err(NoticeError::NoArticle("told".into()))
    );
    let late = format!("plus_days = 61\n{law}");
    assert_eq!(
        list("told", "a", &late),
        Err(NoticeError::Days("told".into()))
    );
    assert!(matches!(
        list("told", "a", "x = 1"),
        Err(NoticeError::Form(_))
    ));
}
