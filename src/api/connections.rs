//! Connections, and those that hold a request back. The server itself bounds the head of the first request of a connection, and its wait for a next one;
//! it sets no bound to a next one that has begun, nor to a reader that takes nothing.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::net::Shutdown;
use std::rc::{Rc, Weak};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use actix_web::body::BodySize;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream;
use socket2::{SockRef, Socket};

use super::bounds::Bounds;

/// How often it is looked for connections to cut.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// The slowest that an answer is read, in bytes a second: it may take this long before a next request is waited for.
const SLOWEST: u64 = 16 * 1024;

/// Sockets that are held to be cut, in the process: what they take of its open files is no thread's own.
static HELD: AtomicUsize = AtomicUsize::new(0);

/// A second hold on a connection: the server has the first, and lets nobody cut it.
struct Hold(Socket);

impl Hold {
    /// None where there are as many as there may be: or no file is left.
    fn on(socket: &Socket, most: usize) -> Option<Self> {
        let free = HELD.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |held| (held < most).then_some(held + 1));
        free.ok()?;
        match socket.try_clone() {
            Ok(socket) => Some(Self(socket)),
            Err(_) => {
                HELD.fetch_sub(1, Ordering::Relaxed);
                None
            }
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        HELD.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A connection.
pub struct Connection {
    /// None: it ends with its answer, so that there is no next request to be held back.
    hold: RefCell<Option<Hold>>,
    /// Until when a request must have come; none while one is answered.
    until: Cell<Option<Instant>>,
    /// From an answer to the whole head of the next request.
    between: Duration,
    /// How many there are: the same that counted this one counts it off.
    open: metrics::Gauge,
}

thread_local! {
    static OPEN: RefCell<Vec<Weak<Connection>>> = const { RefCell::new(Vec::new()) };
    static LOOKED_AFTER: Cell<bool> = const { Cell::new(false) };
}

/// Looks after a new connection of this thread.
pub fn opened(io: &dyn Any, extensions: &mut Extensions, bounds: &Bounds) {
    let Some(stream) = io.downcast_ref::<TcpStream>() else { return };
    let socket = SockRef::from(stream);
    // The system cuts a connection whose other end takes nothing.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    if let Err(error) = socket.set_tcp_user_timeout(Some(bounds.write)) {
        tracing::debug!(%error, "a connection has no bound for writing");
    }
    let hold = RefCell::new(Hold::on(&socket, bounds.kept_open));
    // The server answers 408 before.
    let until = Cell::new(Some(Instant::now() + bounds.head + LOOK_EVERY * 4));
    let counted = metrics::gauge!("http_connections");
    counted.increment(1.0);
    let connection = Rc::new(Connection { hold, until, between: bounds.keep_alive + bounds.head, open: counted });
    OPEN.with_borrow_mut(|open| open.push(Rc::downgrade(&connection)));
    extensions.insert(connection);
    if !LOOKED_AFTER.replace(true) {
        actix_web::rt::spawn(look_after());
    }
}

impl Connection {
    /// A request came whole, but for its body.
    pub fn asked(&self) {
        self.until.set(None);
    }

    /// It is answered: a next one is waited for once the answer can have been read. Says whether one is: a stream lasts as long as it lasts, and its
    /// connection ends with it.
    pub fn answered(&self, now: Instant, size: BodySize) -> bool {
        let read = match size {
            BodySize::Stream => {
                self.hold.take();
                return false;
            }
            BodySize::None => Duration::ZERO,
            BodySize::Sized(bytes) => Duration::from_secs(bytes / SLOWEST),
        };
        self.until.set(now.checked_add(self.between + read));
        self.hold.borrow().is_some()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.open.decrement(1.0);
    }
}

/// Cuts the connections of this thread that hold a request back.
async fn look_after() {
    loop {
        actix_web::rt::time::sleep(LOOK_EVERY).await;
        let now = Instant::now();
        OPEN.with_borrow_mut(|open| {
            open.retain(|connection| {
                let Some(connection) = connection.upgrade() else { return false };
                if connection.until.get().is_some_and(|until| until <= now) {
                    connection.until.set(None);
                    if let Some(hold) = connection.hold.take() {
                        metrics::counter!("http_connections_cut_total").increment(1);
                        // It may be gone already.
                        let _ = hold.0.shutdown(Shutdown::Both);
                    }
                }
                true
            });
        });
    }
}
