//! What is not waited for: each bound, made short.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use registre::api::Bounds;
use registre::deliver;
use registre::sight::Limits;
use registre::store::{Patience, StoreError};
use reqwest::Method;
use rstest::rstest;
use serde_json::json;

use crate::harness::world::{self, BODY};
use crate::harness::{ACT, Answer, Engine, PAS_DE_CALAIS, Server, Setup};

const SHORT: Duration = Duration::from_millis(300);
/// Longer than any of them, and than a busy machine is late.
const LONG: Duration = Duration::from_secs(10);

fn bounded(bounds: Bounds) -> Server {
    Server::set_up(Engine::Sqlite, Setup { bounds, ..Setup::default() }, |register| registre::demo::load(register).unwrap())
}

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(LONG)).unwrap();
    stream
}

/// What comes until the connection is closed.
fn rest(stream: &mut TcpStream) -> String {
    let (mut bytes, began) = (Vec::new(), Instant::now());
    let mut some = [0; 4096];
    loop {
        match stream.read(&mut some) {
            Ok(0) => break,
            Ok(read) => bytes.extend_from_slice(&some[..read]),
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => break,
            Err(error) => panic!("not closed after {:?}: {error}", began.elapsed()),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_head_that_does_not_come_is_not_waited_for() {
    let server = bounded(Bounds { head: Duration::from_secs(1), keep_alive: Duration::from_secs(1), ..Bounds::default() });
    // The first request of a connection.
    let mut stream = connect(&server);
    stream.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\n").unwrap();
    assert!(rest(&mut stream).starts_with("HTTP/1.1 408"));
    // One that says nothing at all.
    rest(&mut connect(&server));
    // A next request on a connection that did well before, which drips.
    let mut stream = connect(&server);
    stream.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut answer = [0; 4096];
    assert!(stream.read(&mut answer).unwrap() > 0);
    let mut dripping = stream.try_clone().unwrap();
    let drip = std::thread::spawn(move || {
        let _ = dripping.write_all(b"GET /health HTTP/1.1\r\nX: ");
        while dripping.write_all(b"y").is_ok() {
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    let began = Instant::now();
    rest(&mut stream);
    assert!(began.elapsed() < LONG, "{:?}", began.elapsed());
    drip.join().unwrap();
    server.get("/health", None).expect(200);
}

#[test]
fn a_stream_that_is_read_is_not_cut() {
    let server = bounded(Bounds { head: Duration::from_secs(1), keep_alive: Duration::from_secs(1), ..Bounds::default() });
    let mut stream = connect(&server);
    let request = format!("GET /v1/changes/stream?authority={PAS_DE_CALAIS} HTTP/1.1\r\nHost: x\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut some = [0; 4096];
    let read = stream.read(&mut some).unwrap();
    // Whatever comes after it on this connection would not be looked after.
    assert!(String::from_utf8_lossy(&some[..read]).contains("connection: close\r\n"));
    stream.set_read_timeout(Some(Duration::from_secs(4))).unwrap();
    // What is left of the beginning, and then nothing; but never the end.
    loop {
        match stream.read(&mut some) {
            Ok(0) => panic!("cut"),
            Ok(_) => {}
            Err(_) => break,
        }
    }
}

#[test]
fn a_connection_that_nobody_can_cut_ends_with_its_answer() {
    let server = bounded(Bounds { kept_open: 0, ..Bounds::default() });
    let mut stream = connect(&server);
    stream.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let answer = rest(&mut stream);
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("connection: close\r\n"), "{answer}");
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let limits = Limits { body: SHORT, silence: SHORT, ..Limits::default() };
    let server = bounded(Bounds { limits, ..Bounds::default() });
    let token = server.token(PAS_DE_CALAIS, "all");
    let files = || server.database.number("SELECT COUNT(*) AS number FROM files");
    let before = files();
    for (path, kind, status) in
        [("/v1/groups".to_owned(), "application/json", 408), (format!("/v1/deliberations/{ACT}/files?role=annex&name=x.pdf"), "application/pdf", 400)]
    {
        let mut stream = connect(&server);
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: {kind}\r\nContent-Length: 1000\r\n\r\n%PDF-1.7"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = [0; 4096];
        let read = stream.read(&mut answer).unwrap();
        let text = String::from_utf8_lossy(&answer[..read]).into_owned();
        assert!(text.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {text}");
    }
    assert_eq!(files(), before);
}

/// Holds every connection of the pool, and gives what is asked meanwhile.
fn while_held<T>(server: &Server, ask: impl FnOnce() -> T) -> T {
    let (go, gone) = std::sync::mpsc::channel::<()>();
    let gone = std::sync::Mutex::new(gone);
    let held = std::sync::Barrier::new(5);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let waited = server.register.store().read(|_| {
                    held.wait();
                    let _ = gone.lock().unwrap().recv();
                    Ok::<_, StoreError>(())
                });
                waited.unwrap();
            });
        }
        held.wait();
        let answer = ask();
        (0..4).for_each(|_| go.send(()).unwrap());
        answer
    })
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_database_that_has_too_much_to_do_is_not_waited_for(#[case] engine: Engine) {
    let patience = Patience { connection: SHORT, ..Patience::default() };
    let server = Server::set_up(engine, Setup { patience, ..Setup::default() }, world::load);
    let path = format!("/v1/deliberations/{ACT}");
    let busy = while_held(&server, || server.get(&path, None));
    busy.problem(503, "unavailable");
    assert_eq!(busy.header("retry-after"), "5");
    server.get(&path, None).expect(200);
}

#[test]
fn work_that_takes_too_long_is_not_waited_for() {
    let server = bounded(Bounds { limits: Limits { work: Some(SHORT * 4), ..Limits::default() }, ..Bounds::default() });
    let path = format!("/v1/deliberations/{ACT}");
    let began = Instant::now();
    let late = while_held(&server, || server.get(&path, None));
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    late.problem(503, "unavailable");
    assert_eq!(late.header("retry-after"), "5");
    server.get(&path, None).expect(200);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn another_writer_is_not_waited_for_for_ever(#[case] engine: Engine) {
    let patience = Patience { lock: SHORT, ..Patience::default() };
    let server = Server::set_up(engine, Setup { patience, ..Setup::default() }, world::load);
    let token = server.token(PAS_DE_CALAIS, "all");
    let group = json!({"name": "Groupe"});
    let (go, gone) = std::sync::mpsc::channel::<()>();
    let (began, begun) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let held = scope.spawn(|| {
            let (began, gone) = (began, gone);
            let write = server.register.store().write(|session| {
                session.alone(PAS_DE_CALAIS)?;
                began.send(()).unwrap();
                let _ = gone.recv();
                Ok::<_, StoreError>(())
            });
            write.unwrap();
        });
        begun.recv().unwrap();
        let refused = server.post("/v1/groups", &token, &group);
        go.send(()).unwrap();
        held.join().unwrap();
        refused.problem(503, "unavailable");
    });
    server.post("/v1/groups", &token, &group).expect(201);
}

#[test]
fn a_statement_is_given_up_on_postgresql() {
    let patience = Patience { statement: Some(SHORT * 5), ..Patience::default() };
    let server = Server::set_up(Engine::Postgresql, Setup { patience, ..Setup::default() }, world::load);
    let mut other = PgConnection::establish(&server.database.url).unwrap();
    other.batch_execute("BEGIN; LOCK TABLE deliberations IN ACCESS EXCLUSIVE MODE").unwrap();
    let path = format!("/v1/deliberations/{ACT}");
    server.get(&path, None).problem(503, "unavailable");
    other.batch_execute("ROLLBACK").unwrap();
    server.get(&path, None).expect(200);
}

#[test]
fn a_transaction_that_does_nothing_is_cut_on_postgresql_and_the_store_goes_on() {
    let patience = Patience { transaction: Some(SHORT * 5), ..Patience::default() };
    let server = Server::set_up(Engine::Postgresql, Setup { patience, ..Setup::default() }, world::load);
    let idle = server.register.store().read(|session| {
        std::thread::sleep(SHORT * 10);
        session.directory_entry(PAS_DE_CALAIS, BODY).map(drop)
    });
    assert!(idle.is_err());
    for _ in 0..8 {
        server.register.store().read(|session| session.directory_entry(PAS_DE_CALAIS, BODY)).unwrap();
    }
}

#[test]
fn there_are_so_many_streams_and_no_more() {
    let deliver = deliver::Settings { streams: 1, ..deliver::Settings::default() };
    let setup = Setup { deliver, ..Setup::default() };
    let server = Server::set_up(Engine::Sqlite, setup, world::load);
    let token = server.token(PAS_DE_CALAIS, "records:read");
    let ask = || server.request(Method::GET, "/v1/changes/stream").bearer_auth(&token).send().unwrap();
    let open = ask();
    assert_eq!(open.status(), 200);
    let refused = Answer::of(ask());
    refused.problem(503, "unavailable");
    assert_eq!(refused.header("retry-after"), "5");
}

#[test]
fn there_are_so_many_connections_and_the_next_waits() {
    // One for each of the two threads that serve.
    let server = bounded(Bounds { connections: 2, ..Bounds::default() });
    let ask = |stream: &mut TcpStream| stream.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut held: Vec<TcpStream> = (0..2).map(|_| connect(&server)).collect();
    for stream in &mut held {
        ask(stream);
        assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
    }
    let mut next = connect(&server);
    next.set_read_timeout(Some(SHORT)).unwrap();
    ask(&mut next);
    assert!(next.read(&mut [0; 4096]).is_err(), "answered beside two others");
    drop(held.pop());
    next.set_read_timeout(Some(LONG)).unwrap();
    assert!(next.read(&mut [0; 4096]).unwrap() > 0);
}
