use super::Folder;

const LINE: [&str; 4] = ["account", "create-admin", "--data", "data"];
const PASSWORD: [(&str, &str); 1] = [("TANDAU_ADMIN_PASSWORD", "a long enough password")];

#[test]
fn the_first_administrator_is_made_once() {
    let folder = Folder::new();
    let made = folder.run_with(&LINE, &PASSWORD, "").expect(0);
    let url = made.out.trim();
    assert!(
        url.starts_with("otpauth://totp/") && !url.contains('\n'),
        "{url}"
    );
    assert!(url.contains("secret="));
    let again = folder.run_with(&LINE, &PASSWORD, "").expect(1);
    assert!(
        again.out.is_empty() && again.err.contains("accounts already"),
        "{}",
        again.err
    );
    // What was made is on record, and fits.
    let report = folder
        .run(&["audit", "verify", "--data", "data", "--format", "json"])
        .expect(0)
        .json();
    assert!(
        report["records"].as_u64().unwrap() >= 3,
        "country, person, account: {report}"
    );
}

#[test]
fn the_password_comes_from_stdin_too() {
    let folder = Folder::new();
    let mut line = LINE.to_vec();
    line.extend(["--format", "json", "--login", "a.serikova"]);
    line.extend([
        "--name",
        "Серікова Айгүл",
        "--sex",
        "female",
        "--birth-year",
        "1985",
    ]);
    let made = folder
        .run_with(&line, &[], "a long enough password\n")
        .expect(0)
        .json();
    assert_eq!(made["login"], "a.serikova");
    assert!(made["totp_url"].as_str().unwrap().starts_with("otpauth://"));
}

#[test]
fn what_can_not_be_an_account_leaves_nothing_behind() {
    let folder = Folder::new();
    for (more, stdin) in [
        (&[][..], ""),
        (&[], "short\n"),
        (&["--login", "No Such Login"], "a long enough password\n"),
        (
            &["--name", "", "--sex", "male", "--birth-year", "1985"],
            "a long enough password\n",
        ),
        (
            &["--name", "X", "--sex", "male", "--birth-year", "1685"],
            "a long enough password\n",
        ),
    ] {
        let mut line = LINE.to_vec();
        line.extend(more);
        let ended = folder.run_with(&line, &[], stdin).expect(1);
        assert!(ended.out.is_empty() && !ended.err.is_empty(), "{more:?}");
    }
    folder
        .run_with(&LINE, &[], "a long enough password\n")
        .expect(0);
}

#[test]
fn one_more_administrator_is_asked_for_by_name() {
    let folder = Folder::new();
    folder.run_with(&LINE, &PASSWORD, "").expect(0);
    let mut line = LINE.to_vec();
    line.extend(["--another", "--login", "b.omarov", "--format", "json"]);
    folder.run_with(&line, &PASSWORD, "").expect(2);
    line.extend([
        "--name",
        "Омаров Болат",
        "--sex",
        "male",
        "--birth-year",
        "1979",
    ]);
    let made = folder.run_with(&line, &PASSWORD, "").expect(0).json();
    assert_eq!(made["login"], "b.omarov");
    let taken = folder.run_with(&line, &PASSWORD, "").expect(1);
    assert!(taken.err.contains("login"), "{}", taken.err);
}

#[test]
fn whoever_has_the_machine_gives_a_new_password() {
    let folder = Folder::new();
    let line = ["account", "reset", "administrator", "--data", "data"];
    let nowhere = folder.run(&line).expect(2);
    assert!(!folder.path("data").exists(), "{}", nowhere.err);
    folder.run_with(&LINE, &PASSWORD, "").expect(0);
    let first = folder.run(&line).expect(0);
    let (password, url) = first.out.trim().split_once('\n').unwrap();
    assert!(password.len() > 20 && url.starts_with("otpauth://totp/"));
    let mut as_json = line.to_vec();
    as_json.extend(["--format", "json"]);
    let second = folder.run(&as_json).expect(0).json();
    assert_eq!(second["login"], "administrator");
    assert_ne!(second["password"], password);
    assert_ne!(second["totp_url"], url);
    let unknown = ["account", "reset", "nobody", "--data", "data"];
    assert!(folder.run(&unknown).expect(1).err.contains("nobody"));
    let verify = ["audit", "verify", "--data", "data", "--format", "json"];
    folder.run(&verify).expect(0);
}
