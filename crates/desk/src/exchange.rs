//! From a request as it came over the wire to its answer.

use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::{
    HeaderMap, Response, StatusCode,
    body::{Body as _, Incoming},
    header::{CONNECTION, EXPECT, HeaderName, HeaderValue, TRANSFER_ENCODING},
    http::request::Parts,
};
use tokio::time::timeout;

use crate::{
    crowd::Guest,
    guard::{Guard, HEADERS},
    limits::{Limits, MOST_BYTES, PAUSE},
    reply::{Problem, Reply},
    request::Request,
    rooms::Rooms,
    route::answer,
};

/// What all connections share.
pub struct House {
    pub guard: Arc<Guard>,
    pub rooms: Arc<Rooms>,
    pub limits: Limits,
}

impl House {
    /// Answers a request. Only one that was let in may take the time of a room or send a body.
    pub async fn exchange(&self, raw: hyper::Request<Incoming>, guest: &Guest) -> Response<Full<Bytes>> {
        let (head, body) = raw.into_parts();
        match self.admit(&head, &body) {
            Ok(path) => {
                let _stay = guest.stay();
                let reply = self.answer(head.method.as_str(), path, body).await;
                respond(reply.unwrap_or_else(Reply::from))
            }
            Err(problem) => self.refuse(problem, &head, body),
        }
    }

    /// The path below the token, or why the request is refused before a byte of its body is read.
    fn admit(&self, head: &Parts, body: &Incoming) -> Result<String, Problem> {
        let header = |name: &str| header(&head.headers, name);
        let path = self.guard.admit(head.method.as_str(), &head.uri.to_string(), &header)?;
        // With both a length and chunks two programs may see two ends; browsers send a length, so nothing else is taken.
        if head.headers.contains_key(TRANSFER_ENCODING) {
            return Err(Problem::new(411, "a body needs a Content-Length and no Transfer-Encoding"));
        }
        if body.size_hint().lower() > MOST_BYTES as u64 {
            return Err(too_large());
        }
        Ok(path)
    }

    async fn answer(&self, method: &str, path: String, body: Incoming) -> Result<Reply, Problem> {
        let body = if method == "POST" { self.taken(body).await? } else { Vec::new() };
        let request = Request::new(method.to_owned(), &path, body)?;
        let guard = Arc::clone(&self.guard);
        self.rooms.with(move |room| answer(&request, room, &guard)).await
    }

    /// The body, of which memory is taken as it comes and not as it was announced.
    async fn taken(&self, body: Incoming) -> Result<Vec<u8>, Problem> {
        let all = timeout(self.limits.body, Limited::new(body, MOST_BYTES).collect()).await;
        let all = all.map_err(|_| Problem::new(408, "the body did not come in time"))?;
        let all = all.map_err(|why| match why.is::<LengthLimitError>() {
            true => too_large(),
            false => Problem::new(400, "the body broke off"),
        })?;
        Ok(all.to_bytes().into())
    }

    /// Says no. Whoever is still sending would not hear it if the connection broke, so the rest is let past for a while.
    fn refuse(&self, problem: Problem, head: &Parts, body: Incoming) -> Response<Full<Bytes>> {
        let mut response = respond(problem.into());
        if !body.is_end_stream() {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            if !head.headers.contains_key(EXPECT) {
                tokio::spawn(timeout(self.limits.body, let_past(body)));
            }
        }
        response
    }
}

async fn let_past(mut body: Incoming) {
    let mut left = 4 * MOST_BYTES;
    while let Ok(Some(Ok(frame))) = timeout(PAUSE, body.frame()).await {
        match left.checked_sub(frame.data_ref().map_or(0, Bytes::len)) {
            Some(less) => left = less,
            None => return,
        }
    }
}

fn too_large() -> Problem {
    Problem::new(413, "more than 5 MB")
}

/// The value of a header; one that is there twice has none that could be trusted.
fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut found = headers.get_all(name).iter();
    let first = found.next().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    if found.next().is_some() { Some("told twice".to_owned()) } else { first }
}

fn respond(reply: Reply) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(reply.body));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let ours = HEADERS.iter().map(|(name, value)| (*name, (*value).to_owned()));
    for (name, value) in ours.chain(reply.headers) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}
