//! A record as one page that needs nothing else: the article on the left, the record on the right.
//! A field lights up its words, words light up their fields. Works without the script, too.

mod escape;
mod hash;

use std::fmt::Write as _;

use legation_record::{Record, Span};

use crate::view::{Item, Layer, Line, Section, Tone, View, marks, segments};

pub use escape::escape;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page of one record.
#[must_use]
pub fn page(record: &Record) -> String {
    let view = View::new(record);
    let title =
        record.article.meta.headline.as_deref().or(record.article.meta.id.as_deref()).unwrap_or("Article");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{style}'; \
         script-src '{script}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{title} – Legation</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<header><h1>{title}</h1>{legend}</header>\n<main>\n\
         <article lang=\"en\" aria-label=\"Article\">{article}</article>\n\
         <section id=\"record\" aria-label=\"Record\">{published}{sections}</section>\n</main>\n\
         <script>{SCRIPT}</script>\n</body>\n</html>\n",
        style = hash::source(STYLE),
        script = hash::source(SCRIPT),
        title = escape(title),
        legend = legend(),
        article = article(record, &view),
        published = item(&view.published),
        sections = view.sections.iter().map(section).collect::<String>(),
    )
}

fn legend() -> String {
    let names = Layer::ALL
        .iter()
        .map(|layer| format!("<li><span class=\"{}\">{}</span></li>", class(*layer), layer.title()));
    format!("<ul class=\"legend\" aria-label=\"Legend\">{}</ul>", names.collect::<String>())
}

fn class(layer: Layer) -> &'static str {
    match layer {
        Layer::Time => "t",
        Layer::Cue => "c",
        Layer::Event => "v",
        Layer::Entity => "e",
        Layer::Point => "p",
        Layer::Content => "q",
    }
}

/// The article, split so that every field covers whole pieces.
fn article(record: &Record, view: &View) -> String {
    let text = record.article.text.as_str();
    let cuts: Vec<usize> = spans(view).flat_map(|span| [span.start, span.end]).collect();
    let mut out = String::new();
    for segment in segments(text, &marks(record), &cuts) {
        let classes: Vec<&str> = segment.layers.iter().map(class).collect();
        let words = escape(segment.span.slice(text).unwrap_or_default());
        let Span { start, end } = segment.span;
        let class =
            if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) };
        let _ = write!(out, "<span data-at=\"{start}-{end}\"{class}>{words}</span>");
    }
    out
}

fn spans(view: &View) -> impl Iterator<Item = Span> + '_ {
    let items = view.sections.iter().flat_map(|section| &section.items).chain([&view.published]);
    items.flat_map(|item| item.spans.iter().chain(item.lines.iter().flat_map(|line| &line.spans)).copied())
}

fn section(section: &Section) -> String {
    let items: String = section.items.iter().map(item).collect();
    let open = if matches!(section.title, "States and organisations" | "Times") { "" } else { " open" };
    format!(
        "<details{open}><summary><h2>{}</h2> <span class=\"aside\">{}</span></summary>{items}</details>\n",
        escape(section.title),
        section.items.len()
    )
}

fn item(item: &Item) -> String {
    let lines: String = item.lines.iter().map(line).collect();
    let glyph = if item.glyph.is_empty() {
        String::new()
    } else {
        format!("<span class=\"glyph {}\" aria-hidden=\"true\">{}</span> ", tone(item.tone), item.glyph)
    };
    format!(
        "<div class=\"item d{}\"><p class=\"head\"{}>{glyph}<b>{}</b> <span class=\"aside\">{} {}</span></p>{lines}</div>\n",
        item.depth.min(4),
        focus(&item.spans),
        escape(&item.head),
        escape(&item.aside),
        escape(&item.id),
    )
}

fn line(line: &Line) -> String {
    let by = line.by.as_ref().map(|by| format!(" <code>{}</code>", escape(by))).unwrap_or_default();
    let text = escape(&line.text);
    let (label, text) = match line.quoted_at {
        Some(at) => (format!("line {at}"), format!("<q>{text}</q>")),
        None => (line.label.clone(), text),
    };
    format!(
        "<p class=\"field\"{}><span class=\"label\">{}</span> {text}{by}</p>",
        focus(&line.spans),
        escape(&label)
    )
}

/// Makes an element reachable by keyboard and names the characters it rests on.
fn focus(spans: &[Span]) -> String {
    if spans.is_empty() {
        return String::new();
    }
    let spans: Vec<String> = spans.iter().map(|span| format!("{}-{}", span.start, span.end)).collect();
    format!(" tabindex=\"0\" data-spans=\"{}\"", spans.join(" "))
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Real => "real",
        Tone::Coming => "coming",
        Tone::Off => "off",
        Tone::Open => "open",
    }
}
