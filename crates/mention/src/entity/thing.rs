use legation_knowledge::{Sense, normalise};
use legation_record::EntityKind;

use super::{
    chain::Chain,
    found::{Found, Guise, PairOf, What},
    link::Linker,
};

/// Sentences back in which a description finds what it describes.
const BACK: usize = 40;

impl Linker<'_> {
    /// The chain of a state, its government or its capital as a city.
    pub fn state(&mut self, found: &Found, code: &str, guise: Guise, reason: &str) -> usize {
        let Some(state) = self.gazetteer.state(code) else { return self.beyond(found, code, guise, reason) };
        let (id, name) = (state.id.clone(), state.name.clone());
        let by_name =
            self.gazetteer.senses(self.name_of(found)).iter().any(|sense| matches!(sense, Sense::State(_)));
        if guise == Guise::Place && !by_name {
            return self.spot(found, &id, reason);
        }
        let (kind, key) = match guise {
            Guise::Government => (EntityKind::Government, format!("government/{id}")),
            _ => (EntityKind::State, format!("state/{id}")),
        };
        let articled = name.split(' ').any(|word| self.words.is(&word.to_lowercase(), "articled"));
        let article = if articled { "the " } else { "" };
        let title = if by_name { name.clone() } else { format!("government of {article}{name}") };
        let link = Some(key.clone());
        let chain =
            self.keyed(key, || Chain { link, country: Some(id), named: true, ..Chain::new(kind, &title) });
        if kind == EntityKind::Government {
            self.chains.all[chain].sectors = vec!["GOV".to_owned()];
        }
        if by_name {
            self.chains.all[chain].name = name;
        }
        self.chains.add(chain, found, reason);
        chain
    }

    /// A seat that stands for an organisation: a city for the union that sits there.
    fn beyond(&mut self, found: &Found, code: &str, guise: Guise, reason: &str) -> usize {
        if guise == Guise::Place {
            return self.spot(found, code, reason);
        }
        let key = format!("organisation/{}", code.trim_start_matches("IGO:"));
        let name = self.gazetteer_name(code).unwrap_or(code).to_owned();
        let chain = self.keyed(key.clone(), || Chain {
            link: Some(key.clone()),
            country: Some(code.to_owned()),
            sectors: vec!["IGO".to_owned()],
            named: true,
            ..Chain::new(EntityKind::Organisation, &name)
        });
        self.chains.add(chain, found, reason);
        chain
    }

    fn gazetteer_name(&self, code: &str) -> Option<&str> {
        let id = code.trim_start_matches("IGO:");
        self.gazetteer.organisation(id).map(|it| it.name.as_str())
    }

    /// A city or palace as a place.
    fn spot(&mut self, found: &Found, code: &str, reason: &str) -> usize {
        let name = self.name_of(found).to_owned();
        let city = self.gazetteer.senses(&name).iter().find_map(|sense| match sense {
            Sense::Place(at) => {
                self.gazetteer.place_at(*at).filter(|place| place.country == code || code.starts_with("IGO:"))
            }
            _ => None,
        });
        let country = city.map_or_else(|| code.to_owned(), |place| place.country.clone());
        let key = format!("place/{country}/{}", normalise(&name));
        // A dateline's "ANKARA" is Ankara.
        let capitals = !name.chars().any(char::is_lowercase);
        let name = city.filter(|_| capitals).map_or(name, |place| place.name.clone());
        let chain = self.keyed(key.clone(), || Chain {
            link: Some(key.clone()),
            country: Some(country),
            named: true,
            ..Chain::new(EntityKind::Place, &name)
        });
        self.chains.add(chain, found, reason);
        chain
    }

    /// A city of the gazetteer, among its namesakes the one whose country the article speaks of.
    pub fn city(&mut self, found: &Found, at: u32) -> Option<usize> {
        let place = self.gazetteer.place_at(at)?;
        let (key, name, country) = (
            format!("place/{}/{}", place.country, normalise(&place.name)),
            place.name.clone(),
            place.country.clone(),
        );
        let chain = self.keyed(key.clone(), || Chain {
            link: Some(key.clone()),
            country: Some(country),
            named: true,
            ..Chain::new(EntityKind::Place, &name)
        });
        self.chains.add(chain, found, "entity/city: a city by name, the largest of those so named");
        Some(chain)
    }

    /// An organisation, body or region of the knowledge.
    pub fn known(&mut self, found: &Found, sense: Sense, reason: &str) -> Option<usize> {
        let known = self.gazetteer.explain_sense(sense, self.day)?;
        let (kind, key) = match sense {
            Sense::Region(_) => (EntityKind::Place, known.id.clone()),
            Sense::Metonym(_) => {
                (EntityKind::Organisation, format!("{}/{}", known.id, normalise(&known.name)))
            }
            _ => (EntityKind::Organisation, known.id.clone()),
        };
        let chain = self.keyed(key.clone(), || Chain {
            link: Some(key.clone()),
            country: known.country,
            sectors: known.sectors,
            named: true,
            ..Chain::new(kind, &known.name)
        });
        self.chains.add(chain, found, reason);
        Some(chain)
    }

    pub fn nationality(&mut self, found: &Found, code: &str) -> usize {
        let name = self.name_of(found).to_owned();
        let chain = self.keyed(format!("nationality/{code}"), || Chain {
            link: Some(format!("state/{code}")),
            country: Some(code.to_owned()),
            named: true,
            ..Chain::new(EntityKind::Nationality, &name)
        });
        self.chains.add(chain, found, "entity/nationality: an adjective or demonym of a state");
        chain
    }

    /// A name that only the model knows.
    pub fn named(&mut self, found: &Found, kind: EntityKind) -> usize {
        let name = self.name_of(found).to_owned();
        let before = self.other_kind(kind, &name).or_else(|| self.spelt_out(kind, &name));
        let chain = before.unwrap_or_else(|| {
            self.keyed(name_key(kind, &name), || Chain { named: true, ..Chain::new(kind, &name) })
        });
        let sector = self.sector_of_name(found, kind);
        let known = &mut self.chains.all[chain];
        known.country = known.country.take().or_else(|| found.country.clone());
        if known.sectors.is_empty() {
            known.sectors.extend(sector);
        }
        self.chains.add(chain, found, "entity/name: a name that the knowledge does not have");
        chain
    }

    /// The same name, where it was taken for a place, body or building before.
    fn other_kind(&self, kind: EntityKind, name: &str) -> Option<usize> {
        use EntityKind::{Facility, Organisation, Place};
        let kinds = [Place, Organisation, Facility];
        let mut others = kinds.into_iter().filter(|_| kinds.contains(&kind));
        others.find_map(|other| self.chains.keyed(&name_key(other, name)))
    }

    /// The organisation whose words begin with the letters of a short form, or whose short form stands before.
    fn spelt_out(&self, kind: EntityKind, name: &str) -> Option<usize> {
        let short = letters(name);
        let fits = |chain: &Chain| match &short {
            Some(short) => initials(&chain.name).as_ref() == Some(short),
            None => initials(name).is_some_and(|own| letters(&chain.name).as_ref() == Some(&own)),
        };
        let body = |chain: &Chain| chain.named && chain.kind == EntityKind::Organisation;
        let mut all = self.chains.all.iter().rposition(|chain| body(chain) && fits(chain)).into_iter();
        all.next().filter(|_| kind == EntityKind::Organisation)
    }

    /// The sector that the noun in an organisation's name tells: "Army", "Ministry".
    fn sector_of_name(&self, found: &Found, kind: EntityKind) -> Option<String> {
        let tokens = &self.tree(found).tokens;
        let noun = |at: usize| self.gazetteer.sector(tokens[at].form(self.text));
        let body = |at: &usize| self.words.is(&tokens[*at].form(self.text).to_lowercase(), "body");
        let sector = [found.last, found.first].into_iter().filter(body).find_map(noun);
        sector
            .filter(|_| kind == EntityKind::Organisation)
            .and_then(|sector| sector.split('|').next())
            .map(str::to_owned)
    }

    /// A group, body or paper by its noun; a definite one is what the same noun named before.
    pub fn nominal(&mut self, found: &Found, sectors: &[String]) -> usize {
        let tree = self.tree(found);
        let lemma = tree.tokens[found.last].lemma.to_lowercase();
        let kind = self.nominal_kind(found, &lemma);
        if let (EntityKind::Government, Some(code), false) = (kind, &found.country, found.local) {
            return self.state(
                found,
                &code.clone(),
                Guise::Government,
                "entity/government: a government by its state",
            );
        }
        let number = if found.plural { "s" } else { "" };
        let land = found.country.as_deref().filter(|_| kind != EntityKind::Document).unwrap_or("-");
        let key = format!("nominal/{kind:?}/{lemma}{number}/{land}");
        let modifiers = self.modifiers(found);
        let before = self
            .chains
            .keyed(&key)
            .filter(|chain| found.definite && self.same_thing(*chain, found, &modifiers));
        let chain = before.unwrap_or_else(|| {
            let chain = Chain {
                country: found.country.clone(),
                sectors: sectors.to_vec(),
                modifiers,
                ..Chain::new(kind, self.words_of(found))
            };
            self.chains.open(chain, Some(key))
        });
        let reason = if before.is_some() {
            "entity/same-noun: a definite description by the noun used before"
        } else {
            "entity/description: somebody or something by a common noun"
        };
        self.chains.add(chain, found, reason);
        chain
    }

    fn same_thing(&self, chain: usize, found: &Found, modifiers: &[String]) -> bool {
        let chain = &self.chains.all[chain];
        let near = chain.mentions.last().is_some_and(|placed| placed.found.sentence + BACK >= found.sentence);
        let apart = chain.country.is_some() && found.country.is_some() && chain.country != found.country;
        near && !apart && modifiers.iter().all(|word| chain.modifiers.contains(word))
    }

    /// Lower-cased words of the mention before its noun, articles and possessors excluded.
    pub fn modifiers(&self, found: &Found) -> Vec<String> {
        use legation_text::Upos::{Adj, Noun, Num, Propn, Verb};
        let tokens = &self.tree(found).tokens[found.from..found.last];
        let kept = tokens.iter().filter(|token| matches!(token.upos, Adj | Noun | Num | Propn | Verb));
        kept.map(|token| token.lemma.to_lowercase()).collect()
    }

    fn nominal_kind(&self, found: &Found, lemma: &str) -> EntityKind {
        match () {
            () if found.what == What::Document => EntityKind::Document,
            () if self.words.is(lemma, "government") && !found.plural => EntityKind::Government,
            () if self.words.is(lemma, "body") => EntityKind::Organisation,
            () if !found.plural && (self.words.is(lemma, "person") || found.what == What::Holder) => {
                EntityKind::Person
            }
            () => EntityKind::Group,
        }
    }

    /// Those of the wanted kind in the last sentences, states each once.
    fn apart(&self, found: &Found, back: usize, of: PairOf, wanted: &dyn Fn(&usize) -> bool) -> Vec<usize> {
        let mut members: Vec<usize> = Vec::new();
        for chain in self.chains.recent(found.sentence, back).into_iter().filter(wanted) {
            let country = &self.chains.all[chain].country;
            if of == PairOf::People || members.iter().all(|other| self.chains.all[*other].country != *country)
            {
                members.push(chain);
            }
        }
        members
    }

    /// "The two leaders": the two people or states named last.
    pub fn pair(&mut self, found: &Found, of: PairOf) -> usize {
        let wanted = |chain: &usize| match of {
            PairOf::People => self.is_person(*chain) && self.chains.all[*chain].named,
            PairOf::Lands => {
                matches!(self.chains.all[*chain].kind, EntityKind::State | EntityKind::Government)
            }
        };
        let mut members = (0..=2)
            .map(|back| self.apart(found, back, of, &wanted))
            .find(|members| members.len() >= 2)
            .unwrap_or_default();
        if members.len() != 2 {
            members.clear();
        }
        members.sort_unstable();
        let key = format!("pair/{members:?}");
        let words = self.words_of(found).to_owned();
        let known = self.chains.keyed(&key).filter(|_| !members.is_empty());
        let chain = known.unwrap_or_else(|| {
            self.chains.open(Chain { members, ..Chain::new(EntityKind::Group, &words) }, Some(key))
        });
        self.chains.add(chain, found, "entity/pair: the two told of before");
        chain
    }
}

fn name_key(kind: EntityKind, name: &str) -> String {
    format!("name/{kind:?}/{}", normalise(name))
}

/// The letters of a short form: "U.S.G.", "CNS".
fn letters(name: &str) -> Option<String> {
    let letters: String = name.chars().filter(|c| *c != '.').collect();
    let short = (3..=6).contains(&letters.len()) && letters.chars().all(|c| c.is_ascii_uppercase());
    short.then_some(letters)
}

/// The first letters of the capitalised words of a name of three or more.
fn initials(name: &str) -> Option<String> {
    let first = name.split([' ', '-']).filter_map(|word| word.chars().next());
    let initials: String = first.filter(char::is_ascii_uppercase).collect();
    (initials.len() >= 3).then_some(initials)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_form_has_the_first_letters_of_the_long_one() {
        assert_eq!(letters("U.S.G.").as_deref(), Some("USG"));
        assert_eq!(initials("Undergraduate Student Government").as_deref(), Some("USG"));
        assert_eq!(letters("Nato"), None);
        assert_eq!(initials("House of Lords"), None);
    }
}
