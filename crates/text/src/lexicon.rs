use std::collections::{HashMap, HashSet};

use legation_knowledge::{Files, LoadError, Table};

/// What must follow an abbreviation for the stop to be part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    Any,
    Number,
    Capital,
}

/// A word that ends in a stop of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Abbreviation {
    pub after: After,
    /// Whether a sentence may end with it.
    pub ends: bool,
}

/// What the tokeniser and the splitter know of words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lexicon {
    abbreviations: HashMap<String, Abbreviation>,
    prefixes: HashSet<String>,
    suffixes: HashSet<String>,
    syllables: HashSet<String>,
    units: HashSet<String>,
    agencies: HashSet<String>,
    elided: HashSet<String>,
    contractions: HashMap<String, Vec<usize>>,
    clitics: Vec<String>,
    emoticons: Vec<String>,
}

const ABBREVIATIONS: &str = "lexicon/abbreviations.tsv";
const TOKENS: &str = "lexicon/tokens.tsv";

impl Lexicon {
    pub(crate) fn load(files: &Files) -> Result<Self, LoadError> {
        let mut lexicon = Self::default();
        lexicon.take_abbreviations(files.text(ABBREVIATIONS)?)?;
        lexicon.take_tokens(files.text(TOKENS)?)?;
        let longest_first = |a: &String, b: &String| b.len().cmp(&a.len()).then(a.cmp(b));
        lexicon.emoticons.sort_by(longest_first);
        lexicon.clitics.sort_by(longest_first);
        Ok(lexicon)
    }

    fn take_abbreviations(&mut self, text: &str) -> Result<(), LoadError> {
        for row in Table::read(ABBREVIATIONS, text, &["form", "after", "ends", "what"])?.rows() {
            let after = match row.get(1) {
                "any" => After::Any,
                "number" => After::Number,
                "capital" => After::Capital,
                other => return Err(row.error(1, format!("'{other}' is none of any, number, capital"))),
            };
            let ends = match row.get(2) {
                "yes" => true,
                "no" => false,
                other => return Err(row.error(2, format!("'{other}' is neither yes nor no"))),
            };
            if !row.get(0).ends_with('.') {
                return Err(row.error(0, "an abbreviation ends in a full stop"));
            }
            self.abbreviations.insert(row.get(0).to_owned(), Abbreviation { after, ends });
        }
        Ok(())
    }

    fn take_tokens(&mut self, text: &str) -> Result<(), LoadError> {
        for row in Table::read(TOKENS, text, &["kind", "form", "parts"])?.rows() {
            let form = row.get(1).to_owned();
            if form.is_empty() {
                return Err(row.error(1, "the form is missing"));
            }
            match row.get(0) {
                "prefix" => drop(self.prefixes.insert(form)),
                "suffix" => drop(self.suffixes.insert(form)),
                "syllable" => drop(self.syllables.insert(form)),
                "unit" => drop(self.units.insert(form)),
                "agency" => drop(self.agencies.insert(form)),
                "elided" => drop(self.elided.insert(form)),
                "clitic" => self.clitics.push(form),
                "emoticon" => self.emoticons.push(form),
                "contraction" => {
                    let parts: Vec<usize> = row.list(2).map(str::len).collect();
                    if parts.iter().sum::<usize>() != form.len() {
                        return Err(row.error(2, "the parts do not make up the form"));
                    }
                    self.contractions.insert(form, parts);
                }
                other => return Err(row.error(0, format!("'{other}' is no kind of token"))),
            }
        }
        Ok(())
    }

    /// An abbreviation by its form, stop included; capitals as written, in title case, or all lower.
    pub(crate) fn abbreviation(&self, form: &str) -> Option<Abbreviation> {
        let direct = self.abbreviations.get(form).copied();
        if direct.is_some() || !form.chars().next().is_some_and(char::is_uppercase) {
            return direct;
        }
        let lower = form.to_lowercase();
        let mut title = String::new();
        let mut chars = lower.chars();
        title.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        title.extend(chars);
        self.abbreviations
            .get(&title)
            .copied()
            .filter(|_| form.chars().nth(1).is_some_and(char::is_uppercase))
    }

    pub(crate) fn is_prefix(&self, word: &str) -> bool {
        self.prefixes.contains(&word.to_lowercase())
    }

    pub(crate) fn is_suffix(&self, word: &str) -> bool {
        self.suffixes.contains(&word.to_lowercase())
    }

    pub(crate) fn is_syllable(&self, word: &str) -> bool {
        self.syllables.contains(&word.to_lowercase())
    }

    pub(crate) fn is_unit(&self, word: &str) -> bool {
        self.units.contains(&word.to_lowercase())
    }

    pub(crate) fn is_agency(&self, word: &str) -> bool {
        self.agencies.contains(word)
    }

    /// Whether a word that begins with an apostrophe is one word: "'em".
    pub(crate) fn is_elided(&self, word: &str) -> bool {
        self.elided.contains(&word.replace('’', "'").to_lowercase())
    }

    /// Lengths in bytes of the parts of "cannot".
    pub(crate) fn contraction(&self, word: &str) -> Option<&[usize]> {
        if word.len() > 8 || !word.is_ascii() {
            return None;
        }
        self.contractions.get(&word.to_ascii_lowercase()).map(Vec::as_slice)
    }

    /// Length in bytes of the clitic that ends `word`: 2 for "'s" of "Kyiv's".
    pub(crate) fn clitic(&self, word: &str) -> Option<usize> {
        let plain = word.contains(['\'', '’', '`']).then(|| word.to_lowercase().replace(['’', '`'], "'"))?;
        let clitic = self.clitics.iter().find(|clitic| plain.ends_with(clitic.as_str()))?;
        let chars = clitic.chars().count();
        word.char_indices().rev().nth(chars - 1).map(|(at, _)| word.len() - at)
    }

    /// Whether `word` as a whole is a clitic.
    pub(crate) fn is_clitic(&self, word: &str) -> bool {
        self.clitic(word) == Some(word.len())
    }

    /// Length of the emoticon that `rest` begins with.
    pub(crate) fn emoticon(&self, rest: &str) -> Option<usize> {
        self.emoticons.iter().find(|e| rest.starts_with(e.as_str())).map(String::len)
    }
}
