//! Prints the article of a saved page: `cargo run --release -p legation-intake --example page -- FILE`.

use legation_intake::{decode, page};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("give the name of a saved page")?;
    let page = page(&decode(&std::fs::read(file)?, None), None)?;
    let meta = page.article.meta;
    println!("{}", meta.headline.unwrap_or_default());
    println!("{}", meta.published.map(|day| day.to_string()).unwrap_or_default());
    println!("{}\n\n{}", meta.byline.unwrap_or_default(), page.article.text);
    Ok(())
}
