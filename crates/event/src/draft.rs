//! Finds event words in a sentence and who stands in their roles.

use std::collections::{BTreeMap, BTreeSet};

use legation_record::{EntityKind, Status};
use legation_text::{BlockKind, NameKind, Sentence, Upos, graph::Trigger};

use crate::{
    Below,
    background::{Background, Calm},
    beside,
    clause::{Clause, is_verbal},
    construction::{Construction, Constructions, Filler, Start, Way},
    filler::{Fillers, Found},
    lexicon::{Effect, Entry, Lexicon},
    ontology::Ontology,
    status::{self, Reading},
};

/// Longer sentences are lists or tables: not read.
const LONGEST: usize = 250;
/// Kind of what reduces help, trade or ties.
const REDUCTION: &str = "reduction";
/// At most so many event words of a sentence are read.
const MOST: usize = 40;

/// An event word with its roles, before time and merging.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Sentence.
    pub sentence: usize,
    /// Event word.
    pub word: usize,
    /// Kind.
    pub kind: String,
    /// Finer word.
    pub subtype: Option<String>,
    /// Id of the construction.
    pub by: String,
    /// Actors.
    pub actors: Vec<Found>,
    /// Recipients.
    pub recipients: Vec<Found>,
    /// Things or people handed over.
    pub objects: Vec<Found>,
    /// Who sends.
    pub senders: Vec<Found>,
    /// Who refuses it or calls it off, of those who do not take part themselves.
    pub refusers: Vec<Found>,
    /// Status.
    pub reading: Reading,
    /// Number of the trigger of the network's graph that tells the same; `None` where rules alone read it.
    pub trigger: Option<usize>,
    /// Whether a rule or row of the user's own found it: it wins over ours and over the network.
    pub own: bool,
}

/// The knowledge that finding needs.
#[derive(Debug, Clone)]
pub struct Finder {
    /// Kinds and codes.
    pub ontology: Ontology,
    /// Constructions.
    pub rules: Constructions,
    /// Words.
    pub lexicon: Lexicon,
    /// Sport, weather and the like.
    pub background: Background,
    /// Where the bodies of states sit.
    pub seats: BTreeMap<String, String>,
}

impl Finder {
    /// The drafts of one sentence in the order of the text.
    #[must_use]
    pub fn sentence(&self, below: Below<'_>, index: usize) -> Vec<Draft> {
        let sentence = &below.parse.sentences[index];
        let block = below.parse.blocks.get(sentence.block).map(|block| block.kind);
        if sentence.tokens.len() > LONGEST || matches!(block, Some(BlockKind::Byline | BlockKind::Dateline)) {
            return Vec::new();
        }
        let text = below.article.text.as_str();
        let clause = Clause { text, sentence, lexicon: &self.lexicon };
        let fillers = Fillers { below, clause };
        let evokes = |word: &usize| !is_named(sentence, *word) && !is_attribute(sentence, *word);
        let words = (0..sentence.tokens.len()).filter(evokes);
        let drafts = words.filter_map(|word| self.word(&fillers, index, word));
        let drafts = drafts.filter(|draft| self.is_of_world_affairs(sentence, draft));
        let drafts: Vec<Draft> = drafts.take(MOST).collect();
        let drafts = self.without_content(&clause, self.without_refused(&clause, drafts));
        self.one_per_act(&clause, drafts)
    }

    /// Whether what a sentence tells is more than sport, weather, accidents and the like.
    #[must_use]
    pub fn is_of_world_affairs(&self, sentence: &Sentence, draft: &Draft) -> bool {
        let calm = self.background.covers(sentence);
        let violent = self.background.is_violent(sentence);
        calm.is_none_or(|calm| self.is_of_state(draft, calm)) && (violent || !self.is_death(draft, calm))
    }

    /// Whether a rule's draft stands beside what the network tells of its sentence, and against it: the user's own, and
    /// journeys, which the rules read with whom, where to, when and whether.
    #[must_use]
    pub fn stands_alone(&self, draft: &Draft) -> bool {
        draft.own || self.ontology.kind(&draft.kind).is_some_and(|row| row.travels)
    }

    /// What is asked for, threatened, promised or offered is the content of the event that asks, threatens, promises.
    fn without_content(&self, clause: &Clause<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
        let words: BTreeSet<usize> = drafts.iter().map(|draft| draft.word).collect();
        let open = |status| {
            use Status::{Hypothetical, Invited, Planned, Possible, Requested};
            matches!(status, Planned | Requested | Possible | Hypothetical | Invited)
        };
        let content = |draft: &Draft| {
            let above = draft.reading.spine.iter().any(|up| *up != draft.word && words.contains(up));
            open(draft.reading.status) && above && !self.is_diplomatic(&draft.kind)
        };
        let words_of = |fits: &dyn Fn(&Draft) -> bool| -> BTreeSet<usize> {
            drafts.iter().filter(|draft| fits(draft)).map(|draft| draft.word).collect()
        };
        let undone = words_of(&|draft| self.is_undoing(&draft.kind));
        // Who breaks a ban or an embargo leaves it in force.
        let broken = words_of(&|draft| self.is_refusal(&draft.kind));
        let in_force = |draft: &Draft| {
            let head = clause.token(draft.word).head;
            self.is_penalty(&draft.kind) && head.is_some_and(|head| broken.contains(&head))
        };
        let thing = |draft: &Draft| {
            let token = clause.token(draft.word);
            let of = || token.is_rel("nmod") && clause.mark(draft.word).as_deref() == Some("of");
            (token.is_rel("obj") || token.is_rel("nsubj:pass") || of())
                && token.head.is_some_and(|head| undone.contains(&head))
                && !self.is_diplomatic(&draft.kind)
                && !self.is_charge(&draft.kind)
                && !in_force(draft)
        };
        let aim = |draft: &Draft| self.is_help(&draft.kind) && is_purpose(clause, draft.word);
        drafts.into_iter().filter(|draft| !content(draft) && !aim(draft) && !thing(draft)).collect()
    }

    /// Whether a kind undoes or refuses what its object names: "lifted the ban", "broke the embargo".
    fn is_undoing(&self, kind: &str) -> bool {
        let category = self.ontology.kind(kind).and_then(|row| row.plover.as_deref());
        kind == REDUCTION || matches!(category, Some("REJECT" | "CONCEDE"))
    }

    fn is_help(&self, kind: &str) -> bool {
        let category = self.ontology.kind(kind).and_then(|row| row.plover.as_deref());
        matches!(category, Some("AID" | "COOPERATE" | "CONCEDE"))
    }

    /// Who is told to be at an occasion somewhere: a draft for every way of telling it.
    #[must_use]
    pub fn occasions(&self, below: Below<'_>, index: usize) -> Vec<Draft> {
        let sentence = &below.parse.sentences[index];
        if sentence.tokens.len() > LONGEST {
            return Vec::new();
        }
        let clause = Clause { text: below.article.text.as_str(), sentence, lexicon: &self.lexicon };
        let fillers = Fillers { below, clause };
        let words = (0..sentence.tokens.len()).flat_map(|word| {
            self.lexicon.occasions(clause.text, sentence, word).into_iter().map(move |entry| (word, entry))
        });
        let drafts = words.filter_map(|(word, entry)| {
            let rule = self.rules.get(&entry.construction)?;
            let mut draft = self.draft(&fillers, index, word, entry, rule);
            (draft.is_enough(rule) && draft.crosses_a_border(rule)).then_some(draft)
        });
        drafts.take(MOST).collect()
    }

    /// What is refused or rejected did not happen: the refusal is the event.
    fn without_refused(&self, clause: &Clause<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
        let refusals: Vec<usize> =
            drafts.iter().filter(|draft| self.is_refusal(&draft.kind)).map(|draft| draft.word).collect();
        let refused = |draft: &Draft| {
            matches!(draft.reading.status, Status::Negated | Status::Hypothetical)
                && refusals.iter().any(|word| *word != draft.word && hangs(clause, draft.word, *word))
        };
        drafts.into_iter().filter(|draft| is_visit(&draft.kind) || !refused(draft)).collect()
    }

    fn is_penalty(&self, kind: &str) -> bool {
        self.ontology.kind(kind).is_some_and(|row| row.plover.as_deref() == Some("SANCTION"))
    }

    fn is_refusal(&self, kind: &str) -> bool {
        self.ontology.kind(kind).is_some_and(|row| row.plover.as_deref() == Some("REJECT"))
    }

    /// Whether two countries have to do with it, or somebody who acts for one does it without force.
    fn is_of_state(&self, draft: &Draft, calm: Calm) -> bool {
        let row = self.ontology.kind(&draft.kind);
        let forceful = row.is_some_and(|row| row.plover.as_deref() == Some("ASSAULT"));
        draft.is_between_countries()
            || (calm == Calm::State && !forceful && draft.actors.iter().any(Found::is_political))
    }

    /// Somebody who acts for nobody is killed or hurt, and nobody is told to have done it, or it is told of an accident.
    fn is_death(&self, draft: &Draft, calm: Option<Calm>) -> bool {
        let row = self.ontology.kind(&draft.kind);
        let named = |found: &Found| found.is_political() && found.kind == Some(EntityKind::Person);
        let unsolved =
            draft.actors.is_empty() && !(draft.kind == "killing" && draft.recipients.iter().any(named));
        (unsolved || calm.is_some()) && row.is_some_and(|row| row.plover.as_deref() == Some("ASSAULT"))
    }

    /// Whether a kind is a matter of diplomacy: a visit, talks.
    #[must_use]
    pub fn is_diplomatic(&self, kind: &str) -> bool {
        let row = self.ontology.kind(kind);
        row.is_some_and(|row| row.contexts.iter().any(|context| context == "diplomatic"))
    }

    fn word(&self, fillers: &Fillers<'_>, index: usize, word: usize) -> Option<Draft> {
        let clause = fillers.clause;
        let entries = self.lexicon.fitting(clause.text, clause.sentence, word);
        entries.into_iter().find_map(|entry| self.told(fillers, index, word, entry))
    }

    /// The draft of a word by one of its entries, where its roles are filled.
    fn told(&self, fillers: &Fillers<'_>, index: usize, word: usize, entry: &Entry) -> Option<Draft> {
        let rule = self.rules.get(&entry.construction)?;
        let mut draft = self.draft(fillers, index, word, entry, rule);
        if is_visit(&entry.kind) {
            draft.lead(fillers);
        }
        draft.keep_apart();
        let enough = draft.is_enough(rule) && draft.is_foreign(rule) && !draft.is_by_nature(fillers, rule);
        if !is_visit(&entry.kind) {
            return enough.then_some(draft);
        }
        draft.refusers = self.refusers(fillers, &draft);
        let abroad = draft.crosses_a_border(rule) && draft.is_received(&self.seats);
        (enough && abroad).then_some(draft)
    }

    /// What is denied is the charge's content; the charge itself is made.
    #[must_use]
    pub fn is_charge(&self, kind: &str) -> bool {
        self.ontology.kind(kind).is_some_and(|row| row.plover.as_deref() == Some("ACCUSE"))
    }

    fn draft(
        &self,
        fillers: &Fillers<'_>,
        index: usize,
        word: usize,
        entry: &Entry,
        rule: &Construction,
    ) -> Draft {
        let mut reading = status::read(&fillers.clause, word);
        let open = matches!(
            reading.status,
            Status::Held | Status::Ongoing | Status::Possible | Status::Hypothetical
        );
        if self.is_charge(&entry.kind) && reading.status == Status::Denied {
            reading.status = Status::Alleged;
        }
        if is_visit(&entry.kind)
            && reading.status == Status::Negated
            && is_kept_from(&fillers.clause, &reading)
        {
            reading.status = Status::Denied;
        }
        if let Some(status) = rule.status.filter(|_| open) {
            reading.status = status;
            reading.told = true;
        }
        let fill = |ways: &[Way], wanted: Filler| fill(fillers, word, ways, wanted);
        Draft {
            sentence: index,
            word,
            kind: entry.kind.clone(),
            subtype: entry.subtype.clone().or_else(|| self.manner(&fillers.clause, word, &entry.kind)),
            by: rule.id.clone(),
            actors: fill(&rule.actor, rule.actor_is),
            recipients: fill(&rule.recipient, rule.recipient_is),
            objects: fill(&rule.object, Filler::Any),
            senders: fill(&rule.sender, Filler::Actor),
            refusers: Vec::new(),
            reading,
            trigger: None,
            own: entry.own || rule.own,
        }
    }

    /// Who bars the traveller, or calls the visit off, without being the traveller.
    fn refusers(&self, fillers: &Fillers<'_>, draft: &Draft) -> Vec<Found> {
        if !matches!(draft.reading.status, Status::Cancelled | Status::Postponed | Status::Denied) {
            return Vec::new();
        }
        let verbs = draft.reading.spine.iter().filter(|at| is_verbal(fillers.clause.token(**at)));
        let agents = verbs.flat_map(|verb| fillers.clause.agents(*verb)).map(|at| fillers.read(at));
        let travels = |found: &Found| {
            draft
                .actors
                .iter()
                .any(|one| one.word == found.word || one.entity.is_some() && one.entity == found.entity)
        };
        let acts = agents.filter(|found| fillers.is(found, Filler::Actor) && found.country.is_some());
        let others: Vec<Found> = acts.filter(|found| !travels(found)).collect();
        outermost(others)
    }

    /// "official", "state", "working" of a visit.
    pub fn manner(&self, clause: &Clause<'_>, word: usize, kind: &str) -> Option<String> {
        let manners = &self.ontology.kind(kind)?.manners;
        let noun = clause
            .with(word, "obj")
            .find(|at| self.lexicon.entry(clause.text, clause.sentence, *at).is_some());
        let noun = noun.unwrap_or(word);
        let words = clause.with(noun, "amod").chain(clause.with(noun, "compound"));
        words.map(|at| clause.token(at).lemma.to_lowercase()).find(|word| manners.contains(word))
    }

    /// Drops the event noun of a verb that tells the same act, and keeps what it knew.
    fn one_per_act(&self, clause: &Clause<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut kept: Vec<Draft> = Vec::new();
        for draft in drafts {
            match kept.iter().position(|other| self.same_act(clause, other, &draft)) {
                Some(at) => kept[at].absorb(draft, clause),
                None => kept.push(draft),
            }
        }
        kept
    }

    pub fn same_act(&self, clause: &Clause<'_>, one: &Draft, other: &Draft) -> bool {
        let category = |draft: &Draft| self.ontology.kind(&draft.kind).map(|row| row.plover.clone());
        let related = category(one) == category(other) && category(one).is_some();
        related
            && is_visit(&one.kind) == is_visit(&other.kind)
            && (hangs(clause, one.word, other.word)
                || hangs(clause, other.word, one.word)
                || self.is_diplomatic(&one.kind) && is_apposed(clause, other.word, one.word))
            && !one.conflicts(other)
    }
}

/// Whether one word hangs on another closely: as its object, subject, complement.
fn hangs(clause: &Clause<'_>, low: usize, high: usize) -> bool {
    let near = ["obj", "nsubj", "obl", "nmod", "xcomp", "acl", "advcl", "compound", "ccomp", "iobj"];
    let mut at = low;
    for _ in 0..3 {
        let token = clause.token(at);
        let Some(head) =
            token.head.filter(|_| near.iter().any(|rel| token.is_rel(rel)) && !token.is_rel("acl:relcl"))
        else {
            return false;
        };
        if head == high {
            return true;
        }
        at = head;
    }
    false
}

/// "met on Friday, their first meeting": a noun that calls again what the verb above tells.
fn is_apposed(clause: &Clause<'_>, noun: usize, verb: usize) -> bool {
    let token = clause.token(noun);
    let named = token.head.filter(|_| token.is_rel("appos"));
    named.is_some_and(|above| above == verb || hangs(clause, above, verb))
}

/// Whether somebody else keeps the traveller from it: "is banned from entering".
fn is_kept_from(clause: &Clause<'_>, reading: &Reading) -> bool {
    let keeps = |at: &usize| {
        let lemmas = clause.lexicon.lemmas(clause.text, clause.token(*at));
        lemmas.iter().any(|lemma| clause.lexicon.object_acts(lemma, Some("from")))
    };
    reading.spine.iter().skip(1).any(keeps)
}

/// "to help the victims" beside a verb: what it is done for, not what is done.
fn is_purpose(clause: &Clause<'_>, word: usize) -> bool {
    let token = clause.token(word);
    let to = |at: usize| clause.token(at).form(clause.text).eq_ignore_ascii_case("to");
    token.is_rel("advcl") && &*token.xpos == "VB" && clause.with(word, "mark").any(to)
}

fn is_visit(kind: &str) -> bool {
    kind == "visit"
}

/// A word inside a name ("World War II", "the Strike Fund") evokes nothing.
fn is_named(sentence: &Sentence, word: usize) -> bool {
    let token = &sentence.tokens[word];
    let name = sentence.name_at(word);
    let inside = name.is_some_and(|name| !matches!(name.kind, NameKind::Nationality));
    matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj) && inside
}

/// "the defending champions", "Western-backed rebels": what somebody is called, not what is done.
fn is_attribute(sentence: &Sentence, word: usize) -> bool {
    let token = &sentence.tokens[word];
    let named = || word > 0 && &*sentence.tokens[word - 1].xpos == "HYPH";
    let participle = &*token.xpos == "VBG" && &*token.lemma != "visit" || &*token.xpos == "VBN" && named();
    token.is_rel("amod") && participle
}

fn fill(fillers: &Fillers<'_>, word: usize, ways: &[Way], wanted: Filler) -> Vec<Found> {
    let mut unknown = Vec::new();
    for way in ways {
        let reached = reach(&fillers.clause, word, way);
        let own =
            |at: &usize| (*at != word || way.start == Start::Itself) && !is_possessive(&fillers.clause, *at);
        let reached = reached.into_iter().filter(own).flat_map(|at| fillers.owners(at));
        let reached = reached.flat_map(|at| fillers.beside(at));
        let found = reached.filter(|at| *at != word || way.start == Start::Itself).map(|at| fillers.read(at));
        let fits = found.filter(|found| fillers.is(found, wanted));
        let found: Vec<Found> =
            outermost(fits.collect()).into_iter().flat_map(|one| fillers.of_each(one)).collect();
        let found = beside::sharing_a_country(found);
        if found.iter().any(|found| !found.is_unknown()) {
            return found;
        }
        if unknown.is_empty() {
            unknown = found;
        }
    }
    unknown
}

/// "China's" that a tree calls a subject is only whose the subject is.
fn is_possessive(clause: &Clause<'_>, at: usize) -> bool {
    let next = clause.sentence.tokens.get(at + 1);
    !clause.token(at).is_rel("nmod") && next.is_some_and(|next| &*next.xpos == "POS")
}

/// Without those that lie within others or are the same entity.
fn outermost(found: Vec<Found>) -> Vec<Found> {
    let inside =
        |one: &Found| found.iter().any(|other| other.span != one.span && other.span.contains(one.span));
    let mut kept: Vec<Found> = Vec::new();
    for one in &found {
        let again = kept
            .iter()
            .any(|other| other.span == one.span || (one.entity.is_some() && other.entity == one.entity));
        if !again && !inside(one) {
            kept.push(one.clone());
        }
    }
    kept
}

fn reach(clause: &Clause<'_>, word: usize, way: &Way) -> Vec<usize> {
    let carrier = || clause.light(clause.measure(word));
    let from = match way.start {
        Start::Word | Start::Itself => vec![word],
        Start::Agent => clause.agents(word),
        Start::Patient => clause.patients(word),
        Start::Light if way.path.is_none() => carrier().map_or_else(Vec::new, |verb| clause.agents(verb)),
        Start::Light => carrier().into_iter().collect(),
        Start::LightObject => carrier().map_or_else(Vec::new, |verb| clause.patients(verb)),
        Start::Control => clause.above(word),
        Start::Position => clause.above(word),
    };
    let Some(path) = &way.path else { return from };
    let walk = |at: usize| path.find(clause.text, clause.sentence, at);
    clause.spread(from.into_iter().flat_map(walk).collect())
}

impl Draft {
    /// The trigger of the network's graph that tells the same.
    #[must_use]
    pub fn told<'a>(&self, below: Below<'a>) -> Option<&'a Trigger> {
        below.parse.graph.as_ref()?.get(self.trigger?)
    }

    /// Whether two different countries have to do with it.
    fn is_between_countries(&self) -> bool {
        let parties = self.actors.iter().chain(&self.recipients).chain(&self.senders);
        let countries: BTreeSet<&String> = parties.filter_map(|found| found.country.as_ref()).collect();
        countries.len() > 1
    }

    /// Who leads a country's delegation travels for that country.
    fn lead(&mut self, fillers: &Fillers<'_>) {
        let led = fillers.clause.with(self.word, "obj").map(|at| fillers.read(at));
        let sent = led.into_iter().find(|led| led.noun.as_deref() == Some("GOV") && led.country.is_some());
        let Some(sent) = sent else { return };
        for one in self.actors.iter_mut().filter(|one| one.country.is_none()) {
            one.country.clone_from(&sent.country);
            one.support.push(sent.span);
        }
    }

    /// Nobody acts upon himself: who is among the actors is not among the recipients.
    pub fn keep_apart(&mut self) {
        let words: BTreeSet<usize> = self.actors.iter().map(|found| found.word).collect();
        let ids: BTreeSet<String> = self.actors.iter().filter_map(|found| found.entity.clone()).collect();
        let same = |found: &Found| {
            words.contains(&found.word) || found.entity.as_ref().is_some_and(|id| ids.contains(id))
        };
        self.recipients.retain(|found| !same(found));
        self.actors.retain(|found| found.noun.as_deref() != Some("-"));
    }

    fn is_enough(&self, rule: &Construction) -> bool {
        let actor = !rule.need_actor || !self.actors.is_empty();
        let recipient = !rule.need_recipient || !self.recipients.is_empty();
        actor && recipient && !(self.actors.is_empty() && self.recipients.is_empty())
    }

    fn is_foreign(&self, rule: &Construction) -> bool {
        let country = |found: &[Found]| found.iter().find_map(|found| found.country.clone());
        match (country(&self.actors), country(&self.recipients)) {
            (Some(one), Some(other)) => !rule.foreign || one != other,
            _ => !rule.foreign,
        }
    }

    /// Drops hosts of the visitor's own country.
    fn crosses_a_border(&mut self, rule: &Construction) -> bool {
        let home: BTreeSet<String> = self.actors.iter().filter_map(|found| found.country.clone()).collect();
        let abroad = |found: &Found| found.country.as_ref().is_none_or(|country| !home.contains(country));
        self.recipients.retain(abroad);
        self.recipients.retain(|found| found.country.is_some() || found.linked);
        let known = |found: &[Found]| found.iter().any(|found| found.country.is_some());
        let somebody = !self.actors.iter().all(Found::is_unknown) || known(&self.recipients);
        let untold = self.recipients.is_empty() && !rule.need_recipient && !home.is_empty();
        (!self.recipients.is_empty() || untold) && somebody
    }

    /// Puts hosts that are bodies of states where they sit; whether a host is left.
    fn is_received(&mut self, seats: &BTreeMap<String, String>) -> bool {
        let before = self.recipients.len();
        let home: BTreeSet<&String> = self.actors.iter().filter_map(|found| found.country.as_ref()).collect();
        for host in &mut self.recipients {
            let seat = host.country.as_ref().and_then(|body| seats.get(body));
            host.country = seat.or(host.country.as_ref()).cloned();
        }
        self.recipients.retain(|host| host.country.as_ref().is_none_or(|country| !home.contains(country)));
        before == 0 || !self.recipients.is_empty()
    }

    /// Whether what acts is no actor at all: weather, illness, a machine.
    fn is_by_nature(&self, fillers: &Fillers<'_>, rule: &Construction) -> bool {
        if rule.actor_is != Filler::Armed || !self.actors.is_empty() {
            return false;
        }
        let agents = fillers.clause.agents(self.word);
        let verbal = is_verbal(fillers.clause.token(self.word));
        let weapon = |at: &usize| {
            let token = fillers.clause.token(*at);
            fillers.clause.lexicon.sector(&token.lemma) == Some("-")
        };
        verbal && !agents.is_empty() && !agents.iter().any(weapon)
    }

    fn conflicts(&self, other: &Self) -> bool {
        let apart = |one: &[Found], other: &[Found]| {
            let countries = |all: &[Found]| -> BTreeSet<String> {
                all.iter().filter_map(|found| found.country.clone()).collect()
            };
            let (one, other) = (countries(one), countries(other));
            !one.is_empty() && !other.is_empty() && one.is_disjoint(&other)
        };
        apart(&self.actors, &other.actors) || apart(&self.recipients, &other.recipients)
    }

    /// Takes what another word for the same act knows.
    fn absorb(&mut self, other: Self, clause: &Clause<'_>) {
        let verb_first = is_verbal(clause.token(self.word)) || !is_verbal(clause.token(other.word));
        let (mut main, less) = if verb_first { (self.clone(), other) } else { (other, self.clone()) };
        let fill = |mine: &mut Vec<Found>, theirs: Vec<Found>| {
            if mine.is_empty()
                || mine.iter().all(|found| found.country.is_none())
                    && theirs.iter().any(|found| found.country.is_some())
            {
                *mine = theirs;
            }
        };
        fill(&mut main.actors, less.actors);
        fill(&mut main.recipients, less.recipients);
        fill(&mut main.objects, less.objects);
        main.subtype = main.subtype.or(less.subtype);
        main.reading.repeated |= less.reading.repeated;
        let by_main = less.reading.spine.contains(&main.word);
        if !main.reading.told && less.reading.told && !by_main {
            main.reading.status = less.reading.status;
            main.reading.spans = less.reading.spans;
            main.reading.told = true;
        }
        main.reading.spine.extend(less.reading.spine);
        main.keep_apart();
        *self = main;
    }
}

impl Clause<'_> {
    /// The measure an event noun is counted in ("rounds of talks"), or the noun itself.
    #[must_use]
    pub fn measure(&self, noun: usize) -> usize {
        let token = self.token(noun);
        let above = token.head.filter(|_| token.is_rel("nmod"));
        let carried = above.filter(|head| {
            matches!(
                self.lexicon.governor(self.text, self.sentence, *head, &token.deprel),
                Some(Effect::Carries)
            )
        });
        carried.unwrap_or(noun)
    }
}
