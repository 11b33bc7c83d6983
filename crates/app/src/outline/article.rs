use std::fmt::Write as _;

use legation_record::{Record, Span};

use super::{
    Layout,
    paint::{Ink, Paint},
    wrap,
};
use crate::view::{Layer, Layers, Segment, marks, segments, words::harmless};

const GUTTER: usize = 5;

/// The article with line numbers, its evidence coloured and underlined by layer, and a legend.
#[must_use]
pub fn article(record: &Record, layout: Layout) -> String {
    let text = record.article.text.as_str();
    let paint = Paint(layout.color);
    let segments = segments(text, &marks(record), &line_ends(text));
    let mut out = String::new();
    let mut row: Vec<(char, Ink)> = Vec::new();
    let mut number = 1;
    for segment in &segments {
        let words = segment.span.slice(text).unwrap_or_default();
        row.extend(
            words.chars().filter(|ch| *ch != '\n' && *ch != '\r').map(|ch| (shown(ch), ink(*segment))),
        );
        if words.ends_with('\n') {
            line(&mut out, paint, layout, number, &row);
            row.clear();
            number += 1;
        }
    }
    if !row.is_empty() {
        line(&mut out, paint, layout, number, &row);
    }
    out.push('\n');
    if layout.color && !segments.is_empty() {
        out.push_str(&legend(paint, &segments));
    }
    out
}

/// One past every line end, so that no segment crosses one.
fn line_ends(text: &str) -> Vec<usize> {
    text.match_indices('\n').map(|(at, _)| Span::new(at, at + 1).end).collect()
}

fn shown(ch: char) -> char {
    if ch == '\t' { ' ' } else { harmless(ch) }
}

fn ink(segment: Segment) -> Ink {
    segment.layers.iter().next().map_or(Ink::Plain, Ink::Mark)
}

fn line(out: &mut String, paint: Paint, layout: Layout, number: usize, row: &[(char, Ink)]) {
    let room = layout.width.max(20).saturating_sub(GUTTER).max(15);
    for (at, row) in wrap::wrap(row.iter().copied(), room).iter().enumerate() {
        let number = if at == 0 { number.to_string() } else { String::new() };
        let space = if row.is_empty() { "" } else { "  " };
        let gutter = paint.with(Ink::Faint, &format!("{number:>3}{space}"));
        let _ = writeln!(out, "{}{}", gutter, paint.row(row));
    }
}

fn legend(paint: Paint, segments: &[Segment]) -> String {
    let seen = |layer: &Layer| segments.iter().any(|segment: &Segment| Layers::has(segment.layers, *layer));
    let shown = Layer::ALL.into_iter().filter(|layer| *layer != Layer::Content && seen(layer));
    let names: Vec<String> = shown.map(|layer| paint.with(Ink::Mark(layer), layer.title())).collect();
    if names.is_empty() { String::new() } else { format!("{}{}\n\n", " ".repeat(GUTTER), names.join("  ")) }
}
