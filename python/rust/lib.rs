//! The reader for Python: text in, records out. What is kind to Python people is written in Python, in `src/legation`.

use std::path::PathBuf;

use legation_app::{Reader, html, outline};
use legation_knowledge::Files;
use legation_record::{Article, Date, Record as Read};
use pyo3::{exceptions::PyValueError, prelude::*};
use rayon::prelude::*;

/// An article as Python gives it.
#[derive(FromPyObject)]
struct Given {
    text: String,
    published: Option<String>,
    id: Option<String>,
    url: Option<String>,
    publisher: Option<String>,
    headline: Option<String>,
}

impl Given {
    fn article(self) -> Result<Article, String> {
        let day = self.published.map(|day| day.parse::<Date>()).transpose();
        let mut article = Article::new(self.text);
        article.meta.published = day.map_err(|error| error.to_string())?;
        article.meta.id = self.id;
        article.meta.url = self.url;
        article.meta.publisher = self.publisher;
        article.meta.headline = self.headline;
        Ok(article)
    }
}

/// A record, and what can be made of it.
#[pyclass(frozen, module = "legation._native")]
struct NativeRecord(Read);

#[pymethods]
impl NativeRecord {
    /// As the command line writes it with `--format json`.
    fn json(&self) -> PyResult<String> {
        let text = serde_json::to_string_pretty(&self.0)
            .map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok(text + "\n")
    }

    /// One page that lights up the evidence.
    fn html(&self) -> String {
        html::page(&self.0)
    }

    /// For people at a terminal, without colour.
    fn outline(&self, width: usize) -> String {
        outline::outline(&self.0, outline::Layout { width: width.clamp(40, 200), color: false })
    }
}

/// Reads articles; many at once without the lock of the interpreter.
#[pyclass(frozen, module = "legation._native")]
struct NativeReader(Reader);

#[pymethods]
impl NativeReader {
    #[new]
    fn new(knowledge: Option<PathBuf>) -> PyResult<Self> {
        let fault = |error: &dyn std::fmt::Display| PyValueError::new_err(error.to_string());
        let mut files = Files::built_in();
        if let Some(folder) = knowledge {
            files.overlay(&folder).map_err(|error| fault(&error))?;
        }
        Reader::with(&files).map(Self).map_err(|error| fault(&error))
    }

    fn read(&self, py: Python<'_>, given: Given) -> PyResult<NativeRecord> {
        let article = given.article().map_err(PyValueError::new_err)?;
        Ok(NativeRecord(py.detach(|| self.0.read(article))))
    }

    /// One line of JSON for each article, or why there is none; in order.
    fn read_many(&self, py: Python<'_>, given: Vec<Given>) -> Vec<(Option<String>, Option<String>)> {
        py.detach(|| given.into_par_iter().map(|given| self.line(given)).collect())
    }
}

impl NativeReader {
    fn line(&self, given: Given) -> (Option<String>, Option<String>) {
        let line = given.article().and_then(|article| {
            serde_json::to_string(&self.0.read(article)).map_err(|error| error.to_string())
        });
        match line {
            Ok(line) => (Some(line), None),
            Err(why) => (None, Some(why)),
        }
    }
}

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<NativeReader>()?;
    module.add_class::<NativeRecord>()
}
