//! The room's tests; [`Chain`] is a small country that tests of other rooms may use too.

mod basis;
mod decisions;
mod import;
pub(crate) mod pages;

pub(crate) use pages::Browser;
mod seats;

use super::actions::{form_in, record_act_in};
use super::{Level, NewAct, NewCommission, NewMember, Office};
use crate::people::{self, NewPerson, Sex};
use crate::platform::access::Actor;
use crate::platform::{Acting, Names, T, areas};
use crate::platform::{Lang, access};
use crate::testing::Installation;
use jiff::civil::{Date, date};
use std::sync::Arc;

pub(crate) const AREAS: &str = "code,parent_code,kind,name_kk,name_ru,name_en,zone,valid_from,valid_until,edition,note
KZ,,country,Қазақстан,Казахстан,Kazakhstan,Asia/Almaty,1991-12-16,,test,
350000000,KZ,region,Қарағанды облысы,Карагандинская область,Karaganda Region,Asia/Almaty,1997-05-03,,test,
353600000,350000000,district,Ақтоғай ауданы,Актогайский район,Aktogay district,Asia/Almaty,1997-05-03,,test,
355600000,350000000,district,Осакаров ауданы,Осакаровский район,Osakarov district,Asia/Almaty,1997-05-03,,test,
";

/// A commission of each level down to two districts, seven members in each.
pub(crate) struct Chain {
    pub(crate) place: Installation,
    pub(crate) central: String,
    pub(crate) region: String,
    pub(crate) aktogay: String,
    pub(crate) osakarov: String,
    pub(crate) act: String,
    /// A later act by which seats can be ended.
    pub(crate) ending: String,
}

pub(crate) const SEATED: Date = date(2022, 1, 10);
pub(crate) const TERM_ENDS: Date = date(2027, 1, 9);

impl Chain {
    pub(crate) async fn new() -> Self {
        let place = Installation::new().await;
        let acting = place.operator();
        areas::import_csv(&acting, AREAS.as_bytes(), false)
            .await
            .unwrap();
        let mut tx = acting.begin().await.unwrap();
        let country = areas::by_code(&mut tx, "KZ", SEATED)
            .await
            .unwrap()
            .unwrap();
        let act = NewAct {
            body: Names::new("Мәслихат", "Маслихат", "Maslikhat"),
            area_id: country,
            kind: "commission_formed",
            number: "1/1".to_owned(),
            decided_on: SEATED,
            title: Names::new("Құрам", "Состав", "Composition"),
            text: String::new(),
            file_id: None,
            election_id: None,
            contest_id: None,
        };
        let ending = NewAct {
            kind: "member_ended",
            number: "2/1".to_owned(),
            decided_on: date(2022, 6, 1),
            ..act.clone()
        };
        let act = record_act_in(&mut tx, &acting, act).await.unwrap();
        let ending = record_act_in(&mut tx, &acting, ending).await.unwrap();
        let mut made: Vec<String> = Vec::new();
        for (code, level, parent) in [
            ("KZ", Level::Central, None),
            ("350000000", Level::Region, Some(0)),
            ("353600000", Level::District, Some(1)),
            ("355600000", Level::District, Some(1)),
        ] {
            let new = NewCommission {
                level,
                area_id: areas::by_code(&mut tx, code, SEATED)
                    .await
                    .unwrap()
                    .unwrap(),
                parent_id: parent.map(|i: usize| made[i].clone()),
                size: 7,
                term_from: SEATED,
                term_until: TERM_ENDS,
            };
            let mut members = Vec::new();
            for number in 0..7 {
                let person = person(&format!("{code} {number}"));
                let id = people::actions::add_in(&mut tx, &acting, person)
                    .await
                    .unwrap();
                let office = *Office::ALL.get(number).unwrap_or(&Office::Member);
                members.push(member("", &id, office, &act));
            }
            made.push(form_in(&mut tx, &acting, new, members).await.unwrap());
        }
        tx.commit().await.unwrap();
        let [central, region, aktogay, osakarov] = made.try_into().unwrap();
        Self {
            place,
            central,
            region,
            aktogay,
            osakarov,
            act,
            ending,
        }
    }

    /// Whoever holds an office in a commission on the day of the tests.
    pub(crate) async fn holder(&self, commission: &str, office: Office) -> Acting {
        let mut reader = self.place.app.read().await.unwrap();
        let today = self.place.app.today();
        let found = super::queries::composition(&mut reader, commission, today)
            .await
            .unwrap();
        let found = found.into_iter().find(|m| m.office == office).unwrap();
        let actor: Actor = access::store::actor(&mut reader, &found.person_id, found.names, today)
            .await
            .unwrap();
        Acting::new(self.place.app.clone(), Arc::new(actor), T::new(Lang::En))
    }
}

pub(crate) fn person(name: &str) -> NewPerson {
    NewPerson {
        names: Names::new(name, name, name),
        sex: Sex::Male,
        birth_year: 1975,
        birth_date: None,
        synthetic: true,
    }
}

pub(crate) fn member(commission: &str, person: &str, office: Office, act: &str) -> NewMember {
    NewMember {
        commission_id: commission.to_owned(),
        person_id: person.to_owned(),
        office,
        nominator: "party".to_owned(),
        organisation_id: None,
        decision_id: act.to_owned(),
        valid_from: SEATED,
        valid_until: Some(TERM_ENDS),
    }
}
