//! Who takes part in talks abroad, or speaks at a conference there, was there: visits that are not told as such.

use std::collections::BTreeSet;

use legation_record::{Entity, EntityKind, Event, Evidence, Kind, Participant, Role, Status};

use crate::{Below, assemble, draft::Finder, graph};

const VISIT: &str = "visit";
const RULE: &str = "event/presence";

/// The visits that follow from events told with a place.
#[must_use]
pub fn visits(finder: &Finder, below: Below<'_>, events: &[Event]) -> Vec<Event> {
    let mut derived: Vec<Event> = Vec::new();
    let together = |event: &&Event| finder.ontology.kind(&event.kind.0).is_some_and(|kind| kind.together);
    for event in events.iter().filter(together) {
        for one in &event.participants {
            let visit = visit(finder, below, event, one);
            let new = |visit: &Event| !events.iter().chain(&derived).any(|other| is_known(other, visit));
            if let Some(visit) = visit.filter(new) {
                derived.push(visit);
            }
        }
    }
    for visit in occasions(finder, below) {
        if !events.iter().chain(&derived).any(|other| is_known(other, &visit)) {
            derived.push(visit);
        }
    }
    derived
}

/// Those told to be at an occasion in a place abroad: "said at a conference in Oslo".
fn occasions(finder: &Finder, below: Below<'_>) -> Vec<Event> {
    let drafts = (0..below.parse.sentences.len()).flat_map(|index| finder.occasions(below, index));
    let events = drafts.map(|draft| assemble::event(finder, below, &draft, &BTreeSet::new()));
    events.filter_map(|event| attendance(below, event)).collect()
}

fn attendance(below: Below<'_>, mut event: Event) -> Option<Event> {
    let host = event.in_role("host").find_map(|one| one.country.clone())?;
    let abroad =
        |one: &Participant| one.country.as_ref().is_some_and(|home| *home != host && !host.contains(':'));
    let here = |one: &Participant| one.role.0 == "host" || (abroad(one) && is_sent(below, one));
    event.participants.retain(here);
    let visitor = event.in_role("visitor").next()?.text.clone();
    let place = event.place.as_ref().map_or(host.as_str(), |place| place.name.as_str());
    event.derived = Some(format!("{visitor} is told to be at an occasion in {place}"));
    is_real(event.status).then_some(event)
}

fn is_real(status: Status) -> bool {
    use Status::{Cancelled, Held, Ongoing, Planned, Postponed};
    matches!(status, Held | Ongoing | Planned | Cancelled | Postponed)
}

/// Whether somebody travels on business of state.
fn is_sent(below: Below<'_>, one: &Participant) -> bool {
    let entity = below.entities.entities.iter().find(|entity| Some(&entity.id) == one.entity.as_ref());
    entity.map_or_else(|| one.sectors.iter().any(|sector| sector == "GOV"), is_official)
}

fn visit(finder: &Finder, below: Below<'_>, event: &Event, one: &Participant) -> Option<Event> {
    let place = event.place.as_ref()?;
    let host = place.country.clone().filter(|code| !code.contains(':'))?;
    let home = one.country.as_ref().filter(|home| **home != host)?;
    // Whom only the network puts there was perhaps not there.
    if !is_real(event.status) || !is_sent(below, one) || one.evidence.by == graph::BY {
        return None;
    }
    let role = |name: &str| Role(name.to_owned());
    let visitor = Participant { role: role("visitor"), ..one.clone() };
    let host = Participant {
        role: role("host"),
        entity: None,
        span: place.evidence.cover(),
        text: place.name.clone(),
        country: Some(host),
        sectors: Vec::new(),
        evidence: place.evidence.clone(),
    };
    let mut spans: Vec<_> = event.evidence.iter().flat_map(|evidence| evidence.spans.clone()).collect();
    spans.extend(place.evidence.spans.iter().copied());
    let reason = format!("{} of {home} takes part in {} at {}", one.text, event.kind.0, place.name);
    Some(Event {
        kind: Kind(VISIT.to_owned()),
        subtype: None,
        participants: vec![visitor, host],
        derived: Some(reason),
        codes: finder.ontology.project(VISIT, None, event.status),
        evidence: Evidence::of(spans, RULE).into_iter().collect(),
        repeated: false,
        ..event.clone()
    })
}

/// Gives a visit that names no host the country of whoever the visitor meets on it, where all talks leave one choice.
pub fn hosts(events: &mut [Event]) {
    for at in 0..events.len() {
        if events[at].kind.0 == VISIT && events[at].in_role("host").next().is_none() {
            let found = met_in(&events[at], events);
            events[at].participants.extend(found);
        }
    }
}

/// The only foreign party of the talks that a visitor is told to take part in.
fn met_in(visit: &Event, events: &[Event]) -> Option<Participant> {
    let visitor = visit.in_role("visitor").find(|one| one.country.is_some())?;
    let takes_part = |event: &&Event| {
        matches!(event.kind.0.as_str(), "meeting" | "talks")
            && is_real(event.status)
            && event.participants.iter().any(|one| one.entity.is_some() && one.entity == visitor.entity)
    };
    let mut others = events.iter().filter(takes_part).flat_map(|event| &event.participants);
    let foreign = |one: &&Participant| one.country.is_some() && one.country != visitor.country;
    let first = others.clone().find(foreign)?;
    let alone = others.all(|one| one.country.is_none() || !foreign(&one) || one.country == first.country);
    let host = Participant {
        role: Role("host".to_owned()),
        evidence: Evidence { by: RULE.to_owned(), ..first.evidence.clone() },
        ..first.clone()
    };
    let state = first.country.as_ref().is_some_and(|country| !country.contains(':'));
    (alone && state).then_some(host)
}

fn is_official(entity: &Entity) -> bool {
    let office = entity.offices.iter().any(|office| !office.former)
        || entity.sectors.iter().any(|sector| matches!(sector.as_str(), "GOV" | "IGO"));
    matches!(entity.kind, EntityKind::Person | EntityKind::Group) && office
}

/// Whether a visit of the same person or country to the same country is told already.
fn is_known(other: &Event, visit: &Event) -> bool {
    let party = |event: &Event, role: &str| -> Vec<(Option<String>, Option<String>)> {
        event.in_role(role).map(|one| (one.entity.clone(), one.country.clone())).collect()
    };
    let same_host = party(other, "host").iter().any(|(_, country)| {
        party(visit, "host").iter().any(|(_, mine)| country.is_some() && country == mine)
    });
    let same_visitor = party(other, "visitor").iter().any(|(id, country)| {
        party(visit, "visitor")
            .iter()
            .any(|(mine, home)| (id.is_some() && id == mine) || (id.is_none() && country == home))
    });
    other.kind.0 == VISIT && same_host && same_visitor
}
