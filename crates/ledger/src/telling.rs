//! What one article tells of one event.

use std::collections::BTreeMap;

use legation_record::{
    Attribution, Codes, Event, Interval, Modality, Participant, Polarity, Record, Span, Status,
};
use serde::{Deserialize, Serialize};

use crate::{
    digest::Parts,
    identity,
    sameness::{How, Sameness},
};

/// Characters of an article kept as the words of a telling.
const QUOTE: usize = 400;

/// Somebody in a telling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Role in the event.
    pub role: String,
    /// Key that is the same in every article, or `None`.
    pub key: Option<String>,
    /// Name or words.
    pub name: String,
    /// ISO 3166-1 alpha-3, or `IGO:` and a code.
    pub country: Option<String>,
    /// Where the article says so.
    pub span: Span,
}

/// Where a telling has its event take place.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Spot {
    /// The place's name.
    pub name: String,
    /// Its country.
    pub country: Option<String>,
    /// Latitude and longitude in degrees.
    pub coordinates: Option<(f64, f64)>,
}

/// One article's account of one event. A journey of two people to two countries is told as four.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Telling {
    /// Follows from the article's content and the words of the event.
    pub id: String,
    /// The article's id in the ledger.
    pub article: String,
    /// The event's id in the article's record.
    pub event: String,
    /// Kind of the event.
    pub kind: String,
    /// A finer word.
    pub subtype: Option<String>,
    /// Where the event stands, by this article.
    pub status: Status,
    /// How real it is told to be.
    pub modality: Modality,
    /// Whether it is told as being so.
    pub polarity: Polarity,
    /// Who and what, in the order of the record.
    pub parties: Vec<Party>,
    /// When.
    pub interval: Option<Interval>,
    /// Where.
    pub spot: Option<Spot>,
    /// According to whom, innermost; `None`: the author's own word.
    pub told_by: Option<String>,
    /// What they do by telling it: say, confirm, deny.
    pub told_act: Option<String>,
    /// Why it follows, where it is not told as such.
    pub derived: Option<String>,
    /// Told to happen several times.
    pub repeated: bool,
    /// PLOVER and CAMEO.
    pub codes: Codes,
    /// The words.
    pub quote: String,
    /// Where they stand in the article.
    pub span: Span,
    /// The rule that read them.
    pub rule: String,
}

impl Telling {
    /// Parties in a role.
    pub fn in_role<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a Party> {
        self.parties.iter().filter(move |party| party.role == role)
    }

    /// The role of the first party: who does it.
    #[must_use]
    pub fn first_role(&self) -> Option<&str> {
        self.parties.first().map(|party| party.role.as_str())
    }
}

/// The tellings of a record, in the order of its events.
#[must_use]
pub fn tellings(record: &Record, article: &str, sameness: &Sameness) -> Vec<Telling> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut all = Vec::new();
    for event in record.events.iter().filter(|event| !event.evidence.is_empty()) {
        for mut telling in of_event(record, article, event, sameness) {
            let group = sameness.of(&telling.kind).group;
            let signature = format!("{article} {group} {}", signature(event, &telling));
            let same = seen.entry(signature.clone()).or_default();
            telling.id = Parts::default().add(&signature).add(&same.to_string()).id('t');
            *same += 1;
            all.push(telling);
        }
    }
    all
}

/// Where and of whom it is told: what stays when an article is read anew.
fn signature(event: &Event, telling: &Telling) -> String {
    let keys: Vec<&str> = telling.parties.iter().filter_map(|party| party.key.as_deref()).collect();
    format!("{} {}", event.trigger.start, keys.join(" "))
}

fn of_event(record: &Record, article: &str, event: &Event, sameness: &Sameness) -> Vec<Telling> {
    let whole = telling(record, article, event);
    let journey = sameness.of(&whole.kind).how == How::Journey;
    let Some(first) = whole.first_role().map(str::to_owned).filter(|_| journey) else { return vec![whole] };
    let travellers: Vec<Party> = whole.in_role(&first).cloned().collect();
    let others = whole.parties.iter().filter(|party| party.role != first);
    let (hosts, rest): (Vec<Party>, Vec<Party>) = others.cloned().partition(|party| party.role == "host");
    let hosts: Vec<Option<Party>> =
        if hosts.is_empty() { vec![None] } else { hosts.into_iter().map(Some).collect() };
    let pairs = travellers.iter().flat_map(|one| hosts.iter().map(move |host| (one, host)));
    let parties = pairs.map(|(one, host)| {
        let pair = std::iter::once(one.clone()).chain(host.clone());
        pair.chain(rest.iter().cloned()).collect()
    });
    parties.map(|parties| Telling { parties, ..whole.clone() }).collect()
}

fn telling(record: &Record, article: &str, event: &Event) -> Telling {
    let span = event.evidence.iter().fold(event.trigger, |all, evidence| all.cover(evidence.cover()));
    let innermost = event.attributions.first();
    let within = innermost.and_then(|id| record.attributions.iter().find(|one| one.id == *id));
    let spot = event.place.as_ref().map(|place| Spot {
        name: place.name.clone(),
        country: place.country.clone(),
        coordinates: place.coordinates,
    });
    Telling {
        id: String::new(),
        article: article.to_owned(),
        event: event.id.clone(),
        kind: event.kind.0.clone(),
        subtype: event.subtype.clone(),
        status: event.status,
        modality: event.modality,
        polarity: event.polarity,
        parties: event.participants.iter().map(|one| party(record, one)).collect(),
        interval: event.interval,
        spot,
        told_by: within.and_then(|one| source(record, one)).map(|(_, name)| name),
        told_act: within.map(|one| one.act.0.clone()),
        derived: event.derived.clone(),
        repeated: event.repeated,
        codes: event.codes.clone(),
        quote: quote(&record.article.text, span),
        span,
        rule: event.evidence.first().map(|evidence| evidence.by.clone()).unwrap_or_default(),
    }
}

fn party(record: &Record, participant: &Participant) -> Party {
    let entity = participant.entity.as_deref().and_then(|id| record.entity(id));
    let country = participant.country.clone().or_else(|| entity.and_then(|entity| entity.country.clone()));
    Party {
        role: participant.role.0.clone(),
        key: identity::participant_key(entity, participant),
        name: entity.map_or_else(|| participant.text.clone(), |entity| entity.name.clone()),
        country,
        span: participant.span,
    }
}

/// Key and name of an attribution's source.
#[must_use]
pub fn source(record: &Record, attribution: &Attribution) -> Option<(Option<String>, String)> {
    let entity = attribution.source_entities.first().and_then(|id| record.entity(id));
    if let Some(entity) = entity {
        return Some((identity::key(entity), entity.name.clone()));
    }
    let words = attribution.source.first()?.slice(&record.article.text)?;
    Some((None, words.to_owned()))
}

/// The words under a span on one line, cut where they are many.
#[must_use]
pub fn quote(text: &str, span: Span) -> String {
    let words = span.slice(text).unwrap_or_default();
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
