use super::Folder;
use std::path::Path;

#[test]
fn a_checklist_goes_out_and_is_looked_at_again() {
    let folder = Folder::new();
    for (format, file) in [("xlsx", "list.xlsx"), ("toml", "list.toml")] {
        let ended = folder
            .run(&["checklist", "export", "--format", format, "--out", file])
            .expect(0);
        assert!(
            ended.out.is_empty() && ended.err.contains("kz-readiness"),
            "{ended:?}"
        );
        let document = folder
            .run(&["checklist", "import", file, "--dry-run", "--format", "json"])
            .expect(0)
            .json();
        assert_eq!(document["id"], "kz-readiness");
        assert_eq!(document["version"], serde_json::Value::Null);
        assert_eq!(document["left"].as_array().map(Vec::len), Some(0));
    }
    assert!(!Path::new("tandau-data").exists());
}

#[test]
fn what_is_none_is_refused() {
    let folder = Folder::new();
    folder.write("broken.xlsx", b"PK\x03\x04");
    let refused = folder
        .run(&["checklist", "import", "broken.xlsx", "--dry-run"])
        .expect(1);
    assert!(refused.err.contains("no XLSX workbook"), "{refused:?}");
    folder
        .run(&["checklist", "import", "missing.xlsx", "--dry-run"])
        .expect(2);
    folder.write(
        "list.toml",
        include_bytes!("../../../../rules/kz/readiness.toml"),
    );
    let nowhere = folder.run(&["checklist", "import", "list.toml"]).expect(2);
    assert!(nowhere.err.contains("no installation"), "{nowhere:?}");
}
