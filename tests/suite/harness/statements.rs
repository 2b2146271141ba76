//! The statements that a register sends, as Diesel tells of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};

/// By the address of the database: what was sent to it, without the values.
static SENT: Mutex<BTreeMap<String, BTreeSet<String>>> = Mutex::new(BTreeMap::new());

/// From now on: what is sent over connections to this database that are made from now on.
pub fn note(url: &str) {
    with(|all| all.entry(address(url)).or_default().clear());
    set_default_instrumentation(|| Some(Box::<Listener>::default())).unwrap();
}

/// What was sent; no more is noted.
pub fn sent(url: &str) -> BTreeSet<String> {
    with(|all| all.remove(&address(url))).unwrap_or_default()
}

fn with<T>(work: impl FnOnce(&mut BTreeMap<String, BTreeSet<String>>) -> T) -> T {
    work(&mut SENT.lock().unwrap_or_else(PoisonError::into_inner))
}

fn address(url: &str) -> String {
    url.trim_start_matches("sqlite:").to_owned()
}

/// Listens to one connection.
#[derive(Default)]
struct Listener {
    /// None: what it is told of is nobody's business.
    database: Option<String>,
}

impl Instrumentation for Listener {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => {
                // The store adds to an address how long it waits.
                self.database = with(|all| all.keys().find(|known| url.starts_with(known.as_str())).cloned());
            }
            InstrumentationEvent::StartQuery { query, .. } => {
                let Some(database) = &self.database else { return };
                let told = query.to_string();
                let sql = told.split(" -- binds: ").next().unwrap_or_default().trim().to_owned();
                with(|all| all.get_mut(database).map(|sent| sent.insert(sql)));
            }
            _ => {}
        }
    }
}
