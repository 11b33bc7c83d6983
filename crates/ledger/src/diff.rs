//! What changed between two days of publication.

use legation_record::Date;
use serde::Serialize;

use crate::{
    Fault, Ledger,
    query::{EventRow, Filter},
};

/// An event that is new or stands elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// `new`, `status`, `date` or `told`: new, standing elsewhere, told for other days, told by more articles.
    pub change: &'static str,
    /// What it was on the first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What it is on the second.
    pub after: String,
    /// The event as of the second day.
    pub event: EventRow,
}

impl Ledger {
    /// The events that a filter asks for as of `after`, where they differ from what was known as of `before`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn diff(&self, filter: &Filter, before: Date, after: Date) -> Result<Vec<Difference>, Fault> {
        let now = Filter { as_of: Some(after), told_after: Some(before), ..filter.clone() };
        let events = self.events(&now)?;
        Ok(events.into_iter().filter_map(|event| difference(event, &before.to_string())).collect())
    }
}

fn difference(event: EventRow, before: &str) -> Option<Difference> {
    let mut then = event.clone();
    then.as_of(before);
    let told = event.tellings.len() > then.tellings.len();
    let date = |event: &EventRow| event.edtf.clone().unwrap_or_default();
    let (change, was, is) = match () {
        () if then.tellings.is_empty() => ("new", None, event.status.clone()),
        () if then.status != event.status => ("status", Some(then.status), event.status.clone()),
        () if then.edtf != event.edtf => ("date", Some(date(&then)), date(&event)),
        () if told => ("told", Some(then.tellings.len().to_string()), event.tellings.len().to_string()),
        () => return None,
    };
    Some(Difference { change, before: was, after: is, event })
}
