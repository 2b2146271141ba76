//! What is served is in the document, and what is in the document is served.

use std::collections::BTreeSet;

use actix_web::introspection::IntrospectionTree;
use actix_web::web::{self, Data};
use actix_web::{App, HttpResponse, test};
use serde_json::Value;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{document, oparl, operations, routes};

/// For who runs the service, the pages of the documentation, and OParl, whose contract is its own specification: outside the document on purpose.
const OUTSIDE: [&str; 8] = ["/health", "/ready", "/metrics", "/openapi.json", "/docs", "/docs/{_:.*}", "/oparl", "/oparl/{_:.*}"];

async fn tell(tree: Data<IntrospectionTree>) -> HttpResponse {
    HttpResponse::Ok().body(tree.report_as_json())
}

#[actix_web::test]
async fn the_document_has_every_served_route_and_no_other() {
    let app = App::new()
        .configure(operations::routes)
        .configure(oparl::routes)
        .configure(|config| routes(&mut ServiceConfig::new(config)))
        .service(web::resource("/introspection").to(tell));
    let app = test::init_service(app).await;
    let told = test::call_and_read_body(&app, test::TestRequest::get().uri("/introspection").to_request()).await;
    let told: Vec<Value> = serde_json::from_slice(&told).expect("a report");
    let mut served = BTreeSet::new();
    for route in &told {
        let path = route["full_path"].as_str().expect("a path");
        let methods = route["methods"].as_array().expect("methods");
        if path == "/introspection" || OUTSIDE.contains(&path) || (methods.is_empty() && route["resource_type"] != "resource") {
            continue;
        }
        assert!(!methods.is_empty(), "{path} is served whatever the method");
        served.extend(methods.iter().map(|method| format!("{} {path}", method.as_str().expect("a method"))));
    }
    let document = document();
    let paths = document["paths"].as_object().expect("paths");
    let described: BTreeSet<String> = paths
        .iter()
        .flat_map(|(path, item)| item.as_object().expect("operations").keys().map(move |method| format!("{} {path}", method.to_uppercase())))
        .collect();
    assert_eq!(served, described);
    assert!(described.len() > 40, "{described:?}");
}
