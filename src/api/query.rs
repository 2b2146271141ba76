//! The query of a request: a parameter that does not exist is refused, not ignored.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use chrono::{DateTime, NaiveDate, Utc};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use utoipa::IntoParams;

use super::problem::{Kind, Problem};
use crate::register::storable;

/// The parameters of an operation, all of them known.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned + IntoParams> FromRequest for Params<T> {
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

fn parse<T: DeserializeOwned + IntoParams>(query: &str) -> Result<T, Problem> {
    let known: Vec<String> = T::into_params(|| None).into_iter().map(|p| p.name).collect();
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).map_err(|_| Problem::new(Kind::InvalidParameter))?;
    let mut given = serde_json::Map::new();
    for (name, value) in pairs {
        if !known.contains(&name) {
            let list = known.join(", ");
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
    let needed = |p: &utoipa::openapi::path::Parameter| matches!(p.required, utoipa::openapi::Required::True) && !given.contains_key(&p.name);
    if let Some(missing) = T::into_params(|| None).into_iter().find(needed) {
        return Err(Problem::new(Kind::InvalidParameter).at(missing.name, "needed", "ce paramètre est nécessaire", "this parameter is needed"));
    }
    serde_path_to_error::deserialize(Value::Object(given)).map_err(|e| {
        let (name, what) = (e.path().to_string(), e.inner().to_string());
        Problem::new(Kind::InvalidParameter).at(name, "value", format!("valeur refusée : {what}"), format!("value refused: {what}"))
    })
}
