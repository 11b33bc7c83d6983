use std::{collections::BTreeMap, fs, path::PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use legation_app::terminal::json;
use legation_ledger::{Share, alpha, query::EventRow};
use serde::{Deserialize, Serialize};

use super::{
    ask::{Choice, Place},
    print,
};

/// Measure how often the ledger is right: draw events to judge, or score judgements
///
/// Without --score, prints a sample of events, one JSON object a line, every kind in turn. Each judge copies it, sets `right` to
/// true or false without seeing the others, and hands it in. With --score, each file is one judge's: the share that is right
/// with its 95 % interval after Wilson, in all and by kind, and Krippendorff's alpha.
#[derive(Debug, Args)]
pub struct Audit {
    /// Seed of the draw: the same seed draws the same events
    #[arg(long, default_value = "1")]
    seed: String,

    /// How many events to draw
    #[arg(long, default_value_t = 50)]
    size: usize,

    /// Judged samples, one file for each judge
    #[arg(long, value_name = "FILE", num_args = 1..)]
    score: Vec<PathBuf>,

    #[command(flatten)]
    choice: Choice,
}

/// An event to judge; a judge fills in `right`.
#[derive(Debug, Serialize, Deserialize)]
struct Sheet {
    event: String,
    kind: String,
    title: String,
    status: String,
    when: Option<String>,
    place: Option<String>,
    words: Vec<String>,
    right: Option<bool>,
}

impl Sheet {
    fn of(event: EventRow) -> Self {
        Self {
            event: event.id,
            kind: event.kind,
            title: event.title,
            status: event.status,
            when: event.edtf,
            place: event.place,
            words: event.tellings.into_iter().map(|account| account.quote).collect(),
            right: None,
        }
    }
}

impl Audit {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        if !self.score.is_empty() {
            return print(&report(&self.read()?)?);
        }
        let sample = place.ledger()?.sample(&self.choice.filter(&[]), &self.seed, self.size)?;
        let lines = sample.into_iter().map(|event| serde_json::to_string(&Sheet::of(event)));
        print(&lines.map(|line| Ok(json(&line?) + "\n")).collect::<Result<String>>()?)
    }

    fn read(&self) -> Result<Vec<Sheet>> {
        let mut sheets = Vec::new();
        for path in &self.score {
            let name = path.display();
            let text = fs::read_to_string(path).with_context(|| format!("'{name}' cannot be read"))?;
            for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                sheets.push(
                    serde_json::from_str(line).with_context(|| format!("{name}:{}: no event", at + 1))?,
                );
            }
        }
        Ok(sheets)
    }
}

fn report(sheets: &[Sheet]) -> Result<String> {
    let mut units: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (sheet, right) in sheets.iter().filter_map(|sheet| Some((sheet, sheet.right?))) {
        units.entry(&sheet.event).or_default().push(right);
        let (yes, all) = kinds.entry(&sheet.kind).or_default();
        (*yes, *all) = (*yes + usize::from(right), *all + 1);
    }
    if units.is_empty() {
        bail!("nobody judged anything\n  help: set \"right\" to true or false in each line of the sample");
    }
    let (right, all) = kinds.values().fold((0, 0), |(right, all), (yes, of)| (right + yes, all + of));
    let line = |name: &str, share: &Share| {
        let Share { right, all, low, high } = share;
        format!("{name}  {right} of {all} right, {:.3} [{low:.3}, {high:.3}]", *right as f64 / *all as f64)
    };
    let mut lines = vec![line("all", &Share::of(right, all))];
    lines.extend(kinds.iter().map(|(kind, (yes, all))| line(kind, &Share::of(*yes, *all))));
    let units: Vec<Vec<bool>> = units.into_values().collect();
    lines.push(match alpha(&units) {
        Some(alpha) => format!("Krippendorff's alpha {alpha:.3}"),
        None => "no event has two judgements: no agreement to tell of".to_owned(),
    });
    Ok(lines.join("\n") + "\n")
}
