//! The query of a request: a parameter that does not exist is refused, not ignored.

use std::any::TypeId;
use std::cell::RefCell;
use std::collections::HashMap;
use std::future::{Ready, ready};
use std::rc::Rc;

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use chrono::{DateTime, NaiveDate, Utc};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use utoipa::IntoParams;
use utoipa::openapi::Required;
use utoipa::openapi::path::Parameter;

use super::problem::{Kind, Problem};
use crate::register::storable;

/// The parameters of an operation, all of them known.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned + IntoParams + 'static> FromRequest for Params<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(request.query_string()).map(Self))
    }
}

/// No parameter at all.
#[derive(Deserialize, IntoParams)]
pub struct NoParams {}

/// A day of the years 1 to 9999: what every engine keeps and compares.
pub fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    let day = NaiveDate::deserialize(deserializer)?;
    if storable(day) { Ok(Some(day)) } else { Err(D::Error::custom("a year is from 1 to 9999")) }
}

/// A year that every engine keeps: 1 to 9999.
pub fn year<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i32>, D::Error> {
    let year = String::deserialize(deserializer)?.parse().ok().filter(|year| (1..=9999).contains(year));
    year.map(Some).ok_or_else(|| D::Error::custom("a year is from 1 to 9999"))
}

/// An instant of the years 1 to 9999.
pub fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DateTime<Utc>>, D::Error> {
    let instant = DateTime::<Utc>::deserialize(deserializer)?;
    if storable(instant.date_naive()) { Ok(Some(instant)) } else { Err(D::Error::custom("a year is from 1 to 9999")) }
}

/// The parameters of an operation as the document has them: their names, and whether they are needed.
type Known = Rc<[(String, bool)]>;

thread_local! {
    /// Those that were asked for: to make them anew for each request takes longer than to read the query.
    static KNOWN: RefCell<HashMap<TypeId, Known>> = RefCell::default();
}

fn known<T: IntoParams + 'static>() -> Known {
    let needed = |p: &Parameter| matches!(p.required, Required::True);
    let make = || {
        T::into_params(|| None)
            .into_iter()
            .map(|p| {
                let needed = needed(&p);
                (p.name, needed)
            })
            .collect()
    };
    KNOWN.with_borrow_mut(|all| Rc::clone(all.entry(TypeId::of::<T>()).or_insert_with(make)))
}

fn parse<T: DeserializeOwned + IntoParams + 'static>(query: &str) -> Result<T, Problem> {
    let known = known::<T>();
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).map_err(|_| Problem::new(Kind::InvalidParameter))?;
    let mut given = serde_json::Map::new();
    for (name, value) in pairs {
        if !known.iter().any(|(known, _)| *known == name) {
            let list = known.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
            return Err(Problem::new(Kind::UnknownParameter).at(
                name,
                "unknown_parameter",
                format!("paramètres connus : {list}"),
                format!("known parameters: {list}"),
            ));
        }
        if value.contains('\0') {
            let (fr, en) = ("le caractère U+0000 n'est pas admis", "the character U+0000 is not allowed");
            return Err(Problem::new(Kind::InvalidParameter).at(name, "control_character", fr, en));
        }
        if given.insert(name.clone(), Value::String(value)).is_some() {
            return Err(Problem::new(Kind::UnknownParameter).at(name, "twice", "donné deux fois", "given twice"));
        }
    }
    if let Some((missing, _)) = known.iter().find(|(name, needed)| *needed && !given.contains_key(name)) {
        return Err(Problem::new(Kind::InvalidParameter).at(missing.clone(), "needed", "ce paramètre est nécessaire", "this parameter is needed"));
    }
    serde_path_to_error::deserialize(Value::Object(given)).map_err(|e| {
        let (name, what) = (e.path().to_string(), e.inner().to_string());
        Problem::new(Kind::InvalidParameter).at(name, "value", format!("valeur refusée : {what}"), format!("value refused: {what}"))
    })
}
