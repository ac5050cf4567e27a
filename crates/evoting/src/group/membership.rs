//! Membership of many elements at once.

use super::Group;
use crate::arith::TOGETHER;
use rand::CryptoRng;

/// Independent products. Each misses a wrong element with probability at most ½, all of them with at most 2^−128.
pub(crate) const PRODUCTS: usize = 128;
/// Elements that wait until they are taken together; fewer than these are simply tested.
const WAITING: usize = 32 * TOGETHER;

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
            products: Vec::new(),
            waiting: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, element: &G::Element, random: &mut impl CryptoRng) {
        self.waiting.push(element.clone());
        if self.waiting.len() == WAITING {
            self.flush(random);
        }
    }

    fn flush(&mut self, random: &mut impl CryptoRng) {
        if self.products.is_empty() {
            self.products = vec![G::identity(); PRODUCTS];
        }
        let mut coins = vec![0; PRODUCTS * self.waiting.len().div_ceil(TOGETHER)];
        random.fill_bytes(&mut coins);
        for coin in &mut coins {
            *coin &= (1 << TOGETHER) - 1;
        }
        // A short last group: the other bits choose the neutral element.
        while !self.waiting.len().is_multiple_of(TOGETHER) {
            self.waiting.push(G::identity());
        }
        G::accumulate(&mut self.products, &self.waiting, &coins);
        self.waiting.clear();
    }

    /// Takes over what another one was given.
    pub(crate) fn merge(&mut self, other: Self, random: &mut impl CryptoRng) {
        for element in &other.waiting {
            self.add(element, random);
        }
        if self.products.is_empty() {
            self.products = other.products;
        } else {
            for (own, other) in self.products.iter_mut().zip(&other.products) {
                *own = G::mul(own, other);
            }
        }
    }

    /// Do all of them belong to the group?
    pub(crate) fn holds(mut self, random: &mut impl CryptoRng) -> bool {
        if self.products.is_empty() {
            return G::all_members(&self.waiting);
        }
        if !self.waiting.is_empty() {
            self.flush(random);
        }
        G::all_members(&self.products)
    }
}

/// Multiplies each product with the product of some of each five elements, chosen by the bits of its coin.
pub(super) fn accumulate<G: Group>(
    products: &mut [G::Element],
    elements: &[G::Element],
    coins: &[u8],
) {
    for (five, coins) in elements.chunks(TOGETHER).zip(coins.chunks(products.len())) {
        // Entry b is the product of the elements whose bit is set in b.
        let mut table = vec![G::identity()];
        for element in five {
            for at in 0..table.len() {
                let next = match table.get(at) {
                    Some(entry) if at > 0 => G::mul(entry, element),
                    _ => element.clone(),
                };
                table.push(next);
            }
        }
        for (product, coin) in products.iter_mut().zip(coins) {
            if let Some(factor) = table.get(usize::from(*coin)).filter(|_| *coin != 0) {
                *product = G::mul(product, factor);
            }
        }
    }
}
