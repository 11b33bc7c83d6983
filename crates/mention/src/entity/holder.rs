use legation_knowledge::{Office, Sense, Unique};
use legation_record::EntityKind;

use super::{
    chain::Chain,
    found::{Found, Titled},
    link::Linker,
};

/// Sentences back in which a post without a country finds its holder.
const BACK: usize = 8;

impl Linker<'_> {
    /// The chain of somebody by his post: "the ambassador", "the Chinese leader".
    pub fn holder(&mut self, found: &Found) -> usize {
        let Some(own) = found.office.clone() else { return self.nominal(found, &[]) };
        if found.plural {
            return self.holders(found, &own);
        }
        let (chain, reason) = self
            .told_before(found, &own)
            .or_else(|| self.by_knowledge(found, &own))
            .unwrap_or_else(|| (self.someone(found), "entity/post: somebody by a post"));
        self.teach(chain, found);
        self.chains.add(chain, found, reason);
        chain
    }

    /// Whether an article or number says that it is one of several.
    fn indefinite(&self, found: &Found) -> bool {
        let first = &self.tree(found).tokens[found.from];
        let some = first.upos == legation_text::Upos::Num
            || self.words.is(&first.form(self.text).to_lowercase(), "indefinite");
        some && !found.definite
    }

    fn someone(&mut self, found: &Found) -> usize {
        let mut chain = Chain::new(EntityKind::Person, self.words_of(found));
        chain.country.clone_from(&found.country);
        self.chains.open(chain, None)
    }

    /// Several holders: "the foreign ministers of both".
    fn holders(&mut self, found: &Found, own: &Titled) -> usize {
        let sectors =
            self.gazetteer.office(&own.office).map(|office| office.sectors.clone()).unwrap_or_default();
        self.nominal(found, &sectors)
    }

    /// Somebody of the article who holds the post.
    fn told_before(&self, found: &Found, own: &Titled) -> Option<(usize, &'static str)> {
        if self.indefinite(found) || (!found.definite && found.country.is_none()) {
            return None;
        }
        let office = self.gazetteer.office(&own.office)?;
        let near =
            self.chains.recent(found.sentence, if found.country.is_some() { usize::MAX / 2 } else { BACK });
        let fits = |chain: &&usize| self.is_person(**chain) && self.fits(**chain, found, office);
        let (named, bare): (Vec<usize>, Vec<usize>) =
            near.iter().filter(fits).copied().partition(|chain| self.chains.all[*chain].named);
        let mut people = if named.is_empty() { bare } else { named }.into_iter();
        let first = people.next()?;
        let others: Vec<usize> = people.collect();
        let here = |chain: usize| self.chains.recent(found.sentence, 1).contains(&chain);
        let clear = others.is_empty() || (here(first) && !others.iter().any(|other| here(*other)));
        clear.then_some((first, "entity/post-told: holds this post by the text before or by the knowledge"))
    }

    fn fits(&self, chain: usize, found: &Found, office: &Office) -> bool {
        let chain = &self.chains.all[chain];
        let country = found.country.as_deref();
        let unique = office.unique != Unique::No && found.local;
        let land = country.is_none_or(|code| chain.country.as_deref() == Some(code)) && !unique;
        let top = |held: &str| self.gazetteer.office(held).is_some_and(|held| held.rank <= 2);
        let by_rank =
            office.id == "leader" && chain.offices.iter().any(|held| top(&held.office) && !held.former);
        let twin = || {
            let same = |held: &str| self.gazetteer.office(held).is_some_and(|held| held.rank == 1);
            country.is_some()
                && office.rank == 1
                && chain.offices.iter().any(|held| same(&held.office) && !held.former)
        };
        let former =
            || found.former && chain.offices.iter().any(|held| held.office == office.id && held.former);
        land && ((!found.former && (chain.holds(&office.id, country) || by_rank || twin())) || former())
    }

    /// The one who holds a post of which there is one, on the day.
    fn by_knowledge(&mut self, found: &Found, own: &Titled) -> Option<(usize, &'static str)> {
        let (day, country) = (self.day?, found.country.clone()?);
        if found.former
            || found.local
            || self.indefinite(found)
            || (!found.definite && found.from == found.first)
        {
            return None;
        }
        let office = self.gazetteer.office(&own.office)?;
        let unique = matches!(office.unique, Unique::State | Unique::Organisation)
            || (office.unique == Unique::Pair && found.receiver.is_some());
        if !unique {
            return None;
        }
        let rank = office.rank;
        let exact = self.sole(&[office.id.as_str()], &country, found.receiver.as_deref(), day);
        let twins = || {
            let ids: Vec<&str> = if rank == 1 { vec!["head_of_state"] } else { Vec::new() };
            self.sole(&ids, &country, None, day)
        };
        let person = exact.or_else(twins)?;
        let chain = self.known_person(person)?;
        Some((chain, "entity/post-known: holds this post on the day by the knowledge"))
    }

    /// The only person who holds one of the offices on a day.
    fn sole(
        &self,
        offices: &[&str],
        country: &str,
        to: Option<&str>,
        day: legation_record::Date,
    ) -> Option<u32> {
        let mut holders: Vec<u32> = Vec::new();
        for office in offices {
            for person in self.gazetteer.holders(office, country, day) {
                let sent = |tenure: &legation_knowledge::Tenure| {
                    tenure.covers(day)
                        && tenure.office == **office
                        && (to.is_none() || tenure.to.as_deref() == to)
                };
                if !person.tenures.iter().any(sent) {
                    continue;
                }
                let senses = self.gazetteer.senses(&person.name);
                holders.extend(senses.iter().find_map(|sense| match sense {
                    Sense::Person(at)
                        if self.gazetteer.person_at(*at).is_some_and(|other| other.id == person.id) =>
                    {
                        Some(*at)
                    }
                    _ => None,
                }));
            }
        }
        holders.dedup();
        if holders.len() == 1 { holders.first().copied() } else { None }
    }
}
