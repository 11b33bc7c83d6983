use std::collections::BTreeMap;

use legation_record::{Attribution, Polarity, Record};

use super::{Item, Line, Names, words};

/// Statements as a tree, outermost first, each child below its parent.
pub(super) fn items(record: &Record, names: &Names<'_>) -> Vec<Item> {
    let mut children: BTreeMap<Option<&str>, Vec<&Attribution>> = BTreeMap::new();
    for one in &record.attributions {
        children.entry(one.parent.as_deref()).or_default().push(one);
    }
    let mut left: Vec<(usize, &Attribution)> = Vec::new();
    left.extend(children.remove(&None).unwrap_or_default().into_iter().rev().map(|one| (0, one)));
    let mut items = Vec::new();
    while let Some((depth, one)) = left.pop() {
        items.push(item(one, depth, names));
        let below = children.remove(&Some(one.id.as_str())).unwrap_or_default();
        left.extend(below.into_iter().rev().map(|child| (depth + 1, child)));
    }
    // Those whose parent is not in the record still show.
    items.extend(children.into_values().flatten().map(|one| item(one, 0, names)));
    items
}

fn item(one: &Attribution, depth: usize, names: &Names<'_>) -> Item {
    let content = Line { by: Some(one.evidence.by.clone()), ..names.quote_spans(&one.content) };
    let mut lines = Vec::new();
    if !one.targets.is_empty() {
        lines.push(Line::plain("about", names.entities(&one.targets)));
    }
    if !one.content.is_empty() {
        lines.push(content);
    }
    Item {
        id: one.id.clone(),
        glyph: if one.polarity == Polarity::Negative { "✕" } else { "›" },
        head: head(one, names),
        aside: aside(one, names),
        depth,
        spans: one.source.iter().chain(&one.cue).chain(&one.content).copied().collect(),
        lines,
        ..Item::default()
    }
}

fn head(one: &Attribution, names: &Names<'_>) -> String {
    let cue = names.texts(&one.cue);
    match cue.as_str() {
        "" => format!("{}: {}", names.source(one), words::plain(&one.act.0)),
        cue => format!("{}: “{cue}”", names.source(one)),
    }
}

fn aside(one: &Attribution, names: &Names<'_>) -> String {
    let mut parts = vec![words::plain(&one.act.0), words::form(one.form).to_owned()];
    if !one.addressees.is_empty() {
        parts.push(format!("to {}", names.entities(&one.addressees)));
    }
    if let Some(place) = &one.place {
        parts.push(format!("in {}", names.entities(std::slice::from_ref(place))));
    }
    if one.doubtful {
        parts.push("doubtful".into());
    }
    parts.join(" · ")
}

/// Quoted words whose speaker the article does not tell.
pub(super) fn unattributed(record: &Record, names: &Names<'_>) -> Vec<Item> {
    let item = |span: &legation_record::Span| Item {
        head: names.text(*span),
        aside: format!("line {}", names.line(span.start)),
        spans: vec![*span],
        ..Item::default()
    };
    record.unattributed_quotes.iter().map(item).collect()
}
