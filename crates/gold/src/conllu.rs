//! CoNLL-U: reading sentences and documents.

/// A syntactic word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub form: String,
    pub upos: String,
    /// Number of the governor, from 1; 0 for the root.
    pub head: usize,
    pub deprel: String,
    /// The brackets of entity mentions that GUM keeps in the last column.
    pub entity: String,
}

/// A surface token: one word, or several written together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surface {
    pub form: String,
    /// Index of its first word and one past its last.
    pub words: (usize, usize),
    pub space_after: bool,
}

/// A sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentence {
    pub comments: Vec<String>,
    pub words: Vec<Word>,
    pub surfaces: Vec<Surface>,
}

impl Sentence {
    /// Whether a document begins here.
    pub fn new_document(&self) -> bool {
        self.comments.iter().any(|line| line.starts_with("# newdoc"))
    }

    /// Whether a paragraph begins here.
    pub fn new_paragraph(&self) -> bool {
        let begins = |line: &String| line.starts_with("# newpar ") || line == "# newpar";
        self.new_document() || self.comments.iter().any(begins)
    }

    /// The text as the comment has it, or else as the tokens make it up.
    pub fn text(&self) -> String {
        let stated = self.comments.iter().find_map(|line| line.strip_prefix("# text = "));
        stated.map_or_else(|| self.spelt(), |text| text.trim().to_owned())
    }

    fn spelt(&self) -> String {
        let pieces =
            self.surfaces.iter().map(|it| format!("{}{}", it.form, if it.space_after { " " } else { "" }));
        pieces.collect::<String>().trim_end().to_owned()
    }

    /// Whether white space follows the sentence.
    pub fn space_after(&self) -> bool {
        self.surfaces.last().is_none_or(|surface| surface.space_after)
    }

    fn add(&mut self, row: &str) -> anyhow::Result<()> {
        let cells: Vec<&str> = row.split('\t').collect();
        anyhow::ensure!(cells.len() >= 10, "{} cells where 10 are expected: {row}", cells.len());
        let space_after = !cells[9].split('|').any(|entry| entry == "SpaceAfter=No");
        if cells[0].contains('.') {
            return Ok(());
        }
        if let Some((first, last)) = cells[0].split_once('-') {
            let words = (first.parse::<usize>()?.saturating_sub(1), last.parse()?);
            self.surfaces.push(Surface { form: cells[1].to_owned(), words, space_after });
            return Ok(());
        }
        self.add_word(&cells, space_after)
    }

    fn add_word(&mut self, cells: &[&str], space_after: bool) -> anyhow::Result<()> {
        let at = self.words.len();
        anyhow::ensure!(
            cells[0].parse::<usize>()? == at + 1,
            "word {} where {} is expected",
            cells[0],
            at + 1
        );
        if self.surfaces.last().is_none_or(|surface| surface.words.1 <= at) {
            self.surfaces.push(Surface { form: cells[1].to_owned(), words: (at, at + 1), space_after });
        }
        self.words.push(Word {
            form: cells[1].to_owned(),
            upos: cells[3].to_owned(),
            head: cells[6].parse().unwrap_or(0),
            deprel: cells[7].to_owned(),
            entity: entity(cells[9]).to_owned(),
        });
        Ok(())
    }
}

fn entity(misc: &str) -> &str {
    misc.split('|').find_map(|entry| entry.strip_prefix("Entity=")).unwrap_or_default()
}

/// The sentences of a file.
pub fn read(text: &str) -> anyhow::Result<Vec<Sentence>> {
    blocks(text).into_iter().map(sentence).collect()
}

/// One sentence's lines.
pub fn sentence(block: &str) -> anyhow::Result<Sentence> {
    let mut sentence = Sentence::default();
    for line in block.lines() {
        match line.starts_with('#') {
            true => sentence.comments.push(line.to_owned()),
            false => sentence.add(line)?,
        }
    }
    let count = sentence.words.len();
    anyhow::ensure!(
        sentence.surfaces.iter().all(|it| it.words.0 < it.words.1 && it.words.1 <= count),
        "a token spans words that are not there"
    );
    Ok(sentence)
}

/// Stretches of lines between blank lines.
pub fn blocks(text: &str) -> Vec<&str> {
    let mut blocks = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            blocks.push(&text[start..at]);
            start = at + line.len();
        }
        at += line.len();
    }
    blocks.push(&text[start..]);
    blocks.retain(|block| !block.trim().is_empty());
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    const DONT: &str = "# text = Don’t go\n1-2\tDon’t\t_\t_\t_\t_\t_\t_\t_\t_\n1\tDo\tdo\tAUX\tVB\t_\t3\taux\t_\t_\n2\tn’t\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n";

    #[test]
    fn reads_words_written_together() {
        let sentence = sentence(DONT).unwrap();
        let spans: Vec<_> = sentence.surfaces.iter().map(|it| it.words).collect();
        assert_eq!(spans, [(0, 2), (2, 3)]);
        assert_eq!(sentence.words[1].head, 3);
    }

    #[test]
    fn divides_at_blank_lines() {
        assert_eq!(blocks("a\nb\n\n\nc\n"), ["a\nb\n", "c\n"]);
        assert!(blocks("\n \n").is_empty());
    }
}
