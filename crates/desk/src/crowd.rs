//! Who is connected, and who has to go when there are too many.
//!
//! A limit alone would let a stranger take all places and keep them. So a newcomer takes the place of the connection
//! that has waited longest, and only a request that showed the token is never put out.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{sync::Notify, task::AbortHandle};

/// All connections.
#[derive(Debug)]
pub struct Crowd {
    most: usize,
    seats: Mutex<Seats>,
    moved: Notify,
}

#[derive(Debug, Default)]
struct Seats {
    turn: u64,
    taken: HashMap<u64, Seat>,
}

#[derive(Debug, Default)]
struct Seat {
    /// The turn since which it waits; none while a request is answered.
    waits: Option<u64>,
    task: Option<AbortHandle>,
}

impl Seats {
    fn next(&mut self) -> u64 {
        self.turn += 1;
        self.turn
    }

    fn longest(&self) -> Option<u64> {
        let waiting = self.taken.iter().filter_map(|(id, seat)| Some((seat.waits?, *id)));
        waiting.min().map(|(_, id)| id)
    }
}

impl Crowd {
    pub fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most: most.max(1), seats: Mutex::default(), moved: Notify::new() })
    }

    /// Returns when there is a place for one more.
    pub async fn place(&self) {
        while !self.make_place() {
            self.moved.notified().await;
        }
    }

    fn make_place(&self) -> bool {
        let mut seats = self.seats();
        if seats.taken.len() < self.most {
            return true;
        }
        let Some(seat) = seats.longest().and_then(|id| seats.taken.remove(&id)) else { return false };
        seat.task.iter().for_each(AbortHandle::abort);
        true
    }

    /// One more, who waits from now on.
    pub fn enter(self: &Arc<Self>) -> Guest {
        let mut seats = self.seats();
        let id = seats.next();
        seats.taken.insert(id, Seat { waits: Some(id), task: None });
        Guest { crowd: Arc::clone(self), id }
    }

    /// Says which task to end if the guest has to go.
    pub fn ends_with(&self, id: u64, task: AbortHandle) {
        if let Some(seat) = self.seats().taken.get_mut(&id) {
            seat.task = Some(task);
        }
    }

    fn change(&self, change: impl FnOnce(&mut Seats)) {
        change(&mut self.seats());
        self.moved.notify_one();
    }

    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection, until it is dropped.
#[derive(Debug)]
pub struct Guest {
    crowd: Arc<Crowd>,
    id: u64,
}

impl Guest {
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Keeps the place while a request that was let in is answered.
    pub fn stay(&self) -> Stay<'_> {
        self.waits(false);
        Stay(self)
    }

    fn waits(&self, yes: bool) {
        self.crowd.change(|seats| {
            let turn = yes.then(|| seats.next());
            seats.taken.entry(self.id).and_modify(|seat| seat.waits = turn);
        });
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.crowd.change(|seats| drop(seats.taken.remove(&self.id)));
    }
}

/// The time in which a guest cannot be put out.
#[derive(Debug)]
pub struct Stay<'a>(&'a Guest);

impl Drop for Stay<'_> {
    fn drop(&mut self) {
        self.0.waits(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seated(crowd: &Crowd, guest: &Guest) -> bool {
        crowd.seats().taken.contains_key(&guest.id)
    }

    #[test]
    fn whoever_waits_longest_makes_place_and_nobody_who_is_answered() {
        let crowd = Crowd::new(3);
        let guests = [crowd.enter(), crowd.enter(), crowd.enter()];
        let stay = guests[0].stay();
        assert!(crowd.make_place());
        assert!(seated(&crowd, &guests[0]) && !seated(&crowd, &guests[1]) && seated(&crowd, &guests[2]));
        let late = crowd.enter();
        let (_one, _two) = (guests[2].stay(), late.stay());
        assert!(!crowd.make_place(), "all are answered");
        drop(stay);
        assert!(crowd.make_place() && !seated(&crowd, &guests[0]));
    }

    #[test]
    fn who_leaves_makes_place() {
        let crowd = Crowd::new(1);
        let guest = crowd.enter();
        let stay = guest.stay();
        assert!(!crowd.make_place());
        drop(stay);
        drop(guest);
        assert!(crowd.make_place() && crowd.seats().taken.is_empty());
    }
}
