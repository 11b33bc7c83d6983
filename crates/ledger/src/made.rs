//! Records made by hand for tests: no reader, no English.

use legation_record::{
    Article, Codes, Date, Entity, EntityKind, Event, Evidence, Interval, Kind, Mention, MentionKind,
    Modality, Participant, Polarity, Published, Record, Role, Span, Status, Versions,
};

/// A record of an article with this text, published that day by that outlet.
pub fn record(text: &str, published: &str, publisher: &str) -> Record {
    let day: Date = published.parse().unwrap();
    let mut article = Article::new(text).published(day);
    article.meta.publisher = Some(publisher.to_owned());
    Record::empty(article, Published::given(day), Versions::default())
}

/// Days as written in tests: `2024-05-16`, or two with a stroke between.
pub fn days(text: &str) -> Interval {
    let (first, last) = text.split_once('/').unwrap_or((text, text));
    let granularity =
        if first == last { legation_record::Granularity::Day } else { legation_record::Granularity::Month };
    Interval::new(first.parse().ok(), last.parse().ok(), granularity)
}

/// A person or state of the record, who is named by `name` in its text.
pub fn entity(record: &mut Record, name: &str, link: &str, country: &str) -> String {
    let at = record.article.text.find(name).unwrap();
    let span = Span::new(at, at + name.len());
    let id = format!("e{}", record.entities.len() + 1);
    let kind = if link.starts_with("state/") { EntityKind::State } else { EntityKind::Person };
    record.entities.push(Entity {
        id: id.clone(),
        kind,
        name: name.to_owned(),
        link: (!link.is_empty()).then(|| link.to_owned()),
        country: Some(country.to_owned()),
        sectors: Vec::new(),
        offices: Vec::new(),
        mentions: vec![Mention {
            span,
            head: span,
            kind: MentionKind::Name,
            reason: "made by hand".into(),
            evidence: Evidence::new(span, "hand"),
        }],
        candidates: Vec::new(),
        members: Vec::new(),
    });
    id
}

/// An event with its entities in roles, whose word is `trigger`.
pub fn event(
    record: &mut Record,
    kind: &str,
    trigger: &str,
    status: Status,
    when: &str,
    roles: &[(&str, &str)],
) {
    let at = record.article.text.find(trigger).unwrap();
    let span = Span::new(at, at + trigger.len());
    let participant = |(role, id): &(&str, &str)| {
        let entity = record.entity(id).unwrap();
        Participant {
            role: Role((*role).to_owned()),
            entity: Some((*id).to_owned()),
            span: entity.mentions[0].span,
            text: entity.name.clone(),
            country: entity.country.clone(),
            sectors: Vec::new(),
            evidence: Evidence::new(entity.mentions[0].span, "hand"),
        }
    };
    let participants = roles.iter().map(participant).collect();
    record.events.push(Event {
        id: format!("v{}", record.events.len() + 1),
        kind: Kind(kind.to_owned()),
        subtype: None,
        trigger: span,
        status,
        status_evidence: Evidence::new(span, "hand"),
        modality: Modality::Asserted,
        polarity: Polarity::Positive,
        participants,
        interval: (!when.is_empty()).then(|| days(when)),
        when: None,
        place: None,
        background: false,
        confidence: None,
        told_again: Vec::new(),
        repeated: false,
        derived: None,
        attributions: Vec::new(),
        codes: Codes::default(),
        evidence: vec![Evidence::new(span, "hand")],
    });
}

/// An article that tells of one visit.
pub fn visit(
    (published, publisher): (&str, &str),
    (who, link): (&str, &str),
    (host, code): (&str, &str),
    status: Status,
    when: &str,
) -> Record {
    let text = format!("{who} visits {host}, {publisher} wrote on {published} ({when}).");
    let mut record = record(&text, published, publisher);
    let visitor = entity(&mut record, who, link, "AAA");
    let host = entity(&mut record, host, &format!("state/{code}"), code);
    event(&mut record, "visit", "visits", status, when, &[("visitor", &visitor), ("host", &host)]);
    record
}
