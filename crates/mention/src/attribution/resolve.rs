//! Drafts to attributions: ids, entities, times, form.

use legation_record::{Attribution, EntityKind, Evidence, QuoteForm, Span};

use super::{draft::Draft, nest::Nesting, quote::Quote};
use crate::{entity::EntityLayer, time::TimeLayer};

/// Entities by the heads of their mentions, and times by place.
pub(super) struct Resolver<'a> {
    heads: Vec<(Span, usize, &'a str)>,
    entities: &'a EntityLayer,
    times: &'a TimeLayer,
    quotes: &'a [Quote],
    text: &'a str,
    /// The words that attribute, in order.
    cues: Vec<Span>,
}

impl<'a> Resolver<'a> {
    pub fn new(text: &'a str, entities: &'a EntityLayer, times: &'a TimeLayer, quotes: &'a [Quote]) -> Self {
        let mentions = entities
            .entities
            .iter()
            .flat_map(|entity| entity.mentions.iter().map(move |mention| (entity, mention)));
        let mut heads: Vec<_> = mentions
            .map(|(entity, mention)| (mention.head, mention.span.len(), entity.id.as_str()))
            .collect();
        heads.sort_unstable();
        Self { heads, entities, times, quotes, text, cues: Vec::new() }
    }

    /// The attributions in the order of the nesting.
    pub fn attributions(mut self, drafts: &[Draft], nesting: &Nesting) -> Vec<Attribution> {
        self.cues = drafts.iter().map(|draft| draft.cue_head).collect();
        self.cues.sort_unstable();
        let mut ids = vec![None; drafts.len()];
        for (number, (index, _)) in nesting.order.iter().enumerate() {
            ids[*index] = Some(format!("a{}", number + 1));
        }
        let build = |(index, level): &(usize, u8)| {
            let draft = drafts.get(*index)?;
            let parent = nesting.parent[*index].and_then(|parent| ids[parent].clone());
            self.attribution(ids[*index].clone()?, parent, *level, draft)
        };
        let mut all: Vec<Attribution> = nesting.order.iter().filter_map(build).collect();
        self.carry_on(&mut all);
        all
    }

    /// Gives "it" the source of the attribution before, if that is no person: "The plan calls for … It
    /// makes no mention of …".
    fn carry_on(&self, all: &mut [Attribution]) {
        let mut last: Option<Vec<String>> = None;
        for one in all.iter_mut().filter(|one| one.level == 0) {
            let pronoun = matches!(&*one.source, [span] if self.is_it(*span));
            if pronoun && one.source_entities.is_empty() {
                one.source_entities = last.clone().unwrap_or_default();
            }
            let things = one.source_entities.iter().all(|id| !self.is_person(id));
            last = Some(one.source_entities.clone()).filter(|ids| ids.len() == 1 && things);
        }
    }

    fn is_it(&self, span: Span) -> bool {
        span.slice(self.text).is_some_and(|words| words.eq_ignore_ascii_case("it"))
    }

    fn is_person(&self, id: &str) -> bool {
        let entity = self.entities.entities.iter().find(|entity| entity.id == id);
        entity.is_some_and(|entity| entity.kind == EntityKind::Person)
    }

    fn attribution(
        &self,
        id: String,
        parent: Option<String>,
        level: u8,
        draft: &Draft,
    ) -> Option<Attribution> {
        let spans = [&draft.source, &draft.cue, &draft.content].into_iter().flatten().copied().collect();
        let all = |spans: &[Span]| -> Vec<String> {
            let mut found: Vec<String> = Vec::new();
            for id in spans.iter().flat_map(|span| self.entities_at(*span)) {
                if !found.contains(&id) {
                    found.push(id);
                }
            }
            found
        };
        Some(Attribution {
            id,
            parent,
            level,
            source: draft.source.clone(),
            cue: draft.cue.clone(),
            content: draft.content.clone(),
            form: self.form(draft),
            act: draft.act.clone(),
            polarity: draft.polarity,
            modality: draft.modality,
            source_entities: all(&draft.heads),
            addressees: all(&draft.addressees),
            targets: all(&draft.targets),
            time: self.time(draft),
            place: self.place(draft),
            doubtful: draft.doubtful,
            evidence: Evidence::of(spans, &draft.rule)?,
        })
    }

    /// The entity whose mention is headed by these words.
    fn entities_at(&self, head: Span) -> Option<String> {
        let from = self.heads.partition_point(|(other, ..)| other.end <= head.start);
        let near = self.heads[from..].iter().take_while(|(other, ..)| other.start < head.end).take(16);
        let found = near.filter(|(other, ..)| other.overlaps(head)).min_by_key(|(_, length, _)| *length);
        found.map(|(_, _, id)| (*id).to_owned()).or_else(|| self.whole(head))
    }

    /// Rarely needed: a head inside a name whose own head is another word.
    fn whole(&self, head: Span) -> Option<String> {
        if self.entities.entities.len() > 2_000 {
            return None;
        }
        self.entities.at(head).map(|entity| entity.id.clone())
    }

    /// The first place among what stands where one is told.
    fn place(&self, draft: &Draft) -> Option<String> {
        use EntityKind::{Facility, Place, State};
        let inside = |span: &Span| draft.content.iter().any(|content| content.overlaps(*span));
        let heads = draft.places.iter().filter(|span| !inside(span)).take(8);
        let mut found = heads.filter_map(|head| self.entities.headed_at(head.start));
        found.find(|entity| matches!(entity.kind, Place | State | Facility)).map(|entity| entity.id.clone())
    }

    /// The time of saying: nearest to the cue in its sentence, outside content and source.
    fn time(&self, draft: &Draft) -> Option<String> {
        let times = &self.times.times;
        let from = times.partition_point(|time| time.span.start < draft.sentence.start);
        let here = times[from..].iter().take_while(|time| time.span.end <= draft.sentence.end).take(16);
        let inside = |time: Span| draft.content.iter().chain(&draft.source).any(|span| span.overlaps(time));
        let own = |time: Span| {
            let between = Span::new(draft.cue_head.end.min(time.end), draft.cue_head.start.max(time.start));
            let from = self.cues.partition_point(|cue| cue.start < between.start);
            self.cues[from..].first().is_none_or(|cue| cue.end > between.end || *cue == draft.cue_head)
        };
        let free = here.filter(|time| !inside(time.span) && own(time.span));
        free.min_by_key(|time| time.span.start.abs_diff(draft.cue_head.end)).map(|time| time.id.clone())
    }

    fn form(&self, draft: &Draft) -> QuoteForm {
        let (mut quoted, mut bare) = (false, false);
        for span in &draft.content {
            let first = self.quotes.partition_point(|quote| quote.span.end <= span.start);
            let mut at = span.start;
            for quote in self.quotes[first..].iter().take_while(|quote| quote.span.start < span.end) {
                quoted = true;
                bare |= self.has_words(at, quote.span.start);
                at = quote.span.end;
            }
            bare |= self.has_words(at, span.end);
        }
        match (quoted, bare) {
            (true, false) => QuoteForm::Direct,
            (true, true) => QuoteForm::Mixed,
            (false, _) => QuoteForm::Indirect,
        }
    }

    fn has_words(&self, from: usize, to: usize) -> bool {
        self.text.get(from..to).is_some_and(|words| words.chars().any(char::is_alphanumeric))
    }
}
