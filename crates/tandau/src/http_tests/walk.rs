//! A new election from an empty installation to the opening of voting, by pages only: nothing but the
//! registers (areas, commissions, stations) comes from commands.

use crate::bind;
use crate::commissions::actions::form_in;
use crate::commissions::tests::{Browser, Chain, SEATED, TERM_ENDS, member, person};
use crate::commissions::{Level, NewCommission, Office};
use crate::people;
use crate::platform::{Names, areas};
use crate::stations::{self, NewStation};
use axum::http::StatusCode;
use jiff::civil::date;

pub(super) const ELECTION: &str = "akim-2023";
const AKTOGAY: &str = "353600000";
const OSAKAROV: &str = "355600000";

/// The installation with the people who walk.
pub(super) struct Walk {
    pub(super) chain: Chain,
    pub(super) precinct: String,
}

type Fields<'a> = Vec<(&'a str, &'a str)>;

/// What a commission of seven decides with five votes.
fn decision<'a>(number: &'a str, day: &'a str) -> Fields<'a> {
    vec![
        ("decision_id", "new"),
        ("number", number),
        ("decided_on", day),
        ("title_kk", "Шешім"),
        ("title_ru", "Решение"),
        ("title_en", "Decision"),
        ("text", "1."),
        ("present", "6"),
        ("votes_for", "5"),
        ("votes_against", "1"),
    ]
}

fn with<'a>(mut fields: Fields<'a>, more: &[(&'a str, &'a str)]) -> Fields<'a> {
    fields.extend(more);
    fields
}

/// Sends a form that must be taken; returns where it leads.
async fn done(browser: &Browser<'_>, path: &str, fields: &[(&str, &str)]) -> String {
    let (status, to) = browser.post(&format!("{path}?lang=en"), fields).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{path}: {to}");
    to
}

/// Sends a form that must be refused at a field.
async fn refused(browser: &Browser<'_>, path: &str, fields: &[(&str, &str)], field: &str) {
    let (status, text) = browser.post(&format!("{path}?lang=en"), fields).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {text}");
    let href = format!("href=\"#{field}\"");
    assert!(text.contains(&href), "{path} names {field}: {text}");
}

/// The part of an address behind a prefix.
fn id_in(address: &str, prefix: &str) -> String {
    let rest = address.split(prefix).nth(1).unwrap();
    let end = rest.find(['?', '"', '/']).unwrap_or(rest.len());
    rest[..end].to_owned()
}

impl Walk {
    /// Commissions of four levels, two stations; nothing of an election.
    pub(super) async fn new() -> Self {
        let chain = Chain::new().await;
        chain
            .place
            .app
            .clock
            .set("2023-09-13T06:00:00Z".parse().unwrap());
        let acting = chain.place.operator();
        let mut tx = acting.begin().await.unwrap();
        let mut found = Vec::new();
        for code in ["350000000", AKTOGAY, OSAKAROV] {
            let id = areas::by_code(&mut tx, code, SEATED).await.unwrap();
            found.push(id.unwrap());
        }
        let words = Names::new("Мектеп", "Школа", "School");
        let mut precinct = String::new();
        for (number, district) in [(448, 1), (12, 2)] {
            let new = NewStation {
                number,
                region_id: found[0].clone(),
                district_id: found[district].clone(),
                names: words.clone(),
                address: words.clone(),
                latitude_microdeg: None,
                longitude_microdeg: None,
                capacity: 300,
                voters_on_list: 700,
                special: String::new(),
                step_free: None,
                valid_from: date(2022, 1, 1),
                zone: "Asia/Almaty".to_owned(),
            };
            let station = stations::actions::add_in(&mut tx, &acting, new)
                .await
                .unwrap();
            if number != 448 {
                continue;
            }
            let area = tx
                .one("select area_id from station where id = $1", bind![&station])
                .await
                .unwrap();
            let mut members = Vec::new();
            for place in 0..7 {
                let id = people::actions::add_in(&mut tx, &acting, person(&format!("448 {place}")))
                    .await
                    .unwrap();
                let office = *Office::ALL.get(place).unwrap_or(&Office::Member);
                members.push(member("", &id, office, &chain.act));
            }
            let new = NewCommission {
                level: Level::Precinct,
                area_id: area.text("area_id").unwrap(),
                parent_id: Some(chain.aktogay.clone()),
                size: 7,
                term_from: SEATED,
                term_until: TERM_ENDS,
            };
            precinct = form_in(&mut tx, &acting, new, members).await.unwrap();
        }
        tx.commit().await.unwrap();
        Self { chain, precinct }
    }

    fn clock(&self, at: &str) {
        self.chain.place.app.clock.set(at.parse().unwrap());
    }

    /// Whoever holds an office, signed in.
    pub(super) async fn browser(&self, commission: &str, office: Office) -> Browser<'_> {
        let holder = self.chain.holder(commission, office).await;
        Browser::signed_in(&self.chain.place, holder.person()).await
    }

    /// From the creation to the call of both contests.
    pub(super) async fn call(
        &self,
        central: &Browser<'_>,
        region: &Browser<'_>,
        district: &Browser<'_>,
        other: &Browser<'_>,
    ) {
        let new = [
            ("rules_id", "akim-district-2023"),
            ("voting_day", "2023-11-05"),
            ("title_kk", "Әкім сайлауы"),
            ("title_ru", "Выборы акимов"),
            ("title_en", "Election of akims"),
            ("id", ELECTION),
            ("zone", "Asia/Almaty"),
        ];
        done(central, "/office/elections/new", &new).await;
        let mut act = vec![
            ("kind", "pilot_territories"),
            ("concerns", ELECTION),
            ("body_kk", "Облыстық мәслихат"),
            ("body_ru", "Областной маслихат"),
            ("body_en", "Regional maslikhat"),
            ("area_code", "350000000"),
            ("number", "57"),
            ("decided_on", "2023-09-13"),
            ("title_kk", "Аумақтар туралы"),
            ("title_ru", "О территориях"),
            ("title_en", "On the territories"),
        ];
        let to = done(region, "/office/acts/new", &act).await;
        let act_id = id_in(&to, "/decisions/");
        act[1] = ("concerns", "no-such-election");
        refused(region, "/office/acts/new", &act, "concerns").await;

        // The district calls its own contest, with the decision in the same form.
        self.clock("2023-09-15T06:00:00Z");
        let contests = format!("/office/elections/{ELECTION}/contests");
        let (_, page) = district.get(&contests).await;
        assert!(page.contains(&act_id) && page.contains(AKTOGAY), "{page}");
        let mut own = decision("1", "2023-09-15");
        own.push(("area_code", AKTOGAY));
        own.push(("basis_decision_id", &act_id));
        let mut failed = own.clone();
        failed.push(("votes_for", "3"));
        failed.retain(|f| *f != ("votes_for", "5"));
        refused(district, &contests, &failed, "votes_for").await;
        done(district, &contests, &own).await;
        refused(district, &contests, &own, "area_code").await;

        // The central commission adds the other one by a decision that its commission recorded by itself.
        let record = format!("/office/commissions/{}/decisions/new", self.chain.osakarov);
        let general = with(
            decision("1", "2023-09-15"),
            &[("kind", "election_called"), ("concerns", ELECTION)],
        );
        let to = done(other, &record, &general).await;
        let call = id_in(&to, "/decisions/");
        let (_, page) = central.get(&contests).await;
        assert!(page.contains(&call), "{page}");
        let add = [
            ("area_code", OSAKAROV),
            ("basis_decision_id", &act_id),
            ("decision_id", &call),
        ];
        refused(central, &contests, &add[..2], "decision_id").await;
        done(central, &contests, &add).await;
        let (_, page) = Browser::public(&self.chain.place)
            .get(&format!(
                "/elections/{ELECTION}/contests/{OSAKAROV}?lang=en"
            ))
            .await;
        for shown in [format!("/decisions/{act_id}"), format!("/decisions/{call}")] {
            assert!(page.contains(&shown), "{shown}: {page}");
        }
    }

    async fn go(&self, central: &Browser<'_>, to: &str, at: &str) {
        let path = format!("/office/elections/{ELECTION}/move");
        self.clock(at);
        done(central, &path, &[("to", to), ("decision_id", "")]).await;
    }

    /// From nomination to the day of voting.
    pub(super) async fn campaign(&self, central: &Browser<'_>, district: &Browser<'_>) {
        let party = [
            ("kind", "party"),
            ("name_kk", "Партия А"),
            ("name_ru", "Партия А"),
            ("name_en", "Party A"),
        ];
        done(central, "/office/organisations", &party).await;
        refused(central, "/office/organisations", &party, "name_kk").await;
        let early = [("to", "nomination"), ("decision_id", "")];
        let moves = format!("/office/elections/{ELECTION}/move");
        refused(central, &moves, &early, "to").await;
        self.go(central, "nomination", "2023-09-15T18:00:00Z").await;

        self.clock("2023-09-20T06:00:00Z");
        let candidates = format!("/office/contests/{ELECTION}.{AKTOGAY}/candidates");
        let (_, page) = district.get(&candidates).await;
        let option = page.split(">Партия А<").next().unwrap();
        let party = option.rsplit("value=\"").next().unwrap();
        let party = party.split('"').next().unwrap().to_owned();
        for (name, by, organisation) in [("Абаев", "self", ""), ("Әбенов", "party", party.as_str())]
        {
            let fields = [
                ("name_kk", name),
                ("name_ru", name),
                ("name_en", name),
                ("sex", "male"),
                ("birth_date", "1980-03-01"),
                ("nominated_by", by),
                ("organisation_id", organisation),
                ("nominated_on", "2023-09-20"),
            ];
            done(district, &candidates, &fields).await;
        }
        self.go(central, "registration", "2023-10-05T12:00:00Z")
            .await;

        self.clock("2023-10-06T06:00:00Z");
        let (_, page) = district.get(&candidates).await;
        let people: Vec<String> = page
            .split(&format!("{candidates}/"))
            .skip(1)
            .map(|rest| rest[..rest.find('"').unwrap()].to_owned())
            .collect();
        assert_eq!(people.len(), 2, "{page}");
        for (id, number) in people.iter().zip(["2", "3"]) {
            let path = format!("{candidates}/{id}");
            let (_, page) = district.get(&format!("{path}?act=register")).await;
            let asks = page.contains("signatures_valid");
            let signatures = if asks { "7" } else { "" };
            let mut fields = with(
                decision(number, "2023-10-06"),
                &[
                    ("act", "register"),
                    ("on", "2023-10-06"),
                    ("signatures_valid", signatures),
                ],
            );
            done(district, &path, &fields).await;
            // Nobody is registered twice, and the decision of the refused act is not on record.
            fields[1] = ("number", "99");
            refused(district, &path, &fields, "act").await;
        }
        self.go(central, "campaign", "2023-10-10T12:00:00Z").await;

        self.clock("2023-10-11T06:00:00Z");
        let ballot = format!("/office/contests/{ELECTION}.{AKTOGAY}/ballot");
        let old = decision("4", "2023-10-09");
        refused(district, &ballot, &old, "decided_on").await;
        done(district, &ballot, &decision("4", "2023-10-11")).await;
        self.go(central, "silence", "2023-11-03T18:00:00Z").await;
        self.go(central, "voting", "2023-11-05T01:00:00Z").await;
    }
}

#[tokio::test]
async fn a_new_election_is_run_by_pages_alone() {
    let walk = Walk::new().await;
    let chain = &walk.chain;
    let central = walk.browser(&chain.central, Office::Secretary).await;
    let district = walk.browser(&chain.aktogay, Office::Secretary).await;
    let region = walk.browser(&chain.region, Office::Secretary).await;
    let other = walk.browser(&chain.osakarov, Office::Secretary).await;
    walk.call(&central, &region, &district, &other).await;
    walk.campaign(&central, &district).await;

    let public = Browser::public(&chain.place);
    let (_, page) = public
        .get(&format!("/elections/{ELECTION}/candidates?lang=en"))
        .await;
    assert!(page.contains("Абаев") && page.contains("Әбенов"), "{page}");
    let (_, page) = public
        .get(&format!("/elections/{ELECTION}/decisions?lang=en"))
        .await;
    for number in ["57", "1", "2", "3", "4"] {
        assert!(
            page.contains(&format!("No. {number} of")),
            "{number}: {page}"
        );
    }
    assert!(
        !page.contains("No. 99"),
        "a refused act leaves nothing: {page}"
    );
    let mut reader = chain.place.app.read().await.unwrap();
    let election = crate::elections::queries::election(&mut reader, ELECTION)
        .await
        .unwrap();
    assert_eq!(election.state, crate::elections::ElectionState::Voting);
    let on_ballot =
        crate::candidates::queries::ballot(&mut reader, &format!("{ELECTION}.{AKTOGAY}"))
            .await
            .unwrap();
    assert_eq!(on_ballot.len(), 2);
}
