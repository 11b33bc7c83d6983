//! Names as BIO tags, one token a line.

/// A name: first token, one past the last, kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chunk {
    pub first: usize,
    pub end: usize,
    pub kind: String,
}

/// Token and tag of every line of a sentence.
pub fn rows(block: &str) -> Vec<(&str, &str)> {
    let line = |line: &'_ str| line.trim_end_matches('\r').len();
    block.split('\n').map(|text| &text[..line(text)]).filter(|text| !text.is_empty()).map(cells).collect()
}

fn cells(line: &str) -> (&str, &str) {
    line.split_once('\t').map_or((line, "O"), |(token, tag)| (token, tag.rsplit('\t').next().unwrap_or(tag)))
}

/// The names that tags mark, read as conlleval reads them: an `I-X` that follows no `X` begins a name.
pub fn chunks(tags: &[&str]) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut before = ("O", "");
    for (at, tag) in tags.iter().enumerate() {
        let (mark, kind) = tag.split_once('-').unwrap_or((tag, ""));
        let goes_on = mark == "I" && before.0 != "O" && before.1 == kind;
        match chunks.last_mut() {
            Some(last) if goes_on => last.end = at + 1,
            _ if mark != "O" => chunks.push(Chunk { first: at, end: at + 1, kind: kind.to_owned() }),
            _ => {}
        }
        before = (mark, kind);
    }
    chunks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(tags: &[&str]) -> Vec<(usize, usize, String)> {
        chunks(tags).into_iter().map(|it| (it.first, it.end, it.kind)).collect()
    }

    #[test]
    fn repairs_as_conlleval_does() {
        assert_eq!(found(&["I-PER", "I-PER", "O"]), [(0, 2, "PER".to_owned())]);
        assert_eq!(found(&["B-PER", "I-LOC"]), [(0, 1, "PER".to_owned()), (1, 2, "LOC".to_owned())]);
        assert_eq!(found(&["B-PER", "B-PER"]).len(), 2);
        assert_eq!(found(&["B-PER", "O", "I-PER"]).len(), 2);
    }
}
