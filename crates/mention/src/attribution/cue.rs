//! The lexicon of cues: which words attribute, what they do, and the constructions they license.

use std::collections::BTreeMap;

use legation_knowledge::{Files, LoadError, Table};
use legation_record::{Act, Polarity};
use legation_text::{Token, Upos};

use super::{construction::Constructions, tree::Tree};

const FILE: &str = "lexicon/cues.tsv";

/// One sense of a cue word.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    pub act: Act,
    pub polarity: Polarity,
    /// Indices into [`Constructions`].
    pub frames: Vec<usize>,
    /// Whether it introduces quoted words.
    pub quotes: bool,
}

/// Cues by part of speech and lemma.
#[derive(Debug, Clone, Default)]
pub(super) struct Cues {
    by_word: BTreeMap<(&'static str, String), Vec<Cue>>,
    /// Regular forms of the verbs, for words whose lemma was misread.
    forms: BTreeMap<String, String>,
}

impl Cues {
    /// Reads `lexicon/cues.tsv`; every frame must name a construction.
    pub fn load(files: &Files, constructions: &mut Constructions) -> Result<Self, LoadError> {
        let table = Table::read(FILE, files.text(FILE)?, &["lemma", "pos", "act", "polarity", "frames"])?;
        let mut cues = Self::default();
        for row in table.rows() {
            let upos = Upos::from_name(row.get(1)).ok_or_else(|| row.error(1, "no such part of speech"))?;
            let polarity = match row.get(3) {
                "positive" => Polarity::Positive,
                "negative" => Polarity::Negative,
                _ => return Err(row.error(3, "write positive or negative")),
            };
            let mut cue =
                Cue { act: Act(row.get(2).to_owned()), polarity, frames: Vec::new(), quotes: false };
            for frame in row.list(4) {
                if frame == "quote" {
                    cue.quotes = true;
                } else {
                    let found = constructions.resolve(frame, upos);
                    cue.frames.push(found.ok_or_else(|| {
                        row.error(4, format!("no construction '{frame}' for {}", upos.name()))
                            .help("constructions are in rules/attribution/*.toml")
                    })?);
                }
            }
            cues.by_word.entry((upos.name(), row.get(0).to_owned())).or_default().push(cue);
        }
        let verbs = cues.by_word.keys().filter(|(upos, _)| *upos == Upos::Verb.name());
        cues.forms = verbs
            .filter_map(|(_, lemma)| lemma.split(' ').next())
            .flat_map(|lemma| regular(lemma).into_iter().map(|form| (form, lemma.to_owned())))
            .collect();
        Ok(cues)
    }

    /// The senses of a word in its sentence: a verb with its particle comes before the verb alone.
    pub fn at(&self, tree: &Tree, at: usize) -> &[Cue] {
        let token = tree.token(at);
        let particle = tree.child(at, "compound:prt").or_else(|| put_it(tree, at));
        let particle = particle.filter(|_| token.upos == Upos::Verb);
        let phrasal = particle.and_then(|particle| {
            let form = token.form(tree.text).to_lowercase();
            let guessed = self.forms.get(&form).map_or(form.as_str(), String::as_str);
            [&*token.lemma, guessed].iter().find_map(|lemma| {
                self.by_word.get(&(Upos::Verb.name(), format!("{lemma} {}", tree.form(particle))))
            })
        });
        phrasal.map_or_else(|| self.of(token, tree.text), Vec::as_slice)
    }

    /// The senses of a word.
    pub fn of(&self, token: &Token, text: &str) -> &[Cue] {
        let verbal = matches!(token.upos, Upos::Aux | Upos::Adp);
        let upos = if verbal { Upos::Verb } else { token.upos };
        let senses = |lemma: &str| self.by_word.get(&(upos.name(), lemma.to_owned())).map(Vec::as_slice);
        let guessed = || {
            let form = token.form(text).to_lowercase();
            (token.upos != Upos::Adp && upos == Upos::Verb)
                .then(|| self.forms.get(&form).and_then(|lemma| senses(lemma)))
                .flatten()
        };
        senses(&token.lemma).or_else(guessed).unwrap_or(&[])
    }

    /// The sense of a verb that introduces quoted words.
    pub fn quoting(&self, tree: &Tree, at: usize) -> Option<&Cue> {
        self.at(tree, at).iter().find(|cue| cue.quotes)
    }
}

/// The "it" of "as he put it".
pub(super) fn put_it(tree: &Tree, at: usize) -> Option<usize> {
    (at + 1 < tree.len() && tree.form(at + 1) == "it" && tree.token(at + 1).is_rel("obj")).then_some(at + 1)
}

/// The regular forms of a verb: "deny" gives denies, denied, denying.
fn regular(lemma: &str) -> Vec<String> {
    let vowel = |c: char| "aeiou".contains(c);
    let before_last = lemma.chars().rev().nth(1);
    if let Some(stem) = lemma.strip_suffix('y').filter(|_| before_last.is_some_and(|c| !vowel(c))) {
        return vec![format!("{stem}ies"), format!("{stem}ied"), format!("{lemma}ing")];
    }
    if let Some(stem) = lemma.strip_suffix('e') {
        return vec![format!("{lemma}s"), format!("{lemma}d"), format!("{stem}ing")];
    }
    let s = if lemma.ends_with(['s', 'x', 'z']) || lemma.ends_with("ch") || lemma.ends_with("sh") {
        "es"
    } else {
        "s"
    };
    let mut forms = vec![format!("{lemma}{s}"), format!("{lemma}ed"), format!("{lemma}ing")];
    if let Some(last) = lemma.chars().last().filter(|last| !vowel(*last) && before_last.is_some_and(vowel)) {
        forms.extend([format!("{lemma}{last}ed"), format!("{lemma}{last}ing")]);
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms() {
        assert_eq!(regular("deny"), ["denies", "denied", "denying"]);
        assert_eq!(regular("accuse"), ["accuses", "accused", "accusing"]);
        assert!(regular("rebut").contains(&"rebutted".to_owned()));
    }
}
