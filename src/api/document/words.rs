//! Words for what means the same wherever it stands; a comment in the source outranks them.

use serde_json::{Map, Value, json};

use super::schemas::{Schemas, branches, nullable, objects, referred};

/// Lines of a name and its meaning. `Schema.property` outranks `property`; `tag:` is a tag.
const WORDS: &str = include_str!("words.tsv");

fn meaning(name: &str) -> Option<&'static str> {
    WORDS.lines().filter_map(|line| line.split_once('\t')).find(|(word, _)| *word == name).map(|(_, meaning)| meaning)
}

/// Describes every property, and says of each that may be null what null means.
pub fn describe(schemas: &mut Schemas) {
    let known: Map<String, Value> = schemas.iter().filter_map(|(name, schema)| Some((name.clone(), schema.get("description")?.clone()))).collect();
    let about = |name: &str| known.get(name).and_then(Value::as_str).and_then(|text| text.split("\n\n").next()).map(|text| text.trim().to_owned());
    for (name, schema) in schemas {
        objects(schema, &mut |object| {
            for (property, schema) in object.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
                // Of a reference or null, the words stand at the reference: they are the property's.
                let inner = branches(schema).iter().find(|branch| referred(branch).is_some()).cloned().unwrap_or_default();
                let own = schema.get("description").or_else(|| inner.get("description")).and_then(Value::as_str).map(str::to_owned);
                let from_words = || meaning(&format!("{}.{property}", stem(name))).or_else(|| meaning(property)).map(str::to_owned);
                let text = own.or_else(|| referred(&inner).is_none().then(from_words).flatten()).or_else(|| about(referred(&inner)?));
                // What a reference refers to is described there.
                let text = if referred(schema).is_some() && schema.get("description").is_none() { None } else { text };
                let Some(mut text) = text else { continue };
                if nullable(schema) && !text.to_lowercase().contains("null") {
                    text = format!(
                        "{}{} Null: not stated, or there is none.",
                        text.trim(),
                        if text.trim().ends_with(['.', '!', '?']) { "" } else { "." }
                    );
                }
                for branch in schema.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten().filter_map(Value::as_object_mut) {
                    branch.remove("description");
                }
                if let Some(schema) = schema.as_object_mut() {
                    schema.insert("description".to_owned(), json!(text));
                }
            }
        });
    }
}

/// The schemas that a union was written out into share its words.
fn stem(name: &str) -> &str {
    if name.starts_with("Computed") { "Computed" } else { name.trim_end_matches("Answer") }
}

/// The tags that operations have, each with its meaning.
pub fn tags<'a>(used: impl Iterator<Item = &'a str>) -> Vec<Value> {
    let used: std::collections::BTreeSet<&str> = used.collect();
    let described = |name: &&str| json!({"name": name, "description": meaning(&format!("tag:{name}")).unwrap_or_default()});
    used.iter().map(described).collect()
}
