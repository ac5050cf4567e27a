/// Weights of the first pass.
const FIRST: [u32; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
/// Weights of the second pass, used where the first gives ten.
const SECOND: [u32; 11] = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/// The check digit that the first eleven digits ask for; none where both passes give ten.
pub(super) fn digit(digits: &[u8; 12]) -> Option<u8> {
    let pass = |weights: &[u32; 11]| {
        let products = digits.iter().zip(weights).map(|(d, w)| u32::from(*d) * w);
        u8::try_from(products.sum::<u32>() % 11).ok()
    };
    [FIRST, SECOND]
        .iter()
        .filter_map(pass)
        .find(|check| *check < 10)
}
