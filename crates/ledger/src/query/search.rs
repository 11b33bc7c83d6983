use rusqlite::{Row, params_from_iter, types::Value};
use serde::Serialize;

use crate::{Fault, Ledger, store::OrFault as _};

use super::{
    Of,
    filter::{Asked, Filter, Where, asked, words},
};

/// An article that has the words asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Id of the article in the ledger.
    pub article: String,
    /// The name under which it was given.
    pub name: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The outlets.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Its headline.
    pub headline: Option<String>,
    /// The passage, the words asked for between » and «.
    pub passage: String,
}

/// Articles found where no limit is given.
const FOUND: usize = 20;

impl Ledger {
    /// The articles with the filter's `text`, the most fitting first. A phrase stands in quotation marks, `word*` finds
    /// whatever begins so. Actor and country are those that the articles name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(&self, filter: &Filter) -> Result<Vec<Found>, Fault> {
        self.sensible(filter, Of::Articles)?;
        self.found(filter).or_fault(&self.path)
    }

    fn found(&self, filter: &Filter) -> rusqlite::Result<Vec<Found>> {
        let question = words(filter.text.as_deref().unwrap_or_default());
        if question.is_empty() {
            return Ok(Vec::new());
        }
        let mut all = Where::default();
        all.and("search MATCH ?", [question]);
        for name in filter.actors.iter().chain(&filter.country) {
            let named = |column: &str| format!("a.id IN (SELECT article FROM mentions WHERE {column} = ?)");
            match asked(&self.db, name)? {
                Some(Asked::Country(code)) => all.and(&named("country"), [code]),
                Some(Asked::Key(key)) => all.and(&named("key"), [key]),
                None => return Ok(Vec::new()),
            }
        }
        all.published(filter);
        let sql = format!(
            "SELECT a.id, a.name, a.url, a.publisher, a.published, a.headline, snippet(search, 1, '»', '«', '…', 24)
            FROM search JOIN articles a ON a.n = search.rowid WHERE {} ORDER BY rank, a.id LIMIT ? OFFSET ?",
            all.sql()
        );
        let most = i64::try_from(filter.limit.unwrap_or(FOUND)).unwrap_or(i64::MAX);
        let from = i64::try_from(filter.offset.unwrap_or_default()).unwrap_or(i64::MAX);
        let values = all.values.into_iter().chain([Value::Integer(most), Value::Integer(from)]);
        self.db.prepare(&sql)?.query_map(params_from_iter(values), found)?.collect()
    }
}

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    let passage: String = row.get(6)?;
    Ok(Found {
        article: row.get(0)?,
        name: row.get(1)?,
        url: row.get(2)?,
        publisher: row.get(3)?,
        published: row.get(4)?,
        headline: row.get(5)?,
        passage: passage.split_whitespace().collect::<Vec<_>>().join(" "),
    })
}
