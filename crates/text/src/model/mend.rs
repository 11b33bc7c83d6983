//! What no English tree can be, put right: the network scores words one by one and sometimes hangs a small
//! word where the grammar has no place for it.

use crate::{Token, Upos};

/// Mends a sentence's tree: every change leaves one root and no circle.
pub(super) fn tree(text: &str, tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        let name =
            beyond_title(tokens, at).or_else(|| before_name(tokens, at)).or_else(|| of_told(tokens, at));
        if let Some(head) = name.or_else(|| before_clause(text, tokens, at)) {
            tokens[at].head = Some(head);
        }
        if let Some(verb) = due_to(text, tokens, at) {
            raise(tokens, at, verb);
        }
        if is_verb(tokens, at) {
            make_verb(text, tokens, at);
        }
        if let Some((verb, says)) = headline(text, tokens, at) {
            (tokens[verb].head, tokens[verb].deprel) = (Some(says), "ccomp".into());
            (tokens[at].head, tokens[at].deprel) = (Some(verb), "nsubj".into());
        }
        if let Some(place) = second_leg(text, tokens, at) {
            tokens[at].head = Some(place);
            let left = tokens.iter_mut().filter(|token| token.head == Some(at) && token.is_rel("orphan"));
            left.for_each(|token| token.deprel = "nmod".into());
        }
        if let Some(first) = second_object(tokens, at) {
            let of_first = begins(tokens, at).checked_sub(1) == Some(first);
            tokens[at].deprel = if of_first { "nmod" } else { "obl" }.into();
            tokens[at].head = if of_first { Some(first) } else { tokens[at].head };
        }
    }
}

/// The verb that a headline tells of its first name, and the verb of saying at its end: "Ann to visit Oslo, Ben says" has one
/// subject a verb.
fn headline(text: &str, tokens: &[Token], at: usize) -> Option<(usize, usize)> {
    let says = tokens[at].head.filter(|_| tokens[at].is_rel("nsubj") && tokens[at].upos == Upos::Propn)?;
    let other = tokens[at + 1..says.max(at + 1)]
        .iter()
        .any(|token| token.head == Some(says) && token.is_rel("nsubj"));
    let to = |verb: usize| {
        let mut marks = tokens.iter().filter(|token| token.head == Some(verb) && token.is_rel("mark"));
        marks.any(|mark| mark.form(text).eq_ignore_ascii_case("to"))
    };
    let verb = |verb: &usize| {
        let token = &tokens[*verb];
        token.head == Some(at) && token.is_rel("acl") && &*token.xpos == "VB" && to(*verb)
    };
    let verb = (at + 1..says).find(verb).filter(|_| other && tokens[says].head.is_none())?;
    Some((verb, says))
}

/// The place that another is told beside: "flew to Oslo in May and to Rome in June", "visited Oslo in May and Rome in June" join two
/// places, not a verb or a month and a place.
fn second_leg(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let children = |of: usize| tokens.iter().filter(move |token| token.head == Some(of));
    let case = |of: usize| children(of).find(|token| token.is_rel("case")).map(|token| token.form(text));
    let head = tokens[at].head.filter(|head| *head < at && tokens[at].is_rel("conj"))?;
    let is_verb = |at: &usize| tokens[*at].upos == Upos::Verb;
    let verb = Some(head).filter(is_verb).or_else(|| tokens[head].head.filter(is_verb))?;
    let left = children(at).any(|token| token.is_rel("orphan"));
    let told = tokens[at].upos == Upos::Propn && (left || head == verb && case(at).is_some());
    let place = |place: &usize| {
        let token = &tokens[*place];
        let role = token.is_rel("obl") || token.is_rel("obj");
        role && token.head == Some(verb) && token.upos == Upos::Propn && case(*place) == case(at)
    };
    (verb..at).rev().filter(|_| told).find(place)
}

/// The object before a word that has a preposition and was taken for one more: "injuring several, amid talks", "condemned
/// reports by state media".
fn second_object(tokens: &[Token], at: usize) -> Option<usize> {
    let object = |token: &Token| token.is_rel("obj") && token.head == tokens[at].head;
    let case = |token: &Token| token.head == Some(at) && token.is_rel("case") && token.upos == Upos::Adp;
    let second = object(&tokens[at]) && tokens[..at].iter().any(case);
    tokens[..at].iter().position(object).filter(|_| second)
}

/// The first word, and no sign, of those that hang on a word and stand before it, or the word.
fn begins(tokens: &[Token], at: usize) -> usize {
    tokens[..at].iter().position(|token| token.head == Some(at) && token.upos != Upos::Punct).unwrap_or(at)
}

/// Whether what was taken for a noun has a subject and an infinitive, and no copula: "the two hope to sign".
fn is_verb(tokens: &[Token], at: usize) -> bool {
    let has = |rel: &str| tokens.iter().any(|token| token.head == Some(at) && token.is_rel(rel));
    let to = |token: &Token| token.head == Some(at) && token.is_rel("xcomp") && &*token.xpos == "VB";
    let subject = || has("nsubj") || named_before(tokens, at).is_some();
    tokens[at].upos == Upos::Noun && subject() && !has("cop") && tokens.iter().any(to)
}

/// The name before the head of a sentence, taken for a part of it: "the Rights League plans to hold talks".
fn named_before(tokens: &[Token], at: usize) -> Option<usize> {
    let name = at
        .checked_sub(1)
        .filter(|name| tokens[*name].head == Some(at) && tokens[*name].is_rel("compound"))?;
    let third = tokens[at].head.is_none() && &*tokens[at].xpos == "NNS";
    (third && tokens[name].upos == Upos::Propn).then_some(name)
}

/// Makes a word a verb in the present tense; what stands before its subject is the subject's.
fn make_verb(text: &str, tokens: &mut [Token], at: usize) {
    let form = tokens[at].form(text).to_lowercase();
    let third = &*tokens[at].xpos == "NNS";
    let stem = if third { form.strip_suffix('s').unwrap_or(&form) } else { &form };
    let number = if third { "Number=Sing|Person=3|" } else { "" };
    let subject = tokens.iter().position(|token| token.head == Some(at) && token.is_rel("nsubj"));
    let subject =
        subject.or_else(|| named_before(tokens, at).inspect(|name| tokens[*name].deprel = "nsubj".into()));
    tokens[at].lemma = stem.into();
    tokens[at].feats = format!("Mood=Ind|{number}Tense=Pres|VerbForm=Fin").into();
    tokens[at].xpos = if third { "VBZ" } else { "VBP" }.into();
    tokens[at].upos = Upos::Verb;
    for token in &mut tokens[..subject.unwrap_or(0)] {
        if token.head == Some(at)
            && ["det", "amod", "compound", "nmod:poss"].iter().any(|rel| token.is_rel(rel))
        {
            token.head = subject;
        }
    }
}

/// The verb of "are due to sign", where "due to" was taken for the preposition.
fn due_to(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let verb = tokens[at].head.filter(|verb| at + 1 < *verb && tokens[at].is_rel("mark"))?;
    let due = tokens[at].form(text).eq_ignore_ascii_case("due") && tokens[at + 1].head == Some(at);
    let copula = |token: &Token| token.head == Some(verb) && token.is_rel("cop");
    (due && &*tokens[verb].xpos == "VB" && tokens[..at].iter().any(copula)).then_some(verb)
}

/// Makes an adjective the head of its clause, and the verb after it what it governs.
fn raise(tokens: &mut [Token], adjective: usize, verb: usize) {
    for token in &mut tokens[..adjective] {
        if token.head == Some(verb) {
            token.head = Some(adjective);
            if &*token.deprel == "nsubj:outer" {
                token.deprel = "nsubj".into();
            }
        }
    }
    let (head, deprel) = (tokens[verb].head, tokens[verb].deprel.clone());
    tokens[adjective].head = head;
    tokens[adjective].deprel = deprel;
    tokens[verb].head = Some(adjective);
    tokens[verb].deprel = "xcomp".into();
    tokens[adjective + 1].head = Some(verb);
    tokens[adjective + 1].deprel = "mark".into();
}

/// The name behind a title on which a preposition hangs: "by Prime Minister Ardern" is by her, not by the title.
fn beyond_title(tokens: &[Token], at: usize) -> Option<usize> {
    let title = tokens[at].head.filter(|title| at < *title && tokens[at].is_rel("case"))?;
    let desc = &*tokens[title].deprel == "nmod:desc";
    tokens[title].head.filter(|name| desc && title < *name)
}

/// The first word of a name for a preposition that hangs on a later one.
fn before_name(tokens: &[Token], at: usize) -> Option<usize> {
    let part = tokens[at].head.filter(|part| tokens[at].is_rel("case") && tokens[*part].is_rel("flat"))?;
    tokens[part].head.filter(|first| at < *first && *first < part)
}

/// The verb of what is told for its subject: "She will visit Oslo, he said" has one subject a verb.
fn of_told(tokens: &[Token], at: usize) -> Option<usize> {
    let subject = |token: &Token, verb: usize| token.head == Some(verb) && token.is_rel("nsubj");
    let says = tokens[at].head.filter(|says| at < *says && subject(&tokens[at], *says))?;
    let of_says = |told: &usize| tokens[*told].head == Some(says) && tokens[*told].is_rel("ccomp");
    let told = (at + 1..says).find(of_says)?;
    let sayer = tokens[told..says].iter().any(|token| subject(token, says));
    (sayer && !tokens.iter().any(|token| subject(token, told))).then_some(told)
}

/// The verb of saying for what stands between it and the "that" of what is said: "said on Monday that".
fn before_clause(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let told = tokens[at].head.filter(|told| tokens[at].is_rel("obl") && tokens[*told].is_rel("ccomp"))?;
    let says = tokens[told].head.filter(|says| *says < at)?;
    let begins = |token: &Token| {
        token.head == Some(told) && token.is_rel("mark") && token.form(text).eq_ignore_ascii_case("that")
    };
    let that = tokens.iter().position(begins)?;
    (at < that && that < told).then_some(says)
}

#[cfg(test)]
mod tests {
    use legation_record::Span;

    use super::*;

    fn tokens(text: &str, rows: &[(usize, &str)]) -> Vec<Token> {
        let mut from = 0;
        let words = text.split(' ').zip(rows).map(|(word, (head, rel))| {
            let span = Span::new(from, from + word.len());
            from += word.len() + 1;
            Token {
                span,
                upos: Upos::X,
                xpos: "_".into(),
                feats: "_".into(),
                lemma: word.into(),
                head: head.checked_sub(1),
                deprel: (*rel).into(),
            }
        });
        words.collect()
    }

    #[test]
    fn who_is_due_to_sign_is_to_sign_later() {
        let text = "They are due to sign";
        let rows = [(5, "nsubj:outer"), (5, "cop"), (5, "mark"), (3, "fixed"), (0, "root")];
        let mut all = tokens(text, &rows);
        all[4].xpos = "VB".into();
        tree(text, &mut all);
        let heads: Vec<_> = all.iter().map(|token| token.head).collect();
        assert_eq!(heads, [Some(2), Some(2), None, Some(4), Some(2)]);
        assert_eq!(&*all[4].deprel, "xcomp");
    }

    #[test]
    fn what_has_a_subject_and_an_infinitive_is_a_verb() {
        let text = "The League plans to hold talks";
        let rows = [(3, "det"), (3, "nsubj"), (0, "root"), (5, "mark"), (3, "xcomp"), (5, "obj")];
        let mut all = tokens(text, &rows);
        (all[2].upos, all[2].xpos, all[4].xpos) = (Upos::Noun, "NNS".into(), "VB".into());
        tree(text, &mut all);
        assert_eq!((all[2].upos, &*all[2].xpos, &*all[2].lemma), (Upos::Verb, "VBZ", "plan"));
        assert_eq!(all[0].head, Some(1));
    }

    #[test]
    fn a_name_before_a_head_with_an_infinitive_is_its_subject() {
        let text = "The Rights League plans to hold talks";
        let rows = [
            (4, "det"),
            (4, "compound"),
            (4, "compound"),
            (0, "root"),
            (6, "mark"),
            (4, "xcomp"),
            (6, "obj"),
        ];
        let mut all = tokens(text, &rows);
        (all[3].upos, all[3].xpos, all[5].xpos) = (Upos::Noun, "NNS".into(), "VB".into());
        (all[1].upos, all[2].upos) = (Upos::Propn, Upos::Propn);
        tree(text, &mut all);
        assert_eq!((all[3].upos, &*all[2].deprel, all[2].head), (Upos::Verb, "nsubj", Some(3)));
        assert_eq!((all[0].head, all[1].head), (Some(2), Some(2)));
    }

    #[test]
    fn a_headline_tells_its_name_of_its_verb() {
        let text = "Ann to visit Oslo , Ben says";
        let rows =
            [(7, "nsubj"), (3, "mark"), (1, "acl"), (3, "obj"), (1, "punct"), (7, "nsubj"), (0, "root")];
        let mut all = tokens(text, &rows);
        (all[0].upos, all[2].xpos) = (Upos::Propn, "VB".into());
        tree(text, &mut all);
        let found = (all[0].head, all[2].head, &*all[2].deprel);
        assert_eq!(found, (Some(2), Some(6), "ccomp"));
    }

    #[test]
    fn a_second_place_is_joined_to_the_first() {
        let text = "He flew to Oslo in May and to Rome in June";
        let rows = [
            (2, "nsubj"),
            (0, "root"),
            (4, "case"),
            (2, "obl"),
            (6, "case"),
            (2, "obl"),
            (9, "cc"),
            (9, "case"),
            (2, "conj"),
            (11, "case"),
            (9, "orphan"),
        ];
        let mut all = tokens(text, &rows);
        for at in [3, 5, 8, 10] {
            all[at].upos = Upos::Propn;
        }
        all[1].upos = Upos::Verb;
        tree(text, &mut all);
        assert_eq!((all[8].head, &*all[10].deprel), (Some(3), "nmod"));
        let text = "He left Oslo in May and Rome in June";
        let rows = [
            (2, "nsubj"),
            (0, "root"),
            (2, "obj"),
            (5, "case"),
            (2, "obl"),
            (7, "cc"),
            (5, "conj"),
            (9, "case"),
            (7, "orphan"),
        ];
        let mut all = tokens(text, &rows);
        for at in [2, 4, 6, 8] {
            all[at].upos = Upos::Propn;
        }
        all[1].upos = Upos::Verb;
        tree(text, &mut all);
        assert_eq!((all[6].head, &*all[8].deprel), (Some(2), "nmod"));
    }

    #[test]
    fn what_has_a_preposition_is_no_second_object() {
        let text = "injuring several , amid talks";
        let mut all = tokens(text, &[(0, "root"), (1, "obj"), (5, "punct"), (5, "case"), (1, "obj")]);
        (all[2].upos, all[3].upos) = (Upos::Punct, Upos::Adp);
        tree(text, &mut all);
        assert_eq!((all[4].head, &*all[4].deprel), (Some(0), "obl"));
        let text = "condemned reports by media";
        let mut all = tokens(text, &[(0, "root"), (1, "obj"), (4, "case"), (1, "obj")]);
        all[2].upos = Upos::Adp;
        tree(text, &mut all);
        assert_eq!((all[3].head, &*all[3].deprel), (Some(1), "nmod"));
    }

    #[test]
    fn who_does_what_is_told_does_not_tell_it() {
        let text = "She visits Oslo , he said";
        let rows = [(6, "nsubj"), (6, "ccomp"), (2, "obj"), (2, "punct"), (6, "nsubj"), (0, "root")];
        let mut all = tokens(text, &rows);
        tree(text, &mut all);
        assert_eq!((all[0].head, all[4].head), (Some(1), Some(5)));
    }

    #[test]
    fn a_preposition_belongs_to_the_name_and_not_to_its_title() {
        let text = "visit by Minister Wang";
        let mut all = tokens(text, &[(0, "root"), (3, "case"), (4, "nmod:desc"), (1, "nmod")]);
        tree(text, &mut all);
        assert_eq!(all[1].head, Some(3));
    }

    #[test]
    fn a_preposition_belongs_to_the_first_word_of_a_name() {
        let text = "visit by minister Yoko";
        let mut all = tokens(text, &[(0, "root"), (4, "case"), (1, "nmod"), (3, "flat")]);
        tree(text, &mut all);
        assert_eq!(all[1].head, Some(2));
    }

    #[test]
    fn what_stands_before_that_belongs_to_the_saying() {
        let text = "said Monday that prices fell";
        let rows = [(0, "root"), (5, "obl"), (5, "mark"), (5, "nsubj"), (1, "ccomp")];
        let mut all = tokens(text, &rows);
        tree(text, &mut all);
        assert_eq!(all[1].head, Some(0));
        let after = "said that prices fell Monday";
        let mut kept = tokens(after, &[(0, "root"), (4, "mark"), (4, "nsubj"), (1, "ccomp"), (4, "obl")]);
        tree(after, &mut kept);
        assert_eq!(kept[4].head, Some(3));
    }
}
