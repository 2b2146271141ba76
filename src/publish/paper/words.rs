//! French as acts print it: names, dates, sums, lists; and what a paper says where the record has no wording of its own.

use crate::publish::{Cast, french};
use crate::record::names::person_of;
use crate::record::{AttendanceEntry, BodyKind, Id, Moment, Money, Person, PersonRef, SittingRecord};

/// In capitals without accents, as heads of acts are set: "REUNION DU 7 JUILLET 2025".
pub fn capitals(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    text.to_uppercase().nfd().filter(|c| !is_combining_mark(*c)).nfc().collect()
}

/// "a", "a et b", "a, b et c".
pub fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} et {last}", most.join(", ")),
    }
}

/// A number with its word: "1 voix", "0 abstention", "2 abstentions".
pub fn count(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number < 2 { one } else { many })
}

/// A sum as printed, else as read.
pub fn money(money: &Money) -> Option<String> {
    money.text.clone().or_else(|| Some(french::amount(money.amount?, None)))
}

/// A moment in words: as printed, else by its item, its act or its hour; none: nothing is known of it.
pub fn moment(moment: &Moment, sitting: &SittingRecord, cast: &Cast) -> Option<String> {
    if let Some(text) = &moment.text {
        return Some(text.clone());
    }
    let item = moment.item.and_then(|id| sitting.agenda.iter().find(|item| item.id == id)).map(|item| match (&item.label, &item.title) {
        (Some(label), _) => format!("point {label}"),
        (None, Some(title)) => format!("point « {title} »"),
        (None, None) => "point".to_owned(),
    });
    let at = moment.at.map(|at| french::clock(at, &cast.authority));
    match (item, &moment.act_number, at) {
        (Some(item), _, Some(at)) => Some(format!("{at}, {} {item}", moment.anchor.label().fr)),
        (Some(item), ..) if moment.anchor == crate::record::Anchor::Unstated => Some(item),
        (Some(item), ..) => Some(format!("{} le {item}", moment.anchor.label().fr)),
        (None, Some(number), _) => Some(format!("délibération n° {number}")),
        (None, None, at) => at,
    }
}

/// The parts of a name that are known, in the order of a list.
fn parts(civility: Option<&str>, given: Option<&str>, family: Option<&str>) -> Option<String> {
    let known: Vec<&str> = [civility, given, family].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if known.is_empty() { None } else { Some(known.join(" ")) }
}

fn filed(person: Option<Id>, cast: &Cast) -> Option<&Person> {
    cast.persons.get(&person?)
}

fn of_directory(person: &Person) -> Option<String> {
    parts(person.civility.as_deref(), person.given_name.as_deref(), Some(&person.family_name))
}

/// A person: as printed, else by the parts of the name, else by the directory.
pub fn name(person: &PersonRef, cast: &Cast) -> String {
    let typed = || parts(person.civility.as_deref(), person.given_name.as_deref(), person.family_name.as_deref());
    let found = person.printed.clone().or_else(typed).or_else(|| of_directory(filed(person.person, cast)?));
    found.or_else(|| person.office.clone()).unwrap_or_else(|| "personne non précisée".to_owned())
}

/// A name of a list of attendance, in the same way.
pub fn entry_name(entry: &AttendanceEntry, cast: &Cast) -> String {
    name(&PersonRef { office: None, ..person_of(entry) }, cast)
}

/// A person of the directory by the identifier alone.
pub fn person_name(id: Id, cast: &Cast) -> Option<String> {
    of_directory(filed(Some(id), cast)?)
}

/// Whether the person is addressed as a woman; none: the civility does not tell.
fn is_woman(civility: &str) -> Option<bool> {
    match civility.trim_end_matches('.').to_lowercase().as_str() {
        "mme" | "madame" | "mlle" | "mademoiselle" | "mmes" => Some(true),
        "m" | "mr" | "monsieur" | "mm" => Some(false),
        _ => None,
    }
}

fn civility_of<'a>(person: &'a PersonRef, cast: &'a Cast) -> Option<&'a str> {
    person.civility.as_deref().or_else(|| filed(person.person, cast)?.civility.as_deref())
}

/// The ending of a participle about the person: "e", "", or "(e)" where nobody says.
pub fn ending(person: &PersonRef, cast: &Cast) -> &'static str {
    match civility_of(person, cast).and_then(is_woman) {
        Some(true) => "e",
        Some(false) => "",
        None => "(e)",
    }
}

/// A person with the civility in full: "Madame Anne MARTIN".
pub fn formal_name(person: &PersonRef, cast: &Cast) -> String {
    let short = name(person, cast);
    let Some(civility) = civility_of(person, cast) else { return short };
    let rest = short.strip_prefix(civility).map(str::trim_start);
    let full = match is_woman(civility) {
        Some(true) => "Madame",
        Some(false) => "Monsieur",
        None => civility,
    };
    rest.map_or_else(|| short.clone(), |rest| format!("{full} {rest}"))
}

/// "de la commission permanente", "du conseil départemental", "de l'Assemblée de Corse".
pub fn of_the(words: &str) -> String {
    match gender(words) {
        Some(Gender::Feminine) => format!("de la {words}"),
        Some(Gender::Masculine) => format!("du {words}"),
        Some(Gender::Elided) => format!("de l'{words}"),
        None => format!("de {words}"),
    }
}

/// "La Commission permanente", "Le Conseil départemental", "L'Assemblée".
pub fn the(words: &str) -> String {
    match gender(words) {
        Some(Gender::Feminine) => format!("La {words}"),
        Some(Gender::Masculine) => format!("Le {words}"),
        Some(Gender::Elided) => format!("L'{words}"),
        None => words.to_owned(),
    }
}

enum Gender {
    Feminine,
    Masculine,
    Elided,
}

fn gender(words: &str) -> Option<Gender> {
    let folded = crate::record::fold(words);
    // "1re commission": the rank says nothing.
    match folded.split_whitespace().find(|word| !word.starts_with(|c: char| c.is_ascii_digit()))? {
        "commission" | "metropole" | "collectivite" | "region" | "commune" | "ville" | "communaute" => Some(Gender::Feminine),
        "conseil" | "comite" | "departement" | "bureau" | "syndicat" => Some(Gender::Masculine),
        "assemblee" => Some(Gender::Elided),
        _ => None,
    }
}

/// What kind of body sits, in words that a head can print; by its own name where the kind says nothing.
pub fn body_words(cast: &Cast) -> String {
    match cast.body.kind {
        BodyKind::IntercommunalCouncil | BodyKind::Committee | BodyKind::Other => cast.body.name.clone(),
        kind => kind.label().fr.to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Réunion du 1er août", "REUNION DU 1ER AOUT")]
    #[case("œuvre, Çelik", "ŒUVRE, CELIK")]
    fn heads(#[case] text: &str, #[case] head: &str) {
        assert_eq!(capitals(text), head);
    }

    #[rstest]
    #[case("commission permanente", "de la commission permanente", "La commission permanente")]
    #[case("Conseil municipal", "du Conseil municipal", "Le Conseil municipal")]
    #[case("Assemblée de Corse", "de l'Assemblée de Corse", "L'Assemblée de Corse")]
    #[case("1re commission", "de la 1re commission", "La 1re commission")]
    #[case("3e section", "de 3e section", "3e section")]
    fn articles(#[case] words: &str, #[case] of: &str, #[case] with: &str) {
        assert_eq!((of_the(words).as_str(), the(words).as_str()), (of, with));
    }
}
