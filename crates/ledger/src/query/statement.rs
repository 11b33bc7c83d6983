use rusqlite::{Row, params_from_iter};
use serde::Serialize;

use crate::{Fault, Ledger, store::OrFault as _};

use super::{
    Of,
    filter::{Asked, Filter, Where, asked, words},
};

/// Somebody's words as an article gives them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementRow {
    /// Id.
    pub id: String,
    /// Who.
    pub source: String,
    /// Key of who.
    pub key: Option<String>,
    /// Country code of who.
    pub country: Option<String>,
    /// What they do by speaking.
    pub act: String,
    /// Whether they affirm or deny.
    pub polarity: String,
    /// Direct, mixed or indirect.
    pub form: String,
    /// What they say.
    pub content: String,
    /// Id of the article in the ledger.
    pub article: String,
    /// The name under which it was given.
    pub name: Option<String>,
    /// The outlets.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// First character of the words in the article's text, in code points.
    pub start: usize,
    /// One past their last character.
    pub end: usize,
    /// The rule that read it.
    pub rule: String,
}

impl Ledger {
    /// The statements that a filter asks for, by day of publication. Kinds are acts here: say, deny, accuse.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn statements(&self, filter: &Filter) -> Result<Vec<StatementRow>, Fault> {
        self.sensible(filter, Of::Statements)?;
        self.statements_found(filter).or_fault(&self.path)
    }

    fn statements_found(&self, filter: &Filter) -> rusqlite::Result<Vec<StatementRow>> {
        let mut all = Where::default();
        all.and("s.doubtful = 0", []);
        for name in filter.actors.iter().chain(&filter.country) {
            match asked(&self.db, name)? {
                Some(Asked::Country(code)) => all.and("s.country = ?", [code]),
                Some(Asked::Key(key)) => all.and("s.source_key = ?", [key]),
                None => return Ok(Vec::new()),
            }
        }
        if !filter.kinds.is_empty() {
            let marks = vec!["?"; filter.kinds.len()].join(", ");
            all.and(&format!("s.act IN ({marks})"), filter.kinds.clone());
        }
        all.published(filter);
        if let Some(source) = &filter.source {
            all.and("s.source LIKE ?", [format!("%{source}%")]);
        }
        if let Some(text) = &filter.text {
            all.and("a.n IN (SELECT rowid FROM search WHERE search MATCH ?)", [words(text)]);
        }
        let limit = filter.part();
        let sql = format!(
            "SELECT s.id, s.source, s.source_key, s.country, s.act, s.polarity, s.form, s.content, s.article, a.name,
            a.publisher, a.published, length(CAST(substr(CAST(a.text AS BLOB), 1, s.start) AS TEXT)),
            length(CAST(substr(CAST(a.text AS BLOB), 1, s.end) AS TEXT)), s.rule FROM statements s JOIN articles a ON a.id = s.article
            WHERE {} ORDER BY a.published IS NULL, a.published, s.article, s.start, s.id{limit}",
            all.sql()
        );
        let mut query = self.db.prepare(&sql)?;
        query.query_map(params_from_iter(&all.values), statement)?.collect()
    }
}

fn statement(row: &Row<'_>) -> rusqlite::Result<StatementRow> {
    Ok(StatementRow {
        id: row.get(0)?,
        source: row.get(1)?,
        key: row.get(2)?,
        country: row.get(3)?,
        act: row.get(4)?,
        polarity: row.get(5)?,
        form: row.get(6)?,
        content: row.get(7)?,
        article: row.get(8)?,
        name: row.get(9)?,
        publisher: row.get(10)?,
        published: row.get(11)?,
        start: row.get(12)?,
        end: row.get(13)?,
        rule: row.get(14)?,
    })
}
