//! What the official papers of a contest say: the protocol of results, a decision, the blank of a station.
//!
//! These are put together here and typeset by the press; what they show is what the pages show.

mod decision;
mod outcome;
mod station;

pub(super) use decision::decision;
pub(super) use outcome::result;
pub(super) use station::blank;

use crate::commissions::model::Member;
use crate::platform::Names;
use crate::platform::i18n::date_long;
use electoral::text::{Language, Text};
use electoral::words::spell;
use jiff::civil::Date;
use print::PaperSignature;

fn day(date: Date) -> Names {
    Names::each(|t| date_long(t.lang, date))
}

fn text(text: &Text) -> Names {
    let of = |language| text.get(language).to_owned();
    Names::new(of(Language::Kk), of(Language::Ru), of(Language::En))
}

/// A figure in words; empty above what is spelt.
fn words(figure: u64) -> Names {
    let of = |language| spell(figure, language).unwrap_or_default();
    Names::new(of(Language::Kk), of(Language::Ru), of(Language::En))
}

/// A member's place for the signature. Names are signed as the commission's first language writes them.
fn signature(member: &Member) -> PaperSignature {
    let office = Names::each(|t| t.word(&format!("results-office-{}", member.office.as_str())));
    PaperSignature {
        office_kk: office.kk,
        office_ru: office.ru,
        office_en: office.en,
        name: member.names.kk.clone(),
    }
}
