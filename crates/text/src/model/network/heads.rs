//! The heads: from states of words to tags, names, arcs and relations.

use super::{
    Input, Output, Scores, float,
    linear::{Linear, Multiplier, Rows},
    weights::Weights,
};

/// Their weights.
pub struct Heads {
    tags: [Linear; 4],
    name_in: Linear,
    name_out: Linear,
    arc_dep: Linear,
    arc_head: Linear,
    arc_mix: Linear,
    label_dep: Linear,
    label_head: Linear,
}

impl Heads {
    /// Takes the heads' weights.
    pub fn load(weights: &Weights<'_>) -> Result<Self, String> {
        let linear = |name: &str| Linear::load(weights, name);
        Ok(Self {
            tags: [linear("tags.upos")?, linear("tags.xpos")?, linear("tags.feats")?, linear("tags.lemma")?],
            name_in: linear("name_in")?,
            name_out: linear("name_out")?,
            arc_dep: linear("arc_dep")?,
            arc_head: linear("arc_head")?,
            arc_mix: linear("arc_mix")?,
            label_dep: linear("label_dep")?,
            label_head: linear("label_head")?,
        })
    }

    /// The scores of each input, from the states of all words, with and without the root before each input's.
    pub fn apply(
        &self,
        multiplier: &mut Multiplier,
        inputs: &[Input<'_>],
        width: usize,
        words: &[f32],
        rooted: &[f32],
    ) -> Option<Vec<Output>> {
        let (words, rooted) = (Rows::new(words, width), Rows::new(rooted, width));
        let mut read = |head: &Linear, rows: &Rows| head.read(multiplier, rows);
        let [upos, xpos, feats, lemma] = self.tags.each_ref().map(|head| read(head, &words));
        let (upos, xpos, feats, lemma) = (upos?, xpos?, feats?, lemma?);
        let names = bent(read(&self.name_in, &words)?);
        let names = read(&self.name_out, &names)?;
        let dependents = read(&self.arc_dep, &words)?.bent();
        let heads = bent(read(&self.arc_head, &rooted)?);
        let heads = read(&self.arc_mix, &heads)?;
        let (label_dep, label_head) = (read(&self.label_dep, &words)?, read(&self.label_head, &rooted)?);
        let (mut word, mut root) = (0, 0);
        let mut outputs = Vec::with_capacity(inputs.len());
        for input in inputs {
            let count = input.words.len();
            outputs.push(Output {
                states: Scores::default(),
                upos: upos.some(word, count),
                xpos: xpos.some(word, count),
                feats: feats.some(word, count),
                lemma: lemma.some(word, count),
                names: names.some(word, count),
                arcs: arcs(&dependents.some(word, count), &heads.some(root, count + 1)),
                label_dep: label_dep.some(word, count),
                label_head: label_head.some(root, count + 1),
            });
            word += count;
            root += count + 1;
        }
        Some(outputs)
    }
}

/// The input of a second product.
fn bent(scores: Scores) -> Rows {
    let scores = scores.bent();
    Rows::new(&scores.values, scores.width)
}

/// How well each head fits each dependent: their product, and what the head brings by itself.
fn arcs(dependents: &Scores, heads: &Scores) -> Scores {
    let width = heads.values.len() / heads.width.max(1);
    let mut values = Vec::with_capacity(dependents.values.len() / dependents.width.max(1) * width);
    float::widely(|| {
        let mut products = vec![0.0; dependents.width];
        for dependent in dependents.values.chunks_exact(dependents.width) {
            for head in heads.values.chunks_exact(heads.width) {
                products.iter_mut().zip(dependent.iter().zip(head)).for_each(|(to, (a, b))| *to = a * b);
                values.push(float::sum(&products) + head[dependents.width]);
            }
        }
    });
    Scores { values, width }
}
