//! The incident desk of voting day.
