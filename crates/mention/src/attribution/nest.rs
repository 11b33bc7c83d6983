//! Which attribution lies in whose content.

use legation_record::Span;

use super::draft::Draft;

/// Open contents looked at for one cue: deeper nesting is no prose.
const MOST_OPEN: usize = 64;

/// For each draft the draft in whose content it lies, and an order in which outer ones come first.
#[derive(Debug)]
pub(super) struct Nesting {
    pub parent: Vec<Option<usize>>,
    pub order: Vec<(usize, u8)>,
}

/// Nests drafts by where their cues lie.
pub(super) fn nest(drafts: &[Draft]) -> Nesting {
    let parent = parents(drafts);
    let mut children = vec![Vec::new(); drafts.len()];
    let mut roots = Vec::new();
    for (index, parent) in parent.iter().enumerate() {
        parent.map_or(&mut roots, |parent| &mut children[parent]).push(index);
    }
    let start = |index: &usize| {
        let draft = &drafts[*index];
        (
            draft.content_cover().map_or(draft.cue_cover(), |content| content.cover(draft.cue_cover())),
            draft.cue_head,
        )
    };
    roots.sort_by_key(start);
    children.iter_mut().for_each(|list| list.sort_by_key(start));
    let mut order = Vec::with_capacity(drafts.len());
    let mut next: Vec<(usize, u8)> = roots.into_iter().rev().map(|root| (root, 0)).collect();
    while let Some((index, level)) = next.pop() {
        order.push((index, level));
        next.extend(children[index].iter().rev().map(|child| (*child, level.saturating_add(1))));
    }
    Nesting { parent, order }
}

fn parents(drafts: &[Draft]) -> Vec<Option<usize>> {
    let size = |index: usize| drafts[index].content.iter().map(|span| span.len()).sum::<usize>();
    let mut contents: Vec<(Span, usize)> = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        contents.extend(draft.content.iter().map(|span| (*span, index)));
    }
    contents.sort_unstable();
    let mut cues: Vec<usize> = (0..drafts.len()).collect();
    cues.sort_by_key(|index| drafts[*index].cue_head);
    let (mut open, mut next) = (Vec::<(Span, usize)>::new(), 0);
    let mut parent = vec![None; drafts.len()];
    for index in cues {
        let cue = drafts[index].cue_head;
        while contents.get(next).is_some_and(|(span, _)| span.start <= cue.start) {
            open.push(contents[next]);
            next += 1;
        }
        open.retain(|(span, _)| span.end > cue.start);
        let holds = |(span, other): &&(Span, usize)| {
            *other != index && span.contains(cue) && (size(*other), *other) > (size(index), index)
        };
        let holders = open.iter().rev().take(MOST_OPEN).filter(holds);
        parent[index] = holders.min_by_key(|(_, other)| (size(*other), *other)).map(|(_, other)| *other);
    }
    parent
}
