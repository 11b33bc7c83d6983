use std::collections::BTreeSet;

use rusqlite::{Connection, Row, params_from_iter};
use serde::Serialize;

use crate::{
    Change, Fault, Ledger,
    store::OrFault as _,
    words::{interval, number, word},
};
use legation_record::{Date, Interval, Versions};

use super::{
    Of,
    filter::{Asked, Filter, Where, asked, words},
};

/// Most days between bounds that are the best way to the events.
const FEW: i64 = 400;

/// Somebody in an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemberRow {
    /// Role.
    pub role: String,
    /// Key that is the same everywhere.
    pub key: Option<String>,
    /// Name.
    pub name: String,
    /// Country code.
    pub country: Option<String>,
    /// CAMEO code of the country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cameo: Option<String>,
    /// Correlates of War number of the country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cow: Option<u16>,
}

/// One article's account of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Account {
    /// Id of the telling.
    pub telling: String,
    /// Id of the article in the ledger.
    pub article: String,
    /// The name under which the article was given.
    pub name: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The outlets.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Where the event stands, by this article.
    pub status: String,
    /// First possible day, by this article.
    pub earliest: Option<String>,
    /// Last possible day, by this article.
    pub latest: Option<String>,
    /// Both in EDTF.
    pub edtf: Option<String>,
    /// Where, by this article.
    pub place: Option<String>,
    /// According to whom; absent: the author's word.
    pub told_by: Option<String>,
    /// Why it follows, where it is not told as such.
    pub derived: Option<String>,
    /// PLOVER category, by this article.
    pub plover: Option<String>,
    /// CAMEO code, by this article.
    pub cameo: Option<String>,
    /// The words.
    pub quote: String,
    /// First character of the words in the article's text, in code points.
    pub start: usize,
    /// One past their last character.
    pub end: usize,
    /// The rule that read them.
    pub rule: String,
    /// Why the telling belongs to the event.
    pub reason: String,
    /// What read the article.
    pub versions: Versions,
    /// Told to happen several times.
    #[serde(skip)]
    pub repeated: bool,
}

/// A step in an event's life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Life {
    /// When it was published.
    pub published: Option<String>,
    /// Where the event stood from then on.
    pub status: String,
    /// The telling that says so.
    pub telling: String,
}

/// Two tellings that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// What they differ on.
    pub field: String,
    /// One telling.
    pub one: String,
    /// What it says.
    pub one_value: String,
    /// The other.
    pub other: String,
    /// What that says.
    pub other_value: String,
}

/// One event with everything behind it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventRow {
    /// Id.
    pub id: String,
    /// Kind.
    pub kind: String,
    /// In words.
    pub title: String,
    /// Where it stands.
    pub status: String,
    /// What a person says of it: `accepted` or `rejected`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// The fields that a person edited.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrected: Vec<String>,
    /// First possible day.
    pub earliest: Option<String>,
    /// Last possible day.
    pub latest: Option<String>,
    /// When, in EDTF.
    pub edtf: Option<String>,
    /// Every different time told.
    pub dates: Vec<String>,
    /// Place.
    pub place: Option<String>,
    /// Its country.
    pub place_country: Option<String>,
    /// Degrees.
    pub latitude: Option<f64>,
    /// Degrees.
    pub longitude: Option<f64>,
    /// PLOVER category.
    pub plover: Option<String>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Quad class.
    pub quad: Option<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// How many articles tell it.
    pub articles: usize,
    /// How many of them are neither copies nor of one outlet.
    pub independent: usize,
    /// How many outlets.
    pub publishers: usize,
    /// How many different sources.
    pub voices: usize,
    /// Who.
    pub participants: Vec<MemberRow>,
    /// Its life.
    pub life: Vec<Life>,
    /// What its tellings contradict each other on.
    pub contradictions: Vec<Disagreement>,
    /// Its tellings, in the order of publication.
    pub tellings: Vec<Account>,
}

impl EventRow {
    /// The days on which it may lie.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        let fine = word(&legation_record::Granularity::Day);
        let any = self.earliest.is_some() || self.latest.is_some();
        interval(self.earliest.as_deref(), self.latest.as_deref(), any.then_some(fine.as_str()))
    }

    /// Leaves out what was published after a day.
    pub(crate) fn as_of(&mut self, day: &str) {
        let by_then = |published: &Option<String>| published.as_deref().is_some_and(|one| one <= day);
        let all = self.tellings.len();
        self.life.retain(|step| by_then(&step.published));
        self.tellings.retain(|account| by_then(&account.published));
        if let Some(last) = self.life.last().filter(|_| !self.is_edited("status")) {
            self.status.clone_from(&last.status);
        }
        if self.tellings.len() < all && !self.is_edited("when") {
            self.edtf =
                self.tellings.iter().min_by_key(|one| exactness(one)).and_then(|one| one.edtf.clone());
            let days = self.edtf.as_deref().and_then(|edtf| Change::of("when", edtf));
            if let Some(Change::When(first, last)) = days {
                (self.earliest, self.latest) =
                    (first.map(|day| day.to_string()), last.map(|day| day.to_string()));
            }
        }
        let told = |id: &str| self.tellings.iter().any(|account| account.telling == id);
        self.contradictions.retain(|one| told(&one.one) && told(&one.other));
    }

    fn is_edited(&self, field: &str) -> bool {
        self.corrected.iter().any(|one| one == field)
    }

    /// The first day, for order; events without one come last.
    #[must_use]
    pub fn order(&self) -> (bool, Option<&str>, &str) {
        let day = self.earliest.as_deref().or(self.latest.as_deref());
        (day.is_none(), day, &self.id)
    }
}

impl Ledger {
    /// The events that a filter asks for, by their days.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn events(&self, filter: &Filter) -> Result<Vec<EventRow>, Fault> {
        self.sensible(filter, Of::Events)?;
        let all = || -> rusqlite::Result<Vec<EventRow>> {
            let Some(condition) = condition(&self.db, filter)? else { return Ok(Vec::new()) };
            events(&self.db, &condition, filter)
        };
        all().or_fault(&self.path)
    }

    /// The ids of the events that a filter asks for.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn event_ids(&self, filter: &Filter) -> Result<BTreeSet<String>, Fault> {
        self.sensible(filter, Of::Events)?;
        let all = || -> rusqlite::Result<BTreeSet<String>> {
            let Some(condition) = condition(&self.db, filter)? else { return Ok(BTreeSet::new()) };
            let sql = format!("SELECT e.id FROM events e WHERE {}", condition.sql());
            self.db.prepare(&sql)?.query_map(params_from_iter(&condition.values), |row| row.get(0))?.collect()
        };
        all().or_fault(&self.path)
    }

    /// The event with this id, or to which the telling with this id belongs.
    ///
    /// # Errors
    /// When there is none, or the file cannot be read.
    pub fn event(&self, id: &str) -> Result<EventRow, Fault> {
        let mut condition = Where::default();
        condition.and("e.id = ?", [self.event_of(id)?]);
        let found = events(&self.db, &condition, &Filter::default()).or_fault(&self.path)?;
        found.into_iter().next().ok_or_else(|| Fault::Unknown(id.to_owned()))
    }
}

/// `None` where somebody is asked for whom the ledger does not know.
pub(crate) fn condition(db: &Connection, filter: &Filter) -> rusqlite::Result<Option<Where>> {
    let mut all = Where::default();
    for name in &filter.actors {
        let part =
            |column: &str| format!("e.id IN (SELECT event FROM event_participants WHERE {column} = ?)");
        match asked(db, name)? {
            Some(Asked::Country(code)) => all.and(&part("country"), [code]),
            Some(Asked::Key(key)) => all.and(&part("key"), [key]),
            None => return Ok(None),
        }
    }
    if let Some(country) = &filter.country {
        let Some(Asked::Country(code)) = asked(db, country)? else { return Ok(None) };
        let host = "(e.place_country = ? OR e.id IN (SELECT event FROM event_participants
            WHERE country = ? AND role = 'host'))";
        all.and(host, [code.clone(), code]);
    }
    if let Some(place) = &filter.place {
        all.and("e.place = ?", [place.clone()]);
    }
    if filter.placed {
        all.and("(e.place_country IS NOT NULL OR e.latitude IS NOT NULL)", []);
    }
    if !filter.kinds.is_empty() {
        let marks = vec!["?"; filter.kinds.len()].join(", ");
        // The days are the better way in, where they are few.
        let way = if few_days(filter).is_some() { "+" } else { "" };
        all.and(&format!("{way}e.kind IN ({marks})"), filter.kinds.clone());
    }
    match filter.verdict.as_deref() {
        Some("open") => all.and("e.verdict IS NULL", []),
        Some(verdict) => all.and("e.verdict = ?", [verdict.to_owned()]),
        None => all.and("e.verdict IS NOT 'rejected'", []),
    }
    days(&mut all, filter);
    told(&mut all, filter);
    Ok(Some(all))
}

/// Bounds on both sides, not far apart.
fn few_days(filter: &Filter) -> Option<(Date, Date)> {
    let (from, until) = filter.from.zip(filter.until)?;
    (number(until) - number(from) <= FEW).then_some((from, until))
}

/// Events that begin within the days or up to a month before, and of those that are wider all that may lie in them: bounds on
/// two columns by themselves would lead through half of all events.
const WITHIN: &str = "e.id IN (SELECT id FROM events WHERE coalesce(earliest, latest, '9999') BETWEEN date(?, '-31 days') AND ?
    UNION ALL SELECT id FROM events WHERE julianday(latest) - julianday(earliest) > 31
    AND coalesce(latest, earliest, '') >= ? AND coalesce(earliest, latest, '9999') <= ?)";

fn days(all: &mut Where, filter: &Filter) {
    let day = |date: Date| [date.to_string()];
    if let Some((from, until)) = few_days(filter) {
        let (from, until) = (from.to_string(), until.to_string());
        all.and(WITHIN, [from.clone(), until.clone(), from.clone(), until.clone()]);
        all.and("+coalesce(e.latest, e.earliest, '') >= ?", [from]);
        all.and("+coalesce(e.earliest, e.latest, '9999') <= ?", [until]);
        return;
    }
    if let Some(from) = filter.from {
        all.and("coalesce(e.latest, e.earliest, '') >= ?", day(from));
    }
    if let Some(until) = filter.until {
        all.and("coalesce(e.earliest, e.latest, '9999') <= ?", day(until));
    }
}

fn told(all: &mut Where, filter: &Filter) {
    let of_event = "FROM event_tellings et JOIN tellings t ON t.id = et.telling JOIN articles a ON a.id = t.article WHERE";
    let any = |condition: &str| format!("EXISTS (SELECT 1 {of_event} et.event = e.id AND {condition})");
    if let (Some(status), None) = (&filter.status, filter.as_of) {
        all.and("e.status = ?", [status.clone()]);
    }
    if filter.ahead {
        all.and("e.status IN ('planned', 'confirmed', 'invited', 'postponed', 'cancelled')", []);
    }
    if let Some(publisher) = &filter.publisher {
        all.and(&any("a.publisher LIKE ?"), [format!("%{publisher}%")]);
    }
    if let Some(source) = &filter.source {
        let told_by = "FROM tellings t JOIN event_tellings et ON et.telling = t.id WHERE t.told_by LIKE ?";
        all.and(&format!("e.id IN (SELECT et.event {told_by})"), [format!("%{source}%")]);
    }
    match (filter.told_after, filter.as_of) {
        (Some(after), Some(as_of)) => {
            let told = "a.published > ? AND a.published <= ?";
            let within = format!("e.id IN (SELECT et.event {of_event} {told})");
            all.and(&within, [after.to_string(), as_of.to_string()]);
        }
        (Some(after), None) => all.and("e.last_told > ?", [after.to_string()]),
        (None, Some(as_of)) => all.and("e.first_told <= ?", [as_of.to_string()]),
        (None, None) => {}
    }
    let question = filter.text.as_deref().map(words).filter(|question| !question.is_empty());
    if let Some(question) = question {
        let found = "a.n IN (SELECT rowid FROM search WHERE search MATCH ?)";
        all.and(&format!("e.id IN (SELECT et.event {of_event} {found})"), [question]);
    }
}

fn events(db: &Connection, condition: &Where, filter: &Filter) -> rusqlite::Result<Vec<EventRow>> {
    let limit = filter.part();
    let way = if filter.newest { "DESC" } else { "ASC" };
    let order = format!("coalesce(e.earliest, e.latest) IS NULL, coalesce(e.earliest, e.latest) {way}, e.id");
    let sql = format!("SELECT e.* FROM events e WHERE {} ORDER BY {order}{limit}", condition.sql());
    let mut query = db.prepare(&sql)?;
    let found = query.query_map(params_from_iter(&condition.values), event)?;
    let mut events: Vec<EventRow> = found.collect::<Result<_, _>>()?;
    for event in &mut events {
        complete(db, event)?;
    }
    if let Some(as_of) = filter.as_of {
        events.iter_mut().for_each(|event| event.as_of(&as_of.to_string()));
        events.retain(|event| filter.status.as_ref().is_none_or(|status| event.status == *status));
    }
    Ok(events)
}

/// Width of an interval in EDTF, the narrowest first; held before announced.
fn exactness(account: &Account) -> (bool, i64) {
    let days = account.edtf.as_deref().and_then(|edtf| Change::of("when", edtf));
    let width = match days {
        Some(Change::When(Some(first), Some(last))) => number(last) - number(first),
        _ => i64::MAX,
    };
    (!matches!(account.status.as_str(), "held" | "ongoing"), width)
}

fn event(row: &Row<'_>) -> rusqlite::Result<EventRow> {
    Ok(EventRow {
        id: row.get("id")?,
        kind: row.get("kind")?,
        title: row.get("title")?,
        status: row.get("status")?,
        verdict: row.get("verdict")?,
        corrected: row.get::<_, String>("corrected")?.split_whitespace().map(str::to_owned).collect(),
        earliest: row.get("earliest")?,
        latest: row.get("latest")?,
        edtf: row.get("edtf")?,
        dates: list(&row.get::<_, String>("dates")?),
        place: row.get("place")?,
        place_country: row.get("place_country")?,
        latitude: row.get("latitude")?,
        longitude: row.get("longitude")?,
        plover: row.get("plover")?,
        mode: row.get("mode")?,
        quad: row.get("quad")?,
        cameo: row.get("cameo")?,
        articles: row.get("articles")?,
        independent: row.get("independent")?,
        publishers: row.get("publishers")?,
        voices: row.get("voices")?,
        participants: Vec::new(),
        life: Vec::new(),
        contradictions: Vec::new(),
        tellings: Vec::new(),
    })
}

fn list(text: &str) -> Vec<String> {
    text.split(" | ").filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Adds the rows of the other tables.
fn complete(db: &Connection, event: &mut EventRow) -> rusqlite::Result<()> {
    let id = event.id.as_str();
    let sql = "SELECT p.role, p.key, p.name, p.country, c.cameo, c.cow FROM event_participants p
        LEFT JOIN countries c ON c.code = p.country WHERE p.event = ?1 ORDER BY p.position";
    let member = |row: &Row<'_>| {
        Ok(MemberRow {
            role: row.get(0)?,
            key: row.get(1)?,
            name: row.get(2)?,
            country: row.get(3)?,
            cameo: row.get(4)?,
            cow: row.get(5)?,
        })
    };
    let participants = db.prepare_cached(sql)?.query_map([id], member)?.collect::<Result<_, _>>()?;
    let sql = "SELECT published, status, telling FROM event_life WHERE event = ?1 ORDER BY position";
    let step = |row: &Row<'_>| Ok(Life { published: row.get(0)?, status: row.get(1)?, telling: row.get(2)? });
    let life = db.prepare_cached(sql)?.query_map([id], step)?.collect::<Result<_, _>>()?;
    let sql = "SELECT field, one_telling, one_value, other_telling, other_value FROM contradictions
        WHERE event = ?1 ORDER BY position";
    let conflict = |row: &Row<'_>| {
        Ok(Disagreement {
            field: row.get(0)?,
            one: row.get(1)?,
            one_value: row.get(2)?,
            other: row.get(3)?,
            other_value: row.get(4)?,
        })
    };
    let contradictions = db.prepare_cached(sql)?.query_map([id], conflict)?.collect::<Result<_, _>>()?;
    let tellings = db.prepare_cached(ACCOUNTS)?.query_map([id], account)?.collect::<Result<_, _>>()?;
    (event.participants, event.life, event.contradictions, event.tellings) =
        (participants, life, contradictions, tellings);
    Ok(())
}

const ACCOUNTS: &str = "SELECT t.id, t.article, a.name, a.url, a.publisher, a.published, t.status, t.edtf,
    t.place, t.told_by, t.derived, t.quote,
    length(CAST(substr(CAST(a.text AS BLOB), 1, t.start) AS TEXT)),
    length(CAST(substr(CAST(a.text AS BLOB), 1, t.end) AS TEXT)), t.rule, et.reason, t.repeated,
    r.reader, r.model, r.knowledge, t.earliest, t.latest, t.plover, t.cameo
    FROM event_tellings et JOIN tellings t ON t.id = et.telling JOIN articles a ON a.id = t.article
    JOIN records r ON r.article = t.article
    WHERE et.event = ?1 ORDER BY a.published IS NULL, a.published, t.id";

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        telling: row.get(0)?,
        article: row.get(1)?,
        name: row.get(2)?,
        url: row.get(3)?,
        publisher: row.get(4)?,
        published: row.get(5)?,
        status: row.get(6)?,
        earliest: row.get(20)?,
        latest: row.get(21)?,
        edtf: row.get(7)?,
        place: row.get(8)?,
        told_by: row.get(9)?,
        derived: row.get(10)?,
        plover: row.get(22)?,
        cameo: row.get(23)?,
        quote: row.get(11)?,
        start: row.get(12)?,
        end: row.get(13)?,
        rule: row.get(14)?,
        reason: row.get(15)?,
        repeated: row.get(16)?,
        versions: Versions { reader: row.get(17)?, model: row.get(18)?, knowledge: row.get(19)? },
    })
}

#[cfg(test)]
mod tests {
    use legation_record::{Date, Status};

    use crate::{made::visit, query::Filter, scratch::Scratch};

    #[test]
    fn days_asked_for_find_what_may_lie_in_them_however_wide_it_is() {
        let scratch = Scratch::new("days");
        let mut ledger = scratch.ledger("l.sqlite");
        let whens =
            ["2024-05-16", "2024-01-01/2024-12-31", "2024-04-20/2024-05-10", "2024-06-16", "2023-05-16"];
        let who: Vec<(String, String)> =
            (0..5).map(|at| (format!("Anna {at}"), format!("person/anna-{at}"))).collect();
        let told = whens.iter().zip(&who).map(|(when, (name, link))| {
            visit(("2024-07-01", "A"), (name, link), ("Norway", "NOR"), Status::Held, when)
        });
        ledger.append(&told.collect::<Vec<_>>()).unwrap();
        ledger.settle().unwrap();
        let found = |from: &str, until: &str| {
            let day = |text: &str| Some(text.parse::<Date>().unwrap());
            let filter = Filter {
                kinds: vec!["visit".into()],
                from: day(from),
                until: day(until),
                ..Filter::default()
            };
            let events = ledger.events(&filter).unwrap();
            events
                .into_iter()
                .map(|event| event.participants[0].name.replace("Anna ", ""))
                .collect::<String>()
        };
        assert_eq!(found("2024-05-01", "2024-05-31"), "120");
        assert_eq!(found("2024-05-11", "2024-05-12"), "1");
        assert_eq!(found("2000-01-01", "2030-12-31"), "41203");
        assert_eq!(found("2023-05-16", "2023-05-16"), "4");
    }
}
