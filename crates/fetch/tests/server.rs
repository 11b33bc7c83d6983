//! Against a server of this test's own on this machine.

use std::{
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use legation_fetch::{FetchFault, Fetcher, Limits, Tags, Watch};
use tiny_http::{Header, Request, Response, Server};

const PAGE: &str = "<html><title>Talks end</title><article><p>The two foreign ministers ended their talks in Vienna on Thursday without an agreement.</p>\
    <p>They will meet again in June, the Austrian government said in a statement.</p></article>";

/// A server, and the paths it was asked for.
fn serve() -> (String, Arc<Mutex<Vec<String>>>) {
    let server = Server::http("127.0.0.1:0").unwrap();
    let address = format!("http://{}", server.server_addr().to_ip().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let (noted, base) = (Arc::clone(&asked), address.clone());
    thread::spawn(move || {
        for request in server.incoming_requests() {
            noted.lock().unwrap().push(request.url().to_owned());
            answer(request, &base);
        }
    });
    (address, asked)
}

fn header(text: &str) -> Header {
    text.parse().unwrap()
}

fn answer(request: Request, base: &str) {
    let text = |status: u16, body: &str| Response::from_string(body).with_status_code(status);
    let same = request.headers().iter().any(|header| header.field.equiv("If-None-Match"));
    let feed = format!(
        "<rss version='2.0'><channel><title>G</title><item><title>T</title><link>{base}/page</link><description>Short.</description></item></channel></rss>"
    );
    let response = match request.url() {
        "/robots.txt" => text(200, "User-agent: *\nDisallow: /no\n"),
        "/feed" if same => text(304, ""),
        "/feed" => text(200, &feed).with_header(header("ETag: \"1\"")),
        "/page" => text(200, PAGE).with_header(header("Content-Type: text/html; charset=utf-8")),
        "/loop" => text(302, "").with_header(header("Location: /loop")),
        "/file" => text(302, "").with_header(header("Location: file:///etc/passwd")),
        "/busy" => text(503, "").with_header(header("Retry-After: 600")),
        "/big" => text(200, &"x".repeat(11 << 20)),
        _ => text(404, ""),
    };
    let _ = request.respond(response);
}

fn fetcher(allow_private: bool) -> Fetcher {
    Fetcher::new(Limits {
        allow_private,
        pause: Duration::ZERO,
        timeout: Duration::from_secs(10),
        ..Limits::default()
    })
}

#[test]
fn this_machine_is_not_asked_unless_allowed() {
    let (base, asked) = serve();
    let refused = fetcher(false).fetch(&format!("{base}/page"), &Tags::default());
    assert!(matches!(refused, Err(FetchFault::Private(_))), "{refused:?}");
    assert!(asked.lock().unwrap().is_empty());
    let page = fetcher(true).fetch(&format!("{base}/page"), &Tags::default()).unwrap().unwrap();
    assert_eq!(page.page().unwrap().article.meta.headline.as_deref(), Some("Talks end"));
}

#[test]
fn what_may_not_be_fetched_is_refused() {
    let (base, _) = serve();
    let mut fetcher = fetcher(true);
    let mut fetch = |path: &str| fetcher.fetch(&format!("{base}{path}"), &Tags::default());
    assert!(matches!(fetch("/no/way"), Err(FetchFault::Robots(_))));
    assert!(matches!(fetch("/busy"), Err(FetchFault::Status(_, 503, Some(600)))));
    for path in ["/loop", "/big"] {
        assert!(matches!(fetch(path), Err(FetchFault::Network(..))), "{path}");
    }
    assert!(fetch("/file").is_err());
    assert!(matches!(fetcher.fetch("file:///etc/passwd", &Tags::default()), Err(FetchFault::Address(_))));
    assert!(matches!(fetcher.fetch("ftp://a.example/x", &Tags::default()), Err(FetchFault::Address(_))));
}

#[test]
fn a_feed_is_read_once_and_asked_again_only_for_changes() {
    let (base, asked) = serve();
    let folder = std::env::temp_dir().join(format!("legation-watch-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("feeds.toml");
    std::fs::write(&file, format!("[[feed]]\nurl = '{base}/feed'\nminutes = 10\n")).unwrap();
    let mut fetcher = fetcher(true);
    let mut watch = Watch::open(&file).unwrap();
    let round = watch.look(&mut fetcher, 1000);
    assert_eq!((round.articles.len(), round.looked, round.faults.len()), (1, 1, 0));
    assert!(round.articles[0].text.starts_with("The two foreign ministers"));
    watch.keep(round).unwrap();

    let mut watch = Watch::open(&file).unwrap();
    assert_eq!(watch.due(), Some(1600));
    assert_eq!(watch.look(&mut fetcher, 1599).looked, 0);
    let round = watch.look(&mut fetcher, 1600);
    assert_eq!((round.articles.len(), round.unchanged), (0, 1));
    watch.keep(round).unwrap();
    assert_eq!(asked.lock().unwrap().iter().filter(|path| *path == "/page").count(), 1);
    std::fs::remove_dir_all(folder).unwrap();
}
