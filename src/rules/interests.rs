//! Recusals to propose before a sitting: standing declarations of interest, beside what its agenda is about. A proposal is a call to look,
//! never a recusal: it writes nothing, and an interest that is not declared is not found.

use serde::Serialize;
use utoipa::ToSchema;

use super::order::lineage;
use crate::record::names::{Names, fold, person_of};
use crate::record::{AgendaItem, Answer, DeclarationKind, DeliberationRecord, Id, InterestDeclaration, PersonRef, PrintedNumber, SittingRecord};
use crate::vocabulary;

vocabulary! {
    /// By what a declaration of interest meets an item of the agenda.
    InterestGround {
        Siret = "siret", "SIREN ou SIRET", "SIREN or SIRET";
        Organisation = "organisation", "nom de l'organisme", "name of the organisation";
        Matter = "matter", "mots déclarés", "words declared";
    }
}

vocabulary! {
    /// Where what was declared was met.
    InterestPlace {
        ItemTitle = "item_title", "titre du point", "title of the item";
        ReportTitle = "report_title", "titre du rapport", "title of the report";
        ActTitle = "act_title", "titre de l'acte", "title of the act";
        Beneficiary = "beneficiary", "bénéficiaire", "beneficiary";
        Party = "party", "partie à une convention", "party to an agreement";
    }
}

/// A recusal to think of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProposedRecusal {
    pub person: Id,
    /// The name, as a roster prints it.
    pub name: Option<String>,
    /// The agenda item.
    pub item: Id,
    pub declaration: DeclarationLink,
    /// Each place where it was met.
    pub because: Vec<Met>,
    /// Whether the record of the sitting holds a recusal of that person on that item.
    pub already_recorded: bool,
}

/// The declaration that a proposal rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeclarationLink {
    pub id: Id,
    pub href: String,
    pub kind: DeclarationKind,
    pub organisation: Option<String>,
    /// Whether the person sits there as a representative designated by law (CGCT L1111-6).
    pub legal_representative: Answer,
}

/// One reason for a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Met {
    pub by: InterestGround,
    /// What was met, as it stands there.
    pub matched: String,
    #[serde(rename = "where")]
    pub place: InterestPlace,
    /// The deliberation in which it stands; null: in the agenda itself.
    pub act: Option<Id>,
}

/// A declaration in force on the day of the sitting, of someone whom the sitting concerns.
pub struct Declared<'a> {
    pub id: Id,
    pub name: Option<String>,
    pub declaration: &'a InterestDeclaration,
}

/// Every declaration on every item that it meets, in the order of the agenda. `acts`: those of the sitting, drafts included.
pub fn proposed_recusals(sitting: &SittingRecord, acts: &[(Id, DeliberationRecord)], declared: &[Declared<'_>]) -> Vec<ProposedRecusal> {
    let names = Names::of(sitting);
    let mut proposals = Vec::new();
    for item in &sitting.agenda {
        let texts = Texts::of(item, acts);
        for Declared { id, name, declaration } in declared {
            let because = texts.met_by(declaration);
            if because.is_empty() {
                continue;
            }
            proposals.push(ProposedRecusal {
                person: declaration.person,
                name: name.clone(),
                item: item.id,
                declaration: DeclarationLink {
                    id: *id,
                    href: format!("/v1/interest-declarations/{id}"),
                    kind: declaration.kind,
                    organisation: declaration.organisation.clone(),
                    legal_representative: declaration.legal_representative,
                },
                because,
                already_recorded: is_recorded(sitting, &names, declaration.person, item.id),
            });
        }
    }
    proposals
}

/// Whether a list of attendance of the sitting names the person.
pub fn is_listed(sitting: &SittingRecord, person: Id) -> bool {
    let names = Names::of(sitting);
    sitting.attendance.iter().flat_map(|list| &list.entries).any(|entry| is(&names, &person_of(entry), person))
}

fn is(names: &Names, person: &PersonRef, id: Id) -> bool {
    names.key(person) == Some(id.to_string())
}

/// A recusal on an item holds for what is part of it.
fn is_recorded(sitting: &SittingRecord, names: &Names, person: Id, item: Id) -> bool {
    let items = lineage(sitting, item);
    let mut recusals = sitting.recusals.iter().flatten();
    recusals.any(|r| r.covers.iter().any(|covered| items.contains(covered)) && r.person.as_ref().is_some_and(|p| is(names, p, person)))
}

/// What is read of an item: its texts and whom they benefit, with where they stand.
#[derive(Default)]
struct Texts<'a> {
    titles: Vec<(InterestPlace, Option<Id>, &'a str)>,
    names: Vec<(InterestPlace, Option<Id>, &'a str)>,
    numbers: Vec<(InterestPlace, Option<Id>, &'a PrintedNumber)>,
}

impl<'a> Texts<'a> {
    fn of(item: &'a AgendaItem, acts: &'a [(Id, DeliberationRecord)]) -> Self {
        let mut texts = Self::default();
        texts.titles.extend(item.title.as_deref().map(|title| (InterestPlace::ItemTitle, None, title)));
        for (id, act) in acts.iter().filter(|(_, act)| act.agenda_items.contains(&item.id)) {
            let report = act.report.as_ref().and_then(|report| report.title.as_deref());
            texts.titles.extend(report.map(|title| (InterestPlace::ReportTitle, Some(*id), title)));
            texts.titles.push((InterestPlace::ActTitle, Some(*id), &act.title));
            for beneficiary in &act.beneficiaries {
                let stands = |text| (InterestPlace::Beneficiary, Some(*id), text);
                texts.names.extend([&beneficiary.name, &beneficiary.designation].into_iter().flatten().map(String::as_str).map(stands));
                let numbers = [&beneficiary.siret, &beneficiary.siren].into_iter().flatten();
                texts.numbers.extend(numbers.map(|number| (InterestPlace::Beneficiary, Some(*id), number)));
            }
            for party in act.agreements.iter().flat_map(|agreement| &agreement.parties) {
                texts.names.extend(party.name.as_deref().map(|name| (InterestPlace::Party, Some(*id), name)));
                texts.numbers.extend(party.siret.as_ref().map(|number| (InterestPlace::Party, Some(*id), number)));
            }
        }
        texts
    }

    fn met_by(&self, declaration: &InterestDeclaration) -> Vec<Met> {
        let mut met: Vec<Met> = Vec::new();
        let mut add = |by, place, act, matched: &str| {
            let one = Met { by, matched: matched.to_owned(), place, act };
            if !met.contains(&one) {
                met.push(one);
            }
        };
        if let Some(declared) = &declaration.siret {
            for (place, act, number) in &self.numbers {
                if let Some(digits) = digits(number).filter(|digits| same_body(declared, digits)) {
                    add(InterestGround::Siret, *place, *act, &digits);
                }
            }
        }
        if let Some(organisation) = &declaration.organisation {
            for (place, act, text) in self.titles.iter().chain(&self.names).filter(|(.., text)| has_words(text, organisation)) {
                add(InterestGround::Organisation, *place, *act, text);
            }
        }
        for matter in &declaration.matters {
            for (place, act, _) in self.titles.iter().filter(|(.., text)| has_words(text, matter)) {
                add(InterestGround::Matter, *place, *act, matter);
            }
        }
        met
    }
}

/// The digits of a number: as read, else those printed.
fn digits(number: &PrintedNumber) -> Option<String> {
    let text = number.digits.as_deref().or(number.text.as_deref())?;
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

/// A SIREN is a legal person, and the SIRETs that begin with it its establishments.
fn same_body(one: &str, other: &str) -> bool {
    let of_siren = |siren: &str, siret: &str| siren.len() == 9 && siret.starts_with(siren);
    one == other || of_siren(one, other) || of_siren(other, one)
}

/// Whether the words stand in the text as they follow each other, whatever their case, accents and punctuation. Whole words: a SEM is not in an
/// "ensemble".
fn has_words(text: &str, words: &str) -> bool {
    let words = fold(words);
    !words.is_empty() && format!(" {} ", fold(text)).contains(&format!(" {words} "))
}
