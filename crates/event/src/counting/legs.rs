//! "visited China in June and India in November": the legs of a journey, each with a date of its own.

use legation_record::{Event, Span, Timex};

use super::{Counts, gap, in_sentence, one};
use crate::{Below, draft::Draft, filler::Found, when};

/// One leg: the draft with the places that share a date, and the date.
pub struct Leg<'a> {
    pub draft: Draft,
    date: Option<(Span, &'a Timex)>,
}

impl Leg<'_> {
    /// Puts the event of the leg's draft on its date.
    pub fn dated(&self, event: Event) -> Event {
        self.date.map_or(event.clone(), |(span, time)| one(&event, span, time, None))
    }
}

/// The legs of a draft; the draft itself where its places are not dated one by one.
pub fn legs<'a>(counts: &Counts, below: Below<'a>, draft: Draft) -> Vec<Leg<'a>> {
    let parts = parts(counts, below, &draft);
    let apart = parts.windows(2).all(|pair| gap(pair[0].2, pair[1].2).is_some());
    if draft.kind != "visit" || parts.len() < 2 || !apart {
        return vec![Leg { draft, date: None }];
    }
    let leg = |(recipients, span, time)| Leg {
        draft: Draft { recipients, ..draft.clone() },
        date: Some((span, time)),
    };
    parts.into_iter().map(leg).collect()
}

/// Places in their order, those that share a date together; nothing where one has none.
fn parts<'a>(counts: &Counts, below: Below<'a>, draft: &Draft) -> Vec<(Vec<Found>, Span, &'a Timex)> {
    let sentence = &below.parse.sentences[draft.sentence];
    let mut places = draft.recipients.clone();
    places.sort_by_key(|place| place.span);
    let (mut parts, mut open) = (Vec::new(), Vec::new());
    for (at, place) in places.iter().enumerate() {
        let next = places.get(at + 1).map_or(sentence.span.end, |next| next.span.start);
        let dated = in_sentence(below, sentence).iter().find(|time| {
            let here = (place.span.end..next).contains(&time.span.start);
            here && when::is_dated(time) && counts.joins(below, sentence, place.span.end..time.span.start)
        });
        open.push(place.clone());
        if let Some(time) = dated {
            parts.push((std::mem::take(&mut open), place.span.cover(time.span), time));
        }
    }
    if open.is_empty() { parts } else { Vec::new() }
}
