//! The front desk: one page that leads everybody who holds an office to their work. Like the command line
//! it stands above the rooms and may ask all of them; it owns no table and does nothing itself.

mod late;
mod model;
mod pages;
pub(crate) mod store;

pub use pages::routes;

#[cfg(test)]
mod tests;
