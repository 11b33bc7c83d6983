//! Rule files: patterns, normalisations, examples and counter-examples.

use std::collections::BTreeMap;

use legation_knowledge::{Files, LoadError, Pattern};
use legation_record::TimexKind;
use legation_text::pattern::{Matcher, WordLists};

use super::{direction::Direction, evaluate, expression::Expression};

/// One rule.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    /// `time/weekday`.
    pub(super) id: String,
    pub(super) pattern: Matcher,
    /// Context that must stand before, after.
    pub(super) before: Option<Matcher>,
    pub(super) after: Option<Matcher>,
    /// Context that must not.
    pub(super) not_before: Vec<Matcher>,
    pub(super) not_after: Vec<Matcher>,
    pub(super) kind: TimexKind,
    /// Only of what tense and prepositions tell as past, or as to come.
    pub(super) told: Option<Direction>,
    pub(super) value: Expression,
    pub(super) modifier: Option<Expression>,
    pub(super) quant: Option<Expression>,
    pub(super) freq: Option<Expression>,
    /// The higher wins among matches of one length.
    pub(super) rank: i32,
    pub(super) fires: Vec<Example>,
    pub(super) silent: Vec<Example>,
}

/// A sentence with what the rule makes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Example {
    pub(super) file: String,
    pub(super) line: usize,
    /// Publication date.
    pub(super) published: Option<legation_record::Date>,
    /// The sentence, the expression in square brackets.
    pub(super) text: String,
    /// The TIMEX3 value expected; empty in a counter-example.
    pub(super) value: String,
}

/// Rules and word lists of all languages.
#[derive(Debug, Clone, Default)]
pub(super) struct RuleBook {
    pub(super) rules: Vec<Rule>,
    pub(super) lists: WordLists,
}

const HELP: &str = "a rule is written in lines: rule NAME, match PATTERN, value EXPRESSION, kind, before, after, \
                    not-before, not-after, told, mod, quant, freq, rank, fires, silent; see docs/time-rules.md";

struct Line<'a> {
    file: &'a str,
    number: usize,
    key: &'a str,
    rest: &'a str,
}

impl Line<'_> {
    fn fault(&self, offset: usize, message: impl Into<String>) -> LoadError {
        let column = self.key.chars().count() + 2 + self.rest[..offset.min(self.rest.len())].chars().count();
        LoadError::new(self.file, self.number, column, message)
    }

    fn pattern(&self, text: &str, parts: &BTreeMap<String, Pattern>) -> Result<Pattern, LoadError> {
        let offset = self.rest.len() - text.len();
        Pattern::parse(text, parts).map_err(|error| self.fault(offset + error.at, error.message))
    }

    fn matcher(&self, book: &Reading) -> Result<Matcher, LoadError> {
        let matcher = Matcher::new(&self.pattern(self.rest, &book.parts)?);
        let unknown = matcher.lists().find(|list| !book.lists.has(list)).map(str::to_owned);
        unknown.map_or(Ok(matcher), |list| Err(self.fault(0, format!("no word list is named '{list}'"))))
    }

    fn expression(&self) -> Result<Expression, LoadError> {
        let expression = Expression::parse(self.rest).map_err(|message| self.fault(0, message))?;
        let mut calls = Vec::new();
        expression.names(&mut calls, &mut Vec::new());
        match calls.iter().find(|call| !evaluate::FUNCTIONS.contains(&call.as_str())) {
            Some(call) => {
                let known = format!("the functions are {}", evaluate::FUNCTIONS.join(", "));
                Err(self.fault(0, format!("no function is named '{call}'")).help(known))
            }
            None => Ok(expression),
        }
    }
}

struct Reading {
    lists: WordLists,
    parts: BTreeMap<String, Pattern>,
}

#[derive(Default)]
struct Draft {
    name: String,
    file: String,
    line: usize,
    pattern: Option<Matcher>,
    before: Option<Matcher>,
    after: Option<Matcher>,
    not_before: Vec<Matcher>,
    not_after: Vec<Matcher>,
    kind: Option<TimexKind>,
    told: Option<Direction>,
    value: Option<Expression>,
    modifier: Option<Expression>,
    quant: Option<Expression>,
    freq: Option<Expression>,
    rank: i32,
    fires: Vec<Example>,
    silent: Vec<Example>,
}

impl RuleBook {
    /// Loads every `rules/time/**.rule`.
    pub(super) fn load(files: &Files, lists: WordLists) -> Result<Self, LoadError> {
        let mut reading = Reading { lists, parts: BTreeMap::new() };
        let lines: Vec<Line<'_>> = files.below("rules/time/", ".rule").flat_map(lines).collect();
        for line in lines.iter().filter(|line| line.key == "part") {
            let (name, pattern) =
                line.rest.split_once(' ').ok_or_else(|| line.fault(0, "write: part NAME PATTERN"))?;
            let pattern = line.pattern(pattern, &reading.parts)?;
            reading.parts.insert(name.to_owned(), pattern);
        }
        let mut drafts: Vec<Draft> = Vec::new();
        for line in lines.iter().filter(|line| line.key != "part") {
            if line.key == "rule" {
                let taken = drafts.iter().any(|draft| draft.name == line.rest);
                if taken || line.rest.is_empty() {
                    return Err(line.fault(0, format!("the name '{}' is taken or empty", line.rest)));
                }
                drafts.push(Draft {
                    name: line.rest.into(),
                    file: line.file.into(),
                    line: line.number,
                    ..Draft::default()
                });
            } else {
                let draft = drafts
                    .last_mut()
                    .ok_or_else(|| line.fault(0, "a line before the first rule").help(HELP))?;
                draft.take(line, &reading)?;
            }
        }
        let rules = drafts.into_iter().map(Draft::finish).collect::<Result<_, _>>()?;
        Ok(Self { rules, lists: reading.lists })
    }
}

fn lines<'a>((file, text): (&'a str, &'a str)) -> impl Iterator<Item = Line<'a>> {
    let meant = |(_, line): &(usize, &str)| !line.trim().is_empty() && !line.starts_with('#');
    text.lines().enumerate().filter(meant).map(move |(at, line)| {
        let (key, rest) = line.split_once(' ').unwrap_or((line, ""));
        Line { file, number: at + 1, key: key.trim(), rest: rest.trim() }
    })
}

impl Draft {
    fn take(&mut self, line: &Line<'_>, book: &Reading) -> Result<(), LoadError> {
        match line.key {
            "match" => self.pattern = Some(line.matcher(book)?),
            "before" => self.before = Some(line.matcher(book)?),
            "after" => self.after = Some(line.matcher(book)?),
            "not-before" => self.not_before.push(line.matcher(book)?),
            "not-after" => self.not_after.push(line.matcher(book)?),
            "value" => self.value = Some(line.expression()?),
            "mod" => self.modifier = Some(line.expression()?),
            "quant" => self.quant = Some(line.expression()?),
            "freq" => self.freq = Some(line.expression()?),
            "rank" => self.rank = line.rest.parse().map_err(|_| line.fault(0, "a rank is a whole number"))?,
            "kind" => self.kind = Some(kind(line)?),
            "told" => self.told = Some(told(line)?),
            "fires" => self.fires.push(example(line)?),
            "silent" => self.silent.push(example(line)?),
            other => return Err(line.fault(0, format!("no line begins with '{other}'")).help(HELP)),
        }
        Ok(())
    }

    /// A capture that an expression uses and no pattern makes.
    fn uncaptured(&self) -> Option<String> {
        let (mut calls, mut used) = (Vec::new(), Vec::new());
        let expressions = [&self.value, &self.modifier, &self.quant, &self.freq];
        expressions.into_iter().flatten().for_each(|one| one.names(&mut calls, &mut used));
        let patterns = [&self.pattern, &self.before, &self.after];
        let made: Vec<&str> = patterns.into_iter().flatten().flat_map(Matcher::captures).collect();
        used.into_iter().find(|name| !made.contains(&name.as_str()))
    }

    fn finish(self) -> Result<Rule, LoadError> {
        let fault = |message: &str| {
            LoadError::new(&self.file, self.line, 1, format!("rule {} {message}", self.name)).help(HELP)
        };
        if self.fires.is_empty() || self.silent.is_empty() {
            return Err(fault("needs a line 'fires' and a line 'silent'"));
        }
        let pattern = self.pattern.clone().ok_or_else(|| fault("has no line 'match'"))?;
        let value = self.value.clone().ok_or_else(|| fault("has no line 'value'"))?;
        if let Some(name) = self.uncaptured() {
            return Err(fault(&format!("uses ${name}, which its patterns do not capture")));
        }
        Ok(Rule {
            id: format!("time/{}", self.name),
            pattern,
            before: self.before,
            after: self.after,
            not_before: self.not_before,
            not_after: self.not_after,
            kind: self.kind.unwrap_or(TimexKind::Date),
            told: self.told,
            value,
            modifier: self.modifier,
            quant: self.quant,
            freq: self.freq,
            rank: self.rank,
            fires: self.fires,
            silent: self.silent,
        })
    }
}

fn told(line: &Line<'_>) -> Result<Direction, LoadError> {
    match line.rest {
        "past" => Ok(Direction::Past),
        "coming" => Ok(Direction::Coming),
        _ => Err(line.fault(0, "what a rule asks for is told past or told coming")),
    }
}

fn kind(line: &Line<'_>) -> Result<TimexKind, LoadError> {
    match line.rest {
        "DATE" => Ok(TimexKind::Date),
        "TIME" => Ok(TimexKind::Time),
        "DURATION" => Ok(TimexKind::Duration),
        "SET" => Ok(TimexKind::Set),
        _ => Err(line.fault(0, "the kind is DATE, TIME, DURATION or SET")),
    }
}

/// `2024-12-27 He left on [Saturday]. = 2024-12-21`
fn example(line: &Line<'_>) -> Result<Example, LoadError> {
    let shape = || line.fault(0, "an example is written: 2024-12-27 He left on [Saturday]. = 2024-12-21");
    let (date, rest) = line.rest.split_once(' ').ok_or_else(shape)?;
    let published = if date == "-" { None } else { Some(date.parse().map_err(|_| shape())?) };
    let (text, value) = match line.key {
        "fires" => rest.rsplit_once(" = ").ok_or_else(shape)?,
        _ => (rest, ""),
    };
    let bracketed = text.contains('[') && text.contains(']');
    if (line.key == "fires") != bracketed {
        return Err(shape());
    }
    Ok(Example {
        file: line.file.into(),
        line: line.number,
        published,
        text: text.into(),
        value: value.trim().into(),
    })
}
