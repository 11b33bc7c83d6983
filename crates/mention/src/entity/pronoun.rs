use legation_record::EntityKind;
use legation_text::Upos;

use super::{chain::Placed, found::Found, link::Linker};

/// Sentences back in which a pronoun finds its antecedent.
const BACK: usize = 2;
/// By how much the best antecedent must beat the next.
const MARGIN: f32 = 1.4;
/// Below this nobody is salient.
const LEAST: f32 = 18.0;

impl Linker<'_> {
    /// He, she and their forms: the most salient person of the gender, where one clearly is.
    pub fn personal(&mut self, found: &Found, gender: char) -> Option<usize> {
        let fits = |chain: &usize| {
            self.is_person(*chain)
                && !self.is_voice(*chain)
                && self.chains.all[*chain].gender.is_none_or(|own| own == gender)
        };
        let people: Vec<usize> = self.chains.recent(found.sentence, BACK).into_iter().filter(fits).collect();
        let beside = self.taken_up(found).filter(|chain| people.contains(chain));
        let chain = beside.or_else(|| self.most_salient(people, found, LEAST, MARGIN))?;
        let known = &mut self.chains.all[chain];
        known.gender = known.gender.or(Some(gender));
        self.chains.add(chain, found, "entity/pronoun: the most salient person before it");
        Some(chain)
    }

    /// "Justice Brown, he wrote": whoever is named just before the comma.
    fn taken_up(&self, found: &Found) -> Option<usize> {
        let tree = self.tree(found);
        let comma = found.from.checked_sub(1).filter(|at| tree.tokens[*at].form(self.text) == ",")?;
        let ends = |placed: &Placed| placed.found.sentence == found.sentence && placed.found.to + 1 == comma;
        let starts = |placed: &Placed| tree.tokens[placed.found.head].is_rel("dislocated");
        let near = self.chains.recent(found.sentence, 0);
        near.into_iter()
            .find(|chain| self.chains.all[*chain].mentions.iter().any(|it| ends(it) && starts(it)))
    }

    /// The most salient of some chains, where it is salient enough and clearly more so than the next.
    pub fn most_salient(&self, chains: Vec<usize>, found: &Found, least: f32, margin: f32) -> Option<usize> {
        let mut weighed: Vec<(f32, usize)> =
            chains.into_iter().map(|chain| (self.salience(chain, found), chain)).collect();
        weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (best, chain) = *weighed.first()?;
        let next = weighed.get(1).map_or(0.0, |(weight, _)| *weight);
        (best >= least && best >= next * margin).then_some(chain)
    }

    /// How much a chain's mentions before the pronoun bring it to mind.
    fn salience(&self, chain: usize, pronoun: &Found) -> f32 {
        let mentions = self.chains.all[chain].mentions.iter().rev().take(6);
        let mentions = mentions.filter(|placed| placed.found.sentence + BACK >= pronoun.sentence);
        let mut best = [0.0_f32; BACK + 1];
        for placed in mentions {
            let apart = pronoun.sentence.saturating_sub(placed.found.sentence).min(BACK);
            best[apart] = best[apart].max(self.weight(chain, placed, pronoun));
        }
        best.iter().sum()
    }

    fn weight(&self, chain: usize, placed: &Placed, pronoun: &Found) -> f32 {
        let found = &placed.found;
        if self.barred(found, pronoun) {
            return 0.0;
        }
        let role = if found.subject {
            80.0
        } else if found.from == found.first && found.head != found.last {
            45.0
        } else {
            40.0
        };
        let speaker = if pronoun.speaks && found.speaks { 120.0 } else { 0.0 };
        let quoted = if found.quoted && !pronoun.quoted { 0.3 } else { 1.0 };
        let apart = pronoun.sentence.saturating_sub(found.sentence) as i32;
        let sure = if self.chains.all[chain].gender.is_some() { 1.0 } else { 0.6 };
        (role + speaker) * quoted * sure * 0.5_f32.powi(apart)
    }

    /// Whether grammar forbids that the two are one: arguments of one verb, or a name after or inside quoted speech.
    fn barred(&self, found: &Found, pronoun: &Found) -> bool {
        if found.sentence != pronoun.sentence {
            return false;
        }
        let tree = self.tree(found);
        let own = &tree.tokens[pronoun.head];
        let other = &tree.tokens[found.head];
        let possessive = own.feat("Poss") == Some("Yes") || &*own.xpos == "PRP$";
        let reflexive = own.feat("Reflex") == Some("Yes");
        let arguments = other.head == own.head && !possessive && !reflexive;
        let heads = own.head == Some(found.head) && possessive;
        let speech = pronoun.speaks && found.quoted && !pronoun.quoted;
        found.from > pronoun.from || arguments || heads || speech
    }

    /// It and its: the one state, government or organisation before it in the sentence, or its verb's own subject.
    pub fn neuter(&mut self, found: &Found) -> Option<usize> {
        let tree = self.tree(found);
        let own = &tree.tokens[found.head];
        if &*own.deprel == "expl" || own.upos != Upos::Pron {
            return None;
        }
        let things = |chain: &usize| {
            use EntityKind::{Government, Organisation, State};
            matches!(self.chains.all[*chain].kind, Government | State | Organisation)
        };
        let here: Vec<usize> = self.chains.recent(found.sentence, 0).into_iter().filter(things).collect();
        let chain = match here.as_slice() {
            [one] => *one,
            [] => return self.neuter_before(found),
            several => *several.iter().find(|chain| self.owns(**chain, found))?,
        };
        let free = self.chains.all[chain]
            .mentions
            .iter()
            .any(|placed| placed.found.sentence == found.sentence && !self.barred(&placed.found, found));
        if !free {
            return None;
        }
        self.chains.add(
            chain,
            found,
            "entity/its: the subject of its verb, or the only thing before it in the sentence",
        );
        Some(chain)
    }

    /// A subject pronoun that opens its sentence takes the subject of the one before, where that alone is a thing.
    fn neuter_before(&mut self, found: &Found) -> Option<usize> {
        if !found.subject || found.sentence == 0 {
            return None;
        }
        let subject = |chain: &usize| {
            self.chains.all[*chain].mentions.iter().any(|placed| {
                placed.found.sentence + 1 == found.sentence && placed.found.subject && !placed.found.plural
            })
        };
        let here: Vec<usize> =
            self.chains.recent(found.sentence, 1).into_iter().filter(|chain| subject(chain)).collect();
        let [chain] = here[..] else { return None };
        let kind = self.chains.all[chain].kind;
        if !matches!(kind, EntityKind::Government | EntityKind::Organisation | EntityKind::Document) {
            return None;
        }
        self.chains.add(chain, found, "entity/it: takes up the subject of the sentence before");
        Some(chain)
    }

    /// Whether the pronoun possesses the object of a verb whose subject the chain is.
    fn owns(&self, chain: usize, pronoun: &Found) -> bool {
        let tree = self.tree(pronoun);
        let Some(thing) = tree.tokens[pronoun.head].head else { return false };
        let Some(verb) = tree.tokens[thing].head else { return false };
        let object = tree.tokens[thing].is_rel("obj")
            || tree.tokens[thing].is_rel("obl")
            || tree.tokens[thing].is_rel("xcomp");
        let subject = |placed: &Placed| {
            let here = placed.found.sentence == pronoun.sentence;
            let head = tree.tokens.get(placed.found.head).filter(|_| here);
            head.is_some_and(|head| head.is_rel("nsubj") && reaches(tree, verb, head.head))
        };
        object && self.chains.all[chain].mentions.iter().any(subject)
    }
}

/// Whether a verb is the governor or hangs below it as one of its complements.
fn reaches(tree: &legation_text::Sentence, verb: usize, governor: Option<usize>) -> bool {
    let Some(governor) = governor else { return false };
    let mut at = verb;
    for _ in 0..4 {
        if at == governor {
            return true;
        }
        let token = &tree.tokens[at];
        let complement = ["xcomp", "advcl", "conj"].iter().any(|rel| token.is_rel(rel));
        match token.head.filter(|_| complement) {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}
