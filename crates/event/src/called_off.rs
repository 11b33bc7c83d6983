//! "The visit was cancelled": what is called off is the journey that was announced before.

use legation_record::{Event, Evidence, Status};
use legation_text::Upos;

use crate::{
    Below, assemble,
    clause::Clause,
    draft::{Draft, Finder},
    status, when,
};

const BY: &str = "event/called-off";

/// The journeys that a sentence calls off by a noun that says neither whose nor where to; `before`: those told so far.
#[must_use]
pub fn journeys(
    finder: &Finder,
    below: Below<'_>,
    index: usize,
    drafts: &[Draft],
    before: &[Event],
) -> Vec<Event> {
    let sentence = &below.parse.sentences[index];
    let clause = Clause { text: below.article.text.as_str(), sentence, lexicon: &finder.lexicon };
    // What the network reads without a host tells no journey of its own.
    let vague = |draft: &Draft| draft.trigger.is_some() && draft.recipients.is_empty();
    let free = |word: &usize| drafts.iter().all(|draft| draft.word != *word || vague(draft));
    let words = (0..sentence.tokens.len()).filter(free).filter(|word| is_the_visit(&clause, *word));
    words.filter_map(|word| called_off(finder, below, &clause, word, before)).collect()
}

/// "the visit", "the trip": a definite noun for a journey with nothing that tells whose.
fn is_the_visit(clause: &Clause<'_>, word: usize) -> bool {
    let rows = || clause.lexicon.fitting(clause.text, clause.sentence, word);
    clause.token(word).upos == Upos::Noun
        && when::is_definite(clause.sentence, word)
        && clause.with(word, "nmod").next().is_none()
        && clause.with(word, "nmod:poss").next().is_none()
        && rows().iter().any(|row| row.kind == "visit")
}

fn called_off(
    finder: &Finder,
    below: Below<'_>,
    clause: &Clause<'_>,
    word: usize,
    before: &[Event],
) -> Option<Event> {
    let reading = status::read(clause, word);
    let off = matches!(reading.status, Status::Cancelled | Status::Postponed);
    let announced = |event: &&Event| {
        let ahead = matches!(event.status, Status::Planned | Status::Invited | Status::Possible);
        event.kind.0 == "visit" && ahead && event.in_role("host").next().is_some()
    };
    let journey = before.iter().rev().find(announced).filter(|_| off)?;
    let trigger = clause.token(word).span;
    let words = reading.spine.iter().fold(trigger, |all, at| all.cover(clause.token(*at).span));
    let (modality, polarity) = status::aspects(reading.status);
    let mut event = journey.clone();
    (event.trigger, event.status, event.modality, event.polarity) =
        (trigger, reading.status, modality, polarity);
    event.status_evidence =
        Evidence::of(reading.spans, "event/status").unwrap_or_else(|| Evidence::new(trigger, BY));
    event.codes = finder.ontology.project(&event.kind.0, event.subtype.as_deref(), reading.status);
    event.attributions = assemble::tellers(below, trigger).iter().map(|teller| teller.id.clone()).collect();
    event.evidence = vec![Evidence::new(words, BY)];
    Some(event)
}
