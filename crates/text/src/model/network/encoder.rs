//! The encoder: from pieces of words to their states.

use super::{
    Input,
    layer::{Layer, Norm},
    linear::Multiplier,
    row,
    weights::Weights,
};

/// The table of word pieces, a byte a value.
pub struct Words {
    table: &'static [u8],
    scale: Vec<f32>,
}

impl Words {
    /// Takes the table of a file.
    pub fn load(weights: &Weights<'static>) -> Result<Self, String> {
        Ok(Self { table: weights.raw("words.weight")?.1, scale: weights.floats("words.scale")? })
    }
}

/// Layers over pieces, with what they know of place and spelling.
pub struct Encoder {
    positions: Vec<f32>,
    shapes: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

impl Encoder {
    /// Takes tensors by the names of `training/model.py`.
    pub fn load(
        weights: &Weights<'_>,
        [positions, norm, layers]: [&str; 3],
        count: usize,
    ) -> Result<Self, String> {
        Ok(Self {
            positions: weights.floats(&format!("{positions}.weight"))?,
            shapes: weights.floats("shapes.weight")?,
            norm: Norm::load(weights, norm)?,
            layers: (0..count)
                .map(|number| Layer::load(weights, &format!("{layers}.{number}")))
                .collect::<Result<_, _>>()?,
        })
    }

    /// Number of values of a state.
    pub fn width(&self) -> usize {
        self.norm.width()
    }

    /// The states of the pieces of some inputs; `None` where an input does not fit the tables.
    pub fn states(
        &self,
        words: &Words,
        multiplier: &mut Multiplier,
        inputs: &[Input<'_>],
    ) -> Option<Vec<f32>> {
        let mut states = Vec::new();
        for input in inputs {
            self.embed(words, input, &mut states)?;
        }
        self.norm.apply(&mut states);
        let lengths: Vec<usize> = inputs.iter().map(|input| input.pieces.len()).collect();
        for layer in &self.layers {
            layer.apply(multiplier, &lengths, &mut states)?;
        }
        Some(states)
    }

    /// Adds up what a piece is, how it is written and where it stands.
    fn embed(&self, words: &Words, input: &Input<'_>, states: &mut Vec<f32>) -> Option<()> {
        let width = self.width();
        for (place, (piece, shape)) in input.pieces.iter().zip(input.shapes).enumerate() {
            let piece = usize::try_from(*piece).ok()?;
            let word = row(words.table, piece, width)?;
            let scale = words.scale.get(piece)?;
            let shape = row(&self.shapes, usize::try_from(*shape).ok()?, width)?;
            let position = row(&self.positions, place, width)?;
            let parts = word.iter().zip(shape).zip(position);
            states.extend(parts.map(|((word, shape), place)| f32::from(*word as i8) * scale + shape + place));
        }
        Some(())
    }

    /// The states of words, each the mean of its first and last piece; and the same with each input's first piece before them.
    pub fn of_words(&self, inputs: &[Input<'_>], states: &[f32]) -> Option<(Vec<f32>, Vec<f32>)> {
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
