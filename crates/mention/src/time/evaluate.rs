//! The functions of normalisation expressions.

use std::collections::BTreeMap;

use jiff::civil;
use legation_text::pattern::{Found, Value};

use super::{
    calendar::{Stamp, Unit, plus_days},
    direction::Direction,
    expression::Expression,
    holiday::Holidays,
    meaning::Meaning,
};

/// Names that an expression may call.
pub(super) const FUNCTIONS: [&str; 23] = [
    "date",
    "month",
    "weekday",
    "nth",
    "year",
    "decade",
    "century",
    "quarter",
    "half",
    "season",
    "unit",
    "shift",
    "same",
    "beside",
    "lasting",
    "ref",
    "clock",
    "part",
    "recurring",
    "holiday",
    "yearago",
    "inner",
    "event",
];

/// An earlier expression that later ones may count from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Earlier {
    pub(super) stamp: Stamp,
    /// Index of the expression.
    pub(super) index: usize,
    /// Atom at which it began.
    pub(super) atom: usize,
    /// Told by its own words rather than counted from another expression.
    pub(super) told: bool,
    /// With its year.
    pub(super) full: bool,
}

/// What a value may count from.
pub(super) struct Context<'c> {
    /// Publication date.
    pub(super) published: Option<civil::Date>,
    /// Latest first.
    pub(super) earlier: &'c [Earlier],
    /// Tense and prepositions.
    pub(super) direction: Direction,
    /// Tenses alone.
    pub(super) tense: Direction,
    /// Atom at which the expression begins.
    pub(super) atom: usize,
    /// Atom at which its sentence begins.
    pub(super) sentence: usize,
    pub(super) holidays: &'c Holidays,
    /// First and last day of the event that the expression counts from.
    pub(super) event: Option<(civil::Date, civil::Date)>,
    pub(super) found: &'c Found,
}

/// A value and what it was counted from.
#[derive(Debug, Clone)]
pub(super) struct Reached {
    pub(super) meaning: Meaning,
    pub(super) anchor: Anchor,
}

/// What a value counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Nothing: the words say it all.
    None,
    /// The publication date.
    Published,
    /// The publication date is needed and unknown.
    Missing,
    /// An earlier expression, by index.
    Earlier(usize),
    /// An event.
    Event,
}

/// So far on, a day or month without a year is of the year told before: "in the spring of 2023 … by the autumn".
const SAME_YEAR: usize = 14;

type Arguments = BTreeMap<String, Expression>;

enum Out {
    Number(f64),
    Word(String),
    Time(Reached),
}

impl Context<'_> {
    /// The value of a rule's expression; `None` where it makes no sense (Feb. 30).
    pub(super) fn reach(&self, expression: &Expression) -> Option<Reached> {
        match self.evaluate(expression)? {
            Out::Time(reached) => Some(reached),
            Out::Word(word) => Some(self.plain(Meaning::Open(word))),
            Out::Number(_) => None,
        }
    }

    /// The word or number that an expression comes to.
    pub(super) fn text(&self, expression: &Expression) -> Option<String> {
        match self.evaluate(expression)? {
            Out::Word(word) => Some(word),
            Out::Number(number) => Some(number.to_string()),
            Out::Time(reached) => Some(reached.meaning.value()),
        }
    }

    fn evaluate(&self, expression: &Expression) -> Option<Out> {
        match expression {
            Expression::Number(number) => Some(Out::Number(*number)),
            Expression::Word(word) => Some(Out::Word(word.clone())),
            Expression::Capture(name) => Some(match self.found.get(name)? {
                Value::Number(number) => Out::Number(*number),
                Value::Word(word) => Out::Word(word.clone()),
            }),
            Expression::Call(name, arguments) => self.call(name, arguments).map(Out::Time),
        }
    }

    fn call(&self, name: &str, of: &Arguments) -> Option<Reached> {
        match name {
            "date" => self.date(of),
            "month" => self.month(of),
            "weekday" => self.weekday(of),
            "nth" => self.nth(of),
            "year" => self.year(of),
            "decade" => self.decade(of),
            "century" => self.fixed(i16::try_from(self.number(of, "n")?).ok().map(|n| Stamp::Century(n - 1))),
            "quarter" => self.piece(of, "q", Unit::Quarter),
            "half" => self.piece(of, "h", Unit::Half),
            "season" => self.season(of),
            "unit" => self.unit(of),
            "shift" => self.shift(of),
            "same" => self.same(of),
            "beside" => self.beside(of),
            "lasting" => self.lasting(of),
            "ref" => Some(self.plain(Meaning::Reference(self.side(of, "r")))),
            "clock" => self.clock(of),
            "part" => self.part(of),
            "recurring" => self.recurring(of),
            "holiday" => self.holiday(of),
            "yearago" => self.year_ago(of),
            "inner" => self.inner(of),
            "event" => self.by_event(of),
            _ => None,
        }
    }

    fn plain(&self, meaning: Meaning) -> Reached {
        Reached { meaning, anchor: Anchor::None }
    }

    fn fixed(&self, stamp: Option<Stamp>) -> Option<Reached> {
        stamp.map(|stamp| self.plain(Meaning::At(stamp)))
    }

    fn counted(&self, stamp: Option<Stamp>) -> Option<Reached> {
        stamp.map(|stamp| Reached { meaning: Meaning::At(stamp), anchor: Anchor::Published })
    }

    /// Where the publication date is needed and unknown: the value says what is known.
    fn unbound(&self, value: String) -> Option<Reached> {
        Some(Reached { meaning: Meaning::Open(value), anchor: Anchor::Missing })
    }

    fn number(&self, of: &Arguments, name: &str) -> Option<i64> {
        match self.evaluate(of.get(name)?)? {
            Out::Number(number) if number.abs() < 1e7 => Some(number as i64),
            _ => None,
        }
    }

    fn word(&self, of: &Arguments, name: &str) -> Option<String> {
        match self.evaluate(of.get(name)?)? {
            Out::Word(word) => Some(word),
            _ => None,
        }
    }

    fn time(&self, of: &Arguments, name: &str) -> Option<Reached> {
        match self.evaluate(of.get(name)?)? {
            Out::Time(reached) => Some(reached),
            _ => None,
        }
    }

    fn side(&self, of: &Arguments, name: &str) -> i8 {
        self.number(of, name).map_or(0, |number| number.signum() as i8)
    }

    fn unit_of(&self, of: &Arguments) -> Option<Unit> {
        self.word(of, "u").and_then(|word| Unit::from_name(&word))
    }

    /// A year as number (two digits: of the last hundred years) or as an expression.
    fn year_number(&self, of: &Arguments, name: &str) -> Option<i64> {
        let number = match self.evaluate(of.get(name)?)? {
            Out::Number(number) => number as i64,
            Out::Time(Reached { meaning: Meaning::At(Stamp::Year(year)), .. }) => i64::from(year),
            _ => return None,
        };
        let short = (0..100).contains(&number);
        let ahead = self.published.map_or(2030, |day| i64::from(day.year()) + 10);
        let century = ahead - ahead.rem_euclid(100) + number;
        Some(if !short {
            number
        } else if century > ahead {
            century - 100
        } else {
            century
        })
    }

    /// A year, or the two digits that end the one of `after`: the 56 of "1853-56".
    fn year(&self, of: &Arguments) -> Option<Reached> {
        let year = match self.number(of, "after") {
            Some(after) => after + (self.number(of, "y")? - after).rem_euclid(100),
            None => self.year_number(of, "y")?,
        };
        self.fixed(Stamp::year(year))
    }

    /// The first of some stretches after what was just told with a year that is over.
    fn told_after(&self, stamps: impl Fn(i16) -> Option<Stamp>) -> Option<Reached> {
        let published = self.published.filter(|_| self.tense != Direction::Coming)?;
        let near = |it: &&Earlier| it.full && it.atom + SAME_YEAR >= self.atom && it.atom >= self.sentence;
        let told = self.earlier.first().filter(near)?;
        let from = told.stamp.first().filter(|day| day.year() < published.year())?;
        let within = matches!(told.stamp.unit(), Unit::Year) && told.stamp.last()?.year() == from.year();
        let years = from.year()..=from.year() + i16::from(!within);
        let stamp =
            years.filter_map(stamps).find(|stamp| stamp.first().is_some_and(|first| first >= from))?;
        let over = stamp.last().is_some_and(|last| last <= published);
        over.then_some(Reached { meaning: Meaning::At(stamp), anchor: Anchor::Earlier(told.index) })
    }

    fn date(&self, of: &Arguments) -> Option<Reached> {
        let (month, day) =
            (i8::try_from(self.number(of, "m")?).ok()?, i8::try_from(self.number(of, "d")?).ok()?);
        if let Some(year) = self.year_number(of, "y") {
            return self.fixed(Stamp::day(i16::try_from(year).ok()?, month, day));
        }
        Stamp::day(2000, month, day)?;
        let Some(published) = self.published else {
            return self.unbound(format!("XXXX-{month:02}-{day:02}"));
        };
        if let Some(told) = self.told_after(|year| Stamp::day(year, month, day)) {
            return Some(told);
        }
        let years = (published.year() - 4)..=(published.year() + 4);
        let days = years.filter_map(|year| civil::Date::new(year, month, day).ok()).collect::<Vec<_>>();
        self.counted(self.nearest(&days, published, of).map(Stamp::Day))
    }

    /// Of the days a name may mean, the one that `r`, tense and nearness choose.
    fn nearest(&self, days: &[civil::Date], published: civil::Date, of: &Arguments) -> Option<civil::Date> {
        let away = |day: &civil::Date| (*day - published).get_days();
        let past = days.iter().rev().find(|day| away(day) <= 0).copied();
        let coming = days.iter().find(|day| away(day) >= 0).copied();
        let (Some(past), Some(coming)) = (past, coming) else { return past.or(coming) };
        let (back, ahead) = (-away(&past), away(&coming));
        let choose_past = match (self.side(of, "r"), self.direction) {
            (-1, _) => true,
            (1, _) => false,
            (_, Direction::Past) => ahead > 60 || back <= ahead,
            (_, Direction::Coming | Direction::Likely) => {
                back < ahead && (back < 15 || (back < 60 && ahead > 240))
            }
            (_, Direction::Unknown) => back <= ahead,
        };
        Some(if choose_past { past } else { coming })
    }

    fn month(&self, of: &Arguments) -> Option<Reached> {
        let month = i8::try_from(self.number(of, "m")?).ok()?;
        if let Some(year) = self.year_number(of, "y") {
            return self.fixed(Stamp::month(i16::try_from(year).ok()?, month));
        }
        let Some(published) = self.published else {
            return self.unbound(format!("XXXX-{month:02}"));
        };
        if of.contains_key("beside") {
            return self.month_after(month);
        }
        let told = || self.told_after(|year| Stamp::month(year, month));
        if let (false, Some(told)) = (of.contains_key("r") && self.number(of, "r").is_some(), told()) {
            return Some(told);
        }
        let now = published.month();
        if of.contains_key("r") && self.number(of, "r") == Some(0) {
            return self.counted(Stamp::month(published.year(), month));
        }
        let back = i64::from((now - month).rem_euclid(12));
        let this = Stamp::around(published, Unit::Month);
        self.counted(this.shift(self.step(back, 12, of)))
    }

    /// The first such month after what was told last: "December 2021 … the following March".
    fn month_after(&self, month: i8) -> Option<Reached> {
        let told = self.earlier.first().filter(|it| it.atom + 150 >= self.atom)?;
        let last = told.stamp.last()?;
        let months = (last.year()..=last.year() + 1).filter_map(|year| Stamp::month(year, month));
        let stamp = months.into_iter().find(|stamp| stamp.first().is_some_and(|first| first > last))?;
        Some(Reached { meaning: Meaning::At(stamp), anchor: Anchor::Earlier(told.index) })
    }

    /// How far to go from the present stretch to the one meant, `back` steps ago in a cycle.
    fn step(&self, back: i64, cycle: i64, of: &Arguments) -> i64 {
        let ahead = cycle - back;
        let explicit = of.contains_key("r") && self.number(of, "r").is_some();
        match (self.side(of, "r"), self.direction) {
            (-1, _) if back == 0 => -cycle,
            (-1, _) => -back,
            (1, _) => ahead,
            (0, _) if explicit => {
                if back * 2 <= cycle {
                    -back
                } else {
                    ahead
                }
            }
            (_, Direction::Past) => -back,
            (_, Direction::Coming | Direction::Likely) if back == 0 => 0,
            (_, Direction::Coming | Direction::Likely) if cycle == 4 && back == 1 => -1,
            (_, Direction::Coming | Direction::Likely) => ahead,
            (_, Direction::Unknown) if back <= ahead + cycle / 3 => -back,
            (_, Direction::Unknown) => ahead,
        }
    }

    fn weekday(&self, of: &Arguments) -> Option<Reached> {
        let weekday = self.number(of, "w")?.clamp(1, 7);
        if of.contains_key("beside") {
            return self.weekday_beside(weekday, self.side(of, "beside"));
        }
        let Some(published) = self.published else {
            return self.unbound(format!("XXXX-WXX-{weekday}"));
        };
        let back = (i64::from(published.weekday().to_monday_one_offset()) - weekday).rem_euclid(7);
        let explicit = self.number(of, "r").is_some();
        let days = match (self.side(of, "r"), self.direction) {
            (-1, _) if back == 0 => -7,
            (-1, _) => -back,
            (1, _) => 7 - back,
            (0, Direction::Coming) if back != 0 => 7 - back,
            (0, _) if explicit && back != 0 => 7 - back,
            (0, Direction::Likely) if self.is_told_by(plus_days(published, -back)?) => 7 - back,
            _ => -back,
        };
        self.counted(plus_days(published, days).map(Stamp::Day))
    }

    /// Whether the sentence has told a day as late as this: "agreed on Thursday to meet on Tuesday".
    fn is_told_by(&self, day: civil::Date) -> bool {
        let told = self.earlier.first().filter(|it| it.atom >= self.sentence && it.atom < self.atom);
        told.is_some_and(|it| matches!(it.stamp, Stamp::Day(told) if told > day))
    }

    /// That weekday before or after the day told last.
    fn weekday_beside(&self, weekday: i64, side: i8) -> Option<Reached> {
        let told =
            |earlier: &&Earlier| matches!(earlier.stamp, Stamp::Day(_)) && earlier.atom + 150 >= self.atom;
        let last = self.earlier.iter().find(told);
        let anchor = last.map_or(Anchor::Published, |earlier| Anchor::Earlier(earlier.index));
        let Some(day) = last.and_then(|earlier| earlier.stamp.first()).or(self.published) else {
            return self.unbound(format!("XXXX-WXX-{weekday}"));
        };
        let own = i64::from(day.weekday().to_monday_one_offset());
        let (back, ahead) = ((own - weekday - 1).rem_euclid(7) + 1, (weekday - own - 1).rem_euclid(7) + 1);
        let stamp = plus_days(day, if side < 0 { -back } else { ahead }).map(Stamp::Day)?;
        Some(Reached { meaning: Meaning::At(stamp), anchor })
    }

    /// The n-th such weekday of a month, from its end if negative: "the first Sunday in October".
    fn nth(&self, of: &Arguments) -> Option<Reached> {
        let (weekday, which) = (self.number(of, "w")?, i8::try_from(self.number(of, "n")?).ok()?);
        let month = self.time(of, "of")?;
        let Some(Stamp::Month(year, number)) = month.meaning.stamp() else {
            return Some(Reached {
                meaning: Meaning::Open(format!("{}-WXX-{weekday}", month.meaning.value())),
                ..month
            });
        };
        let weekday = civil::Weekday::from_monday_one_offset(i8::try_from(weekday).ok()?).ok()?;
        let first = civil::Date::new(year, number, 1).ok()?;
        let day = first.nth_weekday_of_month(which, weekday).ok()?;
        Some(Reached { meaning: Meaning::At(Stamp::Day(day)), anchor: month.anchor })
    }

    /// `1990` or `90` of "the '90s".
    fn decade(&self, of: &Arguments) -> Option<Reached> {
        if let Some(number) = self.number(of, "n") {
            let year = if number < 100 { number + if number < 30 { 2000 } else { 1900 } } else { number };
            return self.fixed(i16::try_from(year / 10).ok().map(Stamp::Decade));
        }
        None
    }

    fn piece(&self, of: &Arguments, name: &str, unit: Unit) -> Option<Reached> {
        let (which, cycle) = (self.number(of, name)?, if unit == Unit::Quarter { 4 } else { 2 });
        let index = i8::try_from(which).ok().filter(|which| (1..=cycle).contains(which))?;
        let make = |year: i16, index: i8| {
            if unit == Unit::Quarter { Stamp::Quarter(year, index) } else { Stamp::Half(year, index) }
        };
        if let Some(year) = self.year_number(of, "y") {
            return self.fixed(Stamp::year(year).and(i16::try_from(year).ok()).map(|year| make(year, index)));
        }
        let Some(published) = self.published else {
            return self.unbound(format!("XXXX-{}{index}", unit.letter()));
        };
        let now = Stamp::around(published, unit);
        let (Stamp::Quarter(_, at) | Stamp::Half(_, at)) = now else { return None };
        let back = i64::from((at - index).rem_euclid(cycle));
        self.counted(now.shift(self.step(back, i64::from(cycle), of)))
    }

    fn season(&self, of: &Arguments) -> Option<Reached> {
        let season = self.word(of, "s")?;
        let index = Stamp::season_code(&season)?;
        if let Some(year) = self.year_number(of, "y") {
            return self.fixed(
                Stamp::year(year).and(i16::try_from(year).ok()).map(|year| Stamp::Season(year, index)),
            );
        }
        let Some(published) = self.published else {
            return self.unbound(format!("XXXX-{season}"));
        };
        let told = || self.told_after(|year| Some(Stamp::Season(year, index)));
        if let (None, Some(told)) = (self.number(of, "r"), told()) {
            return Some(told);
        }
        let now = Stamp::around(published, Unit::Season);
        let Stamp::Season(year, at) = now else { return None };
        if self.number(of, "r") == Some(0) {
            return self
                .counted(Some(Stamp::Season(if at == 3 && index != 3 { year + 1 } else { year }, index)));
        }
        let steps = self.step(i64::from((at - index).rem_euclid(4)), 4, of);
        let place = i64::from(year) * 4 + i64::from(at) + steps;
        let year = i16::try_from(place.div_euclid(4)).ok()?;
        self.counted(Some(Stamp::Season(year, index)))
    }

    /// This, last, next unit.
    fn unit(&self, of: &Arguments) -> Option<Reached> {
        let (unit, by) = (self.unit_of(of)?, self.number(of, "r")?);
        let base = self.time(of, "of");
        let anchor = base.as_ref().map_or(Anchor::Published, |base| base.anchor);
        let day = match &base {
            Some(base) => base.meaning.stamp()?.first(),
            None => self.published,
        };
        let Some(day) = day else {
            return if by == 0 {
                self.unbound("PRESENT_REF".into())
            } else {
                self.unbound(side_name(by).into())
            };
        };
        let over =
            unit == Unit::Weekend && by == 0 && base.is_none() && day.weekday().to_monday_one_offset() <= 3;
        let by = if over && self.direction != Direction::Coming && self.word(of, "told").is_none() {
            -1
        } else {
            by
        };
        let stamp = Stamp::around(day, unit).shift(by)?;
        Some(Reached { meaning: Meaning::At(stamp), anchor })
    }

    /// So many units before or after the publication date (or `of`).
    fn shift(&self, of: &Arguments) -> Option<Reached> {
        let (unit, by) = (self.unit_of(of)?, self.number(of, "by")?);
        let Some(count) = self.number(of, "n") else {
            return Some(self.plain(Meaning::Reference(by.signum() as i8)));
        };
        let half = self.word(of, "n").is_none() && self.fraction(of, "n") > 0.0;
        let base = match self.time(of, "of") {
            Some(base) => (base.meaning.stamp().and_then(Stamp::first), base.anchor),
            None => (self.published, Anchor::Published),
        };
        let Some(day) = base.0 else { return self.unbound(side_name(by).into()) };
        let mut moved = day.checked_add(unit.span(count.checked_mul(by)?)?).ok()?;
        if half && unit == Unit::Year {
            moved = moved.checked_add(Unit::Month.span(6 * by)?).ok()?;
        }
        let fine = match unit {
            Unit::Week | Unit::Weekend => Unit::Week,
            Unit::Season => Unit::Month,
            other => other,
        };
        let fine = self.word(of, "as").and_then(|name| Unit::from_name(&name)).unwrap_or(fine);
        let stamp = Stamp::around(moved, if fine == Unit::Century { Unit::Year } else { fine });
        Some(Reached { meaning: Meaning::At(stamp), anchor: base.1 })
    }

    fn fraction(&self, of: &Arguments, name: &str) -> f64 {
        match of.get(name).and_then(|argument| self.evaluate(argument)) {
            Some(Out::Number(number)) => number.fract(),
            _ => 0.0,
        }
    }

    /// The last expression of that unit or finer: "the quarter", "that year"; else the present one.
    fn same(&self, of: &Arguments) -> Option<Reached> {
        let unit = self.unit_of(of)?;
        let reach = self.number(of, "reach").unwrap_or(400) as usize;
        let near = self.earlier.iter().filter(|earlier| earlier.atom + reach >= self.atom);
        let by = self.number(of, "by").unwrap_or(0);
        let year = self.year_number(of, "y").and_then(|year| i16::try_from(year).ok());
        for earlier in near {
            let known = earlier.stamp.unit();
            let fits = if of.contains_key("exact") {
                known == unit && (unit == Unit::Day || earlier.told)
            } else {
                known <= unit && known >= Unit::Day
            };
            let done = !of.contains_key("done") || earlier.stamp.last() <= self.published;
            if let (true, Some(first)) = (fits && done, earlier.stamp.first()) {
                let stamp = Stamp::around(first, unit).shift(by)?;
                let stamp = match (stamp, year) {
                    (Stamp::Quarter(_, quarter), Some(year)) => Stamp::Quarter(year, quarter),
                    (other, _) => other,
                };
                return Some(Reached { meaning: Meaning::At(stamp), anchor: Anchor::Earlier(earlier.index) });
            }
        }
        if let Some(year) = year {
            return self.fixed(Stamp::year(i64::from(year)));
        }
        match (of.contains_key("only"), self.published) {
            (true, _) => None,
            (false, Some(day)) => {
                self.counted(Stamp::around(day, unit).shift(by + self.number(of, "else").unwrap_or(0)))
            }
            (false, None) => self.unbound("PRESENT_REF".into()),
        }
    }

    /// So many units before or after the last expression: "two days later", "the following year".
    fn beside(&self, of: &Arguments) -> Option<Reached> {
        let (unit, by) = (self.unit_of(of)?, self.number(of, "by")?);
        let count = self.number(of, "n").unwrap_or(1);
        let reach = self.number(of, "reach").unwrap_or(150) as usize;
        let mut near = self.earlier.iter().filter(|earlier| earlier.atom + reach >= self.atom);
        let found = near.find(|earlier| earlier.stamp.unit() <= unit || earlier.stamp.unit() == Unit::Year);
        let Some(base) = found else {
            // What is told as done is not later than the publication.
            let later = by > 0 && self.direction == Direction::Past;
            return if of.contains_key("n") && !later { self.shift(of) } else { None };
        };
        let day = base.stamp.first()?.checked_add(unit.span(count.checked_mul(by)?)?).ok()?;
        let fine = unit.min(Unit::Century).max(Unit::Day);
        let stamp = Stamp::around(
            day,
            if base.stamp.unit() == Unit::Day && fine == Unit::Week { Unit::Day } else { fine },
        );
        Some(Reached { meaning: Meaning::At(stamp), anchor: Anchor::Earlier(base.index) })
    }

    fn lasting(&self, of: &Arguments) -> Option<Reached> {
        let unit = self.unit_of(of)?;
        let count = match of.get("n").and_then(|argument| self.evaluate(argument)) {
            Some(Out::Number(number)) if number < 1e9 => Some(number + self.fraction(of, "plus")),
            _ => self.number(of, "or").map(|number| number as f64),
        };
        Some(self.plain(Meaning::Lasting { count, unit, side: self.side(of, "r") }))
    }

    /// `22:00` of a day: `h`, `m`, `half` (am, pm) and `of`.
    fn clock(&self, of: &Arguments) -> Option<Reached> {
        let (hour, minute) = (self.number(of, "h")?, self.number(of, "m"));
        let hour = match self.word(of, "half").as_deref() {
            Some("am" | "MO") if hour == 12 => 0,
            Some("pm" | "AF" | "EV") if hour < 12 => hour + 12,
            _ => hour,
        };
        let good = (0..=24).contains(&hour)
            && (0..60).contains(&minute.unwrap_or(0))
            && (hour < 24 || minute.unwrap_or(0) == 0);
        let minute = minute.unwrap_or(0);
        let zone = self.word(of, "z").unwrap_or_default();
        good.then(|| self.on_day(of, format!("{hour:02}:{minute:02}"), zone))
    }

    fn on_day(&self, of: &Arguments, time: String, zone: String) -> Reached {
        let given = self.time(of, "of");
        let anchor = given.as_ref().map_or(Anchor::Published, |given| given.anchor);
        let day = match given {
            Some(given) => given.meaning.stamp(),
            None => self.last_day().or(self.published).map(Stamp::Day),
        };
        let anchor = if day.is_none() { Anchor::Missing } else { anchor };
        Reached { meaning: Meaning::Clock { day, time, zone }, anchor }
    }

    /// The day told last, if it was told just before.
    fn last_day(&self) -> Option<civil::Date> {
        let near = self.earlier.iter().filter(|earlier| earlier.atom + 60 >= self.atom);
        near.filter_map(|earlier| if let Stamp::Day(day) = earlier.stamp { Some(day) } else { None }).next()
    }

    /// `MO`, `EV` of a day.
    fn part(&self, of: &Arguments) -> Option<Reached> {
        let part = self.word(of, "p")?;
        Some(self.on_day(of, part, String::new()))
    }

    fn recurring(&self, of: &Arguments) -> Option<Reached> {
        let value = match (self.number(of, "w"), self.number(of, "m"), self.word(of, "p"), self.word(of, "s"))
        {
            (Some(weekday), .., None, None) => format!("XXXX-WXX-{weekday}"),
            (Some(weekday), _, Some(part), _) => format!("XXXX-WXX-{weekday}T{part}"),
            (None, Some(month), ..) => match self.number(of, "d") {
                Some(day) => format!("XXXX-{month:02}-{day:02}"),
                None => format!("XXXX-{month:02}"),
            },
            (None, None, Some(part), _) => format!("XXXX-XX-XXT{part}"),
            (None, None, None, Some(season)) => format!("XXXX-{season}"),
            _ => format!("XXXX-Q{}", self.number(of, "q")?),
        };
        Some(self.plain(Meaning::Open(value)))
    }

    fn holiday(&self, of: &Arguments) -> Option<Reached> {
        let name = self.word(of, "h")?;
        if let Some(year) = self.year_number(of, "y") {
            return self.fixed(self.holidays.day(&name, i16::try_from(year).ok()?).map(Stamp::Day));
        }
        let Some(published) = self.published else { return self.unbound("XXXX-XX-XX".into()) };
        let years = (published.year() - 1)..=(published.year() + 1);
        let days = years.filter_map(|year| self.holidays.day(&name, year)).collect::<Vec<_>>();
        self.counted(self.nearest(&days, published, of).map(Stamp::Day))
    }

    /// "a year ago": the same quarter a year before, where the text compares quarters; else the year.
    fn year_ago(&self, of: &Arguments) -> Option<Reached> {
        let quarterly = self.unit_of(of) == Some(Unit::Quarter);
        let over =
            |stamp: Stamp| self.published.is_none_or(|day| stamp.last().is_some_and(|last| last <= day));
        let is_spell = |stamp: Stamp| match stamp {
            Stamp::Quarter(..) | Stamp::Half(..) => true,
            Stamp::Year(_) => !quarterly,
            _ => false,
        };
        let near = self.earlier.iter().filter(|earlier| earlier.told && earlier.atom + 220 >= self.atom);
        let spells: Vec<&Earlier> = near.filter(|it| is_spell(it.stamp)).collect();
        let is_year = |it: &Earlier| matches!(it.stamp, Stamp::Year(_));
        // A quarter that is not over is forecast, not compared, if another is there.
        let compared = spells.iter().find(|it| is_year(it) || over(it.stamp)).or(spells.first());
        if let Some(earlier) = compared.filter(|it| !is_year(it)) {
            let stamp =
                earlier.stamp.shift(if matches!(earlier.stamp, Stamp::Half(..)) { -2 } else { -4 })?;
            return Some(Reached { meaning: Meaning::At(stamp), anchor: Anchor::Earlier(earlier.index) });
        }
        match self.published {
            Some(day) => self.counted(Stamp::around(day, Unit::Year).shift(-1)),
            None => self.unbound("PAST_REF".into()),
        }
    }

    /// The first or last so many units of a stretch: "first two quarters of 1990".
    fn inner(&self, of: &Arguments) -> Option<Reached> {
        let (unit, count, base) = (self.unit_of(of)?, self.number(of, "n")?, self.time(of, "of")?);
        match (unit, count, base.meaning.stamp()?) {
            (Unit::Quarter, 2, Stamp::Year(year)) => self.fixed(Some(Stamp::Half(year, 1))),
            (Unit::Month, 6, Stamp::Year(year)) => self.fixed(Some(Stamp::Half(year, 1))),
            _ => Some(self.plain(Meaning::Lasting { count: Some(count as f64), unit, side: 0 })),
        }
    }

    /// A few units before or after an event: "just days before the invasion of …".
    fn by_event(&self, of: &Arguments) -> Option<Reached> {
        let (unit, by, (first, last)) = (self.unit_of(of)?, self.number(of, "by")?, self.event?);
        let vague = match unit {
            Unit::Second | Unit::Minute | Unit::Hour => (0, 1),
            Unit::Day => (1, 20),
            Unit::Week => (7, 62),
            Unit::Month => (30, 365),
            _ => (365, 3652),
        };
        if let Some(count) = self.number(of, "n") {
            let from = if by < 0 { first } else { last };
            let day = from.checked_add(unit.span(count.checked_mul(by)?)?).ok()?;
            let fine = if unit.is_clock() { Unit::Day } else { unit };
            return Some(Reached { meaning: Meaning::At(Stamp::around(day, fine)), anchor: Anchor::Event });
        }
        let (from, to) = if by < 0 {
            (plus_days(first, -vague.1)?, plus_days(first, -vague.0)?)
        } else {
            (plus_days(last, vague.0)?, plus_days(last, vague.1)?)
        };
        // The value names the stretch that holds the end nearest to the event.
        let coarse = if unit <= Unit::Week { Unit::Month } else { Unit::Year };
        let value = Stamp::around(if by < 0 { to } else { from }, coarse).value();
        let meaning =
            Meaning::Bounded { first: Some(from), last: Some(to), unit: unit.max(Unit::Day), value };
        Some(Reached { meaning, anchor: Anchor::Event })
    }
}

fn side_name(by: i64) -> &'static str {
    if by < 0 { "PAST_REF" } else { "FUTURE_REF" }
}
