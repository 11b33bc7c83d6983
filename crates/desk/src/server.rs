use std::{
    convert::Infallible,
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use legation_knowledge::Files;
use legation_ledger::Ledger;
use tokio::{net::TcpStream, runtime};

use crate::{
    Hand, Limits,
    crowd::{Crowd, Guest},
    exchange::House,
    guard::Guard,
    limits::{MOST_HEAD, WORKERS},
    rooms::Rooms,
};

/// How long to wait where the system has no connection to give: it may be out of open files for a moment.
const BREATH: Duration = Duration::from_millis(50);

/// Why the desk cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] legation_ledger::Fault),
    /// The port.
    #[error("port {0} cannot be opened: {1}\n  help: another program may use it; --port 0 takes a free one")]
    Port(u16, String),
    /// The system gives no random numbers.
    #[error("the system gives no random numbers: {0}")]
    Random(String),
    /// The system does not let the desk wait for connections.
    #[error("the desk cannot wait for connections: {0}")]
    System(#[source] io::Error),
}

/// A ledger at an address of this machine.
pub struct Desk {
    listener: TcpListener,
    guard: Guard,
    ledger: PathBuf,
    files: Files,
    hand: Arc<dyn Hand>,
    limits: Limits,
}

impl Desk {
    /// Takes a port of 127.0.0.1, any free one for 0, and draws a token. The ledger is made where there is no file.
    ///
    /// # Errors
    /// When the ledger or the port cannot be opened.
    pub fn open(ledger: &Path, files: Files, hand: Arc<dyn Hand>, port: u16) -> Result<Self, Fault> {
        Ledger::open(ledger, &files)?.settle_if_due()?;
        let (listener, taken) = listen(port).map_err(|why| Fault::Port(port, why.to_string()))?;
        let guard = Guard::draw(taken).map_err(Fault::Random)?;
        Ok(Self { listener, guard, ledger: ledger.to_owned(), files, hand, limits: Limits::default() })
    }

    /// The same with other limits.
    #[must_use]
    pub fn with(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The address to open in a browser. Whoever knows it may read and correct the ledger.
    #[must_use]
    pub fn address(&self) -> String {
        self.guard.address()
    }

    /// Answers until the program ends.
    ///
    /// # Errors
    /// When the ledger cannot be opened, or the system gives no connections.
    pub fn serve(self) -> Result<(), Fault> {
        let rooms = Arc::new(Rooms::open(self.ledger, self.files, self.hand)?);
        let house = House { guard: Arc::new(self.guard), rooms, limits: self.limits };
        // One thread listens, which is more than a browser needs; the others answer.
        let mut runtime = runtime::Builder::new_current_thread();
        let runtime = runtime.enable_io().enable_time().max_blocking_threads(WORKERS).build();
        let served = runtime.and_then(|runtime| runtime.block_on(receive(self.listener, Arc::new(house))));
        served.map_err(Fault::System)
    }
}

fn listen(port: u16) -> io::Result<(TcpListener, u16)> {
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    listener.set_nonblocking(true)?;
    let taken = listener.local_addr()?.port();
    Ok((listener, taken))
}

async fn receive(listener: TcpListener, house: Arc<House>) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let crowd = Crowd::new(house.limits.connections);
    loop {
        crowd.place().await;
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(BREATH).await;
            continue;
        };
        let guest = crowd.enter();
        let id = guest.id();
        let task = tokio::spawn(converse(stream, guest, Arc::clone(&house)));
        crowd.ends_with(id, task.abort_handle());
    }
}

/// All requests of one connection, one after the other.
async fn converse(stream: TcpStream, guest: Guest, house: Arc<House>) {
    let _ = stream.set_nodelay(true);
    let (house, guest) = (&house, &guest);
    let service = service_fn(move |raw| async move { Ok::<_, Infallible>(house.exchange(raw, guest).await) });
    let mut connection = http1::Builder::new();
    connection.timer(TokioTimer::new()).header_read_timeout(house.limits.head);
    connection.max_header_size(MOST_HEAD).max_buf_size(2 * MOST_HEAD);
    // A client may close its side when it has asked. Header names are written as ever.
    connection.half_close(true).title_case_headers(true);
    // A browser that went away is no fault.
    let _ = connection.serve_connection(TokioIo::new(stream), service).await;
}
