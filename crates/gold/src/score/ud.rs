//! Universal Dependencies: tags and trees over given words, or over words found (CoNLL 2018).

mod align;

use super::{Scores, prf, ratio};
use crate::conllu::{self, Sentence, Word};

/// Words given: shares of tags, of governors, and of governors with their relation.
pub fn score(gold: &str, predictions: &str) -> anyhow::Result<Scores> {
    let words = |text: &str| {
        conllu::read(text).map(|all| all.into_iter().flat_map(|it| it.words).collect::<Vec<_>>())
    };
    let (gold, predicted) = (words(gold)?, words(predictions)?);
    anyhow::ensure!(
        gold.len() == predicted.len(),
        "{} words predicted where gold has {}",
        predicted.len(),
        gold.len()
    );
    let pairs = || gold.iter().zip(&predicted);
    let count = |same: Same| pairs().filter(|(g, p)| same(g, p)).count();
    let mut scores = Scores::default();
    scores.line(&format!("words {}", gold.len()));
    let named: [(&str, Same); 3] = [
        ("UPOS", |g, p| g.upos == p.upos),
        ("UAS", |g, p| g.head == p.head),
        ("LAS", |g, p| g.head == p.head && relation(g) == relation(p)),
    ];
    for (name, same) in named {
        let share = 100.0 * ratio(count(same) as f64, gold.len() as f64);
        scores.line(&format!("{name:9} {share:6.2}"));
        scores.figure(name, share);
    }
    Ok(scores)
}

/// Whether two words are the same in some respect.
type Same = fn(&Word, &Word) -> bool;

/// The relation without its subtype.
fn relation(word: &Word) -> &str {
    word.deprel.split(':').next().unwrap_or_default()
}

/// Words found: F1 of tokens, sentences, words, tags and trees after alignment.
pub fn score_raw(gold: &str, predictions: &str) -> anyhow::Result<Scores> {
    let (gold, predicted) = (Laid::out(&conllu::read(gold)?), Laid::out(&conllu::read(predictions)?));
    anyhow::ensure!(gold.characters == predicted.characters, "{}", difference(&gold, &predicted));
    let aligned = align::words(&gold.words, &predicted.words);
    let mut scores = Scores::default();
    show(
        &mut scores,
        "Tokens",
        align::spans(&gold.tokens, &predicted.tokens),
        gold.tokens.len(),
        predicted.tokens.len(),
    );
    show(
        &mut scores,
        "Sentences",
        align::spans(&gold.sentences, &predicted.sentences),
        gold.sentences.len(),
        predicted.sentences.len(),
    );
    let parent = |laid: &Laid, at: usize| laid.words[at].parent;
    let mut gold_of = vec![None; predicted.words.len()];
    aligned.iter().for_each(|(g, p)| gold_of[*p] = Some(*g));
    let same_parent = |g: usize, p: usize| match parent(&predicted, p) {
        None => parent(&gold, g).is_none(),
        Some(at) => gold_of[at].is_some() && gold_of[at] == parent(&gold, g),
    };
    let of = |g: usize, p: usize| (&gold.words[g].word, &predicted.words[p].word);
    let count = |right: &dyn Fn(usize, usize) -> bool| aligned.iter().filter(|(g, p)| right(*g, *p)).count();
    let tag = |g, p| of(g, p).0.upos == of(g, p).1.upos;
    let labelled = |g, p| same_parent(g, p) && relation(of(g, p).0) == relation(of(g, p).1);
    let rows: [(&str, usize); 4] = [
        ("Words", aligned.len()),
        ("UPOS", count(&tag)),
        ("UAS", count(&same_parent)),
        ("LAS", count(&labelled)),
    ];
    for (name, right) in rows {
        show(&mut scores, name, right, gold.words.len(), predicted.words.len());
    }
    Ok(scores)
}

fn show(scores: &mut Scores, name: &str, right: usize, gold: usize, predicted: usize) {
    let (p, r, f) = prf(right, predicted, gold);
    scores.line(&format!("{name:10} P {:6.2}  R {:6.2}  F1 {:6.2}", 100.0 * p, 100.0 * r, 100.0 * f));
    scores.figure(format!("{name} F1"), 100.0 * f);
}

fn difference(gold: &Laid, predicted: &Laid) -> String {
    let at = gold.characters.iter().zip(&predicted.characters).take_while(|(a, b)| a == b).count();
    let near = |laid: &Laid| laid.characters.iter().skip(at).take(20).collect::<String>();
    format!(
        "the texts differ at character {at}, white space left out: gold '{}', predicted '{}'",
        near(gold),
        near(predicted)
    )
}

/// A file laid out over its characters, white space left out.
#[derive(Debug, Default)]
struct Laid {
    characters: Vec<char>,
    tokens: Vec<(usize, usize)>,
    sentences: Vec<(usize, usize)>,
    words: Vec<align::Placed>,
}

impl Laid {
    fn out(sentences: &[Sentence]) -> Self {
        let mut laid = Self::default();
        sentences.iter().for_each(|sentence| laid.add(sentence));
        laid
    }

    fn add(&mut self, sentence: &Sentence) {
        let (begin, first) = (self.characters.len(), self.words.len());
        for surface in &sentence.surfaces {
            let start = self.characters.len();
            self.characters.extend(surface.form.chars().filter(|it| !it.is_whitespace()));
            let span = (start, self.characters.len());
            self.tokens.push(span);
            let (from, to) = surface.words;
            for word in &sentence.words[from..to] {
                let parent = word.head.checked_sub(1).map(|head| first + head);
                self.words.push(align::Placed { span, multi: to - from > 1, parent, word: word.clone() });
            }
        }
        self.sentences.push((begin, self.characters.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conll(rows: &[(&str, &str, &str, usize, &str)]) -> String {
        let row = |(id, form, upos, head, rel): &(&str, &str, &str, usize, &str)| {
            format!("{id}\t{form}\t_\t{upos}\t_\t_\t{head}\t{rel}\t_\t_\n")
        };
        rows.iter().map(row).collect::<String>() + "\n"
    }

    #[test]
    fn gold_against_itself_is_perfect() {
        let text = conll(&[
            ("1-2", "don’t", "_", 0, "_"),
            ("1", "do", "AUX", 3, "aux"),
            ("2", "n’t", "PART", 3, "advmod"),
            ("3", "go", "VERB", 0, "root"),
        ]);
        let scores = score_raw(&text, &text).unwrap();
        assert!(scores.figures.iter().all(|(_, value)| *value == 100.0), "{scores:?}");
    }

    #[test]
    fn subtypes_do_not_count() {
        let gold = conll(&[("1", "shot", "VERB", 0, "root"), ("2", "Xi", "PROPN", 1, "nsubj:pass")]);
        let predicted = conll(&[("1", "shot", "NOUN", 0, "root"), ("2", "Xi", "PROPN", 1, "nsubj")]);
        let figures = score(&gold, &predicted).unwrap().figures;
        assert_eq!(figures.iter().map(|(_, value)| *value).collect::<Vec<_>>(), [50.0, 100.0, 100.0]);
    }

    #[test]
    fn words_in_a_token_align_by_their_forms() {
        let gold = conll(&[
            ("1-2", "don’t", "_", 0, "_"),
            ("1", "do", "AUX", 3, "aux"),
            ("2", "n’t", "PART", 3, "advmod"),
            ("3", "go", "VERB", 0, "root"),
        ]);
        let predicted = conll(&[
            ("1", "do", "AUX", 3, "aux"),
            ("2", "n’t", "PART", 3, "advmod"),
            ("3", "go", "VERB", 0, "root"),
        ]);
        let figures = score_raw(&gold, &predicted).unwrap().figures;
        let value = |name: &str| figures.iter().find(|(it, _)| it == name).map_or(0.0, |(_, value)| *value);
        assert_eq!((value("Words F1"), value("LAS F1")), (100.0, 100.0));
        assert!((value("Tokens F1") - 40.0).abs() < 1e-9);
    }
}
