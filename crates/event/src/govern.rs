//! Which time expression dates a word: the one that hangs on it, the only one of its clause, or the
//! one of the clause that it belongs to.

use legation_record::{Date, Status, Timex};
use legation_text::{Sentence, Token, Upos};

use crate::{clause::is_verbal, status::Reading};

/// How far above a word the clause is sought that dates it.
const REACH: usize = 4;

/// A word that tells something, how, and the dated expressions of its sentence with their highest words.
#[derive(Clone, Copy)]
pub struct Told<'t> {
    /// The article's text.
    pub text: &'t str,
    /// Its sentence.
    pub sentence: &'t Sentence,
    /// The word.
    pub word: usize,
    /// Status and tense.
    pub reading: &'t Reading,
    /// Index of the highest word, expression.
    pub times: &'t [(usize, &'t Timex)],
    /// The publication date.
    pub published: Option<Date>,
}

/// The expression that is a word's own, and why.
#[must_use]
pub fn own<'t>(told: Told<'t>) -> Option<(&'t Timex, &'static str)> {
    let by = |found: Option<&'t Timex>, why| found.map(|time| (time, why));
    by(told.predicated(), "the sentence says that it was then")
        .or_else(|| by(told.hanging(&told.reading.spine, told.word), "it hangs on the words for the event"))
}

/// The expression of the clause or noun that a word belongs to, and why.
#[must_use]
pub fn shared<'t>(told: Told<'t>) -> Option<(&'t Timex, &'static str)> {
    let by = |found: Option<&'t Timex>, why| found.map(|time| (time, why));
    by(told.displaced(), "it stands behind the words for the event")
        .or_else(|| by(told.only(), "the only date of its clause"))
        .or_else(|| by(told.inherited(), "the date of the clause that it belongs to"))
        .or_else(|| by(told.of_noun(), "the date of what it is told of"))
}

impl<'t> Told<'t> {
    fn token(self, at: usize) -> &'t Token {
        &self.sentence.tokens[at]
    }

    /// "His last trip was on Feb. 7": the expression is what is said of the event noun.
    fn predicated(self) -> Option<&'t Timex> {
        let said = |at: usize| {
            let mut below = self.sentence.children(at);
            below.any(|child| child == self.word && self.token(child).is_rel("nsubj"))
        };
        self.times.iter().find(|(at, _)| said(*at)).map(|(_, time)| *time)
    }

    /// The nearest expression that hangs on one of some words.
    fn hanging(self, words: &[usize], near: usize) -> Option<&'t Timex> {
        let own = self.times.iter().filter(|(at, time)| self.dates(*at, time, words));
        let fits = own.filter(|(at, time)| self.token(*at).head == Some(self.word) || self.fits(time, true));
        fits.min_by_key(|(at, _)| at.abs_diff(near)).map(|(_, time)| *time)
    }

    /// Whether an expression's first verb or event noun above is one of some words.
    ///
    /// "will attend the May 9 parade" is dated by what is attended.
    fn dates(self, at: usize, time: &Timex, words: &[usize]) -> bool {
        let occasion = self.is_ahead() && self.is_future(time);
        let mut low = at;
        for up in self.sentence.ancestors(at) {
            if words.contains(&up) {
                return true;
            }
            let attribute = !occasion && self.is_attribute(low, up) && &*self.token(up).deprel != "nsubj";
            if is_verbal(self.token(up)) || attribute || self.is_compared(up) {
                return false;
            }
            low = up;
        }
        false
    }

    /// "Friday's vote", "the 1996 bombing": the noun is dated, not what is told of it.
    fn is_attribute(self, low: usize, noun: usize) -> bool {
        let token = self.token(low);
        let before = ["nmod:poss", "compound", "amod", "nummod", "nmod:unmarked"];
        low < noun && before.iter().any(|rel| token.is_rel(rel))
    }

    /// "more than the profit of last year": what something is compared with.
    fn is_compared(self, noun: usize) -> bool {
        let mut cases = self.sentence.children(noun).filter(|child| self.token(*child).is_rel("case"));
        cases.any(|case| {
            let form = self.token(case).form(self.text).to_lowercase();
            matches!(form.as_str(), "than" | "versus" | "vs." | "against" | "like" | "unlike")
        })
    }

    /// Whether what is told in its tense can be on the days of an expression; the present may be a plan.
    fn fits(self, time: &Timex, plan: bool) -> bool {
        let (Some(days), Some(published)) = (time.interval, self.published) else { return true };
        let begun = days.earliest.is_none_or(|day| day <= published);
        let over = days.latest.is_some_and(|day| day < published);
        let token = self.token(self.word);
        let past = token.feat("Tense") == Some("Past") && token.feat("VerbForm") == Some("Fin");
        match self.reading.status {
            Status::Held | Status::Ongoing if self.reading.present => !over && (plan || begun),
            Status::Held if past => begun,
            _ => true,
        }
    }

    /// Whether it is told as still to come, or as not to come.
    fn is_ahead(self) -> bool {
        use Status::{Cancelled, Invited, Planned, Possible, Requested};
        matches!(self.reading.status, Planned | Cancelled | Possible | Invited | Requested)
    }

    /// Whether an expression lies wholly after the publication.
    fn is_future(self, time: &Timex) -> bool {
        let first = time.interval.and_then(|days| days.earliest);
        matches!((first, self.published), (Some(first), Some(published)) if first > published)
    }

    /// The only date of a sentence, where its clause is the event's own or no other verb's.
    fn only(self) -> Option<&'t Timex> {
        let [(at, time)] = self.times else { return None };
        let verb = self.governor(*at)?;
        let event = self.clause_of(self.word)?;
        let attributed = || {
            let mut low = *at;
            self.sentence.ancestors(*at).take_while(|up| *up != verb).chain([verb]).any(|up| {
                let found = self.is_attribute(low, up) || self.is_compared(up);
                low = up;
                found
            })
        };
        let below = || self.is_part(verb, &self.reading.spine) && !self.is_since(verb);
        let same = verb == event || below();
        (same && self.fits(time, false) && !attributed() && !self.is_displaced(verb, time)).then_some(*time)
    }

    /// Whether an expression is over though its verb is only meant: "vowed to avenge the killing on July 31".
    fn is_displaced(self, verb: usize, time: &Timex) -> bool {
        let last = time.interval.and_then(|days| days.latest);
        let over = matches!((last, self.published), (Some(last), Some(published)) if last < published);
        let to = |child: usize| self.token(child).is_rel("mark") && self.token(child).upos == Upos::Part;
        over && &*self.token(verb).xpos == "VB" && self.sentence.children(verb).any(to)
    }

    /// The date that hangs on a verb it cannot date, and stands behind the noun: "to avenge the killing on July 31".
    fn displaced(self) -> Option<&'t Timex> {
        let noun = self.token(self.word).upos == Upos::Noun && self.reading.status == Status::Held;
        let verb = self.governor(self.word).filter(|_| noun)?;
        let behind = |(at, time): &&(usize, &'t Timex)| {
            self.token(*at).head == Some(verb)
                && verb < self.word
                && self.word < *at
                && self.is_displaced(verb, time)
        };
        self.times.iter().find(behind).map(|(_, time)| *time)
    }

    /// The verb that a word belongs to, itself included.
    fn clause_of(self, word: usize) -> Option<usize> {
        std::iter::once(word).chain(self.sentence.ancestors(word)).find(|up| is_verbal(self.token(*up)))
    }

    fn governor(self, at: usize) -> Option<usize> {
        self.sentence.ancestors(at).find(|up| is_verbal(self.token(*up)))
    }

    /// Whether a verb hangs on some words without being what they say, hope or expect.
    fn is_part(self, verb: usize, words: &[usize]) -> bool {
        let mut at = verb;
        for up in self.sentence.ancestors(verb) {
            let token = self.token(at);
            let content = ["ccomp", "acl:relcl", "parataxis", "csubj"].iter().any(|rel| token.is_rel(rel));
            if content || (token.is_rel("xcomp") && self.reading.present) {
                return false;
            }
            if words.contains(&up) {
                return true;
            }
            at = up;
        }
        false
    }

    /// "since taking office in 2011" does not date what is new since then, nor "fined on Monday for spying" the spying.
    fn is_since(self, verb: usize) -> bool {
        self.is_marked(
            verb,
            &["since", "after", "before", "until", "if", "unless", "because", "although", "for"],
        )
    }

    fn is_marked(self, verb: usize, words: &[&str]) -> bool {
        let marks = |token: &Token| token.is_rel("mark") || token.is_rel("case");
        self.sentence
            .children(verb)
            .map(|child| self.token(child))
            .any(|token| marks(token) && words.contains(&token.form(self.text).to_lowercase().as_str()))
    }

    /// The date of the verb that the word is a part of: object, purpose, second of two verbs.
    fn inherited(self) -> Option<&'t Timex> {
        let mut at = *self.reading.spine.last()?;
        for _ in 0..REACH {
            let head = self.token(at).head?;
            if !self.shares(at, head) {
                return None;
            }
            if is_verbal(self.token(head)) {
                let found = self.hanging(&[head], at);
                if found.is_some() {
                    return found.filter(|time| self.fits(time, false));
                }
            }
            at = head;
        }
        None
    }

    /// "the 1996 bombing that killed", "the October 1998 shooting death": what a dated noun did, or what it is made of.
    fn of_noun(self) -> Option<&'t Timex> {
        let first = self.first_joined();
        let token = self.token(first);
        let noun = token.head?;
        let relative = || self.sentence.children(first).any(|child| self.is_pronoun_subject(child));
        let past = self.token(self.word).feat("Tense") == Some("Past");
        let did = &*token.deprel == "acl:relcl" && past && self.reading.status == Status::Held && relative();
        let part = token.is_rel("compound") && !is_verbal(token);
        if !did && !part {
            return None;
        }
        let of = |at: usize| {
            let of_noun = self.token(at).head == Some(noun);
            of_noun
                && (self.is_attribute(at, noun)
                    || self.token(at).is_rel("nmod")
                    || self.token(at).is_rel("obl"))
        };
        self.times.iter().find(|(at, _)| of(*at)).map(|(_, time)| *time)
    }

    /// The first of the verbs that a word is joined to.
    fn first_joined(self) -> usize {
        let mut at = self.word;
        for _ in 0..REACH {
            match self.token(at).head.filter(|head| self.token(at).is_rel("conj") && self.shares(at, *head)) {
                Some(head) => at = head,
                None => break,
            }
        }
        at
    }

    fn is_pronoun_subject(self, at: usize) -> bool {
        let token = self.token(at);
        token.is_rel("nsubj") && token.feat("PronType") == Some("Rel")
    }

    /// Whether what a word tells is done when its governor is.
    fn shares(self, at: usize, head: usize) -> bool {
        let (token, above) = (self.token(at), self.token(head));
        let verbal = is_verbal(token);
        if token.is_rel("conj") {
            return verbal == is_verbal(above) && (!verbal || token.xpos == above.xpos);
        }
        if token.is_rel("advcl") {
            return !self.is_since(at);
        }
        let near = ["obj", "nsubj:pass", "nsubj", "obl", "xcomp"];
        near.iter().any(|rel| token.is_rel(rel)) && (verbal == token.is_rel("xcomp"))
    }
}
