//! The network of the event graph: an encoder over the pieces of a window, layers over its words that see the states
//! that the parser left too, and the heads on top of them. `training/graph/tower.py` says the same in PyTorch.

use super::{
    Input, Scores,
    encoder::{Encoder, Words},
    float,
    layer::{Layer, Norm},
    linear::{Linear, Multiplier, Rows},
    row,
    weights::Weights,
};

/// What is known of a word beside its state: the numbers of its part of speech, relation, name and block.
pub type Features = [usize; 4];

const TABLES: [&str; 4] = ["upos", "deprel", "names", "blocks"];

/// Its weights.
pub struct Tower {
    under: Encoder,
    input: Linear,
    tables: [Vec<f32>; TABLES.len()],
    positions: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    kind_in: Linear,
    kind_out: Linear,
    fact_in: Linear,
    fact_out: Linear,
    kind_fact: Vec<f32>,
    role_word: Linear,
    role_trigger: Linear,
    kind_role: Vec<f32>,
    paths: Vec<f32>,
    distances: Vec<f32>,
    role_out: Vec<f32>,
    role_bias: Vec<f32>,
}

/// The words of a window in sight of each other.
pub struct Seen {
    /// A row for each word.
    words: Vec<f32>,
    /// What each word brings to a role.
    for_roles: Vec<f32>,
}

/// How a word lies to a trigger: the number of the way through the tree, and the class of distance.
pub type Way = (usize, usize);

impl Tower {
    /// Loads the weights of a safetensors file with so many layers over pieces and over words.
    pub fn load(file: &'static [u8], [under, layers]: [usize; 2]) -> Result<Self, String> {
        let weights = Weights::open(file)?;
        let linear = |name: &str| Linear::load(&weights, name);
        let table = |name: &str| weights.floats(&format!("{name}.weight"));
        let tables = TABLES.map(|name| table(&format!("tables.{name}")));
        let [upos, deprel, names, blocks] = tables;
        Ok(Self {
            under: Encoder::load(&weights, ["places", "under_norm", "under"], under)?,
            input: linear("input")?,
            tables: [upos?, deprel?, names?, blocks?],
            positions: table("positions")?,
            norm: Norm::load(&weights, "norm")?,
            layers: (0..layers)
                .map(|number| Layer::load(&weights, &format!("layers.{number}")))
                .collect::<Result<_, _>>()?,
            kind_in: linear("kind_in")?,
            kind_out: linear("kind_out")?,
            fact_in: linear("fact_in")?,
            fact_out: linear("fact_out")?,
            kind_fact: table("kind_fact")?,
            role_word: linear("role_word")?,
            role_trigger: linear("role_trigger")?,
            kind_role: table("kind_role")?,
            paths: table("paths")?,
            distances: table("distances")?,
            role_out: table("role_out")?,
            role_bias: weights.floats("role_out.bias")?,
        })
    }

    fn width(&self) -> usize {
        self.norm.width()
    }

    /// Goes over the words of a window; `None` where they do not fit the tables.
    pub fn see(
        &self,
        table: &Words,
        multiplier: &mut Multiplier,
        input: &Input<'_>,
        states: &Rows,
        features: &[Features],
    ) -> Option<Seen> {
        let width = self.width();
        let pieces = self.under.states(table, multiplier, &[*input])?;
        let (mut words, _) = self.under.of_words(&[*input], &pieces)?;
        add(&mut words, &self.input.apply(multiplier, states)?);
        for (place, (word, features)) in words.chunks_exact_mut(width).zip(features).enumerate() {
            for (table, at) in self.tables.iter().zip(features) {
                add(word, row(table, *at, width)?);
            }
            add(word, row(&self.positions, place, width)?);
        }
        self.norm.apply(&mut words);
        for layer in &self.layers {
            layer.apply(multiplier, &[features.len()], &mut words)?;
        }
        Some(Seen { words, for_roles: Vec::new() })
    }

    /// How well each kind fits each word.
    pub fn kinds(&self, multiplier: &mut Multiplier, seen: &Seen) -> Option<Scores> {
        let mut hidden = self.kind_in.apply(multiplier, &Rows::new(&seen.words, self.width()))?;
        float::gelu_all(&mut hidden);
        self.kind_out.read(multiplier, &Rows::new(&hidden, self.kind_in.outputs()))
    }

    /// Of triggers and their kinds: scores of statuses, of bounds and of being background, one after the other.
    pub fn facts(
        &self,
        multiplier: &mut Multiplier,
        seen: &Seen,
        triggers: &[(usize, usize)],
    ) -> Option<Scores> {
        let width = self.fact_in.outputs();
        let mut hidden = self.fact_in.apply(multiplier, &self.rows(seen, triggers)?)?;
        for (hidden, (_, kind)) in hidden.chunks_exact_mut(width).zip(triggers) {
            add(hidden, row(&self.kind_fact, *kind, width)?);
        }
        float::gelu_all(&mut hidden);
        self.fact_out.read(multiplier, &Rows::new(&hidden, width))
    }

    /// What triggers of a kind bring to their roles; prepares the words for [`Tower::roles`].
    pub fn triggers(
        &self,
        multiplier: &mut Multiplier,
        seen: &mut Seen,
        triggers: &[(usize, usize)],
    ) -> Option<Scores> {
        let width = self.role_trigger.outputs();
        seen.for_roles = self.role_word.apply(multiplier, &Rows::new(&seen.words, self.width()))?;
        let mut scores = self.role_trigger.read(multiplier, &self.rows(seen, triggers)?)?;
        for (scores, (_, kind)) in scores.values.chunks_exact_mut(width).zip(triggers) {
            add(scores, row(&self.kind_role, *kind, width)?);
        }
        Some(scores)
    }

    /// Scores of the roles of some words for one trigger, given how each lies to it.
    pub fn roles(&self, seen: &Seen, trigger: &[f32], words: &[(usize, Way)]) -> Option<Scores> {
        let width = trigger.len();
        let mut values = Vec::with_capacity(words.len() * self.role_bias.len());
        let mut bent = vec![0.0; 2 * width];
        let mut products = vec![0.0; 2 * width];
        for (word, (path, distance)) in words {
            let word = row(&seen.for_roles, *word, width)?;
            let path = row(&self.paths, *path, width)?;
            let distance = row(&self.distances, *distance, width)?;
            float::widely(|| {
                let (sums, both) = bent.split_at_mut(width);
                for at in 0..width {
                    sums[at] = (word[at] + trigger[at] + path[at] + distance[at]).max(0.0);
                    both[at] = word[at] * trigger[at];
                }
                for (weights, bias) in self.role_out.chunks_exact(2 * width).zip(&self.role_bias) {
                    products
                        .iter_mut()
                        .zip(bent.iter().zip(weights))
                        .for_each(|(to, (value, weight))| *to = value * weight);
                    values.push(float::sum(&products) + bias);
                }
            });
        }
        Some(Scores { values, width: self.role_bias.len() })
    }

    /// The rows of triggers.
    fn rows(&self, seen: &Seen, triggers: &[(usize, usize)]) -> Option<Rows> {
        let width = self.width();
        let mut words = Vec::with_capacity(triggers.len() * width);
        for (word, _) in triggers {
            words.extend_from_slice(row(&seen.words, *word, width)?);
        }
        Some(Rows::new(&words, width))
    }
}

/// What a score is worth as a probability by itself.
pub fn sigmoid(score: f32) -> f32 {
    1.0 / (1.0 + float::exp(-score))
}

/// Scores as probabilities that sum to one.
pub fn softmax(scores: &[f32]) -> Vec<f32> {
    let mut shares = scores.to_vec();
    float::softmax(&mut shares);
    shares
}

fn add(to: &mut [f32], values: &[f32]) {
    to.iter_mut().zip(values).for_each(|(to, value)| *to += value);
}
