//! How real an event is told to be, and which words say so.

use legation_record::{Modality, Polarity, Span, Status};

use crate::{
    clause::{Clause, is_tensed, is_verbal},
    lexicon::Effect,
};

/// How many words above an event word are looked at.
const REACH: usize = 7;

/// What the words around an event word say of it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The status.
    pub status: Status,
    /// The words that say so.
    pub spans: Vec<Span>,
    /// Whether more than the bare tense says so.
    pub told: bool,
    /// The event word and the verbs that carry it, from the word upwards.
    pub spine: Vec<usize>,
    /// Told several times.
    pub repeated: bool,
    /// Told in the present tense.
    pub present: bool,
}

/// What a verb's own auxiliaries and adverbs say.
#[derive(Debug, Default, Clone)]
struct Own {
    status: Option<Status>,
    negated: bool,
    repeated: bool,
    spans: Vec<Span>,
    present: bool,
    past: bool,
}

/// Reads the status of an event word.
#[must_use]
pub fn read(clause: &Clause<'_>, word: usize) -> Reading {
    let mut climb = Climb {
        clause,
        spine: vec![word],
        spans: vec![],
        status: None,
        negated: false,
        repeated: false,
        tense: None,
    };
    climb.take(word);
    climb.up(word);
    climb.finish(word)
}

struct Climb<'c, 'a> {
    clause: &'c Clause<'a>,
    spine: Vec<usize>,
    spans: Vec<Span>,
    status: Option<Status>,
    negated: bool,
    repeated: bool,
    tense: Option<bool>,
}

impl Climb<'_, '_> {
    fn take(&mut self, at: usize) {
        let own = own(self.clause, at);
        self.repeated |= own.repeated;
        self.negated ^= own.negated;
        self.spans.extend(own.spans);
        if self.status.is_none() {
            self.status = own.status;
        }
        if self.tense.is_none() && (own.present || own.past) {
            self.tense = Some(own.present);
        }
    }

    fn up(&mut self, word: usize) {
        let mut at = word;
        for _ in 0..REACH {
            let Some(head) = self.clause.token(at).head else { return };
            if !self.step(at, head) {
                return;
            }
            at = head;
        }
    }

    /// Looks at the governor of a word; whether to go on from there.
    fn step(&mut self, at: usize, head: usize) -> bool {
        let clause = self.clause;
        let token = clause.token(at);
        let relation = token.deprel.as_ref();
        if token.is_rel("conj") {
            return self.coordinated(at, head);
        }
        if token.is_rel("cop") {
            self.spine.push(head);
            self.take(head);
            return true;
        }
        if token.is_rel("obl") && self.is_over(at) && to_mark(clause, head).is_some() {
            return false;
        }
        if token.is_rel("obl") && self.is_occasion(at) && is_verbal(clause.token(head)) {
            self.take(head);
            return false;
        }
        if token.is_rel("nmod") && self.is_occasion(at) {
            return false;
        }
        if (token.is_rel("obl") || token.is_rel("nmod")) && self.is_ahead(at) && self.status.is_none() {
            self.status = Some(Status::Planned);
            self.spans.push(clause.token(at).span);
            return false;
        }
        if let Some(noun) = self.noun_before(at, head)
            && let Some(Effect::Gives(status)) =
                clause.lexicon.governor(clause.text, clause.sentence, noun, "acl")
        {
            self.given(noun, status);
            return self.step(noun, head);
        }
        if token.is_rel("advcl") && self.is_finite_clause(at) {
            return false;
        }
        // "warned them against selling arms", "decided against going": it is not done.
        if &*token.xpos == "VBG" && self.clause.mark(at).as_deref() == Some("against") {
            self.status = self.status.or(Some(Status::Hypothetical));
            self.spans.push(clause.token(head).span);
            return false;
        }
        if token.is_rel("advcl") && &*token.xpos == "VBG" && self.is_joined_gerund(at) {
            self.take(head);
            return true;
        }
        if clause.lexicon.does_both(clause.text, clause.token(head), token) {
            self.spine.push(head);
            self.take(head);
            return true;
        }
        match clause.lexicon.governor(clause.text, clause.sentence, head, relation) {
            Some(Effect::Gives(_)) if token.is_rel("obl") && self.is_setting(at) => {
                self.take(head);
                false
            }
            Some(Effect::Gives(status)) => self.given(head, status),
            Some(Effect::Carries) => {
                self.spine.push(head);
                self.take(head);
                true
            }
            Some(Effect::Repeats) => {
                self.repeated = true;
                true
            }
            Some(Effect::Stops) => {
                self.reported(head);
                false
            }
            None if self.clause.mark(at).as_deref() == Some("at") => {
                self.take(head);
                false
            }
            None => self.unknown(at, head),
        }
    }

    /// "when they met": a clause with a tense of its own is not what the verb above plans or asks for.
    fn is_finite_clause(&self, at: usize) -> bool {
        let clause = self.clause;
        let marked = clause.with(at, "mark").chain(clause.with(at, "advmod")).any(|mark| {
            matches!(
                clause.token(mark).form(clause.text).to_lowercase().as_str(),
                "when" | "after" | "before" | "while" | "because" | "since" | "although" | "though" | "once"
            )
        });
        marked && is_tensed(clause.token(at))
    }

    /// "will visit Oslo before flying on", "might have a part in ending the war": as real as what the verb above tells.
    fn is_joined_gerund(&self, at: usize) -> bool {
        matches!(self.clause.mark(at).as_deref(), Some("before" | "in" | "by"))
    }

    /// "during a visit": the words above are told of what happened then, not of the visit.
    fn is_occasion(&self, at: usize) -> bool {
        matches!(self.clause.mark(at).as_deref(), Some("during" | "after" | "following" | "amid"))
    }

    /// "ahead of the summit": it is still to come when what is told of happens.
    fn is_ahead(&self, at: usize) -> bool {
        self.clause.mark(at).as_deref() == Some("ahead")
    }

    /// "urged him in talks": where it is asked for, not what is asked for.
    fn is_setting(&self, at: usize) -> bool {
        matches!(self.clause.mark(at).as_deref(), Some("in" | "at" | "on"))
    }

    /// "to seek a truce after talks": the talks come before what is only sought.
    fn is_over(&self, at: usize) -> bool {
        matches!(self.clause.mark(at).as_deref(), Some("after" | "following"))
    }

    /// The noun right before the mark of a clause: "denied allegations of aiding", wherever the tree hangs it.
    fn noun_before(&self, at: usize, head: usize) -> Option<usize> {
        let clause = self.clause;
        let mark = clause.with(at, "mark").find(|mark| clause.token(*mark).form(clause.text) == "of")?;
        let noun = mark.checked_sub(1)?;
        (noun != head && clause.token(noun).head == Some(head)).then_some(noun)
    }

    /// "would" after a report in the past is a future: "said he would visit".
    fn reported(&mut self, head: usize) {
        let past = self.clause.token(head).feat("Tense") == Some("Past");
        if self.status == Some(Status::Hypothetical) && past {
            self.status = Some(Status::Planned);
        }
    }

    fn given(&mut self, head: usize, status: Status) -> bool {
        let denied = status == Status::Denied && self.status == Some(Status::Alleged);
        let undone =
            matches!(status, Status::Cancelled | Status::Postponed) && self.status == Some(Status::Planned);
        if self.status.is_none() || denied || undone {
            let own = own(self.clause, head);
            self.status = Some(if own.negated { not(status) } else { status });
            self.spans.push(self.clause.token(head).span);
            // Who answers a threat has not made it.
            if status != Status::Held {
                self.spine.push(head);
            }
        }
        self.status == Some(Status::Alleged)
    }

    /// A shared auxiliary counts for what is coordinated without one of its own.
    fn coordinated(&mut self, at: usize, head: usize) -> bool {
        let (token, above) = (self.clause.token(at), self.clause.token(head));
        if is_tensed(token) && self.clause.is_bare_gerund(head) {
            return false;
        }
        let shares = is_verbal(token) == is_verbal(above) && self.tense.is_none();
        if shares && self.status.is_none() && !self.clause.with(at, "nsubj").any(|_| true) {
            let own = own(self.clause, head);
            self.status = own.status.filter(|_| token.xpos == above.xpos);
            self.spans.extend(own.spans.into_iter().filter(|_| self.status.is_some()));
            self.tense = (own.present || own.past).then_some(own.present);
            return true;
        }
        false
    }

    fn unknown(&mut self, at: usize, head: usize) -> bool {
        let token = self.clause.token(at);
        let infinitive = &*token.xpos == "VB" && to_mark(self.clause, at).is_some();
        let verbal = is_verbal(self.clause.token(head));
        if token.is_rel("advcl") && infinitive {
            self.spine.push(head);
            self.take(head);
            return true;
        }
        let headline = token.is_rel("acl") && self.is_bare_name(head);
        if infinitive && headline && self.status.is_none() {
            self.status = Some(Status::Planned);
            self.spans.extend(to_mark(self.clause, at));
            return false;
        }
        let uncertain =
            infinitive && (token.is_rel("xcomp") || (token.is_rel("acl") && !self.is_superlative(head)));
        if uncertain && self.status.is_none() {
            self.status = Some(Status::Possible);
            self.spans.extend(to_mark(self.clause, at));
            return false;
        }
        if token.is_rel("obj") && verbal {
            self.tense = self.tense.or_else(|| present(self.clause, head));
        }
        false
    }

    /// The name that a headline without a finite verb begins with: "Macron to visit India".
    fn is_bare_name(&self, noun: usize) -> bool {
        let token = self.clause.token(noun);
        token.head.is_none() && token.upos == legation_text::Upos::Propn
    }

    fn is_superlative(&self, noun: usize) -> bool {
        let marked = |child: usize| {
            let lemma = &self.clause.token(child).lemma;
            matches!(lemma.as_ref(), "first" | "last" | "only" | "latest" | "second" | "third" | "next")
        };
        marked(noun) || self.clause.sentence.children(noun).any(marked)
    }

    fn finish(mut self, word: usize) -> Reading {
        let token = self.clause.token(word);
        let told = self.status.is_some() || self.negated;
        let mut status = self.status.unwrap_or(Status::Held);
        if self.negated {
            status = not(status);
            self.spans.push(token.span);
        }
        if self.spans.is_empty() {
            self.spans.push(token.span);
        }
        self.spans.sort_unstable();
        self.spans.dedup();
        let present = self.tense.unwrap_or(false);
        Reading { status, spans: self.spans, told, spine: self.spine, repeated: self.repeated, present }
    }
}

/// A status under negation.
fn not(status: Status) -> Status {
    match status {
        Status::Planned | Status::Invited => Status::Cancelled,
        Status::Cancelled | Status::Postponed => Status::Planned,
        Status::Denied => Status::Alleged,
        _ => Status::Negated,
    }
}

fn present(clause: &Clause<'_>, verb: usize) -> Option<bool> {
    let own = own(clause, verb);
    (own.present || own.past).then_some(own.present)
}

fn to_mark(clause: &Clause<'_>, verb: usize) -> Option<Span> {
    let mut marks = clause.with(verb, "mark").map(|at| clause.token(at));
    marks.find(|mark| mark.form(clause.text).eq_ignore_ascii_case("to")).map(|mark| mark.span)
}

fn own(clause: &Clause<'_>, at: usize) -> Own {
    let token = clause.token(at);
    let mut own =
        Own { present: matches!(&*token.xpos, "VBZ" | "VBP"), past: &*token.xpos == "VBD", ..Own::default() };
    for child in clause.sentence.children(at) {
        own.child(clause, at, child);
    }
    own.future_by_infinitive(clause, at);
    own
}

impl Own {
    fn child(&mut self, clause: &Clause<'_>, at: usize, child: usize) {
        let token = clause.token(child);
        let form = token.form(clause.text).to_lowercase();
        if token.is_rel("aux") || (token.is_rel("cop") && token.upos == legation_text::Upos::Aux) {
            self.auxiliary(clause, at, child);
        }
        if token.is_rel("mark") && matches!(form.as_str(), "if" | "unless" | "whether" | "until") {
            self.give(Status::Hypothetical, token.span);
        }
        if token.is_rel("nsubj") {
            self.nobody(clause, child);
        }
        match clause.lexicon.modifier(token) {
            Some(Effect::Gives(Status::Negated)) => {
                self.negated = true;
                self.spans.push(token.span);
            }
            Some(Effect::Gives(status)) => self.give(status, token.span),
            Some(Effect::Repeats) => {
                self.repeated = true;
                self.spans.push(token.span);
            }
            _ => {}
        }
    }

    /// "No president has visited", "neither has": a subject that is none.
    fn nobody(&mut self, clause: &Clause<'_>, subject: usize) {
        let mut words =
            clause.with(subject, "det").chain(clause.with(subject, "cc")).map(|word| clause.token(word));
        let none = |word: &&legation_text::Token| {
            clause.lexicon.modifier(word) == Some(Effect::Gives(Status::Negated))
        };
        if let Some(word) = words.find(none) {
            self.negated = true;
            self.spans.push(word.span);
        }
    }

    fn auxiliary(&mut self, clause: &Clause<'_>, at: usize, child: usize) {
        let token = clause.token(child);
        if let Some(status) = clause.lexicon.modal(clause.text, token) {
            return self.give(status, token.span);
        }
        let tensed = token.feat("Tense");
        let progressive = token.lemma.as_ref() == "be" && &*clause.token(at).xpos == "VBG";
        let been = token.form(clause.text).eq_ignore_ascii_case("been");
        if progressive && (tensed == Some("Pres") || been) {
            self.give(Status::Ongoing, token.span);
        }
        let perfect = token.lemma.as_ref() == "have";
        self.present |= tensed == Some("Pres") && !perfect;
        self.past |= tensed == Some("Past") || perfect;
    }

    fn give(&mut self, status: Status, span: Span) {
        if self.status.is_none() || self.status == Some(Status::Ongoing) {
            self.status = Some(status);
        }
        self.spans.push(span);
    }

    /// "is to visit", and the headline's "Macron to visit India".
    fn future_by_infinitive(&mut self, clause: &Clause<'_>, at: usize) {
        let token = clause.token(at);
        let Some(to) = to_mark(clause, at).filter(|_| &*token.xpos == "VB") else { return };
        let be = clause
            .with(at, "aux")
            .chain(clause.with(at, "cop"))
            .any(|aux| clause.token(aux).lemma.as_ref() == "be");
        let headline = token.head.is_none() && clause.with(at, "nsubj").any(|subject| subject < at);
        if be || headline || opens_with_name(clause, to) {
            self.give(Status::Planned, to);
        }
    }
}

/// Words of the longest name that a headline opens with.
const NAME: usize = 6;

/// Whether nothing but a name stands before the "to": "Macron to visit India as talks stall".
fn opens_with_name(clause: &Clause<'_>, to: Span) -> bool {
    use legation_text::Upos::{Adj, Noun, Part, Propn};
    let tokens = &clause.sentence.tokens;
    let before = tokens.iter().position(|token| token.span == to).map_or(&[][..], |at| &tokens[..at]);
    let nominal = |token: &legation_text::Token| matches!(token.upos, Propn | Adj | Noun | Part);
    let named = before.last().is_some_and(|token| token.upos == Propn);
    named && before.len() <= NAME && before.iter().all(nominal)
}

/// Modality and polarity that a status stands for.
#[must_use]
pub fn aspects(status: Status) -> (Modality, Polarity) {
    match status {
        Status::Held | Status::Ongoing | Status::Recurring => (Modality::Asserted, Polarity::Positive),
        Status::Planned | Status::Postponed | Status::Invited => (Modality::Planned, Polarity::Positive),
        Status::Possible => (Modality::Possible, Polarity::Positive),
        Status::Requested => (Modality::Requested, Polarity::Positive),
        Status::Alleged => (Modality::Alleged, Polarity::Positive),
        Status::Hypothetical => (Modality::Hypothetical, Polarity::Positive),
        Status::Denied | Status::Negated => (Modality::Asserted, Polarity::Negative),
        Status::Cancelled => (Modality::Planned, Polarity::Negative),
    }
}
