//! Every room lists its statements by name, so that one test can let both engines check them all.

/// A named statement of a room.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    /// `room::NAME`, for the test's message.
    pub name: &'static str,
    /// The text, with `$1` placeholders.
    pub sql: &'static str,
}

/// Declares the statements of a `store.rs` as constants and the list [`Statement`]s for the test.
#[macro_export]
macro_rules! statements {
    () => {
        /// No statements yet.
        pub(crate) const STATEMENTS: &[$crate::platform::database::Statement] = &[];
    };
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* pub(crate) const $name: &str = $sql;)*
        /// All statements of this room, for the test that checks them on both engines.
        pub(crate) const STATEMENTS: &[$crate::platform::database::Statement] = &[
            $($crate::platform::database::Statement {
                name: concat!(module_path!(), "::", stringify!($name)),
                sql: $name,
            }),*
        ];
    };
}

/// Every statement of the program.
#[must_use]
pub fn all_statements() -> Vec<Statement> {
    crate::STATEMENTS
        .iter()
        .flat_map(|room| room.iter().copied())
        .collect()
}
