//! What hangs on the end of a content although the author says it, not the source.

use std::collections::BTreeSet;

use super::{
    find::Match,
    tree::{Tree, is_quote},
};

/// Branches looked at from the end of one content.
const MOST_CUTS: usize = 4;

/// Steps up from the last word.
const MOST_STEPS: usize = 24;

/// Cuts off the end of a content what belongs to the author or to the cue: a relative clause after a comma
/// that tells of a thing named, what the source goes on to do ("…, saying …"), and where it was said
/// ("… in a statement").
pub(super) fn cut(tree: &Tree, found: &Match, settings: &BTreeSet<String>, words: &mut Vec<usize>) {
    for _ in 0..MOST_CUTS {
        let Some(start) = loose(tree, found, settings, words) else { return };
        words.truncate(start);
        while words.last().is_some_and(|last| tree.form(*last) == ",") {
            words.pop();
        }
    }
}

/// Where the branch that ends the content begins, if it is to be cut.
fn loose(tree: &Tree, found: &Match, settings: &BTreeSet<String>, words: &[usize]) -> Option<usize> {
    let last = *words.iter().rev().find(|word| !tree.is_punct(**word))?;
    if words.iter().any(|word| is_quote(&tree.form(*word))) && is_quote(&tree.form(*words.last()?)) {
        return None;
    }
    let mut widest = None;
    for head in std::iter::once(last).chain(tree.sentence.ancestors(last)).take(MOST_STEPS) {
        if found.parts.contains(&head) || words.binary_search(&head).is_err() {
            break;
        }
        let Some(start) = start_of(tree, head, words) else { continue };
        if is_loose(tree, found, settings, head, words, start) {
            widest = Some(start);
        }
    }
    widest.filter(|start| *start > 0)
}

/// Index in `words` of the first word of a branch that ends them, marks after it left aside.
fn start_of(tree: &Tree, branch: usize, words: &[usize]) -> Option<usize> {
    let end = words.iter().rposition(|word| !tree.is_punct(*word))?;
    let outside = words[..=end].iter().rposition(|word| !tree.is_below(*word, branch));
    outside.map(|at| at + 1).filter(|at| *at <= end)
}

fn is_loose(
    tree: &Tree,
    found: &Match,
    settings: &BTreeSet<String>,
    branch: usize,
    words: &[usize],
    start: usize,
) -> bool {
    let token = tree.token(branch);
    let set_off = |at: usize| matches!(&*tree.form(at), "," | "—" | "–" | "--" | "-");
    let after_comma = start > 0 && (set_off(words[start]) || set_off(words[start] - 1));
    let clausal = ["that", "addr-that", "as-clause", "according"].contains(&&*found.construction.id);
    let relative = &*token.deprel == "acl:relcl" && after_comma && !clausal;
    let goes_on = token.is_rel("advcl") && &*token.xpos == "VBG" && after_comma && no_mark(tree, branch);
    let setting = (token.is_rel("nmod") || token.is_rel("obl"))
        && !clausal
        && settings.contains(&*token.lemma)
        && tree.children(branch).iter().any(|child| {
            tree.token(*child).is_rel("case") && matches!(&*tree.form(*child), "in" | "during" | "at" | "on")
        });
    let beside = (&*token.deprel == "appos" || &*token.deprel == "acl") && after_comma && !clausal;
    let meanwhile = clausal && after_comma && token.is_rel("advcl") && contrasts(tree, branch);
    relative || goes_on || setting || beside || meanwhile
}

/// Whether a clause tells by a past tense and a subject of its own what happened otherwise: "…, while others left".
fn contrasts(tree: &Tree, branch: usize) -> bool {
    let marked = |child: &usize| {
        tree.token(*child).is_rel("mark") && matches!(&*tree.form(*child), "while" | "although" | "though")
    };
    let past = &*tree.token(branch).xpos == "VBD";
    past && tree.child(branch, "nsubj").is_some() && tree.children(branch).iter().any(marked)
}

fn no_mark(tree: &Tree, branch: usize) -> bool {
    !tree
        .children(branch)
        .iter()
        .any(|child| tree.token(*child).is_rel("mark") || tree.token(*child).is_rel("case"))
}
