//! What the walk tries: each route that needs a power, on an object of the first district.

use super::{At, Try, get, post};
use crate::platform::access::Action;

const COUNTRY: At = At::Area("kz");
const DISTRICT: At = At::Area("d1");
const STATION: At = At::Area("st1-area");

const DECISION: &[(&str, &str)] = &[
    ("kind", "other"),
    ("number", "7"),
    ("decided_on", "2023-11-06"),
    ("title_kk", "т"),
    ("title_ru", "т"),
    ("title_en", "t"),
    ("present", "2"),
    ("votes_for", "1"),
    ("votes_against", "1"),
    ("resigned_on", "2023-11-06"),
];

/// Forms are well formed, and what they ask for is refused by its content: who may ask is told, and nothing changes
/// for those who come next.
#[rustfmt::skip]
pub(super) const TRIES: &[Try] = &[
    get("/office", "/office", Action::OfficeEnter, At::Own, "voting"),
    get("/office/accounts", "/office/accounts", Action::AccountManage, At::Own, "voting"),
    get("/office/protocols", "/office/protocols", Action::ProtocolRead, At::Own, "voting"),
    get("/office/late", "/office/late", Action::TurnoutFollow, At::Own, "voting"),
    post("/office/accounts", "/office/accounts", Action::AccountManage, STATION, "voting", &[("person", "st1-chair"), ("login", "NOT A LOGIN")]),
    post("/office/accounts/{id}/unlock", "/office/accounts/ACCOUNT/unlock", Action::AccountManage, STATION, "voting", &[]),
    post("/office/accounts/{id}/end-sessions", "/office/accounts/ACCOUNT/end-sessions", Action::AccountManage, STATION, "voting", &[]),
    post("/office/accounts/{id}/reset", "/office/accounts/ACCOUNT/reset", Action::AccountManage, STATION, "voting", &[]),
    post("/office/accounts/{id}/disable", "/office/accounts/ACCOUNT/disable", Action::AccountManage, STATION, "voting", &[]),
    get("/office/commissions/{id}/members", "/office/commissions/d1/members", Action::MemberSeat, DISTRICT, "voting"),
    post("/office/commissions/{id}/members", "/office/commissions/d1/members", Action::MemberSeat, DISTRICT, "voting", &[("name_kk", "А"), ("name_ru", "А"), ("name_en", "A"), ("sex", "female"), ("birth_year", "1980"), ("office", "chair"), ("nominator", "none"), ("decision", "d2-seated"), ("valid_from", "2023-11-06")]),
    post("/office/commissions/{id}/members/{member}/end", "/office/commissions/d1/members/d1-seat0/end", Action::MemberSeat, DISTRICT, "voting", &[("end_decision", "d2-seated"), ("last_day", "1999-01-01"), ("reason", "none")]),
    get("/office/commissions/{id}/decisions/new", "/office/commissions/d1/decisions/new", Action::DecisionRecord, DISTRICT, "voting"),
    post("/office/commissions/{id}/decisions/new", "/office/commissions/d1/decisions/new", Action::DecisionRecord, DISTRICT, "voting", DECISION),
    get("/office/elections/new", "/office/elections/new", Action::ElectionCreate, At::Own, "voting"),
    get("/office/elections/{id}", "/office/elections/vote-2023", Action::OfficeEnter, At::Own, "voting"),
    post("/office/elections/{id}", "/office/elections/vote-2023", Action::ElectionMove, COUNTRY, "voting", &[("to", "called")]),
    post("/office/elections/{id}/contests", "/office/elections/vote-2023/contests", Action::ElectionMove, DISTRICT, "called", &[("area_code", "d1")]),
    get("/office/elections/{id}/calendar", "/office/elections/vote-2023/calendar", Action::CalendarChange, COUNTRY, "voting"),
    get("/office/elections/{id}/calendar/{step}", "/office/elections/vote-2023/calendar/voting_day", Action::CalendarChange, COUNTRY, "voting"),
    post("/office/elections/{id}/calendar/{step}", "/office/elections/vote-2023/calendar/voting_day", Action::CalendarChange, COUNTRY, "voting", &[("kind", "done")]),
    get("/office/stations/{id}", "/office/stations/st1", Action::StationChange, STATION, "voting"),
    post("/office/stations/{id}", "/office/stations/st1", Action::StationChange, STATION, "voting", &[("number", "1"), ("capacity", "1"), ("voters_on_list", "9999"), ("valid_from", "2023-11-06"), ("based_on", "1")]),
    get("/office/contests/{id}/candidates", "/office/contests/vote-2023.d1/candidates", Action::OfficeEnter, DISTRICT, "campaign"),
    post("/office/contests/{id}/candidates", "/office/contests/vote-2023.d1/candidates", Action::CandidateChange, DISTRICT, "campaign", &[("person_id", "c1"), ("nominated_on", "2023-09-20"), ("nominated_by", "king")]),
    post("/office/contests/{id}/ballot", "/office/contests/vote-2023.d1/ballot", Action::CandidateChange, DISTRICT, "campaign", &[("decision_id", "d2-seated")]),
    post("/office/contests/{id}/extension", "/office/contests/vote-2023.d1/extension", Action::CandidateChange, DISTRICT, "campaign", &[("until", "2024-01-01T10:00"), ("decision_id", "d2-seated")]),
    post("/office/contests/{id}/postponement", "/office/contests/vote-2023.d1/postponement", Action::CandidateChange, DISTRICT, "campaign", &[("voting_day", "2024-10-10"), ("decision_id", "d2-seated")]),
    get("/office/contests/{id}/candidates/{candidate}", "/office/contests/vote-2023.d1/candidates/c1", Action::OfficeEnter, DISTRICT, "campaign"),
    post("/office/contests/{id}/candidates/{candidate}", "/office/contests/vote-2023.d1/candidates/c1", Action::CandidateChange, DISTRICT, "campaign", &[("act", "cancel"), ("on", "2023-11-06"), ("reason_code", "none"), ("decision_id", "d2-seated")]),
    get("/office/contests/{id}/outcome", "/office/contests/vote-2023.d1/outcome", Action::OutcomeDetermine, DISTRICT, "counting"),
    post("/office/contests/{id}/outcome", "/office/contests/vote-2023.d1/outcome", Action::OutcomeDetermine, DISTRICT, "counting", DECISION),
    get("/office/contests/{id}/elected", "/office/contests/vote-2023.d1/elected", Action::ElectedRegister, DISTRICT, "counting"),
    post("/office/contests/{id}/elected", "/office/contests/vote-2023.d1/elected", Action::ElectedRegister, DISTRICT, "counting", DECISION),
    get("/office/stations/{id}/day", "/office/stations/st1/day", Action::StationReport, STATION, "voting").or(Action::TurnoutFollow),
    post("/office/stations/{id}/day/open", "/office/stations/st1/day/open", Action::StationReport, STATION, "voting", &[("open-at", "23:59")]),
    post("/office/stations/{id}/day/close", "/office/stations/st1/day/close", Action::StationReport, STATION, "voting", &[("close-at", "00:01")]),
    post("/office/stations/{id}/day/turnout", "/office/stations/st1/day/turnout", Action::TurnoutReport, STATION, "voting", &[("contest", "vote-2023.d1"), ("turnout-received", "1"), ("turnout-slot", "none")]),
    get("/office/protocols/{contest}/{station}", "/office/protocols/vote-2023.d1/st1", Action::ProtocolRead, STATION, "counting"),
    post("/office/protocols/{contest}/{station}", "/office/protocols/vote-2023.d1/st1", Action::ProtocolEnter, STATION, "counting", &[("step", "voters"), ("sequence", "99")]),
    get("/office/protocols/{contest}/{station}/paper", "/office/protocols/vote-2023.d1/st1/paper", Action::ProtocolEnter, STATION, "counting"),
    post("/office/protocols/{contest}/{station}/submit", "/office/protocols/vote-2023.d1/st1/submit", Action::ProtocolEnter, STATION, "counting", &[("version", "99")]),
    post("/office/protocols/{contest}/{station}/confirm", "/office/protocols/vote-2023.d1/st1/confirm", Action::ProtocolConfirm, STATION, "counting", &[("version", "99")]),
    post("/office/protocols/{contest}/{station}/take-back", "/office/protocols/vote-2023.d1/st1/take-back", Action::ProtocolEnter, STATION, "counting", &[("version", "99"), ("reason", "because")]),
    get("/office/protocols/{contest}/{station}/decide", "/office/protocols/vote-2023.d1/st1/decide", Action::ProtocolDecide, STATION, "counting"),
    post("/office/protocols/{contest}/{station}/decide", "/office/protocols/vote-2023.d1/st1/decide", Action::ProtocolDecide, STATION, "counting", &[("version", "99"), ("ruling", "accept")]),
];
