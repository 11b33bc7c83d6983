//! Products of rows of values with int8 weights, in whole numbers, so that every processor gives the same.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

use super::{Scores, float, weights::Weights};

/// Steps between the least and the greatest value of a row. Seven bits: some processors add products of
/// an eight-bit value and a weight in pairs of sixteen bits, where eight would overflow.
const STEPS: f32 = 127.0;
/// Longest row: sums of so many products of seven and eight bits are far from overflowing.
const MOST_INPUTS: usize = 4096;

/// Multiplies whole numbers: unsigned values of seven bits by weights.
#[derive(Default)]
pub struct Multiplier {
    library: GemmExecutor<u8, i8, i32>,
    /// Results of the last product; kept so as not to ask for memory each time.
    counts: Vec<i32>,
}

impl Multiplier {
    /// The sums of steps times weights.
    fn counts(&mut self, rows: &Rows, weight: &PackedBMatrix<i8>, size: usize) -> Option<&[i32]> {
        let view = NdTensorView::from_data([rows.ranges.len(), rows.width], rows.steps.as_slice());
        let (a, b) = (GemmInputA::Unpacked(view), GemmInputB::Packed(weight));
        self.counts.resize(size, 0);
        self.library.gemm(&mut self.counts, a, b, GemmOptions::default()).ok()?;
        Some(&self.counts)
    }
}

/// Rows of values as whole numbers of steps above their least value.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    steps: Vec<u8>,
    /// Least value and step of each row.
    ranges: Vec<(f32, f32)>,
    width: usize,
}

impl Rows {
    /// Cuts rows of a width into steps.
    pub fn new(values: &[f32], width: usize) -> Self {
        let mut steps = vec![0_u8; values.len()];
        let mut ranges = Vec::with_capacity(values.len() / width.max(1));
        float::widely(|| {
            for (row, steps) in values.chunks_exact(width).zip(steps.chunks_exact_mut(width)) {
                let (least, step) = range(row);
                let by = 1.0 / step;
                for (cell, value) in steps.iter_mut().zip(row) {
                    *cell = float::nearest_bits((value - least) * by) as u8 & 0x7f;
                }
                ranges.push((least, step));
            }
        });
        Self { steps, ranges, width }
    }

    /// Rows without a spread, all zero.
    pub fn zero(count: usize, width: usize) -> Self {
        Self { steps: vec![0; count * width], ranges: vec![(0.0, 1e-12); count], width }
    }

    /// Adds the rows of another.
    pub fn extend(&mut self, other: &Self) {
        self.width = other.width;
        self.steps.extend_from_slice(&other.steps);
        self.ranges.extend_from_slice(&other.ranges);
    }

    /// The values that the steps stand for.
    pub fn values(&self) -> impl Iterator<Item = f32> + '_ {
        let rows = self.steps.chunks_exact(self.width.max(1)).zip(&self.ranges);
        rows.flat_map(|(steps, (least, step))| steps.iter().map(move |at| least + f32::from(*at) * step))
    }
}

/// The least value of a row and its step; a row without a spread has a step all the same.
#[inline(always)]
fn range(row: &[f32]) -> (f32, f32) {
    let (least, most) = float::bounds(row);
    (least, ((most - least) / STEPS).max(1e-12))
}

/// A linear map.
pub struct Linear {
    weight: PackedBMatrix<i8>,
    /// What a step of each column's weights is worth.
    scale: Vec<f32>,
    bias: Vec<f32>,
    /// Sum of each column's weights: the share of a row's least value.
    sums: Vec<f32>,
    inputs: usize,
}

impl Linear {
    /// Takes `name.weight`, `name.scale` and `name.bias`.
    pub fn load(weights: &Weights<'_>, name: &str) -> Result<Self, String> {
        let (shape, weight) = weights.bytes(&format!("{name}.weight"))?;
        let (scale, bias) =
            (weights.floats(&format!("{name}.scale"))?, weights.floats(&format!("{name}.bias"))?);
        let [inputs, outputs] = shape;
        if scale.len() != outputs || bias.len() != outputs || inputs > MOST_INPUTS {
            return Err(format!("{name}: sizes do not fit"));
        }
        let mut sums = vec![0_i32; outputs];
        for row in weight.chunks_exact(outputs) {
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(*weight));
        }
        let view = NdTensorView::from_data([inputs, outputs], weight.as_slice());
        let sums = sums.into_iter().map(|sum| sum as f32).collect();
        Ok(Self { weight: GemmExecutor::<u8, i8, i32>::new().prepack_b(view), scale, bias, sums, inputs })
    }

    /// Number of values in a row of results.
    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// A row of results for each row, with their number.
    pub fn read(&self, multiplier: &mut Multiplier, rows: &Rows) -> Option<Scores> {
        Some(Scores { values: self.apply(multiplier, rows)?, width: self.outputs() })
    }

    /// A row of results for each row.
    pub fn apply(&self, multiplier: &mut Multiplier, rows: &Rows) -> Option<Vec<f32>> {
        if rows.width != self.inputs {
            return None;
        }
        let columns = self.outputs();
        let counts = multiplier.counts(rows, &self.weight, rows.ranges.len() * columns)?;
        let mut results = Vec::with_capacity(counts.len());
        float::widely(|| {
            let columns = || self.sums.iter().zip(&self.scale).zip(&self.bias);
            for (counts, (least, step)) in counts.chunks_exact(self.outputs()).zip(&rows.ranges) {
                let cells = counts.iter().zip(columns());
                results.extend(cells.map(|(count, ((sum, scale), bias))| {
                    (*count as f32 * step + sum * least) * scale + bias
                }));
            }
        });
        Some(results)
    }
}
