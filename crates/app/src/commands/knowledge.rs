use std::{collections::BTreeSet, fmt::Write, path::Path};

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use legation_app::{Reader, record::Date};
use legation_knowledge::{Explanation, Gazetteer};

use super::{files, print};

/// Posts below this rank are not listed for a state.
const LISTED: u8 = 5;

/// Look into the knowledge, or check a folder of your own
#[derive(Debug, Subcommand)]
pub enum Knowledge {
    /// Load all of it and name the first fault by file, line and column
    Check,
    Show(Show),
}

/// Tell what a name means on a day: "the Kremlin", "Xi", "foreign minister of Japan"
#[derive(Debug, Args)]
pub struct Show {
    /// A name, nickname, adjective, title or post
    name: String,

    /// The day for which posts and sectors are told; without it, the newest day known
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
}

impl Knowledge {
    pub fn run(self, knowledge: Option<&Path>) -> Result<()> {
        match self {
            Self::Check => check(knowledge),
            Self::Show(show) => show.run(knowledge),
        }
    }
}

fn check(knowledge: Option<&Path>) -> Result<()> {
    let files = files(knowledge)?;
    Reader::with(&files)?;
    print(&format!("{} files hold together\n", files.below("", "").count()))
}

impl Show {
    fn run(self, knowledge: Option<&Path>) -> Result<()> {
        let gazetteer = Gazetteer::load(&files(knowledge)?)?;
        let day = self.on.or_else(|| gazetteer.newest());
        let out = told(&gazetteer, &self.name, day);
        if out.is_empty() {
            bail!("the knowledge has nothing named '{}'", self.name);
        }
        print(&out)
    }
}

/// What a name means on a day, each meaning once: whoever held several posts is found by each of them.
fn told(gazetteer: &Gazetteer, name: &str, day: Option<Date>) -> String {
    let mut senses = gazetteer.explain(name, day);
    for person in day.into_iter().flat_map(|day| gazetteer.holders_told(name, day)) {
        senses.extend(gazetteer.explain(&person.name, day));
    }
    let mut seen = BTreeSet::new();
    let lines = senses.iter().map(|one| sense(gazetteer, one, day));
    lines.filter(|line| seen.insert(line.clone())).collect()
}

/// One meaning on a line, the posts of a state below it.
fn sense(gazetteer: &Gazetteer, one: &Explanation, day: Option<Date>) -> String {
    let codes = [one.country.as_deref().unwrap_or("-").to_owned(), one.sectors.join(" ")].join(" ");
    let mut out = format!("{}  {}  [{}]  {}\n", one.id, one.name, codes.trim(), one.what);
    let state = one.id.starts_with("state/") || one.id.starts_with("government/");
    let posts = match (&one.country, day) {
        (Some(code), Some(day)) if state => gazetteer.posts(code, day),
        _ => Vec::new(),
    };
    for (office, person, tenure) in posts.into_iter().filter(|(office, ..)| office.rank <= LISTED) {
        let until = tenure.until.map_or_else(|| "today".to_owned(), |day| day.to_string());
        let _ = writeln!(
            out,
            "  {}: {}, {} to {until}",
            office.titles.first().unwrap_or(&office.id),
            person.name,
            tenure.from
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_held_several_posts_is_told_once() {
        let gazetteer = Gazetteer::load(&files(None).unwrap()).unwrap();
        let told = told(&gazetteer, "Obama", "2024-01-01".parse().ok());
        assert_eq!(told.lines().count(), 1, "{told}");
        assert!(told.contains("head_of_state of USA"), "{told}");
    }
}
