//! Inputs for the tasks whose gold names texts that lie in other files.

use std::collections::BTreeMap;

use anyhow::Context;
use serde_json::{Value, json};

use crate::lines;

/// One input line for every line of the gold, in its order.
pub fn of_gold(gold: &str, files: &[String]) -> anyhow::Result<String> {
    let gold = lines::values(gold)?;
    if gold.first().is_some_and(|line| line.get("eiid").is_some()) {
        return of_events(&gold, files);
    }
    if gold.first().is_some_and(|line| line.get("sources").is_some()) {
        return of_sources(&gold, files);
    }
    if gold.first().is_some_and(|line| line.get("sentence").is_some()) {
        return of_sentences(&gold, files);
    }
    let wanted: BTreeMap<&str, ()> = gold.iter().map(|line| (lines::string(line, "id"), ())).collect();
    let mut inputs = BTreeMap::new();
    for file in files {
        for line in lines::values(file)? {
            let id = ["id", "doc"]
                .iter()
                .map(|key| lines::string(&line, key))
                .find(|id| !id.is_empty())
                .unwrap_or_default();
            if wanted.contains_key(id) {
                inputs.insert(id.to_owned(), line);
            }
        }
    }
    gold.iter().map(|line| input(line, &inputs)).collect()
}

fn input(gold: &Value, inputs: &BTreeMap<String, Value>) -> anyhow::Result<String> {
    let id = lines::string(gold, "id");
    let text = inputs.get(id).with_context(|| format!("no file holds the text of {id}"))?;
    Ok(format!(
        "{}\n",
        json!({ "id": id, "date": gold["date"], "title": text.get("title"), "text": text["text"] })
    ))
}

/// One input line for every sentence, cut out of its paragraph.
fn of_sentences(gold: &[Value], files: &[String]) -> anyhow::Result<String> {
    let mut texts = BTreeMap::new();
    for file in files {
        let held = lines::values(file)?.into_iter();
        texts.extend(held.map(|line| (lines::string(&line, "id").to_owned(), line)));
    }
    let input = |line: &Value| {
        let document = lines::string(line, "document");
        let held = texts.get(document).with_context(|| format!("no file holds the text of {document}"))?;
        let place = lines::list(line, "sentence").iter().filter_map(Value::as_u64).map(|at| at as usize);
        let [start, end] = place.collect::<Vec<_>>()[..] else {
            anyhow::bail!("a sentence has a start and an end")
        };
        let text: String = lines::string(held, "text").chars().take(end).skip(start).collect();
        Ok(format!("{}\n", json!({ "id": line["id"], "date": held["date"], "text": text })))
    };
    gold.iter().map(input).collect()
}

/// One input line for every text with the places of its sources, in the order of the gold.
fn of_sources(gold: &[Value], files: &[String]) -> anyhow::Result<String> {
    let mut texts = BTreeMap::new();
    for file in files {
        texts.extend(
            lines::values(file)?.into_iter().map(|line| (lines::string(&line, "doc").to_owned(), line)),
        );
    }
    let place = |it: &Value| json!({ "start": it["start"], "end": it["end"] });
    let input = |line: &Value| {
        let doc = lines::string(line, "doc");
        let text = texts.get(doc).with_context(|| format!("no file holds the text of {doc}"))?;
        let sources: Vec<Value> = lines::list(line, "sources").iter().map(place).collect();
        let (date, text) = (&text["date"], &text["text"]);
        Ok(format!("{}\n", json!({ "doc": doc, "date": date, "text": text, "sources": sources })))
    };
    gold.iter().map(input).collect()
}

/// One input line for every text with the words of its events, in the order of the gold.
fn of_events(gold: &[Value], files: &[String]) -> anyhow::Result<String> {
    let mut words: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    let mut order = Vec::new();
    for line in gold {
        let doc = lines::string(line, "doc");
        let events = words.entry(doc).or_insert_with(|| {
            order.push(line);
            Vec::new()
        });
        events.push(json!({ "id": line["eiid"], "start": line["span"][0], "end": line["span"][1] }));
    }
    let mut texts = BTreeMap::new();
    for file in files {
        let held = lines::values(file)?.into_iter();
        texts.extend(held.map(|line| (lines::string(&line, "doc").to_owned(), line["text"].clone())));
    }
    let input = |line: &&Value| {
        let doc = lines::string(line, "doc");
        let text = texts.get(doc).with_context(|| format!("no file holds the text of {doc}"))?;
        let events = words.get(doc);
        Ok(format!("{}\n", json!({ "doc": doc, "dct": line["dct"], "text": text, "events": events })))
    };
    order.iter().map(input).collect()
}
