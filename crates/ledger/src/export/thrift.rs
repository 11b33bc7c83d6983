//! Thrift's compact form, as far as Parquet's footer needs it.

const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// Appends a number seven bits at a time.
pub fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn signed(out: &mut Vec<u8>, value: i64) {
    varint(out, ((value << 1) ^ (value >> 63)) as u64);
}

fn bytes(out: &mut Vec<u8>, text: &str) {
    varint(out, text.len() as u64);
    out.extend(text.as_bytes());
}

/// A struct while its fields are written, in the order of their numbers.
#[derive(Default)]
pub struct Struct {
    out: Vec<u8>,
    last: i16,
}

impl Struct {
    fn head(&mut self, field: i16, kind: u8) -> &mut Vec<u8> {
        let step = (field - self.last) as u8;
        self.last = field;
        self.out.push(step << 4 | kind);
        &mut self.out
    }

    fn list(&mut self, field: i16, kind: u8, size: usize) -> &mut Vec<u8> {
        let out = self.head(field, LIST);
        if size < 15 {
            out.push((size as u8) << 4 | kind);
        } else {
            out.push(0xF0 | kind);
            varint(out, size as u64);
        }
        out
    }

    /// A field of 32 bits.
    pub fn int(&mut self, field: i16, value: i32) -> &mut Self {
        signed(self.head(field, I32), i64::from(value));
        self
    }

    /// A field of 64 bits.
    pub fn long(&mut self, field: i16, value: i64) -> &mut Self {
        signed(self.head(field, I64), value);
        self
    }

    /// A field of text.
    pub fn text(&mut self, field: i16, value: &str) -> &mut Self {
        bytes(self.head(field, BINARY), value);
        self
    }

    /// A list of numbers of 32 bits.
    pub fn ints(&mut self, field: i16, values: &[i32]) -> &mut Self {
        let out = self.list(field, I32, values.len());
        values.iter().for_each(|value| signed(out, i64::from(*value)));
        self
    }

    /// A list of texts.
    pub fn texts(&mut self, field: i16, values: &[&str]) -> &mut Self {
        let out = self.list(field, BINARY, values.len());
        values.iter().for_each(|value| bytes(out, value));
        self
    }

    /// A struct within.
    pub fn inner(&mut self, field: i16, value: Struct) -> &mut Self {
        self.head(field, STRUCT).extend(value.finish());
        self
    }

    /// A list of structs.
    pub fn structs(&mut self, field: i16, values: Vec<Struct>) -> &mut Self {
        let out = self.list(field, STRUCT, values.len());
        values.into_iter().for_each(|value| out.extend(value.finish()));
        self
    }

    /// Its bytes.
    pub fn finish(mut self) -> Vec<u8> {
        self.out.push(0);
        self.out
    }
}
