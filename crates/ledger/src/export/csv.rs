use std::fmt::Write as _;

use crate::query::{Account, EventRow, MemberRow};

pub(super) const EVENTS: &str = "event,kind,title,status,earliest,latest,edtf,dates,place,place_country,latitude,longitude,\
    actors,actor_countries,others,other_countries,plover,mode,quad,cameo,articles,independent,publishers,sources,\
    contradictions,verdict,corrected\r\n";
pub(super) const ACCOUNTS: &str = "telling,event,kind,status,edtf,place,told_by,derived,article,name,url,publisher,published,quote,\
    start,end,rule,reason\r\n";

/// One row per event (RFC 4180).
#[must_use]
pub fn events_csv(events: &[EventRow]) -> String {
    let mut out = EVENTS.to_owned();
    events.iter().for_each(|event| row(&mut out, &event_cells(event)));
    out
}

/// One row per telling: what one article says of one event.
#[must_use]
pub fn accounts_csv(events: &[EventRow]) -> String {
    let mut out = ACCOUNTS.to_owned();
    for event in events {
        event.tellings.iter().for_each(|account| row(&mut out, &account_cells(event, account)));
    }
    out
}

fn event_cells(event: &EventRow) -> Vec<String> {
    let first = event.participants.first().map(|member| member.role.clone());
    let (actors, others): (Vec<&MemberRow>, Vec<&MemberRow>) =
        event.participants.iter().partition(|member| Some(&member.role) == first.as_ref());
    let text = |cell: &Option<String>| cell.clone().unwrap_or_default();
    let degrees = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    vec![
        event.id.clone(),
        event.kind.clone(),
        event.title.clone(),
        event.status.clone(),
        text(&event.earliest),
        text(&event.latest),
        text(&event.edtf),
        event.dates.join(" | "),
        text(&event.place),
        text(&event.place_country),
        degrees(event.latitude),
        degrees(event.longitude),
        joined(&actors, |member| Some(&member.name)),
        joined(&actors, |member| member.country.as_ref()),
        joined(&others, |member| Some(&member.name)),
        joined(&others, |member| member.country.as_ref()),
        text(&event.plover),
        text(&event.mode),
        text(&event.quad),
        text(&event.cameo),
        event.articles.to_string(),
        event.independent.to_string(),
        event.publishers.to_string(),
        event.voices.to_string(),
        event.contradictions.iter().map(|one| one.field.as_str()).collect::<Vec<_>>().join(" | "),
        text(&event.verdict),
        event.corrected.join(" | "),
    ]
}

fn joined(members: &[&MemberRow], field: impl Fn(&MemberRow) -> Option<&String>) -> String {
    let parts: Vec<&str> = members.iter().map(|member| field(member).map_or("", String::as_str)).collect();
    parts.join(" | ")
}

fn account_cells(event: &EventRow, account: &Account) -> Vec<String> {
    let text = |cell: &Option<String>| cell.clone().unwrap_or_default();
    vec![
        account.telling.clone(),
        event.id.clone(),
        event.kind.clone(),
        account.status.clone(),
        text(&account.edtf),
        text(&account.place),
        text(&account.told_by),
        text(&account.derived),
        account.article.clone(),
        text(&account.name),
        text(&account.url),
        text(&account.publisher),
        text(&account.published),
        account.quote.clone(),
        account.start.to_string(),
        account.end.to_string(),
        account.rule.clone(),
        account.reason.clone(),
    ]
}

fn row(out: &mut String, cells: &[String]) {
    for (at, cell) in cells.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        let _ = write!(out, "{comma}{}", quoted(cell));
    }
    out.push_str("\r\n");
}

/// A cell in quotation marks where it needs them. A cell of words that a spreadsheet would take for a formula gets an
/// apostrophe; a number keeps its sign.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn cells_are_quoted_and_are_no_formulas() {
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(quoted("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(quoted("@SUM"), "'@SUM");
        assert_eq!(quoted("-33.9"), "-33.9");
    }
}
