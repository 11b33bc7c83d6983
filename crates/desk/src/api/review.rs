//! What to decide next, where a decision is worth most.

use legation_ledger::{
    Due, Ledger,
    export::{Sort, Table},
};

use crate::{
    reply::{Problem, Reply},
    request::Request,
};

use super::list;

/// Decisions proposed where no number is given, and in a file.
const DUE: (usize, usize) = (50, 100_000);

pub fn due(request: &Request, ledger: &Ledger) -> Result<Reply, Problem> {
    let most = match (request.get("format"), request.get("limit")) {
        (Some(_), _) => DUE.1,
        (None, Some(_)) => request.part()?.0,
        (None, None) => DUE.0,
    };
    let due = ledger.review(&request.filter()?, most)?;
    match request.get("format") {
        Some(format) => list::saved(format, &due, || table(&due)),
        None => Reply::json(&due),
    }
}

fn table(due: &[Due]) -> Table {
    let cells = |Due { event, doubt, value, reasons }: &Due| {
        let (doubt, value) = (format!("{doubt:.3}"), format!("{value:.3}"));
        let (title, status) = (event.title.clone(), event.status.clone());
        vec![event.id.clone(), title, status, doubt, value, reasons.join("; ")]
    };
    Table { name: "review", columns: COLUMNS, rows: due.iter().map(cells).collect() }
}

const COLUMNS: &[(&str, Sort, &str)] = &[
    ("event", Sort::Text, "id"),
    ("title", Sort::Text, "in words"),
    ("status", Sort::Text, "where it stands"),
    ("doubt", Sort::Number, "how likely it is to be wrong, from 0 to 1"),
    ("value", Sort::Number, "how many accounts a decision is expected to put right"),
    ("reasons", Sort::Text, "why it is doubted"),
];
