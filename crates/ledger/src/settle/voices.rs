//! Who tells an event independently: copies and the same outlet count once.

use std::collections::BTreeSet;

use super::load::Sheet;

/// More articles than this are not compared for copies.
const COMPARED: usize = 400;

/// How many of the articles are neither copies of each other nor of one publisher.
pub fn independent(sheets: &[&Sheet]) -> usize {
    let mut leaders: Vec<&Sheet> = Vec::new();
    for sheet in sheets.iter().take(COMPARED) {
        let depends = |leader: &&Sheet| {
            leader.near.is_copy(&sheet.near)
                || sheet.publishers.iter().any(|name| leader.publishers.contains(name))
        };
        if !leaders.iter().any(depends) {
            leaders.push(sheet);
        }
    }
    leaders.len()
}

/// How many outlets.
pub fn publishers(sheets: &[&Sheet]) -> usize {
    sheets.iter().flat_map(|sheet| &sheet.publishers).collect::<BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::near::Signature;

    #[test]
    fn copies_and_one_outlet_count_once() {
        let sheet = |text: &str, publisher: &str| Sheet {
            published: None,
            publishers: vec![publisher.to_owned()],
            near: Signature::of(text),
        };
        let wire = "The two presidents met in the capital on Monday and spoke about trade for an hour.";
        let own = "After an hour of talks about trade the heads of state parted without a declaration.";
        let all =
            [sheet(wire, "A"), sheet(wire, "B"), sheet(own, "C"), sheet("Another story of that day.", "C")];
        assert_eq!(independent(&all.iter().collect::<Vec<_>>()), 2);
        assert_eq!(publishers(&all.iter().collect::<Vec<_>>()), 3);
    }
}
