//! Reads a web archive of made-up pages while it is being made, and tells the most memory used so far at each tenth:
//! `cargo run --release -p legation-intake --example archive -- 10000`.

use std::io::{BufReader, Read, Write as _};

use legation_intake::{Captures, Unpacked};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pages: usize = std::env::args().nth(1).as_deref().unwrap_or("10000").parse()?;
    let archive = BufReader::new(Unpacked::new(Made { next: 0, pages, left: Vec::new() }));
    println!("pages\tbytes_of_text\tpeak_MB");
    let mut bytes = 0;
    for (at, page) in Captures::new(archive).enumerate() {
        bytes += page?.article.text.len();
        if (at + 1) % (pages / 10).max(1) == 0 {
            println!("{}\t{bytes}\t{:.1}", at + 1, peak());
        }
    }
    Ok(())
}

/// Most memory this process has had, in MB; 0 where the system does not tell.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").trim().parse::<f64>().unwrap_or(0.0) / 1024.0
}

/// An archive that is made page by page, one member of gzip each, as archives on the web are.
struct Made {
    next: usize,
    pages: usize,
    left: Vec<u8>,
}

impl Read for Made {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left.is_empty() && self.next < self.pages {
            self.left = record(self.next)?;
            self.next += 1;
        }
        let count = self.left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.left[..count]);
        self.left.drain(..count);
        Ok(count)
    }
}

fn record(number: usize) -> std::io::Result<Vec<u8>> {
    let line = format!(
        "Delegation {number} met its hosts in Vienna on Tuesday and agreed to meet again within a month."
    );
    let page = format!(
        "<html lang=en><title>Talks {number}</title><nav>{}</nav><article>{}</article></html>",
        "<a href=/>Home</a>".repeat(200),
        (0..40).map(|n| format!("<p>{line} Round {n} was short.</p>")).collect::<String>()
    );
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://gazette.example/{number}\r\nContent-Length: {}\r\n\r\n",
        answer.len()
    );
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(format!("{head}{answer}\r\n\r\n").as_bytes())?;
    packer.finish()
}
