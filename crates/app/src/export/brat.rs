use std::{collections::BTreeMap, fmt::Write as _};

use legation_record::{CodePoints, Polarity, Record, Span};

/// Attributions as brat standoff: text-bound sources, cues and contents, tied by events; one inside another is tied
/// to it by the relation `Within`, and one that denies has the attribute `Negated`.
#[must_use]
pub fn brat(record: &Record) -> String {
    let mut out =
        Standoff { record, points: CodePoints::new(&record.article.text), text: String::new(), bound: 0 };
    for (number, one) in record.attributions.iter().enumerate() {
        let cue = out.bound("Cue", &one.cue);
        let arguments =
            [("Source", out.bound("Source", &one.source)), ("Content", out.bound("Content", &one.content))];
        let Some(cue) = cue else { continue };
        let _ = write!(out.text, "E{}\tCue:T{cue}", number + 1);
        for (role, id) in arguments {
            id.iter().for_each(|id| out.text.push_str(&format!(" {role}:T{id}")));
        }
        out.text.push('\n');
    }
    out.nesting();
    out.text
}

struct Standoff<'a> {
    record: &'a Record,
    points: CodePoints,
    text: String,
    bound: usize,
}

impl Standoff<'_> {
    fn nesting(&mut self) {
        let all = &self.record.attributions;
        let numbers: BTreeMap<&str, usize> = all
            .iter()
            .enumerate()
            .filter(|(_, one)| !one.cue.is_empty())
            .map(|(at, one)| (one.id.as_str(), at + 1))
            .collect();
        let (mut relations, mut negated) = (0, 0);
        for one in all {
            let Some(number) = numbers.get(one.id.as_str()) else { continue };
            if let Some(parent) = one.parent.as_deref().and_then(|id| numbers.get(id)) {
                relations += 1;
                let _ = writeln!(self.text, "R{relations}\tWithin Arg1:E{number} Arg2:E{parent}");
            }
            if one.polarity == Polarity::Negative {
                negated += 1;
                let _ = writeln!(self.text, "A{negated}\tNegated E{number}");
            }
        }
    }

    fn bound(&mut self, label: &str, spans: &[Span]) -> Option<usize> {
        let text = &self.record.article.text;
        let spans: Vec<Span> = spans.iter().flat_map(|span| lines(text, *span)).collect();
        if spans.is_empty() {
            return None;
        }
        self.bound += 1;
        let offsets: Vec<String> = spans
            .iter()
            .map(|span| {
                let (start, end) = self.points.span(*span);
                format!("{start} {end}")
            })
            .collect();
        let words: Vec<&str> = spans.iter().filter_map(|span| span.slice(text)).collect();
        let _ = writeln!(self.text, "T{}\t{label} {}\t{}", self.bound, offsets.join(";"), words.join(" "));
        Some(self.bound)
    }
}

/// The parts of a span between line ends, which brat does not allow inside.
fn lines(text: &str, span: Span) -> Vec<Span> {
    let words = span.slice(text).unwrap_or_default();
    let mut from = span.start;
    let mut parts = Vec::new();
    for line in words.split_inclusive('\n') {
        let part = Span::new(from, from + line.trim_end_matches(['\n', '\r']).len());
        from += line.len();
        if !part.is_empty() {
            parts.push(part);
        }
    }
    parts
}
