use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use legation_record::{Proposal, Record};

use super::{Layout, summary};
use crate::view::{View, words};

/// The proposals of several records; where there are several, a table of what each provides (●),
/// is told to leave out (✕) or does not speak of (·).
#[must_use]
pub fn plans(records: &[Record], layout: Layout) -> String {
    let mut out = String::new();
    for record in records {
        let name = record.article.meta.id.as_deref().unwrap_or("article");
        let _ = writeln!(out, "{}", words::one_line(name));
        out.push_str(&summary(&View::new(record).only(&["Proposals", "Warnings"]), layout));
        out.push('\n');
    }
    let plans: Vec<&Proposal> = records.iter().flat_map(|record| &record.proposals).collect();
    if plans.len() > 1 {
        out.push_str(&table(&plans));
    }
    out
}

fn table(plans: &[&Proposal]) -> String {
    let signs: Vec<BTreeMap<&str, &str>> = plans.iter().map(|plan| signs(plan)).collect();
    let provisions: BTreeSet<&str> = signs.iter().flat_map(|signs| signs.keys().copied()).collect();
    let width = provisions.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let mut out = String::from("PROVISIONS  ● provided  ✕ left out  · not spoken of\n\n");
    for (number, plan) in plans.iter().enumerate() {
        let _ = writeln!(out, "  {}  {}", number + 1, words::one_line(&plan.name));
    }
    let numbers: String = (1..=plans.len()).map(|number| format!("{number:>4}")).collect();
    let _ = writeln!(out, "\n  {:width$}{numbers}", "");
    for provision in provisions {
        let row: String = signs
            .iter()
            .map(|signs| format!("{:>4}", signs.get(provision).copied().unwrap_or("·")))
            .collect();
        let _ = writeln!(out, "  {:width$}{row}", words::plain(provision));
    }
    out
}

fn signs(plan: &Proposal) -> BTreeMap<&str, &'static str> {
    let omitted = plan.omits.iter().flat_map(|it| it.provisions.iter().map(|name| (name.as_str(), "✕")));
    let provided = plan.points.iter().flat_map(|it| it.provisions.iter().map(|name| (name.as_str(), "●")));
    omitted.chain(provided).collect()
}
