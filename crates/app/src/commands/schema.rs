use anyhow::Result;
use clap::Args;
use legation_app::schema;

use super::print;

/// Print the JSON Schema of a record
#[derive(Debug, Args)]
pub struct Schema {}

impl Schema {
    pub fn run(self) -> Result<()> {
        print(&schema::json_schema())
    }
}
