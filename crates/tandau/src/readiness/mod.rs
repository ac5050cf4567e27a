//! Readiness of polling stations: checklist → answers → unmet items → tasks → signed → public page.

pub mod access;
pub mod model;
