//! "visited China in June and India in November", "met in Oslo in May and in Rome in June": places, each with a date of its own.

use legation_record::{Event, Span, Timex};

use super::{Counts, gap, in_sentence, one};
use crate::{
    Below, assemble,
    draft::{Draft, Finder},
    filler::Found,
    when,
};

/// One leg of a journey or one of several encounters.
pub struct Leg<'a> {
    pub draft: Draft,
    told: Option<Part<'a>>,
}

/// Places that share a date, the words for them, and the date.
#[derive(Clone)]
struct Part<'a> {
    places: Vec<Found>,
    span: Span,
    time: &'a Timex,
}

impl Leg<'_> {
    /// Puts the event of the leg's draft at its place and on its date.
    pub fn told(&self, below: Below<'_>, event: Event) -> Event {
        let Some(part) = &self.told else { return event };
        let mut event = one(&event, part.span, part.time, None);
        if let Some(place) = part.places.first().filter(|_| self.draft.kind != "visit") {
            event.place = Some(assemble::site(below, place.clone(), "told as the place of the event"));
        }
        event
    }
}

/// The legs of a draft; the draft itself where its places are not dated one by one.
pub fn legs<'a>(finder: &Finder, counts: &Counts, below: Below<'a>, draft: Draft) -> Vec<Leg<'a>> {
    let journey = draft.kind == "visit";
    let places = if journey { draft.recipients.clone() } else { assemble::sites(finder, below, &draft) };
    let parts = parts(counts, below, &draft, places);
    let apart = parts.windows(2).all(|pair| gap(pair[0].time, pair[1].time).is_some());
    if parts.len() < 2 || !apart {
        return vec![Leg { draft, told: None }];
    }
    let leg = |part: Part<'a>| {
        let recipients = if journey { part.places.clone() } else { draft.recipients.clone() };
        Leg { draft: Draft { recipients, ..draft.clone() }, told: Some(part) }
    };
    parts.into_iter().map(leg).collect()
}

/// Places in their order, those that share a date together; nothing where one has none.
fn parts<'a>(counts: &Counts, below: Below<'a>, draft: &Draft, mut places: Vec<Found>) -> Vec<Part<'a>> {
    let sentence = &below.parse.sentences[draft.sentence];
    places.sort_by_key(|place| place.span);
    places.dedup_by_key(|place| place.span);
    let (mut parts, mut open) = (Vec::new(), Vec::new());
    for (at, place) in places.iter().enumerate() {
        let next = places.get(at + 1).map_or(sentence.span.end, |next| next.span.start);
        let dated = in_sentence(below, sentence).iter().find(|time| {
            let here = (place.span.end..next).contains(&time.span.start);
            here && when::is_dated(time) && counts.joins(below, sentence, place.span.end..time.span.start)
        });
        open.push(place.clone());
        if let Some(time) = dated {
            let places = std::mem::take(&mut open);
            parts.push(Part { places, span: place.span.cover(time.span), time });
        }
    }
    if open.is_empty() { parts } else { Vec::new() }
}
