//! Lists: a part as JSON with the number of all, or all of it as a file.

use legation_ledger::{
    Ledger,
    export::{self, Sort, Table},
    query::{ArticleRow, Filter, Found, PersonRow},
};
use serde::Serialize;
use serde_json::json;

use crate::{
    reply::{Problem, Reply},
    request::Request,
};

/// Rows of a file at most.
const ALL: usize = 1_000_000;

struct Part<T> {
    total: usize,
    rows: Vec<T>,
}

/// Answers as the request asks: `format` names a file, otherwise a part as JSON.
fn reply<T: Serialize>(
    request: &Request,
    find: impl Fn(usize, usize) -> Result<Part<T>, Problem>,
    table: impl Fn(&[T]) -> Table,
) -> Result<Reply, Problem> {
    let Some(format) = request.get("format") else {
        let (limit, offset) = request.part()?;
        let Part { total, rows } = find(limit, offset)?;
        let next = (offset + rows.len() < total).then_some(offset + rows.len());
        return Reply::json(
            &json!({ "total": total, "limit": limit, "offset": offset, "next": next, "items": rows }),
        );
    };
    let rows = find(ALL, 0)?.rows;
    saved(format, &rows, || table(&rows))
}

/// All rows as a file.
pub fn saved(format: &str, rows: &impl Serialize, table: impl Fn() -> Table) -> Result<Reply, Problem> {
    if format == "json" {
        return Ok(Reply::json(rows)?.named("legation.json"));
    }
    let table = table();
    match format {
        "csv" => {
            Ok(Reply::of("text/csv; charset=utf-8", export::csv(&table))
                .named(&format!("{}.csv", table.name)))
        }
        "parquet" => Ok(Reply::of("application/vnd.apache.parquet", export::parquet(&table))
            .named(&format!("{}.parquet", table.name))),
        _ => Err(Problem::new(400, "format is csv, json or parquet")),
    }
}

fn part(filter: &Filter, limit: usize, offset: usize) -> Filter {
    Filter { limit: Some(limit), offset: Some(offset), ..filter.clone() }
}

/// Events; also as calendar, map, annotations and linked data.
pub fn events(request: &Request, ledger: &Ledger) -> Result<Reply, Problem> {
    let filter = request.filter()?;
    let file = |kind: &str, name: &str, form: fn(&[_]) -> String| {
        Ok(Reply::of(kind, form(&ledger.events(&filter)?)).named(name))
    };
    match request.get("format") {
        Some("ics") => file("text/calendar; charset=utf-8", "events.ics", export::ics),
        Some("geojson") => file("application/geo+json", "events.geojson", export::geojson),
        Some("annotation") => file("application/ld+json", "annotations.jsonld", export::web_annotation),
        Some("jsonld") => file("application/ld+json", "events.jsonld", export::json_ld),
        _ => {
            let find = |limit, offset| {
                let rows = ledger.events(&part(&filter, limit, offset))?;
                Ok(Part { total: ledger.count_events(&filter)?, rows })
            };
            reply(request, find, export::events_table)
        }
    }
}

/// One event; as a file its accounts.
pub fn event(request: &Request, id: &str, ledger: &Ledger) -> Result<Reply, Problem> {
    let event = ledger.event(id)?;
    match request.get("format") {
        Some(format) => saved(format, &event, || export::tellings_table(std::slice::from_ref(&event))),
        None => Reply::json(&event),
    }
}

pub fn statements(request: &Request, ledger: &Ledger) -> Result<Reply, Problem> {
    let filter = request.filter()?;
    let find = |limit: usize, offset| {
        // One more than asked for tells whether there is more.
        let mut rows = ledger.statements(&part(&filter, limit.saturating_add(1), offset))?;
        let total = offset + rows.len();
        rows.truncate(limit);
        Ok(Part { total, rows })
    };
    reply(request, find, export::statements_table)
}

pub fn articles(request: &Request, ledger: &Ledger) -> Result<Reply, Problem> {
    let filter = request.filter()?;
    let find = |limit, offset| {
        let (total, rows) = ledger.articles(&part(&filter, limit, offset))?;
        Ok(Part { total, rows })
    };
    reply(request, find, |rows: &[ArticleRow]| {
        let cells = |one: &ArticleRow| {
            vec![
                one.article.clone(),
                text(&one.name),
                text(&one.url),
                text(&one.publisher),
                text(&one.published),
                text(&one.headline),
            ]
        };
        Table { name: "articles", columns: &ARTICLES[..6], rows: rows.iter().map(cells).collect() }
    })
}

pub fn search(request: &Request, ledger: &Ledger) -> Result<Reply, Problem> {
    let filter = request.filter()?;
    let find = |limit, offset| {
        let rows = ledger.search(&part(&filter, limit, offset))?;
        Ok(Part { total: ledger.articles(&part(&filter, 1, 0))?.0, rows })
    };
    reply(request, find, |rows: &[Found]| {
        let cells = |one: &Found| {
            vec![
                one.article.clone(),
                text(&one.name),
                text(&one.url),
                text(&one.publisher),
                text(&one.published),
                text(&one.headline),
                one.passage.clone(),
            ]
        };
        Table { name: "found", columns: ARTICLES, rows: rows.iter().map(cells).collect() }
    })
}

const ARTICLES: &[(&str, Sort, &str)] = &[
    ("article", Sort::Text, "id of the article: a digest of its text and what came with it"),
    ("name", Sort::Text, "the name under which the article was given"),
    ("url", Sort::Text, "where it was published"),
    ("publisher", Sort::Text, "outlets"),
    ("published", Sort::Day, "when it was published"),
    ("headline", Sort::Text, "its headline, or the beginning of its text"),
    ("passage", Sort::Text, "the passage, the words asked for between » and «"),
];

pub fn actors(request: &Request, ledger: &Ledger) -> Result<Reply, Problem> {
    let filter = request.filter()?;
    let find = |limit, offset| {
        let (total, rows) = ledger.people(&part(&filter, limit, offset))?;
        Ok(Part { total, rows })
    };
    reply(request, find, |rows: &[PersonRow]| {
        let cells = |one: &PersonRow| {
            let (articles, events) = (one.articles.to_string(), one.events.to_string());
            vec![one.key.clone(), one.kind.clone(), one.name.clone(), text(&one.country), articles, events]
        };
        Table { name: "actors", columns: ACTORS, rows: rows.iter().map(cells).collect() }
    })
}

const ACTORS: &[(&str, Sort, &str)] = &[
    ("key", Sort::Text, "key, the same in every article"),
    ("kind", Sort::Text, "sort of thing"),
    ("name", Sort::Text, "name"),
    ("country", Sort::Text, "ISO 3166-1 alpha-3 or IGO: and a code"),
    ("articles", Sort::Whole, "articles that name it"),
    ("events", Sort::Whole, "events in which it takes part"),
];

pub fn corrections(request: &Request, ledger: &Ledger) -> Result<Reply, Problem> {
    let all = ledger.corrections()?;
    let name = |_: &[_]| Table {
        name: "corrections",
        columns: CORRECTIONS,
        rows: all.iter().map(decided).collect(),
    };
    let find = |limit, offset| {
        Ok(Part { total: all.len(), rows: all.iter().skip(offset).take(limit).cloned().collect() })
    };
    reply(request, find, name)
}

fn decided(one: &legation_ledger::Correction) -> Vec<String> {
    vec![
        one.seq.to_string(),
        one.made.clone(),
        one.who.clone(),
        one.action.clone(),
        one.telling.clone(),
        one.note.clone(),
    ]
}

const CORRECTIONS: &[(&str, Sort, &str)] = &[
    ("seq", Sort::Whole, "number; later ones are larger"),
    ("made", Sort::Text, "when"),
    ("who", Sort::Text, "who"),
    ("action", Sort::Text, "accept, reject, edit, split, join or undo"),
    ("telling", Sort::Text, "of which telling"),
    ("note", Sort::Text, "why"),
];

fn text(cell: &Option<String>) -> String {
    cell.clone().unwrap_or_default()
}
