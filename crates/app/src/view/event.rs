use legation_record::{Codes, Event, Participant, Record};

use super::{Item, Line, Names, names::listed, words};

/// Visits, and all other events, in the order of the record.
pub(super) fn items(record: &Record, names: &Names<'_>) -> (Vec<Item>, Vec<Item>) {
    let (visits, others): (Vec<_>, Vec<_>) = record.events.iter().partition(|event| is_visit(event));
    let items = |events: Vec<&Event>| events.into_iter().map(|event| item(event, names)).collect();
    (items(visits), items(others))
}

fn is_visit(event: &Event) -> bool {
    matches!(event.kind.0.as_str(), "visit" | "envoy_mission") || event.in_role("visitor").next().is_some()
}

/// One event as an item.
pub(super) fn item(event: &Event, names: &Names<'_>) -> Item {
    let roles = Roles::of(event);
    Item {
        id: event.id.clone(),
        glyph: words::glyph(event.status),
        tone: event.status.into(),
        head: roles.head(event, names),
        aside: aside(event),
        spans: event.evidence.iter().flat_map(|evidence| evidence.spans.iter().copied()).collect(),
        lines: lines(event, &roles, names),
        depth: 0,
    }
}

/// Participants grouped by role: who acts, towards whom, and the rest.
struct Roles<'a> {
    actors: Vec<&'a Participant>,
    recipients: Vec<&'a Participant>,
    rest: Vec<&'a Participant>,
}

impl<'a> Roles<'a> {
    fn of(event: &'a Event) -> Self {
        let leading = ["visitor", "envoy"].into_iter().find(|role| event.in_role(role).next().is_some());
        let first = leading.or_else(|| event.participants.first().map(|it| it.role.0.as_str()));
        let (actors, others): (Vec<_>, Vec<_>) =
            event.participants.iter().partition(|it| Some(it.role.0.as_str()) == first);
        let towards = ["host", "recipient", "receiver", "target", "counterpart", "party"];
        let second = towards.into_iter().find(|role| others.iter().any(|it| it.role.0 == *role));
        let (recipients, rest) = others.into_iter().partition(|it| Some(it.role.0.as_str()) == second);
        Self { actors, recipients, rest }
    }

    fn head(&self, event: &Event, names: &Names<'_>) -> String {
        let whom = match (self.recipients.as_slice(), &event.place) {
            ([], Some(place)) if is_visit(event) => words::one_line(&place.name),
            (recipients, _) => people(recipients),
        };
        match (people(&self.actors), whom) {
            (who, whom) if who.is_empty() && whom.is_empty() => format!("“{}”", names.text(event.trigger)),
            (who, whom) if whom.is_empty() => who,
            (who, whom) => format!("{} → {whom}", if who.is_empty() { "somebody" } else { &who }),
        }
    }
}

fn people(participants: &[&Participant]) -> String {
    let mut names: Vec<String> = participants.iter().map(|it| words::one_line(&it.text)).collect();
    names.dedup();
    listed(&names)
}

fn aside(event: &Event) -> String {
    let kind = match &event.subtype {
        Some(subtype) => format!("{} {}", words::plain(subtype), words::plain(&event.kind.0)),
        None => words::plain(&event.kind.0),
    };
    let mut parts = vec![words::status(event.status).to_owned(), kind];
    parts.extend(code(&event.codes));
    parts.join(" · ")
}

/// PLOVER category and mode, and the CAMEO code: "CONSULT visit 042".
fn code(codes: &Codes) -> Option<String> {
    let parts = [&codes.plover, &codes.mode, &codes.cameo];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn lines(event: &Event, roles: &Roles<'_>, names: &Names<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    lines.extend(when(event));
    lines.extend(place(event));
    lines.extend(
        roles
            .rest
            .iter()
            .map(|it| Line::with(&words::plain(&it.role.0), words::one_line(&it.text), &it.evidence)),
    );
    lines.extend(names.chain(&event.attributions).map(|chain| Line::plain("told by", chain)));
    if event.repeated {
        lines.push(Line::plain("often", "told to happen several times"));
    }
    lines.extend(event.derived.iter().map(|reason| Line::plain("derived", words::one_line(reason))));
    lines.extend(event.evidence.iter().map(|evidence| names.quote(evidence)));
    lines
}

fn when(event: &Event) -> Option<Line> {
    let text = words::interval(event.interval?);
    Some(match &event.when {
        Some(when) => Line::with("when", text, &when.evidence),
        None => Line::plain("when", text),
    })
}

fn place(event: &Event) -> Option<Line> {
    let place = event.place.as_ref()?;
    let country = place.country.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
    Some(Line::with("where", format!("{}{country}", words::one_line(&place.name)), &place.evidence))
}

/// Everything about one event: each field with its words, its rule and the reason.
#[must_use]
pub fn explained(event: &Event, names: &Names<'_>) -> Item {
    let mut item = item(event, names);
    let mut lines = vec![Line::with("status", words::status(event.status), &event.status_evidence)];
    lines.push(names.quote(&event.status_evidence));
    let reality = format!("{}, {}", words::modality(event.modality), words::polarity(event.polarity));
    lines.push(Line::plain("told as", reality));
    for it in &event.participants {
        let codes = it.country.iter().chain(&it.sectors).map(String::as_str).collect::<Vec<_>>().join(" ");
        let text = format!("{} {codes}", words::one_line(&it.text));
        lines.push(Line::with(&words::plain(&it.role.0), text.trim_end(), &it.evidence));
        lines.push(names.quote(&it.evidence));
    }
    if let Some(reason) = &event.when {
        lines.extend(when(event));
        lines.push(Line::plain("because", words::one_line(&reason.reason)));
        lines.push(names.quote(&reason.evidence));
    }
    if let Some(reason) = &event.place {
        lines.extend(place(event));
        lines.push(Line::plain("because", words::one_line(&reason.reason)));
        lines.push(names.quote(&reason.evidence));
    }
    lines.extend(names.chain(&event.attributions).map(|chain| Line::plain("told by", chain)));
    lines.extend(event.derived.iter().map(|reason| Line::plain("derived", words::one_line(reason))));
    lines.extend(
        event.evidence.iter().map(|evidence| Line { label: "told at".into(), ..names.quote(evidence) }),
    );
    item.lines = lines;
    item
}
