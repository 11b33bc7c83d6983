use legation_record::{Claim, ClaimKind, Comparison, Proposal, Record};

use super::{Item, Line, Names, words};

/// Plans with their points and what they leave out.
pub(super) fn items(record: &Record, names: &Names<'_>) -> Vec<Item> {
    record.proposals.iter().map(|proposal| item(proposal, names)).collect()
}

fn item(proposal: &Proposal, names: &Names<'_>) -> Item {
    let mut lines = sponsors(proposal, names);
    lines.extend(proposal.points.iter().map(|point| Line {
        label: point.number.to_string(),
        ..Line::with("", provided(&names.text(point.span), &point.provisions), &point.evidence)
    }));
    lines.extend(proposal.omits.iter().map(|omission| {
        Line::with("omits", provided(&names.text(omission.span), &omission.provisions), &omission.evidence)
    }));
    for (label, ids) in [("for it", &proposal.supporters), ("against", &proposal.opponents)] {
        if !ids.is_empty() {
            lines.push(Line::plain(label, names.entities(ids)));
        }
    }
    Item {
        id: proposal.id.clone(),
        glyph: "§",
        head: words::one_line(&proposal.name),
        aside: counted(proposal),
        spans: proposal.mentions.iter().chain(&proposal.evidence.spans).copied().collect(),
        lines,
        ..Item::default()
    }
}

fn counted(proposal: &Proposal) -> String {
    let found = words::count(proposal.points.len(), "point", "points");
    match proposal.count_stated {
        Some((stated, _)) if stated as usize != proposal.points.len() => {
            format!("{found} found; the article says {stated}")
        }
        _ => found,
    }
}

fn sponsors(proposal: &Proposal, names: &Names<'_>) -> Vec<Line> {
    let when = proposal.laid_out.map(words::interval);
    let text = match (proposal.sponsors.is_empty(), when) {
        (true, None) => return Vec::new(),
        (true, Some(when)) => when,
        (false, None) => names.entities(&proposal.sponsors),
        (false, Some(when)) => format!("{}, {when}", names.entities(&proposal.sponsors)),
    };
    vec![match &proposal.sponsors_evidence {
        Some(evidence) => Line::with("laid out", text, evidence),
        None => Line::plain("laid out", text),
    }]
}

fn provided(text: &str, provisions: &[String]) -> String {
    if provisions.is_empty() {
        return text.to_owned();
    }
    let types: Vec<String> = provisions.iter().map(|name| words::plain(name)).collect();
    format!("{text} ‹{}›", types.join(", "))
}

/// Background claims that a record of events can check.
pub(super) fn claims(record: &Record, names: &Names<'_>) -> Vec<Item> {
    record.claims.iter().map(|one| claim(one, names)).collect()
}

fn claim(claim: &Claim, names: &Names<'_>) -> Item {
    let mut lines: Vec<Line> =
        claim.over.map(|over| Line::plain("over", words::interval(over))).into_iter().collect();
    if !claim.events.is_empty() {
        lines.push(Line::plain("names", claim.events.join(", ")));
    }
    lines.push(names.quote(&claim.evidence));
    Item {
        id: claim.id.clone(),
        glyph: "?",
        tone: super::Tone::Open,
        head: claim.value.map_or_else(
            || words::one_line(&claim.about),
            |value| format!("{}{value} × {}", meant(claim.comparison), words::one_line(&claim.about)),
        ),
        aside: kind(claim.kind).to_owned(),
        spans: claim.evidence.spans.clone(),
        lines,
        ..Item::default()
    }
}

/// How a number is meant, as a sign before it.
fn meant(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Exactly => "",
        Comparison::AtLeast => "≥ ",
        Comparison::MoreThan => "> ",
        Comparison::AtMost => "≤ ",
        Comparison::LessThan => "< ",
        Comparison::About => "≈ ",
    }
}

fn kind(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Count => "count",
        ClaimKind::First => "first",
        ClaimKind::Last => "last",
        ClaimKind::Since => "since",
        ClaimKind::Date => "date",
    }
}
