//! Requests to the whole service, over its real socket: the first byte says who asks, the rest is a request whose `Host`, token and length are added.
//!
//! Whatever is asked: the service answers, with no 5xx; who brings no token writes nothing under `/v1`; and nothing of another authority is told.
#![no_main]
// The world of the tests is written with what tests may use.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, dead_code)]

#[path = "../../tests/suite/harness/world.rs"]
mod world;

use std::cell::RefCell;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{OnceLock, mpsc};
use std::time::Duration;

use actix_web::web::Data;
use libfuzzer_sys::{Corpus, fuzz_target};
use registre::api::tokens::{KeySet, KeysConfig, LocalKey, Scopes, Trusted, Verifier, VerifierConfig, mint};
use registre::api::{Bounds, PublicUrl, ReadingLimits, Settings, State};
use registre::deliver::{self, Deliver, Secrets};
use registre::register::{LogSigner, Register};
use registre::store::{Blobs, Store};

/// The authority of the demonstration.
pub const PAS_DE_CALAIS: &str = "226200012";

struct Service {
    address: SocketAddr,
    /// All scopes; reading alone.
    tokens: [String; 2],
}

fn start() -> Service {
    let folder = tempfile::tempdir().unwrap().keep();
    let store = Store::open(&format!("sqlite:{}", folder.join("fuzz.sqlite3").display()), 4).unwrap();
    store.migrate().unwrap();
    let blobs = Blobs::open(&format!("file:{}", folder.join("files").display()), 1 << 20).unwrap();
    let signer = LogSigner::new(registre::keyfile::open(&folder, "log-key.pem").unwrap(), "registre.example").unwrap();
    let register = Register::new(store, blobs, signer, 4 << 20);
    world::load(&register);
    let deliver = Data::new(Deliver::new(register.shared_store(), deliver::Settings::default(), Secrets::new([7; 32])).unwrap());
    let (key, local) = (LocalKey::open(&folder).unwrap(), LocalKey::open(&folder).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async {
            let keys = KeySet::open(KeysConfig::default(), Some(&local)).await.unwrap();
            let trusted = vec![Trusted::own("registre".to_owned(), "registre".to_owned(), keys)];
            // Pages and PDF are read by a process apart, which is another target: here it refuses them all.
            let state = State {
                register: Data::new(register),
                deliver,
                verifier: Data::new(Verifier::new(VerifierConfig::default(), trusted)),
                public_url: Data::new(PublicUrl::default()),
                reading: Data::new(ReadingLimits::new(Duration::from_secs(2), "/bin/false".into())),
                metrics: None,
                pages: Some(registre::web::pages()),
            };
            let settings = Settings { workers: 1, blocking_threads: 2, shutdown_seconds: 1, bounds: Bounds::default() };
            let server = registre::api::serve(state, listener, &settings).unwrap();
            send.send(()).unwrap();
            server.await.unwrap();
        });
    });
    receive.recv().unwrap();
    let siren = PAS_DE_CALAIS.parse().unwrap();
    // A subject that no made-up request revokes.
    let sub = registre::record::Id::mint().to_string();
    let token = |scopes: &Scopes| mint(&key, "registre", "registre", &sub, &siren, scopes, Duration::from_secs(86_400));
    Service { address, tokens: [token(&Scopes::all()), token(&Scopes::parse("records:read"))] }
}

static SERVICE: OnceLock<Service> = OnceLock::new();

thread_local! {
    static CONNECTION: RefCell<Option<TcpStream>> = const { RefCell::new(None) };
}

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let service = SERVICE.get_or_init(start);
    let Some((who, request)) = bytes.split_first() else { return Corpus::Reject };
    let token = match who {
        b'0' => None,
        b'1' => service.tokens.first(),
        b'2' => service.tokens.get(1),
        _ => return Corpus::Reject,
    };
    let Some(request) = Request::of(request) else { return Corpus::Reject };
    let wire = request.wire(token.map(String::as_str));
    let Some(answer) = CONNECTION.with_borrow_mut(|kept| exchange(kept, service.address, &wire, request.own_length)) else { return Corpus::Keep };
    let status: u16 = std::str::from_utf8(answer.get(9..12).unwrap_or_default()).unwrap_or_default().parse().expect("a status");
    let told = String::from_utf8_lossy(&answer);
    assert!(status < 500 || status == 503, "{told}");
    if token.is_none() && request.writes {
        assert!(status >= 400, "a write without a token: {told}");
    }
    // Texts of a problem repeat what was asked.
    let named = |text: &str| ["01977e54", "ombreval"].iter().any(|theirs| text.to_ascii_lowercase().contains(theirs));
    assert!(!named(&told) || named(&String::from_utf8_lossy(bytes)) || bytes.contains(&b'%'), "another authority is told of: {told}");
    Corpus::Keep
});

/// A request as it was made up.
struct Request<'a> {
    line: &'a str,
    headers: &'a [u8],
    body: &'a [u8],
    /// Whether it says its own length, and the bytes that follow may be another request.
    own_length: bool,
    writes: bool,
}

impl<'a> Request<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let line = std::str::from_utf8(bytes.get(..end)?).ok()?;
        let (method, target) = line.split_once(' ')?;
        let rest = bytes.get(end + 1..)?;
        // An empty line divides the headers from the body.
        let (headers, body) = match rest.strip_prefix(b"\n") {
            Some(body) => (&[][..], body),
            None => rest.windows(2).position(|two| two == b"\n\n").map_or((rest, &[][..]), |at| (&rest[..at], &rest[at + 2..])),
        };
        let lower = String::from_utf8_lossy(headers).to_ascii_lowercase();
        let own_length =
            lower.contains("content-length") || lower.contains("transfer-encoding") || lower.contains("upgrade") || lower.contains("expect");
        let writes = target.starts_with("/v1/") && matches!(method, "POST" | "PUT" | "DELETE" | "PATCH");
        Some(Self { line, headers, body, own_length, writes })
    }

    fn wire(&self, token: Option<&str>) -> Vec<u8> {
        let mut wire = format!("{} HTTP/1.1\r\nHost: registre.example\r\n", self.line).into_bytes();
        if let Some(token) = token {
            wire.extend_from_slice(format!("Authorization: Bearer {token}\r\n").as_bytes());
        }
        if !self.own_length {
            wire.extend_from_slice(format!("Content-Length: {}\r\n", self.body.len()).as_bytes());
        }
        for header in self.headers.split(|byte| *byte == b'\n').filter(|header| !header.is_empty()) {
            wire.extend_from_slice(header);
            wire.extend_from_slice(b"\r\n");
        }
        wire.extend_from_slice(b"\r\n");
        wire.extend_from_slice(self.body);
        wire
    }
}

/// Sends a request, on the connection that is open or a new one, and reads the answer. None: the service closed without one, as it may when what it was
/// sent is no HTTP.
fn exchange(kept: &mut Option<TcpStream>, address: SocketAddr, wire: &[u8], alone: bool) -> Option<Vec<u8>> {
    let reused = if alone { None } else { kept.take() };
    let again = reused.is_some();
    let mut stream = reused.unwrap_or_else(|| connect(address));
    let sent = stream.write_all(wire);
    match answer(&mut stream, alone) {
        Some((bytes, goes_on)) => {
            *kept = (goes_on && !alone && sent.is_ok()).then_some(stream);
            Some(bytes)
        }
        // Closed in the meantime.
        None if again => exchange(kept, address, wire, alone),
        None => None,
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the service takes connections");
    stream.set_nodelay(true).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// An answer, and whether the connection goes on after it.
fn answer(stream: &mut TcpStream, alone: bool) -> Option<(Vec<u8>, bool)> {
    let mut bytes = Vec::new();
    let mut some = [0; 32_768];
    let mut silences = 0;
    loop {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
            let goes_on = field("connection:").is_none_or(|value| value != "close");
            // A stream of events does not end; what a made-up length leaves open is not waited for.
            if alone || field("content-type:").is_some_and(|media| media.starts_with("text/event-stream")) {
                return Some((bytes, false));
            }
            let length = field("content-length:").and_then(|length| length.parse::<usize>().ok());
            let bare = head.starts_with("http/1.1 304") || head.starts_with("http/1.1 204");
            let done = match length {
                _ if bare => true,
                Some(length) => bytes.len() >= end + length,
                None => bytes.ends_with(b"0\r\n\r\n"),
            };
            if done {
                return Some((bytes, goes_on));
            }
        } else if alone && bytes.is_empty() {
            // It may wait for a body that does not come.
            stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        }
        match stream.read(&mut some) {
            Ok(0) => return None,
            Ok(read) => bytes.extend_from_slice(&some[..read]),
            Err(_) if alone => return None,
            // Once may be the machine that stood still.
            Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {
                silences += 1;
                assert!(silences < 3, "no answer within 60 s");
            }
            Err(_) => return None,
        }
    }
}
