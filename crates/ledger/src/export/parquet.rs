//! Parquet (version 1 data pages, plain values, gzip): enough for tables of words, days and numbers.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use legation_record::Date;

use super::{
    table::{Column, Sort, Table},
    thrift::Struct,
};
use crate::words::number;

const MAGIC: &[u8] = b"PAR1";
/// Rows written together.
const GROUP: usize = 65_536;
/// Days from the year 1 to 1970, as this crate counts them.
const EPOCH: (i16, i8, i8) = (1970, 1, 1);
const GZIP: i32 = 2;

/// Where a column of a row group lies in the file.
struct Chunk {
    offset: usize,
    values: usize,
    plain: usize,
    packed: usize,
}

/// A table as one Parquet file. The same rows give the same bytes.
#[must_use]
pub fn parquet(table: &Table) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    let mut groups = Vec::new();
    for rows in table.rows.chunks(GROUP) {
        let columns = table.columns.iter().enumerate();
        let chunks: Vec<Chunk> = columns
            .map(|(at, column)| chunk(&mut file, column.1, rows.iter().map(|row| row[at].as_str())))
            .collect();
        groups.push((chunks, rows.len()));
    }
    let footer = footer(table, &groups);
    file.extend(&footer);
    file.extend((footer.len() as u32).to_le_bytes());
    file.extend(MAGIC);
    file
}

fn chunk<'a>(file: &mut Vec<u8>, sort: Sort, cells: impl Iterator<Item = &'a str>) -> Chunk {
    let (mut values, mut there) = (Vec::new(), Vec::new());
    for cell in cells {
        there.push(value(&mut values, sort, cell));
    }
    let mut page = levels(&there);
    page.extend(values);
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let packed = encoder.write_all(&page).and_then(|()| encoder.finish()).unwrap_or_default();
    let mut head = Struct::default();
    head.int(1, 0).int(2, page.len() as i32).int(3, packed.len() as i32);
    let mut data = Struct::default();
    data.int(1, there.len() as i32).int(2, 0).int(3, 3).int(4, 3);
    head.inner(5, data);
    let (head, offset) = (head.finish(), file.len());
    file.extend(&head);
    file.extend(&packed);
    Chunk { offset, values: there.len(), plain: head.len() + page.len(), packed: head.len() + packed.len() }
}

/// Writes a cell; `false` where it has no value.
fn value(out: &mut Vec<u8>, sort: Sort, cell: &str) -> bool {
    let bytes = match sort {
        Sort::Text => {
            (!cell.is_empty()).then(|| [&(cell.len() as u32).to_le_bytes(), cell.as_bytes()].concat())
        }
        Sort::Day => cell.parse().ok().and_then(since_epoch).map(|day| day.to_le_bytes().to_vec()),
        Sort::Whole => cell.parse::<i64>().ok().map(|value| value.to_le_bytes().to_vec()),
        Sort::Number => cell.parse::<f64>().ok().map(|value| value.to_le_bytes().to_vec()),
    };
    let there = bytes.is_some();
    out.extend(bytes.unwrap_or_default());
    there
}

fn since_epoch(day: Date) -> Option<i32> {
    let epoch = Date::new(EPOCH.0, EPOCH.1, EPOCH.2)?;
    i32::try_from(number(day) - number(epoch)).ok()
}

/// Definition levels: one bit-packed run, with its length before it.
fn levels(there: &[bool]) -> Vec<u8> {
    let groups = there.len().div_ceil(8);
    let mut run = Vec::new();
    super::thrift::varint(&mut run, (groups as u64) << 1 | 1);
    let byte = |eight: &[bool]| eight.iter().rev().fold(0, |all, bit| all << 1 | u8::from(*bit));
    run.extend(there.chunks(8).map(byte));
    [(run.len() as u32).to_le_bytes().to_vec(), run].concat()
}

/// Physical type, converted type and logical type.
fn types(sort: Sort) -> (i32, Option<(i32, i16)>) {
    match sort {
        Sort::Text => (6, Some((0, 1))),
        Sort::Day => (1, Some((6, 6))),
        Sort::Whole => (2, None),
        Sort::Number => (5, None),
    }
}

fn footer(table: &Table, groups: &[(Vec<Chunk>, usize)]) -> Vec<u8> {
    let mut root = Struct::default();
    root.text(4, table.name).int(5, table.columns.len() as i32);
    let schema = std::iter::once(root).chain(table.columns.iter().map(element));
    let mut meta = Struct::default();
    meta.int(1, 1)
        .structs(2, schema.collect())
        .long(3, table.rows.len() as i64)
        .structs(4, groups.iter().map(|(chunks, rows)| group(table, chunks, *rows)).collect())
        .text(6, concat!("legation ", env!("CARGO_PKG_VERSION")));
    meta.finish()
}

fn element((name, sort, _): &Column) -> Struct {
    let (physical, meaning) = types(*sort);
    let mut element = Struct::default();
    element.int(1, physical).int(3, 1).text(4, name);
    if let Some((converted, logical)) = meaning {
        let mut union = Struct::default();
        union.inner(logical, Struct::default());
        element.int(6, converted).inner(10, union);
    }
    element
}

fn group(table: &Table, chunks: &[Chunk], rows: usize) -> Struct {
    let columns = table.columns.iter().zip(chunks).map(|(column, chunk)| column_chunk(column, chunk));
    let mut group = Struct::default();
    group.structs(1, columns.collect());
    group.long(2, chunks.iter().map(|chunk| chunk.plain as i64).sum()).long(3, rows as i64);
    group
}

fn column_chunk((name, sort, _): &Column, chunk: &Chunk) -> Struct {
    let mut meta = Struct::default();
    meta.int(1, types(*sort).0)
        .ints(2, &[0, 3])
        .texts(3, &[name])
        .int(4, GZIP)
        .long(5, chunk.values as i64)
        .long(6, chunk.plain as i64)
        .long(7, chunk.packed as i64)
        .long(9, chunk.offset as i64);
    let mut column = Struct::default();
    column.long(2, chunk.offset as i64).inner(3, meta);
    column
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_begins_and_ends_as_it_should_and_levels_are_bits() {
        let columns: &[Column] = &[("a", Sort::Text, ""), ("n", Sort::Whole, "")];
        let rows = vec![vec!["x".to_owned(), "1".to_owned()], vec![String::new(), "2".to_owned()]];
        let file = parquet(&Table { name: "t", columns, rows });
        assert!(file.starts_with(MAGIC) && file.ends_with(MAGIC));
        assert_eq!(levels(&[true, false, true]), [2, 0, 0, 0, 3, 0b101]);
        assert_eq!(since_epoch("1970-01-02".parse().unwrap()), Some(1));
    }
}
