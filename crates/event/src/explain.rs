//! Tells people why an event was read.

use legation_record::{Event, Span};

/// The rule, the words and the roles of an event, in words.
#[must_use]
pub fn explain(event: &Event, text: &str) -> String {
    let mut lines = vec![format!("{} {}: {}", event.id, event.kind.0, quote(text, event.trigger))];
    let by = event.evidence.first().map(|evidence| evidence.by.as_str()).unwrap_or_default();
    lines.push(format!("  rule: {by}"));
    lines.push(format!(
        "  status: {} because of {}",
        name(&event.status),
        quotes(text, &event.status_evidence.spans)
    ));
    for participant in &event.participants {
        let country = participant.country.as_deref().map(|code| format!(" ({code})")).unwrap_or_default();
        lines.push(format!(
            "  {}: {}{country} from {}",
            participant.role.0,
            participant.text,
            quotes(text, &participant.evidence.spans)
        ));
    }
    if let (Some(interval), Some(when)) = (&event.interval, &event.when) {
        lines.push(format!(
            "  when: {} because {}: {}",
            interval.edtf(),
            when.reason,
            quotes(text, &when.evidence.spans)
        ));
    }
    if let Some(place) = &event.place {
        lines.push(format!(
            "  where: {}, {}: {}",
            place.name,
            place.reason,
            quotes(text, &place.evidence.spans)
        ));
    }
    if let Some(derived) = &event.derived {
        lines.push(format!("  not told as such: {derived}"));
    }
    if let Some(plover) = &event.codes.plover {
        let mode = event.codes.mode.as_deref().map(|mode| format!("/{mode}")).unwrap_or_default();
        let cameo = event.codes.cameo.as_deref().unwrap_or("none");
        lines.push(format!("  codes: PLOVER {plover}{mode}, CAMEO {cameo}, from kind and status"));
    }
    for evidence in &event.evidence {
        lines.push(format!("  told in: {}", quotes(text, &evidence.spans)));
    }
    lines.join("\n")
}

fn quote(text: &str, span: Span) -> String {
    format!("\"{}\"", span.slice(text).unwrap_or_default())
}

fn quotes(text: &str, spans: &[Span]) -> String {
    spans.iter().map(|span| quote(text, *span)).collect::<Vec<_>>().join(" ")
}

fn name(status: &legation_record::Status) -> String {
    serde_json::to_value(status).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
