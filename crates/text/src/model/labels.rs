use std::{collections::HashMap, sync::Arc};

use serde::Deserialize;

use crate::{NameKind, Upos};

/// The lists that the numbers of the graph's outputs stand for.
#[derive(Debug)]
pub(crate) struct Labels {
    pub upos: Vec<Upos>,
    pub xpos: Vec<Arc<str>>,
    pub feats: Vec<Arc<str>>,
    pub scripts: Vec<Script>,
    pub names: Vec<NameTag>,
    pub relations: Relations,
    pub most_pieces: usize,
    pub positions: usize,
    lemmas: HashMap<Upos, HashMap<&'static str, Arc<str>>>,
}

/// A BIO tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameTag {
    Outside,
    Begin(NameKind),
    Inside(NameKind),
}

/// How a lemma is made of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Script {
    mode: char,
    cut: usize,
    suffix: String,
}

/// Scores the relations of a word to its head.
#[derive(Debug)]
pub(crate) struct Relations {
    pub names: Vec<Arc<str>>,
    pub root: usize,
    /// `columns[k * names.len() + r]`: the weight of feature `k` for relation `r`.
    columns: Vec<f32>,
    bias: Vec<f32>,
}

#[derive(Deserialize)]
struct Written {
    label_size: usize,
    max_pieces_per_word: usize,
    max_positions: usize,
    upos: Vec<String>,
    xpos: Vec<String>,
    feats: Vec<String>,
    lemma: Vec<String>,
    names: Vec<String>,
    deprel: Vec<String>,
}

impl Labels {
    pub(crate) fn load(json: &str, weights: &[u8], lemmas: &'static str) -> Result<Self, String> {
        let written: Written = serde_json::from_str(json).map_err(|error| format!("labels.json: {error}"))?;
        let upos =
            |name: &String| Upos::from_name(name).ok_or_else(|| format!("labels.json: no UPOS {name}"));
        let script =
            |text: &String| Script::parse(text).ok_or_else(|| format!("labels.json: no lemma script {text}"));
        let name =
            |text: &String| NameTag::parse(text).ok_or_else(|| format!("labels.json: no name tag {text}"));
        Ok(Self {
            upos: written.upos.iter().map(upos).collect::<Result<_, _>>()?,
            xpos: shared(&written.xpos),
            feats: shared(&written.feats),
            scripts: written.lemma.iter().map(script).collect::<Result<_, _>>()?,
            names: written.names.iter().map(name).collect::<Result<_, _>>()?,
            relations: Relations::load(shared(&written.deprel), written.label_size, weights)?,
            most_pieces: written.max_pieces_per_word,
            positions: written.max_positions,
            lemmas: lexicon(lemmas)?,
        })
    }

    /// The lemma of a form: from the lexicon, else by the script.
    pub(crate) fn lemma(&self, form: &str, upos: Upos, script: usize) -> Arc<str> {
        let known = self.lemmas.get(&upos).and_then(|words| match upos {
            Upos::Propn => words.get(form),
            _ => words.get(form.to_lowercase().as_str()),
        });
        match (known, self.scripts.get(script)) {
            (Some(lemma), _) => lemma.clone(),
            (None, Some(script)) => script.apply(form).into(),
            (None, None) => form.into(),
        }
    }
}

fn shared(names: &[String]) -> Vec<Arc<str>> {
    names.iter().map(|name| name.as_str().into()).collect()
}

fn lexicon(text: &'static str) -> Result<HashMap<Upos, HashMap<&'static str, Arc<str>>>, String> {
    let mut words: HashMap<Upos, HashMap<&'static str, Arc<str>>> = HashMap::new();
    for line in text.lines() {
        let mut cells = line.split('\t');
        let (Some(form), Some(upos), Some(lemma)) = (cells.next(), cells.next(), cells.next()) else {
            return Err(format!("lemmas.tsv: three cells are expected in '{line}'"));
        };
        let upos = Upos::from_name(upos).ok_or_else(|| format!("lemmas.tsv: no UPOS {upos}"))?;
        words.entry(upos).or_default().insert(form, lemma.into());
    }
    Ok(words)
}

impl NameTag {
    fn parse(text: &str) -> Option<Self> {
        let Some((place, kind)) = text.split_once('-') else { return (text == "O").then_some(Self::Outside) };
        let kind = match kind {
            "PER" => NameKind::Person,
            "STATE" => NameKind::State,
            "NORP" => NameKind::Nationality,
            "LOC" => NameKind::Place,
            "ORG" => NameKind::Organisation,
            "FAC" => NameKind::Facility,
            "EVENT" => NameKind::Event,
            "LAW" => NameKind::Law,
            "MISC" => NameKind::Other,
            _ => return None,
        };
        Some(if place == "B" { Self::Begin(kind) } else { Self::Inside(kind) })
    }

    /// Whether this tag may stand after `before`.
    pub(crate) fn follows(self, before: Self) -> bool {
        match self {
            Self::Inside(kind) => before == Self::Begin(kind) || before == Self::Inside(kind),
            _ => true,
        }
    }
}

impl Script {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '|');
        let mode = parts.next()?.chars().next()?;
        let cut = parts.next()?.parse().ok()?;
        Some(Self { mode, cut, suffix: parts.next()?.to_owned() })
    }

    fn apply(&self, form: &str) -> String {
        let mut base = match self.mode {
            'L' => form.to_lowercase(),
            'T' => title(form),
            _ => form.to_owned(),
        };
        for _ in 0..self.cut {
            base.pop();
        }
        base.push_str(&self.suffix);
        if base.is_empty() { form.to_owned() } else { base }
    }
}

fn title(form: &str) -> String {
    let mut chars = form.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars.as_str().to_lowercase().chars()).collect()
}

impl Relations {
    fn load(names: Vec<Arc<str>>, size: usize, bytes: &[u8]) -> Result<Self, String> {
        let count = names.len();
        let width = 2 * size;
        if bytes.len() != 4 * count * (width + 1) {
            return Err(format!(
                "labels.bin: {} bytes where {} are expected",
                bytes.len(),
                4 * count * (width + 1)
            ));
        }
        let values: Vec<f32> =
            bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        let columns = (0..width * count).map(|at| values[at % count * width + at / count]).collect();
        let root = names.iter().position(|name| &**name == "root").ok_or("labels.json: no relation root")?;
        Ok(Self { root, columns, bias: values[width * count..].to_vec(), names })
    }

    /// The best relation between a dependent's and its head's vector; never `root`.
    pub(crate) fn best(&self, dependent: &[f32], head: &[f32]) -> usize {
        let mut scores = self.bias.clone();
        let count = scores.len();
        let pairs = || dependent.iter().zip(head);
        let features = pairs().map(|(d, g)| (d + g).max(0.0)).chain(pairs().map(|(d, g)| d * g));
        for (feature, column) in features.zip(self.columns.chunks_exact(count)) {
            if feature != 0.0 {
                scores.iter_mut().zip(column).for_each(|(score, weight)| *score += feature * weight);
            }
        }
        let others = (0..count).filter(|relation| *relation != self.root);
        let first = usize::from(self.root == 0);
        others.fold(first, |best, relation| if scores[relation] > scores[best] { relation } else { best })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_make_lemmas() {
        let lemma = |script: &str, form: &str| Script::parse(script).unwrap().apply(form);
        assert_eq!(lemma("L|2|", "Visited"), "visit");
        assert_eq!(lemma("L|3|y", "allies"), "ally");
        assert_eq!(lemma("T|0|", "GENEVA"), "Geneva");
        assert_eq!(lemma("K|0|", "McCain"), "McCain");
        assert_eq!(lemma("L|9|", "a"), "a");
    }
}
