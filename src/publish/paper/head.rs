//! The head of a paper: who sat, when, who was in the chair, who was there.

use super::words::{capitals, entry_name, formal_name, moment, name};
use super::{Block, Content, Role};
use crate::publish::Cast;
use crate::publish::french::day;
use crate::record::{AttendanceEntry, AttendanceList, AttendanceStatus, Chair, ChairCapacity, Id, Proxy, Secretary, SittingRecord, VotingRight};

/// Whether something that covers these items (none: all of them) is about one of those asked for (none: the whole sitting).
pub(super) fn concerns(covers: &[Id], items: &[Id]) -> bool {
    covers.is_empty() || items.is_empty() || covers.iter().any(|item| items.contains(item))
}

/// "REUNION DU 7 JUILLET 2025", "REUNION DES 7 JUILLET 2025 ET 8 JUILLET 2025".
pub(super) fn sitting_line(sitting: &SittingRecord) -> String {
    let first = day(sitting.date);
    let composed = match sitting.end_date.filter(|last| *last != sitting.date) {
        Some(last) => format!("réunion du {first} au {}", day(last)),
        None => format!("réunion du {first}"),
    };
    sitting.heading.clone().unwrap_or_else(|| capitals(&composed))
}

/// One line for each chair.
pub(super) fn chair_lines(sitting: &SittingRecord, cast: &Cast) -> Vec<String> {
    sitting.chairs.iter().map(|chair| chair_line(chair, sitting, cast)).collect()
}

fn chair_line(chair: &Chair, sitting: &SittingRecord, cast: &Cast) -> String {
    if let Some(heading) = &chair.heading {
        return heading.clone();
    }
    let capacity = match chair.capacity {
        ChairCapacity::President | ChairCapacity::Unstated => None,
        other => Some(other.label().fr.to_owned()),
    };
    let from = chair.from.as_ref().and_then(|from| moment(from, sitting, cast)).map(|words| format!("à partir de : {words}"));
    let until = chair.until.as_ref().and_then(|until| moment(until, sitting, cast)).map(|words| format!("jusqu'à : {words}"));
    let details: Vec<String> = [capacity, from, until].into_iter().flatten().collect();
    let who = capitals(&format!("présidence de {}", formal_name(&chair.person, cast)));
    if details.is_empty() { who } else { format!("{who} ({})", details.join(" ; ")) }
}

/// The secretaries, then every list that concerns the items, then the proxies and who came and went.
pub(super) fn attendance(sitting: &SittingRecord, cast: &Cast, items: &[Id]) -> Vec<Block> {
    let mut blocks = secretaries(sitting, cast);
    let lists = sitting.attendance.iter().filter(|list| concerns(&list.covers, items));
    blocks.extend(lists.map(|list| text(list_line(list, sitting, cast))));
    blocks.extend(proxies(sitting.proxies.as_deref().unwrap_or_default(), sitting, cast).map(text));
    blocks
}

fn text(text: String) -> Block {
    Block { role: Role::Attendance, content: Content::Text(text) }
}

fn secretaries(sitting: &SittingRecord, cast: &Cast) -> Vec<Block> {
    let line = |secretary: &Secretary| {
        let word = if secretary.auxiliary { "Secrétaire auxiliaire" } else { "Secrétaire" };
        secretary.heading.clone().unwrap_or_else(|| format!("{word} : {}", name(&secretary.person, cast)))
    };
    sitting.secretaries.iter().map(|secretary| text(line(secretary))).collect()
}

/// "Étaient présents : M. A, Mme B."
fn list_line(list: &AttendanceList, sitting: &SittingRecord, cast: &Cast) -> String {
    let heading = list.heading.clone().unwrap_or_else(|| default_heading(list));
    if list.entries.is_empty() {
        // A heading that says so itself ("Absent : néant") is left as it is.
        return if crate::record::fold(&heading).contains("neant") { heading } else { format!("{heading} Néant.") };
    }
    let mut groupings: Vec<(Option<&str>, Vec<String>)> = Vec::new();
    for entry in &list.entries {
        let person = entry_words(entry, sitting, cast);
        match groupings.last_mut() {
            Some((grouping, people)) if *grouping == entry.grouping.as_deref() => people.push(person),
            _ => groupings.push((entry.grouping.as_deref(), vec![person])),
        }
    }
    let people: Vec<String> = groupings
        .into_iter()
        .map(|(grouping, people)| match grouping {
            Some(grouping) => format!("{grouping} : {}", people.join(", ")),
            None => people.join(", "),
        })
        .collect();
    format!("{heading} {}.", people.join(" ; "))
}

fn entry_words(entry: &AttendanceEntry, sitting: &SittingRecord, cast: &Cast) -> String {
    let substitute = entry.substitute_for.as_ref().map(|titular| format!("suppléant {}", name(titular, cast)));
    let from = entry.from.as_ref().and_then(|from| moment(from, sitting, cast)).map(|words| format!("à partir de : {words}"));
    let until = entry.until.as_ref().and_then(|until| moment(until, sitting, cast)).map(|words| format!("jusqu'à : {words}"));
    let details: Vec<String> = [entry.office.clone(), substitute, from, until].into_iter().flatten().collect();
    let who = entry_name(entry, cast);
    if details.is_empty() { who } else { format!("{who} ({})", details.join(" ; ")) }
}

/// The heading that acts of departments print over such a list.
pub(super) fn default_heading(list: &AttendanceList) -> String {
    use AttendanceStatus as S;
    let words = match (list.status, list.voting_right) {
        (S::Present, VotingRight::WithoutVote) => "Assistant également sans voix délibérative :",
        (S::Excused, VotingRight::WithoutVote) => "Excusé(s) sans voix délibérative :",
        (S::Present, _) => "Étaient présents :",
        (S::PresentRemotely, _) => "Participant à distance :",
        (S::Excused, _) => "Excusé(s) :",
        (S::ExcusedRepresented, _) => "Excusé(s) et représenté(s) :",
        (S::ExcusedUnrepresented, _) => "Excusé(s) et non représenté(s) :",
        (S::Absent, _) => "Absent(s) :",
        (S::AbsentRepresented, _) => "Absent(s) et représenté(s) :",
        (S::AbsentUnexcused, _) => "Absent(s) non excusé(s) :",
        (S::Substituted, _) => "Suppléé(s) :",
        (S::Unstated, VotingRight::WithoutVote) => "Sans voix délibérative :",
        (S::Unstated, _) => "Membres :",
    };
    if list.by_exception { format!("{words} tous les membres, sauf") } else { words.to_owned() }
}

/// "Pouvoirs : Mme A à M. B ; M. C (porteur non précisé)."
fn proxies(proxies: &[Proxy], sitting: &SittingRecord, cast: &Cast) -> Option<String> {
    if proxies.is_empty() {
        return None;
    }
    let line = |proxy: &Proxy| {
        if let Some(text) = &proxy.text
            && text.contains(&name(&proxy.giver, cast))
        {
            return text.clone();
        }
        let giver = name(&proxy.giver, cast);
        let holder = proxy.holder.as_ref().map_or_else(|| "(porteur non précisé)".to_owned(), |holder| format!("à {}", name(holder, cast)));
        let from = proxy.from.as_ref().and_then(|from| moment(from, sitting, cast)).map(|words| format!(" (à partir de : {words})"));
        let until = proxy.until.as_ref().and_then(|until| moment(until, sitting, cast)).map(|words| format!(" (jusqu'à : {words})"));
        format!("{giver} {holder}{}{}", from.unwrap_or_default(), until.unwrap_or_default())
    };
    Some(format!("Pouvoirs : {}.", proxies.iter().map(line).collect::<Vec<_>>().join(" ; ")))
}

/// Who stood aside on these items, in the public wording.
pub(super) fn recusals(sitting: &SittingRecord, cast: &Cast, items: &[Id]) -> Vec<String> {
    use crate::record::RecusalKind;
    let aside = sitting.recusals.iter().flatten().filter(|recusal| concerns(&recusal.covers, items));
    aside
        .map(|recusal| {
            if let Some(text) = &recusal.text {
                return text.clone();
            }
            let (who, ending, several) = match (&recusal.person, &recusal.group, recusal.count) {
                (Some(person), ..) => (formal_name(person, cast), super::words::ending(person, cast), false),
                (None, Some(group), _) => (format!("Le groupe {}", group.trim_start_matches("Groupe ")), "", false),
                (None, None, Some(count)) if count.get() > 1 => (format!("{} membres", count.get()), "s", true),
                (None, None, Some(_)) => ("Un membre".to_owned(), "", false),
                (None, None, None) => ("Un ou plusieurs membres".to_owned(), "(s)", true),
            };
            let why = if recusal.kind == RecusalKind::Interest { format!(" intéressé{ending} à l'affaire,") } else { String::new() };
            let verb = if several { "n'ont" } else { "n'a" };
            let part = match (recusal.took_part_in_debate, recusal.took_part_in_vote) {
                (Some(false), Some(false)) => format!("{verb} pris part ni au débat, ni au vote"),
                (Some(false), _) => format!("{verb} pas pris part au débat"),
                (_, Some(false)) => format!("{verb} pas pris part au vote"),
                _ => format!("{verb} pas pris part à l'affaire"),
            };
            let left = if recusal.left_the_room == Some(true) {
                format!(" et {} quitté la salle", if several { "ont" } else { "a" })
            } else {
                String::new()
            };
            format!("{who}{why} {part}{left}.")
        })
        .collect()
}
