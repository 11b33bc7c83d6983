//! One act of each sentence: is it found, with the right country on either side?

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Scores, ratio};
use crate::lines;

/// What both sides of a mutual act do to each other, whichever is named first.
const MUTUAL: [&str; 4] = ["CONSULT", "AGREE", "SUPPORT", "COOPERATE"];

/// The share of acts found with their category, and of those also with an actor and, where gold has one, a recipient of gold's country.
/// Whose gold has no country is met by words that overlap. Gold tells the act apart from its status: of what is not done yet the
/// category of the act counts, not that of its announcement.
pub fn score(gold: &str, predictions: &str) -> anyhow::Result<Scores> {
    let (gold, predictions) = (lines::values(gold)?, lines::values(predictions)?);
    let events: BTreeMap<&str, &[Value]> =
        predictions.iter().map(|line| (lines::string(line, "id"), lines::list(line, "events"))).collect();
    let mut scores = Scores::default();
    let (mut typed, mut full) = (0, 0);
    for line in &gold {
        let id = lines::string(line, "id");
        let all = events.get(id).copied().unwrap_or_default();
        let of_category: Vec<&Value> = all.iter().filter(|event| is_category(line, event)).collect();
        let right = of_category.iter().any(|event| is_full(line, event));
        typed += usize::from(!of_category.is_empty());
        full += usize::from(right);
        if !right {
            let why = if of_category.is_empty() { "no such act" } else { "another actor or recipient" };
            scores.line(&format!("{id}  {}: {why}", lines::string(line, "plover")));
        }
    }
    show(&mut scores, "category", typed, gold.len());
    show(&mut scores, "category, actor, recipient", full, gold.len());
    Ok(scores)
}

fn show(scores: &mut Scores, key: &str, right: usize, of: usize) {
    let share = ratio(right as f64, of as f64);
    scores.line(&format!("{key:28} {right} of {of}  {share:.3}"));
    scores.figure(key, share);
}

fn is_category(gold: &Value, event: &Value) -> bool {
    let wanted = lines::string(gold, "plover");
    let open = lines::string(gold, "status") != "held";
    lines::string(event, "plover") == wanted || open && lines::string(event, "act") == wanted
}

fn is_full(gold: &Value, event: &Value) -> bool {
    let (actor, recipient) = (&gold["actor"], &gold["recipient"]);
    let meets = |side: &str, wanted: &Value| wanted.is_null() || meets(lines::list(event, side), wanted);
    let straight = meets("actors", actor) && meets("recipients", recipient);
    let mutual = MUTUAL.contains(&lines::string(gold, "plover"));
    straight || mutual && meets("recipients", actor) && meets("actors", recipient)
}

fn meets(side: &[Value], wanted: &Value) -> bool {
    let place = span(wanted);
    let codes = lines::list(wanted, "codes").iter().filter_map(Value::as_str);
    codes.into_iter().any(|code| {
        side.iter().any(|one| {
            let overlaps = span(one).0 < place.1 && place.0 < span(one).1;
            if code == "-" { overlaps } else { lines::string(one, "code").get(..3) == Some(code) }
        })
    })
}

fn span(value: &Value) -> (u64, u64) {
    let at = |index: usize| value["span"][index].as_u64().unwrap_or_default();
    (at(0), at(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = r#"{"id":"a","plover":"AID","status":"planned","actor":{"span":[0,5],"codes":["PER"]},"recipient":{"span":[9,12],"codes":["-"]}}"#;

    fn told(actor: &str, from: u64) -> f64 {
        let event = format!(
            r#"{{"id":"a","events":[{{"plover":"AGREE","act":"AID","actors":[{{"code":"{actor}","span":[0,5]}}],"recipients":[{{"code":"","span":[{from},12]}}]}}]}}"#
        );
        score(GOLD, &event).unwrap().figures.last().unwrap().1
    }

    #[test]
    fn both_sides_must_be_right() {
        assert_eq!(told("PER", 9), 1.0);
        assert_eq!(told("CHL", 9), 0.0);
        assert_eq!(told("PER", 12), 0.0);
    }
}
