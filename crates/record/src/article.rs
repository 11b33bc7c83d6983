use serde::{Deserialize, Serialize};

use crate::{Date, Evidence, Span};

/// An article as received, and what came along with it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Article {
    /// The text, byte for byte as received.
    pub text: String,
    /// What is known besides the text.
    #[serde(flatten)]
    pub meta: ArticleMeta,
}

/// What came along with an article's text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ArticleMeta {
    /// The caller's name for the article: a file name, an id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The outlet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The headline, where it came apart from the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// Publication date, where it came with the article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// Who wrote it, as the page says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// Language of the page, as the page says (BCP 47).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Days that the page gives for its publication, best first, each once. More than one is a conflict.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dated: Vec<DatedBy>,
}

/// A day that a page gives for its publication, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DatedBy {
    /// The day.
    pub date: Date,
    /// The kind of markup: `json-ld`, `meta`, `itemprop`, `time`, `url`, `shown`.
    pub by: String,
    /// The words of the page.
    pub text: String,
}

impl Article {
    /// An article of which only the text is known.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), meta: ArticleMeta::default() }
    }

    /// The same article with its publication date.
    #[must_use]
    pub fn published(mut self, date: Date) -> Self {
        self.meta.published = Some(date);
        self
    }
}

/// The document creation time that the reading used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Published {
    /// The day used, or `None` when nothing bounds it: then no relative time has a value.
    pub date: Option<Date>,
    /// Whether it was inferred from the text rather than given with the article.
    pub inferred: bool,
    /// What bears on it, best first; empty when the date was given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<DateCandidate>,
}

/// One possible publication date, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DateCandidate {
    /// The day.
    pub date: Date,
    /// In words, what speaks for it.
    pub reason: String,
    /// The characters that speak for it.
    pub evidence: Evidence,
}

impl Published {
    /// The date as given with the article.
    #[must_use]
    pub fn given(date: Date) -> Self {
        Self { date: Some(date), inferred: false, candidates: Vec::new() }
    }

    /// Spans of every candidate's evidence.
    pub fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        self.candidates.iter().flat_map(|candidate| candidate.evidence.spans.iter().copied())
    }
}
