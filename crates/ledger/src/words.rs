//! The words under which enums and days are stored.

use legation_record::{Date, Granularity, Interval};
use serde::{Serialize, de::DeserializeOwned};

/// The word of a unit variant: `held`.
pub fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The variant of a word.
pub fn variant<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

/// A day as stored.
pub fn day(date: Option<Date>) -> Option<String> {
    date.map(|day| day.to_string())
}

/// An interval as stored; `None` where nothing bounds it.
pub fn interval(earliest: Option<&str>, latest: Option<&str>, granularity: Option<&str>) -> Option<Interval> {
    let parse = |day: Option<&str>| day.and_then(|day| day.parse().ok());
    let granularity = granularity.and_then(variant)?;
    Some(Interval::new(parse(earliest), parse(latest), granularity))
}

/// Days since the year 1, for counting between days.
#[must_use]
pub fn number(day: Date) -> i64 {
    let (year, month, of_month) = (i64::from(day.year()), i64::from(day.month()), i64::from(day.day()));
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + of_month
}

/// Granularity of an interval that covers whole days only.
#[must_use]
pub fn granularity(interval: Option<Interval>) -> Option<String> {
    interval.map(|interval| word::<Granularity>(&interval.granularity))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_leap_years_and_centuries() {
        let between = |a: &str, b: &str| number(b.parse().unwrap()) - number(a.parse().unwrap());
        assert_eq!(between("2024-02-28", "2024-03-01"), 2);
        assert_eq!(between("2023-12-31", "2024-12-31"), 366);
        assert_eq!(between("1899-12-31", "1900-12-31"), 365);
    }
}
