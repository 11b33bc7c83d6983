use legation_ledger::query::{Account, EventRow, PersonRow, StatementRow};

use super::{counted, origin, page};

/// Accounts shown of one event in a list.
const SHOWN: usize = 3;

/// A list of events, each with the words of some of its articles.
#[must_use]
pub fn events(events: &[EventRow]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for event in events {
        lines.push(head(event));
        lines.extend(event.tellings.iter().take(SHOWN).map(|account| format!("    {}", told(account))));
        let more = event.tellings.len().saturating_sub(SHOWN);
        if more > 0 {
            lines.push(format!("    … and {more} more: legation event {}", event.id));
        }
        lines.extend(event.contradictions.iter().map(|one| {
            format!("    contradiction on {}: {} against {}", one.field, one.one_value, one.other_value)
        }));
    }
    lines.push(counted(events.len(), "event"));
    page(&lines)
}

fn head(event: &EventRow) -> String {
    let when = event.edtf.as_deref().unwrap_or("undated");
    let independent = counted(event.independent, "independent article");
    let corrected = if event.corrected.is_empty() { None } else { Some("corrected") };
    let by_people: String =
        event.verdict.as_deref().or(corrected).map(|word| format!("  {word}")).unwrap_or_default();
    format!("{when}  {}  {}  ({independent})  {}{by_people}", event.status, event.title, event.id)
}

fn told(account: &Account) -> String {
    let by = account.told_by.as_ref().map(|by| format!(", by {by}")).unwrap_or_default();
    format!("{}{by}: “{}”  [{}]  {}", origin(account), account.quote, account.rule, account.telling)
}

/// One event with all its articles, its life, and why they were merged.
#[must_use]
pub fn event(event: &EventRow) -> String {
    let mut lines = vec![head(event)];
    if event.dates.len() > 1 {
        lines.push(format!("  told for {}", event.dates.join(", ")));
    }
    if let Some(place) = &event.place {
        lines.push(format!("  place {place}"));
    }
    for one in &event.participants {
        let country = one.country.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
        lines.push(format!("  {} {}{country}", one.role, one.name));
    }
    lines.push("  life".into());
    lines.extend(event.life.iter().map(|step| {
        format!("    {}  {}  {}", step.published.as_deref().unwrap_or("undated"), step.status, step.telling)
    }));
    let (articles, outlets) = (counted(event.articles, "article"), counted(event.publishers, "outlet"));
    let voices = counted(event.voices, "source");
    lines.push(format!("  told by {articles}, {} independent, {outlets}, {voices}", event.independent));
    for account in &event.tellings {
        lines.push(format!("    {}", told(account)));
        lines.push(format!("      {} · {}", account.status, account.reason));
    }
    for one in &event.contradictions {
        let (field, value, against) = (&one.field, &one.one_value, &one.other_value);
        lines.push(format!(
            "  contradiction on {field}: {value} ({}) against {against} ({})",
            one.one, one.other
        ));
    }
    page(&lines)
}

/// A list of statements.
#[must_use]
pub fn statements(statements: &[StatementRow]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for one in statements {
        let day = one.published.as_deref().unwrap_or("undated");
        let outlet = one.publisher.as_deref().or(one.name.as_deref()).unwrap_or(&one.article);
        let source = if one.source.is_empty() { "somebody not named" } else { &one.source };
        lines.push(format!("{day}  {source} · {}: “{}”  ({outlet})  {}", one.act, one.content, one.id));
    }
    lines.push(counted(statements.len(), "statement"));
    page(&lines)
}

/// A list of people and things.
#[must_use]
pub fn people(people: &[PersonRow]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for one in people {
        let country = one.country.as_deref().unwrap_or("–");
        let (articles, events) = (counted(one.articles, "article"), counted(one.events, "event"));
        lines.push(format!("{}  {} · {country} · {articles}, {events}  {}", one.name, one.kind, one.key));
    }
    lines.push(counted(people.len(), "entry").replace("entrys", "entries"));
    page(&lines)
}
