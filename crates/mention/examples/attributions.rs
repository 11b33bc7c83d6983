//! Reads `{doc, text}` lines and writes the outermost attributions with code-point offsets, for the scorer.
use std::io::{self, BufRead, Write};

use legation_knowledge::Files;
use legation_mention::{attribution::AttributionReader, entity::EntityReader, time::TimeReader};
use legation_record::{Article, CodePoints, Span};
use legation_text::TextReader;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut files = Files::built_in();
    if let Some(folder) = std::env::var_os("KNOWLEDGE") {
        files.overlay(std::path::Path::new(&folder))?;
    }
    let (text, time) = (TextReader::load(&files)?, TimeReader::load(&files)?);
    let (entity, attribution) = (EntityReader::load(&files)?, AttributionReader::load(&files)?);
    let nested = std::env::args().any(|argument| argument == "--nested");
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line: Value = serde_json::from_str(&line?)?;
        let article = Article::new(line["text"].as_str().unwrap_or_default());
        let parse = text.read(&article);
        let times = time.read(&article, &parse);
        let entities = entity.read(&article, &parse, &times);
        let layer = attribution.read(&article, &parse, &times, &entities);
        let points = CodePoints::new(&article.text);
        let spans = |spans: &[Span]| spans.iter().map(|span| points.span(*span)).collect::<Vec<_>>();
        let found = layer.attributions.iter().filter(|one| nested || one.level == 0);
        let found = found.map(|one| {
            json!({"source": spans(&one.source), "cue": spans(&one.cue), "content": spans(&one.content),
                "level": one.level, "act": one.act, "rule": one.evidence.by, "form": one.form})
        });
        writeln!(out, "{}", json!({"doc": line["doc"], "attributions": found.collect::<Vec<_>>()}))?;
    }
    Ok(())
}
