//! The database goes away and comes back: 503 meanwhile, and then as before, without help. The long form is scripts/prove-faults.

use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use registre::deliver;
use serde_json::json;

use crate::harness::{Engine, PAS_DE_CALAIS, Server};

/// The way to a database: it can be shut.
struct Gate {
    address: SocketAddr,
    shut: Arc<AtomicBool>,
    through: Arc<Mutex<Vec<TcpStream>>>,
}

impl Gate {
    fn to(host: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (shut, through) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let (closed, passed) = (Arc::clone(&shut), Arc::clone(&through));
        std::thread::spawn(move || {
            for one in listener.incoming().map_while(Result::ok).filter(|_| !closed.load(Ordering::Acquire)) {
                let other = TcpStream::connect(&host).unwrap();
                for (mut from, mut to) in
                    [(one.try_clone().unwrap(), other.try_clone().unwrap()), (other.try_clone().unwrap(), one.try_clone().unwrap())]
                {
                    std::thread::spawn(move || {
                        let _ = std::io::copy(&mut from, &mut to);
                        let _ = to.shutdown(Shutdown::Both);
                    });
                }
                passed.lock().unwrap().extend([one, other]);
            }
        });
        Self { address, shut, through }
    }

    fn shut(&self) {
        self.shut.store(true, Ordering::Release);
        for stream in self.through.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn open(&self) {
        self.shut.store(false, Ordering::Release);
    }
}

/// Of PostgreSQL: a file does not go away.
#[test]
fn a_database_that_is_gone_is_said_and_comes_back() {
    let gate = std::cell::OnceCell::new();
    let server = Server::behind(
        Engine::Postgresql,
        deliver::Settings::default(),
        |url| {
            let mut url = reqwest::Url::parse(&url).unwrap();
            let gate: &Gate = gate.get_or_init(|| Gate::to(format!("{}:{}", url.host_str().unwrap(), url.port().unwrap_or(5432))));
            url.set_host(Some("127.0.0.1")).unwrap();
            url.set_port(Some(gate.address.port())).unwrap();
            url.into()
        },
        |register| registre::demo::load(register).unwrap(),
    );
    let (gate, token) = (gate.get().unwrap(), server.token(PAS_DE_CALAIS, "all"));
    let add = |name: &str| server.post("/v1/persons", &token, &json!({"family_name": name}));
    add("AVANT").expect(201);

    gate.shut();
    for attempt in 0..3 {
        let began = Instant::now();
        let refused = if attempt == 1 { server.get("/v1/persons", Some(&token)) } else { add("PENDANT") };
        refused.problem(503, "unavailable");
        assert_eq!(refused.header("retry-after"), "5");
        // Nobody queues for what is not there.
        assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    }
    assert_eq!((server.get("/health", None).status, server.get("/ready", None).status), (200, 503));

    gate.open();
    let began = Instant::now();
    while add("APRÈS").status != 201 {
        assert!(began.elapsed() < Duration::from_secs(10), "it does not come back");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(server.get("/ready", None).status, 200);
    let people = server.get("/v1/persons?limit=100", Some(&token)).expect(200).json();
    let filed = |name: &str| people["data"].as_array().unwrap().iter().filter(|person| person["family_name"] == name).count();
    assert_eq!(["AVANT", "PENDANT", "APRÈS"].map(filed), [1, 0, 1]);
}
