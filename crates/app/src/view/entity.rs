use std::collections::BTreeSet;

use legation_record::{Entity, EntityKind, MentionKind, OfficeHeld, Record};

use super::{Item, Line, Names, words};

/// People, in the order of the text.
pub(super) fn people(record: &Record, names: &Names<'_>) -> Vec<Item> {
    let people = record.entities.iter().filter(|entity| entity.kind == EntityKind::Person);
    people.map(|entity| item(entity, names)).collect()
}

/// States, governments, organisations, places and the rest, in the order of the text.
pub(super) fn others(record: &Record, names: &Names<'_>) -> Vec<Item> {
    let others = record.entities.iter().filter(|entity| entity.kind != EntityKind::Person);
    others.map(|entity| item(entity, names)).collect()
}

fn item(entity: &Entity, names: &Names<'_>) -> Item {
    let mut lines: Vec<Line> = entity.offices.iter().map(office_line).collect();
    if !entity.members.is_empty() {
        lines.push(Line::plain("members", names.entities(&entity.members)));
    }
    lines.extend(called(entity, names));
    Item {
        id: entity.id.clone(),
        head: words::one_line(&entity.name),
        aside: aside(entity),
        spans: entity.mentions.iter().map(|mention| mention.span).collect(),
        lines,
        ..Item::default()
    }
}

fn aside(entity: &Entity) -> String {
    let mut parts = vec![kind(entity.kind).to_owned()];
    parts.extend(entity.country.clone());
    parts.extend((!entity.sectors.is_empty()).then(|| entity.sectors.join(" ")));
    parts.push(
        entity.link.as_ref().map_or_else(|| "not in the knowledge".into(), |link| words::one_line(link)),
    );
    parts.join(" · ")
}

fn office_line(office: &OfficeHeld) -> Line {
    let mut text = if office.former { "former ".to_owned() } else { String::new() };
    text.push_str(&words::one_line(&office.title));
    text.extend(office.country.iter().map(|code| format!(" of {code}")));
    text.extend(office.to.iter().map(|code| format!(" to {code}")));
    match &office.evidence {
        Some(evidence) => Line::with("office", text, evidence),
        None => Line { by: Some("knowledge".into()), ..Line::plain("office", text) },
    }
}

/// The different words that refer to it, but for its name; pronouns are counted.
fn called(entity: &Entity, names: &Names<'_>) -> Option<Line> {
    let mut seen = BTreeSet::from([words::one_line(&entity.name)]);
    let mut forms = Vec::new();
    let mut pronouns = 0;
    for mention in &entity.mentions {
        let form = words::shortened(&names.text(mention.span), 60);
        match mention.kind {
            MentionKind::Pronoun => pronouns += 1,
            _ if seen.insert(form.clone()) => forms.push(format!("“{form}”")),
            _ => {}
        }
    }
    if pronouns > 0 {
        forms.push(words::count(pronouns, "pronoun", "pronouns"));
    }
    (!forms.is_empty()).then(|| Line::plain("also", forms.join(", ")))
}

fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::State => "state",
        EntityKind::Government => "government",
        EntityKind::Place => "place",
        EntityKind::Organisation => "organisation",
        EntityKind::Nationality => "nationality",
        EntityKind::Facility => "facility",
        EntityKind::Event => "named event",
        EntityKind::Law => "law or treaty",
        EntityKind::Document => "document",
        EntityKind::Group => "group",
        EntityKind::Other => "other",
    }
}
