//! Clauses that a tree does not hang on the verb that says them.

use legation_text::Token;

use super::{
    aside,
    construction::Constructions,
    cue::Cues,
    find::{Match, is_passive},
    source,
    tree::Tree,
};

/// A verb of saying whose clause the tree hangs elsewhere, the verb being set off by commas ("…, he told us on
/// Friday, …").
pub(super) fn clause<'c>(
    tree: &Tree,
    cues: &'c Cues,
    constructions: &'c Constructions,
    at: usize,
) -> Option<Match<'c>> {
    let cue = cues.quoting(tree, at)?;
    let construction = constructions.clause()?;
    let frames = cue.frames.iter().filter_map(|frame| constructions.get(*frame));
    if !frames.into_iter().any(|frame| frame.id == "that" || frame.id == "addr-that") {
        return None;
    }
    if is_passive(tree, at) || !is_finite(tree.token(at)) {
        return None;
    }
    let subject = source::speaker(tree, at)?;
    let root = (0..tree.len()).find(|word| tree.token(*word).head.is_none())?;
    let found = Match { cue, construction, at, passive: false, parts: vec![root], astray: true };
    let set_off = root != at && aside::rest(tree, &found, &[at], &[subject]).is_some();
    set_off.then_some(found)
}

fn is_finite(token: &Token) -> bool {
    matches!(&*token.xpos, "VBZ" | "VBP" | "VBD")
}
