//! Tests of publications.
