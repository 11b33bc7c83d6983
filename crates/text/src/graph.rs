//! The event graph as the network reads it: words that express events, and the words that fill their roles.

use std::sync::Arc;

use legation_record::Status;

/// How sure the network is, in thousandths.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(u16);

impl Share {
    /// Converts a probability, clamped to the range 0 to 1.
    #[must_use]
    pub fn new(probability: f32) -> Self {
        Self((probability.clamp(0.0, 1.0) * 1000.0 + 0.5) as u16)
    }

    /// In thousandths.
    #[must_use]
    pub fn thousandths(self) -> u16 {
        self.0
    }

    /// As a probability.
    #[must_use]
    pub fn value(self) -> f32 {
        f32::from(self.0) / 1000.0
    }
}

/// The role a word plays in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Who acts.
    Actor,
    /// Who is acted on.
    Recipient,
    /// Where.
    Place,
    /// When: a word of a time expression.
    Time,
    /// Who says so.
    Teller,
}

/// Which ends of an event's dates are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bounds {
    /// Both: it happens within a range of days.
    Closed,
    /// Only the end: it happens on or before a day.
    Until,
    /// Only the start: it happens on or after a day.
    From,
    /// Neither.
    Open,
}

/// The position of a word in the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordAt {
    /// The index of its sentence.
    pub sentence: usize,
    /// Its index within the sentence.
    pub word: usize,
}

/// A word that fills a role: the head of a noun phrase or of a time expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filler {
    /// The role.
    pub part: Part,
    /// The word.
    pub at: WordAt,
    /// How sure the network is.
    pub share: Share,
}

/// A word that expresses an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// The word.
    pub at: WordAt,
    /// The name of the kind.
    pub kind: Arc<str>,
    /// How sure the kind is.
    pub share: Share,
    /// The next-best kind (`none` for no event) and how sure the network is of it.
    pub runner_up: (Arc<str>, Share),
    /// Whether the event is reported as real, planned, denied and so on.
    pub status: Status,
    /// How sure the status is.
    pub status_share: Share,
    /// Which ends of its days are known.
    pub bounds: Bounds,
    /// Whether it is mentioned only as background to the news.
    pub background: bool,
    /// The words in its roles, role by role, each in text order.
    pub fillers: Vec<Filler>,
}

impl Trigger {
    /// The words that fill one role.
    pub fn fillers(&self, part: Part) -> impl Iterator<Item = &Filler> {
        self.fillers.iter().filter(move |filler| filler.part == part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_whole_thousandths() {
        assert_eq!(Share::new(0.1234), Share(123));
        assert_eq!((Share::new(-1.0), Share::new(7.0)), (Share(0), Share(1000)));
        assert_eq!(Share::new(0.25).value(), 0.25);
    }
}
