//! What a page says of its article in JSON-LD (schema.org).

use serde_json::Value;

/// Values looked at in all, so that no page keeps us busy.
const MOST: usize = 20_000;

/// What was found, first wins.
#[derive(Debug, Default)]
pub(super) struct Data {
    pub headline: Option<String>,
    pub published: Option<String>,
    pub created: Option<String>,
    pub modified: Option<String>,
    pub author: Option<String>,
    pub publisher: Option<String>,
    pub language: Option<String>,
    pub url: Option<String>,
    pub body: Option<String>,
}

pub(super) fn data(scripts: &[String]) -> Data {
    let mut data = Data::default();
    let values: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    // Articles first: a page may date its outlet and its breadcrumbs too.
    for value in each(&values).into_iter().filter(|value| is_article(value)) {
        data.take(value);
    }
    data
}

fn parse(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->").trim();
    let script = script.trim_start_matches('/').trim_start_matches("<![CDATA[");
    let script = script.trim_end_matches("]]>").trim_end_matches('/').trim().trim_end_matches(';');
    // Line breaks inside strings are the mistake that templates make most.
    serde_json::from_str(script)
        .or_else(|_| serde_json::from_str(&script.replace(char::is_control, " ")))
        .ok()
}

/// Every object, outer ones first.
fn each(values: &[Value]) -> Vec<&Value> {
    let mut found: Vec<&Value> = Vec::new();
    let mut queue: std::collections::VecDeque<&Value> = values.iter().collect();
    while let Some(value) = queue.pop_front() {
        match value {
            Value::Array(items) => queue.extend(items.iter().take(MOST)),
            Value::Object(fields) => {
                found.push(value);
                queue.extend(fields.values().filter(|value| value.is_object() || value.is_array()));
            }
            _ => {}
        }
        if found.len() + queue.len() > MOST {
            break;
        }
    }
    found
}

fn is_article(value: &Value) -> bool {
    let is = |kind: &str| {
        kind.ends_with("Article")
            || kind.ends_with("BlogPosting")
            || ["Report", "LiveBlogPosting", "WebPage"].contains(&kind)
            || kind.ends_with("NewsArticle")
    };
    match &value["@type"] {
        Value::String(kind) => is(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

impl Data {
    fn take(&mut self, value: &Value) {
        let web_page = value["@type"].as_str() == Some("WebPage");
        let keep = |slot: &mut Option<String>, found: Option<String>| {
            if slot.is_none() {
                *slot = found.filter(|text| !text.trim().is_empty());
            }
        };
        keep(&mut self.published, text(&value["datePublished"]));
        keep(&mut self.created, text(&value["dateCreated"]).or_else(|| text(&value["uploadDate"])));
        keep(&mut self.modified, text(&value["dateModified"]));
        keep(&mut self.language, text(&value["inLanguage"]));
        keep(&mut self.publisher, name(&value["publisher"]));
        if !web_page {
            keep(&mut self.headline, text(&value["headline"]).or_else(|| text(&value["name"])));
            keep(&mut self.author, name(&value["author"]));
            keep(&mut self.body, text(&value["articleBody"]));
            keep(
                &mut self.url,
                text(&value["mainEntityOfPage"])
                    .or_else(|| text(&value["mainEntityOfPage"]["@id"]))
                    .or_else(|| text(&value["url"])),
            );
        }
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Array(items) => {
            items.first().and_then(|item| item.as_str()).map(|text| text.trim().to_owned())
        }
        Value::Object(fields) => fields.get("@value").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
}

/// A name, given as text, as an object with a name, or as a list of either.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => {
            let names: Vec<String> = items
                .iter()
                .take(10)
                .filter_map(|item| item.as_str().map(str::to_owned).or_else(|| text(&item["name"])))
                .collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        Value::Object(_) => text(&value["name"]),
        _ => text(value),
    }
}
