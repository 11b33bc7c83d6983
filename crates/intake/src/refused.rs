use std::fmt;

/// Why bytes are no article.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refused {
    /// There is markup but no running text in it: a front page, a video, a wall.
    NoText,
    /// The bytes end before what their header promises, or break the format.
    Broken(String),
    /// More bytes than an article can have.
    TooLarge(u64),
    /// Packed so tightly that unpacking it would be an attack.
    Bomb,
    /// An answer of a server that is no page: an error, an image.
    NoPage(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoText => f.write_str("no running text was found in the page"),
            Self::Broken(why) => write!(f, "the file is broken: {why}"),
            Self::TooLarge(most) => write!(f, "it has more than {} MB, which is no article", most >> 20),
            Self::Bomb => f.write_str("it unpacks to far more than it holds and is left packed"),
            Self::NoPage(what) => write!(f, "it is no page but {what}"),
        }
    }
}

impl std::error::Error for Refused {}
