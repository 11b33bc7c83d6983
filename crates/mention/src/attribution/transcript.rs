//! Transcripts: paragraphs that open with who speaks.

use legation_record::Span;

use super::{draft::Draft, speaker::labelled};

/// Turns that make a transcript, so that paragraphs without a name go on with the last one.
const MANY_TURNS: usize = 3;
/// Bytes of a name before its colon.
const MOST_NAME: usize = 40;
/// Words of a name that is not in capitals.
const MOST_WORDS: usize = 5;

/// How a paragraph tells who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// "Q:", "A.", "Q   Sir, …".
    Letter,
    /// "PRESIDENT HOLM:".
    Capitals,
    /// "Minister Holm:".
    Title,
}

#[derive(Debug, Clone, Copy)]
struct Label<'a> {
    kind: Kind,
    name: &'a str,
    at: Span,
    /// The colon or full stop after it; the letter itself where none is.
    mark: Span,
    said: Span,
}

/// What each speaker says: paragraphs that open with a name in capitals and a colon, with Q or A, or, where
/// names come again, with any name and a colon.
pub(super) fn turns(text: &str, paragraphs: &[Span]) -> Vec<Draft> {
    let labels: Vec<Option<Label>> = paragraphs.iter().map(|paragraph| label(text, *paragraph)).collect();
    let trusted = Trust::of(&labels);
    let mut turns: Vec<Draft> = Vec::new();
    for (paragraph, label) in paragraphs.iter().zip(&labels) {
        if let Some(label) = label.filter(|label| trusted.holds(label)) {
            turns.push(labelled(label.at, label.mark, label.said, "attribution/transcript"));
        } else if let Some(turn) = turns.last_mut().filter(|_| !is_note(text, *paragraph)) {
            turn.content.push(*paragraph);
        }
    }
    // What follows the last turn may be the author's again.
    let told = if turns.len() < MANY_TURNS { turns.len() } else { 1 };
    turns.iter_mut().rev().take(told).for_each(|turn| turn.content.truncate(1));
    turns
}

impl Label<'_> {
    fn has_colon(&self) -> bool {
        self.at != self.mark
    }
}

/// Which kinds of label count in a text.
struct Trust {
    letters: bool,
    lone_word: bool,
    titles: bool,
}

impl Trust {
    fn of(labels: &[Option<Label>]) -> Self {
        let of = |kind: Kind| labels.iter().flatten().filter(move |label| label.kind == kind);
        let mut names: Vec<&str> = of(Kind::Title).map(|label| label.name).collect();
        names.sort_unstable();
        let again = names.windows(2).any(|pair| pair[0] == pair[1]);
        Self {
            letters: of(Kind::Letter).any(Label::has_colon) || labels.iter().flatten().nth(1).is_some(),
            lone_word: labels.iter().flatten().nth(1).is_some(),
            titles: again && names.len() >= MANY_TURNS,
        }
    }

    fn holds(&self, label: &Label) -> bool {
        match label.kind {
            Kind::Letter => self.letters,
            Kind::Capitals => self.lone_word || label.name.contains(' '),
            Kind::Title => self.titles,
        }
    }
}

/// Stage directions: "(Applause.)".
fn is_note(text: &str, paragraph: Span) -> bool {
    paragraph.slice(text).is_some_and(|words| {
        words.starts_with('(') && words.ends_with(')') || words.starts_with('[') && words.ends_with(']')
    })
}

/// Marks that may stand around a name: quotation marks, and those of bold type.
const AROUND: [char; 5] = ['“', '"', '*', '_', ' '];

fn label(text: &str, paragraph: Span) -> Option<Label<'_>> {
    let words = paragraph.slice(text)?.trim_start_matches(AROUND);
    let start = paragraph.end - words.len();
    letter(words, start, paragraph.end).or_else(|| named(words, start, paragraph.end))
}

/// Q or A with a colon, a full stop or white space of more than one character after it.
fn letter(words: &str, start: usize, end: usize) -> Option<Label<'_>> {
    let rest = words.strip_prefix(['Q', 'A'])?;
    let said = rest.trim_start_matches(['.', ':', '*', ' ', '\t']);
    let at = Span::new(start, start + 1);
    let marked = rest.starts_with(['.', ':']) && rest[1..].starts_with([' ', '\t', '*']);
    let spaced = rest.starts_with("  ") || rest.starts_with('\t');
    if said.is_empty() || !(marked || spaced) {
        return None;
    }
    let mark = if marked { Span::new(start + 1, start + 2) } else { at };
    Some(Label { kind: Kind::Letter, name: &words[..1], at, mark, said: Span::new(end - said.len(), end) })
}

/// A name and a colon.
fn named(words: &str, start: usize, end: usize) -> Option<Label<'_>> {
    let (before, after) = words.split_once(':')?;
    let name = before.trim_end_matches(['*', '_']);
    let said =
        after.trim_start_matches(AROUND.map(|mark| if mark == '“' || mark == '"' { ' ' } else { mark }));
    if name.len() > MOST_NAME || !name.starts_with(char::is_alphabetic) || said.is_empty() {
        return None;
    }
    let capital = name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let title = name.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    let short = name.split_whitespace().take(MOST_WORDS + 1).count() <= MOST_WORDS;
    let kind = if capital { Kind::Capitals } else { (title && short).then_some(Kind::Title)? };
    let colon = start + before.len();
    Some(Label {
        kind,
        name,
        at: Span::new(start, start + name.len()),
        mark: Span::new(colon, colon + 1),
        said: Span::new(end - said.len(), end),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::quote::paragraphs;

    fn read(text: &str) -> Vec<String> {
        let show = |draft: &Draft| {
            let said: Vec<&str> = draft.content.iter().filter_map(|span| span.slice(text)).collect();
            format!("{} | {}", draft.source[0].slice(text).unwrap(), said.join(" … "))
        };
        turns(text, &paragraphs(text)).iter().map(show).collect()
    }

    #[test]
    fn names_letters_and_bold_names_open_turns() {
        let text = "THE PRESIDENT: We signed.\n\nQ    Sir, when?\n\nTHE PRESIDENT: In June.\n\n(Applause.)\n\nMS. HOLM: Thank you.";
        let turns = read(text);
        assert_eq!(
            turns,
            [
                "THE PRESIDENT | We signed.",
                "Q | Sir, when?",
                "THE PRESIDENT | In June.",
                "MS. HOLM | Thank you."
            ]
        );
        assert_eq!(read("Q. Will you sign?\nA. In May."), ["Q | Will you sign?", "A | In May."]);
        let bold = "**Holm:** We sign.\n\n**Reporter:** And then?\n\n**Holm:** We rest.";
        assert_eq!(read(bold), ["Holm | We sign.", "Reporter | And then?", "Holm | We rest."]);
    }

    #[test]
    fn headings_open_none() {
        assert!(read("BREAKING: The talks are over.").is_empty());
        assert!(read("Peace Plan: What is in it\n\nThe plan has six points.").is_empty());
        assert!(read("A ship left port.\n\nQuiet fell.").is_empty());
    }
}
