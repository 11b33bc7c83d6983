//! Entity mentions as GUM writes them in the last column of CoNLL-U.

use std::collections::BTreeMap;

use crate::conllu::{self, Sentence};

/// A document: its name, its text as a reader gets it, and its gold mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub name: String,
    pub text: String,
    pub mentions: Vec<Mention>,
}

/// A mention; offsets are Unicode code points, end exclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub start: usize,
    pub end: usize,
    /// Where the word begins that the others depend on.
    pub head: usize,
    /// What it refers to, the same for all that refer to it.
    pub entity: String,
    /// `person`, `place`, `organization`, …
    pub kind: String,
    /// Whether it is one word, and that a pronoun.
    pub pronoun: bool,
}

/// The documents of a file.
pub fn documents(text: &str) -> anyhow::Result<Vec<Document>> {
    let mut all: Vec<Document> = Vec::new();
    let (mut glue, mut length, mut open) = ("", 0, Open::default());
    for sentence in conllu::read(text)? {
        if sentence.new_document() || all.is_empty() {
            all.push(Document { name: name(&sentence), text: String::new(), mentions: Vec::new() });
            (glue, length, open) = ("", 0, Open::default());
        } else if sentence.new_paragraph() {
            glue = "\n\n";
        }
        let Some(document) = all.last_mut() else { continue };
        document.text += glue;
        let start = length + glue.chars().count();
        document.text += &sentence.text();
        open.sentence(&sentence, start, &mut document.mentions);
        length = start + sentence.text().chars().count();
        glue = if sentence.space_after() { " " } else { "" };
    }
    Ok(all)
}

fn name(sentence: &Sentence) -> String {
    let stated = sentence.comments.iter().find_map(|line| line.strip_prefix("# newdoc id = "));
    stated.unwrap_or_default().trim().to_owned()
}

/// Mentions that have begun and not ended, by what they refer to.
#[derive(Debug, Default)]
struct Open(BTreeMap<String, Vec<(usize, String)>>);

impl Open {
    fn sentence(&mut self, sentence: &Sentence, start: usize, mentions: &mut Vec<Mention>) {
        self.0.clear();
        let places = places(sentence, start);
        for (at, word) in sentence.words.iter().enumerate() {
            for mark in marks(&word.entity) {
                match mark {
                    Mark::Begins { entity, kind } => {
                        self.0.entry(entity.to_owned()).or_default().push((at, kind.to_owned()));
                    }
                    Mark::Ends { entity } => {
                        let begun = self.0.get_mut(entity).and_then(Vec::pop);
                        mentions.extend(
                            begun.map(|(first, kind)| mention(sentence, &places, (first, at), entity, kind)),
                        );
                    }
                }
            }
        }
    }
}

fn mention(
    sentence: &Sentence,
    places: &[(usize, usize)],
    (first, last): (usize, usize),
    entity: &str,
    kind: String,
) -> Mention {
    let outside = |at: &usize| !(first + 1..=last + 1).contains(&sentence.words[*at].head);
    let head = (first..=last).find(outside).unwrap_or(first);
    Mention {
        start: places[first].0,
        end: places[last].1,
        head: places[head].0,
        entity: entity.to_owned(),
        kind,
        pronoun: first == last && sentence.words[first].upos == "PRON",
    }
}

enum Mark<'a> {
    Begins { entity: &'a str, kind: &'a str },
    Ends { entity: &'a str },
}

/// The brackets of one word: `(3-person-new-…-coref(4-place-…-sgl)`, `7)6)`.
fn marks(entry: &str) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    let mut rest = entry;
    while !rest.is_empty() {
        let opens = rest.strip_prefix('(');
        let body = opens.unwrap_or(rest);
        let end = body.find(['(', ')']).unwrap_or(body.len());
        let mut parts = body[..end].split('-');
        let (entity, kind) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let closes = body[end..].starts_with(')');
        if opens.is_some() {
            marks.push(Mark::Begins { entity, kind });
        }
        if closes {
            marks.push(Mark::Ends { entity });
        }
        rest = &body[end + usize::from(closes)..];
    }
    marks
}

/// Where each word stands, in code points: words written together share their token's characters where they are not found in it.
fn places(sentence: &Sentence, start: usize) -> Vec<(usize, usize)> {
    let text: Vec<char> = sentence.text().chars().collect();
    let mut places = vec![(start, start); sentence.words.len()];
    let mut at = 0;
    for surface in &sentence.surfaces {
        let Some((from, to)) = find(&text, at, &surface.form) else { continue };
        let mut inner = from;
        let words = surface.words.0..surface.words.1;
        for (place, word) in places[words.clone()].iter_mut().zip(&sentence.words[words]) {
            let found = find(&text[..to], inner, &word.form);
            let (first, last) = found.unwrap_or((from, to));
            *place = (start + first, start + last);
            inner = found.map_or(inner, |(_, last)| last);
        }
        at = to;
    }
    places
}

fn find(text: &[char], from: usize, form: &str) -> Option<(usize, usize)> {
    let form: Vec<char> = form.chars().collect();
    let last = text.len().checked_sub(form.len())?;
    (from..=last).find(|at| text[*at..].starts_with(&form)).map(|at| (at, at + form.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "# newdoc id = one\n# text = Her ally can’t go.\n\
        1\tHer\ther\tPRON\t_\t_\t2\tnmod\t_\tEntity=(2-person-acc-n-cf1-2-coref(1-person-giv-n-cf1-1-ana)\n\
        2\tally\tally\tNOUN\t_\t_\t5\tnsubj\t_\tEntity=2)\n\
        3-4\tcan’t\t_\t_\t_\t_\t_\t_\t_\t_\n\
        3\tca\tcan\tAUX\t_\t_\t5\taux\t_\t_\n\
        4\tn’t\tnot\tPART\t_\t_\t5\tadvmod\t_\t_\n\
        5\tgo\tgo\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n\
        6\t.\t.\tPUNCT\t_\t_\t5\tpunct\t_\t_\n\n";

    #[test]
    fn brackets_become_mentions_with_offsets_and_heads() {
        let documents = documents(TWO).unwrap();
        assert_eq!((documents[0].name.as_str(), documents[0].text.as_str()), ("one", "Her ally can’t go."));
        let found: Vec<_> = documents[0]
            .mentions
            .iter()
            .map(|it| (it.start, it.end, it.head, it.entity.as_str(), it.kind.as_str(), it.pronoun))
            .collect();
        assert_eq!(found, [(0, 3, 0, "1", "person", true), (0, 8, 4, "2", "person", false)]);
    }

    #[test]
    fn one_entity_can_hold_another_mention_of_itself() {
        let marks = marks("(3-a-b(3-a-c)");
        assert_eq!(marks.len(), 3);
        assert!(matches!(marks[2], Mark::Ends { entity: "3" }));
    }

    #[test]
    fn words_written_together_stand_where_they_stand() {
        let sentence = conllu::read(TWO).unwrap().remove(0);
        assert_eq!(places(&sentence, 10)[2..4], [(19, 21), (21, 24)]);
    }
}
