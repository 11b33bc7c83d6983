use std::collections::BTreeMap;

use legation_app::Reader;
use legation_record::{Article, CodePoints, Date, Entity, EntityKind, Mention, MentionKind, Span};
use legation_text::{Parse, Sentence, Upos};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::gum;

/// A text to find chains in.
#[derive(Debug, Serialize, Deserialize)]
struct Input {
    doc: String,
    date: Option<String>,
    text: String,
}

/// One input a line; of CoNLL-U the documents’ names and texts alone.
pub fn inputs(text: &str) -> anyhow::Result<Vec<Vec<u8>>> {
    if text.trim_start().starts_with('{') {
        return Ok(super::lines(text.as_bytes()));
    }
    let input = |it: gum::Document| Input { doc: it.name, date: None, text: it.text };
    gum::documents(text)?.into_iter().map(|it| Ok(serde_json::to_vec(&input(it))?)).collect()
}

/// The chains of people, places and organisations.
pub fn predict(reader: &Reader, line: &str) -> anyhow::Result<Value> {
    let input: Input = serde_json::from_str(line)?;
    let mut article = Article::new(input.text);
    article.meta.published = input.date.as_deref().and_then(|it| it.parse::<Date>().ok());
    let points = CodePoints::new(&article.text);
    let parse = reader.parse(&article);
    let mut chains: BTreeMap<String, (&'static str, Vec<Value>)> = BTreeMap::new();
    for entity in &reader.read(article).entities {
        let Some(kind) = kind(entity.kind) else { continue };
        for mention in &entity.mentions {
            let (_, mentions) = chains.entry(key(entity, mention)).or_insert_with(|| (kind, Vec::new()));
            mentions.push(written(&points, &parse, mention));
        }
    }
    let chains: Vec<Value> =
        chains.into_values().map(|(kind, mentions)| json!({ "kind": kind, "mentions": mentions })).collect();
    Ok(json!({ "doc": input.doc, "chains": chains }))
}

/// As what GUM counts it; it has no entities of adjectives.
fn kind(kind: EntityKind) -> Option<&'static str> {
    match kind {
        EntityKind::Person | EntityKind::Group => Some("person"),
        EntityKind::State | EntityKind::Place | EntityKind::Facility => Some("place"),
        EntityKind::Government | EntityKind::Organisation => Some("organization"),
        EntityKind::Nationality
        | EntityKind::Event
        | EntityKind::Law
        | EntityKind::Document
        | EntityKind::Other => None,
    }
}

/// A country’s name is one thing to GUM, whether it stands for the land or for those who govern.
fn key(entity: &Entity, mention: &Mention) -> String {
    let state = || entity.link.as_deref().and_then(|link| link.strip_prefix("government/"));
    match state().filter(|_| mention.reason.starts_with("entity/state")) {
        Some(code) => format!("state/{code}"),
        None if entity.kind == EntityKind::State => entity.link.clone().unwrap_or_else(|| entity.id.clone()),
        None => entity.id.clone(),
    }
}

/// Offsets of the whole noun phrase that the tree hangs on the mention's head, as GUM draws its mentions.
fn written(points: &CodePoints, parse: &Parse, mention: &Mention) -> Value {
    let (span, head) = widened(parse, mention).unwrap_or((mention.span, mention.head));
    let ((start, end), (head, _)) = (points.span(span), points.span(head));
    json!({ "start": start, "end": end, "head": head, "pronoun": mention.kind == MentionKind::Pronoun })
}

fn widened(parse: &Parse, mention: &Mention) -> Option<(Span, Span)> {
    let sentence = parse.sentences.iter().find(|it| it.span.contains(mention.head))?;
    let inside = |at: &usize| mention.span.contains(sentence.tokens[*at].span);
    let outside = |at: &usize| {
        sentence.tokens[*at].head.is_none_or(|head| !mention.span.contains(sentence.tokens[head].span))
    };
    let within: Vec<usize> = (0..sentence.tokens.len()).filter(inside).collect();
    let head = within.iter().copied().find(outside)?;
    let (first, last) = phrase(sentence, head);
    Some((sentence.tokens[first].span.cover(sentence.tokens[last].span), sentence.tokens[head].span))
}

/// Relations by which something hangs on a noun without being a part of its phrase.
const OUTSIDE: [&str; 20] = [
    "nsubj",
    "csubj",
    "cop",
    "aux",
    "mark",
    "advcl",
    "advmod",
    "appos",
    "parataxis",
    "discourse",
    "vocative",
    "cc",
    "conj",
    "case",
    "dislocated",
    "expl",
    "list",
    "orphan",
    "reparandum",
    "dep",
];

/// First and last token of what hangs on a noun, without marks at the edges and with its own ’s.
fn phrase(sentence: &Sentence, head: usize) -> (usize, usize) {
    let token = |at: usize| &sentence.tokens[at];
    let part = |at: &usize| {
        let mark = token(*at).upos == Upos::Punct;
        let owns = &*token(*at).xpos == "POS";
        owns || !(mark || OUTSIDE.iter().any(|rel| token(*at).is_rel(rel)))
    };
    let parts = sentence.children(head).filter(part).flat_map(|at| sentence.subtree(at));
    let (mut first, mut last) = parts.fold((head, head), |(first, last), at| (first.min(at), last.max(at)));
    while first < head && token(first).upos == Upos::Punct && !matches!(&*token(first).xpos, "-LRB-" | "``") {
        first += 1;
    }
    while last > head && token(last).upos == Upos::Punct && !matches!(&*token(last).xpos, "-RRB-" | "''") {
        last -= 1;
    }
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_is_widened_to_its_noun_phrase() {
        let reader = Reader::built_in().unwrap();
        let line = r#"{"doc":"a","date":"2024-05-16","text":"The president of the senate, Ada Brown, met the ministers."}"#;
        let chains = predict(&reader, line).unwrap();
        let spans: Vec<(u64, u64)> = chains["chains"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|chain| chain["mentions"].as_array().unwrap())
            .map(|it| (it["start"].as_u64().unwrap(), it["end"].as_u64().unwrap()))
            .collect();
        assert!(spans.contains(&(0, 27)), "{spans:?}");
        assert!(spans.contains(&(29, 38)), "{spans:?}");
    }

    #[test]
    fn gold_mentions_do_not_reach_the_reader() {
        let gold = "# newdoc id = d\n# text = He left.\n1\tHe\t_\tPRON\t_\t_\t2\tnsubj\t_\tEntity=(1-person-new)\n2\tleft\t_\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n3\t.\t_\tPUNCT\t_\t_\t2\tpunct\t_\t_\n";
        let units = inputs(gold).unwrap();
        assert_eq!(String::from_utf8_lossy(&units[0]), r#"{"doc":"d","date":null,"text":"He left."}"#);
    }
}
