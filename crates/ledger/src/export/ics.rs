use std::fmt::Write as _;

use legation_record::Date;

use crate::{query::EventRow, words::number};

/// Longest line of iCalendar in bytes, without its end.
const LINE: usize = 75;
/// The stamp of an event of which nobody knows when it was told; a ledger has no clock.
const EPOCH: &str = "19700101T000000Z";
/// Most days between the bounds of an entry: "next year" has no place in a calendar, a quarter of a year has.
const WIDEST: i64 = 92;

/// Events as iCalendar (RFC 5545), whole days, stamped with the day on which they were last told. A UID stays; SEQUENCE
/// grows with each article that tells of the event and each field that a person edits.
#[must_use]
pub fn ics(events: &[EventRow]) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(&mut out, text);
    ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Legation//Ledger//EN", "CALSCALE:GREGORIAN"]
        .iter()
        .for_each(|text| line(text));
    for event in events {
        if let Some((start, end)) = days(event) {
            entry(&mut line, event, start, end);
        }
    }
    line("END:VCALENDAR");
    out
}

fn entry(line: &mut impl FnMut(&str), event: &EventRow, start: Date, end: Date) {
    let day = |date: Date| format!("{:04}{:02}{:02}", date.year(), date.month(), date.day());
    line("BEGIN:VEVENT");
    line(&format!("UID:{}@legation", event.id));
    line(&format!("DTSTAMP:{}", stamp(event)));
    line(&format!("DTSTART;VALUE=DATE:{}", day(start)));
    line(&format!("DTEND;VALUE=DATE:{}", day(next(end))));
    line(&format!("SUMMARY:{}", escaped(&event.title)));
    line(&format!("STATUS:{}", status(&event.status)));
    line(&format!("SEQUENCE:{}", event.tellings.len().saturating_sub(1) + event.corrected.len()));
    if let Some(place) = &event.place {
        line(&format!("LOCATION:{}", escaped(place)));
    }
    let words: Vec<String> = event.tellings.iter().take(3).map(|account| account.quote.clone()).collect();
    line(&format!("DESCRIPTION:{}", escaped(&words.join("\n"))));
    line("END:VEVENT");
}

/// Only an event with both bounds, and those not far apart, has a place in a calendar.
fn days(event: &EventRow) -> Option<(Date, Date)> {
    let day = |text: &Option<String>| text.as_deref().and_then(|day| day.parse().ok());
    let (first, last) = (day(&event.earliest)?, day(&event.latest)?);
    (number(last) - number(first) <= WIDEST).then_some((first, last))
}

fn stamp(event: &EventRow) -> String {
    let told = event.tellings.iter().filter_map(|account| account.published.as_deref()).max();
    told.map_or_else(|| EPOCH.to_owned(), |day| format!("{}T000000Z", day.replace('-', "")))
}

fn next(day: Date) -> Date {
    let tomorrow = Date::new(day.year(), day.month(), day.day() + 1);
    let month = || Date::new(day.year(), day.month() + 1, 1);
    tomorrow.or_else(month).or_else(|| Date::new(day.year() + 1, 1, 1)).unwrap_or(day)
}

fn status(status: &str) -> &'static str {
    match status {
        "held" | "ongoing" | "confirmed" => "CONFIRMED",
        "cancelled" | "denied" | "negated" => "CANCELLED",
        _ => "TENTATIVE",
    }
}

/// Text of a property: nothing in it can begin a line of its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A line, folded where it is long.
fn fold(out: &mut String, text: &str) {
    let mut width = 0;
    for c in text.chars() {
        if width + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    let _ = write!(out, "\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_begins_a_line_of_its_own() {
        assert_eq!(escaped("a,b;c\\d\r\nBEGIN:VEVENT"), "a\\,b\\;c\\\\d \\nBEGIN:VEVENT");
        let mut out = String::new();
        fold(&mut out, &"é".repeat(60));
        assert!(out.split("\r\n").all(|line| line.len() <= LINE));
    }

    #[test]
    fn an_entry_is_stamped_and_numbered_by_what_was_told_of_it() {
        let scratch = crate::scratch::Scratch::new("ics");
        let mut ledger = scratch.ledger("l.sqlite");
        let told = |published: &str, status, when: &str| {
            let anna = ("Anna Berg", "person/anna-berg");
            crate::made::visit((published, published), anna, ("Norway", "NOR"), status, when)
        };
        use legation_record::Status::{Cancelled, Planned};
        let all = [
            told("2024-05-01", Planned, "2024-05-16"),
            told("2024-05-10", Cancelled, "2024-05-16"),
            told("2024-05-11", Planned, "2025-01-01/2025-12-31"),
        ];
        ledger.append(&all).unwrap();
        ledger.settle().unwrap();
        let said = ics(&ledger.events(&crate::query::Filter::default()).unwrap());
        assert!(said.contains("SEQUENCE:1\r\n") && said.contains("STATUS:CANCELLED\r\n"), "{said}");
        assert!(said.contains("DTSTAMP:20240510T000000Z\r\n"), "{said}");
        assert_eq!(said.matches("BEGIN:VEVENT").count(), 1, "a year has no place in a calendar");
    }

    #[test]
    fn an_entry_ends_on_the_day_after() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(next(day("2024-02-29")), day("2024-03-01"));
        assert_eq!(next(day("2024-12-31")), day("2025-01-01"));
    }
}
