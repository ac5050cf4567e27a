//! A room that is asked.
