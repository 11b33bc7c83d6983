//! What is answered below `api/v1`: the questions of the command line.

mod article;
mod correct;
mod list;
mod map;
mod plan;
mod review;

use legation_ledger::query::{EventRow, Filter};
use serde_json::json;

use crate::{
    reply::{Problem, Reply},
    request::Request,
    route::Room,
};

const OPENAPI: &str = include_str!("openapi.json");

/// Answers a question or takes a decision.
pub fn answer(request: &Request, path: &[&str], room: &mut Room) -> Result<Reply, Problem> {
    if request.method == "POST" {
        return correct::answer(request, path, room);
    }
    room.ledger.settle_if_due()?;
    let ledger = &room.ledger;
    match path {
        ["openapi.json"] => Ok(Reply::of("application/json", OPENAPI)),
        ["overview"] => Reply::json(&ledger.overview()?),
        ["facets"] => Reply::json(&ledger.facets(&request.filter()?)?),
        ["countries"] => Reply::json(&ledger.countries()?),
        ["marks"] => Reply::json(&ledger.marks(&request.filter()?)?),
        ["map"] => map::gathered(request, room),
        ["events"] => list::events(request, ledger),
        ["events", id] => list::event(request, id, ledger),
        ["calendar.ics"] => calendar(request, room),
        ["statements"] => list::statements(request, ledger),
        ["articles"] => list::articles(request, ledger),
        ["articles", id] => article::kept(id, room),
        ["search"] => list::search(request, ledger),
        ["actors"] => list::actors(request, ledger),
        ["actor"] => actor(request, room),
        ["plans"] => plan::matrix(request, room),
        ["diff"] => diff(request, room),
        ["brief"] => brief(request, room),
        ["review"] => review::due(request, ledger),
        ["corrections"] => list::corrections(request, ledger),
        _ => Err(Problem::nothing()),
    }
}

fn needed<'a>(request: &'a Request, name: &str) -> Result<&'a str, Problem> {
    request.get(name).ok_or_else(|| Problem::new(400, format!("'{name}' is needed")))
}

/// What an actor is, the posts told, and how much there is on them.
fn actor(request: &Request, room: &Room) -> Result<Reply, Problem> {
    let key = needed(request, "key")?;
    let known = room.ledger.who(key)?;
    let one = known.first().ok_or_else(|| Problem::new(404, format!("nobody goes by '{key}'")))?;
    let filter = Filter { actors: vec![one.key.clone()], ..Filter::default() };
    let facets = room.ledger.facets(&filter)?;
    let offices = room.ledger.offices(&one.key)?;
    let posts = room.known.posts(&one.key, &one.name);
    Reply::json(&json!({ "actor": one, "offices": offices, "posts": posts, "facets": facets }))
}

/// What is announced and what took place, for programs that keep calendars.
fn calendar(request: &Request, room: &Room) -> Result<Reply, Problem> {
    let mut filter = request.filter()?;
    if filter.kinds.is_empty() {
        filter.kinds = ["visit", "meeting", "talks", "summit", "call"].map(str::to_owned).to_vec();
    }
    let events: Vec<EventRow> = room.ledger.events(&filter)?;
    Ok(Reply::of("text/calendar; charset=utf-8", legation_ledger::export::ics(&events)))
}

fn diff(request: &Request, room: &Room) -> Result<Reply, Problem> {
    let day = |name: &str| {
        needed(request, name)?;
        request.day(name)?.ok_or_else(|| Problem::new(400, format!("'{name}' is needed")))
    };
    Reply::json(&room.ledger.diff(&request.filter()?, day("before")?, day("after")?)?)
}

fn brief(request: &Request, room: &Room) -> Result<Reply, Problem> {
    let (one, other) = (needed(request, "one")?, needed(request, "other")?);
    Reply::json(&room.ledger.brief(&room.files, one, other, &request.filter()?)?)
}
