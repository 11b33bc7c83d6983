//! The days over which a telling's event may lie.

use legation_record::{Date, Interval, Status};

use crate::words::number;

/// Widest span of days, in days, that still tells one occasion from the next.
const NARROW: i64 = 7;
/// Widest span of days that can found an event by itself.
const DATED: i64 = 31;

/// First and last possible day as numbers; `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// First possible day.
    pub first: Option<i64>,
    /// Last possible day.
    pub last: Option<i64>,
}

impl Days {
    /// The days that an interval allows; without one, those before or after publication.
    pub fn of(interval: Option<Interval>, status: Status, published: Option<Date>) -> Self {
        let day = |date: Option<Date>| date.map(number);
        match interval {
            Some(interval) => Self { first: day(interval.earliest), last: day(interval.latest) },
            None if is_ahead(status) => Self { first: day(published), last: None },
            None => Self { first: None, last: day(published) },
        }
    }

    /// Days between the bounds; `None` where one is open.
    pub fn width(self) -> Option<i64> {
        Some(self.last? - self.first?)
    }

    /// Fine enough to tell one occasion from the next.
    pub fn is_narrow(self) -> bool {
        self.width().is_some_and(|width| width <= NARROW)
    }

    /// Fine enough to stand for an event of its own.
    pub fn is_dated(self) -> bool {
        self.width().is_some_and(|width| width <= DATED)
    }

    /// Days between the two; 0 where they overlap.
    pub fn gap(self, other: Self) -> i64 {
        let after = |one: Self, other: Self| match (one.first, other.last) {
            (Some(first), Some(last)) => (first - last).max(0),
            _ => 0,
        };
        after(self, other).max(after(other, self))
    }

    /// The days of both and those between.
    pub fn cover(self, other: Self) -> Self {
        let first = self.first.zip(other.first).map(|(one, other)| one.min(other));
        let last = self.last.zip(other.last).map(|(one, other)| one.max(other));
        Self { first, last }
    }
}

/// Whether a status speaks of what is still to come.
pub fn is_ahead(status: Status) -> bool {
    matches!(
        status,
        Status::Planned
            | Status::Invited
            | Status::Possible
            | Status::Requested
            | Status::Postponed
            | Status::Cancelled
    )
}

/// Whether a status says that it took place.
pub fn is_held(status: Status) -> bool {
    matches!(status, Status::Held | Status::Ongoing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_and_covers() {
        let days = |first, last| Days { first, last };
        assert_eq!(days(Some(1), Some(2)).gap(days(Some(5), None)), 3);
        assert_eq!(days(None, Some(9)).gap(days(Some(5), None)), 0);
        assert_eq!(days(Some(1), Some(2)).cover(days(Some(5), Some(6))), days(Some(1), Some(6)));
    }
}
