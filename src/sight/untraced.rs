//! What stands in for traces in a build without them: it takes no room and does nothing.

/// Where traces go.
#[derive(Clone, Debug, Default)]
pub struct Tracing {
    pub endpoint: Option<String>,
    pub ratio: f64,
}

/// Why traces cannot be sent.
#[derive(Debug, thiserror::Error)]
pub enum TracingError {
    #[error("traces.endpoint is set, and this program is built without the feature `otel`")]
    NotBuilt,
}

/// Traces that are being sent: never, here.
pub enum Sending {}

impl Sending {
    /// Sends what is left.
    pub fn end(self) {}
}

/// Begins to send traces.
///
/// # Errors
/// [`TracingError`].
pub const fn trace_to(tracing: &Tracing) -> Result<Option<Sending>, TracingError> {
    if tracing.endpoint.is_some() { Err(TracingError::NotBuilt) } else { Ok(None) }
}

/// The trace of a request.
#[derive(Clone, Debug, Default)]
pub struct Trace;

impl Trace {
    #[inline]
    pub fn begin<'a>(_: impl Fn(&str) -> Option<&'a str>) -> Self {
        Self
    }

    /// Whether anything is written down.
    #[inline]
    pub const fn records(&self) -> bool {
        false
    }

    #[inline]
    pub fn end(&self, _method: &str, _route: &str, _status: u16, _request_id: &str, _authority: Option<&str>) {}
}

/// Work of the register for a request.
pub struct OperationTrace;

impl OperationTrace {
    #[inline]
    pub const fn begin(_: &str) -> Self {
        Self
    }

    /// Does the work.
    #[inline]
    pub fn during<T>(self, work: impl FnOnce() -> T) -> T {
        work()
    }
}

/// A statement of the database.
pub struct StatementTrace;

impl StatementTrace {
    /// Nothing is traced here.
    #[inline]
    pub const fn of_this_thread() -> Option<Self> {
        None
    }

    #[inline]
    pub fn write(self, _kind: &'static str, _engine: &'static str, _took: std::time::Duration, _text: &str) {}
}
