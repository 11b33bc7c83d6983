//! The label lists behind the tower's numbers, from `models/english/graph.json`.

use std::{collections::HashMap, sync::Arc};

use legation_record::Status;
use serde::Deserialize;

use crate::graph::{Bounds, Part};

#[derive(Debug, Deserialize)]
struct Written {
    under: usize,
    layers: usize,
    window: usize,
    context: usize,
    distances: Vec<usize>,
    /// Added to the score of "no event". All kind scores are divided by `kind_temperature` to make shares.
    none: f32,
    kind_temperature: f32,
    /// The least share for each role. Role scores are divided by `role_temperature`.
    role_least: Vec<f32>,
    role_temperature: f32,
    status_temperature: f32,
    kinds: Vec<String>,
    statuses: Vec<Status>,
    bounds: Vec<String>,
    roles: Vec<String>,
    upos: Vec<String>,
    deprel: Vec<String>,
    names: Vec<String>,
    blocks: Vec<String>,
    paths: Vec<String>,
}

/// The label lists, and the few numbers chosen after training.
#[derive(Debug)]
pub struct GraphLabels {
    /// The number of layers over pieces and over words.
    pub layers: [usize; 2],
    pub window: usize,
    pub context: usize,
    pub distances: Vec<usize>,
    pub none: f32,
    pub kind_temperature: f32,
    pub role_least: Vec<f32>,
    pub role_temperature: f32,
    pub status_temperature: f32,
    pub kinds: Vec<Arc<str>>,
    pub statuses: Vec<Status>,
    pub bounds: Vec<Bounds>,
    pub roles: Vec<Part>,
    pub upos: HashMap<String, usize>,
    pub deprel: HashMap<String, usize>,
    pub names: HashMap<String, usize>,
    pub blocks: HashMap<String, usize>,
    pub paths: HashMap<String, usize>,
}

impl GraphLabels {
    pub fn load(json: &str) -> Result<Self, String> {
        let written: Written = serde_json::from_str(json).map_err(|error| format!("graph.json: {error}"))?;
        let bounds = written.bounds.iter().map(|name| bounds(name)).collect::<Result<_, _>>()?;
        let roles: Vec<Part> = written.roles.iter().map(|name| part(name)).collect::<Result<_, _>>()?;
        if roles.len() != written.role_least.len() {
            return Err("graph.json: role_least has not a number for each role".into());
        }
        Ok(Self {
            layers: [written.under, written.layers],
            window: written.window,
            context: written.context,
            distances: written.distances,
            none: written.none,
            kind_temperature: written.kind_temperature,
            role_least: written.role_least,
            role_temperature: written.role_temperature,
            status_temperature: written.status_temperature,
            kinds: written.kinds.iter().map(|kind| kind.as_str().into()).collect(),
            statuses: written.statuses,
            bounds,
            roles,
            upos: numbers(written.upos),
            deprel: numbers(written.deprel),
            names: numbers(written.names),
            blocks: numbers(written.blocks),
            paths: numbers(written.paths),
        })
    }

    /// The class of the distance from a trigger to a word; classes are finer for shorter distances.
    pub fn distance(&self, trigger: usize, word: usize) -> usize {
        let apart = trigger.abs_diff(word);
        let class = self.distances.iter().position(|most| apart <= *most).unwrap_or(self.distances.len());
        if word >= trigger { class } else { class + self.distances.len() + 1 }
    }
}

fn numbers(names: Vec<String>) -> HashMap<String, usize> {
    names.into_iter().enumerate().map(|(number, name)| (name, number)).collect()
}

fn bounds(name: &str) -> Result<Bounds, String> {
    Ok(match name {
        "closed" => Bounds::Closed,
        "until" => Bounds::Until,
        "from" => Bounds::From,
        "open" => Bounds::Open,
        _ => return Err(format!("graph.json: no bounds {name}")),
    })
}

fn part(name: &str) -> Result<Part, String> {
    Ok(match name {
        "actor" => Part::Actor,
        "recipient" => Part::Recipient,
        "place" => Part::Place,
        "time" => Part::Time,
        "teller" => Part::Teller,
        _ => return Err(format!("graph.json: no role {name}")),
    })
}
