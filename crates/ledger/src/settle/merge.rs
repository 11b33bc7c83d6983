//! Which tellings tell of one event.
//!
//! Tellings are taken one by one, the most exact first; each joins an event already founded or founds
//! one. The order follows from the tellings alone, so the result does not depend on when they came.

use std::collections::{BTreeMap, BTreeSet};

use legation_record::{Date, Interval, Status};

use crate::{
    sameness::{How, Rule, Sameness},
    telling::{Party, Telling},
    words::number,
};

use super::{
    days::{Days, is_ahead, is_held},
    load::{Decision, Loaded},
    names::Who,
};

/// More parties than this are not paired with each other.
const PARTIES: usize = 12;
/// Farthest that the days of one journey may spread by way of tellings in between.
const SPREAD: i64 = 10;
/// Days of a year, and of a month.
const YEAR: i64 = 366;
const MONTH: i64 = 31;
/// An event so many days from an article is the one it means, where every other is as much farther.
const NEAR: i64 = 3;
/// How long after an article a journey or encounter may lie at most that it names without a day: "his visit" may be to come.
const SOON: i64 = 10;
/// An act that articles without a day look back to for so many days is one that goes on being told of.
const SLOW: i64 = 10;
/// Most bytes between the words of one article that tell one thing twice: "killed in an air strike".
const BESIDE: usize = 60;
/// How many days ahead something can be announced.
const FAR: i64 = 1_500;
/// How long after the news that it is off an event may lie that was off.
const OFF: i64 = 30;

/// A telling with what merging needs.
#[derive(Debug)]
pub struct Item<'a> {
    /// The telling.
    pub telling: &'a Telling,
    /// Its day of publication.
    pub published: Option<Date>,
    /// The days its event may lie on.
    pub days: Days,
    rule: Rule,
    keys: BTreeSet<String>,
    index: Vec<String>,
    words: Option<String>,
}

/// An event with its tellings, each with the reason why it belongs, the most exact first.
#[derive(Debug, Default)]
pub struct Group {
    /// Position in the items, and why.
    pub members: Vec<(usize, String)>,
    /// Days that fine tellings speak of.
    spread: Option<Days>,
    /// By how many days its tellings may differ, by the most generous of their rules.
    days: i64,
    ambiguous: bool,
}

/// The tellings in the order in which they are taken.
pub fn items<'a>(loaded: &'a Loaded, who: &Who, sameness: &Sameness) -> Vec<Item<'a>> {
    let item = |telling: &'a Telling| {
        let published = loaded.articles.get(&telling.article).and_then(|sheet| sheet.published);
        let rule = sameness.of(&telling.kind);
        let (keys, index) = index(telling, &rule, who);
        let words = same_words(telling, &rule);
        Item {
            telling,
            published,
            days: Days::of(
                telling.interval.filter(|days| is_foreseeable(telling, *days, published)),
                telling.status,
                published,
            ),
            rule,
            keys,
            index,
            words,
        }
    };
    let mut items: Vec<Item<'a>> = loaded.tellings.iter().map(item).collect();
    items.sort_by(|one, other| one.order().cmp(&other.order()));
    items
}

impl Item<'_> {
    fn order(&self) -> (i64, bool, bool, Option<Date>, &str) {
        let width = self.days.width().unwrap_or(i64::MAX);
        let telling = self.telling;
        (width, !is_held(telling.status), telling.derived.is_some(), self.published, &telling.id)
    }
}

/// Nobody announces for a day so many years away: "the first in fifty years" is no plan for then.
fn is_foreseeable(telling: &Telling, days: Interval, published: Option<Date>) -> bool {
    let far = published.zip(days.earliest).is_some_and(|(day, first)| number(first) - number(day) > FAR);
    !(far && is_ahead(telling.status))
}

/// The keys of all parties, and those under which the same event may be found.
fn index(telling: &Telling, rule: &Rule, who: &Who) -> (BTreeSet<String>, Vec<String>) {
    let key = |party: &Party| party.key.as_deref().map(|key| who.key(key));
    let first = telling.first_role().unwrap_or_default();
    let actors: BTreeSet<Option<String>> = telling.in_role(first).map(key).collect();
    let others = telling.parties.iter().filter(|party| party.role != first);
    let keys: BTreeSet<String> = telling.parties.iter().filter_map(key).collect();
    let place = telling.spot.as_ref().map(|spot| spot.name.as_str());
    let is_person = |party: &Party| {
        key(party).and_then(|key| who.known.get(&key)).is_some_and(|known| known.kind == "person")
    };
    let at_home = is_at_home(telling, first) && !others.clone().all(is_person);
    let act = || -> Option<String> {
        let actors: Option<Vec<String>> = actors.iter().cloned().collect();
        let others: Option<BTreeSet<String>> = others.clone().map(key).collect();
        let (actors, others) = (actors?, others?);
        (!actors.is_empty() && !others.is_empty())
            .then(|| format!("{} {:?} {:?}", rule.group, actors, others))
    };
    let index = match rule.how {
        _ if telling.repeated => Vec::new(),
        How::Journey => {
            let traveller = actors.iter().flatten().next();
            let country = host(telling).filter(|_| actors.len() == 1);
            let both = traveller.zip(country);
            both.map(|(who, country)| format!("{} {who} {country}", rule.group)).into_iter().collect()
        }
        How::Encounter => pairs(&keys).map(|pair| format!("{} {pair}", rule.group)).collect(),
        How::Act => act().filter(|_| !at_home).into_iter().collect(),
        How::Course => {
            course(telling, who).map(|course| format!("{} {course}", rule.group)).into_iter().collect()
        }
        How::Once => people(telling, who).map(|person| format!("{} {person}", rule.group)).collect(),
        How::Deed => {
            let exact = !keys.iter().any(|key| key.starts_with("state/") && Some(key) != actor_key(&actors));
            let place = place.or(exact.then_some(""));
            act().zip(place).map(|(act, place)| format!("{act} {place}")).into_iter().collect()
        }
    };
    (keys, index)
}

/// Who does what to whom, in whatever order the article names them; two of them at least.
fn course(telling: &Telling, who: &Who) -> Option<String> {
    let role = |party: &Party| Some(format!("{} {}", party.role, who.key(party.key.as_deref()?)));
    let roles: Option<BTreeSet<String>> = telling.parties.iter().map(role).collect();
    roles.filter(|roles| roles.len() > 1).map(|roles| roles.into_iter().collect::<Vec<_>>().join(" "))
}

/// One article's words on one sort of thing: they sign, and they agree.
fn same_words(telling: &Telling, rule: &Rule) -> Option<String> {
    (!telling.parties.is_empty()).then(|| format!("{} {}", rule.group, telling.article))
}

fn actor_key(actors: &BTreeSet<Option<String>>) -> Option<&String> {
    actors.iter().flatten().next()
}

/// Whether a country does it to itself: that tells one law or order from the next by nothing but the person it comes to.
fn is_at_home(telling: &Telling, first: &str) -> bool {
    let of = |acts: bool| {
        let parties = telling.parties.iter().filter(move |party| (party.role == first) == acts);
        parties.filter_map(|party| party.country.as_deref()).collect::<BTreeSet<_>>()
    };
    !of(true).is_disjoint(&of(false))
}

fn people<'a>(telling: &'a Telling, who: &'a Who) -> impl Iterator<Item = String> + 'a {
    let keys = telling.parties.iter().filter_map(|party| party.key.as_deref()).map(|key| who.key(key));
    keys.filter(|key| who.known.get(key).is_some_and(|known| known.kind == "person"))
}

/// The country visited.
pub fn host(telling: &Telling) -> Option<&str> {
    let host = telling.in_role("host").find_map(|party| party.country.as_deref());
    host.or_else(|| telling.spot.as_ref().and_then(|spot| spot.country.as_deref()))
}

fn pairs(keys: &BTreeSet<String>) -> impl Iterator<Item = String> {
    let firsts = keys.iter().take(PARTIES).enumerate();
    firsts.flat_map(|(at, one)| {
        keys.iter().take(PARTIES).skip(at + 1).map(move |other| format!("{one} {other}"))
    })
}

/// What people decided, by telling.
#[derive(Default)]
struct Decided<'a> {
    /// Which joins a telling is part of.
    joined: BTreeMap<&'a str, BTreeSet<usize>>,
    /// The event of each join, once one of its tellings has one.
    homes: Vec<Option<usize>>,
    split: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Decided<'a> {
    /// A later decision overrides an earlier one on the same tellings.
    fn of(decisions: &'a [Decision]) -> Self {
        let mut decided = Self::default();
        for decision in decisions {
            match decision.join {
                true => decided.join(decision),
                false => decided.part(decision),
            }
        }
        decided
    }

    fn join(&mut self, decision: &'a Decision) {
        let all: BTreeSet<&str> = decision.all().collect();
        for telling in &all {
            self.joined.entry(telling).or_default().insert(self.homes.len());
            if let Some(apart) = self.split.get_mut(telling) {
                apart.retain(|other| !all.contains(other));
            }
        }
        self.homes.push(None);
    }

    fn part(&mut self, decision: &'a Decision) {
        for other in &decision.others {
            for (one, other) in [(&decision.telling, other), (other, &decision.telling)] {
                self.split.entry(one).or_default().insert(other);
            }
        }
        let with: BTreeSet<usize> = decision
            .others
            .iter()
            .filter_map(|other| self.joined.get(other.as_str()))
            .flatten()
            .copied()
            .collect();
        if let Some(joins) = self.joined.get_mut(decision.telling.as_str()) {
            joins.retain(|join| !with.contains(join));
        }
    }

    /// The event that its joins lead a telling to.
    fn home(&self, telling: &str) -> Option<usize> {
        self.joined.get(telling)?.iter().filter_map(|join| self.homes[*join]).min()
    }

    fn settle(&mut self, telling: &str, group: usize) {
        for join in self.joined.get(telling).into_iter().flatten() {
            self.homes[*join].get_or_insert(group);
        }
    }
}

impl Decision {
    fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.telling.as_str()).chain(self.others.iter().map(String::as_str))
    }
}

/// Brings the tellings together. Events come in the order in which they were founded.
pub fn merge(items: &[Item<'_>], decisions: &[Decision]) -> Vec<Group> {
    let decided = Decided::of(decisions);
    let mut merger = Merger { items, decided, groups: Vec::new(), found: BTreeMap::new() };
    (0..items.len()).for_each(|at| merger.take(at));
    merger.groups
}

struct Merger<'a> {
    items: &'a [Item<'a>],
    decided: Decided<'a>,
    groups: Vec<Group>,
    /// Groups by index key.
    found: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Merger<'a> {
    fn take(&mut self, at: usize) {
        let item = &self.items[at];
        let joined = self.decided.home(&item.telling.id);
        let joined = joined.map(|group| (group, "joined by a person's decision".to_owned()));
        let (group, reason) = match joined.or_else(|| self.home(item)) {
            Some(home) => home,
            None => {
                self.groups.push(Group { spread: self.vague(item), ..Group::default() });
                (self.groups.len() - 1, self.founding(item))
            }
        };
        self.groups[group].add(at, item, reason);
        self.decided.settle(&item.telling.id, group);
        for key in item.index.iter().chain(&item.words) {
            let groups = self.found.entry(key).or_default();
            if groups.last() != Some(&group) && !groups.contains(&group) {
                groups.push(group);
            }
        }
    }

    fn may_join(&self, item: &Item<'_>, group: &Group) -> bool {
        let Some(apart) = self.decided.split.get(item.telling.id.as_str()) else { return true };
        !group.members.iter().any(|(at, _)| apart.contains(self.items[*at].telling.id.as_str()))
    }

    /// The groups that may be of the same event, whatever their days.
    fn candidates(&self, item: &Item<'_>) -> Vec<usize> {
        let groups = item.index.iter().filter_map(|key| self.found.get(key.as_str())).flatten();
        let groups: BTreeSet<usize> = groups.copied().collect();
        let fits = |group: &Group| {
            let founder = &self.items[group.members[0].0];
            let told_apart = group.members.iter().any(|(at, _)| self.items[*at].is_told_beside(item));
            !group.ambiguous && !told_apart && self.may_join(item, group) && founder.is_alike(item)
        };
        groups.into_iter().filter(|group| fits(&self.groups[*group])).collect()
    }

    fn home(&self, item: &Item<'_>) -> Option<(usize, String)> {
        if let Some(twin) = self.twin(item) {
            return Some((twin, "the same words of one article".to_owned()));
        }
        if item.index.is_empty() || item.telling.status == Status::Recurring || item.is_loose() {
            return None;
        }
        let mut candidates = self.candidates(item);
        if item.telling.status == Status::Cancelled && item.days.last.is_none() {
            candidates.retain(|group| self.was_announced(item, &self.groups[*group]));
        }
        let home = match () {
            () if item.days.is_narrow() => self.nearest(item, &candidates),
            () if is_ahead(item.telling.status) => self.next(item, &candidates),
            () if item.days.width().is_some_and(|width| width <= item.widest()) => {
                self.only(item, &candidates)
            }
            () if item.days.width().is_some() => None,
            () => self.latest(item, &candidates),
        };
        home.map(|(group, why)| (group, format!("{}; {why}", item.agreement())))
    }

    /// Whether somebody announced it before this telling calls it off.
    fn was_announced(&self, item: &Item<'_>, group: &Group) -> bool {
        let mut told = group.members.iter().map(|(at, _)| &self.items[*at]);
        told.any(|one| is_ahead(one.telling.status) && one.published <= item.published)
    }

    /// The group of the same words of one article.
    fn twin(&self, item: &Item<'_>) -> Option<usize> {
        let groups = self.found.get(item.words.as_deref()?)?;
        groups.iter().copied().find(|group| {
            let mut told = self.groups[*group].members.iter().map(|(at, _)| &self.items[*at]);
            self.may_join(item, &self.groups[*group]) && told.any(|one| one.is_twin(item))
        })
    }

    /// The group whose days are nearest, where they are near enough.
    fn nearest(&self, item: &Item<'_>, candidates: &[usize]) -> Option<(usize, String)> {
        let near = candidates.iter().filter_map(|group| {
            let spread = self.groups[*group].spread?;
            let far = self.groups[*group].days.max(i64::from(item.rule.days));
            let widest = if item.rule.how == How::Course { far } else { SPREAD };
            let (gap, wide) = (spread.gap(item.days), spread.cover(item.days).width()?);
            (gap <= far && (gap == 0 || wide <= widest)).then_some((gap, *group))
        });
        let (gap, group) = near.min()?;
        let why = match gap {
            0 => "the days told overlap".to_owned(),
            days => format!("the days told lie {days} apart"),
        };
        Some((group, why))
    }

    /// The next one after it was announced.
    fn next(&self, item: &Item<'_>, candidates: &[usize]) -> Option<(usize, String)> {
        let told = Days::of(None, Status::Planned, item.published).first?;
        let after = candidates.iter().filter_map(|group| {
            let spread = self.groups[*group].spread?;
            let (first, last) = (spread.first?, spread.last?);
            let dated = item.days.last.is_some();
            let fits = spread.gap(item.days) == 0 && last >= told && (dated || first <= told + item.ahead());
            fits.then_some((first, *group))
        });
        after.min().map(|(_, group)| (group, "the next one after the announcement".to_owned()))
    }

    /// The only one in the days told.
    fn only(&self, item: &Item<'_>, candidates: &[usize]) -> Option<(usize, String)> {
        let mut within = candidates
            .iter()
            .filter(|group| self.groups[**group].spread.is_some_and(|spread| spread.gap(item.days) == 0));
        let only = within.next().copied().filter(|_| within.next().is_none())?;
        Some((only, "the only one in the days told".to_owned()))
    }

    /// The only one shortly before an article that does not say when; of several, the one that is clearly nearest.
    fn latest(&self, item: &Item<'_>, candidates: &[usize]) -> Option<(usize, String)> {
        match self.recent(item, candidates).as_slice() {
            [(_, only)] => Some((*only, "the only one shortly before the article".to_owned())),
            [(_, nearest), ..] if item.rule.how == How::Course => {
                Some((*nearest, "the last one before the article".to_owned()))
            }
            [(gap, nearest), (next, _), ..] if *gap <= NEAR && next - gap > NEAR => {
                Some((*nearest, "the last one before the article".to_owned()))
            }
            _ => None,
        }
    }

    /// The groups shortly before an article that does not say when, the nearest first, with the days between.
    fn recent(&self, item: &Item<'_>, candidates: &[usize]) -> Vec<(i64, usize)> {
        let Some(last) = item.days.last else { return Vec::new() };
        let named = matches!(item.rule.how, How::Journey | How::Encounter);
        let soon = if named { SOON.min(i64::from(item.rule.before) / 3) } else { 0 };
        let recent = Days { first: Some(last - i64::from(item.rule.before)), last: Some(last + soon) };
        let day = Days { first: Some(last), last: Some(last) };
        let within = candidates.iter().filter_map(|group| {
            let spread = self.groups[*group].spread.filter(|spread| spread.gap(recent) == 0)?;
            Some((spread.gap(day), *group))
        });
        let mut within: Vec<(i64, usize)> = within.collect();
        within.sort_unstable();
        within
    }

    /// The days over which an event may lie of which no article says when: those who tell of it soon after mean the same.
    /// `None` where it could be one of several that are known.
    fn vague(&self, item: &Item<'_>) -> Option<Days> {
        let lasting = match item.rule.how {
            How::Journey | How::Once | How::Course => true,
            How::Act => i64::from(item.rule.before) >= SLOW,
            How::Encounter | How::Deed => false,
        };
        let held = is_held(item.telling.status) && item.days.first.is_none() && !item.index.is_empty();
        let last = item.days.last.filter(|_| lasting && held)?;
        let unheard = self.recent(item, &self.candidates(item)).is_empty();
        unheard
            .then_some(Days { first: Some(last - i64::from(item.rule.before).min(MONTH)), last: Some(last) })
    }

    fn founding(&self, item: &Item<'_>) -> String {
        let reason = match () {
            () if item.index.is_empty() => "stands alone: who or where is not known well enough",
            () if !item.days.is_dated() => "stands alone: the article does not say exactly when",
            () => "first to tell of it",
        };
        reason.to_owned()
    }
}

impl Item<'_> {
    /// Whether the same people meet: of many, at least half.
    fn is_alike(&self, other: &Item<'_>) -> bool {
        if self.rule.how != How::Encounter {
            return true;
        }
        let both = self.keys.intersection(&other.keys).count();
        let all = self.keys.union(&other.keys).count();
        let few = self.keys.len().max(other.keys.len()) <= 3;
        few || both * 2 >= all
    }

    /// Asked for, thought of or denied only: of acts, nothing tells one such from the next.
    fn is_loose(&self) -> bool {
        let act = matches!(self.rule.how, How::Act | How::Deed);
        let held = is_held(self.telling.status);
        act && !held && !matches!(self.telling.status, Status::Planned | Status::Postponed)
    }

    /// Whether the same words of one article tell both: another kind of the same sort, and whoever is known in one is in
    /// the other.
    fn is_twin(&self, other: &Item<'_>) -> bool {
        let spans =
            |item: &Item<'_>| -> BTreeSet<_> { item.telling.parties.iter().map(|one| one.span).collect() };
        let (few, many) = if self.keys.len() <= other.keys.len() { (self, other) } else { (other, self) };
        let same = spans(self) == spans(other) || (!few.keys.is_empty() && few.keys.is_subset(&many.keys));
        let (one, two) = (self.telling, other.telling);
        let apart =
            one.span.start.saturating_sub(two.span.end).max(two.span.start.saturating_sub(one.span.end));
        same && one.article == two.article && one.kind != two.kind && apart <= BESIDE
    }

    /// Whether one article tells of both, and of one as held and of the other as still to come: then they are two.
    fn is_told_beside(&self, other: &Item<'_>) -> bool {
        let (one, two) = (self.telling, other.telling);
        let apart = |one: Status, two: Status| is_held(one) && is_ahead(two);
        one.article == two.article && (apart(one.status, two.status) || apart(two.status, one.status))
    }

    /// Widest span of days in which one is the only one of its sort.
    fn widest(&self) -> i64 {
        match self.rule.how {
            How::Journey | How::Once | How::Course => YEAR,
            How::Encounter | How::Act | How::Deed => MONTH,
        }
    }

    /// Whether its announcement stands for an event of its own: not for a year, and not called off without a day.
    fn may_found_ahead(&self) -> bool {
        let off = self.telling.status == Status::Cancelled && self.days.last.is_none();
        let wide = self.days.width().is_some_and(|width| width > self.ahead().max(MONTH));
        is_ahead(self.telling.status) && !off && !wide
    }

    /// How many days after its article its event may lie.
    fn ahead(&self) -> i64 {
        let ahead = i64::from(self.rule.ahead);
        match self.telling.status {
            Status::Cancelled => ahead.min(OFF),
            Status::Requested | Status::Possible => ahead.min(OFF),
            _ => ahead,
        }
    }

    /// Whatever shares one of these may be of one event, and nothing else.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.index.iter().chain(&self.words).map(String::as_str)
    }

    /// The rule of its kind.
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    fn agreement(&self) -> &'static str {
        match self.rule.how {
            How::Journey => "the same traveller and country",
            How::Encounter => "the same who meet",
            How::Act => "the same who act and are acted upon",
            How::Once => "the same person",
            How::Course => "the same course of those who act and are acted upon",
            How::Deed => "the same who act and are acted upon, and the same place",
        }
    }
}

impl Group {
    fn add(&mut self, at: usize, item: &Item<'_>, reason: String) {
        let ahead = item.may_found_ahead() && self.members.is_empty();
        let days = match item.days.last {
            None if ahead => Days { last: item.days.first.map(|first| first + item.ahead()), ..item.days },
            _ => item.days,
        };
        if days.is_dated() || ahead {
            let wider = self.spread.filter(|_| days.is_narrow()).map(|spread| spread.cover(days));
            self.spread = wider.or(self.spread).or(Some(days));
        }
        self.days = self.days.max(i64::from(item.rule.days));
        self.ambiguous |= self.members.is_empty() && self.spread.is_none();
        self.members.push((at, reason));
    }
}
