//! Coordinations that a tree hangs on what is said although they go on with who says it: "said it was late
//! and warned of rain".

use std::borrow::Cow;

use legation_text::{Parse, Sentence, Token, Upos};

use super::{cue::Cues, tree::Tree};

/// Steps up from a joined verb.
const MOST_STEPS: usize = 8;

/// The parse with such verbs joined to the verb of saying.
pub(super) fn mended<'a>(text: &str, parse: &'a Parse, cues: &Cues) -> Cow<'a, Parse> {
    let mut mended = Cow::Borrowed(parse);
    for (index, sentence) in parse.sentences.iter().enumerate() {
        for (verb, head) in moves(text, sentence, cues) {
            let owned: &mut Parse = mended.to_mut();
            owned.sentences[index].tokens[verb].head = Some(head);
        }
    }
    mended
}

/// Joined verbs and the verb that each belongs to.
fn moves(text: &str, sentence: &Sentence, cues: &Cues) -> Vec<(usize, usize)> {
    let joined = |token: &Token| &*token.deprel == "conj" && token.upos == Upos::Verb;
    if !sentence.tokens.iter().any(joined) {
        return Vec::new();
    }
    let Some(tree) = Tree::new(text, sentence) else { return Vec::new() };
    let verbs =
        (0..tree.len()).filter(|at| joined(tree.token(*at)) && !cues.of(tree.token(*at), text).is_empty());
    verbs.filter_map(|verb| Some((verb, sayer(&tree, cues, verb)?))).collect()
}

/// The verb of saying above a clause that a cue verb is joined to, if the cue goes on with that verb.
fn sayer(tree: &Tree, cues: &Cues, verb: usize) -> Option<usize> {
    let first = tree.token(verb).head?;
    let (mut clause, mut told) = (false, false);
    for up in std::iter::once(first).chain(tree.sentence.ancestors(first)).take(MOST_STEPS) {
        if clause && goes_on(tree, cues, up, first, verb, told) {
            return Some(up);
        }
        told |= tree.token(up).is_rel("ccomp");
        clause |= told || tree.token(up).is_rel("xcomp");
    }
    None
}

/// Whether a joined verb has the form of `above` and no subject of its own that tells otherwise.
fn goes_on(tree: &Tree, cues: &Cues, above: usize, first: usize, verb: usize, told: bool) -> bool {
    let speaks = told && cues.of(tree.token(verb), tree.text).iter().any(|cue| cue.quotes);
    let unlike = form(tree, first) != form(tree, verb);
    let free = match tree.child(verb, "nsubj") {
        None => unlike || speaks,
        Some(subject) => speaks && is_turn(tree, verb, subject),
    };
    above < first && tree.token(above).upos == Upos::Verb && form(tree, above) == form(tree, verb) && free
}

/// The tag of the word that carries a verb's tense: its first auxiliary, or itself.
fn form<'a>(tree: &Tree<'a>, at: usize) -> &'a str {
    let carries = tree.child(at, "aux").filter(|aux| *aux < at).unwrap_or(at);
    &tree.token(carries).xpos
}

/// "…, but he also warned": the author's turn, not what is said.
fn is_turn(tree: &Tree, verb: usize, subject: usize) -> bool {
    let but = tree.child(verb, "cc").is_some_and(|cc| tree.form(cc) == "but");
    but && matches!(&*tree.form(subject), "he" | "she")
}
