//! Calendar arithmetic: days, weeks, months, seasons, decades as [`Stamp`]s.

use jiff::{Span, ToSpan, civil};
use legation_record::{Date, Granularity};

/// What time is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Half,
    Season,
    Year,
    Decade,
    Century,
}

const UNITS: [(&str, Unit, &str); 13] = [
    ("second", Unit::Second, "S"),
    ("minute", Unit::Minute, "M"),
    ("hour", Unit::Hour, "H"),
    ("day", Unit::Day, "D"),
    ("weekend", Unit::Weekend, "WE"),
    ("week", Unit::Week, "W"),
    ("month", Unit::Month, "M"),
    ("quarter", Unit::Quarter, "Q"),
    ("half", Unit::Half, "H"),
    ("season", Unit::Season, "S"),
    ("year", Unit::Year, "Y"),
    ("decade", Unit::Decade, "DE"),
    ("century", Unit::Century, "CE"),
];

impl Unit {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        UNITS.iter().find(|(other, ..)| *other == name).map(|(_, unit, _)| *unit)
    }

    /// Its letter in an ISO 8601 duration.
    pub(super) fn letter(self) -> &'static str {
        UNITS.iter().find(|(_, unit, _)| *unit == self).map_or("", |(.., letter)| letter)
    }

    pub(super) fn is_clock(self) -> bool {
        self <= Self::Hour
    }

    /// `count` of the unit as days, months or years; `None` where it would leave the calendar.
    pub(super) fn span(self, count: i64) -> Option<Span> {
        let (unit, times) = match self {
            Self::Second | Self::Minute => return Some(Span::new()),
            Self::Hour => return Span::new().try_days(count / 24).ok(),
            Self::Day => (1.day(), 1),
            Self::Weekend | Self::Week => (1.week(), 1),
            Self::Month => (1.month(), 1),
            Self::Quarter | Self::Season => (1.month(), 3),
            Self::Half => (1.month(), 6),
            Self::Year => (1.year(), 1),
            Self::Decade => (1.year(), 10),
            Self::Century => (1.year(), 100),
        };
        unit.checked_mul(count.checked_mul(times)?).ok()
    }
}

/// A stretch of the calendar with a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stamp {
    Day(civil::Date),
    /// ISO year and week.
    Week(i16, i8),
    Weekend(i16, i8),
    Month(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    /// Year and 0 spring, 1 summer, 2 autumn, 3 winter (December to February of the next year).
    Season(i16, i8),
    Year(i16),
    /// First three digits of its years.
    Decade(i16),
    /// First two digits of its years.
    Century(i16),
}

const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];
const YEARS: std::ops::RangeInclusive<i16> = 1..=9998;

impl Stamp {
    /// The day, where the calendar has it.
    pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        Self::in_years(year)?;
        civil::Date::new(year, month, day).ok().map(Self::Day)
    }

    pub(super) fn month(year: i16, month: i8) -> Option<Self> {
        Self::in_years(year)?;
        (1..=12).contains(&month).then_some(Self::Month(year, month))
    }

    pub(super) fn year(year: i64) -> Option<Self> {
        i16::try_from(year).ok().and_then(Self::in_years).map(Self::Year)
    }

    fn in_years(year: i16) -> Option<i16> {
        YEARS.contains(&year).then_some(year)
    }

    pub(super) fn season_code(code: &str) -> Option<i8> {
        SEASONS.iter().position(|other| *other == code).and_then(|at| i8::try_from(at).ok())
    }

    /// The stretch of that unit a day lies in.
    pub(super) fn around(day: civil::Date, unit: Unit) -> Self {
        let week = day.iso_week_date();
        let (year, month) = (day.year(), day.month());
        match unit {
            Unit::Week => Self::Week(week.year(), week.week()),
            Unit::Weekend => Self::Weekend(week.year(), week.week()),
            Unit::Month => Self::Month(year, month),
            Unit::Quarter => Self::Quarter(year, (month - 1) / 3 + 1),
            Unit::Half => Self::Half(year, (month - 1) / 6 + 1),
            Unit::Season if month <= 2 => Self::Season(year - 1, 3),
            Unit::Season => Self::Season(year, (month / 3) - 1),
            Unit::Year => Self::Year(year),
            Unit::Decade => Self::Decade(year / 10),
            Unit::Century => Self::Century(year / 100),
            _ => Self::Day(day),
        }
    }

    pub(super) fn unit(self) -> Unit {
        match self {
            Self::Day(_) => Unit::Day,
            Self::Week(..) => Unit::Week,
            Self::Weekend(..) => Unit::Weekend,
            Self::Month(..) => Unit::Month,
            Self::Quarter(..) => Unit::Quarter,
            Self::Half(..) => Unit::Half,
            Self::Season(..) => Unit::Season,
            Self::Year(_) => Unit::Year,
            Self::Decade(_) => Unit::Decade,
            Self::Century(_) => Unit::Century,
        }
    }

    pub(super) fn granularity(self) -> Granularity {
        match self.unit() {
            Unit::Week | Unit::Weekend => Granularity::Week,
            Unit::Month => Granularity::Month,
            Unit::Quarter | Unit::Half => Granularity::Quarter,
            Unit::Season => Granularity::Season,
            Unit::Year => Granularity::Year,
            Unit::Decade => Granularity::Decade,
            Unit::Century => Granularity::Century,
            _ => Granularity::Day,
        }
    }

    /// TIMEX3 value.
    pub(super) fn value(self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Week(year, week) => format!("{year:04}-W{week:02}"),
            Self::Weekend(year, week) => format!("{year:04}-W{week:02}-WE"),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Self::Half(year, half) => format!("{year:04}-H{half}"),
            Self::Season(year, season) => {
                format!("{year:04}-{}", SEASONS[usize::try_from(season).unwrap_or(0) % 4])
            }
            Self::Year(year) => format!("{year:04}"),
            Self::Decade(decade) => format!("{decade:03}"),
            Self::Century(century) => format!("{century:02}"),
        }
    }

    /// First day.
    pub(super) fn first(self) -> Option<civil::Date> {
        let date = |year: i16, month: i8| civil::Date::new(year, month, 1).ok();
        match self {
            Self::Day(day) => Some(day),
            Self::Week(year, week) => iso_day(year, week, civil::Weekday::Monday),
            Self::Weekend(year, week) => iso_day(year, week, civil::Weekday::Saturday),
            Self::Month(year, month) => date(year, month),
            Self::Quarter(year, quarter) => date(year, quarter * 3 - 2),
            Self::Half(year, half) => date(year, half * 6 - 5),
            Self::Season(year, season) => date(year, season * 3 + 3),
            Self::Year(year) => date(year, 1),
            Self::Decade(decade) => date(decade.checked_mul(10)?.max(1), 1),
            Self::Century(century) => date(century.checked_mul(100)?.max(1), 1),
        }
    }

    /// Last day.
    pub(super) fn last(self) -> Option<civil::Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Weekend(year, week) => iso_day(year, week, civil::Weekday::Sunday),
            Self::Decade(decade) => civil::Date::new(decade.checked_mul(10)?.checked_add(9)?, 12, 31).ok(),
            Self::Century(century) => {
                civil::Date::new(century.checked_mul(100)?.checked_add(99)?, 12, 31).ok()
            }
            _ => self.first()?.checked_add(self.unit().span(1)?).ok()?.yesterday().ok(),
        }
    }

    /// The stretch `count` of the same unit later.
    pub(super) fn shift(self, count: i64) -> Option<Self> {
        if let Self::Half(year, half) = self {
            let halves =
                i64::from(year).checked_mul(2)?.checked_add(i64::from(half) - 1)?.checked_add(count)?;
            let year = i16::try_from(halves.div_euclid(2)).ok().and_then(Self::in_years)?;
            return Some(Self::Half(year, i8::try_from(halves.rem_euclid(2) + 1).ok()?));
        }
        self.moved(self.unit(), count)
    }

    /// The stretch of its own unit that lies `count` of `unit` later.
    pub(super) fn moved(self, unit: Unit, count: i64) -> Option<Self> {
        let day = self.first()?.checked_add(unit.span(count)?).ok()?;
        YEARS.contains(&day.year()).then(|| Self::around(day, self.unit()))
    }
}

fn iso_day(year: i16, week: i8, weekday: civil::Weekday) -> Option<civil::Date> {
    civil::ISOWeekDate::new(year, week, weekday).ok().map(civil::ISOWeekDate::date)
}

/// From the record's day.
pub(super) fn civil(day: Date) -> Option<civil::Date> {
    civil::Date::new(day.year(), day.month(), day.day()).ok()
}

/// To the record's day.
pub(super) fn record(day: civil::Date) -> Option<Date> {
    Date::new(day.year(), day.month(), day.day())
}

/// `count` days later.
pub(super) fn plus_days(day: civil::Date, count: i64) -> Option<civil::Date> {
    day.checked_add(Span::new().try_days(count).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(day: &str, unit: Unit, value: &str, first: &str, last: &str) {
        let stamp = Stamp::around(day.parse().unwrap(), unit);
        assert_eq!(stamp.value(), value);
        assert_eq!(stamp.first().unwrap().to_string(), first);
        assert_eq!(stamp.last().unwrap().to_string(), last);
    }

    #[test]
    fn stretches_have_values_and_bounds() {
        check("2024-12-27", Unit::Week, "2024-W52", "2024-12-23", "2024-12-29");
        check("2024-12-31", Unit::Week, "2025-W01", "2024-12-30", "2025-01-05");
        check("2024-02-10", Unit::Season, "2023-WI", "2023-12-01", "2024-02-29");
        check("2024-05-10", Unit::Half, "2024-H1", "2024-01-01", "2024-06-30");
        check("2024-05-10", Unit::Decade, "202", "2020-01-01", "2029-12-31");
    }

    #[test]
    fn the_calendar_has_ends() {
        assert_eq!(Stamp::day(2023, 2, 30), None);
        assert_eq!(Stamp::year(0), None);
        assert_eq!(Stamp::Year(9998).shift(5), None);
        assert_eq!(Stamp::Year(2000).shift(i64::MAX), None);
        assert_eq!(Stamp::Month(2024, 1).shift(-1), Some(Stamp::Month(2023, 12)));
    }
}
