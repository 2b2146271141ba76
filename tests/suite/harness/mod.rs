//! A real service on a port of its own, over a database of its own, with a key of its own.

mod database;
pub mod forged;
mod prepared;
pub mod statements;
mod wire;
pub mod world;

use std::net::TcpListener;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::web::Data;
use registre::api::tokens::{KeySet, KeysConfig, LocalKey, Scopes, Trusted, Verifier, VerifierConfig, mint};
use registre::api::{Bounds, Metrics, PublicUrl, ReadingLimits, Settings, State};
use registre::deliver::{self, Deliver, Secrets};
use registre::record::Siren;
use registre::register::Register;
use registre::store::{Blobs, Patience, Store};
use reqwest::Method;
use reqwest::blocking::{Client, RequestBuilder, Response};
use serde_json::Value;

pub use database::{Database, Engine};
pub use wire::Wire;

/// The authority of the demonstration.
pub const PAS_DE_CALAIS: &str = "226200012";
/// The act of the demonstration.
pub const ACT: &str = registre::demo::ACT;
/// The sitting of the demonstration.
pub const SITTING: &str = registre::demo::SITTING;

/// The largest file that it takes in.
pub const LARGEST: u64 = 4 * 1024 * 1024;

/// How long a document may take to be read.
pub const READING: Duration = Duration::from_secs(30);

/// The signer of the logs, with a key in a folder.
pub fn log_signer(folder: &std::path::Path) -> registre::register::LogSigner {
    let key = registre::keyfile::open(folder, "log-key.pem").unwrap();
    registre::register::LogSigner::new(key, "registre.example").unwrap()
}

/// What the secrets of webhooks are made from.
pub fn secrets() -> Secrets {
    Secrets::new([7; 32])
}

/// How a service is set up, where it is not as usual.
#[derive(Default)]
pub struct Setup {
    pub deliver: deliver::Settings,
    pub bounds: Bounds,
    pub patience: Patience,
    /// Whether it counts, and shows what it counted.
    pub metrics: bool,
}

/// A service that runs until it is dropped.
pub struct Server {
    pub url: String,
    pub database: Database,
    pub key: LocalKey,
    /// What it serves.
    pub register: Data<Register>,
    client: Client,
    stop: Option<actix_web::dev::ServerHandle>,
    thread: Option<JoinHandle<()>>,
    /// Holds the local key, and what a test puts there.
    pub folder: tempfile::TempDir,
}

impl Server {
    /// A service over an empty register.
    pub fn empty(engine: Engine) -> Self {
        Self::start(engine, |_| ())
    }

    /// A service over the register of the demonstration.
    pub fn demo(engine: Engine) -> Self {
        Self::start(engine, |register| registre::demo::load(register).unwrap())
    }

    /// A service over what is loaded into a register.
    pub fn start(engine: Engine, load: impl FnOnce(&Register)) -> Self {
        Self::set_up(engine, Setup::default(), load)
    }

    /// The same with settings for the feed and for webhooks; these are delivered only if they are turned on.
    pub fn delivering(engine: Engine, settings: deliver::Settings, load: impl FnOnce(&Register)) -> Self {
        Self::behind(engine, settings, |url| url, load)
    }

    /// The same, which goes another way to its database.
    pub fn behind(engine: Engine, settings: deliver::Settings, way: impl FnOnce(String) -> String, load: impl FnOnce(&Register)) -> Self {
        Self::storing(engine, Setup { deliver: settings, ..Setup::default() }, |url| Store::open(&way(url.to_owned()), 4).unwrap(), load)
    }

    /// A service over the world of `world`, whose statements are noted.
    pub fn noted(engine: Engine) -> Self {
        let open = |url: &str| {
            statements::note(url);
            Store::open_with(url, 4, Patience { timed: false, ..Patience::default() }).unwrap()
        };
        Self::storing(engine, Setup::default(), open, world::load)
    }

    /// A service over the world of `world`, which reads from a standby as well.
    pub fn beside(standby: &str) -> Self {
        let open = |url: &str| Store::open(url, 4).unwrap().with_standby(standby, 2).unwrap();
        Self::storing(Engine::Postgresql, Setup::default(), open, world::load)
    }

    /// The same, set up in any way.
    pub fn set_up(engine: Engine, setup: Setup, load: impl FnOnce(&Register)) -> Self {
        let patience = setup.patience;
        Self::storing(engine, setup, |url| Store::open_with(url, 4, patience).unwrap(), load)
    }

    fn storing(engine: Engine, setup: Setup, open: impl FnOnce(&str) -> Store, load: impl FnOnce(&Register)) -> Self {
        let Setup { deliver: settings, bounds, metrics, .. } = setup;
        let recorder = metrics.then(|| registre::sight::recorder().unwrap());
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(engine, folder.path());
        let store = open(&database.url);
        store.migrate().unwrap();
        let blobs = Blobs::open(&format!("file:{}", folder.path().join("files").display()), LARGEST).unwrap();
        let register = Register::new(store, blobs, log_signer(folder.path()), 16 * 1024 * 1024);
        load(&register);
        let deliver = Deliver::new(register.shared_store(), settings, secrets()).unwrap();
        let key = LocalKey::open(folder.path()).unwrap();
        let local = LocalKey::open(folder.path()).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let register = Data::new(register);
        let served = register.clone();
        let (send, receive) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async {
                let keys = KeySet::open(KeysConfig::default(), Some(&local)).await.unwrap();
                let trusted = vec![Trusted::own("registre".to_owned(), "registre".to_owned(), keys)];
                let verifier = Verifier::new(VerifierConfig::default(), trusted);
                let (register, verifier, public_url) = (served, Data::new(verifier), Data::new(PublicUrl::default()));
                let deliver = Data::new(deliver);
                if deliver.settings().webhooks {
                    actix_web::rt::spawn(deliver::run(deliver.clone().into_inner()));
                }
                let reading = Data::new(ReadingLimits::new(READING, env!("CARGO_BIN_EXE_registre").into()));
                let metrics = recorder.map(|recorder| Data::new(Metrics::new(recorder, register.clone(), verifier.clone())));
                let state = State { register, deliver, verifier, public_url, reading, metrics, pages: Some(registre::web::pages()) };
                let server =
                    registre::api::serve(state, listener, &Settings { workers: 2, blocking_threads: 4, shutdown_seconds: 1, bounds }).unwrap();
                send.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        let stop = receive.recv_timeout(Duration::from_secs(20)).unwrap();
        // Another test may have installed it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().timeout(Duration::from_secs(30)).build().unwrap();
        Self { url, database, key, register, client, stop: Some(stop), thread: Some(thread), folder }
    }

    /// A service over the world of `world`: the demonstration, work in hand, and a neighbour who shows nothing.
    pub fn world(engine: Engine) -> Self {
        Self::start(engine, world::load)
    }

    /// A token of an authority with these scopes, or with `all`.
    pub fn token(&self, authority: &str, scopes: &str) -> String {
        self.token_of("test", authority, scopes)
    }

    pub fn token_of(&self, sub: &str, authority: &str, scopes: &str) -> String {
        let siren: Siren = authority.parse().unwrap();
        let scopes = if scopes == "all" { Scopes::all() } else { Scopes::parse(scopes) };
        mint(&self.key, "registre", "registre", sub, &siren, &scopes, Duration::from_secs(600))
    }

    /// A request to a path of the service.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        if method != Method::GET && !self.database.is_watched() {
            prepared::prepare(&self.register);
        }
        self.client.request(method, format!("{}{path}", self.url))
    }

    pub fn get(&self, path: &str, token: Option<&str>) -> Answer {
        let request = self.request(Method::GET, path);
        Answer::of(token.into_iter().fold(request, |r, token| r.bearer_auth(token)).send().unwrap())
    }

    pub fn post(&self, path: &str, token: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::POST, path).bearer_auth(token).json(body).send().unwrap())
    }

    pub fn put(&self, path: &str, token: &str, etag: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::PUT, path).bearer_auth(token).header("If-Match", etag).json(body).send().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            prepared::check(self);
        }
        // The command is sent at once; the future only waits for its end, as the thread does.
        if let Some(handle) = self.stop.take() {
            drop(handle.stop(false));
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// An answer that was read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn of(response: Response) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: String::from_utf8_lossy(&response.bytes().unwrap()).into_owned(),
        }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e} in {self:?}"))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name} in {self:?}")).to_str().unwrap()
    }

    /// The body of an answer with this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// Asserts a problem: its status and the name of its type.
    #[track_caller]
    pub fn problem(&self, status: u16, name: &str) {
        assert_eq!((self.status, self.header("content-type")), (status, "application/problem+json"), "{}", self.text);
        assert_eq!(self.json()["type"], format!("/problems/{name}"), "{}", self.text);
    }
}
