//! An act as a motion: what was put to the body, and what it came to.

use serde_json::{Value, json};

use super::{event, known};
use crate::publish::public_act::PublicAct;
use crate::record::{Article, Outcome};

/// The act. Its text: the title, then what is decided, to the letter.
pub fn motion(act: &PublicAct) -> Value {
    let mut text = vec![act.record.title.clone()];
    act.record.articles.iter().for_each(|article| add(article, &mut text));
    let outcome = Some(act.record.outcome).filter(|outcome| *outcome != Outcome::Unstated);
    known(json!({
        "id": act.id,
        "organization_id": act.sitting.record.body,
        "legislative_session_id": act.sitting.id,
        "legislative_session": event(act),
        "identifier": act.number,
        "classification": act.record.kind,
        "text": text.join("\n"),
        "result": outcome,
    }))
}

fn add(article: &Article, text: &mut Vec<String>) {
    let label = article.label.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
    text.push(format!("{label}{}", article.text));
    article.children.iter().for_each(|child| add(child, text));
}
