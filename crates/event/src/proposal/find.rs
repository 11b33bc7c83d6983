use std::collections::BTreeSet;

use legation_record::{Evidence, Interval, Proposal, Span};
use legation_text::Sentence;

use super::rule::PlanRule;
use crate::{
    Below,
    clause::{Clause, is_verbal},
    counting::Counts,
    draft::Finder,
    filler::Fillers,
    when::{from_time, times},
};

const RULE: &str = "proposal/plan";

/// One plan with the places where it is named.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Sentence, head word, characters.
    pub mentions: Vec<(usize, usize, Span)>,
    /// Stated number of points, and where.
    pub count: Option<(u32, Span)>,
}

/// The plans of an article.
pub fn plans(rule: &PlanRule, finder: &Finder, counts: &Counts, below: Below<'_>) -> Vec<Plan> {
    let mut plans: Vec<Plan> = Vec::new();
    for (index, sentence) in below.parse.sentences.iter().enumerate() {
        let clause = Clause { text: &below.article.text, sentence, lexicon: &finder.lexicon };
        for word in 0..sentence.tokens.len() {
            if let Some((span, count)) = mention(rule, counts, &clause, word) {
                place(&mut plans, (index, word, span), count);
            }
        }
    }
    plans
}

/// A mention with another number of points is another plan; any other is of the last plan.
fn place(plans: &mut Vec<Plan>, mention: (usize, usize, Span), count: Option<(u32, Span)>) {
    let fits = |plan: &&mut Plan| match (plan.count, count) {
        (Some((one, _)), Some((other, _))) => one == other,
        _ => true,
    };
    match plans.iter_mut().rev().find(fits) {
        Some(plan) => {
            plan.mentions.push(mention);
            plan.count = plan.count.or(count);
        }
        None => plans.push(Plan { mentions: vec![mention], count }),
    }
}

fn mention(
    rule: &PlanRule,
    counts: &Counts,
    clause: &Clause<'_>,
    word: usize,
) -> Option<(Span, Option<(u32, Span)>)> {
    let token = clause.token(word);
    let form = token.form(clause.text).to_lowercase();
    if !rule.heads.contains(&form) {
        return None;
    }
    let first = word.saturating_sub(6);
    let before = phrase_before(clause, first, word);
    let topic =
        before.iter().any(|at| rule.topics.contains(&clause.token(*at).form(clause.text).to_lowercase()));
    let count = before.iter().find_map(|at| number_of_points(counts, clause, *at));
    if !topic && count.is_none() {
        return None;
    }
    let start = before.first().map_or(token.span, |at| clause.token(*at).span);
    Some((start.cover(token.span), count))
}

/// The words of the noun phrase that ends at `word`, from `first` on.
fn phrase_before(clause: &Clause<'_>, first: usize, word: usize) -> Vec<usize> {
    use legation_text::Upos::{Adj, Noun, Num, Propn, Punct};
    let inside = |at: &usize| {
        let token = clause.token(*at);
        let hyphen = token.upos == Punct && matches!(token.form(clause.text), "-" | "‑" | "–");
        hyphen
            || matches!(token.upos, Adj | Noun | Num | Propn)
            || token.is_rel("compound")
            || token.is_rel("amod")
    };
    let mut words: Vec<usize> = (first..word).rev().take_while(inside).collect();
    words.reverse();
    words
}

/// "six-point", "12-point", "six point".
fn number_of_points(counts: &Counts, clause: &Clause<'_>, at: usize) -> Option<(u32, Span)> {
    let token = clause.token(at);
    let form = token.form(clause.text).to_lowercase();
    if let Some((number, rest)) = form.split_once('-') {
        return counts.number(number).filter(|_| rest.starts_with("point")).map(|value| (value, token.span));
    }
    if !form.starts_with("point") || at == 0 {
        return None;
    }
    let hyphen = at > 1 && clause.token(at - 1).form(clause.text) == "-";
    let number = clause.token(if hyphen { at - 2 } else { at - 1 });
    let value = counts.number(&number.form(clause.text).to_lowercase())?;
    Some((value, number.span.cover(token.span)))
}

impl Plan {
    /// The proposal without points and omissions.
    pub fn proposal(&self, rule: &PlanRule, finder: &Finder, below: Below<'_>) -> Proposal {
        let name = self.mentions.iter().max_by_key(|(_, _, span)| span.len()).map(|(_, _, span)| *span);
        let name = name.and_then(|span| span.slice(&below.article.text)).unwrap_or_default();
        let (sponsors, evidence, laid_out) = self.sponsors(rule, finder, below);
        let spans: Vec<Span> = self.mentions.iter().map(|(_, _, span)| *span).collect();
        Proposal {
            id: String::new(),
            name: name.to_owned(),
            evidence: Evidence::new(spans[0], RULE),
            mentions: spans,
            sponsors,
            sponsors_evidence: evidence,
            laid_out,
            count_stated: self.count,
            points: Vec::new(),
            omits: Vec::new(),
            supporters: self.those_who(&rule.supports, finder, below),
            opponents: self.those_who(&rule.opposes, finder, below),
        }
    }

    /// Who laid it out and when: subject of a verb of laying out, or else whose it is.
    fn sponsors(
        &self,
        rule: &PlanRule,
        finder: &Finder,
        below: Below<'_>,
    ) -> (Vec<String>, Option<Evidence>, Option<Interval>) {
        for (index, word, _) in &self.mentions {
            let clause = clause(finder, below, *index);
            let Some(verb) = verb_of(&clause, *word, &rule.lays_out) else { continue };
            let found = entities(below, &clause, &clause.agents(verb));
            if !found.is_empty() {
                let cover = clause.sentence.tokens[verb].span;
                let spans = found.iter().map(|(_, span)| *span).chain([cover]).collect();
                let ids = found.into_iter().map(|(id, _)| id).collect();
                return (ids, Evidence::of(spans, RULE), time(below, clause.sentence, verb));
            }
        }
        self.owner(finder, below)
    }

    fn owner(&self, finder: &Finder, below: Below<'_>) -> (Vec<String>, Option<Evidence>, Option<Interval>) {
        for (index, word, _) in &self.mentions {
            let clause = clause(finder, below, *index);
            let owners: Vec<usize> = clause.with(*word, "nmod:poss").collect();
            let found = entities(below, &clause, &owners);
            if let Some((_, span)) = found.first() {
                let evidence = Evidence::new(*span, RULE);
                return (found.into_iter().map(|(id, _)| id).collect(), Some(evidence), None);
            }
        }
        (Vec::new(), None, None)
    }

    fn those_who(&self, verbs: &[String], finder: &Finder, below: Below<'_>) -> Vec<String> {
        let mut ids = BTreeSet::new();
        for (index, word, _) in &self.mentions {
            let clause = clause(finder, below, *index);
            let Some(verb) = verb_of(&clause, *word, verbs) else { continue };
            if is_real(&clause, verb) {
                ids.extend(entities(below, &clause, &clause.agents(verb)).into_iter().map(|(id, _)| id));
            }
        }
        ids.into_iter().collect()
    }
}

/// Whether a verb is told as done: "trying to get others to join" is not.
fn is_real(clause: &Clause<'_>, verb: usize) -> bool {
    let reading = crate::status::read(clause, verb);
    matches!(reading.status, legation_record::Status::Held | legation_record::Status::Ongoing)
        && &*clause.token(verb).xpos != "VB"
}

fn clause<'a>(finder: &'a Finder, below: Below<'a>, index: usize) -> Clause<'a> {
    Clause { text: &below.article.text, sentence: &below.parse.sentences[index], lexicon: &finder.lexicon }
}

/// The verb whose object or subject a plan is, also in a relative clause on it.
fn verb_of(clause: &Clause<'_>, word: usize, verbs: &[String]) -> Option<usize> {
    let listed = |at: &usize| {
        let token = clause.token(*at);
        is_verbal(token)
            && clause.lexicon.lemmas(clause.text, token).iter().any(|lemma| verbs.contains(lemma))
    };
    let token = clause.token(word);
    let above =
        token.head.filter(|_| token.is_rel("obj") || token.is_rel("nsubj:pass") || token.is_rel("obl"));
    let relative = clause.with(word, "acl").find(|at| listed(at));
    relative.or_else(|| above.filter(listed))
}

fn entities(below: Below<'_>, clause: &Clause<'_>, words: &[usize]) -> Vec<(String, Span)> {
    let fillers = Fillers { below, clause: *clause };
    let found = words.iter().map(|word| fillers.read(*word));
    found.filter_map(|found| Some((found.entity?, found.span))).collect()
}

fn time(below: Below<'_>, sentence: &Sentence, verb: usize) -> Option<Interval> {
    let after = times(below, sentence).into_iter().filter(|(at, time)| *at > verb && time.interval.is_some());
    let hangs = |at: usize| sentence.ancestors(at).any(|up| up == verb);
    let all: Vec<_> = after.collect();
    let own = all.iter().find(|(at, _)| hangs(*at)).or_else(|| all.first());
    own.map(|(_, time)| from_time(time, "when it was laid out").interval)
}
