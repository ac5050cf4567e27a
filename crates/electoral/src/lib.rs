//! The rules of elections as types and pure functions.
