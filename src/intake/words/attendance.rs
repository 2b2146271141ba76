//! Words of attendance: headings, proxies, comings and goings.

use crate::record::{AttendanceStatus, EventKind, VotingRight};

/// Words that a heading of attendance is made of. A phrase of these alone, one of which is in `STATUSES`, is a heading.
pub const HEADING_WORDS: &[&str] = &[
    "a", "a distance", "a la seance", "absent~", "absence~", "ainsi que", "adjoint~", "admini*", "assistai*", "assistant", "au", "au vote", "aussi", "autres", "avaient", "avai~t", "avec", "avoir",
    "ayant", "commission permanente", "communautaire~", "communautaires", "conseil", "conseil municipal", "conseiller~", "conseillere~", "convoque~", "dans", "de", "de la", "deliberative", "delegation~", "delegation de vote", "delegue~", "departemental~", "departementales",
    "departementaux", "des", "dont", "donne", "du", "du conseil", "droit", "d'une", "elu~", "en", "en exercice", "en visioconference", "etai~t", "etaient", "etait", "etai(en)t", "etant", "et", "egalement", "excuse~", "excusation~", "exercice", "ont", "ont donne", "la",
    "la seance", "le", "les", "liste", "liste des", "l'absence", "m.", "madame", "mandat~", "maire", "maires", "mesdames", "messieurs", "mm.", "mm", "mme", "mmes", "membre~", "ministres", "monsieur", "municipal~", "municipaux", "non", "nombre de", "n'ayant pas", "par",
    "participai*", "particip*", "pouvoir~", "president~", "present~", "presence~", "procuration~", "qui", "regional~", "regionaux", "represente~", "remplace~", "reunion", "sans", "seance", "se sont", "sont", "soient", "suivant~", "suppleant~", "supplee~", "syndicaux", "syndical~", "titulaire~", "un", "valable",
    "vice-president~", "visio", "visioconference", "voix", "vote", "votant~", "s'etaient", "s'etait", "s'est", "pas", "ni", "y", "ouvert", "a l'ouverture", "noms", "suit", "comme suit", "formant", "partis", "arrive~", "retard", "lors", "presidence",
];

/// What a heading says of the people under it. The longest row that is found in the heading decides, the first of two as long.
pub const STATUSES: &[(&str, AttendanceStatus)] = &[
    ("present~", AttendanceStatus::Present),
    ("presence~", AttendanceStatus::Present),
    ("assistai*", AttendanceStatus::Present),
    ("assistant", AttendanceStatus::Present),
    ("participai*", AttendanceStatus::Present),
    ("en visioconference", AttendanceStatus::PresentRemotely),
    ("en visio", AttendanceStatus::PresentRemotely),
    ("par visioconference", AttendanceStatus::PresentRemotely),
    ("a distance", AttendanceStatus::PresentRemotely),
    ("excuse~", AttendanceStatus::Excused),
    ("s'etaient excuse~", AttendanceStatus::Excused),
    ("absent~", AttendanceStatus::Absent),
    ("absence~", AttendanceStatus::Absent),
    ("absent~ excuse~", AttendanceStatus::Excused),
    ("absent~ et excuse~", AttendanceStatus::Excused),
    ("excuse~ et represente~", AttendanceStatus::ExcusedRepresented),
    ("excuse~ represente~", AttendanceStatus::ExcusedRepresented),
    ("excuse~ ayant donne pouvoir", AttendanceStatus::ExcusedRepresented),
    ("excuse~ ayant donne procuration", AttendanceStatus::ExcusedRepresented),
    ("excuse~ ayant donne mandat", AttendanceStatus::ExcusedRepresented),
    ("excuse~ avec pouvoir~", AttendanceStatus::ExcusedRepresented),
    ("excuse~ avec procuration~", AttendanceStatus::ExcusedRepresented),
    ("excuse~ ayant donne delegation de vote", AttendanceStatus::ExcusedRepresented),
    ("absent~ excuse~ ayant donne pouvoir", AttendanceStatus::ExcusedRepresented),
    ("absent~ excuse~ ayant donne procuration", AttendanceStatus::ExcusedRepresented),
    ("absent~ ayant donne pouvoir", AttendanceStatus::AbsentRepresented),
    ("absent~ ayant donne procuration", AttendanceStatus::AbsentRepresented),
    ("absent~ represente~", AttendanceStatus::AbsentRepresented),
    ("absent~ avec pouvoir~", AttendanceStatus::AbsentRepresented),
    ("absent~ avec procuration~", AttendanceStatus::AbsentRepresented),
    ("represente~", AttendanceStatus::AbsentRepresented),
    ("absent~ non excuse~", AttendanceStatus::AbsentUnexcused),
    ("absent~ sans excuse~", AttendanceStatus::AbsentUnexcused),
    ("non excuse~", AttendanceStatus::AbsentUnexcused),
    ("absent~ et non represente~", AttendanceStatus::Absent),
    ("absent~ non represente~", AttendanceStatus::Absent),
    ("excuse~ non represente~", AttendanceStatus::ExcusedUnrepresented),
    ("excuse~ et non represente~", AttendanceStatus::ExcusedUnrepresented),
    ("excuse~ sans pouvoir", AttendanceStatus::ExcusedUnrepresented),
    ("supplee~", AttendanceStatus::Substituted),
    ("remplace~", AttendanceStatus::Substituted),
    ("ont donne pouvoir", AttendanceStatus::AbsentRepresented),
    ("ayant donne pouvoir", AttendanceStatus::AbsentRepresented),
    ("avaient donne pouvoir", AttendanceStatus::AbsentRepresented),
    ("ont donne procuration", AttendanceStatus::AbsentRepresented),
    ("ayant donne procuration", AttendanceStatus::AbsentRepresented),
    ("avaient donne procuration", AttendanceStatus::AbsentRepresented),
    ("avait donne procuration", AttendanceStatus::AbsentRepresented),
    ("avait donne pouvoir", AttendanceStatus::AbsentRepresented),
    ("ayant donne delegation de vote", AttendanceStatus::AbsentRepresented),
    ("ont donne delegation de vote", AttendanceStatus::AbsentRepresented),
];

/// Headings of proxies alone: the people under them say nothing of attendance.
pub const PROXY_HEADINGS: &[&str] = &["pouvoir~", "procuration~", "delegation~ de vote", "mandat~", "pouvoir~ donne~", "procuration~ donnee~", "liste des pouvoirs", "liste des procurations"];

pub const RIGHTS: &[(&str, VotingRight)] = &[
    ("sans voix deliberative", VotingRight::WithoutVote),
    ("sans droit de vote", VotingRight::WithoutVote),
    ("sans voix", VotingRight::WithoutVote),
    ("n'ayant pas voix deliberative", VotingRight::WithoutVote),
    ("avec voix consultative", VotingRight::WithoutVote),
    ("avec voix deliberative", VotingRight::Voting),
];

/// Nobody is under the heading.
pub const NOBODY: &[&str] = &["neant", "aucun", "aucune", "personne", "nul", "nulle", "/", "-"];

/// All members, save those who are named.
pub const BY_EXCEPTION: &[&str] = &[
    "etaient presents tous les membres", "tous les membres en exercice", "tous les membres etaient presents", "tous les conseillers", "la totalite des membres", "presents : tous les membres", "tous les membres du conseil", "l'ensemble des membres", "tous les elus", "tous les membres",
];
pub const EXCEPT: &[&str] = &["a l'exception de", "a l'exception d'", "sauf", "excepte", "hormis", "a l'exclusion de", "moins"];

/// Between the giver of a proxy and its holder.
pub const GIVES_TO: &[&str] = &[
    "a donne pouvoir a", "a donne son pouvoir a", "ayant donne pouvoir a", "ayant donne son pouvoir a", "donne pouvoir a", "donne son pouvoir a", "donnant pouvoir a", "pouvoir a", "pouvoir donne a", "pouvoir au", "pouvoir donne au",
    "donne pouvoir au", "a donne pouvoir au", "ayant donne pouvoir au", "avait donne pouvoir a", "avait donne procuration a",
    "a donne procuration a", "ayant donne procuration a", "donne procuration a", "procuration a", "procuration donnee a", "procuration au", "delegation de vote a", "ayant donne delegation de vote a", "a donne delegation de vote a",
    "delegation a", "donne delegation de vote a", "donne delegation a", "a donne mandat a", "ayant donne mandat a", "donne mandat a", "mandat a", "represente~ par", "pouvoir donne", "pouvoir :", "procuration :", "pouvoir de vote a", "est represente~ par", "a donne pouvoir de vote a", "=>", "→", "->", "vers",
];
/// Between the holder of a proxy and its giver.
pub const HOLDS_OF: &[&str] = &[
    "a recu pouvoir de", "ayant recu pouvoir de", "ayant pouvoir de", "a pouvoir de", "porteur du pouvoir de", "porteuse du pouvoir de", "ayant procuration de", "ayant recu procuration de", "detient le pouvoir de", "mandataire de", "pouvoir recu de", "dispose du pouvoir de", "porteur d'un pouvoir de",
    "porteuse d'un pouvoir de", "avec pouvoir de", "avec procuration de", "representant", "titulaire du pouvoir de",
];
/// Before the giver, who comes before the holder: "procuration de X à Y".
pub const GIVEN_BY: &[&str] = &["procuration de", "pouvoir de", "delegation de vote de", "mandat de"];

/// The person sits for another.
pub const SUBSTITUTES: &[&str] = &["suppleant~ de", "suppleant~ d'", "en remplacement de", "remplacant", "remplacante", "supplee"];
/// The other way: the one named sits for the one of the entry.
pub const SUBSTITUTED_BY: &[&str] = &["supplee~ par", "remplace~ par"];

/// When someone came or went, in words beside the name.
pub const MOVES: &[(&str, EventKind)] = &[
    ("arrive~", EventKind::Arrival),
    ("arrivee", EventKind::Arrival),
    ("arrivee de", EventKind::Arrival),
    ("est arrive~", EventKind::Arrival),
    ("rejoint la seance", EventKind::Arrival),
    ("entre en seance", EventKind::Arrival),
    ("a partir d*", EventKind::Arrival),
    ("a compter d*", EventKind::Arrival),
    ("present~ a partir d*", EventKind::Arrival),
    ("depart", EventKind::Departure),
    ("depart de", EventKind::Departure),
    ("parti~", EventKind::Departure),
    ("quitte la seance", EventKind::Departure),
    ("quitte la salle", EventKind::Departure),
    ("a quitte la seance", EventKind::Departure),
    ("jusqu'a", EventKind::Departure),
    ("jusqu'au", EventKind::Departure),
    ("present~ jusqu'a", EventKind::Departure),
    ("present~ jusqu'au", EventKind::Departure),
    ("sorti~", EventKind::Departure),
];

/// Offices printed beside a name.
pub const OFFICES: &[&str] = &[
    "maire", "maire-adjoint~", "maire delegue~", "adjoint~", "adjoint~ au maire", "president~", "vice-president~", "conseiller~", "conseillere~", "conseiller~ municipal~", "conseillere~ municipale~", "conseiller~ departemental~", "conseillere~ departementale~",
    "conseiller~ delegue~", "conseillere~ deleguee~", "depute~", "senateur", "senatrice", "rapporteur~", "questeur", "delegue~", "deleguee~", "premier", "premiere", "deuxieme", "troisieme", "quatrieme", "cinquieme", "sixieme", "1er", "1ere", "2eme", "2e", "3eme", "3e", "4eme", "4e", "5eme", "5e", "6eme", "6e", "7e", "8e",
    "directeur", "directrice", "secretaire", "tresorier", "doyen~", "suppleant~", "titulaire~",
];

/// Before the count of members in office.
pub const IN_OFFICE: &[&str] = &[
    "nombre de membres en exercice", "membres en exercice", "nombre de conseillers en exercice", "conseillers en exercice", "nombre de membres composant le conseil", "nombre de conseillers municipaux en exercice", "nombre d'elus en exercice", "effectif legal", "en exercice",
    "nombre de conseillers", "nombre de delegues en exercice", "delegues en exercice", "nombre de membres", "nombre de membres du conseil en exercice", "nombre de conseillers communautaires en exercice", "conseillers municipaux en exercice", "conseillers departementaux en exercice", "nombre de membres du conseil municipal en exercice", "nombre de conseillers regionaux en exercice", "conseillers communautaires en exercice", "nombre des membres en exercice", "elus en exercice", "nombre legal de membres",
];
pub const PRESENT_COUNT: &[&str] = &["nombre de presents", "nombre de membres presents", "nombre de conseillers presents", "membres presents", "presents", "nombre de membres presents a la seance", "nombre d'elus presents", "nombre des presents", "conseillers presents", "nombre de delegues presents", "delegues presents"];
pub const VOTERS_COUNT: &[&str] = &["nombre de votants", "votants", "nombre de suffrages", "nombre de votes", "nombre de voix", "votant~", "nombre des votants", "ayant pris part au vote", "qui ont pris part a la deliberation", "ont pris part au vote", "nombre de membres ayant pris part au vote"];
pub const PROXIES_COUNT: &[&str] = &["nombre de pouvoirs", "nombre de procurations", "pouvoirs", "procurations", "representes", "nombre de representes", "nombre de membres representes"];
pub const ABSENT_COUNT: &[&str] = &["nombre d'absents", "absents", "nombre de membres absents", "excuses", "nombre d'excuses", "absents excuses"];
