//! What a rule does with its captures: `shift(n:$n u:$u by:-1)`.

use std::collections::BTreeMap;

/// A normalisation expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    /// A number.
    Number(f64),
    /// A word as it stands: `PRESENT_REF`.
    Word(String),
    /// What was captured under the name.
    Capture(String),
    /// A function of the normaliser and its arguments by name.
    Call(String, BTreeMap<String, Expression>),
}

impl Expression {
    /// Reads an expression; the error is a message for people.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut rest = text.trim();
        let expression = read(&mut rest, 0)?;
        if rest.trim().is_empty() {
            Ok(expression)
        } else {
            Err(format!("'{}' follows the expression", rest.trim()))
        }
    }

    /// Whether it calls `function`, itself or within.
    pub(super) fn calls(&self, function: &str) -> bool {
        let Self::Call(called, arguments) = self else { return false };
        called == function || arguments.values().any(|argument| argument.calls(function))
    }

    /// An argument of a call to `function`, where the expression is one.
    pub(super) fn argument(&self, function: &str, name: &str) -> Option<&Expression> {
        match self {
            Self::Call(called, arguments) if called == function => arguments.get(name),
            _ => None,
        }
    }

    /// Names of the functions and captures used.
    pub(super) fn names(&self, calls: &mut Vec<String>, captures: &mut Vec<String>) {
        match self {
            Self::Call(name, arguments) => {
                calls.push(name.clone());
                arguments.values().for_each(|argument| argument.names(calls, captures));
            }
            Self::Capture(name) => captures.push(name.clone()),
            Self::Number(_) | Self::Word(_) => {}
        }
    }
}

fn read(rest: &mut &str, depth: usize) -> Result<Expression, String> {
    if depth > 8 {
        return Err("too many calls within calls".to_owned());
    }
    if let Some(after) = rest.strip_prefix('$') {
        *rest = after;
        return Ok(Expression::Capture(word(rest)));
    }
    let name = word(rest);
    if name.is_empty() {
        return Err(format!("a number, $capture or call is expected before '{rest}'"));
    }
    match rest.strip_prefix('(') {
        Some(after) => {
            *rest = after;
            Ok(Expression::Call(name, arguments(rest, depth)?))
        }
        None => Ok(name.parse().map_or(Expression::Word(name), Expression::Number)),
    }
}

fn arguments(rest: &mut &str, depth: usize) -> Result<BTreeMap<String, Expression>, String> {
    let mut found = BTreeMap::new();
    loop {
        *rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(')') {
            *rest = after;
            return Ok(found);
        }
        let key = word(rest);
        *rest = rest
            .strip_prefix(':')
            .ok_or_else(|| format!("an argument is written name:value, not '{key}{rest}'"))?;
        found.insert(key, read(rest, depth + 1)?);
    }
}

fn word(rest: &mut &str) -> String {
    let end =
        rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))).unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    *rest = after;
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_nest() {
        let expression = Expression::parse("clock(h:$h of:weekday(w:$w r:-1))").unwrap();
        let (mut calls, mut captures) = (vec![], vec![]);
        expression.names(&mut calls, &mut captures);
        assert_eq!((calls.join(" "), captures.join(" ")), ("clock weekday".into(), "h w".into()));
        assert!(Expression::parse("shift(n)").is_err());
        assert!(Expression::parse("shift(n:1").is_err());
    }
}
