//! An event as all its tellings together have it.

use std::collections::{BTreeMap, BTreeSet};

use legation_record::{Codes, Date, Interval};

use crate::{
    correct::{Face, Member},
    digest::Parts,
    telling::{Party, Telling},
};

use super::{
    conflict::{Conflict, conflicts},
    days::is_held,
    life::{Step, life},
    load::{Loaded, Sheet},
    merge::{Group, Item},
    names::Who,
    voices::{independent, publishers},
};

/// One event of the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Occurrence {
    /// From the telling published first; every telling's own id names its event too.
    pub id: String,
    /// What the articles have it say of itself: kind as the most exact telling has it, where it stands by all that was
    /// published, the days that all tellings allow which agree with the most exact one.
    pub face: Face,
    /// Every different time told, in EDTF.
    pub dates: BTreeSet<String>,
    /// PLOVER and CAMEO of the telling that says where it stands.
    pub codes: Codes,
    /// Tellings with the reason why they belong.
    pub tellings: Vec<(String, String)>,
    /// How many articles.
    pub articles: usize,
    /// How many of them are independent.
    pub independent: usize,
    /// How many outlets.
    pub publishers: usize,
    /// How many different sources tell it, the authors counted as one.
    pub voices: usize,
    /// First and last day on which it was told.
    pub told: (Option<Date>, Option<Date>),
    /// Its life.
    pub life: Vec<Step>,
    /// Its contradictions.
    pub conflicts: Vec<Conflict>,
}

/// The events of all groups, by id.
pub fn occurrences(loaded: &Loaded, items: &[Item<'_>], groups: &[Group], who: &Who) -> Vec<Occurrence> {
    let mut all: Vec<Occurrence> =
        groups.iter().map(|group| Builder { loaded, items, group, who }.build()).collect();
    all.sort_by(|one, other| one.id.cmp(&other.id));
    all
}

struct Builder<'a> {
    loaded: &'a Loaded,
    items: &'a [Item<'a>],
    group: &'a Group,
    who: &'a Who,
}

impl<'a> Builder<'a> {
    fn all(&self) -> impl Iterator<Item = &'a Item<'a>> {
        self.group.members.iter().map(|(at, _)| &self.items[*at])
    }

    fn build(&self) -> Occurrence {
        let founder = &self.items[self.group.members[0].0];
        let tellings: Vec<&Telling> = self.all().map(|item| item.telling).collect();
        let dated: Vec<(&Telling, Option<Date>)> =
            self.all().map(|item| (item.telling, item.published)).collect();
        let life = life(&dated);
        let standing = life.last().and_then(|step| tellings.iter().find(|one| one.id == step.telling));
        let sheets = self.sheets();
        let published = || dated.iter().filter_map(|(_, published)| *published);
        let rule = founder.rule();
        Occurrence {
            id: self.id(&dated),
            face: self.face(founder.telling, &tellings, &life),
            dates: tellings.iter().filter_map(|one| one.interval).map(|it| it.edtf()).collect(),
            codes: standing.map(|telling| telling.codes.clone()).unwrap_or_default(),
            tellings: self.reasons(),
            articles: sheets.len(),
            independent: independent(&sheets),
            publishers: publishers(&sheets),
            voices: tellings.iter().map(|one| &one.told_by).collect::<BTreeSet<_>>().len(),
            told: (published().min(), published().max()),
            conflicts: conflicts(&tellings, rule.how, i64::from(rule.days)),
            life,
        }
    }

    fn face(&self, founder: &Telling, tellings: &[&Telling], life: &[Step]) -> Face {
        let spots = tellings.iter().filter_map(|one| one.spot.clone());
        let spot = spots.max_by_key(|spot| spot.coordinates.is_some()).unwrap_or_default();
        let interval = self.interval(founder);
        Face {
            kind: founder.kind.clone(),
            first: founder.first_role().map(str::to_owned),
            status: life.last().map(|step| step.status.clone()).unwrap_or_default(),
            days: (interval.and_then(|it| it.earliest), interval.and_then(|it| it.latest)),
            place: Some(spot.name).filter(|name| !name.is_empty()),
            country: spot.country,
            coordinates: spot.coordinates,
            members: self.members(tellings),
        }
    }

    fn id(&self, dated: &[(&Telling, Option<Date>)]) -> String {
        let unknown_last = |published: &Option<Date>| (published.is_none(), *published);
        let first = dated.iter().min_by_key(|(telling, published)| (unknown_last(published), &telling.id));
        first.map(|(telling, _)| format!("e{}", &telling.id[1..])).unwrap_or_default()
    }

    fn reasons(&self) -> Vec<(String, String)> {
        let members = self.group.members.iter();
        members.map(|(at, why)| (self.items[*at].telling.id.clone(), why.clone())).collect()
    }

    /// The articles, in the order of their ids.
    fn sheets(&self) -> Vec<&'a Sheet> {
        let ids: BTreeSet<&str> = self.all().map(|item| item.telling.article.as_str()).collect();
        ids.into_iter().filter_map(|id| self.loaded.articles.get(id)).collect()
    }

    /// The days told by the founder, narrowed by every telling of what was held that agrees.
    fn interval(&self, founder: &Telling) -> Option<Interval> {
        let start = founder.interval?;
        let agree = self.all().filter(|item| is_held(item.telling.status) == is_held(founder.status));
        let intervals = agree.filter_map(|item| item.telling.interval);
        Some(intervals.fold(start, |all, one| all.intersect(one).unwrap_or(all)))
    }

    /// Everybody named by a key; of those without one, only whom the most exact telling has.
    fn members(&self, tellings: &[&Telling]) -> Vec<Member> {
        let mut seen: BTreeMap<String, ()> = BTreeMap::new();
        let mut members = Vec::new();
        for (at, telling) in tellings.iter().enumerate() {
            for party in &telling.parties {
                let key = party.key.as_deref().map(|key| self.who.key(key));
                let new = match &key {
                    Some(key) => seen.insert(key.clone(), ()).is_none(),
                    None => at == 0,
                };
                if new {
                    members.push(self.member(party, key));
                }
            }
        }
        members
    }

    fn member(&self, party: &Party, key: Option<String>) -> Member {
        let known = key.as_deref().and_then(|key| self.who.known.get(key));
        Member {
            role: party.role.clone(),
            name: key.as_deref().and_then(|key| self.who.name(key)).unwrap_or(&party.name).to_owned(),
            country: party.country.clone().or_else(|| known.and_then(|known| known.country.clone())),
            key,
        }
    }
}

impl Occurrence {
    /// Over everything that an event says of itself: two equal digests are two equal events.
    pub fn digest(&self) -> String {
        Parts::default().add(&format!("{self:?}")).full()
    }
}
