//! Official forms as PDF.
