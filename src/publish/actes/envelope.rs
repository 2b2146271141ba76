//! The envelope of messages to the Ministry (XSD type `DonneesEnveloppeCLMISILL`).

use super::latin::{attribute, document, escaped, text};
use super::message::{MessageFault, file, file_name};
use super::{ActIdentifier, NAMESPACE};

/// Namespace of INSEE, of which the SIREN is.
const INSEE: &str = "http://xml.insee.fr/schema";

/// Who sends (XSD element `IDCL`).
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    pub siren: &'a str,
    /// As in identifiers: `062`.
    pub department: &'a str,
    /// One digit.
    pub district: u8,
    /// Code of the kind of authority, two digits: 31 for a commune was seen in data; the others are configured, no list was read.
    pub kind: u8,
}

/// Whom to ask (XSD element `Referent`).
#[derive(Clone, Copy, Debug)]
pub struct Contact<'a> {
    pub name: Option<&'a str>,
    pub telephone: Option<&'a str>,
    pub email: Option<&'a str>,
}

/// An envelope and the messages in it.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    pub sender: Sender<'a>,
    pub contact: Option<Contact<'a>>,
    /// Where the prefecture answers: one address at least.
    pub return_addresses: &'a [String],
    /// File names of the messages: one at least.
    pub messages: &'a [String],
}

impl Envelope<'_> {
    /// The envelope, in ISO-8859-1.
    ///
    /// # Errors
    /// When something in it is not of the form of the schema.
    pub fn to_xml(&self) -> Result<Vec<u8>, MessageFault> {
        let Sender { siren, department, district, kind } = self.sender;
        // The ends of an identifier have the forms that are wanted here.
        if ActIdentifier::lenient(&format!("{department}-{siren}-20000101-1-DE")).is_err() {
            return Err(MessageFault::Envelope("a sender whose SIREN has not nine digits or whose department is not like 062 or 02A"));
        }
        if district > 9 || kind > 99 {
            return Err(MessageFault::Envelope("a sender whose district has not one digit or whose kind has more than two"));
        }
        let emails = self.contact.iter().filter_map(|contact| contact.email).chain(self.return_addresses.iter().map(String::as_str));
        if self.return_addresses.is_empty() || !emails.into_iter().all(is_email) {
            return Err(MessageFault::Envelope("a sender without a return address, or with one that the schema does not take"));
        }
        if self.messages.is_empty() {
            return Err(MessageFault::Envelope("no message"));
        }
        let messages: Vec<String> = self.messages.iter().map(|name| file_name(name)).collect::<Result<_, _>>()?;
        let contact: Option<Vec<(&str, String)>> = self.contact.map(|contact| contact.fields()).transpose()?;
        let (district, kind) = (district.to_string(), format!("{kind:02}"));
        let sender = [
            attribute("insee:SIREN", siren),
            attribute("actes:Departement", department),
            attribute("actes:Arrondissement", &district),
            attribute("actes:Nature", &kind),
        ];
        let root = [attribute("xmlns:actes", NAMESPACE), attribute("xmlns:insee", INSEE)];
        Ok(document(|xml| {
            xml.create_element("actes:EnveloppeCLMISILL").with_attributes(root).write_inner_content(|xml| {
                xml.create_element("actes:Emetteur").write_inner_content(|xml| {
                    xml.create_element("actes:IDCL").with_attributes(sender).write_empty()?;
                    if let Some(fields) = &contact {
                        xml.create_element("actes:Referent").write_inner_content(|xml| {
                            fields.iter().try_for_each(|(name, value)| xml.create_element(*name).write_text_content(text(value)).map(|_| ()))
                        })?;
                    }
                    Ok(())
                })?;
                xml.create_element("actes:AdressesRetour").write_inner_content(|xml| {
                    let mut addresses = self.return_addresses.iter();
                    addresses.try_for_each(|address| xml.create_element("actes:Email").write_text_content(text(address)).map(|_| ()))
                })?;
                xml.create_element("actes:FormulairesEnvoyes")
                    .write_inner_content(|xml| messages.iter().try_for_each(|name| file(xml, "actes:Formulaire", name)))?;
                Ok(())
            })?;
            Ok(())
        })?)
    }
}

impl<'a> Contact<'a> {
    fn fields(self) -> Result<Vec<(&'a str, String)>, MessageFault> {
        let fields = [("actes:Nom", self.name), ("actes:Telephone", self.telephone), ("actes:Email", self.email)];
        let known = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
        known.map(|(name, value)| Ok((name, escaped(value)?))).collect()
    }
}

/// The form that the schema asks for (XSD type `Email`), narrower than what mail takes: no plus sign, two to six letters at the end.
fn is_email(text: &str) -> bool {
    let word = |low_line: bool| {
        move |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || (low_line && b == b'_'))
    };
    let Some((local, domain)) = text.split_once('@') else { return false };
    let Some((host, last)) = domain.rsplit_once('.') else { return false };
    let last_fits = (2..=6).contains(&last.len()) && last.bytes().all(|b| b.is_ascii_alphabetic());
    local.split('.').all(word(true)) && host.split('.').all(word(false)) && last_fits
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn envelope<'a>(addresses: &'a [String], messages: &'a [String]) -> Envelope<'a> {
        Envelope {
            sender: Sender { siren: "226200012", department: "062", district: 1, kind: 22 },
            contact: None,
            return_addresses: addresses,
            messages,
        }
    }

    #[test]
    fn what_would_be_refused_is_not_written() {
        let (addresses, messages) = (["actes@example.fr".to_owned()], ["m_0.xml".to_owned()]);
        let good = envelope(&addresses, &messages);
        assert!(good.to_xml().is_ok());
        let refused = |envelope: Envelope| assert!(envelope.to_xml().is_err(), "{envelope:?}");
        refused(envelope(&[], &messages));
        refused(envelope(&addresses, &[]));
        refused(envelope(&["nobody".to_owned()], &messages));
        refused(Envelope { sender: Sender { siren: "22620001", ..good.sender }, ..good });
        refused(Envelope { sender: Sender { department: "62", ..good.sender }, ..good });
        refused(Envelope { sender: Sender { district: 10, ..good.sender }, ..good });
        refused(Envelope { sender: Sender { kind: 100, ..good.sender }, ..good });
        refused(Envelope { contact: Some(Contact { name: None, telephone: None, email: Some("a@b") }), ..good });
    }

    #[test]
    fn addresses() {
        for good in ["a@b.fr", "a.b_c-d@sub.domain-1.museum"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "a@b", "@b.fr", "a@.fr", "a..b@c.fr", "a+b@c.fr", "a@c.f", "a@c.museums", "a@b_c.fr", "a@b.f1", "é@b.fr", "a@b@c.fr"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
