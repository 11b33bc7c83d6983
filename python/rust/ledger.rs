//! The ledger: the questions of the command line, answered in its JSON.

use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard},
};

use legation_app::{
    add::{Added, add, add_records},
    records::parse,
    source::Skipped,
};
use legation_knowledge::Files;
use legation_ledger::{Fault, Ledger, query::Filter};
use legation_record::Date;
use pyo3::{
    exceptions::{PyFileNotFoundError, PyLookupError, PyRuntimeError},
    prelude::*,
};
use serde::Serialize;

use crate::{
    article::Given,
    reader::{NativeReader, NativeRecord, files, wrong},
};

/// What to ask for, as Python gives it.
#[derive(FromPyObject)]
pub struct Choice {
    kind: Vec<String>,
    actor: Vec<String>,
    country: Option<String>,
    status: Option<String>,
    ahead: bool,
    since: Option<String>,
    until: Option<String>,
    publisher: Option<String>,
    source: Option<String>,
    verdict: Option<String>,
    as_of: Option<String>,
    text: Option<String>,
    limit: Option<usize>,
}

fn day(text: Option<String>) -> PyResult<Option<Date>> {
    text.map(|text| text.parse().map_err(wrong)).transpose()
}

impl Choice {
    fn filter(self) -> PyResult<Filter> {
        Ok(Filter {
            kinds: self.kind,
            actors: self.actor,
            country: self.country,
            status: self.status,
            ahead: self.ahead,
            from: day(self.since)?,
            until: day(self.until)?,
            verdict: self.verdict,
            publisher: self.publisher,
            source: self.source,
            as_of: day(self.as_of)?,
            text: self.text,
            limit: self.limit,
            ..Filter::default()
        })
    }
}

/// A fault as Python people expect it, without the help for the command line.
fn fault(fault: Fault) -> PyErr {
    let said = fault.to_string();
    let said = said.split("\n  help:").next().unwrap_or_default().to_owned();
    match fault {
        Fault::Missing(_) => {
            PyFileNotFoundError::new_err(format!("{said}; Ledger(path, create=True) makes one"))
        }
        Fault::Unknown(_) => PyLookupError::new_err(said),
        _ => wrong(said),
    }
}

fn json(value: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(wrong)
}

/// What became of articles or records.
#[derive(Serialize)]
struct Sum {
    added: usize,
    known: usize,
    words: usize,
    events: usize,
    skipped: Vec<String>,
}

fn sum(added: Added) -> PyResult<String> {
    let Added { added, known, words, events, skipped } = added;
    let skipped = skipped.into_iter().map(|Skipped { what, .. }| what).collect();
    json(&Sum { added, known, words, events, skipped })
}

/// A ledger. One question at a time.
#[pyclass(frozen, module = "legation._native")]
pub struct NativeLedger {
    ledger: Mutex<Ledger>,
    files: Files,
}

#[pymethods]
impl NativeLedger {
    #[new]
    fn new(path: PathBuf, knowledge: Option<PathBuf>, create: bool) -> PyResult<Self> {
        let files = files(knowledge)?;
        let open = if create { Ledger::open } else { Ledger::existing };
        let mut ledger = open(&path, &files).map_err(fault)?;
        ledger.settle_if_due().map_err(fault)?;
        Ok(Self { ledger: Mutex::new(ledger), files })
    }

    fn events(&self, py: Python<'_>, choice: Choice) -> PyResult<String> {
        let filter = choice.filter()?;
        self.ask(py, |ledger| ledger.events(&filter))
    }

    /// Without days: from the day as of which is asked, or that of the newest article.
    fn calendar(&self, py: Python<'_>, choice: Choice) -> PyResult<String> {
        let mut filter = choice.filter()?;
        self.ask(py, |ledger| {
            let today = filter.as_of.or(ledger.last_day()?);
            filter.ahead = filter.status.is_none();
            filter.from = filter.from.or(today.filter(|_| filter.until.is_none()));
            ledger.events(&filter)
        })
    }

    fn event(&self, py: Python<'_>, id: &str) -> PyResult<String> {
        self.ask(py, |ledger| ledger.event(id))
    }

    fn statements(&self, py: Python<'_>, choice: Choice) -> PyResult<String> {
        let filter = choice.filter()?;
        self.ask(py, |ledger| ledger.statements(&filter))
    }

    fn search(&self, py: Python<'_>, choice: Choice) -> PyResult<String> {
        let filter = choice.filter()?;
        self.ask(py, |ledger| ledger.search(&filter))
    }

    fn who(&self, py: Python<'_>, name: &str) -> PyResult<String> {
        self.ask(py, |ledger| ledger.who(name))
    }

    fn diff(&self, py: Python<'_>, choice: Choice, before: &str, after: &str) -> PyResult<String> {
        let filter = choice.filter()?;
        let (before, after) = (before.parse().map_err(wrong)?, after.parse().map_err(wrong)?);
        self.ask(py, |ledger| ledger.diff(&filter, before, after))
    }

    fn brief(&self, py: Python<'_>, one: &str, other: &str, choice: Choice) -> PyResult<String> {
        let filter = choice.filter()?;
        self.ask(py, |ledger| ledger.brief(&self.files, one, other, &filter))
    }

    fn check(&self, py: Python<'_>, record: &NativeRecord) -> PyResult<String> {
        self.ask(py, |ledger| ledger.check(&record.0))
    }

    fn review(&self, py: Python<'_>, choice: Choice, most: usize) -> PyResult<String> {
        let filter = choice.filter()?;
        self.ask(py, |ledger| ledger.review(&filter, most))
    }

    fn corrections(&self, py: Python<'_>) -> PyResult<String> {
        self.ask(py, |ledger| ledger.corrections())
    }

    /// The records of the articles that tell of plans.
    fn plans(&self, py: Python<'_>) -> PyResult<Vec<NativeRecord>> {
        let records = self.with(py, |ledger| ledger.proposals())?;
        Ok(records.into_iter().map(NativeRecord).collect())
    }

    fn verify(&self, py: Python<'_>) -> PyResult<String> {
        self.ask(py, |ledger| ledger.verify())
    }

    fn digest(&self, py: Python<'_>) -> PyResult<String> {
        self.with(py, |ledger| ledger.digest())
    }

    /// Reads articles and adds them. What cannot be an article is skipped and told.
    fn add(&self, py: Python<'_>, reader: &NativeReader, given: Vec<Given>) -> PyResult<String> {
        let articles: Vec<_> = given.into_iter().map(|given| given.article().map_err(skipped)).collect();
        let own = reader.reader()?;
        let added =
            self.with(py, |ledger| reader.with_threads(|| add(ledger, own, articles.into_iter(), |_| ())));
        sum(added?)
    }

    /// Adds records that were read elsewhere.
    fn add_records(&self, py: Python<'_>, lines: Vec<String>) -> PyResult<String> {
        let records = lines.into_iter().map(|line| parse(line.as_bytes()).map_err(skipped));
        sum(self.with(py, |ledger| add_records(ledger, records, |_| ()))?)
    }

    fn settle(&self, py: Python<'_>) -> PyResult<(usize, usize, usize)> {
        let settled = self.with(py, Ledger::settle)?;
        Ok((settled.events, settled.tellings, settled.changed))
    }
}

fn skipped(what: String) -> Skipped {
    Skipped { reason: legation_app::source::Reason::Fault, what }
}

impl NativeLedger {
    fn held(&self) -> Option<MutexGuard<'_, Ledger>> {
        self.ledger.lock().ok()
    }

    /// Does something with the ledger, without the lock of the interpreter.
    fn with<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut Ledger) -> Result<T, Fault> + Send,
    ) -> PyResult<T> {
        let done = py.detach(|| self.held().map(|mut ledger| work(&mut ledger)));
        let broken = || PyRuntimeError::new_err("the ledger broke off before: open it again");
        done.ok_or_else(broken)?.map_err(fault)
    }

    fn ask<T: Serialize + Send>(
        &self,
        py: Python<'_>,
        question: impl FnOnce(&Ledger) -> Result<T, Fault> + Send,
    ) -> PyResult<String> {
        json(&self.with(py, |ledger| question(ledger))?)
    }
}
