use legation_knowledge::{Files, LoadError};
use serde::Deserialize;

use crate::ontology::read_toml;

const FILE: &str = "rules/proposal/plan.rule";

/// How articles tell of plans.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanRule {
    /// Nouns for a plan.
    pub heads: Vec<String>,
    /// What such a plan is about.
    pub topics: Vec<String>,
    /// Verbs of laying out.
    pub lays_out: Vec<String>,
    /// Phrases before what a plan contains.
    pub contains: Vec<String>,
    /// Phrases before what it leaves out.
    pub omits: Vec<String>,
    /// Verbs of being for it.
    pub supports: Vec<String>,
    /// Verbs of being against it.
    pub opposes: Vec<String>,
    /// Texts with what must be found.
    pub fires: Vec<PlanExample>,
    /// Texts in which there is no plan.
    pub silent: Vec<PlanExample>,
}

/// A text and what its plan must have.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanExample {
    /// The text.
    pub text: String,
    /// Stated number of points.
    #[serde(default)]
    pub count: Option<u32>,
    /// Number of sponsors.
    #[serde(default)]
    pub sponsors: Option<usize>,
    /// A provision type for each point.
    #[serde(default)]
    pub points: Vec<String>,
    /// A provision type for each omission.
    #[serde(default)]
    pub omits: Vec<String>,
}

impl PlanRule {
    /// Loads the rule.
    ///
    /// # Errors
    /// When it is faulty or has no examples.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let rule: Self = read_toml(FILE, files.text(FILE)?)?;
        if rule.fires.is_empty() || rule.silent.is_empty() {
            return Err(LoadError::new(FILE, 1, 1, "a rule without examples does not load"));
        }
        Ok(rule)
    }
}
