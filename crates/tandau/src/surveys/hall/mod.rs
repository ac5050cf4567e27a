//! The hall: phones answer, the host follows, a projector shows.

mod device;
mod form;
mod limits;
mod pages;
mod presence;
mod qr;
mod room;

pub(super) use pages::printed_link;
pub use pages::routes;
pub(crate) use pages::{link_here, spoken};
pub(crate) use qr::svg as qr_svg;
pub use room::Halls;

#[cfg(test)]
pub(crate) mod tests;
