//! Web archives (WARC, ISO 28500) record by record, in flat memory.

use std::io::{self, BufRead, Read};

use crate::{Page, Refused, decode, http::Answer, page};

/// Largest page taken out of an archive, in bytes.
pub const MOST_PAGE: u64 = 10 << 20;
/// Longest line of a record's header, and most lines.
const LINE: u64 = 64 << 10;
const LINES: usize = 200;

/// The pages captured in an archive. A record that is no page is passed over, a broken one gives a fault and the reading goes on
/// at the next record that can be found.
pub struct Captures<R> {
    reader: R,
    ended: bool,
}

impl<R: BufRead> Captures<R> {
    /// Pages of an archive that is unpacked already (give a multi-member gzip decoder for `.warc.gz`).
    pub fn new(reader: R) -> Self {
        Self { reader, ended: false }
    }

    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        self.reader.by_ref().take(LINE).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    /// The header of the next record, looked for over whatever lies between.
    fn header(&mut self) -> io::Result<Option<Header>> {
        loop {
            let line = self.line()?;
            if line.is_empty() {
                return Ok(None);
            }
            if line.starts_with(b"WARC/") {
                break;
            }
        }
        let mut header = Header::default();
        for _ in 0..LINES {
            let line = self.line()?;
            if line.trim_ascii().is_empty() {
                break;
            }
            header.take(&String::from_utf8_lossy(&line));
        }
        Ok(Some(header))
    }

    fn block(&mut self, length: u64) -> io::Result<Vec<u8>> {
        let mut block = Vec::new();
        let kept = length.min(MOST_PAGE + (1 << 16));
        self.reader.by_ref().take(kept).read_to_end(&mut block)?;
        self.skip(length - kept)?;
        Ok(block)
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        io::copy(&mut self.reader.by_ref().take(length), &mut io::sink()).map(|_| ())
    }

    fn following(&mut self) -> io::Result<Option<Result<Page, Refused>>> {
        while let Some(header) = self.header()? {
            if header.kind != "response" && header.kind != "resource" {
                self.skip(header.length)?;
                continue;
            }
            let block = self.block(header.length)?;
            if (block.len() as u64) < header.length.min(MOST_PAGE) {
                let why = format!("a record promises {} bytes and has {}", header.length, block.len());
                return Ok(Some(Err(Refused::Broken(why))));
            }
            if let Some(found) = capture(&header, &block) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}

impl<R: BufRead> Iterator for Captures<R> {
    type Item = Result<Page, Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.following() {
            Ok(found) => {
                self.ended = found.is_none();
                found
            }
            Err(error) => {
                self.ended = true;
                Some(Err(Refused::Broken(error.to_string())))
            }
        }
    }
}

#[derive(Default)]
struct Header {
    kind: String,
    url: Option<String>,
    length: u64,
}

impl Header {
    fn take(&mut self, line: &str) {
        let Some((name, value)) = line.split_once(':') else { return };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "warc-target-uri" => self.url = Some(value.trim_matches(['<', '>']).to_owned()),
            "content-length" => self.length = value.parse().unwrap_or(0),
            _ => {}
        }
    }
}

/// The page in a block; `None` for what is no page at all: images, redirects, answers without a body.
fn capture(header: &Header, block: &[u8]) -> Option<Result<Page, Refused>> {
    let answer = Answer::parse(block)?;
    let kind = answer.header("content-type").unwrap_or("text/html").to_ascii_lowercase();
    let is_page = kind.starts_with("text/html") || kind.starts_with("application/xhtml");
    if !is_page || answer.status != 200 {
        return None;
    }
    let charset = kind.split("charset=").nth(1).map(|label| label.trim_matches(['"', '\'', ' ', ';']));
    let body = answer.body(MOST_PAGE);
    Some(body.and_then(|body| page(&decode(&body, charset), header.url.as_deref())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><title>Talks</title><article><p>The ministers ended their talks in Vienna on Thursday, officials said.</p>\
        <p>They agreed to meet again in June, according to the Austrian government, which was the host.</p></article>";

    fn record(kind: &str, url: &str, block: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    }

    fn answer(kind: &str, body: &str) -> String {
        format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n{body}")
    }

    #[test]
    fn pages_come_out_and_the_rest_is_passed_over() {
        let all = [
            record("warcinfo", "", "software: x"),
            record(
                "response",
                "https://a.example/2024/05/16/talks",
                &answer("text/html; charset=utf-8", PAGE),
            ),
            record("response", "https://a.example/x.png", &answer("image/png", "...")),
            "garbage\r\n".to_owned(),
            record("response", "https://a.example/2", &answer("text/html", PAGE)),
        ]
        .concat();
        let found: Vec<_> = Captures::new(all.as_bytes()).collect::<Result<_, _>>().unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].article.meta.url.as_deref(), Some("https://a.example/2024/05/16/talks"));
        assert_eq!(found[0].article.meta.published.unwrap().to_string(), "2024-05-16");
    }

    #[test]
    fn a_lying_length_is_a_fault_and_no_end() {
        let lie = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>x";
        assert!(matches!(Captures::new(lie.as_bytes()).next(), Some(Err(Refused::Broken(_)))));
    }
}
