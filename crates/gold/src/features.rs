//! What the graph of events is trained on: the reader's own words, trees, names, times and word states, so that
//! the trained network sees exactly what the program will show it.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
};

use anyhow::Context;
use legation_app::Reader;
use legation_record::{Article, CodePoints};
use legation_text::Parse;
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::lines;

/// Documents that are held at once.
const CHUNK: usize = 256;

/// Writes the words of every document to `out`, and the states of all words, one after the other, to `out` + `.states`.
pub fn write(reader: &Reader, documents: &str, out: &Path) -> anyhow::Result<()> {
    let create = |path: &Path| File::create(path).with_context(|| format!("cannot write {}", path.display()));
    let mut words = BufWriter::new(create(out)?);
    let mut states = BufWriter::new(create(Path::new(&format!("{}.states", out.display())))?);
    for chunk in lines::values(documents)?.chunks(CHUNK) {
        let read: Vec<(Value, Vec<f32>)> =
            chunk.par_iter().map(|document| features(reader, document)).collect();
        for (line, rows) in read {
            writeln!(words, "{line}")?;
            for value in rows {
                states.write_all(&value.to_le_bytes())?;
            }
        }
    }
    words.flush()?;
    Ok(states.flush()?)
}

fn features(reader: &Reader, document: &Value) -> (Value, Vec<f32>) {
    let mut article = Article::new(lines::string(document, "text"));
    article.meta.published = lines::string(document, "date").get(..10).and_then(|day| day.parse().ok());
    let (parse, states) = reader.text().read_with_states(&article);
    let points = CodePoints::new(&article.text);
    let times = reader.times().read(&article, &parse);
    let entities = reader.entities().read(&article, &parse, &times);
    let times = times.times.iter().map(|time| {
        let interval = time.interval.map(|interval| {
            json!([interval.earliest.map(|day| day.to_string()), interval.latest.map(|day| day.to_string())])
        });
        json!({ "span": points.span(time.span), "type": time.kind, "value": time.value, "days": interval, "all": points.span(time.evidence.cover()) })
    });
    let times: Vec<Value> = times.collect();
    let mentions = entities.entities.iter().flat_map(|entity| {
        let points = &points;
        entity.mentions.iter().map(move |mention| {
            json!({ "span": points.span(mention.span), "entity": entity.id, "kind": entity.kind,
                    "country": entity.country, "form": mention.kind })
        })
    });
    let mentions: Vec<Value> = mentions.collect();
    let sentences = sentences(&parse, &points);
    let line = json!({ "id": document["id"], "date": document["date"], "sentences": sentences, "times": times,
                       "mentions": mentions });
    (line, states)
}

/// A list of words for each sentence: start, end, UPOS, relation, head (-1: root), name tag, lemma.
fn sentences(parse: &Parse, points: &CodePoints) -> Vec<Value> {
    let sentence = |sentence: &legation_text::Sentence| {
        let word = |(at, token): (usize, &legation_text::Token)| {
            let (start, end) = points.span(token.span);
            let head = token.head.map_or(-1, |head| head as i64);
            let name = sentence.name_at(at).map_or("O", |name| name.kind.tag());
            json!([start, end, token.upos.name(), &*token.deprel, head, name, &*token.lemma, &*token.feats])
        };
        let words: Vec<Value> = sentence.tokens.iter().enumerate().map(word).collect();
        json!({ "block": parse.blocks[sentence.block].kind.name(), "words": words })
    };
    parse.sentences.iter().map(sentence).collect()
}
