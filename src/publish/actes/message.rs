//! The messages that an authority sends about an act: the act itself (XSD element `Acte`), the cancellation of its transmission (`Annulation`).

use chrono::NaiveDate;
use quick_xml::Writer;

use super::latin::{Unwritable, attribute, document, escaped, text};
use super::{ActIdentifier, MatterFault, MatterPath, NAMESPACE, subject_of, transmissible_number};

/// What is said of an act that is sent.
#[derive(Clone, Copy, Debug)]
pub struct ActMessage<'a> {
    /// Gives the day of the decision, the number and the nature as well.
    pub identifier: &'a ActIdentifier,
    pub matter: &'a MatterPath,
    /// Whole, as in the record: it is sent on one line and cut where it is too long (see [`subject_of`]).
    pub title: &'a str,
    /// An act sent before, to which this one is tied.
    pub previous: Option<&'a ActIdentifier>,
    /// Date of the classification of the prefecture that the matter is taken from.
    pub classification: NaiveDate,
    /// File name of the act.
    pub document: &'a str,
    /// File names of its annexes, in order.
    pub annexes: &'a [String],
    /// Whether papers follow by post.
    pub on_paper: bool,
}

/// Why a message cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum MessageFault {
    #[error("the identifier {0} is not one that can be sent: its number is two to fifteen capitals, digits or low lines")]
    Identifier(String),
    #[error("the nature {0} has no code")]
    Nature(String),
    #[error(transparent)]
    Matter(#[from] MatterFault),
    #[error("the act has no title")]
    NoTitle,
    #[error("\"{0}\" is not the name of a file")]
    FileName(String),
    #[error("the envelope of {0} is not of the form that is asked for")]
    Envelope(&'static str),
    #[error(transparent)]
    Unwritable(#[from] Unwritable),
    #[error(transparent)]
    Write(#[from] std::io::Error),
}

impl ActMessage<'_> {
    /// The message, in ISO-8859-1.
    ///
    /// # Errors
    /// When something in it would be refused at the other end.
    pub fn to_xml(&self) -> Result<Vec<u8>, MessageFault> {
        let id = self.identifier;
        if !id.is_strict() || transmissible_number(id.number()).as_deref() != Ok(id.number()) {
            return Err(MessageFault::Identifier(id.to_string()));
        }
        let nature = id.nature().ok_or_else(|| MessageFault::Nature(id.nature_abbreviation().to_owned()))?;
        self.matter.transmissible()?;
        let subject = subject_of(self.title).text;
        if subject.is_empty() {
            return Err(MessageFault::NoTitle);
        }
        let subject = escaped(&subject)?;
        let previous = self.previous.map(sendable).transpose()?;
        let act = file_name(self.document)?;
        let annexes: Vec<String> = self.annexes.iter().map(|name| file_name(name)).collect::<Result<_, _>>()?;
        let (date, code, count) = (id.date().to_string(), nature.code().to_string(), annexes.len().to_string());

        let root = [
            attribute("xmlns:actes", NAMESPACE),
            attribute("actes:Date", &date),
            attribute("actes:NumeroInterne", id.number()),
            attribute("actes:CodeNatureActe", &code),
        ];
        Ok(document(|xml| {
            xml.create_element("actes:Acte").with_attributes(root).write_inner_content(|xml| {
                for (level, code) in (1..).zip(self.matter.levels()) {
                    let code = code.to_string();
                    xml.create_element(format!("actes:CodeMatiere{level}")).with_attribute(attribute("actes:CodeMatiere", &code)).write_empty()?;
                }
                xml.create_element("actes:Objet").write_text_content(text(&subject))?;
                if let Some(previous) = &previous {
                    xml.create_element("actes:PrecedentIdentifiantActe").with_attribute(attribute("actes:IDActe", previous)).write_empty()?;
                }
                xml.create_element("actes:ClassificationDateVersion").write_text_content(text(&self.classification.to_string()))?;
                file(xml, "actes:Document", &act)?;
                let list = xml.create_element("actes:Annexes").with_attribute(attribute("actes:Nombre", &count));
                if annexes.is_empty() {
                    list.write_empty()?;
                } else {
                    list.write_inner_content(|xml| annexes.iter().try_for_each(|name| file(xml, "actes:Annexe", name)))?;
                }
                xml.create_element("actes:DocumentPapier").write_text_content(text(if self.on_paper { "O" } else { "N" }))?;
                Ok(())
            })?;
            Ok(())
        })?)
    }
}

/// The message that cancels the transmission of an act, in ISO-8859-1.
///
/// # Errors
/// When the identifier cannot be sent: one with hyphens in its number is how it was printed, not how it was sent.
pub fn cancellation(identifier: &ActIdentifier) -> Result<Vec<u8>, MessageFault> {
    let id = sendable(identifier)?;
    let root = [attribute("xmlns:actes", NAMESPACE), attribute("actes:IDActe", &id)];
    Ok(document(|xml| {
        xml.create_element("actes:Annulation").with_attributes(root).write_empty()?;
        Ok(())
    })?)
}

fn sendable(identifier: &ActIdentifier) -> Result<String, MessageFault> {
    let text = identifier.to_string();
    if identifier.is_strict() { Ok(text) } else { Err(MessageFault::Identifier(text)) }
}

/// The name of a file, escaped: no path, no line break.
pub(super) fn file_name(name: &str) -> Result<String, MessageFault> {
    let plain = !name.trim().is_empty() && name != "." && name != ".." && !name.contains(|c: char| matches!(c, '/' | '\\') || c.is_control());
    if plain { Ok(escaped(name)?) } else { Err(MessageFault::FileName(name.to_owned())) }
}

/// A file by its name (XSD type `FichierSigne`).
pub(super) fn file(xml: &mut Writer<Vec<u8>>, element: &str, name: &str) -> std::io::Result<()> {
    let of = |xml: &mut Writer<Vec<u8>>| xml.create_element("actes:NomFichier").write_text_content(text(name)).map(|_| ());
    xml.create_element(element).write_inner_content(of)?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn of<'a>(identifier: &'a ActIdentifier, matter: &'a MatterPath, annexes: &'a [String]) -> ActMessage<'a> {
        ActMessage {
            identifier,
            matter,
            title: "Subvention à la SCIC « Bulle d’œuvre » : 11 780 € & plus",
            previous: None,
            classification: "2017-10-01".parse().unwrap(),
            document: "99_DE-062-226200012-20250707-2025_302-DE-1-1_1.pdf",
            annexes,
            on_paper: false,
        }
    }

    #[test]
    fn an_act_to_the_letter() {
        let (id, matter) = ("062-226200012-20250707-2025_302-DE".parse().unwrap(), "7.5".parse().unwrap());
        let xml = of(&id, &matter, &["31_CO-062-226200012-20250707-2025_302-DE-1-1_2.pdf".to_owned()]).to_xml().unwrap();
        let expected = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>
<actes:Acte xmlns:actes=\"http://www.interieur.gouv.fr/ACTES#v1.1-20040216\" actes:Date=\"2025-07-07\" actes:NumeroInterne=\"2025_302\" actes:CodeNatureActe=\"1\">
  <actes:CodeMatiere1 actes:CodeMatiere=\"7\"/>
  <actes:CodeMatiere2 actes:CodeMatiere=\"5\"/>
  <actes:Objet>Subvention \u{e0} la SCIC \u{ab} Bulle d&#8217;&#339;uvre \u{bb} : 11 780 &#8364; &amp; plus</actes:Objet>
  <actes:ClassificationDateVersion>2017-10-01</actes:ClassificationDateVersion>
  <actes:Document>
    <actes:NomFichier>99_DE-062-226200012-20250707-2025_302-DE-1-1_1.pdf</actes:NomFichier>
  </actes:Document>
  <actes:Annexes actes:Nombre=\"1\">
    <actes:Annexe>
      <actes:NomFichier>31_CO-062-226200012-20250707-2025_302-DE-1-1_2.pdf</actes:NomFichier>
    </actes:Annexe>
  </actes:Annexes>
  <actes:DocumentPapier>N</actes:DocumentPapier>
</actes:Acte>";
        let latin: Vec<u8> = expected.chars().map(|c| u8::try_from(c).unwrap()).collect();
        assert_eq!(String::from_utf8_lossy(&xml), String::from_utf8_lossy(&latin));
        assert_eq!(xml, latin);
    }

    #[test]
    fn a_cancellation_to_the_letter() {
        let id = "062-226200012-20250707-2025_302-DE".parse().unwrap();
        let expected = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<actes:Annulation xmlns:actes=\"http://www.interieur.gouv.fr/ACTES#v1.1-20040216\" \
                        actes:IDActe=\"062-226200012-20250707-2025_302-DE\"/>";
        assert_eq!(cancellation(&id).unwrap(), expected.as_bytes());
        let printed = ActIdentifier::lenient("062-226200012-20250707-2025-302-DE").unwrap();
        assert!(matches!(cancellation(&printed), Err(MessageFault::Identifier(_))));
    }

    #[test]
    fn what_would_be_refused_is_not_written() {
        let id = |text: &str| ActIdentifier::lenient(text).unwrap();
        let (good, subsidies) = (id("062-226200012-20250707-2025_302-DE"), "7.5".parse().unwrap());
        let fault = |message: ActMessage| message.to_xml().unwrap_err();
        for number in ["2025-302", "2025/302", "x", "cp_1", "1234567890123456"] {
            let id = id(&format!("062-226200012-20250707-{number}-DE"));
            assert!(matches!(fault(of(&id, &subsidies, &[])), MessageFault::Identifier(_)), "{number}");
        }
        assert!(matches!(fault(of(&id("062-226200012-20250707-2025_302-XX"), &subsidies, &[])), MessageFault::Nature(_)));
        assert!(matches!(fault(of(&good, &"7".parse().unwrap(), &[])), MessageFault::Matter(MatterFault::OneLevel)));
        assert!(matches!(fault(of(&good, &"7.11".parse().unwrap(), &[])), MessageFault::Matter(MatterFault::Unknown)));
        assert!(matches!(fault(ActMessage { title: " \n", ..of(&good, &subsidies, &[]) }), MessageFault::NoTitle));
        assert!(matches!(fault(ActMessage { title: "a\u{1}b", ..of(&good, &subsidies, &[]) }), MessageFault::Unwritable(_)));
        for name in ["", " ", "..", "a/b.pdf", "a\\b.pdf", "a\nb.pdf"] {
            assert!(matches!(fault(ActMessage { document: name, ..of(&good, &subsidies, &[]) }), MessageFault::FileName(_)), "{name}");
            assert!(matches!(fault(of(&good, &subsidies, &[name.to_owned()])), MessageFault::FileName(_)), "{name}");
        }
        let printed = id("062-226200012-20240101-2024-1-DE");
        assert!(matches!(fault(ActMessage { previous: Some(&printed), ..of(&good, &subsidies, &[]) }), MessageFault::Identifier(_)));
    }
}
