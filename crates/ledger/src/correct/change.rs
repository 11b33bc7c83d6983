//! What an edit changes of an event, written as `field=value`.

use legation_record::{Date, Interval, Status};

use crate::words::{variant, word};

/// One change of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Where it stands: a status of the record, or `confirmed`.
    Status(String),
    /// Its kind.
    Kind(String),
    /// The days on which it may lie.
    When(Option<Date>, Option<Date>),
    /// Where it takes place; empty: nowhere known.
    Place(String),
    /// The country of the place by code; empty: none known.
    Country(String),
    /// Somebody takes part: role and name.
    Add(String, String),
    /// Somebody does not take part: name or key.
    Drop(String),
}

const FORMS: &str = "status=held, kind=visit, when=2024-05-16 or 2024-05-16/2024-05-17, place=Oslo, country=NOR, \
    add=host:Norway, drop=Sweden";

impl Change {
    /// Reads `field=value`.
    ///
    /// # Errors
    /// In words, when there is no such field or its value makes no sense.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (field, value) = text.split_once('=').ok_or_else(|| format!("'{text}' is no field=value"))?;
        Self::of(field.trim(), value.trim())
            .ok_or_else(|| format!("'{text}' is no change\n  help: write {FORMS}"))
    }

    /// The change of a field to a value.
    #[must_use]
    pub fn of(field: &str, value: &str) -> Option<Self> {
        let some = (!value.is_empty()).then(|| value.to_owned());
        match field {
            "status" => some.filter(|status| is_status(status)).map(Self::Status),
            "kind" => some.filter(|kind| is_kind(kind)).map(Self::Kind),
            "when" => when(value).map(|(first, last)| Self::When(first, last)),
            "place" => Some(Self::Place(value.to_owned())),
            "country" => Some(Self::Country(value.to_owned())),
            "add" => {
                let (role, name) = value.split_once(':')?;
                let named = !role.trim().is_empty() && !name.trim().is_empty();
                named.then(|| Self::Add(role.trim().to_owned(), name.trim().to_owned()))
            }
            "drop" => some.map(Self::Drop),
            _ => None,
        }
    }

    /// Field and value, as [`Change::of`] reads them.
    #[must_use]
    pub fn parts(&self) -> (&'static str, String) {
        match self {
            Self::Status(status) => ("status", status.clone()),
            Self::Kind(kind) => ("kind", kind.clone()),
            Self::When(first, last) => ("when", edtf(*first, *last).unwrap_or_default()),
            Self::Place(place) => ("place", place.clone()),
            Self::Country(country) => ("country", country.clone()),
            Self::Add(role, name) => ("add", format!("{role}:{name}")),
            Self::Drop(name) => ("drop", name.clone()),
        }
    }
}

/// The days in EDTF; `None` where both are open.
pub fn edtf(first: Option<Date>, last: Option<Date>) -> Option<String> {
    let any = first.is_some() || last.is_some();
    any.then(|| Interval::new(first, last, legation_record::Granularity::Day).edtf())
}

fn is_status(status: &str) -> bool {
    status == "confirmed" || variant::<Status>(status).is_some_and(|found| word(&found) == status)
}

fn is_kind(kind: &str) -> bool {
    kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// Days, months and years of EDTF, or two with a stroke between; `..` is open.
fn when(text: &str) -> Option<(Option<Date>, Option<Date>)> {
    if text.is_empty() {
        return Some((None, None));
    }
    let (first, last) = text.split_once('/').unwrap_or((text, text));
    let (first, last) = (bound(first)?.0, bound(last)?.1);
    let ordered = first.zip(last).is_none_or(|(first, last)| first <= last);
    ordered.then_some((first, last))
}

fn bound(text: &str) -> Option<(Option<Date>, Option<Date>)> {
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [".."] => Some((None, None)),
        [year] => {
            let year = year.parse().ok()?;
            Some((Some(Date::new(year, 1, 1)?), Date::new(year, 12, 31)))
        }
        [year, month] => {
            let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1)?;
            Some((Some(first), Some(first.month_end())))
        }
        _ => text.parse().ok().map(|day| (Some(day), Some(day))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_reads_as_it_was_written() {
        for text in [
            "status=held",
            "kind=visit",
            "when=2024-05",
            "when=2024-05-16/..",
            "place=Oslo",
            "add=host:Norway",
            "drop=Sweden",
        ] {
            let (field, value) = Change::parse(text).unwrap().parts();
            assert_eq!(format!("{field}={value}"), text);
        }
        for text in
            ["status=fine", "when=2024-05-17/2024-05-16", "when=soon", "colour=red", "status", "kind=A B"]
        {
            assert!(Change::parse(text).is_err(), "{text}");
        }
    }
}
