//! An act as a message tells it (XSD type `DonneesActe`): the one that was sent, or its echo in what comes back.

use chrono::NaiveDate;
use roxmltree::Node;

use super::decoded::{Unreadable, attribute_text, child, child_text, decoded, file_names, short, tree, xml_date};
use super::{MatterPath, Nature};

/// What a message tells of an act. Null: it says nothing that could be read; a receipt is a receipt all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EchoedAct {
    /// Day of the decision.
    pub date: Option<NaiveDate>,
    pub number: Option<String>,
    pub nature: Option<Nature>,
    pub matter: Option<MatterPath>,
    /// `Objet`, as it stands.
    pub subject: Option<String>,
    /// Identifier of an act sent before, as it stands.
    pub previous: Option<String>,
    pub classification: Option<NaiveDate>,
    /// File name of the act.
    pub document: Option<String>,
    pub annexes: Vec<String>,
    pub on_paper: Option<bool>,
}

/// Reads an `Acte` message: what was sent, to be compared with what a receipt says was received.
///
/// # Errors
/// When it is no such message.
pub fn read_act(bytes: &[u8]) -> Result<EchoedAct, Unreadable> {
    let text = decoded(bytes)?;
    let tree = tree(&text)?;
    let root = tree.root_element();
    match root.tag_name().name() {
        "Acte" => Ok(EchoedAct::of(root)),
        other => Err(Unreadable::Unexpected(short(other))),
    }
}

impl EchoedAct {
    pub(super) fn of(node: Node) -> Self {
        let date = |name: &str| attribute_text(node, name).and_then(|text| xml_date(&text));
        let level = |name: &&str| child(node, name).and_then(|code| attribute_text(code, "CodeMatiere")).map(|text| text.parse::<u8>().ok());
        let levels: Option<Vec<u8>> =
            ["CodeMatiere1", "CodeMatiere2", "CodeMatiere3", "CodeMatiere4", "CodeMatiere5"].iter().map_while(level).collect();
        Self {
            date: date("Date"),
            number: attribute_text(node, "NumeroInterne"),
            nature: attribute_text(node, "CodeNatureActe").and_then(|code| Nature::of_code(code.parse().ok()?)),
            matter: levels.and_then(|levels| MatterPath::of_levels(levels).ok()),
            subject: child_text(node, "Objet"),
            previous: child(node, "PrecedentIdentifiantActe").and_then(|previous| attribute_text(previous, "IDActe")),
            classification: child_text(node, "ClassificationDateVersion").and_then(|text| xml_date(&text)),
            document: child(node, "Document").and_then(|document| file_names(document).into_iter().next()),
            annexes: child(node, "Annexes").map(file_names).unwrap_or_default(),
            on_paper: child_text(node, "DocumentPapier").and_then(|text| match text.as_str() {
                "O" => Some(true),
                "N" => Some(false),
                _ => None,
            }),
        }
    }
}
