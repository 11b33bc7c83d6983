//! What the ledger has of the same people doing the same.

use crate::{
    Fault, Ledger,
    query::{EventRow, Filter},
    sameness::{How, Rule},
    settle::host,
    telling::Telling,
};

/// Finds them.
pub struct Candidates<'a> {
    /// Where.
    pub ledger: &'a Ledger,
    /// The article that is checked: what only it tells does not count.
    pub article: &'a str,
}

impl Candidates<'_> {
    /// Dated events that were held, of the same kind, the same people and, of a journey, the same country, unless it is
    /// counted among those to `anywhere`.
    pub fn of(&self, telling: &Telling, anywhere: bool) -> Result<Vec<EventRow>, Fault> {
        let sameness = &self.ledger.sameness;
        let rule = sameness.of(&telling.kind);
        let Some(mut filter) = filter(telling, &rule) else { return Ok(Vec::new()) };
        if anywhere {
            filter.country = None;
        }
        let events = self.ledger.events(&Filter { kinds: sameness.group(&rule.group), ..filter })?;
        Ok(events.into_iter().filter_map(|event| self.usable(event)).collect())
    }

    fn usable(&self, mut event: EventRow) -> Option<EventRow> {
        let held = event.status == "held" || event.status == "ongoing";
        let once = event.tellings.iter().any(|account| !account.repeated);
        event.tellings.retain(|account| account.article != self.article);
        let dated = event.earliest.is_some() && event.latest.is_some();
        (held && once && dated && !event.tellings.is_empty()).then_some(event)
    }
}

/// `None` where the telling does not say who or where.
fn filter(telling: &Telling, rule: &Rule) -> Option<Filter> {
    let first = telling.first_role()?;
    match rule.how {
        How::Journey => {
            let traveller = telling.in_role(first).find_map(|party| party.key.clone())?;
            let country = host(telling)?.to_owned();
            Some(Filter { actors: vec![traveller], country: Some(country), ..Filter::default() })
        }
        _ => {
            let actors: Vec<String> = telling.parties.iter().filter_map(|party| party.key.clone()).collect();
            (actors.len() > 1).then(|| Filter { actors, ..Filter::default() })
        }
    }
}
