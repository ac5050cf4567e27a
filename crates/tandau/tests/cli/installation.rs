//! Commands on a data folder.

use super::Folder;

const AREAS: &str = "code,parent_code,kind,name_kk,name_ru,name_en,zone,valid_from,valid_until,edition,note
KZ,,country,Қазақстан,Казахстан,Kazakhstan,Asia/Almaty,1991-12-16,,test,
350000000,KZ,region,Қарағанды облысы,Карагандинская область,Karaganda Region,Asia/Almaty,1997-05-03,,test,
";

fn import(folder: &Folder, text: impl AsRef<[u8]>, more: &[&str]) -> super::Ended {
    folder.write("areas.csv", text);
    let mut line = vec![
        "import",
        "areas",
        "areas.csv",
        "--data",
        "data",
        "--format",
        "json",
    ];
    line.extend(more);
    folder.run(&line)
}

#[test]
fn areas_are_taken_whole_or_not_at_all() {
    let folder = Folder::new();
    let trial = import(&folder, AREAS, &["--dry-run"]).expect(0).json();
    assert_eq!(
        (trial["rows"].as_u64(), trial["dry_run"].as_bool()),
        (Some(2), Some(true))
    );
    let bad = AREAS.replace("Asia/Almaty,1997", "Asia/Nowhere,1997");
    let refused = import(&folder, bad, &[]).expect(1).json();
    assert_eq!(refused["rows"], 0);
    assert!(
        refused["problems"][0]["field"]
            .as_str()
            .unwrap()
            .contains("row 3"),
        "{refused}"
    );
    assert_eq!(import(&folder, AREAS, &[]).expect(0).json()["rows"], 2);
    // The same file again is the same areas.
    assert_eq!(import(&folder, AREAS, &[]).expect(0).json()["rows"], 2);
    // Another area under a code that is taken is refused.
    let other = AREAS.replace("Karaganda Region", "Another Region");
    let refused = import(&folder, other, &[]).expect(1).json();
    assert!(
        refused["problems"][0]["field"]
            .as_str()
            .unwrap()
            .contains("350000000"),
        "{refused}"
    );
}

#[test]
fn files_that_are_no_registers() {
    let folder = Folder::new();
    for text in [
        "",
        "code\n",
        "\u{0}\u{1}",
        "code,parent_code\nKZ,KZ,KZ,KZ\n",
        "\"unclosed\n",
    ] {
        let ended = import(&folder, text, &[]);
        assert!(matches!(ended.code, 0 | 1), "{text:?}: {ended:?}");
        let document = ended.json();
        assert_eq!(document["rows"], 0, "{text:?}");
    }
    import(&folder, [0xff, 0xfe, 0xfd], &[]).expect(1);
    folder.run(&["import", "areas", "nowhere.csv"]).expect(2);
    folder.write("file", "");
    folder.write("areas.csv", AREAS);
    let ended = folder
        .run(&["import", "areas", "areas.csv", "--data", "file/data"])
        .expect(2);
    assert!(
        ended.err.contains("--data"),
        "it says what to do: {}",
        ended.err
    );
    let ended = folder
        .run(&["import", "areas", "areas.csv", "--database", "mysql://x"])
        .expect(2);
    assert!(ended.err.contains("mysql://x"), "{}", ended.err);
}

#[test]
fn the_log_is_verified_and_copied_out() {
    let folder = Folder::new();
    import(&folder, AREAS, &[]).expect(0);
    let verify = |more: &[&str]| {
        let mut line = vec!["audit", "verify", "--data", "data", "--format", "json"];
        line.extend(more);
        folder.run(&line)
    };
    let sound = verify(&[]).expect(0).json();
    assert_eq!(sound["problems"], serde_json::json!([]));
    assert_eq!(
        (sound["records"].as_u64(), sound["objects"].as_u64()),
        (Some(1), Some(1))
    );

    folder
        .run(&["audit", "export", "--data", "data", "--out", "mirror"])
        .expect(0);
    let kept = folder.path("mirror/checkpoint");
    let text = std::fs::read_to_string(&kept).unwrap();
    assert!(
        text.contains(sound["root"].as_str().unwrap()),
        "the exported checkpoint has the root that was verified"
    );
    let key = std::fs::read_to_string(folder.path("mirror/key")).unwrap();
    assert!(
        key.starts_with(text.lines().next().unwrap()),
        "the key has the log's name"
    );
    let leaf = std::fs::read(folder.path("mirror/tile/0/000.p/1")).unwrap();
    assert_eq!(leaf.len(), 32);
    let entry = std::fs::read(folder.path("mirror/tile/entries/000.p/1")).unwrap();
    let length = usize::from(u16::from_be_bytes([entry[0], entry[1]]));
    assert_eq!(length, entry.len() - 2);
    assert!(
        String::from_utf8(entry[2..].to_vec())
            .unwrap()
            .contains("areas.imported")
    );

    verify(&["--since", kept.to_str().unwrap()]).expect(0);
    let forged = folder.write(
        "forged",
        text.replace(
            sound["root"].as_str().unwrap(),
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        ),
    );
    let problems = verify(&["--since", forged.to_str().unwrap()])
        .expect(1)
        .json();
    assert_eq!(problems["problems"][0]["problem"], "checkpoint_unsigned");
    let empty = folder.write("empty", "");
    verify(&["--since", empty.to_str().unwrap()]).expect(1);
    verify(&["--since", "nowhere"]).expect(2);
}

#[test]
fn a_folder_without_an_installation_is_wrong_usage() {
    let folder = Folder::new();
    for line in [
        &["audit", "verify"][..],
        &["audit", "export", "--out", "x"],
        &["results", "--election", "e"],
    ] {
        let ended = folder.run(line).expect(2);
        assert!(ended.err.contains("--data"), "{}", ended.err);
    }
}

#[test]
fn results_of_what_is_not_there() {
    let folder = Folder::new();
    import(&folder, AREAS, &[]).expect(0);
    for format in ["json", "csv", "nist"] {
        for election in ["none", "", "../x", "'; drop table area; --"] {
            let ended = folder
                .run(&[
                    "results",
                    "--data",
                    "data",
                    "--election",
                    election,
                    "--format",
                    format,
                ])
                .expect(1);
            assert!(
                ended.out.is_empty() && ended.err.contains("no election"),
                "{}",
                ended.err
            );
        }
    }
}

#[test]
fn protocols_belong_to_an_election() {
    let folder = Folder::new();
    import(&folder, AREAS, &[]).expect(0);
    folder.write("p.csv", "station,contest,line,item,value\n1,D1,1,,5\n");
    let line = ["import", "protocols", "p.csv", "--data", "data"];
    let ended = folder.run(&line).expect(2);
    assert!(ended.err.contains("--election"), "{}", ended.err);
    folder
        .run(&[&line[..], &["--election", "none"]].concat())
        .expect(1);
    folder.write("p.csv", "station,line\n1,2\n");
    let ended = folder
        .run(&[&line[..], &["--election", "none"]].concat())
        .expect(1);
    assert!(
        ended.err.contains("contest"),
        "the missing column is named: {}",
        ended.err
    );
}

#[test]
fn other_registers_name_their_problems() {
    let folder = Folder::new();
    import(&folder, AREAS, &[]).expect(0);
    for what in ["stations", "commissions"] {
        for text in ["number\n1\n", "number,nonsense\n1,2\n"] {
            folder.write("file.csv", text);
            let ended = folder
                .run(&[
                    "import", what, "file.csv", "--data", "data", "--format", "json",
                ])
                .expect(1);
            assert!(
                !ended.json()["problems"].as_array().unwrap().is_empty(),
                "{what}: {text:?}"
            );
        }
    }
}

#[test]
fn a_trial_run_leaves_nothing_behind() {
    let folder = Folder::new();
    folder.write("areas.csv", AREAS);
    std::fs::create_dir(folder.path("tmp")).unwrap();
    let temporary = folder.path("tmp").to_str().unwrap().to_owned();
    let variables = [("TMPDIR", temporary.as_str())];
    let trial = [
        "import",
        "areas",
        "areas.csv",
        "--data",
        "data",
        "--dry-run",
    ];
    let told = folder.run_with(&trial, &variables, "").expect(0);
    assert!(told.err.contains("no installation yet"), "{}", told.err);
    folder.write("bad.csv", AREAS.replace("Asia/Almaty", "Asia/Nowhere"));
    let bad = ["import", "areas", "bad.csv", "--data", "data", "--dry-run"];
    folder.run_with(&bad, &variables, "").expect(1);
    assert!(!folder.path("data").exists());
    let left = std::fs::read_dir(&temporary).unwrap().count();
    assert_eq!(left, 0, "nor among the temporary files");
    // Where there is an installation, the file is checked against it.
    folder.run(&trial[..5]).expect(0);
    let told = folder.run(&trial).expect(0);
    assert!(!told.err.contains("no installation"), "{}", told.err);
}

#[test]
fn a_log_has_a_name_of_its_own() {
    let folder = Folder::new();
    folder.write("areas.csv", AREAS);
    let line = |data: &'static str, more: &[&'static str]| {
        let line = ["import", "areas", "areas.csv", "--data", data];
        [&line[..], more].concat()
    };
    let name = |data: &'static str| {
        let out = format!("{data}-mirror");
        folder
            .run(&["audit", "export", "--data", data, "--out", &out])
            .expect(0);
        let checkpoint = std::fs::read_to_string(folder.path(&out).join("checkpoint")).unwrap();
        checkpoint.lines().next().unwrap().to_owned()
    };
    folder.run(&line("one", &[])).expect(0);
    folder.run(&line("two", &[])).expect(0);
    assert!(name("one").starts_with("tandau.local/log/"));
    assert_ne!(name("one"), name("two"));
    let chosen = ["--log-name", "elections.example/2023"];
    folder.run(&line("three", &chosen)).expect(0);
    assert_eq!(name("three"), "elections.example/2023");
    folder.run(&line("three", &chosen)).expect(0);
    let other = folder.run(&line("one", &chosen)).expect(2);
    assert!(other.err.contains(&name("one")), "{}", other.err);
    folder
        .run(&line("four", &["--log-name", "two words"]))
        .expect(2);
    let verify = ["audit", "verify", "--data", "three"];
    folder.run(&verify).expect(0);
}
