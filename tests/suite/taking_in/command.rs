//! `registre import` with printed acts: into a database, and through an address.

use std::path::PathBuf;
use std::process::Command;

use rstest::rstest;

use super::{House, PRESENT, SIREN, act};
use crate::harness::{Engine, Server};

struct Desk<'a> {
    server: &'a Server,
    files: Vec<PathBuf>,
    target: Vec<String>,
}

impl Desk<'_> {
    /// The exit code, and what was told.
    fn run(&self, more: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_registre"));
        command.arg("import").args(&self.files).args(&self.target).args(more);
        command.env("REGISTRE_DATA_DIR", self.server.folder.path()).current_dir(self.server.folder.path());
        let output = command.output().unwrap();
        let told = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), told)
    }
}

#[rstest]
#[case::sqlite_here(Engine::Sqlite, true)]
#[case::sqlite_there(Engine::Sqlite, false)]
#[case::postgresql_here(Engine::Postgresql, true)]
#[case::postgresql_there(Engine::Postgresql, false)]
fn acts_that_leave_nothing_to_ask_are_taken_in(#[case] engine: Engine, #[case] here: bool) {
    let server = Server::empty(engine);
    let house = House::new(&server, &[("Paul", "GARANCE", None), ("Lise", "ORMEAU", None), ("Luc", "BARDOT", None)]);
    let folder = server.folder.path().join("acts");
    std::fs::create_dir(&folder).unwrap();
    let write = |name: &str, text: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let known = "M. Paul GARANCE, Mme Lise ORMEAU";
    let two = format!("{}\n\u{c}\n{}", act("2024-118", "SOUTIEN AUX CLUBS SPORTIFS", known), act("2024-119", "SOUTIEN A LA LECTURE", known));
    let files = vec![
        write("deux.txt", two.as_bytes()),
        write("nouveau.TXT", act("2024-120", "SOUTIEN AUX ECOLES", PRESENT).as_bytes()),
        write("facture.txt", "FACTURE N° 12\nMontant TTC : 12,00 €\nTVA 20 %\n".as_bytes()),
    ];
    let target: Vec<String> = if here {
        ["--database", &server.database.url, "--authority", SIREN].map(str::to_owned).into()
    } else {
        ["--url", &server.url, "--token", &house.token].map(str::to_owned).into()
    };
    let desk = Desk { server: &server, files, target };

    let mut watch = server.database.watch();
    let (code, told) = desk.run(&[]);
    assert_eq!(code, 0, "{told}");
    for line in [
        "deux.txt: 2 acts",
        "  2024-118, 2024-03-12, adopted: SOUTIEN AUX CLUBS SPORTIFS",
        "    people: 3 matched, 0 not",
        "    leaves nothing to ask: --confirm takes it in",
        "    people: 3 matched, 1 not",
        "      M. Yann TREMBLEY: 0 candidates",
        "    left: 1 people not matched",
        "facture.txt: no act: C'est une facture ou un devis.",
        "3 files: 3 acts, 0 confirmed, 0 taken in already, 3 left for the review page (/reprise)",
    ] {
        assert!(told.lines().any(|found| found.ends_with(line)), "no {line:?} in {told}");
    }
    if engine == Engine::Postgresql {
        assert!(watch.unchanged(), "telling writes nothing");
    }
    assert_eq!(house.count("deliberations"), 0);

    let (code, told) = desk.run(&["--confirm"]);
    assert_eq!(code, 1, "one is left: {told}");
    assert!(told.contains("3 files: 3 acts, 2 confirmed, 0 taken in already, 1 left"), "{told}");
    assert_eq!((house.count("deliberations"), house.count("sittings"), house.count("files")), (2, 1, 2));

    let (code, told) = desk.run(&["--confirm", "--create-people"]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("deux.txt: taken in already: /v1/deliberations/"), "{told}");
    assert!(told.contains("3 files: 3 acts, 1 confirmed, 2 taken in already, 0 left"), "{told}");
    assert_eq!((house.count("deliberations"), house.count("sittings"), house.count("files")), (3, 1, 3));
    let yann = house.get("/v1/persons?q=tremb");
    assert_eq!(yann["data"].as_array().unwrap().len(), 1);
    let acts = house.get("/v1/deliberations?number=2024-120");
    let files = house.get(&format!("{}/files", acts["data"][0]["href"].as_str().unwrap()));
    assert_eq!((&files["data"][0]["role"], &files["data"][0]["name"]), (&"source".into(), &"nouveau.TXT".into()));
}

#[test]
fn what_goes_with_what_is_told() {
    let server = Server::empty(Engine::Sqlite);
    let house = House::new(&server, &[("Paul", "GARANCE", None), ("Luc", "BARDOT", None)]);
    let text = act("2024-118", "ÉCOLES", "M. Paul GARANCE").replace('€', "euros");
    let folder = server.folder.path();
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap()).collect();
    std::fs::write(folder.join("latin.txt"), latin).unwrap();
    std::fs::write(folder.join("records.ndjson"), "").unwrap();
    let target: Vec<String> = ["--database", &server.database.url, "--authority", SIREN].map(str::to_owned).into();
    let run = |files: &[&str], more: &[&str]| {
        let files = files.iter().map(|file| folder.join(file)).collect();
        Desk { server: &server, files, target: target.clone() }.run(more)
    };
    let cases: &[(&[&str], &[&str], i32, &str)] = &[
        (&["latin.txt"], &[], 1, "latin.txt: not read: Document cannot be read"),
        (&["latin.txt"], &["--charset", "windows-1252"], 0, "ÉCOLES"),
        (&["latin.txt"], &["--charset", "ebcdic"], 1, "is not read"),
        (&["latin.txt", "records.ndjson"], &[], 1, "are imported apart"),
        (&["records.ndjson"], &["--confirm"], 1, "go with printed acts"),
        (&["latin.txt"], &["--create-people"], 2, "--confirm"),
    ];
    for (files, more, code, told) in cases {
        let (found, said) = run(files, more);
        assert!(found == *code && said.contains(told), "{files:?} {more:?}: {found} {said}");
    }
    assert_eq!(house.count("deliberations"), 0);
}

#[test]
fn a_number_that_stands_twice_in_one_file_is_taken_once() {
    let server = Server::empty(Engine::Sqlite);
    let house = House::new(&server, &[("Paul", "GARANCE", None), ("Luc", "BARDOT", None)]);
    let file = server.folder.path().join("deux.txt");
    let text = ["TARIFS DE LA CANTINE", "TARIFS DE LA GARDERIE"].map(|title| act("2024-31", title, "M. Paul GARANCE")).join("\n\u{c}\n");
    std::fs::write(&file, text).unwrap();
    let target: Vec<String> = ["--database", &server.database.url, "--authority", SIREN].map(str::to_owned).into();
    let (code, told) = Desk { server: &server, files: vec![file], target }.run(&["--confirm"]);
    assert!(code == 1 && told.contains("left: its number is taken: /v1/deliberations/"), "{told}");
    assert_eq!((house.count("deliberations"), house.count("sittings")), (1, 1));
}
