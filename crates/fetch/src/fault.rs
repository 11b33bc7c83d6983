use std::fmt;

/// Why something was not fetched.
#[derive(Debug)]
#[non_exhaustive]
pub enum FetchFault {
    /// The address is none, or not http or https.
    Address(String),
    /// The name stands for an address inside a private network, or for this machine.
    Private(String),
    /// `robots.txt` asks not to.
    Robots(String),
    /// The server answered with an error; after how many seconds it wants to be asked again.
    Status(String, u16, Option<u64>),
    /// The connection failed or took too long.
    Network(String, Box<ureq::Error>),
    /// A file of feeds, or the file that remembers them, cannot be used.
    File(String, String),
}

impl fmt::Display for FetchFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(url) => {
                write!(f, "'{url}' is no address of a page\n  help: it begins with https:// or http://")
            }
            Self::Private(url) => write!(
                f,
                "'{url}' leads into a private network and is not fetched\n  help: if that is meant, --allow-private permits it"
            ),
            Self::Robots(url) => write!(f, "'{url}': the site's robots.txt asks programs to stay away"),
            Self::Status(url, status, _) => write!(f, "'{url}': the server answered {status}"),
            Self::Network(url, error) => write!(f, "'{url}' cannot be fetched: {error}"),
            Self::File(name, why) => write!(f, "{name}: {why}"),
        }
    }
}

impl std::error::Error for FetchFault {}
