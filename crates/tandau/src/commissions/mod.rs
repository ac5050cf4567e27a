//! Commissions: the chain from the central one to a polling station, who sits in them and by which
//! decision, their decisions and the acts of other bodies on which an election rests.

pub mod actions;
mod follow;
mod import;
pub mod model;
pub(crate) mod pages;
pub mod queries;
pub(crate) mod store;

pub use follow::Follows;
pub use import::{MemberRow, import_csv};
pub use model::{
    Commission, Decision, Dissent, Level, Member, NewAct, NewCommission, NewDecision, NewMember,
    Office,
};

pub use pages::{DecisionFields, read_decision, routes};

#[cfg(test)]
pub(crate) mod tests;
