use legation_ledger::{Correction, Due};

use super::{counted, event::events, page};

/// What people decided, one a line.
#[must_use]
pub fn corrections(corrections: &[Correction]) -> String {
    let mut lines: Vec<String> = corrections.iter().map(correction).collect();
    lines.push(counted(corrections.len(), "decision"));
    page(&lines)
}

/// One decision: number, when, who, what, on which event, and why.
#[must_use]
pub fn correction(one: &Correction) -> String {
    let who = if one.who.is_empty() { "somebody" } else { &one.who };
    let change = one.field.as_ref().zip(one.value.as_ref());
    let change = change.map(|(field, value)| format!(" {field}={value}")).unwrap_or_default();
    let back = one.undoes.map(|seq| format!(" of {seq}")).unwrap_or_default();
    let on = one.event.as_ref().unwrap_or(&one.telling);
    let note = if one.note.is_empty() { String::new() } else { format!("  “{}”", one.note) };
    let undone = if one.undone { "  (taken back)" } else { "" };
    format!("{}  {}  {who}  {}{back}{change}  {on}{note}{undone}", one.seq, one.made, one.action)
}

/// What to decide on next, and why.
#[must_use]
pub fn review(due: &[Due]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for one in due {
        let list = events(std::slice::from_ref(&one.event));
        lines.extend(list.lines().filter(|line| *line != "1 event").map(str::to_owned));
        let doubt = (one.doubt * 100.0).round();
        lines.push(format!("    {doubt} % doubt: {}", one.reasons.join("; ")));
    }
    lines.push(counted(due.len(), "event") + " to decide on");
    page(&lines)
}
