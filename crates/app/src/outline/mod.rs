//! A record for people at a terminal: the article with its evidence marked, then what was read.

mod article;
mod paint;
mod plans;
mod wrap;

use std::fmt::Write as _;

use legation_record::Record;

use crate::view::{Item, Line, Section, Tone, View};
use paint::{Ink, Paint};

pub use article::article;
pub use plans::plans;

/// How to lay out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Columns of the terminal; at least 20 are used.
    pub width: usize,
    /// Whether to colour.
    pub color: bool,
}

impl Default for Layout {
    /// 80 columns without colour.
    fn default() -> Self {
        Self { width: 80, color: false }
    }
}

/// The whole outline: article, then record.
#[must_use]
pub fn outline(record: &Record, layout: Layout) -> String {
    let mut text = article(record, layout);
    text.push_str(&summary(&View::new(record), layout));
    text
}

/// The record alone.
#[must_use]
pub fn summary(view: &View, layout: Layout) -> String {
    let mut page = Page { text: String::new(), layout, paint: Paint(layout.color) };
    page.item(&view.published, 0);
    if view.sections.is_empty() {
        page.text.push_str("\nNothing was read from this article.\n");
    }
    view.sections.iter().for_each(|section| page.section(section));
    page.text
}

/// One item, as `why` shows it.
#[must_use]
pub fn one(item: &Item, layout: Layout) -> String {
    let mut page = Page { text: String::new(), layout, paint: Paint(layout.color) };
    page.item(item, 0);
    page.text
}

struct Page {
    text: String,
    layout: Layout,
    paint: Paint,
}

const LABEL: usize = 9;

impl Page {
    fn section(&mut self, section: &Section) {
        let title = self.paint.with(Ink::Title, &section.title.to_uppercase());
        let count = self.paint.with(Ink::Faint, &section.items.len().to_string());
        let _ = writeln!(self.text, "\n{title}  {count}");
        let brief = section.items.iter().all(|item| item.depth == 0 && is_brief(section.title));
        for item in &section.items {
            match brief {
                true => self.brief(item),
                false => self.item(item, 2 + 2 * item.depth.min(8)),
            }
        }
    }

    fn item(&mut self, item: &Item, indent: usize) {
        if indent > 0 {
            self.text.push('\n');
        }
        self.head(item, indent);
        item.lines.iter().for_each(|line| self.line(line, indent + 2));
    }

    /// An item on one line, with its fields in the same paragraph.
    fn brief(&mut self, item: &Item) {
        self.head(item, 2);
        let shown = |line: &&Line| !matches!(line.label.as_str(), "why" | "");
        item.lines.iter().filter(shown).for_each(|line| self.line(line, 4));
    }

    fn head(&mut self, item: &Item, indent: usize) {
        let glyph = if item.glyph.is_empty() { String::new() } else { format!("{} ", item.glyph) };
        let lead = format!("{}{glyph}", " ".repeat(indent));
        let mut words = vec![(item.head.as_str(), Ink::Head)];
        let aside = format!(" · {}", item.aside);
        if !item.aside.is_empty() {
            words.push((&aside, Ink::Faint));
        }
        let id = format!("  {}", item.id);
        if !item.id.is_empty() {
            words.push((&id, Ink::Faint));
        }
        self.paragraph((&lead, tone(item.tone)), &words);
    }

    fn line(&mut self, line: &Line, indent: usize) {
        let by = line.by.as_ref().map(|by| format!("  [{by}]")).unwrap_or_default();
        let pad = " ".repeat(indent);
        match line.quoted_at {
            Some(at) if line.label.is_empty() => {
                let lead = format!("{pad}{:<LABEL$}", format!("line {at}"));
                let text = format!("“{}”", line.text);
                self.paragraph((&lead, Ink::Faint), &[(&text, Ink::Quote), (&by, Ink::Faint)]);
            }
            Some(at) => {
                let lead = format!("{pad}{:<LABEL$}", line.label);
                let text = format!("line {at} “{}”", line.text);
                self.paragraph((&lead, Ink::Faint), &[(&text, Ink::Quote), (&by, Ink::Faint)]);
            }
            None => {
                let lead = format!("{pad}{:<LABEL$}", line.label);
                self.paragraph((&lead, Ink::Faint), &[(&line.text, Ink::Plain), (&by, Ink::Faint)]);
            }
        }
    }

    /// Words behind a lead, wrapped below their own beginning.
    fn paragraph(&mut self, lead: (&str, Ink), words: &[(&str, Ink)]) {
        let inked = words.iter().flat_map(|(text, ink)| text.chars().map(move |ch| (ch, *ink)));
        let lead_width = wrap::width(lead.0) + usize::from(lead.0.ends_with(|ch: char| ch != ' '));
        let room = self.layout.width.max(20).saturating_sub(lead_width).max(16);
        for (at, row) in wrap::wrap(inked, room).into_iter().enumerate() {
            let start = if at == 0 { lead.0.to_owned() } else { " ".repeat(lead_width) };
            let gap = " ".repeat(lead_width.saturating_sub(wrap::width(&start)));
            let _ = writeln!(self.text, "{}{gap}{}", self.paint.with(lead.1, &start), self.paint.row(&row));
        }
    }
}

fn is_brief(title: &str) -> bool {
    matches!(title, "People" | "States and organisations" | "Times" | "Warnings" | "Quoted, speaker not told")
}

fn tone(tone: Tone) -> Ink {
    match tone {
        Tone::Plain => Ink::Plain,
        Tone::Real => Ink::Real,
        Tone::Coming => Ink::Coming,
        Tone::Off => Ink::Off,
        Tone::Open => Ink::Open,
    }
}
