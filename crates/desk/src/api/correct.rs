//! Decisions: what people do by hand.

use std::time::{SystemTime, UNIX_EPOCH};

use legation_ledger::{By, Change};
use serde::Deserialize;
use serde_json::json;

use crate::{
    reply::{Problem, Reply},
    request::Request,
    route::Room,
};

use super::article;

/// What comes with a decision.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Body {
    who: String,
    note: String,
    changes: Vec<String>,
    other: String,
}

/// Takes a decision or reads an article.
pub fn answer(request: &Request, path: &[&str], room: &mut Room) -> Result<Reply, Problem> {
    if path == ["read"] {
        return article::read(request, room);
    }
    let body: Body = match request.body.is_empty() {
        true => Body::default(),
        false => serde_json::from_slice(&request.body).map_err(|why| Problem::new(400, why.to_string()))?,
    };
    let by = By { who: body.who.clone(), made: now(), note: body.note.clone() };
    let ledger = &mut room.ledger;
    let id = match path {
        ["events", id, "accept"] => ledger.accept(id, &by).map(|_| *id)?,
        ["events", id, "reject"] => ledger.reject(id, &by).map(|_| *id)?,
        ["events", id, "undo"] => ledger.undo(id, &by).map(|_| *id)?,
        ["events", id, "edit"] => ledger.edit(id, &changes(&body)?, &by).map(|_| *id)?,
        ["events", id, "join"] => ledger.join(id, &body.other, &by).map(|()| *id)?,
        ["tellings", id, "split"] => ledger.split(id, &by).map(|()| *id)?,
        _ => return Err(Problem::nothing()),
    };
    ledger.settle_if_due()?;
    let event = ledger.event(id)?;
    Reply::json(&json!({ "event": event }))
}

fn changes(body: &Body) -> Result<Vec<Change>, Problem> {
    let changes: Result<Vec<_>, _> = body.changes.iter().map(|text| Change::parse(text)).collect();
    match changes {
        Ok(changes) if !changes.is_empty() => Ok(changes),
        Ok(_) => Err(Problem::new(400, "'changes' is needed")),
        Err(why) => Err(Problem::new(400, why)),
    }
}

fn now() -> String {
    format!("@{}", SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
}
