use legation_record::Span;

use crate::lexicon::{After, Lexicon};

/// Divides the characters of `span` into UD words as EWT and GUM do.
pub(crate) fn tokenise(text: &str, span: Span, lexicon: &Lexicon) -> Vec<Span> {
    let mut words = Vec::new();
    let mut at = span.start;
    while let Some(chunk) = next_chunk(text, at, span.end) {
        Chunk { text, end: chunk.end, block_end: span.end, lexicon, words: &mut words }.read(chunk.start);
        at = chunk.end;
    }
    words
}

/// White space for us: control characters and marks of no width too.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{200e}' | '\u{200f}')
}

/// Longer runs without white space are cut, so that looking ahead stays cheap.
const LONGEST_CHUNK: usize = 512;

fn next_chunk(text: &str, from: usize, end: usize) -> Option<Span> {
    let rest = text.get(from..end)?;
    let start = from + rest.find(|c| !is_blank(c))?;
    let limit = floor(text, (start + LONGEST_CHUNK).min(end));
    let length = text.get(start..limit)?.find(is_blank).unwrap_or(limit - start);
    Some(Span::new(start, start + length))
}

/// The last character boundary at or before a byte.
pub(crate) fn floor(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Characters between white space.
struct Chunk<'a> {
    text: &'a str,
    end: usize,
    block_end: usize,
    lexicon: &'a Lexicon,
    words: &'a mut Vec<Span>,
}

impl<'a> Chunk<'a> {
    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    fn push(&mut self, start: usize, length: usize) {
        self.words.push(Span::new(start, start + length));
    }

    fn read(&mut self, start: usize) {
        let mut at = start;
        while at < self.end {
            let rest = self.slice(at, self.end);
            let length = self.piece(rest, at, at == start).clamp(1, self.end - at);
            at += length;
        }
    }

    /// Pushes the words that `rest` begins with; returns their length.
    fn piece(&mut self, rest: &str, at: usize, first: bool) -> usize {
        let whole = web_address(rest)
            .or_else(|| mail_address(rest))
            .or_else(|| self.lexicon.emoticon(rest).filter(|length| stands_alone(rest, *length, first)));
        if let Some(length) = whole {
            self.push(at, length);
            return length;
        }
        let Some(c) = rest.chars().next() else { return rest.len() };
        if c.is_alphanumeric() {
            return self.word(rest, at);
        }
        let length = self.symbol(rest, c, first);
        self.push(at, length);
        length
    }

    /// Length of a token that begins with something else than a letter or digit.
    fn symbol(&self, rest: &str, c: char, first: bool) -> usize {
        let after = rest.chars().nth(1);
        let digit = after.is_some_and(|c| c.is_ascii_digit());
        let letter = after.is_some_and(char::is_alphabetic);
        match c {
            '\'' | '’' => self.apostrophe(rest, c, first),
            '.' if digit => 1 + number_length(&rest[1..]),
            '.' if first && letter => 1 + letters(&rest[1..]),
            '+' if digit => 1 + number_length(&rest[1..]),
            '#' | '@' if letter => 1 + handle_length(&rest[1..]),
            '!' | '?' => run(rest, |c| c == '!' || c == '?'),
            '.' | '-' | '*' | '=' | '_' | '~' | '<' | '>' | '…' | '—' | '–' => {
                run(rest, |other| other == c)
            }
            '`' => run(rest, |other| other == c).min(2),
            _ => c.len_utf8() + run(&rest[c.len_utf8()..], is_mark),
        }
    }

    fn apostrophe(&self, rest: &str, c: char, first: bool) -> usize {
        let length = c.len_utf8() + letters(&rest[c.len_utf8()..]);
        let word = &rest[..length];
        let digits = rest[c.len_utf8()..].bytes().take_while(u8::is_ascii_digit).count();
        if rest[c.len_utf8()..].starts_with(c) {
            return 2 * c.len_utf8();
        }
        if first && digits == 2 {
            let decade = usize::from(rest[c.len_utf8() + 2..].starts_with('s'));
            return c.len_utf8() + 2 + decade;
        }
        let glued = !first || length == rest.trim_end_matches(['.', ',', ';', '?', '!']).len();
        if self.lexicon.is_elided(word) || (self.lexicon.is_clitic(word) && glued) {
            length
        } else {
            c.len_utf8()
        }
    }

    /// Pushes the word at `at` and its clitics; returns their length.
    fn word(&mut self, rest: &str, at: usize) -> usize {
        let mut length = self.word_length(rest, at);
        length += self.own_stop(&rest[..length], &rest[length..], at + length);
        let word = &rest[..length];
        if let Some(parts) = self.lexicon.contraction(word) {
            let mut start = at;
            for part in parts {
                self.push(start, *part);
                start += part;
            }
            return length;
        }
        let digits = number_length(word);
        if digits > 0 && digits < length && self.lexicon.is_unit(&word[digits..]) {
            self.push(at, digits);
            self.push(at + digits, length - digits);
            return length;
        }
        self.clitics(word, at);
        length
    }

    fn clitics(&mut self, word: &str, at: usize) {
        let cut = self.lexicon.clitic(word).filter(|cut| *cut < word.len());
        let stem = cut.map(|cut| &word[..word.len() - cut]);
        match (stem, cut) {
            (Some(stem), Some(cut)) if !is_decade(stem) => {
                self.clitics(stem, at);
                self.push(at + stem.len(), cut);
            }
            _ => self.push(at, word.len()),
        }
    }

    /// Length up to the first character that does not belong to the word.
    fn word_length(&self, rest: &str, _at: usize) -> usize {
        let mut at = 0;
        loop {
            at += run(&rest[at..], is_inside);
            let Some(joiner) = rest[at..].chars().next() else { return at };
            let after = at + joiner.len_utf8();
            if !self.joins(rest, at, joiner, after) {
                return at;
            }
            at = after;
        }
    }

    fn joins(&self, rest: &str, at: usize, joiner: char, after: usize) -> bool {
        let (left, right) = (&rest[..at], &rest[after..]);
        let Some(next) = right.chars().next().filter(|c| c.is_alphanumeric()) else { return false };
        let last = left.chars().next_back().unwrap_or(' ');
        let digits = last.is_ascii_digit() && next.is_ascii_digit();
        match joiner {
            ',' | ':' => digits,
            '.' => digits || self.dot_joins(left, right),
            '/' => digits || (left.len() == 1 && letters(right) == 1),
            '\'' | '’' | '`' => last.is_alphanumeric(),
            '&' => letters(right) <= 2 && left.chars().all(char::is_uppercase) && left.len() <= 3,
            '*' => last.is_alphabetic() && next.is_alphabetic(),
            '-' | '‐' | '‑' => self.hyphen_joins(left, right, next),
            _ => false,
        }
    }

    fn dot_joins(&self, left: &str, right: &str) -> bool {
        let last = left.rsplit('.').next().unwrap_or_default();
        let next = &right[..letters(right)];
        if last.chars().count() == 1 && last.chars().all(char::is_alphabetic) {
            return next.chars().count() <= 2 || is_host(left, right);
        }
        is_host(left, right) || self.lexicon.abbreviation(&format!("{left}.{next}.")).is_some()
    }

    fn hyphen_joins(&self, left: &str, right: &str, next: char) -> bool {
        let tail = left.rsplit(['-', '‐', '‑']).next().unwrap_or_default();
        if next.is_ascii_digit() {
            return (tail.bytes().all(|c| c.is_ascii_digit()) && is_telephone(left, right))
                || (self.lexicon.is_prefix(tail)
                    && tail.len() > 2
                    && right.starts_with(['1', '2', '3', '4', '5', '6', '7', '8', '9']));
        }
        let word = &right[..letters(right)];
        let syllables = self.lexicon.is_syllable(tail) && self.lexicon.is_syllable(word);
        let name = left.chars().next().is_some_and(char::is_uppercase) && syllables;
        name || (self.lexicon.is_prefix(tail) && tail.len() == left.len()) || self.lexicon.is_suffix(word)
    }

    /// 1 where the stop that begins `rest` belongs to `word`.
    fn own_stop(&self, word: &str, rest: &str, at: usize) -> usize {
        if !rest.starts_with('.') || rest[1..].starts_with('.') {
            return 0;
        }
        let alone = word.chars().count() == 1;
        let form = &format!("{word}.");
        let belongs = match self.lexicon.abbreviation(form) {
            Some(abbreviation) => self.followed_as(abbreviation.after, at + 1),
            None if is_acronym(word) => true,
            None => {
                alone
                    && word.chars().all(char::is_uppercase)
                    && word != "I"
                    && self.followed_as(After::Capital, at + 1)
            }
        };
        usize::from(belongs)
    }

    fn followed_as(&self, after: After, at: usize) -> bool {
        let rest = self.slice(at, self.block_end).trim_start();
        let next = rest.chars().next();
        match after {
            After::Any => true,
            After::Number => next.is_some_and(|c| c.is_ascii_digit()),
            After::Capital => next.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()),
        }
    }
}

/// Whether a word with inner stops is "U.S", "a.m", "Ph.D": letters one by one, the first may be two.
fn is_acronym(word: &str) -> bool {
    let mut parts = word.split('.');
    let first = parts.next().is_some_and(|part| (1..=2).contains(&part.chars().count()));
    let letters = |part: &str| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic);
    word.contains('.') && first && word.split('.').all(letters)
}

fn is_decade(stem: &str) -> bool {
    stem.len() >= 2 && stem.ends_with('0') && stem.bytes().all(|c| c.is_ascii_digit())
}

fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36f | 0x483..=0x489 | 0x591..=0x5bd | 0x610..=0x61a | 0x64b..=0x65f | 0x200c..=0x200d
        | 0x20d0..=0x20ff | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f | 0x1f3fb..=0x1f3ff)
}

fn is_inside(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || c == '_' || c == '\u{ad}'
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn letters(text: &str) -> usize {
    run(text, |c| c.is_alphabetic() || is_mark(c))
}

fn number_length(text: &str) -> usize {
    let whole = run(text, |c| c.is_ascii_digit() || matches!(c, '.' | ',' | ':'));
    text[..whole].trim_end_matches(['.', ',', ':']).len()
}

fn handle_length(text: &str) -> usize {
    run(text, |c| c.is_alphanumeric() || c == '_')
}

fn stands_alone(rest: &str, length: usize, first: bool) -> bool {
    first && rest[length..].trim_start_matches(['.', ',', ')', '!', '?']).is_empty()
}

const CLOSING: [char; 14] = ['.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '\'', '”', '’', '»'];

fn web_address(rest: &str) -> Option<usize> {
    let schemes = ["http://", "https://", "ftp://", "www.", "mailto:"];
    let begins =
        |scheme: &&str| rest.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    schemes.iter().find(|scheme| begins(scheme))?;
    let length = rest.find(['<', '>', '"', '”', '“', '|']).unwrap_or(rest.len());
    Some(rest[..length].trim_end_matches(CLOSING).len()).filter(|length| *length > 4)
}

fn mail_address(rest: &str) -> Option<usize> {
    let local = run(rest, |c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%'));
    if local == 0 || !rest[local..].starts_with('@') {
        return None;
    }
    let host = run(&rest[local + 1..], |c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let length = rest[..local + 1 + host].trim_end_matches(['.', '-']).len();
    (length > local + 1).then_some(length)
}

/// Whether "left.right" is a host or file name: "example.org", "report.doc".
fn is_host(left: &str, right: &str) -> bool {
    let host = &right[..run(right, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | '_'))];
    let host = host.split('/').next().unwrap_or_default().trim_end_matches(['.', '-']);
    let last = host.rsplit('.').next().unwrap_or_default();
    let ending = (2..=4).contains(&last.len()) && last.bytes().all(|c| c.is_ascii_lowercase());
    let same_case =
        last.bytes().all(|c| c.is_ascii_uppercase()) && left.bytes().all(|c| !c.is_ascii_lowercase());
    let few = left.len() > 1 && left.is_ascii() && !STARTERS.contains(&last);
    few && (ending || (same_case && last.len() == 3))
}

/// Words that begin a sentence whose space was forgotten.
const STARTERS: [&str; 16] =
    ["the", "and", "but", "it", "he", "she", "we", "you", "this", "they", "so", "in", "if", "i", "a", "to"];

/// Whether "left-right" are the groups of a telephone number or code.
fn is_telephone(left: &str, right: &str) -> bool {
    let whole = &right[..run(right, |c| c.is_ascii_digit() || c == '-')];
    let mut groups: Vec<usize> = left.split('-').map(str::len).collect();
    groups.extend(whole.split('-').map(str::len));
    matches!(groups.as_slice(), [3, 4] | [3, 3, 4] | [1, 3, 3, 4] | [5, 4])
}

#[cfg(test)]
mod tests {
    use legation_knowledge::Files;

    use super::*;

    fn words(text: &str) -> String {
        let lexicon = Lexicon::load(&Files::built_in()).unwrap();
        let spans = tokenise(text, Span::new(0, text.len()), &lexicon);
        spans.iter().map(|span| span.slice(text).unwrap()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn divides_as_the_treebanks_do() {
        let cases = [
            ("Oslo's full-scale plan", "Oslo 's full - scale plan"),
            ("the U.S. and its allies", "the U.S. and its allies"),
            ("said on Dec. 27.", "said on Dec. 27 ."),
            ("Minister Kim Song-hwan's aide", "Minister Kim Song-hwan 's aide"),
            ("They can't, won’t and cannot.", "They ca n't , wo n’t and can not ."),
            ("$5.2bn, 10% and 2,000 men", "$ 5.2 bn , 10 % and 2,000 men"),
            ("“No,” he said…", "“ No , ” he said …"),
            ("anti-war non-proliferation e-mail", "anti-war non-proliferation e-mail"),
            ("See https://example.org/a-b?c=d.", "See https://example.org/a-b?c=d ."),
            ("write to press@example.org, now", "write to press@example.org , now"),
            ("the ministers' talks at 9:30am", "the ministers ' talks at 9:30 am"),
            ("in 1949-1950 and 24/7", "in 1949 - 1950 and 24/7"),
            ("an ex-minister--once--left...", "an ex-minister -- once -- left ..."),
            ("J. K. Smith Jr. met Mr. Lee.", "J. K. Smith Jr. met Mr. Lee ."),
            ("the 1990's and '90s", "the 1990's and '90s"),
            ("and/or AT&T", "and / or AT&T"),
            ("\"peace\"(sic)", "\" peace \" ( sic )"),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text), expected);
        }
    }
}
