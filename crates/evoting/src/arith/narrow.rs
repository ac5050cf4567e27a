//! On processors of other makes there are no such instructions, and no such modulus.

use super::montgomery::{Limbs, Modulus};

/// Numbers at a time.
pub(crate) const LANES: usize = 8;
/// Elements whose products are tabulated together (see `group::membership`).
pub(crate) const TOGETHER: usize = 5;

/// Never made.
#[derive(Debug)]
pub(crate) enum Wide {}
/// Never made.
pub(crate) enum WideTable {}

/// Eight bases with as many powers each.
pub(crate) struct Chunk<const M: usize> {
    pub(crate) bases: [Limbs<32>; LANES],
    pub(crate) slots: Vec<Slot<M>>,
}

/// One power of each of eight bases, times powers of tabulated bases.
#[derive(Clone)]
pub(crate) struct Slot<const M: usize> {
    pub(crate) power: [Limbs<M>; LANES],
    pub(crate) fixed: [Option<[Limbs<M>; LANES]>; 2],
}

impl Wide {
    pub(crate) fn new(_: &Modulus<32>) -> Option<Self> {
        None
    }

    pub(crate) fn table(&self, _: &[Limbs<32>], _: usize) -> WideTable {
        match *self {}
    }

    pub(crate) fn powers<const M: usize>(
        &self,
        _: &Modulus<32>,
        _: &Chunk<M>,
        _: [Option<&WideTable>; 2],
    ) -> Vec<[Limbs<32>; LANES]> {
        match *self {}
    }

    pub(crate) fn accumulate(
        &self,
        _: &Modulus<32>,
        _: &mut [Limbs<32>],
        _: &[Limbs<32>],
        _: &[u8],
    ) {
        match *self {}
    }
}
