use rusqlite::params;

use crate::{Fault, Ledger, store::OrFault as _, terms::Term};

use super::filter::{Asked, Filter, asked, words};

/// What a filter asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Events,
    Statements,
    Articles,
}

impl Ledger {
    /// Refuses a filter with a word that nothing can have: an answer of nothing would be taken for one.
    pub(crate) fn sensible(&self, filter: &Filter, of: Of) -> Result<(), Fault> {
        if let Some(text) = filter.text.as_ref().filter(|text| words(text).is_empty()) {
            return Err(Fault::Wordless(text.clone()));
        }
        match of {
            Of::Events => self.sensible_events(filter)?,
            Of::Statements => self.each(&filter.kinds, Term::Act, "statements WHERE act")?,
            Of::Articles => {}
        }
        let mut country = filter.country.iter().filter(|country| !country.starts_with("IGO:"));
        country.try_for_each(|country| self.country(country))
    }

    fn sensible_events(&self, filter: &Filter) -> Result<(), Fault> {
        let kinds: Vec<String> =
            filter.kinds.iter().filter(|kind| !self.sameness.knows(kind)).cloned().collect();
        self.each(&kinds, Term::Kind, "events WHERE kind")?;
        self.each(&filter.status, Term::Status, "events WHERE status")?;
        self.each(&filter.verdict, Term::Verdict, "events WHERE verdict")
    }

    /// A word of another version's knowledge, or of somebody's own, may be in the ledger and not in ours.
    fn each<'a>(
        &self,
        words: impl IntoIterator<Item = &'a String>,
        term: Term,
        column: &str,
    ) -> Result<(), Fault> {
        for word in words {
            if !self.terms.has(term, word) && !self.holds(column, word)? {
                return Err(self.no(term, word));
            }
        }
        Ok(())
    }

    /// A country goes by its names, by how articles call it, or by a code that is in the ledger.
    fn country(&self, word: &str) -> Result<(), Fault> {
        let known = self.terms.has(Term::Country, word)
            || match asked(&self.db, word).or_fault(&self.path)? {
                Some(Asked::Country(code)) => code != word || self.holds("mentions WHERE country", word)?,
                _ => false,
            };
        if known { Ok(()) } else { Err(self.no(Term::Country, word)) }
    }

    fn holds(&self, column: &str, word: &str) -> Result<bool, Fault> {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {column} = ?1)");
        self.db.query_row(&sql, params![word], |row| row.get(0)).or_fault(&self.path)
    }

    fn no(&self, term: Term, word: &str) -> Fault {
        Fault::NoSuch { term: term.name(), asked: word.to_owned(), near: self.terms.near(term, word) }
    }
}

#[cfg(test)]
mod tests {
    use legation_knowledge::Files;

    use super::*;

    #[test]
    fn a_slip_is_no_answer_of_nothing() {
        let ledger = Ledger::in_memory(&Files::built_in()).unwrap();
        let some = |word: &str| Some(word.to_owned());
        let fine = [
            Filter { kinds: vec!["visit".into()], status: some("confirmed"), ..Filter::default() },
            Filter { country: some("Norway"), verdict: some("open"), ..Filter::default() },
            Filter { country: some("IGO:EU"), text: some("a"), ..Filter::default() },
        ];
        for filter in &fine {
            assert!(ledger.events(filter).unwrap().is_empty());
        }
        let slips = [
            Filter { kinds: vec!["visit".into(), "vist".into()], ..Filter::default() },
            Filter { status: some("hold"), ..Filter::default() },
            Filter { verdict: some("accept"), ..Filter::default() },
            Filter { country: some("Norwya"), ..Filter::default() },
            Filter { country: some("ZZZ"), ..Filter::default() },
        ];
        for filter in &slips {
            assert!(matches!(ledger.events(filter), Err(Fault::NoSuch { .. })), "{filter:?}");
            assert!(matches!(ledger.count_events(filter), Err(Fault::NoSuch { .. })), "{filter:?}");
        }
        let act = Filter { kinds: vec!["visit".into()], ..Filter::default() };
        assert!(matches!(ledger.statements(&act), Err(Fault::NoSuch { term: "act", .. })));
        for text in ["*", "\"", "%", "", " - "] {
            let filter = Filter { text: some(text), ..Filter::default() };
            assert!(matches!(ledger.statements(&filter), Err(Fault::Wordless(_))), "{text}");
            assert!(matches!(ledger.search(&filter), Err(Fault::Wordless(_))), "{text}");
        }
    }

    #[test]
    fn no_offset_is_too_large() {
        let ledger = Ledger::in_memory(&Files::built_in()).unwrap();
        for far in [usize::MAX, 1 << 63] {
            let filter = Filter { limit: Some(far), offset: Some(far), ..Filter::default() };
            assert!(
                ledger.events(&filter).unwrap().is_empty() && ledger.statements(&filter).unwrap().is_empty()
            );
            assert!(
                ledger.articles(&filter).unwrap().1.is_empty()
                    && ledger.people(&filter).unwrap().1.is_empty()
            );
        }
    }
}
