//! Who the source of a cue is, and which words name it.

use legation_record::Span;
use legation_text::Upos;

use super::{
    construction::{Constructions, Voice},
    find::{Match, walk},
    tree::Tree,
};

/// How many steps up a subject may be shared from.
const MOST_STEPS: usize = 6;

/// The light verb of which a cue noun is the object: "makes no mention of".
pub(super) fn light_verb(tree: &Tree, constructions: &Constructions, found: &Match) -> Option<usize> {
    let token = tree.token(found.at);
    let verb = token.head.filter(|_| token.upos == Upos::Noun && token.is_rel("obj"))?;
    constructions.light_verbs.contains(&*tree.token(verb).lemma).then_some(verb)
}

/// The verb that belongs to a cue in its infinitive: "has been trying to persuade".
pub(super) fn helper(tree: &Tree, constructions: &Constructions, at: usize) -> Option<usize> {
    let token = tree.token(at);
    let verb = token.head.filter(|verb| token.is_rel("xcomp") && *verb < at && at - verb < 4)?;
    constructions.helpers.contains(&*tree.token(verb).lemma).then_some(verb)
}

/// Heads of the sources.
pub(super) fn heads(tree: &Tree, found: &Match, light: Option<usize>) -> Vec<usize> {
    let told: Option<usize> = match &found.construction.source {
        Some(None) => return Vec::new(),
        Some(Some(path)) => {
            let its = |head: &usize| light.is_some() && tree.token(*head).upos == Upos::Pron;
            let mut named = walk(tree, path, found.at).into_iter();
            let named = named.find(|head| !found.parts.contains(head) && !its(head));
            named.or_else(|| light.and_then(|verb| subject(tree, verb)))
        }
        None if found.passive => agent(tree, found.at),
        None => subject(tree, found.at)
            .filter(|head| !found.parts.contains(head))
            .or_else(|| inverted(tree, found)),
    };
    told.into_iter().collect()
}

/// Whether a construction without a source still attributes.
pub(super) fn may_be_absent(_tree: &Tree, found: &Match) -> bool {
    let verbal = found.passive && found.parts.len() > 1;
    verbal
        || found.construction.voice != Voice::Active && found.passive
        || found.construction.source.is_some()
}

/// "by" and who.
fn agent(tree: &Tree, at: usize) -> Option<usize> {
    let by = |child: &usize| {
        let token = tree.token(*child);
        &*token.deprel == "obl:agent"
            || token.is_rel("obl")
                && tree
                    .children(*child)
                    .iter()
                    .any(|mark| tree.token(*mark).is_rel("case") && tree.form(*mark) == "by")
    };
    tree.children(at).iter().copied().find(by)
}

/// "…", said the minister: the subject read as an object.
fn inverted(tree: &Tree, found: &Match) -> Option<usize> {
    let object = tree.child(found.at, "obj")?;
    (found.cue.quotes && !found.parts.contains(&object)).then_some(object)
}

/// Who speaks by a cue of quoted words: the subject before it or after it.
pub(super) fn speaker(tree: &Tree, at: usize) -> Option<usize> {
    subject(tree, at).or_else(|| tree.child(at, "obj")).or_else(|| before_colon(tree, at))
}

/// "The Post reports:": the name before the last word of a line, which the tree joins to it as to a noun.
fn before_colon(tree: &Tree, at: usize) -> Option<usize> {
    let last = tree.token(at).head.is_none() && at + 2 == tree.len() && tree.form(at + 1) == ":";
    let name = tree.child(at, "compound").filter(|_| last)?;
    (tree.token(name).upos == Upos::Propn).then_some(name)
}

/// The subject of a verb, its own or shared from above.
fn subject(tree: &Tree, verb: usize) -> Option<usize> {
    let mut at = verb;
    for step in 0..MOST_STEPS {
        let own = own_subject(tree, at, step > 0);
        if own.is_some() {
            return own;
        }
        let token = tree.token(at);
        let up = token.head?;
        if token.is_rel("acl") {
            return Some(up);
        }
        if token.is_rel("xcomp")
            && let Some(object) = tree.child(up, "obj")
        {
            return Some(object);
        }
        let shared = ["conj", "xcomp", "advcl", "ccomp", "parataxis", "appos", "dep"];
        if !shared.iter().any(|rel| token.is_rel(rel)) {
            return (token.is_rel("amod")).then_some(up);
        }
        at = up;
    }
    None
}

/// The subject among a verb's children: of several the nearest before it, for the others belong to
/// what is said.
fn own_subject(tree: &Tree, verb: usize, passive_too: bool) -> Option<usize> {
    let subject = |child: &usize| {
        let token = tree.token(*child);
        token.is_rel("nsubj") && (passive_too || &*token.deprel != "nsubj:pass")
    };
    let all: Vec<usize> = tree.children(verb).iter().copied().filter(subject).collect();
    all.iter().rev().copied().find(|child| *child < verb).or_else(|| all.first().copied())
}

/// Sources named together at most.
const MOST_JOINED: usize = 8;

/// The head of a source and those joined to it: "China and Brazil".
pub(super) fn joined(tree: &Tree, head: usize) -> Vec<usize> {
    let noun = |child: &usize| {
        let token = tree.token(*child);
        token.is_rel("conj") && matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron)
    };
    let others = tree.children(head).iter().copied().filter(noun).take(MOST_JOINED);
    std::iter::once(head).chain(others).collect()
}

/// The words of a source: its phrase without preposition, edge marks and what belongs to the content.
pub(super) fn extent(tree: &Tree, head: usize, content: &[usize], cue: &[usize]) -> Vec<Span> {
    let governs_cue =
        |branch: &usize| cue.iter().any(|cue| tree.is_below(*cue, *branch)) && !cue.contains(&head);
    let without: Vec<usize> = tree
        .children(head)
        .iter()
        .copied()
        .filter(|child| {
            let token = tree.token(*child);
            token.is_rel("case")
                || governs_cue(child)
                || token.is_rel("parataxis")
                || token.is_rel("cc") && *child < head
        })
        .collect();
    let mut words = tree.below(head, &without);
    words.retain(|word| content.binary_search(word).is_err() && !cue.contains(word));
    drop_possessive(tree, &mut words);
    let around = words.iter().position(|word| *word == head).unwrap_or(0);
    let neighbours = |pair: &[usize]| (pair[0] + 1..pair[1]).all(|gap| tree.is_punct(gap));
    let first = (0..around).rev().take_while(|at| neighbours(&words[*at..=*at + 1])).last().unwrap_or(around);
    let last = (around..words.len())
        .take_while(|at| *at == around || neighbours(&words[*at - 1..=*at]))
        .last()
        .unwrap_or(around);
    let Some(run) = words.get(first..=last) else { return Vec::new() };
    let article = run.first().and_then(|first| first.checked_sub(1)).filter(|word| is_article(tree, *word));
    let run: Vec<usize> = article.into_iter().chain(run.iter().copied()).collect();
    tree.spans(&run, cue)
}

fn is_article(tree: &Tree, word: usize) -> bool {
    tree.token(word).is_rel("det") && matches!(&*tree.form(word), "the" | "a" | "an")
}

fn drop_possessive(tree: &Tree, words: &mut Vec<usize>) {
    if words.last().is_some_and(|last| &*tree.token(*last).xpos == "POS") {
        words.pop();
    }
}
