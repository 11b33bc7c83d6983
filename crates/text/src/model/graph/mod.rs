//! Reads the event graph: which words express events, of which kind and how real, and which fill their roles.

mod labels;
mod window;

use std::{fmt, sync::Arc};

use legation_record::Status;

use self::{
    labels::GraphLabels,
    window::{Window, across, path, windows},
};
use super::{
    network::{Features, Input, Multiplier, Rows, Seen, Tower, Way, Words, sigmoid, softmax},
    pieces::{WordPiece, case_shape},
};
use crate::{
    Block, BlockKind, Sentence, Upos,
    graph::{Bounds, Filler, Part, Share, Trigger, WordAt},
};

static WEIGHTS: &[u8] = include_bytes!("../../../../../models/english/graph.safetensors");
static LABELS: &str = include_str!("../../../../../models/english/graph.json");
static CARD: &str = include_str!("../../../../../models/english/graph.card.toml");

/// The number of the kind that means "no event".
const NONE: usize = 0;
/// Windows longer than this contain a list or table run together as a sentence, and are skipped.
const MOST_WORDS: usize = 500;
/// The most pieces in a window; words beyond that share the last one.
const MOST_PIECES: usize = 512;

/// The SHA-256 of the weights, as stated on the card; a test checks that they match.
pub fn digest() -> &'static str {
    let line = CARD.lines().find_map(|line| line.strip_prefix("\"graph.safetensors\" = "));
    line.unwrap_or_default().trim_matches('"')
}

/// The tower with its label lists.
pub struct GraphReader {
    tower: Tower,
    labels: GraphLabels,
}

impl fmt::Debug for GraphReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GraphReader").field("bytes", &WEIGHTS.len()).finish_non_exhaustive()
    }
}

/// The parts of the model and the article needed to read the event graph.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    pub words: &'a Words,
    pub pieces: &'a WordPiece,
    pub text: &'a str,
    pub blocks: &'a [Block],
    pub sentences: &'a [Sentence],
    /// The parser's states for each sentence's words.
    pub states: &'a [Rows],
}

/// The pieces of a window.
struct Cut {
    pieces: Vec<i32>,
    shapes: Vec<i32>,
    words: Vec<(i32, i32)>,
}

/// A word in a window, with its position in the article.
struct Word<'a> {
    at: WordAt,
    sentence: &'a Sentence,
}

impl GraphReader {
    /// Loads the tower built into the program.
    pub fn built_in() -> Result<Self, String> {
        let labels = GraphLabels::load(LABELS)?;
        let tower =
            Tower::load(WEIGHTS, labels.layers).map_err(|error| format!("graph.safetensors: {error}"))?;
        Ok(Self { tower, labels })
    }

    /// Reads the events of an article.
    pub fn read(&self, given: Given<'_>) -> Vec<Trigger> {
        let lengths: Vec<usize> = given.sentences.iter().map(|sentence| sentence.tokens.len()).collect();
        let mut multiplier = Multiplier::default();
        let windows = windows(&lengths, self.labels.window, self.labels.context);
        let read = |window| self.window(&mut multiplier, window, given).unwrap_or_default();
        windows.into_iter().flat_map(read).collect()
    }

    fn window(&self, multiplier: &mut Multiplier, window: Window, given: Given<'_>) -> Option<Vec<Trigger>> {
        let mut rows = Rows::default();
        let (mut words, mut features) = (Vec::new(), Vec::new());
        for number in window.first..window.end {
            let sentence = given.sentences.get(number)?;
            let block = given.blocks.get(sentence.block).map_or(BlockKind::Paragraph, |block| block.kind);
            rows.extend(given.states.get(number)?);
            for word in 0..sentence.tokens.len() {
                words.push(Word { at: WordAt { sentence: number, word }, sentence });
                features.push(self.features(sentence, word, block));
            }
        }
        if words.is_empty() || words.len() > MOST_WORDS {
            return None;
        }
        let cut = cut(given, &words);
        let input = Input { pieces: &cut.pieces, shapes: &cut.shapes, words: &cut.words };
        let mut seen = self.tower.see(given.words, multiplier, &input, &rows, &features)?;
        let triggers = self.triggers(multiplier, &seen, &words, window.new)?;
        if triggers.is_empty() {
            return None;
        }
        let places: Vec<(usize, usize)> = triggers.iter().map(|found| (found.place, found.kind)).collect();
        let facts = self.tower.facts(multiplier, &seen, &places)?;
        let askers = self.tower.triggers(multiplier, &mut seen, &places)?;
        let told = triggers.iter().enumerate().map(|(number, found)| {
            let fillers = self.fillers(&seen, &words, found.place, askers.at(number));
            self.told(&words[found.place], found, facts.at(number), fillers)
        });
        Some(told.collect())
    }

    fn features(&self, sentence: &Sentence, word: usize, block: BlockKind) -> Features {
        let token = &sentence.tokens[word];
        let labels = &self.labels;
        let name = sentence.name_at(word).map_or("O", |name| name.kind.tag());
        let number = |list: &std::collections::HashMap<String, usize>, name: &str| {
            list.get(name).copied().unwrap_or_default()
        };
        [
            number(&labels.upos, token.upos.name()),
            number(&labels.deprel, &token.deprel),
            number(&labels.names, name),
            number(&labels.blocks, block.name()),
        ]
    }

    /// The words that more likely express an event than not.
    fn triggers(
        &self,
        multiplier: &mut Multiplier,
        seen: &Seen,
        words: &[Word<'_>],
        new: usize,
    ) -> Option<Vec<Found>> {
        let kinds = self.tower.kinds(multiplier, seen)?;
        let found = words.iter().enumerate().filter(|(_, word)| word.at.sentence >= new);
        let found = found.filter_map(|(place, _)| {
            let mut scores = kinds.at(place).to_vec();
            *scores.get_mut(NONE)? += self.labels.none;
            scores.iter_mut().for_each(|score| *score /= self.labels.kind_temperature);
            let kind = best(&scores, None);
            let (shares, second) = (softmax(&scores), best(&scores, Some(kind)));
            let found = Found { place, kind, share: shares[kind], second, second_share: shares[second] };
            (kind != NONE).then_some(found)
        });
        Some(found.collect())
    }

    fn told(&self, word: &Word<'_>, found: &Found, facts: &[f32], fillers: Vec<Filler>) -> Trigger {
        let labels = &self.labels;
        let (statuses, rest) = facts.split_at(labels.statuses.len().min(facts.len()));
        let (bounds, background) = rest.split_at(labels.bounds.len().min(rest.len()));
        let scaled: Vec<f32> = statuses.iter().map(|score| score / labels.status_temperature).collect();
        let status = best(&scaled, None);
        let name = |kind: usize| -> Arc<str> { labels.kinds.get(kind).cloned().unwrap_or_default() };
        Trigger {
            at: word.at,
            kind: name(found.kind),
            share: Share::new(found.share),
            runner_up: (name(found.second), Share::new(found.second_share)),
            status: labels.statuses.get(status).copied().unwrap_or(Status::Held),
            status_share: Share::new(softmax(&scaled).get(status).copied().unwrap_or_default()),
            bounds: labels.bounds.get(best(bounds, None)).copied().unwrap_or(Bounds::Open),
            background: background.first().is_some_and(|score| *score > 0.0),
            fillers,
        }
    }

    /// The words that fill a trigger's roles, role by role.
    fn fillers(&self, seen: &Seen, words: &[Word<'_>], trigger: usize, asker: &[f32]) -> Vec<Filler> {
        let from = &words[trigger];
        let ways: Vec<(usize, Way)> =
            words.iter().enumerate().map(|(place, to)| (place, self.way(from, trigger, to, place))).collect();
        let Some(scores) = self.tower.roles(seen, asker, &ways) else { return Vec::new() };
        let mut fillers = Vec::new();
        for (role, part) in self.labels.roles.iter().enumerate() {
            for (place, word) in words.iter().enumerate() {
                let Some(score) = scores.at(place).get(role) else { continue };
                let share = sigmoid(score / self.labels.role_temperature);
                let fits = *part == Part::Time || is_nominal(word);
                if fits && share >= self.labels.role_least[role] {
                    fillers.push(Filler { part: *part, at: word.at, share: Share::new(share) });
                }
            }
        }
        fillers
    }

    fn way(&self, from: &Word<'_>, trigger: usize, to: &Word<'_>, place: usize) -> Way {
        let path = if from.at.sentence == to.at.sentence {
            path(from.sentence, from.at.word, to.at.word)
        } else {
            across(from.at.sentence, to.at.sentence)
        };
        let number = self.labels.paths.get(&path).copied().unwrap_or_default();
        (number, self.labels.distance(trigger, place))
    }
}

/// Cuts words into pieces; words that do not fit share the last position.
fn cut(given: Given<'_>, words: &[Word<'_>]) -> Cut {
    let mut cut = Cut { pieces: vec![given.pieces.cls], shapes: vec![0], words: Vec::new() };
    let mut own = Vec::new();
    for word in words {
        let form = word.sentence.tokens[word.at.word].form(given.text);
        own.clear();
        given.pieces.cut(form, &mut own);
        let room = MOST_PIECES.saturating_sub(1 + cut.pieces.len());
        own.truncate(room.max(1));
        if cut.pieces.len() + own.len() >= MOST_PIECES {
            cut.words.push((MOST_PIECES as i32 - 2, MOST_PIECES as i32 - 2));
            continue;
        }
        let first = cut.pieces.len() as i32;
        cut.pieces.extend_from_slice(&own);
        cut.shapes.resize(cut.pieces.len(), case_shape(form));
        cut.words.push((first, cut.pieces.len() as i32 - 1));
    }
    cut.pieces.push(given.pieces.sep);
    cut.shapes.push(0);
    cut
}

/// A word that expresses an event, before its roles are read.
struct Found {
    place: usize,
    kind: usize,
    share: f32,
    second: usize,
    second_share: f32,
}

/// Whether a word may refer to someone or something.
fn is_nominal(word: &Word<'_>) -> bool {
    use Upos::{Adj, Det, Noun, Num, Pron, Propn, Sym, X};
    matches!(word.sentence.tokens[word.at.word].upos, Noun | Propn | Pron | Num | Adj | Det | Sym | X)
}

/// The index of the greatest score, or the first if several are equal; `but` is skipped.
fn best(scores: &[f32], but: Option<usize>) -> usize {
    let mut places = (0..scores.len()).filter(|at| Some(*at) != but);
    let first = places.next().unwrap_or_default();
    places.fold(first, |best, at| if scores[at] > scores[best] { at } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_states_the_weights() {
        use sha2::Digest as _;
        let hash = sha2::Sha256::digest(WEIGHTS).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(digest(), hash);
    }

    #[test]
    fn the_best_is_the_first_of_equals() {
        assert_eq!(best(&[1.0, 3.0, 3.0, 2.0], None), 1);
        assert_eq!(best(&[1.0, 3.0, 3.0, 2.0], Some(1)), 2);
        assert_eq!(best(&[], None), 0);
    }
}
