use std::time::Duration;

/// Largest body taken in bytes: an article and a little more.
pub const MOST_BYTES: usize = 5 << 20;
/// Largest head of a request in bytes: its first line and all its headers.
pub const MOST_HEAD: usize = 32 << 10;
/// Requests answered at once.
pub const WORKERS: usize = 4;
/// How long a refused body may pause before nobody listens to the rest of it.
pub const PAUSE: Duration = Duration::from_millis(500);

/// How much time and how many connections the desk gives to whoever comes.
///
/// Sizes are not among them: they follow from what the desk is asked to do.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Until the head of a request is there, counted from the connection or from the answer before: a connection that
    /// is silent for so long is closed.
    pub head: Duration,
    /// From the head of a request to the end of its body.
    pub body: Duration,
    /// Connections at once. One more takes the place of the one that has waited longest without being let in.
    pub connections: usize,
}

impl Default for Limits {
    /// 15 seconds for a head, 30 for a body, 128 connections: few enough for systems that allow 256 open files.
    fn default() -> Self {
        Self { head: Duration::from_secs(15), body: Duration::from_secs(30), connections: 128 }
    }
}
