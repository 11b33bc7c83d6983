//! Which kinds of event can be the same, and how far apart their days may be told.

use std::collections::BTreeMap;

use legation_knowledge::{Files, LoadError, Table};

const FILE: &str = "ontology/sameness.tsv";
/// Days, before and ahead for an act that the file does not list.
const ACT: (u32, u32, u32) = (1, 3, 30);

/// What makes two tellings of a kind tell of one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The traveller and the country visited.
    Journey,
    /// Two of those who take part.
    Encounter,
    /// All who do it and all it is done to.
    Act,
    /// The same, and the place.
    Deed,
    /// The person it comes to.
    Once,
    /// All who do it and all it is done to, as long as it goes on.
    Course,
}

/// The rule of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Kinds of one group can be the same event.
    pub group: String,
    /// What must agree.
    pub how: How,
    /// By how many days the tellings may differ.
    pub days: u32,
    /// How many days before an article its event may lie where it does not say when.
    pub before: u32,
    /// How many days after its announcement an event may lie where the article does not say when.
    pub ahead: u32,
}

/// The rules by kind.
#[derive(Debug, Clone, Default)]
pub struct Sameness {
    rules: BTreeMap<String, Rule>,
}

impl Sameness {
    /// Loads the rules.
    ///
    /// # Errors
    /// When the file is faulty.
    pub fn load(files: &Files) -> Result<Self, LoadError> {
        let table =
            Table::read(FILE, files.text(FILE)?, &["kind", "group", "how", "days", "before", "ahead"])?;
        let mut rules = BTreeMap::new();
        for row in table.rows() {
            let how = match row.get(2) {
                "journey" => How::Journey,
                "encounter" => How::Encounter,
                "act" => How::Act,
                "deed" => How::Deed,
                "once" => How::Once,
                "course" => How::Course,
                other => {
                    let fault = row.error(2, format!("'{other}' is no way of being the same"));
                    return Err(fault.help("write journey, encounter, act, deed, once or course"));
                }
            };
            let days = |column: usize| {
                let text = row.get(column);
                text.parse().map_err(|_| row.error(column, format!("'{text}' is no number of days")))
            };
            let (days, before, ahead) = (days(3)?, days(4)?, days(5)?);
            let group = row.get(1).to_owned();
            rules.insert(row.get(0).to_owned(), Rule { group, how, days, before, ahead });
        }
        Ok(Self { rules })
    }

    /// Whether there is a rule for a kind.
    pub fn knows(&self, kind: &str) -> bool {
        self.rules.contains_key(kind)
    }

    /// The rule of a kind.
    #[must_use]
    pub fn of(&self, kind: &str) -> Rule {
        let (days, before, ahead) = ACT;
        let act = || Rule { group: kind.to_owned(), how: How::Act, days, before, ahead };
        self.rules.get(kind).cloned().unwrap_or_else(act)
    }

    /// The kinds listed that are the same in this way.
    #[must_use]
    pub fn kinds(&self, how: How) -> Vec<String> {
        self.rules.iter().filter(|(_, rule)| rule.how == how).map(|(kind, _)| kind.clone()).collect()
    }

    /// The kinds that can be the same as those of this group.
    #[must_use]
    pub fn group(&self, group: &str) -> Vec<String> {
        let listed = self.rules.iter().filter(|(_, rule)| rule.group == group);
        let kinds: Vec<String> = listed.map(|(kind, _)| kind.clone()).collect();
        if kinds.is_empty() { vec![group.to_owned()] } else { kinds }
    }
}
