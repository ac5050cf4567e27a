//! One answer of a select, radios or a list of boxes, as the macros of components.html read it.

/// An answer to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// A note below it; empty for none.
    pub hint: String,
    /// Whether it is chosen now.
    pub checked: bool,
}

impl Choice {
    /// An answer; chosen when its value is the current one.
    #[must_use]
    pub fn new(value: impl Into<String>, text: impl Into<String>, current: &str) -> Self {
        let value = value.into();
        Self {
            checked: value == current,
            value,
            text: text.into(),
            hint: String::new(),
        }
    }

    /// The same with a note below it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}
