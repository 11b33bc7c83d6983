//! Records that were read elsewhere, as JSON: checked before they are taken.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{self, BufRead, BufReader, Read as _},
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicU64},
};

use legation_intake::Unpacked;
use legation_record::{Record, SCHEMA_VERSION};

use crate::{
    input::InputFault,
    source::{Counting, Reason, Skipped},
};

/// Longest record in bytes.
const LONGEST: usize = 256 << 20;

/// Records from files of JSON, one a line or written over several lines as `legation read --format json` prints them.
/// A fault of one record does not end the others.
///
/// # Errors
/// When a file is missing.
pub fn records(
    paths: &[PathBuf],
    read: &Arc<AtomicU64>,
) -> Result<impl Iterator<Item = Result<Record, Skipped>> + Send + use<>, InputFault> {
    let files: Vec<Pieces> = paths.iter().map(|path| open(path, read)).collect::<Result<_, _>>()?;
    Ok(files.into_iter().flatten().map(|piece| {
        let (place, json) = piece?;
        parse(&json).map_err(|why| fault(format!("{place}: {why}")))
    }))
}

fn open(path: &Path, read: &Arc<AtomicU64>) -> Result<Pieces, InputFault> {
    let name = path.display().to_string();
    if name == "-" {
        return Ok(Pieces::new(name, Box::new(BufReader::new(io::stdin()))));
    }
    let file = File::open(path).map_err(|error| InputFault::Unreadable(name.clone(), error))?;
    let mut plain = BufReader::new(Counting::new(file, read));
    let packed = plain.fill_buf().is_ok_and(|head| head.starts_with(b"\x1f\x8b"));
    Ok(match packed {
        true => Pieces::new(name, Box::new(BufReader::new(Unpacked::new(plain)))),
        false => Pieces::new(name, Box::new(plain)),
    })
}

fn fault(what: String) -> Skipped {
    Skipped { reason: Reason::Fault, what }
}

/// The texts of the records of one file, each with its place.
struct Pieces {
    name: String,
    line: usize,
    reader: Box<dyn BufRead + Send>,
    ended: bool,
}

impl Pieces {
    fn new(name: String, reader: Box<dyn BufRead + Send>) -> Self {
        Self { name, line: 0, reader, ended: false }
    }

    /// Adds the next line; `false` at the end of the file.
    fn more(&mut self, json: &mut Vec<u8>) -> io::Result<bool> {
        let room = (LONGEST + 1).saturating_sub(json.len()) as u64;
        let size = self.reader.by_ref().take(room).read_until(b'\n', json)?;
        self.line += 1;
        match json.len() > LONGEST {
            true => Err(io::Error::other("the record is too long")),
            false => Ok(size > 0),
        }
    }

    /// A line, or where it is an opening brace alone all lines to the closing brace.
    fn piece(&mut self) -> io::Result<Option<(String, Vec<u8>)>> {
        let mut json = Vec::new();
        while json.trim_ascii().is_empty() {
            json.clear();
            if !self.more(&mut json)? {
                return Ok(None);
            }
        }
        let place = format!("{}:{}", self.name, self.line);
        if json.trim_ascii() == b"{" {
            let mut start = 0;
            while json[start..].trim_ascii_end() != b"}" {
                start = json.len();
                if !self.more(&mut json)? {
                    break;
                }
            }
        }
        Ok(Some((place, json)))
    }
}

impl Iterator for Pieces {
    type Item = Result<(String, Vec<u8>), Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let piece = self.piece();
        self.ended = piece.is_err();
        piece.map_err(|error| fault(format!("{}:{}: {error}", self.name, self.line))).transpose()
    }
}

/// A record out of JSON, whatever it says of its article; see [`sound`].
///
/// # Errors
/// When it is none, or one of another form, in words.
pub fn parse(json: &[u8]) -> Result<Record, String> {
    let record: Record = serde_json::from_slice(json).map_err(|error| format!("no record: {error}"))?;
    match record.schema {
        SCHEMA_VERSION => Ok(record),
        newer if newer > SCHEMA_VERSION => {
            Err(format!("its form {newer} is newer than {SCHEMA_VERSION}, which this version knows"))
        }
        older => Err(format!("its form {older} is older than {SCHEMA_VERSION}: read the article again")),
    }
}

/// Why a record cannot be taken: words that are not in its article, or two things of one id.
///
/// # Errors
/// The first flaw, in words.
pub fn sound(record: &Record) -> Result<(), String> {
    if let Some(flaw) = record.check().first() {
        let (start, end) = (flaw.span.start, flaw.span.end);
        return Err(format!(
            "{} stands on bytes {start} to {end}, which are no words of the article",
            flaw.field
        ));
    }
    let ids = [
        twice(record.entities.iter().map(|one| &one.id)),
        twice(record.attributions.iter().map(|one| &one.id)),
        twice(record.events.iter().map(|one| &one.id)),
        twice(record.proposals.iter().map(|one| &one.id)),
        twice(record.claims.iter().map(|one| &one.id)),
    ];
    ids.into_iter().flatten().next().map_or(Ok(()), |id| Err(format!("two things in it have the id '{id}'")))
}

fn twice<'a>(ids: impl Iterator<Item = &'a String>) -> Option<&'a String> {
    let mut seen = BTreeSet::new();
    ids.into_iter().find(|id| !seen.insert(*id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &'static str) -> Vec<String> {
        let reader = Box::new(text.as_bytes());
        Pieces::new("a".into(), reader)
            .map(|piece| piece.map(|(place, json)| format!("{place} {}", json.len())).unwrap())
            .collect()
    }

    #[test]
    fn records_stand_on_one_line_or_on_many() {
        assert_eq!(pieces("{\"a\":1}\n\n{\n  \"a\": {\n  }\n}\n{}\n"), ["a:1 8", "a:3 17", "a:7 3"]);
        assert_eq!(pieces("{\n  \"a\":"), ["a:1 8"], "a cut record is one, and broken");
    }

    #[test]
    fn what_is_no_record_says_why() {
        assert!(parse(b"{\"text\":\"A\"}").unwrap_err().starts_with("no record: missing field"));
    }
}
