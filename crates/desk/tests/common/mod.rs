//! A desk over an empty ledger, and a plain socket to talk to it.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    sync::Arc,
    time::Duration,
};

use legation_desk::{Desk, Hand, Limits, Shown};
use legation_knowledge::Files;
use legation_record::{Article, Published, Record, Versions};

/// Longer than anything here takes: what has not ended by then hangs.
const HANGS: Duration = Duration::from_secs(15);

struct Blank;

impl Hand for Blank {
    fn read(&self, article: Article) -> Record {
        assert!(!article.text.contains("a defect"), "a defect of a reader");
        let published = Published { date: None, inferred: false, candidates: Vec::new() };
        Record::empty(article, published, Versions::default())
    }

    fn show(&self, _: &Record) -> Shown {
        Shown::default()
    }
}

pub struct Open {
    pub port: u16,
    pub token: String,
}

pub fn open(name: &str, limits: Limits) -> Open {
    let path = std::env::temp_dir().join(format!("legation-desk-{name}-{}.sqlite", std::process::id()));
    let _ = std::fs::remove_file(&path);
    let desk = Desk::open(&path, Files::built_in(), Arc::new(Blank), 0).unwrap().with(limits);
    let address = desk.address();
    let (host, token) = address.trim_start_matches("http://").split_once('/').unwrap();
    let port = host.rsplit(':').next().unwrap().parse().unwrap();
    let token = token.trim_end_matches('/').to_owned();
    std::thread::spawn(|| desk.serve());
    Open { port, token }
}

impl Open {
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(HANGS)).unwrap();
        stream.set_write_timeout(Some(HANGS)).unwrap();
        stream
    }

    /// Sends bytes as they are and gives the whole answer, which is empty where the desk only hangs up.
    pub fn send(&self, request: impl AsRef<[u8]>) -> String {
        let mut stream = self.connect();
        // The desk may have hung up before everything was sent.
        let _ = stream.write_all(request.as_ref());
        answer(&mut stream)
    }

    /// The lines that every request with a token begins with.
    pub fn head(&self, method: &str, path: &str) -> String {
        let Self { port, token } = self;
        format!("{method} /{token}/{path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n")
    }

    pub fn get(&self, path: &str, headers: &str) -> String {
        self.send(format!("{}Connection: close\r\n{headers}\r\n", self.head("GET", path)))
    }

    pub fn post(&self, path: &str, headers: &str, body: &str) -> String {
        let (head, length) = (self.head("POST", path), body.len());
        self.send(format!("{head}Connection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"))
    }
}

/// All that comes until the desk hangs up.
pub fn answer(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    if let Err(why) = stream.read_to_end(&mut answer) {
        let late = matches!(why.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut);
        assert!(
            !late,
            "the desk neither answers nor hangs up; so far {:?}",
            String::from_utf8_lossy(&answer)
        );
    }
    String::from_utf8_lossy(&answer).into_owned()
}

pub fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_default()
}
