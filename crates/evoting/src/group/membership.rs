//! Membership of many elements at once.

use super::Group;
use rand::CryptoRng;

/// Independent products. Each misses a wrong element with probability at most ½, all of them with at most 2^−128.
const PRODUCTS: usize = 128;
/// Elements whose products are tabulated together.
const TOGETHER: usize = 5;

/// Tests whether all elements that it is given belong to the group.
///
/// Each element goes into each of 128 products or not, by a coin that nobody knew when the elements were published; at the end the
/// products are tested one by one. If some element x is outside the group, then for any choice of the other coins at most one of
/// "with x" and "without x" lands inside: a product passes with probability at most ½. (Random *exponents* would not do: the
/// numbers modulo p have small subgroups, which half of all exponents send to one.)
#[derive(Debug)]
pub(crate) struct Membership<G: Group> {
    products: Vec<G::Element>,
    waiting: Vec<G::Element>,
}

impl<G: Group> Membership<G> {
    pub(crate) fn new() -> Self {
        Self {
            products: vec![G::identity(); PRODUCTS],
            waiting: Vec::with_capacity(TOGETHER),
        }
    }

    pub(crate) fn add(&mut self, element: &G::Element, random: &mut impl CryptoRng) {
        self.waiting.push(element.clone());
        if self.waiting.len() == TOGETHER {
            self.flush(random);
        }
    }

    fn flush(&mut self, random: &mut impl CryptoRng) {
        // Entry b is the product of the elements whose bit is set in b.
        let mut table = vec![G::identity()];
        for element in self.waiting.drain(..) {
            for at in 0..table.len() {
                let next = if at == 0 {
                    element.clone()
                } else {
                    G::mul(&table[at], &element)
                };
                table.push(next);
            }
        }
        let mut coins = [0_u8; PRODUCTS];
        random.fill_bytes(&mut coins);
        let mask = u8::try_from(table.len() - 1).unwrap_or(0);
        for coin in &mut coins {
            *coin &= mask;
        }
        G::mul_chosen(&mut self.products, &table, &coins);
    }

    /// Do all of them belong to the group?
    pub(crate) fn holds(mut self, random: &mut impl CryptoRng) -> bool {
        if !self.waiting.is_empty() {
            self.flush(random);
        }
        let identity = G::identity();
        self.products
            .iter()
            .all(|product| *product == identity || G::is_member(product))
    }
}
