use std::path::Path;

use anyhow::Result;
use clap::Args;

use super::{Input, print_file, reader};

/// Parse an article and print its sentences, words and trees as CoNLL-U
#[derive(Debug, Args)]
pub struct Parse {
    #[command(flatten)]
    input: Input,
}

impl Parse {
    pub fn run(self, knowledge: Option<&Path>) -> Result<()> {
        let article = self.input.article()?;
        let parse = reader(knowledge)?.parse(&article);
        print_file(legation_text::to_conllu(&article.text, &parse))
    }
}
