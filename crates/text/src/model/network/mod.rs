//! The network: an encoder of three post-norm transformer layers and its heads, described in
//! `training/model.py`.
//!
//! Products with weights are done in whole numbers and all else in one order, so a sentence gets the
//! same scores on every processor and whatever sentences go through with it. Each row of values is cut
//! into steps of its own; nothing depends on its neighbours.

mod encoder;
mod float;
mod heads;
mod layer;
mod linear;
mod tower;
mod weights;

pub use encoder::Words;
pub use linear::{Multiplier, Rows};
pub use tower::{Features, Seen, Tower, Way, sigmoid, softmax};

use encoder::Encoder;
use heads::Heads;
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

    /// All rows, cut into steps.
    pub fn rows(&self) -> Rows {
        Rows::new(&self.values, self.width)
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
    /// The state of each word that all else is read from.
    pub states: Scores,
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
    encoder: Encoder,
    heads: Heads,
}

impl Network {
    /// Loads the weights of a safetensors file.
    pub fn load(file: &'static [u8]) -> Result<Self, String> {
        let weights = Weights::open(file)?;
        Ok(Self {
            words: Words::load(&weights)?,
            encoder: Encoder::load(&weights, ["positions", "norm", "layers"], LAYERS)?,
            heads: Heads::load(&weights)?,
        })
    }

    /// The table of pieces, which other encoders read too.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Reads some inputs together; `None` where an input does not fit the tables.
    pub fn read(&self, inputs: &[Input<'_>]) -> Option<Vec<Output>> {
        let mut multiplier = Multiplier::default();
        let states = self.encoder.states(&self.words, &mut multiplier, inputs)?;
        let (words, rooted) = self.encoder.of_words(inputs, &states)?;
        let width = self.encoder.width();
        let mut outputs = self.heads.apply(&mut multiplier, inputs, width, &words, &rooted)?;
        let states = Scores { values: words, width };
        let mut first = 0;
        for (output, input) in outputs.iter_mut().zip(inputs) {
            output.states = states.some(first, input.words.len());
            first += input.words.len();
        }
        Some(outputs)
    }
}

fn row<T>(table: &[T], at: usize, width: usize) -> Option<&[T]> {
    table.get(at * width..(at + 1) * width)
}
