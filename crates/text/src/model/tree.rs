/// The best tree in which exactly one word hangs from ROOT.
///
/// `scores` has a row for each word and a column for each head, column 0 being ROOT. The answer
/// gives each word's column.
pub(crate) fn best_tree(scores: &[Vec<f32>]) -> Vec<usize> {
    let greedy: Vec<usize> = scores.iter().enumerate().map(|(word, row)| best_head(row, word + 1)).collect();
    if is_tree(&greedy) {
        return greedy;
    }
    let words = scores.len();
    let mut full = vec![vec![0.0; words + 1]; words + 1];
    for (word, row) in scores.iter().enumerate() {
        full[word + 1].copy_from_slice(row);
        full[word + 1][0] -= ONE_ROOT;
    }
    let heads = arborescence(&full);
    heads.into_iter().skip(1).collect()
}

/// What each word at ROOT costs: more than any tree can win by a second one.
const ONE_ROOT: f32 = 1.0e4;

fn best_head(row: &[f32], own: usize) -> usize {
    let heads = (0..row.len()).filter(|head| *head != own);
    heads.fold(0, |best, head| if row[head] > row[best] { head } else { best })
}

fn is_tree(heads: &[usize]) -> bool {
    heads.iter().filter(|head| **head == 0).count() == 1 && cycle(heads, 1).is_none()
}

/// A cycle among heads; `first` is the number of the word that stands first in `heads`.
fn cycle(heads: &[usize], first: usize) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len() + first];
    for start in first..heads.len() + first {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at - first];
        }
        if at != 0 && seen[at] == start {
            let around = std::iter::successors(Some(heads[at - first]), |next| Some(heads[*next - first]));
            let mut members: Vec<usize> = around.take_while(|next| *next != at).collect();
            members.push(at);
            return Some(members);
        }
    }
    None
}

/// Chu-Liu/Edmonds over a square table `scores[dependent][head]`; row 0 is ROOT's and unused.
fn arborescence(scores: &[Vec<f32>]) -> Vec<usize> {
    let mut heads: Vec<usize> = (0..scores.len()).map(|word| best_head(&scores[word], word)).collect();
    heads[0] = 0;
    let Some(members) = cycle(&heads[1..], 1) else { return heads };
    let contracted = Contraction::new(scores, &heads, &members);
    let smaller = arborescence(&contracted.scores);
    contracted.expand(&smaller, &mut heads);
    heads
}

/// A cycle shrunk to one node, the last of the smaller table.
struct Contraction {
    scores: Vec<Vec<f32>>,
    /// Old numbers of the nodes outside.
    outside: Vec<usize>,
    /// For each node outside: the member that best heads it.
    leaving: Vec<usize>,
    /// For each node outside: the member that it best enters.
    entering: Vec<usize>,
}

impl Contraction {
    fn new(scores: &[Vec<f32>], heads: &[usize], members: &[usize]) -> Self {
        let mut inside = vec![false; scores.len()];
        members.iter().for_each(|member| inside[*member] = true);
        let outside: Vec<usize> = (0..scores.len()).filter(|node| !inside[*node]).collect();
        let size = outside.len() + 1;
        let mut table = vec![vec![0.0; size]; size];
        let (mut leaving, mut entering) = (Vec::with_capacity(size), Vec::with_capacity(size));
        for (at, node) in outside.iter().enumerate() {
            for (other, head) in outside.iter().enumerate() {
                table[at][other] = scores[*node][*head];
            }
            let leave = best(members, |member| scores[*node][member]);
            table[at][size - 1] = scores[*node][leave];
            let gain = |member: usize| scores[member][*node] - scores[member][heads[member]];
            let enter = best(members, gain);
            table[size - 1][at] = gain(enter);
            leaving.push(leave);
            entering.push(enter);
        }
        Self { scores: table, outside, leaving, entering }
    }

    fn expand(&self, smaller: &[usize], heads: &mut [usize]) {
        let cycle = self.outside.len();
        for (at, node) in self.outside.iter().enumerate().skip(1) {
            let head = smaller[at];
            heads[*node] = if head == cycle { self.leaving[at] } else { self.outside[head] };
        }
        let from = smaller[cycle];
        heads[self.entering[from]] = self.outside[from];
    }
}

fn best(members: &[usize], score: impl Fn(usize) -> f32) -> usize {
    members
        .iter()
        .copied()
        .fold(members[0], |best, member| if score(member) > score(best) { member } else { best })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn total(scores: &[Vec<f32>], heads: &[usize]) -> f32 {
        heads.iter().enumerate().map(|(word, head)| scores[word][*head]).sum()
    }

    fn by_trying(scores: &[Vec<f32>]) -> f32 {
        let words = scores.len();
        let mut best = f32::MIN;
        for code in 0..(words + 1).pow(words as u32) {
            let heads: Vec<usize> =
                (0..words).map(|word| code / (words + 1).pow(word as u32) % (words + 1)).collect();
            if heads.iter().enumerate().all(|(word, head)| *head != word + 1) && is_tree(&heads) {
                best = best.max(total(scores, &heads));
            }
        }
        best
    }

    proptest! {
        #[test]
        fn finds_the_best_tree(rows in proptest::collection::vec(proptest::collection::vec(-9i8..9, 5), 4)) {
            let scores: Vec<Vec<f32>> = rows.iter().map(|row| row.iter().map(|v| f32::from(*v)).collect()).collect();
            let heads = best_tree(&scores);
            prop_assert!(is_tree(&heads));
            prop_assert!((total(&scores, &heads) - by_trying(&scores)).abs() < 0.01);
        }
    }
}
