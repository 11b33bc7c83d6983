//! Where the tellings of one event contradict each other.

use legation_record::{Granularity, Status};

use crate::{sameness::How, telling::Telling};

use super::days::{Days, is_held};

/// Days by which reports of one day may differ without contradiction: news comes a day late.
const LATE: i64 = 1;

/// Two tellings that cannot both be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What they differ on: `date`, `place`, `status`.
    pub field: &'static str,
    /// Telling and value.
    pub one: (String, String),
    /// Telling and value.
    pub other: (String, String),
}

/// One conflict at most for each field: the first telling against the first that differs.
pub fn conflicts(tellings: &[&Telling], how: How, journey_days: i64) -> Vec<Conflict> {
    let late = if how == How::Journey { journey_days } else { LATE };
    let fine = |telling: &&&Telling| {
        is_held(telling.status) && telling.interval.is_some_and(|it| it.granularity == Granularity::Day)
    };
    let days = |telling: &Telling| Days::of(telling.interval, telling.status, None);
    let edtf = |telling: &Telling| telling.interval.map(|it| it.edtf()).unwrap_or_default();
    let dates = first_pair(tellings.iter().filter(fine), |a, b| days(a).gap(days(b)) > late);
    let spot = |telling: &Telling| telling.spot.clone().unwrap_or_default();
    let exact = |telling: &&&Telling| {
        how != How::Journey && telling.spot.as_ref().is_some_and(|spot| spot.coordinates.is_some())
    };
    let places = first_pair(tellings.iter().filter(exact), |a, b| spot(a).name != spot(b).name);
    let negative =
        |telling: &Telling| matches!(telling.status, Status::Denied | Status::Negated | Status::Cancelled);
    let said = tellings.iter().filter(|telling| is_held(telling.status) || negative(telling));
    let standing = first_pair(said, |a, b| negative(a) != negative(b));
    let conflict = |field, pair: Option<(&Telling, &Telling)>, value: &dyn Fn(&Telling) -> String| {
        let side = |telling: &Telling| (telling.id.clone(), value(telling));
        pair.map(|(a, b)| Conflict { field, one: side(a), other: side(b) })
    };
    let all = [
        conflict("date", dates, &edtf),
        conflict("place", places, &|telling| spot(telling).name),
        conflict("status", standing, &|telling| crate::words::word(&telling.status)),
    ];
    all.into_iter().flatten().collect()
}

fn first_pair<'a>(
    tellings: impl Iterator<Item = &'a &'a Telling>,
    differ: impl Fn(&Telling, &Telling) -> bool,
) -> Option<(&'a Telling, &'a Telling)> {
    let all: Vec<&Telling> = tellings.copied().collect();
    let first = *all.first()?;
    all.into_iter().skip(1).find(|other| differ(first, other)).map(|other| (first, other))
}
