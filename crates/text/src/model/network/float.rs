//! Arithmetic on single-precision values in one fixed order, so that every processor gives the same bits.
//!
//! Nothing here calls the system's mathematics library, whose results differ between versions, and
//! Rust joins no product and sum into one rounding. Sums run in [`LANES`] interleaved partial sums.

use rten_simd::{Isa, SimdOp};

/// Partial sums of a long sum: as many as the widest common vector unit holds.
const LANES: usize = 16;
/// 1.5 × 2²³: added to a small value, it leaves the value's nearest whole number in the lowest bits.
const TO_NEAREST: f32 = 12_582_912.0;

/// Does work compiled for the widest vectors of the processor at hand. The operations and their order
/// are the same without them; what is called inside must be inlined for it to help.
pub fn widely<W: Work>(work: W) -> W::Result {
    struct Dispatched<W>(W);
    impl<W: Work> SimdOp for Dispatched<W> {
        type Output = W::Result;

        #[inline(always)]
        fn eval<I: Isa>(self, _: I) -> W::Result {
            self.0.done()
        }
    }
    Dispatched(work).dispatch()
}

/// Something to do; its one method is to be marked `#[inline(always)]`.
pub trait Work {
    /// What comes of it.
    type Result;

    /// Does it.
    fn done(self) -> Self::Result;
}

impl<R, F: FnOnce() -> R> Work for F {
    type Result = R;

    #[inline(always)]
    fn done(self) -> R {
        self()
    }
}

/// The nearest whole number of a value between -2²² and 2²², as its lowest bits.
#[inline(always)]
pub fn nearest_bits(value: f32) -> u32 {
    (value + TO_NEAREST).to_bits()
}

/// The sum of some values.
#[inline(always)]
pub fn sum(values: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    let mut rows = values.chunks_exact(LANES);
    for row in &mut rows {
        lanes.iter_mut().zip(row).for_each(|(lane, value)| *lane += value);
    }
    let rest: f32 = rows.remainder().iter().sum();
    lanes.iter().sum::<f32>() + rest
}

/// The least and the greatest of some values and zero.
#[inline(always)]
pub fn bounds(values: &[f32]) -> (f32, f32) {
    let (mut least, mut most) = ([0.0_f32; LANES], [0.0_f32; LANES]);
    let mut rows = values.chunks_exact(LANES);
    for row in &mut rows {
        for at in 0..LANES {
            least[at] = if row[at] < least[at] { row[at] } else { least[at] };
            most[at] = if row[at] > most[at] { row[at] } else { most[at] };
        }
    }
    let rest = rows.remainder().iter().copied();
    let first = least.into_iter().chain(rest.clone()).fold(0.0, f32::min);
    (first, most.into_iter().chain(rest).fold(0.0, f32::max))
}

/// e to the power of a value, within two units in the last place; below -87 it is the smallest it can be.
#[inline(always)]
pub fn exp(value: f32) -> f32 {
    const LOG2_E: f32 = std::f32::consts::LOG2_E;
    // ln 2 in two pieces, the first with few bits, so that its product with a whole number is exact.
    const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
    let value = value.clamp(-87.0, 88.0);
    let whole = (value * LOG2_E + TO_NEAREST) - TO_NEAREST;
    let rest = (value - whole * LN_2[0]) - whole * LN_2[1];
    let tail = ((((1.987_569_1e-4 * rest + 1.398_199_9e-3) * rest + 8.333_452e-3) * rest + 4.166_579_6e-2)
        * rest
        + 0.166_666_66)
        * rest
        + 0.5;
    let fraction = tail * rest * rest + rest + 1.0;
    // In a float, adding to the exponent multiplies by a power of two.
    let power = (nearest_bits(whole).wrapping_sub(TO_NEAREST.to_bits()).wrapping_add(127)) << 23;
    fraction * f32::from_bits(power)
}

/// The Gaussian error linear unit, x·Φ(x), by formula 7.1.26 of Abramowitz and Stegun (1964); within 1e-6.
#[inline(always)]
pub fn gelu(value: f32) -> f32 {
    let x = value * std::f32::consts::FRAC_1_SQRT_2;
    let size = x.abs();
    let t = 1.0 / (1.0 + 0.327_591_1 * size);
    let series =
        ((((1.061_405_4 * t - 1.453_152) * t + 1.421_413_8) * t - 0.284_496_74) * t + 0.254_829_6) * t;
    let erf = 1.0 - series * exp(-size * size);
    0.5 * value * (1.0 + erf.copysign(x))
}

/// Bends each of some values.
pub fn gelu_all(values: &mut [f32]) {
    widely(|| values.iter_mut().for_each(|value| *value = gelu(*value)));
}

/// Makes weights that sum to one of some scores.
#[inline(always)]
pub fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    scores.iter_mut().for_each(|score| *score = exp(*score - most));
    let share = 1.0 / sum(scores);
    scores.iter_mut().for_each(|score| *score *= share);
}

/// Brings each row to mean 0 and variance 1, then scales and shifts it (layer normalisation).
#[inline(always)]
pub fn normalise(rows: &mut [f32], scale: &[f32], shift: &[f32]) {
    const LEAST: f32 = 1e-12;
    let mut squares = vec![0.0; scale.len()];
    for row in rows.chunks_exact_mut(scale.len()) {
        let mean = sum(row) / row.len() as f32;
        row.iter_mut().for_each(|value| *value -= mean);
        squares.iter_mut().zip(&*row).for_each(|(square, value)| *square = value * value);
        let by = 1.0 / (sum(&squares) / row.len() as f32 + LEAST).sqrt();
        for ((value, scale), shift) in row.iter_mut().zip(scale).zip(shift) {
            *value = *value * by * scale + shift;
        }
    }
}

/// Adds `by` times a row to another.
#[inline(always)]
pub fn add_scaled<const N: usize>(to: &mut [f32; N], by: f32, row: &[f32; N]) {
    for at in 0..N {
        to[at] += by * row[at];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approximations_are_close() {
        for step in -2000..=2000 {
            let x = step as f32 / 100.0;
            let e = f64::from(x).exp();
            assert!((f64::from(exp(x)) - e).abs() <= 3e-7 * e, "exp({x})");
            // Of the normal distribution: Φ(-1) = 0.15866, Φ(1) = 0.84134, Φ(2) = 0.97725.
        }
        for (x, y) in [(-1.0, -0.158_655_26), (1.0, 0.841_344_8), (2.0, 1.954_499_8), (0.0, 0.0), (9.0, 9.0)]
        {
            assert!((gelu(x) - y).abs() < 1e-6, "gelu({x}) = {}", gelu(x));
        }
    }

    /// Goes through all of this file with values from a seed; the bits of what comes out.
    #[inline(always)]
    fn bits() -> u32 {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 1e6 - 8.0
        };
        let mut values: Vec<f32> = (0..1000).map(|_| next()).collect();
        let scale: Vec<f32> = (0..100).map(|_| next()).collect();
        normalise(&mut values, &scale, &scale);
        values.iter_mut().for_each(|value| *value = gelu(*value));
        values.chunks_mut(250).for_each(softmax);
        let (least, most) = bounds(&values);
        values.extend([least, most]);
        values.iter().fold(0, |seen, value| seen.rotate_left(5) ^ value.to_bits())
    }

    struct Wide;

    impl Work for Wide {
        type Result = u32;

        #[inline(always)]
        fn done(self) -> u32 {
            bits()
        }
    }

    #[test]
    fn bits_are_the_same_on_every_processor() {
        assert_eq!(bits(), 87_559_883);
        assert_eq!(widely(Wide), bits());
    }
}
