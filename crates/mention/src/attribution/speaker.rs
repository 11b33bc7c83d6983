//! Gives quoted words to those who say them.

mod reach;

use legation_record::{Act, Modality, Polarity, Span};
use legation_text::{BlockKind, Parse, Upos};

use super::{
    cue::Cues,
    draft::Draft,
    quote::{Quote, paragraphs, quotes},
    source,
    tree::Tree,
};

/// Characters that may stand between a quote and its cue.
const FAR: usize = 120;
/// Words of a cue clause after a quote: "he said on Monday".
const FEW_WORDS: usize = 12;
/// Words between a cue and the quote that it brings: "asking Ms. Smith, “…”".
const NEAR: usize = 5;
/// Words of a name and its offices before a colon.
const MOST_LABEL: usize = 16;
/// Quotes of one article that speakers are sought for: more is no article.
const MOST_QUOTES: usize = 20_000;

/// The quotes of an article and the drafts they belong to.
pub(super) struct Speakers<'a> {
    text: &'a str,
    parse: &'a Parse,
    cues: &'a Cues,
    pub paragraphs: Vec<Span>,
    pub quotes: Vec<Quote>,
    /// Index of the draft that each quote belongs to.
    owner: Vec<Option<usize>>,
}

impl<'a> Speakers<'a> {
    pub fn new(text: &'a str, parse: &'a Parse, cues: &'a Cues) -> Self {
        let paragraphs = paragraphs(text);
        let mut quotes = quotes(text, &paragraphs);
        quotes.truncate(MOST_QUOTES);
        let owner = vec![None; quotes.len()];
        Self { text, parse, cues, paragraphs, quotes, owner }
    }

    /// Widens contents to whole quotes, adds what speakers say in other sentences, and gives back the
    /// quoted words that nobody is told to say.
    pub fn assign(mut self, drafts: &mut Vec<Draft>) -> Vec<Span> {
        for (index, draft) in drafts.iter_mut().enumerate() {
            self.widen(index, draft);
        }
        for index in 0..self.quotes.len() {
            if self.owner[index].is_none() {
                let utterance = self.quotes[index].is_utterance(self.text);
                let told = if utterance { self.speaker_of(index, drafts) } else { None };
                self.owner[index] = told.or_else(|| self.tagged(index, drafts));
            }
        }
        self.lead_in(drafts);
        self.unattributed(drafts)
    }

    /// Gives quotes that their paragraph does not close to the speaker of the next paragraph's quote.
    fn lead_in(&mut self, drafts: &mut [Draft]) {
        for at in (1..self.quotes.len()).rev() {
            let (open, next) = (self.quotes[at - 1], self.quotes[at]);
            let goes_on = !open.closed
                && open.paragraph + 1 == next.paragraph
                && next.span.start == self.paragraphs[next.paragraph].start;
            if goes_on && self.owner[at - 1].is_none() {
                self.owner[at - 1] = self.owner[at].map(|owner| self.give(at - 1, owner, drafts));
            }
        }
    }

    fn speaker_of(&self, quote: usize, drafts: &mut Vec<Draft>) -> Option<usize> {
        let beside = self.signed(quote, drafts).or_else(|| self.cue_beside(quote, drafts));
        let carried = beside.or_else(|| self.carried(quote, drafts));
        carried.or_else(|| self.neighbour(quote, drafts)).or_else(|| self.continued(quote, drafts))
    }

    /// The name after a dash that ends the quote's paragraph: "…" — Jane Doe.
    fn signed(&self, at: usize, drafts: &mut Vec<Draft>) -> Option<usize> {
        let quote = self.quotes[at];
        let rest = Span::new(quote.span.end, self.paragraphs[quote.paragraph].end);
        let words = rest.slice(self.text)?;
        let dash = words.trim_start();
        let mark = dash.chars().next().filter(|c| "—–―-".contains(*c))?;
        let name = dash.trim_start_matches(|c: char| c.is_whitespace() || "—–―-".contains(c));
        if name.len() > FAR || !name.starts_with(char::is_uppercase) {
            return None;
        }
        let start = rest.end - name.len();
        let dash = rest.end - dash.len();
        let name = Span::new(start, start + name.trim_end_matches('.').len());
        drafts.push(labelled(
            name,
            Span::new(dash, dash + mark.len_utf8()),
            quote.span,
            "attribution/quote-signed",
        ));
        Some(drafts.len() - 1)
    }

    /// The tree of the first sentence that reaches a byte.
    fn tree_at(&self, byte: usize) -> Option<Tree<'a>> {
        let index = self.parse.sentences.partition_point(|sentence| sentence.span.end < byte);
        self.parse.sentences.get(index).and_then(|sentence| Tree::new(self.text, sentence))
    }

    /// The quote in which a word stands.
    fn quote_around(&self, word: Span) -> Option<Quote> {
        let at = self.quotes.partition_point(|quote| quote.inner.end < word.end);
        self.quotes.get(at).copied().filter(|quote| quote.inner.contains(word) && quote.closed)
    }

    /// A cue in the quote's paragraph, right before or right after it.
    fn cue_beside(&self, at: usize, drafts: &mut Vec<Draft>) -> Option<usize> {
        let quote = self.quotes[at];
        let paragraph = self.paragraphs[quote.paragraph];
        let after = Span::new(quote.span.end, floor(self.text, (quote.span.end + FAR).min(paragraph.end)));
        let before = Span::new(
            floor(self.text, quote.span.start.saturating_sub(FAR).max(paragraph.start)),
            quote.span.start,
        );
        let ends_open = quote
            .inner
            .slice(self.text)
            .is_some_and(|words| bare_end(words).ends_with([',', '?', '!', '—', '-', '…']));
        if (ends_open || !self.starts_sentence(after))
            && let Some(found) = self.cue_in(after, drafts, false)
        {
            return Some(self.give(at, found, drafts));
        }
        let lead = before.slice(self.text).unwrap_or_default().trim_end();
        if (lead.ends_with([':', ',']) || self.ends_in_cue(lead, before))
            && let Some(found) = self.cue_in(before, drafts, true)
        {
            return Some(self.give(at, found, drafts));
        }
        let colon = lead.ends_with(':').then(|| before.start + lead.len());
        self.label_before(at, colon?, drafts).or_else(|| self.after_colon(at, colon?, drafts))
    }

    /// A verb that is no cue, or stands after a single word, right beside its subject and right after a quote that a comma
    /// keeps open: “…,” he went on. “Quiet,” she demanded.
    fn tagged(&self, at: usize, drafts: &mut Vec<Draft>) -> Option<usize> {
        let quote = self.quotes[at];
        let words = bare_end(quote.inner.slice(self.text)?);
        let open = words.ends_with(',')
            || words.ends_with(['?', '!'])
                && !self.starts_sentence(Span::new(quote.span.end, self.text.len()));
        if !quote.closed || !open {
            return None;
        }
        let tree = self.tree_at(quote.span.end + 1)?;
        let first = tree.sentence.tokens.partition_point(|token| token.span.start < quote.span.end);
        let verb = (first..tree.len()).take(FEW_WORDS).find(|word| tree.token(*word).upos == Upos::Verb)?;
        let subject =
            tree.child(verb, "nsubj").or_else(|| tree.child(verb, "obj").filter(|_| verb == first))?;
        let right_after = if subject < verb {
            tree.below(subject, &[]).into_iter().min() == Some(first)
        } else {
            verb == first && subject - verb < NEAR
        };
        if subject < first || !right_after {
            return None;
        }
        let mut draft =
            labelled(tree.token(subject).span, tree.token(verb).span, quote.span, "attribution/quote-tagged");
        draft.source = source::extent(&tree, subject, &[], &[verb]);
        draft.sentence = tree.sentence.span;
        draft.quotes = true;
        drafts.push(draft);
        Some(drafts.len() - 1)
    }

    /// Whether the last word before a quote is a cue that introduces quoted words: they shouted “Enough!”
    fn ends_in_cue(&self, lead: &str, before: Span) -> bool {
        let end = before.start + lead.len();
        self.tree_at(end).is_some_and(|tree| {
            let last = tree.sentence.tokens.partition_point(|token| token.span.end < end);
            last < tree.len() && tree.token(last).span.end == end && self.cues.quoting(&tree, last).is_some()
        })
    }

    /// A sentence that a colon ends before the quote, without a verb of saying: "The mayor was clear: “…”".
    fn after_colon(&self, at: usize, end: usize, drafts: &mut Vec<Draft>) -> Option<usize> {
        let quote = self.quotes[at];
        if !quote.is_utterance(self.text) || drafts.iter().any(|draft| draft.content.contains(&quote.span)) {
            return None;
        }
        let sentences = &self.parse.sentences;
        let index = sentences.partition_point(|sentence| sentence.span.end < end);
        let tree = Tree::new(self.text, sentences.get(index)?)?;
        let colon = (0..tree.len()).find(|word| tree.token(*word).span.end == end)?;
        let root = (0..colon).find(|word| tree.token(*word).head.is_none())?;
        let head = source::speaker(&tree, root).filter(|head| *head < root)?;
        let first = (head + 1..=root).find(|word| !tree.is_below(*word, head))?;
        let cue = tree.token(first).span.cover(tree.token(colon).span);
        let source = source::extent(&tree, head, &[], &(first..=colon).collect::<Vec<_>>());
        let mut draft =
            labelled(tree.token(head).span, cue, self.quotes[at].span, "attribution/quote-after-colon");
        draft.source = source;
        draft.cue_head = tree.token(root).span;
        draft.sentence = tree.sentence.span;
        drafts.push(draft);
        Some(drafts.len() - 1)
    }

    /// A name and a colon before a quote, without a verb: Jane Doe, the mayor: “…”.
    fn label_before(&self, at: usize, end: usize, drafts: &mut Vec<Draft>) -> Option<usize> {
        let sentences = &self.parse.sentences;
        let index = sentences.partition_point(|sentence| sentence.span.end < end);
        let sentence = sentences.get(index)?;
        let words: Vec<_> = sentence.tokens.iter().take_while(|token| token.span.end < end).collect();
        let (first, last) = (words.first()?, words.last()?);
        let named = words.iter().any(|token| token.upos == Upos::Propn);
        let verbless = !words.iter().any(|token| matches!(token.upos, Upos::Verb | Upos::Aux));
        let begins = matches!(first.upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::Det);
        if words.len() > MOST_LABEL || !named || !verbless || !begins {
            return None;
        }
        let name = first.span.cover(last.span);
        let draft =
            labelled(name, Span::new(end - 1, end), self.quotes[at].span, "attribution/quote-labelled");
        drafts.push(draft);
        Some(drafts.len() - 1)
    }

    /// Whether the words after a quote begin a new sentence.
    fn starts_sentence(&self, after: Span) -> bool {
        let words = after.slice(self.text).unwrap_or_default().trim_start();
        words.starts_with(|c: char| c.is_uppercase() || c == '“' || c == '"')
    }

    /// The nearest cue that introduces quotes within a stretch, as a draft: there already, or new. Stops
    /// at the next quote and at a sentence's end.
    fn cue_in(&self, stretch: Span, drafts: &mut Vec<Draft>, last: bool) -> Option<usize> {
        let words = stretch.slice(self.text).unwrap_or_default();
        let line = words.find('\n').map(|at| stretch.start + at);
        // A nickname in quotation marks does not end the words that follow a quote.
        let first = self.quotes.partition_point(|quote| quote.span.start < stretch.start);
        let mut within = self.quotes[first..].iter().take_while(|quote| quote.span.start < stretch.end);
        let next = within.find(|quote| quote.is_utterance(self.text)).map(|quote| quote.span.start);
        let stop = if last { None } else { line.into_iter().chain(next).min() };
        let start = if last {
            words.rfind(['”', '"', '\n']).map_or(stretch.start, |at| stretch.start + at)
        } else {
            stretch.start
        };
        let stretch = Span::new(start, stop.unwrap_or(stretch.end));
        let mut found = None;
        let first = self.parse.sentences.partition_point(|sentence| sentence.span.end <= stretch.start);
        for (index, sentence) in self.parse.sentences.iter().enumerate().skip(first) {
            if sentence.span.start >= stretch.end {
                break;
            }
            let Some(tree) = Tree::new(self.text, sentence) else { continue };
            for at in 0..tree.len() {
                let token = tree.token(at);
                if stretch.contains(token.span) && self.cues.quoting(&tree, at).is_some() {
                    found = Some((index, at));
                    if !last {
                        return self.draft_at(index, at, drafts);
                    }
                }
            }
            if !last {
                break;
            }
        }
        found.and_then(|(sentence, at)| self.draft_at(sentence, at, drafts))
    }

    /// The draft of a cue, made where the tree showed none.
    fn draft_at(&self, sentence: usize, at: usize, drafts: &mut Vec<Draft>) -> Option<usize> {
        let tree = Tree::new(self.text, &self.parse.sentences[sentence])?;
        let span = tree.token(at).span;
        if let Some(index) = drafts.iter().rposition(|draft| draft.cue_head == span) {
            return Some(index);
        }
        let draft = self.bare(&tree, at)?;
        drafts.push(draft);
        Some(drafts.len() - 1)
    }

    /// A draft without content.
    fn bare(&self, tree: &Tree, at: usize) -> Option<Draft> {
        let token = tree.token(at);
        let cue = self.cues.quoting(tree, at)?;
        let head = source::speaker(tree, at);
        Some(Draft {
            source: head.map(|head| source::extent(tree, head, &[], &[at])).unwrap_or_default(),
            heads: head.map(|head| tree.token(head).span).into_iter().collect(),
            cue: vec![token.span],
            cue_head: token.span,
            content: Vec::new(),
            act: cue.act.clone(),
            polarity: cue.polarity,
            modality: Modality::Asserted,
            addressees: Vec::new(),
            places: Vec::new(),
            targets: Vec::new(),
            sentence: tree.sentence.span,
            quotes: true,
            doubtful: head.is_none(),
            inner_only: false,
            rule: "attribution/quote-beside-cue".to_owned(),
        })
    }

    fn give(&self, quote: usize, draft: usize, drafts: &mut [Draft]) -> usize {
        if let Some(draft) = drafts.get_mut(draft) {
            draft.content.push(self.quotes[quote].span);
            merge(&mut draft.content);
        }
        draft
    }

    /// The speaker of another quote of the paragraph: the one before, else the one after.
    fn neighbour(&self, at: usize, drafts: &mut [Draft]) -> Option<usize> {
        let quote = self.quotes[at];
        let paragraph = quote.paragraph;
        let same = |other: &usize| self.quotes[*other].paragraph == paragraph;
        let begins = self.begins_sentence(at);
        let near = |owner: &usize| begins || drafts[*owner].sentence.contains(quote.span);
        let before = (0..at).rev().take_while(same).find_map(|other| self.owner[other]);
        let before = before.filter(|owner| !self.another_clause(at, &drafts[*owner]));
        let after =
            || (at + 1..self.quotes.len()).take_while(same).take(3).find_map(|other| self.owner[other]);
        let owner = before.or_else(after).filter(near)?;
        Some(self.give(at, owner, drafts))
    }

    /// Whether no words of its sentence stand before a quote.
    fn begins_sentence(&self, at: usize) -> bool {
        let quote = self.quotes[at];
        let before = Span::new(self.paragraphs[quote.paragraph].start, quote.span.start).slice(self.text);
        let before = before.unwrap_or_default().trim_end();
        before.is_empty() || bare_end(before).ends_with(['.', '!', '?', '…', ',', '—', '–', '-'])
    }

    /// Whether a verb with a subject of its own stands between the cue and a quote of the same sentence: "she said, but he
    /// went on about “…”".
    fn another_clause(&self, at: usize, draft: &Draft) -> bool {
        let quote = self.quotes[at].span;
        if !draft.sentence.contains(quote) || quote.start < draft.cue_head.end {
            return false;
        }
        let Some(tree) = self.tree_at(quote.end) else { return false };
        let between = Span::new(draft.cue_head.end, quote.start);
        (0..tree.len()).any(|word| {
            let token = tree.token(word);
            let told =
                |rel| tree.child(word, rel).is_some_and(|subject| between.contains(tree.token(subject).span));
            token.upos == Upos::Verb && between.contains(token.span) && (told("nsubj") || told("nsubj:pass"))
        })
    }

    /// The speaker from the paragraph before: its quote was not closed, or it ends in a colon.
    fn carried(&self, at: usize, drafts: &mut Vec<Draft>) -> Option<usize> {
        let quote = self.quotes[at];
        let paragraph = self.paragraphs[quote.paragraph];
        let previous = self.paragraphs[quote.paragraph.checked_sub(1)?];
        if quote.span.start != paragraph.start {
            return None;
        }
        let open = at.checked_sub(1).filter(|other| {
            !self.quotes[*other].closed && self.quotes[*other].paragraph + 1 == quote.paragraph
        });
        if let Some(owner) = open.and_then(|other| self.owner[other]) {
            return Some(self.give(at, owner, drafts));
        }
        let words = previous.slice(self.text).unwrap_or_default();
        if words.trim_end().ends_with(':') {
            let from = floor(self.text, previous.end.saturating_sub(2 * FAR).max(previous.start));
            if let Some(found) = self.cue_in(Span::new(from, previous.end), drafts, true) {
                return Some(self.give(at, found, drafts));
            }
            return self.after_colon(at, previous.end, drafts);
        }
        None
    }

    /// The speaker of the paragraph before, where this one holds nothing but a quote and that one ends in
    /// the words of the same speaker or in the cue after them.
    fn continued(&self, at: usize, drafts: &mut [Draft]) -> Option<usize> {
        let quote = self.quotes[at];
        let paragraph = self.paragraphs[quote.paragraph];
        let alone = Span::new(quote.span.end, paragraph.end);
        if quote.span.start != paragraph.start || has_words(self.text, alone) {
            return None;
        }
        let before = at.checked_sub(1)?;
        let owner = self.owner[before].filter(|_| self.quotes[before].paragraph + 1 == quote.paragraph)?;
        let previous = self.paragraphs[self.quotes[before].paragraph];
        let tail = Span::new(self.quotes[before].span.end, previous.end);
        let draft = drafts.get(owner)?;
        let short = tail.slice(self.text).is_some_and(|words| words.split_whitespace().count() < FEW_WORDS);
        let spoken = !has_words(self.text, tail) || short && tail.contains(draft.cue_head);
        spoken.then(|| self.give(at, owner, drafts))
    }

    /// Quotes that lie in no content.
    fn unattributed(&self, drafts: &[Draft]) -> Vec<Span> {
        let mut contents: Vec<Span> = drafts.iter().flat_map(|draft| draft.content.iter().copied()).collect();
        contents.sort_unstable();
        let mut reach = 0;
        let mut next = 0;
        let mut loose = Vec::new();
        for quote in &self.quotes {
            while contents.get(next).is_some_and(|content| content.start <= quote.inner.start) {
                reach = reach.max(contents[next].end);
                next += 1;
            }
            if reach < quote.inner.end {
                loose.push(quote.span);
            }
        }
        loose
    }
}

/// What is told within words that nobody is told to say counts only inside what somebody says. A quotation
/// that its paragraph does not close must go on in the next, or its mark is a stray one.
pub(super) fn silence(drafts: &mut [Draft], quotes: &[Quote], unattributed: &[Span]) {
    for draft in drafts {
        let at = quotes.partition_point(|quote| quote.span.end < draft.cue_head.end);
        let Some(quote) = quotes.get(at).filter(|quote| quote.span.contains(draft.cue_head)) else {
            continue;
        };
        let next = quotes.get(at + 1).map(|next| next.paragraph);
        let whole = quote.closed || next == Some(quote.paragraph + 1);
        draft.inner_only |= whole && unattributed.binary_search(&quote.span).is_ok();
    }
}

/// The items of lists that a cue before a colon introduces: "calls for:".
pub(super) fn lists(text: &str, parse: &Parse, cues: &Cues, drafts: &mut Vec<Draft>, speakers: &Speakers) {
    for sentence in &parse.sentences {
        if !sentence.span.slice(text).is_some_and(|words| words.ends_with(':')) {
            continue;
        }
        let items = parse
            .blocks
            .iter()
            .skip(sentence.block + 1)
            .take_while(|block| block.kind == BlockKind::ListItem);
        let content: Vec<Span> = items.filter_map(|block| without_stop(text, block.span)).collect();
        let Some(tree) = Tree::new(text, sentence).filter(|_| !content.is_empty()) else { continue };
        let cue = (0..tree.len()).rev().find(|at| !cues.of(tree.token(*at), text).is_empty());
        if let Some(mut draft) = cue.and_then(|at| speakers.list_cue(&tree, at)) {
            drafts.retain(|other| other.cue_head != draft.cue_head);
            draft.content = content;
            drafts.push(draft);
        }
    }
}

impl Speakers<'_> {
    fn list_cue(&self, tree: &Tree, at: usize) -> Option<Draft> {
        let token = tree.token(at);
        let cue = self.cues.of(token, self.text).first()?;
        let head = source::speaker(tree, at)?;
        let last = tree.token(tree.len() - 1).span;
        let tail = tree.token(at).span.cover(last);
        let near = tree.len() - at <= 4;
        Some(Draft {
            source: source::extent(tree, head, &[], &[at]),
            heads: vec![tree.token(head).span],
            cue: vec![if near { tail } else { token.span }],
            cue_head: token.span,
            content: Vec::new(),
            act: cue.act.clone(),
            polarity: cue.polarity,
            modality: Modality::Asserted,
            addressees: Vec::new(),
            places: Vec::new(),
            targets: Vec::new(),
            sentence: tree.sentence.span,
            quotes: true,
            doubtful: false,
            inner_only: false,
            rule: "attribution/list-after-colon".to_owned(),
        })
    }
}

/// A draft of words beside a name, with a mark for a cue.
pub(super) fn labelled(name: Span, mark: Span, content: Span, rule: &str) -> Draft {
    Draft {
        source: vec![name],
        heads: vec![name],
        cue: vec![mark],
        cue_head: mark,
        content: vec![content],
        act: Act("say".to_owned()),
        polarity: Polarity::Positive,
        modality: Modality::Asserted,
        addressees: Vec::new(),
        places: Vec::new(),
        targets: Vec::new(),
        sentence: name.cover(content),
        quotes: false,
        doubtful: false,
        inner_only: false,
        rule: rule.to_owned(),
    }
}

/// What a headline reports: "Minister: talks will go on".
pub(super) fn headline(text: &str, first: Span) -> Option<Draft> {
    let words = first.slice(text)?;
    let (name, rest) = words.split_once(": ")?;
    let few = |part: &str, most: usize| part.split_whitespace().take(most + 1).count() <= most;
    if words.len() > 220
        || !few(name, 5)
        || few(rest, 2)
        || !name.starts_with(char::is_uppercase)
        || name.contains(['“', '"'])
    {
        return None;
    }
    let colon = first.start + name.len();
    let said = rest.trim_end_matches('.');
    let start = colon + 2 + (rest.len() - rest.trim_start().len());
    let content = Span::new(start, colon + 2 + said.len());
    Some(labelled(
        Span::new(first.start, colon),
        Span::new(colon, colon + 1),
        content,
        "attribution/headline-colon",
    ))
}

/// Keeps what is read in a headline on its side of the colon.
///
/// `false` where what stands before the colon is told to say it.
pub(super) fn under_headline(drafts: &mut [Draft], told: &Draft) -> bool {
    let says = |draft: &Draft| draft.quotes && told.heads.iter().any(|name| name.contains(draft.cue_head));
    if drafts.iter().any(says) {
        return false;
    }
    for within in &told.content {
        let inside = drafts.iter_mut().filter(|draft| within.contains(draft.cue_head));
        inside.for_each(|draft| clip(&mut draft.content, *within));
    }
    true
}

/// A list item without its final full stop, unless the stop stands in quotation marks.
fn without_stop(text: &str, span: Span) -> Option<Span> {
    let words = span.slice(text)?.trim_end();
    let words = words.strip_suffix(['.', ';', ',']).unwrap_or(words);
    (!words.is_empty()).then(|| Span::new(span.start, span.start + words.len()))
}

/// Leaves of spans what lies within another: who speaks in a quotation says nothing outside it.
fn clip(spans: &mut Vec<Span>, within: Span) {
    let inside =
        |span: &Span| Span::new(span.start.max(within.start), span.end.min(within.end).max(within.start));
    *spans = spans.iter().map(inside).filter(|span| span.start < span.end).collect();
}

/// Puts spans in order and joins those that touch or overlap.
fn merge(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans.drain(..) {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => *last = last.cover(span),
            _ => merged.push(span),
        }
    }
    *spans = merged;
}

/// Quoted words without the marks that end an inner quotation.
fn bare_end(words: &str) -> &str {
    words.trim_end_matches(|c: char| c.is_whitespace() || "'’\"”".contains(c))
}

fn has_words(text: &str, span: Span) -> bool {
    span.slice(text).is_some_and(|words| words.chars().any(char::is_alphanumeric))
}

/// The nearest character boundary at or before a byte.
fn floor(text: &str, mut byte: usize) -> usize {
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}
