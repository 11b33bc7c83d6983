use std::collections::BTreeMap;

use super::Tenure;
use crate::{LoadError, Row};

/// Finds tenures of one office that overlap by more than the day of the change.
#[derive(Default)]
pub(super) struct Overlaps {
    held: BTreeMap<(String, String), Vec<Held>>,
}

struct Held {
    who: String,
    tenure: Tenure,
    fault: LoadError,
}

impl Overlaps {
    /// Takes note of a row of an office that one person at a time holds.
    pub(super) fn add(&mut self, row: &Row<'_, '_>, tenure: &Tenure) {
        let fault =
            row.error(7, format!("two hold the office {} of {} at once", tenure.office, tenure.country));
        let held = Held { who: row.get(0).to_owned(), tenure: tenure.clone(), fault };
        self.held.entry((tenure.country.clone(), tenure.office.clone())).or_default().push(held);
    }

    /// The first overlap, if there is one.
    pub(super) fn check(mut self) -> Result<(), LoadError> {
        for held in self.held.values_mut() {
            held.sort_by_key(|held| held.tenure.from);
            for pair in held.windows(2) {
                let overlap = pair[0].tenure.until.is_none_or(|until| until > pair[1].tenure.from);
                if overlap {
                    let help = format!(
                        "{} holds it until {}; end that tenure first",
                        pair[0].who,
                        pair[0].tenure.until.map_or("today".into(), |d| d.to_string())
                    );
                    return Err(pair[1].fault.clone().help(help));
                }
            }
        }
        Ok(())
    }
}
