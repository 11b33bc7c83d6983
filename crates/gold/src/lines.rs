use std::{fs, io::Read, path::Path};

use anyhow::Context;
use flate2::read::MultiGzDecoder;
use serde_json::Value;

/// The bytes of a file, unpacked where it is packed with gzip.
pub fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    let raw = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    if !raw.starts_with(&[0x1f, 0x8b]) {
        return Ok(raw);
    }
    let mut unpacked = Vec::new();
    let packed = || format!("{} is damaged", path.display());
    MultiGzDecoder::new(raw.as_slice()).read_to_end(&mut unpacked).with_context(packed)?;
    Ok(unpacked)
}

/// The text of a file, unpacked where it is packed with gzip.
pub fn text(path: &Path) -> anyhow::Result<String> {
    String::from_utf8(bytes(path)?).with_context(|| format!("{} is not UTF-8", path.display()))
}

/// The values of a file with one JSON value a line; blank lines are skipped.
pub fn values(text: &str) -> anyhow::Result<Vec<Value>> {
    let lines = text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read =
        |(at, line): (usize, &str)| serde_json::from_str(line).with_context(|| format!("line {}", at + 1));
    lines.map(read).collect()
}

/// The string at `key`; empty where there is none.
pub fn string<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The list at `key`; empty where there is none.
pub fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The number at `key`; 0 where there is none.
pub fn number(value: &Value, key: &str) -> usize {
    value.get(key).and_then(Value::as_u64).map_or(0, |number| number as usize)
}
