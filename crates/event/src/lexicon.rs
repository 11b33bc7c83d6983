//! Words: which evoke an event, which say how real it is, who is an actor.

use std::collections::{BTreeMap, BTreeSet};

use legation_knowledge::{Files, LoadError, Row, Table};
use legation_record::Status;
use legation_text::{DepPath, Sentence, Token, Upos};

use crate::{construction::Constructions, ontology::Ontology};

const VERBS: &str = "lexicon/verbs.tsv";
/// Beginning of the paths of all lists of event words: a user's `lexicon/verbs-own.tsv` adds to ours, and goes first.
const VERBS_OF_ALL: &str = "lexicon/verbs";
const MODALITY: &str = "lexicon/modality.tsv";
const MODIFIERS: &str = "lexicon/modifiers.tsv";
const MODALS: &str = "lexicon/modals.tsv";
const ACTORS: &str = "lexicon/actor-nouns.tsv";
const ACTS: &str = "lexicon/acts.tsv";
const MEASURES: &str = "lexicon/measures.tsv";
const OCCASIONS: &str = "lexicon/occasions.tsv";
const SEATS: &str = "lexicon/seats.tsv";
const LOCALITIES: &str = "lexicon/localities.tsv";
const CONTROL: &str = "lexicon/control.tsv";

/// A word that evokes an event.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Our kind.
    pub kind: String,
    /// PLOVER mode or a finer word.
    pub subtype: Option<String>,
    /// Name of its construction.
    pub construction: String,
    /// Whether it is the user's: not among the rows that ship.
    pub own: bool,
    with: Vec<DepPath>,
    without: Vec<DepPath>,
}

/// Coarse class of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Verbs.
    Verb,
    /// Nouns.
    Noun,
    /// Adjectives.
    Adjective,
}

/// What a word above or beside an event word does to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Gives this status.
    Gives(Status),
    /// Lets its own tense and modals count.
    Carries,
    /// Told several times.
    Repeats,
    /// Nothing above matters.
    Stops,
}

#[derive(Debug, Clone)]
struct Governor {
    relations: Vec<String>,
    effect: Effect,
    particle: Option<String>,
}

/// All words of the stage.
#[derive(Debug, Clone)]
pub struct Lexicon {
    entries: BTreeMap<(Class, String), Vec<Entry>>,
    governors: BTreeMap<(Class, String), Vec<Governor>>,
    modifiers: BTreeMap<String, Vec<(Vec<String>, Effect)>>,
    modals: BTreeMap<String, Status>,
    actors: BTreeMap<String, String>,
    control: BTreeMap<String, Control>,
    acts: BTreeMap<String, Status>,
    occasions: BTreeMap<String, Vec<Entry>>,
    measures: BTreeSet<String>,
    localities: BTreeMap<String, Meant>,
}

/// The class of a token, if it can evoke anything.
#[must_use]
pub fn class(token: &Token) -> Option<Class> {
    match token.upos {
        Upos::Verb => Some(Class::Verb),
        Upos::Noun | Upos::Propn => Some(Class::Noun),
        Upos::Adj => Some(Class::Adjective),
        Upos::Aux => Some(Class::Verb),
        _ => None,
    }
}

fn classes(written: &str) -> Vec<Class> {
    match written {
        "v" => vec![Class::Verb],
        "n" => vec![Class::Noun],
        "a" => vec![Class::Adjective],
        "va" => vec![Class::Verb, Class::Adjective],
        "x" => vec![Class::Verb, Class::Noun, Class::Adjective],
        _ => vec![],
    }
}

impl Lexicon {
    /// Loads every list.
    ///
    /// # Errors
    /// When a list is faulty or names an unknown kind or construction.
    pub fn load(files: &Files, ontology: &Ontology, rules: &Constructions) -> Result<Self, LoadError> {
        Ok(Self {
            entries: entries(files, ontology, rules)?,
            governors: governors(files)?,
            modifiers: modifiers(files)?,
            modals: modals(files, MODALS)?,
            actors: words(files, ACTORS, "sectors")?,
            control: control(files)?,
            acts: modals(files, ACTS)?,
            occasions: occasions(files, rules)?,
            measures: measures(files)?.split(',').map(str::to_owned).collect(),
            localities: localities(files)?,
        })
    }

    /// The entry that fits a word where it stands.
    #[must_use]
    pub fn entry(&self, text: &str, sentence: &Sentence, at: usize) -> Option<&Entry> {
        self.fitting(text, sentence, at).into_iter().next()
    }

    /// Every entry that fits a word where it stands, the first to be preferred.
    #[must_use]
    pub fn fitting(&self, text: &str, sentence: &Sentence, at: usize) -> Vec<&Entry> {
        let token = &sentence.tokens[at];
        let Some(class) = class(token) else { return Vec::new() };
        let lemmas = self.lemmas(text, token);
        let rows = lemmas.into_iter().find_map(|lemma| self.entries.get(&(class, lemma)));
        let rows = rows.map_or(&[][..], Vec::as_slice).iter();
        rows.filter(|entry| entry.fits(text, sentence, at)).collect()
    }

    /// The ways in which a noun for an occasion tells who is there.
    #[must_use]
    pub fn occasions(&self, text: &str, sentence: &Sentence, at: usize) -> Vec<&Entry> {
        let token = &sentence.tokens[at];
        let noun = class(token) == Some(Class::Noun);
        let rows = self.occasions.get(&token.lemma.to_lowercase()).filter(|_| noun);
        let rows = rows.map_or(&[][..], Vec::as_slice).iter();
        rows.filter(|entry| entry.fits(text, sentence, at)).collect()
    }

    /// The dictionary form of a word, and for a verb those that its spelling allows besides.
    #[must_use]
    pub fn lemmas(&self, text: &str, token: &Token) -> Vec<String> {
        let mut all = vec![token.lemma.to_lowercase()];
        match token.upos {
            Upos::Verb => all.extend(token.stems(text)),
            Upos::Noun => all.extend(singular(&all[0])),
            _ => {}
        }
        all
    }

    /// What a governor does to the word that hangs on it by `relation`.
    #[must_use]
    pub fn governor(&self, text: &str, sentence: &Sentence, at: usize, relation: &str) -> Option<Effect> {
        let token = &sentence.tokens[at];
        let class = class(token)?;
        let lemmas = self.lemmas(text, token);
        let rows = lemmas.into_iter().find_map(|lemma| self.governors.get(&(class, lemma)))?;
        let row = rows.iter().find(|row| row.fits(text, sentence, at, relation))?;
        Some(row.effect)
    }

    /// What a modifier does to the word it hangs on.
    #[must_use]
    pub fn modifier(&self, token: &Token) -> Option<Effect> {
        let rows = self.modifiers.get(&token.lemma.to_lowercase())?;
        rows.iter()
            .find(|(relations, _)| relations.iter().any(|rel| token.is_rel(rel)))
            .map(|(_, effect)| *effect)
    }

    /// What an auxiliary makes of a verb.
    #[must_use]
    pub fn modal(&self, text: &str, token: &Token) -> Option<Status> {
        let form = token.form(text).to_lowercase();
        self.modals.get(&token.lemma.to_lowercase()).or_else(|| self.modals.get(&form)).copied()
    }

    /// What an act of speech makes of what is said.
    #[must_use]
    pub fn act(&self, act: &str) -> Option<Status> {
        self.acts.get(act).copied()
    }

    /// The sector of a noun for people who act: `MIL` of "troops".
    #[must_use]
    pub fn sector(&self, lemma: &str) -> Option<&str> {
        let lemma = lemma.to_lowercase();
        let whole = self.actors.get(&lemma);
        whole.or_else(|| self.actors.get(lemma.strip_suffix('s')?)).map(String::as_str)
    }

    /// Whether a noun only measures what stands after "of".
    #[must_use]
    pub fn is_measure(&self, lemma: &str) -> bool {
        self.measures.contains(&lemma.to_lowercase())
    }

    /// Whose place a word may stand for that was named before: "the city", "there", "the country".
    #[must_use]
    pub fn locality(&self, lemma: &str) -> Option<Meant> {
        self.localities.get(&lemma.to_lowercase()).copied()
    }

    /// Whether the object of a verb acts in what a preposition brings.
    #[must_use]
    pub fn object_acts(&self, lemma: &str, mark: Option<&str>) -> bool {
        self.control.get(lemma).is_some_and(|control| {
            mark.map_or(control.is_by_infinitive(), |mark| control.marks.contains(mark))
        })
    }

    /// Whether who does the verb above also does the verb below, though the object would do others: "called her to
    /// congratulate her".
    #[must_use]
    pub fn does_both(&self, text: &str, above: &Token, below: &Token) -> bool {
        let own = |lemma: &String| self.control.get(lemma).is_some_and(|control| control.is_own(below));
        above.upos == Upos::Verb && self.lemmas(text, above).iter().any(own)
    }
}

/// What must have been named before that a word for a place stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    /// A place or a state.
    Place,
    /// Anybody of a state too: "Macron said that the country …".
    Anybody,
}

/// What follows a verb whose object acts in it.
#[derive(Debug, Clone, Default)]
struct Control {
    /// The prepositions that bring it; none where "to" does.
    marks: BTreeSet<String>,
    /// Verbs whose actor is the subject all the same.
    own: BTreeSet<String>,
}

impl Control {
    fn is_by_infinitive(&self) -> bool {
        self.marks.is_empty() || self.marks.contains("to")
    }

    fn is_own(&self, below: &Token) -> bool {
        self.own.contains(&below.lemma.to_lowercase())
    }
}

/// What a noun that was left in the plural may come from: "troops", "clashe".
fn singular(lemma: &str) -> Option<String> {
    let ending = ["she", "che"].iter().any(|ending| lemma.ends_with(ending));
    let cut = if ending { lemma.strip_suffix('e') } else { lemma.strip_suffix('s') };
    cut.filter(|word| word.len() > 3).map(str::to_owned)
}

impl Entry {
    fn fits(&self, text: &str, sentence: &Sentence, at: usize) -> bool {
        let leads = |path: &DepPath| !path.find(text, sentence, at).is_empty();
        self.with.iter().all(leads) && !self.without.iter().any(leads)
    }
}

impl Governor {
    fn fits(&self, text: &str, sentence: &Sentence, at: usize, relation: &str) -> bool {
        let base = relation.split(':').next().unwrap_or(relation);
        let related = self.relations.iter().any(|rel| rel == relation || rel == base);
        related && self.particle.as_ref().is_none_or(|word| has_particle(text, sentence, at, word))
    }
}

fn has_particle(text: &str, sentence: &Sentence, at: usize, word: &str) -> bool {
    let mut children = sentence.children(at).map(|child| &sentence.tokens[child]);
    children.any(|child| {
        child.form(text).eq_ignore_ascii_case(word) && (child.is_rel("compound") || child.is_rel("advmod"))
    })
}

fn paths(row: &Row<'_, '_>, column: usize, measures: &str) -> Result<Vec<DepPath>, LoadError> {
    let parts = row.get(column).split('&').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| measured(part, measures).parse().map_err(|fault| row.error(column, format!("{fault}"))))
        .collect()
}

/// A way to an object also leads through its measure: `obj[lemma=troop]` finds "some of its troops".
fn measured(way: &str, measures: &str) -> String {
    let through = |one: &str| {
        let inner = one.trim().strip_prefix("obj[lemma=").and_then(|rest| rest.strip_suffix(']'));
        let words = inner.filter(|words| !words.contains(['/', '=']));
        words.map_or_else(
            || one.to_owned(),
            |words| format!("{one} | obj[lemma={measures}]/nmod[case=of lemma={words}]"),
        )
    };
    way.split('|').map(through).collect::<Vec<_>>().join("|")
}

fn entries(
    files: &Files,
    ontology: &Ontology,
    rules: &Constructions,
) -> Result<BTreeMap<(Class, String), Vec<Entry>>, LoadError> {
    let columns = ["words", "pos", "kind", "subtype", "construction", "with", "without"];
    let measures = measures(files)?;
    let shipped = shipped_rows(&columns)?;
    let ours = (VERBS, files.text(VERBS)?);
    let added = files.below(VERBS_OF_ALL, ".tsv").filter(|(file, _)| *file != VERBS);
    let mut all: BTreeMap<_, Vec<Entry>> = BTreeMap::new();
    for (file, text) in added.chain(std::iter::once(ours)) {
        let table = Table::read(file, text, &columns)?;
        for row in table.rows() {
            let own = !shipped.contains(&cells(&row, columns.len()));
            let entry = Entry { own, ..Entry::read(&row, ontology, rules, &measures)? };
            for (class, word) in keys(&row)? {
                all.entry((class, word)).or_default().push(entry.clone());
            }
        }
    }
    Ok(all)
}

/// The rows of the list that ships, by which a user's are told from ours.
fn shipped_rows(columns: &[&str]) -> Result<BTreeSet<String>, LoadError> {
    let files = Files::built_in();
    let table = Table::read(VERBS, files.text(VERBS)?, columns)?;
    Ok(table.rows().map(|row| cells(&row, columns.len())).collect())
}

fn cells(row: &Row<'_, '_>, count: usize) -> String {
    (0..count).map(|cell| row.get(cell)).collect::<Vec<_>>().join("\t")
}

impl Entry {
    fn read(
        row: &Row<'_, '_>,
        ontology: &Ontology,
        rules: &Constructions,
        measures: &str,
    ) -> Result<Self, LoadError> {
        if ontology.kind(row.get(2)).is_none() {
            return Err(row.error(2, format!("'{}' is no kind of ontology/kinds.toml", row.get(2))));
        }
        if rules.get(row.get(4)).is_none() {
            return Err(row.error(4, format!("'{}' is no construction of rules/event", row.get(4))));
        }
        Ok(Self {
            kind: row.get(2).to_owned(),
            subtype: Some(row.get(3).to_owned()).filter(|subtype| !subtype.is_empty()),
            construction: row.get(4).to_owned(),
            own: false,
            with: paths(row, 5, measures)?,
            without: paths(row, 6, measures)?,
        })
    }
}

fn localities(files: &Files) -> Result<BTreeMap<String, Meant>, LoadError> {
    let table = Table::read(LOCALITIES, files.text(LOCALITIES)?, &["words", "of"])?;
    let mut all = BTreeMap::new();
    for row in table.rows() {
        let meant = match row.get(1) {
            "place" => Meant::Place,
            "anybody" => Meant::Anybody,
            other => return Err(row.error(1, format!("`{other}` is not one of place, anybody"))),
        };
        all.extend(row.list(0).map(|word| (word.to_owned(), meant)));
    }
    Ok(all)
}

/// The country in which a body of states sits, by the body's code.
///
/// # Errors
/// When the list is faulty.
pub fn seats(files: &Files) -> Result<BTreeMap<String, String>, LoadError> {
    words(files, SEATS, "country")
}

/// Words that only measure what stands after "of", as a filter lists them.
fn measures(files: &Files) -> Result<String, LoadError> {
    let table = Table::read(MEASURES, files.text(MEASURES)?, &["words"])?;
    Ok(table.rows().map(|row| row.list(0).collect::<Vec<_>>().join(",")).collect::<Vec<_>>().join(","))
}

fn occasions(files: &Files, rules: &Constructions) -> Result<BTreeMap<String, Vec<Entry>>, LoadError> {
    let measures = measures(files)?;
    let table = Table::read(OCCASIONS, files.text(OCCASIONS)?, &["words", "constructions", "with"])?;
    let mut all: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for row in table.rows() {
        for name in row.list(1) {
            if rules.get(name).is_none() {
                return Err(row.error(1, format!("'{name}' is no construction of rules/event")));
            }
            let (with, without) = (paths(&row, 2, &measures)?, Vec::new());
            let construction = name.to_owned();
            let entry =
                Entry { kind: "visit".to_owned(), subtype: None, own: false, construction, with, without };
            for word in row.list(0) {
                all.entry(word.to_owned()).or_default().push(entry.clone());
            }
        }
    }
    Ok(all)
}

fn keys(row: &Row<'_, '_>) -> Result<Vec<(Class, String)>, LoadError> {
    let classes = classes(row.get(1));
    if classes.is_empty() {
        return Err(row
            .error(1, format!("'{}' is no part of speech", row.get(1)))
            .help("write v, n, a, va or x"));
    }
    let all = row.list(0).flat_map(|word| classes.iter().map(move |class| (*class, word.to_owned())));
    Ok(all.collect())
}

fn effect(row: &Row<'_, '_>, column: usize, written: &str) -> Result<Effect, LoadError> {
    let status = |name: &str| serde::Deserialize::deserialize(Plain::new(name)).ok();
    Ok(match written {
        "carry" => Effect::Carries,
        "repeated" => Effect::Repeats,
        "stop" => Effect::Stops,
        name => {
            Effect::Gives(status(name).ok_or_else(|| row.error(column, format!("'{name}' is no status")))?)
        }
    })
}

type Plain<'a> = serde::de::value::StrDeserializer<'a, serde::de::value::Error>;

fn governors(files: &Files) -> Result<BTreeMap<(Class, String), Vec<Governor>>, LoadError> {
    let table = Table::read(MODALITY, files.text(MODALITY)?, &["words", "pos", "relation", "effect"])?;
    let mut all: BTreeMap<_, Vec<Governor>> = BTreeMap::new();
    for row in table.rows() {
        let (written, particle) =
            row.get(3).split_once('?').map_or((row.get(3), None), |(a, b)| (a, Some(b)));
        let relations: Vec<String> = row.list(2).map(str::to_owned).collect();
        let effect = effect(&row, 3, written)?;
        for key in keys(&row)? {
            let particle = particle.map(str::to_owned);
            let row = Governor { relations: relations.clone(), effect, particle };
            let rows = all.entry(key).or_default();
            rows.push(row);
            rows.sort_by_key(|row| row.particle.is_none());
        }
    }
    Ok(all)
}

/// By word: the relations in which it modifies, and what it does.
type Modifiers = BTreeMap<String, Vec<(Vec<String>, Effect)>>;

fn modifiers(files: &Files) -> Result<Modifiers, LoadError> {
    let table = Table::read(MODIFIERS, files.text(MODIFIERS)?, &["words", "relation", "effect"])?;
    let mut all = Modifiers::new();
    for row in table.rows() {
        let effect = effect(&row, 2, row.get(2))?;
        let relations: Vec<String> = row.list(1).map(str::to_owned).collect();
        for word in row.list(0) {
            all.entry(word.to_owned()).or_default().push((relations.clone(), effect));
        }
    }
    Ok(all)
}

fn modals(files: &Files, file: &str) -> Result<BTreeMap<String, Status>, LoadError> {
    let table = Table::read(file, files.text(file)?, &["words", "effect"])?;
    let mut all = BTreeMap::new();
    for row in table.rows() {
        let Effect::Gives(status) = effect(&row, 1, row.get(1))? else {
            return Err(row.error(1, "a modal gives a status"));
        };
        all.extend(row.list(0).map(|word| (word.to_owned(), status)));
    }
    Ok(all)
}

fn words(files: &Files, file: &str, column: &str) -> Result<BTreeMap<String, String>, LoadError> {
    let table = Table::read(file, files.text(file)?, &["words", column])?;
    let pairs = table.rows().flat_map(|row| {
        let value = row.get(1).to_owned();
        row.list(0).map(|word| (word.to_owned(), value.clone())).collect::<Vec<_>>()
    });
    Ok(pairs.collect())
}

fn control(files: &Files) -> Result<BTreeMap<String, Control>, LoadError> {
    let table = Table::read(CONTROL, files.text(CONTROL)?, &["words", "marks", "own"])?;
    let mut all: BTreeMap<String, Control> = BTreeMap::new();
    for row in table.rows() {
        for word in row.list(0) {
            let control = all.entry(word.to_owned()).or_default();
            control.marks.extend(row.list(1).map(str::to_owned));
            control.own.extend(row.list(2).map(str::to_owned));
        }
    }
    Ok(all)
}
