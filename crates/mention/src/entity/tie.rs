use legation_record::MentionKind;
use legation_text::{Sentence, Upos};

use super::found::{Found, Voice, What};

/// Pairs of a person's name and a description of the same person in one sentence.
pub(super) fn ties(text: &str, sentence: &Sentence, found: &[Found]) -> Vec<(usize, usize)> {
    let mut ties = Vec::new();
    for (n, name) in found.iter().enumerate().filter(|(_, one)| one.what == What::Person) {
        let described = found.iter().enumerate().filter(|(_, one)| describes(one));
        for (d, nominal) in described {
            let here = beside(text, sentence, name, nominal) || before(name, nominal);
            if here || equated(sentence, name, nominal) {
                ties.push((n, d));
            }
        }
    }
    ties.extend(pronouns(sentence, found));
    ties
}

/// "She is a doctor": the subject stands before, and its chain is known when the noun is reached.
fn pronouns(sentence: &Sentence, found: &[Found]) -> Vec<(usize, usize)> {
    let subject = |one: &Found| matches!(one.what, What::Personal(_) | What::Voice(Voice::I));
    let mut ties = Vec::new();
    for (n, name) in found.iter().enumerate().filter(|(_, one)| subject(one)) {
        let nouns = found.iter().enumerate().skip(n + 1).filter(|(_, one)| describes(one));
        ties.extend(nouns.filter(|(_, one)| equated(sentence, name, one)).map(|(d, _)| (n, d)));
    }
    ties
}

/// "his wife Ada Brown": a noun for somebody just before the name.
fn before(name: &Found, nominal: &Found) -> bool {
    matches!(nominal.what, What::Common(_)) && nominal.to + 1 == name.from && nominal.last == nominal.to
}

fn describes(one: &Found) -> bool {
    let what =
        matches!(one.what, What::Holder | What::Group(_) | What::Common(legation_record::EntityKind::Person));
    what && one.kind == MentionKind::Nominal && !one.plural
}

/// "X, the minister" and "the minister, X,".
fn beside(text: &str, sentence: &Sentence, name: &Found, nominal: &Found) -> bool {
    let (before, after) = if name.from < nominal.from { (name, nominal) } else { (nominal, name) };
    let comma = before.to + 2 == after.from && sentence.tokens[before.to + 1].form(text) == ",";
    let tied = |a: &Found, b: &Found| {
        let token = &sentence.tokens[a.head];
        token.is_rel("appos") && token.head.is_some_and(|head| (b.from..=b.to).contains(&head))
    };
    let post = before.what == What::Holder || after.what == What::Holder;
    comma
        && (tied(after, before) || (post && closed(text, sentence, after)))
        && !listed(text, sentence, before, after)
}

/// Whether a mark or relative pronoun follows.
fn closed(text: &str, sentence: &Sentence, one: &Found) -> bool {
    let Some(next) = sentence.tokens.get(one.to + 1) else { return true };
    let verb = matches!(next.upos, Upos::Verb | Upos::Aux) && next.feat("VerbForm") == Some("Fin");
    verb || matches!(next.form(text), "," | "." | ";" | "who" | ")" | "—" | "–")
}

/// Whether "and" follows: then the two are items of a list.
fn listed(text: &str, sentence: &Sentence, before: &Found, after: &Found) -> bool {
    let at = |at: usize| sentence.tokens.get(at).map(|token| token.form(text)).unwrap_or_default();
    let next = at(after.to + 1);
    let joined = next == "and" || (next == "," && at(after.to + 2) == "and");
    let list_before = before.from > 0 && at(before.from - 1) == ",";
    joined && (list_before || sentence.tokens[after.head].is_rel("conj"))
}

/// "X is the minister".
fn equated(sentence: &Sentence, name: &Found, nominal: &Found) -> bool {
    let copula = || {
        sentence.children(nominal.head).any(|at| {
            let token = &sentence.tokens[at];
            let told = token.feat("Tense") == Some("Pres") || matches!(nominal.what, What::Common(_));
            token.is_rel("cop") && token.upos == Upos::Aux && told
        })
    };
    let subject = &sentence.tokens[name.head];
    subject.is_rel("nsubj") && subject.head == Some(nominal.head) && copula()
}
