/// The Mersenne Twister (MT19937) as Python seeds and draws from it, so that the bootstrap
/// intervals of the record scorer come out the same.
#[derive(Debug)]
pub struct Random {
    state: Vec<u32>,
    at: usize,
}

const N: usize = 624;

impl Random {
    /// Seeded with one 32-bit number.
    pub fn new(seed: u32) -> Self {
        let mut state = vec![19_650_218_u32; N];
        for i in 1..N {
            state[i] = scrambled(state[i - 1], 1_812_433_253).wrapping_add(i as u32);
        }
        let mut i = 1;
        for _ in 0..N {
            state[i] = (state[i] ^ scrambled(state[i - 1], 1_664_525)).wrapping_add(seed);
            i = next(&mut state, i);
        }
        for _ in 0..N - 1 {
            state[i] = (state[i] ^ scrambled(state[i - 1], 1_566_083_941)).wrapping_sub(i as u32);
            i = next(&mut state, i);
        }
        state[0] = 0x8000_0000;
        Self { state, at: N }
    }

    /// A number below `limit`, which must not be 0.
    pub fn below(&mut self, limit: usize) -> usize {
        let bits = (usize::BITS - limit.leading_zeros()).clamp(1, 32);
        loop {
            let drawn = (self.draw() >> (32 - bits)) as usize;
            if drawn < limit.max(1) {
                return drawn;
            }
        }
    }

    fn draw(&mut self) -> u32 {
        if self.at == N {
            self.renew();
        }
        let mut y = self.state[self.at];
        self.at += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    fn renew(&mut self) {
        for i in 0..N {
            let y = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % N] & 0x7fff_ffff);
            let twist = if y & 1 == 0 { 0 } else { 0x9908_b0df };
            self.state[i] = self.state[(i + 397) % N] ^ (y >> 1) ^ twist;
        }
        self.at = 0;
    }
}

fn scrambled(before: u32, factor: u32) -> u32 {
    (before ^ (before >> 30)).wrapping_mul(factor)
}

fn next(state: &mut [u32], i: usize) -> usize {
    if i + 1 < N {
        return i + 1;
    }
    state[0] = state[N - 1];
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_as_python_does() {
        let mut random = Random::new(1);
        let drawn: Vec<usize> = (0..8).map(|_| random.below(250)).collect();
        assert_eq!(drawn, PYTHON);
    }

    const PYTHON: [usize; 8] = [34, 145, 216, 205, 195, 16, 65, 30];
}
