//! Values that nobody may see.

use crate::group::Group;
use std::fmt;
use zeroize::Zeroize as _;

/// A secret scalar: a private key, the exponent of a credential, the randomness of a ciphertext. It is overwritten when it is
/// dropped and prints as nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<G: Group>(G::Scalar);

impl<G: Group> Secret<G> {
    pub(crate) fn new(value: G::Scalar) -> Self {
        Self(value)
    }

    pub(crate) fn expose(&self) -> &G::Scalar {
        &self.0
    }
}

impl<G: Group> Drop for Secret<G> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<G: Group> fmt::Debug for Secret<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
