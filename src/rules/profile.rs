//! Legal profiles: which text governs what, for each kind of body and at each date, with the certainty that the project's page on the law
//! gives it (`law-and-standards.md`). What that page marks as unread is `unverified` here, however well known it is.

use chrono::NaiveDate;

use super::made::Basis;
use crate::record::{BodyKind, Certainty};

const fn basis(certainty: Certainty, articles: &'static [&'static str]) -> Basis {
    Basis { certainty, articles }
}

/// Entry into force of loi n° 2025-1249 of 22 December 2025, article 32, which created CGCT L3132-5 and L4142-5.
pub const fn interest_law_of_2025() -> NaiveDate {
    date(2025, 12, 24)
}

/// Loi 3DS: representatives designated by law leave the members in office of a municipal council (L2131-11).
const fn law_3ds() -> NaiveDate {
    date(2022, 2, 23)
}

const fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

/// The quorum: more than half of the members in office.
pub struct Quorum {
    /// Whether the represented count.
    pub represented: bool,
    pub basis: Basis,
}

/// `None`: no text known to the register sets one.
pub fn quorum(body: BodyKind) -> Option<Quorum> {
    let (represented, certainty, articles): (bool, Certainty, &'static [&'static str]) = match body {
        BodyKind::DepartmentalCouncil => (false, Certainty::Verified2015, &["CGCT L3121-14"]),
        BodyKind::DepartmentalPermanentCommission => (true, Certainty::Verified2015, &["CGCT L3121-14-1"]),
        BodyKind::RegionalCouncil => (false, Certainty::Unverified, &["CGCT L4132-13"]),
        BodyKind::RegionalPermanentCommission => (true, Certainty::Unverified, &["CGCT L4132-13-1"]),
        BodyKind::MunicipalCouncil => (false, Certainty::Unverified, &["CGCT L2121-17"]),
        BodyKind::IntercommunalCouncil => (false, Certainty::Unverified, &["CGCT L5211-1", "CGCT L2121-17"]),
        BodyKind::CorsicanAssembly => (true, Certainty::Verified2015, &["CGCT L4422-7"]),
        BodyKind::LyonMetropolisCouncil | BodyKind::Committee | BodyKind::Other => return None,
    };
    Some(Quorum { represented, basis: basis(certainty, articles) })
}

/// What becomes, for the quorum, of recused members who represent the authority by law on the body concerned (L1111-6 II).
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Representatives {
    /// They stay among the members in office.
    Stay,
    Leave,
    /// Whether the text on the council holds for its permanent commission is not settled: both readings are shown.
    Unsettled,
}

pub fn representatives(body: BodyKind, at: NaiveDate) -> Representatives {
    match body {
        BodyKind::MunicipalCouncil | BodyKind::IntercommunalCouncil if at >= law_3ds() => Representatives::Leave,
        BodyKind::DepartmentalCouncil | BodyKind::RegionalCouncil if at >= interest_law_of_2025() => Representatives::Leave,
        BodyKind::DepartmentalPermanentCommission | BodyKind::RegionalPermanentCommission if at >= interest_law_of_2025() => {
            Representatives::Unsettled
        }
        _ => Representatives::Stay,
    }
}

/// One proxy to a holder. In a permanent commission it is for the internal rules, which default to the text on the council.
pub fn proxy(body: BodyKind) -> Basis {
    match body {
        BodyKind::DepartmentalCouncil => basis(Certainty::Verified2015, &["CGCT L3121-16"]),
        BodyKind::DepartmentalPermanentCommission => basis(Certainty::InternalRules, &["règlement intérieur", "CGCT L3121-16"]),
        BodyKind::RegionalCouncil => basis(Certainty::Verified2015, &["CGCT L4132-15"]),
        BodyKind::RegionalPermanentCommission => basis(Certainty::InternalRules, &["règlement intérieur", "CGCT L4132-15"]),
        BodyKind::MunicipalCouncil => basis(Certainty::Verified2015, &["CGCT L2121-20"]),
        BodyKind::IntercommunalCouncil => basis(Certainty::Unverified, &["CGCT L5211-1", "CGCT L2121-20"]),
        BodyKind::CorsicanAssembly => basis(Certainty::Verified2015, &["CGCT L4422-7"]),
        _ => basis(Certainty::InternalRules, &["règlement intérieur"]),
    }
}

/// The majority of votes cast: one vote for each member who votes.
pub fn majority(body: BodyKind) -> Basis {
    match body {
        BodyKind::DepartmentalCouncil => basis(Certainty::Verified2015, &["CGCT L3121-14"]),
        BodyKind::DepartmentalPermanentCommission => basis(Certainty::Verified2015, &["CGCT L3121-14-1", "CGCT L3121-14"]),
        BodyKind::MunicipalCouncil => basis(Certainty::Unverified, &["CGCT L2121-20"]),
        BodyKind::IntercommunalCouncil => basis(Certainty::Unverified, &["CGCT L5211-1", "CGCT L2121-20"]),
        _ => basis(Certainty::Unverified, &["CE, 29 juillet 2002, n° 210587"]),
    }
}

/// The president's casting vote. For a permanent commission it is for the internal rules, which default to the text on the council.
pub fn casting_vote(body: BodyKind) -> Basis {
    match body {
        BodyKind::DepartmentalCouncil => basis(Certainty::Verified2015, &["CGCT L3121-15"]),
        BodyKind::DepartmentalPermanentCommission => basis(Certainty::InternalRules, &["règlement intérieur", "CGCT L3121-15"]),
        BodyKind::RegionalCouncil => basis(Certainty::Unverified, &["CGCT L4132-14"]),
        BodyKind::RegionalPermanentCommission => basis(Certainty::InternalRules, &["règlement intérieur", "CGCT L4132-14"]),
        BodyKind::MunicipalCouncil => basis(Certainty::Unverified, &["CGCT L2121-20"]),
        BodyKind::IntercommunalCouncil => basis(Certainty::Unverified, &["CGCT L5211-1", "CGCT L2121-20"]),
        _ => basis(Certainty::InternalRules, &["règlement intérieur"]),
    }
}

/// Elections: the page on the law has their rules from memory or in part only.
pub fn election(body: BodyKind) -> Basis {
    match body {
        BodyKind::DepartmentalCouncil => basis(Certainty::Unverified, &["CGCT L3122-1", "CGCT L3122-5"]),
        _ => basis(Certainty::Unverified, &[]),
    }
}

/// How votes are given.
pub fn mode(body: BodyKind) -> Basis {
    match body {
        BodyKind::DepartmentalCouncil => basis(Certainty::Verified2015, &["CGCT L3121-15"]),
        BodyKind::DepartmentalPermanentCommission => basis(Certainty::InternalRules, &["règlement intérieur", "CGCT L3121-15"]),
        BodyKind::RegionalCouncil => basis(Certainty::Unverified, &["CGCT L4132-14"]),
        BodyKind::RegionalPermanentCommission => basis(Certainty::InternalRules, &["règlement intérieur", "CGCT L4132-14"]),
        BodyKind::MunicipalCouncil => basis(Certainty::Unverified, &["CGCT L2121-21"]),
        BodyKind::LyonMetropolisCouncil => basis(Certainty::Verified, &["CGCT L3631-7"]),
        _ => basis(Certainty::InternalRules, &["règlement intérieur"]),
    }
}

/// Votes by group, which only the internal rules provide for, if dissenters can state their vote.
pub fn group_vote() -> Basis {
    basis(Certainty::InternalRules, &["règlement intérieur", "Rép. min. n° 06349, JO Sénat, 22 juin 2023"])
}

/// What the minutes say of attendance and quorum.
pub fn minutes(body: BodyKind) -> Basis {
    match body {
        BodyKind::DepartmentalCouncil => basis(Certainty::Verified, &["CGCT L3121-13"]),
        BodyKind::DepartmentalPermanentCommission => basis(Certainty::InternalRules, &["règlement intérieur", "CGCT L3121-13"]),
        BodyKind::RegionalCouncil => basis(Certainty::Unverified, &["CGCT L4132-12"]),
        BodyKind::MunicipalCouncil => basis(Certainty::Unverified, &["CGCT L2121-15"]),
        _ => basis(Certainty::InternalRules, &["règlement intérieur"]),
    }
}

/// An interested member takes no part. Before 24 December 2025 no article said so for a department or a region: the judge did.
pub fn interest(body: BodyKind, at: NaiveDate) -> Basis {
    let department = matches!(body, BodyKind::DepartmentalCouncil | BodyKind::DepartmentalPermanentCommission);
    let region = matches!(body, BodyKind::RegionalCouncil | BodyKind::RegionalPermanentCommission);
    match body {
        _ if (department || region) && at < interest_law_of_2025() => basis(Certainty::Verified, &["CE, 6 juin 1997, SERTIM"]),
        _ if department => basis(Certainty::Partial, &["CGCT L3132-5"]),
        _ if region => basis(Certainty::Partial, &["CGCT L4142-5"]),
        BodyKind::MunicipalCouncil => basis(Certainty::Partial, &["CGCT L2131-11"]),
        BodyKind::IntercommunalCouncil => basis(Certainty::Unverified, &["CGCT L5211-1", "CGCT L2131-11"]),
        _ => basis(Certainty::Unverified, &["CE, 6 juin 1997, SERTIM"]),
    }
}

/// Powers delegated to a permanent commission; `None` for a body that needs no delegation.
pub fn delegated_powers(body: BodyKind) -> Option<Basis> {
    match body {
        BodyKind::DepartmentalPermanentCommission => Some(basis(Certainty::Verified, &["CGCT L3211-2", "CE, 2 mars 2010, RFF, n° 325255"])),
        BodyKind::RegionalPermanentCommission => Some(basis(Certainty::Unverified, &[])),
        _ => None,
    }
}

/// When an act becomes enforceable.
pub fn enforceable(body: BodyKind) -> Basis {
    match body {
        BodyKind::DepartmentalCouncil | BodyKind::DepartmentalPermanentCommission => basis(Certainty::Verified, &["CGCT L3131-1", "CGCT R3131-2"]),
        BodyKind::RegionalCouncil | BodyKind::RegionalPermanentCommission => basis(Certainty::Unverified, &["CGCT L4141-1"]),
        BodyKind::MunicipalCouncil => basis(Certainty::Unverified, &["CGCT L2131-1"]),
        BodyKind::IntercommunalCouncil => basis(Certainty::Unverified, &["CGCT L5211-3", "CGCT L2131-1"]),
        _ => basis(Certainty::Unverified, &[]),
    }
}

/// Signature for the authority, by an official.
pub fn signature(body: BodyKind) -> Basis {
    match body {
        BodyKind::DepartmentalCouncil | BodyKind::DepartmentalPermanentCommission => {
            basis(Certainty::Verified, &["CGCT L3221-3", "CE, 8 novembre 2017, n° 406876"])
        }
        _ => basis(Certainty::Verified, &["CE, 8 novembre 2017, n° 406876"]),
    }
}

/// The order of sitting, opinions and signature follows from the procedure; the page on the law quotes no text for it.
pub fn procedure() -> Basis {
    basis(Certainty::Unverified, &[])
}

/// The number of an act as the schema of @CTES takes it.
pub fn identifier() -> Basis {
    basis(Certainty::Verified, &["@CTES, schéma XSD, NumeroInterne"])
}

/// Amounts and imputations.
pub fn budget() -> Basis {
    basis(Certainty::Unverified, &["CGCT L3312-1"])
}

/// Identification of a beneficiary, as the open data of grants needs it.
pub fn beneficiary() -> Basis {
    basis(Certainty::Unverified, &["décret n° 2017-779", "SCDL Subventions 2.1.1"])
}
