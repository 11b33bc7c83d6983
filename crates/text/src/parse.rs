use std::sync::Arc;

use legation_record::Span;

use crate::graph::Trigger;

/// UD part of speech (UPOS).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

const UPOS: [(&str, Upos); 17] = [
    ("ADJ", Upos::Adj),
    ("ADP", Upos::Adp),
    ("ADV", Upos::Adv),
    ("AUX", Upos::Aux),
    ("CCONJ", Upos::Cconj),
    ("DET", Upos::Det),
    ("INTJ", Upos::Intj),
    ("NOUN", Upos::Noun),
    ("NUM", Upos::Num),
    ("PART", Upos::Part),
    ("PRON", Upos::Pron),
    ("PROPN", Upos::Propn),
    ("PUNCT", Upos::Punct),
    ("SCONJ", Upos::Sconj),
    ("SYM", Upos::Sym),
    ("VERB", Upos::Verb),
    ("X", Upos::X),
];

impl NameKind {
    /// As the model's lists write it: `PER`, `STATE`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Person => "PER",
            Self::State => "STATE",
            Self::Nationality => "NORP",
            Self::Place => "LOC",
            Self::Organisation => "ORG",
            Self::Facility => "FAC",
            Self::Event => "EVENT",
            Self::Law => "LAW",
            Self::Other => "MISC",
        }
    }
}

impl BlockKind {
    /// As the model's lists write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Byline => "Byline",
            Self::Dateline => "Dateline",
            Self::Paragraph => "Paragraph",
            Self::ListItem => "ListItem",
        }
    }
}

impl Upos {
    /// As CoNLL-U writes it: `NOUN`.
    #[must_use]
    pub fn name(self) -> &'static str {
        UPOS.iter().find(|(_, upos)| *upos == self).map_or("X", |(name, _)| name)
    }

    /// From CoNLL-U's name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        UPOS.iter().find(|(other, _)| *other == name).map(|(_, upos)| *upos)
    }
}

/// A UD syntactic word. English has no multi-word tokens here: clitics are words of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its characters.
    pub span: Span,
    /// Part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Arc<str>,
    /// UD features, `Number=Sing|Person=3`, or `_`.
    pub feats: Arc<str>,
    /// Dictionary form.
    pub lemma: Arc<str>,
    /// Index of the governor within the sentence; `None` for the root.
    pub head: Option<usize>,
    /// UD relation with subtype: `nsubj:pass`.
    pub deprel: Arc<str>,
}

/// What a name names, by the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// A person, without title.
    Person,
    /// A country.
    State,
    /// A nationality, religion, political colour.
    Nationality,
    /// A city, region, river, continent.
    Place,
    /// An organisation, ministry, party, company.
    Organisation,
    /// A building, airport, plant.
    Facility,
    /// A named war, summit, games.
    Event,
    /// A treaty, act, resolution.
    Law,
    /// A product, work of art, language.
    Other,
}

/// A name within a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// First token.
    pub first: usize,
    /// Last token, included.
    pub last: usize,
    /// What it names.
    pub kind: NameKind,
}

/// A sentence: a tree of tokens, and the names in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From the first to the last token.
    pub span: Span,
    /// Index of its block in [`Parse::blocks`].
    pub block: usize,
    /// At least one.
    pub tokens: Vec<Token>,
    /// In order, not overlapping.
    pub names: Vec<Name>,
}

/// What a stretch of the article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Headline.
    Title,
    /// "By Jane Doe".
    Byline,
    /// "KYIV, Dec. 27 —": the place and date before the first sentence.
    Dateline,
    /// Running text.
    Paragraph,
    /// An item of a list, its mark excluded.
    ListItem,
}

/// A stretch of the article: a paragraph, a list item, a title. A dateline is a block of its own
/// although it shares its line with the paragraph that follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its characters, list mark and surrounding white space excluded.
    pub span: Span,
}

/// An article's blocks and sentences in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parse {
    /// The article's stretches.
    pub blocks: Vec<Block>,
    /// The sentences.
    pub sentences: Vec<Sentence>,
    /// The words that tell events, in the order of the text; `None` where the network was not asked.
    pub graph: Option<Vec<Trigger>>,
    /// What could not be read, for people.
    pub warnings: Vec<String>,
}

impl Token {
    /// The word as written.
    #[must_use]
    pub fn form<'a>(&self, text: &'a str) -> &'a str {
        self.span.slice(text).unwrap_or_default()
    }

    /// What a regular verb form may come from, by its spelling alone: for words whose lemma was misread.
    ///
    /// "expelled" may come from `expel`, `expell` and `expelle`.
    #[must_use]
    pub fn stems(&self, text: &str) -> Vec<String> {
        let form = self.form(text).to_lowercase();
        let cut = |ending: &str| form.strip_suffix(ending).filter(|stem| stem.len() > 1);
        let mut all = Vec::new();
        for stem in ["ed", "ing", "es", "s", "d"].into_iter().filter_map(cut) {
            all.push(stem.to_owned());
            all.push(format!("{stem}e"));
            let mut letters = stem.chars().rev();
            if let (Some(last), Some(before)) = (letters.next(), letters.next())
                && last == before
                && last.is_ascii()
            {
                all.push(stem[..stem.len() - 1].to_owned());
            }
            if let Some(stem) = stem.strip_suffix('i') {
                all.push(format!("{stem}y"));
            }
        }
        all
    }

    /// The value of a UD feature.
    ///
    /// `token.feat("Tense")` is `Some("Past")` of a word with `Mood=Ind|Tense=Past`.
    #[must_use]
    pub fn feat(&self, name: &str) -> Option<&str> {
        let mut pairs = self.feats.split('|').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Whether the relation is `rel` or a subtype of it: `nsubj:pass` is an `nsubj`.
    #[must_use]
    pub fn is_rel(&self, rel: &str) -> bool {
        self.deprel.strip_prefix(rel).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    }
}

impl Sentence {
    /// Indices of the words that depend on `head`, in order.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        let tokens = self.tokens.iter().enumerate();
        tokens.filter(move |(_, token)| token.head == Some(head)).map(|(index, _)| index)
    }

    /// First child of `head` whose relation is `rel` or a subtype.
    #[must_use]
    pub fn child(&self, head: usize, rel: &str) -> Option<usize> {
        self.children(head).find(|index| self.tokens[*index].is_rel(rel))
    }

    /// The governors of `index` from nearest to the root; ends even on a broken tree.
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let up = |at: &usize| self.tokens[*at].head;
        std::iter::successors(up(&index), up).take(self.tokens.len())
    }

    /// Indices of `head` and everything below it, in order.
    #[must_use]
    pub fn subtree(&self, head: usize) -> Vec<usize> {
        let inside = |index: &usize| *index == head || self.ancestors(*index).any(|up| up == head);
        (0..self.tokens.len()).filter(inside).collect()
    }

    /// The smallest span over `head` and everything below it.
    #[must_use]
    pub fn subtree_span(&self, head: usize) -> Span {
        let whole = self.subtree(head);
        whole.iter().fold(self.tokens[head].span, |span, index| span.cover(self.tokens[*index].span))
    }

    /// The name that `index` lies in.
    #[must_use]
    pub fn name_at(&self, index: usize) -> Option<Name> {
        self.names.iter().copied().find(|name| (name.first..=name.last).contains(&index))
    }
}

impl Parse {
    /// Sentence and token index of the token that covers a byte.
    #[must_use]
    pub fn token_at(&self, byte: usize) -> Option<(usize, usize)> {
        let s = self.sentences.partition_point(|sentence| sentence.span.end <= byte);
        let sentence = self.sentences.get(s)?;
        let t = sentence.tokens.partition_point(|token| token.span.end <= byte);
        (sentence.tokens.get(t)?.span.start <= byte).then_some((s, t))
    }
}
