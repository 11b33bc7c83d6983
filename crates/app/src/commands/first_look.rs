use std::path::Path;

use anyhow::Result;
use legation_app::{outline, samples};

use super::{Color, print_styled, reader};

const NEXT: &str = "
Try next:
  legation read FILE                       an article of your own, - for standard input
  legation read FILE --format html > a.html    hover a field to see its words
  legation read FILE --format json         for programs
  legation why v1 FILE                     why an event was read so
  legation --help                          everything else
";

pub fn run(knowledge: Option<&Path>) -> Result<()> {
    let record = reader(knowledge)?.read(samples::default_article());
    print_styled(&format!("{}{NEXT}", outline::outline(&record, Color::Auto.layout())))
}
