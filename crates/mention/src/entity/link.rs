use legation_knowledge::{Gazetteer, Sense, normalise};
use legation_record::{Date, EntityKind};
use legation_text::{Parse, Sentence};

use super::{
    around::Around,
    chain::{Chain, Chains},
    find::{Finder, quoted},
    found::{Found, What},
    talk::Talk,
    tie,
    words::Words,
};

/// Brings the mentions of an article together.
pub(super) struct Linker<'a> {
    pub text: &'a str,
    pub parse: &'a Parse,
    pub gazetteer: &'a Gazetteer,
    pub words: &'a Words,
    /// The day for which offices are asked.
    pub day: Option<Date>,
    pub chains: Chains,
    pub talk: Talk,
    pub around: Around,
}

impl<'a> Linker<'a> {
    /// The chains of all sentences.
    pub fn run(mut self) -> Chains {
        let (mut open, mut block) = (false, usize::MAX);
        for (index, sentence) in self.parse.sentences.iter().enumerate() {
            if sentence.block != block {
                self.settle();
                (open, block) = (false, sentence.block);
            }
            let (inside, still) = quoted(self.text, sentence, open);
            open = still;
            let finder = Finder {
                text: self.text,
                index,
                sentence,
                gazetteer: self.gazetteer,
                words: self.words,
                quoted: &inside,
                around: &self.around,
                called: &|word| self.called(word),
            };
            let found = finder.find();
            self.sentence(&found);
        }
        self.settle();
        self.chains
    }

    /// Whether a word is part of a person's name told before, and the name of nothing else told.
    fn called(&self, word: &str) -> bool {
        let word = normalise(word);
        let other =
            |chain: &Chain| chain.named && chain.kind != EntityKind::Person && normalise(&chain.name) == word;
        !self.chains.with_word(&word).is_empty() && !self.chains.all.iter().any(other)
    }

    pub fn tree(&self, found: &Found) -> &'a Sentence {
        &self.parse.sentences[found.sentence]
    }

    /// The characters of the part that refers.
    pub fn name_of(&self, found: &Found) -> &'a str {
        found.name(self.tree(found)).slice(self.text).unwrap_or_default()
    }

    /// The characters of the whole mention.
    pub fn words_of(&self, found: &Found) -> &'a str {
        found.span(self.tree(found)).slice(self.text).unwrap_or_default()
    }

    /// Names and descriptions first, then what refers back to them within the sentence.
    fn sentence(&mut self, found: &[Found]) {
        let ties = found.first().map(|one| tie::ties(self.text, self.tree(one), found)).unwrap_or_default();
        let mut chain_of: Vec<Option<usize>> = vec![None; found.len()];
        for (name, _) in ties.iter().filter(|(name, _)| found[*name].what == What::Person) {
            if chain_of[*name].is_none() {
                let chain = self.person(&found[*name]);
                self.talk.heard(&found[*name], chain);
                chain_of[*name] = Some(chain);
            }
        }
        for index in 0..found.len() {
            if chain_of[index].is_some() {
                continue;
            }
            let tied = ties.iter().find_map(|(name, nominal)| (*nominal == index).then_some(*name));
            chain_of[index] = match tied.and_then(|name| chain_of[name]) {
                Some(chain) => {
                    self.teach(chain, &found[index]);
                    self.describe(chain, &found[index]);
                    self.chains.add(
                        chain,
                        &found[index],
                        "entity/apposition: stands beside the name as what its bearer is",
                    );
                    Some(chain)
                }
                None => self.one(&self.owned(found, &chain_of, index)),
            };
            if let Some(chain) = chain_of[index] {
                self.talk.heard(&found[index], chain);
            }
        }
    }

    /// The mention with the country of its possessor, where it tells none itself.
    fn owned(&self, all: &[Found], chain_of: &[Option<usize>], index: usize) -> Found {
        let mut found = all[index].clone();
        let Some(owner) = found.owner.filter(|_| found.country.is_none()) else { return found };
        let lemma = self.tree(&found).tokens[found.last].lemma.to_lowercase();
        let possessor = all[..index].iter().position(|one| (one.first..=one.last).contains(&owner));
        let chain = possessor.and_then(|possessor| chain_of[possessor]).map(|chain| &self.chains.all[chain]);
        if !self.words.is(&lemma, "relational") {
            found.country = chain.and_then(|chain| chain.country.clone());
        }
        found
    }

    /// Sectors from a description that stands beside a name.
    fn describe(&mut self, chain: usize, found: &Found) {
        let chain = &mut self.chains.all[chain];
        if let (What::Group(sectors), true) = (&found.what, chain.sectors.is_empty()) {
            chain.sectors.clone_from(sectors);
        }
        chain.country = chain.country.take().or_else(|| found.country.clone());
    }

    fn one(&mut self, found: &Found) -> Option<usize> {
        match &found.what {
            What::Person => Some(self.person(found)),
            What::Holder => Some(self.holder(found)),
            What::Personal(gender) => self.personal(found, *gender),
            What::Neuter => self.neuter(found),
            What::Several => self.they(found),
            What::Voice(voice) => self.voice(found, *voice),
            What::Common(kind) => self.country_before(found).or_else(|| Some(self.common(found, *kind))),
            What::Pair(of) => Some(self.pair(found, *of)),
            What::State { code, guise, reason } => Some(self.state(found, code, *guise, reason)),
            What::Body(at) => self.known(found, Sense::Metonym(*at), "entity/body: a state's body by name"),
            What::Organisation(at) => {
                self.known(found, Sense::Organisation(*at), "entity/organisation: an organisation by name")
            }
            What::Region(at) => self.known(found, Sense::Region(*at), "entity/region: a region by name"),
            What::City(at) => self.city(found, *at),
            What::Nationality(code) => Some(self.nationality(found, code)),
            What::Named(kind) => Some(self.named(found, *kind)),
            What::Group(sectors) => Some(self.nominal(found, sectors)),
            What::Document => Some(self.nominal(found, &[])),
        }
    }

    /// The chain of a key, made where there is none.
    pub fn keyed(&mut self, key: String, make: impl FnOnce() -> Chain) -> usize {
        match self.chains.keyed(&key) {
            Some(chain) => chain,
            None => self.chains.open(make(), Some(key)),
        }
    }

    /// Whether a chain is of a person.
    pub fn is_person(&self, chain: usize) -> bool {
        self.chains.all[chain].kind == EntityKind::Person
    }
}
