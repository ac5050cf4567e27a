//! Banks: written, changed, taken from files, refused.

use super::*;
use crate::platform::{Lang, T};
use crate::training::learning::{export, import};

async fn all(
    world: &World,
) -> (
    Vec<store::Module>,
    Vec<crate::training::learning::model::Question>,
) {
    let mut reader = world.home.app.read().await.unwrap();
    let modules = store::modules(&mut reader, "prog1").await.unwrap();
    (modules, store::bank(&mut reader, "prog1").await.unwrap())
}

#[tokio::test]
async fn only_whoever_writes_programmes_writes_banks() {
    let world = World::new(1).await;
    taught(&world).await;
    for acting in [member(&world, noon()), world.district(noon())] {
        let tried = actions::write(&acting, None, (0, ""), question("one", "mod1")).await;
        assert!(matches!(tried, Err(Error::Forbidden(_))));
    }
    let centre = centre(&world, noon());
    actions::write(&centre, None, (0, ""), question("one", "mod1"))
        .await
        .unwrap();
    let twice = actions::write(&centre, None, (0, ""), question("one", "mod1")).await;
    assert_eq!(field(twice), "key");
    let nowhere = actions::write(&centre, None, (0, ""), question("two", "mod9")).await;
    assert!(matches!(nowhere, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_question_that_could_mislead_is_refused_by_its_field() {
    let world = World::new(1).await;
    taught(&world).await;
    let centre = centre(&world, noon());
    let spoiled = |how: &dyn Fn(&mut NewQuestion)| {
        let mut new = question("one", "mod1");
        how(&mut new);
        new
    };
    let wrong: [(&str, NewQuestion); 7] = [
        ("key", spoiled(&|q| q.key = "Бір".to_owned())),
        ("text_kk", spoiled(&|q| q.text.kk = " ".to_owned())),
        ("why_kk", spoiled(&|q| q.why.en.clear())),
        ("article", spoiled(&|q| q.article.clear())),
        (
            "answer",
            spoiled(&|q| q.answer = Answer::One("z".to_owned())),
        ),
        ("options", spoiled(&|q| q.options.truncate(1))),
        ("pack", spoiled(&|q| q.kind = Kind::Protocol)),
    ];
    for (name, new) in wrong {
        assert_eq!(
            field(actions::write(&centre, None, (0, ""), new).await),
            name
        );
    }
    let mut protocol = each_kind().pop().unwrap();
    protocol.answer = Answer::parse(Kind::Protocol, "voters_on_list=441").unwrap();
    assert_eq!(
        field(actions::write(&centre, None, (0, ""), protocol).await),
        "answer"
    );
    assert!(all(&world).await.1.is_empty());
}

#[tokio::test]
async fn a_change_is_a_version_with_a_reason_and_the_second_writer_is_told() {
    let world = World::new(1).await;
    taught(&world).await;
    let centre = centre(&world, noon());
    let id = actions::write(&centre, None, (0, ""), question("one", "mod1"))
        .await
        .unwrap();
    let mut changed = question("one", "mod1");
    changed.text = names("Other words");
    let bare = actions::write(&centre, Some(&id), (1, " "), changed.clone()).await;
    assert_eq!(field(bare), "reason");
    actions::write(&centre, Some(&id), (1, "clearer"), changed.clone())
        .await
        .unwrap();
    conflict(actions::write(&centre, Some(&id), (1, "mine"), changed).await);
    let (_, bank) = all(&world).await;
    assert_eq!(
        (bank[0].version, bank[0].says.text.en.as_str()),
        (2, "Other words")
    );
}

#[tokio::test]
async fn a_test_needs_questions_enough() {
    let world = World::new(1).await;
    taught(&world).await;
    let centre = centre(&world, noon());
    let test = Test {
        version: 0,
        questions: 1,
        minutes: 30,
        pass_percent: 80,
        tries: 2,
    };
    assert_eq!(
        field(actions::set_test(&centre, "prog1", 0, &test, "").await),
        "questions"
    );
    actions::write(&centre, None, (0, ""), question("one", "mod1"))
        .await
        .unwrap();
    actions::set_test(&centre, "prog1", 0, &test, "")
        .await
        .unwrap();
    conflict(actions::set_test(&centre, "prog1", 0, &test, "").await);
    assert_eq!(
        field(actions::set_test(&centre, "prog1", 1, &test, "").await),
        "reason"
    );
    let long = Test { minutes: 0, ..test };
    assert_eq!(
        field(actions::set_test(&centre, "prog1", 1, &long, "why").await),
        "minutes"
    );
    let district = world.district(noon());
    let tried = actions::set_test(&district, "prog1", 1, &test, "why").await;
    assert!(matches!(tried, Err(Error::Forbidden(_))));
}

#[tokio::test]
async fn a_bank_goes_out_and_comes_back_whole() {
    let world = World::new(1).await;
    tested(&world).await;
    let centre = centre(&world, noon());
    let (modules, bank) = all(&world).await;
    let lines = export::lines(&modules, &bank);
    let workbook = export::workbook(&lines).unwrap();
    let mut csv = csv::Writer::from_writer(Vec::new());
    for line in &lines {
        csv.write_record(line.iter().map(|text| crate::platform::rows::plain(text)))
            .unwrap();
    }
    let csv = csv.into_inner().unwrap();
    for file in [workbook, csv] {
        let rows = import::read(T::new(Lang::En), &modules, &file).unwrap();
        let read: Vec<NewQuestion> = rows.iter().map(|(_, new)| new.clone()).collect();
        let known: Vec<NewQuestion> = bank.iter().map(|q| q.says.clone()).collect();
        assert_eq!(read, known);
        // The same once more changes nothing.
        assert_eq!(
            actions::write_all(&centre, "prog1", "", rows)
                .await
                .unwrap(),
            0
        );
    }
    assert!(all(&world).await.1.iter().all(|q| q.version == 1));
}

#[tokio::test]
async fn files_are_refused_row_by_row_and_nothing_is_taken() {
    let world = World::new(1).await;
    taught(&world).await;
    let t = T::new(Lang::En);
    let (modules, _) = all(&world).await;
    let head = "module,key,kind,text_kk,text_ru,text_en,options,partners,answer,why_kk,why_ru,why_en,article,pack,given\n";
    let row = |key: &str, kind: &str, answer: &str| {
        format!("mod1,{key},{kind},т,т,t,\"a | a | a | a\nb | b | b | b\",,{answer},п,п,w,43,,\n")
    };
    let text = format!(
        "{head}{}{}{}",
        row("k1", "one", "a"),
        row("k2", "riddle", "a"),
        row("k3", "one", "a=b=c")
    );
    let Err(Error::Invalid(problems)) = import::read(t, &modules, text.as_bytes()) else {
        panic!("taken");
    };
    let fields: Vec<&str> = problems.iter().map(|p| p.field.as_str()).collect();
    assert_eq!(fields, ["row 3 (k2): kind", "row 4 (k3): answer"]);
    // Read well, but no sound question: told by the action, and the good row is not taken either.
    let text = format!("{head}{}{}", row("k1", "one", "a"), row("k2", "one", "z"));
    let rows = import::read(t, &modules, text.as_bytes()).unwrap();
    let Err(Error::Invalid(problems)) =
        actions::write_all(&centre(&world, noon()), "prog1", "", rows).await
    else {
        panic!("taken");
    };
    assert_eq!(problems[0].field, "row 3 (k2): answer");
    assert!(all(&world).await.1.is_empty());
    for hostile in [
        &b""[..],
        b"PK\x03\x04junk",
        b"\xff\xfe\x00",
        b"module;key\n1;2\n",
        head.as_bytes(),
    ] {
        assert!(matches!(
            import::read(t, &modules, hostile),
            Err(Error::Invalid(_))
        ));
    }
    let large = vec![b'x'; import::MAX_BYTES + 1];
    assert!(import::read(t, &modules, &large).is_err());
}

#[tokio::test]
async fn the_bank_of_the_demonstration_is_sound() {
    let world = World::new(1).await;
    taught(&world).await;
    for key in ["M1", "M2", "M3", "M4"] {
        world
            .sql(
                "insert into training_module (id, programme_id, key, place, version) values ($1, 'prog1', $1, 2, 1)",
                bind![key],
            )
            .await;
        world
            .sql(
                "insert into training_module_version (module_id, version, title_kk, title_ru, title_en, goals_kk, goals_ru, goals_en, change_kk,
                    change_ru, change_en, minutes, retired, made_by, office, made_at)
                    values ($1, 1, $1, $1, $1, '', '', '', '', '', '', 30, false, 'test', 'test', 0)",
                bind![key],
            )
            .await;
    }
    let bank = include_bytes!("../../../../../../demo/kz/questions.csv").to_vec();
    let written = actions::write_file(&centre(&world, noon()), "prog1", "", bank).await;
    assert_eq!(written.unwrap(), 32);
}
