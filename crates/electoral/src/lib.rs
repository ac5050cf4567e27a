//! The rules of elections as types and pure functions.
//!
//! Nothing here reads a file, a network or a clock: every date, zone and figure is passed in, so that any
//! result can be recomputed by anyone from the same inputs. What the law fixes is not written in code but
//! read from a [`rules::RulePack`], where each value carries its article, edition and confidence.
//!
//! | module | answers |
//! |---|---|
//! | [`area_code`] | what a nine-digit territory code says about level and parents |
//! | [`personal_number`] | whether a twelve-digit personal number is well formed, and where not |
//! | [`rules`] | what the law asks for in one type of election |
//! | [`calendar`] | which day each step falls on for a given voting day |
//! | [`checklist`] | what a polling station must have before voting, and whether an answer says so |
//! | [`watch`] | which tasks an interruption of supply or a warning opens, where and by when |
//! | [`incidents`] | which incidents there are, how soon somebody must act |
//! | [`accessibility`] | what a station offers, whom it serves, what would serve most of the others |
//! | [`suppression`] | which figures of a table may be published |
//! | [`survey`] | what an answer to a survey may be, and how far a share holds |
//! | [`training`] | who may hand down what they learned, what covers a station |
//! | [`visits`] | kinds of events of a visit, and whether a day plan can be travelled |
//! | [`press`] | what figures a note for the press asks of the records, and which digits were typed |
//! | [`protocol`] | which lines a station protocol has and whether its figures agree |
//! | [`tabulation`] | sums, shares and who is elected |
//! | [`seats`] | how list votes become seats |
//! | [`turnout`] | whether a day's turnout reports are believable |
//! | [`commission`] | sizes, quorum and whether a decision passed |
//! | [`signatures`], [`deposit`] | how many signatures are needed, when the fee is returned |
//! | [`forecast`] | what is left on a day ahead if the pace of the last days goes on |
//! | [`collation`], [`words`] | Kazakh alphabetical order, search keys, numbers in words |
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::as_conversions
    )
)]

pub mod accessibility;
pub mod area_code;
pub mod calendar;
pub mod checklist;
pub mod collation;
pub mod commission;
pub mod deposit;
pub mod forecast;
pub mod incidents;
pub mod notices;
pub mod number;
pub mod personal_number;
pub mod press;
pub mod protocol;
pub mod rules;
pub mod seats;
pub mod signatures;
pub mod suppression;
pub mod survey;
pub mod tabulation;
pub mod text;
pub mod training;
pub mod turnout;
pub mod visits;
pub mod watch;
pub mod words;

pub use area_code::AreaCode;
pub use number::{Fraction, Percent};
pub use personal_number::PersonalNumber;
pub use rules::RulePack;
pub use text::{Language, Text};
