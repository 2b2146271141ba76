//! The end of an act: who signed, what was stamped, what is annexed.

use super::words::name;
use super::{Block, Content, Item, Role};
use crate::publish::Cast;
use crate::publish::french::{capital, day};
use crate::record::{Annex, DeliberationRecord, PersonRef, PrintedDate, Signature, Stamp};

/// One signature, a line each.
pub(super) fn block(signature: &Signature, cast: &Cast) -> Block {
    let place_date = signature.place_date_text.clone().or_else(|| match (&signature.place, signature.date) {
        (Some(place), Some(date)) => Some(format!("{place}, le {}", day(date))),
        (None, Some(date)) => Some(format!("Le {}", day(date))),
        (Some(place), None) => Some(place.clone()),
        (None, None) => None,
    });
    let who = |person: &Option<PersonRef>| person.as_ref().map(|person| name(person, cast));
    let lines = [
        signature.separator.clone(),
        signature.authority_title.clone(),
        who(&signature.authority),
        place_date,
        signature.formula.clone(),
        signature.title.clone(),
        signature.mark.clone(),
        who(&signature.signatory),
    ];
    Block { role: Role::Signature, content: Content::Lines(lines.into_iter().flatten().collect()) }
}

/// Stamps and the notice of appeal.
pub(super) fn notices(act: &DeliberationRecord) -> Vec<Block> {
    let notice = |content| Block { role: Role::Notice, content };
    let stamps = act.stamps.iter().map(stamp_lines).filter(|lines| !lines.is_empty()).map(|lines| notice(Content::Lines(lines)));
    let appeal = act.appeal_notice.iter().map(|text| notice(Content::Text(text.clone())));
    stamps.chain(appeal).collect()
}

fn stamp_lines(stamp: &Stamp) -> Vec<String> {
    if let Some(text) = &stamp.text {
        return text.lines().map(str::to_owned).collect();
    }
    let line = |what: &str, date: &Option<PrintedDate>| {
        let date = date.as_ref()?;
        Some(format!("{what} le {}", date.text.clone().or_else(|| date.date.map(day))?))
    };
    let lines = [
        line("Envoyé en préfecture", &stamp.sent),
        line("Reçu en préfecture", &stamp.received),
        line("Publié", &stamp.posted),
        line("Notifié", &stamp.notified),
        line("Rendu exécutoire", &stamp.enforceable),
        stamp.identifier.as_ref().map(|id| format!("ID : {id}")),
    ];
    lines.into_iter().flatten().collect()
}

/// The annexes in the order of the file.
pub(super) fn annexes(annexes: &[Annex]) -> Vec<Block> {
    if annexes.is_empty() {
        return Vec::new();
    }
    let item = |annex: &Annex| {
        let dossier = annex.dossier_number.as_ref().map(|number| format!("dossier n° {number}"));
        let words: Vec<String> = [annex.title.clone(), annex.object.clone(), dossier].into_iter().flatten().collect();
        let text = if words.is_empty() { "pièce sans titre".to_owned() } else { words.join(" – ") };
        let own = annex.own_annexes.iter().map(|text| Item { label: None, text: text.clone(), children: Vec::new() }).collect();
        Item { label: annex.label.as_deref().map(capital), text, children: own }
    };
    let heading = Content::Heading(2, if annexes.len() == 1 { "Annexe" } else { "Annexes" }.to_owned());
    let list = Content::Items(annexes.iter().map(item).collect());
    [heading, list].into_iter().map(|content| Block { role: Role::Annexes, content }).collect()
}
