//! Papers printed and read back.

mod measure;
mod samples;
