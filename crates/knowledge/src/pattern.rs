//! The written form of a word pattern; `legation-text` matches it.
//!
//! | written | matches |
//! |---|---|
//! | `since` | this word, whatever its capitals; a sign stands for itself, in quotes where the language uses it: `"("` |
//! | `^may` | the word with a capital |
//! | `<month:m>` | an entry of the list `month`; its value is captured as `m` (`:m` may be left out) |
//! | `^<month:m>` | the same, with a capital |
//! | `#1-31:d` | a whole number in digits within the range; `#!1-31:d` also inside `12/31` |
//! | `{count:n}` | a number in digits or words: `2 1/2`, `twenty-four`; `{spoken:y}` a year in words |
//! | `( a \| b )` | one or the other |
//! | `x?` | `x` or nothing |
//! | `~` | no white space here |
//! | `&name` | the part of that name, defined elsewhere |

use std::collections::BTreeMap;

/// One step of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A word in lower case, or a sign.
    Word {
        /// The word.
        word: String,
        /// Whether it must begin with a capital.
        capital: bool,
    },
    /// An entry of a word list.
    List {
        /// Name of the list.
        list: String,
        /// Name under which the entry's value is kept.
        capture: String,
        /// Whether it must begin with a capital.
        capital: bool,
    },
    /// A number in digits.
    Digits {
        /// Smallest.
        low: u32,
        /// Largest.
        high: u32,
        /// Whether it may be a piece of a longer figure.
        inner: bool,
        /// Name under which it is kept.
        capture: String,
    },
    /// A number phrase of the matcher: `count` or `spoken`.
    Number {
        /// Which.
        form: String,
        /// Name under which it is kept.
        capture: String,
    },
    /// No white space between the neighbours.
    Glue,
    /// One of several sequences.
    Either(Vec<Pattern>),
    /// The sequence or nothing.
    Maybe(Pattern),
}

/// A sequence of steps.
///
/// ```
/// # use legation_knowledge::Pattern;
/// let pattern = Pattern::parse("(early | late)? ^<month:m> #1-31:d", &Default::default()).unwrap();
/// assert_eq!(pattern.steps.len(), 3);
/// assert!(Pattern::parse("( a", &Default::default()).is_err());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pattern {
    /// In order.
    pub steps: Vec<Step>,
}

/// What is wrong with a written pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// Byte within the pattern's text.
    pub at: usize,
    /// In words.
    pub message: String,
}

const DEEPEST: usize = 16;

impl Pattern {
    /// Reads a pattern; `parts` are those that `&name` may name.
    ///
    /// # Errors
    /// When the text is no pattern.
    pub fn parse(text: &str, parts: &BTreeMap<String, Pattern>) -> Result<Self, PatternError> {
        let mut reader = Reader { text, at: 0, parts };
        let mut ways = reader.ways(0)?;
        match (reader.peek(), ways.len()) {
            (Some(_), _) => Err(reader.fault("a ')' without its '('")),
            (None, 1) => Ok(ways.remove(0)),
            (None, _) => Ok(Self { steps: vec![Step::Either(ways)] }),
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    parts: &'a BTreeMap<String, Pattern>,
}

impl<'a> Reader<'a> {
    fn fault(&self, message: &str) -> PatternError {
        PatternError { at: self.at.min(self.text.len()), message: message.to_owned() }
    }

    fn peek(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text[self.at..].chars().next()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.text[self.at..].starts_with(wanted);
        self.at += if found { wanted.len_utf8() } else { 0 };
        found
    }

    fn ways(&mut self, depth: usize) -> Result<Vec<Pattern>, PatternError> {
        if depth > DEEPEST {
            return Err(self.fault("too many brackets within brackets"));
        }
        let mut ways = vec![Pattern::default()];
        while let Some(next) = self.peek() {
            match next {
                ')' => break,
                '|' => {
                    self.at += 1;
                    ways.push(Pattern::default());
                }
                _ => {
                    let mut step = self.step(depth)?;
                    if self.eat('?') {
                        step = vec![Step::Maybe(Pattern { steps: step })];
                    }
                    ways.last_mut().into_iter().for_each(|way| way.steps.append(&mut step));
                }
            }
        }
        if ways.iter().any(|way| way.steps.is_empty()) {
            return Err(self.fault("an empty sequence; write ( x )? for something that may be absent"));
        }
        Ok(ways)
    }

    fn step(&mut self, depth: usize) -> Result<Vec<Step>, PatternError> {
        let capital = self.eat('^');
        match self.peek() {
            Some('(') => self.group(depth).map(|step| vec![step]),
            Some('&') => self.part(),
            Some('~') => {
                self.at += 1;
                Ok(vec![Step::Glue])
            }
            Some('<') => self.list(capital).map(|step| vec![step]),
            Some('#') => self.digits().map(|step| vec![step]),
            Some('{') => self.number().map(|step| vec![step]),
            Some('"') => self.quoted().map(|step| vec![step]),
            Some(_) => self.word(capital).map(|step| vec![step]),
            None => Err(self.fault("the pattern ends after '^'")),
        }
    }

    fn group(&mut self, depth: usize) -> Result<Step, PatternError> {
        self.at += 1;
        let ways = self.ways(depth + 1)?;
        if self.eat(')') { Ok(Step::Either(ways)) } else { Err(self.fault("a '(' without its ')'")) }
    }

    fn part(&mut self) -> Result<Vec<Step>, PatternError> {
        self.at += 1;
        let name = self.name();
        let part = self.parts.get(name).ok_or_else(|| self.fault(&format!("no part is named '{name}'")))?;
        Ok(vec![Step::Either(vec![part.clone()])])
    }

    fn list(&mut self, capital: bool) -> Result<Step, PatternError> {
        self.at += 1;
        let list = self.name().to_owned();
        let capture = self.capture();
        if list.is_empty() || !self.eat('>') {
            return Err(self.fault("a list is written <month> or <month:m>"));
        }
        Ok(Step::List { list, capture, capital })
    }

    fn number(&mut self) -> Result<Step, PatternError> {
        self.at += 1;
        let form = self.name().to_owned();
        let capture = self.capture();
        let known = ["count", "spoken"].contains(&form.as_str());
        if !known || !self.eat('}') {
            return Err(self.fault("a number is written {count:n} or {spoken:y}"));
        }
        Ok(Step::Number { form, capture })
    }

    fn digits(&mut self) -> Result<Step, PatternError> {
        self.at += 1;
        let inner = self.eat('!');
        let low = self.figure();
        let high = if self.eat('-') { self.figure() } else { low };
        let capture = self.capture();
        match (low, high) {
            (Some(low), Some(high)) => Ok(Step::Digits { low, high, inner, capture }),
            _ => Err(self.fault("a range is written #1-31 or #1-31:d")),
        }
    }

    fn quoted(&mut self) -> Result<Step, PatternError> {
        self.at += 1;
        let end = self.text[self.at..].find('"').ok_or_else(|| self.fault("a quote that does not end"))?;
        let word = self.text[self.at..self.at + end].to_owned();
        self.at += end + 1;
        Ok(Step::Word { word, capital: false })
    }

    fn word(&mut self, capital: bool) -> Result<Step, PatternError> {
        let rest = &self.text[self.at..];
        let letters = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let length = if letters > 0 { letters } else { rest.chars().next().map_or(0, char::len_utf8) };
        let word = &rest[..length];
        if word.chars().any(char::is_uppercase) {
            return Err(self.fault("words are written in lower case; ^word asks for a capital"));
        }
        self.at += length;
        Ok(Step::Word { word: word.to_owned(), capital })
    }

    fn name(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    fn capture(&mut self) -> String {
        if self.eat(':') { self.name().to_owned() } else { String::new() }
    }

    fn figure(&mut self) -> Option<u32> {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        self.at += end;
        rest[..end].parse().ok()
    }
}
