//! Tells people why an event was read: what its word means and why it is coded so.

use legation_record::{Event, Status};

use crate::ontology::Ontology;

/// The meaning of an event's word and the reason of its codes, in two sentences.
#[must_use]
pub fn explain(ontology: &Ontology, event: &Event, text: &str) -> String {
    let word = event.trigger.slice(text).unwrap_or_default();
    let kind = event.kind.0.replace('_', " ");
    let gloss = ontology.kind(&event.kind.0).map(|row| format!(": {}", row.gloss)).unwrap_or_default();
    let by = event.evidence.first().map(|evidence| evidence.by.as_str()).unwrap_or_default();
    let told = match &event.derived {
        Some(reason) => {
            format!("It is not told as a {kind}{gloss}; it follows from “{word}”: {reason} [{by}].")
        }
        None => format!("“{word}” tells of {kind}{gloss} [{by}]."),
    };
    let read = sure(event).into_iter().chain([coded(ontology, event)]);
    std::iter::once(told).chain(read).collect::<Vec<_>>().join("\n")
}

/// How sure the network is, and what it would have read instead.
fn sure(event: &Event) -> Option<String> {
    let confidence = event.confidence.as_ref()?;
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    let instead = match confidence.runner_up.as_str() {
        "none" => "no event at all".to_owned(),
        kind => kind.replace('_', " "),
    };
    Some(format!(
        "The network is {} sure of the kind (next best: {instead}, {}) and {} sure of the status.",
        percent(confidence.kind),
        percent(confidence.runner_up_kind),
        percent(confidence.status)
    ))
}

fn coded(ontology: &Ontology, event: &Event) -> String {
    let Some(category) = event.codes.plover.as_deref() else {
        return "It has no category of PLOVER.".to_owned();
    };
    let cameo = event.codes.cameo.as_deref().map(|code| format!(", CAMEO {code}")).unwrap_or_default();
    let gloss = ontology.meaning(category).map(|gloss| format!(" ({gloss})")).unwrap_or_default();
    let done = ontology.project(&event.kind.0, event.subtype.as_deref(), Status::Held).plover;
    let why = match done.as_deref() {
        Some(done) if done != category => {
            format!(", for it is {}; once held it is {done}", name(event.status))
        }
        _ => String::new(),
    };
    format!("It is coded {category}{gloss}{cameo}{why}.")
}

fn name(status: Status) -> String {
    serde_json::to_value(status).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use legation_knowledge::Files;
    use legation_record::{Codes, Confidence, Evidence, Kind, Modality, Polarity, Span};

    use super::*;

    #[test]
    fn a_planned_visit_is_explained() {
        let ontology = Ontology::load(&Files::built_in()).unwrap();
        let trigger = Span::new(0, 5);
        let codes: Codes = ontology.project("visit", None, Status::Planned);
        let event = Event {
            id: "v1".into(),
            kind: Kind("visit".into()),
            subtype: None,
            trigger,
            status: Status::Planned,
            status_evidence: Evidence::new(trigger, "event/status"),
            modality: Modality::Planned,
            polarity: Polarity::Positive,
            participants: vec![],
            interval: None,
            when: None,
            place: None,
            background: false,
            confidence: Some(Confidence {
                kind: 0.934,
                status: 0.8,
                runner_up: "none".into(),
                runner_up_kind: 0.05,
            }),
            told_again: Vec::new(),
            repeated: false,
            derived: None,
            attributions: vec![],
            codes,
            evidence: vec![Evidence::new(trigger, "event/visit-noun")],
        };
        let words = explain(&ontology, &event, "visit");
        assert!(
            words.contains("“visit” tells of visit: somebody in office goes to another country"),
            "{words}"
        );
        assert!(
            words.contains("93 % sure of the kind (next best: no event at all, 5 %) and 80 % sure"),
            "{words}"
        );
        assert!(words.contains("for it is planned; once held it is CONSULT"), "{words}");
    }
}
