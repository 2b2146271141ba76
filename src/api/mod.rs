//! The HTTP face: one file for each resource, thin. [`serve`] puts it together for the binary and for the tests alike.

mod access;
mod audit;
mod authorities;
mod body;
mod bounds;
mod catalogue;
mod change_stream;
mod changes;
mod conditional;
mod connections;
mod csv;
mod deliberations;
mod deliveries;
mod deprecation;
mod directory;
mod document;
mod enums;
mod external_id;
mod files;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod guard;
mod imports;
mod intake;
mod kept;
mod language;
mod legal_profile;
mod life;
mod live;
mod me;
mod metrics;
mod negotiate;
mod numbers;
mod oparl;
mod open_data;
mod operations;
mod outer;
mod page;
mod pages;
mod papers;
mod pending;
mod preparation;
mod problem;
mod public_statistics;
mod public_url;
mod query;
mod rates;
mod registers;
mod respond;
mod roster;
mod seal;
mod search;
#[cfg(test)]
#[allow(clippy::indexing_slicing)] // JSON
mod served;
mod sittings;
mod statistics;
pub mod tokens;
mod transmission;
mod webhooks;

pub use body::strict;
pub use bounds::Bounds;
pub use catalogue::catalogue;
pub use document::{Ordered, document};
pub use imports::ImportError;
pub use intake::{ReadingLimits, Said, apart};
pub use metrics::{Metrics, serve_metrics};
pub use pages::Pages;
pub use problem::{Kind as ProblemKind, Problem};
pub use public_url::PublicUrl;
pub use rates::{Allowed, ProxyHeader, RateBounds};
pub use respond::in_time;

use std::net::TcpListener;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::dev::Server;
use actix_web::web::{Data, PayloadConfig};
use actix_web::{App, HttpServer, middleware};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::deliver::Deliver;
use crate::register::Register;
use tokens::Verifier;

/// What every request can reach.
#[derive(Clone)]
pub struct State {
    pub register: Data<Register>,
    pub deliver: Data<Deliver>,
    pub verifier: Data<Verifier>,
    pub public_url: Data<PublicUrl>,
    /// How documents that come in are read.
    pub reading: Data<ReadingLimits>,
    /// What `/metrics` shows; none: nothing is shown here.
    pub metrics: Option<Data<Metrics>>,
    /// Pages for people, served beside the API; none: the API alone.
    pub pages: Option<Pages>,
}

/// How the server runs.
pub struct Settings {
    pub workers: usize,
    /// Threads of each worker that wait for the database: more than there are connections would only queue for them.
    pub blocking_threads: usize,
    pub shutdown_seconds: u64,
    pub bounds: Bounds,
}

/// Every documented route.
fn routes(config: &mut ServiceConfig) {
    config.service(
        utoipa_actix_web::scope("/v1")
            .configure(authorities::routes)
            .configure(directory::routes)
            .configure(registers::routes)
            .configure(papers::routes)
            .configure(sittings::routes)
            .configure(live::routes)
            .configure(roster::routes)
            .configure(legal_profile::routes)
            .configure(preparation::routes)
            .configure(statistics::routes)
            .configure(public_statistics::routes)
            .configure(search::routes)
            .configure(deliberations::routes)
            .configure(life::routes)
            .configure(numbers::routes)
            .configure(seal::routes)
            .configure(transmission::routes)
            .configure(pending::routes)
            .configure(audit::routes)
            .configure(changes::routes)
            .configure(change_stream::routes)
            .configure(webhooks::routes)
            .configure(deliveries::routes)
            .configure(files::routes)
            .configure(imports::routes)
            .configure(intake::routes)
            .configure(open_data::routes)
            .configure(me::routes)
            .configure(enums::routes),
    );
    enums::problem_routes(config);
}

/// Serves until it is told to stop (SIGTERM, SIGINT), and then lets the requests that it has finish.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(state: State, listener: TcpListener, settings: &Settings) -> std::io::Result<Server> {
    let document = document();
    let table = Data::new(outer::RouteTable::of(&document));
    let contract = Data::new(operations::Contract::of(&document)?);
    let bounds = settings.bounds.clone();
    let rates = bounds.rates.as_ref().map(|bounds| Arc::new(rates::Rates::new(bounds)));
    if let Some(rates) = &rates {
        actix_web::rt::spawn(Arc::clone(rates).forget());
    }
    let limits = bounds.limits;
    let server = HttpServer::new(move || {
        let door = Rc::new(outer::Door::new(rates.clone(), limits));
        let (metrics, pages) = (state.metrics.clone(), state.pages);
        App::new()
            .configure(move |config| {
                if let Some(metrics) = metrics {
                    config.app_data(metrics);
                }
            })
            .app_data(state.register.clone())
            .app_data(state.deliver.clone())
            .app_data(state.verifier.clone())
            .app_data(state.public_url.clone())
            .app_data(state.reading.clone())
            .app_data(contract.clone())
            .app_data(table.clone())
            .app_data(PayloadConfig::new(body::LIMIT))
            .wrap(middleware::from_fn(move |request, next| outer::outer(request, next, Rc::clone(&door))))
            .configure(operations::routes)
            .configure(oparl::routes)
            .configure(|config| routes(&mut ServiceConfig::new(config)))
            .configure(move |config| {
                if let Some(pages) = pages {
                    config.app_data(pages);
                    (pages.routes)(config);
                }
            })
            .default_service(actix_web::web::to(outer::nowhere))
    });
    Ok(server
        .workers(settings.workers)
        .worker_max_blocking_threads(settings.blocking_threads)
        .shutdown_timeout(settings.shutdown_seconds)
        .keep_alive(settings.bounds.keep_alive)
        .client_request_timeout(settings.bounds.head)
        .max_connections(settings.bounds.connections.div_ceil(settings.workers.max(1)))
        .on_connect(move |io, extensions| connections::opened(io, extensions, &bounds))
        .listen(listener)?
        .run())
}
