use super::Folder;

fn calendar(folder: &Folder, format: &str) -> super::Ended {
    folder.run(&[
        "calendar",
        "--rules",
        "akim-district-2023",
        "--voting-day",
        "2023-11-05",
        "--format",
        format,
    ])
}

#[test]
fn the_pilots_calendar_is_one_json_document() {
    let ended = calendar(&Folder::new(), "json").expect(0);
    assert!(ended.err.is_empty());
    let document = ended.json();
    assert_eq!(document["rules"], "akim-district-2023");
    assert_eq!(document["voting_day"], "2023-11-05");
    let steps = document["steps"].as_array().unwrap();
    assert!(steps.len() > 10);
    for step in steps {
        for language in ["kk", "ru", "en"] {
            assert!(
                !step["name"][language].as_str().unwrap().is_empty(),
                "{step}"
            );
        }
        for side in ["from", "until"] {
            if let Some(text) = step[side].as_str() {
                let moment: jiff::Timestamp = text.parse().unwrap();
                assert!(moment.to_string().starts_with("202"), "{step}");
                assert!(
                    text.ends_with("+06:00"),
                    "Astana was six hours ahead in 2023: {step}"
                );
            }
        }
        assert!(!step["article"].as_str().unwrap().is_empty());
        assert!(
            ["sourced", "derived", "assumed", "unverified"]
                .contains(&step["confidence"].as_str().unwrap()),
            "{step}"
        );
    }
}

#[test]
fn other_formats_and_zones() {
    let folder = Folder::new();
    let ics = calendar(&folder, "ics").expect(0).out;
    assert!(ics.starts_with("BEGIN:VCALENDAR\r\n") && ics.ends_with("END:VCALENDAR\r\n"));
    assert!(ics.lines().all(|line| line.len() <= 75));
    let text = calendar(&folder, "text").expect(0).out;
    assert!(text.contains("akim-district-2023"));
    let western = folder.run(&[
        "calendar",
        "--rules",
        "akim-district-2023",
        "--voting-day",
        "2023-11-05",
        "--zone",
        "Asia/Aqtau",
        "--format",
        "json",
    ]);
    assert!(western.expect(0).out.contains("+05:00"));
}

#[test]
fn what_is_not_there_is_wrong_usage() {
    let folder = Folder::new();
    let ended = folder
        .run(&[
            "calendar",
            "--rules",
            "../../etc/passwd",
            "--voting-day",
            "2023-11-05",
        ])
        .expect(2);
    assert!(
        ended.err.contains("akim-district-2023"),
        "it names the rules there are"
    );
    folder
        .run(&[
            "calendar",
            "--rules",
            "akim-district-2023",
            "--voting-day",
            "2023-11-05",
            "--zone",
            "Mars/Olympus",
        ])
        .expect(2);
    folder
        .run(&[
            "calendar",
            "--rules",
            "akim-district-2023",
            "--voting-day",
            "2023-11-05",
            "--rules-dir",
            "nowhere",
        ])
        .expect(2);
}
