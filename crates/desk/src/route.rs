use std::sync::Arc;

use legation_knowledge::Files;
use legation_ledger::Ledger;

use crate::{
    Hand, api, assets,
    guard::Guard,
    known::Known,
    reply::{Problem, Reply},
    request::Request,
};

/// What one worker has.
pub struct Room {
    pub ledger: Ledger,
    pub files: Files,
    pub known: Arc<Known>,
    pub hand: Arc<dyn Hand>,
}

/// The views: each is an address.
const VIEWS: &[&str] = &[
    "", "read", "article", "search", "calendar", "timeline", "map", "actors", "actor", "plans", "event",
    "review",
];

pub fn answer(request: &Request, room: &mut Room, guard: &Guard) -> Result<Reply, Problem> {
    let path: Vec<&str> = request.path.iter().map(String::as_str).collect();
    match (request.method.as_str(), path.as_slice()) {
        (_, ["api", "v1", rest @ ..]) => api::answer(request, rest, room),
        ("POST", _) => Err(Problem::new(405, "only the API takes POST")),
        (_, ["assets", rest @ ..]) => assets::file(&rest.join("/")).ok_or_else(Problem::nothing),
        (_, [view]) if VIEWS.contains(view) => Ok(assets::page(&guard.base())),
        _ => Err(Problem::nothing()),
    }
}
