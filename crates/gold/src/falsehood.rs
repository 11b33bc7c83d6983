//! False events: what the reader finds in paragraphs that tell none.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use anyhow::Context;
use legation_app::Reader;
use legation_record::{Article, Event, Record, Span};

use crate::lines;

/// Counts the events in the paragraphs of a list, by sort, and quotes each.
pub fn count(reader: &Reader, list: &str, corpus: &str) -> anyhow::Result<String> {
    let sorts = sorts(list)?;
    let mut found: BTreeMap<&str, usize> = sorts.values().map(|sort| (*sort, 0)).collect();
    let (mut read, mut out) = (BTreeSet::new(), String::new());
    for line in corpus.lines().filter(|line| !line.trim().is_empty()) {
        let value = lines::values(line)?.pop().context("a line holds no value")?;
        let id = lines::string(&value, "id");
        let Some(sort) = sorts.get(id) else { continue };
        let record = reader.read(Article::new(lines::string(&value, "text")));
        for event in record.events.iter().filter(|event| event.codes.plover.is_some()) {
            *found.entry(sort).or_default() += 1;
            let _ = writeln!(out, "{id}\t{sort}\t{}", told(&record, event));
        }
        read.insert(id.to_owned());
    }
    let missing = sorts.keys().filter(|id| !read.contains(**id)).count();
    anyhow::ensure!(missing == 0, "{missing} paragraphs of the list are not in the corpus");
    for (sort, number) in &found {
        let _ = writeln!(out, "{sort}: {number}");
    }
    let _ = writeln!(out, "false events: {} in {} paragraphs", found.values().sum::<usize>(), read.len());
    Ok(out)
}

fn sorts(list: &str) -> anyhow::Result<BTreeMap<&str, &str>> {
    let rows = list.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1);
    rows.map(|row| row.split_once('\t').with_context(|| format!("'{row}' is no id and sort"))).collect()
}

fn told(record: &Record, event: &Event) -> String {
    let words = event.evidence.first().map_or(event.trigger, legation_record::Evidence::cover);
    let words = Span::slice(words, &record.article.text).unwrap_or_default();
    format!("{}\t{}", event.kind.0, words.replace(['\t', '\n'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_of_the_listed_paragraphs_are_counted() {
        let reader = Reader::built_in().unwrap();
        let list = "# note\nid\tsort\na\tsport\nb\tarts\n";
        let corpus = "{\"id\": \"a\", \"text\": \"Brazil beat Peru in the final.\"}\n{\"id\": \"b\", \"text\": \"Germany expelled two Russian diplomats.\"}\n";
        let out = count(&reader, list, corpus).unwrap();
        assert!(out.ends_with("arts: 1\nsport: 0\nfalse events: 1 in 2 paragraphs\n"), "{out}");
        assert!(count(&reader, list, "").is_err());
    }
}
