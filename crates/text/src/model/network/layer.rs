//! A layer of the encoder: attention, then two products, each normalised with what came in.

use super::{
    float,
    linear::{Linear, Multiplier, Rows},
    weights::Weights,
};

/// Values of a head of attention.
const HEAD: usize = 32;
/// Pieces whose scores are added up together.
const BLOCK: usize = 16;

/// A layer normalisation.
pub struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

/// A layer's weights.
pub struct Layer {
    qkv: Linear,
    out: Linear,
    norm1: Norm,
    up: Linear,
    down: Linear,
    norm2: Norm,
}

impl Norm {
    /// Number of values in a row.
    pub fn width(&self) -> usize {
        self.scale.len()
    }

    /// Takes `name.weight` and `name.bias`.
    pub fn load(weights: &Weights<'_>, name: &str) -> Result<Self, String> {
        let part = |part: &str| weights.floats(&format!("{name}.{part}"));
        Ok(Self { scale: part("weight")?, shift: part("bias")? })
    }

    /// Normalises each row.
    pub fn apply(&self, rows: &mut [f32]) {
        float::widely(|| float::normalise(rows, &self.scale, &self.shift));
    }
}

impl Layer {
    /// Takes the weights of the layer of a name: `layers.0`.
    pub fn load(weights: &Weights<'_>, name: &str) -> Result<Self, String> {
        let linear = |part: &str| Linear::load(weights, &format!("{name}.{part}"));
        let norm = |part: &str| Norm::load(weights, &format!("{name}.{part}"));
        let layer = Self {
            qkv: linear("qkv")?,
            out: linear("out")?,
            norm1: norm("norm1")?,
            up: linear("up")?,
            down: linear("down")?,
            norm2: norm("norm2")?,
        };
        let width = layer.out.outputs();
        let fits = layer.qkv.outputs() == 3 * width && layer.down.outputs() == width;
        if fits && width.is_multiple_of(HEAD) { Ok(layer) } else { Err(format!("{name}: sizes do not fit")) }
    }

    /// Goes over the states of all inputs' pieces, given how many each has.
    pub fn apply(&self, multiplier: &mut Multiplier, lengths: &[usize], states: &mut [f32]) -> Option<()> {
        let width = self.out.outputs();
        let asked = self.qkv.apply(multiplier, &Rows::new(states, width))?;
        let mut mixed = Vec::with_capacity(states.len());
        let mut rest = asked.as_slice();
        for length in lengths {
            let (own, others) = rest.split_at_checked(length * 3 * width)?;
            mixed.extend(float::widely(Attention { asked: own, length: *length, width }));
            rest = others;
        }
        add(states, &self.out.apply(multiplier, &Rows::new(&mixed, width))?);
        self.norm1.apply(states);
        let mut inner = self.up.apply(multiplier, &Rows::new(states, width))?;
        float::gelu_all(&mut inner);
        add(states, &self.down.apply(multiplier, &Rows::new(&inner, self.up.outputs()))?);
        self.norm2.apply(states);
        Some(())
    }
}

fn add(to: &mut [f32], values: &[f32]) {
    to.iter_mut().zip(values).for_each(|(to, value)| *to += value);
}

/// What each piece takes from the others, by heads.
struct Attention<'a> {
    /// A row of queries, keys and values for each piece.
    asked: &'a [f32],
    /// Number of pieces.
    length: usize,
    /// Number of values of all queries of a piece.
    width: usize,
}

impl float::Work for Attention<'_> {
    type Result = Vec<f32>;

    #[inline(always)]
    fn done(self) -> Vec<f32> {
        let Self { length, width, .. } = self;
        let mut mixed = vec![0.0; length * width];
        let blocks = length.div_ceil(BLOCK);
        let mut keys = vec![[0.0; BLOCK]; HEAD * blocks];
        let mut scores = vec![[0.0; BLOCK]; blocks];
        let by = 1.0 / (HEAD as f32).sqrt();
        for first in (0..width).step_by(HEAD) {
            for piece in 0..length {
                for (at, value) in self.part(piece, 1, first).iter().enumerate() {
                    keys[piece / BLOCK * HEAD + at][piece % BLOCK] = value * by;
                }
            }
            for piece in 0..length {
                let query = self.part(piece, 0, first);
                for (scores, keys) in scores.iter_mut().zip(keys.chunks_exact(HEAD)) {
                    let mut sums = [0.0; BLOCK];
                    for (value, keys) in query.iter().zip(keys) {
                        float::add_scaled(&mut sums, *value, keys);
                    }
                    *scores = sums;
                }
                let shares = &mut scores.as_flattened_mut()[..length];
                float::softmax(shares);
                let mut sums = [0.0; HEAD];
                for (other, share) in shares.iter().enumerate() {
                    float::add_scaled(&mut sums, *share, self.part(other, 2, first));
                }
                mixed[piece * width + first..piece * width + first + HEAD].copy_from_slice(&sums);
            }
        }
        mixed
    }
}

impl Attention<'_> {
    /// The query (0), key (1) or value (2) of a piece in the head that begins at a column.
    #[inline(always)]
    fn part(&self, piece: usize, kind: usize, first: usize) -> &[f32; HEAD] {
        let start = (piece * 3 + kind) * self.width + first;
        self.asked[start..].first_chunk().expect("a row holds whole heads")
    }
}
