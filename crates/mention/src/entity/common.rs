use legation_record::EntityKind;

use super::{
    chain::Chain,
    found::{Found, Guise, What},
    link::Linker,
};

/// Sentences back in which a common noun finds a bearer of a name.
const BACK: usize = 12;
/// Sentences back in which a plural pronoun finds its antecedent.
const NEAR: usize = 1;
/// By how much the best antecedent of a plural pronoun must beat the next.
const MARGIN: f32 = 1.5;
/// Below this nobody is salient.
const LEAST: f32 = 30.0;

const REASON: &str = "entity/common: somebody or somewhere by a common noun";
const AGAIN: &str = "entity/common-again: the noun used before, with nothing that tells the two apart";

impl Linker<'_> {
    /// Somebody, some place or body by a common noun: a name told before by the same noun, or the same noun again.
    pub fn common(&mut self, found: &Found, kind: EntityKind) -> usize {
        let kind = if kind == EntityKind::Person && found.plural { EntityKind::Group } else { kind };
        if let Some(chain) = self.bearer(found, kind) {
            self.chains.add(
                chain,
                found,
                "entity/common-name: a description by the noun in the name told before",
            );
            return chain;
        }
        let key = self.common_key(found, kind);
        let before = self.chains.keyed(&key).filter(|chain| self.same_again(*chain, found));
        let chain = before.unwrap_or_else(|| {
            let modifiers = self.modifiers(found);
            let lemma = self.tree(found).tokens[found.last].lemma.to_lowercase();
            let gender = self.words.title_gender(&lemma);
            let chain = Chain { modifiers, gender, ..Chain::new(kind, self.words_of(found)) };
            self.chains.open(chain, Some(key))
        });
        self.chains.add(chain, found, if before.is_some() { AGAIN } else { REASON });
        chain
    }

    /// The noun, its number and whose it is.
    fn common_key(&self, found: &Found, kind: EntityKind) -> String {
        let tree = self.tree(found);
        let owner = found.owner.map(|at| tree.tokens[at].form(self.text).to_lowercase()).unwrap_or_default();
        let number = if found.plural { "s" } else { "" };
        format!("common/{kind:?}/{}{number}/{owner}", tree.tokens[found.last].lemma.to_lowercase())
    }

    /// A definite description takes up the noun; a bare plural takes up the same bare plural.
    fn same_again(&self, chain: usize, found: &Found) -> bool {
        let modifiers = self.modifiers(found);
        let known = &self.chains.all[chain];
        let tail = self.tail(found);
        let told = known.mentions.iter().any(|placed| self.tail(&placed.found) == tail);
        if found.definite {
            modifiers.iter().all(|word| known.modifiers.contains(word)) && (tail.is_empty() || told)
        } else {
            self.generic(found) && modifiers == known.modifiers && told
        }
    }

    /// The words that follow the noun and tell which one is meant: "of Congress", "who rode beside him".
    fn tail(&self, found: &Found) -> &str {
        let tree = self.tree(found);
        let after = |at: &usize| {
            let token = &tree.tokens[*at];
            *at > found.last && (token.is_rel("nmod") || token.is_rel("acl"))
        };
        let last = tree.children(found.head).filter(after).flat_map(|at| tree.subtree(at)).max();
        let span = last.map(|last| tree.tokens[found.last + 1].span.cover(tree.tokens[last].span));
        span.and_then(|span| span.slice(self.text)).unwrap_or_default()
    }

    /// Whether neither article nor number makes it one of several.
    fn generic(&self, found: &Found) -> bool {
        let first = &self.tree(found).tokens[found.from];
        found.plural && !matches!(first.upos, legation_text::Upos::Det | legation_text::Upos::Num)
    }

    /// "The fund" after the International Monetary Fund, "the city" after a city.
    fn bearer(&self, found: &Found, kind: EntityKind) -> Option<usize> {
        if !found.definite || found.plural || found.owner.is_some() || !self.plain(found) {
            return None;
        }
        let lemma = self.tree(found).tokens[found.last].lemma.to_lowercase();
        let near = self.chains.recent(found.sentence, BACK);
        let city = self.words.is(&lemma, "city");
        let named = |chain: &&usize| {
            let chain = &self.chains.all[**chain];
            let noun = chain.named && head_of(&chain.name).is_some_and(|word| word == lemma);
            let place = city && chain.link.as_deref().is_some_and(|link| link.starts_with("place/"));
            place || (noun && matches_kind(chain.kind, kind))
        };
        near.iter().find(named).copied()
    }

    /// Whether nothing but an article stands before the noun.
    fn plain(&self, found: &Found) -> bool {
        found.from + 1 >= found.last && found.to == found.last
    }

    /// They, their: the most salient plural before it, where one clearly is.
    pub fn they(&mut self, found: &Found) -> Option<usize> {
        let several = |chain: &usize| {
            let chain = &self.chains.all[*chain];
            chain.kind == EntityKind::Group
                || (chain.kind != EntityKind::Document
                    && chain.mentions.last().is_some_and(|placed| placed.found.plural))
        };
        let near: Vec<usize> = self.chains.recent(found.sentence, NEAR).into_iter().filter(several).collect();
        let near = near.into_iter().filter(|chain| !self.is_voice(*chain)).collect();
        let chain = self.most_salient(near, found, LEAST, MARGIN)?;
        self.chains.add(chain, found, "entity/they: the most salient plural before it");
        Some(chain)
    }

    /// Whether a chain is of those who speak alone: no third person takes it up.
    pub fn is_voice(&self, chain: usize) -> bool {
        self.chains.all[chain].mentions.iter().all(|placed| matches!(placed.found.what, What::Voice(_)))
    }

    /// The chain of "the country", where one state alone was told of shortly before.
    pub fn country_before(&mut self, found: &Found) -> Option<usize> {
        let lemma = self.tree(found).tokens[found.last].lemma.to_lowercase();
        if !self.words.is(&lemma, "country") || !found.definite || found.plural || !self.plain(found) {
            return None;
        }
        let state = |chain: &usize| {
            matches!(self.chains.all[*chain].kind, EntityKind::State | EntityKind::Government)
        };
        let near: Vec<usize> = self.chains.recent(found.sentence, 2).into_iter().filter(state).collect();
        let code = self.chains.all[*near.first()?].country.clone()?;
        let alone = near.iter().all(|chain| self.chains.all[*chain].country.as_ref() == Some(&code));
        alone.then(|| {
            self.state(found, &code, Guise::Land, "entity/country: the one state told of shortly before")
        })
    }
}

/// The noun of a name of several words: "Bank of Japan", "International Monetary Fund".
fn head_of(name: &str) -> Option<String> {
    let words: Vec<String> = name.split(' ').map(str::to_lowercase).collect();
    let of = words.iter().position(|word| word == "of").filter(|at| *at > 0);
    let head = of.map_or(words.len() - 1, |at| at - 1);
    words.get(head).filter(|_| words.len() > 1).cloned()
}

fn matches_kind(named: EntityKind, noun: EntityKind) -> bool {
    use EntityKind::{Facility, Government, Organisation, Place, State};
    let land = |kind| matches!(kind, Place | Facility | State | Organisation);
    match noun {
        Organisation => matches!(named, Organisation | Government | Facility),
        Place => land(named),
        _ => false,
    }
}
