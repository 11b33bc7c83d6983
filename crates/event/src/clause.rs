//! Logical subjects and objects: passives, relative clauses, participles, shared and controlled
//! subjects, and the verbs that carry an event noun.

use legation_record::Status;
use legation_text::{Sentence, Token, Upos};

use crate::lexicon::{Effect, Lexicon};

/// How far a subject is sought upwards.
const REACH: usize = 6;
/// How far above a noun the clause is sought in which its possessor acts.
const OWNER_REACH: usize = 3;

/// A sentence with the words needed to see through its constructions.
#[derive(Clone, Copy)]
pub struct Clause<'a> {
    /// The article's text.
    pub text: &'a str,
    /// The sentence.
    pub sentence: &'a Sentence,
    /// The words.
    pub lexicon: &'a Lexicon,
}

impl<'a> Clause<'a> {
    /// A word.
    #[must_use]
    pub fn token(&self, at: usize) -> &'a Token {
        &self.sentence.tokens[at]
    }

    /// The children of a word with a relation.
    pub fn with(&self, at: usize, rel: &'a str) -> impl Iterator<Item = usize> + 'a {
        let sentence = self.sentence;
        sentence.children(at).filter(move |child| sentence.tokens[*child].is_rel(rel))
    }

    /// Whether a verb is passive.
    #[must_use]
    pub fn is_passive(&self, verb: usize) -> bool {
        let marks = |rel: &str| rel == "nsubj:pass" || rel == "aux:pass" || rel == "csubj:pass";
        self.sentence.children(verb).any(|child| marks(&self.token(child).deprel))
    }

    /// The case or mark word of a word, lower-cased.
    #[must_use]
    pub fn mark(&self, at: usize) -> Option<String> {
        let mut children = self.sentence.children(at).map(|child| self.token(child));
        let mark =
            children.find(|child| child.is_rel("case") || (child.is_rel("mark") && child.upos != Upos::Part));
        mark.map(|mark| mark.form(self.text).to_lowercase())
    }

    /// Who does what a verb or event noun says.
    #[must_use]
    pub fn agents(&self, word: usize) -> Vec<usize> {
        let found = if is_verbal(self.token(word)) { self.subjects(word, REACH) } else { self.owners(word) };
        self.spread(found)
    }

    /// To whom it is done.
    #[must_use]
    pub fn patients(&self, word: usize) -> Vec<usize> {
        let found = self.objects(word);
        self.spread(found)
    }

    /// Words with all that is coordinated with them.
    #[must_use]
    pub fn spread(&self, words: Vec<usize>) -> Vec<usize> {
        let mut all = Vec::new();
        for word in words {
            all.push(word);
            all.extend(self.with(word, "conj").filter(|other| !is_verbal(self.token(*other))));
        }
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|word| seen.insert(*word));
        all
    }

    fn subjects(&self, verb: usize, reach: usize) -> Vec<usize> {
        if self.is_passive(verb) || self.is_bare_participle(verb) {
            return self.by_agents(verb);
        }
        let own: Vec<usize> =
            self.with(verb, "nsubj").filter(|at| !self.token(*at).is_rel("nsubj:outer")).collect();
        if !own.is_empty() {
            return own.into_iter().map(|at| self.antecedent(verb, at)).collect();
        }
        if reach == 0 { Vec::new() } else { self.inherited(verb, reach - 1) }
    }

    fn is_bare_participle(&self, verb: usize) -> bool {
        let token = self.token(verb);
        let reduced = token.deprel.as_ref() == "acl" || token.is_rel("amod");
        let finite = |child: usize| self.token(child).is_rel("nsubj") || self.token(child).is_rel("aux");
        let participle = &*token.xpos == "VBN" && reduced && !self.sentence.children(verb).any(finite);
        participle || self.is_opening_participle(verb)
    }

    /// "of supplying": a gerund without auxiliary, with which nothing finite is coordinated.
    #[must_use]
    pub fn is_bare_gerund(&self, verb: usize) -> bool {
        &*self.token(verb).xpos == "VBG" && self.with(verb, "aux").next().is_none()
    }

    /// "Asked whether he would resign, he …": a participle before its clause, with nobody of its own.
    fn is_opening_participle(&self, verb: usize) -> bool {
        let token = self.token(verb);
        let own = ["nsubj", "aux", "obj", "mark", "cop", "xcomp"];
        let bare = |child: usize| !own.iter().any(|rel| self.token(child).is_rel(rel));
        let past = matches!(&*token.xpos, "VBN" | "VBD");
        let before =
            token.head.is_some_and(|head| verb < head && self.with(head, "nsubj").any(|at| at > verb));
        token.deprel.as_ref() == "advcl" && past && before && self.sentence.children(verb).all(bare)
    }

    /// Whose a noun is that says "his" or "their": the subject of the clause it hangs on, or the object where the
    /// verb's object acts in what follows. Where the pronoun is `known`, only such an object.
    #[must_use]
    pub fn owner_by_clause(&self, pronoun: usize, known: bool) -> Option<Vec<usize>> {
        let noun = self.token(pronoun).head?;
        let (mut low, mut verb) = (noun, self.token(noun).head?);
        for _ in 0..OWNER_REACH {
            if is_verbal(self.token(verb)) {
                break;
            }
            (low, verb) = (verb, self.token(verb).head?);
        }
        if !is_verbal(self.token(verb)) || self.token(low).is_rel("nsubj") {
            return None;
        }
        let mark = self.mark(noun).filter(|_| low == noun);
        let acts = self.lexicon.lemmas(self.text, self.token(verb)).iter().any(|lemma| {
            self.lexicon.object_acts(lemma, mark.as_deref())
                || mark.as_deref() == Some("for") && self.lexicon.object_acts(lemma, None)
        });
        let objects: Vec<usize> = self.with(verb, "obj").filter(|at| *at != low).collect();
        let owners = if acts && !objects.is_empty() {
            objects
        } else if known {
            return None;
        } else {
            self.subjects_or_passive(verb, OWNER_REACH)
        };
        let owners = self.spread(owners);
        (!owners.is_empty() && owners.iter().all(|owner| *owner < pronoun)).then_some(owners)
    }

    fn by_agents(&self, verb: usize) -> Vec<usize> {
        let by = |at: &usize| self.mark(*at).as_deref() == Some("by");
        self.with(verb, "obl").filter(by).collect()
    }

    /// The noun that a relative pronoun stands for.
    fn antecedent(&self, verb: usize, at: usize) -> usize {
        let token = self.token(verb);
        let relative = token.is_rel("acl:relcl") && self.is_relativizer(at);
        if relative { token.head.unwrap_or(at) } else { at }
    }

    fn is_relativizer(&self, at: usize) -> bool {
        let form = self.token(at).form(self.text).to_lowercase();
        matches!(form.as_str(), "who" | "which" | "that" | "whom")
    }

    fn inherited(&self, verb: usize, reach: usize) -> Vec<usize> {
        let token = self.token(verb);
        let Some(head) = token.head else { return Vec::new() };
        let above = self.token(head);
        match token.deprel.split(':').next().unwrap_or_default() {
            "conj" if is_tensed(token) && self.is_bare_gerund(head) => {
                above.head.map_or_else(Vec::new, |upper| self.subjects_or_passive(upper, reach))
            }
            "conj" => self.subjects_or_passive(head, reach),
            "xcomp" | "ccomp" | "advcl" | "obl" if self.lexicon.does_both(self.text, above, token) => {
                self.subjects_or_passive(head, reach)
            }
            "xcomp" | "ccomp" | "advcl" | "obl" => self.controlled(head, self.mark(verb), reach),
            "acl" if &*token.xpos == "VBG" && self.mark(verb).is_none() && !is_eventful(above) => vec![head],
            "acl" | "nmod" => self.owners_or_above(head, reach),
            "appos" if is_tensed(token) => self.topmost(verb).into_iter().collect(),
            "parataxis" | "dep" => self.subjects_or_passive(head, reach),
            _ => Vec::new(),
        }
    }

    /// The noun at the top of those that a verb hangs on as no verb can, where the tree took its clause for a name.
    fn topmost(&self, verb: usize) -> Option<usize> {
        let top = self.sentence.ancestors(verb).last()?;
        (top < verb && self.token(top).head.is_none() && !is_verbal(self.token(top))).then_some(top)
    }

    fn subjects_or_passive(&self, verb: usize, reach: usize) -> Vec<usize> {
        let passive: Vec<usize> = self.with(verb, "nsubj:pass").collect();
        if passive.is_empty() {
            return self.subjects(verb, reach);
        }
        passive.into_iter().map(|at| self.antecedent(verb, at)).collect()
    }

    fn controlled(&self, head: usize, mark: Option<String>, reach: usize) -> Vec<usize> {
        let above = self.token(head);
        let objects: Vec<usize> = self.with(head, "obj").chain(self.with(head, "iobj")).collect();
        let wants_object = self
            .lexicon
            .lemmas(self.text, above)
            .iter()
            .any(|lemma| self.lexicon.object_acts(lemma, mark.as_deref()));
        if wants_object && !objects.is_empty() {
            return objects;
        }
        let called = || {
            self.with(head, "obl")
                .filter(|at| matches!(self.mark(*at).as_deref(), Some("on" | "to" | "upon")))
        };
        let on: Vec<usize> = if wants_object { called().collect() } else { Vec::new() };
        if on.is_empty() { self.subjects_or_passive(head, reach) } else { on }
    }

    /// The subject of the verb above a noun: of whom it is predicated, or who is meant by it.
    #[must_use]
    pub fn above(&self, noun: usize) -> Vec<usize> {
        let found = self.owners_or_above(noun, REACH);
        self.spread(found)
    }

    fn owners_or_above(&self, noun: usize, reach: usize) -> Vec<usize> {
        let owners: Vec<usize> = self.with(noun, "nmod:poss").collect();
        if !owners.is_empty() || reach == 0 {
            return owners;
        }
        // "an Iranian plot to kill": whose plot it is kills, not who foils it. A capital that begins a sentence or stands in a
        // headline of capitals says nothing.
        let national =
            |at: &usize| (1..noun).contains(at) && self.is_capitalised(*at) && !self.is_capitalised(noun);
        let adjectives: Vec<usize> = self.with(noun, "amod").filter(national).collect();
        if !adjectives.is_empty() {
            return adjectives;
        }
        match self.token(noun).head.filter(|head| is_verbal(self.token(*head))) {
            Some(verb) if !self.token(noun).is_rel("nsubj") => self.subjects_or_passive(verb, reach - 1),
            _ => self.by_noun(noun),
        }
    }

    fn is_capitalised(&self, at: usize) -> bool {
        self.token(at).form(self.text).chars().next().is_some_and(char::is_uppercase)
    }

    fn by_noun(&self, noun: usize) -> Vec<usize> {
        self.with(noun, "nmod").filter(|at| matches!(self.mark(*at).as_deref(), Some("by" | "of"))).collect()
    }

    /// Whose an event noun is: possessor, "by", adjective of a country, subject of the verb that carries it.
    fn owners(&self, noun: usize) -> Vec<usize> {
        let own: Vec<usize> = self.with(noun, "nmod:poss").collect();
        if !own.is_empty() {
            return own;
        }
        let by: Vec<usize> =
            self.with(noun, "nmod").filter(|at| self.mark(*at).as_deref() == Some("by")).collect();
        if !by.is_empty() {
            return by;
        }
        let modifiers =
            self.with(noun, "amod").chain(self.with(noun, "compound")).chain(self.with(noun, "nmod"));
        let before: Vec<usize> = modifiers.filter(|at| *at < noun && self.is_capitalised(*at)).collect();
        if !before.is_empty() {
            return before;
        }
        self.light(noun).map_or_else(Vec::new, |verb| self.light_subjects(noun, verb))
    }

    fn light_subjects(&self, noun: usize, verb: usize) -> Vec<usize> {
        let below = self.token(noun).is_rel("nsubj") || self.token(noun).is_rel("nsubj:pass");
        let lemmas = self.lexicon.lemmas(self.text, self.token(verb));
        let others = lemmas.iter().any(|lemma| self.lexicon.object_acts(lemma, None));
        if others && self.token(noun).is_rel("obl") && self.with(verb, "obj").next().is_some() {
            // "invited her on a state visit": it is she who visits.
            return self.objects(verb);
        }
        if below { self.by_agents(verb) } else { self.subjects_or_agents(verb) }
    }

    fn subjects_or_agents(&self, verb: usize) -> Vec<usize> {
        let active = self.subjects(verb, REACH);
        if active.is_empty() && !self.is_passive(verb) { self.inherited(verb, REACH) } else { active }
    }

    /// The word that only measures a noun: "another round of talks".
    fn measured_by(&self, noun: usize) -> Option<usize> {
        let head = self.token(noun).head.filter(|_| self.token(noun).is_rel("nmod"))?;
        (self.mark(noun).as_deref() == Some("of") && self.lexicon.is_measure(&self.token(head).lemma))
            .then_some(head)
    }

    /// The verb that governs an event noun as its object, or as an oblique ("arrived for a visit").
    #[must_use]
    pub fn light(&self, noun: usize) -> Option<usize> {
        let noun = self.measured_by(noun).unwrap_or(noun);
        let token = self.token(noun);
        let verb = token.head.filter(|head| is_verbal(self.token(*head)))?;
        let known = self.lexicon.governor(self.text, self.sentence, verb, &token.deprel);
        let object = token.is_rel("obj")
            || token.is_rel("nsubj")
            || (token.is_rel("obl") && !token.is_rel("obl:tmod"));
        let stops = matches!(known, Some(Effect::Stops))
            || self.lexicon.entry(self.text, self.sentence, verb).is_some();
        let carries = match known {
            Some(Effect::Gives(status)) => {
                !matches!(status, Status::Denied | Status::Alleged | Status::Hypothetical)
            }
            known => known == Some(Effect::Carries),
        };
        (object && (carries || (token.is_rel("obj") && !stops))).then_some(verb)
    }

    fn objects(&self, verb: usize) -> Vec<usize> {
        let direct: Vec<usize> = self.with(verb, "obj").collect();
        let direct = if direct.is_empty() { self.with(verb, "iobj").collect() } else { direct };
        if !direct.is_empty() {
            return direct.into_iter().map(|at| self.antecedent(verb, at)).collect();
        }
        let passive: Vec<usize> = self.with(verb, "nsubj:pass").collect();
        if !passive.is_empty() {
            return passive.into_iter().map(|at| self.antecedent(verb, at)).collect();
        }
        let token = self.token(verb);
        if self.is_opening_participle(verb) {
            return token.head.map(|head| self.subjects(head, 0)).unwrap_or_default();
        }
        if self.is_bare_participle(verb) {
            return token.head.into_iter().collect();
        }
        if token.is_rel("conj") && self.is_passive(token.head.unwrap_or(verb)) && &*token.xpos == "VBN" {
            return token.head.map(|head| self.with(head, "nsubj:pass").collect()).unwrap_or_default();
        }
        let alone = |at: &usize| is_verbal(self.token(*at)) && self.with(*at, "nsubj").next().is_none();
        let shared = self.with(verb, "conj").filter(alone);
        shared.flat_map(|at| self.with(at, "obj")).take(1).collect()
    }
}

/// Whether a verb has a tense of its own.
#[must_use]
pub fn is_tensed(token: &Token) -> bool {
    matches!(&*token.xpos, "VBD" | "VBZ" | "VBP")
}

/// Whether a token is a verb.
#[must_use]
pub fn is_verbal(token: &Token) -> bool {
    matches!(token.upos, Upos::Verb | Upos::Aux)
}

fn is_eventful(noun: &Token) -> bool {
    noun.upos == Upos::Noun && noun.feat("Number") == Some("Sing") && noun.lemma.ends_with("ion")
}
