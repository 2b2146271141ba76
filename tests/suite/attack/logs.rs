//! What is secret does not stand in the log, however much of it is asked for.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::blocking::{Client, RequestBuilder};
use rstest::rstest;
use serde_json::{Value, json};

use crate::harness::world::BODY;
use crate::harness::{ACT, Database, Engine, PAS_DE_CALAIS};

/// The program, serving until it is dropped; what it says goes to a file.
struct Service {
    child: Child,
    url: String,
    client: Client,
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program(folder: &Path, database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_registre"));
    command.env_clear().env("REGISTRE_DATA_DIR", folder).env("DATABASE_URL", database).current_dir(folder);
    command
}

impl Service {
    fn start(folder: &Path, database: &str, filter: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let log = std::fs::File::create(folder.join("log")).unwrap();
        let mut command = program(folder, database);
        command.env("REGISTRE_LISTEN", port.to_string()).env("REGISTRE_LOG", filter).env("REGISTRE_LOG_FORMAT", "json");
        command.env("REGISTRE_WEBHOOKS__ALLOW_HTTP", "true").env("REGISTRE_WEBHOOKS__ALLOW_NETWORKS", "[\"127.0.0.0/8\"]");
        let child = command.arg("serve").stdout(log.try_clone().unwrap()).stderr(log).stdin(Stdio::null()).spawn().unwrap();
        let client = Client::builder().timeout(Duration::from_secs(30)).build().unwrap();
        let service = Self { child, url: format!("http://{port}"), client };
        let since = Instant::now();
        while !service.client.get(format!("{}/ready", service.url)).send().is_ok_and(|answer| answer.status() == 200) {
            assert!(since.elapsed() < Duration::from_secs(60), "not ready: {}", std::fs::read_to_string(folder.join("log")).unwrap());
            std::thread::sleep(Duration::from_millis(50));
        }
        service
    }

    fn ask(&self, method: reqwest::Method, path: &str, token: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url)).bearer_auth(token)
    }
}

fn answered(request: RequestBuilder, status: u16) -> Value {
    let answer = request.send().unwrap();
    let (got, text) = (answer.status().as_u16(), answer.text().unwrap());
    assert_eq!(got, status, "{text}");
    serde_json::from_str(&text).unwrap_or_default()
}

fn token(folder: &Path, database: &str) -> String {
    let said = program(folder, database).args(["token", "--authority", PAS_DE_CALAIS, "--sub", "clerk", "--scope", "all"]).output().unwrap();
    String::from_utf8(said.stdout).unwrap().trim().to_owned()
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn no_secret_is_logged(#[case] engine: Engine) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let folder = tempfile::tempdir().unwrap();
    let made = Database::new(engine, folder.path());
    // A server that trusts the machine takes any password.
    let joint = if made.url.contains('?') { '&' } else { '?' };
    let database = if engine == Engine::Postgresql { format!("{}{joint}password=Motdepasse-secret-1", made.url) } else { made.url.clone() };
    let store = registre::store::Store::open(&made.url, 1).unwrap();
    store.migrate().unwrap();
    let blobs = registre::store::Blobs::open(&format!("file:{}", folder.path().join("files").display()), 1 << 20).unwrap();
    registre::demo::load(&registre::register::Register::new(store, blobs, crate::harness::log_signer(folder.path()), 1 << 20)).unwrap();

    let token = token(folder.path(), &database);
    let service = Service::start(folder.path(), &database, "registre=trace,actix_http=trace,hyper=trace,info");
    let get = |path: &str| service.ask(reqwest::Method::GET, path, &token);
    let post = |path: &str, body: &Value| service.ask(reqwest::Method::POST, path, &token).json(body);
    answered(get("/v1/me"), 200);
    // What somebody looked for.
    answered(get("/v1/search?q=Nomcherche"), 200);
    answered(get("/v1/persons?q=Nomcherche"), 200);
    answered(get("/recherche?q=Nomcherche"), 200);
    answered(get("/v1/deliberations?q=Nomcherche&limit=0"), 400);
    // Tokens where they do not belong, and bad ones.
    answered(get(&format!("/v1/deliberations?access_token={token}")), 400);
    let forged = format!("{}forge", &token[..token.len() - 12]);
    answered(service.ask(reqwest::Method::GET, "/v1/me", &forged), 401);
    answered(service.ask(reqwest::Method::GET, "/v1/me", "Jetonmalforme.x.y"), 401);
    answered(get("/v1/me").header("Cookie", "session=Biscuitsecret").header("X-Api-Key", "Clesecrete"), 200);
    // What somebody wrote, under a key; refused and taken.
    answered(post("/v1/persons", &json!({"family_name": "Nomecrit"})).header("Idempotency-Key", "Cleunefois"), 201);
    answered(post("/v1/persons", &json!({"family_name": "Autrenom"})).header("Idempotency-Key", "Cleunefois"), 422);
    answered(post("/v1/persons", &json!({"family_name": "Nomrefuse", "x": "Champrefuse"})), 422);
    answered(post("/v1/bodies", &json!({"name": "Nomecrit", "kind": "Champrefuse"})), 422);
    answered(get(&format!("/v1/deliberations/{ACT}/record")), 200);
    answered(get(&format!("/v1/bodies/{BODY}")).header("If-None-Match", "\"Etiquette\""), 200);
    answered(service.ask(reqwest::Method::POST, "/v1/intake", &token).header("Content-Type", "text/plain").body("Madame Nomimprime"), 200);
    answered(post("/v1/revocations", &json!({"claim": "sub", "value": "Sujetrevoque"})), 204);
    // Secrets of webhooks: made, replaced, and used where nobody listens, with a password in the address.
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let hook = answered(post("/v1/webhooks", &json!({"url": format!("http://{nobody}/Cheminsecret?cle=Parametresecret")})), 201);
    let first = hook["secret"].as_str().unwrap().to_owned();
    let path = hook["href"].as_str().unwrap();
    let second = answered(post(&format!("{path}/secret"), &Value::Null), 200)["secret"].as_str().unwrap().to_owned();
    answered(post("/v1/groups", &json!({"name": "Nomecrit"})), 201);
    // Nobody listens there: what went wrong is told, and noted.
    let ping = answered(service.ask(reqwest::Method::POST, &format!("{path}/ping"), &token), 200);
    assert!(ping["status"].is_null() && ping["error"].is_string(), "{ping}");
    drop(service);

    let log = std::fs::read_to_string(folder.path().join("log")).unwrap();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect();
    assert!(lines.len() > 20 && log.contains("/v1/intake"), "{log}");
    let keys = ["local-key.pem", "log-key.pem", "webhook-key.pem"].map(|name| {
        let pem = std::fs::read_to_string(folder.path().join(name)).unwrap();
        pem.lines().nth(1).unwrap().to_owned()
    });
    let signature = |token: &str| token.rsplit('.').next().unwrap().to_owned();
    let secrets = [
        token.clone(),
        signature(&token),
        signature(&forged),
        first.clone(),
        second.clone(),
        first.replace("whsec_", ""),
        second.replace("whsec_", ""),
    ];
    let words = [
        "Motdepasse",
        "Nomcherche",
        "Nomecrit",
        "Autrenom",
        "Nomrefuse",
        "Champrefuse",
        "Nomimprime",
        "Cleunefois",
        "Etiquette",
        "Biscuitsecret",
        "Clesecrete",
        "Jetonmalforme",
        "Cheminsecret",
        "Parametresecret",
        "whsec_",
        "eyJ",
        "Bearer",
        "PRIVATE KEY",
    ];
    let all: Vec<&str> = secrets.iter().chain(&keys).map(String::as_str).chain(words).collect();
    let found: Vec<(&str, Vec<&str>)> = all
        .iter()
        .map(|secret| (*secret, log.lines().filter(|line| line.contains(secret)).collect()))
        .filter(|(_, lines): &(_, Vec<_>)| !lines.is_empty())
        .collect();
    println!("{engine:?}: {} secrets in {} lines of the log: {} found", all.len(), lines.len(), found.len());
    assert!(found.is_empty(), "{found:#?}");
}

/// What cannot be reached is named without its password.
#[test]
fn a_database_that_is_not_there_is_told_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let said = |url: &str, log: &str| {
        let mut command = program(folder.path(), url);
        command.env("REGISTRE_LISTEN", "127.0.0.1:0").env("REGISTRE_LOG", log).arg("serve").stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        // A server that is not there may come: it is waited for.
        let since = Instant::now();
        while child.try_wait().unwrap().is_none() && since.elapsed() < Duration::from_secs(3) {
            std::thread::sleep(Duration::from_millis(50));
        }
        let _ = child.kill();
        let said = child.wait_with_output().unwrap();
        String::from_utf8_lossy(&[said.stdout, said.stderr].concat()).into_owned()
    };
    for url in [
        "postgres://registre:Motdepasse-secret@127.0.0.1:1/x",
        "postgres://registre:Motdepasse-secret@127.0.0.1:notaport/x",
        "mysql://registre:Motdepasse-secret@127.0.0.1/x",
    ] {
        let told = said(url, "trace");
        assert!(!told.is_empty() && !told.contains("secret"), "{url}: {told}");
    }
}
