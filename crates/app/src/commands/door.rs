//! The one door to the terminal. Nothing else in the program prints; a lint in `main.rs` holds it to that.

use std::{
    fmt,
    io::{self, ErrorKind, IsTerminal as _, Write as _},
};

use anyhow::Result;
use legation_app::terminal::{json, plain, styled};

/// Prints text for people to standard output.
pub fn print(text: &str) -> Result<()> {
    put(plain(text).as_bytes())
}

/// The same with styles of our own.
pub fn print_styled(text: &str) -> Result<()> {
    put(styled(text).as_bytes())
}

/// Prints a value for programs.
pub fn print_json(value: &(impl serde::Serialize + ?Sized)) -> Result<()> {
    put((for_output(serde_json::to_string_pretty(value)?) + "\n").as_bytes())
}

/// Prints a file for programs, whose bytes are left as they are; where a terminal would get them, people read along.
pub fn print_file(bytes: impl AsRef<[u8]>) -> Result<()> {
    let bytes = bytes.as_ref();
    if io::stdout().is_terminal() {
        // Tables and calendars end their lines with both, as their standards ask.
        return print(&String::from_utf8_lossy(bytes).replace("\r\n", "\n"));
    }
    put(bytes)
}

/// JSON as it is, or escaped in full where a terminal gets it.
pub fn for_output(text: String) -> String {
    if io::stdout().is_terminal() { json(&text) } else { text }
}

/// Prints a line to standard error. Where nobody listens there, nobody misses it.
pub fn tell(line: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "{}", plain(&line.to_string()));
}

/// A reader that went away is no fault.
fn put(bytes: &[u8]) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
