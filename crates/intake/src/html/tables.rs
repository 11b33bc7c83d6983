//! Tables that hold data, not the layout of a page.

use super::scan::Scan;

/// Longer cells on average are text in columns.
const CELL: usize = 120;

#[derive(Debug, Clone, Copy, Default)]
struct Table {
    rows: usize,
    cells: usize,
    text: usize,
    linked: usize,
    /// A table stands in it.
    outer: bool,
}

/// The tables of data in an element.
pub(super) struct Tables {
    /// For each element the innermost table it stands in; 0 for none.
    within: Vec<usize>,
    data: Vec<bool>,
    from: usize,
}

/// Finds them: two rows and two columns at least, short cells, not mostly links, none within.
pub(super) fn data(scan: &Scan, container: usize) -> Tables {
    let (from, end) = (container, scan.nodes[container].end);
    let mut within = vec![0; end - from];
    let mut tables = vec![Table::default(); end - from];
    for index in from + 1..end {
        let node = &scan.nodes[index];
        let outer = within[node.parent - from];
        within[index - from] = if node.tag == "table" { index } else { outer };
        if outer != 0 {
            let table = &mut tables[outer - from];
            table.rows += usize::from(node.tag == "tr");
            table.cells += usize::from(matches!(node.tag, "td" | "th"));
            table.outer |= node.tag == "table";
        }
    }
    for block in scan.blocks.iter().filter(|block| block.node > from && block.node < end) {
        let table = &mut tables[within[block.node - from].saturating_sub(from)];
        table.text += block.text.len();
        table.linked += block.linked;
    }
    let is_data = |table: &Table| {
        let columns = table.cells >= table.rows * 2;
        let short = table.text < table.cells * CELL && table.linked * 2 < table.text;
        table.rows > 1 && columns && short && !table.outer
    };
    Tables { within, data: tables.iter().map(is_data).collect(), from }
}

impl Tables {
    /// Whether a block is a cell of a table of data.
    pub fn holds(&self, scan: &Scan, index: usize, lax: bool) -> bool {
        let node = scan.blocks[index].node;
        let marks = scan.nodes[node].marks;
        let table = node.checked_sub(self.from).and_then(|at| self.within.get(at)).copied().unwrap_or(0);
        let shown = !marks.beside && (lax || !marks.chrome && !marks.about);
        table != 0
            && shown
            && matches!(scan.nodes[node].tag, "td" | "th" | "div")
            && self.data[table - self.from]
    }
}
