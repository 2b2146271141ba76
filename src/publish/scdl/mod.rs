//! Open data in the schemas of the SCDL (Socle commun des données locales): Délibérations 2.1.5, Subventions 2.1.1. A row that lacks what its schema
//! requires is not written, and a cell that would be wrong stays empty: a second file says which, and why.

#[cfg(test)]
mod cases;
mod deliberations;
mod grants;
mod matter;
mod votes;

use super::csv::{plain, text};
use super::public_act::PublicAct;
use crate::record::{Authority, Vocabulary};
use crate::vocabulary;

pub use deliberations::{HEADER as DELIBERATIONS, deliberation};
pub use grants::{HEADER as GRANTS, grants};
pub use votes::Votes;

vocabulary! {
    /// Why open data leave a row or a cell out.
    WithheldReason {
        AuthorityNumber = "authority_number", "le SIRET de la collectivité est inconnu ou invalide", "the authority's SIRET is unknown or invalid";
        NotAdopted = "not_adopted", "l'acte n'est pas adopté : le schéma ne tient que ce qui l'est", "the act is not adopted: the schema holds only what is";
        OutcomeUnstated = "outcome_unstated", "le sort de l'acte n'est pas précisé", "what the act came to is not stated";
        NumberMissing = "number_missing", "l'acte n'a pas de numéro", "the act has no number";
        MatterMissing = "matter_missing", "l'acte n'a pas de matière de niveau 2 de la nomenclature ACTES", "the act has no second-level matter of the ACTES nomenclature";
        MatterUnknown = "matter_unknown", "la matière n'est pas dans la nomenclature nationale", "the matter is not in the national nomenclature";
        BudgetIncomplete = "budget_incomplete", "le budget ou son exercice n'est pas précisé, ou il y en a plusieurs", "the budget or its year is not stated, or there are several";
        ReceivedBeforeAct = "received_before_act", "la date de réception précède celle de l'acte", "the date of receipt is before that of the act";
        BallotMissing = "ballot_missing", "aucun scrutin sur l'ensemble de l'acte n'est enregistré", "no ballot on the whole act is recorded";
        BallotsSeveral = "ballots_several", "plusieurs scrutins portent sur l'ensemble de l'acte", "several ballots are on the whole act";
        Election = "election", "l'acte procède d'une élection, qui n'a ni pour ni contre", "the act comes from an election, which has neither for nor against";
        CountsUnstated = "counts_unstated", "un des décomptes n'est pas précisé", "one of the counts is not stated";
        BlankOrVoid = "blank_or_void", "des bulletins sont blancs ou nuls : le total du schéma serait faux", "some papers are blank or void: the total of the schema would be wrong";
        ElectorateUnstated = "electorate_unstated", "le nombre d'élus pouvant voter n'est pas connu", "how many members could vote is not known";
        VotesExceedElectorate = "votes_exceed_electorate", "plus de voix que d'élus pouvant voter", "more votes than members who could vote";
        VotesUnreconciled = "votes_unreconciled", "les chiffres du scrutin ne concordent pas", "the figures of the ballot do not agree";
        NaturalPerson = "natural_person", "le bénéficiaire est une personne physique", "the beneficiary is a natural person";
        BeneficiaryKindUnstated = "beneficiary_kind_unstated", "il n'est pas précisé si le bénéficiaire est une personne morale", "it is not stated whether the beneficiary is a legal person";
        BeneficiaryName = "beneficiary_name", "le nom du bénéficiaire n'est pas précisé", "the beneficiary's name is not stated";
        BeneficiaryNumber = "beneficiary_number", "le SIRET du bénéficiaire est inconnu ou invalide", "the beneficiary's SIRET is unknown or invalid";
        AmountUnstated = "amount_unstated", "le montant n'est pas précisé", "the amount is not stated";
        AmountNotInEuros = "amount_not_in_euros", "le montant n'est pas en euros", "the amount is not in euros";
        AgreementMissing = "agreement_missing", "aucune convention n'est rattachée au bénéficiaire", "no agreement is tied to the beneficiary";
        AgreementUnsigned = "agreement_unsigned", "la date de signature de la convention n'est pas connue", "the day on which the agreement was signed is not known";
        NatureUnstated = "nature_unstated", "la nature de la subvention n'est pas précisée", "the nature of the grant is not stated";
        PaymentUnstated = "payment_unstated", "les conditions de versement ne sont pas précisées", "the conditions of payment are not stated";
        PaymentDatesUnstated = "payment_dates_unstated", "la date ou la période de versement n'est pas précisée", "the date or the period of payment is not stated";
        EuNoticeUnstated = "eu_notice_unstated", "il n'est pas précisé si l'aide est notifiée à la Commission européenne", "it is not stated whether the aid is notified to the European Commission";
        ShareUnstated = "share_unstated", "la part du bénéficiaire n'est pas précisée", "the beneficiary's share is not stated";
        TextCut = "text_cut", "le texte dépasse 256 caractères : il est coupé", "the text is longer than 256 characters: it is cut";
    }
}

/// The vocabularies of these files.
pub const VOCABULARIES: &[Vocabulary] = &[WithheldReason::VOCABULARY];

/// What is left out of one act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// The line of the act's beneficiary, from 1; none: it is about the act.
    pub beneficiary: Option<usize>,
    /// Whether there is no row for it at all; else only these cells are empty or changed.
    pub whole_row: bool,
    /// Name of the column, or `VOTE_*` for the five of the vote.
    pub column: &'static str,
    pub reason: WithheldReason,
    /// The figures, where the public may see them.
    pub figures: Option<String>,
}

/// The columns of the file that says what is left out.
pub const WITHHELD: [&str; 8] = ["acte", "numero", "date", "beneficiaire", "portee", "colonne", "code", "motif"];

/// What one act gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    pub rows: Vec<Vec<String>>,
    pub withheld: Vec<Withheld>,
}

impl Given {
    /// The lines of the second file.
    pub fn withheld_rows(&self, act: &PublicAct) -> Vec<Vec<String>> {
        let line = |withheld: &Withheld| {
            let reason = withheld.reason.label().fr;
            vec![
                act.id.to_string(),
                text(act.number.as_deref()),
                act.taken_on().to_string(),
                plain(withheld.beneficiary),
                if withheld.whole_row { "ligne" } else { "cellules" }.to_owned(),
                withheld.column.to_owned(),
                withheld.reason.wire().to_owned(),
                withheld.figures.as_ref().map_or_else(|| reason.to_owned(), |figures| format!("{reason} ({figures})")),
            ]
        };
        self.withheld.iter().map(line).collect()
    }
}

/// The vote on an act, if its figures are all known and can hold.
pub fn vote_of(act: &PublicAct) -> Option<Votes> {
    votes::votes(act).ok()
}

/// Collects what holds a row back.
#[derive(Default)]
struct Missing {
    beneficiary: Option<usize>,
    withheld: Vec<Withheld>,
}

impl Missing {
    fn note(&mut self, whole_row: bool, column: &'static str, reason: WithheldReason) {
        self.withheld.push(Withheld { beneficiary: self.beneficiary, whole_row, column, reason, figures: None });
    }

    /// The value that the schema requires; without it there is no row.
    fn required<T>(&mut self, column: &'static str, found: Result<T, WithheldReason>) -> Option<T> {
        found.map_err(|reason| self.note(true, column, reason)).ok()
    }
}

/// The authority's SIRET, which both schemas require.
fn authority_number(authority: &Authority) -> Result<String, WithheldReason> {
    super::public_act::siret_of(authority).ok_or(WithheldReason::AuthorityNumber)
}

/// One line of text: a cell may hold line breaks, and few readers expect them.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
