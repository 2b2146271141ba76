//! How the service is seen by who runs it: what is counted and timed, and for which request something is done. Imports nothing of the house, so
//! that every room may be seen.

mod asked;
mod catalogue;
mod process;
mod routes;
#[cfg(feature = "otel")]
mod traces;
#[cfg(not(feature = "otel"))]
#[path = "untraced.rs"]
mod traces;

pub use asked::{Asked, Limits, carried, limits, request_id, within};
pub use catalogue::{METRICS, Metric, MetricKind, built, ran, recorder, upkeep};
pub use process::{memory, open_files};
pub use routes::{Hot, Seen};
pub use traces::{OperationTrace, Sending, StatementTrace, Trace, Tracing, TracingError, trace_to};
