use std::time::{Duration, Instant};

use legation_app::Reader;
use legation_knowledge::{Files, Gazetteer};

use super::speed::articles;

/// Times that the knowledge is opened; the median counts.
const OPENED: usize = 9;

/// What who-and-where costs: figure and value, a tab between. Each article is read whole and its entities once more, so
/// that whatever else runs on the machine weighs on both alike.
pub fn cost(reader: &Reader, text: &str) -> anyhow::Result<String> {
    let (mut whole, mut entities) = (Duration::ZERO, Duration::ZERO);
    for article in articles(text)? {
        let begin = Instant::now();
        let layers = reader.layers(&article);
        whole += begin.elapsed();
        let begin = Instant::now();
        drop(reader.entities().read(&article, &layers.parse, &layers.times));
        entities += begin.elapsed();
    }
    let slowdown = 100.0 * entities.as_secs_f64() / whole.saturating_sub(entities).as_secs_f64();
    let opening = opening()?.as_secs_f64() * 1e3;
    Ok(format!("knowledge opens, ms\t{opening:.1}\nslowdown of reading by entities, %\t{slowdown:.1}\n"))
}

fn opening() -> anyhow::Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..OPENED {
        let begin = Instant::now();
        drop(Gazetteer::load(&Files::built_in())?);
        times.push(begin.elapsed());
    }
    times.sort_unstable();
    Ok(times[OPENED / 2])
}
