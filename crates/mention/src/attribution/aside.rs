//! Cue clauses set off by commas: "…, the minister said, …". What is said is the rest of the sentence.

use legation_text::Upos;

use super::{
    find::Match,
    tree::{Tree, is_quote},
};

/// The rest of the sentence around a cue clause that commas set off, or `None` where none is set off.
pub(super) fn rest(tree: &Tree, found: &Match, cue: &[usize], sources: &[usize]) -> Option<Vec<usize>> {
    let clausal = found.construction.id == "that" && found.cue.quotes && !found.passive;
    let part = found.parts.first().copied()?;
    if !clausal && found.construction.id != "according" {
        return None;
    }
    if sources.first().is_some_and(|head| tree.form(*head) == "you") {
        return None; // "…, you know, …" tells nothing
    }
    let (first, last) = window(tree, found, cue, sources)?;
    let before = first.checked_sub(1).filter(|at| is_edge(tree, *at))?;
    let goes_on = last + 1 < tree.len() && tree.form(last + 1) == ",";
    let ended = (last + 1..tree.len()).all(|at| tree.is_punct(at));
    if !goes_on && !ended || part > first && !(goes_on && clausal) {
        return None;
    }
    if goes_on && !is_quote(&tree.form(before)) && opens_utterance(tree, last + 2) {
        return Some((last + 2..tree.len()).collect());
    }
    let from = (0..before).rev().find(|at| tree.form(*at) == ";").map_or(0, |at| at + 1);
    let from = utterance_before(tree, from, before).unwrap_or(from);
    let mut words: Vec<usize> = (from..first).collect();
    if goes_on && says_on(tree, last + 1, is_quote(&tree.form(before))) {
        words.extend(last + 1..tree.len());
    }
    words.iter().any(|word| !tree.is_punct(*word)).then_some(words)
}

/// Where a quotation with a sentence of its own opens that ends before the cue clause, after a comma or a colon.
fn utterance_before(tree: &Tree, from: usize, end: usize) -> Option<usize> {
    let ends = is_quote(&tree.form(end));
    let open = (from + 1..end).rev().take_while(|_| ends).find(|at| is_quote(&tree.form(*at)))?;
    (matches!(&*tree.form(open - 1), "," | ":") && opens_utterance(tree, open)).then_some(open)
}

/// Whether a quotation opens at a word with a sentence of its own: what stands before is the author's.
pub(super) fn opens_utterance(tree: &Tree, at: usize) -> bool {
    let capital = |word: usize| tree.token(word).form(tree.text).starts_with(char::is_uppercase);
    at + 1 < tree.len() && is_quote(&tree.form(at)) && capital(at + 1)
}

/// Whether what is said goes on after the comma: what was quoted before must be quoted there.
fn says_on(tree: &Tree, comma: usize, quoted: bool) -> bool {
    let Some(next) = (comma + 1..tree.len()).next() else { return false };
    let opens = is_quote(&tree.form(next));
    let another = |at: usize| &*tree.token(at).xpos == "VBG" || matches!(&*tree.form(at), "who" | "which");
    if quoted { opens } else { !another(next) }
}

/// First and last word of cue, source and what else stands with them up to the next comma.
fn window(tree: &Tree, found: &Match, cue: &[usize], sources: &[usize]) -> Option<(usize, usize)> {
    let head = sources.first().copied()?;
    let inside =
        |at: usize| tree.is_below(at, head) && !found.parts.iter().any(|part| tree.is_below(*part, head));
    let mut first = (*cue.first()?).min(head);
    let mut last = (*cue.last()?).max(head);
    while first > 0 && inside(first - 1) && !is_edge(tree, first - 1) {
        first -= 1;
    }
    let said = |at: usize| {
        found.parts.iter().any(|part| tree.is_below(at, *part) && !tree.is_below(found.at, *part))
    };
    let with_cue = |at: usize| tree.is_below(at, found.at) && !said(at);
    while last + 1 < tree.len() && !is_quote(&tree.form(last + 1)) {
        let next = last + 1;
        let appositive = inside(next) && (last.max(head) == last);
        if !appositive && (tree.is_punct(next) || !with_cue(next)) {
            break;
        }
        last = next;
    }
    while last > first && tree.is_punct(last) {
        last -= 1;
    }
    let said_to = last;
    last = with_setting(tree, last);
    let own = |at: usize| tree.is_punct(at) || inside(at) || cue.contains(&at) || with_cue(at);
    (last - first < MOST_WORDS && (first..=said_to).all(own)).then_some((first, last))
}

/// The last word before the next comma, where only a few words without a verb stand between: "said in an
/// interview on Monday,".
fn with_setting(tree: &Tree, last: usize) -> usize {
    let plain = |at: &usize| !tree.is_punct(*at) && !matches!(tree.token(*at).upos, Upos::Verb | Upos::Aux);
    let end = (last + 1..tree.len()).take(MOST_SETTING).take_while(plain).last().unwrap_or(last);
    let opens = tree.token((last + 1).min(tree.len() - 1)).upos == Upos::Adp;
    if opens && end + 1 < tree.len() && tree.form(end + 1) == "," { end } else { last }
}

/// Words that tell when and where, after a cue.
const MOST_SETTING: usize = 8;

/// Words of a cue clause with its source: longer ones are no asides.
const MOST_WORDS: usize = 40;

fn is_edge(tree: &Tree, at: usize) -> bool {
    let form = tree.form(at);
    matches!(&*form, "," | "—" | "–" | "--") || is_quote(&form)
}
