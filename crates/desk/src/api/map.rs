//! Where events take place and who travels where, gathered by place so that a large ledger stays light.

use std::collections::BTreeMap;

use legation_ledger::query::{Filter, Mark};
use serde::Serialize;
use serde_json::json;

use crate::{
    known::{Known, Point},
    reply::{Problem, Reply},
    request::Request,
    route::Room,
};

/// Places and ways sent at most, those first that have most events.
const MOST: (usize, usize) = (3000, 1500);

/// A place and what takes place there.
#[derive(Debug, Clone, Serialize)]
struct Spot {
    /// Absent: somewhere in the country, shown at its capital.
    place: Option<String>,
    country: Option<String>,
    country_name: Option<String>,
    #[serde(flatten)]
    point: Point,
    #[serde(flatten)]
    count: Count,
}

/// A way from a country to a place and who took it.
#[derive(Debug, Clone, Serialize)]
struct Way {
    from: String,
    from_name: String,
    start: Point,
    place: Option<String>,
    country: String,
    country_name: Option<String>,
    end: Point,
    #[serde(flatten)]
    count: Count,
}

/// How many events, by how real they are.
#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Count {
    events: usize,
    real: usize,
    coming: usize,
    off: usize,
    open: usize,
}

type At = (Option<String>, Option<String>);

/// The events that a filter asks for by place, and visits by country and place.
pub fn gathered(request: &Request, room: &Room) -> Result<Reply, Problem> {
    let filter = request.filter()?;
    let marks = room.ledger.marks(&Filter { placed: true, ..filter.clone() })?;
    let mut spots: BTreeMap<At, Option<Spot>> = BTreeMap::new();
    let mut ways: BTreeMap<(String, At), Option<Way>> = BTreeMap::new();
    let events = room.ledger.count_events(&filter)?;
    let mut nowhere = events - marks.len().min(events);
    for mark in &marks {
        let at = (mark.place_country.clone(), mark.place.clone().filter(|_| mark.latitude.is_some()));
        let spot = spots.entry(at.clone()).or_insert_with(|| spot(mark, &room.known));
        let Some(spot) = spot else {
            nowhere += 1;
            continue;
        };
        spot.count.add(&mark.status);
        if let Some(from) = traveller(mark) {
            let way = ways.entry((from.to_owned(), at)).or_insert_with(|| way(from, spot, &room.known));
            way.iter_mut().for_each(|way| way.count.add(&mark.status));
        }
    }
    let spots = most(spots.into_values().flatten(), MOST.0, |it| it.count.events);
    let ways = most(ways.into_values().flatten(), MOST.1, |it| it.count.events);
    Reply::json(&json!({ "events": events, "nowhere": nowhere, "places": spots, "ways": ways }))
}

impl Count {
    fn add(&mut self, status: &str) {
        self.events += 1;
        *match status {
            "held" | "ongoing" => &mut self.real,
            "planned" | "confirmed" | "invited" | "recurring" => &mut self.coming,
            "cancelled" | "denied" | "negated" => &mut self.off,
            _ => &mut self.open,
        } += 1;
    }
}

fn spot(mark: &Mark, known: &Known) -> Option<Spot> {
    let country = mark.place_country.as_deref();
    let exact = mark.latitude.zip(mark.longitude);
    let point = match exact {
        Some((latitude, longitude)) => Point { latitude, longitude },
        None => known.seat(country?)?,
    };
    Some(Spot {
        place: mark.place.clone().filter(|_| exact.is_some()),
        country: mark.place_country.clone(),
        country_name: country.and_then(|code| known.name(code)).map(str::to_owned),
        point,
        count: Count::default(),
    })
}

/// The country from which somebody comes to another one.
fn traveller(mark: &Mark) -> Option<&str> {
    let from = mark.from_country.as_deref().filter(|_| mark.kind == "visit");
    from.filter(|from| mark.place_country.as_deref().is_some_and(|to| to != *from))
}

fn way(from: &str, to: &Spot, known: &Known) -> Option<Way> {
    Some(Way {
        from: from.to_owned(),
        from_name: known.name(from).unwrap_or(from).to_owned(),
        start: known.seat(from)?,
        place: to.place.clone(),
        country: to.country.clone()?,
        country_name: to.country_name.clone(),
        end: to.point,
        count: Count::default(),
    })
}

fn most<T>(all: impl Iterator<Item = T>, most: usize, events: impl Fn(&T) -> usize) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_by_key(|one| std::cmp::Reverse(events(one)));
    all.truncate(most);
    all
}

#[cfg(test)]
mod tests {
    use legation_knowledge::Files;

    use super::*;

    #[test]
    fn a_visit_leads_from_a_capital_to_where_it_goes() {
        let known = Known::new(Files::built_in());
        let mark = Mark {
            id: "e1".into(),
            kind: "visit".into(),
            title: String::new(),
            status: "planned".into(),
            earliest: None,
            latest: None,
            first_told: None,
            independent: 1,
            place: Some("somewhere".into()),
            place_country: Some("UKR".into()),
            latitude: None,
            longitude: None,
            from_country: Some("NOR".into()),
            quad: None,
        };
        let to = spot(&mark, &known).unwrap();
        assert_eq!((to.place.as_deref(), to.country_name.as_deref()), (None, Some("Ukraine")));
        let from = traveller(&mark).unwrap();
        let way = way(from, &to, &known).unwrap();
        assert!(way.start.latitude > 59.0 && (way.end.latitude - 50.4).abs() < 0.3, "{way:?}");
        assert_eq!(traveller(&Mark { from_country: Some("UKR".into()), ..mark.clone() }), None);
        assert_eq!(traveller(&Mark { kind: "talks".into(), ..mark }), None);
    }
}
