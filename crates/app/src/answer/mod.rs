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
