use super::Folder;

/// Where the folder that verify complains about comes from tells which setting won.
fn complains_about(folder: &Folder, line: &[&str], variables: &[(&str, &str)]) -> String {
    let mut arguments = vec!["audit", "verify"];
    arguments.extend(line);
    folder.run_with(&arguments, variables, "").expect(2).err
}

#[test]
fn flags_come_before_variables_before_the_file() {
    let folder = Folder::new();
    assert!(complains_about(&folder, &[], &[]).contains("tandau-data holds no installation"));
    folder.write(
        "tandau.toml",
        "data = \"from-file\"\nlisten = \"127.0.0.1:9\"\n",
    );
    assert!(complains_about(&folder, &[], &[]).contains("from-file holds"));
    let variable = [("TANDAU_DATA", "from-variable")];
    assert!(complains_about(&folder, &[], &variable).contains("from-variable holds"));
    assert!(
        complains_about(&folder, &["--data", "from-flag"], &variable).contains("from-flag holds")
    );
    folder.write("other.toml", "data = \"from-other\"");
    assert!(
        complains_about(&folder, &["--config", "other.toml"], &[]).contains("from-other holds")
    );
    assert!(
        complains_about(&folder, &[], &[("TANDAU_CONFIG", "other.toml")])
            .contains("from-other holds")
    );
}

#[test]
fn a_bad_file_of_settings_is_named() {
    let folder = Folder::new();
    for (text, told) in [
        ("dat = \"x\"", "unknown setting dat"),
        ("data = [1, 2]", "data must be"),
        ("data = ", "other.toml"),
        ("[data]\nx = 1", "data must be"),
    ] {
        folder.write("other.toml", text);
        assert!(
            complains_about(&folder, &["--config", "other.toml"], &[]).contains(told),
            "{text}"
        );
    }
    assert!(complains_about(&folder, &["--config", "missing.toml"], &[]).contains("missing.toml"));
    assert!(
        !folder.path("tandau-data").exists(),
        "looking makes no folder"
    );
}
