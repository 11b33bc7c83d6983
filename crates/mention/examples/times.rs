//! Time expressions of articles: `{doc, dct, text}` a line in, `{doc, timexes}` a line out.
//! Offsets are Unicode code points. `--bare` reads without trees; `--knowledge DIR` lays a folder of
//! rules over those built in.

use std::io::{BufRead, Write};

use legation_knowledge::Files;
use legation_mention::time::TimeReader;
use legation_record::{Article, CodePoints};
use legation_text::{Parse, TextReader};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bare = std::env::args().any(|argument| argument == "--bare");
    let mut files = Files::built_in();
    if let Some(folder) = std::env::args().skip_while(|argument| argument != "--knowledge").nth(1) {
        files.overlay(folder.as_ref())?;
    }
    let (text_reader, reader) = (TextReader::load(&files)?, TimeReader::load(&files)?);
    for line in std::io::stdin().lock().lines() {
        let input: serde_json::Value = serde_json::from_str(&line?)?;
        let mut article = Article::new(input["text"].as_str().unwrap_or_default());
        article.meta.published =
            input["dct"].as_str().and_then(|day| day.get(..10)).and_then(|day| day.parse().ok());
        let parse = if bare { Parse::default() } else { text_reader.read(&article) };
        let layer = reader.read(&article, &parse);
        let points = CodePoints::new(&article.text);
        let timexes: Vec<_> = layer.times.iter().map(|time| {
            let (start, end) = points.span(time.span);
            serde_json::json!({"start": start, "end": end, "type": time.kind, "value": time.value, "mod": time.modifier,
                "edtf": time.edtf, "by": time.evidence.by, "reason": time.reason})
        }).collect();
        let published = &layer.published;
        writeln!(
            std::io::stdout(),
            "{}",
            serde_json::json!({"doc": input["doc"], "published": published, "timexes": timexes})
        )?;
    }
    Ok(())
}
