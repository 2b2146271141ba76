//! Words of recitals: what a visa refers to.

use crate::record::ReferenceKind;

/// How the reference of a visa begins, behind its article ("le", "la").
pub const KINDS: &[(&str, ReferenceKind)] = &[
    ("code", ReferenceKind::Code),
    ("loi", ReferenceKind::Law),
    ("loi organique", ReferenceKind::Law),
    ("ordonnance", ReferenceKind::Law),
    ("decret", ReferenceKind::Decree),
    ("arrete", ReferenceKind::Order),
    ("reglement (ue)", ReferenceKind::European),
    ("reglement (ce)", ReferenceKind::European),
    ("reglement ue", ReferenceKind::European),
    ("reglement europeen", ReferenceKind::European),
    ("directive", ReferenceKind::European),
    ("traite sur le fonctionnement", ReferenceKind::European),
    ("deliberation~", ReferenceKind::Deliberation),
    ("reglement interieur", ReferenceKind::InternalRules),
    ("rapport~", ReferenceKind::Report),
    ("note de synthese", ReferenceKind::Report),
    ("avis", ReferenceKind::CommissionOpinion),
    ("demande~", ReferenceKind::Request),
    ("courrier", ReferenceKind::Request),
];

/// Dropped before the reference.
pub const LEADS: &[&str] = &["le", "la", "les", "l'", "du", "de la", "de l'", "ensemble", ":"];

/// Behind articles: what they are of.
pub const ARTICLES_OF: &[&str] = &["du code", "de la loi", "de l'ordonnance", "du decret", "du reglement interieur"];

/// Before the title of a law.
pub const ABOUT: &[&str] = &["relati*", "portant", "modifi*", "pour", "tendant", "visant", "instituant", "fixant"];

/// Before the articles of a code.
pub const ARTICLES: &[&str] = &["articles", "article", "art."];

/// Bodies that take deliberations or have internal rules.
pub const BODIES: &[&str] = &[
    "conseil departemental",
    "conseil general",
    "conseil regional",
    "conseil municipal",
    "conseil communautaire",
    "conseil metropolitain",
    "commission permanente",
    "comite syndical",
    "conseil syndical",
    "assemblee departementale",
    "conseil de communaute",
];

/// Committees that give opinions.
pub const COMMISSIONS: &[&str] = &["commission", "comite", "bureau"];
