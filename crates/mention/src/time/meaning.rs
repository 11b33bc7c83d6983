//! What an expression means once its rule has been applied.

use super::calendar::{Stamp, Unit};

/// Meaning of a time expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Meaning {
    /// A stretch of the calendar.
    At(Stamp),
    /// A time of day.
    Clock {
        /// The day, where it is known.
        day: Option<Stamp>,
        /// What stands after the `T`: `22:00`, `MO`.
        time: String,
        /// What the zone adds to it in ISO 8601: `Z`, `+03:00`; empty where it is not told or not known.
        zone: String,
    },
    /// A length of time; `None`: a vague number of the unit.
    Lasting {
        count: Option<f64>,
        unit: Unit,
        /// Where it lies: -1 up to the publication date, 1 from it on, 0 unknown.
        side: i8,
    },
    /// Before, after or about the publication date: `PAST_REF`.
    Reference(i8),
    /// A span of days that an event bounds, and the value that fits it.
    Bounded { first: Option<jiff::civil::Date>, last: Option<jiff::civil::Date>, unit: Unit, value: String },
    /// Nothing but a value: `XXXX-12-27`.
    Open(String),
}

impl Meaning {
    /// TIMEX3 value.
    pub(super) fn value(&self) -> String {
        match self {
            Self::At(stamp) => stamp.value(),
            Self::Clock { day, time, .. } => {
                format!("{}T{time}", day.map_or_else(|| "XXXX-XX-XX".to_owned(), Stamp::value))
            }
            Self::Lasting { count, unit, .. } => lasting(*count, *unit),
            Self::Reference(side) => {
                ["PAST_REF", "PRESENT_REF", "FUTURE_REF"][usize::try_from(side + 1).unwrap_or(1) % 3].into()
            }
            Self::Open(value) | Self::Bounded { value, .. } => value.clone(),
        }
    }

    /// A minute of a known day in EDTF, with its zone where that is known.
    pub(super) fn minute(&self) -> Option<String> {
        let Self::Clock { day: Some(day), time, zone } = self else { return None };
        let fine = matches!(day, Stamp::Day(_)) && time.contains(':') && !time.starts_with("24");
        fine.then(|| format!("{}T{time}:00{zone}", day.value()))
    }

    /// The calendar stretch, of a clock time its day.
    pub(super) fn stamp(&self) -> Option<Stamp> {
        match self {
            Self::At(stamp) => Some(*stamp),
            Self::Clock { day, .. } => *day,
            _ => None,
        }
    }
}

fn lasting(count: Option<f64>, unit: Unit) -> String {
    let mark = if unit.is_clock() { "PT" } else { "P" };
    let (unit, factor) = match unit {
        Unit::Decade if count.is_some() => (Unit::Year, 10.0),
        Unit::Century => (Unit::Year, 100.0),
        Unit::Season | Unit::Half => (Unit::Month, if unit == Unit::Season { 3.0 } else { 6.0 }),
        Unit::Weekend if count == Some(1.0) => (Unit::Day, 2.0),
        other => (other, 1.0),
    };
    let Some(count) = count.map(|count| count * factor) else {
        return format!("{mark}X{}", unit.letter());
    };
    let (whole, part) = (count.trunc(), count.fract());
    let below = match unit {
        Unit::Year => Some((12.0, "M")),
        Unit::Hour => Some((60.0, "M")),
        Unit::Minute => Some((60.0, "S")),
        Unit::Day => Some((24.0, "H")),
        _ => None,
    };
    match below {
        _ if part == 0.0 => format!("{mark}{whole}{}", unit.letter()),
        Some((per, letter)) => {
            let time = if unit == Unit::Day { "T" } else { "" };
            let whole = if whole > 0.0 { format!("{whole}{}", unit.letter()) } else { String::new() };
            format!("{mark}{whole}{time}{}{letter}", (part * per).round())
        }
        None => format!("{mark}{count}{}", unit.letter()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_iso() {
        assert_eq!(lasting(Some(2.5), Unit::Year), "P2Y6M");
        assert_eq!(lasting(Some(1.5), Unit::Hour), "PT1H30M");
        assert_eq!(lasting(Some(0.5), Unit::Day), "PT12H");
        assert_eq!(lasting(None, Unit::Week), "PXW");
        assert_eq!(lasting(Some(2.0), Unit::Quarter), "P2Q");
    }
}
