mod acts;
mod given;
mod lists;
mod officers;
mod pages;
mod sweeps;
pub(crate) mod world;
