//! A session of a district with the commissions of its stations, and what can go wrong with knowing who was there.

mod correct;
mod marks;
mod pages;
mod sheets;

use super::code::Codes;
use super::model::{Known, MARK, SHEET};
use super::queries;
use crate::platform::audit::{self, SignerKey};
use crate::platform::inbox::{self, Envelope, Taken};
use crate::platform::{Acting, App, Error, Names, ids};
use crate::training::actions;
use crate::training::model::{
    Invited, NewModule, NewProgramme, NewSession, ProgrammeState, Session,
};
use crate::votingday::tests::world::{ELECTION, World, area_of, at};
use jiff::Timestamp;
use std::collections::BTreeMap;

pub(crate) const SESSION: &str = "session-1";
pub(crate) const PROGRAMME: &str = "programme-1";
/// A week before, when everything is planned.
pub(crate) const PLANNED: &str = "2023-09-25T06:00:00Z";
/// 11:00 in Astana.
pub(crate) const STARTS: &str = "2023-10-02T05:00:00Z";
pub(crate) const ENDS: &str = "2023-10-02T07:00:00Z";

fn all(text: &str) -> Names {
    Names::new(text.to_owned(), text.to_owned(), text.to_owned())
}

pub(crate) fn plan_of(id: &str, starts: Timestamp, ends: Timestamp) -> NewSession {
    NewSession {
        id: id.to_owned(),
        election_id: ELECTION.to_owned(),
        programme_id: PROGRAMME.to_owned(),
        area_id: "d1".to_owned(),
        level: 2,
        place: all("House of culture"),
        station_id: None,
        coordinates: Some((50_200_000, 72_700_000)),
        starts_at: starts,
        ends_at: ends,
        seats: 100,
        modules: vec!["module-1".to_owned()],
        trainers: vec!["d1-secretary".to_owned()],
    }
}

/// A programme of the last level, without a test.
pub(crate) async fn programme(office: &Acting) {
    let new = NewProgramme {
        id: PROGRAMME.to_owned(),
        key: "voting_day".to_owned(),
        audience: "precinct_members".to_owned(),
        level_from: 2,
        level_until: 2,
        tested: false,
        title: all("Voting day"),
        goal: all("They can open a station"),
    };
    let made = actions::create_programme(office, new).await.unwrap();
    let module = NewModule {
        id: "module-1".to_owned(),
        key: "M1".to_owned(),
        title: all("Opening"),
        goals: all("The box is sealed"),
        minutes: 30,
        ..NewModule::default()
    };
    actions::add_module(office, PROGRAMME, module, Vec::new())
        .await
        .unwrap();
    let version = {
        let mut reader = office.app().read().await.unwrap();
        let now = crate::training::queries::programme(&mut reader, PROGRAMME).await;
        now.unwrap().version
    };
    assert!(version >= made.version);
    actions::move_programme(office, PROGRAMME, version, ProgrammeState::Open)
        .await
        .unwrap();
}

/// For other tests: the session is planned and everybody of the district's stations is invited.
pub(crate) async fn begin(world: &World) {
    world
        .sql("update election set state = 'registration'", crate::bind![])
        .await;
    let office = world.home.operator().at(at(PLANNED));
    programme(&office).await;
    let plan = plan_of(SESSION, at(STARTS), at(ENDS));
    let session = actions::plan(&office, plan).await.unwrap();
    let whom = Invited::Area("d1".to_owned());
    actions::invite(&office, SESSION, session.version, whom)
        .await
        .unwrap();
}

/// A sheet with a photo is keyed for a session that is there; its id.
pub(crate) async fn with_sheet(world: &World) -> String {
    let office = world.home.operator().at(at(ENDS));
    let mut sheet = envelope(
        SHEET,
        ENDS,
        &[
            ("session", SESSION),
            ("people", "1"),
            ("person", "st1-chair"),
        ],
    );
    sheet.files = crate::readiness::tests::world::photos(&office, &["photo"]).await;
    let id = sheet.id.clone();
    inbox::take(&office, &sheet).await.unwrap();
    id
}

pub(crate) struct Hall {
    pub(crate) world: World,
}

impl Hall {
    pub(crate) async fn new() -> Self {
        let world = World::new(2).await;
        begin(&world).await;
        Self { world }
    }

    pub(crate) fn operator(&self, now: &str) -> Acting {
        self.world.home.operator().at(at(now))
    }

    /// The trainer, who is the secretary of the district's commission.
    pub(crate) fn trainer(&self, now: &str) -> Acting {
        self.world.district(at(now))
    }

    pub(crate) fn member(&self, station: &str, office: &str, now: &str) -> Acting {
        let role = match office {
            "chair" | "secretary" | "deputy" => format!("precinct.{office}"),
            _ => "precinct.member".to_owned(),
        };
        let person = format!("{station}-{office}");
        self.world
            .acting(&person, &role, &area_of(station), at(now))
    }

    /// The code that stood on the screen at a moment.
    pub(crate) fn code(&self, shown: &str) -> String {
        let app = &self.world.home.app;
        let rules = &app.rules.training().attendance;
        let step = rules.rhythm().step(at(shown).as_second());
        Codes::of(&app.secret, SESSION, rules.digits.value).at(step)
    }

    /// A mark with the code of one moment, made at another, that comes at the actor's.
    pub(crate) async fn mark(&self, who: &Acting, shown: &str, made: &str) -> Result<Taken, Error> {
        inbox::take(who, &self.envelope(&self.code(shown), made)).await
    }

    pub(crate) fn envelope(&self, code: &str, made: &str) -> Envelope {
        envelope(MARK, made, &[("session", SESSION), ("code", code)])
    }

    pub(crate) async fn session(&self) -> Session {
        let mut reader = self.world.home.app.read().await.unwrap();
        crate::training::queries::session(&mut reader, SESSION)
            .await
            .unwrap()
    }

    pub(crate) async fn known(&self) -> Known {
        let session = self.session().await;
        let mut reader = self.world.home.app.read().await.unwrap();
        queries::known(&mut reader, &self.world.home.app, &session)
            .await
            .unwrap()
    }

    /// Keys a sheet with people ticked and names typed.
    pub(crate) async fn sheet(
        &self,
        now: &str,
        (people, ticked, others): (&str, &[&str], &str),
    ) -> Result<Taken, Error> {
        let ticked = ticked.join("\n");
        let fields = [
            ("session", SESSION),
            ("people", people),
            ("person", ticked.as_str()),
            ("others", others),
        ];
        inbox::take(&self.trainer(now), &envelope(SHEET, now, &fields)).await
    }

    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        let mut reader = self.world.home.app.read().await.unwrap();
        let row = reader.one(sql, crate::bind![]).await.unwrap();
        row.int("n").unwrap()
    }
}

pub(crate) fn envelope(kind: &str, made: &str, fields: &[(&str, &str)]) -> Envelope {
    Envelope {
        id: ids::random_id(),
        kind: kind.to_owned(),
        made_at: at(made),
        fields: fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        files: BTreeMap::new(),
    }
}

/// Names of the fields that must be mended.
pub(crate) fn fields<T: std::fmt::Debug>(done: Result<T, Error>) -> Vec<String> {
    match done {
        Err(Error::Invalid(problems)) => problems.into_iter().map(|p| p.field).collect(),
        other => vec![format!("{other:?}")],
    }
}

/// What the log of acts finds wrong with training: what is wrong, and with which object.
pub(crate) async fn problems(app: &App) -> Vec<(&'static str, String)> {
    let key = SignerKey::open(&app.settings.data, "tandau.test/log").unwrap();
    let mut reader = app.read().await.unwrap();
    let report = audit::verify(&mut reader, key.verifier(), None)
        .await
        .unwrap();
    let found = report.problems.into_iter();
    found
        .filter(|p| p.object.starts_with("training_"))
        .map(|p| (p.problem, p.object))
        .collect()
}

/// The log of acts finds nothing wrong with training.
pub(crate) async fn is_sound(app: &App) {
    let found = problems(app).await;
    assert!(found.is_empty(), "{found:?}");
}
