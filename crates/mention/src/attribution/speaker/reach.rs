//! How far a content reaches: to the ends of its quotes, and not over what is said of the saying.

use legation_record::Span;
use legation_text::Upos;

use super::{NEAR, Speakers, bare_end, clip, merge};
use crate::attribution::draft::Draft;

impl Speakers<'_> {
    /// Makes a content that begins or ends within a quote reach the quote's ends.
    pub(super) fn widen(&mut self, index: usize, draft: &mut Draft) {
        let cue = draft.cue_cover();
        if let Some(quote) = self.quote_around(draft.cue_head) {
            clip(&mut draft.content, quote.inner);
        }
        self.leave_to_nearer(draft, cue);
        for span in &mut draft.content {
            let first = self.quotes.partition_point(|quote| quote.span.end <= span.start);
            let touched: Vec<usize> =
                (first..self.quotes.len()).take_while(|at| self.quotes[*at].span.start < span.end).collect();
            for at in touched {
                let quote = self.quotes[at];
                if !quote.span.overlaps(cue) {
                    *span = span.cover(quote.span);
                    if draft.quotes && self.owner[at].is_none() {
                        self.owner[at] = Some(index);
                    }
                }
            }
        }
        merge(&mut draft.content);
        self.drop_tail(draft);
    }

    /// Takes from a content the quotes that a nearer cue brings.
    fn leave_to_nearer(&self, draft: &mut Draft, cue: Span) {
        if draft.content.len() < 2 {
            return;
        }
        let first = self.quotes.partition_point(|quote| quote.span.end <= cue.end);
        let others: Vec<Span> = (first..self.quotes.len())
            .take_while(|at| self.quotes[*at].span.start < draft.sentence.end)
            .filter(|at| self.quotes[*at].closed && self.has_nearer_cue(*at, draft))
            .map(|at| self.quotes[at].span)
            .collect();
        let another = |span: &Span| span.start >= cue.end && others.iter().any(|quote| span.overlaps(*quote));
        draft.content.retain(|span| !another(span));
    }

    /// “…,” he said after the vote: what follows the cue of whole quoted words is said of the saying.
    fn drop_tail(&self, draft: &mut Draft) {
        let cue = draft.cue_cover();
        for span in &mut draft.content {
            self.cut_after_quote(span, cue);
        }
        let [first, rest @ ..] = &draft.content[..] else { return };
        let whole =
            first.end <= cue.start && self.quotes.binary_search_by_key(first, |quote| quote.span).is_ok();
        let quoted = |span: &Span| {
            let next = self.quotes.partition_point(|quote| quote.span.end <= span.start);
            self.quotes.get(next).is_some_and(|quote| quote.span.overlaps(*span))
        };
        if whole
            && draft.quotes
            && !rest.is_empty()
            && rest.iter().all(|span| span.start >= cue.end && !quoted(span))
        {
            draft.content.truncate(1);
        }
    }

    /// He wrote “…,” and left: a comma at the quote's end, and then a verb without anybody of its own, or a relative pronoun.
    fn cut_after_quote(&self, span: &mut Span, cue: Span) {
        let first = self.quotes.partition_point(|quote| quote.span.start < span.start);
        let Some(quote) =
            self.quotes.get(first).filter(|quote| quote.span.start == span.start && span.start >= cue.end)
        else {
            return;
        };
        let comma = quote.closed && bare_end(quote.inner.slice(self.text).unwrap_or_default()).ends_with(',');
        let rest = Span::new(quote.span.end, span.end);
        if comma && rest.start < rest.end && self.goes_on_without_subject(rest) {
            *span = quote.span;
        }
    }

    fn goes_on_without_subject(&self, rest: Span) -> bool {
        let Some(tree) = self.tree_at(rest.start + 1) else { return false };
        let first = tree.sentence.tokens.partition_point(|token| token.span.start < rest.start);
        let mut words = (first..tree.len()).filter(|word| !tree.is_punct(*word));
        let Some(start) = words.next() else { return false };
        let next = if tree.token(start).is_rel("cc") { words.next() } else { Some(start) };
        next.is_some_and(|word| {
            let token = tree.token(word);
            let verb = token.upos == Upos::Verb && word != start && &*token.xpos != "VB";
            verb || (word == start && token.feat("PronType") == Some("Rel"))
        })
    }

    /// Whether a cue that is not this draft's stands right before a quote: "she sang before asking her, “…”".
    fn has_nearer_cue(&self, at: usize, draft: &Draft) -> bool {
        let quote = self.quotes[at].span;
        if !draft.sentence.contains(quote) {
            return false;
        }
        let Some(tree) = self.tree_at(quote.end) else { return false };
        let first = tree.sentence.tokens.partition_point(|token| token.span.start < quote.start);
        let mut lead = (0..first).rev();
        if !lead.next().is_some_and(|mark| matches!(&*tree.form(mark), "," | ":")) {
            return false;
        }
        let named = |word: &usize| matches!(tree.token(*word).upos, Upos::Pron | Upos::Propn);
        let cue = lead.find(|word| !named(word)).filter(|word| first - word < NEAR);
        cue.is_some_and(|cue| {
            tree.token(cue).upos == Upos::Verb
                && tree.token(cue).span.start > draft.cue_head.end
                && self.cues.quoting(&tree, cue).is_some()
        })
    }
}
