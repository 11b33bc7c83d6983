use legation_record::Span;

use crate::{
    Block, BlockKind,
    lexicon::Lexicon,
    tokenise::{floor, is_blank},
};

/// A block before it is read: the pieces of text it is made of are one stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Line {
    span: Span,
    /// Whether an empty line stands before it.
    apart: bool,
    /// Whether it begins with white space.
    indented: bool,
}

/// Divides an article into titles, bylines, datelines, paragraphs and list items.
pub(crate) fn structure(text: &str, lexicon: &Lexicon) -> Vec<Block> {
    let lines = lines(text);
    let joined = if is_wrapped(text, &lines) { join(text, &lines) } else { lines };
    let mut blocks: Vec<Block> = Vec::with_capacity(joined.len());
    let mut head = Head::default();
    for (at, line) in joined.iter().enumerate() {
        let last = at + 1 == joined.len();
        head.read(text, *line, last, lexicon, &mut blocks);
    }
    blocks
}

/// Paragraphs as a treebank's raw text has them: empty lines divide, nothing is a mark.
pub(crate) fn paragraphs(text: &str) -> Vec<Block> {
    let mut spans: Vec<Span> = Vec::new();
    for line in lines(text) {
        match spans.last_mut() {
            Some(span) if !line.apart => *span = span.cover(line.span),
            _ => spans.push(line.span),
        }
    }
    spans.into_iter().map(|span| Block { kind: BlockKind::Paragraph, span }).collect()
}

fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let (mut start, mut apart) = (0, true);
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}']) {
        let span = trimmed(text, Span::new(start, start + line.len()));
        let broken = line.ends_with('\n') && line.len() == 1 && text[..start].ends_with('\r');
        if span.is_empty() {
            apart |= !broken;
        } else {
            found.push(Line { span, apart, indented: span.start > start });
            apart = false;
        }
        start += line.len();
    }
    found
}

pub(crate) fn trimmed(text: &str, span: Span) -> Span {
    let inside = span.slice(text).unwrap_or_default();
    let left = inside.trim_start_matches(is_blank);
    let start = span.end - left.len();
    Span::new(start, start + left.trim_end_matches(is_blank).len())
}

/// Columns beyond which a line is a paragraph.
const WIDEST: usize = 100;

fn width(text: &str, line: &Line) -> usize {
    line.span.slice(text).unwrap_or_default().chars().take(WIDEST + 1).count()
}

/// Whether the article's lines were broken at a column.
fn is_wrapped(text: &str, lines: &[Line]) -> bool {
    let widths: Vec<usize> = lines.iter().map(|line| width(text, line)).collect();
    let widest = widths.iter().copied().max().unwrap_or_default();
    if !(40..=WIDEST).contains(&widest) {
        return false;
    }
    let pairs: Vec<usize> = (1..lines.len()).filter(|at| !lines[*at].apart).collect();
    let lower = |at: &&usize| first_char(text, &lines[**at]).is_some_and(char::is_lowercase);
    let flowing = pairs.iter().filter(lower).count();
    let full =
        pairs.iter().filter(|at| widths[**at - 1] + 1 + first_word(text, &lines[**at]) + 12 > widest).count();
    pairs.len() >= 2 && flowing * 5 >= pairs.len() * 2 && full * 10 >= pairs.len() * 6
}

fn first_char(text: &str, line: &Line) -> Option<char> {
    line.span.slice(text)?.chars().next()
}

fn first_word(text: &str, line: &Line) -> usize {
    let inside = line.span.slice(text).unwrap_or_default();
    inside.split_whitespace().next().unwrap_or_default().chars().count()
}

fn join(text: &str, lines: &[Line]) -> Vec<Line> {
    let widest = lines.iter().map(|line| width(text, line)).max().unwrap_or_default();
    let mut joined: Vec<Line> = Vec::new();
    let mut before = 0;
    for line in lines {
        let mark = mark_length(line.span.slice(text).unwrap_or_default()) > 0;
        let continues = !line.apart && !mark && !line.indented
            || first_char(text, line).is_some_and(char::is_lowercase) && !line.apart;
        let full = before + 1 + first_word(text, line) + 12 > widest;
        match joined.last_mut() {
            Some(last) if continues && full => last.span = last.span.cover(line.span),
            _ => joined.push(*line),
        }
        before = width(text, line);
    }
    joined
}

/// Where in the article's head we are.
#[derive(Debug, Default)]
struct Head {
    blocks: usize,
    titled: bool,
    signed: bool,
    begun: usize,
}

/// A headline is no longer than this.
const LONGEST_TITLE: usize = 160;

impl Head {
    fn read(&mut self, text: &str, line: Line, last: bool, lexicon: &Lexicon, blocks: &mut Vec<Block>) {
        let inside = line.span.slice(text).unwrap_or_default();
        self.blocks += 1;
        let mark = mark_length(inside);
        if mark > 0 {
            let span = trimmed(text, Span::new(line.span.start + mark, line.span.end));
            blocks.push(Block { kind: BlockKind::ListItem, span });
            self.begun += 1;
            return;
        }
        let kind = self.kind(inside, last, lexicon);
        if kind == BlockKind::Paragraph {
            self.paragraph(text, line.span, lexicon, blocks);
        } else {
            blocks.push(Block { kind, span: line.span });
        }
    }

    fn kind(&mut self, inside: &str, last: bool, lexicon: &Lexicon) -> BlockKind {
        if self.begun > 0 || self.blocks > 5 {
            return BlockKind::Paragraph;
        }
        if !self.signed && is_byline(inside, lexicon) {
            self.signed = true;
            return BlockKind::Byline;
        }
        if !self.titled && !self.signed && !last && is_title(inside, lexicon) {
            self.titled = true;
            return BlockKind::Title;
        }
        BlockKind::Paragraph
    }

    fn paragraph(&mut self, text: &str, span: Span, lexicon: &Lexicon, blocks: &mut Vec<Block>) {
        let mut span = span;
        let inside = span.slice(text).unwrap_or_default();
        if let Some((length, dash)) = (self.begun < 2).then(|| dateline(inside, lexicon)).flatten() {
            blocks.push(Block {
                kind: BlockKind::Dateline,
                span: trimmed(text, Span::new(span.start, span.start + length)),
            });
            span = trimmed(text, Span::new(span.start + length + dash, span.end));
        }
        self.begun += 1;
        if !span.is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, span });
        }
    }
}

/// Length of the list mark, its white space included, that a line begins with; 0 without one.
fn mark_length(line: &str) -> usize {
    let mark = line.split(is_blank).next().unwrap_or_default();
    let rest = &line[mark.len()..];
    if rest.trim_matches(is_blank).is_empty() || !is_mark(mark) {
        return 0;
    }
    line.len() - rest.trim_start_matches(is_blank).len()
}

fn is_mark(mark: &str) -> bool {
    if matches!(mark, "-" | "*" | "•" | "·" | "▪" | "●" | "‣" | "◦" | "–" | "—" | "■" | "►" | "➤" | "--")
    {
        return true;
    }
    if mark.len() > 6 {
        return false;
    }
    let bare = mark.strip_prefix('(').unwrap_or(mark);
    let Some(bare) =
        bare.strip_suffix(')').or_else(|| bare.strip_suffix('.').filter(|_| !mark.starts_with('(')))
    else {
        return false;
    };
    let number = (1..=2).contains(&bare.len()) && bare.bytes().all(|c| c.is_ascii_digit());
    let letter = bare.len() == 1 && bare.bytes().all(|c| c.is_ascii_lowercase());
    let roman = (1..=4).contains(&bare.len()) && bare.bytes().all(|c| b"ivx".contains(&c));
    number || ((letter || roman) && mark.ends_with(')'))
}

fn is_title(line: &str, lexicon: &Lexicon) -> bool {
    let short = line.len() <= LONGEST_TITLE && line.split_whitespace().count() <= 25;
    let open = !line.ends_with(['.', ':', ',', ';', '"', '”', '!', '…', ')']);
    let begins =
        line.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || "\"'‘“".contains(c));
    short && open && begins && line.contains(is_blank) && dateline(line, lexicon).is_none()
}

fn is_byline(line: &str, lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.is_empty()
        || words.len() > 14
        || line.len() > 120
        || line.ends_with(['.', '?', '!', '"', '”', ':'])
    {
        return false;
    }
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let by = matches!(words[0], "By" | "BY") && words.len() > 2 && words[1..3].iter().all(&capital);
    let rest = words.iter().filter(|word| {
        !capital(word) && !matches!(**word, "and" | "in" | "for" | "with" | "&" | "|" | "of" | "the")
    });
    let small = rest.clone().count();
    let agency = line.rsplit([',', '|', '/']).next().is_some_and(|part| lexicon.is_agency(part.trim()));
    (by && small <= 2) || (agency && words.len() <= 6 && words.len() >= 3 && small == 0)
}

/// Where a dateline may end.
const LONGEST_DATELINE: usize = 100;

/// Length of the dateline that a paragraph begins with, and of the dash after it.
fn dateline(line: &str, lexicon: &Lexicon) -> Option<(usize, usize)> {
    let near = &line[..floor(line, LONGEST_DATELINE)];
    let (at, dash) = first_dash(near)?;
    let before = near[..at].trim_end();
    let (place, agency) = match before.strip_suffix(')').and_then(|open| open.rsplit_once('(')) {
        Some((place, agency)) => (place.trim_end(), Some(agency)),
        None => (before, None),
    };
    let agency = agency
        .is_some_and(|name| lexicon.is_agency(name) || name.chars().next().is_some_and(char::is_uppercase));
    let mut parts = place.split([',', ' ', '/']).filter(|part| !part.is_empty());
    let first = parts.clone().next()?;
    let capitals =
        first.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !first.chars().any(char::is_lowercase);
    let dated = place.split_whitespace().any(|word| word.bytes().any(|c| c.is_ascii_digit()));
    let named = first.chars().next().is_some_and(char::is_uppercase);
    let fits = parts.all(|part| {
        part.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
            || matches!(part, "and" | "de" | "of" | "the" | "al")
    });
    let few = place.split_whitespace().count() <= 9 && !place.contains(['"', '“', ':', ';', '?', '!']);
    let long = line.len() > at + dash + 20;
    (few && fits && long && named && (capitals || agency || (dated && place.contains(','))))
        .then_some((at, dash))
}

/// The first dash that divides: its place and its length with the white space around it.
fn first_dash(line: &str) -> Option<(usize, usize)> {
    let found = line.char_indices().find(|(at, c)| {
        let spaced = line[..*at].ends_with(is_blank) || line[..*at].ends_with(')');
        match c {
            '—' => true,
            '–' | '-' | '―' => {
                spaced && line[*at..].trim_start_matches(['-', '–', '―']).starts_with(is_blank)
            }
            _ => false,
        }
    });
    let (at, _) = found?;
    let rest = line[at..].trim_start_matches(['-', '–', '—', '―']).trim_start_matches(is_blank);
    Some((at, line.len() - at - rest.len()))
}

#[cfg(test)]
mod tests {
    use legation_knowledge::Files;

    use super::*;

    fn blocks(text: &str) -> Vec<(BlockKind, &str)> {
        let lexicon = Lexicon::load(&Files::built_in()).unwrap();
        structure(text, &lexicon)
            .into_iter()
            .map(|block| (block.kind, block.span.slice(text).unwrap()))
            .collect()
    }

    #[test]
    fn a_wire_story_has_title_byline_dateline_and_paragraphs() {
        let text = "Egypt and Israel sign accords\nBy Ann Example and Bo Sample\n\nWASHINGTON, Sept. 17 (Reuters) - Two leaders signed the Camp David accords here on Sunday.\nThey embraced.";
        let expected = [
            (BlockKind::Title, "Egypt and Israel sign accords"),
            (BlockKind::Byline, "By Ann Example and Bo Sample"),
            (BlockKind::Dateline, "WASHINGTON, Sept. 17 (Reuters)"),
            (BlockKind::Paragraph, "Two leaders signed the Camp David accords here on Sunday."),
            (BlockKind::Paragraph, "They embraced."),
        ];
        assert_eq!(blocks(text), expected);
    }

    #[test]
    fn datelines_come_in_several_dresses() {
        let rest = "The delegations met again on Monday morning.";
        for (line, expected) in [
            ("KYIV, Dec. 27 —", "KYIV, Dec. 27"),
            ("LONDON (Reuters) -", "LONDON (Reuters)"),
            ("BEIJING, 27 December (Xinhua) --", "BEIJING, 27 December (Xinhua)"),
            ("PRISTINA, Kosovo (AP) —", "PRISTINA, Kosovo (AP)"),
            ("Geneva (ICRC) –", "Geneva (ICRC)"),
        ] {
            let text = format!("{line} {rest}");
            assert_eq!(blocks(&text), [(BlockKind::Dateline, expected), (BlockKind::Paragraph, rest)]);
        }
        let none = "Two countries — Norway and Sweden — agreed to open the border again.";
        assert_eq!(blocks(none), [(BlockKind::Paragraph, none)]);
    }

    #[test]
    fn list_marks_are_no_part_of_items() {
        let text = "The plan asks for four things in the coming year:\n- A ceasefire.\n• Talks\n2. An exchange\n(a) Aid\nThat is all.";
        let kinds: Vec<_> = blocks(text);
        assert_eq!(
            kinds[1..5],
            [
                (BlockKind::ListItem, "A ceasefire."),
                (BlockKind::ListItem, "Talks"),
                (BlockKind::ListItem, "An exchange"),
                (BlockKind::ListItem, "Aid"),
            ]
        );
        assert_eq!(kinds[5].0, BlockKind::Paragraph);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The foreign ministers of the two countries met for the second\ntime this month and agreed to send observers to the border,\nwhere shots were heard on Friday.\n\nNobody was hurt, a spokesman for the mission told the\nreporters who had come.";
        assert_eq!(blocks(text).len(), 2);
        assert!(blocks(text)[0].1.ends_with("on Friday."));
    }
}
