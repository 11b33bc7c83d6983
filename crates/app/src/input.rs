//! Articles from files, with errors that say what to do.

use std::{fs, io, io::Read as _, path::Path};

use legation_intake::{Form, MOST_PAGE, Refused, sniff};
use legation_record::{Article, Date};

/// Largest article in bytes: longer than a long book, so it is a collection or a mistake.
pub const MOST_BYTES: u64 = 4 << 20;

/// Why a file is no article.
#[derive(Debug)]
#[non_exhaustive]
pub enum InputFault {
    /// The file cannot be read.
    Unreadable(String, io::Error),
    /// A link whose end is missing, or which leads to itself.
    Astray(String),
    /// Nothing but white space.
    Empty(String),
    /// More than [`MOST_BYTES`].
    TooLarge(String),
    /// A page, feed, archive or message without an article.
    Refused(String, Refused),
    /// A collection where one article was asked for: how many there are in it.
    Many(String, usize),
    /// The bytes are not UTF-8.
    NotUtf8 {
        /// The file.
        name: String,
        /// Offset of the first byte that is not.
        byte: usize,
        /// What to do about it.
        advice: &'static str,
    },
}

impl std::fmt::Display for InputFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(name, error) if error.kind() == io::ErrorKind::NotFound => {
                write!(
                    f,
                    "there is no file '{name}'\n  help: check the path, or give '-' to read standard input"
                )
            }
            Self::Unreadable(name, error) if error.kind() == io::ErrorKind::IsADirectory => {
                write!(f, "'{name}' is a folder\n  help: give one of the files in it")
            }
            Self::Unreadable(name, error) => {
                write!(f, "'{name}' cannot be read: {error}\n  help: check its permissions")
            }
            Self::Astray(name) => {
                write!(
                    f,
                    "'{name}' is a link that leads nowhere\n  help: give the file that it was meant for"
                )
            }
            Self::Empty(name) => {
                write!(f, "'{name}' is empty\n  help: give a file that has the words of an article")
            }
            Self::TooLarge(name) => write!(
                f,
                "'{name}' has more than {} MB, which is no article\n  help: cut it into its articles, one file each",
                MOST_BYTES >> 20
            ),
            Self::Refused(name, why) => write!(f, "'{name}': {why}"),
            Self::Many(name, count) => write!(
                f,
                "'{name}' holds {count} articles\n  help: add them to a ledger (legation add {name}), or give one of them"
            ),
            Self::NotUtf8 { name, byte, advice } => {
                write!(f, "'{name}' is not UTF-8 text: byte {byte} does not fit\n  help: {advice}")
            }
        }
    }
}

impl std::error::Error for InputFault {}

impl InputFault {
    /// Why the file at a path cannot be read.
    pub(crate) fn of(path: &Path, error: io::Error) -> Self {
        let name = path.display().to_string();
        match path.is_symlink() && fs::canonicalize(path).is_err() {
            true => Self::Astray(name),
            false => Self::Unreadable(name, error),
        }
    }
}

/// Reads an article from a file, or from standard input where the name is `-`.
///
/// # Errors
/// When the file cannot be read, is too large or is not UTF-8.
pub fn read(name: &Path, published: Option<Date>) -> Result<Article, InputFault> {
    let shown = name.display().to_string();
    let bytes = match shown.as_str() {
        "-" => bounded(io::stdin().lock()),
        _ => fs::File::open(name).and_then(bounded),
    };
    let bytes = bytes.map_err(|error| InputFault::of(name, error))?;
    let mut articles = articles(&shown, bytes)?;
    match articles.len() {
        1 => {
            let mut article = articles.remove(0);
            article.meta.published = published.or(article.meta.published);
            Ok(article)
        }
        many => Err(InputFault::Many(shown, many)),
    }
}

/// The articles in a file read whole: one, but for a feed. A name that ends in `.txt` or `.md` is believed.
///
/// # Errors
/// When there is none.
pub fn articles(name: &str, bytes: Vec<u8>) -> Result<Vec<Article>, InputFault> {
    let plain = [".txt", ".md"].iter().any(|ending| name.to_lowercase().ends_with(ending));
    let form = if plain { Form::Text } else { sniff(&bytes) };
    if form == Form::Text {
        return decode(name, bytes).map(|article| vec![article]);
    }
    let refused = |why| InputFault::Refused(name.to_owned(), why);
    if bytes.len() as u64 > MOST_PAGE {
        return Err(refused(Refused::TooLarge(MOST_PAGE)));
    }
    let found = match form {
        Form::Html => {
            legation_intake::page(&legation_intake::decode(&bytes, None), None).map(|page| vec![page.article])
        }
        Form::Feed | Form::JsonFeed => legation_intake::feed(&bytes),
        Form::Mail => legation_intake::mail(&bytes).map(|article| vec![article]),
        _ => return decode(name, bytes).map(|article| vec![article]),
    };
    let mut found = found.map_err(refused)?;
    let alone = found.len() == 1;
    for article in found.iter_mut().filter(|_| alone) {
        article.meta.id = Some(name.to_owned());
    }
    Ok(found)
}

/// Reads one byte more than an article may have at most, so that memory stays bounded.
fn bounded(from: impl io::Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MOST_PAGE + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Bytes as an article.
///
/// # Errors
/// When they are too many, not UTF-8, or nothing but white space.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<Article, InputFault> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(InputFault::TooLarge(name.to_owned()));
    }
    let text = String::from_utf8(bytes).map_err(|error| InputFault::NotUtf8 {
        name: name.to_owned(),
        byte: error.utf8_error().valid_up_to(),
        advice: advice(error.as_bytes()),
    })?;
    let mut article = Article::new(legation_intake::without_nul(text.into()));
    if article.text.trim().is_empty() {
        return Err(InputFault::Empty(name.to_owned()));
    }
    article.meta.id = Some(name.to_owned());
    Ok(article)
}

fn advice(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "it is UTF-16; convert it: iconv -f UTF-16 -t UTF-8 FILE",
        [b'%', b'P', b'D', b'F', ..] => "it is a PDF; extract its text first: pdftotext FILE",
        bytes if bytes.iter().take(4096).any(|byte| *byte == 0) => {
            "it looks like a binary file; give plain text"
        }
        _ => "if it is old Western text, convert it: iconv -f WINDOWS-1252 -t UTF-8 FILE",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_say_where_and_what_to_do() {
        let said = |bytes: &[u8]| decode("a.txt", bytes.to_vec()).unwrap_err().to_string();
        assert!(said(b"caf\xe9").contains("byte 3 does not fit"));
        assert!(said(b"caf\xe9").contains("WINDOWS-1252"));
        assert!(said(b"\xff\xfea\0").contains("UTF-16"));
        assert!(said(b"\x7fELF\0\xff").contains("binary"));
        assert!(said(&vec![b'a'; 5 << 20]).contains("more than 4 MB"));
        let missing = read(Path::new("no/such.txt"), None).unwrap_err().to_string();
        assert!(missing.contains("there is no file 'no/such.txt'") && missing.contains("help:"));
    }
}
