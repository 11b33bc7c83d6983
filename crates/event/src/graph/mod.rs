//! Turns the network's event graph into drafts and combines them with what the rules found.
//!
//! The network decides whether a word expresses an event, of which kind and how real. Rules that find the same
//! event fill its roles, because they see the whole clause; where they find none, the network's words are used.
//! Events that only a rule finds are kept for journeys, or if the network finds nothing in their sentence; on
//! documents that were scored but never read, the others did more harm than good. Whatever the user's own rules
//! or rows find is always kept and takes precedence over the network.

mod days;
mod fillers;

pub use days::{fits, when};
pub use fillers::place;
use fillers::{fitting, participants_of};

use legation_text::{
    Upos,
    graph::{Part, Trigger},
};

use crate::{
    Below,
    clause::Clause,
    draft::{Draft, Finder},
    status::Reading,
};

/// The name given in evidence for fields that the network read.
pub const BY: &str = "model/graph";

/// The drafts of one sentence: what the network found, joined with what the rules found.
#[must_use]
pub fn voted(finder: &Finder, below: Below<'_>, index: usize, by_rules: Vec<Draft>) -> Vec<Draft> {
    let Some(graph) = &below.parse.graph else { return by_rules };
    let first = graph.partition_point(|trigger| trigger.at.sentence < index);
    let own = graph[first..].iter().take_while(|trigger| trigger.at.sentence == index);
    let mut rest = by_rules;
    let mut drafts = Vec::new();
    for (number, trigger) in own.enumerate() {
        let told = draft(finder, below, first + number, trigger);
        if !finder.is_of_world_affairs(&below.parse.sentences[index], &told) {
            continue;
        }
        let same = rest.iter().position(|other| is_same(finder, below, other, &told));
        drafts.push(match same {
            Some(at) if rest[at].own || finder.stands_alone(&rest[at]) => rest.remove(at),
            Some(at) => join(told, rest.remove(at)),
            None => told,
        });
    }
    let silent = drafts.is_empty();
    drafts.extend(rest.into_iter().filter(|draft| silent || finder.stands_alone(draft)));
    drafts.sort_by_key(|draft| draft.word);
    drafts
}

/// The draft of a trigger on its own, without rules.
fn draft(finder: &Finder, below: Below<'_>, number: usize, trigger: &Trigger) -> Draft {
    let sentence = &below.parse.sentences[trigger.at.sentence];
    let clause = Clause { text: below.article.text.as_str(), sentence, lexicon: &finder.lexicon };
    let word = trigger.at.word;
    let row = finder.ontology.kind(&trigger.kind);
    let of = |part: Part| {
        let found = participants_of(finder, below, trigger, part);
        row.map(|row| fitting(row, found, part)).unwrap_or_default()
    };
    let mut draft = Draft {
        sentence: trigger.at.sentence,
        word,
        kind: trigger.kind.to_string(),
        subtype: finder.manner(&clause, word, &trigger.kind),
        by: BY.to_owned(),
        actors: of(Part::Actor),
        recipients: of(Part::Recipient),
        objects: Vec::new(),
        senders: Vec::new(),
        refusers: Vec::new(),
        reading: Reading {
            status: trigger.status,
            spans: vec![sentence.tokens[word].span],
            told: true,
            spine: spine(&clause, word),
            repeated: false,
            present: false,
        },
        trigger: Some(number),
        own: false,
    };
    draft.keep_apart();
    draft
}

/// The trigger and, if it is a noun, the light verb that carries it.
fn spine(clause: &Clause<'_>, word: usize) -> Vec<usize> {
    let token = clause.token(word);
    let carrier = clause.light(clause.measure(word)).filter(|_| token.upos == Upos::Noun);
    std::iter::once(word).chain(carrier).collect()
}

/// Whether a rule's draft and the network's describe the same event.
fn is_same(finder: &Finder, below: Below<'_>, rule: &Draft, told: &Draft) -> bool {
    if rule.word == told.word {
        return rule.kind == told.kind || rule.own || !finder.stands_alone(rule);
    }
    let sentence = &below.parse.sentences[told.sentence];
    let clause = Clause { text: below.article.text.as_str(), sentence, lexicon: &finder.lexicon };
    rule.kind == told.kind && finder.same_act(&clause, rule, told)
}

/// The network's event with the roles a rule found.
fn join(told: Draft, rule: Draft) -> Draft {
    let same_kind = rule.kind == told.kind;
    let mut reading = told.reading;
    reading.repeated = rule.reading.repeated;
    reading.present = rule.reading.present;
    reading.spine.extend(rule.reading.spine.iter().filter(|at| **at != told.word));
    if rule.reading.status == reading.status {
        reading.spans = rule.reading.spans;
    }
    let either = |mine: Vec<_>, theirs: Vec<_>| if theirs.is_empty() || !same_kind { mine } else { theirs };
    let mut joined = Draft {
        actors: either(told.actors, rule.actors),
        recipients: either(told.recipients, rule.recipients),
        objects: if same_kind { rule.objects } else { Vec::new() },
        senders: if same_kind { rule.senders } else { Vec::new() },
        refusers: if same_kind { rule.refusers } else { Vec::new() },
        subtype: told.subtype.or(rule.subtype.filter(|_| same_kind)),
        by: if same_kind { rule.by } else { told.by },
        reading,
        ..told
    };
    joined.keep_apart();
    joined
}
