//! The words in which a record is shown.

use legation_record::{Date, Interval, Modality, Polarity, QuoteForm, Status};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day as people write it: "27 December 2024".
#[must_use]
pub fn day(date: Date) -> String {
    format!("{} {}", date.day(), month(date))
}

fn month(date: Date) -> String {
    format!("{} {}", MONTHS[usize::from(date.month().unsigned_abs()) - 1], date.year())
}

/// An interval in words: "May 2024", "2025", "4–23 February 2022", "from 24 February 2022".
#[must_use]
pub fn interval(interval: Interval) -> String {
    match (interval.earliest, interval.latest) {
        (Some(from), Some(to)) => closed(from, to),
        (Some(from), None) => format!("{} or later", day(from)),
        (None, Some(to)) => format!("by {}", day(to)),
        (None, None) => "at an unknown time".into(),
    }
}

fn closed(from: Date, to: Date) -> String {
    let same_year = from.year() == to.year();
    let same_month = same_year && from.month() == to.month();
    let whole_months = from.day() == 1 && to == to.month_end();
    let from_month = MONTHS[usize::from(from.month().unsigned_abs()) - 1];
    match () {
        () if from == to => day(from),
        () if whole_months && same_year && (from.month(), to.month()) == (1, 12) => from.year().to_string(),
        () if whole_months && (from.month(), to.month()) == (1, 12) => {
            format!("{}–{}", from.year(), to.year())
        }
        () if whole_months && same_month => month(from),
        () if whole_months && same_year => format!("{from_month}–{}", month(to)),
        () if whole_months => format!("{} – {}", month(from), month(to)),
        () if same_month => format!("{}–{}", from.day(), day(to)),
        () if same_year => format!("{} {from_month} – {}", from.day(), day(to)),
        () => format!("{} – {}", day(from), day(to)),
    }
}

/// A status in words.
#[must_use]
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Held => "held",
        Status::Ongoing => "under way",
        Status::Planned => "planned",
        Status::Invited => "invited",
        Status::Possible => "possible",
        Status::Requested => "asked for",
        Status::Postponed => "postponed",
        Status::Cancelled => "cancelled",
        Status::Denied => "denied",
        Status::Alleged => "alleged",
        Status::Hypothetical => "hypothetical",
        Status::Negated => "did not happen",
        Status::Recurring => "recurring",
    }
}

/// The sign of a status: ● took place, ○ to come, ✕ not to be, ? open.
#[must_use]
pub fn glyph(status: Status) -> &'static str {
    match status {
        Status::Held | Status::Ongoing | Status::Recurring => "●",
        Status::Planned | Status::Invited | Status::Requested => "○",
        Status::Postponed | Status::Cancelled | Status::Denied | Status::Negated => "✕",
        Status::Possible | Status::Alleged | Status::Hypothetical => "?",
    }
}

/// A quotation's form in words.
#[must_use]
pub fn form(form: QuoteForm) -> &'static str {
    match form {
        QuoteForm::Direct => "direct",
        QuoteForm::Mixed => "mixed",
        QuoteForm::Indirect => "indirect",
    }
}

/// A modality in words.
#[must_use]
pub fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "asserted",
        Modality::Planned => "planned",
        Modality::Possible => "possible",
        Modality::Requested => "asked for",
        Modality::Alleged => "alleged",
        Modality::Hypothetical => "hypothetical",
    }
}

/// A polarity in words.
#[must_use]
pub fn polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Positive => "affirmed",
        Polarity::Negative => "negated",
    }
}

/// A name of ours as people read it: `envoy_mission` → "envoy mission".
#[must_use]
pub fn plain(name: &str) -> String {
    name.replace(['_', '-'], " ")
}

/// "1 visit", "2 visits".
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Text on one line, white space run together, without characters that could steer a terminal or
/// turn the direction of writing.
#[must_use]
pub fn one_line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().map(harmless).collect()
}

/// The character, or U+FFFD in place of one that steers instead of showing: C0, DEL, C1, what turns the direction of
/// writing, and separators that some programs take for a new line.
#[must_use]
pub fn harmless(ch: char) -> char {
    let turns =
        matches!(ch, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    let steers = ch.is_control() || turns || matches!(ch, '\u{2028}' | '\u{2029}');
    if steers { char::REPLACEMENT_CHARACTER } else { ch }
}

/// Text shortened to about `limit` characters at a word's end.
#[must_use]
pub fn shortened(text: &str, limit: usize) -> String {
    let line = one_line(text);
    let Some((cut, _)) = line.char_indices().nth(limit) else { return line };
    let cut = line[..cut].rfind(' ').unwrap_or(cut);
    format!("{} …", line[..cut].trim_end_matches([',', ';', ' ', '-']))
}

#[cfg(test)]
mod tests {
    use legation_record::{Granularity, Interval};

    use super::*;

    fn between(from: &str, to: &str) -> String {
        let day = |text: &str| text.parse().ok();
        interval(Interval::new(day(from), day(to), Granularity::Day))
    }

    #[test]
    fn intervals_read_as_people_write_them() {
        let cases = [
            ("2024-05-01", "2024-05-31", "May 2024"),
            ("2025-01-01", "2025-12-31", "2025"),
            ("2024-12-27", "2024-12-27", "27 December 2024"),
            ("2022-02-04", "2022-02-23", "4–23 February 2022"),
            ("2022-02-24", "2022-03-02", "24 February – 2 March 2022"),
            ("2024-04-01", "2024-06-30", "April–June 2024"),
            ("2022-11-01", "2023-02-28", "November 2022 – February 2023"),
            ("2022-01-01", "2023-12-31", "2022–2023"),
            ("2022-02-24", "", "24 February 2022 or later"),
            ("", "2022-02-24", "by 24 February 2022"),
            ("", "", "at an unknown time"),
        ];
        for (from, to, words) in cases {
            assert_eq!(between(from, to), words);
        }
    }

    #[test]
    fn text_cannot_steer_the_terminal() {
        assert_eq!(one_line("a\u{1b}[31m\n b\u{202e}"), "a\u{fffd}[31m b\u{fffd}");
    }

    #[test]
    fn shortening_ends_at_a_word() {
        assert_eq!(shortened("one two, three", 9), "one two …");
        assert_eq!(shortened("one", 9), "one");
    }
}
