//! What every room needs and no room owns. Platform knows no room.

pub mod access;
pub mod app;
pub mod areas;
pub mod audit;
pub mod backup;
pub mod charts;
pub mod clock;
pub mod database;
pub mod degrees;
pub mod error;
pub mod files;
pub mod front;
pub mod i18n;
pub mod ics;
pub mod ids;
pub mod inbox;
pub mod limits;
pub mod live;
pub mod maps;
pub mod press;
pub mod rows;
pub mod rules;
pub mod search;
pub mod settings;
pub mod sweeper;
pub mod web;

pub use app::{Acting, App};
pub use error::{Error, FieldProblem};
pub use i18n::{Lang, Names, T};
