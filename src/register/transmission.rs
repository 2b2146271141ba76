//! An act and @CTES: what is sent, and what comes back. Nothing is sent from here; a message that comes back becomes a fact, once.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::canonical::word;
use super::deliberation::{Act, load};
use super::files::ending;
use super::read::shown_act;
use super::told::Told;
use super::{Actor, Once, Reader, Refusal, Register, Written, facts, log, seal};
use crate::publish::actes::{
    ActIdentifier, ActMessage, EchoedAct, FileKind, Incoming, IncomingKind, MatterPath, Nature, attachment_name, message_name, read_incoming,
    subject_of, transmissible_number,
};
use crate::record::{Authority, ChangePart, Fact, Id, NumberKind};
use crate::store::{FileRow, Session};

/// What is sent of an act.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Transmission {
    /// Identifier of the act on @CTES; null: `missing` says what it lacks.
    #[schema(example = "062-226200012-20250707-2025_302-DE")]
    pub identifier: Option<String>,
    /// Number as it is sent.
    pub number: Option<String>,
    /// Path in the nomenclature.
    pub matter: Option<String>,
    /// On one line, of 499 characters at most.
    pub subject: String,
    /// Whether the title was cut to make it.
    pub subject_cut: bool,
    /// File name of the message.
    pub message: Option<String>,
    /// File name of the act (a PDF).
    pub document: Option<String>,
    /// What cannot be sent, and why.
    pub missing: Vec<String>,
}

/// What an incoming message came to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Received {
    pub kind: IncomingKind,
    pub deliberation: Id,
    pub href: String,
    /// The fact that it is recorded as; null: it is none.
    pub fact: Option<Id>,
    /// Whether it had come before.
    pub known: bool,
    /// SHA-256 of the message.
    pub digest: String,
}

/// Why a message that came back is refused: it is reported, and nothing is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageRefusal {
    Unreadable(String),
    /// It names no act.
    NoAct,
    /// No act of the authority is sent under that identifier.
    UnknownAct(String),
    /// Two acts of the authority go by that identifier.
    TwoActs(String),
    /// What the prefecture says that it received differs from the act.
    OtherAct {
        identifier: String,
        what: &'static str,
        sent: String,
        received: String,
    },
}

/// The parts of an identifier that an act has, or what it lacks.
fn identifier(authority: &Authority, act: &Act) -> Result<ActIdentifier, Vec<String>> {
    let mut missing = Vec::new();
    let number = act.record.numbers.iter().find(|n| n.kind == NumberKind::Actes).map(|n| n.value.clone()).or_else(|| act.row.number.clone());
    let number = match number.as_deref().map(transmissible_number) {
        Some(Ok(number)) => Some(number),
        Some(Err(fault)) => {
            missing.push(format!("number: {fault}"));
            None
        }
        None => {
            missing.push("number".to_owned());
            None
        }
    };
    let nature = Nature::of_act(act.record.kind, act.record.effect);
    if nature.is_none() {
        missing.push("nature".to_owned());
    }
    if authority.department_code.is_none() {
        missing.push("authority.department_code".to_owned());
    }
    match (number, nature, &authority.department_code) {
        (Some(number), Some(nature), Some(department)) => {
            ActIdentifier::new(department, authority.siren.as_str(), act.row.date, &number, nature).map_err(|fault| vec![fault.to_string()])
        }
        _ => Err(missing),
    }
}

/// The first matter code that can be sent.
fn matter(act: &Act) -> Option<MatterPath> {
    act.record.matter_codes.iter().filter_map(|code| code.code.parse::<MatterPath>().ok()).find(|path| path.transmissible().is_ok())
}

fn document_name(identifier: &ActIdentifier) -> Option<String> {
    // 99_DE, "délibération": the type that every prefecture's classification has for that nature.
    attachment_name(&format!("99_{}", identifier.nature_abbreviation()), identifier, 1, "pdf").ok()
}

fn reading(authority: &Authority, act: &Act) -> Transmission {
    let (identifier, mut missing) = match identifier(authority, act) {
        Ok(identifier) => (Some(identifier), Vec::new()),
        Err(missing) => (None, missing),
    };
    let matter = matter(act);
    if matter.is_none() {
        missing.push("matter_codes: two levels of the nomenclature".to_owned());
    }
    let subject = subject_of(&act.record.title);
    Transmission {
        number: identifier.as_ref().map(|id| id.number().to_owned()),
        matter: matter.map(|path| path.to_string()),
        subject_cut: subject.cut,
        subject: subject.text,
        message: identifier.as_ref().map(|id| message_name(id, FileKind::Act)),
        document: identifier.as_ref().and_then(document_name),
        identifier: identifier.map(|id| id.to_string()),
        missing,
    }
}

impl Register {
    /// What is sent of an act, and what it lacks for that.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`].
    pub fn transmission(&self, id: Id, reader: &Reader) -> Result<(Transmission, bool), Refusal> {
        self.store.read(|session| {
            let shown = shown_act(session, id, reader)?;
            let authority = facts::authority_of(session, &shown.act.row.authority)?;
            Ok((reading(&authority, &shown.act), shown.view == crate::publish::View::Public))
        })
    }

    /// The `Acte` message of a sealed act, in ISO-8859-1: its file name and its bytes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Gone`], [`Refusal::NotSealed`], [`Refusal::NotTransmissible`].
    pub fn act_message(&self, id: Id, classification: NaiveDate, reader: &Reader) -> Result<(String, Vec<u8>), Refusal> {
        self.store.read(|session| {
            let Assembled { name, xml, .. } = assemble(session, id, classification, reader)?;
            Ok((name, xml))
        })
    }

    /// Takes in a message that came back: the fact that it tells is recorded on its act, once however often it comes.
    ///
    /// # Errors
    /// [`Refusal::Message`]: unreadable, about no act or another one, or about an act that differs from what was sent.
    pub fn take_message(&self, actor: &Actor, once: Option<&Once>, bytes: &[u8]) -> Result<Written, Refusal> {
        let incoming = read_incoming(bytes).map_err(|e| Refusal::Message(MessageRefusal::Unreadable(e.to_string())))?;
        let named = incoming.identifier.clone().ok_or(Refusal::Message(MessageRefusal::NoAct))?;
        self.change(actor, once, |session| {
            let act = named_act(session, actor, &named)?;
            let id: Id = word(&act.row.id)?;
            compare(session, &act, &named, &incoming)?;
            let known = facts::facts_of(session, &act.row.authority, &act.row.id)?;
            let before = known.iter().find(|k| k.fact.digest.as_deref() == Some(incoming.digest.as_str())).map(|k| k.fact.id);
            let fact = match (incoming.kind.fact(), before) {
                (Some(kind), None) => {
                    let fact = Fact {
                        identifier: Some(named.to_string()),
                        digest: Some(incoming.digest.clone()),
                        reason: incoming.detail.clone(),
                        source: Some(format!("@CTES: {}", incoming.kind.wire())),
                        ..Fact::new(Id::mint(), kind, incoming.on)
                    };
                    let authority = facts::authority_of(session, &act.row.authority)?;
                    facts::check(session, &fact, &known, &act, &authority)?;
                    facts::may_happen(session, actor, &authority, &act, &fact)?;
                    facts::record(session, actor, &act, &fact)?;
                    Some(fact.id)
                }
                // A letter tells no fact; that it came is in the log.
                (None, None) => {
                    let action = format!("message: {} {}", incoming.kind.wire(), incoming.digest);
                    if !session.was_logged(&act.row.authority, &act.row.id, &action)? {
                        let told = Told::of_act(&act.row, ChangePart::Messages).inside();
                        log(session, actor, ("deliberation", &act.row.id, act.row.version), &action, told)?;
                    }
                    None
                }
                (_, before) => before,
            };
            let href = format!("/v1/deliberations/{id}/facts");
            let received = Received {
                kind: incoming.kind,
                deliberation: id,
                href: href.clone(),
                fact,
                known: before.is_some(),
                digest: incoming.digest.clone(),
            };
            let body = serde_json::to_string(&received)?;
            let created = before.is_none() && fact.is_some();
            Ok(Written { created, href, digest: super::digest(body.as_bytes()), body, touched: vec![id], reached: None })
        })
    }
}

/// A sealed act as it is sent.
pub(super) struct Assembled {
    pub(super) authority: Authority,
    pub(super) identifier: ActIdentifier,
    /// File name of the message, and the message.
    pub(super) name: String,
    pub(super) xml: Vec<u8>,
    /// File name of the act.
    pub(super) document: String,
    /// The annexes that have a file, under the names by which they are sent, in the order in which the act names them.
    pub(super) annexes: Vec<(String, FileRow)>,
    /// Every file of the act, in the order in which they came.
    pub(super) files: Vec<FileRow>,
}

pub(super) fn assemble(session: &mut Session<'_>, id: Id, classification: NaiveDate, reader: &Reader) -> Result<Assembled, Refusal> {
    let act = shown_act(session, id, reader)?.act;
    seal::sealed(session, &act.row.authority, &act.row.id)?.ok_or(Refusal::NotSealed)?;
    let authority = facts::authority_of(session, &act.row.authority)?;
    let identifier = identifier(&authority, &act).map_err(Refusal::NotTransmissible)?;
    let matter = matter(&act).ok_or_else(|| Refusal::NotTransmissible(reading(&authority, &act).missing))?;
    let document = document_name(&identifier).ok_or_else(|| Refusal::NotTransmissible(vec!["document".to_owned()]))?;
    let files = session.files_of(&act.row.authority, &act.row.id)?;
    let annexes = annexes(&files, &act, &identifier)?;
    let names: Vec<String> = annexes.iter().map(|(name, _)| name.clone()).collect();
    let message = ActMessage {
        identifier: &identifier,
        matter: &matter,
        title: &act.record.title,
        previous: None,
        classification,
        document: &document,
        annexes: &names,
        on_paper: false,
    };
    let xml = message.to_xml().map_err(|fault| Refusal::NotTransmissible(vec![fault.to_string()]))?;
    let name = message_name(&identifier, FileKind::Act);
    Ok(Assembled { authority, identifier, name, xml, document, annexes, files })
}

/// The annexes of an act as they are sent.
fn annexes(files: &[FileRow], act: &Act, identifier: &ActIdentifier) -> Result<Vec<(String, FileRow)>, Refusal> {
    let of = |id: Id| files.iter().find(|file| file.id == id.to_string());
    let kind = format!("99_{}", identifier.nature_abbreviation());
    // The act itself is number 1.
    let numbered = act.record.annexes.iter().filter_map(|annex| of(annex.file?)).zip(2u16..);
    let named = numbered.map(|(file, number)| {
        // A name without an ending is given that of its type: no annex is left out for it.
        let said = file.name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        let ending = said.as_deref().or_else(|| ending(&file.media_type)).unwrap_or_default();
        attachment_name(&kind, identifier, number, ending).map(|name| (name, file.clone()))
    });
    named.collect::<Result<_, _>>().map_err(|fault| Refusal::NotTransmissible(vec![format!("annexes: {fault}")]))
}

/// The act that goes by an identifier: of that day and number, among those of the authority.
fn named_act(session: &mut Session<'_>, actor: &Actor, named: &ActIdentifier) -> Result<Act, Refusal> {
    let unknown = || Refusal::Message(MessageRefusal::UnknownAct(named.to_string()));
    if named.siren() != actor.authority.as_str() {
        return Err(unknown());
    }
    let authority = facts::authority_of(session, actor.authority.as_str())?;
    let mut found = None;
    for id in session.deliberations_on(actor.authority.as_str(), named.date())? {
        let act = load(session, actor.authority.as_str(), word(&id)?)?;
        if identifier(&authority, &act).is_ok_and(|own| own.collision_key() == named.collision_key()) {
            // Two acts printed with one number: nothing says which it is about.
            if found.replace(act).is_some() {
                return Err(Refusal::Message(MessageRefusal::TwoActs(named.to_string())));
            }
        }
    }
    found.ok_or_else(unknown)
}

/// Refuses a receipt of something else than what was sent.
fn compare(session: &mut Session<'_>, act: &Act, named: &ActIdentifier, incoming: &Incoming) -> Result<(), Refusal> {
    let Some(echo) = &incoming.echo else { return Ok(()) };
    let authority = facts::authority_of(session, &act.row.authority)?;
    let own = reading(&authority, act);
    let differs = |what: &'static str, sent: Option<String>, received: Option<String>| match (sent, received) {
        (Some(sent), Some(received)) if sent != received => {
            Err(Refusal::Message(MessageRefusal::OtherAct { identifier: named.to_string(), what, sent, received }))
        }
        _ => Ok(()),
    };
    let EchoedAct { date, number, matter, subject, document, .. } = echo;
    differs("number", own.number, number.clone())?;
    differs("date", Some(act.row.date.to_string()), date.map(|d| d.to_string()))?;
    differs("matter", own.matter, matter.as_ref().map(ToString::to_string))?;
    differs("subject", Some(own.subject), subject.clone())?;
    differs("document", own.document, document.clone())
}
