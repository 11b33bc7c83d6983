use std::collections::HashMap;

use serde_json::Value;

use super::{Scores, ratio};
use crate::lines;

/// The share of sources that have the right name: one of gold's names, or nobody's where gold accepts that.
pub fn score(gold: &str, predictions: &str) -> anyhow::Result<Scores> {
    let (gold, predictions) = (lines::values(gold)?, lines::values(predictions)?);
    let mut found: HashMap<(&str, usize, usize), &str> = HashMap::new();
    for line in &predictions {
        let doc = lines::string(line, "doc");
        let of = lines::list(line, "sources").iter();
        found.extend(of.map(|it| (key(doc, it), lines::string(it, "name"))));
    }
    let mut scores = Scores::default();
    let (mut named, mut nameless, mut led_astray) = ((0, 0), (0, 0), 0);
    for line in &gold {
        let doc = lines::string(line, "doc");
        for source in lines::list(line, "sources") {
            let names: Vec<&str> = lines::list(source, "names").iter().filter_map(Value::as_str).collect();
            let told = found.get(&key(doc, source)).copied().unwrap_or_default();
            let right = names.iter().any(|name| same(name, told));
            let part = if names.contains(&"") { &mut nameless } else { &mut named };
            *part = (part.0 + usize::from(right), part.1 + 1);
            led_astray += usize::from(!right && !told.is_empty());
            if !right {
                scores.line(&format!(
                    "{doc}:{}  {told:?} is not {}",
                    lines::number(source, "start"),
                    names.join(" or ")
                ));
            }
        }
    }
    show(&mut scores, "named", named);
    show(&mut scores, "nameless", nameless);
    show(&mut scores, "all", (named.0 + nameless.0, named.1 + nameless.1));
    show(&mut scores, "somebody else", (led_astray, named.1 + nameless.1));
    Ok(scores)
}

fn show(scores: &mut Scores, key: &str, (right, asked): (usize, usize)) {
    let share = ratio(right as f64, asked as f64);
    scores.line(&format!("{key:14} {right} of {asked}  {share:.3}"));
    scores.figure(key, share);
}

fn key<'a>(doc: &'a str, place: &Value) -> (&'a str, usize, usize) {
    (doc, lines::number(place, "start"), lines::number(place, "end"))
}

/// Whether two names are of the same words, articles, initials and marks aside.
fn same(a: &str, b: &str) -> bool {
    words(a) == words(b)
}

fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '’').map(str::to_lowercase);
    let plain: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    let kept: Vec<String> =
        plain.iter().filter(|word| word.chars().count() > 1 && *word != "the").cloned().collect();
    if kept.is_empty() { plain } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_and_articles_do_not_tell_names_apart() {
        assert!(same("Paul D. Ryan", "Paul Ryan"));
        assert!(same("the FBI", "FBI"));
        assert!(!same("Heidi Cruz", "Ted Cruz"));
        assert!(!same("", "FBI"));
    }

    #[test]
    fn a_name_for_somebody_nameless_is_wrong() {
        let gold = r#"{"doc":"a","sources":[{"start":0,"end":2,"names":[""]},{"start":5,"end":7,"names":["Ada Brown"]}]}"#;
        let told = r#"{"doc":"a","sources":[{"start":0,"end":2,"name":"Ada Brown"},{"start":5,"end":7,"name":"Ada Brown"}]}"#;
        let figures: HashMap<String, f64> = score(gold, told).unwrap().figures.into_iter().collect();
        assert!((figures["all"] - 0.5).abs() < 1e-9);
        assert!((figures["somebody else"] - 0.5).abs() < 1e-9);
    }
}
