//! Codes actors: reads lines of `text<TAB>context<TAB>date`, writes `country<TAB>code_1<TAB>code_2<TAB>name`.

use std::io::BufRead;

use legation_knowledge::Files;
use legation_mention::entity::EntityReader;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reader = EntityReader::load(&Files::built_in())?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let mut cells = line.split('\t');
        let mut next = || cells.next().unwrap_or_default();
        let (text, context, date) = (next(), next(), next());
        let code = reader.actor(text, context, date.parse().ok());
        println!("{}\t{}\t{}\t{}", code.country, code.code_1, code.code_2, code.name);
    }
    Ok(())
}
