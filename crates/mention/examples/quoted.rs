//! Times a quotation of 10 KB to 1 MB, its parse known: `cargo run --release -p legation-mention --example quoted`.

use std::time::Instant;

use legation_knowledge::Files;
use legation_mention::{attribution::AttributionReader, entity::EntityLayer, time::TimeReader};
use legation_record::{Article, Span};
use legation_text::{Parse, TextReader};

const SENTENCE: &str = "Oslo thinks the talks will go on, and the envoy said so in Bergen. ";

/// A sentence and its parse again and again, between marks: the tree of each is known, so that only the reader
/// of attributions takes time.
fn repeated(text: &TextReader, sentence: &str, times: usize) -> (Article, Parse) {
    let one = text.read(&Article::new(sentence));
    let text = format!("\"{}\"", sentence.repeat(times));
    let shift = |span: Span, by: usize| Span::new(span.start + by, span.end + by);
    let mut parse = Parse { blocks: one.blocks.clone(), ..Parse::default() };
    parse.blocks[0].span = Span::new(0, text.len());
    for by in (0..times).map(|time| 1 + time * sentence.len()) {
        for mut sentence in one.sentences.iter().cloned() {
            sentence.span = shift(sentence.span, by);
            sentence.tokens.iter_mut().for_each(|token| token.span = shift(token.span, by));
            parse.sentences.push(sentence);
        }
    }
    (Article::new(text), parse)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files = Files::built_in();
    let (text, times) = (TextReader::load(&files)?, TimeReader::load(&files)?);
    let attributions = AttributionReader::load(&files)?;
    println!("KB\tms\tms_per_MB");
    for size in [10 << 10, 100 << 10, 1 << 20] {
        let (article, parse) = repeated(&text, SENTENCE, size / SENTENCE.len());
        let dated = times.read(&article, &Parse::default());
        let start = Instant::now();
        std::hint::black_box(attributions.read(&article, &parse, &dated, &EntityLayer::default()));
        let ms = start.elapsed().as_secs_f64() * 1000.0;
        println!("{}\t{ms:.1}\t{:.1}", size >> 10, ms * (1 << 20) as f64 / size as f64);
    }
    Ok(())
}
