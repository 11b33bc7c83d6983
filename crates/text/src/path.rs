use std::{fmt, str::FromStr};

use crate::{Sentence, Upos};

/// A way through a dependency tree, as knowledge files write it.
///
/// Steps are divided by `/`, alternatives by ` | `. A step names a relation to a child
/// (`obj`; a relation includes its subtypes unless it names one, and `=` after it excludes them:
/// `nsubj=`), `^rel` goes up to the governor when the word's own relation is `rel`, `^*` goes up
/// whatever it is, `*` takes any child. Filters stand in brackets and must all hold: `case` (a child that is
/// an `ADP` or `SCONJ` mark), `lemma`, `form` (lower-cased), `upos`; values are divided by `,`, `case=` with
/// nothing after it asks that there be none, and `lemma=!border,line` that it be none of these.
///
/// `obl[case=to,in]/nmod[case=of] | obj` reads: the "of" complement of a "to" or "in" oblique, and
/// the object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepPath {
    ways: Vec<Vec<Step>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    up: bool,
    rel: Rel,
    filters: Vec<(Filter, Wanted)>,
}

/// What a filter asks for: one of some values, or none of them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    values: Vec<String>,
    not: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Rel {
    Any,
    With(String),
    Exactly(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Filter {
    Case,
    Lemma,
    Form,
    Upos,
}

/// What is wrong with a written path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError(String);

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; a path is written like obl[case=to,in]/nmod[case=of] | obj", self.0)
    }
}

impl std::error::Error for PathError {}

impl DepPath {
    /// The words that the path leads to from `from`: in order of the alternatives, then of the text.
    #[must_use]
    pub fn find(&self, text: &str, sentence: &Sentence, from: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for way in &self.ways {
            for index in walk(text, sentence, from, way) {
                if !found.contains(&index) {
                    found.push(index);
                }
            }
        }
        found
    }
}

fn walk(text: &str, sentence: &Sentence, from: usize, way: &[Step]) -> Vec<usize> {
    way.iter().fold(vec![from], |at, step| {
        at.into_iter().flat_map(|index| step.take(text, sentence, index)).collect()
    })
}

impl Step {
    fn take(&self, text: &str, sentence: &Sentence, from: usize) -> Vec<usize> {
        let reached: Vec<usize> = if self.up {
            let token = &sentence.tokens[from];
            token.head.filter(|_| self.rel.fits(&token.deprel)).into_iter().collect()
        } else {
            sentence.children(from).filter(|child| self.rel.fits(&sentence.tokens[*child].deprel)).collect()
        };
        reached.into_iter().filter(|index| self.allows(text, sentence, *index)).collect()
    }

    fn allows(&self, text: &str, sentence: &Sentence, index: usize) -> bool {
        self.filters
            .iter()
            .all(|(filter, wanted)| filter.holds(&wanted.values, text, sentence, index) != wanted.not)
    }
}

impl Rel {
    fn fits(&self, deprel: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Exactly(rel) => deprel == rel,
            Self::With(rel) => {
                deprel.strip_prefix(rel.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
            }
        }
    }
}

/// Whether a dictionary form is a word, though capitalised ("Treaty"), left in the plural ("troops", "clashe") or cut
/// short of its doubled letter ("kidnapp").
fn is_lemma(lemma: &str, word: &str) -> bool {
    let (Some(start), Some(rest)) = (lemma.get(..word.len()), lemma.get(word.len()..)) else { return false };
    let doubled = || rest.len() == 1 && word.len() > 3 && word.ends_with(rest);
    let plural =
        || rest == "s" && word.len() > 3 || rest == "e" && (word.ends_with("sh") || word.ends_with("ch"));
    start.eq_ignore_ascii_case(word) && (rest.is_empty() || plural() || doubled())
}

impl Filter {
    fn holds(self, values: &[String], text: &str, sentence: &Sentence, index: usize) -> bool {
        let token = &sentence.tokens[index];
        let one_of = |word: &str| values.iter().any(|value| value == word);
        match self {
            Self::Lemma => values.iter().any(|value| is_lemma(&token.lemma, value)),
            Self::Upos => one_of(token.upos.name()),
            Self::Form => one_of(&token.form(text).to_lowercase()),
            Self::Case => {
                let mut marks = case_marks(text, sentence, index).peekable();
                if values.is_empty() { marks.peek().is_none() } else { marks.any(|mark| one_of(&mark)) }
            }
        }
    }
}

/// The prepositions of a word, fixed parts joined: "ahead_of", "in_front_of".
fn case_marks<'a>(text: &'a str, sentence: &'a Sentence, index: usize) -> impl Iterator<Item = String> + 'a {
    let marks = |child: &usize| {
        let token = &sentence.tokens[*child];
        (token.is_rel("case") || token.is_rel("mark"))
            && matches!(token.upos, Upos::Adp | Upos::Sconj | Upos::Verb | Upos::Adv | Upos::Adj | Upos::Part)
    };
    sentence.children(index).filter(marks).map(move |mark| {
        let fixed = sentence.children(mark).filter(|child| sentence.tokens[*child].is_rel("fixed"));
        let words = std::iter::once(mark).chain(fixed);
        words.map(|word| sentence.tokens[word].form(text).to_lowercase()).collect::<Vec<_>>().join("_")
    })
}

impl FromStr for DepPath {
    type Err = PathError;

    fn from_str(written: &str) -> Result<Self, PathError> {
        let ways = written.split('|').map(|way| way.trim().split('/').map(step).collect());
        Ok(Self { ways: ways.collect::<Result<_, _>>()? })
    }
}

fn step(written: &str) -> Result<Step, PathError> {
    let (rel, filters) = match written.split_once('[') {
        Some((rel, rest)) => (rel, filters(rest)?),
        None => (written, Vec::new()),
    };
    let (up, rel) = rel.strip_prefix('^').map_or((false, rel), |rel| (true, rel));
    let rel = match rel {
        "" => return Err(PathError(format!("a step of '{written}' names no relation"))),
        "*" => Rel::Any,
        _ => rel.strip_suffix('=').map_or_else(|| Rel::With(rel.into()), |rel| Rel::Exactly(rel.into())),
    };
    Ok(Step { up, rel, filters })
}

fn filters(written: &str) -> Result<Vec<(Filter, Wanted)>, PathError> {
    let inside = written.strip_suffix(']').ok_or_else(|| PathError(format!("'[{written}' is not closed")))?;
    inside.split_whitespace().map(filter).collect()
}

fn filter(written: &str) -> Result<(Filter, Wanted), PathError> {
    let (name, values) = written.split_once('=').unwrap_or((written, ""));
    let filter = match name {
        "case" => Filter::Case,
        "lemma" => Filter::Lemma,
        "form" => Filter::Form,
        "upos" => Filter::Upos,
        _ => return Err(PathError(format!("'{name}' is no filter: use case, lemma, form or upos"))),
    };
    let (not, values) = values.strip_prefix('!').map_or((false, values), |values| (true, values));
    let values = values.split(',').filter(|value| !value.is_empty()).map(str::to_owned).collect();
    Ok((filter, Wanted { values, not }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lemma_may_be_left_in_the_plural() {
        assert!(is_lemma("troops", "troop") && is_lemma("clashe", "clash") && is_lemma("kidnapp", "kidnap"));
        assert!(is_lemma("Treaty", "treaty") && is_lemma("talk", "talk"));
        assert!(!is_lemma("plane", "plan") && !is_lemma("news", "new") && !is_lemma("warm", "war"));
    }
}
