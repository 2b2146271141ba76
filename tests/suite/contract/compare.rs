//! What a newer document breaks for clients of an older one.
//!
//! What is sent may only become freer: no field, parameter or value that was taken may be refused. What is answered may only become more certain: no
//! field may go, change its type or become one that may be missing. Answers may get more fields, and closed lists in answers more members: clients
//! are told to expect both.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// The breaks, each with its place.
pub fn breaks(old: &Value, new: &Value) -> Vec<String> {
    let mut found = Comparison { old, new, found: Vec::new(), seen: BTreeSet::new() };
    for (path, item) in object(&old["paths"]) {
        for (method, operation) in object(item).iter().filter(|(_, operation)| operation.get("responses").is_some()) {
            let place = format!("{} {path}", method.to_uppercase());
            match new["paths"].get(path).and_then(|item| item.get(method)) {
                Some(newer) => found.operation(&place, operation, newer),
                None => found.tell(&place, "the operation is gone"),
            }
        }
    }
    found.found
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Sent,
    Answered,
}

struct Comparison<'a> {
    old: &'a Value,
    new: &'a Value,
    found: Vec<String>,
    /// Pairs of schemas that were compared, or are being.
    seen: BTreeSet<(String, String, bool)>,
}

impl<'a> Comparison<'a> {
    fn tell(&mut self, place: &str, what: &str) {
        self.found.push(format!("{place}: {what}"));
    }

    fn operation(&mut self, place: &str, old: &'a Value, new: &'a Value) {
        if old["operationId"] != new["operationId"] {
            self.tell(place, "another operationId: methods of SDKs are named by it");
        }
        self.parameters(place, old, new);
        self.security(place, old, new);
        match (old.get("requestBody"), new.get("requestBody")) {
            (Some(_), None) => self.tell(place, "takes no body any more"),
            (old_body, Some(newer)) => {
                if newer["required"] == true && old_body.is_none_or(|older| older["required"] != true) {
                    self.tell(place, "a body is needed now");
                }
                if let Some(older) = old_body {
                    self.content(&format!("{place} body"), older, newer, Direction::Sent);
                }
            }
            (None, None) => {}
        }
        for (status, response) in object(&old["responses"]).iter().filter(|(status, _)| status.starts_with(['2', '3'])) {
            let place = format!("{place} {status}");
            let Some(newer) = new["responses"].get(status) else {
                self.tell(&place, "is not answered any more");
                continue;
            };
            for name in object(&response["headers"]).keys().filter(|name| newer["headers"].get(name.as_str()).is_none()) {
                self.tell(&place, &format!("the header {name} is gone"));
            }
            self.content(&place, response, newer, Direction::Answered);
        }
    }

    fn content(&mut self, place: &str, old: &'a Value, new: &'a Value, direction: Direction) {
        for (media, body) in object(&old["content"]) {
            match new["content"].get(media) {
                Some(newer) => self.schema(&format!("{place} {media}"), &body["schema"], &newer["schema"], direction),
                None => self.tell(place, &format!("{media} is gone")),
            }
        }
    }

    fn parameters(&mut self, place: &str, old: &'a Value, new: &'a Value) {
        let named = |of: &'a Value| of["parameters"].as_array().into_iter().flatten().map(|p| ((p["in"].as_str(), p["name"].as_str()), p));
        for (key, parameter) in named(old) {
            let place = format!("{place} parameter {}", key.1.unwrap_or_default());
            let Some((_, newer)) = named(new).find(|(other, _)| *other == key) else {
                self.tell(&place, "is gone");
                continue;
            };
            if newer["required"] == true && parameter["required"] != true {
                self.tell(&place, "is needed now");
            }
            self.schema(&place, &parameter["schema"], &newer["schema"], Direction::Sent);
        }
        for (key, parameter) in named(new).filter(|(key, _)| !named(old).any(|(other, _)| other == *key)) {
            if parameter["required"] == true {
                self.tell(&format!("{place} parameter {}", key.1.unwrap_or_default()), "is new and needed");
            }
        }
    }

    /// Each way in that there was is still enough: no way may ask for more.
    fn security(&mut self, place: &str, old: &Value, new: &Value) {
        let ways = |of: &Value| -> Vec<BTreeSet<String>> {
            let all = of["security"].as_array().cloned().unwrap_or_default();
            let parts = |way: &Value| object(way).iter().flat_map(|(scheme, scopes)| [scheme.clone()].into_iter().chain(texts(scopes))).collect();
            all.iter().map(parts).collect()
        };
        let newer = ways(new);
        for way in ways(old) {
            if !newer.iter().any(|other| other.is_subset(&way)) {
                self.tell(place, &format!("{way:?} is not enough any more"));
            }
        }
    }

    fn schema(&mut self, place: &str, old: &'a Value, new: &'a Value, direction: Direction) {
        let pair = (name(old), name(new));
        if let (Some(older), Some(newer)) = pair
            && !self.seen.insert((older.to_owned(), newer.to_owned(), direction == Direction::Sent))
        {
            return;
        }
        let (old, new) = (resolved(self.old, old), resolved(self.new, new));
        // Told by the name of the schema, so that one break is one line wherever it is used.
        let place = match pair.0 {
            Some(schema) => format!("{schema}{}", if direction == Direction::Sent { " (sent)" } else { "" }),
            None => place.to_owned(),
        };
        self.kinds(&place, old, new, direction);
        self.members(&place, old, new, direction);
        if direction == Direction::Sent {
            self.bounds(&place, old, new);
        }
        if old["format"] != new["format"] && !(direction == Direction::Sent && new.get("format").is_none()) {
            self.tell(&place, "another format");
        }
        self.properties(&place, old, new, direction);
        if let (Some(older), Some(newer)) = (old.get("items"), new.get("items")) {
            self.schema(&format!("{place}[]"), older, newer, direction);
        }
        self.union(&place, old, new, direction);
    }

    fn kinds(&mut self, place: &str, old: &Value, new: &Value, direction: Direction) {
        let (older, newer) = (kinds(self.old, old), kinds(self.new, new));
        let (narrow, wide) = if direction == Direction::Sent { (&older, &newer) } else { (&newer, &older) };
        // No type stands for every type.
        if wide.is_empty() || (!narrow.is_empty() && narrow.iter().all(|kind| wide.contains(kind) || (kind == "integer" && wide.contains("number"))))
        {
            return;
        }
        self.tell(place, &format!("the type was {older:?} and is {newer:?}"));
    }

    fn members(&mut self, place: &str, old: &Value, new: &Value, direction: Direction) {
        match (old.get("enum"), new.get("enum"), direction) {
            (Some(older), Some(newer), Direction::Sent) => {
                for gone in texts(older).into_iter().filter(|member| !texts(newer).contains(member)) {
                    self.tell(place, &format!("the member {gone} is gone"));
                }
            }
            (None, Some(_), Direction::Sent) => self.tell(place, "is a closed list now"),
            (Some(_), None, Direction::Answered) => self.tell(place, "is no closed list any more"),
            _ => {}
        }
    }

    fn bounds(&mut self, place: &str, old: &Value, new: &Value) {
        for (bound, least) in
            [("minimum", true), ("minLength", true), ("minItems", true), ("maximum", false), ("maxLength", false), ("maxItems", false)]
        {
            let (Some(newer), older) = (new[bound].as_f64(), old[bound].as_f64()) else { continue };
            // A least value of nothing forbids nothing.
            let open = if least && bound != "minimum" { Some(0.0) } else { None };
            let narrower = older.or(open).is_none_or(|older| if least { newer > older } else { newer < older });
            if narrower {
                self.tell(place, &format!("{bound} is narrower: {newer}"));
            }
        }
        if new.get("pattern").is_some() && new["pattern"] != old["pattern"] {
            self.tell(place, "another pattern");
        }
        if new["additionalProperties"] == false && old["additionalProperties"] != false && old.get("properties").is_some() {
            self.tell(place, "takes no other fields any more");
        }
    }

    fn properties(&mut self, place: &str, old: &'a Value, new: &'a Value, direction: Direction) {
        let needed = |of: &Value, name: &str| of["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
        for (property, older) in object(&old["properties"]) {
            let place = format!("{place}.{property}");
            let Some(newer) = new["properties"].get(property) else {
                self.tell(&place, "is gone");
                continue;
            };
            if direction == Direction::Answered && needed(old, property) && !needed(new, property) {
                self.tell(&place, "may be missing now");
            }
            if direction == Direction::Sent && !needed(old, property) && needed(new, property) {
                self.tell(&place, "is needed now");
            }
            self.schema(&place, older, newer, direction);
        }
        let added = object(&new["properties"]).keys().filter(|name| old["properties"].get(name.as_str()).is_none());
        for property in added.filter(|name| direction == Direction::Sent && needed(new, name)) {
            self.tell(&format!("{place}.{property}"), "is new and needed");
        }
    }

    /// Branches go by the value that tells them apart, or by their name, or by their place.
    fn union(&mut self, place: &str, old: &'a Value, new: &'a Value, direction: Direction) {
        let (older, newer) = (branches(old), branches(new));
        if older.is_empty() || newer.is_empty() {
            match (older.as_slice(), newer.as_slice()) {
                // "X or null" beside X: the null was compared as a type.
                ([only], []) if !new.is_null() => self.schema(place, only, new, direction),
                ([], [only]) => self.schema(place, old, only, direction),
                _ => {}
            }
            return;
        }
        if old["discriminator"]["propertyName"] != new["discriminator"]["propertyName"] {
            self.tell(place, "is told apart by another property");
        }
        for (index, branch) in older.iter().enumerate() {
            let key = |of: &'a Value, all: &Value| mapped(all, of).or_else(|| name(of).map(str::to_owned));
            let wanted = key(branch, old);
            let found = match &wanted {
                Some(wanted) => newer.iter().find(|other| key(other, new).as_ref() == Some(wanted)),
                None => newer.get(index),
            };
            match found {
                Some(other) => self.schema(&format!("{place}|{index}"), branch, other, direction),
                None => self.tell(place, &format!("{} is gone", wanted.unwrap_or_else(|| format!("branch {index}")))),
            }
        }
    }
}

/// The value that stands for a branch in the discriminator of its union.
fn mapped(union: &Value, branch: &Value) -> Option<String> {
    object(&union["discriminator"]["mapping"]).iter().find(|(_, target)| **target == branch["$ref"]).map(|(value, _)| value.clone())
}

fn object(value: &Value) -> &Map<String, Value> {
    static NOTHING: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    value.as_object().unwrap_or(&NOTHING)
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned)).collect()
}

fn name(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match name(schema) {
        Some(name) => &document["components"]["schemas"][name],
        None => schema,
    }
}

/// The branches of a union that are not null.
fn branches(schema: &Value) -> Vec<&Value> {
    schema["oneOf"].as_array().into_iter().flatten().filter(|branch| branch["type"] != "null").collect()
}

/// The types that a value may have; none: any.
fn kinds(document: &Value, schema: &Value) -> BTreeSet<String> {
    let schema = resolved(document, schema);
    let own = match &schema["type"] {
        Value::String(kind) => vec![kind.clone()],
        kinds => texts(kinds),
    };
    let inner = schema["oneOf"].as_array().into_iter().flatten().flat_map(|branch| kinds(document, branch));
    own.into_iter().chain(inner).collect()
}
