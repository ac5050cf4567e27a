//! The demo: the pilot of 5 November 2023 built from synthetic figures, played through the rooms' own actions.

pub mod plan;
