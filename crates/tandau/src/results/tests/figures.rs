//! Figures on pages and in files: denominators, sums with their way back, names that mean harm.

use super::night::{Night, Votes, election};
use crate::bind;
use crate::platform::Lang;
use crate::platform::i18n::share_percent;
use crate::results::queries;
use crate::votingday::tests::world::{CONTEST, ELECTION, hour};

const FIRST: Votes = Votes {
    candidates: [211, 97, 53],
    against_all: 29,
    invalid: 13,
};
const SECOND: Votes = Votes {
    candidates: [101, 167, 31],
    against_all: 17,
    invalid: 5,
};

async fn night() -> Night {
    let night = Night::new(2).await;
    night.accept("st1", FIRST).await;
    night.accept("st2", SECOND).await;
    night.clock(hour(26, 0));
    night
}

#[tokio::test]
async fn turnout_and_share_have_their_own_denominators() {
    let night = night().await;
    let (_, page) = night
        .get(&format!("{}/contests/d1?lang=en", election()))
        .await;
    let took_part = FIRST.took_part() + SECOND.took_part();
    let received = FIRST.received() + SECOND.received();
    assert!(took_part < received, "invalid ballots are outside");
    for votes in [312, 264, 84, 46] {
        assert!(
            page.contains(&share_percent(Lang::En, votes, took_part)),
            "{votes}"
        );
        assert!(
            !page.contains(&share_percent(Lang::En, votes, received)),
            "{votes}"
        );
    }
    assert!(page.contains(&share_percent(Lang::En, received, 1200)));
    assert!(!page.contains(&share_percent(Lang::En, took_part, 1200)));
}

#[tokio::test]
async fn sums_are_those_of_the_protocols() {
    let night = night().await;
    let mut reader = night.world.home.app.read().await.unwrap();
    let sums = queries::sums_of_contest(&mut reader, CONTEST)
        .await
        .unwrap();
    let recount = crate::counting::queries::recount(&mut reader, CONTEST)
        .await
        .unwrap();
    for (line, item, value) in sums.iter() {
        assert_eq!(
            recount[&(line.to_owned(), item.to_owned())],
            value,
            "{line} {item}"
        );
    }
    assert_eq!(sums.votes("c1"), 312);
    assert_eq!(sums.took_part(), FIRST.took_part() + SECOND.took_part());
    assert_eq!(
        sums.line("votes") + sums.line("against_all"),
        sums.took_part()
    );
    drop(reader);
    let (_, json) = night.get(&format!("{}/results.json", election())).await;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let contest = &json["contests"][0];
    for option in contest["options"].as_array().unwrap() {
        let key = match option["kind"].as_str() {
            Some("candidate") => format!("votes[{}]", option["id"].as_str().unwrap()),
            _ => "against_all".to_owned(),
        };
        let added: u64 = contest["protocols"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|p| p["counted"] == true)
            .map(|p| {
                p["versions"].as_array().unwrap().last().unwrap()["figures"][&key]
                    .as_u64()
                    .unwrap()
            })
            .sum();
        assert_eq!(option["votes"], added, "{key}");
    }
    assert_eq!(contest["stations_counted"], 2);
}

#[tokio::test]
async fn a_protocol_that_is_not_accepted_is_shown_and_not_counted() {
    let night = Night::new(2).await;
    night.accept("st1", FIRST).await;
    night.send("st2", SECOND).await;
    night.clock(hour(26, 0));
    let (_, page) = night
        .get(&format!("{}/stations/st2?lang=en", election()))
        .await;
    assert!(page.contains("Protocol being checked") && page.contains("167"));
    let (_, contest) = night
        .get(&format!("{}/contests/d1?lang=en", election()))
        .await;
    assert!(contest.contains("1 of 2 stations counted"));
    assert!(contest.contains("211 votes") && !contest.contains("312 votes"));
}

#[tokio::test]
async fn names_that_mean_harm_stay_names() {
    let night = night().await;
    let hostile = "<script>alert(1)</script>\"'&";
    night
        .world
        .sql(
            "update person set name_kk = $1, name_ru = $1, name_en = $1 where id = 'c1'",
            bind![hostile],
        )
        .await;
    night
        .world
        .sql(
            "update station_version set name_kk = $1, name_ru = $1, name_en = $1",
            bind![hostile],
        )
        .await;
    night
        .world
        .sql(
            "update person set name_en = '=HYPERLINK(\"http://x\")' where id = 'c2'",
            bind![],
        )
        .await;
    night
        .world
        .sql(
            "update area_name set name_kk = $1, name_ru = $1, name_en = $1 where area_id = 'd1'",
            bind![hostile],
        )
        .await;
    let e = election();
    for address in [
        "/".to_owned(),
        e.clone(),
        format!("{e}/contests/d1"),
        format!("{e}/stations/st1"),
        format!("{e}/screen"),
        format!("{e}/screen?contest=d1"),
    ] {
        let (status, body) = night.get(&address).await;
        assert!(status.is_success(), "{address}: {status}");
        assert!(!body.contains("<script>alert"), "{address}");
        assert!(
            body.contains("&#60;script&#62;alert") || body.contains("&lt;script&gt;alert"),
            "{address}"
        );
    }
    let (_, csv) = night.get(&format!("{e}/results.csv")).await;
    assert!(csv.contains("'=HYPERLINK"), "no formula for a spreadsheet");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert!(
        reader.records().all(|r| r.is_ok()),
        "quotes don't break rows"
    );
}

#[tokio::test]
async fn odd_addresses_are_not_found() {
    let night = night().await;
    let e = election();
    for path in [
        "/elections/none".to_owned(),
        "/elections/..%2f..%2fetc%2fpasswd".to_owned(),
        format!("{e}/contests/none"),
        format!("{e}/contests/vote-2024.d1"),
        format!("{e}/stations/none"),
        format!("{e}/stations/65535"),
        format!("{e}/stations/99999"),
        format!("{e}/stations/st1?version=9"),
        format!("{e}/stations/st1?version=-1"),
        format!("{e}/results.csv?contest=none"),
        format!("{e}/results.json?contest=a/b"),
        "/audit/tile/0/999".to_owned(),
        "/audit/tile/../../key".to_owned(),
    ] {
        assert_eq!(night.get(&path).await.0, 404, "{path}");
    }
}

#[tokio::test]
async fn published_figures_stand_in_their_own_box_with_their_source() {
    let night = night().await;
    let text = r#"{"national":{"figures":[{"measure":"turnout","value":62.79,"unit":"percent"}],"sources":["one"]},
        "contests":[{"area":"d1","figures":[{"measure":"votes","value":4660,"unit":"count","candidate":"Real Name"}],"source":"paper.example"}],
        "groups":[{"areas":["d1"],"name":{"kk":"үшеуі","ru":"трое","en":"three together"},
            "figures":[{"measure":"turnout","value":67.62,"unit":"percent","at":"16:00"}],"source":"two"}]}"#;
    let figures = crate::results::actions::read_published(ELECTION, text).unwrap();
    assert_eq!(figures.len(), 3);
    let operator = night.world.home.operator();
    for _ in 0..2 {
        let mut tx = operator.begin().await.unwrap();
        crate::results::actions::add_published_in(&mut tx, &operator, &figures)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    let (_, page) = night
        .get(&format!("{}/contests/d1?lang=ru", election()))
        .await;
    assert_eq!(page.matches("Real Name").count(), 1);
    assert!(page.contains("4\u{202f}660") && page.contains("paper.example"));
    assert!(page.contains("67,62\u{a0}%") && page.contains("трое"));
    let (_, json) = night.get(&format!("{}/results.json", election())).await;
    assert!(
        !json.contains("Real Name") && !json.contains("4660"),
        "never mixed into ours"
    );
    night.clock(hour(19, 0));
    let (_, page) = night
        .get(&format!("{}/contests/d1?lang=ru", election()))
        .await;
    assert!(!page.contains("4\u{202f}660"), "not while people vote");
}
