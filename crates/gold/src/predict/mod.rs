//! Predictions: the reader that ships, over the inputs of each task. Gold fields are never read.

mod actors;
mod anchors;
mod attribution;
mod coreference;
mod events;
mod graph;
mod names;
mod record;
mod seed;
mod sources;
mod time;
mod ud;

use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Context;
use legation_app::Reader;
use legation_record::Date;
use rayon::prelude::*;
use serde_json::Value;

use crate::{conllu, task::Task};

/// How to predict.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Attributions inside attributions too.
    pub nested: bool,
    /// From raw text (ud).
    pub raw: bool,
}

/// Predicts one task.
#[derive(Debug)]
pub struct Predictor<'a> {
    reader: &'a Reader,
    task: Task,
    options: Options,
    kinds: events::Kinds,
}

/// What came of one unit of input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Position of the unit, from 1.
    pub number: usize,
    /// Output lines, with their line ends.
    pub text: String,
    /// Why it could not be read.
    pub fault: Option<String>,
}

impl<'a> Predictor<'a> {
    pub fn new(reader: &'a Reader, task: Task, options: Options) -> anyhow::Result<Self> {
        Ok(Self { reader, task, options, kinds: events::Kinds::built_in()? })
    }

    /// An answer to every unit of the input, in order.
    pub fn all(&self, input: &[u8], threads: usize) -> anyhow::Result<Vec<Answer>> {
        let units = self.units(input)?;
        let pool =
            rayon::ThreadPoolBuilder::new().num_threads(threads).build().context("starting threads")?;
        let answer = |(at, unit): (usize, &Vec<u8>)| self.answer(at + 1, unit);
        Ok(pool.install(|| units.par_iter().enumerate().map(answer).collect()))
    }

    fn units(&self, input: &[u8]) -> anyhow::Result<Vec<Vec<u8>>> {
        let text = || std::str::from_utf8(input).context("the input is not UTF-8");
        let owned = |blocks: Vec<&str>| blocks.into_iter().map(|block| block.as_bytes().to_vec()).collect();
        Ok(match self.task {
            Task::Seed => vec![input.to_vec()],
            Task::Ud if self.options.raw => {
                ud::documents(text()?).into_iter().map(String::into_bytes).collect()
            }
            Task::Ud | Task::Names => owned(conllu::blocks(text()?)),
            Task::Coreference => coreference::inputs(text()?)?,
            _ => lines(input),
        })
    }

    fn answer(&self, number: usize, unit: &[u8]) -> Answer {
        let read = || std::str::from_utf8(unit).context("not UTF-8").and_then(|text| self.predict(text));
        let fault = match catch_unwind(AssertUnwindSafe(read)) {
            Ok(Ok(text)) => return Answer { number, text, fault: None },
            Ok(Err(error)) => format!("{error:#}"),
            Err(_) => "the reader broke off".to_owned(),
        };
        Answer { number, text: self.without(unit, &fault), fault: Some(fault) }
    }

    fn predict(&self, unit: &str) -> anyhow::Result<String> {
        let line = |value: Value| format!("{value}\n");
        match self.task {
            Task::Time => time::predict(self.reader, unit).map(line),
            Task::Anchors => anchors::predict(self.reader, unit).map(line),
            Task::Attribution => attribution::predict(self.reader, unit, self.options.nested).map(line),
            Task::Events | Task::Coded => events::predict(self.reader, &self.kinds, unit).map(line),
            Task::EventPairs => events::predict_pair(self.reader, &self.kinds, unit).map(line),
            Task::Actors => actors::predict(self.reader, unit).map(line),
            Task::Coreference => coreference::predict(self.reader, unit).map(line),
            Task::Sources => sources::predict(self.reader, unit).map(line),
            Task::Graph => graph::predict(self.reader, &self.kinds, unit).map(line),
            Task::Record => record::predict(self.reader, &self.kinds, unit).map(line),
            Task::Ud if self.options.raw => ud::predict_raw(self.reader, unit),
            Task::Ud => ud::predict(self.reader, unit),
            Task::Names => names::predict(self.reader, unit),
            Task::Seed => seed::predict(self.reader, unit),
        }
    }

    /// What stands in for a prediction where there is none: enough for a scorer to go on.
    fn without(&self, unit: &[u8], fault: &str) -> String {
        let (key, list) = match self.task {
            Task::Ud | Task::Names => return self.without_rows(unit),
            Task::Time => ("doc", "timexes"),
            Task::Anchors => ("doc", "anchors"),
            Task::Attribution => ("doc", "attributions"),
            Task::Coreference => ("doc", "chains"),
            Task::Sources => ("doc", "sources"),
            _ => ("id", "events"),
        };
        let value: Value = serde_json::from_slice(unit).unwrap_or_default();
        let id = value.get(key).cloned().unwrap_or_default();
        let mut line = serde_json::json!({ key: id, "error": fault });
        if !matches!(self.task, Task::EventPairs | Task::Actors) {
            line[list] = Value::Array(Vec::new());
        }
        format!("{line}\n")
    }

    fn without_rows(&self, unit: &[u8]) -> String {
        let text = String::from_utf8_lossy(unit);
        let rows: String = text.lines().map(|row| format!("{row}\n")).collect();
        match self.task {
            Task::Names => rows
                .lines()
                .map(|row| format!("{}\tO\n", row.split('\t').next().unwrap_or(row)))
                .chain(["\n".to_owned()])
                .collect(),
            _ => rows + "\n",
        }
    }
}

/// Lines without their ends; what follows the last line end counts only if there is something.
fn lines(input: &[u8]) -> Vec<Vec<u8>> {
    let mut lines: Vec<Vec<u8>> = input.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if lines.last().is_some_and(Vec::is_empty) {
        lines.pop();
    }
    lines
}

/// The day at the beginning of `1998-01-08T09:30`; anything else is no date.
fn day(stated: Option<&str>) -> Option<Date> {
    stated?.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader() -> Reader {
        Reader::built_in().unwrap()
    }

    #[test]
    fn a_line_that_is_no_input_gets_a_line_all_the_same() {
        let reader = reader();
        let predictor = Predictor::new(&reader, Task::Time, Options::default()).unwrap();
        let input = b"{\"doc\":\"a\",\"dct\":null,\"text\":\"\"}\n{\"doc\":\"b\"}\n\n\xff\xfe\n[[[\n";
        let answers = predictor.all(input, 2).unwrap();
        assert_eq!(answers.len(), 5);
        assert!(answers[0].fault.is_none());
        assert!(answers[1..].iter().all(|answer| answer.fault.is_some() && answer.text.ends_with('\n')));
        assert!(answers[1].text.starts_with("{\"doc\":\"b\",\"error\":"));
    }

    #[test]
    fn gold_fields_do_not_reach_the_reader() {
        let reader = reader();
        let predictor = Predictor::new(&reader, Task::Attribution, Options::default()).unwrap();
        let bare = b"{\"doc\":\"a\",\"date\":\"2024-05-23\",\"text\":\"Lavrov said talks would resume.\"}\n";
        let with = b"{\"doc\":\"a\",\"date\":\"2024-05-23\",\"text\":\"Lavrov said talks would resume.\",\"attributions\":[1]}\n";
        assert_eq!(predictor.all(bare, 1).unwrap(), predictor.all(with, 1).unwrap());
    }

    #[test]
    fn days_are_read_off_longer_stamps() {
        assert_eq!(day(Some("1998-01-08T09:30")), Date::new(1998, 1, 8));
        assert_eq!(day(Some("1998-01")), None);
        assert_eq!(day(Some("early 1998 “")), None);
    }
}
