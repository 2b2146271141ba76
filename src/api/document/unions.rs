//! Unions and sums of schemas, so that the tools of every language tell them apart.

use serde_json::{Map, Value, json};

use super::schemas::{Schemas, branches, reference};

/// Sums (`allOf`) of objects written as one object, and those of an object with a union as a union of such objects: few generators add them up.
pub fn add_up(schemas: &mut Schemas) {
    let known = schemas.clone();
    for schema in schemas.values_mut() {
        let Some(parts) = schema.get("allOf").and_then(Value::as_array).cloned() else { continue };
        let parts: Vec<&Value> = parts.iter().map(|part| super::schemas::referred(part).and_then(|name| known.get(name)).unwrap_or(part)).collect();
        let description = schema.get("description").cloned().unwrap_or_default();
        let (unions, objects): (Vec<&Value>, Vec<&Value>) = parts.into_iter().partition(|part| !branches(part).is_empty());
        *schema = match unions.as_slice() {
            [] => sum(&description, &objects),
            [union, ..] => {
                let sums: Vec<Value> = branches(union)
                    .iter()
                    .map(|branch| {
                        sum(branch.get("description").unwrap_or(&description), &objects.iter().copied().chain([branch]).collect::<Vec<_>>())
                    })
                    .collect();
                json!({"description": description, "oneOf": sums})
            }
        };
    }
}

fn sum(description: &Value, parts: &[&Value]) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for part in parts {
        properties.extend(part.get("properties").and_then(Value::as_object).cloned().unwrap_or_default());
        required.extend(part.get("required").and_then(Value::as_array).cloned().unwrap_or_default());
    }
    json!({"description": description, "type": "object", "properties": properties, "required": required})
}

/// A union whose branches each have a property of one value becomes a union of named schemas with that property as its discriminator.
pub fn name_branches(schemas: &mut Schemas) {
    let unions: Vec<String> = schemas.keys().cloned().collect();
    for union in unions {
        let Some(schema) = schemas.get(&union).cloned() else { continue };
        let Some(property) = branches(&schema).first().and_then(|first| tags(first).next()).map(|(property, _)| property.to_owned()) else {
            continue;
        };
        let mut contents = Map::new();
        let named: Option<Vec<(String, String, Value)>> = branches(&schema)
            .iter()
            .map(|branch| {
                let (_, value) = tags(branch).find(|(name, _)| *name == property)?;
                let mut branch = branch.clone();
                let tag = branch.pointer_mut(&format!("/properties/{property}"))?.as_object_mut()?;
                tag.entry("description").or_insert_with(|| json!(format!("Always `{value}`: it tells this one from the others.")));
                contents.extend(named_contents(&mut branch, value));
                Some((value.to_owned(), format!("{union}{}", pascal(value)), branch))
            })
            .collect();
        let Some(named) = named else { continue };
        let mapping: Map<String, Value> = named.iter().map(|(value, name, _)| (value.clone(), json!(reference(name)))).collect();
        let refs: Vec<Value> = named.iter().map(|(_, name, _)| json!({"$ref": reference(name)})).collect();
        if let Some(union) = schemas.get_mut(&union).and_then(Value::as_object_mut) {
            union.insert("oneOf".to_owned(), json!(refs));
            union.insert("discriminator".to_owned(), json!({"propertyName": property, "mapping": mapping}));
        }
        schemas.extend(named.into_iter().map(|(_, name, branch)| (name, branch)));
        schemas.extend(contents);
    }
}

/// Objects that are written out within a branch, under names of their own: `computed` of `electorate` is `ComputedElectorate`.
fn named_contents(branch: &mut Value, value: &str) -> Schemas {
    let mut contents = Schemas::new();
    for (name, property) in branch.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        if property.get("properties").is_some() {
            let called = format!("{}{}", pascal(name), pascal(value));
            let content = std::mem::replace(property, json!({"$ref": reference(&called)}));
            contents.insert(called, content);
        }
    }
    contents
}

/// The required properties of an object that have one value, each with its value.
fn tags(object: &Value) -> impl Iterator<Item = (&str, &str)> {
    let required = |name: &str| object.get("required").and_then(Value::as_array).is_some_and(|all| all.iter().any(|one| one == name));
    object.get("properties").and_then(Value::as_object).into_iter().flatten().filter_map(move |(name, property)| {
        let only = property.get("enum").and_then(Value::as_array).filter(|members| members.len() == 1)?.first()?.as_str()?;
        required(name).then_some((name.as_str(), only))
    })
}

fn pascal(words: &str) -> String {
    let capital = |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>();
    words.split(|c: char| !c.is_ascii_alphanumeric()).map(capital).collect()
}
