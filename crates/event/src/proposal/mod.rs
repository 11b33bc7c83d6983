//! Peace plans: names, sponsors, points, what they leave out, who is for and against.

mod find;
mod points;
mod provision;
mod rule;

pub use rule::{PlanExample, PlanRule};

use legation_knowledge::{Files, LoadError};
use legation_record::{Proposal, Span};

use crate::{Below, counting::Counts, draft::Finder};

/// At most so many plans of an article are read.
const MOST: usize = 12;

/// Whether words lie in what a plan contains or leaves out: no event of its own.
#[must_use]
pub fn holds(plan: &Proposal, words: Span) -> bool {
    let points = plan.points.iter().map(|point| point.span);
    points.chain(plan.omits.iter().map(|omission| omission.span)).any(|span| span.contains(words))
}

/// Reads proposals.
#[derive(Debug, Clone)]
pub struct Proposals {
    rule: PlanRule,
    provisions: provision::Provisions,
}

impl Proposals {
    /// Loads the rule and the provision types.
    ///
    /// # Errors
    /// When a file is faulty.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        Ok(Self { rule: PlanRule::load(files)?, provisions: provision::Provisions::load(files)? })
    }

    /// The proposals of an article.
    #[must_use]
    pub fn read(&self, finder: &Finder, counts: &Counts, below: Below<'_>) -> Vec<Proposal> {
        let plans = find::plans(&self.rule, finder, counts, below);
        let made = plans.into_iter().take(MOST).map(|plan| self.make(finder, below, &plan));
        let mut proposals: Vec<Proposal> = made.collect();
        for (number, proposal) in proposals.iter_mut().enumerate() {
            proposal.id = format!("p{}", number + 1);
        }
        proposals
    }

    fn make(&self, finder: &Finder, below: Below<'_>, plan: &find::Plan) -> Proposal {
        let mut proposal = plan.proposal(&self.rule, finder, below);
        proposal.points = points::points(&self.rule, &self.provisions, below, plan);
        proposal.omits = points::omissions(&self.rule, &self.provisions, below, plan);
        proposal
    }

    /// The rule, with its examples.
    #[must_use]
    pub fn rule(&self) -> &PlanRule {
        &self.rule
    }
}
