//! Times pages of nested tags, 1 KB to 10 MB, each in a stack of 2 MB: `cargo run --release -p legation-intake --example nested`.

use std::time::Instant;

const STACK: usize = 2 << 20;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("tag\tKB\tms\tms_per_MB");
    for tag in ["div", "b", "p", "table", "a", "x-y", "svg", "li", "form", "template"] {
        for size in [1 << 10, 10 << 10, 100 << 10, 1 << 20, 10 << 20] {
            let html = format!("<{tag}>").repeat(size / (tag.len() + 2));
            let timed = move || {
                let start = Instant::now();
                let _ = legation_intake::page(&html, None);
                start.elapsed()
            };
            let thread = std::thread::Builder::new().stack_size(STACK).spawn(timed)?;
            let ms = thread.join().map_err(|_| "a page ended its thread")?.as_secs_f64() * 1000.0;
            println!("{tag}\t{}\t{ms:.1}\t{:.1}", size >> 10, ms * (1 << 20) as f64 / size as f64);
        }
    }
    Ok(())
}
