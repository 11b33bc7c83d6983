//! The form of a record, for programs in other languages.

use legation_record::{Record, SCHEMA_VERSION};

/// JSON Schema (draft 2020-12) of a record as `legation read --format json` writes it.
#[must_use]
pub fn json_schema() -> String {
    let mut schema = schemars::schema_for!(Record);

    schema.insert("x-version".into(), SCHEMA_VERSION.into());
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
