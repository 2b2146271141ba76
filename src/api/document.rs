//! The OpenAPI document: from the handlers, and what holds for all of them said once.

mod answers;
#[cfg(test)]
mod cases;
mod examples;
mod ordered;
mod parameters;
mod schemas;
mod shared;
mod unions;
mod words;

pub use ordered::Ordered;
use serde_json::{Map, Value, json};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContactBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, ServerBuilder};
use utoipa::{PartialSchema, ToSchema};
use utoipa_actix_web::AppExt;

use super::deprecation;
use super::problem::{Kind, ProblemBody};
use super::routes;

const METHODS: [&str; 4] = ["get", "post", "put", "delete"];

/// The document of what is served.
pub fn document() -> Value {
    let app = actix_web::App::new().into_utoipa_app().openapi(about()).configure(routes);
    let (_, mut generated) = app.split_for_parts();
    add_components(&mut generated);
    let mut document = serde_json::to_value(&generated).unwrap_or_default();
    if let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) {
        for (path, item) in paths.iter_mut() {
            for method in METHODS {
                if let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) {
                    Kindred { path, method, operation }.complete();
                }
            }
        }
        examples(paths);
    }
    refer_to_lines(&mut document);
    finish(&mut document);
    document
}

/// What is said of schemas and answers as a whole. In this order: words are given before schemas are written twice.
fn finish(document: &mut Value) {
    let take = |document: &mut Value, at: &str| document.pointer_mut(at).and_then(Value::as_object_mut).map(std::mem::take).unwrap_or_default();
    let mut schemas = take(document, "/components/schemas");
    let mut paths = take(document, "/paths");
    supply(&mut schemas, &paths);
    unions::add_up(&mut schemas);
    unions::name_branches(&mut schemas);
    // What went into a sum is named no more.
    let mut named = std::collections::BTreeSet::new();
    paths.values().for_each(|item| schemas::references(item, &mut named));
    let used = schemas::reached(&schemas, named);
    schemas.retain(|name, _| used.contains(name));
    words::describe(&mut schemas);
    answers::part(&mut schemas, &mut paths);
    parameters::complete(&mut paths);
    shared::headers(&mut paths);
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let (sitting, act) = (read(include_str!("../demo/sitting.json")), read(include_str!("../demo/deliberation.json")));
    examples::Examples::new(&schemas, &sitting, &act).add(&mut paths);
    deprecation::mark(deprecation::DEPRECATED, &mut paths);
    let tags = words::tags(shared::operations(&paths).filter_map(|operation| operation.get("tags")?.get(0)?.as_str()));
    let headers = shared::components(&paths);
    if let Some(document) = document.as_object_mut() {
        document.insert("paths".to_owned(), paths.into());
        document.insert("tags".to_owned(), tags.into());
        if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
            components.insert("schemas".to_owned(), schemas.into());
            components.insert("headers".to_owned(), headers);
        }
    }
}

/// Vocabularies that only parameters have: nothing else brings their schemas in.
fn supply(schemas: &mut Map<String, Value>, paths: &Map<String, Value>) {
    let mut named = std::collections::BTreeSet::new();
    paths.values().for_each(|item| schemas::references(item, &mut named));
    for vocabulary in super::enums::vocabularies().into_iter().filter(|vocabulary| named.contains(vocabulary.name)) {
        let schema = crate::record::labelled::schema("One of a closed list.", vocabulary.members);
        schemas.entry(vocabulary.name).or_insert_with(|| serde_json::to_value(schema).unwrap_or_default());
    }
}

/// A page refers to the schema of its lines: a generic type writes it out again.
fn refer_to_lines(document: &mut Value) {
    let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else { return };
    for (name, schema) in schemas {
        if let (Some(line), Some(items)) = (name.strip_prefix("List_"), schema.pointer_mut("/properties/data/items")) {
            *items = json!({"$ref": format!("#/components/schemas/{line}")});
        }
    }
}

fn about() -> OpenApi {
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("registre")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(
                    "The register of what local assemblies decide: sittings, who was there, who stood aside, how each ballot went, the acts, and \
                     what does not hold in them.\n\nEvery field is always present in answers: unknown is `null`, and for a closed vocabulary the \
                     member `unstated`; `[]` says none. A field that is absent from a request is unknown; one that does not exist is refused, \
                     and so is a text that holds U+0000. \
                     Errors are problems (RFC 9457) of the types that `/problems` lists, in French or in English as `Accept-Language` prefers.",
                ))
                .license(Some(LicenseBuilder::new().name("EUPL-1.2").identifier(Some("EUPL-1.2")).build()))
                .contact(Some(ContactBuilder::new().name(Some("registre")).build())),
        )
        .servers(Some([ServerBuilder::new().url("/").build()]))
        .build()
}

fn add_components(document: &mut OpenApi) {
    let components = document.components.get_or_insert_default();
    components.schemas.insert("Problem".to_owned(), ProblemBody::schema());
    let mut nested = Vec::new();
    ProblemBody::schemas(&mut nested);
    components.schemas.extend(nested);
    let token = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("A JWT (RFC 7519) signed with EdDSA, ES256 or RS256; the scopes that an operation needs stand beside it."))
        .build();
    components.security_schemes.insert("token".to_owned(), SecurityScheme::Http(token).into());
}

/// An operation, and what it is like.
struct Kindred<'a> {
    path: &'a str,
    method: &'a str,
    operation: &'a mut Map<String, Value>,
}

impl Kindred<'_> {
    /// Adds the headers and the problems that follow from what an operation is.
    fn complete(self) {
        let Self { path, method, operation } = self;
        let writes = method != "get";
        let ways: Vec<Value> = operation.get("security").and_then(Value::as_array).cloned().unwrap_or_default();
        let open = ways.iter().any(|way| way.as_object().is_some_and(Map::is_empty));
        let scopes = ways.iter().filter_map(|way| way.get("token")).filter_map(Value::as_array).flatten().count();
        let asks = ways.iter().any(|way| way.get("token").is_some());
        // Done twice, these are no different: a reading of a text makes nothing.
        let repeats = matches!(path, "/v1/revocations" | "/v1/intake") || path.ends_with("/ping");

        if let Some(body) = operation.get_mut("requestBody").and_then(Value::as_object_mut) {
            body.insert("required".to_owned(), json!(true));
        }
        let mut headers = vec![header("Accept-Language", "Language of problems: `fr` (when not said) or `en`.", false)];
        let mut problems = vec![Kind::UnknownParameter, Kind::TooMany, Kind::Internal, Kind::Unavailable, Kind::StorageFull];
        if asks {
            problems.push(if open { Kind::TokenInvalid } else { Kind::TokenMissing });
        }
        if scopes > 0 {
            problems.push(Kind::ScopeMissing);
        }
        if path.contains('{') {
            problems.push(Kind::NotFound);
        }
        let file = operation.get_mut("requestBody").and_then(|body| body.get_mut("content")).is_some_and(takes_a_file);
        if file {
            headers.push(header("Content-Digest", "SHA-256 of the file, `sha-256=:BASE64:` (RFC 9530): checked.", false));
            problems.extend([Kind::BadRequest, Kind::InvalidParameter, Kind::TooLarge, Kind::MediaType]);
            problems.extend([Kind::InvalidField, Kind::TypeDiffers, Kind::DigestDiffers]);
            if path.starts_with("/v1/deliberations/") {
                problems.push(Kind::FilesSealed);
            }
        } else if path == "/v1/imports" && writes {
            // Its lines are judged later.
            problems.extend([Kind::BadRequest, Kind::InvalidParameter, Kind::TooLarge, Kind::MediaType, Kind::NotFound]);
            problems.extend([Kind::KeyInUse, Kind::KeyReused]);
        } else if operation.contains_key("requestBody") {
            problems.extend([Kind::MalformedJson, Kind::TooSlow, Kind::TooLarge, Kind::MediaType, Kind::InvalidField]);
        }
        // What is stopped is stopped: a second time it is a 409.
        if method == "post" && asks && !repeats && path != "/v1/imports/{id}/cancel" {
            headers.push(header("Idempotency-Key", "Carries the request out once: for 24 hours, the same key is answered again.", false));
            problems.extend([Kind::InvalidParameter, Kind::KeyInUse, Kind::KeyReused]);
        }
        // What anyone may read of records; the feed and the log have cursors of their own, and the files of open data are told by what they hold.
        let told_apart = ["/v1/changes", "/v1/log", "/v1/open-data"].iter().any(|place| path.starts_with(place));
        if !writes && open && asks && !told_apart {
            headers.push(header("Registre-Sequence", "What the answer to a write said: nothing older than that write is answered.", false));
            problems.push(Kind::InvalidParameter);
        }
        if writes && asks && !repeats {
            problems.push(Kind::Raced);
        }
        if matches!(method, "put" | "delete") && !path.ends_with("/visibility") {
            headers.push(header("If-Match", "The ETag of the record that is changed.", true));
            problems.extend([Kind::Stale, Kind::MatchNeeded]);
        }
        if path.starts_with("/v1/files/") {
            problems.push(Kind::ScopeMissing);
        }
        if path.ends_with("/content") {
            problems.extend([Kind::RangeBeyond, Kind::FileDamaged]);
        }
        problems.extend(of_the_life_of_acts(path, method));
        problems.extend(of_changes(path, method));
        if path.starts_with("/v1/open-data/") {
            problems.extend([Kind::InvalidParameter, Kind::AuthorityNeeded]);
            match path.rsplit('/').next() {
                Some("catalog.jsonld") => problems.push(Kind::NotFound),
                Some("deliberations.parquet") => problems.push(Kind::NotInThisBuild),
                _ => {}
            }
        }
        if method == "get" && (path.contains("{format}") || path.contains("/papers/") || path == "/v1/deliberations/{id}") {
            problems.push(Kind::NotInThisBuild);
        }
        problems.extend(of_figures(path));
        if path.starts_with("/v1/deliberations/{id}") || path.starts_with("/v1/files/") {
            problems.push(Kind::Gone);
        }
        if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
            if responses.contains_key("304") {
                headers.push(header("If-None-Match", "ETags that the reader has.", false));
            }
            describe_headers(responses);
            for kind in problems {
                add_problem(responses, kind);
            }
        }
        if let Some(parameters) = operation.entry("parameters").or_insert_with(|| json!([])).as_array_mut() {
            parameters.iter_mut().for_each(describe);
            parameters.extend(headers);
        }
    }
}

/// Whether a body is a file; then every type that it may have is named.
fn takes_a_file(content: &mut Value) -> bool {
    let Some(types) = content.as_object_mut() else { return false };
    let Some(bytes) = types.get("application/octet-stream").cloned() else { return false };
    for name in crate::register::taken_in() {
        types.insert(name.to_owned(), bytes.clone());
    }
    true
}

/// What may stand against a search or statistics.
fn of_figures(path: &str) -> Vec<Kind> {
    match path {
        "/v1/search" | "/v1/statistics/amounts" | "/v1/statistics/grants" => vec![Kind::InvalidParameter, Kind::InvalidCursor, Kind::AuthorityNeeded],
        "/v1/statistics/cohesion" => vec![Kind::InvalidParameter, Kind::AuthorityNeeded, Kind::NotFound, Kind::PeriodTooLong],
        // A body that is not the authority's, a period with too many sittings.
        _ if path.starts_with("/v1/statistics/") => vec![Kind::InvalidParameter, Kind::NotFound, Kind::PeriodTooLong],
        _ => Vec::new(),
    }
}

/// What may stand against a step in the life of an act.
fn of_the_life_of_acts(path: &str, method: &str) -> Vec<Kind> {
    let step = path.strip_prefix("/v1/deliberations/{id}/").unwrap_or_default();
    match (step, method) {
        ("workflow", _) => vec![Kind::MoveNotAllowed],
        ("number", _) => vec![Kind::NotPossible, Kind::Sealed, Kind::NumberCollides],
        ("seal", "post") => {
            vec![Kind::MoveNotAllowed, Kind::Held, Kind::SeparationOfDuties, Kind::NoNumber, Kind::NumberCollides, Kind::NotPossible]
        }
        ("seal" | "proof", _) => vec![Kind::NotSealed],
        ("facts" | "publication" | "notifications", "post") => vec![Kind::NotSealed, Kind::SeparationOfDuties, Kind::NotPossible, Kind::Exists],
        ("rectifications", "post") => vec![Kind::NotSealed, Kind::Exists],
        ("waivers", _) => vec![Kind::Sealed],
        ("record", "put") => vec![Kind::Sealed],
        ("transmission/message", _) => vec![Kind::NotSealed, Kind::NotTransmissible],
        ("transmission/archive", _) => vec![Kind::NotSealed, Kind::NotTransmissible, Kind::FileDamaged],
        _ if path == "/v1/transmissions/messages" => vec![Kind::MessageRefused],
        _ if path == "/v1/log/checkpoint" || path == "/v1/log/consistency" => vec![Kind::NotFound, Kind::AuthorityNeeded, Kind::InvalidParameter],
        _ if path.ends_with("/void") || path == "/v1/imports/{id}/cancel" => vec![Kind::NotPossible],
        _ if path == "/v1/pending" => vec![Kind::InvalidParameter],
        _ => Vec::new(),
    }
}

/// What may stand against following what changes.
fn of_changes(path: &str, method: &str) -> Vec<Kind> {
    match (path, method) {
        ("/v1/changes" | "/v1/changes/stream", _) => vec![Kind::InvalidParameter, Kind::InvalidCursor, Kind::AuthorityNeeded, Kind::CursorExpired],
        ("/v1/webhooks", "post") => vec![Kind::NotFound, Kind::WebhooksOff, Kind::KeyReused],
        ("/v1/webhooks/{id}", "put") | ("/v1/webhooks/{id}/ping", _) => vec![Kind::WebhooksOff],
        ("/v1/webhooks/{id}/deliveries", _) => vec![Kind::InvalidParameter, Kind::InvalidCursor],
        ("/v1/webhooks/{id}/replay", _) => vec![Kind::InvalidCursor, Kind::CursorExpired, Kind::KeyReused],
        _ => Vec::new(),
    }
}

fn describe(parameter: &mut Value) {
    let words = described(parameter.get("name").and_then(Value::as_str).unwrap_or_default());
    if let (Some(parameter), Some(words)) = (parameter.as_object_mut(), words) {
        parameter.entry("description").or_insert_with(|| json!(words));
    }
}

fn describe_headers(responses: &mut Map<String, Value>) {
    for response in responses.values_mut() {
        for (name, header) in response.get_mut("headers").and_then(Value::as_object_mut).into_iter().flatten() {
            if let (Some(header), Some(words)) = (header.as_object_mut(), described(name)) {
                header.entry("description").or_insert_with(|| json!(words));
            }
        }
    }
}

/// Words for the parameters and headers that mean the same everywhere.
fn described(name: &str) -> Option<&'static str> {
    Some(match name {
        "id" => "Identifier of the record.",
        "siren" => "SIREN of the authority.",
        "version" => "Number of the version, from 1.",
        "name" => "Name of the type of problem.",
        "body" => "Identifier of a body.",
        "sitting" => "Identifier of a sitting.",
        "person" => "Identifier of a person.",
        "group" => "Identifier of a group.",
        "origin" => "How the record came in.",
        "outcome" => "What became of it.",
        "ETag" => "Entity tag (RFC 9110).",
        "Content-Digest" => "SHA-256 of the bytes sent (RFC 9530).",
        "Repr-Digest" => "SHA-256 of the whole file (RFC 9530).",
        "Content-Range" => "Which part it is (RFC 9110).",
        "Content-Disposition" => "The name to save it under (RFC 6266).",
        "Location" => "Address of the new record.",
        "ballot" => "Identifier of the ballot.",
        "format" => "Format of the paper.",
        "paper" => "Which paper of the sitting.",
        "ordinal" => "Place of the number in its series, from 1.",
        "year" => "Year of the series.",
        "want" => "What the acts want.",
        _ => return None,
    })
}

/// Several causes may share a status: the description lists them.
fn add_problem(responses: &mut Map<String, Value>, kind: Kind) {
    let line = format!("- `{}`: {}", kind.slug(), kind.about().trim());
    let status = kind.code().to_string();
    let response = responses.entry(status).or_insert_with(|| problem(kind));
    if let Some(description) = response.get_mut("description") {
        let text = description.as_str().unwrap_or_default();
        if !text.lines().any(|told| told == line) {
            *description = json!(if text.is_empty() { line } else { format!("{text}\n{line}") });
        }
    }
}

fn problem(kind: Kind) -> Value {
    let example = json!({
        "type": format!("/problems/{}", kind.slug()),
        "title": kind.title().fr,
        "status": kind.code(),
        "detail": null,
        "instance": "/v1/deliberations",
        "request_id": "01992b6c3f7a7c0e9d0b5f2a4c6e8d10",
        "errors": [],
    });
    let content = json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}});
    let mut response = json!({"description": "", "content": content});
    let header = |words: &str, schema: &str| json!({"description": words, "schema": {"type": schema}});
    let wait = header("Seconds to wait (RFC 9110).", "integer");
    let headers = match kind.code() {
        401 => json!({"WWW-Authenticate": header("How to ask (RFC 6750).", "string")}),
        429 => json!({
            "Retry-After": wait,
            "RateLimit-Policy": header("What may be asked: `q` requests in `w` seconds.", "string"),
            "RateLimit": header("What is left: `r` requests; all of them again in `t` seconds.", "string"),
        }),
        503 => json!({"Retry-After": wait}),
        _ => return response,
    };
    if let Some(response) = response.as_object_mut() {
        response.insert("headers".to_owned(), headers);
    }
    response
}

fn header(name: &str, description: &str, required: bool) -> Value {
    json!({"name": name, "in": "header", "description": description, "required": required, "schema": {"type": "string"}})
}

/// Examples from the real act that the demo loads.
fn examples(paths: &mut Map<String, Value>) {
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let sitting = read(include_str!("../demo/sitting.json"));
    let act = read(include_str!("../demo/deliberation.json"));
    let lines = "{\"kind\": \"person\", \"key\": \"agent-17\", \"record\": {\"family_name\": \"MEMBRE\"}}\n\
                 {\"kind\": \"mandate\", \"key\": \"agent-17/cp\", \"record\": {\"person\": \"@agent-17\", \"body\": \"@cp\"}}\n";
    let import = paths.get_mut("/v1/imports").and_then(|item| item.pointer_mut("/post/requestBody/content/application~1x-ndjson"));
    if let Some(content) = import.and_then(Value::as_object_mut) {
        content.insert("example".to_owned(), json!(lines));
    }
    for (path, method, example) in [("/v1/sittings", "post", &sitting), ("/v1/deliberations", "post", &act)] {
        let content = paths.get_mut(path).and_then(|item| item.pointer_mut(&format!("/{method}/requestBody/content/application~1json")));
        if let Some(content) = content.and_then(Value::as_object_mut) {
            content.insert("example".to_owned(), example.clone());
        }
    }
}
