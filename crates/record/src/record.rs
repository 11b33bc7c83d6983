use serde::{Deserialize, Serialize};

use crate::{Article, Attribution, Claim, Entity, Event, Evidence, Proposal, Published, Span, Timex};

/// Version of the record's form; raised when a field changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// All that one article yields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Record {
    /// [`SCHEMA_VERSION`] of the writer.
    pub schema: u32,
    /// The article, text included: every span points into it.
    pub article: Article,
    /// The publication date used, given or inferred.
    pub published: Published,
    /// Time expressions in the order of the text.
    pub times: Vec<Timex>,
    /// People, states, governments, places, organisations.
    pub entities: Vec<Entity>,
    /// Who says what.
    pub attributions: Vec<Attribution>,
    /// Quoted words whose speaker the article does not tell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unattributed_quotes: Vec<Span>,
    /// What happened, is planned, alleged, denied.
    pub events: Vec<Event>,
    /// Plans and their points.
    pub proposals: Vec<Proposal>,
    /// Background claims that can be checked.
    pub claims: Vec<Claim>,
    /// What the reader could not do, for people to read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Which reader, model and knowledge made it.
    pub versions: Versions,
}

/// What made a record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Versions {
    /// Version of the program.
    pub reader: String,
    /// Digest of the model's weights.
    pub model: String,
    /// Digest of the knowledge.
    pub knowledge: String,
}

/// A span that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Path of the field: `events[2].trigger`.
    pub field: String,
    /// The span.
    pub span: Span,
}

impl Record {
    /// A record that states nothing.
    #[must_use]
    pub fn empty(article: Article, published: Published, versions: Versions) -> Self {
        Self {
            schema: SCHEMA_VERSION,
            article,
            published,
            times: Vec::new(),
            entities: Vec::new(),
            attributions: Vec::new(),
            unattributed_quotes: Vec::new(),
            events: Vec::new(),
            proposals: Vec::new(),
            claims: Vec::new(),
            warnings: Vec::new(),
            versions,
        }
    }

    /// Every span of the record with the path of the field that holds it.
    #[must_use]
    pub fn spans(&self) -> Vec<(String, Span)> {
        let mut all = Spans::default();
        self.published.spans().for_each(|span| all.one("published", span));
        for (i, time) in self.times.iter().enumerate() {
            all.one(&format!("times[{i}].span"), time.span);
            all.evidence(&format!("times[{i}]"), &time.evidence);
        }
        self.entities.iter().enumerate().for_each(|(i, entity)| all.entity(i, entity));
        self.attributions.iter().enumerate().for_each(|(i, one)| all.attribution(i, one));
        all.many("unattributed_quotes", &self.unattributed_quotes);
        self.events.iter().enumerate().for_each(|(i, event)| all.event(i, event));
        self.proposals.iter().enumerate().for_each(|(i, proposal)| all.proposal(i, proposal));
        for (i, claim) in self.claims.iter().enumerate() {
            all.evidence(&format!("claims[{i}]"), &claim.evidence);
        }
        all.0
    }

    /// Spans that leave the text, cut a character or cover nothing; none in a sound record.
    ///
    /// ```
    /// # use legation_record::{Article, Published, Record, Span, Versions};
    /// let published = Published { date: None, inferred: false, candidates: vec![] };
    /// let mut record = Record::empty(Article::new("“Xi”"), published, Versions::default());
    /// record.unattributed_quotes.push(Span::new(1, 5)); // inside the three bytes of “
    /// assert_eq!(record.check()[0].field, "unattributed_quotes");
    /// ```
    #[must_use]
    pub fn check(&self) -> Vec<Flaw> {
        let holds = |span: Span| span.slice(&self.article.text).is_some_and(|text| !text.is_empty());
        let flawed = self.spans().into_iter().filter(|(_, span)| !holds(*span));
        flawed.map(|(field, span)| Flaw { field, span }).collect()
    }

    /// The entity with this id.
    #[must_use]
    pub fn entity(&self, id: &str) -> Option<&Entity> {
        self.entities.iter().find(|entity| entity.id == id)
    }
}

#[derive(Default)]
struct Spans(Vec<(String, Span)>);

impl Spans {
    fn one(&mut self, field: &str, span: Span) {
        self.0.push((field.to_owned(), span));
    }

    fn many(&mut self, field: &str, spans: &[Span]) {
        spans.iter().for_each(|span| self.one(field, *span));
    }

    /// Evidence without a span stands as an empty one, which does not hold.
    fn evidence(&mut self, owner: &str, evidence: &Evidence) {
        let field = format!("{owner}.evidence");
        match evidence.spans.as_slice() {
            [] => self.one(&field, Span::new(0, 0)),
            spans => self.many(&field, spans),
        }
    }

    fn entity(&mut self, i: usize, entity: &Entity) {
        for (m, mention) in entity.mentions.iter().enumerate() {
            let owner = format!("entities[{i}].mentions[{m}]");
            self.one(&owner, mention.span);
            self.one(&owner, mention.head);
            self.evidence(&owner, &mention.evidence);
        }
        for evidence in entity.offices.iter().filter_map(|office| office.evidence.as_ref()) {
            self.evidence(&format!("entities[{i}].offices"), evidence);
        }
    }

    fn attribution(&mut self, i: usize, attribution: &Attribution) {
        let owner = format!("attributions[{i}]");
        self.many(&format!("{owner}.source"), &attribution.source);
        self.many(&format!("{owner}.cue"), &attribution.cue);
        self.many(&format!("{owner}.content"), &attribution.content);
        self.evidence(&owner, &attribution.evidence);
    }

    fn event(&mut self, i: usize, event: &Event) {
        let owner = format!("events[{i}]");
        self.one(&format!("{owner}.trigger"), event.trigger);
        self.many(&format!("{owner}.told_again"), &event.told_again);
        self.evidence(&format!("{owner}.status"), &event.status_evidence);
        for participant in &event.participants {
            self.one(&format!("{owner}.participants"), participant.span);
            self.evidence(&format!("{owner}.participants"), &participant.evidence);
        }
        event.when.iter().for_each(|when| self.evidence(&format!("{owner}.when"), &when.evidence));
        event.place.iter().for_each(|it| self.evidence(&format!("{owner}.place"), &it.evidence));
        event.evidence.iter().for_each(|evidence| self.evidence(&owner, evidence));
    }

    fn proposal(&mut self, i: usize, proposal: &Proposal) {
        let owner = format!("proposals[{i}]");
        self.many(&format!("{owner}.mentions"), &proposal.mentions);
        proposal.sponsors_evidence.iter().for_each(|evidence| self.evidence(&owner, evidence));
        proposal.count_stated.iter().for_each(|(_, span)| self.one(&owner, *span));
        for point in &proposal.points {
            self.one(&format!("{owner}.points"), point.span);
            self.evidence(&format!("{owner}.points"), &point.evidence);
        }
        for omission in &proposal.omits {
            self.one(&format!("{owner}.omits"), omission.span);
            self.evidence(&format!("{owner}.omits"), &omission.evidence);
        }
        self.evidence(&owner, &proposal.evidence);
    }
}
