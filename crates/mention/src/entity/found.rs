use legation_record::{EntityKind, MentionKind, Span};
use legation_text::Sentence;

/// A mention found in a sentence, before it is known to whom it refers.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Index of the sentence.
    pub sentence: usize,
    /// First token with modifiers and title.
    pub from: usize,
    /// Last token with complements.
    pub to: usize,
    /// First token of the part that refers.
    pub first: usize,
    /// Last token of the part that refers.
    pub last: usize,
    /// The token that the rest depends on.
    pub head: usize,
    /// The token that the title and name together depend on.
    pub core: usize,
    /// Name, nominal or pronoun.
    pub kind: MentionKind,
    /// What it names.
    pub what: What,
    /// Country told by a modifier or complement.
    pub country: Option<String>,
    /// To whom an ambassador or envoy is sent.
    pub receiver: Option<String>,
    /// Office told by a title.
    pub office: Option<Titled>,
    /// Whether a modifier calls the person former.
    pub former: bool,
    /// Whether an article or possessor makes it definite.
    pub definite: bool,
    /// First token of the possessor: "its" ambassador, "Merkel's" government.
    pub owner: Option<usize>,
    /// Whether the country is that of a city, region or body named, not a country named.
    pub local: bool,
    /// Whether it is more than one.
    pub plural: bool,
    /// Whether it is the subject of its clause.
    pub subject: bool,
    /// Whether it is the subject of a verb of speech.
    pub speaks: bool,
    /// Whether quotation marks surround it.
    pub quoted: bool,
}

/// A title as it stands.
#[derive(Debug, Clone)]
pub(super) struct Titled {
    pub office: String,
    pub words: String,
    pub first: usize,
    pub last: usize,
}

/// What a mention names or describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// A person by name.
    Person,
    /// A state in one of its guises.
    State { code: String, guise: Guise, reason: &'static str },
    /// A ministry, parliament or other body of a state, by its name or seat.
    Body(u32),
    /// An organisation of the gazetteer.
    Organisation(u32),
    /// A region of the gazetteer.
    Region(u32),
    /// A city of the gazetteer.
    City(u32),
    /// A people.
    Nationality(String),
    /// A name that the model alone knows.
    Named(EntityKind),
    /// Somebody by his office.
    Holder,
    /// People by what they do, with a sector.
    Group(Vec<String>),
    /// A plan or paper.
    Document,
    /// "The two leaders", "both countries".
    Pair(PairOf),
    /// He, she: `m`, `f`.
    Personal(char),
    /// Its.
    Neuter,
    /// They, their.
    Several,
    /// I, we, you.
    Voice(Voice),
    /// Somebody, some place or body by a common noun.
    Common(EntityKind),
}

/// Whom somebody who speaks means by a pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    I,
    We,
    You,
}

/// Whom a group of two consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PairOf {
    People,
    Lands,
}

/// As what a state's name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Guise {
    Land,
    Government,
    Place,
}

impl Found {
    /// The whole mention.
    pub fn span(&self, sentence: &Sentence) -> Span {
        sentence.tokens[self.from].span.cover(sentence.tokens[self.to].span)
    }

    /// The word that the rest depends on, where it belongs to the name or its title.
    pub fn core(&self, sentence: &Sentence) -> Span {
        let title = self.office.as_ref().map_or(self.first, |own| own.first.min(self.first));
        let near = (title..=self.last).contains(&self.core);
        sentence.tokens[if near { self.core } else { self.head }].span
    }

    /// The part that refers.
    pub fn name(&self, sentence: &Sentence) -> Span {
        sentence.tokens[self.first].span.cover(sentence.tokens[self.last].span)
    }
}
