//! Lists for people who look around: articles, who is named, how many of what, marks for a timeline.

use legation_record::Record;
use rusqlite::{Connection, Row, params, params_from_iter, types::Value};
use serde::Serialize;

use crate::{Fault, Ledger, store::OrFault as _};

use super::{
    Of, PersonRow,
    event::condition,
    filter::{Asked, Filter, Where, asked, words},
    people::person,
};

/// Values of a facet that are worth a choice.
const VALUES: usize = 24;

/// An article without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArticleRow {
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
    /// Its headline, or the beginning of its text.
    pub headline: Option<String>,
}

/// An event as a timeline or a map needs it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mark {
    /// Id.
    pub id: String,
    /// Kind.
    pub kind: String,
    /// In words.
    pub title: String,
    /// Where it stands.
    pub status: String,
    /// First possible day.
    pub earliest: Option<String>,
    /// Last possible day.
    pub latest: Option<String>,
    /// When it was first told.
    pub first_told: Option<String>,
    /// How many articles tell it, neither copies nor of one outlet.
    pub independent: usize,
    /// Place.
    pub place: Option<String>,
    /// Its country.
    pub place_country: Option<String>,
    /// Degrees.
    pub latitude: Option<f64>,
    /// Degrees.
    pub longitude: Option<f64>,
    /// Country of the first participant.
    pub from_country: Option<String>,
    /// PLOVER quad class.
    pub quad: Option<String>,
}

/// One value of a facet and how many have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// The value as a filter takes it.
    pub value: String,
    /// As people read it, where it is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How many.
    pub count: usize,
}

/// How the events that a filter asks for are spread.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Facets {
    /// How many there are in all.
    pub events: usize,
    /// By kind.
    pub kind: Vec<Facet>,
    /// By where they stand.
    pub status: Vec<Facet>,
    /// By who takes part.
    pub actor: Vec<Facet>,
    /// By the country where they take place.
    pub country: Vec<Facet>,
    /// By year.
    pub year: Vec<Facet>,
}

/// What a ledger has in all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// Articles.
    pub articles: usize,
    /// Events.
    pub events: usize,
    /// Statements.
    pub statements: usize,
    /// Day of the first article.
    pub first: Option<String>,
    /// Day of the last article.
    pub last: Option<String>,
}

/// A post somebody is told to hold, and within which days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Office {
    /// Id of the office or title.
    pub office: String,
    /// First article that says so.
    pub first: Option<String>,
    /// Last article that says so.
    pub last: Option<String>,
    /// How many articles.
    pub articles: usize,
}

impl Ledger {
    /// How much there is.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn overview(&self) -> Result<Overview, Fault> {
        let sql = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM events),
            (SELECT count(*) FROM statements), (SELECT min(published) FROM articles),
            (SELECT max(published) FROM articles)";
        let one = |row: &Row<'_>| {
            Ok(Overview {
                articles: row.get(0)?,
                events: row.get(1)?,
                statements: row.get(2)?,
                first: row.get(3)?,
                last: row.get(4)?,
            })
        };
        self.db.query_row(sql, [], one).or_fault(&self.path)
    }

    /// How many events a filter asks for.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn count_events(&self, filter: &Filter) -> Result<usize, Fault> {
        self.sensible(filter, Of::Events)?;
        let count = || -> rusqlite::Result<usize> {
            let Some(all) = condition(&self.db, filter)? else { return Ok(0) };
            let sql = format!("SELECT count(*) FROM events e WHERE {}", all.sql());
            self.db.query_row(&sql, params_from_iter(&all.values), |row| row.get(0))
        };
        count().or_fault(&self.path)
    }

    /// The events that a filter asks for, by their days, with only what a timeline or map needs.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn marks(&self, filter: &Filter) -> Result<Vec<Mark>, Fault> {
        self.sensible(filter, Of::Events)?;
        let all = || -> rusqlite::Result<Vec<(Mark, Option<String>)>> {
            let Some(all) = condition(&self.db, filter)? else { return Ok(Vec::new()) };
            let sql = format!(
                "SELECT e.id, e.kind, e.title, e.status, e.earliest, e.latest, e.first_told, e.independent, e.place,
                e.place_country, e.latitude, e.longitude,
                (SELECT country FROM event_participants p WHERE p.event = e.id ORDER BY position LIMIT 1), e.quad, e.last_told
                FROM events e WHERE {} ORDER BY coalesce(e.earliest, e.latest), e.id{}",
                all.sql(),
                filter.part()
            );
            let mut found = self.db.prepare(&sql)?;
            found.query_map(params_from_iter(&all.values), |row| Ok((mark(row)?, row.get(14)?)))?.collect()
        };
        let found = all().or_fault(&self.path)?;
        let marks: Result<Vec<Mark>, Fault> =
            found.into_iter().map(|(mark, last)| self.mark_as_of(mark, last, filter)).collect();
        let status = filter.status.as_ref().filter(|_| filter.as_of.is_some());
        Ok(marks?.into_iter().filter(|mark| status.is_none_or(|status| mark.status == *status)).collect())
    }

    /// A mark as it stood on the day asked for: only what was told of later has to be looked at again.
    fn mark_as_of(&self, mark: Mark, last_told: Option<String>, filter: &Filter) -> Result<Mark, Fault> {
        let day = filter.as_of.map(|day| day.to_string());
        let Some(day) = day.filter(|day| last_told.is_some_and(|last| last > *day)) else { return Ok(mark) };
        let mut event = self.event(&mark.id)?;
        event.as_of(&day);
        Ok(Mark { status: event.status, earliest: event.earliest, latest: event.latest, ..mark })
    }

    /// How the events that a filter asks for are spread.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn facets(&self, filter: &Filter) -> Result<Facets, Fault> {
        self.sensible(filter, Of::Events)?;
        let all = || -> rusqlite::Result<Facets> {
            let Some(all) = condition(&self.db, filter)? else { return Ok(Facets::default()) };
            let of = |column, name| facet(&self.db, &all, column, name);
            let country = "(SELECT name FROM entities WHERE key = 'state/' || value)";
            Ok(Facets {
                events: self.count_all(&all)?,
                // The plus sign: the table is read once, in its own order, rather than row by row in that of an index.
                kind: of("+e.kind", "NULL")?,
                status: of("+e.status", "NULL")?,
                actor: parties(&self.db, &all)?,
                country: of("e.place_country", country)?,
                year: of("substr(coalesce(e.earliest, e.latest), 1, 4)", "NULL")?,
            })
        };
        all().or_fault(&self.path)
    }

    fn count_all(&self, all: &Where) -> rusqlite::Result<usize> {
        let sql = format!("SELECT count(*) FROM events e WHERE {}", all.sql());
        self.db.query_row(&sql, params_from_iter(&all.values), |row| row.get(0))
    }

    /// The articles that a filter asks for, the newest first, and how many there are in all.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn articles(&self, filter: &Filter) -> Result<(usize, Vec<ArticleRow>), Fault> {
        self.sensible(filter, Of::Articles)?;
        let found = || -> rusqlite::Result<(usize, Vec<ArticleRow>)> {
            let Some(all) = self.of_articles(filter)? else { return Ok((0, Vec::new())) };
            let count = format!("SELECT count(*) FROM articles a WHERE {}", all.sql());
            let count = self.db.query_row(&count, params_from_iter(&all.values), |row| row.get(0))?;
            let sql = format!(
                "SELECT id, name, url, publisher, published, coalesce(headline, substr(text, 1, 120)) FROM articles a
                WHERE {} ORDER BY published DESC, n{}",
                all.sql(),
                filter.part()
            );
            let rows: rusqlite::Result<Vec<_>> =
                self.db.prepare(&sql)?.query_map(params_from_iter(&all.values), article)?.collect();
            Ok((count, rows?))
        };
        found().or_fault(&self.path)
    }

    fn of_articles(&self, filter: &Filter) -> rusqlite::Result<Option<Where>> {
        let mut all = Where::default();
        all.published(filter);
        for name in filter.actors.iter().chain(&filter.country) {
            let named = |column: &str| format!("a.id IN (SELECT article FROM mentions WHERE {column} = ?)");
            match asked(&self.db, name)? {
                Some(Asked::Country(code)) => all.and(&named("country"), [code]),
                Some(Asked::Key(key)) => all.and(&named("key"), [key]),
                None => return Ok(None),
            }
        }
        let question = filter.text.as_deref().map(words).filter(|question| !question.is_empty());
        if let Some(question) = question {
            all.and("a.n IN (SELECT rowid FROM search WHERE search MATCH ?)", [question]);
        }
        Ok(Some(all))
    }

    /// Who is named, whom most articles name first, and how many there are in all. `text` is a part of the name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn people(&self, filter: &Filter) -> Result<(usize, Vec<PersonRow>), Fault> {
        let found = || -> rusqlite::Result<(usize, Vec<PersonRow>)> {
            let mut all = Where::default();
            if !filter.kinds.is_empty() {
                let marks = vec!["?"; filter.kinds.len()].join(", ");
                all.and(&format!("e.kind IN ({marks})"), filter.kinds.clone());
            }
            if let Some(text) = filter.text.as_deref().filter(|text| !text.is_empty()) {
                all.and("instr(e.folded, ?) > 0", [legation_knowledge::normalise(text)]);
            }
            if let Some(Asked::Country(code)) =
                filter.country.as_deref().map(|name| asked(&self.db, name)).transpose()?.flatten()
            {
                all.and("e.country = ?", [code]);
            }
            let count = format!("SELECT count(*) FROM entities e WHERE {}", all.sql());
            let count = self.db.query_row(&count, params_from_iter(&all.values), |row| row.get(0))?;
            let sql = format!(
                "SELECT key, kind, name, country, articles,
                (SELECT count(*) FROM event_participants p WHERE p.key = e.key) FROM entities e
                WHERE {} ORDER BY articles DESC, key{}",
                all.sql(),
                filter.part()
            );
            let rows: rusqlite::Result<Vec<_>> =
                self.db.prepare(&sql)?.query_map(params_from_iter(&all.values), person)?.collect();
            Ok((count, rows?))
        };
        found().or_fault(&self.path)
    }

    /// The posts that articles tell somebody to hold, by the days of the articles.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn offices(&self, key: &str) -> Result<Vec<Office>, Fault> {
        let found = || -> rusqlite::Result<Vec<Office>> {
            let sql = "SELECT m.office, min(a.published), max(a.published), count(*) FROM mentions m
                JOIN articles a ON a.id = m.article WHERE m.key = ?1 AND m.office IS NOT NULL
                GROUP BY m.office ORDER BY 2, 1";
            let one = |row: &Row<'_>| {
                Ok(Office {
                    office: row.get(0)?,
                    first: row.get(1)?,
                    last: row.get(2)?,
                    articles: row.get(3)?,
                })
            };
            self.db.prepare(sql)?.query_map(params![key], one)?.collect()
        };
        found().or_fault(&self.path)
    }

    /// The names of countries by code, as articles give them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn countries(&self) -> Result<Vec<Facet>, Fault> {
        let found = || -> rusqlite::Result<Vec<Facet>> {
            let sql =
                "SELECT substr(key, 7), name, articles FROM entities WHERE key LIKE 'state/%' ORDER BY name";
            self.db.prepare(sql)?.query_map([], counted)?.collect()
        };
        found().or_fault(&self.path)
    }

    /// For each event of an article's record the event of the ledger to which its telling belongs.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn events_of(&self, record: &Record) -> Result<Vec<(String, String)>, Fault> {
        let found = || -> rusqlite::Result<Vec<(String, String)>> {
            let sql = "SELECT t.event_in_record, et.event FROM tellings t JOIN event_tellings et ON et.telling = t.id
                WHERE t.article = ?1 ORDER BY t.start, t.id";
            let article = crate::article_id(&record.article);
            self.db.prepare(sql)?.query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        found().or_fault(&self.path)
    }
}

/// The values that most events have; names are looked up for those alone.
fn facet(db: &Connection, all: &Where, column: &str, name: &str) -> rusqlite::Result<Vec<Facet>> {
    let inner = format!(
        "SELECT {column} AS value, count(*) AS n FROM events e WHERE {} AND {column} IS NOT NULL GROUP BY value",
        all.sql()
    );
    most(db, all, name, &inner)
}

/// Who takes part in most events. Where a filter leaves nearly all of them, what it leaves out is the shorter list.
fn parties(db: &Connection, all: &Where) -> rusqlite::Result<Vec<Facet>> {
    let sql = all.sql();
    let these = match all.conditions.len() {
        0 | 1 => format!("NOT IN (SELECT e.id FROM events e WHERE NOT coalesce({sql}, 0))"),
        _ => format!("IN (SELECT e.id FROM events e WHERE {sql})"),
    };
    let inner = format!(
        "SELECT key AS value, count(DISTINCT event) AS n FROM event_participants
        WHERE key IS NOT NULL AND event {these} GROUP BY key"
    );
    let name = "coalesce((SELECT name FROM entities WHERE key = value),
        (SELECT name FROM event_participants WHERE key = value))";
    most(db, all, name, &inner)
}

fn most(db: &Connection, all: &Where, name: &str, counts: &str) -> rusqlite::Result<Vec<Facet>> {
    let sql = format!(
        "SELECT value, {name}, n FROM (SELECT * FROM ({counts}) ORDER BY n DESC, value LIMIT ?) ORDER BY n DESC, value"
    );
    let values = all.values.iter().cloned().chain([Value::Integer(VALUES as i64)]);
    db.prepare(&sql)?.query_map(params_from_iter(values), counted)?.collect()
}

fn counted(row: &Row<'_>) -> rusqlite::Result<Facet> {
    Ok(Facet { value: row.get(0)?, name: row.get(1)?, count: row.get(2)? })
}

fn article(row: &Row<'_>) -> rusqlite::Result<ArticleRow> {
    let headline: Option<String> = row.get(5)?;
    Ok(ArticleRow {
        article: row.get(0)?,
        name: row.get(1)?,
        url: row.get(2)?,
        publisher: row.get(3)?,
        published: row.get(4)?,
        headline: headline.and_then(|text| text.trim().lines().next().map(str::to_owned)),
    })
}

fn mark(row: &Row<'_>) -> rusqlite::Result<Mark> {
    Ok(Mark {
        id: row.get(0)?,
        kind: row.get(1)?,
        title: row.get(2)?,
        status: row.get(3)?,
        earliest: row.get(4)?,
        latest: row.get(5)?,
        first_told: row.get(6)?,
        independent: row.get(7)?,
        place: row.get(8)?,
        place_country: row.get(9)?,
        latitude: row.get(10)?,
        longitude: row.get(11)?,
        from_country: row.get(12)?,
        quad: row.get(13)?,
    })
}

#[cfg(test)]
mod tests {
    use legation_record::Status;

    use crate::{made::visit, query::Filter, scratch::Scratch};

    #[test]
    fn parts_are_counted_whole_and_facets_name_what_a_filter_takes() {
        let scratch = Scratch::new("browse");
        let mut ledger = scratch.ledger("l.sqlite");
        let (anna, ole) = (("Anna Berg", "person/anna-berg"), ("Ole Lund", "person/ole-lund"));
        let all = [
            visit(("2024-05-16", "A"), anna, ("Norway", "NOR"), Status::Held, "2024-05-16"),
            visit(("2024-09-02", "B"), ole, ("Norway", "NOR"), Status::Planned, "2024-09-09"),
        ];
        ledger.append(&all).unwrap();
        ledger.settle().unwrap();
        let part = Filter { limit: Some(1), offset: Some(1), ..Filter::default() };
        assert_eq!(ledger.count_events(&part).unwrap(), 2);
        assert_eq!(ledger.marks(&part).unwrap().len(), 1);
        let (count, articles) = ledger.articles(&part).unwrap();
        assert_eq!((count, articles[0].published.as_deref()), (2, Some("2024-05-16")));
        let facets = ledger.facets(&Filter::default()).unwrap();
        assert_eq!((facets.events, facets.kind[0].count, facets.status.len()), (2, 2, 2));
        let (_, people) = ledger.people(&Filter { text: Some("berg".into()), ..Filter::default() }).unwrap();
        let again = ledger.count_events(&Filter { actors: vec![people[0].key.clone()], ..Filter::default() });
        assert_eq!(again.unwrap(), 1);
    }

    #[test]
    fn marks_stand_as_they_stood_on_a_day() {
        let scratch = Scratch::new("marks");
        let mut ledger = scratch.ledger("l.sqlite");
        let ole = ("Ole Lund", "person/ole-lund");
        let planned = visit(("2024-09-02", "B"), ole, ("Norway", "NOR"), Status::Planned, "2024-09-09");
        let cancelled = visit(("2024-09-08", "C"), ole, ("Norway", "NOR"), Status::Cancelled, "2024-09-09");
        ledger.append(&[planned, cancelled]).unwrap();
        ledger.settle().unwrap();
        let stood = |as_of: Option<&str>| {
            let filter = Filter { as_of: as_of.map(|day| day.parse().unwrap()), ..Filter::default() };
            ledger.marks(&filter).unwrap().into_iter().map(|mark| mark.status).collect::<Vec<_>>()
        };
        assert_eq!(stood(Some("2024-09-05")), ["planned"]);
        assert_eq!(stood(None), ["cancelled"]);
    }
}
