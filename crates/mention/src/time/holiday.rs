//! Days that have a name: `knowledge/lexicon/holidays.tsv`.

use std::collections::BTreeMap;

use jiff::civil;
use legation_knowledge::{Files, LoadError, Row, Table};
use legation_text::pattern::{Value, WordLists};

use super::calendar::plus_days;

/// Named days and how each falls in a year.
#[derive(Debug, Clone, Default)]
pub(super) struct Holidays {
    rules: BTreeMap<String, Falls>,
}

#[derive(Debug, Clone, Copy)]
enum Falls {
    /// Month and day.
    On(i8, i8),
    /// The n-th weekday of a month, from its end if negative, and so many days on.
    Nth(i8, i8, i8, i64),
    /// Days from Easter Sunday of the western churches.
    Easter(i64),
}

const FILE: &str = "lexicon/holidays.tsv";

impl Holidays {
    /// Loads the days and adds their names to the list `holiday`.
    pub(super) fn load(files: &Files, lists: &mut WordLists) -> Result<Self, LoadError> {
        let mut holidays = Self::default();
        for row in Table::read(FILE, files.text(FILE)?, &["name", "words", "falls"])?.rows() {
            let falls = falls(row.get(2)).ok_or_else(|| {
                row.error(2, "no such way to fall")
                    .help("write 12-25, or 11/4/4 (month, weekday, which), or 11/1/1+1 (the day after), or easter-2")
            })?;
            add(lists, row);
            holidays.rules.insert(row.get(0).to_owned(), falls);
        }
        Ok(holidays)
    }

    /// The day in a year.
    pub(super) fn day(&self, name: &str, year: i16) -> Option<civil::Date> {
        match *self.rules.get(name)? {
            Falls::On(month, day) => civil::Date::new(year, month, day).ok(),
            Falls::Nth(month, weekday, nth, on) => {
                let weekday = civil::Weekday::from_monday_one_offset(weekday).ok()?;
                let day = civil::Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?;
                plus_days(day, on)
            }
            Falls::Easter(days) => plus_days(easter(year)?, days),
        }
    }
}

fn add(lists: &mut WordLists, row: Row<'_, '_>) {
    row.list(1).for_each(|phrase| lists.add("holiday", phrase, Value::Word(row.get(0).to_owned())));
}

fn falls(text: &str) -> Option<Falls> {
    if let Some(days) = text.strip_prefix("easter") {
        return Some(Falls::Easter(if days.is_empty() { 0 } else { days.parse().ok()? }));
    }
    if let Some((month, day)) = text.split_once('-').filter(|_| !text.contains('/')) {
        return Some(Falls::On(month.parse().ok()?, day.parse().ok()?));
    }
    let (text, on) = text.split_once('+').unwrap_or((text, "0"));
    let mut parts = text.split('/').map(|part| part.parse().ok());
    Some(Falls::Nth(parts.next()??, parts.next()??, parts.next()??, on.parse().ok()?))
}

/// Easter Sunday by the Gregorian computus.
fn easter(year: i16) -> Option<civil::Date> {
    let y = i32::from(year);
    let (golden, century) = (y % 19, y / 100);
    let sun = century - century / 4 - (8 * century + 13) / 25;
    let epact = (19 * golden + sun + 15) % 30;
    let epact = epact - (epact / 28) * (1 - (29 / (epact + 1)) * ((21 - golden) / 11));
    let sunday = (y + y / 4 + epact + 2 - century + century / 4) % 7;
    let offset = epact - sunday;
    let month = 3 + (offset + 40) / 44;
    let day = offset + 28 - 31 * (month / 4);
    civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_is_known() {
        for (year, day) in
            [(1999, "1999-04-04"), (2000, "2000-04-23"), (2024, "2024-03-31"), (2038, "2038-04-25")]
        {
            assert_eq!(easter(year).unwrap().to_string(), day);
        }
    }
}
