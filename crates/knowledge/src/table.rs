use crate::LoadError;

/// A tab-separated file: a header line, then a row a line; `#` begins a comment line.
#[derive(Debug, Clone)]
pub struct Table<'a> {
    file: &'a str,
    rows: Vec<(usize, Vec<&'a str>)>,
}

/// One row of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'a, 't> {
    file: &'a str,
    line: usize,
    cells: &'t [&'a str],
}

impl<'a> Table<'a> {
    /// Reads `text`, whose header must be exactly `columns`.
    ///
    /// ```
    /// # use legation_knowledge::Table;
    /// let table = Table::read("x.tsv", "name\tcode\nChina\tCHN\n", &["name", "code"]).unwrap();
    /// assert_eq!(table.rows().next().unwrap().get(1), "CHN");
    /// let error = Table::read("x.tsv", "name\tcode\nChina\n", &["name", "code"]).unwrap_err();
    /// assert_eq!((error.line, error.column), (2, 6));
    /// ```
    ///
    /// # Errors
    /// When the header differs or a row has too few or too many cells.
    pub fn read(file: &'a str, text: &'a str, columns: &[&str]) -> Result<Self, LoadError> {
        let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
        let mut lines = lines.by_ref().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
        let header = lines.next().map(|(_, line)| line).unwrap_or_default();
        if header.split('\t').ne(columns.iter().copied()) {
            let advice = format!("write, with tabs between: {}", columns.join(" "));
            return Err(LoadError::new(file, 1, 1, "the header is not as expected").help(advice));
        }
        let rows = lines.map(|(line, text)| cells(file, line, text, columns)).collect::<Result<_, _>>()?;
        Ok(Self { file, rows })
    }

    /// The rows.
    pub fn rows<'t>(&'t self) -> impl Iterator<Item = Row<'a, 't>> {
        self.rows.iter().map(|(line, cells)| Row { file: self.file, line: *line, cells })
    }
}

fn cells<'a>(
    file: &str,
    line: usize,
    text: &'a str,
    columns: &[&str],
) -> Result<(usize, Vec<&'a str>), LoadError> {
    let cells: Vec<&str> = text.split('\t').collect();
    if cells.len() == columns.len() {
        return Ok((line, cells));
    }
    let message = format!("{} cells where {} are expected", cells.len(), columns.len());
    let advice = format!("the columns are: {}; leave a cell empty rather than out", columns.join(", "));
    Err(LoadError::new(file, line, text.chars().count() + 1, message).help(advice))
}

impl<'a> Row<'a, '_> {
    /// The cell of a column; empty where the cell is.
    #[must_use]
    pub fn get(&self, column: usize) -> &'a str {
        self.cells.get(column).copied().unwrap_or_default()
    }

    /// The parts of a cell that holds several values divided by `|`.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &'a str> {
        self.get(column).split('|').map(str::trim).filter(|part| !part.is_empty())
    }

    /// Line, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// A fault in one cell.
    #[must_use]
    pub fn error(&self, column: usize, message: impl Into<String>) -> LoadError {
        let before: usize =
            self.cells[..column.min(self.cells.len())].iter().map(|c| c.chars().count() + 1).sum();
        LoadError::new(self.file, self.line, before + 1, message)
    }
}
