//! Inputs for the record task: its gold names texts that lie in other files.

use std::collections::BTreeMap;

use anyhow::Context;
use serde_json::{Value, json};

use crate::lines;

/// One input line for every line of the gold, in its order.
pub fn of_gold(gold: &str, files: &[String]) -> anyhow::Result<String> {
    let gold = lines::values(gold)?;
    let wanted: BTreeMap<&str, ()> = gold.iter().map(|line| (lines::string(line, "id"), ())).collect();
    let mut inputs = BTreeMap::new();
    for file in files {
        for line in lines::values(file)? {
            let id = ["id", "doc"]
                .iter()
                .map(|key| lines::string(&line, key))
                .find(|id| !id.is_empty())
                .unwrap_or_default();
            if wanted.contains_key(id) {
                inputs.insert(id.to_owned(), line);
            }
        }
    }
    gold.iter().map(|line| input(line, &inputs)).collect()
}

fn input(gold: &Value, inputs: &BTreeMap<String, Value>) -> anyhow::Result<String> {
    let id = lines::string(gold, "id");
    let text = inputs.get(id).with_context(|| format!("no file holds the text of {id}"))?;
    Ok(format!(
        "{}\n",
        json!({ "id": id, "date": gold["date"], "title": text.get("title"), "text": text["text"] })
    ))
}
