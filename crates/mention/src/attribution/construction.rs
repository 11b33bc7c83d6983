//! Constructions: where content and source stand around a cue, as paths through the tree.

use std::{collections::BTreeSet, ops::Range, str::FromStr};

use legation_knowledge::{Files, LoadError};
use legation_text::{DepPath, Upos};
use serde::Deserialize;
use toml::Spanned;

const FOLDER: &str = "rules/attribution/";

/// Which voice of the verb a construction wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Voice {
    /// The subject is the source.
    #[default]
    Active,
    /// The subject is content.
    Passive,
    /// Either.
    Any,
}

/// A construction ready to be looked for.
#[derive(Debug, Clone)]
pub(super) struct Construction {
    pub id: String,
    pub voice: Voice,
    pub content: Vec<DepPath>,
    pub needs: Option<DepPath>,
    /// A path that must lead nowhere.
    pub unless: Option<DepPath>,
    /// Prepositions that open the content but belong to the cue.
    pub drop: Vec<String>,
    /// `None`: the subject, found by climbing. `Some(None)`: never a source.
    pub source: Option<Option<DepPath>>,
    pub addressee: Option<DepPath>,
    pub target: Option<DepPath>,
    cue: Upos,
    /// Whether it is made from a template.
    made: bool,
}

/// A text on which the constructions of a file are tried.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What is read.
    pub text: String,
    /// What it reads, as `source | cue | content`; empty where it must read nothing.
    #[serde(default)]
    pub reads: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    cue: Spanned<String>,
    #[serde(default)]
    voice: Voice,
    content: Vec<Spanned<String>>,
    needs: Option<Spanned<String>>,
    unless: Option<Spanned<String>>,
    drop: Option<String>,
    source: Option<Spanned<String>>,
    addressee: Option<Spanned<String>>,
    target: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    light_verbs: Vec<String>,
    #[serde(default)]
    helpers: Vec<String>,
    #[serde(default)]
    settings: Vec<String>,
    #[serde(default)]
    addressees: Vec<Spanned<String>>,
    #[serde(default)]
    places: Vec<Spanned<String>>,
    #[serde(default)]
    construction: Vec<Written>,
    #[serde(default)]
    example: Vec<Example>,
}

/// All constructions, and the templates for prepositions.
#[derive(Debug, Clone, Default)]
pub(super) struct Constructions {
    all: Vec<Construction>,
    templates: Vec<(String, Written)>,
    /// Verbs that lend a cue noun its subject: "makes no mention of".
    pub light_verbs: BTreeSet<String>,
    /// Verbs that belong to a cue in their infinitive: "has been trying to persuade".
    pub helpers: BTreeSet<String>,
    /// Nouns of what one speaks in: "in a statement".
    pub settings: BTreeSet<String>,
    /// Where those spoken to stand, whatever the construction.
    pub addressees: Vec<DepPath>,
    /// Where the place of speaking stands.
    pub places: Vec<DepPath>,
    pub examples: Vec<Example>,
}

/// The paths that a list of a file holds.
fn ways(file: &str, text: &str, written: &[Spanned<String>]) -> Result<Vec<DepPath>, LoadError> {
    let way = |one: &Spanned<String>| {
        DepPath::from_str(one.get_ref())
            .map_err(|error| fault(file, text, Some(one.span()), &error.to_string()))
    };
    written.iter().map(way).collect()
}

impl Constructions {
    /// Reads every file of `rules/attribution/`.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let mut constructions = Self::default();
        for (path, text) in files.below(FOLDER, ".toml") {
            let file: File =
                toml::from_str(text).map_err(|error| fault(path, text, error.span(), error.message()))?;
            constructions.examples.extend(file.example);
            constructions.light_verbs.extend(file.light_verbs);
            constructions.helpers.extend(file.helpers);
            constructions.settings.extend(file.settings);
            constructions.addressees.extend(ways(path, text, &file.addressees)?);
            constructions.places.extend(ways(path, text, &file.places)?);
            for written in file.construction {
                // A template is tried once, so that its faults are found when the file is loaded.
                let built =
                    written.build("of").map_err(|(at, message)| fault(path, text, Some(at), &message))?;
                if written.id.contains("{p}") {
                    constructions.templates.push((path.to_owned(), written));
                } else {
                    constructions.all.push(built);
                }
            }
        }
        Ok(constructions)
    }

    /// The construction that a cue's frame names: one of that id, or a template with its preposition.
    pub fn resolve(&mut self, frame: &str, upos: Upos) -> Option<usize> {
        if let Some(index) = self.all.iter().position(|one| one.id == frame && one.cue == upos) {
            return Some(index);
        }
        let (prefix, preposition) =
            frame.rsplit_once('+').map_or(("", frame), |(_, p)| (&frame[..frame.len() - p.len()], p));
        let id = format!("{prefix}{{p}}");
        let fits = |written: &Written| written.id == id && written.cue.get_ref() == upos.name();
        let (_, template) = self.templates.iter().find(|(_, written)| fits(written))?;
        let built = template.build(preposition).ok()?;
        self.all.push(built);
        Some(self.all.len() - 1)
    }

    /// The rules that evidence may name, templates as they are written: `attribution/verb-obj+{p}`.
    pub fn rules(&self) -> impl Iterator<Item = String> {
        let plain = self.all.iter().filter(|one| !one.made).map(Construction::rule);
        let templates = self.templates.iter().map(|(_, written)| {
            format!("attribution/{}-{}", written.cue.get_ref().to_lowercase(), written.id)
        });
        plain.chain(templates)
    }

    /// The construction in which a clause is said.
    pub fn clause(&self) -> Option<&Construction> {
        self.all.iter().find(|one| one.id == "that" && one.cue == Upos::Verb)
    }

    pub fn get(&self, index: usize) -> Option<&Construction> {
        self.all.get(index)
    }
}

impl Construction {
    /// Whether the first part is an object, which a passive turns into its subject.
    pub fn takes_object(&self) -> bool {
        self.id.starts_with("obj")
    }

    /// The id that evidence carries.
    pub fn rule(&self) -> String {
        format!("attribution/{}-{}", self.cue.name().to_lowercase(), self.id)
    }
}

impl Written {
    fn build(&self, preposition: &str) -> Result<Construction, (Range<usize>, String)> {
        let path = |written: &Spanned<String>| {
            let text = written.get_ref().replace("{p}", preposition);
            DepPath::from_str(&text).map_err(|error| (written.span(), error.to_string()))
        };
        let no_pos = || (self.cue.span(), format!("'{}' is no part of speech", self.cue.get_ref()));
        let source = match &self.source {
            Some(written) if written.get_ref().is_empty() => Some(None),
            Some(written) => Some(Some(path(written)?)),
            None => None,
        };
        Ok(Construction {
            id: self.id.replace("{p}", preposition),
            voice: self.voice,
            content: self.content.iter().map(path).collect::<Result<_, _>>()?,
            needs: self.needs.as_ref().map(path).transpose()?,
            unless: self.unless.as_ref().map(path).transpose()?,
            drop: self.drop.iter().map(|drop| drop.replace("{p}", preposition)).collect(),
            source,
            addressee: self.addressee.as_ref().map(path).transpose()?,
            target: self.target.as_ref().map(path).transpose()?,
            made: self.id.contains("{p}"),
            cue: Upos::from_name(self.cue.get_ref()).ok_or_else(no_pos)?,
        })
    }
}

fn fault(path: &str, text: &str, at: Option<Range<usize>>, message: &str) -> LoadError {
    LoadError::at(path, text, at.map_or(0, |at| at.start), message)
        .help("constructions are described at the head of rules/attribution/verb.toml")
}
