//! Writes the gaps of treebanks for `training/splitter/train.py`: `splitter_gaps FILE.conllu… > gaps.txt`.
//! Each line: 1 where a sentence ends, else 0; then the numbers of the gap's features.

use std::io::Write as _;

use legation_knowledge::Files;
use legation_text::training::SentenceEnds;

/// Documents whose licence forbids use in what is sold.
const LEFT_OUT: [&str; 2] = ["GUM_whow_", "GUM_fiction_"];

/// A paragraph's text and the bytes at which its sentences end.
#[derive(Default)]
struct Paragraph {
    text: String,
    ends: Vec<usize>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let ends = SentenceEnds::load(&Files::built_in())?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1) {
        for paragraph in paragraphs(&std::fs::read_to_string(path)?) {
            for (ends_here, features) in ends.gaps(&paragraph.text, &paragraph.ends) {
                let numbers: Vec<String> = features.iter().map(u32::to_string).collect();
                writeln!(out, "{} {}", u8::from(ends_here), numbers.join(" "))?;
            }
        }
    }
    Ok(())
}

fn paragraphs(treebank: &str) -> Vec<Paragraph> {
    let mut found = vec![Paragraph::default()];
    let (mut left_out, mut fresh) = (false, true);
    for line in treebank.lines() {
        if line.starts_with("# newdoc") || line == "# newpar" || line.starts_with("# newpar ") {
            fresh = true;
        } else if let Some(id) = line.strip_prefix("# sent_id = ") {
            left_out = LEFT_OUT.iter().any(|name| id.starts_with(name));
        } else if let Some(text) = line.strip_prefix("# text = ").filter(|_| !left_out) {
            if std::mem::take(&mut fresh) {
                found.push(Paragraph::default());
            }
            if let Some(last) = found.last_mut() {
                let space = if last.text.is_empty() { "" } else { " " };
                last.text += &format!("{space}{}", text.trim());
                last.ends.push(last.text.len());
            }
        }
    }
    found
}
