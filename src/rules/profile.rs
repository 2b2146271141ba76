//! What the law says of each kind of body, as far as the rules use it. The next step dates it and adds the bodies' own rules.

use chrono::NaiveDate;

use crate::record::{BodyKind, Certainty};

/// How quorum is counted in a kind of body.
pub(super) struct Quorum {
    /// Whether members who are represented count.
    pub(super) represented_count: bool,
    pub(super) legal_basis: &'static str,
    pub(super) certainty: Certainty,
}

/// None where no text is known.
pub(super) const fn quorum(body: BodyKind) -> Option<Quorum> {
    let (represented_count, legal_basis, certainty) = match body {
        BodyKind::DepartmentalCouncil => (false, "CGCT L3121-14", Certainty::Verified2015),
        BodyKind::DepartmentalPermanentCommission => (true, "CGCT L3121-14-1", Certainty::Verified2015),
        BodyKind::RegionalCouncil => (false, "CGCT L4132-13", Certainty::Partial),
        BodyKind::RegionalPermanentCommission => (true, "CGCT L4132-13-1", Certainty::Partial),
        BodyKind::MunicipalCouncil => (false, "CGCT L2121-17", Certainty::Partial),
        BodyKind::IntercommunalCouncil => (false, "CGCT L5211-1, L2121-17", Certainty::Partial),
        BodyKind::CorsicanAssembly => (true, "CGCT L4422-7", Certainty::Verified2015),
        BodyKind::LyonMetropolisCouncil | BodyKind::Committee | BodyKind::Other => return None,
    };
    Some(Quorum { represented_count, legal_basis, certainty })
}

/// Proxies: one for each holder. No text says that the article on the plenary applies to a permanent commission as such; the text on its quorum
/// presupposes proxies.
pub(super) fn proxies(body: BodyKind) -> (Vec<&'static str>, Certainty) {
    match body {
        BodyKind::DepartmentalCouncil => (vec!["CGCT L3121-16"], Certainty::Verified2015),
        BodyKind::DepartmentalPermanentCommission => (vec!["CGCT L3121-14-1", "CGCT L3121-16"], Certainty::Partial),
        BodyKind::RegionalCouncil => (vec!["CGCT L4132-15"], Certainty::Verified2015),
        BodyKind::RegionalPermanentCommission => (vec!["CGCT L4132-13-1", "CGCT L4132-15"], Certainty::Partial),
        BodyKind::MunicipalCouncil => (vec!["CGCT L2121-20"], Certainty::Verified2015),
        BodyKind::IntercommunalCouncil => (vec!["CGCT L5211-1", "CGCT L2121-20"], Certainty::Partial),
        BodyKind::CorsicanAssembly => (vec!["CGCT L4422-7"], Certainty::Verified2015),
        BodyKind::LyonMetropolisCouncil | BodyKind::Committee | BodyKind::Other => (Vec::new(), Certainty::Unverified),
    }
}

/// The majority of the votes cast.
pub(super) fn majority(body: BodyKind) -> (Vec<&'static str>, Certainty) {
    match body {
        BodyKind::DepartmentalCouncil => (vec!["CGCT L3121-14 al. 3"], Certainty::Verified2015),
        BodyKind::DepartmentalPermanentCommission => (vec!["CGCT L3121-14-1", "CGCT L3121-14 al. 3"], Certainty::Verified2015),
        BodyKind::MunicipalCouncil => (vec!["CGCT L2121-20"], Certainty::Verified2015),
        _ => (Vec::new(), Certainty::Unverified),
    }
}

/// Interested members, by the day of the sitting: the article on departments and regions exists since 24 December 2025.
pub(super) fn interest(body: BodyKind, on: NaiveDate) -> (Vec<&'static str>, Certainty) {
    let article = NaiveDate::from_ymd_opt(2025, 12, 24).is_some_and(|day| on >= day);
    match body {
        BodyKind::DepartmentalCouncil | BodyKind::DepartmentalPermanentCommission if article => (vec!["CGCT L3132-5"], Certainty::Partial),
        BodyKind::RegionalCouncil | BodyKind::RegionalPermanentCommission if article => (vec!["CGCT L4142-5"], Certainty::Partial),
        BodyKind::DepartmentalCouncil
        | BodyKind::DepartmentalPermanentCommission
        | BodyKind::RegionalCouncil
        | BodyKind::RegionalPermanentCommission => (vec!["CE 6 juin 1997, SERTIM"], Certainty::Verified),
        BodyKind::MunicipalCouncil => (vec!["CGCT L2131-11"], Certainty::Partial),
        _ => (Vec::new(), Certainty::Unverified),
    }
}

/// Ballots by show of hands, public or secret. In a permanent commission the internal rules say, in the words of the plenary's text by default.
pub(super) fn mode(body: BodyKind) -> (Vec<&'static str>, Certainty) {
    match body {
        BodyKind::DepartmentalCouncil => (vec!["CGCT L3121-15"], Certainty::Verified2015),
        BodyKind::DepartmentalPermanentCommission => (vec!["CGCT L3121-15"], Certainty::Partial),
        BodyKind::RegionalCouncil | BodyKind::RegionalPermanentCommission => (vec!["CGCT L4132-14"], Certainty::Partial),
        BodyKind::MunicipalCouncil => (vec!["CGCT L2121-21"], Certainty::Partial),
        _ => (Vec::new(), Certainty::Unverified),
    }
}

/// Whether the body acts by powers that another one delegated to it.
pub(super) const fn has_delegated_powers(body: BodyKind) -> bool {
    matches!(body, BodyKind::DepartmentalPermanentCommission | BodyKind::RegionalPermanentCommission)
}
