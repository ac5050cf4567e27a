//! A survey of five questions, what a phone answers, and what the sums must be.
