use anyhow::Result;
use clap::Args;
use legation_app::answer;

use super::ask::{Choice, Place, Plain};

/// Find articles by their words, the most fitting first
///
/// Every word must occur; a phrase stands in quotation marks, `word*` finds whatever begins so. Days are those of publication.
#[derive(Debug, Args)]
pub struct Search {
    /// What to find
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,

    #[command(flatten)]
    choice: Choice,

    /// Form of the list
    #[arg(long, value_enum, default_value_t)]
    format: Plain,
}

impl Search {
    pub fn run(self, place: Place<'_>) -> Result<()> {
        let mut filter = self.choice.filter(&[]);
        let text = filter.text.iter().chain(&self.words).cloned().collect::<Vec<_>>().join(" ");
        filter.text = Some(text);
        let found = place.ledger()?.search(&filter)?;
        self.format.print(&found, answer::found)
    }
}
