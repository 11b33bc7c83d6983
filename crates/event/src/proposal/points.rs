use legation_record::{Evidence, Omission, Point, Span};
use legation_text::{BlockKind, Sentence, Upos};

use super::{find::Plan, provision::Provisions, rule::PlanRule};
use crate::Below;

const LIST: &str = "proposal/list";
const INLINE: &str = "proposal/inline";
const OMITS: &str = "proposal/omits";

/// The points of a plan: the items of the list after it, or what the sentence enumerates.
pub fn points(rule: &PlanRule, provisions: &Provisions, below: Below<'_>, plan: &Plan) -> Vec<Point> {
    let listed =
        plan.mentions.iter().rev().map(|(index, _, _)| items(below, *index)).find(|items| items.len() > 1);
    if let Some(items) = listed {
        return number(provisions, below, items, LIST);
    }
    let inline = plan.mentions.iter().map(|(index, _, span)| contained(rule, below, *index, *span));
    let spans = inline.into_iter().find(|spans| !spans.is_empty()).unwrap_or_default();
    number(provisions, below, spans, INLINE)
}

fn number(provisions: &Provisions, below: Below<'_>, spans: Vec<Span>, by: &str) -> Vec<Point> {
    let point = |(at, span): (usize, Span)| Point {
        number: at as u32 + 1,
        span,
        provisions: provisions.of(span.slice(&below.article.text).unwrap_or_default()),
        evidence: Evidence::new(span, by),
    };
    spans.into_iter().enumerate().map(point).collect()
}

/// The list that follows the block of a sentence.
fn items(below: Below<'_>, sentence: usize) -> Vec<Span> {
    let block = below.parse.sentences[sentence].block;
    let after = below.parse.blocks.iter().skip(block + 1);
    after.take_while(|block| block.kind == BlockKind::ListItem).map(|block| block.span).collect()
}

/// What stands after "calls for" and the like, divided at its commas and "and".
fn contained(rule: &PlanRule, below: Below<'_>, index: usize, mention: Span) -> Vec<Span> {
    let sentence = &below.parse.sentences[index];
    let text = &below.article.text;
    let Some(rest) = Span::new(mention.end, sentence.span.end).slice(text) else { return Vec::new() };
    let Some(end) = after_phrase(rest, &rule.contains) else { return Vec::new() };
    divide(text, sentence, mention.end + end, true)
}

/// What plans are told to leave out.
pub fn omissions(rule: &PlanRule, provisions: &Provisions, below: Below<'_>, plan: &Plan) -> Vec<Omission> {
    let text = &below.article.text;
    let mut all = Vec::new();
    for (index, sentence) in below.parse.sentences.iter().enumerate() {
        let words = sentence.span.slice(text).unwrap_or_default();
        let Some(end) = after_phrase(words, &rule.omits) else { continue };
        if !speaks_of(rule, below, plan, index) {
            continue;
        }
        let spans = divide(text, sentence, sentence.span.start + end, false);
        all.extend(spans.into_iter().map(|span| Omission {
            span,
            provisions: provisions.of(span.slice(text).unwrap_or_default()),
            evidence:
                Evidence::of(vec![span, sentence.span], OMITS).unwrap_or_else(|| Evidence::new(span, OMITS)),
        }));
    }
    all
}

/// Sentences and lists back in which the plan of an "it" may be named.
const BACK: usize = 3;

/// A sentence speaks of a plan that it names, with "the plan" after it was named, or with "it" after a sentence
/// that speaks of it; lists between do not count.
fn speaks_of(rule: &PlanRule, below: Below<'_>, plan: &Plan, index: usize) -> bool {
    let named = |at: usize| plan.mentions.iter().any(|(index, _, _)| *index == at);
    let mut at = index;
    for _ in 0..BACK {
        match opening(rule, below, at) {
            _ if named(at) => return true,
            Opening::Plan => return plan.mentions.iter().any(|(mention, _, _)| *mention < at),
            Opening::Pronoun => {}
            Opening::Other => return false,
        }
        let Some(before) = (0..at).rev().find(|before| !is_item(below, *before)) else { return false };
        at = before;
    }
    false
}

/// With what a sentence begins.
enum Opening {
    Pronoun,
    Plan,
    Other,
}

fn opening(rule: &PlanRule, below: Below<'_>, index: usize) -> Opening {
    let tokens = &below.parse.sentences[index].tokens;
    let mut words = tokens.iter().map(|token| token.form(&below.article.text).to_lowercase());
    match (words.next().as_deref(), words.next()) {
        (Some("it"), _) => Opening::Pronoun,
        (Some("the"), Some(noun)) if rule.heads.contains(&noun) => Opening::Plan,
        (Some("this" | "that"), Some(noun)) if rule.heads.contains(&noun) => Opening::Plan,
        (Some("this" | "that"), _) => Opening::Pronoun,
        _ => Opening::Other,
    }
}

fn is_item(below: Below<'_>, sentence: usize) -> bool {
    let block = below.parse.blocks.get(below.parse.sentences[sentence].block);
    block.is_some_and(|block| block.kind == BlockKind::ListItem)
}

/// Where a phrase of the list ends in `words`, the earliest.
fn after_phrase(words: &str, phrases: &[String]) -> Option<usize> {
    let lower = words.to_ascii_lowercase();
    let found = phrases.iter().filter_map(|phrase| {
        let at = lower.find(&format!("{phrase} "))?;
        let inside = lower[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        (!inside).then_some((at, at + phrase.len()))
    });
    found.min().map(|(_, end)| end)
}

/// The rest of a sentence from a byte on, divided at "or", "nor" and, for lists, commas and "and".
fn divide(text: &str, sentence: &Sentence, from: usize, commas: bool) -> Vec<Span> {
    let first = sentence.tokens.partition_point(|token| token.span.start < from);
    let mut parts: Vec<Vec<usize>> = vec![Vec::new()];
    for at in first..sentence.tokens.len() {
        let form = sentence.tokens[at].form(text).to_lowercase();
        let or = matches!(form.as_str(), "or" | "nor");
        let and = commas && (form == "," || form == ";" || (form == "and" && divides(sentence, text, at)));
        match or || and {
            true => parts.push(Vec::new()),
            false => parts.last_mut().into_iter().for_each(|part| part.push(at)),
        }
    }
    parts.iter().filter_map(|part| trimmed(text, sentence, part)).collect()
}

/// "and" divides points when a comma stands before it or a new noun phrase begins after it.
fn divides(sentence: &Sentence, text: &str, at: usize) -> bool {
    let comma = at > 0 && sentence.tokens[at - 1].form(text) == ",";
    comma || sentence.tokens.get(at + 1).is_some_and(|next| next.upos == Upos::Det)
}

/// A part without punctuation at its ends and "either" before it.
fn trimmed(text: &str, sentence: &Sentence, part: &[usize]) -> Option<Span> {
    let word = |at: &&usize| {
        let token = &sentence.tokens[**at];
        token.upos != Upos::Punct && !matches!(token.form(text).to_lowercase().as_str(), "either" | "and")
    };
    let (first, last) = (part.iter().find(word)?, part.iter().rev().find(word)?);
    Some(sentence.tokens[*first].span.cover(sentence.tokens[*last].span))
}
