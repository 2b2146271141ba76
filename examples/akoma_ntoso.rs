//! Writes acts and minutes in Akoma Ntoso, for validators of other people's making (`scripts/conformance-akn`): the act of the demonstration and a
//! sitting of another shape, in every view; the same with every printed text made hostile; the same with each field of the record left out in turn.
//! The argument is the folder to write to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use registre::publish::{ActOfSitting, ActReading, Belonging, Cast, SittingReading, View, akn, of_deliberation, of_facts, of_sitting};
use registre::record::{DeliberationRecord, Fact, Id, RecordedFact, Rectification, SittingRecord, Visibility, Workflow};
use serde_json::{Value, json};

type Failure = Box<dyn std::error::Error>;

/// What an attacker, a word processor or a scanner puts into a text.
const HOSTILE: &str = "]]> </p><script>&amp;\"' \u{0}\u{8}\u{b}\u{1f}\u{7f}\u{85}\u{2028}\u{fffe}\u{1f600} 1^{<er>} ^{ --> \r\n\t<!-- ";

/// Fields that hold printed text.
const PRINTED: &[&str] = &[
    "title",
    "text",
    "label",
    "printed",
    "heading",
    "name",
    "short_name",
    "civility",
    "given_name",
    "family_name",
    "office",
    "group",
    "grouping",
    "count_text",
    "outcome_text",
    "authority_title",
    "formula",
    "mark",
    "separator",
    "place",
    "place_date_text",
    "budget_name",
    "exercise_year",
    "sub_heading",
    "designation",
    "object",
    "code",
    "operation_code",
    "budget_entry",
    "dossier_number",
    "appeal_notice",
    "kind_text",
    "basis",
    "value",
    "report_number",
    "decision",
    "deliberation",
    "closing",
    "body",
    "sitting",
    "authority",
    "ground",
    "what",
    "list",
    "author",
    "cells",
    "columns",
    "own_annexes",
];

/// Fields without which there is no record.
const NEEDED_OF_SITTING: &[&str] = &["body", "origin", "date"];
const NEEDED_OF_ACT: &[&str] = &["sitting", "origin", "title"];

/// A sitting, its acts and the directory, as JSON.
#[derive(Clone)]
struct Given {
    directory: Value,
    sitting: (Id, Value),
    acts: Vec<(Id, Value)>,
}

fn main() -> Result<(), Failure> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).ok_or("usage: akoma_ntoso FOLDER")?;
    std::fs::create_dir_all(&folder)?;
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| -> Result<Value, Failure> { Ok(serde_json::from_slice(&std::fs::read(project.join(path))?)?) };
    let second = "tests/suite/fixtures/second_shape";
    let demo = Given {
        directory: read("src/demo/directory.json")?,
        sitting: (id(5, 1)?, read("src/demo/sitting.json")?),
        acts: vec![(id(9, 302)?, read("src/demo/deliberation.json")?)],
    };
    let acts = (1..=3).map(|n| Ok((id(9, n)?, read(&format!("{second}/act_{n}.json"))?))).collect::<Result<_, Failure>>()?;
    let other = Given { directory: read(&format!("{second}/directory.json"))?, sitting: (id(5, 2)?, read(&format!("{second}/sitting.json"))?), acts };
    let mut written = 0;
    for (name, given) in [("demo", demo), ("second", other)] {
        let mut hostile = given.clone();
        [&mut hostile.directory, &mut hostile.sitting.1].into_iter().chain(hostile.acts.iter_mut().map(|(_, act)| act)).for_each(spoil);
        for view in View::ALL {
            let view_name = format!("{view:?}").to_lowercase();
            written += write(&folder, &format!("{name}-{view_name}"), &given, view)?;
            written += write(&folder, &format!("{name}-hostile-{view_name}"), &hostile, view)?;
        }
        for field in fields(&given.sitting.1, NEEDED_OF_SITTING) {
            let mut thinned = given.clone();
            remove(&mut thinned.sitting.1, &field);
            written += write(&folder, &format!("{name}-without-sitting-{field}"), &thinned, View::Public)?;
        }
        for field in given.acts.iter().flat_map(|(_, act)| fields(act, NEEDED_OF_ACT)).collect::<std::collections::BTreeSet<_>>() {
            let mut thinned = given.clone();
            thinned.acts.iter_mut().for_each(|(_, act)| remove(act, &field));
            written += write(&folder, &format!("{name}-without-act-{field}"), &thinned, View::Public)?;
        }
        written += write(&folder, &format!("{name}-bare"), &bare(given), View::Public)?;
    }
    println!("{written}");
    Ok(())
}

fn id(kind: u32, number: u32) -> Result<Id, Failure> {
    Ok(format!("01977e51-{kind:04}-7000-8000-{number:012}").parse()?)
}

/// The fields that a record may lack.
fn fields(record: &Value, needed: &[&str]) -> Vec<String> {
    let names = record.as_object().into_iter().flat_map(|fields| fields.keys());
    names.filter(|name| !needed.contains(&name.as_str())).cloned().collect()
}

fn remove(record: &mut Value, field: &str) {
    if let Some(fields) = record.as_object_mut() {
        fields.remove(field);
    }
}

/// A sitting and acts of which next to nothing is known.
fn bare(given: Given) -> Given {
    let kept = |record: &Value, names: &[&str]| json!(names.iter().map(|name| (*name, record.get(*name))).collect::<BTreeMap<_, _>>());
    let sitting = kept(&given.sitting.1, NEEDED_OF_SITTING);
    let acts = given.acts.iter().map(|(id, act)| (*id, kept(act, NEEDED_OF_ACT))).collect();
    Given { sitting: (given.sitting.0, sitting), acts, ..given }
}

/// Adds what is hostile to every printed text; identifiers stay, so that the record still holds together.
fn spoil(value: &mut Value) {
    fn printed(value: &mut Value) {
        match value {
            Value::String(text) if text.parse::<Id>().is_err() => *text = format!("{HOSTILE}{text}{HOSTILE}"),
            Value::Array(items) => items.iter_mut().for_each(printed),
            other => spoil(other),
        }
    }
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if PRINTED.contains(&name.as_str()) { printed(field) } else { spoil(field) }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(spoil),
        _ => {}
    }
}

fn entries<T: serde::de::DeserializeOwned>(directory: &Value, list: &str) -> Result<BTreeMap<Id, T>, Failure> {
    let all = directory.get(list).and_then(Value::as_array).into_iter().flatten();
    all.map(|entry| Ok((serde_json::from_value(entry["id"].clone())?, serde_json::from_value(entry.clone())?))).collect()
}

fn cast(directory: &Value, sitting: &SittingRecord) -> Result<Cast, Failure> {
    let bodies = entries(directory, "bodies")?;
    let body = bodies.get(&sitting.body).cloned().ok_or("the sitting is of a body that the directory does not have")?;
    Ok(Cast {
        authority: serde_json::from_value(directory["authority"].clone())?,
        body,
        persons: entries(directory, "persons")?,
        groups: entries(directory, "groups")?,
        memberships: BTreeMap::<Id, Belonging>::new(),
    })
}

/// A life with every kind of fact and of rectification.
fn life() -> Result<(Vec<RecordedFact>, Vec<Rectification>), Failure> {
    let mut facts = Vec::new();
    for (place, kind) in registre::record::FactKind::MEMBERS.iter().enumerate() {
        let fact = Fact::new(id(11, u32::try_from(place)?)?, kind.value.parse()?, "2025-07-09".parse()?);
        facts.push(RecordedFact { fact, recorded_by: None, recorded_at: "2025-07-09T10:00:00Z".parse()? });
    }
    let mut rectifications = Vec::new();
    for (place, kind) in registre::record::RectificationKind::MEMBERS.iter().enumerate() {
        rectifications.push(serde_json::from_value(json!({
            "id": id(12, u32::try_from(place)?)?, "kind": kind.value, "on": "2025-09-01", "ground": format!("Erreur{HOSTILE}"), "by_act": id(9, 77)?,
            "corrections": [{ "what": "Abstention", "printed": "1", "corrected": "0" }, { "what": HOSTILE }], "source": "Lettre du 1er septembre",
        }))?);
    }
    Ok((facts, rectifications))
}

/// Writes the acts and the minutes; says how many files.
fn write(folder: &Path, name: &str, given: &Given, view: View) -> Result<usize, Failure> {
    let record: SittingRecord = serde_json::from_value(given.sitting.1.clone())?;
    let cast = cast(&given.directory, &record)?;
    let sitting = of_sitting(record, view);
    let (facts, rectifications) = life()?;
    let modified_at = "2025-07-08T09:30:00Z".parse()?;
    let (visibility, version, workflow) = (Visibility::Public, 1, Workflow::Deliberated);
    let mut acts = Vec::new();
    for (id, act) in &given.acts {
        let act: DeliberationRecord = serde_json::from_value(act.clone())?;
        let number = act.number().map(str::to_owned);
        acts.push(ActOfSitting { id: *id, record: of_deliberation(act, view), number, workflow, visibility, modified_at });
    }
    for (place, act) in acts.iter().cloned().enumerate() {
        let reading = ActReading {
            id: act.id,
            record: act.record,
            sitting: sitting.clone(),
            cast: cast.clone(),
            number: act.number,
            workflow,
            visibility,
            version,
            modified_at,
            findings: Vec::new(),
            unreconciled: Vec::new(),
            seal: None,
            authoritative_copy: None,
            facts: of_facts(facts.clone(), view),
            rectifications: rectifications.clone(),
            view,
        };
        std::fs::write(folder.join(format!("{name}-act-{}.xml", place + 1)), akn::act(&reading)?)?;
    }
    let written = acts.len() + 1;
    let findings = Vec::new();
    let reading = SittingReading {
        id: given.sitting.0,
        record: sitting,
        cast,
        acts,
        rooms: Vec::new(),
        visibility,
        version,
        modified_at,
        findings,
        unreconciled: Vec::new(),
        view,
    };
    std::fs::write(folder.join(format!("{name}-minutes.xml")), akn::minutes(&reading)?)?;
    Ok(written)
}
