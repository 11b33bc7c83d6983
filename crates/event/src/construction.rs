//! Constructions: where the roles of an event stand around its word, as `knowledge/rules/event` tells.

use std::collections::BTreeMap;

use legation_knowledge::{Files, LoadError};
use legation_record::Status;
use legation_text::DepPath;
use serde::Deserialize;

use crate::ontology::read_toml;

const FOLDER: &str = "rules/event/";

/// What a filler must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filler {
    /// A country, city, region, facility.
    Place,
    /// A place, or somebody who acts for a country.
    PlaceOrActor,
    /// A person, state, government, organisation or group that acts.
    Actor,
    /// Somebody whose travel is news: in office, a delegation, an envoy.
    Official,
    /// One person, or people.
    Person,
    /// Whoever bears arms, and states.
    Armed,
    /// Anybody or any place that stands for its country.
    Party,
    /// Whatever it is.
    Any,
}

/// Where a way begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The event word.
    Word,
    /// The logical subject.
    Agent,
    /// The logical object.
    Patient,
    /// The verb that carries the event noun ("make a visit").
    Light,
    /// The object of the verb that carries it ("sending an envoy on a mission").
    LightObject,
    /// Who the content of an allegation is about: the subject of the verb above.
    Control,
    /// The subject of which the noun is predicated ("positioned itself as a mediator").
    Position,
    /// The word itself.
    Itself,
}

/// One way to a filler.
#[derive(Debug, Clone)]
pub struct Way {
    /// From where.
    pub start: Start,
    /// And then.
    pub path: Option<DepPath>,
}

/// Where the roles stand.
#[derive(Debug, Clone)]
pub struct Construction {
    /// Its id as evidence names it: `event/visit-verb`.
    pub id: String,
    /// Ways to the actor.
    pub actor: Vec<Way>,
    /// Ways to the recipient.
    pub recipient: Vec<Way>,
    /// Ways to a thing (arms, aid) or a person handed over.
    pub object: Vec<Way>,
    /// Ways to the one who sends.
    pub sender: Vec<Way>,
    /// What the actor must be.
    pub actor_is: Filler,
    /// What the recipient must be.
    pub recipient_is: Filler,
    /// Whether there must be an actor.
    pub need_actor: bool,
    /// Whether there must be a recipient.
    pub need_recipient: bool,
    /// Whether both must not be of one country.
    pub foreign: bool,
    /// The status it gives by itself.
    pub status: Option<Status>,
    /// Whether it is the user's: not as it ships.
    pub own: bool,
}

/// A sentence in which an event must be found, or none of a kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// Kinds, divided by `|`.
    pub kind: String,
    /// Its status.
    #[serde(default)]
    pub status: Option<Status>,
    /// Words of an actor.
    #[serde(default)]
    pub actor: Option<String>,
    /// Words of a recipient.
    #[serde(default)]
    pub recipient: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(default)]
    construction: Vec<Written>,
    fires: Vec<Example>,
    silent: Vec<Example>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    actor: String,
    #[serde(default)]
    recipient: String,
    #[serde(default)]
    object: String,
    #[serde(default)]
    sender: String,
    #[serde(default)]
    actor_is: Option<Filler>,
    #[serde(default)]
    recipient_is: Option<Filler>,
    #[serde(default)]
    need: Vec<String>,
    #[serde(default)]
    foreign: bool,
    #[serde(default)]
    status: Option<Status>,
}

/// The constructions by name, and every example.
#[derive(Debug, Clone, Default)]
pub struct Constructions {
    by_name: BTreeMap<String, Construction>,
    /// Sentences that must fire.
    pub fires: Vec<(String, Example)>,
    /// Sentences that must not.
    pub silent: Vec<(String, Example)>,
}

impl Constructions {
    /// Loads every `.rule` of the folder.
    ///
    /// # Errors
    /// When a file is faulty or has no example of either sort, or two constructions share a name.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let mut all = Self::written(files)?;
        let shipped = Files::built_in();
        if files.digest() != shipped.digest() {
            let shipped = Self::written(&shipped)?;
            let as_ours = |name: &str, made: &Construction| {
                shipped.get(name).is_some_and(|ours| format!("{ours:?}") == format!("{made:?}"))
            };
            all.by_name.iter_mut().for_each(|(name, made)| made.own = !as_ours(name, made));
        }
        Ok(all)
    }

    fn written(files: &Files) -> Result<Self, LoadError> {
        let mut all = Self::default();
        for (file, text) in files.below(FOLDER, ".rule") {
            all.take(file, text)?;
        }
        Ok(all)
    }

    /// The construction of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Construction> {
        self.by_name.get(name)
    }

    fn take(&mut self, file: &str, text: &str) -> Result<(), LoadError> {
        let rules: RuleFile = read_toml(file, text)?;
        if rules.fires.is_empty() || rules.silent.is_empty() {
            let advice = "add at least one [[fires]] and one [[silent]]";
            return Err(LoadError::new(file, 1, 1, "a rule without examples does not load").help(advice));
        }
        for written in rules.construction {
            let at = text.find(&format!("name = \"{}\"", written.name)).unwrap_or(0);
            let fault = |message: String| LoadError::at(file, text, at, message);
            let name = written.name.clone();
            let made = Construction::try_from(written).map_err(fault)?;
            if self.by_name.insert(name.clone(), made).is_some() {
                return Err(fault(format!("a construction '{name}' exists already")));
            }
        }
        self.fires.extend(rules.fires.into_iter().map(|example| (file.to_owned(), example)));
        self.silent.extend(rules.silent.into_iter().map(|example| (file.to_owned(), example)));
        Ok(())
    }
}

impl TryFrom<Written> for Construction {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        Ok(Self {
            id: format!("event/{}", written.name),
            actor: ways(&written.actor)?,
            recipient: ways(&written.recipient)?,
            object: ways(&written.object)?,
            sender: ways(&written.sender)?,
            actor_is: written.actor_is.unwrap_or(Filler::Actor),
            recipient_is: written.recipient_is.unwrap_or(Filler::Party),
            need_actor: written.need.iter().any(|role| role == "actor"),
            need_recipient: written.need.iter().any(|role| role == "recipient"),
            foreign: written.foreign,
            status: written.status,
            own: false,
        })
    }
}

fn ways(written: &str) -> Result<Vec<Way>, String> {
    written.split('|').map(str::trim).filter(|way| !way.is_empty()).map(way).collect()
}

fn way(written: &str) -> Result<Way, String> {
    let (first, rest) = written.split_once('/').map_or((written, None), |(first, rest)| (first, Some(rest)));
    let start = match first {
        "agent" => Some(Start::Agent),
        "patient" => Some(Start::Patient),
        "light" => Some(Start::Light),
        "light-object" => Some(Start::LightObject),
        "control" => Some(Start::Control),
        "position" => Some(Start::Position),
        "self" => Some(Start::Itself),
        _ => None,
    };
    let path = if start.is_some() { rest } else { Some(written) };
    let path = path.map(str::parse::<DepPath>).transpose().map_err(|fault| fault.to_string())?;
    Ok(Way { start: start.unwrap_or(Start::Word), path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_constructions_load() {
        let all = Constructions::load(&Files::built_in()).unwrap();
        assert!(all.get("visit-verb").is_some());
        assert!(all.fires.len() > 10 && all.silent.len() > 4);
    }

    #[test]
    fn a_rule_without_examples_does_not_load() {
        let mut files = Files::default();
        files.insert("rules/event/x.rule", "fires = []\nsilent = []\n");
        assert!(Constructions::load(&files).unwrap_err().message.contains("examples"));
    }

    #[test]
    fn ways_may_begin_at_the_logical_subject() {
        let way = way("patient/nmod[case=of]").unwrap();
        assert_eq!(way.start, Start::Patient);
        assert!(way.path.is_some());
    }
}
