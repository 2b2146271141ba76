//! Traces (OpenTelemetry): a span for a request, one for its work in the register, one for each statement of the database. Nothing that a client wrote is
//! in them: no query, no token, no value of a statement.

use std::borrow::Cow;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};

use opentelemetry::propagation::{Extractor, TextMapPropagator};
use opentelemetry::trace::{Span, SpanBuilder, SpanKind, Status, TraceContextExt, TracerProvider};
use opentelemetry::{Context, KeyValue};
use opentelemetry_http::{HttpClient, HttpError};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{Sampler, SdkTracer, SdkTracerProvider};

use super::asked::{at_work, at_work_in, traced};

static TRACER: OnceLock<SdkTracer> = OnceLock::new();

/// How long a collector may take.
const LONGEST: Duration = Duration::from_secs(5);

/// Where traces go.
#[derive(Clone, Debug, Default)]
pub struct Tracing {
    /// The address that takes them: `http://127.0.0.1:4318/v1/traces`.
    pub endpoint: Option<String>,
    /// How many of the requests are traced that no caller has traced already: from 0 to 1.
    pub ratio: f64,
}

/// Why traces cannot be sent.
#[derive(Debug, thiserror::Error)]
pub enum TracingError {
    #[error("traces cannot be sent: {0}")]
    Client(#[from] reqwest::Error),
    #[error("traces cannot be sent: {0}")]
    Exporter(#[from] opentelemetry_otlp::ExporterBuildError),
}

/// Traces that are being sent.
pub struct Sending(SdkTracerProvider);

impl Sending {
    /// Sends what is left. Waits for the collector: not to be called where it is served.
    pub fn end(self) {
        if let Err(error) = self.0.shutdown_with_timeout(LONGEST) {
            tracing::warn!(%error, "the last traces are not sent");
        }
    }
}

/// Sends over the client that is there already, on the runtime that serves.
#[derive(Debug)]
struct Client(reqwest::Client, tokio::runtime::Handle);

#[async_trait::async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: http::Request<bytes::Bytes>) -> Result<http::Response<bytes::Bytes>, HttpError> {
        let (client, request) = (self.0.clone(), reqwest::Request::try_from(request)?);
        // The exporter has a thread of its own, and no runtime.
        let sent = self.1.spawn(async move {
            let response = client.execute(request).await?;
            let status = response.status();
            Ok::<_, reqwest::Error>((status, response.bytes().await?))
        });
        let (status, body) = sent.await??;
        Ok(http::Response::builder().status(status).body(body)?)
    }
}

/// Begins to send traces. To be called within the runtime that serves.
///
/// # Errors
/// [`TracingError`].
pub fn trace_to(tracing: &Tracing) -> Result<Option<Sending>, TracingError> {
    let Some(endpoint) = &tracing.endpoint else { return Ok(None) };
    // Another may have been installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client(reqwest::Client::builder().timeout(LONGEST).build()?, tokio::runtime::Handle::current());
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(client)
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(endpoint)
        .with_timeout(LONGEST);
    let resource = Resource::builder().with_service_name("registre").with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")));
    let provider = SdkTracerProvider::builder()
        .with_batch_exporter(exporter.build()?)
        .with_sampler(Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(tracing.ratio))))
        .with_resource(resource.build())
        .build();
    // A second one in one process is not used: the first stays.
    let _ = TRACER.set(provider.tracer("registre"));
    Ok(Some(Sending(provider)))
}

/// The trace of a request; none where it is not recorded.
#[derive(Clone, Debug, Default)]
pub struct Trace(Option<Context>);

/// What a caller says of its own trace (W3C Trace Context).
struct Said<'a> {
    parent: Option<&'a str>,
    state: Option<&'a str>,
}

impl Extractor for Said<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        match key {
            "traceparent" => self.parent,
            "tracestate" => self.state,
            _ => None,
        }
    }

    fn keys(&self) -> Vec<&str> {
        vec!["traceparent", "tracestate"]
    }
}

impl Trace {
    /// Begins the span of a request, within the trace that its headers name.
    pub fn begin<'a>(header: impl Fn(&str) -> Option<&'a str>) -> Self {
        let Some(tracer) = TRACER.get() else { return Self(None) };
        let said = Said { parent: header("traceparent"), state: header("tracestate") };
        let parent = TraceContextPropagator::new().extract_with_context(&Context::new(), &said);
        let span = SpanBuilder::from_name("request").with_kind(SpanKind::Server).start_with_context(tracer, &parent);
        Self(span.is_recording().then(|| parent.with_span(span)))
    }

    /// Whether anything is written down.
    pub const fn records(&self) -> bool {
        self.0.is_some()
    }

    /// Ends the span of a request.
    pub fn end(&self, method: &str, route: &str, status: u16, request_id: &str, authority: Option<&str>) {
        let Some(context) = &self.0 else { return };
        let span = context.span();
        span.update_name(format!("{method} {route}"));
        span.set_attribute(KeyValue::new("http.request.method", method.to_owned()));
        span.set_attribute(KeyValue::new("http.route", route.to_owned()));
        span.set_attribute(KeyValue::new("http.response.status_code", i64::from(status)));
        span.set_attribute(KeyValue::new("registre.request_id", request_id.to_owned()));
        if let Some(authority) = authority {
            span.set_attribute(KeyValue::new("registre.authority", authority.to_owned()));
        }
        if status >= 500 {
            span.set_status(Status::error(""));
        }
        span.end();
    }
}

/// Work of the register for a request.
pub struct OperationTrace(Option<(String, Context, Instant)>);

impl OperationTrace {
    /// To be called where the request is answered; `work` is the name of the type of what does the work.
    pub fn begin(work: &str) -> Self {
        Self(traced().and_then(|trace| trace.0).map(|context| (name(work).to_owned(), context, Instant::now())))
    }

    /// Does the work, on whichever thread.
    pub fn during<T>(self, work: impl FnOnce() -> T) -> T {
        let (Some((name, parent, asked)), Some(tracer)) = (self.0, TRACER.get()) else { return work() };
        let waited = i64::try_from(asked.elapsed().as_micros()).unwrap_or(i64::MAX);
        let mut span = SpanBuilder::from_name(name).start_with_context(tracer, &parent);
        span.set_attribute(KeyValue::new("registre.waited_us", waited));
        let context = parent.with_span(span);
        let done = at_work_in(Trace(Some(context.clone())), work);
        context.span().end();
        done
    }
}

/// `api::sittings::add` of `registre::api::respond::blocking<…, registre::api::sittings::add::{{closure}}…>`.
fn name(work: &str) -> &str {
    let last = work.rsplit("registre::").next().unwrap_or(work);
    last.split("::{{closure}}").next().unwrap_or(last)
}

/// A statement of the database.
pub struct StatementTrace(Context);

impl StatementTrace {
    /// That of the request that this thread works for, if it is recorded.
    pub fn of_this_thread() -> Option<Self> {
        at_work(|asked| asked.trace.0.clone()).flatten().map(Self)
    }

    /// Writes a statement down that has just ended.
    pub fn write(self, kind: &'static str, engine: &'static str, took: Duration, text: &str) {
        let Some(tracer) = TRACER.get() else { return };
        let end = SystemTime::now();
        let attributes = [
            KeyValue::new("db.system.name", engine),
            KeyValue::new("db.operation.name", kind),
            KeyValue::new("db.query.text", Cow::Owned::<'static, str>(text.to_owned())),
        ];
        let name = text.split_whitespace().next().unwrap_or(kind).to_owned();
        let began = end.checked_sub(took).unwrap_or(end);
        let builder = SpanBuilder::from_name(name).with_kind(SpanKind::Client).with_start_time(began).with_attributes(attributes);
        builder.start_with_context(tracer, &self.0).end_with_timestamp(end);
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn work_is_named_after_who_asks_for_it() {
        for (work, expected) in [
            (
                "registre::api::respond::blocking<core::x::Y, registre::api::sittings::add::{{closure}}::{{closure}}>::{{closure}}",
                "api::sittings::add",
            ),
            ("registre::web::respond::page<registre::web::act::act::{{closure}}>::{{closure}}::{{closure}}", "web::act::act"),
        ] {
            assert_eq!(name(work), expected);
        }
    }
}
