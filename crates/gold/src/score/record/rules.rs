//! When a predicted item agrees with a gold one.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    lines::{list, string},
    score::words::{dice, fold, tokens},
};

/// One figure: which list is compared, and how.
#[derive(Debug)]
pub struct Metric {
    pub list: &'static str,
    pub name: &'static str,
    /// Whether a prediction agrees with a gold item.
    pub agree: fn(&Value, &Value) -> bool,
}

const fn metric(list: &'static str, name: &'static str, agree: fn(&Value, &Value) -> bool) -> Metric {
    Metric { list, name, agree }
}

pub const METRICS: [Metric; 15] = [
    metric("visits", "pair only", countries),
    metric("visits", "pair+status", visit),
    metric("visits", "pair+status+date", |p, g| visit(p, g) && dates(p, g)),
    metric("visits", "pair+status+name", |p, g| visit(p, g) && visitor(p, g)),
    metric("visits", "pair+status+date+name", |p, g| visit(p, g) && dates(p, g) && visitor(p, g)),
    metric("meetings", "parties+status", meeting),
    metric("meetings", "parties+status+date", |p, g| meeting(p, g) && dates(p, g)),
    metric("meetings", "parties+status+kind", |p, g| meeting(p, g) && p["kind"] == g["kind"]),
    metric("statements", "content", content),
    metric("statements", "content+speaker", speaker),
    metric("statements", "content+speaker+act", |p, g| speaker(p, g) && p["act"] == g["act"]),
    metric("statements", "content+speaker+kind", |p, g| speaker(p, g) && p["kind"] == g["kind"]),
    metric("events", "type+source+target", event),
    metric("events", "type+source+target+status", |p, g| event(p, g) && p["status"] == g["status"]),
    metric("events", "source+target (any type)", sides),
];

const TITLES: [&str; 26] = [
    "the",
    "a",
    "an",
    "of",
    "and",
    "to",
    "in",
    "on",
    "at",
    "for",
    "by",
    "with",
    "mr",
    "mrs",
    "ms",
    "dr",
    "president",
    "prime",
    "minister",
    "king",
    "queen",
    "prince",
    "pope",
    "foreign",
    "secretary",
    "general",
];
const MORE_TITLES: [&str; 6] = ["chancellor", "u.s", "us", "state", "vice", "u.s."];
const HELPFUL: [&str; 4] = ["AID", "SUPPORT", "COOPERATE", "CONSULT"];
const HOSTILE: [&str; 6] = ["SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "PROTEST", "REJECT"];

/// The words of a name without titles, unless there is nothing else.
fn telling(name: &str) -> Vec<String> {
    let all = tokens(name);
    let is_title = |word: &String| TITLES.contains(&word.as_str()) || MORE_TITLES.contains(&word.as_str());
    let kept: Vec<String> = all.iter().filter(|word| !is_title(word)).cloned().collect();
    if kept.is_empty() { all } else { kept }
}

fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (telling(a), telling(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let (set_a, set_b): (BTreeSet<_>, BTreeSet<_>) = (a.iter().collect(), b.iter().collect());
    let common = set_a.intersection(&set_b).count() as f64;
    a == b || a.last() == b.last() || common >= 0.6 * set_a.len().min(set_b.len()) as f64
}

/// As Python prints the value, so that nothing equals "None".
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn same(p: &Value, g: &Value, key: &str) -> bool {
    let plain = |value: &Value| fold(&shown(&value[key])).replace(' ', "");
    plain(p) == plain(g)
}

fn group(status: &Value) -> Option<char> {
    match status.as_str()? {
        "held" | "ongoing" => Some('H'),
        "planned" | "invited" => Some('P'),
        "cancelled" | "postponed" | "denied" => Some('C'),
        _ => None,
    }
}

/// Whether the intervals meet; gold without bounds asks for nothing.
fn dates(p: &Value, g: &Value) -> bool {
    let bounds = |it: &Value| (string(it, "start").to_owned(), string(it, "end").to_owned());
    let ((ps, pe), (gs, ge)) = (bounds(p), bounds(g));
    if gs.is_empty() && ge.is_empty() {
        return true;
    }
    if ps.is_empty() && pe.is_empty() {
        return false;
    }
    let low = |day: String| if day.is_empty() { "0000".to_owned() } else { day };
    let high = |day: String| if day.is_empty() { "9999".to_owned() } else { day };
    low(ps) <= high(ge) && low(gs) <= high(pe)
}

fn countries(p: &Value, g: &Value) -> bool {
    same(p, g, "visitor_country") && same(p, g, "host_country")
}

fn visit(p: &Value, g: &Value) -> bool {
    countries(p, g) && group(&p["status"]) == group(&g["status"])
}

fn visitor(p: &Value, g: &Value) -> bool {
    let others = list(g, "visitor_alt").iter().filter_map(Value::as_str);
    let mut names = [string(g, "visitor")].into_iter().chain(others);
    names.any(|name| same_name(string(p, "visitor"), name))
}

fn meeting(p: &Value, g: &Value) -> bool {
    if group(&p["status"]) != group(&g["status"]) {
        return false;
    }
    let set = |it: &Value| {
        list(it, "countries").iter().filter_map(Value::as_str).map(fold).collect::<BTreeSet<_>>()
    };
    let (a, b) = (set(p), set(g));
    let (common, all) = (a.intersection(&b).count(), a.union(&b).count());
    if !a.is_empty() && !b.is_empty() && common * 2 >= all {
        return true;
    }
    let names = |it: &'_ Value| {
        list(it, "parties").iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()
    };
    let (predicted, parties) = (names(p), names(g));
    let found = parties.iter().filter(|name| predicted.iter().any(|it| same_name(it, name))).count();
    !parties.is_empty() && found >= 1 && 2 * found >= parties.len()
}

fn content(p: &Value, g: &Value) -> bool {
    dice(string(p, "content"), string(g, "content")) >= 0.5
}

fn speaker(p: &Value, g: &Value) -> bool {
    let names = ["speaker", "speaker_text"].map(|key| string(g, key));
    content(p, g) && names.iter().any(|name| same_name(string(p, "speaker"), name))
}

/// Another category is right too where gold says so, and where an act is only planned or threatened.
fn category(p: &Value, g: &Value) -> bool {
    let others = list(g, "plover_alt").iter().filter_map(Value::as_str);
    let mut right: Vec<&str> = [string(g, "plover")].into_iter().chain(others).collect();
    if matches!(string(g, "status"), "planned" | "hypothetical") {
        let helpful = right.iter().any(|it| HELPFUL.contains(it));
        right.extend(right.iter().any(|it| HOSTILE.contains(it)).then_some("THREATEN"));
        right.extend(helpful.then_some("AGREE"));
    }
    p["plover"].as_str().is_some_and(|it| right.contains(&it))
}

fn sides(p: &Value, g: &Value) -> bool {
    same(p, g, "source") && same(p, g, "target")
}

fn event(p: &Value, g: &Value) -> bool {
    category(p, g) && sides(p, g)
}

/// Whether a predicted event lies on a statement or meeting of the gold.
pub fn on_statement(p: &Value, line: &Value) -> bool {
    let evidence = string(p, "evidence");
    let statements = list(line, "statements");
    if evidence.is_empty() {
        return string(p, "plover") != "AGREE" && !statements.is_empty();
    }
    let lies_on = |it: &Value| {
        let content = string(it, "content");
        let whole = format!("{} {} {content}", string(it, "speaker_text"), string(it, "cue"));
        dice(evidence, &whole) >= 0.5 || content.contains(evidence) || evidence.contains(content)
    };
    statements.iter().any(lies_on)
        || list(line, "meetings").iter().any(|it| dice(evidence, string(it, "evidence")) >= 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_agree_without_their_titles() {
        assert!(same_name("President Emmanuel Macron", "Macron"));
        assert!(!same_name("President", "Prime Minister"));
        assert!(!same_name("", "x"));
    }

    #[test]
    fn dates_meet_or_are_not_asked_for() {
        let day = |start: Option<&str>, end: Option<&str>| json!({"start": start, "end": end});
        assert!(dates(&day(None, None), &day(None, None)));
        assert!(!dates(&day(None, None), &day(Some("2024-05-16"), None)));
        assert!(dates(&day(Some("2024-05-17"), None), &day(Some("2024-05-16"), Some("2024-05-17"))));
    }

    #[test]
    fn a_planned_help_may_be_agreed_to() {
        let gold = json!({"plover": "AID", "status": "planned"});
        assert!(category(&json!({"plover": "AGREE"}), &gold));
        assert!(!category(&json!({"plover": "AGREE"}), &json!({"plover": "AID", "status": "held"})));
    }
}
