//! Under which key a thing is the same in every article.

use legation_knowledge::normalise;
use legation_record::{Entity, EntityKind, MentionKind, Participant};

/// The key of an entity: its knowledge id, its country where it stands for one, or else its own
/// name. `None` for what is only described ("a delegation").
#[must_use]
pub fn key(entity: &Entity) -> Option<String> {
    let stands_for_country =
        matches!(entity.kind, EntityKind::State | EntityKind::Government | EntityKind::Nationality);
    match (&entity.link, &entity.country) {
        (_, Some(country)) if stands_for_country => Some(state(country)),
        (Some(link), _) => Some(link.clone()),
        _ if is_named(entity) => Some(own(&entity.name)),
        _ => None,
    }
}

/// The key of a country by its code.
#[must_use]
pub fn state(country: &str) -> String {
    format!("state/{country}")
}

/// The key of somebody in an event. Without an entity, only a name of several words is one.
#[must_use]
pub fn participant_key(entity: Option<&Entity>, participant: &Participant) -> Option<String> {
    match entity {
        Some(entity) => key(entity),
        None => participant.country.as_deref().map(state).or_else(|| {
            let words: Vec<&str> = participant.text.split_whitespace().collect();
            let named = words.iter().all(|word| word.starts_with(char::is_uppercase));
            (words.len() > 1 && named).then(|| own(&participant.text))
        }),
    }
}

fn own(name: &str) -> String {
    format!("name/{}", normalise(name).replace(' ', "-"))
}

fn is_named(entity: &Entity) -> bool {
    let named = entity.mentions.iter().any(|mention| mention.kind == MentionKind::Name);
    named && entity.kind != EntityKind::Group && !entity.name.is_empty()
}
