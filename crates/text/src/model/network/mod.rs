//! The network: an encoder of three post-norm transformer layers and its heads, described in
//! `training/model.py`.
//!
//! Products with weights are done in whole numbers and all else in one order, so a sentence gets the
//! same scores on every processor and whatever sentences go through with it. Each row of values is cut
//! into steps of its own; nothing depends on its neighbours.

mod float;
mod heads;
mod layer;
mod linear;
mod weights;

use heads::Heads;
use layer::{Layer, Norm};
use linear::Multiplier;
use weights::Weights;

const LAYERS: usize = 3;

/// A sentence, or a part of one, as numbers.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Ids of its word pieces.
    pub pieces: &'a [i32],
    /// How the word of each piece is written.
    pub shapes: &'a [i32],
    /// First and last piece of each word.
    pub words: &'a [(i32, i32)],
}

/// A row of values for each word.
#[derive(Debug, Default, Clone)]
pub struct Scores {
    values: Vec<f32>,
    width: usize,
}

impl Scores {
    /// The row of a word.
    pub fn at(&self, row: usize) -> &[f32] {
        self.values.get(row * self.width..(row + 1) * self.width).unwrap_or_default()
    }

    /// Some rows.
    fn some(&self, first: usize, count: usize) -> Self {
        let values = self.values.get(first * self.width..(first + count) * self.width);
        Self { values: values.unwrap_or_default().to_vec(), width: self.width }
    }

    /// Every value bent.
    fn bent(mut self) -> Self {
        float::gelu_all(&mut self.values);
        self
    }
}

/// What the network says of an input.
#[derive(Debug, Default, Clone)]
pub struct Output {
    pub upos: Scores,
    pub xpos: Scores,
    pub feats: Scores,
    pub lemma: Scores,
    pub names: Scores,
    /// For each word, how well the root and each word fits as its head.
    pub arcs: Scores,
    /// What each word brings to the relation to its head.
    pub label_dep: Scores,
    /// What the root and each word bring to relations to what hangs on them.
    pub label_head: Scores,
}

/// The network with its weights.
pub struct Network {
    words: Words,
    positions: Vec<f32>,
    shapes: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    heads: Heads,
}

/// The table of word pieces, a byte a value.
struct Words {
    table: &'static [u8],
    scale: Vec<f32>,
}

impl Network {
    /// Loads the weights of a safetensors file.
    pub fn load(file: &'static [u8]) -> Result<Self, String> {
        let weights = Weights::open(file)?;
        let layer = |number: usize| Layer::load(&weights, number);
        Ok(Self {
            words: Words { table: weights.raw("words.weight")?.1, scale: weights.floats("words.scale")? },
            positions: weights.floats("positions.weight")?,
            shapes: weights.floats("shapes.weight")?,
            norm: Norm::load(&weights, "norm")?,
            layers: (0..LAYERS).map(layer).collect::<Result<_, _>>()?,
            heads: Heads::load(&weights)?,
        })
    }

    fn width(&self) -> usize {
        self.norm.width()
    }

    /// Reads some inputs together; `None` where an input does not fit the tables.
    pub fn read(&self, inputs: &[Input<'_>]) -> Option<Vec<Output>> {
        let mut multiplier = Multiplier::default();
        let mut states = Vec::new();
        for input in inputs {
            self.embed(input, &mut states)?;
        }
        self.norm.apply(&mut states);
        let lengths: Vec<usize> = inputs.iter().map(|input| input.pieces.len()).collect();
        for layer in &self.layers {
            layer.apply(&mut multiplier, &lengths, &mut states)?;
        }
        let (words, rooted) = self.of_words(inputs, &states)?;
        self.heads.apply(&mut multiplier, inputs, self.width(), &words, &rooted)
    }

    /// Adds up what a piece is, how it is written and where it stands.
    fn embed(&self, input: &Input<'_>, states: &mut Vec<f32>) -> Option<()> {
        let width = self.width();
        for (place, (piece, shape)) in input.pieces.iter().zip(input.shapes).enumerate() {
            let piece = usize::try_from(*piece).ok()?;
            let word = row(self.words.table, piece, width)?;
            let scale = self.words.scale.get(piece)?;
            let shape = row(&self.shapes, usize::try_from(*shape).ok()?, width)?;
            let position = row(&self.positions, place, width)?;
            let parts = word.iter().zip(shape).zip(position);
            states.extend(parts.map(|((word, shape), place)| f32::from(*word as i8) * scale + shape + place));
        }
        Some(())
    }

    /// The states of words, each the mean of its first and last piece; and the same with each input's first piece before them.
    fn of_words(&self, inputs: &[Input<'_>], states: &[f32]) -> Option<(Vec<f32>, Vec<f32>)> {
        let width = self.width();
        let (mut words, mut rooted) = (Vec::new(), Vec::new());
        let mut start = 0;
        for input in inputs {
            let piece = |at: i32| row(states, start + usize::try_from(at).ok()?, width);
            rooted.extend_from_slice(piece(0)?);
            for (first, last) in input.words {
                let at = words.len();
                words.extend(
                    piece(*first)?.iter().zip(piece(*last)?).map(|(first, last)| (first + last) * 0.5),
                );
                rooted.extend_from_slice(&words[at..]);
            }
            start += input.pieces.len();
        }
        Some((words, rooted))
    }
}

fn row<T>(table: &[T], at: usize, width: usize) -> Option<&[T]> {
    table.get(at * width..(at + 1) * width)
}
