use std::fmt::Write as _;

use super::table::Table;

/// A table as CSV (RFC 4180).
#[must_use]
pub fn csv(table: &Table) -> String {
    let mut out = String::new();
    let header: Vec<String> = table.columns.iter().map(|(name, ..)| (*name).to_owned()).collect();
    row(&mut out, &header);
    table.rows.iter().for_each(|cells| row(&mut out, cells));
    out
}

fn row(out: &mut String, cells: &[String]) {
    for (at, cell) in cells.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        let _ = write!(out, "{comma}{}", quoted(cell));
    }
    out.push_str("\r\n");
}

/// A cell in quotation marks where it needs them. A cell of words that a spreadsheet would take for a formula gets an
/// apostrophe; a number keeps its sign.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn cells_are_quoted_and_are_no_formulas() {
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(quoted("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(quoted("@SUM"), "'@SUM");
        assert_eq!(quoted("-33.9"), "-33.9");
    }
}
