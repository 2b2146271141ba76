//! Words of names.

/// Civilities, and what they stand for where they are those of several people; a mixed one tells of nobody which it is.
pub const CIVILITIES: &[(&str, Option<&str>)] = &[
    ("m.", None),
    ("m", None),
    ("mr", None),
    ("mme", None),
    ("mlle", None),
    ("monsieur", None),
    ("madame", None),
    ("mademoiselle", None),
    ("dr", None),
    ("docteur", None),
    ("maitre", None),
    ("me", None),
    ("mm", Some("M.")),
    ("mrs", Some("M.")),
    ("messieurs", Some("M.")),
    ("mmes", Some("Mme")),
    ("mesdames", Some("Mme")),
    ("mmes et mm", Some("")),
    ("mm et mmes", Some("")),
    ("mm. et mmes", Some("")),
    ("mmes, mm", Some("")),
    ("mmes mm", Some("")),
    ("mesdames et messieurs", Some("")),
    ("mesdames, messieurs", Some("")),
    ("messieurs et mesdames", Some("")),
];

pub const PARTICLES: &[&str] = &["de", "du", "des", "la", "le", "les", "von", "van", "der", "den", "di", "da", "dos", "ben", "el", "y", "d'", "of"];

/// Words that a capital does not make a name.
pub const NOT_NAMES: &[&str] = &[
    "vu", "considerant", "article", "l'an", "l'assemblee", "president~", "maire", "maires", "adjoint~", "vice-president~", "conseil", "conseiller~", "conseillere~", "commission",
    "departement", "commune", "region", "communaute", "objet", "rapport", "deliberation", "neant", "pour", "contre", "abstention~", "votants", "excuse~",
    "absent~", "present~", "secretaire", "pouvoir~", "procuration~", "nombre", "total", "et", "ainsi", "dont", "groupe", "membre~", "suppleant~", "titulaire~",
    "directeur", "directrice", "signe", "annexe", "apres", "assistai*", "etai*", "monsieur", "madame", "delegue~", "date", "seance", "convocation", "quorum", "ville", "aucun", "aucune",
    "voix", "unanimite", "majorite", "suffrages", "exprimes", "point", "dossier", "projet", "code", "loi", "decret", "montant", "budget", "non-inscrit~",
];

/// Given names by which an order that the capitals do not tell is guessed. Those that are as often family names are left out.
pub const GIVEN_NAMES: &[&str] = &[
    "adele", "adeline", "agathe", "agnes", "aicha", "alain", "albane", "alexandra", "alexandre", "alexis", "alice", "aline", "alix", "amandine", "amelie", "anais", "andre",
    "andree", "ange", "angele", "angelique", "anne", "annie", "annick", "antoine", "antoinette", "arlette", "armelle", "arnaud", "arthur", "astrid", "aude", "audrey", "aurelie",
    "aurelien", "axelle", "baptiste", "barbara", "beatrice", "benedicte", "benjamin", "benoit", "berangere", "berenice", "bertrand", "blandine", "brice", "brigitte", "bruno", "camille",
    "capucine", "carine", "carole", "caroline", "catherine", "cecile", "cedric", "celine", "chantal", "charlene", "charlotte", "chloe", "christel", "christelle", "christian",
    "christiane", "christine", "christophe", "clara", "claire", "claude", "claudie", "claudine", "clemence", "clementine", "colette", "coralie", "corentin", "corinne", "cyril", "cyrille",
    "damien", "daniel", "daniele", "danielle", "david", "deborah", "delphine", "denise", "didier", "dominique", "dorothee", "edith", "edouard", "elena", "eliane", "eliette", "elisabeth",
    "elise", "elodie", "eloise", "emilie", "emma", "emmanuel", "emmanuelle", "enora", "eric", "erwan", "estelle", "etienne", "eugenie", "eva", "evelyne", "fabien", "fabienne", "fabrice",
    "fanny", "farid", "fatiha", "fatima", "florence", "florian", "franck", "francois", "francoise", "frederic", "frederique", "gabriel", "gabrielle", "gael", "gaelle", "genevieve",
    "georgette", "geraldine", "gerard", "gilbert", "gilles", "ginette", "gisele", "gregory", "guillaume", "gwenaelle", "gwenola", "helene", "herve", "hortense", "hugo", "hugues", "ines",
    "irene", "isabelle", "jacqueline", "jacques", "jean", "jeanne", "jennifer", "jeremy", "jerome", "jocelyne", "joel", "joelle", "johanna", "jose", "josette", "josiane", "judith", "jules",
    "julia", "julie", "julien", "juliette", "justine", "karim", "karine", "katia", "kevin", "laetitia", "laura", "laure", "laurence", "lea", "leila", "leonie", "liliane", "lionel", "lise",
    "loic", "louise", "luc", "lucas", "lucie", "lucienne", "ludivine", "ludovic", "lydie", "madeleine", "magali", "malika", "manon", "marc", "marcelle", "margaux", "marguerite",
    "maria", "marianne", "marie", "marielle", "marine", "marion", "marlene", "martine", "maryline", "maryse", "maryvonne", "mathieu", "mathilde", "matthieu", "maud", "maxime", "melanie",
    "michele", "micheline", "michelle", "mireille", "mohamed", "monique", "morgane", "muriel", "mylene", "myriam", "nadege", "nadia", "nadine", "nathalie", "nelly", "nicolas", "nicole",
    "noelle", "noemie", "nolwenn", "odette", "odile", "olivia", "olivier", "pascale", "patrice", "patricia", "patrick", "paul", "paulette", "pauline", "philippe", "pierre", "pierrette", "quentin", "rachel",
    "rachida", "raphael", "raymonde", "regine", "remi", "remy", "renee", "romain", "romane", "rozenn", "sabine", "sabrina", "samia", "samir", "samuel", "sandra", "sandrine", "sarah", "sebastien", "serge",
    "severine", "simone", "solange", "solene", "sonia", "sophie", "stephane", "stephanie", "suzanne", "sylvain", "sylvette", "sylviane", "sylvie", "tanguy", "thibault", "thibaut", "thierry", "tiphaine",
    "valentin", "valerie", "vanessa", "veronique", "victoire", "victor", "vincent", "violaine", "virginie", "viviane", "xavier", "yann", "yannick", "yohan", "yolande", "yves", "yvette", "yvon", "yvonne", "zoe", "zohra",
];
