//! Requests by the template of their address: each thread holds what it counts with, so that nothing is looked up or written out for a request that
//! memory answers.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use metrics::{Counter, Histogram};

/// Addresses whose answers are kept in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hot {
    Deliberation,
    Sitting,
    Deliberations,
    Sittings,
    Search,
}

impl Hot {
    const ALL: [Self; 5] = [Self::Deliberation, Self::Sitting, Self::Deliberations, Self::Sittings, Self::Search];

    /// The template of the address.
    pub const fn route(self) -> &'static str {
        match self {
            Self::Deliberation => "/v1/deliberations/{id}",
            Self::Sitting => "/v1/sittings/{id}",
            Self::Deliberations => "/v1/deliberations",
            Self::Sittings => "/v1/sittings",
            Self::Search => "/v1/search",
        }
    }

    /// The address of a list that is kept.
    pub fn list(path: &str) -> Option<Self> {
        [Self::Deliberations, Self::Sittings, Self::Search].into_iter().find(|hot| hot.route() == path)
    }
}

/// What an address is counted with.
struct Route {
    requests: Counter,
    durations: Histogram,
}

impl Route {
    fn new(method: &'static str, route: &str, status: u16) -> Self {
        let (route, status) = (route.to_owned(), status.to_string());
        Self {
            requests: metrics::counter!("http_requests_total", "method" => method, "route" => route.clone(), "status" => status),
            durations: metrics::histogram!("http_request_duration_seconds", "method" => method, "route" => route),
        }
    }

    fn count(&self, took: Duration) {
        self.requests.increment(1);
        self.durations.record(took.as_secs_f64());
    }
}

/// An address in memory.
struct HotRoute {
    hot: Hot,
    whole: Route,
    unchanged: Route,
}

/// What a thread counts requests with.
pub struct Seen {
    hot: [HotRoute; 5],
    hits: Counter,
    misses: Counter,
    others: RefCell<HashMap<(&'static str, String, u16), Route>>,
}

/// What stands for an address that is none: whatever is asked for, there is one of it.
const NOWHERE: &str = "none";

impl Seen {
    /// To be made by each thread, after the recorder.
    pub fn new() -> Self {
        let of = |hot: Hot| HotRoute { hot, whole: Route::new("GET", hot.route(), 200), unchanged: Route::new("GET", hot.route(), 304) };
        let memory = |result| metrics::counter!("http_answers_from_memory_total", "result" => result);
        Self { hot: Hot::ALL.map(of), hits: memory("hit"), misses: memory("miss"), others: RefCell::default() }
    }

    /// Counts an answer from memory: 200, or 304.
    pub fn hit(&self, hot: Hot, status: u16, took: Duration) {
        self.hits.increment(1);
        if let Some(route) = self.hot.iter().find(|route| route.hot == hot) {
            if status == 200 { route.whole.count(took) } else { route.unchanged.count(took) }
        }
    }

    /// Counts any other answer; `route` is the template that the router found.
    pub fn answered(&self, method: &str, route: Option<String>, status: u16, took: Duration) {
        let route = route.unwrap_or_else(|| NOWHERE.to_owned());
        if Hot::ALL.iter().any(|hot| hot.route() == route) && method == "GET" && status == 200 {
            self.misses.increment(1);
        }
        let key = (known(method), route, status);
        self.others.borrow_mut().entry(key).or_insert_with_key(|(method, route, status)| Route::new(method, route, *status)).count(took);
    }
}

impl Default for Seen {
    fn default() -> Self {
        Self::new()
    }
}

/// A method, of those that there are: a client may invent any number.
fn known(method: &str) -> &'static str {
    ["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"].into_iter().find(|known| *known == method).unwrap_or("other")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_client_invents_makes_no_series() {
        let seen = Seen::new();
        for n in 0..100 {
            seen.answered(&format!("M{n}"), None, 404, Duration::ZERO);
        }
        assert_eq!(seen.others.borrow().len(), 1);
    }
}
