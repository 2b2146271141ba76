//! Words of votes.

use crate::record::{BallotMode, BallotOption, Outcome};

pub const OPTIONS: &[(&str, BallotOption)] = &[
    ("pour", BallotOption::For),
    ("voix pour", BallotOption::For),
    ("votes pour", BallotOption::For),
    ("ont vote pour", BallotOption::For),
    ("favorable~", BallotOption::For),
    ("voix favorables", BallotOption::For),
    ("contre", BallotOption::Against),
    ("voix contre", BallotOption::Against),
    ("votes contre", BallotOption::Against),
    ("ont vote contre", BallotOption::Against),
    ("opposition~", BallotOption::Against),
    ("defavorable~", BallotOption::Against),
    ("abstention~", BallotOption::Abstention),
    ("se sont abstenu~", BallotOption::Abstention),
    ("s'abstien*", BallotOption::Abstention),
    ("ne prend pas part au vote", BallotOption::NotVoting),
    ("ne prennent pas part au vote", BallotOption::NotVoting),
    ("ne prend~ pas part", BallotOption::NotVoting),
    ("n'ont pas pris part au vote", BallotOption::NotVoting),
    ("n'a pas pris part au vote", BallotOption::NotVoting),
    ("ne participe~ pas au vote", BallotOption::NotVoting),
    ("n'ayant pas pris part au vote", BallotOption::NotVoting),
    ("non-participation~", BallotOption::NotVoting),
    ("non participation~ au vote", BallotOption::NotVoting),
    ("non-votant~", BallotOption::NotVoting),
    ("non votant~", BallotOption::NotVoting),
    ("ne votent pas", BallotOption::NotVoting),
    ("ne vote pas", BallotOption::NotVoting),
    ("refus de vote", BallotOption::NotVoting),
    ("nppv", BallotOption::NotVoting),
    ("n.p.p.v", BallotOption::NotVoting),
    ("blanc~", BallotOption::Blank),
    ("vote~ blanc~", BallotOption::Blank),
    ("bulletin~ blanc~", BallotOption::Blank),
    ("nul~", BallotOption::Void),
    ("vote~ nul~", BallotOption::Void),
    ("bulletin~ nul~", BallotOption::Void),
];

/// What a count may be followed or preceded by.
pub const UNITS: &[&str] = &["voix", "vote~", "suffrage~", "membre~", "elu~", "conseiller~", "bulletin~"];

/// Voters who stand before the verb: "M. X vote contre".
pub const VERBS: &[(&str, BallotOption)] = &[
    ("vote~ pour", BallotOption::For),
    ("votant pour", BallotOption::For),
    ("ayant vote pour", BallotOption::For),
    ("vote~ contre", BallotOption::Against),
    ("votant contre", BallotOption::Against),
    ("ayant vote contre", BallotOption::Against),
    ("s'abstien*", BallotOption::Abstention),
    ("s'est abstenu~", BallotOption::Abstention),
    ("se sont abstenu~", BallotOption::Abstention),
    ("s'etant abstenu~", BallotOption::Abstention),
];

pub const VOTERS: &[&str] = &["votants", "nombre de votants", "nombre de votes", "nombre de bulletins", "votant~"];
pub const CAST: &[&str] = &["suffrages exprimes", "nombre de suffrages exprimes", "exprimes", "votes exprimes"];

pub const UNANIMITY: &[&str] = &["a l'unanimite", "unanimite", "unanimement", "l'unanimite"];
pub const BASES: &[&str] = &[
    "des membres presents", "des membres presents et representes", "des membres presents ou representes", "des presents", "des presents et representes", "des suffrages exprimes", "des votants", "des voix", "des membres",
    "des votes exprimes", "des suffrages", "de ses membres", "des elus presents", "des conseillers presents", "des conseillers presents et representes", "des voix exprimees", "des membres votants", "de ses membres presents", "de ses membres presents et representes",
];
pub const MAJORITY: &[&str] = &["a la majorite", "majorite", "a la majorite absolue"];

pub const MODES: &[(&str, BallotMode)] = &[
    ("a main levee", BallotMode::ShowOfHands),
    ("main levee", BallotMode::ShowOfHands),
    ("scrutin public", BallotMode::PublicRollCall),
    ("vote public", BallotMode::PublicRollCall),
    ("appel nominal", BallotMode::PublicRollCall),
    ("scrutin secret", BallotMode::Secret),
    ("bulletin~ secret~", BallotMode::Secret),
    ("vote secret", BallotMode::Secret),
    ("vote electronique", BallotMode::Electronic),
    ("scrutin electronique", BallotMode::Electronic),
    ("par voie electronique", BallotMode::Electronic),
];

/// What introduces a vote.
pub const HEADINGS: &[&str] = &["dans les conditions de vote", "resultat~ du vote", "vote~ :", "vote :", "mise aux voix", "mis aux voix", "resultat du scrutin", "vote de la deliberation", "le vote donne", "vote", "sens du vote", "resultats"];

/// What became of the item, where it is said of the act itself.
pub const OUTCOMES: &[(&str, Outcome)] = &[
    ("adopte~", Outcome::Adopted),
    ("est adopte~", Outcome::Adopted),
    ("approuve~", Outcome::Adopted),
    ("adopte~ telle qu'amendee", Outcome::AdoptedAsAmended),
    ("adopte~ tel qu'amende", Outcome::AdoptedAsAmended),
    ("adopte~ ainsi amendee", Outcome::AdoptedAsAmended),
    ("adopte~ avec modification~", Outcome::AdoptedAsAmended),
    ("adopte~ apres amendement~", Outcome::AdoptedAsAmended),
    ("adopte~ ainsi modifie~", Outcome::AdoptedAsAmended),
    ("ainsi amendee", Outcome::AdoptedAsAmended),
    ("rejete~", Outcome::Rejected),
    ("rejet", Outcome::Rejected),
    ("n'est pas adopte~", Outcome::Rejected),
    ("non adopte~", Outcome::Rejected),
    ("n'est pas approuve~", Outcome::Rejected),
    ("repousse~", Outcome::Rejected),
    ("rejette", Outcome::Rejected),
    ("retire~ de l'ordre du jour", Outcome::Withdrawn),
    ("est retire~", Outcome::Withdrawn),
    ("retire~", Outcome::Withdrawn),
    ("ajourne~", Outcome::Postponed),
    ("reporte~", Outcome::Postponed),
    ("est reporte~", Outcome::Postponed),
    ("renvoye~ a une", Outcome::Postponed),
    ("renvoye~ en commission", Outcome::Postponed),
    ("sursis a statuer", Outcome::Postponed),
    ("prend acte", Outcome::Noted),
    ("prennent acte", Outcome::Noted),
    ("donne acte", Outcome::Noted),
    ("a pris acte", Outcome::Noted),
    ("dont acte", Outcome::Noted),
    ("pris acte", Outcome::Noted),
    ("emet un avis", Outcome::OpinionGiven),
    ("donne un avis", Outcome::OpinionGiven),
    ("rend un avis", Outcome::OpinionGiven),
    ("est elu~", Outcome::Elected),
    ("sont elu~", Outcome::Elected),
    ("est declare~ elu~", Outcome::Elected),
    ("est proclame~ elu~", Outcome::Elected),
    ("a ete proclame~", Outcome::Elected),
    ("proclame~ elu~", Outcome::Elected),
    ("declare~ elu~", Outcome::Elected),
    ("sont proclame~ elu~", Outcome::Elected),
    ("a ete elu~", Outcome::Elected),
    ("ont ete elu~", Outcome::Elected),
    ("ayant obtenu la majorite absolue", Outcome::Elected),
    ("sans vote", Outcome::NoVote),
    ("debat sans vote", Outcome::NoVote),
    ("ne donne pas lieu a vote", Outcome::NoVote),
    ("n'a pas donne lieu a un vote", Outcome::NoVote),
    ("ne donne pas lieu a un vote", Outcome::NoVote),
];

/// A sentence that tells the outcome, whatever its subject.
pub const IS_DONE: &[&str] = &["est adopte~", "sont adopte~", "est rejete~", "est approuve~", "sont approuve~", "est ajourne~", "est retire~ de l'ordre du jour", "n'est pas adopte~"];

/// Subjects of a sentence that tells the outcome.
pub const SUBJECTS: &[&str] = &["la deliberation", "le projet de deliberation", "le rapport", "la proposition", "le projet", "cette deliberation", "la presente deliberation", "le point", "ce point", "le dossier", "l'amendement", "la motion", "le voeu", "cette affaire", "l'affaire", "ce dossier", "ce rapport", "le texte"];

/// Taking no part: what is said of a member who stands aside.
pub const STANDS_ASIDE: &[&str] = &[
    "n'a pris part ni", "n'ont pris part ni", "ne prend pas part", "ne prennent pas part", "n'a pas pris part", "n'ont pas pris part", "ne participe~ pas", "n'a pas participe", "n'ont pas participe", "n'a participe ni", "ne prend part ni", "ne prennent part ni", "ne participe ni",
    "s'est retire~", "se retire~", "s'est deporte~", "se deporte~", "s'etant retire~", "s'etant deporte~", "quitte la salle", "quittent la salle", "a quitte la salle", "ont quitte la salle", "sort de la salle", "est sorti~ de la salle", "ne prenant pas part", "ne participant pas", "n'ayant pas pris part",
];
pub const INTEREST: &[&str] = &["interesse~ a l'affaire", "interesse~ par l'affaire", "interesse~ a la deliberation", "interesse~", "en situation de conflit d'interets", "conflit d'interets", "en raison de ses fonctions", "en sa qualite de", "en raison d'un interet", "pour conflit d'interets", "concerne~ par l'affaire", "personnellement interesse~"];
pub const LEFT_ROOM: &[&str] = &["quitte la salle", "quittent la salle", "a quitte la salle", "ont quitte la salle", "sort de la salle", "sorti~ de la salle", "hors de la salle", "se retire~ de la salle", "s'est retire~ de la salle", "quitte la seance", "s'etant retire~ de la salle"];
pub const REFUSAL: &[&str] = &["refuse~ de prendre part", "refus de vote", "refuse~ de voter", "refusent de prendre part"];
