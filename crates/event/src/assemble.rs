//! From drafts to events: place, codes, attribution, and one event for what is told twice.

use std::collections::BTreeSet;

use legation_record::{
    Attribution, Confidence, EntityKind, Event, Evidence, Kind, Participant, Place, Polarity, Span, Status,
};

use legation_text::graph::Trigger;

use crate::{
    Below,
    clause::Clause,
    complete,
    draft::{Draft, Finder},
    filler::{Fillers, Found, is_place},
    graph, status,
    when::{self, When},
};

/// Makes the event of a draft.
#[must_use]
pub fn event(finder: &Finder, below: Below<'_>, draft: &Draft, used: &BTreeSet<String>) -> Event {
    let sentence = &below.parse.sentences[draft.sentence];
    let trigger = sentence.tokens[draft.word].span;
    let tellers = tellers(below, trigger);
    let told = draft.told(below);
    let dated = dated(finder, below, draft, used, told);
    let to_come = when::follows_the_news(&finder.lexicon, below, draft).filter(|_| told.is_none());
    let noun = sentence.tokens[draft.word].upos == legation_text::Upos::Noun;
    let later = || {
        noun && finder.is_diplomatic(&draft.kind) && dated.as_ref().is_some_and(|when| when.is_ahead(below))
    };
    let ahead = told.is_none() && (to_come.is_some() || later());
    let (status, by_act) = match attributed(finder, draft, &tellers) {
        // The network saw the teller too.
        _ if told.is_some() => (draft.reading.status, Vec::new()),
        // What has its day ahead is not held: "in their third meeting on Friday".
        (Status::Held, by) if ahead => (Status::Planned, by),
        other => other,
    };
    let mut spans = draft.reading.spans.clone();
    spans.extend(by_act);
    let (modality, polarity) = status::aspects(status);
    let when = to_come.or(dated);
    let by = draft.by.as_str();
    Event {
        id: String::new(),
        kind: Kind(draft.kind.clone()),
        subtype: draft.subtype.clone(),
        trigger,
        status,
        status_evidence: Evidence::of(spans, "event/status").unwrap_or_else(|| Evidence::new(trigger, by)),
        modality,
        polarity,
        participants: participants(finder, below, draft),
        background: told.is_some_and(|told| told.background),
        confidence: told.map(confidence),
        told_again: Vec::new(),
        interval: when.as_ref().map(|when| when.interval),
        place: told
            .and_then(|told| graph::place(finder, below, told))
            .or_else(|| place(finder, below, draft)),
        repeated: draft.reading.repeated,
        derived: None,
        attributions: tellers.iter().map(|teller| teller.id.clone()).collect(),
        codes: finder.ontology.project(&draft.kind, draft.subtype.as_deref(), status),
        evidence: vec![Evidence::new(extent(below, draft, when.as_ref()), by)],
        when: when.map(|when| when.reason),
    }
}

/// The days of an event: by the expressions that the network points at, else by the rules, else by the news.
fn dated(
    finder: &Finder,
    below: Below<'_>,
    draft: &Draft,
    used: &BTreeSet<String>,
    told: Option<&Trigger>,
) -> Option<When> {
    match told {
        Some(told) => {
            let expressed = |when: &When| when.reason.times.iter().any(|time| time != "t0");
            let by_rule = || {
                let when = when::when(&finder.lexicon, below, draft, used);
                let fits = |when: &When| graph::fits(below, draft.reading.status, when.interval);
                when.filter(|when| expressed(when) && fits(when))
            };
            match graph::when(below, told) {
                Some(when) if expressed(&when) => Some(when),
                by_news => by_rule().or(by_news),
            }
        }
        None => when::when(&finder.lexicon, below, draft, used),
    }
}

fn confidence(told: &Trigger) -> Confidence {
    let share = |share: legation_text::graph::Share| f64::from(share.thousandths()) / 1000.0;
    Confidence {
        kind: share(told.share),
        status: share(told.status_share),
        runner_up: told.runner_up.0.to_string(),
        runner_up_kind: share(told.runner_up.1),
    }
}

/// The attributions whose content covers a place, innermost first.
pub fn tellers<'a>(below: Below<'a>, trigger: Span) -> Vec<&'a Attribution> {
    let covers = |one: &&Attribution| {
        let cue = one.cue.iter().any(|cue| cue.overlaps(trigger));
        !cue && one.content.iter().any(|content| content.contains(trigger))
    };
    let mut all: Vec<&Attribution> = below.attributions.attributions.iter().filter(covers).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.level));
    all
}

/// What the tellers make of the status that the words give.
fn attributed(finder: &Finder, draft: &Draft, tellers: &[&Attribution]) -> (Status, Vec<Span>) {
    let own = draft.reading.status;
    if finder.is_charge(&draft.kind) {
        return (own, Vec::new());
    }
    for teller in tellers {
        let denied = teller.polarity == Polarity::Negative;
        let act = finder.lexicon.act(&teller.act.0);
        // Who does not criticise an invasion does not deny it.
        if act == Some(Status::Held) {
            continue;
        }
        let act = if denied { Some(Status::Denied) } else { act };
        match (own, act) {
            (Status::Alleged | Status::Held | Status::Ongoing, Some(Status::Denied)) => {
                return (Status::Denied, teller.cue.clone());
            }
            (Status::Held, Some(status)) if !draft.reading.told => return (status, teller.cue.clone()),
            _ => {}
        }
    }
    (own, Vec::new())
}

/// From the first to the last word that the event's fields come from.
fn extent(below: Below<'_>, draft: &Draft, when: Option<&When>) -> Span {
    let sentence = &below.parse.sentences[draft.sentence];
    let found = draft.actors.iter().chain(&draft.recipients).chain(&draft.objects).map(|found| found.span);
    let inside = found.filter(|span| sentence.span.contains(*span));
    let mut extent = inside.fold(sentence.tokens[draft.word].span, Span::cover);
    for word in &draft.reading.spine {
        extent = extent.cover(sentence.tokens[*word].span);
    }
    let times = when.filter(|when| when.reason.times.iter().all(|time| time != "t0"));
    let spans = times.map(|when| when.reason.evidence.spans.clone()).unwrap_or_default();
    spans.into_iter().filter(|span| sentence.span.contains(*span)).fold(extent, Span::cover)
}

fn participants(finder: &Finder, below: Below<'_>, draft: &Draft) -> Vec<Participant> {
    let Some(row) = finder.ontology.kind(&draft.kind) else { return Vec::new() };
    let fillers = fillers(finder, below, draft);
    let home = home(finder, &fillers, draft);
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    let roles = [
        (&draft.actors, row.actor.as_str()),
        (&draft.recipients, if row.mutual { row.actor.as_str() } else { row.recipient.as_str() }),
        (&draft.objects, "object"),
        (&draft.senders, "sender"),
        (&draft.refusers, "refuser"),
    ];
    for (found, role) in roles {
        for one in found {
            let mut participant = fillers.participant(one, role, &draft.by);
            let unnamed = row.accused && role == row.recipient;
            if !matches!(role, "visitor" | "envoy") && !unnamed {
                settle(&mut participant, one, home.as_ref());
            }
            let who = participant.entity.clone().unwrap_or_else(|| participant.text.clone());
            let key = (role.to_owned(), who, participant.country.clone());
            if seen.insert(key) {
                all.push(participant);
            }
        }
    }
    // An empty slot beats an inherited one.
    if draft.trigger.is_none() {
        all.extend(complete::missing(below, draft, row, &all, home.as_ref()));
    }
    all
}

/// Common nouns ("police", "six soldiers") without a country of their own are of the place.
fn settle(participant: &mut Participant, found: &Found, home: Option<&(String, Span)>) {
    let common =
        matches!(found.upos, legation_text::Upos::Noun | legation_text::Upos::Num | legation_text::Upos::Adj);
    if let (None, true, Some((country, span))) = (&participant.country, common, home) {
        participant.country = Some(country.clone());
        participant.evidence.spans.push(*span);
        participant.evidence.spans.sort_unstable();
    }
}

fn fillers<'a>(finder: &'a Finder, below: Below<'a>, draft: &Draft) -> Fillers<'a> {
    let sentence = &below.parse.sentences[draft.sentence];
    let clause = Clause { text: below.article.text.as_str(), sentence, lexicon: &finder.lexicon };
    Fillers { below, clause }
}

/// The country of the place where the sentence plays, or the only country it names.
fn home(finder: &Finder, fillers: &Fillers<'_>, draft: &Draft) -> Option<(String, Span)> {
    let found = places(fillers, draft);
    let place = found.into_iter().find_map(|found| Some((found.country?, found.span)));
    let told = || {
        let place = graph::place(finder, fillers.below, draft.told(fillers.below)?)?;
        Some((place.country?, place.evidence.cover()))
    };
    let here = told().or(place);
    // What the network reads takes no country from another party of its sentence.
    let beside = || only_country(fillers).filter(|_| draft.trigger.is_none());
    here.or_else(beside).or_else(|| of_article(fillers.below))
}

/// The first country that the article names, as land or place.
fn of_article(below: Below<'_>) -> Option<(String, Span)> {
    let lands = below.entities.entities.iter().filter(|entity| {
        matches!(entity.kind, EntityKind::State | EntityKind::Place | EntityKind::Nationality)
    });
    let named = lands.filter_map(|entity| {
        let first = entity.mentions.iter().map(|mention| mention.span).min()?;
        Some((entity.country.clone()?, first))
    });
    let named: Vec<(String, Span)> = named.collect();
    let (country, _) = named.first()?;
    let alone = named.iter().all(|(other, _)| other == country);
    named.iter().min_by_key(|(_, span)| *span).filter(|_| alone).cloned()
}

fn only_country(fillers: &Fillers<'_>) -> Option<(String, Span)> {
    let sentence = fillers.clause.sentence;
    let words = (0..sentence.tokens.len()).filter(|word| {
        sentence.tokens[*word].upos == legation_text::Upos::Propn
            || sentence.tokens[*word].upos == legation_text::Upos::Adj
    });
    let countries: Vec<(String, Span)> =
        words.map(|word| fillers.read(word)).filter_map(|found| Some((found.country?, found.span))).collect();
    let (first, rest) = countries.split_first()?;
    rest.iter().all(|(country, _)| *country == first.0).then(|| first.clone())
}

/// Places told with "in", "at", "near" of the event's clause, or of what the event is at: "at the forum in …".
fn places(fillers: &Fillers<'_>, draft: &Draft) -> Vec<Found> {
    let clause = fillers.clause;
    let inside = |at: &usize| {
        matches!(clause.mark(*at).as_deref(), Some("in" | "at" | "near" | "outside" | "across" | "inside"))
    };
    let on = |at: &usize| inside(at) || clause.mark(*at).as_deref() == Some("on");
    let below = |word: usize| clause.with(word, "obl").chain(clause.with(word, "nmod")).filter(inside);
    let mut all = Vec::new();
    for word in draft
        .reading
        .spine
        .iter()
        .chain(draft.recipients.iter().chain(&draft.actors).map(|found| &found.word))
    {
        for at in clause.with(*word, "obl").chain(clause.with(*word, "nmod")).filter(on) {
            let occasion = matches!(clause.mark(at).as_deref(), Some("at" | "on"));
            let of = |word: usize| {
                clause.with(word, "nmod").filter(|at| clause.mark(*at).as_deref() == Some("of"))
            };
            let within = below(at).chain(of(at).flat_map(below)).filter(|_| occasion);
            let found = std::iter::once(fillers.read(at)).chain(within.map(|inner| fillers.read(inner)));
            all.extend(found.filter(|found| is_place(found) || found.country.is_some()));
            let site = is_place(&fillers.read(at));
            all.extend(fillers.places_below(at).into_iter().filter(|_| site));
        }
    }
    all
}

fn place(finder: &Finder, below: Below<'_>, draft: &Draft) -> Option<Place> {
    let visited = draft.recipients.iter().find(|found| draft.kind == "visit" && is_place(found)).cloned();
    let found = visited.map(|found| (found, "where the visit goes"));
    let (found, why) = found.or_else(|| {
        let all = sites(finder, below, draft);
        let known = all.iter().find(|found| found.country.is_some()).or(all.first()).cloned();
        known.map(|found| (found, "told as the place of the event"))
    })?;
    Some(site(below, found, why))
}

/// The places told with an event.
pub fn sites(finder: &Finder, below: Below<'_>, draft: &Draft) -> Vec<Found> {
    places(&fillers(finder, below, draft), draft).into_iter().filter(is_place).collect()
}

/// Where an event takes place.
pub fn site(below: Below<'_>, found: Found, why: &str) -> Place {
    let spot = found.entity.as_deref().and_then(|id| below.entities.spot(id));
    Place {
        name: found.text,
        country: found.country,
        admin: spot.and_then(|spot| spot.admin.clone()),
        coordinates: spot.map(|spot| spot.coordinates),
        reason: why.to_owned(),
        evidence: Evidence::new(found.span, "event/place"),
    }
}

/// An event told again is sought among so many before it.
const RECENT: usize = 200;

/// Puts together what the article tells of one event in several places.
#[must_use]
pub fn merge(events: Vec<Event>) -> Vec<Event> {
    let mut merged: Vec<Event> = Vec::new();
    for event in events {
        let first = merged.len().saturating_sub(RECENT);
        if merged[first..].iter().any(|before| refers_back(before, &event)) {
            continue;
        }
        match merged[first..].iter().rposition(|other| !is_vague(&event) && is_same(other, &event)) {
            Some(at) => join(&mut merged[first + at], event),
            None => merged.push(event),
        }
    }
    merged
}

/// "Ann's trip": somebody's journey of which the words say neither where to nor when.
fn is_vague(event: &Event) -> bool {
    let mut hosts = event.in_role("host");
    let guessed = hosts.all(|host| host.evidence.by == crate::complete::BY);
    let undated = event.when.as_ref().is_none_or(|when| when.evidence.by == "event/tense");
    event.kind.0 == "visit" && guessed && undated
}

/// What is told so vaguely is the journey told of before, whatever its status, and tells nothing more of it.
fn refers_back(before: &Event, event: &Event) -> bool {
    let who = |event: &Event| -> BTreeSet<String> { event.in_role("visitor").map(key).collect() };
    is_vague(event) && before.kind == event.kind && !is_vague(before) && who(before) == who(event)
}

fn is_same(one: &Event, other: &Event) -> bool {
    let when = match (one.interval, other.interval) {
        (Some(one), Some(other)) => one.overlaps(other),
        _ => true,
    };
    let far = |event: &Event| event.participants.iter().all(|participant| participant.entity.is_none());
    one.kind == other.kind
        && one.status == other.status
        && when
        && !far(one)
        && !far(other)
        && same_parties(one, other)
}

/// The same somebody acts upon the same country or somebody.
fn same_parties(one: &Event, other: &Event) -> bool {
    let keys = |event: &Event| -> BTreeSet<String> { event.participants.iter().map(key).collect() };
    let (mine, theirs) = (keys(one), keys(other));
    mine == theirs
}

fn key(participant: &Participant) -> String {
    let place = participant.role.0 == "host";
    let country = participant.country.clone().filter(|_| place);
    let who =
        country.or_else(|| participant.entity.clone()).unwrap_or_else(|| participant.text.to_lowercase());
    format!("{}/{who}", participant.role.0)
}

fn join(one: &mut Event, other: Event) {
    let finer = |interval: Option<legation_record::Interval>| interval.map(|interval| interval.granularity);
    if finer(other.interval) < finer(one.interval) && other.interval.is_some() || one.interval.is_none() {
        one.interval = other.interval;
        one.when = other.when;
    }
    one.subtype = one.subtype.take().or(other.subtype);
    one.repeated |= other.repeated;
    one.place = one.place.take().or(other.place);
    one.told_again.push(other.trigger);
    one.told_again.extend(other.told_again);
    one.background &= other.background;
    one.evidence.extend(other.evidence);
    let known: BTreeSet<String> = one.attributions.iter().cloned().collect();
    one.attributions.extend(other.attributions.into_iter().filter(|id| !known.contains(id)));
}
