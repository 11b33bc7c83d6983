//! Finds a [`Pattern`](legation_knowledge::Pattern) in a text.
//!
//! A text is cut into [`Atoms`]: runs of letters, runs of digits, single signs. A compiled
//! [`Matcher`] has no loops, so a match attempt costs no more than its pattern is long, and a whole
//! text is searched in linear time. Atoms need no tags and no trees.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use legation_knowledge::{Pattern, Step};
use legation_record::Span;

/// A piece of text: letters, digits or one sign.
#[derive(Debug, Clone)]
pub struct Atom<'a> {
    /// Its characters.
    pub span: Span,
    /// In lower case; typographic dashes and quotes made plain.
    pub word: Cow<'a, str>,
    /// Begins with a capital.
    pub capital: bool,
    /// No white space before it.
    pub glued: bool,
    /// A blank line before it.
    pub after_break: bool,
    /// Value of a run of at most nine digits.
    pub figure: Option<u32>,
    /// A piece of a longer figure, price or share: `1,988`, `$19`, `12/31`, `2.5`, `19%`.
    pub inner: bool,
}

/// A text's atoms in order.
#[derive(Debug, Clone, Default)]
pub struct Atoms<'a> {
    /// The pieces.
    pub items: Vec<Atom<'a>>,
}

impl<'a> Atoms<'a> {
    /// Cuts a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut items: Vec<Atom<'a>> = Vec::new();
        let mut at = 0;
        let mut lines = 0;
        let mut glued = false;
        while let Some(first) = text[at..].chars().next() {
            if first.is_whitespace() {
                lines += usize::from(first == '\n');
                glued = false;
                at += first.len_utf8();
                continue;
            }
            let end = at + length(&text[at..], first);
            items.push(atom(text, Span::new(at, end), first, glued, lines > 1));
            (at, lines, glued) = (end, 0, true);
        }
        for index in 0..items.len() {
            items[index].inner = items[index].figure.is_some() && is_inner(&items, index);
        }
        Self { items }
    }

    /// Index of the first atom that ends after a byte.
    #[must_use]
    pub fn at(&self, byte: usize) -> usize {
        self.items.partition_point(|atom| atom.span.end <= byte)
    }
}

fn length(rest: &str, first: char) -> usize {
    let run = |same: fn(char) -> bool| rest.find(|c| !same(c)).unwrap_or(rest.len());
    match first {
        c if c.is_ascii_digit() => run(|c| c.is_ascii_digit()),
        c if c.is_alphanumeric() => run(|c| c.is_alphanumeric() && !c.is_ascii_digit()),
        c => c.len_utf8(),
    }
}

fn atom(text: &str, span: Span, first: char, glued: bool, after_break: bool) -> Atom<'_> {
    let form = span.slice(text).unwrap_or_default();
    let word = match first {
        '–' | '—' | '‑' | '‐' | '−' => Cow::Borrowed("-"),
        '’' | '‘' | '`' => Cow::Borrowed("'"),
        '“' | '”' => Cow::Borrowed("\""),
        _ if form.chars().any(char::is_uppercase) => Cow::Owned(form.to_lowercase()),
        _ => Cow::Borrowed(form),
    };
    let figure = (first.is_ascii_digit() && form.len() <= 9).then(|| form.parse().ok()).flatten();
    Atom { span, word, capital: first.is_uppercase(), glued, after_break, figure, inner: false }
}

fn is_inner(items: &[Atom<'_>], index: usize) -> bool {
    let digits = |at: usize| items.get(at).is_some_and(|atom| atom.figure.is_some());
    let glued = |at: usize| items.get(at).filter(|atom| atom.glued).map_or("", |atom| &atom.word);
    let before = index.checked_sub(1).filter(|_| items[index].glued).map_or("", |at| &items[at].word);
    let joins = |sign: &str| matches!(sign, "." | "/" | ",");
    let money = matches!(before, "$" | "€" | "£" | "¥" | "#");
    let left = joins(before) && index >= 2 && items[index - 1].glued && digits(index - 2);
    let next = glued(index + 1);
    let thousands = |at: usize| items[at].span.len() == 3;
    let right =
        joins(next) && digits(index + 2) && items[index + 2].glued && (next != "," || thousands(index + 2));
    let left = left && (before != "," || thousands(index));
    money || left || right || next == "%"
}

/// The value of a list's entry, or a number.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A word.
    Word(String),
}

impl Value {
    /// A number where the text is one, else a word.
    #[must_use]
    pub fn of(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::Word(text.to_owned()), Self::Number)
    }
}

/// Word lists by name: what `<month>` stands for.
#[derive(Debug, Clone, Default)]
pub struct WordLists {
    lists: BTreeMap<String, HashMap<String, Vec<Entry>>>,
}

#[derive(Debug, Clone)]
struct Entry {
    rest: Vec<String>,
    capital: bool,
    value: Value,
}

impl WordLists {
    /// Adds a phrase to a list; a phrase that begins with a capital is found only with one.
    pub fn add(&mut self, list: &str, phrase: &str, value: Value) {
        let atoms = Atoms::new(phrase);
        let capital = atoms.items.first().is_some_and(|atom| atom.capital);
        let mut words = atoms.items.iter().map(|atom| atom.word.to_string());
        let Some(first) = words.next() else { return };
        let rest = words.collect();
        let entries = self.lists.entry(list.to_owned()).or_default().entry(first).or_default();
        entries.push(Entry { rest, capital, value });
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len()));
    }

    /// Whether there is a list of this name.
    #[must_use]
    pub fn has(&self, list: &str) -> bool {
        self.lists.contains_key(list)
    }

    /// Entries that match at an atom, longest first: length in atoms, and value.
    pub fn at<'a>(
        &'a self,
        list: &str,
        atoms: &'a Atoms<'_>,
        from: usize,
    ) -> impl Iterator<Item = (usize, &'a Value)> {
        let first = atoms.items.get(from);
        let entries = first
            .and_then(|atom| self.lists.get(list)?.get(atom.word.as_ref()))
            .map_or(&[][..], Vec::as_slice);
        entries.iter().filter_map(move |entry| {
            let fits =
                entry.capital <= first.is_some_and(|atom| atom.capital) && entry.follows(atoms, from + 1);
            fits.then_some((entry.rest.len() + 1, &entry.value))
        })
    }

    /// Value of the longest entry at an atom.
    #[must_use]
    pub fn value<'a>(&'a self, list: &str, atoms: &'a Atoms<'_>, from: usize) -> Option<&'a Value> {
        self.at(list, atoms, from).next().map(|(_, value)| value)
    }

    fn firsts(&self, list: &str) -> impl Iterator<Item = &String> {
        self.lists.get(list).into_iter().flat_map(HashMap::keys)
    }
}

impl Entry {
    fn follows(&self, atoms: &Atoms<'_>, from: usize) -> bool {
        let next = |(offset, word): (usize, &String)| {
            atoms.items.get(from + offset).is_some_and(|atom| atom.word == word.as_str() && !atom.after_break)
        };
        self.rest.iter().enumerate().all(next)
    }
}

#[derive(Debug, Clone)]
enum Op {
    Word { word: String, capital: bool },
    List { list: String, capture: String, capital: bool },
    Digits { low: u32, high: u32, inner: bool, capture: String },
    Count { capture: String },
    Spoken { capture: String },
    Glue,
    Fork(usize),
    Jump(usize),
}

/// What a pattern matched.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// One past the last atom.
    pub end: usize,
    /// Captured values by name, in order.
    pub captures: Vec<(String, Value)>,
}

impl Found {
    /// The value captured last under a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.captures.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

/// A compiled pattern.
#[derive(Debug, Clone)]
pub struct Matcher {
    ops: Vec<Op>,
}

/// How a matcher can begin.
#[derive(Debug, Clone, Default)]
pub struct Firsts {
    /// With one of these words.
    pub words: BTreeSet<String>,
    /// With digits.
    pub digits: bool,
}

const STEPS: usize = 4000;

struct Run<'r> {
    atoms: &'r Atoms<'r>,
    lists: &'r WordLists,
    from: usize,
    end: Option<usize>,
    left: usize,
    captures: Vec<(String, Value)>,
    best: Option<Found>,
}

impl Matcher {
    /// Compiles a pattern.
    #[must_use]
    pub fn new(pattern: &Pattern) -> Self {
        let mut ops = Vec::new();
        compile(pattern, &mut ops);
        Self { ops }
    }

    /// The longest match that begins at an atom.
    #[must_use]
    pub fn find(&self, atoms: &Atoms<'_>, lists: &WordLists, from: usize) -> Option<Found> {
        self.run(atoms, lists, from, None)
    }

    /// A match that ends just before the atom `end` and begins at most `reach` atoms earlier.
    #[must_use]
    pub fn find_before(
        &self,
        atoms: &Atoms<'_>,
        lists: &WordLists,
        end: usize,
        reach: usize,
    ) -> Option<(usize, Found)> {
        let starts = (end.saturating_sub(reach)..end).rev();
        starts.filter_map(|from| Some((from, self.run(atoms, lists, from, Some(end))?))).next()
    }

    /// Names of the lists used.
    pub fn lists(&self) -> impl Iterator<Item = &str> {
        self.ops.iter().filter_map(|op| match op {
            Op::List { list, .. } => Some(list.as_str()),
            _ => None,
        })
    }

    /// Names under which it captures.
    pub fn captures(&self) -> impl Iterator<Item = &str> {
        self.ops.iter().filter_map(|op| match op {
            Op::List { capture, .. }
            | Op::Digits { capture, .. }
            | Op::Count { capture }
            | Op::Spoken { capture } => Some(capture.as_str()),
            _ => None,
        })
    }

    /// How it can begin.
    #[must_use]
    pub fn firsts(&self, lists: &WordLists) -> Firsts {
        let mut firsts = Firsts::default();
        self.collect_firsts(0, lists, &mut firsts);
        firsts
    }

    fn collect_firsts(&self, at: usize, lists: &WordLists, firsts: &mut Firsts) {
        match self.ops.get(at) {
            Some(Op::Word { word, .. }) => {
                firsts.words.insert(word.clone());
            }
            Some(Op::List { list, .. }) => firsts.words.extend(lists.firsts(list).cloned()),
            Some(Op::Digits { .. }) => firsts.digits = true,
            Some(Op::Count { .. } | Op::Spoken { .. }) => {
                firsts.digits = true;
                firsts.words.extend(lists.firsts("number").cloned());
            }
            Some(Op::Glue) => self.collect_firsts(at + 1, lists, firsts),
            Some(Op::Jump(to)) => self.collect_firsts(*to, lists, firsts),
            Some(Op::Fork(to)) => {
                self.collect_firsts(at + 1, lists, firsts);
                self.collect_firsts(*to, lists, firsts);
            }
            None => {}
        }
    }

    fn run(&self, atoms: &Atoms<'_>, lists: &WordLists, from: usize, end: Option<usize>) -> Option<Found> {
        let mut run = Run { atoms, lists, from, end, left: STEPS, captures: Vec::new(), best: None };
        self.step(&mut run, 0, from);
        run.best
    }

    fn step(&self, run: &mut Run<'_>, at: usize, pos: usize) {
        if run.left == 0 {
            return;
        }
        run.left -= 1;
        match self.ops.get(at) {
            None => run.finish(pos),
            Some(Op::Jump(to)) => self.step(run, *to, pos),
            Some(Op::Fork(to)) => {
                self.step(run, at + 1, pos);
                self.step(run, *to, pos);
            }
            Some(Op::Glue) => {
                if run.atoms.items.get(pos).is_some_and(|atom| atom.glued) {
                    self.step(run, at + 1, pos);
                }
            }
            Some(op) => self.consume(run, op, at, pos),
        }
    }

    fn consume(&self, run: &mut Run<'_>, op: &Op, at: usize, pos: usize) {
        let atoms = run.atoms;
        let Some(atom) = atoms.items.get(pos) else { return };
        if atom.after_break && pos != run.from {
            return;
        }
        match op {
            Op::Word { word, capital } if atom.word == word.as_str() && *capital <= atom.capital => {
                self.step(run, at + 1, pos + 1);
            }
            Op::List { list, capture, capital } if *capital <= atom.capital => {
                let lists = run.lists;
                for (length, value) in lists.at(list, atoms, pos) {
                    self.capture(run, capture, value.clone(), at + 1, pos + length);
                }
            }
            Op::Digits { low, high, inner, capture } => {
                if let Some(figure) = atom.figure.filter(|f| low <= f && f <= high && atom.inner <= *inner) {
                    self.capture(run, capture, Value::Number(f64::from(figure)), at + 1, pos + 1);
                }
            }
            Op::Count { capture } => {
                if let Some((number, length)) = number::count(atoms, run.lists, pos) {
                    self.capture(run, capture, Value::Number(number), at + 1, pos + length);
                }
            }
            Op::Spoken { capture } => {
                if let Some((number, length)) = number::spoken_year(atoms, run.lists, pos) {
                    self.capture(run, capture, Value::Number(number), at + 1, pos + length);
                }
            }
            _ => {}
        }
    }

    fn capture(&self, run: &mut Run<'_>, name: &str, value: Value, at: usize, pos: usize) {
        if name.is_empty() {
            return self.step(run, at, pos);
        }
        run.captures.push((name.to_owned(), value));
        self.step(run, at, pos);
        run.captures.pop();
    }
}

impl Run<'_> {
    fn finish(&mut self, pos: usize) {
        let wanted = self.end.is_none_or(|end| end == pos) && pos > self.from;
        if wanted && self.best.as_ref().is_none_or(|best| pos > best.end) {
            self.best = Some(Found { end: pos, captures: self.captures.clone() });
        }
    }
}

fn compile(pattern: &Pattern, ops: &mut Vec<Op>) {
    pattern.steps.iter().for_each(|step| compile_step(step, ops));
}

fn compile_step(step: &Step, ops: &mut Vec<Op>) {
    match step {
        Step::Word { word, capital } => ops.push(Op::Word { word: word.clone(), capital: *capital }),
        Step::List { list, capture, capital } => {
            ops.push(Op::List { list: list.clone(), capture: capture.clone(), capital: *capital });
        }
        Step::Digits { low, high, inner, capture } => {
            ops.push(Op::Digits { low: *low, high: *high, inner: *inner, capture: capture.clone() });
        }
        Step::Number { form, capture } if form == "spoken" => {
            ops.push(Op::Spoken { capture: capture.clone() })
        }
        Step::Number { capture, .. } => ops.push(Op::Count { capture: capture.clone() }),
        Step::Glue => ops.push(Op::Glue),
        Step::Maybe(inner) => {
            let fork = ops.len();
            ops.push(Op::Fork(0));
            compile(inner, ops);
            ops[fork] = Op::Fork(ops.len());
        }
        Step::Either(ways) => compile_ways(ways, ops),
    }
}

fn compile_ways(ways: &[Pattern], ops: &mut Vec<Op>) {
    let mut jumps = Vec::new();
    for (index, way) in ways.iter().enumerate() {
        let last = index + 1 == ways.len();
        let fork = ops.len();
        if !last {
            ops.push(Op::Fork(0));
        }
        compile(way, ops);
        if !last {
            jumps.push(ops.len());
            ops.push(Op::Jump(0));
            ops[fork] = Op::Fork(ops.len());
        }
    }
    let end = ops.len();
    jumps.into_iter().for_each(|jump| ops[jump] = Op::Jump(end));
}

mod number {
    use super::{Atoms, Value, WordLists};

    /// A number in digits or words: its value and length in atoms.
    pub(super) fn count(atoms: &Atoms<'_>, lists: &WordLists, at: usize) -> Option<(f64, usize)> {
        if atoms.items.get(at)?.figure.is_some() { figures(atoms, at) } else { words(atoms, lists, at) }
    }

    fn figures(atoms: &Atoms<'_>, at: usize) -> Option<(f64, usize)> {
        let figure = |index: usize| atoms.items.get(index).and_then(|atom| atom.figure).map(f64::from);
        let sign =
            |index: usize| atoms.items.get(index).filter(|atom| atom.glued).map(|atom| atom.word.as_ref());
        let before =
            at.checked_sub(1).filter(|_| atoms.items[at].glued).map(|index| atoms.items[index].word.as_ref());
        if before.is_some_and(|word| matches!(word, "$" | "€" | "£" | "." | "," | "/")) {
            return None;
        }
        let whole = figure(at)?;
        if let (Some("/"), Some(above), Some(below)) = (sign(at + 2), figure(at + 1), figure(at + 3)) {
            return (below > 0.0 && above < below).then_some((whole + above / below, 4));
        }
        match (sign(at + 1), figure(at + 2)) {
            (Some(","), Some(low)) if atoms.items[at + 2].glued && atoms.items[at + 2].span.len() == 3 => {
                Some((whole * 1000.0 + low, 3))
            }
            (Some("."), Some(low)) if atoms.items[at + 2].glued && atoms.items[at + 2].span.len() == 1 => {
                Some((whole + low / 10.0, 3))
            }
            (Some("." | ","), Some(_)) if atoms.items[at + 2].glued => None,
            // A bare figure of these is a year.
            _ => (!(1900.0..=2050.0).contains(&whole)).then_some((whole, 1)),
        }
    }

    fn word(atoms: &Atoms<'_>, lists: &WordLists, at: usize) -> Option<f64> {
        match lists.at("number", atoms, at).find(|(length, _)| *length == 1)?.1 {
            Value::Number(number) => Some(*number),
            Value::Word(_) => None,
        }
    }

    fn words(atoms: &Atoms<'_>, lists: &WordLists, at: usize) -> Option<(f64, usize)> {
        let (mut total, mut group, mut length) = (0.0, 0.0, 0);
        let mut smallest = f64::MAX;
        while length < 12 {
            let dash = length > 0 && atoms.items.get(at + length).is_some_and(|atom| atom.word == "-");
            let Some(number) = word(atoms, lists, at + length + usize::from(dash)) else { break };
            if number >= 1000.0 {
                total += f64::max(group, 1.0) * number;
                (group, smallest) = (0.0, f64::MAX);
            } else if number == 100.0 {
                group = f64::max(group, 1.0) * 100.0;
                smallest = 100.0;
            } else if number < smallest
                && (smallest >= 20.0 || length == 0)
                && !(smallest < 100.0 && number >= 10.0)
            {
                group += number;
                smallest = number;
            } else {
                break;
            }
            length += 1 + usize::from(dash);
        }
        (length > 0).then_some((total + group, length))
    }

    /// "nineteen ninety-seven", "two thousand", "two thousand twelve".
    pub(super) fn spoken_year(atoms: &Atoms<'_>, lists: &WordLists, at: usize) -> Option<(f64, usize)> {
        if atoms.items.get(at)?.figure.is_some() {
            return None;
        }
        let century = word(atoms, lists, at).filter(|number| (10.0..=20.0).contains(number));
        if let (Some(century), Some((rest, length))) = (century, words(atoms, lists, at + 1)) {
            return (10.0..=99.0).contains(&rest).then_some((century * 100.0 + rest, length + 1));
        }
        let begins = word(atoms, lists, at) == Some(2.0);
        words(atoms, lists, at).filter(|(number, _)| begins && (2000.0..=2099.0).contains(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists() -> WordLists {
        let mut lists = WordLists::default();
        for (word, value) in
            [("two", "2"), ("twenty", "20"), ("four", "4"), ("hundred", "100"), ("thousand", "1000")]
        {
            lists.add("number", word, Value::of(value));
        }
        lists.add("month", "May", Value::of("5"));
        lists.add("month", "Sept.", Value::of("9"));
        lists
    }

    fn find(pattern: &str, text: &str) -> Option<Found> {
        let pattern = Pattern::parse(pattern, &BTreeMap::new()).ok()?;
        let atoms = Atoms::new(text);
        (0..atoms.items.len()).find_map(|at| Matcher::new(&pattern).find(&atoms, &lists(), at))
    }

    #[test]
    fn lists_numbers_and_choices_match() {
        let found = find("<month:m> #1-31:d ( , #1900-2100:y )?", "on Sept. 3, 2024.").unwrap();
        assert_eq!(found.get("m"), Some(&Value::Number(9.0)));
        assert_eq!(found.get("y"), Some(&Value::Number(2024.0)));
        assert!(find("<month:m>", "it may be").is_none());
        assert!(find("#1900-2100", "paid $1988 and 1,988.5").is_none());
    }

    #[test]
    fn number_phrases_have_values() {
        let value =
            |text: &str| find("{count:n} (days | years)", text).and_then(|found| found.get("n").cloned());
        assert_eq!(value("the twenty four days"), Some(Value::Number(24.0)));
        assert_eq!(value("2 1/2 years"), Some(Value::Number(2.5)));
        assert_eq!(value("two hundred twenty-four years"), Some(Value::Number(224.0)));
        assert_eq!(value("10,000 years"), Some(Value::Number(10_000.0)));
    }

    #[test]
    fn hostile_text_is_linear() {
        let text = "May 1 ".repeat(50_000) + &"7".repeat(500_000);
        assert!(Atoms::new(&text).items.len() > 100_000);
    }
}
