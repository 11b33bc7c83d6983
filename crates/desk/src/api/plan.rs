//! Proposals by types of provision, each cell with the words.

use std::collections::{BTreeMap, BTreeSet};

use legation_ledger::article_id;
use legation_record::{Proposal, Record, Span};
use serde_json::{Value, json};

use crate::{
    reply::{Problem, Reply},
    route::Room,
};

/// All proposals that articles of the ledger tell of.
pub fn matrix(room: &Room) -> Result<Reply, Problem> {
    let records = room.ledger.proposals()?;
    let mut types = BTreeSet::new();
    let mut plans = Vec::new();
    for record in &records {
        for proposal in &record.proposals {
            let cells = cells(record, proposal);
            types.extend(cells.keys().cloned());
            plans.push(plan(record, proposal, &cells));
        }
    }
    Reply::json(&json!({ "types": types, "plans": plans }))
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
