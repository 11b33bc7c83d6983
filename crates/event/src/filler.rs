//! From a word to a participant: the entity it heads, or the words, with country and sectors.

use legation_record::{Entity, EntityKind, Evidence, Participant, Role, Span};
use legation_text::{NameKind, Upos};

use crate::{
    Below,
    clause::{Clause, is_verbal},
    construction::Filler,
    lexicon::Meant,
};

/// Somebody or something found in a role.
#[derive(Debug, Clone)]
pub struct Found {
    /// Index of its word in the sentence.
    pub word: usize,
    /// The words.
    pub span: Span,
    /// The entity, where there is one.
    pub entity: Option<String>,
    /// Its sort.
    pub kind: Option<EntityKind>,
    /// Name or words.
    pub text: String,
    /// Country code.
    pub country: Option<String>,
    /// Sectors.
    pub sectors: Vec<String>,
    /// Sector of the noun, from the list of nouns for people who act; `-` for a thing.
    pub noun: Option<String>,
    /// Part of speech.
    pub upos: Upos,
    /// Whether it is a pronoun for nobody in particular: "which", "that".
    pub empty: bool,
    /// Whether the knowledge has it.
    pub linked: bool,
    /// Extra characters that tell the country.
    pub support: Vec<Span>,
}

impl Found {
    /// Whether it acts for a state or a body of states, or bears arms.
    #[must_use]
    pub fn is_political(&self) -> bool {
        let public = ["GOV", "IGO", "MIL", "LEG", "JUD", "COP", "REB", "OPP", "UAF", "NGO"];
        let state = matches!(self.kind, Some(EntityKind::State | EntityKind::Government));
        state || self.sectors.iter().any(|sector| public.contains(&sector.as_str()))
    }

    /// Whether it is a pronoun of which nobody can tell for whom it stands.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.upos == Upos::Pron && self.entity.is_none() && self.country.is_none()
    }
}

/// Reads fillers.
#[derive(Clone, Copy)]
pub struct Fillers<'a> {
    /// The layers.
    pub below: Below<'a>,
    /// The sentence.
    pub clause: Clause<'a>,
}

impl<'a> Fillers<'a> {
    /// What a word stands for.
    #[must_use]
    pub fn read(&self, word: usize) -> Found {
        let token = self.clause.token(word);
        let headed = self.below.entities.headed_at(token.span.start);
        let titled = || self.titled(word).filter(|one| one.kind == EntityKind::Person);
        let body = headed.is_some_and(|entity| entity.kind == EntityKind::Organisation);
        let entity = if body { titled().or(headed) } else { headed.or_else(|| self.titled(word)) };
        let name = self.clause.sentence.name_at(word);
        let near = entity.is_none().then(|| self.country_of_phrase(word)).flatten();
        let meant = if entity.is_none() && near.is_none() { self.place_meant(word) } else { None };
        let span = entity.and_then(|entity| mention(entity, token.span)).unwrap_or_else(|| self.phrase(word));
        let words = span.slice(self.clause.text).unwrap_or_default().to_owned();
        let country = entity.and_then(|entity| entity.country.clone());
        let inner = || self.country_of_phrase(word);
        let support =
            if country.is_none() { near.clone().or_else(|| meant.clone()).or_else(inner) } else { None };
        Found {
            word,
            span,
            entity: entity.map(|entity| entity.id.clone()),
            kind: entity
                .map(|entity| entity.kind)
                .or_else(|| meant.as_ref().map(|_| EntityKind::Place))
                .or_else(|| name.map(|name| kind_of(name.kind))),
            text: entity.filter(|entity| names(entity)).map_or(words, |entity| entity.name.clone()),
            country: country.or_else(|| support.as_ref().map(|(country, _)| country.clone())),
            sectors: self.sectors(entity, word),
            noun: self.noun(word).map(str::to_owned),
            upos: token.upos,
            linked: entity.is_some_and(|entity| entity.link.is_some()),
            empty: token.upos == Upos::Pron
                && (token.feat("PronType") != Some("Prs") || token.feat("Reflex") == Some("Yes")),
            support: support.into_iter().map(|(_, span)| span).collect(),
        }
    }

    /// The somebody whose title a word is: "Member of Parliament" before the name it stands with.
    fn titled(&self, word: usize) -> Option<&'a Entity> {
        let clause = self.clause;
        let at = clause.token(word).span;
        let close = |child: &usize| {
            let token = clause.token(*child);
            token.is_rel("appos") || token.is_rel("flat") || token.is_rel("nmod:desc")
        };
        // "his counterpart Ann Lee", "his counterpart, Ann Lee,": the two are one.
        let whose = clause.with(word, "nmod:poss").next().is_some();
        let person = |entity: &Entity, child: usize| {
            let joined = clause.token(child).is_rel("flat") || whose && child <= word + 2;
            joined && entity.kind == EntityKind::Person && child > word
        };
        let named = |child: usize| {
            let entity = self.below.entities.headed_at(clause.token(child).span.start)?;
            let inside = mention(entity, clause.token(child).span).is_some_and(|span| span.contains(at));
            (inside || person(entity, child)).then_some(entity)
        };
        clause.sentence.children(word).filter(close).find_map(named)
    }

    /// One of each country of those who act for several: "foreign ministers from Japan, China and Mexico".
    #[must_use]
    pub fn of_each(&self, found: Found) -> Vec<Found> {
        let members = self.members(&found);
        if !members.is_empty() {
            return members;
        }
        let clause = self.clause;
        let token = clause.token(found.word);
        let person = found.noun.as_deref().is_some_and(|noun| noun != "-") && found.upos == Upos::Noun;
        if !person || token.feat("Number") != Some("Plur") {
            return vec![found];
        }
        let from = |at: &usize| matches!(clause.mark(*at).as_deref(), Some("of" | "from"));
        let before = clause.with(found.word, "amod");
        let homes: Vec<usize> = clause.with(found.word, "nmod").filter(from).chain(before).collect();
        let mut each: Vec<Found> = Vec::new();
        for (country, span) in clause.spread(homes).into_iter().filter_map(|at| self.country_at(at)) {
            if each.iter().all(|one| one.country.as_ref() != Some(&country)) {
                each.push(Found {
                    entity: None,
                    text: self.of_country(span, found.word),
                    country: Some(country),
                    span,
                    support: vec![found.span],
                    ..found.clone()
                });
            }
        }
        if each.len() > 1 { each } else { vec![found] }
    }

    /// "Russian officials", "ministers of Japan".
    fn of_country(&self, country: Span, noun: usize) -> String {
        let token = self.clause.token(noun);
        let (name, noun) =
            (country.slice(self.clause.text).unwrap_or_default(), token.form(self.clause.text));
        if country.start < token.span.start { format!("{name} {noun}") } else { format!("{noun} of {name}") }
    }

    /// Sector of the noun, or of what it measures: "dozens of activists".
    fn noun(&self, word: usize) -> Option<&'a str> {
        let clause = self.clause;
        let lemma = &clause.token(word).lemma;
        let of = |at: &usize| clause.mark(*at).as_deref() == Some("of");
        let measured = || clause.with(word, "nmod").find(of).filter(|_| clause.lexicon.is_measure(lemma));
        clause.lexicon.sector(lemma).or_else(|| clause.lexicon.sector(&clause.token(measured()?).lemma))
    }

    fn sectors(&self, entity: Option<&Entity>, word: usize) -> Vec<String> {
        let known = entity.map(|entity| entity.sectors.clone()).unwrap_or_default();
        if !known.is_empty() {
            return known;
        }
        let noun = self.noun(word);
        noun.filter(|sector| *sector != "-").map(str::to_owned).into_iter().collect()
    }

    /// Country of an adjective, possessor or "of" complement of a noun, with its characters.
    fn country_of_phrase(&self, word: usize) -> Option<(String, Span)> {
        let clause = self.clause;
        let children: Vec<usize> = clause.sentence.children(word).collect();
        let person = self.noun(word).is_some_and(|noun| noun != "-");
        let whose = |at: usize| match clause.mark(at).as_deref() {
            None | Some("of" | "in" | "at" | "near" | "'s" | "’s" | "'" | "’") => true,
            Some(_) => person,
        };
        let inside = |at: &&usize| {
            let token = clause.token(**at);
            token.is_rel("amod")
                || token.is_rel("compound")
                || (token.is_rel("nmod") && whose(**at))
                || token.is_rel("flat")
                || token.is_rel("appos")
        };
        let of = |at: &&usize| inside(at) && clause.mark(**at).as_deref() == Some("of");
        let below = |at: &usize| {
            clause.sentence.children(*at).filter(|at| inside(&at)).find_map(|at| self.country_at(at))
        };
        let own = children.iter().filter(inside).find_map(|at| self.country_at(*at));
        own.or_else(|| children.iter().filter(of).find_map(below))
    }

    fn country_at(&self, at: usize) -> Option<(String, Span)> {
        let token = self.clause.token(at);
        let entity = self.below.entities.headed_at(token.span.start)?;
        // "ministers of Saudi Arabia": the whole name.
        Some((entity.country.clone()?, mention(entity, token.span).unwrap_or(token.span)))
    }

    /// Country and characters of the nearest place named before, for "the city" and "there".
    fn place_meant(&self, word: usize) -> Option<(String, Span)> {
        let clause = self.clause;
        let token = clause.token(word);
        let definite = || clause.with(word, "det").any(|at| &*clause.token(at).lemma == "the");
        let meant = clause.lexicon.locality(&token.lemma)?;
        if (token.upos == Upos::Noun && !definite()) || token.upos == Upos::Pron {
            return None;
        }
        let sentences = &self.below.parse.sentences;
        let own = sentences.iter().position(|one| one.span == clause.sentence.span)?;
        let from = sentences[own.saturating_sub(1)].span.start;
        let before = |span: Span| from <= span.start && span.end <= token.span.start;
        let of_land = |entity: &&Entity| {
            use EntityKind::{Government, Nationality, Organisation, Person, Place, State};
            match entity.kind {
                State | Place | Government => true,
                Nationality | Person | Organisation => {
                    meant == Meant::Anybody && entity.country.as_ref().is_some_and(|code| !code.contains(':'))
                }
                _ => false,
            }
        };
        let lands = self.below.entities.entities.iter().filter(of_land);
        let named = lands.filter_map(|entity| {
            let last = entity.mentions.iter().map(|one| one.span).filter(|span| before(*span)).max()?;
            Some((entity.country.clone()?, last))
        });
        named.max_by_key(|(_, span)| *span)
    }

    /// The places named below a word: of "the hotel in Doha, Qatar" both, whatever the tree hangs where.
    #[must_use]
    pub fn places_below(&self, word: usize) -> Vec<Found> {
        let clause = self.clause;
        let inside = clause.sentence.subtree_span(word);
        let close = (word + 1..clause.sentence.tokens.len()).take_while(|at| {
            let token = clause.token(*at);
            inside.contains(token.span) && !is_verbal(token)
        });
        let named = close.filter(|at| {
            let token = clause.token(*at);
            token.upos == Upos::Propn && !token.is_rel("flat") && !token.is_rel("compound")
        });
        named.map(|at| self.read(at)).filter(|found| is_place(found) && found.country.is_some()).collect()
    }

    /// The words of a noun phrase without the clauses that hang on it.
    #[must_use]
    pub fn phrase(&self, word: usize) -> Span {
        let clause = self.clause;
        let mut span = clause.token(word).span;
        for child in clause.sentence.children(word) {
            let token = clause.token(child);
            let close =
                ["det", "amod", "compound", "nummod", "nmod:poss", "flat", "fixed", "advmod", "goeswith"];
            let of = token.is_rel("nmod") && clause.mark(child).as_deref() == Some("of");
            if of
                || close
                    .iter()
                    .any(|rel| token.deprel.as_ref() == *rel || token.is_rel(rel) && *rel != "nmod:poss")
            {
                // "at least 29 people": what has a preposition is taken with it.
                let marked = token.is_rel("amod") && clause.mark(child).is_some();
                span = span.cover(if of || marked || token.is_rel("nmod") {
                    clause.sentence.subtree_span(child)
                } else {
                    token.span
                });
            }
        }
        span
    }

    /// Who a possessive pronoun stands for that nobody resolved: the subject of the clause that its noun hangs on, or
    /// who is invited, thanked or asked there.
    #[must_use]
    pub fn owners(&self, at: usize) -> Vec<usize> {
        let clause = self.clause;
        let token = clause.token(at);
        let known = self.below.entities.headed_at(token.span.start).is_some();
        let form = token.form(clause.text).to_lowercase();
        if &*token.xpos != "PRP$" || !token.is_rel("nmod:poss") {
            return vec![at];
        }
        let Some(owners) = clause.owner_by_clause(at, known) else { return vec![at] };
        let persons = owners.iter().all(|owner| is_person(&self.read(*owner)));
        let fits = match form.as_str() {
            "his" | "her" => persons && owners.len() == 1,
            "their" => owners.len() > 1,
            _ => false,
        };
        if fits { owners } else { vec![at] }
    }

    /// A day or an hour is nobody.
    fn is_time(&self, found: &Found) -> bool {
        let times = &self.below.times.times;
        let next = times.partition_point(|time| time.span.start <= found.span.start);
        let within = next.checked_sub(1).map(|at| times[at].span);
        found.entity.is_none() && within.is_some_and(|span| span.contains(found.span))
    }

    /// Whether a filler is what a construction asks for.
    #[must_use]
    pub fn is(&self, found: &Found, wanted: Filler) -> bool {
        if wanted != Filler::Any && self.is_time(found) {
            return false;
        }
        match wanted {
            Filler::Any => true,
            Filler::Place => is_place(found),
            Filler::PlaceOrActor => is_place(found) || is_actor(found),
            Filler::Actor => is_actor(found),
            Filler::Official => is_actor(found) && travels(found),
            Filler::Person => is_actor(found) && is_person(found),
            Filler::Armed => is_actor(found) && bears_arms(found),
            Filler::Party => is_actor(found) || is_place(found) || found.country.is_some(),
        }
    }

    /// A participant in a role.
    #[must_use]
    pub fn participant(&self, found: &Found, role: &str, by: &str) -> Participant {
        let mut spans = found.support.clone();
        spans.push(found.span);
        Participant {
            role: Role(role.to_owned()),
            entity: found.entity.clone(),
            span: found.span,
            text: found.text.clone(),
            country: found.country.clone(),
            sectors: found.sectors.clone(),
            evidence: Evidence::of(spans, by).unwrap_or_else(|| Evidence::new(found.span, by)),
        }
    }
}

/// The mention of an entity that a word heads.
#[must_use]
pub fn mention(entity: &Entity, at: Span) -> Option<Span> {
    let heads = entity
        .mentions
        .iter()
        .filter(|mention| mention.head.start <= at.start && at.start < mention.head.end);
    heads.map(|mention| mention.span).min_by_key(|span| span.len())
}

fn names(entity: &Entity) -> bool {
    !entity.name.is_empty()
}

fn kind_of(kind: NameKind) -> EntityKind {
    match kind {
        NameKind::Person => EntityKind::Person,
        NameKind::State => EntityKind::State,
        NameKind::Nationality => EntityKind::Nationality,
        NameKind::Place => EntityKind::Place,
        NameKind::Organisation => EntityKind::Organisation,
        NameKind::Facility => EntityKind::Facility,
        NameKind::Event => EntityKind::Event,
        NameKind::Law => EntityKind::Law,
        NameKind::Other => EntityKind::Other,
    }
}

/// Whether it can be visited or stood in.
#[must_use]
pub fn is_place(found: &Found) -> bool {
    use EntityKind::{Facility, Government, Place, State};
    match found.kind {
        Some(Place | State | Government | Facility) => true,
        Some(EntityKind::Organisation | EntityKind::Event) => {
            found.country.as_ref().is_some_and(|country| !country.contains(':'))
        }
        _ => false,
    }
}

fn is_actor(found: &Found) -> bool {
    use EntityKind::{Document, Event, Facility, Law, Other};
    match found.kind {
        None if found.empty => false,
        Some(Facility | Event | Law | Document) => false,
        Some(Other) => found.country.is_some() || found.noun.is_some(),
        Some(_) => true,
        None => match found.upos {
            Upos::Pron => true,
            Upos::Propn => true,
            Upos::Noun | Upos::Adj => {
                found.noun.as_deref().is_some_and(|noun| noun != "-") || found.country.is_some()
            }
            Upos::Num => !is_year(&found.text),
            _ => false,
        },
    }
}

fn is_year(words: &str) -> bool {
    words.len() == 4 && words.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether it can use force: a machine or a building with a country's name cannot.
fn bears_arms(found: &Found) -> bool {
    match found.kind {
        Some(EntityKind::Organisation) => !found.sectors.is_empty() || found.country.is_some(),
        Some(EntityKind::Place | EntityKind::Other) => false,
        Some(_) => true,
        None => found.noun.as_deref().is_some_and(|noun| noun != "-"),
    }
}

/// Whether it may go on a visit for somebody: no land, no body but of a government, nobody private.
#[must_use]
pub fn travels(found: &Found) -> bool {
    use EntityKind::{Government, Nationality, Place, State};
    let private = |sector: &str| matches!(sector, "CVL" | "-");
    let common =
        found.upos == Upos::Noun && found.noun.as_deref().is_none_or(private) && found.sectors.is_empty();
    let body =
        found.kind == Some(EntityKind::Organisation) && !found.sectors.iter().any(|sector| sector == "GOV");
    let unofficial = found.upos == Upos::Noun && found.noun.as_deref().is_some_and(private);
    let land = matches!(found.kind, Some(State | Place | Government | Nationality));
    !(land || body || common || unofficial)
}

fn is_person(found: &Found) -> bool {
    match found.kind {
        Some(EntityKind::Person | EntityKind::Group) => true,
        Some(_) => false,
        None => found.upos == Upos::Pron || found.noun.as_deref().is_some_and(|noun| noun != "-"),
    }
}
