//! Events that the article itself dates: "the murder" after "was shot to death on Oct. 23".

use jiff::civil;
use legation_record::Span;
use legation_text::{
    Parse, Sentence, Token, Upos,
    pattern::{Atoms, Value, WordLists},
};

use super::event::{Bound, ends};

/// So many words on, an event is named that the article may have dated.
const NAMED: usize = 6;
/// So many days told before are looked at.
const DAYS: usize = 40;
/// Shorter words that no list has are too common to tell an event.
const LONG: usize = 5;

/// The days that an article has told so far, and the words they date.
pub(super) struct Dated<'d> {
    pub(super) text: &'d str,
    pub(super) parse: &'d Parse,
    pub(super) atoms: &'d Atoms<'d>,
    pub(super) lists: &'d WordLists,
    /// The words that tell a day, and the day; the latest first.
    pub(super) days: Vec<(Span, civil::Date)>,
}

impl Dated<'_> {
    /// The event named within a few words from an atom on, in the same sentence, that the article dates.
    pub(super) fn find(&self, from: usize) -> Option<Bound> {
        let open = |at: &usize| !ends(&self.atoms.items[*at].word);
        let places = (from..(from + NAMED).min(self.atoms.items.len())).take_while(open);
        let named = places.filter_map(|at| self.event(self.atoms.items[at].span));
        named.filter_map(|word| self.day_of(word)).next()
    }

    /// The day told of such a happening: of the words of one row of the list only, "slain" for "murder".
    pub(super) fn day_of_happening(&self, word: &Token) -> Option<Bound> {
        (!self.kinds(word).is_empty()).then(|| self.day_of(word)).flatten()
    }

    /// A noun or a verb that tells an event which may have been told before: "the vote", but not "a vote".
    fn event(&self, span: Span) -> Option<&Token> {
        let (sentence, at) = self.parse.token_at(span.start)?;
        let sentence = &self.parse.sentences[sentence];
        let word = &sentence.tokens[at];
        let listed = !self.kinds(word).is_empty();
        let told = match word.upos {
            Upos::Verb => listed,
            Upos::Noun => listed || word.lemma.chars().count() >= LONG && !self.has("any-unit", &word.lemma),
            _ => false,
        };
        (told && !self.is_new(sentence, at)).then_some(word)
    }

    /// "a shooting", "another shooting": none that was told before.
    fn is_new(&self, sentence: &Sentence, at: usize) -> bool {
        let from = at.saturating_sub(NAMED);
        let mut before = (from..at).filter(|child| sentence.tokens[*child].head == Some(at));
        before.any(|child| self.has("indefinite", &sentence.tokens[child].lemma))
    }

    /// The latest day that hangs on a word for the same, directly or by one word more.
    fn day_of(&self, word: &Token) -> Option<Bound> {
        let hangs = |day: Span| {
            let (sentence, token) = self.parse.token_at(day.start)?;
            let sentence = &self.parse.sentences[sentence];
            let above = sentence.ancestors(token).map(|up| &sentence.tokens[up]);
            let mut above = above.filter(|up| !day.contains(up.span)).take(2);
            above.find(|up| up.span != word.span && self.same(up, word))
        };
        let days = self.days.iter().take(DAYS);
        let (day, told) = days.filter_map(|(span, day)| Some((*day, hangs(*span)?))).next()?;
        Some(Bound { name: told.lemma.to_string(), first: day, last: day, span: told.span })
    }

    fn same(&self, a: &Token, b: &Token) -> bool {
        let kinds = self.kinds(b);
        a.lemma == b.lemma || self.kinds(a).iter().any(|kind| kinds.contains(kind))
    }

    /// The kinds of event that a word tells.
    fn kinds(&self, word: &Token) -> Vec<Value> {
        let of = |lemma: &str| {
            let atoms = Atoms::new(lemma);
            self.lists.at("happening", &atoms, 0).map(|(_, kind)| kind.clone()).collect::<Vec<_>>()
        };
        let known = of(&word.lemma);
        let verb = known.is_empty() && word.upos == Upos::Verb;
        if verb { word.stems(self.text).iter().flat_map(|stem| of(stem)).collect() } else { known }
    }

    fn has(&self, list: &str, word: &str) -> bool {
        self.lists.value(list, &Atoms::new(word), 0).is_some()
    }
}

/// The word that tells what some words are said of: a verb, or what "was in Cairo" says.
pub(super) fn governor(parse: &Parse, span: Span) -> Option<(usize, usize)> {
    let (s, first) = parse.token_at(span.start)?;
    let sentence = &parse.sentences[s];
    let outside = |at: &usize| !span.contains(sentence.tokens[*at].span);
    let says = |at: &usize| {
        let token = &sentence.tokens[*at];
        token.upos == Upos::Verb
            || token.head.is_none()
            || sentence.children(*at).any(|of| sentence.tokens[of].is_rel("cop"))
    };
    Some((s, sentence.ancestors(first).filter(outside).find(says)?))
}
