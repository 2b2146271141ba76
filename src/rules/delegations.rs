//! By what right an act was taken and signed: the powers delegated to a permanent commission, the delegation of signature. The registers settle
//! it where they hold something; where they hold nothing, only the recitals tell.

use chrono::NaiveDate;

use super::act::{Case, flat};
use super::made::words;
use super::profile::{self, RuleId};
use crate::record::names::{fold, folded};
use crate::record::{
    Computed, DeliberationRecord, Finding, FindingCode, FindingLabel, PersonRef, PowersDelegation, Recital, Reference, ReferenceKind, Signature,
    SignatureDelegation,
};

/// What the authority has entered in its registers: all of it, whatever the body and the day.
#[derive(Clone, Copy, Debug, Default)]
pub struct Registers<'a> {
    pub powers: &'a [PowersDelegation],
    pub signatures: &'a [SignatureDelegation],
}

/// Signed "for" the authority by another hand: by delegation, which counts once it is published and transmitted (CE, 8 novembre 2017, n° 406876).
pub fn signature(case: &Case) -> Vec<Finding> {
    case.act.signatures.iter().filter(|signature| for_another(signature)).find_map(|signature| unsettled(case, signature)).into_iter().collect()
}

fn for_another(signature: &Signature) -> bool {
    let formula = fold(signature.formula.as_deref().unwrap_or_default());
    let other_hand = signature.signatory.is_none() || signature.authority.as_ref().map(folded) != signature.signatory.as_ref().map(folded);
    formula.starts_with("pour ") && other_hand
}

/// What is wrong with one signature; `None`: nothing.
fn unsettled(case: &Case, signature: &Signature) -> Option<Finding> {
    let day = signature.date.unwrap_or(case.sitting.date);
    let applies = |order: &&SignatureDelegation| {
        let of_body = order.body.is_none_or(|body| body == case.sitting.body);
        of_body
            && in_force(order.valid_from.or(order.order_date), order.valid_to, day)
            && covers(&order.matter_codes, case.act)
            && is_for(order, signature)
    };
    let orders: Vec<&SignatureDelegation> = case.body.registers.signatures.iter().filter(applies).collect();
    let Some(order) = orders.first() else { return uncited(case, signature) };
    if orders.iter().any(|order| not_yet(order, day).is_empty()) {
        return None;
    }
    let lacks = not_yet(order, day);
    let (fr, en): (Vec<&str>, Vec<&str>) = lacks.iter().map(|lack| (lack.fr, lack.en)).unzip();
    let number = &order.order_number;
    let label = words(
        format!("Délégation de signature : au {day}, l'arrêté {number} n'est pas {} d'après le registre", fr.join(" ni ")),
        format!("Delegation of signature: on {day}, order {number} is not {}, says the register", en.join(" nor ")),
    );
    let texts = std::iter::once(number.clone()).chain(lacks.iter().map(|lack| lack.fact.to_owned())).collect();
    Some(case.finding(RuleId::ActSignature, FindingCode::ActSignatureDelegation, Computed::Texts { texts }, label))
}

/// What an order wants to be enforceable.
struct Lack {
    fact: &'static str,
    fr: &'static str,
    en: &'static str,
}

/// What had not been done yet on a day, as far as the register knows.
fn not_yet(order: &SignatureDelegation, day: NaiveDate) -> Vec<Lack> {
    let facts = [
        (order.published_on, Lack { fact: "published_on", fr: "publié", en: "published" }),
        (order.transmitted_on, Lack { fact: "transmitted_on", fr: "transmis", en: "transmitted" }),
    ];
    facts.into_iter().filter(|(done, _)| done.is_none_or(|done| done > day)).map(|(_, lack)| lack).collect()
}

/// A delegation is given to a person: a title serves only where the names neither tell that person nor another.
fn is_for(order: &SignatureDelegation, signature: &Signature) -> bool {
    if let Some(same) = signature.signatory.as_ref().and_then(|hand| same_person(&order.delegate, hand)) {
        return same;
    }
    let title = |text: &Option<String>| text.as_deref().map(title).filter(|title| !title.is_empty());
    title(&order.title).is_some_and(|own| Some(own) == title(&signature.title))
}

/// `None`: it cannot be told.
fn same_person(one: &PersonRef, other: &PersonRef) -> Option<bool> {
    if let (Some(one), Some(other)) = (one.person, other.person) {
        return Some(one == other);
    }
    let (name, other_name) = (folded(one), folded(other));
    if name.is_empty() || other_name.is_empty() {
        return None;
    }
    if name == other_name {
        return Some(true);
    }
    // One may be written without the given name: then it is the same family name, and no more.
    let within = |part: &str, whole: &str| whole.split(' ').collect::<Vec<_>>().ends_with(&part.split(' ').collect::<Vec<_>>());
    if within(&name, &other_name) || within(&other_name, &name) { None } else { Some(false) }
}

/// "La Directrice générale des services," and "Directrice générale des services" are one title.
fn title(text: &str) -> String {
    let folded = fold(text);
    folded.strip_prefix("la ").or_else(|| folded.strip_prefix("le ")).or_else(|| folded.strip_prefix("l ")).unwrap_or(&folded).to_owned()
}

/// The register knows no delegation: the act should cite one, so that it can be checked that it was published.
fn uncited(case: &Case, signature: &Signature) -> Option<Finding> {
    let cited = flat(&case.act.recitals).into_iter().any(|recital| {
        let text = fold(&recital.text);
        let by_order = text.contains("arrete") && text.contains("delegation");
        text.contains("delegation de signature") || by_order
    });
    if cited {
        return None;
    }
    let (formula, title) = (signature.formula.clone().unwrap_or_default(), signature.title.clone().unwrap_or_default());
    let label = words(
        format!("Signé « {formula} {title} » : aucune délégation de signature n'est citée"),
        format!("Signed \"{formula} {title}\": no delegation of signature is cited"),
    );
    let computed = Computed::Texts { texts: vec![formula, title] };
    Some(case.finding(RuleId::ActSignature, FindingCode::ActSignatureDelegation, computed, label))
}

/// A permanent commission acts by delegation.
pub fn competence(case: &Case) -> Vec<Finding> {
    if profile::applicable(RuleId::ActCompetence, case.body, case.sitting.date).is_none() {
        return Vec::new();
    }
    let own: Vec<&PowersDelegation> = case.body.registers.powers.iter().filter(|powers| powers.body == case.sitting.body).collect();
    let settled = own.iter().any(|powers| holds(powers, case.sitting.date) && covers(&powers.matter_codes, case.act));
    let found = match cited_amiss(case) {
        Some(amiss) => Some(amiss),
        None if settled => None,
        None if own.is_empty() => no_recital(case),
        None => Some(not_covered(case, &own)),
    };
    found.map(|(computed, label)| case.finding(RuleId::ActCompetence, FindingCode::ActCompetenceUnverified, computed, label)).into_iter().collect()
}

type Told = (Computed, FindingLabel);

/// A delegation that the act cites, and that the register knows as another body's or as not in force on that day. One that is cited beside the
/// right one is history: "modifiée par…".
fn cited_amiss(case: &Case) -> Option<Told> {
    let day = case.sitting.date;
    let mut amiss = None;
    for reference in flat(&case.act.recitals).into_iter().filter_map(|recital| recital.reference.as_ref()) {
        let known: Vec<&PowersDelegation> = case.body.registers.powers.iter().filter(|powers| is_cited(powers, reference)).collect();
        let of_body = |powers: &&&PowersDelegation| powers.body == case.sitting.body;
        if known.iter().filter(of_body).any(|powers| holds(powers, day)) {
            return None;
        }
        if let (None, Some(first)) = (&amiss, known.first()) {
            let number = &first.deliberation_number;
            amiss = Some(if known.iter().any(|powers| of_body(&powers)) {
                told(
                    vec![number.clone(), "not_in_force".to_owned()],
                    format!("La délibération {number}, visée, n'est pas en vigueur le {day} d'après le registre des délégations de pouvoirs"),
                    format!("Deliberation {number}, which is cited, is not in force on {day}, says the register of delegated powers"),
                )
            } else {
                told(
                    vec![number.clone(), "other_body".to_owned()],
                    format!("La délibération {number}, visée, délègue des pouvoirs à une autre instance d'après le registre"),
                    format!("Deliberation {number}, which is cited, delegates powers to another body, says the register"),
                )
            });
        }
    }
    amiss
}

/// The same number; numbers begin again, so the same day as well where both are known.
fn is_cited(powers: &PowersDelegation, reference: &Reference) -> bool {
    let same_day = reference.date.zip(powers.deliberation_date).is_none_or(|(one, other)| one == other);
    let number = reference.number.as_deref().map(fold).filter(|number| !number.is_empty());
    reference.kind == ReferenceKind::Deliberation && same_day && number == Some(fold(&powers.deliberation_number))
}

/// The register is not empty for the body, and nothing in it covers the act: which were looked at, and why each is not enough.
fn not_covered(case: &Case, own: &[&PowersDelegation]) -> Told {
    let day = case.sitting.date;
    let why = |powers: &&PowersDelegation| {
        let number = &powers.deliberation_number;
        if holds(powers, day) {
            let codes = powers.matter_codes.join(", ");
            (format!("{number} (matières {codes})"), format!("{number} (matters {codes})"))
        } else {
            (format!("{number} (pas en vigueur)"), format!("{number} (not in force)"))
        }
    };
    let (fr, en): (Vec<String>, Vec<String>) = own.iter().map(why).unzip();
    let unclassed = case.act.matter_codes.is_empty();
    let (because, because_en) = if unclassed { (" ; l'acte n'a pas de matière", "; the act has no matter") } else { ("", "") };
    told(
        own.iter().map(|powers| powers.deliberation_number.clone()).collect(),
        format!("Aucune délégation de pouvoirs du registre ne couvre l'acte au {day} : {}{because}", fr.join(", ")),
        format!("No delegation of powers in the register covers the act on {day}: {}{because_en}", en.join(", ")),
    )
}

/// The register is empty for the body: some recital should cite a deliberation that reads as a delegation.
fn no_recital(case: &Case) -> Option<Told> {
    let delegates = |recital: &&Recital| {
        let deliberation = recital.reference.as_ref().is_none_or(|reference| reference.kind == ReferenceKind::Deliberation);
        let text = fold(&recital.text);
        let powers = ["attribution", "competence", "pouvoir", "commission permanente"].iter().any(|word| text.contains(word));
        deliberation && text.contains("deliberation") && text.contains("delegation") && powers
    };
    if flat(&case.act.recitals).iter().any(delegates) {
        return None;
    }
    let label = words(
        "Aucune délibération déléguant une partie de ses attributions à la commission permanente n'est visée",
        "No deliberation that delegates powers to the permanent commission is cited",
    );
    Some((Computed::Missing { missing: vec!["delegation_of_powers"] }, label))
}

fn told(texts: Vec<String>, fr: String, en: String) -> Told {
    (Computed::Texts { texts }, words(fr, en))
}

/// Not before it was deliberated, where the register does not say from when.
fn holds(powers: &PowersDelegation, day: NaiveDate) -> bool {
    in_force(powers.valid_from.or(powers.deliberation_date), powers.valid_to, day)
}

fn in_force(from: Option<NaiveDate>, to: Option<NaiveDate>, day: NaiveDate) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

/// `[]` covers any act; `7` covers `7.5`, and `7.1` does not cover `7.10`.
fn covers(codes: &[String], act: &DeliberationRecord) -> bool {
    let path = |code: &str| code.split('.').map(|level| level.trim_start_matches('0').to_owned()).collect::<Vec<_>>();
    codes.is_empty() || act.matter_codes.iter().any(|own| codes.iter().any(|code| path(&own.code).starts_with(&path(code))))
}
