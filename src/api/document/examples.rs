//! An example of every JSON body, made from its schema; what the act of the demonstration says is shown as it says it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::schemas::{Schemas, branches, nullable, referred};
use super::shared::{operations_mut, responses_mut};

/// How deep lists of which the act says nothing are shown with a line.
const DEEPEST: usize = 4;

/// The schemas, and pieces of the real act for some of them.
pub struct Examples<'a> {
    schemas: &'a Schemas,
    real: BTreeMap<String, Value>,
}

impl<'a> Examples<'a> {
    pub fn new(schemas: &'a Schemas, sitting: &Value, act: &Value) -> Self {
        let mut examples = Self { schemas, real: BTreeMap::new() };
        for (name, value) in [("SittingRecord", sitting), ("DeliberationRecord", act)] {
            examples.gather(&json!({"$ref": super::schemas::reference(name)}), value);
        }
        examples
    }

    /// Keeps the fullest piece of the act for each schema.
    fn gather(&mut self, schema: &Value, value: &Value) {
        if let Some(name) = referred(schema) {
            let full = |value: &Value| value.as_object().map_or(0, |fields| fields.values().filter(|field| !field.is_null()).count());
            let kept = self.real.entry(name.to_owned()).or_insert_with(|| value.clone());
            if full(value) > full(kept) {
                *kept = value.clone();
            }
            if let Some(schema) = self.schemas.get(name) {
                self.gather(schema, value);
            }
            return;
        }
        branches(schema).iter().filter(|_| !value.is_null()).for_each(|branch| self.gather(branch, value));
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            value.get(name).into_iter().for_each(|value| self.gather(property, value));
        }
        for value in schema.get("items").and(value.as_array()).into_iter().flatten() {
            schema.get("items").into_iter().for_each(|items| self.gather(items, value));
        }
    }

    /// Adds an example to each JSON body of the document that has none.
    pub fn add(&self, paths: &mut Map<String, Value>) {
        for operation in operations_mut(paths) {
            if let Some(content) = operation.pointer_mut("/requestBody/content") {
                self.fill(content);
            }
            for response in responses_mut(operation) {
                response.get_mut("content").into_iter().for_each(|content| self.fill(content));
            }
        }
    }

    fn fill(&self, content: &mut Value) {
        let json = |(media, body): &(&String, &mut Value)| {
            (media.as_str() == "application/json" || media.ends_with("+json")) && body.get("example").is_none()
        };
        for (_, body) in content.as_object_mut().into_iter().flatten().filter(json) {
            if let (Some(schema), Some(body)) = (body.get("schema").cloned(), body.as_object_mut()) {
                body.insert("example".to_owned(), self.of(&schema, None, 0));
            }
        }
    }

    fn of(&self, schema: &Value, real: Option<&Value>, depth: usize) -> Value {
        let real = real.filter(|value| !value.is_null());
        if let Some(name) = referred(schema) {
            let inner = self.schemas.get(name).unwrap_or(&Value::Null);
            let stem = name.trim_end_matches("Answer");
            let own = real.or_else(|| self.real.get(stem)).or_else(|| self.real.get(&format!("{stem}Record")));
            return self.of(inner, own, depth);
        }
        if real.is_none() && nullable(schema) {
            return schema.get("example").cloned().unwrap_or_default();
        }
        if let Some(branch) = branches(schema).iter().find(|branch| !nullable(branch)) {
            return self.of(branch, real, depth);
        }
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            return self.object(schema, properties, real, depth);
        }
        if let Some(items) = schema.get("items") {
            return self.array(schema, items, real, depth);
        }
        real.or_else(|| schema.get("example")).or_else(|| schema.get("enum")?.get(0)).cloned().unwrap_or_else(|| plain(schema))
    }

    fn object(&self, schema: &Value, properties: &Map<String, Value>, real: Option<&Value>, depth: usize) -> Value {
        let required = |name: &str| schema.get("required").and_then(Value::as_array).is_some_and(|all| all.iter().any(|one| one == name));
        let said = |name: &str| real.and_then(|value| value.get(name)).filter(|value| !value.is_null());
        let fields = properties.iter().filter(|(name, _)| required(name) || said(name).is_some());
        // Where the act says something, a list that it does not have is empty.
        let none = json!([]);
        let list = |property: &Value| property.get("type") == Some(&json!("array"));
        let shown = |name: &str, property: &Value| {
            let value = said(name).or_else(|| (real.is_some() && list(property)).then_some(&none));
            self.of(property, value, depth + 1)
        };
        fields.map(|(name, property)| (name.clone(), shown(name, property))).collect::<Map<_, _>>().into()
    }

    /// One line is enough to show what lines are.
    fn array(&self, schema: &Value, items: &Value, real: Option<&Value>, depth: usize) -> Value {
        let said = real.and_then(Value::as_array);
        let needed = schema.get("minItems").and_then(Value::as_u64).unwrap_or_default() > 0;
        if said.is_some_and(Vec::is_empty) || (said.is_none() && depth > DEEPEST && !needed) {
            return json!([]);
        }
        json!([self.of(items, said.and_then(|all| all.first()), depth + 1)])
    }
}

/// Something of a type of which nothing more is said.
fn plain(schema: &Value) -> Value {
    let text = |name: &str| schema.get(name).and_then(Value::as_str).unwrap_or_default();
    match (text("type"), text("format")) {
        ("string", "date") => json!("2025-07-07"),
        ("string", "date-time") => json!("2025-07-07T09:30:00Z"),
        ("string", "uuid") => json!("0197e3a8-7c00-7000-8000-000000000302"),
        ("integer" | "number", _) => schema.get("minimum").cloned().filter(|least| least.as_u64() > Some(0)).unwrap_or_else(|| json!(1)),
        ("boolean", _) => json!(true),
        ("object", _) => json!({}),
        _ => json!("…"),
    }
}
