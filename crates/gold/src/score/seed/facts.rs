use std::collections::BTreeSet;

use legation_record::{CodePoints, Entity, Event, Interval, Participant, Polarity, Record, Span};
use serde_json::Value;

use super::Section;
use crate::{
    lines::{list, number, string},
    score::{attribution::document::Document, words::fold},
};

/// CAMEO code of a visit or talks that are only planned.
const INTENT_TO_MEET: &str = "036";
/// Overlaps with nothing.
const NOWHERE: Span = Span { start: usize::MAX, end: usize::MAX };

/// Every section of the gold.
pub fn sections(gold: &Value, record: &Record) -> Vec<Section> {
    let facts = Facts {
        record,
        points: CodePoints::new(&record.article.text),
        document: Document::new(&record.article.text),
    };
    vec![
        facts.published(gold),
        facts.times(gold),
        facts.visits(gold),
        facts.claims(gold),
        facts.attributions(gold, true),
        facts.attributions(gold, false),
        facts.events(gold),
        facts.proposals(gold),
        facts.actors(gold),
    ]
}

struct Facts<'a> {
    record: &'a Record,
    points: CodePoints,
    document: Document,
}

fn differ(what: &str, expected: &str, found: &str) -> Option<String> {
    (expected != found).then(|| format!("{what} is {found}, not {expected}"))
}

/// `2024-05` or a day, against an interval's EDTF.
fn edtf(interval: Option<Interval>) -> String {
    interval.map_or_else(|| "nothing".to_owned(), |it| it.edtf())
}

/// The days of `["2024-05-01", "2024-05-31"]`.
fn stated(pair: &Value) -> Interval {
    let day = |at: usize| pair.get(at).and_then(Value::as_str).and_then(|it| it.parse().ok());
    Interval::new(day(0), day(1), legation_record::Granularity::Day)
}

/// Whether the days found are bounded, and all of them among the days expected.
fn lies_within(found: Option<Interval>, expected: Interval) -> bool {
    let bounds = found.and_then(|it| it.earliest.zip(it.latest));
    bounds.is_some_and(|(first, last)| Some(first) >= expected.earliest && Some(last) <= expected.latest)
}

fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    !a.is_empty() && !b.is_empty() && (a.contains(&b) || b.contains(&a))
}

impl Facts<'_> {
    fn span(&self, it: &Value) -> Span {
        self.points.bytes(number(it, "start"), number(it, "end")).unwrap_or(NOWHERE)
    }

    fn published(&self, gold: &Value) -> Section {
        let mut section = Section::new("published");
        let expected = string(gold, "published");
        let found = self.record.published.date.map(|day| day.to_string());
        section.fact(expected, found.map(|found| differ("the date", expected, &found).into_iter().collect()));
        section
    }

    fn times(&self, gold: &Value) -> Section {
        let mut section = Section::new("times");
        let expected = list(gold, "times");
        for fact in expected {
            let span = self.span(fact);
            let found = self.record.times.iter().find(|it| it.span.overlaps(span));
            section.fact(string(fact, "text"), found.map(|it| self.time_faults(fact, span, it)));
        }
        for time in &self.record.times {
            if !expected.iter().any(|fact| self.span(fact).overlaps(time.span)) {
                section.surplus(time.span.slice(&self.record.article.text).unwrap_or_default());
            }
        }
        section
    }

    fn time_faults(&self, fact: &Value, span: Span, time: &legation_record::Timex) -> Vec<String> {
        let words = |span: Span| span.slice(&self.record.article.text).unwrap_or_default();
        let kind = format!("{:?}", time.kind).to_uppercase();
        let value = match fact.get("interval") {
            Some(pair) => differ("the interval", &stated(pair).edtf(), &edtf(time.interval)),
            None => differ("the value", string(fact, "value"), &time.value),
        };
        let extent = differ("the extent", words(span), words(time.span));
        [extent, differ("the type", string(fact, "type"), &kind), value].into_iter().flatten().collect()
    }

    fn visits(&self, gold: &Value) -> Section {
        let mut section = Section::new("visits");
        let visits: Vec<&Event> = self
            .record
            .events
            .iter()
            .filter(|it| matches!(it.kind.0.as_str(), "visit" | "envoy_mission"))
            .collect();
        let mut free: Vec<usize> = (0..visits.len()).collect();
        for fact in list(gold, "visits") {
            let what = format!(
                "{} to {}{}, {}",
                string(fact, "visitor"),
                string(fact, "host"),
                string(fact, "host_region"),
                string(fact, "status")
            );
            let faults = |at: &usize| self.visit_faults(fact, visits[*at]);
            let mine = |at: &&usize| {
                self.participants(visits[**at], &["visitor", "envoy"])
                    .iter()
                    .any(|name| alike(name, string(fact, "visitor")))
            };
            let best = free.iter().filter(mine).min_by_key(|at| faults(at).len()).copied();
            section.fact(&what, best.as_ref().map(faults));
            free.retain(|at| Some(*at) != best);
        }
        free.iter().for_each(|at| section.surplus(&self.told(visits[*at])));
        section
    }

    fn visit_faults(&self, fact: &Value, event: &Event) -> Vec<String> {
        let host = format!("{}{}", string(fact, "host"), string(fact, "host_region"));
        let at_place = event
            .place
            .as_ref()
            .is_some_and(|it| it.country.as_deref() == Some(&host) || alike(&it.name, &host));
        let at_host = event
            .in_role("host")
            .any(|it| it.country.as_deref() == Some(&host) || alike(&self.name(it), &host));
        let host_fault = (!at_place && !at_host).then(|| format!("the host is not {host}"));
        let when = fact.get("when").and_then(|pair| {
            (!lies_within(event.interval, stated(pair)))
                .then(|| format!("the interval is {}, not {}", edtf(event.interval), stated(pair).edtf()))
        });
        let repeated =
            fact.get("repeated").and_then(|_| (!event.repeated).then(|| "not told as repeated".to_owned()));
        let merged = fact.get("mentions_merged").and_then(Value::as_u64).and_then(|n| {
            differ("the number of mentions", &n.to_string(), &event.evidence.len().to_string())
        });
        let evidence: Vec<Span> = match &fact["evidence"] {
            Value::Array(all) => all.iter().map(|it| self.span(it)).collect(),
            one => vec![self.span(one)],
        };
        let shown = evidence.iter().any(|span| event.evidence.iter().any(|it| it.cover().overlaps(*span)));
        let elsewhere = (!shown).then(|| "the evidence lies elsewhere".to_owned());
        [
            host_fault,
            differ("the status", string(fact, "status"), &plain(&event.status)),
            when,
            repeated,
            merged,
            elsewhere,
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn claims(&self, gold: &Value) -> Section {
        let mut section = Section::new("claims");
        let expected = list(gold, "claims");
        for fact in expected {
            let span = self.span(&fact["evidence"]);
            let found = self.record.claims.iter().find(|it| it.evidence.cover().overlaps(span));
            let faults = |it: &legation_record::Claim| {
                let value = it.value.map_or_else(|| "nothing".to_owned(), |value| value.to_string());
                let since = it
                    .over
                    .and_then(|over| over.earliest)
                    .map_or_else(|| "nothing".to_owned(), |day| day.to_string());
                let since_fault =
                    (!since.starts_with(string(fact, "since"))).then(|| format!("it counts from {since}"));
                [
                    differ("the kind", string(fact, "kind"), &plain(&it.kind)),
                    differ("the value", &fact["value"].to_string(), &value),
                    differ("the subject", string(fact, "about"), &it.about),
                    since_fault,
                ]
            };
            section.fact(string(fact, "about"), found.map(|it| faults(it).into_iter().flatten().collect()));
        }
        let known = |it: &&legation_record::Claim| {
            expected.iter().any(|fact| self.span(&fact["evidence"]).overlaps(it.evidence.cover()))
        };
        self.record.claims.iter().filter(|it| !known(it)).for_each(|it| section.surplus(&it.about));
        section
    }

    fn attributions(&self, gold: &Value, certain: bool) -> Section {
        let mut section =
            Section::new(if certain { "attributions, certain" } else { "attributions, uncertain" });
        let mut taken = BTreeSet::new();
        for fact in list(gold, "attributions") {
            let best = self.nearest(fact).filter(|at| !taken.contains(at));
            taken.extend(best);
            if fact["certain"].as_bool() == Some(certain) {
                let what = format!(
                    "{} {}",
                    string(fact, "id"),
                    list(fact, "cue_text").iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")
                );
                section
                    .fact(&what, best.map(|at| self.attribution_faults(fact, &self.record.attributions[at])));
            }
        }
        let extra =
            self.record.attributions.iter().enumerate().filter(|(at, _)| certain && !taken.contains(at));
        extra.for_each(|(_, it)| section.surplus(&self.words(&[&it.source[..], &it.cue].concat())));
        section
    }

    /// The attribution whose cue meets the gold cue.
    fn nearest(&self, fact: &Value) -> Option<usize> {
        let cue = self.spans(&fact["cue"]);
        let meets =
            |it: &legation_record::Attribution| it.cue.iter().any(|a| cue.iter().any(|b| a.overlaps(*b)));
        let content = self.spans(&fact["content"]);
        let shared = |it: &legation_record::Attribution| {
            it.content.iter().filter(|a| content.iter().any(|b| a.overlaps(*b))).count()
        };
        let all = self.record.attributions.iter().enumerate().filter(|(_, it)| meets(it));
        all.max_by_key(|(_, it)| shared(it)).map(|(at, _)| at)
    }

    fn attribution_faults(&self, fact: &Value, it: &legation_record::Attribution) -> Vec<String> {
        let part = |name: &str, found: &[Span]| {
            let same =
                self.document.words(&self.code_points(found)) == self.document.words(&pairs(&fact[name]));
            (!same).then(|| format!("the {name} is '{}'", self.words(found)))
        };
        let level = differ("the level", &fact["level"].to_string(), &it.level.to_string());
        let denied = matches!(string(fact, "polarity"), "denied" | "negated");
        let polarity = (matches!(string(fact, "polarity"), "affirmed" | "denied" | "negated")
            && (it.polarity == Polarity::Negative) != denied)
            .then(|| format!("the polarity is {}", plain(&it.polarity)));
        let form = differ("the form", string(fact, "qtype"), &plain(&it.form));
        let speakers = self.speaker_fault(string(fact, "source_entity"), &it.source_entities);
        [
            part("source", &it.source),
            part("cue", &it.cue),
            part("content", &it.content),
            level,
            polarity,
            form,
            speakers,
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// `China; Brazil`, `Igor Morgulov (Russian ambassador to China)`.
    fn speaker_fault(&self, expected: &str, found: &[String]) -> Option<String> {
        let bare = |name: &'_ str| name.split(" (").next().unwrap_or_default().trim().to_owned();
        let named: Vec<&Entity> = found.iter().filter_map(|id| self.record.entity(id)).collect();
        let missing = |name: &String| !name.is_empty() && !named.iter().any(|it| alike(&it.name, name));
        let outside = expected.split(" (").next().unwrap_or_default();
        let lacking: Vec<String> = outside.split(';').map(bare).filter(missing).collect();
        (!lacking.is_empty()).then(|| format!("the speaker is not {}", lacking.join(", ")))
    }

    fn events(&self, gold: &Value) -> Section {
        let mut section = Section::new("events");
        let mut free: Vec<&Event> =
            self.record.events.iter().filter(|it| it.codes.plover.is_some()).collect();
        for fact in list(gold, "events") {
            for _ in 0..number(fact, "n").max(1) {
                let what = format!(
                    "{} {} {} {}",
                    string(fact, "plover"),
                    string(fact, "source"),
                    string(fact, "target"),
                    string(fact, "status")
                );
                let mine = |it: &&&Event| {
                    is_coded(it, string(fact, "plover"))
                        && self.side_fault(it, string(fact, "source")).is_none()
                };
                let best =
                    free.iter().filter(mine).min_by_key(|it| self.event_faults(fact, it).len()).copied();
                section.fact(&what, best.map(|it| self.event_faults(fact, it)));
                free.retain(|it| best.is_none_or(|best| it.id != best.id));
            }
        }
        free.into_iter().for_each(|it| section.surplus(&self.told(it)));
        section
    }

    fn event_faults(&self, fact: &Value, event: &Event) -> Vec<String> {
        let status = string(fact, "status");
        let found = plain(&event.status);
        let status_fault = (!status.contains(&found) && status != "reported by CHN")
            .then(|| format!("the status is {found}"));
        let mode = fact
            .get("mode")
            .and_then(Value::as_str)
            .filter(|mode| !is_of_mode(event, mode))
            .and_then(|mode| differ("the mode", mode, event.codes.mode.as_deref().unwrap_or("nothing")));
        [self.side_fault(event, string(fact, "target")), status_fault, mode].into_iter().flatten().collect()
    }

    /// Whether somebody of `CHN GOV` or `developing nations` takes part.
    fn side_fault(&self, event: &Event, side: &str) -> Option<String> {
        let code = side.split(' ').next().unwrap_or_default();
        let is_code = code.len() == 3 && code.chars().all(|it| it.is_ascii_uppercase());
        let here = |it: &Participant| {
            if is_code { it.country.as_deref() == Some(code) } else { alike(&self.name(it), side) }
        };
        let place = event
            .place
            .as_ref()
            .is_some_and(|it| it.country.as_deref() == Some(code) || alike(&it.name, side));
        let asked = !matches!(side, "" | "unnamed");
        (asked && !place && !event.participants.iter().any(here)).then(|| format!("{side} takes no part"))
    }

    fn proposals(&self, gold: &Value) -> Section {
        let mut section = Section::new("proposals");
        for fact in list(gold, "proposals") {
            let found = self.record.proposals.iter().find(|it| alike(&it.name, string(fact, "name")));
            section.fact(string(fact, "name"), found.map(|_| Vec::new()));
            let sponsors = found.map(|it| {
                it.sponsors
                    .iter()
                    .filter_map(|id| self.record.entity(id)?.country.clone())
                    .collect::<BTreeSet<_>>()
            });
            let expected: BTreeSet<String> =
                list(fact, "sponsors").iter().filter_map(Value::as_str).map(str::to_owned).collect();
            section.fact(
                "sponsors",
                sponsors.map(|it| {
                    differ("sponsors", &format!("{expected:?}"), &format!("{it:?}")).into_iter().collect()
                }),
            );
            section.fact(
                "laid out",
                found.map(|it| {
                    differ("the time", string(fact, "laid_out"), &edtf(it.laid_out)).into_iter().collect()
                }),
            );
            let count = found.and_then(|it| it.count_stated).map(|(count, _)| count.to_string());
            section.fact(
                "count",
                count.map(|it| {
                    differ("the count", &fact["count_stated"].to_string(), &it).into_iter().collect()
                }),
            );
            let points: Vec<Span> =
                found.iter().flat_map(|it| it.points.iter().map(|point| point.span)).collect();
            let omitted: Vec<Span> =
                found.iter().flat_map(|it| it.omits.iter().map(|one| one.span)).collect();
            self.parts(&mut section, "point", list(fact, "points"), &points);
            self.parts(&mut section, "omission", list(fact, "omits"), &omitted);
        }
        section
    }

    fn parts(&self, section: &mut Section, what: &str, expected: &[Value], found: &[Span]) {
        for fact in expected {
            let span = self.span(&fact["evidence"]);
            section.fact(
                &format!("{what} '{}'", string(&fact["evidence"], "text")),
                found.iter().any(|it| it.overlaps(span)).then(Vec::new),
            );
        }
        let known = |it: &&Span| expected.iter().any(|fact| self.span(&fact["evidence"]).overlaps(**it));
        found
            .iter()
            .filter(|it| !known(it))
            .for_each(|it| section.surplus(&format!("{what} '{}'", self.words(&[*it]))));
    }

    fn actors(&self, gold: &Value) -> Section {
        let mut section = Section::new("actors merged");
        for fact in list(gold, "actors_merged") {
            let names: Vec<&str> = list(fact, "mentions").iter().filter_map(Value::as_str).collect();
            let texts = |it: &Entity| {
                it.mentions
                    .iter()
                    .filter_map(|m| m.span.slice(&self.record.article.text))
                    .map(fold)
                    .collect::<Vec<_>>()
            };
            let held = |it: &Entity, name: &str| texts(it).iter().any(|text| bare(text) == bare(&fold(name)));
            let best = self
                .record
                .entities
                .iter()
                .max_by_key(|it| names.iter().filter(|name| held(it, name)).count());
            for name in names {
                let found = best.filter(|it| held(it, name)).map(|_| Vec::new());
                section.fact(&format!("{} as '{name}'", string(fact, "id")), found);
            }
        }
        section
    }

    fn participants(&self, event: &Event, roles: &[&str]) -> Vec<String> {
        let wanted = event.participants.iter().filter(|it| roles.contains(&it.role.0.as_str()));
        wanted.map(|it| self.name(it)).collect()
    }

    fn name(&self, one: &Participant) -> String {
        let entity = one.entity.as_deref().and_then(|id| self.record.entity(id));
        entity.map_or_else(|| one.text.clone(), |it| it.name.clone())
    }

    fn told(&self, event: &Event) -> String {
        let sides: Vec<String> =
            event.participants.iter().map(|it| format!("{}={}", it.role.0, self.name(it))).collect();
        format!(
            "{} {} '{}' {}",
            event.kind.0,
            plain(&event.status),
            self.words(&[event.trigger]),
            sides.join(" ")
        )
    }

    fn words(&self, spans: &[Span]) -> String {
        spans.iter().filter_map(|it| it.slice(&self.record.article.text)).collect::<Vec<_>>().join(" … ")
    }

    fn code_points(&self, spans: &[Span]) -> Vec<(usize, usize)> {
        spans.iter().map(|it| self.points.span(*it)).collect()
    }

    fn spans(&self, all: &Value) -> Vec<Span> {
        pairs(all).into_iter().filter_map(|(start, end)| self.points.bytes(start, end)).collect()
    }
}

fn pairs(all: &Value) -> Vec<(usize, usize)> {
    let at = |pair: &Value, i: usize| pair.get(i).and_then(Value::as_u64).unwrap_or(0) as usize;
    all.as_array().into_iter().flatten().map(|pair| (at(pair, 0), at(pair, 1))).collect()
}

/// Whether an event is of a category; what is only intended is of the category that it will be of once it is done.
fn is_coded(event: &Event, category: &str) -> bool {
    let intended = event.codes.cameo.as_deref() == Some(INTENT_TO_MEET) && category == "CONSULT";
    intended || event.codes.plover.as_deref() == Some(category)
}

/// Whether an event is told in the gold's word for its mode: the mode's code, the kind, or the context of the code.
fn is_of_mode(event: &Event, mode: &str) -> bool {
    let code = if mode == "mediate" { "third-party" } else { mode };
    event.codes.mode.as_deref() == Some(code)
        || event.kind.0 == mode
        || event.codes.contexts.iter().any(|context| context == mode)
}

/// Without the possessive and quotation marks.
fn bare(text: &str) -> String {
    text.replace(['"', '“', '”'], "").trim_end_matches("’s").trim_end_matches("'s").to_owned()
}

/// As it is written in a record.
fn plain(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}
