//! What is on its way out: marked in the document, and announced in each answer by `Deprecation` (RFC 9745) and `Sunset` (RFC 8594).

use actix_web::dev::ServiceResponse;
use actix_web::http::header::{HeaderName, HeaderValue, LINK};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde_json::{Map, Value, json};

/// An operation, or one of its query parameters, that will go.
pub struct Deprecated {
    pub method: &'static str,
    /// As in the document: `/v1/deliberations/{id}`.
    pub path: &'static str,
    /// A parameter of the query; none: the whole operation.
    pub parameter: Option<&'static str>,
    pub since: NaiveDate,
    /// The first day on which it may be gone; none: not settled.
    pub sunset: Option<NaiveDate>,
    /// Where it is said what to use instead.
    pub instead: &'static str,
}

/// All of them. A line stays until the operation or parameter goes, with a new major version.
pub const DEPRECATED: &[Deprecated] = &[];

impl Deprecated {
    fn concerns(&self, method: &str, path: &str, query: &str) -> bool {
        let given = |name: &str| query.split('&').any(|pair| pair.split('=').next() == Some(name));
        self.method == method && self.path == path && self.parameter.is_none_or(given)
    }

    fn headers(&self) -> Vec<(HeaderName, String)> {
        let mut headers = vec![
            (HeaderName::from_static("deprecation"), format!("@{}", midnight(self.since).timestamp())),
            (LINK, format!("<{}>; rel=\"deprecation\"; type=\"text/html\"", self.instead)),
        ];
        headers.extend(self.sunset.map(|day| (HeaderName::from_static("sunset"), midnight(day).format("%a, %d %b %Y %H:%M:%S GMT").to_string())));
        headers
    }
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// Adds the headers to the answer of what is deprecated.
pub fn announce<B>(table: &[Deprecated], response: &mut ServiceResponse<B>) {
    if table.is_empty() {
        return;
    }
    let request = response.request();
    let pattern = request.match_pattern().unwrap_or_default();
    let Some(found) = table.iter().find(|line| line.concerns(request.method().as_str(), &pattern, request.query_string())) else { return };
    for (name, value) in found.headers() {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().append(name, value);
        }
    }
}

/// Marks the operations and parameters in the document, and describes the headers.
pub fn mark(table: &[Deprecated], paths: &mut Map<String, Value>) {
    for line in table {
        let operation = paths.get_mut(line.path).and_then(|item| item.get_mut(line.method.to_ascii_lowercase()));
        let Some(operation) = operation.and_then(Value::as_object_mut) else { continue };
        for response in operation.get_mut("responses").and_then(Value::as_object_mut).into_iter().flat_map(Map::values_mut) {
            let headers = response.as_object_mut().map(|response| response.entry("headers").or_insert_with(|| json!({})));
            if let Some(headers) = headers.and_then(Value::as_object_mut) {
                for name in ["Deprecation", "Sunset", "Link"] {
                    headers.entry(name).or_insert_with(|| json!({"$ref": format!("#/components/headers/{name}")}));
                }
            }
        }
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten();
        let marked = match line.parameter {
            Some(name) => parameters
                .filter(|p| p.get("in") == Some(&json!("query")))
                .find(|p| p.get("name") == Some(&json!(name)))
                .and_then(Value::as_object_mut),
            None => Some(operation),
        };
        if let Some(marked) = marked {
            marked.insert("deprecated".to_owned(), json!(true));
        }
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::unwrap_used)] // JSON
mod tests {
    use actix_web::dev::Service;
    use actix_web::{App, HttpResponse, test as http, web};
    use rstest::rstest;

    use super::*;

    fn fake() -> Vec<Deprecated> {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let line = |method, parameter, sunset| Deprecated {
            method,
            path: "/v1/things/{id}",
            parameter,
            since: day(2027, 1, 1),
            sunset,
            instead: "https://registre.example/old",
        };
        vec![line("GET", Some("old"), Some(day(2028, 7, 1))), line("POST", None, None)]
    }

    // 2027-01-01T00:00:00Z is 1798761600 seconds after 1970; 2028-07-01 is a Saturday.
    #[rstest]
    #[case::a_parameter_that_is_used("GET", "/v1/things/1?old=x", Some("@1798761600"), Some("Sat, 01 Jul 2028 00:00:00 GMT"))]
    #[case::a_parameter_that_is_used_without_a_value("GET", "/v1/things/1?new=1&old", Some("@1798761600"), Some("Sat, 01 Jul 2028 00:00:00 GMT"))]
    #[case::a_parameter_that_is_not_used("GET", "/v1/things/1?older=x", None, None)]
    #[case::a_whole_operation_without_a_day("POST", "/v1/things/1", Some("@1798761600"), None)]
    #[case::another_operation("GET", "/v1/others/1?old=x", None, None)]
    #[actix_web::test]
    async fn what_is_deprecated_is_announced(
        #[case] method: &str,
        #[case] target: &str,
        #[case] deprecation: Option<&str>,
        #[case] sunset: Option<&str>,
    ) {
        let found = || async { HttpResponse::Ok().finish() };
        let app = App::new()
            .wrap_fn(|request, service| {
                let answered = service.call(request);
                async {
                    let mut response = answered.await?;
                    announce(&fake(), &mut response);
                    Ok(response)
                }
            })
            .route("/v1/things/{id}", web::get().to(found))
            .route("/v1/things/{id}", web::post().to(found))
            .route("/v1/others/{id}", web::get().to(found));
        let app = http::init_service(app).await;
        let response = http::call_service(&app, http::TestRequest::with_uri(target).method(method.parse().unwrap()).to_request()).await;
        assert_eq!(response.status(), 200);
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(header("deprecation").as_deref(), deprecation);
        assert_eq!(header("sunset").as_deref(), sunset);
        assert_eq!(header("link").as_deref(), deprecation.map(|_| "<https://registre.example/old>; rel=\"deprecation\"; type=\"text/html\""));
    }

    #[test]
    fn what_is_deprecated_is_marked_in_the_document() {
        let mut paths = json!({"/v1/things/{id}": {
            "get": {"parameters": [{"name": "old", "in": "query"}, {"name": "old", "in": "header"}], "responses": {"200": {"description": "It"}}},
            "post": {"responses": {"201": {"description": "Made", "headers": {"Link": {"description": "kept"}}}}},
            "delete": {"responses": {"204": {"description": "Gone"}}},
        }});
        mark(&fake(), paths.as_object_mut().unwrap());
        let item = &paths["/v1/things/{id}"];
        assert_eq!((&item["get"]["parameters"][0]["deprecated"], &item["get"]["parameters"][1]["deprecated"]), (&json!(true), &Value::Null));
        assert_eq!(
            (&item["get"]["deprecated"], &item["post"]["deprecated"], &item["delete"]["deprecated"]),
            (&Value::Null, &json!(true), &Value::Null)
        );
        assert_eq!(item["get"]["responses"]["200"]["headers"]["Deprecation"], json!({"$ref": "#/components/headers/Deprecation"}));
        assert_eq!(item["post"]["responses"]["201"]["headers"]["Link"], json!({"description": "kept"}));
        assert_eq!(item["delete"]["responses"]["204"]["headers"], Value::Null);
    }

    /// A line of the table that names nothing would announce nothing.
    #[test]
    fn what_the_table_names_is_served() {
        let document = crate::api::document();
        for line in DEPRECATED {
            let operation = &document["paths"][line.path][line.method.to_ascii_lowercase()];
            assert!(operation.is_object(), "{} {}", line.method, line.path);
            let there = |name: &str| operation["parameters"].as_array().unwrap().iter().any(|p| p["name"] == name && p["in"] == "query");
            assert!(line.parameter.is_none_or(there), "{:?} of {} {}", line.parameter, line.method, line.path);
        }
    }
}
