//! The request that is being answered: known to the thread that does its work, so that what is logged of the database names it, and nothing needs to
//! hand it down.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use super::Trace;

/// How long the parts of a request may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Work of the register that a request waits for; none: as long as it takes.
    pub work: Option<Duration>,
    /// A body that is read whole.
    pub body: Duration,
    /// The silence in the middle of a body that is taken in as it comes.
    pub silence: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { work: Some(Duration::from_secs(60)), body: Duration::from_secs(120), silence: Duration::from_secs(30) }
    }
}

/// A request.
#[derive(Clone, Debug)]
pub struct Asked {
    id: Arc<str>,
    limits: Limits,
    #[cfg_attr(not(feature = "otel"), allow(dead_code, reason = "a build without traces"))]
    pub(super) trace: Trace,
}

impl Asked {
    pub fn new(id: &str, limits: Limits, trace: &Trace) -> Self {
        Self { id: id.into(), limits, trace: trace.clone() }
    }
}

tokio::task_local! {
    static ASKED: Asked;
}

thread_local! {
    static AT_WORK: RefCell<Option<Asked>> = const { RefCell::new(None) };
}

/// Answers a request: whatever is awaited in it knows of which.
pub async fn within<F: Future>(asked: Asked, answer: F) -> F::Output {
    ASKED.scope(asked, answer).await
}

/// The limits of the request that is being answered; outside one, those that are not configured.
pub fn limits() -> Limits {
    ASKED.try_with(|asked| asked.limits).unwrap_or_default()
}

/// Work for another thread, which knows there for which request it is done.
pub fn carried<T>(work: impl FnOnce() -> T) -> impl FnOnce() -> T {
    let asked = ASKED.try_with(Clone::clone).ok();
    move || {
        let _here = Here::enter(asked);
        work()
    }
}

/// The request that this thread works for.
pub fn request_id() -> Option<Arc<str>> {
    at_work(|asked| Arc::clone(&asked.id))
}

pub(super) fn at_work<T>(of: impl FnOnce(&Asked) -> T) -> Option<T> {
    AT_WORK.with_borrow(|asked| asked.as_ref().map(of))
}

/// The trace of the request that is being answered.
#[cfg(feature = "otel")]
pub(super) fn traced() -> Option<Trace> {
    ASKED.try_with(|asked| asked.trace.clone()).ok()
}

/// Does work within a trace: its statements are part of it.
#[cfg(feature = "otel")]
pub(super) fn at_work_in<T>(trace: Trace, work: impl FnOnce() -> T) -> T {
    let put = |trace| AT_WORK.with_borrow_mut(|asked| asked.as_mut().map(|asked| std::mem::replace(&mut asked.trace, trace)));
    let before = put(trace);
    let done = work();
    before.map(put);
    done
}

/// Forgets the request when the work ends, in whatever way: the thread is another's then.
struct Here;

impl Here {
    fn enter(asked: Option<Asked>) -> Self {
        AT_WORK.set(asked);
        Self
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        AT_WORK.set(None);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::default_constructed_unit_structs)] // with traces it is no unit
mod tests {
    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn work_on_another_thread_knows_its_request_and_the_next_does_not() {
        let asked = Asked::new("7", Limits { body: Duration::from_secs(1), ..Limits::default() }, &Trace::begin(|_| None));
        let (seen, body) = within(asked, async {
            let work = carried(request_id);
            (std::thread::spawn(move || (work(), request_id())).join().unwrap(), limits().body)
        })
        .await;
        assert_eq!((seen.0.as_deref(), seen.1), (Some("7"), None));
        assert_eq!((body, limits()), (Duration::from_secs(1), Limits::default()));
    }
}
