//! Every operation of the document × every scope × the authority's own token, another's, and none. What is expected is read from the document.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use registre::api::tokens::Scopes;
use rstest::rstest;
use serde_json::Value;

use crate::harness::forged::{claims, own};
use crate::harness::world::neighbour;
use crate::harness::{Answer, Engine, PAS_DE_CALAIS, Server};
use crate::walk::{Kind, Operation, operations};

/// Whose token asks for what is the neighbour's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    /// The neighbour itself.
    Own,
    Other,
    /// Of nobody: the token names no authority.
    Nobodys,
}

type Held = BTreeSet<&'static str>;

/// None, each by itself, what an operation needs together, all.
fn scope_sets(operations: &[Operation], engine: Engine) -> Vec<Held> {
    let every: Vec<&'static str> = Scopes::all().iter().map(|scope| scope.wire()).collect();
    let together = operations.iter().flat_map(|operation| &operation.ways).filter(|way| way.len() > 1);
    let together = together.map(|way| every.iter().copied().filter(|scope| way.contains(*scope)).collect());
    let mut sets = BTreeSet::from([Held::new(), every.iter().copied().collect()]);
    sets.extend(together);
    if engine == Engine::Sqlite {
        sets.extend(every.iter().map(|scope| Held::from([*scope])));
    }
    sets.into_iter().collect()
}

fn tokens(server: &Server, sets: &[Held]) -> BTreeMap<(Who, Held), String> {
    let mut tokens = BTreeMap::new();
    for held in sets {
        let scope = held.iter().copied().collect::<Vec<_>>().join(" ");
        tokens.insert((Who::Own, held.clone()), server.token(neighbour::SIREN, &scope));
        tokens.insert((Who::Other, held.clone()), server.token(PAS_DE_CALAIS, &scope));
        let nobodys = own(server, &claims(&[("scope", Value::from(scope)), ("authority", Value::Null)]));
        tokens.insert((Who::Nobodys, held.clone()), nobodys);
    }
    tokens
}

/// A parameter that no operation has: whoever may ask is told so, and nothing is done.
fn poisoned(operation: &Operation) -> String {
    let target = operation.target();
    let joint = if target.contains('?') { '&' } else { '?' };
    format!("{target}{joint}attack=1")
}

/// What the public is answered about the neighbour.
fn public(operation: &Operation) -> u16 {
    match operation.kind() {
        Kind::Vocabulary | Kind::List | Kind::Export | Kind::Stream => 200,
        Kind::Of => 404,
        Kind::Me | Kind::New => panic!("{} is open to everyone: why?", operation.id),
    }
}

/// Asks; says what is wrong with the answer.
fn tried(server: &Server, operation: &Operation, who: Who, held: &Held, token: &str) -> Result<(), String> {
    let granted = operation.is_granted(held);
    // Who may make something of its own, or read about itself, does so whatever the neighbour has.
    let of_itself = matches!(operation.kind(), Kind::New | Kind::Me | Kind::Vocabulary);
    let (answer, expected): (Answer, (u16, &str)) = match who {
        // What is the same for everyone looks at no token.
        _ if operation.ways.is_empty() => (operation.ask(server, Some(token)), (public(operation), "")),
        Who::Nobodys => (operation.ask(server, Some(token)), (401, "token-invalid")),
        _ if !granted => (operation.ask(server, Some(token)), (403, "scope-missing")),
        Who::Other if operation.open => (operation.ask(server, Some(token)), (public(operation), "")),
        Who::Other if !of_itself => (operation.ask(server, Some(token)), (404, "not-found")),
        _ => (operation.send(server, Some(token), &poisoned(operation)), (400, "unknown-parameter")),
    };
    let slug = answer.text.split("/problems/").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    // Which of its scopes it needs, the body says.
    let by_body = operation.id == "addFact" && who == Who::Other && granted && slug == "scope-missing";
    let right = by_body || answer.status == expected.0 && (expected.1.is_empty() || slug == expected.1 || answer.text.is_empty());
    if right { Ok(()) } else { Err(format!("{} by {who:?} with {held:?}: expected {expected:?}, got {} {slug}", operation.id, answer.status)) }
}

#[rstest]
#[case::sqlite(Engine::Sqlite, 6_000)]
#[case::postgresql(Engine::Postgresql, 1_000)]
fn every_operation_refuses_those_who_may_not_and_no_one_else(#[case] engine: Engine, #[case] least: usize) {
    let server = Server::world(engine);
    let operations = operations();
    assert!(operations.len() >= 140, "only {} operations are left", operations.len());
    let sets = scope_sets(&operations, engine);
    let tokens = tokens(&server, &sets);
    let (count, refused) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let mut watch = server.database.watch();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut wrong = Vec::new();
        while let Some(operation) = operations.get(next.fetch_add(1, Ordering::Relaxed)) {
            let nobody = operation.ask(&server, None).status;
            let expected = if operation.open { public(operation) } else { 401 };
            if nobody != expected {
                wrong.push(format!("{} without a token: expected {expected}, got {nobody}", operation.id));
            }
            for ((who, held), token) in &tokens {
                wrong.extend(tried(&server, operation, *who, held, token).err());
                let lacks = !operation.ways.is_empty() && (*who == Who::Nobodys || !operation.is_granted(held));
                refused.fetch_add(usize::from(lacks), Ordering::Relaxed);
            }
            count.fetch_add(1 + tokens.len(), Ordering::Relaxed);
        }
        wrong
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let (count, refused) = (count.into_inner(), refused.into_inner());
    println!(
        "{engine:?}: {} operations, {count} tried, {refused} lacked the right, {} answered otherwise than documented",
        operations.len(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(watch.unchanged(), "something was written");
    assert!(count >= least && refused >= least / 2, "only {count} were tried, {refused} of them without the right");
}
