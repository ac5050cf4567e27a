use super::{Ended, Folder, data};
use serde_json::json;

fn seats(folder: &Folder, file: &str, seats: &str, threshold: &str, method: &str) -> Ended {
    folder.run(&[
        "seats",
        "--votes",
        file,
        "--seats",
        seats,
        "--threshold",
        threshold,
        "--method",
        method,
        "--format",
        "json",
    ])
}

#[test]
fn the_mazhilis_of_2023_is_reproduced() {
    let folder = Folder::new();
    let ended = seats(&folder, &data("mazhilis-2023.csv"), "69", "5", "hare").expect(0);
    let document = ended.json();
    let won: Vec<(&str, u64)> = document["seats"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            (
                line["option"].as_str().unwrap(),
                line["seats"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        won,
        [
            ("AMANAT", 40),
            ("Auyl People's Democratic Patriotic Party", 8),
            ("Respublica", 6),
            ("Aq Jol Democratic Party", 6),
            ("People's Party of Kazakhstan (QHP)", 5),
            ("Nationwide Social Democratic Party (NSDP/JSDP)", 4),
            ("Baytaq Green Party", 0),
        ]
    );
    assert_eq!(document["tie"], json!(null));
    assert_eq!(document["seats"][0]["votes"], 3_431_510);
    assert!(ended.err.is_empty());
}

#[test]
fn methods_differ_where_they_should() {
    // A textbook case: 8 seats, four lists.
    let folder = Folder::new();
    let file = folder.write(
        "v.csv",
        "option,votes\nA,100000\nB,80000\nC,30000\nD,20000\n",
    );
    let file = file.to_str().unwrap();
    let given = |method: &str| -> Vec<u64> {
        let document = seats(&folder, file, "8", "0", method).expect(0).json();
        document["seats"]
            .as_array()
            .unwrap()
            .iter()
            .map(|l| l["seats"].as_u64().unwrap())
            .collect()
    };
    assert_eq!(given("dhondt"), [4, 3, 1, 0]);
    assert_eq!(given("sainte-lague"), [3, 3, 1, 1]);
    assert_eq!(given("hare"), [3, 3, 1, 1]);
}

#[test]
fn a_tie_is_told_and_not_broken() {
    let folder = Folder::new();
    let tied = "option,votes\nA,100\nB,100\nC,50\n";
    let file = folder.write("v.csv", tied);
    for method in ["hare", "dhondt", "sainte-lague"] {
        let document = seats(&folder, file.to_str().unwrap(), "1", "0", method)
            .expect(0)
            .json();
        assert_eq!(
            document["tie"],
            json!({"options": ["A", "B"], "seats": 1}),
            "{method}"
        );
        assert!(
            document["seats"]
                .as_array()
                .unwrap()
                .iter()
                .all(|l| l["seats"] == 0)
        );
    }
    // The law settles equal fractions by the date of registration.
    let dated =
        "option,votes,kind,registered\nA,100,,2023-01-20\nB,100,,2023-01-18\nC,50,,2023-01-01\n";
    let file = folder.write("d.csv", dated);
    let document = seats(&folder, file.to_str().unwrap(), "1", "0", "hare")
        .expect(0)
        .json();
    assert_eq!(document["tie"], json!(null));
    assert_eq!(document["seats"][1]["seats"], 1);
}

#[test]
fn nobody_over_the_threshold_is_told() {
    let folder = Folder::new();
    let file = folder.write(
        "v.csv",
        "option,votes,kind\nA,3,\nB,2,\nAgainst all,95,against_all\n",
    );
    let ended = seats(&folder, file.to_str().unwrap(), "5", "5", "hare").expect(1);
    let document = ended.json();
    assert_eq!(document["seats"], json!([]));
    assert_eq!(document["problem"], "no option passes the threshold");
    assert!(ended.err.contains("no option passes"));
}

#[test]
fn against_all_counts_for_the_threshold_and_wins_nothing() {
    let folder = Folder::new();
    let file = folder.write(
        "v.csv",
        "option,votes,kind\nA,60,\nB,40,\nAgainst all,900,against_all\n",
    );
    let document = seats(&folder, file.to_str().unwrap(), "10", "5", "dhondt")
        .expect(0)
        .json();
    assert_eq!(
        document["seats"],
        json!([{"option":"A","votes":60,"seats":10},{"option":"B","votes":40,"seats":0}])
    );
}

#[test]
fn bad_files_name_row_and_column() {
    let folder = Folder::new();
    for (text, told) in [
        ("", "column option is missing"),
        ("name,votes\nA,1\n", "column option is missing"),
        ("option,count\nA,1\n", "column votes is missing"),
        ("option,votes\nA,-1\n", "row 2, votes"),
        ("option,votes\nA,1\nB,1e3\n", "row 3, votes"),
        ("option,votes\nA,99999999999999999999\n", "row 2, votes"),
        ("option,votes\n,5\n", "row 2, option"),
        ("option,votes\nA,1\nA,2\n", "twice"),
        ("option,votes,kind\nA,1,party\n", "row 2, kind"),
        (
            "option,votes,registered\nA,1,20.01.2023\n",
            "row 2, registered",
        ),
        ("option,votes\nA,18446744073709551615\nB,1\n", "too many"),
        ("option,votes\nA,1,2,3\n", ""),
    ] {
        let file = folder.write("bad.csv", text);
        let line = [
            "seats",
            "--votes",
            file.to_str().unwrap(),
            "--seats",
            "3",
            "--threshold",
            "0",
            "--method",
            "hare",
        ];
        let ended = folder.run(&line).expect(1);
        assert!(ended.err.contains(told), "{text:?}: {}", ended.err);
        assert!(ended.out.is_empty());
    }
    let bytes = folder.write("bytes.csv", [0xff, 0xfe, 0x00, b'o']);
    seats(&folder, bytes.to_str().unwrap(), "3", "0", "hare").expect(1);
    seats(&folder, "no-such-file.csv", "3", "0", "hare").expect(2);
    let good = data("mazhilis-2023.csv");
    seats(&folder, &good, "0", "5", "hare").expect(1);
    for (number, threshold, method) in [
        ("-1", "5", "hare"),
        ("69", "5%", "hare"),
        ("69", "five", "hare"),
        ("69", "5", "droop"),
    ] {
        seats(&folder, &good, number, threshold, method).expect(2);
    }
}
