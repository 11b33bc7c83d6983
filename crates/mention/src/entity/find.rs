use legation_knowledge::{Gazetteer, Sense, normalise};
use legation_record::{EntityKind, MentionKind};
use legation_text::{Name, NameKind, Sentence, Upos};

use super::{
    around::Around,
    found::{Found, Guise, PairOf, Titled, Voice, What},
    guise::Standing,
    words::Words,
};

/// Words of the longest name.
const NAME: usize = 8;
/// Words of the longest title.
const TITLE: usize = 5;
/// Words by which a mention may reach to the left of its title.
const LEFT: usize = 6;

/// Finds the mentions of one sentence.
pub(super) struct Finder<'a> {
    pub text: &'a str,
    pub index: usize,
    pub sentence: &'a Sentence,
    pub gazetteer: &'a Gazetteer,
    pub words: &'a Words,
    /// For each token, whether quotation marks surround it.
    pub quoted: &'a [bool],
    /// What the whole article speaks of.
    pub around: &'a Around,
    /// Whether a word is part of a person's name told before.
    pub called: &'a dyn Fn(&str) -> bool,
}

impl Finder<'_> {
    /// All mentions, in the order of their heads.
    pub fn find(&self) -> Vec<Found> {
        let mut found = self.names();
        let titled: Vec<Found> = self.titles(&found);
        self.give_titles(&mut found, titled);
        let nominals = self.nominals(&found);
        found.extend(nominals);
        found.extend((0..self.sentence.tokens.len()).filter_map(|at| self.pronoun(at)));
        found.sort_by_key(|one| (one.first, one.last));
        found
    }

    fn form(&self, at: usize) -> &str {
        self.sentence.tokens[at].form(self.text)
    }

    fn lower(&self, at: usize) -> String {
        self.form(at).to_lowercase()
    }

    fn slice(&self, first: usize, last: usize) -> &str {
        self.sentence.tokens[first]
            .span
            .cover(self.sentence.tokens[last].span)
            .slice(self.text)
            .unwrap_or_default()
    }

    /// Whether a token can begin a title or noun phrase without its article.
    fn worded(&self, at: usize) -> bool {
        let token = &self.sentence.tokens[at];
        token.upos != Upos::Det && token.form(self.text).starts_with(char::is_alphanumeric)
    }

    fn names(&self) -> Vec<Found> {
        let (mut found, mut at) = (Vec::new(), 0);
        while at < self.sentence.tokens.len() {
            if let Some(last) = self.long_title(at) {
                at = last + 1;
                continue;
            }
            match self.name_of_one_told(at).or_else(|| self.name_at(at)).filter(|_| !self.address(at)) {
                Some((last, what)) => {
                    let mut one = self.found(at, last, MentionKind::Name, what);
                    one.from = self.own_article(&one).unwrap_or(at);
                    if let What::Named(_) = one.what {
                        one.country = self.inner_country(at, last);
                    }
                    match found.last_mut().filter(|before| self.goes_on(before, &one)) {
                        Some(before) => (before.last, before.to) = (last, last),
                        None => found.push(one),
                    }
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The surname of somebody told before, where the model sees no name, or sees the subject of a verb as another thing.
    fn name_of_one_told(&self, at: usize) -> Option<(usize, What)> {
        let token = &self.sentence.tokens[at];
        let form = self.form(at);
        let model = self.sentence.name_at(at);
        let other = model.is_some() || self.known(at).is_some();
        let short = model.is_none_or(|name| name.first == name.last);
        let free = short && (!other || token.is_rel("nsubj"));
        let proper = token.upos == Upos::Propn || (token.upos == Upos::Noun && at > 0);
        let word = proper && form.starts_with(char::is_uppercase);
        let compound = token.is_rel("compound") || token.is_rel("flat");
        (word && free && !compound && form.len() > 2 && (self.called)(form)).then_some((at, What::Person))
    }

    /// Whether a person's name goes on with the next one by the tree.
    fn goes_on(&self, before: &Found, next: &Found) -> bool {
        let token = &self.sentence.tokens[next.first];
        let part = token.is_rel("flat")
            && token.head.is_some_and(|head| (before.first..=before.last).contains(&head));
        let people = before.what == What::Person && next.what == What::Person;
        people && part && before.last + 1 == next.first
    }

    /// Last token of a title of several words that begins here and is not the beginning of a longer name.
    fn long_title(&self, at: usize) -> Option<usize> {
        let (last, _) = self.title_at(at).filter(|(last, _)| *last > at)?;
        let longer =
            self.sentence.name_at(last).is_some_and(|name| name.last > last && name.kind != NameKind::Person);
        (!longer).then_some(last)
    }

    /// Whether a token is an address on the web.
    fn address(&self, at: usize) -> bool {
        self.form(at).contains("//") || self.form(at).contains("www.")
    }

    /// The article before a name that heads its own phrase.
    fn own_article(&self, one: &Found) -> Option<usize> {
        let before = one.first.checked_sub(1).filter(|before| self.lower(*before) == "the")?;
        let governs =
            self.sentence.tokens[before].head.is_some_and(|head| (one.first..=one.last).contains(&head));
        (governs && one.what != What::Person).then_some(before)
    }

    /// The state named within a longer name: "Russian Foreign Ministry", "Supreme Court of Venezuela".
    fn inner_country(&self, first: usize, last: usize) -> Option<String> {
        let starts = (first..=last)
            .filter(|from| *from == first || self.lower(from - 1) == "of" || self.lower(from - 1) == "the");
        let mut windows = starts.flat_map(|from| (from..=last.min(from + 3)).rev().map(move |to| (from, to)));
        windows.find_map(|(from, to)| self.code_of(from, to).filter(|_| to - from < last - first))
    }

    /// The state whose name or adjective some tokens are.
    fn code_of(&self, first: usize, last: usize) -> Option<String> {
        let senses = self.gazetteer.senses_of(&normalise(self.slice(first, last)));
        let code = senses.iter().find_map(|sense| match sense {
            Sense::State(at) | Sense::Nationality(at) => self.gazetteer.state_at(*at),
            _ => None,
        });
        code.map(|state| state.id.clone())
    }

    /// Last token of the person after whom a government is named: "Trump Administration".
    fn before_government(&self, first: usize, last: usize) -> Option<usize> {
        let named = last > first && self.words.is(&self.lower(last), "government");
        let senses = || self.gazetteer.senses_of(&normalise(self.slice(first, last - 1)));
        let person =
            named && senses().iter().any(|sense| matches!(sense, Sense::Person(_) | Sense::Surname(_)));
        person.then(|| last - 1)
    }

    /// A government's name in full: "Government of Japan", "Japanese Government".
    fn full_government(&self, first: usize, last: usize) -> Option<What> {
        let is = |at: usize| self.words.is(&self.lower(at), "government");
        let land = match () {
            () if last > first && is(last) => self.code_of(first, last - 1),
            () if last > first + 1 && is(first) && self.lower(first + 1) == "of" => {
                self.code_of(first + 2, last)
            }
            () => None,
        };
        land.map(|code| What::State {
            code,
            guise: Guise::Government,
            reason: "entity/government: a government by its full name",
        })
    }

    /// The name that begins at a token: the model's, or the gazetteer's where that is as long.
    fn name_at(&self, at: usize) -> Option<(usize, What)> {
        let model = self.sentence.names.iter().find(|name| name.first == at);
        let inside = self.sentence.name_at(at).is_some_and(|name| name.first < at);
        let known = self.known(at);
        if let Some(last) = model.and_then(|name| self.before_government(name.first, name.last)) {
            return Some((last, What::Person));
        }
        let title = |name: &Name| {
            name.kind == NameKind::Person
                && self.gazetteer.office_titled(self.slice(name.first, name.last)).is_some()
        };
        if model.is_some_and(title) && known.is_none_or(|(_, sense)| !matches!(sense, Sense::Person(_))) {
            return None;
        }
        match (model, known) {
            (Some(name), Some((last, sense))) if last >= name.last => {
                self.sense(at, last, sense, Some(name.kind)).map(|what| (last, what))
            }
            (Some(name), known) => {
                let shift = self.leading_title(name.first, name.last);
                if shift > 0 {
                    return None;
                }
                let whole =
                    self.full_government(name.first, name.last).unwrap_or_else(|| self.named(name.kind));
                let split = known
                    .filter(|_| name.kind != NameKind::Person && whole == What::Named(EntityKind::Other));
                match split {
                    Some((last, sense)) => self.sense(at, last, sense, None).map(|what| (last, what)),
                    None => Some((name.last, whole)),
                }
            }
            (None, Some((last, sense))) if !inside || last > at || self.after_title_in_name(at) => {
                self.sense(at, last, sense, None).map(|what| (last, what))
            }
            _ if self.after_title_in_name(at) => {
                self.sentence.name_at(at).map(|name| (name.last, What::Person))
            }
            _ => None,
        }
    }

    /// How many words at the head of a name are a title that the model took in.
    fn leading_title(&self, first: usize, last: usize) -> usize {
        let windows =
            (first..last).rev().take_while(|end| *end + 1 > first).filter(|end| *end < first + TITLE);
        let mut titles =
            windows.filter(|end| self.gazetteer.office_titled(self.slice(first, *end)).is_some());
        titles.next().map_or(0, |end| end + 1 - first)
    }

    /// Whether the token follows a title within one of the model's names of people.
    fn after_title_in_name(&self, at: usize) -> bool {
        let Some(name) = self.sentence.name_at(at) else { return false };
        name.kind == NameKind::Person
            && name.first < at
            && self.leading_title(name.first, name.last) == at - name.first
    }

    fn named(&self, kind: NameKind) -> What {
        match kind {
            NameKind::Person => What::Person,
            NameKind::State | NameKind::Place => What::Named(EntityKind::Place),
            NameKind::Nationality => What::Named(EntityKind::Nationality),
            NameKind::Organisation => What::Named(EntityKind::Organisation),
            NameKind::Facility => What::Named(EntityKind::Facility),
            NameKind::Event => What::Named(EntityKind::Event),
            NameKind::Law => What::Named(EntityKind::Law),
            NameKind::Other => What::Named(EntityKind::Other),
        }
    }

    /// The longest name of the gazetteer that begins at a token.
    fn known(&self, at: usize) -> Option<(usize, Sense)> {
        let starts = self.form(at).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if !starts {
            return None;
        }
        let end = self.sentence.tokens.len().min(at + NAME);
        (at..end).rev().find_map(|last| {
            let proper = (at..=last).any(|t| {
                matches!(self.sentence.tokens[t].upos, Upos::Propn | Upos::Adj | Upos::Noun)
                    && self.form(t).starts_with(char::is_uppercase)
            });
            let ends_well =
                !matches!(self.sentence.tokens[last].upos, Upos::Punct | Upos::Adp | Upos::Det | Upos::Part);
            let whole = (last == at || ends_well) && proper;
            let senses = if whole { self.gazetteer.senses_of(&normalise(self.slice(at, last))) } else { &[] };
            self.choose(senses, at, last).map(|sense| (last, sense))
        })
    }

    fn choose(&self, senses: &[Sense], first: usize, last: usize) -> Option<Sense> {
        let token = &self.sentence.tokens[last];
        let proper = token.upos == Upos::Propn;
        let model = self.sentence.name_at(last).map(|name| name.kind);
        let follows_comma = |region: u32| {
            first >= 1 && self.form(first - 1) == "," && self.gazetteer.region_at(region).is_some()
        };
        let regional = senses.iter().copied().find(
            |sense| matches!(sense, Sense::Region(at) if follows_comma(*at) || self.of_a_state(*at, senses)),
        );
        let beyond = || senses.iter().copied().find(|sense| proper && self.beyond_states(*sense, senses));
        let fits = |sense: &Sense| match sense {
            Sense::State(_) | Sense::Metonym(_) | Sense::Region(_) => proper,
            Sense::Nationality(_) | Sense::RegionAdjective(_) => true,
            Sense::Organisation(_) => {
                proper
                    && (last > first
                        || self.form(first).chars().filter(|c| c.is_uppercase()).count() > 1
                        || model == Some(NameKind::Organisation))
            }
            Sense::Person(_) => proper && (last > first || model == Some(NameKind::Person)),
            Sense::Surname(_) => proper && (model == Some(NameKind::Person) || self.headline()),
            Sense::Place(_) => {
                proper && model != Some(NameKind::Person) && model != Some(NameKind::Organisation)
            }
        };
        let adjective = matches!(token.upos, Upos::Adj) || token.is_rel("amod");
        let order = |sense: &Sense| match sense {
            Sense::Nationality(_) | Sense::RegionAdjective(_) if adjective => 0,
            Sense::State(_) => 1,
            Sense::Metonym(_) => 2,
            Sense::Organisation(_) => 3,
            Sense::Person(_) => 4,
            Sense::Nationality(_) | Sense::RegionAdjective(_) => 5,
            Sense::Region(_) => 6,
            Sense::Surname(_) => 7,
            Sense::Place(_) => 8,
        };
        regional.or_else(beyond).or_else(|| {
            senses.iter().copied().filter(fits).min_by_key(|sense| (order(sense), self.place_size(*sense)))
        })
    }

    /// Whether a region shares its name with a state, and the article speaks of the region's country, not of that state.
    fn of_a_state(&self, region: u32, senses: &[Sense]) -> bool {
        let state = senses.iter().find_map(|sense| match sense {
            Sense::State(at) => self.gazetteer.state_at(*at),
            _ => None,
        });
        let home = self.gazetteer.region_at(region).and_then(|region| region.countries.first());
        state.zip(home).is_some_and(|(state, home)| {
            self.around.speaks_for(home) && !self.around.speaks_for(&state.id) && *home != state.id
        })
    }

    /// Whether a seat stands for a union of states, and the article does not speak of the state whose capital it is too.
    fn beyond_states(&self, sense: Sense, senses: &[Sense]) -> bool {
        let country = |sense: &Sense| match sense {
            Sense::Metonym(at) => self.gazetteer.metonym_at(*at).and_then(|it| it.country.as_deref()),
            _ => None,
        };
        let union = country(&sense).is_some_and(|code| code.starts_with("IGO:"));
        let mut states = senses.iter().filter_map(country).filter(|code| !code.starts_with("IGO:"));
        union && states.next().is_some_and(|code| !self.around.speaks_for(code))
    }

    /// Whether all its words are in capitals, as in a headline.
    fn headline(&self) -> bool {
        let mut words = self.sentence.tokens.iter().map(|token| token.form(self.text));
        self.sentence.tokens.len() > 2 && !words.any(|word| word.contains(char::is_lowercase))
    }

    fn place_size(&self, sense: Sense) -> u32 {
        match sense {
            Sense::Place(at) => self.gazetteer.place_at(at).map_or(0, |place| u32::MAX - place.population),
            _ => 0,
        }
    }

    fn sense(&self, first: usize, last: usize, sense: Sense, model: Option<NameKind>) -> Option<What> {
        let standing = Standing {
            text: self.text,
            sentence: self.sentence,
            words: self.words,
            first,
            last,
            head: self.head(first, last),
        };
        let state = |code: &str, (guise, reason)| What::State { code: code.to_owned(), guise, reason };
        if model == Some(NameKind::Person)
            && !matches!(sense, Sense::Person(_) | Sense::Surname(_))
            && self.person_like(first, last)
        {
            return Some(What::Person);
        }
        match sense {
            Sense::State(at) => self.gazetteer.state_at(at).map(|it| state(&it.id, standing.of_state())),
            Sense::Nationality(at) => self.gazetteer.state_at(at).map(|it| What::Nationality(it.id.clone())),
            Sense::Metonym(at) => {
                let metonym = self.gazetteer.metonym_at(at)?;
                if !metonym.seat {
                    return Some(What::Body(at));
                }
                let guise = if metonym.city { standing.of_capital() } else { standing.of_metonym() };
                Some(
                    metonym
                        .country
                        .as_ref()
                        .map_or(What::Named(EntityKind::Facility), |code| state(code, guise)),
                )
            }
            Sense::Organisation(at) => Some(What::Organisation(at)),
            Sense::Region(at) => Some(What::Region(at)),
            Sense::RegionAdjective(_) => Some(What::Named(EntityKind::Nationality)),
            Sense::Person(_) | Sense::Surname(_) => Some(What::Person),
            Sense::Place(at) => Some(What::City(at)),
        }
    }

    /// Whether a title or a given name before it makes a place's name a person's.
    fn person_like(&self, first: usize, last: usize) -> bool {
        let before = first.checked_sub(1).map(|at| self.lower(at).trim_end_matches('.').to_owned());
        let titled = before.is_some_and(|word| {
            self.words.is(&word, "honorific") || self.gazetteer.office_titled(&word).is_some()
        });
        titled || last > first
    }

    fn head(&self, first: usize, last: usize) -> usize {
        let outside =
            |at: &usize| self.sentence.tokens[*at].head.is_none_or(|head| head < first || head > last);
        (first..=last).find(outside).unwrap_or(last)
    }

    fn found(&self, first: usize, last: usize, kind: MentionKind, what: What) -> Found {
        let head = self.head(first, last);
        let token = &self.sentence.tokens[head];
        let verb = token.head.map(|at| &self.sentence.tokens[at]);
        let subject = token.is_rel("nsubj");
        let speaks = subject && verb.is_some_and(|verb| self.words.is(&verb.lemma.to_lowercase(), "speech"));
        Found {
            sentence: self.index,
            from: first,
            to: last,
            first,
            last,
            head,
            core: head,
            kind,
            what,
            subject,
            speaks: speaks || self.said_after(last) || self.said_before(first),
            country: None,
            receiver: None,
            office: None,
            former: false,
            definite: false,
            owner: None,
            local: false,
            plural: token.feat("Number") == Some("Plur"),
            quoted: self.quoted[first],
        }
    }

    fn said_after(&self, last: usize) -> bool {
        self.sentence.tokens.get(last + 1).is_some_and(|token| {
            token.upos == Upos::Verb && self.words.is(&token.lemma.to_lowercase(), "speech")
        })
    }

    fn said_before(&self, first: usize) -> bool {
        let before = first.checked_sub(1).map(|at| &self.sentence.tokens[at]);
        let mark = |at: usize| matches!(self.form(at), "\"" | "”" | "," | "“");
        before.is_some_and(|token| {
            token.upos == Upos::Verb && self.words.is(&token.lemma.to_lowercase(), "speech")
        }) && first >= 2
            && mark(first - 2)
    }

    /// Mentions whose head is a title, whether or not a name follows.
    fn titles(&self, names: &[Found]) -> Vec<Found> {
        let taken = |at: usize| names.iter().any(|name| (name.first..=name.last).contains(&at));
        let (mut found, mut at) = (Vec::new(), 0);
        while at < self.sentence.tokens.len() {
            let title =
                if taken(at) { None } else { self.title_at(at).filter(|(last, _)| !self.two(at, *last)) };
            match title {
                Some((last, office)) if !(at..=last).any(taken) => {
                    let mut one = self.found(at, last, MentionKind::Nominal, What::Holder);
                    let words = self.slice(at, last).to_owned();
                    let office = self.bodys_office(at, last, names).unwrap_or(office);
                    one.office = Some(Titled { office, words, first: at, last });
                    one.country = self.title_owner(at, last);
                    self.extend(&mut one, names);
                    if !self.names_a_post(&one) {
                        found.push(one);
                    }
                    at = last + 1;
                }
                _ => at += 1,
            }
        }
        found
    }

    /// Whether a title is of a pair: "the two leaders".
    fn two(&self, first: usize, last: usize) -> bool {
        let lemma = self.sentence.tokens[last].lemma.to_lowercase();
        self.pair(first, &lemma).is_some()
    }

    /// The office that a title is with the last word of the organisation before it: "European [Commission President]".
    fn bodys_office(&self, first: usize, last: usize, names: &[Found]) -> Option<String> {
        let before = names.iter().find(|name| name.last + 1 == first)?;
        let own = matches!(before.what, What::Organisation(_) | What::Body(_) | What::Named(_));
        let office = || self.gazetteer.office_titled(self.slice(before.last, last));
        office().filter(|_| own).map(|office| office.id.clone())
    }

    /// "The post of minister" is nobody.
    fn names_a_post(&self, one: &Found) -> bool {
        let post = |at: usize| self.words.is(&self.sentence.tokens[at].lemma.to_lowercase(), "post-noun");
        one.from >= 2 && self.lower(one.from - 1) == "of" && post(one.from - 2)
    }

    /// The organisation or state within a title: "UN chief".
    fn title_owner(&self, first: usize, last: usize) -> Option<String> {
        let (_, sense) = self.known(first).filter(|(end, _)| *end < last)?;
        self.gazetteer.explain_sense(sense, None)?.country
    }

    fn title_at(&self, at: usize) -> Option<(usize, String)> {
        if !self.worded(at) {
            return None;
        }
        let end = self.sentence.tokens.len().min(at + TITLE);
        let owner = self.known(at).map(|(last, _)| last);
        let owned = |last: usize| {
            owner.is_some_and(|own| {
                own < last && self.gazetteer.office_titled(self.slice(own + 1, last)).is_some()
            })
        };
        (at..end).rev().filter(|last| !owned(*last)).find_map(|last| {
            let noun = matches!(self.sentence.tokens[last].upos, Upos::Noun | Upos::Propn);
            let office = noun.then(|| self.gazetteer.office_titled(self.slice(at, last))).flatten()?;
            let form = self.form(at);
            let acronym = last == at && (2..=4).contains(&form.len());
            let small = acronym
                && !form.starts_with(char::is_uppercase)
                && office.titles.iter().any(|title| title.len() <= 3 && title == form);
            let hour =
                acronym && form.contains('.') && at > 0 && self.sentence.tokens[at - 1].upos == Upos::Num;
            (!small && !hour).then(|| (last, office.id.clone()))
        })
    }

    /// Joins titles to the names that follow them; the others stay as nominals.
    fn give_titles(&self, names: &mut Vec<Found>, titled: Vec<Found>) {
        for name in names.iter_mut().filter(|name| name.what == What::Person) {
            let behind = titled.iter().any(|title| title.last + 1 == name.first);
            if !behind {
                self.honour(name);
            }
        }
        for title in titled.into_iter().rev() {
            let joins =
                |name: &&mut Found| name.what == What::Person && name.from == title.to + 1 && !title.plural;
            match names.iter_mut().find(joins) {
                Some(name) => self.give(name, title),
                None if self.only_before_names(&title) => {}
                None => names.push(title),
            }
        }
        for name in names.iter_mut().filter(|name| name.what == What::Person && name.office.is_some()) {
            self.honour(name);
        }
    }

    /// Whether a title says nothing of a post without a name: "Father".
    fn only_before_names(&self, title: &Found) -> bool {
        title.first == title.last && self.words.is(&self.lower(title.last), "title-only")
    }

    fn give(&self, name: &mut Found, title: Found) {
        name.from = title.from;
        name.core = self.head(title.first, name.last);
        name.country = name.country.take().or(title.country);
        name.receiver = name.receiver.take().or(title.receiver);
        name.former |= title.former;
        name.subject |= title.subject;
        name.speaks |= title.speaks;
        let rank = |own: &Option<Titled>| {
            own.as_ref()
                .and_then(|own| self.gazetteer.office(&own.office))
                .map_or(u8::MAX, |office| office.rank)
        };
        if rank(&title.office) < rank(&name.office) {
            name.office = title.office;
        }
    }

    /// "Mr", an adjective or quoted words before a name belong to the mention.
    fn honour(&self, name: &mut Found) {
        while let Some(before) = name.from.checked_sub(1) {
            let word = self.lower(before);
            let plain = word.trim_end_matches('.');
            let honours = self.words.is(plain, "honorific") && self.gazetteer.office_titled(plain).is_none();
            let fits = honours || self.words.is(&word, "late");
            let epithet = if matches!(word.as_str(), "\"" | "”") { self.opening(before) } else { None };
            match epithet.or(fits.then_some(before)) {
                Some(from) => name.from = from,
                None => break,
            }
        }
    }

    /// The quotation mark that opens a few quoted words without a verb.
    fn opening(&self, closing: usize) -> Option<usize> {
        let open = (0..closing).rev().take(LEFT).find(|at| matches!(self.form(*at), "\"" | "“"))?;
        let plain = (open + 1..closing)
            .all(|at| matches!(self.sentence.tokens[at].upos, Upos::Adj | Upos::Noun | Upos::Adv));
        (plain && open + 1 < closing).then_some(open)
    }

    /// Takes in what stands before a title or noun and what completes it, and what they tell.
    fn extend(&self, one: &mut Found, names: &[Found]) {
        for _ in 0..LEFT {
            let Some(before) = one.from.checked_sub(1) else { break };
            if !self.extend_left(one, before, names) {
                break;
            }
        }
        self.extend_right(one, names);
    }

    fn extend_left(&self, one: &mut Found, before: usize, names: &[Found]) -> bool {
        let token = &self.sentence.tokens[before];
        let word = self.lower(before);
        let complement = |name: &Found| {
            name.from >= 2 && self.lower(name.from - 1) == "of" && self.title_at(name.from - 2).is_some()
        };
        let beside = names.iter().find(|name| name.last == before && name.what != What::Person);
        if let Some(name) = beside.filter(|name| !complement(name)) {
            one.country =
                one.country.take().or_else(|| self.country(&name.what)).or_else(|| name.country.clone());
            one.local |= self.local(&name.what);
            one.definite |= name.from < name.first;
            one.from = name.from;
            return name.from == name.first;
        }
        if let Some(person) = names.iter().find(|name| name.last == before && name.what == What::Person) {
            if self.words.is(&self.lower(one.last), "government") {
                one.owner = Some(person.first);
                one.definite = true;
                one.from = person.from;
                self.article(one);
                one.owner = Some(person.first);
            }
            return false;
        }
        if &*token.xpos == "POS" || word == "'s" || word == "’s" {
            let Some(owner) = names.iter().find(|name| name.last + 1 == before) else { return false };
            one.owner = Some(owner.first);
            one.country =
                one.country.take().or_else(|| self.country(&owner.what).filter(|_| !self.relational(one)));
            one.local |= self.local(&owner.what);
            one.definite = true;
            one.from = owner.from;
            return false;
        }
        one.former |= self.words.is(&word, "former");
        let modifies = matches!(token.upos, Upos::Adj | Upos::Num) && !token.is_rel("root")
            || self.words.is(&word, "modifier")
            || (&*token.deprel == "compound" && token.upos != Upos::Verb)
            || (&*token.xpos == "HYPH" && before > 0);
        if modifies {
            one.from = before;
            return true;
        }
        self.article(one);
        false
    }

    /// Whether the noun names somebody by how he stands to another: "neighbour", "ally".
    fn relational(&self, one: &Found) -> bool {
        self.words.is(&self.sentence.tokens[one.last].lemma.to_lowercase(), "relational")
    }

    fn article(&self, one: &mut Found) {
        let Some(before) = one.from.checked_sub(1) else { return };
        let token = &self.sentence.tokens[before];
        let own = token.upos == Upos::Det || token.feat("Poss") == Some("Yes") || &*token.xpos == "PRP$";
        if own {
            one.owner = (token.upos == Upos::Pron || &*token.xpos == "PRP$").then_some(before);
            one.definite |= !matches!(
                self.lower(before).as_str(),
                "a" | "an" | "some" | "any" | "no" | "every" | "each" | "another"
            );
            one.from = before;
        }
    }

    fn extend_right(&self, one: &mut Found, names: &[Found]) {
        for _ in 0..2 {
            let Some(token) = self.sentence.tokens.get(one.to + 1) else { return };
            let preposition = token.form(self.text).to_lowercase();
            if !matches!(preposition.as_str(), "of" | "to" | "for" | "in" | "at") {
                return;
            }
            let article = usize::from(
                self.sentence.tokens.get(one.to + 2).is_some_and(|token| token.upos == Upos::Det),
            );
            let start = one.to + 2 + article;
            let Some(name) = names.iter().find(|name| name.first == start) else { return };
            let owns = self.sentence.tokens.get(name.last + 1).is_some_and(|token| &*token.xpos == "POS");
            let body = names.iter().find(|body| owns && body.first == name.last + 2);
            if (owns && body.is_none()) || !self.closes(body.unwrap_or(name)) || name.what == What::Person {
                return;
            }
            let code = self.country(&name.what).or_else(|| name.country.clone());
            let (name, owned) = (body.unwrap_or(name), body.is_some());
            match preposition.as_str() {
                "of" | "for" => one.country = one.country.take().or(code),
                "to" | "in" | "at" if self.sent(one) && code.is_some() => one.receiver = code,
                _ => return,
            }
            one.local |= owned || self.local(&name.what);
            one.definite |= preposition == "of" && one.from < one.first;
            one.to = name.last;
        }
    }

    /// Whether a name is of a part of a country: a city, a region, a party.
    fn local(&self, what: &What) -> bool {
        match what {
            What::Region(_) | What::City(_) | What::Named(_) | What::Body(_) => true,
            What::Organisation(_) => self.country(what).is_some_and(|code| !code.starts_with("IGO:")),
            _ => false,
        }
    }

    /// Whether a name is a phrase of its own and not the first part of another: "of China", not "of China Telecom".
    fn closes(&self, name: &Found) -> bool {
        let token = &self.sentence.tokens[name.head];
        !(token.is_rel("compound") || token.is_rel("amod"))
    }

    fn sent(&self, one: &Found) -> bool {
        self.words.is(&self.sentence.tokens[one.last].lemma.to_lowercase(), "sent")
    }

    fn country(&self, what: &What) -> Option<String> {
        match what {
            What::State { code, .. } | What::Nationality(code) => Some(code.clone()),
            What::Body(at) => self.gazetteer.metonym_at(*at)?.country.clone(),
            What::Organisation(at) => self.gazetteer.organisation_at(*at)?.country.clone(),
            What::Region(at) => self
                .gazetteer
                .region_at(*at)
                .and_then(|region| region.countries.first().filter(|_| region.countries.len() == 1).cloned()),
            What::City(at) => self.gazetteer.place_at(*at).map(|place| place.country.clone()),
            _ => None,
        }
    }

    /// Groups, plans and pairs by common nouns.
    fn nominals(&self, before: &[Found]) -> Vec<Found> {
        let titled = |one: &Found, at: usize| {
            one.office.as_ref().is_some_and(|own| (own.first..=own.last).contains(&at))
        };
        let taken =
            |at: usize| before.iter().any(|one| (one.first..=one.last).contains(&at) || titled(one, at));
        let nouns = (0..self.sentence.tokens.len()).filter(|at| self.noun(*at) && !taken(*at));
        let heads =
            nouns.filter(|at| {
                !self.sentence.tokens.get(*at + 1).is_some_and(|next| {
                    next.upos == Upos::Noun && self.sentence.tokens[*at].is_rel("compound")
                })
            });
        heads.filter_map(|at| self.nominal(at, before)).collect()
    }

    fn noun(&self, at: usize) -> bool {
        let token = &self.sentence.tokens[at];
        token.upos == Upos::Noun
            || (token.upos == Upos::Propn && self.words.is(&self.lower(at), "government"))
    }

    fn nominal(&self, at: usize, names: &[Found]) -> Option<Found> {
        if self.words.is(&self.lower(at), "thing") {
            return None;
        }
        let lemma = self.sentence.tokens[at].lemma.to_lowercase();
        let first = (at.saturating_sub(3)..=at)
            .find(|first| self.worded(*first) && self.gazetteer.sector(self.slice(*first, at)).is_some());
        let sector = first.and_then(|first| self.gazetteer.sector(self.slice(first, at)));
        let what = if let Some(pair) = self.pair(at, &lemma) {
            What::Pair(pair)
        } else if self.words.is(&lemma, "document") {
            What::Document
        } else if let Some(sector) = sector {
            What::Group(sector.split('|').map(str::to_owned).collect())
        } else {
            What::Common(self.words.common(&lemma)?)
        };
        let mut one = self.found(first.unwrap_or(at), at, MentionKind::Nominal, what);
        self.extend(&mut one, names);
        one.quoted = self.quoted[at];
        Some(one)
    }

    fn pair(&self, at: usize, lemma: &str) -> Option<PairOf> {
        let two = at
            .checked_sub(1)
            .map(|before| self.lower(before))
            .is_some_and(|word| word == "two" || word == "both");
        let number = self.sentence.tokens[at].feat("Number");
        let plural = number == Some("Plur") || self.lower(at).ends_with('s');
        match (two && plural, self.words.is(lemma, "pair"), self.words.is(lemma, "lands")) {
            (true, true, _) => Some(PairOf::People),
            (true, _, true) => Some(PairOf::Lands),
            _ => None,
        }
    }

    fn pronoun(&self, at: usize) -> Option<Found> {
        let token = &self.sentence.tokens[at];
        let word = self.lower(at);
        let what = match () {
            () if token.upos != Upos::Pron => return None,
            () if self.words.is(&word, "he") => What::Personal('m'),
            () if self.words.is(&word, "she") => What::Personal('f'),
            () if self.words.is(&word, "it") => What::Neuter,
            () if self.words.is(&word, "they") => What::Several,
            () if self.words.is(&word, "i") => What::Voice(Voice::I),
            () if self.words.is(&word, "we") => What::Voice(Voice::We),
            () if self.words.is(&word, "you") => What::Voice(Voice::You),
            () => return None,
        };
        let plural = matches!(what, What::Several | What::Voice(Voice::We));
        let one = self.found(at, at, MentionKind::Pronoun, what);
        Some(Found { plural, ..one })
    }
}

/// For each token, whether quotation marks surround it.
pub(super) fn quoted(text: &str, sentence: &Sentence, mut open: bool) -> (Vec<bool>, bool) {
    let mark = |form: &str, open: bool| match form {
        "“" | "``" => true,
        "”" | "''" => false,
        "\"" => !open,
        _ => open,
    };
    let inside = sentence.tokens.iter().map(|token| {
        open = mark(token.form(text), open);
        open
    });
    (inside.collect(), open)
}
