//! What comes back from the prefecture: receipts, anomalies, and the letters of the control of legality.

use chrono::NaiveDate;
use roxmltree::Node;
use sha2::{Digest, Sha256};

use super::decoded::{attribute_text, child, child_text, decoded, file_names, short, tree, xml_date};
use super::{ActIdentifier, EchoedAct, Unreadable};
use crate::record::FactKind;
use crate::vocabulary;

vocabulary! {
    /// What comes back from the prefecture.
    IncomingKind {
        ActReceipt = "act_receipt", "accusé de réception de l'acte", "receipt of the act";
        ActAnomaly = "act_anomaly", "anomalie dans l'acte", "anomaly in the act";
        EnvelopeAnomaly = "envelope_anomaly", "anomalie dans l'enveloppe", "anomaly in the envelope";
        PlainLetter = "plain_letter", "courrier simple", "plain letter";
        PiecesRequest = "pieces_request", "demande de pièces complémentaires", "request for further documents";
        PiecesReceipt = "pieces_receipt", "accusé de réception des pièces complémentaires, ou de leur refus", "receipt of further documents, or of their refusal";
        Observations = "observations", "lettre d'observations", "letter of observations";
        ObservationsReceipt = "observations_receipt", "accusé de réception de la réponse à la lettre d'observations, ou de son rejet", "receipt of the answer to the letter of observations, or of its rejection";
        Referral = "referral", "déféré au tribunal administratif", "referral to the administrative court";
        CancellationReceipt = "cancellation_receipt", "accusé de réception de l'annulation", "receipt of the cancellation";
    }
}

impl IncomingKind {
    /// By the name of the element in the schema.
    fn of_element(name: &str) -> Option<Self> {
        Some(match name {
            "ARActe" => Self::ActReceipt,
            "AnomalieActe" => Self::ActAnomaly,
            "AnomalieEnveloppe" => Self::EnvelopeAnomaly,
            "CourrierSimple" => Self::PlainLetter,
            "DemandePieceComplementaire" => Self::PiecesRequest,
            "ARPieceComplementaire" => Self::PiecesReceipt,
            "LettreObservations" => Self::Observations,
            "ARReponseRejetLettreObservations" => Self::ObservationsReceipt,
            "DefereTA" => Self::Referral,
            "ARAnnulation" => Self::CancellationReceipt,
            _ => return None,
        })
    }

    /// The fact of an act that it tells, where it tells one alone: a receipt of documents may be that of a refusal to send them.
    pub const fn fact(self) -> Option<FactKind> {
        match self {
            Self::ActReceipt => Some(FactKind::Received),
            Self::ActAnomaly | Self::EnvelopeAnomaly => Some(FactKind::TransmissionRefused),
            Self::PiecesRequest => Some(FactKind::PiecesRequested),
            Self::Observations => Some(FactKind::Observations),
            Self::ObservationsReceipt => Some(FactKind::ObservationsAnswered),
            Self::Referral => Some(FactKind::Referred),
            Self::PlainLetter | Self::PiecesReceipt | Self::CancellationReceipt => None,
        }
    }
}

/// A message that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    pub kind: IncomingKind,
    /// The act that it is about: as it says itself, or, for an anomaly, as the file names in it say where they name one act only.
    pub identifier: Option<ActIdentifier>,
    /// `IDActe`, to the letter.
    pub as_printed: Option<String>,
    /// The day that it bears: of receipt (`DateReception`), of the anomaly (`Date`), of the letter (`DateCourrierPref`), of the referral
    /// (`DateDepot`).
    pub on: NaiveDate,
    /// Code of an anomaly, three digits, to the letter.
    pub nature: Option<String>,
    /// What it says in words: `Detail`, `Motif`, `DescriptionPieces`, `NatureIllegalite`.
    pub detail: Option<String>,
    /// The act as the prefecture has it: to be compared with what was sent.
    pub echo: Option<EchoedAct>,
    /// Date of the classification that the prefecture goes by (`ClassificationDateVersionEnCours`).
    pub classification_in_force: Option<NaiveDate>,
    /// Files that come with it, or, for an envelope, that it listed.
    pub files: Vec<String>,
    /// SHA-256 of the message as it came, in hexadecimal.
    pub digest: String,
}

/// Reads a message that came back, in ISO-8859-1 or UTF-8.
///
/// # Errors
/// When it is no such message, or has no act or no date where the schema has them.
pub fn read_incoming(bytes: &[u8]) -> Result<Incoming, Unreadable> {
    let text = decoded(bytes)?;
    let tree = tree(&text)?;
    let root = tree.root_element();
    let name = root.tag_name().name();
    let kind = IncomingKind::of_element(name).ok_or_else(|| Unreadable::Unexpected(short(name)))?;
    // An answer to a letter names the act where it names the letter.
    let about = child(root, "InfosCourrierPref").unwrap_or(root);
    let as_printed = attribute_text(about, "IDActe");
    let echo = child(root, "ActeRecu").map(EchoedAct::of);
    let files = files_of(root, kind);
    let identifier = match (kind, &as_printed) {
        (IncomingKind::ActAnomaly, _) => only_act(echo.iter().filter_map(|act| act.document.as_deref())),
        (IncomingKind::EnvelopeAnomaly, _) => only_act(files.iter().map(String::as_str)),
        (_, Some(printed)) => ActIdentifier::lenient(printed).ok(),
        (_, None) => return Err(Unreadable::Missing("IDActe")),
    };
    let detail = ["Detail", "Motif", "DescriptionPieces", "NatureIllegalite"].iter().find_map(|name| child_text(root, name));
    Ok(Incoming {
        kind,
        identifier,
        as_printed,
        on: day_of(root, kind)?,
        nature: child_text(root, "Nature"),
        detail,
        echo,
        classification_in_force: child_text(root, "ClassificationDateVersionEnCours").and_then(|text| xml_date(&text)),
        files,
        digest: hex::encode(Sha256::digest(bytes)),
    })
}

fn day_of(root: Node, kind: IncomingKind) -> Result<NaiveDate, Unreadable> {
    let (name, text) = match kind {
        IncomingKind::ActReceipt | IncomingKind::CancellationReceipt | IncomingKind::PiecesReceipt | IncomingKind::ObservationsReceipt => {
            ("DateReception", attribute_text(root, "DateReception"))
        }
        IncomingKind::ActAnomaly | IncomingKind::EnvelopeAnomaly => ("Date", child_text(root, "Date")),
        IncomingKind::PlainLetter | IncomingKind::PiecesRequest | IncomingKind::Observations => {
            ("DateCourrierPref", attribute_text(root, "DateCourrierPref"))
        }
        IncomingKind::Referral => ("DateDepot", child_text(root, "DateDepot")),
    };
    let text = text.ok_or(Unreadable::Missing(name))?;
    xml_date(&text).ok_or_else(|| Unreadable::Date(name, short(&text)))
}

/// The files of the act echoed are in the echo.
fn files_of(root: Node, kind: IncomingKind) -> Vec<String> {
    let within = match kind {
        IncomingKind::Referral => child(root, "PiecesJointes"),
        IncomingKind::EnvelopeAnomaly => child(root, "EnveloppeRecue"),
        _ => child(root, "Document"),
    };
    within.map(file_names).unwrap_or_default()
}

/// The act that all these files are of.
fn only_act<'a>(names: impl Iterator<Item = &'a str>) -> Option<ActIdentifier> {
    let mut acts = names.map(ActIdentifier::in_file_name);
    let first = acts.next()??;
    acts.all(|act| act.as_ref() == Some(&first)).then_some(first)
}

#[cfg(test)]
mod tests;
