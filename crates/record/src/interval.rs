use serde::{Deserialize, Serialize};

use crate::Date;

/// How fine a time was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Granularity {
    Minute,
    Hour,
    DayPart,
    Day,
    Week,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
    Century,
    Unknown,
}

/// The days within which something lies; a missing bound is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Interval {
    /// First possible day; `None`: open towards the past.
    pub earliest: Option<Date>,
    /// Last possible day; `None`: open towards the future.
    pub latest: Option<Date>,
    /// How fine the words were.
    pub granularity: Granularity,
}

impl Interval {
    /// From `earliest` to `latest`, both included.
    #[must_use]
    pub fn new(earliest: Option<Date>, latest: Option<Date>, granularity: Granularity) -> Self {
        Self { earliest, latest, granularity }
    }

    /// One day.
    #[must_use]
    pub fn day(day: Date) -> Self {
        Self::new(Some(day), Some(day), Granularity::Day)
    }

    /// Whether a day can lie in both.
    #[must_use]
    pub fn overlaps(self, other: Interval) -> bool {
        let before =
            |end: Option<Date>, start: Option<Date>| matches!((end, start), (Some(e), Some(s)) if e < s);
        !before(self.latest, other.earliest) && !before(other.latest, self.earliest)
    }

    /// The days that lie in both, or `None` where there are none. The finer granularity is kept.
    #[must_use]
    pub fn intersect(self, other: Interval) -> Option<Interval> {
        self.overlaps(other).then(|| Interval {
            earliest: self.earliest.max(other.earliest),
            latest: [self.latest, other.latest].into_iter().flatten().min(),
            granularity: self.granularity.min(other.granularity),
        })
    }

    /// The interval in EDTF (ISO 8601-2): a day, a month or year where it fills one, else
    /// `earliest/latest` with `..` for an open end.
    ///
    /// ```
    /// # use legation_record::{Date, Granularity, Interval};
    /// let may = Interval::new(Date::new(2024, 5, 1), Date::new(2024, 5, 31), Granularity::Month);
    /// assert_eq!(may.edtf(), "2024-05");
    /// let since = Interval::new(Date::new(2022, 2, 1), None, Granularity::Month);
    /// assert_eq!(since.edtf(), "2022-02-01/..");
    /// ```
    #[must_use]
    pub fn edtf(&self) -> String {
        match (self.earliest, self.latest) {
            (Some(a), Some(b)) if a == b => a.to_string(),
            (Some(a), Some(b)) if a.day() == 1 && a.month() == 1 && is_year_end(a, b) => {
                format!("{:04}", a.year())
            }
            (Some(a), Some(b)) if a.day() == 1 && a.month_end() == b => {
                format!("{:04}-{:02}", a.year(), a.month())
            }
            (a, b) => format!("{}/{}", bound(a), bound(b)),
        }
    }
}

fn is_year_end(start: Date, end: Date) -> bool {
    Date::new(start.year(), 12, 31) == Some(end)
}

fn bound(date: Option<Date>) -> String {
    date.map_or_else(|| "..".to_owned(), |day| day.to_string())
}
