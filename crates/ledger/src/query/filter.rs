use legation_knowledge::normalise;
use legation_record::Date;
use rusqlite::{Connection, types::Value};

/// What to ask for. An empty filter asks for everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Kinds of event; any of them.
    pub kinds: Vec<String>,
    /// People, states or codes that all take part: a name, a surname, a key, an ISO code.
    pub actors: Vec<String>,
    /// The country where it takes place or that is visited, by code or name.
    pub country: Option<String>,
    /// Where it stands.
    pub status: Option<String>,
    /// Only what is announced and not over: planned, confirmed, invited, postponed, cancelled.
    pub ahead: bool,
    /// Not before this day.
    pub from: Option<Date>,
    /// Not after this day.
    pub until: Option<Date>,
    /// What a person says of it: `accepted`, `rejected`, `open`; otherwise all but what is rejected.
    pub verdict: Option<String>,
    /// Told by this outlet.
    pub publisher: Option<String>,
    /// Told by this source: somebody whom an article quotes.
    pub source: Option<String>,
    /// Only what was published by this day.
    pub as_of: Option<Date>,
    /// Words that an article telling it must have.
    pub text: Option<String>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// A condition with its values, growing.
#[derive(Debug, Default)]
pub(super) struct Where {
    pub conditions: Vec<String>,
    pub values: Vec<Value>,
}

impl Where {
    /// Adds a condition in which each `?` stands for the next value.
    pub fn and(&mut self, condition: &str, values: impl IntoIterator<Item = String>) {
        self.conditions.push(condition.to_owned());
        self.values.extend(values.into_iter().map(Value::Text));
    }

    pub fn sql(&self) -> String {
        match self.conditions.is_empty() {
            true => "1".to_owned(),
            false => self.conditions.join(" AND "),
        }
    }
}

/// Whom a name asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// Everybody of a country.
    Country(String),
    /// One entity.
    Key(String),
}

/// Finds whom a name asks for: a full name or key first, a country's code, then a surname; of several, whom most
/// articles name.
pub(super) fn asked(db: &Connection, name: &str) -> rusqlite::Result<Option<Asked>> {
    let folded = normalise(name);
    let sql = "SELECT key FROM entities WHERE key = ?1 OR folded = ?2 ORDER BY key <> ?1, articles DESC, key LIMIT 1";
    let exact = first(db, sql, [name, folded.as_str()])?;
    let by_surname =
        "SELECT key FROM entities WHERE surname = ?2 AND ?1 <> '' ORDER BY articles DESC, key LIMIT 1";
    let key = match exact {
        Some(key) => Some(key),
        None if is_code(name) => return Ok(Some(Asked::Country(name.to_owned()))),
        None => first(db, by_surname, [name, folded.as_str()])?,
    };
    Ok(key.map(|key| match key.strip_prefix("state/") {
        Some(code) => Asked::Country(code.to_owned()),
        None => Asked::Key(key),
    }))
}

/// An ISO 3166-1 alpha-3 code, or that of an organisation.
fn is_code(name: &str) -> bool {
    let letters = name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_uppercase());
    letters || name.starts_with("IGO:")
}

fn first(db: &Connection, sql: &str, values: [&str; 2]) -> rusqlite::Result<Option<String>> {
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query(values)?;
    rows.next()?.map(|row| row.get(0)).transpose()
}

/// The words of a full-text question as the index wants them: every word must occur.
pub(super) fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ")
}
