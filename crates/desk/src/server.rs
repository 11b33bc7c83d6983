use std::{
    io::{self, Read as _},
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use legation_knowledge::Files;
use legation_ledger::Ledger;
use tiny_http::{Header, Response, Server};

use crate::{
    Hand,
    guard::Guard,
    known::Known,
    reply::{Problem, Reply},
    request::Request,
    route::{Room, answer},
};

/// Largest body taken in bytes: an article and a little more.
const MOST_BYTES: usize = 5 << 20;
/// Requests answered at once.
const WORKERS: usize = 4;

/// Why the desk cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] legation_ledger::Fault),
    /// The port.
    #[error("port {0} cannot be opened: {1}\n  help: another program may use it; --port 0 takes a free one")]
    Port(u16, String),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers: {0}")]
    Random(String),
}

/// A ledger at an address of this machine.
pub struct Desk {
    server: Arc<Server>,
    guard: Guard,
    ledger: PathBuf,
    files: Files,
    hand: Arc<dyn Hand>,
}

impl Desk {
    /// Takes a port of 127.0.0.1, any free one for 0, and draws a token. The ledger is made where there is no file.
    ///
    /// # Errors
    /// When the ledger or the port cannot be opened.
    pub fn open(ledger: &Path, files: Files, hand: Arc<dyn Hand>, port: u16) -> Result<Self, Fault> {
        Ledger::open(ledger, &files)?.settle_if_due()?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let server = Server::http(address).map_err(|why| Fault::Port(port, why.to_string()))?;
        let taken = server.server_addr().to_ip().map_or(port, |address| address.port());
        let guard = Guard::draw(taken).map_err(Fault::Random)?;
        Ok(Self { server: Arc::new(server), guard, ledger: ledger.to_owned(), files, hand })
    }

    /// The address to open in a browser. Whoever knows it may read and correct the ledger.
    #[must_use]
    pub fn address(&self) -> String {
        self.guard.address()
    }

    /// Answers until the program ends.
    ///
    /// # Errors
    /// When the ledger cannot be opened.
    pub fn serve(self) -> Result<(), Fault> {
        let mut rooms = Vec::new();
        let known = Arc::new(Known::new(self.files.clone()));
        for _ in 0..WORKERS {
            let ledger = Ledger::open(&self.ledger, &self.files)?;
            let (files, known, hand) = (self.files.clone(), Arc::clone(&known), Arc::clone(&self.hand));
            rooms.push(Room { ledger, files, known, hand });
        }
        thread::scope(|scope| {
            for mut room in rooms {
                let (server, guard) = (&self.server, &self.guard);
                scope.spawn(move || {
                    for request in server.incoming_requests() {
                        // A browser that went away is no fault.
                        let _ = handle(request, guard, &mut room);
                    }
                });
            }
        });
        Ok(())
    }
}

fn handle(mut raw: tiny_http::Request, guard: &Guard, room: &mut Room) -> io::Result<()> {
    let reply = taken(&mut raw, guard).and_then(|request| answer(&request, room, guard));
    let reply = reply.unwrap_or_else(Reply::from);
    let mut response = Response::from_data(reply.body).with_status_code(reply.status);
    for (name, value) in
        crate::guard::HEADERS.iter().map(|(name, value)| (*name, (*value).to_owned())).chain(reply.headers)
    {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    raw.respond(response)
}

fn taken(raw: &mut tiny_http::Request, guard: &Guard) -> Result<Request, Problem> {
    let header = |name: &str| {
        let mut found =
            raw.headers().iter().filter(|header| header.field.as_str().as_str().eq_ignore_ascii_case(name));
        let first = found.next().map(|header| header.value.as_str().to_owned());
        if found.next().is_some() { Some("told twice".to_owned()) } else { first }
    };
    let method = raw.method().as_str().to_owned();
    let path = guard.admit(&method, raw.url(), &header)?;
    if raw.body_length().is_some_and(|length| length > MOST_BYTES) {
        return Err(Problem::new(413, "more than 5 MB"));
    }
    let mut body = Vec::new();
    if method == "POST" {
        let read = raw.as_reader().take(MOST_BYTES as u64 + 1).read_to_end(&mut body);
        read.map_err(|_| Problem::new(400, "the body broke off"))?;
        if body.len() > MOST_BYTES {
            return Err(Problem::new(413, "more than 5 MB"));
        }
    }
    Request::new(method, &path, body)
}
