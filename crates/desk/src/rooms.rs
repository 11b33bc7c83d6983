use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use legation_knowledge::Files;
use legation_ledger::{Fault, Ledger};
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::{Hand, known::Known, limits::WORKERS, reply::Problem, route::Room};

/// The rooms in which requests are answered, each with its own connection to the ledger. Answering takes the disk and
/// the processor, so it is done away from the task that listens.
pub struct Rooms {
    plan: Plan,
    free: Mutex<Vec<Room>>,
    places: Arc<Semaphore>,
}

/// What a room is made of.
struct Plan {
    ledger: PathBuf,
    files: Files,
    known: Arc<Known>,
    hand: Arc<dyn Hand>,
}

impl Plan {
    fn room(&self) -> Result<Room, Fault> {
        let ledger = Ledger::open(&self.ledger, &self.files)?;
        let (files, known, hand) = (self.files.clone(), Arc::clone(&self.known), Arc::clone(&self.hand));
        Ok(Room { ledger, files, known, hand })
    }
}

impl Rooms {
    pub fn open(ledger: PathBuf, files: Files, hand: Arc<dyn Hand>) -> Result<Self, Fault> {
        let known = Arc::new(Known::new(files.clone()));
        let plan = Plan { ledger, files, known, hand };
        let free = (0..WORKERS).map(|_| plan.room()).collect::<Result<_, _>>()?;
        Ok(Self { plan, free: Mutex::new(free), places: Arc::new(Semaphore::new(WORKERS)) })
    }

    /// Does something in a room as soon as one is free.
    pub async fn with<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Room) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let place = Arc::clone(&self.places).acquire_owned().await;
        let rooms = Arc::clone(self);
        let done = spawn_blocking(move || {
            let _place = place;
            rooms.work(work)
        });
        done.await.unwrap_or_else(|_| Err(Problem::new(500, "answering this failed; other requests go on")))
    }

    /// A room in which something panicked does not come back: the next request opens another.
    fn work<T>(&self, work: impl FnOnce(&mut Room) -> Result<T, Problem>) -> Result<T, Problem> {
        let free = self.free().pop();
        let mut room = free.map_or_else(|| self.plan.room(), Ok)?;
        let done = work(&mut room);
        self.free().push(room);
        done
    }

    fn free(&self) -> MutexGuard<'_, Vec<Room>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
