//! Versions of checklists: what stands in force, what each changed, and how a new one comes in from a workbook.

pub mod actions;
pub(crate) mod pages;
pub mod queries;
pub(crate) mod upload;

pub use pages::routes;

#[cfg(test)]
mod tests;
