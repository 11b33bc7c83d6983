//! Text in, records out.

use std::path::PathBuf;

use legation_app::{
    Reader, export, html, outline,
    records::{parse, sound},
};
use legation_knowledge::Files;
use legation_record::Record;
use pyo3::{
    exceptions::{PyRuntimeError, PyValueError},
    prelude::*,
};
use rayon::{ThreadPool, ThreadPoolBuilder, prelude::*};

use crate::article::Given;

/// An error that says what is wrong with a value.
pub fn wrong(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// Our knowledge, with a user's folder laid over it.
pub fn files(knowledge: Option<PathBuf>) -> PyResult<Files> {
    let mut files = Files::built_in();
    if let Some(folder) = knowledge {
        files.overlay(&folder).map_err(wrong)?;
    }
    Ok(files)
}

/// A record as JSON, if all its words are words of its article.
pub fn record(json: &str) -> Result<Record, String> {
    let record = parse(json.as_bytes())?;
    sound(&record).map(|()| record)
}

/// A record, and what can be made of it.
#[pyclass(frozen, module = "legation._native")]
pub struct NativeRecord(pub Record);

#[pymethods]
impl NativeRecord {
    #[staticmethod]
    fn from_json(json: &str) -> PyResult<Self> {
        record(json).map(Self).map_err(wrong)
    }

    /// As the command line writes it with `--format json`.
    fn json(&self) -> PyResult<String> {
        Ok(serde_json::to_string_pretty(&self.0).map_err(wrong)? + "\n")
    }

    /// On one line.
    fn line(&self) -> PyResult<String> {
        serde_json::to_string(&self.0).map_err(wrong)
    }

    /// One page that lights up the evidence.
    fn html(&self) -> String {
        html::page(&self.0)
    }

    /// For people at a terminal, without colour.
    fn outline(&self, width: usize) -> String {
        outline::outline(&self.0, outline::Layout { width: width.clamp(40, 200), color: false })
    }

    /// Attributions as brat standoff.
    fn brat(&self) -> String {
        export::brat(&self.0)
    }

    /// Attributions as W3C Web Annotation.
    fn web_annotation(&self) -> String {
        export::web_annotation(&self.0)
    }

    /// Time expressions as TimeML.
    fn timeml(&self) -> String {
        export::timeml(&self.0)
    }
}

/// Reads articles; many at once without the lock of the interpreter.
#[pyclass(frozen, module = "legation._native")]
pub struct NativeReader {
    reader: Reader,
    /// `None` where one thread is enough.
    pool: Option<ThreadPool>,
    /// The process whose threads these are.
    process: u32,
}

#[pymethods]
impl NativeReader {
    #[new]
    fn new(knowledge: Option<PathBuf>, threads: Option<usize>) -> PyResult<Self> {
        let reader = Reader::with(&files(knowledge)?).map_err(wrong)?;
        let pool = || ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).build();
        let pool = (threads != Some(1)).then(pool).transpose().map_err(wrong)?;
        Ok(Self { reader, pool, process: std::process::id() })
    }

    fn read(&self, py: Python<'_>, given: Given) -> PyResult<NativeRecord> {
        let (article, reader) = (given.article().map_err(wrong)?, self.reader()?);
        Ok(NativeRecord(py.detach(|| reader.read(article))))
    }

    /// Sentences, words and trees as CoNLL-U.
    fn conllu(&self, py: Python<'_>, given: Given) -> PyResult<String> {
        let (article, reader) = (given.article().map_err(wrong)?, self.reader()?);
        Ok(py.detach(|| legation_text::to_conllu(&article.text, &reader.parse(&article))))
    }

    /// One line of JSON for each article, or why there is none; in order.
    fn read_many(
        &self,
        py: Python<'_>,
        given: Vec<Given>,
    ) -> PyResult<Vec<(Option<String>, Option<String>)>> {
        let reader = self.reader()?;
        Ok(py.detach(|| match &self.pool {
            Some(pool) => pool.install(|| given.into_par_iter().map(|given| line(reader, given)).collect()),
            None => given.into_iter().map(|given| line(reader, given)).collect(),
        }))
    }
}

impl NativeReader {
    /// The reader, where its threads are of this process: one that was forked off would wait for them for ever.
    pub fn reader(&self) -> PyResult<&Reader> {
        if self.process == std::process::id() {
            return Ok(&self.reader);
        }
        Err(PyRuntimeError::new_err(
            "this process was forked off from one that reads, and has none of its threads: \
             start it with multiprocessing.get_context('spawn'), or read with more threads in one process",
        ))
    }

    /// Does something with as many threads as this reader may use.
    pub fn with_threads<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.pool {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}

fn line(reader: &Reader, given: Given) -> (Option<String>, Option<String>) {
    let line = given
        .article()
        .and_then(|article| serde_json::to_string(&reader.read(article)).map_err(|error| error.to_string()));
    match line {
        Ok(line) => (Some(line), None),
        Err(why) => (None, Some(why)),
    }
}
