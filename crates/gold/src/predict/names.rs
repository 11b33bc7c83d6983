use legation_app::Reader;
use legation_text::{NameKind, Sentence};

use crate::bio;

/// The tokens of a sentence with the tags of the names in it.
pub fn predict(reader: &Reader, block: &str) -> anyhow::Result<String> {
    let tokens: Vec<&str> = bio::rows(block).into_iter().map(|(token, _)| token).collect();
    let sentence = super::ud::given(reader, &tokens);
    let tags = sentence.map_or_else(|| vec!["O".to_owned(); tokens.len()], |it| tags(&it, tokens.len()));
    let rows = tokens.iter().zip(tags).map(|(token, tag)| format!("{token}\t{tag}\n"));
    Ok(rows.chain(["\n".to_owned()]).collect())
}

fn tags(sentence: &Sentence, count: usize) -> Vec<String> {
    let mut tags = vec!["O".to_owned(); count];
    for name in &sentence.names {
        let Some(kind) = kind(name.kind) else { continue };
        for (at, tag) in tags.iter_mut().enumerate().take(name.last + 1).skip(name.first) {
            *tag = format!("{}-{kind}", if at == name.first { "B" } else { "I" });
        }
    }
    tags
}

/// The three kinds of the universal scheme; nationalities and the rest are none of them.
fn kind(kind: NameKind) -> Option<&'static str> {
    match kind {
        NameKind::Person => Some("PER"),
        NameKind::State | NameKind::Place | NameKind::Facility => Some("LOC"),
        NameKind::Organisation => Some("ORG"),
        NameKind::Nationality | NameKind::Event | NameKind::Law | NameKind::Other => None,
    }
}
