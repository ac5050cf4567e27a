//! What pyxform, the compiler of ODK and KoBo, says about our workbook. Only where it is installed.

use super::*;
use std::process::Command;

/// The Python that has pyxform: the one that `TANDAU_PYXFORM` names, or the machine's own.
fn python() -> Option<String> {
    let python = std::env::var("TANDAU_PYXFORM").unwrap_or_else(|_| "python3".to_owned());
    let there = Command::new(&python)
        .args(["-c", "import pyxform"])
        .output()
        .is_ok_and(|o| o.status.success());
    there.then_some(python)
}

#[test]
fn pyxform_makes_a_form_of_it() {
    let Some(python) = python() else {
        return;
    };
    let folder = std::env::temp_dir().join(format!(
        "tandau-xlsform-{}",
        crate::platform::ids::random_id()
    ));
    std::fs::create_dir_all(&folder).unwrap();
    let (book, form) = (folder.join("form.xlsx"), folder.join("form.xml"));
    let list = Checklist::built_in().unwrap();
    std::fs::write(&book, write(&list, 2).unwrap()).unwrap();
    let run = Command::new(python)
        .args(["-m", "pyxform.xls2xform", "--skip_validate", "--json"])
        .args([&book, &form])
        .output()
        .unwrap();
    // It speaks on the one stream or the other, by its version.
    let told = [&run.stdout, &run.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let told = told.concat();
    assert!(told.contains("\"code\": 100"), "{told}");
    assert!(told.contains("\"warnings\": []"), "{told}");
    let xml = std::fs::read_to_string(&form).unwrap();
    for item in &list.items {
        let node = format!("/data/{}/{}", item.section, item.id);
        assert!(xml.contains(&format!("<bind nodeset=\"{node}\"")), "{node}");
    }
    assert!(
        xml.contains("<data id=\"kz-readiness\" version=\"2\">"),
        "{xml}"
    );
    assert!(!xml.contains("tandau"), "our own columns are passed over");
    std::fs::remove_dir_all(&folder).unwrap();
}
