//! Quotation marks: which open, which close, what lies between.

use legation_record::Span;

/// Quoted words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quote {
    /// With the marks.
    pub span: Span,
    /// Without the marks.
    pub inner: Span,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Whether a closing mark was found.
    pub closed: bool,
}

impl Quote {
    /// Whether it reads like an utterance rather than like borrowed words.
    pub fn is_utterance(self, text: &str) -> bool {
        let words = self.inner.slice(text).unwrap_or_default().trim();
        let first = words.chars().find(|c| c.is_alphanumeric());
        let ends = words.ends_with(['.', ',', '!', '?', '…', '—', '-']);
        let count = words.split_whitespace().take(4).count();
        let sentence = words.ends_with(['.', '!', '?']) && first.is_some_and(char::is_uppercase);
        sentence
            || (ends && count > 1)
            || (count > 3 && first.is_some_and(char::is_uppercase))
            || !self.closed
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Curly,
    Straight,
    Twin,
    Guillemet,
    Single,
    StraightSingle,
}

/// The paragraphs of a text: its lines that are not empty.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r', '\u{2029}']) {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let lead = line.len() - line.trim_start().len();
            found.push(Span::new(start + lead, start + lead + trimmed.len()));
        }
        start += line.len();
    }
    found
}

/// The quotes of every paragraph, in order. A quote never crosses a paragraph's end: one that is not
/// closed ends there, and another begins the next paragraph, if the first mark there can only close.
pub(super) fn quotes(text: &str, paragraphs: &[Span]) -> Vec<Quote> {
    let mut all: Vec<Quote> = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let words = paragraph.slice(text).unwrap_or_default();
        let goes_on = all.last().is_some_and(|quote| !quote.closed && quote.paragraph + 1 == index);
        let family = if goes_on { first_closes(words) } else { None };
        let mut pairing = Pairing::new(words, paragraph.start, index);
        pairing.open = family.map(|family| (family, 0, 0));
        all.extend(pairing.run());
    }
    all
}

/// The family of the first double mark of a paragraph, where that mark can only close.
fn first_closes(text: &str) -> Option<Family> {
    let (mut before, mut at) = (None, 0);
    while let Some(c) = text[at..].chars().next() {
        let (family, length) = mark(text, at, c);
        if let Some(family) = family.filter(|family| !is_single(*family)) {
            let after = text[at + length..].chars().next();
            let closes = closes(family, c, before, after) && !opens(family, c, before, after);
            return closes.then_some(family);
        }
        before = Some(c);
        at += length;
    }
    None
}

struct Pairing<'a> {
    text: &'a str,
    offset: usize,
    paragraph: usize,
    open: Option<(Family, usize, usize)>,
    /// Quotes of the same kind that are open within the open one.
    within: usize,
    /// Whether every curly mark that opens is closed.
    balanced: bool,
    found: Vec<Quote>,
    /// Byte of the last mark that can close each kind of quote; past it nothing is opened in vain.
    last_single: usize,
}

impl<'a> Pairing<'a> {
    fn new(text: &'a str, offset: usize, paragraph: usize) -> Self {
        let last_single = text.rfind(['’', '\'']).unwrap_or(0);
        let balanced = is_balanced(text);
        Self { text, offset, paragraph, open: None, within: 0, balanced, found: Vec::new(), last_single }
    }

    fn run(mut self) -> Vec<Quote> {
        let (mut before, mut at) = (None, 0);
        while let Some(c) = self.text[at..].chars().next() {
            let (family, length) = mark(self.text, at, c);
            let after = self.text[at + length..].chars().next();
            if let Some(family) = family {
                self.meet(family, at, length, c, before, after);
            }
            before = Some(c);
            at += length;
        }
        if let Some((family, start, inner)) = self.open
            && !matches!(family, Family::Single | Family::StraightSingle)
        {
            self.push(start, inner, self.text.len(), self.text.len(), false);
        }
        self.found
    }

    fn meet(
        &mut self,
        family: Family,
        at: usize,
        length: usize,
        c: char,
        before: Option<char>,
        after: Option<char>,
    ) {
        let opens = opens(family, c, before, after);
        let closes = closes(family, c, before, after);
        match self.open {
            None if opens && (!is_single(family) || at < self.last_single) => {
                self.open = Some((family, at, at + length))
            }
            Some((Family::Curly, ..)) if self.balanced && family == Family::Curly && opens => {
                self.within += 1
            }
            Some((Family::Curly, ..)) if self.within > 0 && family == Family::Curly && closes => {
                self.within -= 1
            }
            Some((open, start, inner)) if fits(open, family) && closes => {
                self.push(start, inner, at, at + length, true);
                self.open = None;
            }
            // A second opening: the first was never closed, or is an inner one. A single quote gives way.
            Some((open, start, inner)) if is_single(open) && !is_single(family) && opens => {
                let _ = (start, inner);
                self.open = Some((family, at, at + length));
            }
            _ => {}
        }
    }

    fn push(&mut self, start: usize, inner: usize, end: usize, outer: usize, closed: bool) {
        if self.text.get(inner..end).is_some_and(|words| words.chars().any(char::is_alphanumeric)) {
            let (start, inner) = (start + self.offset, Span::new(inner + self.offset, end + self.offset));
            let span = Span::new(start, outer + self.offset);
            self.found.push(Quote { span, inner, paragraph: self.paragraph, closed });
        }
    }
}

/// Whether “ and ” come in pairs, one within the other at most.
fn is_balanced(text: &str) -> bool {
    let mut open = 0_usize;
    for c in text.chars() {
        match c {
            '“' => open += 1,
            '”' if open == 0 => return false,
            '”' => open -= 1,
            '"' => return false,
            _ => {}
        }
        if open > 2 {
            return false;
        }
    }
    open == 0
}

fn is_single(family: Family) -> bool {
    matches!(family, Family::Single | Family::StraightSingle)
}

/// Whether a mark of one family can close a quote of the other: “ is at times closed by ".
fn fits(open: Family, mark: Family) -> bool {
    let double = |family| matches!(family, Family::Curly | Family::Straight | Family::Twin);
    open == mark || (double(open) && double(mark)) || (is_single(open) && is_single(mark))
}

/// The family of the mark at `at`, and how many bytes it takes.
fn mark(text: &str, at: usize, c: char) -> (Option<Family>, usize) {
    let twin = |with: char| text[at + c.len_utf8()..].starts_with(with);
    match c {
        '“' | '”' | '„' | '‟' => (Some(Family::Curly), c.len_utf8()),
        '"' | '＂' => (Some(Family::Straight), c.len_utf8()),
        '«' | '»' => (Some(Family::Guillemet), c.len_utf8()),
        '\'' if twin('\'') => (Some(Family::Twin), 2),
        '`' if twin('`') => (Some(Family::Twin), 2),
        '‘' | '’' if twin(c) => (Some(Family::Twin), 2 * c.len_utf8()),
        '‘' | '’' => (Some(Family::Single), c.len_utf8()),
        '\'' | '`' => (Some(Family::StraightSingle), 1),
        _ => (None, c.len_utf8()),
    }
}

fn opens(family: Family, c: char, before: Option<char>, after: Option<char>) -> bool {
    let starts = before.is_none_or(|b| b.is_whitespace() || "([{—–-/:…\"“‘'.,".contains(b));
    let goes_on = after.is_some_and(|a| !a.is_whitespace());
    match family {
        // A closing mark that begins a paragraph was meant to open it.
        Family::Curly => c != '”' || before.is_none() && goes_on,
        Family::Guillemet => c == '«',
        Family::Straight | Family::Twin => {
            (starts || before.is_some_and(|b| !b.is_alphanumeric())) && goes_on
        }
        Family::Single => c == '‘' && starts && goes_on,
        Family::StraightSingle => {
            before.is_none_or(|b| b.is_whitespace() || "([—–\"“".contains(b))
                && after.is_some_and(char::is_uppercase)
        }
    }
}

fn closes(family: Family, c: char, before: Option<char>, after: Option<char>) -> bool {
    let ended = before.is_some_and(|b| !b.is_whitespace());
    let done = after.is_none_or(|a| !a.is_alphanumeric());
    match family {
        Family::Curly => c == '”',
        Family::Guillemet => c == '»',
        Family::Straight | Family::Twin => ended || done,
        Family::Single | Family::StraightSingle => c != '‘' && ended && done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<&str> {
        quotes(text, &paragraphs(text)).iter().map(|quote| quote.span.slice(text).unwrap()).collect()
    }

    #[test]
    fn every_kind_of_mark_pairs() {
        assert_eq!(read("He said “no” and \"yes\" and ''maybe,'' she."), ["“no”", "\"yes\"", "''maybe,''"]);
        assert_eq!(read("Minister: ‘We won’t go’ to talks"), ["‘We won’t go’"]);
        assert_eq!(read("It's the ministers' plan"), [""; 0]);
        assert_eq!(read("He called it “a ‘red’ line” again."), ["“a ‘red’ line”"]);
        assert_eq!(
            read("“We live in what he calls “hell” here.” So."),
            ["“We live in what he calls “hell” here.”"]
        );
    }

    #[test]
    fn a_quote_that_never_closes_ends_with_its_paragraph() {
        assert_eq!(read("“One two three.\n“Four five.” He said."), ["“One two three.", "“Four five.”"]);
        assert_eq!(read("stray ” mark and “ opening"), ["“ opening"]);
        assert_eq!(read("He said, \"One two.\n\nThree four.\" He left."), ["\"One two.", "Three four.\""]);
        assert_eq!(read("\"One two.\n\nHe said \"three\" again."), ["\"One two.", "\"three\""]);
        assert_eq!(read("”We stay.” He left."), ["”We stay.”"]);
    }

    #[test]
    fn long_quotes_take_linear_time() {
        let text = format!("\"{}\"", "word ' ".repeat(40_000));
        assert_eq!(read(&text).len(), 1);
    }
}
