use legation_record::EntityKind;
use legation_text::{Parse, Sentence};

use super::{
    chain::Chain,
    found::{Found, Voice, What},
    link::Linker,
    words::Words,
};

/// Of paragraphs, the share that may ask in a sentence or two before the article is held to be a talk of several, and
/// the share that may begin as turns of a talk do: for those who are one, and for those who are a group.
const OF_ONE: (f32, f32) = (0.08, 0.08);
const OF_GROUP: (f32, f32) = (0.12, 0.1);
/// Sentences of a paragraph that asks and no more.
const ASKING: usize = 2;

/// Who speaks in an article, as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Talk {
    /// Whether one person writes or speaks all that stands outside quotation marks.
    single: bool,
    /// Whether whoever writes or speaks there is at least of one group.
    together: bool,
    /// Sentence and chain of those who are told to speak, in this paragraph.
    speakers: Vec<(usize, usize)>,
    /// Pronouns inside quotation marks, in this paragraph.
    waiting: Vec<Found>,
}

impl Talk {
    pub fn of(text: &str, parse: &Parse, words: &Words) -> Self {
        let blocks: Vec<&[Sentence]> = parse.sentences.chunk_by(|a, b| a.block == b.block).collect();
        let first = |block: &&&[Sentence]| block[0].tokens[0].form(text).to_lowercase();
        let asks = |block: &&&[Sentence]| {
            let last = block[block.len() - 1].tokens.iter().rev().take(2);
            block.len() <= ASKING && last.into_iter().any(|token| token.form(text) == "?")
        };
        let share = |some: usize| some as f32 / blocks.len().max(1) as f32;
        let asking = share(blocks.iter().filter(asks).count());
        let opens = |purpose: &str| share(blocks.iter().filter(|it| words.is(&first(it), purpose)).count());
        let (turns, greetings) = (opens("turn"), opens("greeting"));
        let together = asking <= OF_GROUP.0 && turns <= OF_GROUP.1;
        let single = asking <= OF_ONE.0 && turns + greetings <= OF_ONE.1;
        Self { single, together, ..Self::default() }
    }

    /// Whether a pronoun means the same throughout the article.
    fn throughout(&self, voice: Voice) -> bool {
        if voice == Voice::We { self.together } else { self.single }
    }

    /// Takes note of somebody who is told to speak.
    pub fn heard(&mut self, found: &Found, chain: usize) {
        if found.speaks && !found.quoted {
            self.speakers.push((found.sentence, chain));
        }
    }

    /// Whoever speaks in the sentence, or nearest to it; nobody where two are equally near.
    fn speaker(&self, sentence: usize) -> Option<usize> {
        let apart = |at: usize| at.abs_diff(sentence) * 2 + usize::from(at > sentence);
        let nearest = self.speakers.iter().map(|(at, _)| apart(*at)).min()?;
        let mut there = self.speakers.iter().filter(|(at, _)| apart(*at) == nearest).map(|(_, chain)| *chain);
        let chain = there.next()?;
        there.all(|other| other == chain).then_some(chain)
    }
}

impl Linker<'_> {
    /// I, we, you and their forms: one who writes the article, or those of one paragraph; in quotation marks they wait
    /// until it is known who speaks.
    pub fn voice(&mut self, found: &Found, voice: Voice) -> Option<usize> {
        if found.quoted {
            self.talk.waiting.push(found.clone());
            return None;
        }
        let place =
            if self.talk.throughout(voice) { "text".to_owned() } else { self.tree(found).block.to_string() };
        Some(self.voiced(
            found,
            &format!("voice/{voice:?}/{place}"),
            "entity/voice: who writes or speaks here",
        ))
    }

    fn voiced(&mut self, found: &Found, key: &str, reason: &str) -> usize {
        let kind = if found.plural { EntityKind::Group } else { EntityKind::Person };
        let name = self.words_of(found).to_owned();
        let chain = self.keyed(key.to_owned(), || Chain::new(kind, &name));
        self.chains.add(chain, found, reason);
        chain
    }

    /// At the end of a paragraph: the pronouns in its quotations go to those who speak them.
    pub fn settle(&mut self) {
        for found in std::mem::take(&mut self.talk.waiting) {
            let What::Voice(voice) = found.what else { continue };
            let speaker = self.talk.speaker(found.sentence);
            match (voice, speaker) {
                (Voice::I, Some(chain)) if self.is_person(chain) => {
                    self.chains.add(chain, &found, "entity/speaker: whoever is told to say the quoted words");
                }
                _ => {
                    let who = speaker.map_or_else(
                        || format!("in/{}", self.tree(&found).block),
                        |chain| format!("of/{chain}"),
                    );
                    let key = format!("voice/{voice:?}/{who}");
                    self.voiced(&found, &key, "entity/quoted-voice: those of one speaker's words");
                }
            }
        }
        self.talk.speakers.clear();
    }
}
