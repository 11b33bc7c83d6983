//! Which of a page's blocks are the article.
//!
//! Blocks of running text vote for the elements they stand in, near ones more, as in Arc90's Readability; what a page says of
//! itself (`itemprop`, `<article>`) goes before the vote.

use super::{
    Piece,
    scan::{Block, Scan},
    tables, words,
};
use crate::day::day_in;

/// Elements above a block that it votes for.
const REACH: usize = 6;
/// A paragraph of this many bytes is running text, whatever it ends with.
const LONG: usize = 80;
const SHORTEST: usize = 25;
/// Share of a page's running text from which on what the page says of itself is believed.
const ENOUGH: f64 = 0.35;

/// The blocks of an article, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Chosen {
    pub blocks: Vec<usize>,
    length: usize,
}

impl Chosen {
    /// Bytes of text.
    pub fn len(&self) -> usize {
        self.length
    }

    /// The first block.
    pub fn first(&self) -> Option<usize> {
        self.blocks.first().copied()
    }
}

/// Chooses. A `lax` choice does not listen to class names.
pub(super) fn choose(scan: &Scan, lax: bool) -> Chosen {
    let weights: Vec<usize> = scan.blocks.iter().map(|block| weight(scan, block, lax)).collect();
    let sums = sums(scan, &weights);
    let container = said(scan, &sums, lax).unwrap_or_else(|| voted(scan, &weights, &sums));
    collect(scan, container, &weights, lax)
}

/// All blocks that are shown.
pub(super) fn everything(scan: &Scan) -> Chosen {
    let shown = |block: &Block| !scan.nodes[block.node].marks.beside && !aside(&block.text);
    let blocks: Vec<usize> = (0..scan.blocks.len()).filter(|index| shown(&scan.blocks[*index])).collect();
    let length = blocks.iter().map(|index| scan.blocks[*index].text.len()).sum();
    Chosen { blocks, length }
}

fn out(scan: &Scan, block: &Block, lax: bool) -> bool {
    let marks = scan.nodes[block.node].marks;
    marks.beside || !lax && (marks.chrome || marks.about)
}

fn link_share(block: &Block) -> f64 {
    block.linked as f64 / block.text.len().max(1) as f64
}

/// Bytes of running text.
pub(super) fn weight(scan: &Scan, block: &Block, lax: bool) -> usize {
    let ends = block
        .text
        .trim_end_matches(['"', '\'', '”', '’', ')', ' '])
        .ends_with(['.', '!', '?', ':', '…', ';', ',']);
    let running = block.text.len() >= LONG || block.text.len() >= SHORTEST && ends;
    let heading = matches!(scan.nodes[block.node].tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    if running && !heading && !out(scan, block, lax) && link_share(block) < 0.5 && !aside(&block.text) {
        block.text.len()
    } else {
        0
    }
}

fn aside(text: &str) -> bool {
    let start: String = text.chars().take(40).collect::<String>().to_lowercase();
    let start = start.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    text.len() < 200 && words::ASIDES.iter().any(|words| start.starts_with(words))
}

/// Running text within each element. Elements stand after those they are in, so one pass backwards adds them up.
pub(super) fn sums(scan: &Scan, weights: &[usize]) -> Vec<usize> {
    let mut sums = vec![0; scan.nodes.len()];
    for (block, weight) in scan.blocks.iter().zip(weights) {
        sums[block.node] += weight;
    }
    for index in (1..scan.nodes.len()).rev() {
        sums[scan.nodes[index].parent] += sums[index];
    }
    sums
}

/// The element that the page itself calls the article.
fn said(scan: &Scan, sums: &[usize], lax: bool) -> Option<usize> {
    let total = sums[0].max(1) as f64;
    let best = |is: &dyn Fn(usize) -> bool| {
        let all =
            (1..scan.nodes.len()).filter(|index| is(*index) && (lax || !scan.nodes[*index].marks.chrome));
        // Of two with the same text the outer one, which comes first.
        all.rev()
            .max_by_key(|index| sums[*index])
            .filter(|index| sums[*index] >= 200 && sums[*index] as f64 >= ENOUGH * total)
    };
    bodies(scan, sums, 2, lax)
        .or_else(|| bodies(scan, sums, 1, lax))
        .or_else(|| best(&|index| scan.nodes[index].tag == "article").map(|index| narrow(scan, sums, index)))
        .or_else(|| best(&|index| scan.nodes[index].tag == "main").map(|index| narrow(scan, sums, index)))
}

/// The element around all that is marked as an article's body: some pages cut it into many.
fn bodies(scan: &Scan, sums: &[usize], mark: u8, lax: bool) -> Option<usize> {
    let marked =
        |index: &usize| scan.nodes[*index].marks.body == mark && (lax || !scan.nodes[*index].marks.chrome);
    let (mut around, mut total, mut past) = (None, 0, 0);
    for index in (1..scan.nodes.len()).filter(marked).filter(|index| sums[*index] > 0) {
        if index < past {
            continue;
        }
        past = scan.nodes[index].end;
        total += sums[index];
        around = Some(around.map_or(index, |other| common(scan, other, index)));
    }
    around.filter(|_| total >= 200 && total as f64 >= ENOUGH * sums[0] as f64)
}

/// The innermost element around both; `first` comes first. At most as many steps as elements may be open.
fn common(scan: &Scan, first: usize, second: usize) -> usize {
    let mut at = first;
    while at != 0 && scan.nodes[at].end <= second {
        at = scan.nodes[at].parent;
    }
    at
}

/// Goes down as long as one element within holds nearly all. One pass: who lies within whom shows from the order.
fn narrow(scan: &Scan, sums: &[usize], from: usize) -> usize {
    let mut at = from;
    for index in from + 1..scan.nodes[from].end {
        let node = &scan.nodes[index];
        if node.parent == at
            && sums[index] * 100 >= sums[at] * 97
            && !matches!(node.tag, "p" | "li" | "blockquote")
        {
            at = index;
        }
    }
    at
}

/// The element that running text votes for.
fn voted(scan: &Scan, weights: &[usize], sums: &[usize]) -> usize {
    let mut votes = vec![0.0_f64; scan.nodes.len()];
    for (block, weight) in scan.blocks.iter().zip(weights).filter(|(_, weight)| **weight > 0) {
        let node = &scan.nodes[block.node];
        let paragraph = matches!(node.tag, "p" | "li" | "blockquote" | "pre");
        let mut at = if paragraph { node.parent } else { block.node };
        for step in 1..=REACH {
            votes[at] += *weight as f64 / step as f64;
            if at == 0 {
                break;
            }
            at = scan.nodes[at].parent;
        }
    }
    let liked = |index: usize| votes[index] * if scan.nodes[index].marks.good { 1.3 } else { 1.0 };
    let best =
        (0..scan.nodes.len()).max_by(|a, b| liked(*a).total_cmp(&liked(*b)).then(b.cmp(a))).unwrap_or(0);
    widen(scan, sums, weights, best)
}

/// Goes up where an outer box holds much more running text: an article cut in two by something between, or into many boxes alike.
fn widen(scan: &Scan, sums: &[usize], weights: &[usize], from: usize) -> usize {
    let mut at = from;
    for _ in 0..3 {
        let parent = scan.nodes[at].parent;
        let outer = matches!(scan.nodes[parent].tag, "html" | "body");
        if at == 0 || outer || sums[parent] * 10 < sums[at] * 13 || teasers(scan, parent, at) {
            break;
        }
        at = parent;
    }
    let at = alike(scan, sums, at).unwrap_or(at);
    opening(scan, sums, weights, at).unwrap_or(at)
}

/// The element around the one that was chosen where all that it holds beyond that is paragraphs of its own, such as an opening.
fn opening(scan: &Scan, sums: &[usize], weights: &[usize], from: usize) -> Option<usize> {
    let mut at = from;
    while at != 0 && sums[scan.nodes[at].parent] == sums[from] {
        at = scan.nodes[at].parent;
    }
    let parent = scan.nodes[at].parent;
    if at == 0 || matches!(scan.nodes[parent].tag, "html" | "body") {
        return None;
    }
    let direct = |block: &Block| scan.nodes[block.node].parent == parent && scan.nodes[block.node].tag == "p";
    let own: usize =
        scan.blocks.iter().zip(weights).filter(|(block, _)| direct(block)).map(|(_, weight)| weight).sum();
    (own > 0 && own + sums[at] == sums[parent]).then_some(parent)
}

/// Whether what an outer box holds beyond an inner one is a list of other stories: much of it leads away.
fn teasers(scan: &Scan, outer: usize, inner: usize) -> bool {
    let within = |block: &Block, node: usize| block.node >= node && block.node < scan.nodes[node].end;
    let beyond = scan.blocks.iter().filter(|block| within(block, outer) && !within(block, inner));
    let shown = beyond.filter(|block| !out(scan, block, false));
    let (linked, all) =
        shown.fold((0, 0), |(linked, all), block| (linked + block.linked, all + block.text.len()));
    linked * 6 >= all
}

/// The element around many like the one that was chosen: one box for each step or paragraph.
fn alike(scan: &Scan, sums: &[usize], from: usize) -> Option<usize> {
    let mut at = from;
    while at != 0 && sums[scan.nodes[at].parent] == sums[from] {
        at = scan.nodes[at].parent;
    }
    let (one, parent) = (&scan.nodes[at], scan.nodes[at].parent);
    if at == 0 || one.class == 0 || matches!(scan.nodes[parent].tag, "html" | "body") {
        return None;
    }
    let others = (parent + 1..scan.nodes[parent].end).filter(|index| {
        let node = &scan.nodes[*index];
        node.parent == parent && node.tag == one.tag && node.class == one.class && sums[*index] > 0
    });
    (others.count() > 1).then_some(parent)
}

fn collect(scan: &Scan, container: usize, weights: &[usize], lax: bool) -> Chosen {
    let end = scan.nodes[container].end;
    let inside = |block: &Block| block.node >= container && block.node < end;
    let all: Vec<usize> = (0..scan.blocks.len()).filter(|index| inside(&scan.blocks[*index])).collect();
    let tables = tables::data(scan, container);
    let keep = |index: &usize| {
        weights[*index] > 0 || small(scan, *index, weights, lax) || tables.holds(scan, *index, lax)
    };
    let first = all.iter().position(|index| weights[*index] > 0).unwrap_or(all.len());
    let last = all.iter().rposition(|index| weights[*index] > 0).map_or(0, |at| at + 1);
    let edges = Edges { scan, container };
    let first = edges.lead(&all, first, &keep);
    let last = edges.tail(&all, last, &keep);
    let kept = all.get(first..last.max(first)).unwrap_or_default();
    let mut blocks: Vec<usize> = kept.iter().copied().filter(keep).collect();
    drop_idle_headings(scan, &mut blocks);
    let length = blocks.iter().map(|index| scan.blocks[*index].text.len()).sum();
    Chosen { blocks, length }
}

/// Short lines before the first and after the last block of running text.
struct Edges<'a> {
    scan: &'a Scan,
    container: usize,
}

impl Edges<'_> {
    /// Where the article begins: headings and items right before its first running text belong to it.
    fn lead(&self, all: &[usize], first: usize, keep: &dyn Fn(&usize) -> bool) -> usize {
        let Some(start) = all.get(first) else { return first };
        let before = all[..first].iter().rev();
        let fits = |index: &&usize| keep(index) && self.near(**index, *start) && self.telling(**index, true);
        first - before.take_while(fits).count()
    }

    /// Where it ends: short lines and items right after its last running text belong to it.
    fn tail(&self, all: &[usize], last: usize, keep: &dyn Fn(&usize) -> bool) -> usize {
        let Some(end) = last.checked_sub(1).and_then(|at| all.get(at)) else { return last };
        let fits = |index: &&usize| keep(index) && self.near(**index, *end) && self.telling(**index, false);
        last + all[last..].iter().take_while(fits).count()
    }

    /// Whether a block stands in the same box as another, or in a list in it.
    fn near(&self, index: usize, other: usize) -> bool {
        let parent = |index: usize| {
            let node = self.scan.blocks[index].node;
            let mut at = self.scan.nodes[node].parent;
            while matches!(self.scan.nodes[at].tag, "ul" | "ol" | "li" | "blockquote" | "dl")
                && at != self.container
            {
                at = self.scan.nodes[at].parent;
            }
            at
        };
        parent(index) == parent(other)
    }

    fn telling(&self, index: usize, leads: bool) -> bool {
        let block = &self.scan.blocks[index];
        let tag = self.scan.nodes[block.node].tag;
        let heading = matches!(tag, "h2" | "h3" | "h4" | "h5");
        let words = block.text.split_whitespace().count();
        let about =
            words < 12 && (day_in(&block.text).is_some() || block.text.to_lowercase().starts_with("by "));
        let paragraph = matches!(tag, "p" | "li" | "blockquote" | "pre" | "dd" | "dt");
        (paragraph || heading && leads)
            && !about
            && link_share(block) < 0.3
            && (heading || words > 2 || tag == "li")
    }
}

/// A short block between running text that belongs to it: a heading, an item, a short line of a paragraph.
fn small(scan: &Scan, index: usize, weights: &[usize], lax: bool) -> bool {
    let block = &scan.blocks[index];
    let tag = scan.nodes[block.node].tag;
    let headed = |heading: &Block| {
        let next = scan.blocks.get(index + 1).filter(|_| weights[index + 1] > 0);
        next.is_some_and(|next| scan.nodes[next.node].parent == scan.nodes[heading.node].parent)
    };
    let telling = matches!(tag, "p" | "li" | "blockquote" | "h2" | "h3" | "h4" | "h5" | "dd" | "dt" | "pre");
    telling
        && !out(scan, block, lax)
        && (link_share(block) < 0.5 || is_heading(scan, index) && headed(block))
        && !aside(&block.text)
        && block.text.chars().any(char::is_alphanumeric)
}

fn is_heading(scan: &Scan, index: usize) -> bool {
    matches!(scan.nodes[scan.blocks[index].node].tag, "h2" | "h3" | "h4" | "h5")
}

/// A heading over a heading, or over nothing, headed what was dropped.
fn drop_idle_headings(scan: &Scan, blocks: &mut Vec<usize>) {
    let idle: Vec<bool> = (0..blocks.len())
        .map(|at| {
            is_heading(scan, blocks[at])
                && blocks
                    .get(at + 1)
                    .is_none_or(|next| is_heading(scan, *next) && same_rank(scan, blocks[at], *next))
        })
        .collect();
    let mut at = 0;
    blocks.retain(|_| {
        at += 1;
        !idle[at - 1]
    });
}

fn same_rank(scan: &Scan, a: usize, b: usize) -> bool {
    scan.nodes[scan.blocks[a].node].tag == scan.nodes[scan.blocks[b].node].tag
}

/// The text, paragraphs apart by an empty line, and where each run of it stands in the page.
pub(super) fn text(scan: &Scan, chosen: &Chosen, headline: Option<&str>) -> (String, Vec<Piece>) {
    let (mut text, mut map) = (String::with_capacity(chosen.len() + chosen.blocks.len() * 2), Vec::new());
    let mut before = "";
    for index in &chosen.blocks {
        let block = &scan.blocks[*index];
        if block.text == before || text.is_empty() && headline == Some(block.text.as_str()) {
            continue;
        }
        let item = scan.nodes[block.node].tag == "li";
        if !text.is_empty() {
            text.push_str(if item && text.lines().next_back().is_some_and(|line| line.starts_with("- ")) {
                "\n"
            } else {
                "\n\n"
            });
        }
        if item {
            text.push_str("- ");
        }
        let from = text.len();
        map.extend(
            block
                .pieces
                .iter()
                .map(|piece| Piece { text: (piece.text.0 + from, piece.text.1 + from), html: piece.html }),
        );
        text.push_str(&block.text);
        before = &block.text;
    }
    (text, map)
}
