//! The lexicon of cues: which words attribute, what they do, and the constructions they license.

use std::collections::BTreeMap;

use legation_knowledge::{Files, LoadError, Table};
use legation_record::{Act, Polarity};
use legation_text::Upos;

use super::construction::Constructions;

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
            let mut cue = Cue { act: Act(row.get(2).to_owned()), polarity, frames: Vec::new(), quotes: false };
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
        Ok(cues)
    }

    /// The senses of a word.
    pub fn of(&self, upos: Upos, lemma: &str) -> &[Cue] {
        let upos = if upos == Upos::Aux { Upos::Verb } else { upos };
        self.by_word.get(&(upos.name(), lemma.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The sense of a verb that introduces quoted words.
    pub fn quoting(&self, upos: Upos, lemma: &str) -> Option<&Cue> {
        self.of(upos, lemma).iter().find(|cue| cue.quotes)
    }
}
