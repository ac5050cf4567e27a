use super::Folder;

const ADMIN: [&str; 4] = ["account", "create-admin", "--data", "data"];
const PASSWORD: [(&str, &str); 1] = [("TANDAU_ADMIN_PASSWORD", "a long enough password")];
const CREATE: [&str; 6] = ["backup", "create", "--data", "data", "--out", "copy"];
const RESTORE: [&str; 5] = ["backup", "restore", "copy", "--data", "new"];

fn json(line: &[&'static str]) -> Vec<&'static str> {
    [line, &["--format", "json"]].concat()
}

#[test]
fn a_copy_is_restored_and_sound() {
    let folder = Folder::new();
    folder.run_with(&ADMIN, &PASSWORD, "").expect(0);
    let made = folder.run(&json(&CREATE)).expect(0).json();
    assert_eq!(made["files"], 3, "database and two keys: {made}");
    folder.run(&CREATE).expect(2);
    // What comes after the copy is not in it.
    let reset = ["account", "reset", "administrator", "--data", "data"];
    folder.run(&reset).expect(0);
    let restored = folder.run(&json(&RESTORE)).expect(0).json();
    assert_eq!(restored["verify"]["problems"], serde_json::json!([]));
    let records = |data: &'static str| {
        let line = json(&["audit", "verify", "--data", data]);
        folder.run(&line).expect(0).json()["records"]
            .as_u64()
            .unwrap()
    };
    assert_eq!(records("new") + 1, records("data"));
    let onto = folder.run(&RESTORE).expect(2);
    assert!(onto.err.contains("not empty"), "{}", onto.err);
}

#[test]
fn a_changed_copy_is_refused() {
    let folder = Folder::new();
    folder.run_with(&ADMIN, &PASSWORD, "").expect(0);
    folder.run(&CREATE).expect(0);
    let file = folder.path("copy/tandau.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let told = folder.run(&RESTORE).expect(1);
    assert!(told.err.contains("tandau.db"), "{}", told.err);
    assert!(!folder.path("new").exists());
}

#[test]
fn what_is_no_installation_or_no_copy_is_wrong_usage() {
    let folder = Folder::new();
    let told = folder.run(&CREATE).expect(2);
    assert!(told.err.contains("--data"), "{}", told.err);
    assert!(!folder.path("data").exists() && !folder.path("copy").exists());
    folder.run(&RESTORE).expect(2);
    folder.write("manifest.json", "{}");
    folder
        .run(&["backup", "restore", ".", "--data", "new"])
        .expect(2);
    let server = [&CREATE[..], &["--database", "postgres://nowhere/x"]].concat();
    let told = folder.run(&server).expect(2);
    assert!(told.err.contains("pg_dump"), "{}", told.err);
}
