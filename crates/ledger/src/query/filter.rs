use legation_knowledge::normalise;
use legation_record::Date;
use rusqlite::{Connection, params_from_iter, types::Value};

/// What to ask for. An empty filter asks for everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Kinds of event; any of them.
    pub kinds: Vec<String>,
    /// People, states or codes that all take part: a name, a surname, a key, an ISO code.
    pub actors: Vec<String>,
    /// The country where it takes place or that is visited, by code or name.
    pub country: Option<String>,
    /// The place where it happens, as events name it.
    pub place: Option<String>,
    /// Only what takes place where people can find it on a map: at a known place or in a known country.
    pub placed: bool,
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
    /// Only what was published after this day as well.
    pub told_after: Option<Date>,
    /// Words that an article telling it must have.
    pub text: Option<String>,
    /// The last days first; otherwise the first ones.
    pub newest: bool,
    /// At most so many.
    pub limit: Option<usize>,
    /// Without the first so many; needs a limit.
    pub offset: Option<usize>,
}

impl Filter {
    /// The end of a query that gives only the part asked for.
    pub(crate) fn part(&self) -> String {
        // SQLite counts with a sign.
        let most = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let limit = self.limit.map(|limit| format!(" LIMIT {}", most(limit)));
        let offset =
            self.offset.filter(|_| limit.is_some()).map(|offset| format!(" OFFSET {}", most(offset)));
        limit.unwrap_or_default() + &offset.unwrap_or_default()
    }
}

/// A condition with its values, growing.
#[derive(Debug, Default)]
pub(crate) struct Where {
    pub conditions: Vec<String>,
    pub values: Vec<Value>,
}

impl Where {
    /// Adds a condition in which each `?` stands for the next value.
    pub fn and(&mut self, condition: &str, values: impl IntoIterator<Item = String>) {
        self.conditions.push(condition.to_owned());
        self.values.extend(values.into_iter().map(Value::Text));
    }

    /// Bounds the article's day of publication and its outlet.
    pub fn published(&mut self, filter: &Filter) {
        for (condition, day) in [
            ("a.published >= ?", filter.from),
            ("a.published <= ?", filter.until),
            ("a.published <= ?", filter.as_of),
            ("a.published > ?", filter.told_after),
        ] {
            day.iter().for_each(|day| self.and(condition, [day.to_string()]));
        }
        if let Some(publisher) = &filter.publisher {
            self.and("a.publisher LIKE ?", [format!("%{publisher}%")]);
        }
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
pub(crate) enum Asked {
    /// Everybody of a country.
    Country(String),
    /// One entity.
    Key(String),
}

/// Who goes by a name in full, by a surname, or by a first word where the family name stands first; `!` follows a space.
const CALLED: &str = "SELECT key FROM
    (SELECT key, articles FROM entities WHERE folded = ?1
     UNION SELECT key, articles FROM entities WHERE surname = ?1 AND ?1 <> ''
     UNION SELECT key, articles FROM entities WHERE folded >= ?1 || ' ' AND folded < ?1 || '!' AND kind = 'person')
    ORDER BY articles DESC, key LIMIT 1";

/// Finds whom a name asks for: a key or the full name of what the knowledge has first, then a country's code; of all others,
/// whom most articles name.
pub(crate) fn asked(db: &Connection, name: &str) -> rusqlite::Result<Option<Asked>> {
    let folded = normalise(name);
    let exact = "SELECT key FROM entities WHERE key = ?1 OR (folded = ?2 AND link IS NOT NULL)
        ORDER BY key <> ?1, articles DESC, key LIMIT 1";
    let key = match first(db, exact, &[name, &folded])? {
        Some(key) => Some(key),
        None if is_code(name) => return Ok(Some(Asked::Country(name.to_owned()))),
        None => first(db, CALLED, &[&folded])?,
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

fn first(db: &Connection, sql: &str, values: &[&str]) -> rusqlite::Result<Option<String>> {
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query(params_from_iter(values))?;
    rows.next()?.map(|row| row.get(0)).transpose()
}

/// A full-text question as the index wants it: every word must occur; what stands in quotation marks in this order, what
/// ends with `*` as a beginning.
pub(super) fn words(text: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (at, piece) in text.split('"').enumerate() {
        let phrase: Vec<&str> = parted(piece).collect();
        match at % 2 {
            1 if !phrase.is_empty() => parts.push(format!("\"{}\"", phrase.join(" "))),
            1 => {}
            _ => parts.extend(piece.split_whitespace().flat_map(single)),
        }
    }
    parts.join(" ")
}

fn parted(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn single(word: &str) -> Vec<String> {
    let mut parts: Vec<String> = parted(word).map(|part| format!("\"{part}\"")).collect();
    if let Some(last) = parts.last_mut().filter(|_| word.ends_with('*')) {
        last.push('*');
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_question_is_words_phrases_and_beginnings_and_nothing_else() {
        assert_eq!(words("peace \"state visit\" talk* OR"), "\"peace\" \"state visit\" \"talk\"* \"OR\"");
        assert_eq!(words("a-b: (c)"), "\"a\" \"b\" \"c\"");
        assert_eq!(words("\"\" *"), "");
    }
}
