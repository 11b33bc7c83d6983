//! Whether an expression without a year or week points back or ahead: from the tense of the verb
//! that governs it, or, where there is no tree, from the words about it.

use legation_text::{
    Parse, Sentence, Token, Upos,
    pattern::{Atoms, Value, WordLists},
};

/// Where an expression points from the publication date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// Something done.
    Past,
    /// Something to come.
    Coming,
    /// Something to come, by a mere infinitive: enough for a month, not for a weekday.
    Likely,
    /// Nothing tells.
    Unknown,
}

const NEAR: usize = 14;

/// The direction of the expression over these atoms.
pub(super) fn of(
    text: &str,
    parse: &Parse,
    atoms: &Atoms<'_>,
    lists: &WordLists,
    range: std::ops::Range<usize>,
) -> Direction {
    let byte = atoms.items[range.start].span.start;
    let place = parse.token_at(byte).map(|(s, t)| (&parse.sentences[s], t));
    match place {
        Some((sentence, token)) if sentence.tokens.iter().take(3).any(|token| token.head.is_some()) => {
            let end = atoms.items[range.end - 1].span.end;
            let tree = Tree { text, sentence, lists };
            let planned = || tree.dates_a_plan(token).then_some(Direction::Coming);
            let near =
                ahead(atoms, lists, range.start).or_else(planned).or_else(|| tree.by_neighbours(token, end));
            near.unwrap_or_else(|| by_tree(&tree, token, end))
        }
        _ => ahead(atoms, lists, range.start).unwrap_or_else(|| by_words(atoms, lists, range)),
    }
}

/// "as soon as Tuesday" looks ahead, and so do "until" and "through" after a word for a deadline.
fn ahead(atoms: &Atoms<'_>, lists: &WordLists, start: usize) -> Option<Direction> {
    let ends = |from: usize| lists.at("ahead", atoms, from).any(|(length, _)| from + length == start);
    let told = (start.saturating_sub(4)..start).any(ends);
    let until = start.checked_sub(1).filter(|at| lists.value("reaches", atoms, *at).is_some());
    let deadline = || {
        let until = until?;
        let full = |at: &usize| !matches!(&*atoms.items[*at].word, "." | ";" | ":" | "?" | "!");
        let mut back = (until.saturating_sub(NEAR)..until).rev().take_while(full);
        back.find(|at| lists.value("deadline", atoms, *at).is_some())
    };
    (told || deadline().is_some()).then_some(Direction::Coming)
}

struct Tree<'t> {
    text: &'t str,
    sentence: &'t Sentence,
    lists: &'t WordLists,
}

fn by_tree(tree: &Tree<'_>, first: usize, end: usize) -> Direction {
    let tokens = &tree.sentence.tokens;
    let inside = |index: usize| index >= first && tokens[index].span.end <= end;
    let ups = tree.sentence.ancestors(first).take(24);
    let mut near = true;
    for index in ups.filter(|index| !inside(*index)) {
        let token = &tokens[index];
        let verbal = matches!(token.upos, Upos::Verb | Upos::Aux);
        if token.upos == Upos::Noun && tree.is_planned(index) {
            return Direction::Coming;
        }
        let direction = match tree.helper(index) {
            Some(direction) => direction,
            None if verbal => tree.tense(index, token),
            None => Direction::Unknown,
        };
        if direction != Direction::Unknown {
            return direction;
        }
        if verbal && token.feat("VerbForm") == Some("Fin") {
            // "They meet on Monday": a present event verb looks ahead.
            let event = token.upos == Upos::Verb && near && tree.listed(token).is_none();
            return if event { Direction::Coming } else { Direction::Unknown };
        }
        near = near && tree.is_time(token);
    }
    Direction::Unknown
}

impl Tree<'_> {
    /// A past verb just before or after decides by itself: "issued Thursday", "on Tuesday said".
    fn by_neighbours(&self, first: usize, end: usize) -> Option<Direction> {
        let tokens = &self.sentence.tokens;
        let after = (first..tokens.len()).find(|at| tokens[*at].span.start >= end)?;
        let next = tokens[after].form(self.text);
        if matches!(tokens[after].upos, Upos::Verb | Upos::Aux)
            && tokens[after].feat("VerbForm") == Some("Fin")
            && self.is_past(after)
        {
            return Some(Direction::Past);
        }
        if next.ends_with("'s") || next.ends_with("’s") {
            return Some(Direction::Unknown);
        }
        let light = |at: &usize| matches!(tokens[*at].upos, Upos::Adp | Upos::Det | Upos::Adv);
        let before = (first.saturating_sub(4)..first).rev().find(|at| !light(at))?;
        if tokens[before].upos == Upos::Adj && self.listed(&tokens[before]) == Some(Direction::Coming) {
            return Some(Direction::Coming);
        }
        let told = (next == "that")
            .then(|| (first.saturating_sub(8)..first).rev().find(|at| self.is_past(*at)))
            .flatten();
        let verb = Some(before).filter(|at| self.is_past(*at)).or(told)?;
        (!self.led(verb)).then_some(Direction::Past)
    }

    /// Whether auxiliaries before a participle take it out of the past: "will be held", "is heard".
    fn led(&self, verb: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let chain = |at: &usize| {
            matches!(tokens[*at].upos, Upos::Aux | Upos::Part | Upos::Adv)
                || self.listed(&tokens[*at]) == Some(Direction::Coming)
        };
        (verb.saturating_sub(6)..verb).rev().take_while(chain).any(|at| {
            let token = &tokens[at];
            let present = token.feat("Tense") == Some("Pres") && &*token.lemma == "be";
            present || token.feat("VerbForm") == Some("Inf") || self.listed(token) == Some(Direction::Coming)
        })
    }

    /// "the planned visit in March was welcomed": the expression dates the visit.
    fn dates_a_plan(&self, first: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let noun = tokens[first].head.filter(|head| *head < first && tokens[*head].upos == Upos::Noun);
        noun.is_some_and(|noun| self.is_planned(noun))
    }

    /// "the slated visit", "the upcoming vote": an adjective says that the noun is to come.
    fn is_planned(&self, noun: usize) -> bool {
        let tokens = &self.sentence.tokens;
        let adjective = |at: &usize| tokens[*at].is_rel("amod") && *at < noun;
        self.near(noun).filter(adjective).any(|at| self.listed(&tokens[at]) == Some(Direction::Coming))
    }

    /// "at 6 a.m. GMT on Sunday": what stands between a day and its verb may be a time of day.
    fn is_time(&self, token: &Token) -> bool {
        let form = token.form(self.text);
        let clock = form.starts_with(|c: char| c.is_ascii_digit());
        let atoms = Atoms::new(if form.len() < 40 { form } else { "" });
        let listed = |list: &str| self.lists.at(list, &atoms, 0).next().is_some();
        clock || listed("zone") || listed("half-day") || listed("clock-word")
    }

    fn is_past(&self, index: usize) -> bool {
        let token = &self.sentence.tokens[index];
        match self.listed(token) {
            Some(direction) => direction == Direction::Past,
            None => token.upos == Upos::Verb && token.feat("Tense") == Some("Past"),
        }
    }

    fn tense(&self, index: usize, token: &Token) -> Direction {
        let tokens = &self.sentence.tokens;
        let mark = self.near(index).find(|child| tokens[*child].form(self.text).eq_ignore_ascii_case("to"));
        let to = mark.is_some();
        match (token.feat("VerbForm"), token.feat("Tense")) {
            (Some("Inf" | "Part"), _) if to => {
                let governor = token.head.map(|head| &self.sentence.tokens[head]);
                // "is to meet" is a plan.
                let arranged = mark
                    .and_then(|to| to.checked_sub(1))
                    .is_some_and(|at| &*tokens[at].lemma == "be" && tokens[at].feat("Tense") == Some("Pres"));
                let listed = governor.and_then(|governor| self.listed(governor));
                let planned = arranged || listed == Some(Direction::Coming);
                if planned { Direction::Coming } else { Direction::Likely }
            }
            (Some("Part"), Some("Past")) if self.led(index) => Direction::Unknown,
            (_, Some("Past")) => Direction::Past,
            _ => self.listed(token).unwrap_or(Direction::Unknown),
        }
    }

    /// What auxiliaries say: "will", "had", "was".
    fn helper(&self, index: usize) -> Option<Direction> {
        let tokens = &self.sentence.tokens;
        let (mut past, mut coming) = (None, None);
        for child in self.near(index).filter(|child| {
            tokens[*child].upos == Upos::Aux || tokens[*child].is_rel("aux") || tokens[*child].is_rel("cop")
        }) {
            match self.listed(&tokens[child]) {
                _ if &*tokens[child].lemma == "have" && tokens[child].feat("Tense") != Some("Pres") => {
                    return Some(Direction::Past);
                }
                Some(Direction::Coming) => coming = Some(Direction::Coming),
                _ if tokens[child].feat("Tense") == Some("Past") => past = Some(Direction::Past),
                _ => {}
            }
        }
        // "They announced the plan on Monday": the noun is no verb of planning.
        let noun = tokens[index].upos == Upos::Noun;
        let own = self.listed(&tokens[index]).filter(|direction| *direction == Direction::Coming && !noun);
        coming.or(own).or(past)
    }

    /// Dependents close by; a bound keeps long sentences linear.
    fn near(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let end = (index + NEAR).min(self.sentence.tokens.len());
        (index.saturating_sub(NEAR)..end)
            .filter(move |child| self.sentence.tokens[*child].head == Some(index))
    }

    fn listed(&self, token: &Token) -> Option<Direction> {
        let form = token.form(self.text);
        (form.len() < 40).then(|| word_direction(&Atoms::new(form), self.lists, 0)).flatten()
    }
}

fn word_direction(atoms: &Atoms<'_>, lists: &WordLists, at: usize) -> Option<Direction> {
    match lists.value("direction", atoms, at)? {
        Value::Number(number) if *number < 0.0 => Some(Direction::Past),
        Value::Number(_) => Some(Direction::Coming),
        Value::Word(_) => None,
    }
}

fn by_words(atoms: &Atoms<'_>, lists: &WordLists, range: std::ops::Range<usize>) -> Direction {
    let stop = |at: &usize| {
        matches!(atoms.items[*at].word.as_ref(), ";" | ":" | "?" | "!") || atoms.items[*at].after_break
    };
    let full = |at: &usize| atoms.items[*at].word != "." || atoms.items[*at].glued;
    let found = |at: usize| word_direction(atoms, lists, at).filter(|_| !atoms.items[at].capital);
    let back = (range.start.saturating_sub(NEAR)..range.start).rev().take_while(|at| !stop(at) && full(at));
    let ahead = (range.end..(range.end + NEAR).min(atoms.items.len())).take_while(|at| !stop(at) && full(at));
    back.filter_map(found).next().or_else(|| ahead.filter_map(found).next()).unwrap_or(Direction::Unknown)
}
