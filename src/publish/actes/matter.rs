//! Matters of the ACTES nomenclature (XSD `CodeMatiere1` to `CodeMatiere5`). A path is text, compared segment by segment: `7.10` is not `7.1`.

use std::fmt;
use std::str::FromStr;

/// One entry of the nomenclature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matter {
    pub code: &'static str,
    pub label: &'static str,
}

const fn matter(code: &'static str, label: &'static str) -> Matter {
    Matter { code, label }
}

/// Levels 1 and 2. Levels 3 to 5 are of each prefecture, whose list is dated.
pub const MATTERS: &[Matter] = &[
    matter("1", "Commande publique"),
    matter("1.1", "Marchés publics"),
    matter("1.2", "Délégation de service public"),
    matter("1.3", "Conventions de mandat"),
    matter("1.4", "Autres types de contrats"),
    matter("1.5", "Transactions, protocole d'accord transactionnel"),
    matter("1.6", "Actes relatifs à la maîtrise d'œuvre"),
    matter("1.7", "Actes spéciaux et divers"),
    matter("2", "Urbanisme"),
    matter("2.1", "Documents d'urbanisme"),
    matter("2.2", "Actes relatifs au droit d'occupation ou d'utilisation des sols"),
    matter("2.3", "Droit de préemption urbain"),
    matter("3", "Domaine et patrimoine"),
    matter("3.1", "Acquisitions"),
    matter("3.2", "Aliénations"),
    matter("3.3", "Locations"),
    matter("3.4", "Limites territoriales"),
    matter("3.5", "Autres actes de gestion du domaine public"),
    matter("3.6", "Autres actes de gestion du domaine privé"),
    matter("4", "Fonction publique"),
    matter("4.1", "Personnel titulaire et stagiaire de la fonction publique territoriale"),
    matter("4.2", "Personnel contractuel"),
    matter("4.3", "Fonction publique hospitalière"),
    matter("4.4", "Autres catégories de personnels"),
    matter("4.5", "Régime indemnitaire"),
    matter("5", "Institutions et vie politique"),
    matter("5.1", "Élection exécutif"),
    matter("5.2", "Fonctionnement des assemblées"),
    matter("5.3", "Désignation de représentants"),
    matter("5.4", "Délégation de fonctions"),
    matter("5.5", "Délégation de signature"),
    matter("5.6", "Exercice des mandats locaux"),
    matter("5.7", "Intercommunalité"),
    matter("5.8", "Décision d'ester en justice"),
    matter("6", "Libertés publiques et pouvoirs de police"),
    matter("6.1", "Police municipale"),
    matter("6.2", "Pouvoirs du président du conseil général"),
    matter("6.3", "Pouvoirs du président du conseil régional"),
    matter("6.4", "Autres actes réglementaires"),
    matter("6.5", "Actes pris au nom de l'État et soumis au contrôle hiérarchique"),
    matter("7", "Finances locales"),
    matter("7.1", "Décisions budgétaires"),
    matter("7.2", "Fiscalité"),
    matter("7.3", "Emprunts"),
    matter("7.4", "Interventions économiques"),
    matter("7.5", "Subventions"),
    matter("7.6", "Contributions budgétaires"),
    matter("7.7", "Avances"),
    matter("7.8", "Fonds de concours"),
    matter("7.9", "Prise de participation"),
    matter("7.10", "Divers"),
    matter("8", "Domaines de compétences par thèmes"),
    matter("8.1", "Enseignement"),
    matter("8.2", "Aide sociale"),
    matter("8.3", "Voirie"),
    matter("8.4", "Aménagement du territoire"),
    matter("8.5", "Politique de la ville, habitat, logement"),
    matter("8.6", "Emploi, formation professionnelle"),
    matter("8.7", "Transports"),
    matter("8.8", "Environnement"),
    matter("8.9", "Culture"),
    matter("9", "Autres domaines de compétences"),
    matter("9.1", "Autres domaines de compétences des communes"),
    matter("9.2", "Autres domaines de compétences des départements"),
    matter("9.3", "Autres domaines de compétences des régions"),
    matter("9.4", "Vœux et motions"),
];

/// A path: one to five numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MatterPath(Vec<u8>);

/// Why a text is no path, or cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MatterFault {
    #[error("a matter is one to five numbers of one or two digits, from 1, joined by points: 7.10")]
    Form,
    #[error("a matter of one level only is not sent: the second level is needed, as in 7.5")]
    OneLevel,
    #[error("the matter is not in the national list")]
    Unknown,
}

impl MatterPath {
    /// The numbers, from the first level down.
    pub fn levels(&self) -> &[u8] {
        &self.0
    }

    /// From numbers.
    ///
    /// # Errors
    /// When there are none or more than five, or one is not from 1 to 99.
    pub fn of_levels(levels: Vec<u8>) -> Result<Self, MatterFault> {
        let fits = (1..=5).contains(&levels.len()) && levels.iter().all(|level| (1..=99).contains(level));
        if fits { Ok(Self(levels)) } else { Err(MatterFault::Form) }
    }

    /// The label of its first level, and that of its second, where the national list has them.
    pub fn labels(&self) -> (Option<&'static str>, Option<&'static str>) {
        let label = |depth: usize| {
            let path = Self(self.0.get(..depth)?.to_vec()).to_string();
            MATTERS.iter().find(|matter| matter.code == path).map(|matter| matter.label)
        };
        (label(1), label(2))
    }

    /// Whether it may be sent: two levels at least (XSD), both in the national list. Whether deeper ones are in the list of the prefecture
    /// is for the prefecture to say.
    ///
    /// # Errors
    /// [`MatterFault::OneLevel`] or [`MatterFault::Unknown`].
    pub fn transmissible(&self) -> Result<(), MatterFault> {
        match self.labels() {
            _ if self.0.len() < 2 => Err(MatterFault::OneLevel),
            (Some(_), Some(_)) => Ok(()),
            _ => Err(MatterFault::Unknown),
        }
    }
}

impl FromStr for MatterPath {
    type Err = MatterFault;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // `07` is refused rather than understood: a spreadsheet has been at it, and may have turned 7.10 into 7.1 as well.
        let level = |part: &str| {
            let digits = !part.starts_with('0') && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
            if digits { part.parse().ok() } else { None }
        };
        let levels: Option<Vec<u8>> = text.trim().split('.').map(level).collect();
        Self::of_levels(levels.ok_or(MatterFault::Form)?)
    }
}

impl fmt::Display for MatterPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let levels: Vec<String> = self.0.iter().map(u8::to_string).collect();
        f.write_str(&levels.join("."))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_national_list() {
        let paths: Vec<MatterPath> = MATTERS.iter().map(|matter| matter.code.parse().unwrap()).collect();
        assert!(paths.is_sorted(), "in the order of its numbers, each once");
        assert!(paths.iter().zip(MATTERS).all(|(path, matter)| path.to_string() == matter.code));
        // 1.1-1.7, 2.1-2.3, 3.1-3.6, 4.1-4.5, 5.1-5.8, 6.1-6.5, 7.1-7.10, 8.1-8.9, 9.1-9.4
        let second = |first: u8| paths.iter().filter(|path| path.levels().first() == Some(&first) && path.levels().len() == 2).count();
        assert_eq!([1, 2, 3, 4, 5, 6, 7, 8, 9].map(second), [7, 3, 6, 5, 8, 5, 10, 9, 4]);
    }

    #[test]
    fn paths() {
        use MatterFault::{Form, OneLevel, Unknown};
        type Row<'a> = (&'a str, Result<Vec<u8>, MatterFault>, Result<(), MatterFault>);
        let rows: Vec<Row> = vec![
            ("7.5", Ok(vec![7, 5]), Ok(())),
            ("7.10", Ok(vec![7, 10]), Ok(())),
            ("7.1", Ok(vec![7, 1]), Ok(())),
            (" 7.5 ", Ok(vec![7, 5]), Ok(())),
            ("7.5.2.1.3", Ok(vec![7, 5, 2, 1, 3]), Ok(())),
            ("7", Ok(vec![7]), Err(OneLevel)),
            ("7.11", Ok(vec![7, 11]), Err(Unknown)),
            ("10.1", Ok(vec![10, 1]), Err(Unknown)),
            ("07.5", Err(Form), Ok(())),
            ("7.05", Err(Form), Ok(())),
            ("7.0", Err(Form), Ok(())),
            ("7.", Err(Form), Ok(())),
            (".5", Err(Form), Ok(())),
            ("7,5", Err(Form), Ok(())),
            ("7.100", Err(Form), Ok(())),
            ("7.5.1.1.1.1", Err(Form), Ok(())),
            ("+7.5", Err(Form), Ok(())),
            ("", Err(Form), Ok(())),
        ];
        for (text, levels, transmissible) in rows {
            let path = text.parse::<MatterPath>();
            assert_eq!(path.as_ref().map(|path| path.levels().to_vec()).map_err(|fault| *fault), levels, "{text}");
            if let Ok(path) = path {
                assert_eq!(path.transmissible(), transmissible, "{text}");
            }
        }
        let labels = |text: &str| text.parse::<MatterPath>().unwrap().labels();
        assert_eq!(labels("7.10"), (Some("Finances locales"), Some("Divers")));
        assert_eq!(labels("7.1"), (Some("Finances locales"), Some("Décisions budgétaires")));
        assert_eq!(labels("7"), (Some("Finances locales"), None));
    }
}
