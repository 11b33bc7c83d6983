//! What a person should look at next: where a decision is expected to put most right.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params_from_iter};
use serde::Serialize;

use crate::{
    Fault, Ledger,
    query::{EventRow, Filter, Of, Where, condition},
    store::OrFault as _,
};

/// Of six readings of a rule on which nobody has decided, one is expected to be wrong.
const PRIOR: (f64, f64) = (1.0, 6.0);

/// An event to decide on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Due {
    /// The event with the words it rests on.
    pub event: EventRow,
    /// How likely it is to be wrong, from 0 to 1.
    pub doubt: f64,
    /// How many accounts a decision is expected to put right.
    pub value: f64,
    /// Why it is doubted, in words.
    pub reasons: Vec<String>,
}

/// What speaks for and against an event.
struct Signs {
    event: String,
    rule: String,
    articles: f64,
    independent: f64,
    contradicted: bool,
    derived: bool,
    undated: bool,
    unnamed: bool,
}

/// Decisions on the events of a rule: rejected or edited, and all.
type Judged = BTreeMap<String, (f64, f64)>;

impl Ledger {
    /// The events that a filter asks for and nobody has decided on, those first where a decision is worth most. What
    /// people decided on other events of the same rule counts.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn review(&self, filter: &Filter, most: usize) -> Result<Vec<Due>, Fault> {
        self.sensible(filter, Of::Events)?;
        let open = Filter { verdict: Some("open".into()), limit: None, ..filter.clone() };
        let Some(asked) = condition(&self.db, &open).or_fault(&self.path)? else { return Ok(Vec::new()) };
        let all = open == Filter { verdict: open.verdict.clone(), ..Filter::default() };
        let judged = judged(&self.db).or_fault(&self.path)?;
        let signs = signs(&self.db, (!all).then_some(&asked)).or_fault(&self.path)?;
        let mut all: Vec<(f64, f64, Signs)> = signs.into_iter().map(|signs| weigh(signs, &judged)).collect();
        all.sort_by(|(_, one, a), (_, other, b)| other.total_cmp(one).then_with(|| a.event.cmp(&b.event)));
        all.truncate(most);
        let due = |(doubt, value, signs): (f64, f64, Signs)| {
            Ok(Due { reasons: reasons(&signs, &judged), event: self.event(&signs.event)?, doubt, value })
        };
        all.into_iter().map(due).collect()
    }
}

fn weigh(signs: Signs, judged: &Judged) -> (f64, f64, Signs) {
    let (wrong, all) = judged.get(&signs.rule).copied().unwrap_or_default();
    let share = (wrong + PRIOR.0) / (all + PRIOR.1);
    let times = |sign: bool, factor: f64| if sign { factor } else { 1.0 };
    let odds = share / (1.0 - share) / signs.independent.max(1.0)
        * times(signs.contradicted, 3.0 * signs.independent)
        * times(signs.derived, 2.0)
        * times(signs.undated, 1.5)
        * times(signs.unnamed, 2.0);
    let doubt = odds / (1.0 + odds);
    (doubt, doubt * signs.articles, signs)
}

fn reasons(signs: &Signs, judged: &Judged) -> Vec<String> {
    let (wrong, all) = judged.get(&signs.rule).copied().unwrap_or_default();
    let of_rule =
        (wrong > 0.0).then(|| format!("{wrong} of {all} decisions on {} found a fault", signs.rule));
    let because = |sign: bool, why: &str| sign.then(|| why.to_owned());
    let all = [
        because(signs.contradicted, "its articles contradict each other"),
        because(signs.derived, "no article tells it as such"),
        because(signs.undated, "no article says when"),
        because(signs.unnamed, "somebody in it has no name"),
        because(signs.independent <= 1.0, "one source only"),
        of_rule,
    ];
    all.into_iter().flatten().collect()
}

fn judged(db: &Connection) -> rusqlite::Result<Judged> {
    let sql = "SELECT t.rule, sum(wrong), count(*) FROM
        (SELECT telling, max(action <> 'accept') AS wrong FROM corrections c
         WHERE action IN ('accept', 'reject', 'edit') AND NOT EXISTS (SELECT 1 FROM corrections u WHERE u.undoes = c.seq)
         GROUP BY telling) JOIN tellings t ON t.id = telling GROUP BY t.rule";
    db.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?.collect()
}

/// Notes what speaks for and against an event, once it is written or corrected.
pub(crate) fn note(db: &Connection, event: &str) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO signs SELECT e.id, min(t.rule), e.articles, e.independent,
        EXISTS (SELECT 1 FROM contradictions c WHERE c.event = e.id), min(t.derived IS NOT NULL),
        e.earliest IS NULL AND e.latest IS NULL,
        EXISTS (SELECT 1 FROM event_participants p WHERE p.event = e.id AND p.key IS NULL)
        FROM events e JOIN event_tellings et ON et.event = e.id JOIN tellings t ON t.id = et.telling
        WHERE e.id = ?1 GROUP BY e.id";
    db.prepare_cached(sql)?.execute([event]).map(|_| ())
}

/// Those of the events asked for; of all on which nobody has decided, where no more is asked.
fn signs(db: &Connection, asked: Option<&Where>) -> rusqlite::Result<Vec<Signs>> {
    let asked_for = match asked {
        Some(asked) => format!("event IN (SELECT e.id FROM events e WHERE {})", asked.sql()),
        None => "event NOT IN (SELECT id FROM events WHERE verdict IS NOT NULL)".to_owned(),
    };
    let sql = format!(
        "SELECT event, rule, articles, independent, contradicted, derived, undated, unnamed FROM signs WHERE {asked_for}"
    );
    let one = |row: &Row<'_>| {
        Ok(Signs {
            event: row.get(0)?,
            rule: row.get(1)?,
            articles: row.get(2)?,
            independent: row.get(3)?,
            contradicted: row.get(4)?,
            derived: row.get(5)?,
            undated: row.get(6)?,
            unnamed: row.get(7)?,
        })
    };
    let values = asked.map(|asked| asked.values.as_slice()).unwrap_or_default();
    db.prepare(&sql)?.query_map(params_from_iter(values), one)?.collect()
}

#[cfg(test)]
mod tests {
    use legation_record::Status;

    use crate::{By, made::visit, query::Filter, scratch::Scratch};

    #[test]
    fn a_contradicted_event_comes_first_and_a_decided_one_not_at_all() {
        let scratch = Scratch::new("review");
        let mut ledger = scratch.ledger("l.sqlite");
        let (anna, ole) = (("Anna Berg", "person/anna-berg"), ("Ole Lund", "person/ole-lund"));
        let norway = ("Norway", "NOR");
        let all = [
            visit(("2024-05-16", "B"), anna, norway, Status::Held, "2024-05-16"),
            visit(("2024-05-18", "C"), anna, norway, Status::Denied, "2024-05-16"),
            visit(("2024-09-02", "A"), ole, norway, Status::Held, "2024-09-01"),
        ];
        ledger.append(&all).unwrap();
        ledger.settle().unwrap();
        let due = ledger.review(&Filter::default(), 10).unwrap();
        assert_eq!(due.len(), 2);
        assert!(due[0].value > due[1].value && due[0].reasons[0].contains("contradict"), "{due:#?}");
        ledger.accept(&due[0].event.id, &By::default()).unwrap();
        assert_eq!(ledger.review(&Filter::default(), 10).unwrap().len(), 1);
    }
}
