//! The hall: phones answer, the host follows, a projector shows.

pub mod limits;
pub mod presence;
pub mod qr;

#[cfg(test)]
mod tests;
