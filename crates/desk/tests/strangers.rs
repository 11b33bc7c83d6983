//! Whatever a stranger on this machine sends, the desk goes on answering.
//!
//! Every request goes over a socket of its own, and after each the desk must answer an ordinary one. What is refused
//! may be told or only cut off, but nothing of it may be taken for a second request.

mod common;

use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, TcpStream},
    time::Duration,
};

use common::{Open, answer, open, status};
use legation_desk::Limits;

/// What has to come of a request.
#[derive(Debug, Clone, Copy)]
enum Then {
    /// A refusal, or an end of the connection without a word.
    No,
    /// This status.
    Is(u16),
}

use Then::{Is, No};

struct Hostile {
    what: &'static str,
    bytes: Vec<u8>,
    then: Then,
}

fn hostile(what: &'static str, bytes: impl Into<Vec<u8>>, then: Then) -> Hostile {
    Hostile { what, bytes: bytes.into(), then }
}

/// Limits that a test can wait for.
fn short() -> Limits {
    let (head, body) = (Duration::from_millis(500), Duration::from_millis(300));
    Limits { head, body, connections: 32 }
}

/// Answers of a desk may be late where the machine is busy, and its limits here are short: a request that it cut off is
/// sent again a few times.
fn patient(mut ask: impl FnMut() -> String) -> String {
    let mut answers = (0..5).map(|_| ask());
    answers.find(|answer| !answer.is_empty()).unwrap_or_default()
}

fn well(desk: &Open) -> bool {
    status(&patient(|| desk.get("api/v1/overview", ""))) == 200
}

fn answers(answer: &str) -> usize {
    answer.matches("HTTP/1.1 ").count()
}

fn ends_well(desk: &Open, Hostile { what, bytes, then }: &Hostile) {
    let answer = match then {
        No => desk.send(bytes),
        Is(_) => patient(|| desk.send(bytes)),
    };
    let code = status(&answer);
    let fits = match then {
        No => answer.is_empty() || (400..500).contains(&code),
        Is(wanted) => code == *wanted,
    };
    assert!(fits, "{what}: {then:?} wanted, {answer:?} came");
    assert!(answers(&answer) <= 1, "{what}: a second request was seen in it: {answer:?}");
    assert!(well(desk), "{what}: the desk does not answer any more");
}

fn all_end_well(name: &str, requests: impl Fn(&Open) -> Vec<Hostile>) {
    let desk = open(name, short());
    let requests = requests(&desk);
    assert!(requests.len() >= 12, "the suite has lost requests");
    requests.iter().for_each(|one| ends_well(&desk, one));
}

/// Lengths that lie, overflow or contradict each other; no request has the token unless its name says so.
fn lengths(desk: &Open) -> Vec<Hostile> {
    let anyone = |length: &str| {
        format!("POST /x HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: {length}\r\n\r\nabc", desk.port)
    };
    let known =
        |length: &str| format!("{}Content-Length: {length}\r\n\r\nabc", desk.head("POST", "api/v1/read"));
    let twice = "3\r\nContent-Length: 4";
    vec![
        hostile("a length of 100 TB", anyone("100000000000000"), Is(403)),
        hostile("the largest length", anyone("18446744073709551615"), No),
        hostile("the largest length less two", anyone("18446744073709551613"), Is(403)),
        hostile("a length that overflows by one", anyone("18446744073709551616"), Is(400)),
        hostile("a length of 400 digits", anyone(&"9".repeat(400)), Is(400)),
        hostile("a length below zero", anyone("-1"), Is(400)),
        hostile("a length with a sign", anyone("+3"), Is(400)),
        hostile("a length in base 16", anyone("0x3"), Is(400)),
        hostile("a length with a fraction", anyone("3.0"), Is(400)),
        hostile("two lengths in one", anyone("3 4"), Is(400)),
        hostile("two lengths with a comma", anyone("3, 4"), Is(400)),
        hostile("an empty length", anyone(""), Is(400)),
        hostile("two different lengths", anyone(twice), Is(400)),
        hostile("a length of 100 TB with the token", known("100000000000000"), Is(413)),
        hostile("a length of 5 MB and a byte with the token", known("5242881"), Is(413)),
        hostile("two different lengths with the token", known(twice), Is(400)),
        hostile("2,000 bytes announced, 3 sent, with the token", known("2000"), Is(408)),
    ]
}

#[test]
fn lengths_that_lie_end_well() {
    all_end_well("lengths", lengths);
}

/// Bodies of which two readers might see different ends. All have the token: what is hidden would be answered.
fn smuggled(desk: &Open) -> Vec<Hostile> {
    let hidden = desk.head("GET", "api/v1/overview") + "\r\n";
    let length = hidden.len() + 5;
    let post =
        |headers: &str, body: &str| format!("{}{headers}\r\n\r\n{body}", desk.head("POST", "api/v1/read"));
    let ended = format!("0\r\n\r\n{hidden}");
    let both = format!("Content-Length: {length}\r\nTransfer-Encoding: chunked");
    let turned = format!("Transfer-Encoding: chunked\r\nContent-Length: {length}");
    let old = format!(
        "POST /{}/api/v1/read HTTP/1.0\r\nHost: 127.0.0.1:{}\r\nTransfer-Encoding: chunked\r\n\r\n{ended}",
        desk.token, desk.port
    );
    vec![
        hostile("a length and chunks", post(&both, &ended), Is(411)),
        hostile("chunks and a length", post(&turned, &ended), Is(411)),
        hostile("chunks alone", post("Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\n\r\n"), Is(411)),
        hostile("chunks that are none", post("Transfer-Encoding: chunked", &"zz\r\n".repeat(100)), Is(411)),
        hostile("a chunk of 16 EB", post("Transfer-Encoding: chunked", "ffffffffffffffff\r\nabc"), Is(411)),
        hostile(
            "a chunk size that overflows",
            post("Transfer-Encoding: chunked", "10000000000000001\r\n"),
            Is(411),
        ),
        hostile("a chunk size below zero", post("Transfer-Encoding: chunked", "-1\r\nabc"), Is(411)),
        hostile(
            "a chunk with a long remark",
            post("Transfer-Encoding: chunked", &format!("1;{}\r\na\r\n", "x".repeat(100_000))),
            No,
        ),
        hostile(
            "chunks without an end",
            post("Transfer-Encoding: chunked", &"1\r\na\r\n".repeat(1000)),
            Is(411),
        ),
        hostile(
            "endless trailers",
            post("Transfer-Encoding: chunked", &format!("0\r\n{}", "a: b\r\n".repeat(9000))),
            No,
        ),
        hostile("chunks before HTTP/1.1", old, No),
        hostile("an unknown coding", post("Transfer-Encoding: xchunked", &ended), No),
        hostile("a coding behind chunks", post("Transfer-Encoding: chunked, identity", &ended), No),
        hostile("chunks twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", &ended), No),
        hostile(
            "a space before the colon",
            post(&format!("Content-Length: {length}\r\nTransfer-Encoding : chunked"), &ended),
            No,
        ),
        hostile("a vertical tab in the coding", post("Transfer-Encoding: \x0bchunked", &ended), No),
        hostile("a folded header", post("Content-Length: 3\r\n 4", "abc"), No),
    ]
}

#[test]
fn nothing_is_smuggled() {
    all_end_well("smuggled", smuggled);
}

/// Heads that are broken, too long, or of another protocol.
fn heads(desk: &Open) -> Vec<Hostile> {
    let Open { port, token } = desk;
    let host = format!("Host: 127.0.0.1:{port}");
    let line = |line: &str| format!("{line}\r\n{host}\r\nConnection: close\r\n\r\n");
    let with = |headers: &str| format!("{}{headers}\r\n\r\n", desk.head("GET", ""));
    let page = format!("/{token}/");
    vec![
        hostile("a head that breaks off", format!("GET {page} HTTP/1.1\r\nHost: 127"), No),
        hostile("a method and nothing else", "GET ", No),
        hostile("one byte", "G", No),
        hostile("nothing", "", No),
        hostile("empty lines without end", "\r\n".repeat(20_000), No),
        hostile("a NUL in the address", line(&format!("GET {page}\0 HTTP/1.1")), Is(400)),
        hostile("an escape in the address", line(&format!("GET {page}\x1b[2J HTTP/1.1")), Is(400)),
        hostile("a NUL in a header", with("X: a\0b"), Is(400)),
        hostile("an escape in a header", with("X: \x1b]52;c;eA==\x07"), Is(400)),
        hostile("a control character in a name", with("X\x01Y: a"), Is(400)),
        hostile("a carriage return in a header", with("X: a\rb: c"), Is(400)),
        hostile("a header without a name", with(": a"), Is(400)),
        hostile("a header without a colon", with("nonsense"), Is(400)),
        hostile("bytes that are no UTF-8", b"GET /\xff\xfe HTTP/1.1\r\nHost: \xff\r\n\r\n".to_vec(), No),
        hostile("a head of 100 KB", with(&format!("X: {}", "a".repeat(100_000))), No),
        hostile(
            "a head of 3 MB without an end",
            format!("GET {page} HTTP/1.1\r\nX: {}", "a".repeat(3 << 20)),
            No,
        ),
        hostile("a thousand headers", with(&"X: a\r\n".repeat(1000)), Is(431)),
        hostile("an address of 70 KB", line(&format!("GET {page}?{} HTTP/1.1", "a".repeat(70_000))), No),
        hostile("a method that is none", line(&format!("G@T {page} HTTP/1.1")), No),
        hostile("a method in small letters", line(&format!("get {page} HTTP/1.1")), Is(405)),
        hostile("a method of 10 KB", line(&format!("{} {page} HTTP/1.1", "A".repeat(10_000))), Is(405)),
        hostile("TRACE", line(&format!("TRACE {page} HTTP/1.1")), Is(405)),
        hostile("CONNECT", line("CONNECT evil.example:443 HTTP/1.1"), Is(405)),
        hostile("OPTIONS for everything", line("OPTIONS * HTTP/1.1"), Is(405)),
        hostile("a version to come", line(&format!("GET {page} HTTP/1.2")), No),
        hostile("version 2 in words", line(&format!("GET {page} HTTP/2.0")), No),
        hostile("no version at all", line(&format!("GET {page}")), No),
        hostile("a version that is none", line(&format!("GET {page} HTPP/1.1")), No),
        hostile("HTTP/0.9", format!("GET {page}\r\n"), No),
        hostile("an absolute address", line(&format!("GET http://127.0.0.1:{port}{page} HTTP/1.1")), Is(403)),
        hostile("an absolute address elsewhere", line("GET http://evil.example/ HTTP/1.1"), Is(403)),
        hostile("an address without a slash", line("GET x HTTP/1.1"), No),
        hostile("the beginning of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0", No),
        hostile("the beginning of TLS", b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03".repeat(20), No),
        hostile("the beginning of SSH", "SSH-2.0-OpenSSH_9.6\r\n", No),
        hostile("bytes without a meaning", (0..=255).cycle().take(9000).collect::<Vec<u8>>(), No),
    ]
}

#[test]
fn broken_heads_end_well() {
    all_end_well("heads", heads);
}

/// Well formed requests of those who should not ask, or ask for what is not given.
fn uninvited(desk: &Open) -> Vec<Hostile> {
    let Open { port, token } = desk;
    let to = |path: &str, host: &str| format!("GET {path} HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
    let host = format!("Host: 127.0.0.1:{port}\r\n");
    let page = format!("/{token}/");
    let with = |headers: &str| format!("{}{headers}\r\nConnection: close\r\n\r\n", desk.head("GET", ""));
    let waits = |length: &str| {
        format!("POST /x HTTP/1.1\r\n{host}Expect: 100-continue\r\nContent-Length: {length}\r\n\r\n")
    };
    vec![
        hostile("no token", to("/", &host), Is(403)),
        hostile("another token", to(&format!("/{}/", "0".repeat(token.len())), &host), Is(403)),
        hostile("a part of the token", to(&format!("/{}/", &token[1..]), &host), Is(403)),
        hostile("the token and more", to(&format!("/{token}0/"), &host), Is(403)),
        hostile("the token behind a second slash", to(&format!("/{page}"), &host), Is(403)),
        hostile("another host", to(&page, "Host: evil.example\r\n"), Is(421)),
        hostile("another port", to(&page, "Host: 127.0.0.1:1\r\n"), Is(421)),
        hostile("no host", to(&page, ""), Is(421)),
        hostile("an empty host", to(&page, "Host:\r\n"), Is(421)),
        hostile("two hosts", to(&page, &format!("{host}Host: evil.example\r\n")), Is(421)),
        hostile("a host with a user", to(&page, &format!("Host: me@127.0.0.1:{port}\r\n")), Is(421)),
        hostile("another page", with("Origin: https://evil.example"), Is(403)),
        hostile(
            "another page in a frame",
            with("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors"),
            Is(403),
        ),
        hostile("a socket of the web", with("Upgrade: websocket\r\nSec-WebSocket-Key: eA=="), Is(200)),
        hostile("HTTP/2 by upgrade", with("Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__"), Is(200)),
        hostile("a million ranges", with(&format!("Range: bytes={}", "0-1,".repeat(5000))), Is(200)),
        hostile("a huge body that waits to be asked for", waits("100000000000000"), Is(403)),
        hostile("a small body that waits to be asked for", waits("3"), Is(403)),
    ]
}

#[test]
fn the_uninvited_end_well() {
    all_end_well("uninvited", uninvited);
}

#[test]
fn bodies_that_never_come_hold_nobody_up() {
    let desk = open("bodies", Limits { body: Duration::from_secs(10), ..short() });
    let announced = desk.head("POST", "api/v1/read") + "Content-Length: 2000\r\n\r\nabc";
    let stranger = "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 2000\r\n\r\nabc".to_owned();
    let mut held: Vec<TcpStream> = Vec::new();
    for request in [announced, stranger] {
        for _ in 0..8 {
            let mut stream = desk.connect();
            stream.write_all(request.as_bytes()).unwrap();
            held.push(stream);
        }
        assert!(well(&desk));
    }
    let refused = held.split_off(8);
    assert!(refused.into_iter().all(|mut stream| status(&answer(&mut stream)) == 421));
    drop(held);
    assert!(well(&desk));
}

#[test]
fn a_body_that_trickles_is_cut_off() {
    let desk = open("trickle", short());
    let mut stream = desk.connect();
    let head = desk.head("POST", "api/v1/read") + "Content-Length: 100000\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    // Writing fails once the desk has hung up; what it said before may be lost by then.
    let cut = (0..200).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        stream.write_all(b"a").is_err()
    });
    assert!(cut && well(&desk));
}

#[test]
fn half_open_connections_hold_nobody_up() {
    let desk = open("half", Limits::default());
    let begun = desk.head("GET", "");
    let mut held: Vec<TcpStream> = Vec::new();
    for at in 0..500 {
        let mut stream = desk.connect();
        // Some say nothing, some begin.
        if at % 2 == 0 {
            let _ = stream.write_all(begun.as_bytes());
        }
        held.push(stream);
        assert!(at % 50 != 0 || well(&desk), "after {at}");
    }
    assert!(well(&desk));
    // Whoever came last has his place still, and may end what he began.
    let mut last = desk.connect();
    last.write_all(begun.as_bytes()).unwrap();
    assert!(well(&desk));
    last.write_all(b"Connection: close\r\n\r\n").unwrap();
    assert_eq!(status(&answer(&mut last)), 200);
}

#[test]
fn whoever_does_not_read_answers_holds_nobody_up() {
    let desk = open("unread", Limits { head: Duration::from_secs(10), connections: 8, ..short() });
    let many = format!("GET /x HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", desk.port).repeat(10_000);
    let held: Vec<TcpStream> = (0..8)
        .map(|_| {
            let mut stream = desk.connect();
            stream.set_write_timeout(Some(Duration::from_millis(100))).unwrap();
            let _ = stream.write_all(many.as_bytes());
            stream
        })
        .collect();
    assert!(well(&desk));
    drop(held);
    assert!(well(&desk));
}

/// Reads one answer whose length is told, and leaves the connection open.
fn next(stream: &mut TcpStream) -> Option<u16> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).ok()?;
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "))?.parse().ok()?;
    stream.read_exact(&mut vec![0; length]).ok()?;
    Some(status(&head))
}

#[test]
fn a_thousand_requests_on_one_connection_are_answered() {
    let desk = open("alive", Limits::default());
    let mut stream = desk.connect();
    let request = desk.head("GET", "api/v1/openapi.json") + "\r\n";
    for at in 0..1000 {
        stream.write_all(request.as_bytes()).unwrap();
        assert_eq!(next(&mut stream), Some(200), "request {at}");
    }
    assert!(well(&desk));
}

#[test]
fn requests_sent_at_once_are_answered_in_their_order() {
    let desk = open("at-once", Limits::default());
    let (page, none) = (desk.head("GET", "read") + "\r\n", desk.head("GET", "nothing") + "\r\n");
    let last = desk.head("GET", "assets/app.js") + "Connection: close\r\n\r\n";
    let all = desk.send([page.as_str(), &none].concat().repeat(20) + &last);
    let codes: Vec<u16> = all.split("HTTP/1.1 ").skip(1).map(|one| status(&format!("_ {one}"))).collect();
    assert_eq!(codes, [[200, 404]; 20].concat().into_iter().chain([200]).collect::<Vec<u16>>());
    assert!(well(&desk));
}

/// Sends a request and closes this side of the connection.
fn send_and_close(desk: &Open, request: &str) -> String {
    let mut stream = desk.connect();
    stream.write_all(request.as_bytes()).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    answer(&mut stream)
}

#[test]
fn a_silent_connection_is_closed_and_a_closed_side_is_answered() {
    let desk = open("silent", short());
    let once = patient(|| desk.send(desk.head("GET", "") + "\r\n"));
    assert_eq!(answers(&once), 1, "answered once, then hung up");
    let asked = patient(|| send_and_close(&desk, &(desk.head("GET", "") + "\r\n")));
    assert_eq!(status(&asked), 200, "{asked}");
    let broken = desk.head("POST", "api/v1/read") + "Content-Length: 2000\r\n\r\nabc";
    assert!(matches!(status(&send_and_close(&desk, &broken)), 0 | 400));
    assert!(well(&desk));
}

#[test]
fn a_refusal_reaches_whoever_is_still_sending() {
    let desk = open("sending", Limits::default());
    let large = "a ".repeat(3_500_000);
    assert_eq!(status(&patient(|| desk.post("api/v1/read", "", &large))), 413);
    let stranger = Open { port: desk.port, token: "none".into() };
    assert_eq!(status(&patient(|| stranger.post("api/v1/read", "", &large))), 403);
    assert!(well(&desk));
}

#[test]
fn connections_that_come_and_go_leave_nothing_behind() {
    let desk = open("gone", short());
    let request = desk.head("GET", "assets/world.json") + "\r\n";
    for at in 0..300 {
        let mut stream = desk.connect();
        let _ = stream.write_all(&request.as_bytes()[..request.len() * (at % 4) / 3]);
    }
    assert!(well(&desk));
}

#[test]
fn a_defect_of_the_reader_costs_one_request() {
    let desk = open("defect", Limits::default());
    for _ in 0..6 {
        assert_eq!(status(&desk.post("api/v1/read", "", "This sets off a defect.")), 500);
    }
    assert!(well(&desk));
    assert_eq!(status(&desk.post("api/v1/read", "", "This does not.")), 200);
}
