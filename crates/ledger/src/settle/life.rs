//! Where an event stands, by what was published up to a day.

use legation_record::{Date, Status};

use crate::{telling::Telling, words::word};

use super::days::is_held;

/// The act by which a source makes a plan firm.
const CONFIRM: &str = "confirm";

/// A step in an event's life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When it was published.
    pub published: Option<Date>,
    /// Where the event stood from then on.
    pub status: String,
    /// The telling that says so.
    pub telling: String,
}

/// The steps in the order of publication. Who tells it first in an order of its own moves nothing.
pub fn life(tellings: &[(&Telling, Option<Date>)]) -> Vec<Step> {
    let mut all: Vec<_> = tellings.to_vec();
    all.sort_by_key(|(telling, published)| (*published, firmness(telling.status), telling.id.clone()));
    let mut steps: Vec<Step> = Vec::new();
    let mut now: Option<Status> = None;
    let mut last = String::new();
    for (telling, published) in all {
        let Some(next) = step(now, telling.status) else { continue };
        let confirmed = next == Status::Planned && telling.told_act.as_deref() == Some(CONFIRM);
        let status = if confirmed { "confirmed".to_owned() } else { word(&next) };
        if status != last && !(last == "confirmed" && status == "planned") {
            steps.push(Step { published, status: status.clone(), telling: telling.id.clone() });
            last = status;
        }
        now = Some(next);
    }
    steps
}

/// Where an event stands after one more telling; `None` where the telling changes nothing.
fn step(now: Option<Status>, told: Status) -> Option<Status> {
    let Some(now) = now else { return Some(told) };
    match (now, told) {
        (now, told) if is_held(now) => (now == Status::Ongoing && told == Status::Held).then_some(told),
        (_, told) if is_held(told) => Some(told),
        (_, Status::Postponed | Status::Cancelled | Status::Planned) => Some(told),
        (Status::Alleged | Status::Possible | Status::Hypothetical, Status::Denied) => Some(told),
        (now, told) => (firmness(told) > firmness(now)).then_some(told),
    }
}

/// How firm a word is among those published on one day.
fn firmness(status: Status) -> u8 {
    match status {
        Status::Hypothetical | Status::Recurring => 0,
        Status::Possible | Status::Requested => 1,
        Status::Alleged => 2,
        Status::Invited => 3,
        Status::Negated | Status::Denied => 4,
        Status::Planned => 5,
        Status::Postponed => 6,
        Status::Cancelled => 7,
        Status::Ongoing => 8,
        Status::Held => 9,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(all: &[Status]) -> Option<Status> {
        all.iter().fold(None, |now, told| step(now, *told).or(now))
    }

    #[test]
    fn what_is_held_stays_held_and_plans_come_and_go() {
        use Status::*;
        assert_eq!(steps(&[Planned, Postponed, Planned, Held, Planned]), Some(Held));
        assert_eq!(steps(&[Possible, Planned, Cancelled]), Some(Cancelled));
        assert_eq!(steps(&[Alleged, Denied]), Some(Denied));
        assert_eq!(steps(&[Held, Denied]), Some(Held));
    }
}
