//! The signed paper of each protocol, as the demo's stand-in for a photo: figures and signatures "by hand",
//! every page marked as synthetic.

use crate::demo::load::{Ids, item};
use crate::demo::plan::{Figures, Office, Plan, ProtocolVersion, Text3, VOTING_DAY};
use crate::platform::i18n::date_long;
use crate::platform::{Error, Lang};
use electoral::protocol::{Kind, ProtocolEntry, ProtocolForm};
use electoral::text::{Language, Text};
use electoral::words::spell;
use print::{Edition, PaperCandidate, PaperLine, PaperSignature, ProtocolPaper};

/// The figures of a version as the form's lines. Members and boxes are named by their place.
pub(super) fn entry(
    plan: &Plan,
    ids: &Ids,
    contest: usize,
    figures: &Figures,
) -> Result<ProtocolEntry, Error> {
    use electoral::protocol::LineKey;
    let mut entry = ProtocolEntry::new();
    let mut single = |line: &str, figure: u32| -> Result<(), Error> {
        entry.set(
            LineKey::single(line).map_err(Error::internal)?,
            u64::from(figure),
        );
        Ok(())
    };
    single("voters_initial", figures.voters_initial)?;
    single("voters_added", figures.voters_added)?;
    single("voters_removed", figures.voters_removed)?;
    single("voters_on_list", figures.voters_on_list)?;
    single("ballots_received", figures.ballots_received)?;
    single("ballots_cancelled", figures.ballots_cancelled)?;
    single("voters_received_ballots", figures.voters_received_ballots)?;
    single("issued_in_premises", figures.issued_in_premises)?;
    single("issued_outside", figures.issued_outside)?;
    single(
        "voted_by_absentee_certificate",
        figures.voted_by_absentee_certificate,
    )?;
    single("applications_not_served", figures.outside_not_reached)?;
    single("found_stationary", figures.found_stationary)?;
    single("found_total", figures.found_total)?;
    single("non_established_form", figures.non_established_form)?;
    single("invalid", figures.invalid)?;
    single("took_part", figures.took_part)?;
    single("against_all", figures.against_all)?;
    let mut many = |line: &str, name: &str, figure: u32| -> Result<(), Error> {
        entry.set(
            LineKey::item(line, name).map_err(Error::internal)?,
            u64::from(figure),
        );
        Ok(())
    };
    for issue in &figures.issued_by_member {
        many(
            "ballots_issued_by_member",
            item(&ids.people, issue.person)?,
            issue.ballots,
        )?;
    }
    for (place, portable) in figures.portable_boxes.iter().enumerate() {
        let name = (place + 1).to_string();
        many("portable_box_applications", &name, portable.applications)?;
        many("portable_box_found", &name, portable.found)?;
    }
    for (candidate, votes) in item(&plan.contests, contest)?
        .ballot
        .iter()
        .zip(&figures.votes)
    {
        many("votes", item(&ids.candidates, *candidate)?, *votes)?;
    }
    Ok(entry)
}

/// The paper as it hangs at the station's door.
pub(super) fn paper(
    plan: &Plan,
    form: &ProtocolForm,
    station: usize,
    version: &ProtocolVersion,
) -> Result<Vec<u8>, Error> {
    let own = item(&plan.stations, station)?;
    let contest = item(&plan.contests, own.contest)?;
    let area = plan
        .areas
        .iter()
        .find(|a| a.code == contest.area)
        .ok_or_else(|| Error::internal("a contest without its area"))?;
    let figures = &version.figures;
    let candidates = contest
        .ballot
        .iter()
        .zip(&figures.votes)
        .enumerate()
        .map(|(place, (candidate, votes))| {
            let person = item(&plan.people, item(&plan.candidates, *candidate)?.person)?;
            Ok(row(&(place + 1).to_string(), &person.full_name(), *votes))
        })
        .collect::<Result<Vec<_>, Error>>()?;
    let commission = plan.precinct(station).and_then(|i| plan.commissions.get(i));
    let signatures = commission
        .into_iter()
        .flat_map(|c| c.seats_on(VOTING_DAY))
        .map(|seat| {
            let (kk, ru) = match seat.office {
                Office::Chair => ("Төраға", "Председатель"),
                Office::Deputy => ("Төраға орынбасары", "Заместитель председателя"),
                Office::Secretary => ("Хатшы", "Секретарь"),
                Office::Member => ("Мүше", "Член комиссии"),
            };
            Ok(PaperSignature {
                office_kk: kk.to_owned(),
                office_ru: ru.to_owned(),
                name: item(&plan.people, seat.person)?.full_name().kk,
                ..PaperSignature::default()
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    let paper = ProtocolPaper {
        edition: Edition::Official,
        title_kk: form.name.kk.clone(),
        title_ru: form.name.ru.clone(),
        election_kk: "Аудандардың және облыстық маңызы бар қалалардың әкімдерін сайлау".to_owned(),
        election_ru: "Выборы акимов районов и городов областного значения".to_owned(),
        contest_kk: area.name.kk.clone(),
        contest_ru: area.name.ru.clone(),
        station_number: own.number.to_string(),
        address_kk: format!("{}, {}", own.premises.kk, own.address.kk),
        address_ru: format!("{}, {}", own.premises.ru, own.address.ru),
        date_kk: date_long(Lang::Kk, VOTING_DAY),
        date_ru: date_long(Lang::Ru, VOTING_DAY),
        lines: lines(form, figures),
        candidates,
        signatures,
        synthetic: true,
        handwriting: true,
        version: version.version,
        ..ProtocolPaper::default()
    };
    print::precinct_protocol(&paper).map_err(Error::internal)
}

/// The form's lines with their sums; candidates stand in a table of their own.
fn lines(form: &ProtocolForm, figures: &Figures) -> Vec<PaperLine> {
    form.lines
        .iter()
        .filter(|line| line.kind != Kind::PerCandidate)
        .enumerate()
        .map(|(place, line)| {
            let figure = of_line(&line.id, figures);
            let words = |language| spell(u64::from(figure), language).unwrap_or_default();
            PaperLine {
                number: (place + 1).to_string(),
                label_kk: text(&line.label, Language::Kk),
                label_ru: text(&line.label, Language::Ru),
                figure: u64::from(figure),
                words_kk: words(Language::Kk),
                words_ru: words(Language::Ru),
                ..PaperLine::default()
            }
        })
        .collect()
}

fn text(text: &Text, language: Language) -> String {
    text.get(language).to_owned()
}

fn row(number: &str, name: &Text3, votes: u32) -> PaperCandidate {
    let words = |language| spell(u64::from(votes), language).unwrap_or_default();
    PaperCandidate {
        number: number.to_owned(),
        name_kk: name.kk.clone(),
        name_ru: name.ru.clone(),
        figure: u64::from(votes),
        words_kk: words(Language::Kk),
        words_ru: words(Language::Ru),
        ..PaperCandidate::default()
    }
}

fn of_line(line: &str, f: &Figures) -> u32 {
    match line {
        "voters_initial" => f.voters_initial,
        "voters_added" => f.voters_added,
        "voters_removed" => f.voters_removed,
        "voters_on_list" => f.voters_on_list,
        "ballots_received" => f.ballots_received,
        "ballots_cancelled" => f.ballots_cancelled,
        "voters_received_ballots" => f.voters_received_ballots,
        "ballots_issued_by_member" => f.issued_by_member.iter().map(|i| i.ballots).sum(),
        "issued_in_premises" => f.issued_in_premises,
        "issued_outside" => f.issued_outside,
        "voted_by_absentee_certificate" => f.voted_by_absentee_certificate,
        "portable_box_applications" => f.portable_boxes.iter().map(|b| b.applications).sum(),
        "applications_not_served" => f.outside_not_reached,
        "portable_box_found" => f.portable_boxes.iter().map(|b| b.found).sum(),
        "found_stationary" => f.found_stationary,
        "found_total" => f.found_total,
        "non_established_form" => f.non_established_form,
        "invalid" => f.invalid,
        "took_part" => f.took_part,
        "against_all" => f.against_all,
        _ => 0,
    }
}
