use legation_ledger::{Answer, Verdict, query::EventRow};

use super::{counted, origin, page};

/// Claims one by one with what speaks for and against them.
#[must_use]
pub fn verdicts(verdicts: &[Verdict]) -> String {
    if verdicts.is_empty() {
        return "no background claim was read that a ledger can check\n".to_owned();
    }
    let mut lines: Vec<String> = Vec::new();
    for verdict in verdicts {
        lines.push(format!("{}  {}  {}", sign(verdict.answer), claim(verdict), verdict.id));
        lines.push(format!("    “{}”", verdict.quote));
        lines.push(format!("    {}", verdict.reason));
        side(&mut lines, "for", &verdict.supporting);
        side(&mut lines, "against", &verdict.against);
        lines.extend(verdict.left_out.iter().map(|event| {
            let when = event.edtf.as_deref().unwrap_or("undated");
            format!("    left out  {when}  {}  {}", event.title, event.id)
        }));
    }
    let of = |answer| verdicts.iter().filter(|verdict| verdict.answer == answer).count();
    lines.push(format!(
        "{}: {} supported, {} contradicted, {} not known",
        counted(verdicts.len(), "claim"),
        of(Answer::Supported),
        of(Answer::Contradicted),
        of(Answer::NotKnown)
    ));
    page(&lines)
}

fn sign(answer: Answer) -> &'static str {
    match answer {
        Answer::Supported => "✓ supported",
        Answer::Contradicted => "✕ contradicted",
        Answer::NotKnown => "? not known",
    }
}

fn claim(verdict: &Verdict) -> String {
    let value = verdict.value.map(|value| format!("{value} × ")).unwrap_or_default();
    let over = verdict.over.as_ref().map(|over| format!(", {over}")).unwrap_or_default();
    format!("{}: {value}{}{over}", verdict.kind, verdict.about)
}

fn side(lines: &mut Vec<String>, name: &str, events: &[EventRow]) {
    for event in events {
        let when = event.edtf.as_deref().unwrap_or("undated");
        lines.push(format!("    {name}  {when}  {}  {}", event.title, event.id));
        for account in event.tellings.iter().take(2) {
            lines.push(format!("        {}: “{}”  [{}]", origin(account), account.quote, account.rule));
        }
    }
}
