//! The side that the words around an event do not name: the only other country of its sentence, or the
//! country at home in which such acts are done.

use std::collections::BTreeSet;

use legation_record::{EntityKind, Event, Evidence, Participant, Role, Span, Status};

use legation_text::Upos;

use crate::{
    Below,
    draft::Draft,
    filler::Found,
    ontology::{KindRow, Ontology},
};

pub(crate) const BY: &str = "event/context";
const TALKS: &str = "talks";

/// A country that a sentence names, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    country: String,
    entity: String,
    text: String,
    span: Span,
}

/// The participant of the side that nobody fills, where the sentence leaves only one choice.
#[must_use]
pub fn missing(
    below: Below<'_>,
    draft: &Draft,
    row: &KindRow,
    all: &[Participant],
    home: Option<&(String, Span)>,
) -> Option<Participant> {
    if row.plover.is_none() || row.together || row.mutual && all.len() > 1 {
        return None;
    }
    let (actors, recipients) = (known(&draft.actors, all), known(&draft.recipients, all));
    let (role, told) = match (actors.is_empty(), recipients.is_empty()) {
        (false, true) if all.iter().all(|one| one.role.0 != row.recipient || row.mutual) => {
            (&row.recipient, actors)
        }
        (true, false) if all.iter().all(|one| one.role.0 != row.actor) => (&row.actor, recipients),
        _ => return None,
    };
    let here = home.filter(|(country, _)| row.domestic && !country.contains(':') && told.contains(country));
    if let Some(home) = here {
        let both = row.plover.as_deref() == Some("PROTEST") || row.name == "clash";
        return (role != &row.actor || both).then(|| at_home(role, home));
    }
    if row.accused || row.alone || role == &row.actor && is_answered(below, draft, row) {
        return None;
    }
    let role = if row.mutual { &row.actor } else { role };
    let others: Vec<Named> =
        named(below, draft).into_iter().filter(|one| !told.contains(&one.country)).collect();
    let (first, rest) = others.split_first()?;
    let trigger = below.parse.sentences[draft.sentence].tokens[draft.word].span;
    let elsewhere = draft.kind == "visit" && is_content(below, first.span, trigger);
    let alone = rest.iter().all(|one| one.country == first.country);
    (alone && !elsewhere).then(|| named_in(role, first))
}

/// "to avenge the killing": who answers force is not who used it, nor is any country that stands by.
fn is_answered(below: Below<'_>, draft: &Draft, row: &KindRow) -> bool {
    let sentence = &below.parse.sentences[draft.sentence];
    let token = &sentence.tokens[draft.word];
    let case = |child: usize| {
        let mark = &sentence.tokens[child];
        mark.is_rel("case") && matches!(&*mark.lemma, "for" | "to" | "over" | "against")
    };
    let answered = || token.is_rel("obl") && sentence.children(draft.word).any(case);
    let thing = row.name == "killing" || token.is_rel("obj") || answered();
    let done = token.upos == Upos::Noun && draft.reading.status == Status::Held;
    row.plover.as_deref() == Some("ASSAULT") && done && thing
}

fn known(found: &[Found], all: &[Participant]) -> Vec<String> {
    let spans: Vec<Span> = found.iter().map(|one| one.span).collect();
    let told = all.iter().filter(|one| spans.contains(&one.span));
    told.filter_map(|one| one.country.clone()).collect()
}

fn at_home(role: &str, (country, span): &(String, Span)) -> Participant {
    Participant {
        role: Role(role.to_owned()),
        entity: None,
        span: *span,
        text: country.clone(),
        country: Some(country.clone()),
        sectors: Vec::new(),
        evidence: Evidence::new(*span, BY),
    }
}

fn named_in(role: &str, one: &Named) -> Participant {
    Participant {
        role: Role(role.to_owned()),
        entity: Some(one.entity.clone()),
        span: one.span,
        text: one.text.clone(),
        country: Some(one.country.clone()),
        sectors: Vec::new(),
        evidence: Evidence::new(one.span, BY),
    }
}

/// The countries of those that a sentence names, in the order of the text.
fn named(below: Below<'_>, draft: &Draft) -> Vec<Named> {
    let sentence = below.parse.sentences[draft.sentence].span;
    let mut all = Vec::new();
    for entity in &below.entities.entities {
        let Some(country) = entity.country.as_ref().filter(|_| entity.kind != EntityKind::Document) else {
            continue;
        };
        let mentions = entity.mentions.iter().filter(|mention| sentence.contains(mention.span));
        all.extend(mentions.map(|mention| Named {
            country: country.clone(),
            entity: entity.id.clone(),
            text: entity.name.clone(),
            span: mention.span,
        }));
    }
    all.sort_by_key(|one| one.span);
    all
}

/// Whether words are of what somebody says, and the event is not: "said on his first trip that he wanted ties with Iraq".
fn is_content(below: Below<'_>, words: Span, trigger: Span) -> bool {
    let said = below.attributions.attributions.iter().filter(|one| one.act.0 == "say");
    said.flat_map(|one| &one.content).any(|content| content.contains(words) && !content.contains(trigger))
}

/// "The leaders agreed": those of the talks told before, where no country is told with them.
pub fn sides_of_talks(ontology: &Ontology, events: &mut [Event]) {
    let mut talks: Vec<Participant> = Vec::new();
    for event in events {
        let Some(row) = ontology.kind(&event.kind.0) else { continue };
        let countries = |all: &[Participant]| -> BTreeSet<String> {
            all.iter().filter_map(|one| one.country.clone()).collect()
        };
        let told = countries(&event.participants);
        if row.mutual && row.plover.as_deref() == Some("CONSULT") && told.len() > 1 && is_held(event) {
            // Talks of others that are spoken of at a meeting do not make the parties of the meeting others.
            if talks.is_empty() || row.name != TALKS {
                talks.clone_from(&event.participants);
            }
        } else if !talks.is_empty()
            && (row.mutual && told.is_empty() && !is_of_others(event) || is_of_several(event, &row.actor))
        {
            let others =
                |one: &&Participant| !event.in_role(&row.recipient).any(|two| two.country == one.country);
            let of = |one: &Participant| Participant {
                role: Role(row.actor.clone()),
                evidence: Evidence { by: BY.to_owned(), ..one.evidence.clone() },
                ..one.clone()
            };
            let sides: Vec<Participant> = talks.iter().filter(others).map(of).collect();
            event.participants.retain(|one| one.role.0 != row.actor);
            event.participants.splice(0..0, sides);
        }
    }
}

/// "their first call": whose it is stands near it, not in talks told before.
fn is_of_others(event: &Event) -> bool {
    event.participants.iter().any(|one| one.text.eq_ignore_ascii_case("their"))
}

fn is_held(event: &Event) -> bool {
    matches!(event.status, Status::Held | Status::Ongoing)
}

/// Whether all who act are "they": several, of no country told.
fn is_of_several(event: &Event, actor: &str) -> bool {
    let mut actors = event.in_role(actor).peekable();
    let they = |text: &str| ["they", "both", "the two"].iter().any(|word| text.eq_ignore_ascii_case(word));
    actors.peek().is_some() && actors.all(|one| one.country.is_none() && they(&one.text))
}
