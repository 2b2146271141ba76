//! Who of the directory a printed name is: by a key without accents, case and punctuation. All who fit are given, the best first; nobody is chosen.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use crate::record::names::{fold, folded};
use crate::record::{Id, PersonRef};
use crate::vocabulary;

/// Someone whom the directory knows, with a mandate on the day of the sitting.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Known {
    pub person: Id,
    pub given_name: Option<String>,
    pub family_name: String,
    /// Other names under which acts print the person.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// Someone whom a printed name may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Candidate {
    pub person: Id,
    pub fit: Fit,
}

vocabulary! {
    /// How a printed name fits a known one.
    Fit {
        Same = "same", "même nom", "same name";
        Alias = "alias", "autre graphie connue", "known spelling";
        Reversed = "reversed", "nom et prénom inversés", "names in the other order";
        Initial = "initial", "initiale du prénom", "initial of the given name";
        Family = "family", "nom de famille seul", "family name alone";
        Near = "near", "à une lettre près", "one letter away";
        Given = "given", "prénom seul", "given name alone";
    }
}

/// Those whom a printed name may be, the best fit first; in the order of `known` where they fit alike. Several of one fit are several answers.
pub fn candidates(printed: &PersonRef, known: &[Known]) -> Vec<Candidate> {
    let name = folded(printed);
    if name.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Candidate> =
        known.iter().filter_map(|one| fit(&name, printed, one).map(|fit| Candidate { person: one.person, fit })).collect();
    found.sort_by_key(|candidate| candidate.fit);
    // Who fits whole leaves out those who fit in part.
    if found.first().is_some_and(|best| best.fit <= Fit::Alias) {
        found.retain(|candidate| candidate.fit <= Fit::Alias);
    }
    found
}

fn fit(name: &str, printed: &PersonRef, known: &Known) -> Option<Fit> {
    let family = fold(&known.family_name);
    let given = fold(known.given_name.as_deref().unwrap_or_default());
    let same = |text: &str| text.trim() == name;
    if same(&format!("{given} {family}")) {
        return Some(Fit::Same);
    }
    if known.aliases.iter().any(|alias| fold(alias) == name) {
        return Some(Fit::Alias);
    }
    let words = |text: &str| text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<BTreeSet<String>>();
    if !given.is_empty() && words(name) == words(&format!("{given} {family}")) {
        return Some(Fit::Reversed);
    }
    if let Some(first) = name.strip_suffix(&family).map(str::trim) {
        let initials = first.split(' ').zip(given.split(' ')).all(|(a, b)| a.len() == 1 && b.starts_with(a));
        if first.is_empty() {
            return Some(Fit::Family);
        }
        if initials && !given.is_empty() {
            return Some(Fit::Initial);
        }
    }
    let printed_family = printed.family_name.as_deref().map(fold);
    if printed_family.as_deref() == Some(family.as_str()) && printed.given_name.is_none() {
        return Some(Fit::Family);
    }
    if one_away(name, &format!("{given} {family}")) {
        return Some(Fit::Near);
    }
    (name == given).then_some(Fit::Given)
}

/// Whether one letter put in, left out or changed makes one text of the other.
fn one_away(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 || a.len() < 6 {
        return false;
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let longest = a.len().max(b.len());
    head + tail >= longest.saturating_sub(1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn known(n: u8, given: &str, family: &str) -> Known {
        Known {
            person: format!("00000000-0000-7000-8000-0000000000{n:02}").parse().unwrap(),
            given_name: Some(given.to_owned()),
            family_name: family.to_owned(),
            aliases: Vec::new(),
        }
    }

    fn printed(text: &str) -> PersonRef {
        PersonRef { printed: Some(text.to_owned()), ..PersonRef::default() }
    }

    #[test]
    fn who_a_printed_name_may_be() {
        let mut all = vec![known(1, "Élodie", "LE GALL"), known(2, "Jean-Marc", "PETIT"), known(3, "Anne", "PETIT"), known(4, "Zoé", "MARÉCHAL")];
        all[3].aliases.push("Zoé DUPUIS-MARECHAL".to_owned());
        let cases: &[(&str, &[(u8, Fit)])] = &[
            ("Mme Elodie Le Gall", &[(1, Fit::Same)]),
            ("LE GALL Élodie", &[(1, Fit::Reversed)]),
            ("M. PETIT", &[(2, Fit::Family), (3, Fit::Family)]),
            ("J.-M. PETIT", &[(2, Fit::Initial)]),
            ("Madame Dupuis-Maréchal", &[]),
            ("Zoé Dupuis-Maréchal", &[(4, Fit::Alias)]),
            ("Anne PETTIT", &[(3, Fit::Near)]),
            ("Anne", &[(3, Fit::Given)]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<(Id, Fit)> = candidates(&printed(text), &all).into_iter().map(|c| (c.person, c.fit)).collect();
            let expected: Vec<(Id, Fit)> = expected.iter().map(|(n, fit)| (all[usize::from(*n) - 1].person, *fit)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
