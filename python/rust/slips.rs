//! Merging on many machines: records to slips, slips to keys, slips that share keys to events.

use std::path::PathBuf;

use legation_knowledge::Files;
use legation_ledger::{Named, Names, Slip, Slips, article_id};
use legation_record::Record;
use pyo3::prelude::*;
use serde::de::DeserializeOwned;

use crate::reader::{files, record, wrong};

/// The id of an article in every ledger, from its record as JSON.
#[pyfunction]
pub fn ledger_id(json: &str) -> PyResult<String> {
    let record: Record = serde_json::from_str(json).map_err(wrong)?;
    Ok(article_id(&record.article))
}

/// Slips (telling, article, JSON) and names (article, JSON) of records as lines of JSON.
#[pyfunction]
#[expect(clippy::type_complexity, reason = "rows for Arrow")]
pub fn slips(
    py: Python<'_>,
    lines: Vec<String>,
    knowledge: Option<PathBuf>,
) -> PyResult<(Vec<(String, String, String)>, Vec<(String, String)>)> {
    let files = files(knowledge)?;
    let slips = py.detach(|| {
        let records: Vec<Record> = lines.iter().map(|line| record(line)).collect::<Result<_, _>>()?;
        Slips::of(&records, &files).map_err(|error| error.to_string())
    });
    let Slips { slips, named } = slips.map_err(wrong)?;
    let slip = |slip: &Slip| Ok((slip.id().to_owned(), slip.article().to_owned(), json(slip)?));
    let slips = slips.iter().map(slip).collect::<PyResult<_>>()?;
    let named = named.iter().map(|(article, named)| Ok((article.clone(), json(named)?)));
    Ok((slips, named.collect::<PyResult<_>>()?))
}

fn json(value: &impl serde::Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(wrong)
}

fn parsed<T: DeserializeOwned>(lines: &[String]) -> Result<Vec<T>, serde_json::Error> {
    lines.iter().map(|line| serde_json::from_str(line)).collect()
}

/// Who is who over all articles.
#[pyclass(frozen, module = "legation._native")]
pub struct NativeNames(Names);

#[pymethods]
impl NativeNames {
    /// From names as JSON, each with the number of articles that have it.
    #[new]
    fn new(py: Python<'_>, named: Vec<(String, usize)>, knowledge: Option<PathBuf>) -> PyResult<Self> {
        let files = files(knowledge)?;
        let names = py.detach(|| {
            let one = |(json, count): &(String, usize)| Ok((serde_json::from_str(json)?, *count));
            let named: Vec<(Named, usize)> =
                named.iter().map(one).collect::<Result<_, serde_json::Error>>()?;
            Ok::<_, serde_json::Error>(Names::of(&named, &files))
        });
        names.map_err(wrong)?.map(Self).map_err(wrong)
    }

    #[staticmethod]
    fn from_json(json: &str, knowledge: Option<PathBuf>) -> PyResult<Self> {
        let names = Names::from_json(json, &files(knowledge)?).map_err(wrong)?;
        names.map(Self).ok_or_else(|| wrong("these are no names as NativeNames.json wrote them"))
    }

    fn json(&self) -> String {
        self.0.to_json()
    }

    /// Telling and key.
    fn keys(&self, py: Python<'_>, slips: Vec<String>) -> PyResult<Vec<(String, String)>> {
        py.detach(|| parsed::<Slip>(&slips).map(|slips| self.0.keys(slips))).map_err(wrong)
    }

    /// Events as lines of JSON.
    fn merge(&self, py: Python<'_>, slips: Vec<String>) -> PyResult<Vec<String>> {
        let merged = py.detach(|| {
            let merged = self.0.merge(parsed::<Slip>(&slips)?);
            merged.iter().map(serde_json::to_string).collect::<Result<Vec<String>, _>>()
        });
        merged.map_err(wrong)
    }
}

/// The text of a knowledge file that came with the program.
#[pyfunction]
pub fn knowledge(path: &str) -> PyResult<String> {
    Files::built_in().text(path).map(str::to_owned).map_err(wrong)
}
