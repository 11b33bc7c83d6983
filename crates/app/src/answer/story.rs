use legation_ledger::{Brief, Difference, Reread, Told, query::Found};

use super::{counted, origin, page};

/// Articles found by their words.
#[must_use]
pub fn found(found: &[Found]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for one in found {
        let day = one.published.as_deref().unwrap_or("undated");
        let outlet = one.publisher.as_deref().or(one.name.as_deref()).unwrap_or("");
        let headline = one.headline.as_ref().map(|headline| format!("{headline} · ")).unwrap_or_default();
        lines.push(format!("{day}  {headline}{}  ({outlet})  {}", one.passage, one.article));
    }
    lines.push(counted(found.len(), "article"));
    page(&lines)
}

/// What became known between two days.
#[must_use]
pub fn differences(found: &[Difference]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for one in found {
        let when = one.event.edtf.as_deref().unwrap_or("undated");
        let change = match (one.change, &one.before) {
            ("told", Some(before)) => format!("told by {} more", counted_more(before, &one.after)),
            (_, Some(before)) => format!("{before} → {}", one.after),
            (_, None) => format!("new, {}", one.after),
        };
        lines.push(format!("{when}  {}  {change}  {}", one.event.title, one.event.id));
        let last = one.event.tellings.last();
        lines.extend(last.map(|account| format!("    {}: “{}”", origin(account), account.quote)));
    }
    lines.push(counted(found.len(), "difference"));
    page(&lines)
}

fn counted_more(before: &str, after: &str) -> String {
    let number = |text: &str| text.parse::<usize>().unwrap_or_default();
    counted(number(after).saturating_sub(number(before)), "telling")
}

/// A paragraph with numbers, and what they stand for.
#[must_use]
pub fn brief(brief: &Brief) -> String {
    let sentence = |one: &legation_ledger::Sentence| {
        let numbers: String = one.cites.iter().map(|at| format!("[{at}]")).collect();
        if numbers.is_empty() { one.text.clone() } else { format!("{} {numbers}", one.text) }
    };
    let mut lines = vec![brief.sentences.iter().map(sentence).collect::<Vec<_>>().join(" ")];
    for (at, source) in brief.sources.iter().enumerate() {
        let url = source.account.url.as_ref().map(|url| format!("  {url}")).unwrap_or_default();
        let (origin, quote) = (origin(&source.account), &source.account.quote);
        lines.push(format!("  [{}] {origin}: “{quote}”{url}  {}", at + 1, source.event));
    }
    page(&lines)
}

/// How records differ from those before.
#[must_use]
pub fn rereads(found: &[Reread]) -> String {
    let mut lines: Vec<String> = Vec::new();
    let line = |sign: &str, told: &Told| {
        format!("  {sign} {}  “{}”  [{}]  {}", told.tells, told.quote, told.rule, told.telling)
    };
    for one in found {
        lines.push(one.name.as_ref().unwrap_or(&one.article).clone());
        lines.extend(one.gone.iter().map(|told| line("-", told)));
        lines.extend(one.new.iter().map(|told| line("+", told)));
        lines.extend(one.changed.iter().flat_map(|(was, now)| [line("-", was), line("+", now)]));
    }
    lines.push(counted(found.len(), "record") + " differ from before");
    page(&lines)
}
