//! Class names mislead: an element that is called a sidebar, a widget or an author's and holds most of a page's running text
//! is named after something in it, and is not put aside.

use super::{
    choose::{sums, weight},
    scan::{Block, Scan},
};

/// How many times as much an element so named holds as is left outside of all of them.
const MUCH: usize = 8;
/// Bytes of running text in what the page itself calls an article.
const ARTICLE: usize = 500;

/// Takes the marks of names off elements that hold most of the running text or the only article, and off what stands in them for
/// their sake.
pub(super) fn forgive(scan: &mut Scan) {
    let own = |block: &Block| !scan.nodes[block.node].marks.foreign;
    let weights: Vec<usize> =
        scan.blocks.iter().map(|block| if own(block) { weight(scan, block, true) } else { 0 }).collect();
    let sums = sums(scan, &weights);
    let left: usize = scan.blocks.iter().map(|block| weight(scan, block, false)).sum();
    let most = |index: &usize| sums[*index] * 2 >= sums[0] && sums[*index] > left * MUCH;
    let mut forgiven: Vec<usize> = (1..scan.nodes.len()).filter(most).collect();
    forgiven.extend(around_the_article(scan, &sums));
    let mut any = false;
    for index in forgiven {
        let own = &mut scan.nodes[index].own;
        any |= !own.foreign && (own.chrome || own.about);
        (own.chrome, own.about) = (own.chrome && own.foreign, own.about && own.foreign);
    }
    if any {
        inherit(scan);
    }
}

/// All that the article stands in, where the names put every article of the page aside.
fn around_the_article(scan: &Scan, sums: &[usize]) -> Vec<usize> {
    let marked = |index: &usize| {
        let node = &scan.nodes[*index];
        (node.tag == "article" || node.marks.body > 0) && !node.marks.beside && !node.marks.foreign
    };
    let put_aside = |index: usize| scan.nodes[index].marks.chrome || scan.nodes[index].marks.about;
    let all: Vec<usize> =
        (1..scan.nodes.len()).filter(marked).filter(|index| sums[*index] >= ARTICLE).collect();
    let best = all
        .iter()
        .copied()
        .max_by_key(|index| sums[*index])
        .filter(|_| all.iter().all(|one| put_aside(*one)));
    let up = |at: &usize| Some(scan.nodes[*at].parent).filter(|parent| *parent != 0);
    std::iter::successors(best, up).collect()
}

/// Elements stand after those they are in, so one pass hands everything down.
fn inherit(scan: &mut Scan) {
    for index in 1..scan.nodes.len() {
        let outer = scan.nodes[scan.nodes[index].parent].marks;
        let node = &mut scan.nodes[index];
        node.marks.chrome = outer.chrome || node.own.chrome;
        node.marks.about = outer.about || node.own.about;
    }
}
