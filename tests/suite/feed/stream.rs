//! The feed as a stream: each change as it is committed, and nothing lost where a connection is.

use std::io::{BufRead, BufReader, Read};
use std::time::Duration;

use registre::register::Register;
use rstest::rstest;
use serde_json::{Value, json};

use super::{Reader, retitle, show};
use crate::harness::{Engine, PAS_DE_CALAIS, Server, log_signer, world};

/// An event of a stream: its `id` and its data.
type Told = (String, Value);

struct Stream(BufReader<reqwest::blocking::Response>);

impl Stream {
    fn open(server: &Server, path: &str, token: Option<&str>, last: Option<&str>) -> Self {
        let client = reqwest::blocking::Client::builder().timeout(Duration::from_secs(60)).build().unwrap();
        let mut request = client.get(format!("{}{path}", server.url));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(last) = last {
            request = request.header("Last-Event-ID", last);
        }
        let response = request.header("Accept", "text/event-stream").send().unwrap();
        assert_eq!((response.status().as_u16(), response.headers()["content-type"].to_str().unwrap()), (200, "text/event-stream"));
        Self(BufReader::new(response))
    }

    /// The next block of lines; none at the end of the stream.
    fn block(&mut self) -> Option<String> {
        let mut block = String::new();
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if line == "\n" {
                return Some(block);
            }
            block.push_str(&line);
        }
    }

    /// The next event.
    fn next(&mut self) -> Told {
        loop {
            let block = self.block().expect("the stream goes on");
            let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
            if let Some(data) = field("data: ") {
                return (field("id: ").unwrap(), serde_json::from_str(&data).unwrap());
            }
        }
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_reader_that_was_cut_off_goes_on_where_it_was(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let mut pages = Reader::own(&server);
    let mut stream = Stream::open(&server, "/v1/changes/stream", Some(&token), None);
    // Where it begins is told at once, so that even who is cut off before the first event goes on from there.
    let began = stream.block().unwrap();
    assert!(began.contains(&format!("id: {}", pages.cursor.clone().unwrap())), "{began}");
    for n in 1..=3 {
        retitle(&server, &token, &format!("Titre {n}"));
    }
    let first = stream.next();
    drop(stream);
    retitle(&server, &token, "Pendant l'absence");
    let mut stream = Stream::open(&server, "/v1/changes/stream", Some(&token), Some(&first.0));
    let mut seen = vec![first];
    seen.extend((0..3).map(|_| stream.next()));
    retitle(&server, &token, "Après le retour");
    seen.push(stream.next());
    assert_eq!(seen.iter().map(|(_, event)| event.clone()).collect::<Vec<_>>(), pages.events());
    // The identifier of an event is a cursor of the pages, and the reverse.
    let mut page = Reader { cursor: Some(seen[1].0.clone()), ..Reader::own(&server) };
    assert_eq!(page.events().len(), 3);
    // The same by asking for it.
    let mut asked = Stream::open(&server, &format!("/v1/changes/stream?cursor={}", seen[3].0), Some(&token), None);
    assert_eq!(asked.next(), seen[4]);
    let mut negotiated = Stream::open(&server, &format!("/v1/changes?cursor={}", seen[2].0), Some(&token), None);
    assert_eq!((negotiated.next(), negotiated.next()), (seen[3].clone(), seen[4].clone()), "one address for both, by what is accepted");
    // Of one type only.
    let path = format!("/v1/changes/stream?type=registre.group&cursor={}", seen[3].0);
    let mut groups = Stream::open(&server, &path, Some(&token), None);
    server.post("/v1/groups", &token, &json!({"name": "Groupe"})).expect(201);
    assert_eq!(groups.next().1["type"], "registre.group.created");
    server.get("/v1/changes/stream?type=nothing", Some(&token)).problem(400, "invalid-parameter");
    server.get("/v1/changes/stream?cursor=x", Some(&token)).problem(400, "invalid-cursor");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn the_public_follows_what_is_public(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let mut streams: Vec<Stream> =
        (0..3).map(|_| Stream::open(&server, &format!("/v1/changes/stream?authority={PAS_DE_CALAIS}"), None, None)).collect();
    retitle(&server, &token, "Rien ne s'en voit");
    show(&server, &token, "public");
    show(&server, &token, "internal");
    for stream in &mut streams {
        let (one, two) = (stream.next().1, stream.next().1);
        assert_eq!((one["type"].as_str(), one["subject"].as_str()), (Some("registre.deliberation.created"), Some(world::DRAFT)));
        assert_eq!(two["type"], "registre.deliberation.deleted");
    }
}

/// Another instance on the same database: its commits wake nobody here, and are seen all the same.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn what_another_instance_commits_is_seen(#[case] engine: Engine) {
    let server = Server::world(engine);
    let token = server.token(PAS_DE_CALAIS, "all");
    let mut stream = Stream::open(&server, "/v1/changes/stream", Some(&token), None);
    let blobs = registre::store::Blobs::open(&format!("file:{}", server.folder.path().join("files").display()), 1024).unwrap();
    let store = registre::store::Store::open(&server.database.url, 1).unwrap();
    let other = Register::new(store, blobs, log_signer(server.folder.path()), 1024);
    let group = registre::register::Entry::Group(world::of(json!({"name": "Groupe d'ailleurs"})));
    other.add_entry(&world::actor(PAS_DE_CALAIS), None, registre::record::Id::mint(), &group).unwrap();
    assert_eq!(stream.next().1["type"], "registre.group.created");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn a_stream_ends_with_its_token(#[case] engine: Engine) {
    let server = Server::world(engine);
    let admin = server.token(PAS_DE_CALAIS, "admin");
    let token = server.token_of("leaver", PAS_DE_CALAIS, "records:read");
    let mut stream = Stream::open(&server, "/v1/changes/stream", Some(&token), None);
    stream.block().unwrap();
    let revoked = json!({"claim": "sub", "value": "leaver"});
    assert_eq!(server.post("/v1/revocations", &admin, &revoked).status, 204);
    let mut rest = String::new();
    stream.0.read_to_string(&mut rest).unwrap();
    assert!(!rest.contains("data:"), "{rest}");
    server.get("/v1/changes/stream", Some(&token)).problem(401, "token-invalid");
}
