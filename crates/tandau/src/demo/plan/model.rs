//! The words of the plan: plain data without behaviour, ready to be written into an installation.

use jiff::Timestamp;
use jiff::civil::Date;

use super::relations::Relation;

pub use super::model_candidate::{Candidate, LossReason, NominatedBy, Signatures};
pub use super::model_day::{
    Act, Event, EventKind, Figures, MemberIssue, Outcome, PortableBox, ProtocolVersion, StationDay,
    TurnoutReport, Warning,
};

/// A text in the three languages.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Text3 {
    /// Kazakh.
    pub kk: String,
    /// Russian.
    pub ru: String,
    /// English.
    pub en: String,
}

impl Text3 {
    /// From three texts.
    pub fn new(kk: impl Into<String>, ru: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            kk: kk.into(),
            ru: ru.into(),
            en: en.into(),
        }
    }
}

/// What kind of place an area is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AreaKind {
    /// The whole country.
    Country,
    /// A region (oblast).
    Region,
    /// The capital, Almaty, Shymkent.
    CityOfRepublicanSignificance,
    /// A district (rayon).
    District,
    /// A city equal to a district.
    CityOfRegionalSignificance,
    /// A district inside a city.
    UrbanDistrict,
    /// A city or town inside a district or city akimat.
    City,
    /// The administration of a city of district significance.
    CityAdministration,
    /// The administration of one or more settlements.
    SettlementAdministration,
    /// An urban-type settlement.
    Settlement,
    /// A rural district.
    RuralDistrict,
    /// The administration of a village.
    VillageAdministration,
    /// A village.
    Village,
    /// A railway station or siding.
    Railway,
    /// A winter camp, summer pasture or farm.
    Camp,
    /// A named place of another kind.
    Other,
    /// Stands for a territory that no source names.
    Placeholder,
}

impl AreaKind {
    /// The word used in tables and exports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Region => "region",
            Self::CityOfRepublicanSignificance => "city_of_republican_significance",
            Self::District => "district",
            Self::CityOfRegionalSignificance => "city_of_regional_significance",
            Self::UrbanDistrict => "urban_district",
            Self::City => "city",
            Self::CityAdministration => "city_administration",
            Self::SettlementAdministration => "settlement_administration",
            Self::Settlement => "settlement",
            Self::RuralDistrict => "rural_district",
            Self::VillageAdministration => "village_administration",
            Self::Village => "village",
            Self::Railway => "railway",
            Self::Camp => "camp",
            Self::Other => "other",
            Self::Placeholder => "placeholder",
        }
    }
}

/// An area; parents stand before their children in [`Plan::areas`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// KATO code, `KZ` for the country, `610000000-N` for the placeholder.
    pub code: String,
    /// Code of the parent; none for the country.
    pub parent: Option<String>,
    /// Kind of place.
    pub kind: AreaKind,
    /// Official names; English as romanised.
    pub name: Text3,
    /// IANA time zone.
    pub zone: String,
    /// First day of existence, where later than these records begin.
    pub valid_from: Option<Date>,
    /// True if that day is approximate.
    pub valid_from_approximate: bool,
}

/// How well it is known that a territory took part in the pilot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sourcing {
    /// Named by a source.
    Sourced,
    /// A source names it without a date.
    Probable,
    /// No source names it.
    NotSourced,
}

/// What was published about a contest; only targets for the synthetic figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Published {
    /// Voters on the lists.
    pub voters_on_lists: Option<u32>,
    /// Number of stations.
    pub stations: Option<u32>,
    /// Final turnout of the contest, or of the group it was published with, in hundredths of a percent.
    pub turnout: Option<u32>,
    /// Whether anything at all was published about its result.
    pub result: bool,
}

/// The election of one akim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest {
    /// 1 to 45, the row of `pilot_territories.csv`.
    pub no: u32,
    /// Code of the area.
    pub area: String,
    /// Code of the region.
    pub region: String,
    /// How well sourced.
    pub sourcing: Sourcing,
    /// Published targets.
    pub published: Published,
    /// Voters on the lists, the sum of its stations.
    pub voters_on_lists: u32,
    /// Voters who receive a ballot, the sum of its stations.
    pub received_ballots: u32,
    /// Its stations as a range of [`Plan::stations`].
    pub stations: std::ops::Range<usize>,
    /// Candidates on the ballot as indices into [`Plan::candidates`], in Kazakh alphabetical order;
    /// [`Figures::votes`] has the same order.
    pub ballot: Vec<usize>,
    /// True for the contest that ends in a tie for the first place.
    pub ends_in_tie: bool,
    /// True for the contest whose nomination was extended (fewer than two nominees on 5 October).
    pub nomination_extended: bool,
}

/// Whom a station serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StationKind {
    /// The voters of a territory.
    Ordinary,
    /// Patients and staff of a hospital (special station).
    Hospital,
    /// A remote place or distant pasture (special station).
    Remote,
}

/// A polling station. Its figures, premises and address are synthetic.
#[derive(Debug, Clone, PartialEq)]
pub struct Station {
    /// Number, unique within the region.
    pub number: u32,
    /// Index into [`Plan::contests`].
    pub contest: usize,
    /// Kind of station.
    pub kind: StationKind,
    /// Code of the district or city.
    pub area: String,
    /// Settlement.
    pub place: Text3,
    /// KATO code of the settlement; none in the placeholder territory.
    pub place_code: Option<String>,
    /// Kind of building: `school`, `rural_club`, …
    pub premises_kind: String,
    /// Building.
    pub premises: Text3,
    /// Address with the settlement.
    pub address: Text3,
    /// Latitude and longitude inside the district; none in the placeholder territory.
    pub lat_lon: Option<(f64, f64)>,
    /// Persons that the voting room holds.
    pub capacity: u32,
    /// Voters on the list as handed over.
    pub voters_on_list: u32,
}

/// Party or association. All are fictional.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Short code: `p1`…`p5` parties, `a1`… associations.
    pub code: String,
    /// True for a party.
    pub is_party: bool,
    /// Name.
    pub name: Text3,
}

/// An officer of a state body: whom a commission asks to put something right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// Kind of body, as roles name it: `police`.
    pub kind: &'static str,
    /// Code of the body's area.
    pub area: String,
    /// Index into [`Plan::people`].
    pub person: usize,
}

/// Sex as registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sex {
    /// Woman.
    Female,
    /// Man.
    Male,
}

/// A synthetic person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Family name.
    pub family: Text3,
    /// Given name.
    pub given: Text3,
    /// Patronymic.
    pub patronymic: Text3,
    /// Sex.
    pub sex: Sex,
    /// Year of birth.
    pub birth_year: i16,
}

impl Person {
    /// Family name, given name, patronymic.
    #[must_use]
    pub fn full_name(&self) -> Text3 {
        let join = |a: &str, b: &str, c: &str| format!("{a} {b} {c}");
        Text3 {
            kk: join(&self.family.kk, &self.given.kk, &self.patronymic.kk),
            ru: join(&self.family.ru, &self.given.ru, &self.patronymic.ru),
            en: join(&self.family.en, &self.given.en, &self.patronymic.en),
        }
    }
}

/// Level of a commission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// The central commission.
    Central,
    /// Territorial, of a region.
    Regional,
    /// Territorial, of a city of regional significance.
    City,
    /// Territorial, of a district.
    District,
    /// Of one polling station.
    Precinct,
}

/// Office in a commission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Office {
    /// Chair.
    Chair,
    /// Deputy chair.
    Deputy,
    /// Secretary.
    Secretary,
    /// Member.
    Member,
}

/// A decision by which something came into force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Number as the body writes it.
    pub number: String,
    /// Day.
    pub date: Date,
}

/// Why a member left before the end of the term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EndReason {
    /// Own request.
    OwnRequest,
    /// Moved away from the territory.
    MovedAway,
    /// Took an office that is incompatible with membership.
    Incompatible,
}

/// A person's seat in a commission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Index into [`Plan::people`].
    pub person: usize,
    /// Office held.
    pub office: Office,
    /// Who proposed the person, index into [`Plan::organisations`]; none for the central commission.
    pub nominator: Option<usize>,
    /// Decision that seated the person.
    pub seated: Decision,
    /// Last day of the five-year term.
    pub term_ends: Date,
    /// Early end.
    pub ended: Option<(Decision, EndReason)>,
}

/// A commission with all seats of the term, ended ones included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commission {
    /// Level.
    pub level: Level,
    /// Code of its area; the district or city for a precinct.
    pub area: String,
    /// Its station, for a precinct.
    pub station: Option<usize>,
    /// Higher commission, index into [`Plan::commissions`].
    pub parent: Option<usize>,
    /// Number of members set for it.
    pub size: u32,
    /// Seats; the chair first.
    pub seats: Vec<Seat>,
}

impl Commission {
    /// The seats filled on a day.
    pub fn seats_on(&self, day: Date) -> impl Iterator<Item = &Seat> {
        self.seats.iter().filter(move |s| {
            s.seated.date <= day && s.ended.as_ref().is_none_or(|(end, _)| end.date > day)
        })
    }
}

/// The whole demonstration.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Country, regions, districts, the Karaganda region down to settlements, the placeholder.
    pub areas: Vec<Area>,
    /// Fictional parties and associations.
    pub organisations: Vec<Organisation>,
    /// Synthetic people.
    pub people: Vec<Person>,
    /// The 45 contests.
    pub contests: Vec<Contest>,
    /// The 1,491 stations, by contest.
    pub stations: Vec<Station>,
    /// The central commission and the 1,553 others, higher ones first.
    pub commissions: Vec<Commission>,
    /// The 249 nominations.
    pub candidates: Vec<Candidate>,
    /// Officers of state bodies, of regions first.
    pub officers: Vec<Officer>,
    /// Voting day of each station, parallel to `stations`.
    pub days: Vec<StationDay>,
    /// All that happens on the day and the night after, in order of time.
    pub events: Vec<Event>,
}

impl Plan {
    /// Index of a station's commission.
    #[must_use]
    pub fn precinct(&self, station: usize) -> Option<usize> {
        let first = self.commissions.len().checked_sub(self.stations.len())?;
        (station < self.stations.len()).then_some(first + station)
    }

    /// The instant of an event's report.
    #[must_use]
    pub fn last_event(&self) -> Option<Timestamp> {
        self.events.last().map(|event| event.at)
    }

    /// The declared relations of a protocol version: faults, then warnings.
    #[must_use]
    pub fn declared(version: &ProtocolVersion) -> Vec<Relation> {
        let mut all = version.faults.clone();
        all.extend(version.warnings.iter().map(|w| w.relation));
        all.sort_unstable();
        all
    }
}
