//! Readiness of polling stations: checklist → answers → unmet items → tasks → signed → public page.

pub mod checklists;
pub mod model;
pub mod xlsform;
