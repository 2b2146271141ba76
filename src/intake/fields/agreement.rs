//! An agreement joined to the act: number, object, parties and their SIRET, amount.

use crate::intake::blocks::{Block, Cue};
use crate::intake::draft::Confidence;
use crate::intake::grammar::money::in_euros;
use crate::intake::grammar::wording::{find, starts};
use crate::intake::grammar::{after, all, before};
use crate::intake::passage::Passage;
use crate::intake::sink::Sink;
use crate::record::{Agreement, Party, PrintedNumber};

use super::annexes::dossier;
use super::articles::label;
use super::beneficiaries::find_siret;

pub fn read(blocks: &[Block], pointer: &str, sink: &mut Sink<'_>) -> Agreement {
    let mut agreement = Agreement::default();
    let mut parties: Vec<Party> = Vec::new();
    let mut between_parties = false;
    let mut services = 0;
    for block in blocks {
        let (passage, text) = (&block.passage, block.text());
        let opens = starts(&["entre"], text) && text.len() > 8 || alone_word(text, "entre");
        let says_more = starts(&["vu", "il a ete convenu", "ceci expose", "article", "preambule", "considerant"], text);
        match block.cue {
            Cue::Service if agreement.recitals.is_empty() && parties.is_empty() && services < 2 => {
                let name = if services == 0 { "department" } else { "service" };
                let value = sink.text(format!("{pointer}/{name}"), passage, text, Confidence::Likely);
                if services == 0 {
                    agreement.department = value;
                } else {
                    agreement.service = value;
                }
                services += 1;
            }
            Cue::Title if agreement.object.is_none() => {
                let object = text.split_once(':').map_or(text, |(_, object)| object.trim());
                agreement.object = sink.text(format!("{pointer}/object"), passage, object, Confidence::Certain);
            }
            Cue::Visa if agreement.article_headings.is_empty() => {
                sink.note(format!("{pointer}/recitals/{}", agreement.recitals.len()), passage, text, Confidence::Certain);
                agreement.recitals.push(text.to_owned());
                between_parties = false;
            }
            Cue::Article => {
                if label(text).is_some_and(|label| label.len() < text.len()) && text.len() <= 160 {
                    sink.note(format!("{pointer}/article_headings/{}", agreement.article_headings.len()), passage, text, Confidence::Likely);
                    agreement.article_headings.push(text.to_owned());
                }
                between_parties = false;
            }
            _ if says_more => between_parties = false,
            _ if opens => {
                between_parties = true;
                let named = if alone_word(text, "entre") { "" } else { after(text, text.get(..5).unwrap_or_default()) };
                party(passage, named, pointer, &mut parties, sink);
            }
            _ if between_parties => {
                if alone_word(text, "et") {
                    party(passage, "", pointer, &mut parties, sink);
                } else if let Some(last) = parties.last_mut() {
                    if last.name.is_none() {
                        parties.pop();
                        party(passage, text, pointer, &mut parties, sink);
                    }
                    detail(passage, text, pointer, &mut parties, sink);
                }
            }
            _ => {}
        }
        if let Some(number) = dossier(text).filter(|_| agreement.dossier_number.is_none()) {
            agreement.dossier_number = sink.text(format!("{pointer}/dossier_number"), passage, number, Confidence::Certain);
        }
        amount(passage, text, pointer, &mut agreement, sink);
    }
    agreement.parties = parties;
    agreement
}

fn alone_word(text: &str, word: &str) -> bool {
    crate::intake::grammar::alone(&[word], text)
}

fn party(passage: &Passage, text: &str, pointer: &str, parties: &mut Vec<Party>, sink: &mut Sink<'_>) {
    if parties.len() >= 12 {
        return;
    }
    let index = parties.len();
    parties.push(Party::default());
    if text.trim().is_empty() {
        return;
    }
    let here = format!("{pointer}/parties/{index}");
    let stop = find(&["dont le siege", "represente~ par", "identifie~", "sis", "sise", "domicilie~", "ayant son siege", "dont"], text)
        .map_or(text.len(), |stop| before(text, stop).len());
    let stop = stop.min(text.find(',').unwrap_or(text.len()));
    let named = text.get(..stop).unwrap_or(text).trim_matches([' ', ',', ':', '\u{a0}', ';', '.']);
    let named = ["le ", "la ", "l'", "l’", "Le ", "La ", "L'", "L’"].iter().find_map(|article| named.strip_prefix(article)).unwrap_or(named);
    let quoted = named.split_once('«').and_then(|(form, rest)| rest.split_once('»').map(|(name, _)| (form.trim(), name.trim())));
    if let Some(party) = parties.last_mut() {
        let name = quoted.map_or(named, |(_, name)| name);
        if !name.is_empty() {
            party.name = sink.text(format!("{here}/name"), passage, name, Confidence::Likely);
        }
        party.legal_form = quoted
            .filter(|(form, _)| !form.is_empty())
            .and_then(|(form, _)| sink.text(format!("{here}/legal_form"), passage, form, Confidence::Likely));
    }
    detail(passage, text, pointer, parties, sink);
}

/// SIRET, role and representative of the party that is being described.
fn detail(passage: &Passage, text: &str, pointer: &str, parties: &mut [Party], sink: &mut Sink<'_>) {
    let here = format!("{pointer}/parties/{}", parties.len().saturating_sub(1));
    let Some(party) = parties.last_mut() else { return };
    if let Some(printed) = find_siret(text).filter(|_| party.siret.is_none()) {
        sink.note(format!("{here}/siret/text"), passage, printed, Confidence::Certain);
        let digits = printed.chars().filter(char::is_ascii_digit).collect();
        party.siret = Some(PrintedNumber { text: Some(printed.to_owned()), digits: Some(digits) });
    }
    if let Some(named) = find(&["designe~ par", "denomme~", "designe~", "appele~"], text).filter(|_| party.role.is_none()) {
        let role = after(text, named).split_once('«').and_then(|(_, rest)| rest.split_once('»')).map(|(role, _)| role.trim());
        party.role = role.and_then(|role| sink.text(format!("{here}/role"), passage, role, Confidence::Certain));
    }
    if let Some(by) = find(&["represente~ par"], text).filter(|_| party.represented_by.is_none()) {
        let named = after(text, by);
        if let Some(mut person) = sink.person_in(&format!("{here}/represented_by"), passage, named) {
            let office = crate::intake::grammar::person::person(named)
                .and_then(|(_, rest)| rest.strip_prefix(','))
                .and_then(|rest| rest.split(',').next())
                .map(str::trim)
                .filter(|office| !office.is_empty());
            person.office = office.and_then(|office| sink.text(format!("{here}/represented_by/office"), passage, office, Confidence::Likely));
            party.represented_by = Some(person);
        }
    }
}

/// The amount: the first one that a sentence of participation or subvention prints.
fn amount(passage: &Passage, text: &str, pointer: &str, agreement: &mut Agreement, sink: &mut Sink<'_>) {
    if agreement.amount.is_some() || find(&["participation", "subvention", "aide", "montant", "contribution"], text).is_none() {
        return;
    }
    if let Some((printed, read)) = all(text, in_euros).into_iter().next() {
        sink.note(format!("{pointer}/amount/text"), passage, printed, Confidence::Certain);
        if read.cents.is_some() {
            sink.note(format!("{pointer}/amount/amount"), passage, printed, Confidence::Likely);
        }
        agreement.amount = Some(read.money(printed));
    }
}
