//! Who was there, as the lists print it, and who held whose vote.

use super::element::Element;
use super::references::{Class, References};
use crate::publish::french::capital;
use crate::record::names::person_of;
use crate::record::{AttendanceEntry, AttendanceList, Chair, ChairCapacity, PersonRef, Proxy, Secretary, VotingRight};

/// Each list in printed order; of an empty one, its heading.
pub fn lists(lists: &[AttendanceList], references: &mut References) -> Vec<Element> {
    lists.iter().enumerate().map(|(place, list)| one_list(&format!("attendance_{}", place + 1), list, references)).collect()
}

fn one_list(eid: &str, list: &AttendanceList, references: &mut References) -> Element {
    let heading = list.heading.clone().unwrap_or_else(|| composed_heading(list));
    // A list over another voting right than the body's own: the role says so.
    let role = (list.voting_right == VotingRight::WithoutVote).then(|| references.term(Class::Role, "without_vote", "sans voix délibérative"));
    let mut items: Vec<Element> = Vec::new();
    let (mut grouped, mut grouping): (Vec<Element>, Option<&str>) = (Vec::new(), None);
    for (place, entry) in list.entries.iter().enumerate() {
        if entry.grouping.as_deref() != grouping {
            close(&mut items, eid, grouping, &mut grouped);
            grouping = entry.grouping.as_deref();
        }
        if let Some(line) = one_entry(entry, role.as_deref(), references) {
            grouped.push(Element::new("item").with("eId", format!("{eid}__item_{}", place + 1)).child(line));
        }
    }
    close(&mut items, eid, grouping, &mut grouped);
    if items.is_empty() {
        return Element::p(&heading);
    }
    Element::new("blockList").with("eId", eid).child(Element::line("listIntroduction").text(&heading)).children(items)
}

/// Puts the people under one heading inside the list (a commune, a canton) into a list of their own.
fn close(items: &mut Vec<Element>, eid: &str, grouping: Option<&str>, grouped: &mut Vec<Element>) {
    let people = std::mem::take(grouped);
    match grouping {
        _ if people.is_empty() => {}
        None => items.extend(people),
        Some(heading) => {
            let eid = format!("{eid}__grouping_{}", items.len() + 1);
            let introduction = Element::line("listIntroduction").text(heading);
            let inner = Element::new("blockList").with("eId", format!("{eid}__list_1")).child(introduction).children(people);
            items.push(Element::new("item").with("eId", eid).child(inner));
        }
    }
}

fn composed_heading(list: &AttendanceList) -> String {
    let status = capital(list.status.label().fr);
    let right = if list.voting_right == VotingRight::WithoutVote { ", sans voix délibérative" } else { "" };
    let count = list.stated_count.map(|count| format!(" ({})", count.get())).unwrap_or_default();
    let except = if list.by_exception { ", tous les membres sauf" } else { "" };
    format!("{status}{right}{count}{except} :")
}

fn one_entry(entry: &AttendanceEntry, role: Option<&str>, references: &mut References) -> Option<Element> {
    let mut line = Element::line("p").child(references.person_inline(&person_of(entry), role)?);
    let printed = entry.printed.as_deref().unwrap_or_default();
    // An office is often part of the name as printed.
    let office = entry.office.as_ref().filter(|office| !printed.contains(office.as_str()));
    let from = entry.from.as_ref().and_then(|moment| moment.text.as_ref());
    let until = entry.until.as_ref().and_then(|moment| moment.text.as_ref());
    for beside in [office, entry.group.as_ref(), from, until].into_iter().flatten() {
        line = line.text(&format!(", {beside}"));
    }
    if let Some(absent) = entry.substitute_for.as_ref().and_then(|absent| references.person_inline(absent, None)) {
        line = line.text(", suppléant de ").child(absent);
    }
    Some(line)
}

/// Proxies as one list; none were given, or the record is silent: no list.
pub fn proxies(proxies: Option<&[Proxy]>, references: &mut References) -> Option<Element> {
    let lines: Vec<Element> = proxies.unwrap_or_default().iter().filter_map(|proxy| one_proxy(proxy, references)).collect();
    if lines.is_empty() {
        return None;
    }
    let item = |(place, line): (usize, Element)| Element::new("item").with("eId", format!("proxies_1__item_{}", place + 1)).child(line);
    let introduction = Element::line("listIntroduction").text("Pouvoirs :");
    Some(Element::new("blockList").with("eId", "proxies_1").child(introduction).children(lines.into_iter().enumerate().map(item)))
}

fn one_proxy(proxy: &Proxy, references: &mut References) -> Option<Element> {
    let giver = references.person(&proxy.giver)?;
    let inline = references.person_inline(&proxy.giver, None)?;
    Some(match (&proxy.text, &proxy.holder) {
        // The wording may be a whole sentence, or what comes after the giver's name.
        (Some(text), _) if text.contains(&giver.shown) => references.naming(text, &proxy.giver, None),
        (Some(text), _) => Element::line("p").child(inline).text(&format!(" {text}")),
        (None, Some(holder)) => Element::line("p").child(inline).text(" a donné pouvoir à ").child(references.person_inline(holder, None)?),
        (None, None) => Element::line("p").child(inline).text(" a donné pouvoir"),
    })
}

/// "PRESIDENCE DE MONSIEUR…"
pub fn chair(chair: &Chair, references: &mut References) -> Option<Element> {
    let role = match chair.capacity {
        ChairCapacity::Unstated => references.term(Class::Role, "chair", "président de séance"),
        capacity => references.term(Class::Role, capacity.wire(), capacity.label().fr),
    };
    headed(chair.heading.as_deref(), "Présidence : ", &chair.person, &role, references)
}

/// "Secrétaire : Mme…"
pub fn secretary(secretary: &Secretary, references: &mut References) -> Option<Element> {
    let role = references.term(Class::Role, "secretary", "secrétaire de séance");
    headed(secretary.heading.as_deref(), "Secrétaire : ", &secretary.person, &role, references)
}

/// "Rapporteur : M.…"
pub fn rapporteur(person: &PersonRef, references: &mut References) -> Option<Element> {
    let role = references.term(Class::Role, "rapporteur", "rapporteur");
    headed(None, "Rapporteur : ", person, &role, references)
}

fn headed(printed: Option<&str>, word: &str, person: &PersonRef, role: &str, references: &mut References) -> Option<Element> {
    match printed {
        Some(heading) => Some(references.naming(heading, person, Some(role))),
        None => Some(Element::line("p").text(word).child(references.person_inline(person, Some(role))?)),
    }
}
