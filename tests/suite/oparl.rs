//! The public register by OParl 1.1: what each duty of a server asks, as a client sees it.

mod deleted;
mod duties;
mod files;
mod island;
mod objects;
mod parts;

use reqwest::Method;
use serde_json::Value;

use crate::harness::{Answer, Server};
use island::SIREN;

/// The lists of an authority, by what an object of each is.
const LISTS: [&str; 9] = ["organization", "person", "membership", "meeting", "agendaItem", "location", "paper", "consultation", "file"];

fn list(name: &str) -> String {
    format!("/oparl/v1/body/{SIREN}/{name}")
}

/// An answer, without following a redirection.
fn ask(server: &Server, path: &str) -> Answer {
    let client = reqwest::blocking::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    Answer::of(client.request(Method::GET, format!("{}{path}", server.url)).send().unwrap())
}

/// The objects of all pages, as a client gathers them: by `next`.
fn gather(server: &Server, path: &str) -> Vec<Value> {
    let (mut found, mut next) = (Vec::new(), Some(path.to_owned()));
    while let Some(path) = next {
        let page = ask(server, &path).expect(200).json();
        found.extend(page["data"].as_array().unwrap().iter().cloned());
        next = page["links"].get("next").map(|link| link.as_str().unwrap().strip_prefix(&server.url).unwrap().to_owned());
        assert!(found.len() < 1000, "{path} has no end");
    }
    found
}

/// Every object that a client finds from the way in, with the objects in it; each as it stands on its own.
fn everything(server: &Server) -> Vec<Value> {
    let mut found = vec![ask(server, "/oparl/v1/system").expect(200).json()];
    let bodies = gather(server, "/oparl/v1/body");
    for body in bodies {
        for name in LISTS {
            let key = if name == "location" { "locationList" } else { name };
            found.extend(gather(server, body[key].as_str().unwrap().strip_prefix(&server.url).unwrap()));
        }
        found.push(body);
    }
    found
}

fn id_of(object: &Value) -> String {
    object["id"].as_str().unwrap().to_owned()
}

/// The path of an object.
fn path<'a>(server: &Server, url: &'a str) -> &'a str {
    url.strip_prefix(&server.url).unwrap_or_else(|| panic!("{url} is elsewhere"))
}
