//! A record with one line per fact, for `grep` and for tests that people can read.

use legation_record::Record;

use crate::view::{Item, Line, Section, View};

/// Every fact on a line of its own: section, id, head, status and codes, then the fields.
///
/// ```
/// use legation_app::{Reader, lines::lines, record::Article};
///
/// let reader = Reader::built_in()?;
/// let record = reader.read(Article::new("Narendra Modi visited Poland on Aug. 21, 2024."));
/// assert!(lines(&record).lines().any(|line| line.starts_with("visits v1: ")));
/// # Ok::<(), legation_app::LoadFault>(())
/// ```
#[must_use]
pub fn lines(record: &Record) -> String {
    let view = View::new(record);
    let published = std::iter::once(fact("published", &view.published));
    let facts = view.sections.iter().flat_map(section);
    published.chain(facts).map(|line| line + "\n").collect()
}

fn section(section: &Section) -> impl Iterator<Item = String> {
    let title = section.title.to_lowercase();
    section.items.iter().map(move |item| fact(&title, item))
}

fn fact(title: &str, item: &Item) -> String {
    let id = if item.id.is_empty() { String::new() } else { format!(" {}", item.id) };
    let aside = (!item.aside.is_empty()).then(|| item.aside.clone());
    let told = item.lines.iter().filter(|line| line.quoted_at.is_none()).map(field);
    let quoted =
        item.lines.iter().filter(|line| line.quoted_at.is_some()).map(|line| format!("“{}”", line.text));
    let parts: Vec<String> = aside.into_iter().chain(told).chain(quoted).collect();
    let rest = parts.iter().map(|part| format!(" · {part}")).collect::<String>();
    format!("{title}{id}: {}{rest}", item.head).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn field(line: &Line) -> String {
    format!("{} {}", line.label, line.text)
}
