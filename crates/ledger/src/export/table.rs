//! Tables for scholars and newsrooms: one row per event, one per telling, one per statement.

use crate::query::{Account, ClaimRow, EventRow, MemberRow, Source, StatementRow};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Words.
    Text,
    /// A day.
    Day,
    /// A whole number.
    Whole,
    /// A number.
    Number,
}

/// A column and what it means.
pub type Column = (&'static str, Sort, &'static str);

/// Rows of words; an empty cell has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Name of the table.
    pub name: &'static str,
    /// Its columns; the first one is the key.
    pub columns: &'static [Column],
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

use Sort::{Day, Number, Text, Whole};

pub(super) const EVENTS: &[Column] = &[
    ("event", Text, "id; stays while its first telling stays"),
    ("kind", Text, "kind of event"),
    ("title", Text, "in words"),
    ("status", Text, "where it stands: held, planned, cancelled, …"),
    ("earliest", Day, "first possible day"),
    ("latest", Day, "last possible day"),
    ("edtf", Text, "both in EDTF"),
    ("dates", Text, "every different time told, in EDTF"),
    ("place", Text, "place"),
    ("place_country", Text, "its country, ISO 3166-1 alpha-3"),
    ("latitude", Number, "degrees north"),
    ("longitude", Number, "degrees east"),
    ("actors", Text, "those who act"),
    ("actor_countries", Text, "their countries, ISO 3166-1 alpha-3 or IGO: and a code"),
    ("actor_cameo", Text, "the CAMEO codes of these countries"),
    ("actor_cow", Text, "their Correlates of War numbers"),
    ("others", Text, "everybody else in it"),
    ("other_countries", Text, "their countries"),
    ("other_cameo", Text, "the CAMEO codes of these countries"),
    ("other_cow", Text, "their Correlates of War numbers"),
    ("plover", Text, "PLOVER category"),
    ("mode", Text, "PLOVER mode"),
    ("quad", Text, "PLOVER quad class"),
    ("cameo", Text, "CAMEO code"),
    ("articles", Whole, "articles that tell it"),
    ("independent", Whole, "of them, neither copies nor of one outlet"),
    ("publishers", Whole, "outlets"),
    ("sources", Whole, "different sources that the articles name; the authors count as one"),
    ("contradictions", Text, "fields on which its tellings contradict each other"),
    ("verdict", Text, "what a person says of it"),
    ("corrected", Text, "fields that a person edited"),
];

pub(super) const TELLINGS: &[Column] = &[
    ("telling", Text, "id: one article's account of one event"),
    ("event", Text, "the event it tells"),
    ("kind", Text, "kind of the event"),
    ("status", Text, "where the event stands, by this article"),
    ("earliest", Day, "first possible day, by this article"),
    ("latest", Day, "last possible day, by this article"),
    ("edtf", Text, "both in EDTF"),
    ("place", Text, "where, by this article"),
    ("plover", Text, "PLOVER category, by this article"),
    ("cameo", Text, "CAMEO code, by this article"),
    ("told_by", Text, "according to whom; empty: the author's word"),
    ("derived", Text, "why it follows, where it is not told as such"),
    ("article", Text, "id of the article: a digest of its text and what came with it"),
    ("name", Text, "the name under which the article was given"),
    ("url", Text, "where it was published"),
    ("publisher", Text, "outlets"),
    ("published", Day, "when it was published"),
    ("quote", Text, "the words"),
    ("start", Whole, "first character of the words in the article, in code points"),
    ("end", Whole, "one past the last character"),
    ("rule", Text, "the rule that read them"),
    ("reason", Text, "why the telling belongs to the event"),
    ("reader", Text, "version of the program that read the article"),
    ("model", Text, "digest of its language model"),
    ("knowledge", Text, "digest of its rules, names and ontology"),
];

pub(super) const PARTICIPANTS: &[Column] = &[
    ("event", Text, "the event"),
    ("position", Whole, "position in the event, from 1; those with the role of the first one act"),
    ("role", Text, "role: visitor, host, party, …"),
    ("name", Text, "name"),
    ("key", Text, "key, the same in every event; empty where nobody is named"),
    ("country", Text, "country, ISO 3166-1 alpha-3 or IGO: and a code"),
    ("cameo", Text, "its CAMEO code"),
    ("cow", Whole, "its Correlates of War number"),
];

pub(super) const CLAIMS: &[Column] = &[
    ("claim", Text, "id: one background claim of one article"),
    ("article", Text, "id of the article"),
    ("kind", Text, "count, first, last, since or date"),
    ("event_kind", Text, "kind of the events it is about"),
    ("about", Text, "what is claimed, in words"),
    ("value", Whole, "the number claimed"),
    ("earliest", Day, "first day it is claimed for"),
    ("latest", Day, "last day it is claimed for"),
    ("quote", Text, "the words"),
    ("start", Whole, "first character of the words in the article, in code points"),
    ("end", Whole, "one past the last character"),
    ("rule", Text, "the rule that read them"),
];

pub(super) const ARTICLES: &[Column] = &[
    ("article", Text, "id: a digest of its text and what came with it"),
    ("name", Text, "the name under which it was given"),
    ("url", Text, "where it was published"),
    ("publisher", Text, "outlets"),
    ("published", Day, "when it was published"),
    ("published_given", Whole, "1 where the day came with the article, 0 where it follows from the text"),
    ("headline", Text, "headline"),
    ("sha256", Text, "SHA-256 of its text in UTF-8"),
    ("characters", Whole, "length of its text in code points"),
    ("schema", Whole, "form of its record"),
    ("reader", Text, "version of the program that read it"),
    ("model", Text, "digest of the language model"),
    ("knowledge", Text, "digest of the rules, names and ontology"),
    ("warnings", Text, "what the reader could not do"),
];

pub(super) const STATEMENTS: &[Column] = &[
    ("statement", Text, "id"),
    ("source", Text, "who"),
    ("key", Text, "key of who, the same in every article"),
    ("country", Text, "country of who"),
    ("act", Text, "what they do by speaking: say, deny, accuse, …"),
    ("polarity", Text, "whether they affirm or deny"),
    ("form", Text, "direct, mixed or indirect"),
    ("content", Text, "what they say"),
    ("article", Text, "id of the article"),
    ("name", Text, "the name under which the article was given"),
    ("publisher", Text, "outlets"),
    ("published", Day, "when it was published"),
    ("start", Whole, "first character of the words in the article, in code points"),
    ("end", Whole, "one past the last character"),
    ("rule", Text, "the rule that read them"),
];

/// One row per event.
#[must_use]
pub fn events_table(events: &[EventRow]) -> Table {
    Table { name: "events", columns: EVENTS, rows: events.iter().map(event_cells).collect() }
}

/// One row per telling: what one article says of one event.
#[must_use]
pub fn tellings_table(events: &[EventRow]) -> Table {
    let cells = |event| move |account: &Account| account_cells(event, account);
    let rows = events.iter().flat_map(|event| event.tellings.iter().map(cells(event)));
    Table { name: "tellings", columns: TELLINGS, rows: rows.collect() }
}

/// One row per participant of each event.
#[must_use]
pub fn participants_table(events: &[EventRow]) -> Table {
    let cells = |event: &EventRow| {
        let members = event.participants.iter().enumerate();
        members.map(|(at, member)| member_cells(&event.id, at + 1, member)).collect::<Vec<_>>()
    };
    Table { name: "participants", columns: PARTICIPANTS, rows: events.iter().flat_map(cells).collect() }
}

/// One row per background claim.
#[must_use]
pub fn claims_table(claims: &[ClaimRow]) -> Table {
    Table { name: "claims", columns: CLAIMS, rows: claims.iter().map(claim_cells).collect() }
}

/// One row per article, without its text.
#[must_use]
pub fn articles_table(articles: &[Source]) -> Table {
    Table { name: "articles", columns: ARTICLES, rows: articles.iter().map(article_cells).collect() }
}

/// One row per statement.
#[must_use]
pub fn statements_table(statements: &[StatementRow]) -> Table {
    Table { name: "statements", columns: STATEMENTS, rows: statements.iter().map(statement_cells).collect() }
}

fn text(cell: &Option<String>) -> String {
    cell.clone().unwrap_or_default()
}

fn event_cells(event: &EventRow) -> Vec<String> {
    let first = event.participants.first().map(|member| member.role.clone());
    let (actors, others): (Vec<&MemberRow>, Vec<&MemberRow>) =
        event.participants.iter().partition(|member| Some(&member.role) == first.as_ref());
    let degrees = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    vec![
        event.id.clone(),
        event.kind.clone(),
        event.title.clone(),
        event.status.clone(),
        text(&event.earliest),
        text(&event.latest),
        text(&event.edtf),
        event.dates.join(" | "),
        text(&event.place),
        text(&event.place_country),
        degrees(event.latitude),
        degrees(event.longitude),
        joined(&actors, |member| Some(member.name.clone())),
        joined(&actors, |member| member.country.clone()),
        joined(&actors, |member| member.cameo.clone()),
        joined(&actors, |member| member.cow.map(|cow| cow.to_string())),
        joined(&others, |member| Some(member.name.clone())),
        joined(&others, |member| member.country.clone()),
        joined(&others, |member| member.cameo.clone()),
        joined(&others, |member| member.cow.map(|cow| cow.to_string())),
        text(&event.plover),
        text(&event.mode),
        text(&event.quad),
        text(&event.cameo),
        event.articles.to_string(),
        event.independent.to_string(),
        event.publishers.to_string(),
        event.voices.to_string(),
        event.contradictions.iter().map(|one| one.field.as_str()).collect::<Vec<_>>().join(" | "),
        text(&event.verdict),
        event.corrected.join(" | "),
    ]
}

fn joined(members: &[&MemberRow], field: impl Fn(&MemberRow) -> Option<String>) -> String {
    let parts: Vec<String> = members.iter().map(|member| field(member).unwrap_or_default()).collect();
    parts.join(" | ")
}

fn number<T: ToString>(cell: Option<T>) -> String {
    cell.map(|cell| cell.to_string()).unwrap_or_default()
}

fn member_cells(event: &str, position: usize, member: &MemberRow) -> Vec<String> {
    vec![
        event.to_owned(),
        position.to_string(),
        member.role.clone(),
        member.name.clone(),
        text(&member.key),
        text(&member.country),
        text(&member.cameo),
        number(member.cow),
    ]
}

fn claim_cells(one: &ClaimRow) -> Vec<String> {
    vec![
        one.id.clone(),
        one.article.clone(),
        one.kind.clone(),
        one.event_kind.clone(),
        one.about.clone(),
        number(one.value),
        text(&one.earliest),
        text(&one.latest),
        one.quote.clone(),
        one.start.to_string(),
        one.end.to_string(),
        one.rule.clone(),
    ]
}

fn article_cells(one: &Source) -> Vec<String> {
    vec![
        one.article.clone(),
        text(&one.name),
        text(&one.url),
        text(&one.publisher),
        text(&one.published),
        u8::from(one.published_given).to_string(),
        text(&one.headline),
        one.sha256.clone(),
        one.characters.to_string(),
        one.schema.to_string(),
        one.versions.reader.clone(),
        one.versions.model.clone(),
        one.versions.knowledge.clone(),
        one.warnings.clone(),
    ]
}

fn account_cells(event: &EventRow, account: &Account) -> Vec<String> {
    vec![
        account.telling.clone(),
        event.id.clone(),
        event.kind.clone(),
        account.status.clone(),
        text(&account.earliest),
        text(&account.latest),
        text(&account.edtf),
        text(&account.place),
        text(&account.plover),
        text(&account.cameo),
        text(&account.told_by),
        text(&account.derived),
        account.article.clone(),
        text(&account.name),
        text(&account.url),
        text(&account.publisher),
        text(&account.published),
        account.quote.clone(),
        account.start.to_string(),
        account.end.to_string(),
        account.rule.clone(),
        account.reason.clone(),
        account.versions.reader.clone(),
        account.versions.model.clone(),
        account.versions.knowledge.clone(),
    ]
}

fn statement_cells(one: &StatementRow) -> Vec<String> {
    vec![
        one.id.clone(),
        one.source.clone(),
        text(&one.key),
        text(&one.country),
        one.act.clone(),
        one.polarity.clone(),
        one.form.clone(),
        one.content.clone(),
        one.article.clone(),
        text(&one.name),
        text(&one.publisher),
        text(&one.published),
        one.start.to_string(),
        one.end.to_string(),
        one.rule.clone(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{made::visit, query::Filter, scratch::Scratch};

    #[test]
    fn every_row_has_a_cell_for_every_column() {
        let scratch = Scratch::new("table");
        let mut ledger = scratch.ledger("l.sqlite");
        let anna = ("Anna Berg", "person/anna-berg");
        let one =
            visit(("2024-05-16", "A"), anna, ("Norway", "NOR"), legation_record::Status::Held, "2024-05-16");
        ledger.append(&[one]).unwrap();
        ledger.settle().unwrap();
        let events = ledger.events(&Filter::default()).unwrap();
        let sources = ledger.sources().unwrap();
        let tables = [events_table(&events), tellings_table(&events), articles_table(&sources)];
        for table in tables.into_iter().chain([participants_table(&events)]) {
            assert_eq!(table.rows.len(), if table.name == "participants" { 2 } else { 1 });
            assert_eq!(table.rows[0].len(), table.columns.len(), "{}", table.name);
        }
    }
}
