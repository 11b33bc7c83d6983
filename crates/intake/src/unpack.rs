use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

/// Bytes that may come out whatever went in, and how many times as many as went in beyond that.
const FREE: u64 = 64 << 20;
const RATIO: u64 = 200;

/// Unpacks gzip of one or many members, and stops with an error where far more comes out than any text would give.
pub struct Unpacked<R> {
    inner: MultiGzDecoder<Counted<R>>,
    out: u64,
}

impl<R: Read> Unpacked<R> {
    /// Unpacks `packed`.
    pub fn new(packed: R) -> Self {
        Self { inner: MultiGzDecoder::new(Counted { inner: packed, count: 0 }), out: 0 }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.out += count as u64;
        if self.out > FREE + RATIO * self.inner.get_ref().count {
            return Err(io::Error::new(io::ErrorKind::InvalidData, crate::Refused::Bomb));
        }
        Ok(count)
    }
}

struct Counted<R> {
    inner: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn text_comes_out_and_a_bomb_stops() {
        let pack = |bytes: &[u8], times: usize| {
            let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            (0..times).for_each(|_| packer.write_all(bytes).unwrap());
            packer.finish().unwrap()
        };
        let mut two = pack(b"one ", 1);
        two.extend(pack(b"two", 1));
        assert_eq!(io::read_to_string(Unpacked::new(two.as_slice())).unwrap(), "one two");
        let bomb = pack(&vec![0; 1 << 20], 100);
        let error = io::copy(&mut Unpacked::new(bomb.as_slice()), &mut io::sink()).unwrap_err();
        assert!(error.to_string().contains("unpacks to far more"));
    }
}
