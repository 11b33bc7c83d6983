use std::collections::HashMap;

use legation_knowledge::{Gazetteer, Sense, normalise};
use legation_text::{Parse, Upos};

/// Which countries the names of an article speak for, by names that mean one thing alone.
#[derive(Debug, Default)]
pub(super) struct Around {
    lands: HashMap<String, usize>,
}

impl Around {
    pub fn of(text: &str, parse: &Parse, gazetteer: &Gazetteer) -> Self {
        let mut around = Self::default();
        for token in parse.sentences.iter().flat_map(|sentence| &sentence.tokens) {
            let form = token.form(text);
            if matches!(token.upos, Upos::Propn | Upos::Adj) && form.starts_with(char::is_uppercase) {
                let land = land(gazetteer, gazetteer.senses_of(&normalise(form)));
                land.into_iter().for_each(|code| *around.lands.entry(code).or_default() += 1);
            }
        }
        around
    }

    /// Whether anything else in the article speaks for a country.
    pub fn speaks_for(&self, code: &str) -> bool {
        self.lands.contains_key(code)
    }
}

/// The one country of all that a name can mean; none where it can mean several or a person.
fn land(gazetteer: &Gazetteer, senses: &[Sense]) -> Option<String> {
    let code = |sense: &Sense| match sense {
        Sense::State(at) | Sense::Nationality(at) => gazetteer.state_at(*at).map(|it| it.id.clone()),
        Sense::Metonym(at) => gazetteer.metonym_at(*at)?.country.clone(),
        Sense::Place(at) => gazetteer.place_at(*at).map(|it| it.country.clone()),
        Sense::Region(at) => gazetteer.region_at(*at).and_then(|it| match it.countries.as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        }),
        _ => None,
    };
    let first = senses.first().and_then(code)?;
    senses.iter().all(|sense| code(sense).as_ref() == Some(&first)).then_some(first)
}
