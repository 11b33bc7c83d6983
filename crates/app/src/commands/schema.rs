use anyhow::Result;
use clap::Args;
use legation_app::schema;

use super::print_file;

/// Print the JSON Schema of a record
#[derive(Debug, Args)]
pub struct Schema {}

impl Schema {
    pub fn run(self) -> Result<()> {
        print_file(schema::json_schema())
    }
}
