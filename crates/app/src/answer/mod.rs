//! Answers of a ledger for people at a terminal.

mod check;
mod correct;
mod event;
mod story;

pub use check::verdicts;
pub use correct::{correction, corrections, review};
pub use event::{event, events, people, statements};
pub use story::{brief, differences, found, rereads};

use legation_ledger::query::Account;

use crate::view::words::harmless;

/// Lines as a page. Whatever the words of others hold, each line stays one and steers nothing.
fn page(lines: &[String]) -> String {
    lines.iter().map(|line| row(line) + "\n").collect()
}

fn row(line: &str) -> String {
    line.chars().map(|ch| if ch.is_whitespace() { ' ' } else { harmless(ch) }).collect()
}

/// Where and when an account was published: `AP, 2023-10-17`.
fn origin(account: &Account) -> String {
    let place = account.publisher.as_ref().or(account.name.as_ref()).unwrap_or(&account.article);
    match &account.published {
        Some(day) => format!("{place}, {day}"),
        None => place.clone(),
    }
}

/// How many of something: `1 article`, `2 articles`.
fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
