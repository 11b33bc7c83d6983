//! People told side by side, wherever the tree hangs them: a coordination that joins a name inside a
//! mention, "and" right after a name, and the names behind a number of people ("two aides, A and B").

use legation_record::{EntityKind, Span};
use legation_text::Upos;

use crate::filler::{Fillers, Found, mention};

impl Fillers<'_> {
    /// A word, and those who are told together with the person that it names.
    #[must_use]
    pub fn beside(&self, word: usize) -> Vec<usize> {
        let mut all = vec![word];
        let Some(span) = self.person_at(word) else { return all };
        let within = |at: &usize| *at != word && span.contains(self.clause.token(*at).span);
        let inner = (0..self.clause.sentence.tokens.len()).filter(within);
        let joined = inner.flat_map(|at| self.clause.with(at, "conj").collect::<Vec<_>>());
        all.extend(joined.filter(|at| !span.contains(self.clause.token(*at).span) && self.is_named(*at)));
        all.extend(self.next_person(span));
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|at| seen.insert(*at));
        all
    }

    /// The mention of a person that a word heads.
    fn person_at(&self, word: usize) -> Option<Span> {
        let at = self.clause.token(word).span;
        let entity = self.below.entities.headed_at(at.start)?;
        mention(entity, at).filter(|_| entity.kind == EntityKind::Person)
    }

    fn is_named(&self, at: usize) -> bool {
        matches!(self.clause.token(at).upos, Upos::Propn | Upos::Noun)
    }

    /// Who is named right after a mention and "and", unless a clause of his own begins there.
    fn next_person(&self, span: Span) -> Option<usize> {
        let tokens = &self.clause.sentence.tokens;
        let after = tokens.iter().position(|token| token.span.start >= span.end)?;
        let form = |at: usize| tokens.get(at).map(|token| token.form(self.clause.text));
        let and = if form(after) == Some(",") { after + 1 } else { after };
        if !matches!(form(and), Some("and" | "&")) {
            return None;
        }
        let start = tokens.get(and + 1)?.span.start;
        let people = self.below.entities.entities.iter().filter(|entity| entity.kind == EntityKind::Person);
        let named = people
            .flat_map(|entity| &entity.mentions)
            .find(|mention| mention.span.start == start && mention.span.end > start)?;
        let head = tokens.iter().position(|token| token.span.start == named.head.start)?;
        let own = ["nsubj", "root", "parataxis", "ccomp"].iter().any(|rel| tokens[head].is_rel(rel));
        (!own && self.is_named(head)).then_some(head)
    }

    /// Those who are named behind a number of people, with the country that all have in common.
    #[must_use]
    pub fn members(&self, group: &Found) -> Vec<Found> {
        let clause = self.clause;
        let several = clause.token(group.word).feat("Number") == Some("Plur") && group.noun.is_some();
        if !several || matches!(group.kind, Some(kind) if kind != EntityKind::Group) {
            return Vec::new();
        }
        let inside = clause.sentence.subtree_span(group.word);
        let below = |at: &usize| *at > group.word && inside.contains(clause.token(*at).span);
        let named =
            (0..clause.sentence.tokens.len()).filter(below).filter(|at| clause.token(*at).is_rel("appos"));
        let words = named.flat_map(|at| clause.spread(self.beside(at)));
        let mut seen = std::collections::BTreeSet::new();
        let all: Vec<Found> = words.map(|at| self.read(at)).filter(|one| seen.insert(one.span)).collect();
        if all.len() < 2 || all.iter().any(|one| one.kind != Some(EntityKind::Person)) {
            return Vec::new();
        }
        all.into_iter().map(|one| one.sharing(group)).collect()
    }
}

impl Found {
    /// With the country of somebody it is told with, where its own is not told.
    #[must_use]
    pub fn sharing(mut self, other: &Self) -> Self {
        if self.country.is_none() && other.country.is_some() {
            self.country.clone_from(&other.country);
            self.support.push(other.span);
        }
        self
    }
}

/// Officials told one after the other without a country of their own are of the country of the first.
#[must_use]
pub fn sharing_a_country(found: Vec<Found>) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for one in found {
        let official =
            one.kind == Some(EntityKind::Person) && one.sectors.iter().any(|sector| sector == "GOV");
        let first = all.last().filter(|last| official && last.kind == Some(EntityKind::Person)).cloned();
        all.push(match first {
            Some(first) => one.sharing(&first),
            None => one,
        });
    }
    all
}
