//! Days as markup writes them: ISO 8601, RFC 5322, and the ways newspapers print them.

use legation_record::Date;

/// Years outside these are typing errors or placeholders (1970, 0001).
const YEARS: std::ops::RangeInclusive<i32> = 1971..=2099;
/// Longest text that is searched for a day.
const LONGEST: usize = 256;
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The first full day that a short text names. The day is taken as written, in the time zone of the writer. `05/06/2024` says
/// nothing for certain and gives none; `16/05/2024` does.
///
/// ```
/// use legation_intake::day_in;
/// assert_eq!(day_in("Thu, 16 May 2024 23:30:00 -0500").unwrap().to_string(), "2024-05-16");
/// assert_eq!(day_in("Published May 16th, 2024 at 9 am").unwrap().to_string(), "2024-05-16");
/// assert_eq!(day_in("05/06/2024"), None);
/// ```
#[must_use]
pub fn day_in(text: &str) -> Option<Date> {
    let text: String = text.trim().chars().take(LONGEST).collect();
    let parts = parts(&text);
    (0..parts.len()).find_map(|at| day_at(&parts[at..])).or_else(|| since_epoch(text.trim()))
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    /// A number, and how many digits it was written with.
    Number(i32, usize),
    Month(u8),
    Sign(char),
}

/// Numbers, months and signs; other words are left out.
fn parts(text: &str) -> Vec<Part> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same = |c: char| {
            if first.is_ascii_digit() {
                c.is_ascii_digit()
            } else {
                first.is_alphabetic() && c.is_alphabetic()
            }
        };
        let end = rest.find(|c| !same(c)).unwrap_or(rest.len()).max(first.len_utf8());
        let (word, after) = rest.split_at(end);
        match first {
            '0'..='9' if word.len() <= 8 => found.push(Part::Number(word.parse().unwrap_or(0), word.len())),
            '0'..='9' => found.push(Part::Sign('#')),
            '年' | '月' => found.push(Part::Sign('-')),
            _ if first.is_alphabetic() => found.extend(month(word).map(Part::Month)),
            '-' | '/' | '.' | ':' => found.push(Part::Sign(first)),
            _ => {}
        }
        rest = after;
    }
    found
}

fn month(word: &str) -> Option<u8> {
    let word = word.to_lowercase();
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = full.iter().position(|name| *name == word).or_else(|| {
        let short = word.strip_suffix('t').filter(|_| word == "sept").unwrap_or(&word);
        MONTHS.iter().position(|name| *name == short)
    })?;
    u8::try_from(at + 1).ok()
}

fn day_at(parts: &[Part]) -> Option<Date> {
    use Part::{Month, Number, Sign};
    let without: Vec<Part> =
        parts.iter().copied().filter(|part| !matches!(part, Sign('.' | '-' | '/'))).take(3).collect();
    match (parts, without.as_slice()) {
        ([Number(y, 4), Sign(a), Number(m, 1..=2), Sign(b), Number(d, 1..=2), ..], _)
            if a == b && *a != ':' =>
        {
            day(*y, *m, *d)
        }
        ([Number(all, 8), ..], _) => day(all / 10_000, all / 100 % 100, all % 100),
        ([Number(d, 1..=2), Sign('.'), Number(m, 1..=2), Sign('.'), Number(y, 4), ..], _) => day(*y, *m, *d),
        ([Number(a, 1..=2), Sign('/' | '-'), Number(b, 1..=2), Sign('/' | '-'), Number(y, 4), ..], _) => {
            either(*y, *a, *b)
        }
        (_, [Month(m), Number(d, 1..=2), Number(y, 4)]) if matches!(parts[0], Month(_)) => {
            day(*y, i32::from(*m), *d)
        }
        (_, [Number(d, 1..=2), Month(m), Number(y, 4)]) if matches!(parts[0], Number(..)) => {
            day(*y, i32::from(*m), *d)
        }
        (_, [Number(y, 4), Month(m), Number(d, 1..=2)]) if matches!(parts[0], Number(..)) => {
            day(*y, i32::from(*m), *d)
        }
        _ => None,
    }
}

/// Day first or month first, where only one of them can be.
fn either(year: i32, first: i32, second: i32) -> Option<Date> {
    match (first > 12, second > 12) {
        (true, false) => day(year, second, first),
        (false, true) => day(year, first, second),
        (false, false) if first == second => day(year, first, second),
        _ => None,
    }
}

fn day(year: i32, month: i32, day: i32) -> Option<Date> {
    let date = format!("{year:04}-{month:02}-{day:02}");
    YEARS.contains(&year).then(|| date.parse().ok()).flatten()
}

/// Seconds or milliseconds since 1970.
fn since_epoch(text: &str) -> Option<Date> {
    let number: i64 =
        if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok()? } else { return None };
    let seconds = match text.len() {
        10 => number,
        13 => number / 1000,
        _ => return None,
    };
    let (year, month, of_month) = civil(seconds.div_euclid(86_400));
    day(year, month, of_month)
}

/// Howard Hinnant's days-to-civil, for days since 1970-01-01.
fn civil(days: i64) -> (i32, i32, i32) {
    let z = days + 719_468;
    let (era, of_era) = (z.div_euclid(146_097), z.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (i32::try_from(year).unwrap_or(0), i32::try_from(month).unwrap_or(0), i32::try_from(day).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_they_are_written() {
        for (text, day) in [
            ("2024-05-16T23:59:59-07:00", "2024-05-16"),
            ("20240516", "2024-05-16"),
            ("2024/5/6", "2024-05-06"),
            ("16.05.2024 10:15", "2024-05-16"),
            ("5/16/2024", "2024-05-16"),
            ("16-05-2024", "2024-05-16"),
            ("Sept. 6, 2024", "2024-09-06"),
            ("6th September 2024", "2024-09-06"),
            ("Thursday 16 May 2024 10.30 BST", "2024-05-16"),
            ("10:30, 16 May 2024", "2024-05-16"),
            ("16-May-2024", "2024-05-16"),
            ("2024 May 16", "2024-05-16"),
            ("2024年5月16日", "2024-05-16"),
            ("1715817600", "2024-05-16"),
            ("1715817600000", "2024-05-16"),
        ] {
            assert_eq!(day_in(text).map(|found| found.to_string()).as_deref(), Some(day), "{text}");
        }
    }

    #[test]
    fn what_names_no_day_gives_none() {
        for text in [
            "",
            "May 2024",
            "2024",
            "30 February 2024",
            "0001-01-01T00:00:00Z",
            "1970-01-01",
            "today",
            "12:30",
            "99999999999999999999",
        ] {
            assert_eq!(day_in(text), None, "{text}");
        }
    }
}
