//! Subventions 2.1.1: one row for each legal person to whom an adopted act grants an amount. What the schema requires and the record does not say is
//! not made up: then there is no row.

use super::{Given, Missing, WithheldReason, authority_number, one_line};
use crate::publish::csv::text;
use crate::publish::public_act::{Decided, PublicAct, siret};
use crate::record::{
    Agreement, Amount, Answer, Authority, Beneficiary, BeneficiaryKind, GrantNature, GrantTerms, Money, PrintedNumber, PrintedPeriod, fold,
};

/// The columns, in the order of the schema.
pub const HEADER: [&str; 16] = [
    "nomAttribuant",
    "idAttribuant",
    "dateConvention",
    "referenceDecision",
    "nomBeneficiaire",
    "idBeneficiaire",
    "rnaBeneficiaire",
    "objet",
    "montant",
    "nature",
    "conditionsVersement",
    "datesPeriodeVersement",
    "idRAE",
    "notificationUE",
    "pourcentageSubvention",
    "dispositifAide",
];

/// Longest text of the schema, in characters.
const LONGEST: usize = 256;

/// The rows of an act, and what is left out of them.
pub fn grants(authority: &Authority, act: &PublicAct) -> Given {
    let mut given = Given::default();
    if act.decided() != Decided::Yes {
        return given;
    }
    for (place, beneficiary) in act.record.beneficiaries.iter().enumerate() {
        let mut missing = Missing { beneficiary: Some(place + 1), ..Missing::default() };
        given.rows.extend(row(authority, act, beneficiary, &mut missing));
        given.withheld.append(&mut missing.withheld);
    }
    given
}

fn row(authority: &Authority, act: &PublicAct, beneficiary: &Beneficiary, missing: &mut Missing) -> Option<Vec<String>> {
    use WithheldReason as Why;
    let kind = match beneficiary.kind {
        BeneficiaryKind::LegalPerson => Ok(()),
        BeneficiaryKind::NaturalPerson => Err(Why::NaturalPerson),
        BeneficiaryKind::Unstated => Err(Why::BeneficiaryKindUnstated),
    };
    // Nothing else is told of somebody who may be a natural person.
    missing.required("nomBeneficiaire", kind)?;
    let terms = beneficiary.grant.as_ref();
    let agreement = agreement(act, beneficiary);
    let granter = missing.required("idAttribuant", authority_number(authority));
    let signed = missing.required(
        "dateConvention",
        match agreement {
            None => Err(Why::AgreementMissing),
            Some(agreement) => agreement.signed.as_ref().and_then(|signed| signed.date).ok_or(Why::AgreementUnsigned),
        },
    );
    let name = beneficiary.name.as_deref().or(beneficiary.designation.as_deref()).map(one_line).filter(|name| !name.is_empty());
    let name = missing.required("nomBeneficiaire", name.ok_or(Why::BeneficiaryName));
    let number = missing.required("idBeneficiaire", beneficiary.siret.as_ref().and_then(checked).ok_or(Why::BeneficiaryNumber));
    let amount = missing.required("montant", amount(beneficiary.amount.as_ref()));
    let nature = missing.required("nature", nature(terms));
    let conditions = terms.and_then(|terms| terms.payment.as_deref()).or_else(|| agreement?.payment.as_deref());
    let conditions = conditions.map(one_line).filter(|text| !text.is_empty());
    let conditions = missing.required("conditionsVersement", conditions.ok_or(Why::PaymentUnstated));
    let dates = missing.required("datesPeriodeVersement", terms.and_then(|terms| period(terms.paid.as_ref()?)).ok_or(Why::PaymentDatesUnstated));
    let notified = missing.required(
        "notificationUE",
        match terms.map(|terms| terms.notified_to_eu) {
            Some(Answer::Yes) => Ok("oui"),
            Some(Answer::No) => Ok("non"),
            Some(Answer::Unstated) | None => Err(Why::EuNoticeUnstated),
        },
    );
    let share = missing.required("pourcentageSubvention", share(act, beneficiary, agreement).ok_or(Why::ShareUnstated));
    let object = [beneficiary.object.as_deref(), agreement.and_then(|agreement| agreement.object.as_deref())].into_iter().flatten().next();
    let row = vec![
        text(Some(&authority.name)),
        granter?,
        signed?.to_string(),
        text(act.number.as_deref()),
        text(Some(&name?)),
        number?,
        String::new(),
        cut(&one_line(object.unwrap_or(&act.record.title)), "objet", missing),
        amount?.to_string(),
        nature?.to_owned(),
        cut(&conditions?, "conditionsVersement", missing),
        dates?,
        String::new(),
        notified?.to_owned(),
        share?.to_string(),
        String::new(),
    ];
    Some(row)
}

/// The agreement with the beneficiary: one of whose parties has its SIRET or its name, or the only one of an act for one beneficiary.
fn agreement<'a>(act: &'a PublicAct, beneficiary: &Beneficiary) -> Option<&'a Agreement> {
    let named = [&beneficiary.name, &beneficiary.designation].map(|name| name.as_deref().map(fold));
    let number = beneficiary.siret.as_ref().and_then(checked);
    let is_party = |agreement: &&Agreement| {
        agreement.parties.iter().any(|party| {
            let same_number = number.is_some() && party.siret.as_ref().and_then(checked) == number;
            let same_name = party.name.as_deref().map(fold).is_some_and(|name| named.iter().flatten().any(|own| *own == name));
            same_number || same_name
        })
    };
    let mut with = act.record.agreements.iter().filter(is_party);
    match (with.next(), with.next()) {
        (Some(only), None) => Some(only),
        (Some(_), Some(_)) => None,
        _ => match (act.record.agreements.as_slice(), act.record.beneficiaries.len()) {
            // An agreement that names its parties names this one, or is with another.
            ([only], 1) if only.parties.is_empty() => Some(only),
            _ => None,
        },
    }
}

fn checked(number: &PrintedNumber) -> Option<String> {
    siret(number.digits.as_deref().or(number.text.as_deref())?)
}

fn amount(money: Option<&Money>) -> Result<Amount, WithheldReason> {
    let money = money.ok_or(WithheldReason::AmountUnstated)?;
    let amount = money.amount.ok_or(WithheldReason::AmountUnstated)?;
    if money.currency.as_deref().is_none_or(|currency| currency == "EUR") { Ok(amount) } else { Err(WithheldReason::AmountNotInEuros) }
}

fn nature(terms: Option<&GrantTerms>) -> Result<&'static str, WithheldReason> {
    match terms.map(|terms| terms.nature) {
        Some(GrantNature::InCash) => Ok("aide en numéraire"),
        Some(GrantNature::InKind) => Ok("aide en nature"),
        Some(GrantNature::Both) => Ok("aide en numéraire;aide en nature"),
        Some(GrantNature::Unstated) | None => Err(WithheldReason::NatureUnstated),
    }
}

/// A day, or a period with both its ends.
fn period(period: &PrintedPeriod) -> Option<String> {
    match (period.from?, period.to?) {
        (from, to) if from == to => Some(from.to_string()),
        (from, to) if from < to => Some(format!("{from}/{to}")),
        _ => None,
    }
}

/// As stated. One beneficiary whose agreement is for just its amount has all of it: that is arithmetic.
fn share(act: &PublicAct, beneficiary: &Beneficiary, agreement: Option<&Agreement>) -> Option<Amount> {
    let (least, all) = (Amount::from_cents(1), Amount::from_cents(100));
    if let Some(stated) = beneficiary.grant.as_ref().and_then(|terms| terms.share) {
        return (least..=all).contains(&stated).then_some(stated);
    }
    let own = beneficiary.amount.as_ref().and_then(Money::cents)?;
    let agreed = agreement?.amount.as_ref().and_then(Money::cents)?;
    let shared = act.record.beneficiaries.iter().filter(|other| self::agreement(act, other) == agreement).count() > 1;
    (own == agreed && !shared).then_some(all)
}

/// A text of at most 256 characters, its quote for spreadsheets included.
fn cut(whole: &str, column: &'static str, missing: &mut Missing) -> String {
    let cell = text(Some(whole));
    if cell.chars().count() <= LONGEST {
        return cell;
    }
    missing.note(false, column, WithheldReason::TextCut);
    cell.chars().take(LONGEST - 1).chain(['…']).collect()
}
