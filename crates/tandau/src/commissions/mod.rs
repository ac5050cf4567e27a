//! Commissions: the chain from the central one to a polling station, who sits in them and by which
//! decision, their decisions and the acts of other bodies on which an election rests.

pub mod actions;
pub mod basis;
mod follow;
mod import;
pub mod model;
pub(crate) mod pages;
pub mod queries;
pub mod seats;
pub mod silence;
pub(crate) mod store;

pub use basis::{Asked, Basis, Purpose};
pub use follow::Follows;
pub use import::{MemberRow, import_csv};
pub use model::{
    Commission, Decision, Dissent, Level, Member, NewAct, NewCommission, NewDecision, NewMember,
    Office,
};

pub use pages::{
    BasisFields, DecisionFields, own_commission, read_basis, read_decision, read_needed_basis,
    routes, titled,
};

#[cfg(test)]
pub(crate) mod tests;
