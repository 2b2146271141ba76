//! Published vectors.
//!
//! Tree: leaves, node hashes and roots are those of `transparency-dev/merkle` (`testonly/constants.go`, commit 582a6ad), which Certificate
//! Transparency has used since RFC 6962; which nodes make a proof is RFC 9162 §2.1.5. Notes: the example of Go's
//! `golang.org/x/mod/sumdb/note`. Checkpoint: the example of C2SP `tlog-checkpoint`.

use super::super::note;
use super::*;

const LEAVES: [&str; 8] = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const LEVELS: [&[&str]; 4] = [
    &[
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
        "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1",
    ],
    &[
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    ],
    &["d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7", "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"],
    &["5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"],
];

fn hex_hash(text: &str) -> Hash {
    hex::decode(text).unwrap().as_slice().try_into().unwrap()
}

fn known() -> Stored {
    Stored::of(&LEAVES.map(|leaf| Hash::of_leaf(&hex::decode(leaf).unwrap())))
}

#[test]
fn nodes_and_roots_are_those_of_certificate_transparency() {
    let stored = known();
    let expected: BTreeMap<Node, Hash> = LEVELS
        .iter()
        .zip(0..)
        .flat_map(|(hashes, level)| hashes.iter().zip(0..).map(move |(hash, index)| (Node { level, index }, hex_hash(hash))))
        .collect();
    assert_eq!(stored.nodes, expected);
    for (root, size) in ROOTS.iter().zip(0..) {
        assert_eq!(stored.head(size).root, hex_hash(root), "{size}");
    }
}

/// The names of RFC 9162 §2.1.5: in a tree of seven leaves, `a` to `f` are the first six, `g`, `h`, `i` the pairs, `j` the last leaf,
/// `k` what stands above the first four, `l` above the other three.
fn named(name: char) -> Hash {
    let at = |level: usize, index: usize| hex_hash(LEVELS[level][index]);
    match name {
        'a'..='f' => at(0, usize::from(u8::try_from(name).unwrap() - b'a')),
        'g' => at(1, 0),
        'h' => at(1, 1),
        'i' => at(1, 2),
        'j' => at(0, 6),
        'k' => at(2, 0),
        'l' => Hash::of_children(at(1, 2), at(0, 6)),
        other => panic!("{other}"),
    }
}

#[test]
fn proofs_are_those_of_rfc_9162() {
    let stored = known();
    let head = stored.head(7);
    for (index, names) in [(0, "bhl"), (3, "cgl"), (4, "fjk"), (6, "ik")] {
        let path: Vec<Hash> = names.chars().map(named).collect();
        assert_eq!(inclusion(7, index, |nodes| stored.read(nodes)).unwrap(), path, "entry {index}");
        assert!(head.includes(index, stored.nodes[&Node { level: 0, index }], &path));
    }
    for (older, names) in [(3, "cdgl"), (4, "l"), (6, "ijk")] {
        let path: Vec<Hash> = names.chars().map(named).collect();
        assert_eq!(consistency(older, 7, |nodes| stored.read(nodes)).unwrap(), path, "since {older}");
        assert!(head.extends(&stored.head(older), &path));
    }
}

const NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\
    \n\
    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const NOTE_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

#[test]
fn a_note_of_go_is_opened() {
    let key: VerifierKey = NOTE_KEY.parse().unwrap();
    let text = note::open(NOTE, &key).unwrap();
    assert!(NOTE.starts_with(&text) && text.ends_with("problem is.\n"));
    assert_eq!(key.to_string(), NOTE_KEY);
}

#[test]
fn a_note_is_written_as_go_writes_it() {
    use base64::Engine;
    let typed = base64::engine::general_purpose::STANDARD.decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz").unwrap();
    let key = SigningKey::from_bytes(typed[1..].try_into().unwrap());
    let text = NOTE.split_once("\n\n").unwrap().0.to_owned() + "\n";
    assert_eq!(note::sign(&text, "PeterNeumann", &key).unwrap(), NOTE);
    assert_eq!(VerifierKey::of("PeterNeumann", &key).unwrap().to_string(), NOTE_KEY);
}

#[test]
fn a_changed_note_is_refused() {
    let key: VerifierKey = NOTE_KEY.parse().unwrap();
    let wrong = |note: &str| note::open(note, &key).unwrap_err();
    assert_eq!(wrong(&NOTE.replace("answer", "Answer")), NoteError::WrongSignature("PeterNeumann".to_owned()));
    assert_eq!(wrong(&NOTE.replace("— Peter", "— Pater")), NoteError::Unsigned("PeterNeumann".to_owned()));
    assert_eq!(wrong(&NOTE.replace("\n\n", "\n")), NoteError::Malformed);
    assert_eq!(wrong(NOTE.trim_end()), NoteError::Malformed);
    assert_eq!(wrong(""), NoteError::Malformed);
}

#[test]
fn the_checkpoint_of_the_specification_is_read() {
    // Its origin does not end with a SIREN, as ours do: only the note beneath is of use here.
    let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let note = format!(
        "{text}\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    );
    assert_eq!(note::text(&note).unwrap(), text);
    assert_eq!(Checkpoint::read(&note), Err(CheckpointError::Malformed));
    let ours = Checkpoint::read(&note.replace("behind-the-sofa", "226200012")).unwrap();
    assert_eq!(ours.head.size, 20_852_163);
    assert_eq!(ours.body().unwrap(), text.replace("behind-the-sofa", "226200012"));
}

#[test]
fn a_checkpoint_is_signed_and_opened() {
    let checkpoint = Checkpoint::new(origin(), Head { size: 0, root: Hash::EMPTY });
    let note = checkpoint.sign(&key(7)).unwrap();
    assert!(note.starts_with("registre.example/226200012\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— registre.example/226200012 "));
    assert_eq!(Checkpoint::open(&note, &verifier(7)), Ok(checkpoint.clone()));
    assert_eq!(Checkpoint::open(&note, &verifier(8)), Err(CheckpointError::Note(NoteError::Unsigned(origin().to_string()))));
    // The same key under the name of another log.
    let elsewhere = VerifierKey::of("elsewhere.example/226200012", &key(7)).unwrap();
    let foreign = note::sign(&checkpoint.body().unwrap(), elsewhere.name(), &key(7)).unwrap();
    assert!(matches!(Checkpoint::open(&foreign, &elsewhere), Err(CheckpointError::OtherOrigin { .. })));
}

#[test]
fn extension_lines_are_kept_and_cannot_break_the_form() {
    let mut checkpoint = Checkpoint::new(origin(), Head { size: 1, root: leaf(0) });
    checkpoint.extension = vec!["a line".to_owned(), "another".to_owned()];
    assert_eq!(Checkpoint::open(&checkpoint.sign(&key(7)).unwrap(), &verifier(7)).unwrap(), checkpoint);
    for bad in ["", "two\nlines", "\n"] {
        checkpoint.extension = vec![bad.to_owned()];
        assert!(checkpoint.sign(&key(7)).is_err(), "{bad:?}");
    }
}

#[test]
fn keys_and_origins_have_one_form() {
    let text = verifier(7).to_string();
    assert_eq!(text.parse::<VerifierKey>().unwrap(), verifier(7));
    let (name, rest) = text.split_once('+').unwrap();
    let (id, key) = rest.split_once('+').unwrap();
    for bad in
        [format!("{name}+{}+{key}", id.to_uppercase()), format!("{name}+00000000+{key}"), format!("x{text}"), format!("{name}+{id}"), String::new()]
    {
        assert!(bad == text || bad.parse::<VerifierKey>().is_err(), "{bad}");
    }
    for bad in ["", "226200012", "/226200012", "a b/226200012", "a+b/226200012", "a/226200013", "a/226200012/"] {
        assert!(bad.parse::<Origin>().is_err(), "{bad}");
    }
    assert_eq!("a.example/registre/226200012".parse::<Origin>().unwrap().authority(), &authority());
}

#[test]
fn an_entry_has_one_form() {
    let bytes = act(302).canonical_bytes().unwrap();
    assert!(bytes.starts_with(br#"{"authority":"226200012","deliberation":"#));
    let back: SealedAct = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(back, act(302));
    assert_eq!(back.leaf_hash().unwrap(), Hash::of_leaf(&bytes));
    let mut large = act(1);
    large.extract = json!({ "deep": [{ "n": 9_007_199_254_740_992u64 }] });
    assert!(matches!(large.canonical_bytes(), Err(EntryError::Inexact(_))));
    large.extract = json!({ "deep": [{ "n": -9_007_199_254_740_991i64 }] });
    assert!(large.canonical_bytes().is_ok());
}
