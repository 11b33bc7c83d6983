use serde::{Deserialize, Serialize};

/// A half-open byte range of an article's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`, in either order.
    ///
    /// ```
    /// # use legation_record::Span;
    /// assert_eq!(Span::new(7, 3), Span::new(3, 7));
    /// ```
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start.min(end), end: start.max(end) }
    }

    /// The text under the span, or `None` where it leaves the text or cuts a character.
    #[must_use]
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Converts between byte offsets and Unicode code points of one text.
///
/// ```
/// # use legation_record::{CodePoints, Span};
/// let points = CodePoints::new("“Xi’s” trip");
/// assert_eq!(points.span(Span::new(3, 5)), (1, 3));
/// assert_eq!(points.bytes(1, 3), Some(Span::new(3, 5)));
/// ```
#[derive(Debug, Clone)]
pub struct CodePoints {
    starts: Vec<usize>,
}

impl CodePoints {
    /// Indexes `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        starts.push(text.len());
        Self { starts }
    }

    /// The code-point range of a byte span.
    #[must_use]
    pub fn span(&self, span: Span) -> (usize, usize) {
        (self.point(span.start), self.point(span.end))
    }

    /// The byte span of a code-point range, or `None` outside the text.
    #[must_use]
    pub fn bytes(&self, start: usize, end: usize) -> Option<Span> {
        Some(Span::new(*self.starts.get(start)?, *self.starts.get(end)?))
    }

    fn point(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start < byte)
    }
}
