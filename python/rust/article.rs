//! Articles: as Python gives them, and out of files.

use std::{path::PathBuf, sync::Mutex};

use legation_app::source::{Reason, Skipped, Sources};
use legation_record::{Article, Date, DatedBy};
use pyo3::{exceptions::PyOSError, prelude::*};

/// An article as Python gives it.
#[derive(FromPyObject)]
pub struct Given {
    text: String,
    published: Option<String>,
    id: Option<String>,
    url: Option<String>,
    publisher: Option<String>,
    headline: Option<String>,
    byline: Option<String>,
    language: Option<String>,
    dated: Vec<(String, String, String)>,
}

fn day(text: &str) -> Result<Date, String> {
    text.parse::<Date>().map_err(|error| error.to_string())
}

impl Given {
    /// The article.
    pub fn article(self) -> Result<Article, String> {
        let mut article = Article::new(legation_app::without_nul(self.text.into()));
        article.meta.published = self.published.as_deref().map(day).transpose()?;
        article.meta.id = self.id;
        article.meta.url = self.url;
        article.meta.publisher = self.publisher;
        article.meta.headline = self.headline;
        article.meta.byline = self.byline;
        article.meta.language = self.language;
        let dated = self.dated.into_iter();
        let dated = dated.map(|(date, by, text)| Ok(DatedBy { date: day(&date)?, by, text }));
        article.meta.dated = dated.collect::<Result<_, String>>()?;
        Ok(article)
    }
}

type Inputs = Box<dyn Iterator<Item = Result<Article, Skipped>> + Send>;

/// The articles of files, one after the other: an article as JSON, or what was skipped and why.
#[pyclass(frozen, module = "legation._native")]
pub struct NativeArticles(Mutex<Inputs>);

#[pymethods]
impl NativeArticles {
    #[new]
    fn new(paths: Vec<PathBuf>) -> PyResult<Self> {
        let sources = Sources::new(&paths).map_err(|error| PyOSError::new_err(error.to_string()))?;
        Ok(Self(Mutex::new(Box::new(sources.articles()))))
    }

    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> Option<(Option<String>, Option<String>)> {
        let next = py.detach(|| self.0.lock().ok()?.next());
        next.map(|article| match article {
            Ok(article) => (serde_json::to_string(&article).ok(), None),
            Err(Skipped { reason: Reason::NoText, what }) => {
                (None, Some(format!("{what} (no running text)")))
            }
            Err(Skipped { what, .. }) => (None, Some(what)),
        })
    }
}
