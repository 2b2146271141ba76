//! Migrations: up, down, up again gives the same tables, and the two engines have the same ones.

use registre::store::{Store, StoreError};

use crate::harness::{Database, Engine};

fn catalogue(store: &Store) -> Vec<String> {
    store.read(|session| session.catalogue()).unwrap()
}

fn migrated(engine: Engine) -> (Store, Database, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::new(engine, folder.path());
    let store = Store::open(&database.url, 1).unwrap();
    assert_eq!(store.migrate().unwrap().len(), 8);
    (store, database, folder)
}

#[rstest::rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgresql(Engine::Postgresql)]
fn up_down_up(#[case] engine: Engine) {
    let (store, _database, _folder) = migrated(engine);
    let first = catalogue(&store);
    assert!(first.len() > 100, "{first:?}");
    assert!(store.ready());
    store.revert().unwrap();
    assert_eq!(catalogue(&store), Vec::<String>::new());
    assert!(!store.ready());
    store.migrate().unwrap();
    assert_eq!(catalogue(&store), first);
    assert_eq!(store.migrate().unwrap(), Vec::<String>::new(), "nothing is run twice");
}

#[test]
fn the_engines_have_the_same_tables() {
    let (sqlite, _a, _b) = migrated(Engine::Sqlite);
    let (postgresql, _c, _d) = migrated(Engine::Postgresql);
    let names = |line: String| line.replace("timestamp without time zone", "timestamp").replace("bytea", "blob");
    let postgresql: Vec<String> = catalogue(&postgresql).into_iter().map(names).collect();
    assert_eq!(catalogue(&sqlite), postgresql);
}

#[test]
fn a_url_that_names_no_engine_is_refused() {
    for url in ["mysql://localhost/registre", "postgre://localhost/registre", "registre.db", "", "sqlite:", "sqlite://"] {
        assert!(matches!(Store::open(url, 1), Err(StoreError::UnknownEngine(_))), "{url:?}");
    }
}
