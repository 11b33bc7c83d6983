//! Finds cues and their constructions in one tree.

use legation_record::{Modality, Polarity, Span};
use legation_text::{DepPath, Upos};

use super::{
    astray,
    construction::{Construction, Constructions, Voice},
    cue::{Cue, Cues},
    draft::Draft,
    extent, source,
    tree::Tree,
};

/// What a construction found around a cue.
#[derive(Debug)]
pub(super) struct Match<'c> {
    pub cue: &'c Cue,
    pub construction: &'c Construction,
    /// The cue's token.
    pub at: usize,
    pub passive: bool,
    /// Heads of the parts of the content.
    pub parts: Vec<usize>,
    /// Whether the tree lost what is said, so that it is taken to be the rest of the sentence.
    pub astray: bool,
}

/// Every attribution that the tree shows, in the order of the cues.
pub(super) fn find(tree: &Tree, cues: &Cues, constructions: &Constructions) -> Vec<Draft> {
    (0..tree.len())
        .filter_map(|at| {
            best(tree, cues, constructions, at).or_else(|| astray::clause(tree, cues, constructions, at))
        })
        .filter_map(|found| draft(tree, constructions, &found))
        .collect()
}

/// The construction with the most parts that fits a token; the first listed of equals.
fn best<'c>(tree: &Tree, cues: &'c Cues, constructions: &'c Constructions, at: usize) -> Option<Match<'c>> {
    let passive = is_passive(tree, at);
    let mut best: Option<Match> = None;
    for cue in cues.at(tree, at) {
        for construction in cue.frames.iter().filter_map(|frame| constructions.get(*frame)) {
            let Some(parts) = fit(tree, construction, at, passive) else { continue };
            if best.as_ref().is_none_or(|best| best.parts.len() < parts.len()) {
                best = Some(Match { cue, construction, at, passive, parts, astray: false });
            }
        }
    }
    best
}

/// Whether the verb's subject suffers what it says.
pub(super) fn is_passive(tree: &Tree, at: usize) -> bool {
    let token = tree.token(at);
    let marked = tree.children(at).iter().any(|child| {
        let rel = &tree.token(*child).deprel;
        &**rel == "nsubj:pass" || &**rel == "aux:pass"
    });
    let bare = || tree.child(at, "aux").is_none() && tree.child(at, "nsubj").is_none();
    let participle = &*token.deprel == "acl" || &*token.deprel == "advcl" && bare();
    marked || (token.upos == Upos::Verb && &*token.xpos == "VBN" && participle)
}

/// Heads of the content's parts, or `None` where the construction does not fit.
fn fit(tree: &Tree, construction: &Construction, at: usize, passive: bool) -> Option<Vec<usize>> {
    let wrong = match construction.voice {
        Voice::Active | Voice::Any => false,
        Voice::Passive => !passive,
    };
    let barred = construction.unless.as_ref().is_some_and(|unless| !walk(tree, unless, at).is_empty());
    if wrong || barred || construction.needs.as_ref().is_some_and(|needs| walk(tree, needs, at).is_empty()) {
        return None;
    }
    if passive && construction.id == "that" && has_real_passive_subject(tree, at) {
        return None;
    }
    if construction.id == "that" && tree.token(at).upos == Upos::Noun && tells_of(tree, at) {
        return None;
    }
    let mut parts = Vec::new();
    for (index, path) in construction.content.iter().enumerate() {
        let found = walk(tree, path, at).into_iter().find(|found| !parts.contains(found));
        let turned =
            || (passive && index == 0 && construction.takes_object()).then(|| suffering(tree, at)).flatten();
        parts.push(found.or_else(turned)?);
    }
    Some(parts)
}

/// Whether the clause of a noun tells of the noun and not what it holds: "claims he had made", "claims that hurt".
fn tells_of(tree: &Tree, at: usize) -> bool {
    let relative = |child: &usize| {
        let that = tree.children(*child).iter().any(|mark| {
            tree.form(*mark) == "that"
                && (tree.token(*mark).is_rel("mark") || tree.token(*mark).upos == Upos::Sconj)
        });
        &*tree.token(*child).deprel == "acl:relcl" && !that
    };
    tree.children(at).iter().any(relative)
}

/// Whether the passive has a subject that means something: "what can be said that …" tells no clause,
/// "it was said that …" does.
fn has_real_passive_subject(tree: &Tree, at: usize) -> bool {
    tree.children(at)
        .iter()
        .any(|child| &*tree.token(*child).deprel == "nsubj:pass" && tree.form(*child) != "it")
}

/// The passive subject, or the noun that a participle describes.
fn suffering(tree: &Tree, at: usize) -> Option<usize> {
    let subject = tree.children(at).iter().copied().find(|child| &*tree.token(*child).deprel == "nsubj:pass");
    subject.or_else(|| tree.token(at).head.filter(|_| &*tree.token(at).deprel == "acl"))
}

/// The words a path leads to.
pub(super) fn walk(tree: &Tree, path: &DepPath, at: usize) -> Vec<usize> {
    path.find(tree.text, tree.sentence, at)
}

fn draft(tree: &Tree, constructions: &Constructions, found: &Match) -> Option<Draft> {
    let light = source::light_verb(tree, constructions, found);
    let helper = source::helper(tree, constructions, found.at);
    let cue = extent::cue(tree, found, light.or(helper));
    let heads = source::heads(tree, found, light);
    let content = extent::content(tree, found, &cue, &heads, &constructions.settings);
    let mut apart = cue.clone();
    apart.extend(heads.iter().flat_map(|head| tree.below(*head, &content)));
    let content_spans = tree.spans(&content, &apart);
    if content_spans.is_empty() || !source::may_be_absent(tree, found) && heads.is_empty() {
        return None;
    }
    let negated = is_negated(tree, found.at) || light.is_some_and(|verb| is_negated(tree, verb));
    let span_of = |index: &usize| tree.token(*index).span;
    let ends = |path: &Option<DepPath>| -> Vec<Span> {
        path.iter().flat_map(|path| walk(tree, path, found.at)).map(|index| tree.token(index).span).collect()
    };
    Some(Draft {
        source: heads.iter().flat_map(|head| source::extent(tree, *head, &content, &cue)).collect(),
        heads: heads.iter().flat_map(|head| source::joined(tree, *head)).map(|head| span_of(&head)).collect(),
        cue: extent::cue_spans(tree, &cue, &content),
        cue_head: tree.token(found.at).span,
        content: content_spans,
        act: found.cue.act.clone(),
        polarity: if negated { turned(found.cue.polarity) } else { found.cue.polarity },
        modality: modality(tree, light.or(helper).unwrap_or(found.at)),
        addressees: addressees(tree, constructions, found, &heads),
        targets: ends(&found.construction.target),
        places: places(tree, constructions, found, &content),
        sentence: tree.sentence.span,
        quotes: found.cue.quotes,
        doubtful: heads.is_empty() || tree.token(found.at).upos != Upos::Verb,
        inner_only: heads.is_empty() && is_plan(tree, found),
        rule: if found.astray { "attribution/verb-astray".to_owned() } else { found.construction.rule() },
    })
}

/// Where it is said: outside the content, as the verb's own complement or that of whom or what one speaks in.
fn places(tree: &Tree, constructions: &Constructions, found: &Match, content: &[usize]) -> Vec<Span> {
    let ways = constructions.places.iter().flat_map(|path| walk(tree, path, found.at));
    let outside = ways.filter(|at| content.binary_search(at).is_err());
    outside.map(|at| tree.token(at).span).collect()
}

/// Who is spoken to: told by the construction, else where anybody spoken to stands.
fn addressees(tree: &Tree, constructions: &Constructions, found: &Match, heads: &[usize]) -> Vec<Span> {
    let own = found.construction.addressee.iter().flat_map(|path| walk(tree, path, found.at));
    let mut all: Vec<usize> = own.collect();
    if all.is_empty() && found.cue.quotes {
        let general = constructions.addressees.iter().flat_map(|path| walk(tree, path, found.at));
        all.extend(general.take(2));
    }
    all.retain(|head| !heads.contains(head) && !found.parts.contains(head));
    all.into_iter().map(|head| tree.token(head).span).collect()
}

/// Whether a noun names a plan, a call or a question rather than something told.
fn is_plan(tree: &Tree, found: &Match) -> bool {
    let told = ["of", "that"].contains(&&*found.construction.id);
    tree.token(found.at).upos == Upos::Noun && !told
}

fn turned(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::Positive => Polarity::Negative,
        Polarity::Negative => Polarity::Positive,
    }
}

fn is_negated(tree: &Tree, at: usize) -> bool {
    let no = |child: &usize| {
        let token = tree.token(*child);
        token.feat("Polarity") == Some("Neg")
            || matches!(&*token.lemma, "not" | "never" | "no" | "n't" | "neither" | "nor")
    };
    tree.children(at).iter().any(no)
}

/// How real the speaking itself is told to be.
fn modality(tree: &Tree, at: usize) -> Modality {
    for child in tree.children(at) {
        let token = tree.token(*child);
        match &*token.lemma {
            "will" | "shall" | "would" if token.is_rel("aux") => return Modality::Planned,
            "may" | "might" | "could" | "can" if token.is_rel("aux") => return Modality::Possible,
            "should" | "must" | "ought" if token.is_rel("aux") => return Modality::Requested,
            "if" | "unless" if token.is_rel("mark") => return Modality::Hypothetical,
            "reportedly" | "allegedly" | "purportedly" | "supposedly" => return Modality::Alleged,
            _ => {}
        }
    }
    Modality::Asserted
}
