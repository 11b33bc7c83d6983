//! Turns the words the network points at into participants and places.

use legation_record::{EntityKind, MentionKind, Place};
use legation_text::graph::{Part, Trigger, WordAt};

use crate::{
    Below, assemble,
    clause::Clause,
    draft::Finder,
    filler::{Fillers, Found, is_place, travels},
    ontology::KindRow,
};

/// Who or what a word refers to, or `None` if unknown, as with an unresolved pronoun.
fn found(finder: &Finder, below: Below<'_>, at: WordAt) -> Option<Found> {
    let sentence = below.parse.sentences.get(at.sentence)?;
    let clause = Clause { text: below.article.text.as_str(), sentence, lexicon: &finder.lexicon };
    let mut found = Fillers { below, clause }.read(at.word);
    if found.is_unknown() || found.empty && found.entity.is_none() {
        return None;
    }
    if found.upos == legation_text::Upos::Pron {
        let words = found.span;
        found.span = name_before(below, &found).unwrap_or(words);
        found.support.push(words);
    }
    Some(found)
}

/// The nearest preceding name of whoever a pronoun refers to, or else the first one in the text.
fn name_before(below: Below<'_>, found: &Found) -> Option<legation_record::Span> {
    let entity = below.entities.entities.iter().find(|one| Some(&one.id) == found.entity.as_ref())?;
    let names = entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
    let before = names.clone().map(|mention| mention.span).filter(|span| span.end <= found.span.start).max();
    before.or_else(|| names.map(|mention| mention.span).min())
}

/// The participants the network puts in a role, without duplicates, in text order.
#[must_use]
pub fn participants_of(finder: &Finder, below: Below<'_>, trigger: &Trigger, part: Part) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::new();
    for one in trigger.fillers(part).filter_map(|filler| found(finder, below, filler.at)) {
        let again = |other: &Found| {
            other.span.overlaps(one.span) || one.entity.is_some() && other.entity == one.entity
        };
        if !kept.iter().any(again) {
            kept.push(one);
        }
    }
    kept
}

/// Drops participants that cannot fill the role: places do not act, only officeholders go on visits, and only
/// countries and places are visited. An empty slot is better than a wrong one.
#[must_use]
pub fn fitting(row: &KindRow, found: Vec<Found>, part: Part) -> Vec<Found> {
    use EntityKind::{Document, Event, Facility, Law, Person, Place};
    let fits = |found: &Found| match part {
        Part::Actor if row.travels => travels(found) && !matches!(found.kind, Some(Event | Law)),
        Part::Actor => !matches!(found.kind, Some(Place | Facility | Event | Law | Document)),
        Part::Recipient if row.travels => {
            is_place(found) || found.country.is_some() && found.kind != Some(Person)
        }
        _ => true,
    };
    found.into_iter().filter(fits).collect()
}

/// Where the network says the event happened, preferring a place in a known country.
#[must_use]
pub fn place(finder: &Finder, below: Below<'_>, trigger: &Trigger) -> Option<Place> {
    let all: Vec<Found> =
        trigger.fillers(Part::Place).filter_map(|filler| found(finder, below, filler.at)).collect();
    let known = all.iter().find(|found| found.country.is_some() && is_place(found));
    let place = known.or_else(|| all.iter().find(|found| is_place(found))).or(all.first())?;
    Some(assemble::site(below, place.clone(), "told as the place of the event"))
}
