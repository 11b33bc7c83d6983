//! Proposals by types of provision, each cell with the words.

use std::collections::{BTreeMap, BTreeSet};

use legation_ledger::{
    article_id,
    export::{Sort, Table},
};
use legation_record::{Proposal, Record, Span};
use serde_json::{Value, json};

use crate::{
    reply::{Problem, Reply},
    request::Request,
    route::Room,
};

use super::list;

/// All proposals that articles of the ledger tell of.
pub fn matrix(request: &Request, room: &Room) -> Result<Reply, Problem> {
    let records = room.ledger.proposals()?;
    if let Some(format) = request.get("format") {
        let table = table(&records);
        let rows: Vec<BTreeMap<&str, &String>> =
            table.rows.iter().map(|row| COLUMNS.iter().map(|(name, ..)| *name).zip(row).collect()).collect();
        return list::saved(format, &rows, || table.clone());
    }
    let mut types = BTreeSet::new();
    let mut plans = Vec::new();
    for record in &records {
        for proposal in &record.proposals {
            let cells = cells(record, proposal);
            types.extend(cells.keys().cloned());
            plans.push(plan(record, proposal, &cells));
        }
    }
    let names = room.known.provisions();
    Reply::json(&json!({ "types": types, "names": names, "plans": plans }))
}

fn plan(record: &Record, proposal: &Proposal, cells: &BTreeMap<String, Vec<Value>>) -> Value {
    let names = |ids: &[String]| {
        ids.iter().filter_map(|id| record.entity(id)).map(|one| one.name.clone()).collect::<Vec<_>>()
    };
    json!({
        "article": article_id(&record.article),
        "headline": record.article.meta.headline.as_ref().or(record.article.meta.id.as_ref()),
        "published": record.published.date,
        "id": proposal.id,
        "name": proposal.name,
        "sponsors": names(&proposal.sponsors),
        "supporters": names(&proposal.supporters),
        "opponents": names(&proposal.opponents),
        "stated": proposal.count_stated.map(|(count, _)| count),
        "points": proposal.points.len(),
        "cells": cells,
    })
}

fn cells(record: &Record, proposal: &Proposal) -> BTreeMap<String, Vec<Value>> {
    let mut cells: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut add = |provisions: &[String], left_out: bool, number: Option<u32>, span: Span, rule: &str| {
        let words = span.slice(&record.article.text).unwrap_or_default();
        for provision in provisions {
            let cell =
                json!({ "left_out": left_out, "number": number, "words": words, "span": span, "rule": rule });
            cells.entry(provision.clone()).or_default().push(cell);
        }
    };
    for point in &proposal.points {
        add(&point.provisions, false, Some(point.number), point.span, &point.evidence.by);
    }
    for omission in &proposal.omits {
        add(&omission.provisions, true, None, omission.span, &omission.evidence.by);
    }
    cells
}

/// One row for each provision of each point, and for each that is left out.
fn table(records: &[Record]) -> Table {
    let plans = records.iter().flat_map(|record| record.proposals.iter().map(move |plan| (record, plan)));
    Table {
        name: "plans",
        columns: COLUMNS,
        rows: plans.flat_map(|(record, plan)| rows(record, plan)).collect(),
    }
}

fn rows(record: &Record, proposal: &Proposal) -> Vec<Vec<String>> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let published = record.published.date.map(|day| day.to_string()).unwrap_or_default();
    let row = |provision: &String, cell: &Value| {
        let left_out = if cell["left_out"] == true { "left out" } else { "provided" };
        let number = cell["number"].as_u64().map(|number| number.to_string()).unwrap_or_default();
        let (article, name) = (article_id(&record.article), proposal.name.clone());
        let (words, rule) = (text(&cell["words"]), text(&cell["rule"]));
        vec![article, published.clone(), name, provision.clone(), left_out.into(), number, words, rule]
    };
    let cells = cells(record, proposal);
    cells
        .iter()
        .flat_map(|(provision, all)| all.iter().map(|cell| row(provision, cell)).collect::<Vec<_>>())
        .collect()
}

const COLUMNS: &[(&str, Sort, &str)] = &[
    ("article", Sort::Text, "id of the article"),
    ("published", Sort::Day, "when it was published"),
    ("plan", Sort::Text, "name of the proposal"),
    ("provision", Sort::Text, "type of provision"),
    ("state", Sort::Text, "provided or left out"),
    ("number", Sort::Whole, "number of the point"),
    ("words", Sort::Text, "the words"),
    ("rule", Sort::Text, "the rule that read them"),
];
