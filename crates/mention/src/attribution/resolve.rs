//! Drafts to attributions: ids, entities, times, form.

use legation_record::{Attribution, Evidence, QuoteForm, Span};

use super::{draft::Draft, nest::Nesting, quote::Quote};
use crate::{entity::EntityLayer, time::TimeLayer};

/// Entities by the heads of their mentions, and times by place.
pub(super) struct Resolver<'a> {
    heads: Vec<(Span, usize, &'a str)>,
    entities: &'a EntityLayer,
    times: &'a TimeLayer,
    quotes: &'a [Quote],
    text: &'a str,
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
        Self { heads, entities, times, quotes, text }
    }

    /// The attributions in the order of the nesting.
    pub fn attributions(&self, drafts: &[Draft], nesting: &Nesting) -> Vec<Attribution> {
        let mut ids = vec![None; drafts.len()];
        for (number, (index, _)) in nesting.order.iter().enumerate() {
            ids[*index] = Some(format!("a{}", number + 1));
        }
        let build = |(index, level): &(usize, u8)| {
            let draft = drafts.get(*index)?;
            let parent = nesting.parent[*index].and_then(|parent| ids[parent].clone());
            self.attribution(ids[*index].clone()?, parent, *level, draft)
        };
        nesting.order.iter().filter_map(build).collect()
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

    /// The time of saying: nearest to the cue in its sentence, outside content and source.
    fn time(&self, draft: &Draft) -> Option<String> {
        let times = &self.times.times;
        let from = times.partition_point(|time| time.span.start < draft.sentence.start);
        let here = times[from..].iter().take_while(|time| time.span.end <= draft.sentence.end).take(16);
        let inside = |time: Span| draft.content.iter().chain(&draft.source).any(|span| span.overlaps(time));
        let free = here.filter(|time| !inside(time.span));
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
