//! A stored answer of a web server: status line, headers, body.

use std::io::Read as _;

use flate2::read::{GzDecoder, ZlibDecoder};

use crate::Refused;

/// The parts of an answer that matter here.
pub(crate) struct Answer<'a> {
    pub status: u16,
    headers: Vec<(String, &'a str)>,
    body: &'a [u8],
}

impl<'a> Answer<'a> {
    /// Splits an answer; `None` where it does not begin as one.
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (end, gap) = blank_line(bytes)?;
        let head = std::str::from_utf8(&bytes[..end]).ok()?;
        let mut lines = head.lines();
        let status = lines.next()?.strip_prefix("HTTP/")?.split_ascii_whitespace().nth(1)?.parse().ok()?;
        let headers = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim()));
        Some(Self { status, headers: headers.collect(), body: &bytes[end + gap..] })
    }

    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| *value)
    }

    /// The body unpacked, `most` bytes of it at most.
    pub fn body(&self, most: u64) -> Result<Vec<u8>, Refused> {
        let chunked =
            self.header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked"));
        let joined = chunked.then(|| joined(self.body)).flatten();
        let body = joined.as_deref().unwrap_or(self.body);
        let packed = |reader: &mut dyn std::io::Read| unpack(reader, most);
        match self.header("content-encoding").map(str::to_ascii_lowercase).as_deref() {
            // Archives often keep the header of what they have unpacked already.
            Some("gzip" | "x-gzip") if body.starts_with(b"\x1f\x8b") => packed(&mut GzDecoder::new(body)),
            Some("deflate") => packed(&mut ZlibDecoder::new(body)).or_else(|_| Ok(body.to_vec())),
            _ => Ok(body.to_vec()),
        }
    }
}

fn unpack(reader: &mut dyn std::io::Read, most: u64) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    let read = reader.take(most + 1).read_to_end(&mut bytes);
    match read {
        Ok(_) if bytes.len() as u64 > most => Err(Refused::TooLarge(most)),
        Ok(_) => Ok(bytes),
        Err(error) => Err(Refused::Broken(error.to_string())),
    }
}

/// Where the headers end, and how long the blank line is.
fn blank_line(bytes: &[u8]) -> Option<(usize, usize)> {
    let head = &bytes[..bytes.len().min(1 << 16)];
    let crlf = head.windows(4).position(|window| window == b"\r\n\r\n").map(|at| (at, 4));
    crlf.or_else(|| head.windows(2).position(|window| window == b"\n\n").map(|at| (at, 2)))
}

/// A chunked body put together; `None` where the chunks do not fit, as when an archive joined them but kept the header.
fn joined(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut all = Vec::new();
    loop {
        let line = body.iter().take(64).position(|byte| *byte == b'\n')?;
        let size = std::str::from_utf8(&body[..line]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        body = &body[line + 1..];
        if size == 0 {
            return Some(all);
        }
        all.extend_from_slice(body.get(..size)?);
        body = body[size..].strip_prefix(b"\r\n").or_else(|| body[size..].strip_prefix(b"\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_and_lies_about_them_ignored() {
        let text = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n";
        assert_eq!(Answer::parse(text).unwrap().body(100).unwrap(), b"hello!");
        let lie = b"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nffffffffffffffff\nhello";
        assert_eq!(Answer::parse(lie).unwrap().body(100).unwrap(), b"ffffffffffffffff\nhello");
        assert!(Answer::parse(b"<html>").is_none());
    }

    #[test]
    fn a_bomb_stays_packed() {
        use std::io::Write as _;
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&vec![b'a'; 1 << 20]).unwrap();
        let mut answer = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
        answer.extend(packer.finish().unwrap());
        assert_eq!(Answer::parse(&answer).unwrap().body(1000), Err(Refused::TooLarge(1000)));
        assert_eq!(Answer::parse(&answer).unwrap().body(1 << 20).unwrap().len(), 1 << 20);
    }
}
