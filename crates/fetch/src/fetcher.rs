use std::{
    collections::HashMap,
    net::IpAddr,
    thread,
    time::{Duration, Instant},
};

use legation_intake::{MOST_PAGE, Page, Refused, decode, page};
use serde::{Deserialize, Serialize};
use ureq::{Agent, Body, ResponseExt as _, http::Response, unversioned::transport::DefaultConnector};
use url::Url;

use crate::{
    FetchFault, Robots,
    guard::{Guarded, REFUSED, is_public},
    robots,
};

const NAME: &str = "legation";

/// How far a fetch may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Whether addresses inside private networks may be asked.
    pub allow_private: bool,
    /// For everything of one request.
    pub timeout: Duration,
    /// Redirects followed.
    pub redirects: u32,
    /// Between two requests to one host, unless the site asks for more.
    pub pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            allow_private: false,
            timeout: Duration::from_secs(30),
            redirects: 5,
            pause: Duration::from_secs(1),
        }
    }
}

/// What a server said to tell later whether something has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tags {
    /// `ETag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// `Last-Modified`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
}

/// An answer with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it came from after all redirects.
    pub url: String,
    /// The body, unpacked.
    pub bytes: Vec<u8>,
    /// `charset` of the answer's content type.
    pub charset: Option<String>,
    /// For the next time.
    pub tags: Tags,
}

impl Fetched {
    /// The article in it.
    ///
    /// # Errors
    /// When there is no running text.
    pub fn page(&self) -> Result<Page, Refused> {
        page(&decode(&self.bytes, self.charset.as_deref()), Some(&self.url))
    }
}

/// Fetches, and remembers what sites ask for and when they were asked last.
pub struct Fetcher {
    agent: Agent,
    limits: Limits,
    robots: HashMap<String, Robots>,
    asked: HashMap<String, Instant>,
}

impl Fetcher {
    /// A fetcher within `limits`.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let permits: fn(IpAddr) -> bool = if limits.allow_private { |_| true } else { is_public };
        Self::guarded(limits, permits)
    }

    /// A fetcher that connects to no address but those that `permits` lets through.
    fn guarded(limits: Limits, permits: fn(IpAddr) -> bool) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(limits.redirects)
            .timeout_global(Some(limits.timeout))
            .user_agent(concat!("legation/", env!("CARGO_PKG_VERSION")))
            .proxy(None)
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Guarded::new(permits));
        Self { agent, limits, robots: HashMap::new(), asked: HashMap::new() }
    }

    /// Fetches an address; `None` where nothing has changed since `tags`.
    ///
    /// # Errors
    /// When the site does not want it, the address is private, or the network or the server fails.
    pub fn fetch(&mut self, address: &str, tags: &Tags) -> Result<Option<Fetched>, FetchFault> {
        let url = checked(address)?;
        let site = url.origin().ascii_serialization();
        let robots = self.robots(&site)?.clone();
        if !robots.allows(&url[url::Position::BeforePath..url::Position::AfterQuery]) {
            return Err(FetchFault::Robots(address.to_owned()));
        }
        self.wait(&site, robots.delay);
        let mut response = self.ask(address, tags)?;
        match response.status().as_u16() {
            304 => Ok(None),
            200..=299 => body(&mut response, address, MOST_PAGE).map(Some),
            status => {
                let later = header(&response, "retry-after").and_then(|text| text.parse().ok());
                Err(FetchFault::Status(address.to_owned(), status, later))
            }
        }
    }

    fn ask(&self, address: &str, tags: &Tags) -> Result<Response<Body>, FetchFault> {
        let mut request = self.agent.get(address);
        for (name, value) in [("if-none-match", &tags.etag), ("if-modified-since", &tags.modified)] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        request.call().map_err(|error| fault(address, error))
    }

    /// What the site asks for. A site that has no `robots.txt` asks for nothing; one that fails is left alone (RFC 9309, 2.3.1).
    fn robots(&mut self, site: &str) -> Result<&Robots, FetchFault> {
        if !self.robots.contains_key(site) {
            let address = format!("{site}/robots.txt");
            let mut response = self.ask(&address, &Tags::default())?;
            let robots = match response.status().as_u16() {
                200..=299 => Robots::parse(
                    &decode(&body(&mut response, &address, robots::MOST)?.bytes, Some("utf-8")),
                    NAME,
                ),
                500.. => return Err(FetchFault::Status(address, response.status().as_u16(), None)),
                _ => Robots::default(),
            };
            self.asked.insert(site.to_owned(), Instant::now());
            self.robots.insert(site.to_owned(), robots);
        }
        Ok(&self.robots[site])
    }

    /// Gives the host the time it is due.
    fn wait(&mut self, site: &str, delay: Option<Duration>) {
        let pause = delay.unwrap_or_default().max(self.limits.pause);
        if let Some(last) = self.asked.get(site) {
            thread::sleep(pause.saturating_sub(last.elapsed()));
        }
        self.asked.insert(site.to_owned(), Instant::now());
    }
}

fn checked(address: &str) -> Result<Url, FetchFault> {
    let url =
        Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    url.ok_or_else(|| FetchFault::Address(address.to_owned()))
}

fn fault(address: &str, error: ureq::Error) -> FetchFault {
    match error {
        error if error.to_string().contains(REFUSED) => FetchFault::Private(address.to_owned()),
        error => FetchFault::Network(address.to_owned(), Box::new(error)),
    }
}

fn header(response: &Response<Body>, name: &str) -> Option<String> {
    response.headers().get(name)?.to_str().ok().map(str::to_owned)
}

fn body(response: &mut Response<Body>, address: &str, most: u64) -> Result<Fetched, FetchFault> {
    let url = response.get_uri().to_string();
    let tags = Tags { etag: header(response, "etag"), modified: header(response, "last-modified") };
    let charset = response.body().charset().map(str::to_owned);
    let bytes =
        response.body_mut().with_config().limit(most).read_to_vec().map_err(|error| fault(address, error))?;
    Ok(Fetched { url, bytes, charset, tags })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };
    use tiny_http::{Header, Response, Server};

    /// A server at an address of this machine that sends everybody to `target`, and how often it was asked.
    fn serve(address: &str, target: &str) -> (String, Arc<AtomicUsize>) {
        let server = Server::http(format!("{address}:0")).unwrap();
        let base = format!("http://{}", server.server_addr().to_ip().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let (noted, location) = (Arc::clone(&asked), format!("Location: {target}"));
        thread::spawn(move || {
            for request in server.incoming_requests() {
                noted.fetch_add(1, Ordering::SeqCst);
                let robots = request.url() == "/robots.txt";
                let status = if robots { 404 } else { 302 };
                let header: Header = location.parse().unwrap();
                let _ =
                    request.respond(Response::from_string("").with_status_code(status).with_header(header));
            }
        });
        (base, asked)
    }

    #[test]
    fn an_address_that_one_may_ask_leads_to_none_that_one_may_not() {
        let (inside, asked) = serve("127.0.0.2", "/");
        let limits = Limits { pause: Duration::ZERO, timeout: Duration::from_secs(10), ..Limits::default() };
        for target in [
            inside.as_str(),
            "http://[::ffff:127.0.0.2]/",
            "http://0x7f000002/",
            "http://169.254.169.254/latest",
        ] {
            let (outside, _) = serve("127.0.0.1", target);
            let mut fetcher =
                Fetcher::guarded(limits.clone(), |address| address == IpAddr::from([127, 0, 0, 1]));
            let refused = fetcher.fetch(&format!("{outside}/page"), &Tags::default());
            assert!(
                matches!(refused, Err(FetchFault::Private(_) | FetchFault::Network(..))),
                "{target}: {refused:?}"
            );
        }
        assert_eq!(asked.load(Ordering::SeqCst), 0, "nobody inside was asked");
    }
}
