//! Findings in words that a citizen understands.

use serde::Serialize;

use crate::record::{Finding, FindingCode};

/// A finding on a page.
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    pub title: String,
    /// The figures, in neutral words.
    pub figures: String,
    /// What that means.
    pub meaning: &'static str,
    /// Whether it could have changed the result; none: numbers do not tell.
    pub decisive: Option<&'static str>,
    pub basis: String,
    pub certainty: String,
}

pub fn of(findings: &[Finding]) -> Vec<Found> {
    findings.iter().map(one).collect()
}

fn one(finding: &Finding) -> Found {
    Found {
        title: super::words::label(finding.code.label()),
        figures: super::words::capital(&finding.label.fr),
        meaning: meaning(finding.code),
        decisive: finding.decisive.map(|decisive| {
            if decisive {
                "Par le seul compte des voix, cet écart aurait pu changer le résultat."
            } else {
                "Par le seul compte des voix, cet écart ne pouvait pas changer le résultat."
            }
        }),
        basis: finding.legal_basis.join(" ; "),
        certainty: finding.certainty.label().fr.to_owned(),
    }
}

const fn meaning(code: FindingCode) -> &'static str {
    match code {
        FindingCode::QuorumNotMet => {
            "Le quorum est le nombre de membres qu’il faut pour que l’assemblée puisse décider. D’après ce qui est imprimé, il n’est pas atteint."
        }
        FindingCode::QuorumUnsettled => {
            "Le quorum est le nombre de membres qu’il faut pour que l’assemblée puisse décider. L’acte n’imprime pas de quoi le vérifier entièrement."
        }
        FindingCode::AttendanceUnreconciled => "Le nombre imprimé et la liste des noms ne donnent pas le même total.",
        FindingCode::AttendanceOfficeUnstated => {
            "L’acte ne dit pas combien de membres l’assemblée compte. Sans ce nombre, certains calculs restent ouverts."
        }
        FindingCode::ProxyNeededButUnstated => {
            "Un membre absent peut confier sa voix à un autre : c’est un pouvoir. Le nombre de voix imprimé suppose des pouvoirs que l’acte ne mentionne pas."
        }
        FindingCode::BallotExceedsElectorate => "L’acte imprime plus de voix que de membres qui, d’après ses propres listes, pouvaient voter.",
        FindingCode::BallotGroupSum => "Les voix imprimées par groupe ne donnent pas le total imprimé.",
        FindingCode::BallotRollCallDiffers => "Les votes imprimés nom par nom ne donnent pas le total imprimé.",
        FindingCode::OutcomeContradictsTally => "Le résultat imprimé n’est pas celui que donnent les voix imprimées.",
        FindingCode::BallotPresenceCorrected => "La liste des présents a été corrigée après le vote ; le vote est resté comme il a été enregistré.",
        FindingCode::MoneyBalance | FindingCode::MoneyTotal => "Une somme imprimée n’est pas celle que donnent les montants imprimés.",
        // The others are not shown to the public.
        _ => "",
    }
}
