use std::path::Path;

use anyhow::{Result, bail};
use clap::Args;
use legation_app::{
    outline, terminal,
    view::{Names, explained},
};

use super::{Color, Input, print_styled, reader};

/// Tell why an event was read so: every field with its words, its rule and the reason
#[derive(Debug, Args)]
pub struct Why {
    /// Id of the event as the outline shows it: v1
    event: String,

    #[command(flatten)]
    input: Input,
}

impl Why {
    pub fn run(self, knowledge: Option<&Path>) -> Result<()> {
        let reader = reader(knowledge)?;
        let record = reader.read(self.input.article()?);
        let Some(event) = record.events.iter().find(|event| event.id == self.event) else {
            let ids: Vec<&str> = record.events.iter().map(|event| event.id.as_str()).collect();
            let help = match ids.as_slice() {
                [] => "no event was read from this article".to_owned(),
                ids => format!("its events are {}", ids.join(", ")),
            };
            bail!("this article has no event '{}'\n  help: {help}", self.event);
        };
        let meaning = terminal::plain(&reader.explain(event, &record.article.text));
        let outline = outline::one(&explained(event, &Names::new(&record)), Color::Auto.layout());
        print_styled(&format!("{}\n{meaning}\n", outline.trim_end_matches('\n')))
    }
}
