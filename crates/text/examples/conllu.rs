//! Parses standard input and prints CoNLL-U: `cargo run -p legation-text --example conllu [--raw] < article.txt`.

use std::io::Read as _;

use legation_knowledge::Files;
use legation_record::Article;
use legation_text::{TextReader, to_conllu};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let reader = TextReader::load(&Files::built_in())?;
    let raw = std::env::args().any(|argument| argument == "--raw");
    let start = std::time::Instant::now();
    let parse = if raw { reader.read_raw(&text) } else { reader.read(&Article::new(text.as_str())) };
    let words: usize = parse.sentences.iter().map(|sentence| sentence.tokens.len()).sum();
    eprintln!("{words} words in {:.2} s", start.elapsed().as_secs_f64());
    parse.warnings.iter().for_each(|warning| eprintln!("{warning}"));
    print!("{}", to_conllu(&text, &parse));
    Ok(())
}
