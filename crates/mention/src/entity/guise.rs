use legation_text::Sentence;

use super::{found::Guise, words::Words};

/// Where a state's name, capital or metonym stands in its sentence.
pub(super) struct Standing<'a> {
    pub text: &'a str,
    pub sentence: &'a Sentence,
    pub words: &'a Words,
    pub first: usize,
    pub last: usize,
    pub head: usize,
}

impl Standing<'_> {
    /// The guise of a country's name: its government where it acts, else the land.
    pub fn of_state(&self) -> (Guise, &'static str) {
        match self.preposition().as_deref() {
            Some("by") if self.is("obl") => {
                (Guise::Government, "entity/state-agent: named with by as the one who acts")
            }
            None if self.acts() => {
                (Guise::Government, "entity/state-acts: subject of a verb of acting or saying")
            }
            _ => (Guise::Land, "entity/state: a country's name that does not act"),
        }
    }

    /// The guise of a capital: a place where things are, a government where it acts or is dealt with.
    pub fn of_capital(&self) -> (Guise, &'static str) {
        if let Some(preposition) = self.preposition() {
            let sent = self.sender();
            return match preposition.as_str() {
                "to" | "in" if sent => (Guise::Government, "entity/capital-receives: an envoy is sent to it"),
                "with" | "against" | "between" | "by" | "for" | "among" => {
                    (Guise::Government, "entity/capital-party: a party that is dealt with")
                }
                _ => (Guise::Place, "entity/capital-place: follows a preposition of place"),
            };
        }
        if self.possesses() {
            let place = self.possessed().is_some_and(|word| self.words.is(&word, "motion"));
            return if place {
                (Guise::Place, "entity/capital-place: possessor of a place")
            } else {
                (Guise::Government, "entity/capital-owns: possessor of what a government has")
            };
        }
        match self.governor() {
            Some(verb) if self.is("nsubj") && !self.words.is(&verb, "copula-verb") => {
                (Guise::Government, "entity/capital-acts: subject of a verb")
            }
            Some(verb) if self.is("obj") && !self.words.is(&verb, "motion") => {
                (Guise::Government, "entity/capital-addressed: object of what is done to a government")
            }
            Some(_) if self.is("conj") => {
                (Guise::Government, "entity/capital-joined: joined to another party")
            }
            _ => (Guise::Place, "entity/capital-place: nothing says that it acts"),
        }
    }

    /// The guise of a palace or street that stands for a government.
    pub fn of_metonym(&self) -> (Guise, &'static str) {
        match self.preposition().as_deref() {
            Some("in" | "at" | "near" | "outside" | "inside") => {
                (Guise::Place, "entity/metonym-place: follows a preposition of place")
            }
            _ => (Guise::Government, "entity/metonym: stands for those who govern"),
        }
    }

    fn acts(&self) -> bool {
        let token = &self.sentence.tokens[self.head];
        let subject = &*token.deprel == "nsubj" || &*token.deprel == "nsubj:outer";
        subject
            && !self.possesses()
            && self.governor().is_some_and(|verb| !self.words.is(&verb, "copula-verb"))
            && self.verbal()
    }

    fn verbal(&self) -> bool {
        let governor = self.sentence.tokens[self.head].head;
        governor.is_some_and(|at| self.sentence.tokens[at].upos == legation_text::Upos::Verb)
    }

    fn is(&self, rel: &str) -> bool {
        self.sentence.tokens[self.head].is_rel(rel)
    }

    fn governor(&self) -> Option<String> {
        let token = self.sentence.tokens[self.head].head?;
        Some(self.sentence.tokens[token].lemma.to_lowercase())
    }

    fn form(&self, at: usize) -> String {
        self.sentence.tokens[at].form(self.text).to_lowercase()
    }

    /// The preposition just before the name, articles and adjectives skipped.
    fn preposition(&self) -> Option<String> {
        use legation_text::Upos;
        let before = (0..self.first).rev().take(4);
        let mut skipped =
            before.skip_while(|at| matches!(self.sentence.tokens[*at].upos, Upos::Det | Upos::Adj));
        let at = skipped.next()?;
        (self.sentence.tokens[at].upos == Upos::Adp).then(|| self.form(at))
    }

    pub fn possesses(&self) -> bool {
        let next = self.sentence.tokens.get(self.last + 1);
        next.is_some_and(|token| &*token.xpos == "POS" || matches!(token.form(self.text), "'s" | "’s"))
    }

    fn possessed(&self) -> Option<String> {
        let token = self.sentence.tokens.get(self.last + 2)?;
        Some(token.lemma.to_lowercase())
    }

    /// Whether the name is the complement of somebody who is sent: "ambassador to".
    fn sender(&self) -> bool {
        let before = (0..self.first).rev().take(4).map(|at| self.sentence.tokens[at].lemma.to_lowercase());
        before.into_iter().any(|lemma| self.words.is(&lemma, "sent"))
    }
}
