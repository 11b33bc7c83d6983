//! The network: words to tags, trees and names.

mod graph;
mod labels;
mod mend;
mod network;
mod pieces;
mod tree;

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use rayon::{ThreadPool, ThreadPoolBuilder};

use legation_record::Span;

use crate::{Block, Name, Sentence, Token, Upos, graph::Trigger};
use graph::{Given, GraphReader};
use labels::{Labels, NameTag};
pub(crate) use network::Rows;
use network::{Input, Network, Output, Scores};
use pieces::{WordPiece, case_shape};

static WEIGHTS: &[u8] = include_bytes!("../../../../models/english/weights.safetensors");
static LABELS: &str = include_str!("../../../../models/english/labels.json");
static RELATIONS: &[u8] = include_bytes!("../../../../models/english/labels.bin");
static VOCABULARY: &str = include_str!("../../../../models/english/vocab.txt");
static LEMMAS: &str = include_str!("../../../../models/english/lemmas.tsv");

static CARD: &str = include_str!("../../../../models/english/card.toml");

/// The first halves of the SHA-256 of both networks' weights, by their cards; tests hold the cards to the weights.
pub(crate) fn digest() -> String {
    let half = |digest: &'static str| digest.get(..32).unwrap_or_default();
    format!("{}{}", half(parser_digest()), half(graph::digest()))
}

fn parser_digest() -> &'static str {
    let line = CARD.lines().find_map(|line| line.strip_prefix("\"weights.safetensors\" = "));
    line.unwrap_or_default().trim_matches('"')
}

/// More words or pieces than these are read in windows.
const MOST_WORDS: usize = 160;
const MOST_PIECES: usize = 254;
/// Values of a word's state.
const WIDTH: usize = 384;
/// Pieces that go through the network together, so that its weights are fetched from memory once for them.
const BATCH: usize = 256;

/// The English model.
pub(crate) struct Model {
    network: Network,
    labels: Labels,
    pieces: WordPiece,
    graph: GraphReader,
    lanes: Mutex<Vec<Arc<ThreadPool>>>,
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").field("bytes", &WEIGHTS.len()).finish_non_exhaustive()
    }
}

/// Some words of a sentence as numbers.
struct Window {
    sentence: usize,
    first: usize,
    pieces: Vec<i32>,
    shapes: Vec<i32>,
    /// First and last piece of each word.
    words: Vec<(i32, i32)>,
}

impl Window {
    fn input(&self) -> Input<'_> {
        Input { pieces: &self.pieces, shapes: &self.shapes, words: &self.words }
    }

    fn spans<'a>(&self, sentences: &[&'a [Span]]) -> &'a [Span] {
        &sentences[self.sentence][self.first..self.first + self.words.len()]
    }
}

/// What the network said of one sentence.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub tokens: Vec<Token>,
    pub names: Vec<Name>,
    /// What the network made of each word: what the event graph is read from.
    pub states: Rows,
}

impl Model {
    /// The model that came with the program.
    pub(crate) fn built_in() -> Result<Self, String> {
        let labels = Labels::load(LABELS, RELATIONS, LEMMAS)?;
        let pieces =
            WordPiece::new(VOCABULARY, labels.most_pieces).ok_or("vocab.txt: a special piece is missing")?;
        let network = Network::load(WEIGHTS).map_err(|error| format!("weights.safetensors: {error}"))?;
        let graph = GraphReader::built_in()?;
        Ok(Self { network, labels, pieces, graph, lanes: Mutex::new(Vec::new()) })
    }
}

impl Model {
    /// Reads sentences given as the spans of their words in `text`: a reading for each, in order, and
    /// how many stretches the network failed to read.
    ///
    /// The network runs on a thread of its own: a caller on a work-stealing pool must not begin
    /// another article while it waits.
    pub(crate) fn read(&self, text: &str, sentences: &[&[Span]]) -> (Vec<Reading>, usize) {
        self.apart(|| self.read_here(text, sentences))
            .unwrap_or_else(|| (unread_all(text, sentences), sentences.len()))
    }

    /// Reads the event graph of sentences, given the states of their words; `None` where the network failed.
    pub(crate) fn graph(
        &self,
        text: &str,
        blocks: &[Block],
        sentences: &[Sentence],
        states: &[Rows],
    ) -> Option<Vec<Trigger>> {
        let (words, pieces) = (self.network.words(), &self.pieces);
        self.apart(|| self.graph.read(Given { words, pieces, text, blocks, sentences, states }))
    }

    /// What comes of some work on a thread and a pool of its own; `None` where it broke off.
    fn apart<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Option<T> {
        let lane = self.lane()?;
        let done = std::thread::scope(|scope| scope.spawn(|| lane.install(work)).join());
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner).push(lane);
        done.ok()
    }

    /// A pool of one thread that nobody else uses now.
    fn lane(&self) -> Option<Arc<ThreadPool>> {
        let free = self.lanes.lock().unwrap_or_else(PoisonError::into_inner).pop();
        free.or_else(|| ThreadPoolBuilder::new().num_threads(1).build().ok().map(Arc::new))
    }

    fn read_here(&self, text: &str, sentences: &[&[Span]]) -> (Vec<Reading>, usize) {
        let mut windows: Vec<Window> = Vec::with_capacity(sentences.len());
        for (number, words) in sentences.iter().enumerate() {
            self.windows(text, number, words, &mut windows);
        }
        let mut read: Vec<Option<Reading>> = Vec::with_capacity(windows.len());
        let mut rest = windows.as_slice();
        while !rest.is_empty() {
            let (batch, later) = rest.split_at(batch_size(rest));
            self.run(text, sentences, batch, &mut read);
            rest = later;
        }
        let failed = read.iter().filter(|reading| reading.is_none()).count();
        (join(text, sentences, &windows, read), failed)
    }

    fn windows(&self, text: &str, sentence: usize, words: &[Span], out: &mut Vec<Window>) {
        let mut open: Option<Window> = None;
        for (at, word) in words.iter().enumerate() {
            let form = word.slice(text).unwrap_or_default();
            let window = open.get_or_insert_with(|| self.empty(sentence, at));
            let before = window.pieces.len();
            self.pieces.cut(form, &mut window.pieces);
            window.shapes.resize(window.pieces.len(), case_shape(form));
            window.words.push((before as i32, window.pieces.len() as i32 - 1));
            let full =
                window.pieces.len() + self.labels.most_pieces >= MOST_PIECES.min(self.labels.positions);
            if full || window.words.len() == MOST_WORDS {
                out.extend(open.take().map(|window| self.close(window)));
            }
        }
        out.extend(open.map(|window| self.close(window)));
    }

    fn empty(&self, sentence: usize, first: usize) -> Window {
        Window { sentence, first, pieces: vec![self.pieces.cls], shapes: vec![0], words: Vec::new() }
    }

    fn close(&self, mut window: Window) -> Window {
        window.pieces.push(self.pieces.sep);
        window.shapes.push(0);
        window
    }

    fn run(&self, text: &str, sentences: &[&[Span]], batch: &[Window], read: &mut Vec<Option<Reading>>) {
        let inputs: Vec<Input<'_>> = batch.iter().map(Window::input).collect();
        match self.network.read(&inputs) {
            Some(outputs) => read.extend(
                batch
                    .iter()
                    .zip(&outputs)
                    .map(|(window, output)| Some(self.decode(text, window.spans(sentences), output))),
            ),
            None => read.extend(batch.iter().map(|_| None)),
        }
    }

    fn decode(&self, text: &str, words: &[Span], scores: &Output) -> Reading {
        let count = words.len();
        let arcs: Vec<Vec<f32>> = (0..count).map(|word| scores.arcs.at(word).to_vec()).collect();
        let heads = tree::best_tree(&arcs);
        let token = |(word, span): (usize, &Span)| {
            let form = span.slice(text).unwrap_or_default();
            let pick = |scores: &Scores| best(scores.at(word));
            let upos = self.labels.upos.get(pick(&scores.upos)).copied().unwrap_or(Upos::X);
            let relations = &self.labels.relations;
            let relation = match heads[word] {
                0 => relations.root,
                head => relations.best(scores.label_dep.at(word), scores.label_head.at(head)),
            };
            Token {
                span: *span,
                upos,
                xpos: self.labels.xpos[pick(&scores.xpos)].clone(),
                feats: self.labels.feats[pick(&scores.feats)].clone(),
                lemma: self.labels.lemma(form, upos, pick(&scores.lemma)),
                head: heads[word].checked_sub(1),
                deprel: relations.names[relation].clone(),
            }
        };
        let mut tokens: Vec<Token> = words.iter().enumerate().map(token).collect();
        mend::tree(text, &mut tokens);
        let tags: Vec<&[f32]> = (0..count).map(|word| scores.names.at(word)).collect();
        Reading { tokens, names: names(&self.labels.names, &tags), states: scores.states.rows() }
    }
}

fn unread_all(text: &str, sentences: &[&[Span]]) -> Vec<Reading> {
    sentences.iter().map(|words| unread(text, words)).collect()
}

/// What stands in for a reading where the network failed: words without tags, the first one the root.
fn unread(text: &str, words: &[Span]) -> Reading {
    let (none, root, dep): (Arc<str>, Arc<str>, Arc<str>) = ("_".into(), "root".into(), "dep".into());
    let token = |(at, span): (usize, &Span)| Token {
        span: *span,
        upos: Upos::X,
        xpos: none.clone(),
        feats: none.clone(),
        lemma: span.slice(text).unwrap_or_default().into(),
        head: (at > 0).then_some(0),
        deprel: if at > 0 { dep.clone() } else { root.clone() },
    };
    Reading {
        tokens: words.iter().enumerate().map(token).collect(),
        names: Vec::new(),
        states: Rows::zero(words.len(), WIDTH),
    }
}

/// How many of the next windows go together: as many as [`BATCH`] pieces hold, and one at least.
fn batch_size(windows: &[Window]) -> usize {
    let mut pieces = 0;
    let fits = |window: &&Window| {
        pieces += window.pieces.len();
        pieces <= BATCH
    };
    windows.iter().take_while(fits).count().max(1)
}

fn best(scores: &[f32]) -> usize {
    (0..scores.len()).fold(0, |best, at| if scores[at] > scores[best] { at } else { best })
}

/// Puts the windows of each sentence together: later ones hang from the first one's root.
fn join(text: &str, sentences: &[&[Span]], windows: &[Window], read: Vec<Option<Reading>>) -> Vec<Reading> {
    let mut joined: Vec<Reading> = sentences.iter().map(|_| Reading::default()).collect();
    for (window, reading) in windows.iter().zip(read) {
        let reading = reading.unwrap_or_else(|| unread(text, window.spans(sentences)));
        let whole = &mut joined[window.sentence];
        let root = whole.tokens.iter().position(|token| token.head.is_none());
        let shift = window.first;
        whole.tokens.extend(reading.tokens.into_iter().map(|token| match (token.head, root) {
            (None, Some(root)) => Token { head: Some(root), deprel: "parataxis".into(), ..token },
            (head, _) => Token { head: head.map(|head| head + shift), ..token },
        }));
        let moved = |name: Name| Name { first: name.first + shift, last: name.last + shift, ..name };
        whole.names.extend(reading.names.into_iter().map(moved));
        whole.states.extend(&reading.states);
    }
    joined
}

/// The best sequence of tags in which an inside follows its like (Viterbi), as names.
fn names(tags: &[NameTag], scores: &[&[f32]]) -> Vec<Name> {
    let mut paths: Vec<Vec<usize>> = Vec::with_capacity(scores.len());
    let mut totals: Vec<f32> =
        tags.iter().map(|tag| if tag.follows(NameTag::Outside) { 0.0 } else { f32::MIN / 4.0 }).collect();
    for (at, row) in scores.iter().enumerate() {
        if at == 0 {
            totals.iter_mut().zip(row.iter()).for_each(|(total, score)| *total += score);
            continue;
        }
        let from: Vec<usize> = tags.iter().map(|tag| best_before(tags, &totals, *tag)).collect();
        totals = from.iter().zip(row.iter()).map(|(before, score)| totals[*before] + score).collect();
        paths.push(from);
    }
    let mut at = best(&totals);
    let mut path = vec![at; usize::from(!scores.is_empty())];
    for from in paths.iter().rev() {
        at = from[at];
        path.push(at);
    }
    path.reverse();
    spans(&path.into_iter().map(|tag| tags[tag]).collect::<Vec<_>>())
}

fn best_before(tags: &[NameTag], totals: &[f32], tag: NameTag) -> usize {
    let allowed = (0..tags.len()).filter(|before| tag.follows(tags[*before]));
    allowed.reduce(|best, before| if totals[before] > totals[best] { before } else { best }).unwrap_or(0)
}

fn spans(path: &[NameTag]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (at, tag) in path.iter().enumerate() {
        match (tag, names.last_mut()) {
            (NameTag::Begin(kind), _) => names.push(Name { first: at, last: at, kind: *kind }),
            (NameTag::Inside(_), Some(name)) if name.last + 1 == at => name.last = at,
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::NameKind;

    #[test]
    fn the_card_states_the_weights() {
        use sha2::Digest as _;
        let hash = sha2::Sha256::digest(WEIGHTS).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(parser_digest(), hash);
    }

    #[derive(Deserialize)]
    struct Check {
        words: Vec<String>,
        pieces: Vec<i32>,
        shapes: Vec<i32>,
        first: Vec<i32>,
        last: Vec<i32>,
        upos: Vec<String>,
        xpos: Vec<String>,
        feats: Vec<String>,
        lemmas: Vec<String>,
        heads: Vec<usize>,
        deprel: Vec<String>,
        names: Vec<String>,
    }

    fn bio(names: &[Name], at: usize) -> String {
        let kinds = [
            (NameKind::Person, "PER"),
            (NameKind::State, "STATE"),
            (NameKind::Nationality, "NORP"),
            (NameKind::Place, "LOC"),
            (NameKind::Organisation, "ORG"),
            (NameKind::Facility, "FAC"),
            (NameKind::Event, "EVENT"),
            (NameKind::Law, "LAW"),
            (NameKind::Other, "MISC"),
        ];
        let Some(name) = names.iter().find(|name| (name.first..=name.last).contains(&at)) else {
            return "O".into();
        };
        let kind = kinds.iter().find(|(kind, _)| *kind == name.kind).unwrap().1;
        format!("{}-{kind}", if name.first == at { "B" } else { "I" })
    }

    fn checks() -> Vec<Check> {
        serde_json::from_str(include_str!("../../../../models/english/check.json")).unwrap()
    }

    /// Alone or together, on this processor or another.
    #[test]
    fn scores_are_the_same_to_the_bit() {
        let model = Model::built_in().unwrap();
        let checks = checks();
        let places = |check: &Check| -> Vec<(i32, i32)> {
            check.first.iter().copied().zip(check.last.iter().copied()).collect()
        };
        let words: Vec<_> = checks.iter().map(places).collect();
        let inputs: Vec<Input<'_>> = checks
            .iter()
            .zip(&words)
            .map(|(check, words)| Input { pieces: &check.pieces, shapes: &check.shapes, words })
            .collect();
        let bits = |outputs: &[Output]| {
            let all = outputs.iter().flat_map(|output| {
                [&output.upos, &output.lemma, &output.names, &output.arcs, &output.label_head]
            });
            let values = all.flat_map(|scores| (0..1000).flat_map(|row| scores.at(row)));
            values.fold(0_u32, |seen, value| seen.rotate_left(5) ^ value.to_bits())
        };
        let together = model.network.read(&inputs).unwrap();
        let alone: Vec<Output> =
            inputs.iter().flat_map(|input| model.network.read(&[*input]).unwrap()).collect();
        assert_eq!(bits(&together), bits(&alone));
        assert_eq!(bits(&together), 1_761_918_747);
    }

    /// The values of every column that this runtime gives, beside those of the one that exported.
    #[test]
    fn agrees_with_the_exporter() {
        let checks = checks();
        let model = Model::built_in().unwrap();
        let (mut same, mut all) = (0, 0);
        for check in &checks {
            let text = check.words.join(" ");
            let mut spans = Vec::new();
            for word in &check.words {
                let start = spans.last().map_or(0, |span: &Span| span.end + 1);
                spans.push(Span::new(start, start + word.len()));
            }
            let mut windows = Vec::new();
            model.windows(&text, 0, &spans, &mut windows);
            assert_eq!((&windows[0].pieces, &windows[0].shapes), (&check.pieces, &check.shapes));
            let places: Vec<_> = check.first.iter().copied().zip(check.last.iter().copied()).collect();
            assert_eq!(windows[0].words, places);
            let reading = &model.read(&text, &[&spans]).0[0];
            for (at, token) in reading.tokens.iter().enumerate() {
                let found = [
                    token.upos.name() == check.upos[at],
                    *token.xpos == *check.xpos[at],
                    *token.feats == *check.feats[at],
                    *token.lemma == *check.lemmas[at],
                    token.head.map_or(0, |head| head + 1) == check.heads[at],
                    *token.deprel == *check.deprel[at],
                    bio(&reading.names, at) == check.names[at],
                ];
                all += found.len();
                same += found.iter().filter(|equal| **equal).count();
            }
        }
        assert!(same * 100 >= all * 98, "{same} of {all} values agree");
    }
}
