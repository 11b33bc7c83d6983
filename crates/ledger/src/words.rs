//! The words under which enums and days are stored.

use legation_record::{Date, Granularity, Interval};
use serde::Serialize;

/// The word of a unit variant: `held`.
pub fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// A day as stored.
pub fn day(date: Option<Date>) -> Option<String> {
    date.map(|day| day.to_string())
}

/// Granularity of an interval that covers whole days only.
#[must_use]
pub fn granularity(interval: Option<Interval>) -> Option<String> {
    interval.map(|interval| word::<Granularity>(&interval.granularity))
}
