//! How far cue and content reach.

use std::collections::BTreeSet;

use legation_record::Span;
use legation_text::Upos;

use super::{
    aside,
    cue::put_it,
    find::Match,
    trailing,
    tree::{Tree, is_quote},
};

/// The cue's words: auxiliaries, negation, adverbs among them, particle, the preposition that opens the
/// content, and the light verb of a noun.
pub(super) fn cue(tree: &Tree, found: &Match, light: Option<usize>) -> Vec<usize> {
    let verb = light.unwrap_or(found.at);
    let mut words = vec![found.at];
    let helps = |child: usize| {
        let token = tree.token(child);
        token.is_rel("aux")
            || token.is_rel("cop")
            || token.is_rel("compound:prt")
            || found.construction.id == "as-clause" && put_it(tree, verb) == Some(child)
            || token.is_rel("advmod") && child < verb && near(tree, child, verb)
    };
    words.extend(tree.children(verb).iter().copied().filter(|child| helps(*child)));
    if let Some(verb) = light {
        words.extend(verb..=found.at);
    }
    for part in &found.parts {
        words.extend(opening(tree, found, *part));
    }
    words.extend(tree.children(found.at).iter().copied().filter(|child| tree.token(*child).is_rel("fixed")));
    words.sort_unstable();
    words.dedup();
    words
}

/// An adverb with nothing but auxiliaries and adverbs between it and the verb.
fn near(tree: &Tree, from: usize, verb: usize) -> bool {
    (from + 1..verb).all(|between| matches!(tree.token(between).upos, Upos::Aux | Upos::Adv | Upos::Part))
}

/// The preposition of a part that belongs to the cue.
fn opening(tree: &Tree, found: &Match, part: usize) -> Vec<usize> {
    let drops = |child: &usize| {
        let token = tree.token(*child);
        (token.is_rel("case") || token.is_rel("mark"))
            && *child < part
            && found.construction.drop.contains(&tree.form(*child))
    };
    tree.children(part).iter().copied().find(drops).into_iter().collect()
}

/// The content's words.
pub(super) fn content(
    tree: &Tree,
    found: &Match,
    cue: &[usize],
    sources: &[usize],
    settings: &BTreeSet<String>,
) -> Vec<usize> {
    if let Some(mut words) = aside::rest(tree, found, cue, sources) {
        let taken: Vec<usize> = sources.iter().flat_map(|head| tree.below(*head, &found.parts)).collect();
        words.retain(|word| !cue.contains(word) && !taken.contains(word));
        return words;
    }
    let mut words = Vec::new();
    for part in &found.parts {
        let without = without(tree, found, *part, sources);
        words.extend(tree.below(*part, &without));
        let opened = opening(tree, found, *part).first().map_or(*part, |opening| opening + 1);
        words.extend(opened..*part);
    }
    for more in coordinated(tree, found) {
        words.extend(tree.below(more, &[]));
    }
    for stray in strays(tree, found, sources) {
        words.extend(tree.below(stray, &[]));
    }
    words.sort_unstable();
    words.dedup();
    words.retain(|word| !cue.contains(word));
    if let Some(start) = utterance_after(tree, cue) {
        words.retain(|word| *word >= start);
    }
    trailing::cut(tree, found, settings, &mut words);
    if let Some(end) = finished_quote(tree, &words) {
        words.truncate(end);
    }
    words
}

/// Where a quotation with a sentence of its own opens right after the cue.
fn utterance_after(tree: &Tree, cue: &[usize]) -> Option<usize> {
    let next = cue.last()? + 1;
    let marked = next < tree.len() && matches!(&*tree.form(next), "," | ":");
    let start = if marked { next + 1 } else { next };
    aside::opens_utterance(tree, start).then_some(start)
}

/// Where a quotation that opens the content ends with a mark of its own sentence (“… smart,” when …): what follows
/// it is the author's again.
fn finished_quote(tree: &Tree, words: &[usize]) -> Option<usize> {
    let marks: Vec<usize> = (0..words.len()).filter(|at| is_quote(&tree.form(words[*at]))).collect();
    let [0, end] = marks[..] else { return None };
    let ended = matches!(&*tree.form(words[end.checked_sub(1)?]), "," | "." | "?" | "!");
    (ended && end > 3).then_some(end + 1)
}

/// Clauses with "that" which a tree joins to the verb of saying instead of to the first clause said:
/// "said it was late and that all would leave".
fn coordinated(tree: &Tree, found: &Match) -> Vec<usize> {
    let Some(part) = found.parts.last().copied().filter(|part| *part > found.at) else { return Vec::new() };
    if !matches!(&*found.construction.id, "that" | "addr-that") {
        return Vec::new();
    }
    let that = |child: usize, mark: usize| {
        let token = tree.token(mark);
        token.is_rel("mark") && tree.form(mark) == "that"
            || token.is_rel("cc") && mark + 1 < child && tree.form(mark + 1) == "that"
    };
    let with_that = |child: &usize| {
        tree.token(*child).is_rel("conj")
            && *child > part
            && tree.children(*child).iter().any(|mark| that(*child, *mark))
    };
    tree.children(found.at).iter().copied().filter(with_that).collect()
}

/// Subjects and objects that a tree hangs on a verb of saying although they belong to what is said:
/// those between verb and clause, or before the clause that goes before the verb.
fn strays(tree: &Tree, found: &Match, sources: &[usize]) -> Vec<usize> {
    let (Some(part), Some(source)) = (found.parts.first().copied(), sources.first().copied()) else {
        return Vec::new();
    };
    if found.construction.id != "that"
        || tree.token(found.at).upos != Upos::Verb
        || tree.token(part).head != Some(found.at)
    {
        return Vec::new();
    }
    let named = |child: &usize| ["nsubj", "obj", "expl"].iter().any(|rel| tree.token(*child).is_rel(rel));
    let between = |child: &usize| {
        if part > found.at { source < found.at && *child > found.at && *child < part } else { *child < part }
    };
    let own = tree.children(found.at).iter().copied();
    own.filter(|child| *child != source && named(child) && between(child)).collect()
}

/// Branches of a part that are not content: the one with the cue, and what another clause says about it.
fn without(tree: &Tree, found: &Match, part: usize, sources: &[usize]) -> Vec<usize> {
    let holds_cue = tree.is_below(found.at, part) && part != found.at;
    let mut branches: Vec<usize> = sources.to_vec();
    if holds_cue {
        branches.extend(tree.children(part).iter().copied().filter(|child| tree.is_below(found.at, *child)));
    }
    branches
}

/// The cue's words as spans, with a colon that leads to the content.
pub(super) fn cue_spans(tree: &Tree, cue: &[usize], content: &[usize]) -> Vec<Span> {
    let mut words = cue.to_vec();
    let mut spans: Vec<Span> = Vec::new();
    let after = words.last().map_or(0, |last| last + 1);
    let colon =
        after < tree.len() && tree.form(after) == ":" && content.first().is_none_or(|first| *first > after);
    if colon {
        words.push(after);
    }
    let mut previous = None;
    for word in words {
        let span = tree.token(word).span;
        match spans.last_mut() {
            Some(last) if previous == Some(word.wrapping_sub(1)) => *last = last.cover(span),
            _ => spans.push(span),
        }
        previous = Some(word);
    }
    spans
}
