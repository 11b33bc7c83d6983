//! Who did what to whom, where, with which status; proposals and claims.
//!
//! [`EventReader`] finds the words of `knowledge/lexicon/verbs.tsv` in the trees, fills roles by the
//! constructions of `knowledge/rules/event`, reads status and time, and projects PLOVER and CAMEO
//! codes from kind, roles and status. [`EventReader::explain`] tells what the word of
//! an event means and why it is coded so.

mod assemble;
mod background;
mod beside;
mod called_off;
mod clause;
mod complete;
mod construction;
mod counting;
mod draft;
mod explain;
mod filler;
mod govern;
mod graph;
mod lexicon;
mod ontology;
mod presence;
mod proposal;
mod status;
mod when;

pub use construction::Example;
pub use proposal::PlanExample;

use legation_knowledge::{Files, LoadError};
use legation_mention::{attribution::AttributionLayer, entity::EntityLayer, time::TimeLayer};
use legation_record::{Article, Claim, Event, Interval, Proposal, Span, WhenReason};
use legation_text::Parse;

use crate::{counting::Counts, draft::Finder, proposal::Proposals};

/// Reads events, proposals and claims.
#[derive(Debug, Clone)]
pub struct EventReader {
    finder: Finder,
    counts: Counts,
    proposals: Proposals,
}

/// What the event reader adds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventLayer {
    /// In the order of their triggers.
    pub events: Vec<Event>,
    /// Plans.
    pub proposals: Vec<Proposal>,
    /// Background claims.
    pub claims: Vec<Claim>,
}

/// Everything read before the events.
#[derive(Debug, Clone, Copy)]
pub struct Below<'a> {
    /// The article as received.
    pub article: &'a Article,
    /// Sentences and trees.
    pub parse: &'a Parse,
    /// When.
    pub times: &'a TimeLayer,
    /// Who and where.
    pub entities: &'a EntityLayer,
    /// According to whom.
    pub attributions: &'a AttributionLayer,
}

impl EventReader {
    /// Loads ontology, lexicon and rules.
    ///
    /// # Errors
    /// When a knowledge file is faulty.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let ontology = ontology::Ontology::load(files)?;
        let rules = construction::Constructions::load(files)?;
        let lexicon = lexicon::Lexicon::load(files, &ontology, &rules)?;
        let background = background::Background::load(files)?;
        let seats = lexicon::seats(files)?;
        let counts = Counts::load(files)?;
        let proposals = Proposals::load(files)?;
        Ok(Self { finder: Finder { ontology, rules, lexicon, background, seats }, counts, proposals })
    }

    /// Reads the events of an article; never fails.
    #[must_use]
    pub fn read(&self, below: Below<'_>) -> EventLayer {
        let proposals = self.proposals.read(&self.finder, &self.counts, below);
        let (mut events, mut claims) = self.told(below);
        let planned = |event: &Event| proposals.iter().any(|plan| proposal::holds(plan, event.trigger));
        events.retain(|event| !planned(event));
        events.sort_by_key(|event| event.trigger);
        complete::sides_of_talks(&self.finder.ontology, &mut events);
        let mut events = assemble::merge(events);
        presence::hosts(&mut events);
        events.retain(|event| !is_nowhere(event));
        let derived = presence::visits(&self.finder, below, &events);
        events.extend(derived);
        events.sort_by_key(|event| (event.trigger, event.kind.clone(), event.derived.is_some()));
        for (number, event) in events.iter_mut().enumerate() {
            event.id = format!("v{}", number + 1);
        }
        for (number, claim) in claims.iter_mut().enumerate() {
            claim.id = format!("c{}", number + 1);
            let words = claim.evidence.cover();
            let told = |event: &&Event| {
                let mut tellings = event.evidence.iter().map(legation_record::Evidence::cover);
                let here = words.contains(event.trigger) || tellings.any(|telling| words.contains(telling));
                event.kind.0 == claim.event_kind && here
            };
            claim.events = events.iter().filter(told).map(|event| event.id.clone()).collect();
        }
        EventLayer { events, proposals, claims }
    }

    /// The events and claims that the sentences tell.
    fn told(&self, below: Below<'_>) -> (Vec<Event>, Vec<Claim>) {
        let (mut events, mut claims) = (Vec::new(), Vec::new());
        for index in 0..below.parse.sentences.len() {
            let by_rules = self.finder.sentence(below, index);
            let drafts = graph::voted(&self.finder, below, index, by_rules);
            let used = counting::used(&self.counts, below, &drafts);
            events.extend(called_off::journeys(&self.finder, below, index, &drafts, &events));
            let legs = |draft| counting::legs(&self.finder, &self.counts, below, draft);
            for leg in drafts.into_iter().flat_map(legs) {
                let event = leg.told(below, assemble::event(&self.finder, below, &leg.draft, &used));
                let (told, claim) = counting::expand(&self.counts, below, &leg.draft, event);
                events.extend(told);
                claims.extend(claim);
            }
        }
        (events, claims)
    }

    /// The days of whatever the word at `span` tells, event of ours or not, with the reason.
    #[must_use]
    pub fn anchor(&self, below: Below<'_>, span: Span) -> Option<(Interval, WhenReason)> {
        let when = when::of_word(&self.finder.lexicon, below, span)?;
        Some((when.interval, when.reason))
    }

    /// What an event's word means, and why the event is coded as it is, in words.
    #[must_use]
    pub fn explain(&self, event: &Event, text: &str) -> String {
        explain::explain(&self.finder.ontology, event, text)
    }

    /// The examples of the rules: those that must fire and those that must not, with their files.
    #[must_use]
    pub fn examples(&self) -> (Examples<'_>, Examples<'_>) {
        (&self.finder.rules.fires, &self.finder.rules.silent)
    }

    /// The examples of the rule of proposals.
    #[must_use]
    pub fn plan_examples(&self) -> (&[PlanExample], &[PlanExample]) {
        (&self.proposals.rule().fires, &self.proposals.rule().silent)
    }
}

/// A visit to nowhere told is none, nor one that the network reads without a visitor.
fn is_nowhere(event: &Event) -> bool {
    let somebody = event.confidence.is_none() || event.in_role("visitor").next().is_some();
    event.kind.0 == "visit" && (event.in_role("host").next().is_none() || !somebody)
}

/// Examples with the files of their rules.
pub type Examples<'a> = &'a [(String, Example)];
