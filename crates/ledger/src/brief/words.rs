//! The sentences of a background paragraph, from knowledge.

use std::collections::BTreeMap;

use legation_knowledge::{Files, LoadError, Table};
use legation_record::Date;

const FILE: &str = "lexicon/brief.tsv";

/// The cases that a file must have.
const CASES: [&str; 19] = [
    "months",
    "on",
    "in",
    "between",
    "since",
    "visit",
    "visit_place",
    "visit_before",
    "meeting",
    "meeting_place",
    "meeting_before",
    "planned",
    "planned_open",
    "cancelled",
    "planned_meeting",
    "planned_open_meeting",
    "cancelled_meeting",
    "differ",
    "none",
];

/// Templates by case.
#[derive(Debug, Clone)]
pub struct Templates {
    cases: BTreeMap<String, String>,
}

impl Templates {
    /// Loads them.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let table = Table::read(FILE, files.text(FILE)?, &["case", "words"])?;
        let cases: BTreeMap<String, String> =
            table.rows().map(|row| (row.get(0).to_owned(), row.get(1).to_owned())).collect();
        match CASES.iter().find(|case| !cases.contains_key(**case)) {
            Some(missing) => Err(LoadError::new(FILE, 1, 1, format!("the case '{missing}' is missing"))),
            None => Ok(Self { cases }),
        }
    }

    /// The sentence of a case with its places filled.
    pub fn fill(&self, case: &str, places: &[(&str, &str)]) -> String {
        let template = self.cases.get(case).cloned().unwrap_or_default();
        places.iter().fold(template, |all, (name, value)| all.replace(&format!("{{{name}}}"), value))
    }

    /// Days in words: `on 17 October 2023`, `in October 2023`.
    pub fn when(&self, first: Option<Date>, last: Option<Date>) -> Option<String> {
        let (first, last) = (first?, last?);
        let month = format!("{} {}", self.month(first), first.year());
        let whole_year =
            Date::new(first.year(), 1, 1) == Some(first) && Date::new(first.year(), 12, 31) == Some(last);
        Some(match () {
            () if first == last => self.fill("on", &[("when", &self.day(first))]),
            () if whole_year => self.fill("in", &[("when", &first.year().to_string())]),
            () if first.day() == 1 && first.month_end() == last => self.fill("in", &[("when", &month)]),
            () => self.fill("between", &[("when", &self.day(first)), ("until", &self.day(last))]),
        })
    }

    /// A month in words: `October 2023`.
    pub fn month_of(&self, day: Date) -> String {
        format!("{} {}", self.month(day), day.year())
    }

    fn day(&self, day: Date) -> String {
        format!("{} {} {}", day.day(), self.month(day), day.year())
    }

    fn month(&self, day: Date) -> &str {
        let months = self.cases.get("months").map(String::as_str).unwrap_or_default();
        usize::try_from(day.month() - 1).ok().and_then(|at| months.split(' ').nth(at)).unwrap_or_default()
    }
}
