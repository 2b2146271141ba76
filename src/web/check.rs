//! Checking a proof on a page: the file is read, checked as `registre verify` does it, and let go. Nothing of it is kept.

use std::io::{BufRead, Cursor};
use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::rt::time::timeout;
use actix_web::web::{self, Data, ServiceConfig};
use futures_util::StreamExt;
use serde::Serialize;

use super::address;
use super::respond::{Answered, Asked, Failure, Text, page};
use super::site::{Held, Site};
use super::templates::render;
use super::words::Day;
use crate::proof::{Check, Fault, LogCheck, LogHeader, LogLine, Origin, ProofBundle, Report, SealedAct, Trust};
use crate::record::Id;
use crate::register::{Reader, Refusal, Register, digest};

/// The largest file that the page takes: what is larger is checked off line.
const LARGEST: usize = 8 << 20;
/// How long a sender may say nothing.
const SILENCE: Duration = Duration::from_secs(30);
/// The field of the form.
const FIELD: &str = "fichier";

#[derive(Serialize)]
struct Model {
    site: Site,
    /// In MiB.
    largest: usize,
    keys: Vec<Key>,
    result: Option<Verdict>,
}

/// With which a log of this register is signed.
#[derive(Serialize)]
struct Key {
    authority: String,
    key: String,
}

#[derive(Serialize)]
struct Verdict {
    /// `good`, `plain` (it stands, but who signed it is only what the file says) or `bad`.
    class: &'static str,
    title: &'static str,
    text: &'static str,
    act: Option<Act>,
    checks: Vec<String>,
    faults: Vec<String>,
    /// Beyond those that are told.
    untold: u64,
    sha256: String,
}

#[derive(Serialize)]
struct Act {
    number: String,
    title: Option<String>,
    authority: String,
    sealed: String,
    /// Where this register shows it; none: it does not.
    href: Option<String>,
}

async fn form(request: HttpRequest, register: Data<Register>) -> Answered {
    page(&request, &register, |register, asked| write(register, asked, None)).await
}

async fn check(request: HttpRequest, register: Data<Register>, body: Multipart) -> Answered {
    let bytes = received(body).await?;
    page(&request, &register, move |register, asked| {
        let verdict = verdict(register, &bytes)?;
        write(register, asked, Some(verdict))
    })
    .await
}

/// The bytes of the file of a form.
async fn received(mut body: Multipart) -> Result<Vec<u8>, Failure> {
    const UNREADABLE: Failure = Failure(StatusCode::BAD_REQUEST);
    let patient = |_| Failure(StatusCode::REQUEST_TIMEOUT);
    let mut left = LARGEST;
    while let Some(field) = timeout(SILENCE, body.next()).await.map_err(patient)? {
        let mut field = field.map_err(|_| UNREADABLE)?;
        let wanted = field.name() == Some(FIELD);
        let mut bytes = Vec::new();
        while let Some(piece) = timeout(SILENCE, field.next()).await.map_err(patient)? {
            let piece = piece.map_err(|_| UNREADABLE)?;
            left = left.checked_sub(piece.len()).ok_or(Failure(StatusCode::PAYLOAD_TOO_LARGE))?;
            if wanted {
                bytes.extend_from_slice(&piece);
            }
        }
        if wanted {
            return Ok(bytes);
        }
    }
    Err(UNREADABLE)
}

fn write(register: &Register, asked: &Asked, result: Option<Verdict>) -> Result<Text, Failure> {
    let held = Held::load(register, asked)?;
    let key = |authority: &crate::record::Authority| Ok(Key { authority: authority.name.clone(), key: register.log_key(&authority.siren)? });
    let keys = held.all.iter().map(key).collect::<Result<_, Refusal>>()?;
    Ok(Text::page(render("check.html", Model { site: held.site(asked), largest: LARGEST >> 20, keys, result })?))
}

/// What was checked, and what it is about.
struct Checked {
    report: Report,
    act: Option<SealedAct>,
}

fn verdict(register: &Register, bytes: &[u8]) -> Result<Verdict, Failure> {
    let sha256 = digest(bytes);
    if bytes.is_empty() {
        return Ok(unreadable("Aucun fichier n’a été reçu : choisissez-en un, puis envoyez-le.", sha256));
    }
    let first = bytes.split_inclusive(|b| *b == b'\n').next().unwrap_or_default();
    let checked = if LogHeader::begins(first) { Some(log(register, bytes)?) } else { bundle(register, bytes)? };
    let Some(Checked { report, act }) = checked else {
        return Ok(unreadable(
            "Ce fichier n’est ni la preuve d’un acte ni l’export d’un journal. Si c’est un document joint à un acte, comparez son empreinte, \
             ci-dessous, à celle que la page de l’acte affiche : si elles sont identiques, le document est intact.",
            sha256,
        ));
    };
    let mut faults: Vec<String> = report.faults.iter().map(fault).collect();
    let mut checks: Vec<String> = report.checks.iter().map(said).collect();
    let shown = act.as_ref().map(|act| compare(register, act)).transpose()?;
    let href = match shown {
        None | Some(Shown::Nowhere) => None,
        Some(Shown::Same(href)) => {
            checks.push("L’acte que ce registre affiche aujourd’hui est exactement celui de ce fichier.".to_owned());
            Some(href)
        }
        Some(Shown::Other(href)) => {
            faults.push("Ce registre affiche sous le même identifiant un acte qui n’est pas celui de ce fichier.".to_owned());
            Some(href)
        }
    };
    let (class, title, text) = match (faults.is_empty(), report.trusted) {
        (true, true) => ("good", "Tout concorde", "Ce document est tel qu’il a été scellé, et c’est bien ce registre qui l’a signé."),
        (true, false) => (
            "plain",
            "Le fichier est cohérent, mais son signataire n’est pas connu ici",
            "Rien n’y a été modifié depuis sa signature. Il est toutefois signé par une clé que ce registre ne connaît pas : comparez-la à celle que \
             publie son auteur.",
        ),
        (false, _) => ("bad", "Ce fichier ne concorde pas", "Il a été modifié, il est incomplet, ou il ne vient pas d’où il le dit."),
    };
    Ok(Verdict { class, title, text, act: act.map(|act| of_act(act, href)), checks, faults, untold: report.untold, sha256 })
}

const fn unreadable(text: &'static str, sha256: String) -> Verdict {
    let title = "Ce fichier ne peut pas être vérifié ici";
    Verdict { class: "bad", title, text, act: None, checks: Vec::new(), faults: Vec::new(), untold: 0, sha256 }
}

/// This register's key, where the file says that it is signed with it: then the signature is checked with ours, not with the file's.
fn trust(register: &Register, stated: &str) -> Result<Trust, Failure> {
    let origin = stated.split('+').next().and_then(|name| name.parse::<Origin>().ok());
    let Some(origin) = origin else { return Ok(Trust::default()) };
    let own = register.log_key(origin.authority())?;
    Ok(Trust { key: (own == stated).then(|| own.parse().ok()).flatten(), older: None })
}

fn bundle(register: &Register, bytes: &[u8]) -> Result<Option<Checked>, Failure> {
    let Ok(bundle) = serde_json::from_slice::<ProofBundle>(bytes) else { return Ok(None) };
    let report = bundle.verify(&trust(register, &bundle.verifier_key)?);
    Ok(Some(Checked { report, act: bundle.act().ok() }))
}

fn log(register: &Register, bytes: &[u8]) -> Result<Checked, Failure> {
    let mut lines = Cursor::new(bytes);
    let mut line = Vec::new();
    let unread = |_| Failure(StatusCode::BAD_REQUEST);
    lines.read_until(b'\n', &mut line).map_err(unread)?;
    let stated = serde_json::from_slice::<LogHeader>(&line).map(|header| header.verifier_key).unwrap_or_default();
    let mut check = match LogCheck::begin(&line, &trust(register, &stated)?) {
        Ok(check) => check,
        Err(report) => return Ok(Checked { report: *report, act: None }),
    };
    loop {
        line.clear();
        if lines.read_until(b'\n', &mut line).map_err(unread)? == 0 {
            return Ok(Checked { report: check.end(), act: None });
        }
        match LogLine::read(&line) {
            Ok(line) => check.take(Ok(&line)),
            Err(fault) => check.take(Err(fault)),
        }
    }
}

/// What this register shows under the identifier of an act.
enum Shown {
    Nowhere,
    Same(String),
    Other(String),
}

fn compare(register: &Register, act: &SealedAct) -> Result<Shown, Failure> {
    let id: Id = act.deliberation;
    let here = match register.act_reading(id, &Reader::default()) {
        Ok(here) => here,
        Err(Refusal::NotFound | Refusal::Gone) => return Ok(Shown::Nowhere),
        Err(other) => return Err(other.into()),
    };
    let same = here.seal.is_some_and(|seal| act.digest().is_ok_and(|digest| digest == seal.digest));
    Ok(if same { Shown::Same(address::act(id)) } else { Shown::Other(address::act(id)) })
}

fn of_act(act: SealedAct, href: Option<String>) -> Act {
    Act {
        title: act.record.get("title").and_then(serde_json::Value::as_str).map(str::to_owned),
        sealed: Day::of(act.sealed_at.date_naive()).text,
        authority: act.authority.to_string(),
        number: act.number,
        href,
    }
}

fn said(check: &Check) -> String {
    match check {
        Check::TrustedSignature => "La signature est celle de ce registre.".to_owned(),
        Check::SelfAssertedSignature => "La signature est celle de la clé que le fichier nomme lui-même.".to_owned(),
        Check::Included(index) => format!("L’acte est inscrit au journal, à la place {}, tel qu’il a été scellé.", index.saturating_add(1)),
        Check::Whole(entries) => format!("Les {entries} inscriptions du journal sont là, intactes et dans l’ordre."),
        Check::Extends(entries) => format!("Le journal commence bien par les {entries} inscriptions qu’il avait."),
        Check::Stored(entries) => format!("Les {entries} inscriptions conservées sont celles du journal."),
    }
}

fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Unreadable(_) => "Le contenu du fichier ne se lit pas comme une preuve de ce registre.".to_owned(),
        Fault::Key(_) => "La clé que le fichier nomme ne peut pas être lue.".to_owned(),
        Fault::OtherKey { .. } => "Le fichier nomme une autre clé que celle qui est attendue.".to_owned(),
        Fault::Checkpoint(_) | Fault::OlderCheckpoint(_) => "La signature du journal n’est pas valable.".to_owned(),
        Fault::OtherLog { .. } => "La signature est celle d’un autre journal que celui que le fichier nomme.".to_owned(),
        Fault::OtherAuthority { .. } => "Un acte est celui d’une autre collectivité que celle du journal.".to_owned(),
        Fault::Line { line, .. } => format!("La ligne {line} ne peut pas être lue."),
        Fault::Altered { index } => format!("L’inscription {} a été modifiée.", index.saturating_add(1)),
        Fault::Missing { from, to, .. } | Fault::EndMissing { from, to } => {
            format!("Il manque des inscriptions : de la {} à la {}.", from.saturating_add(1), to.saturating_add(1))
        }
        Fault::Misplaced { index, .. } => format!("L’inscription {} est répétée ou n’est pas à sa place.", index.saturating_add(1)),
        Fault::Extra { .. } => "Le journal contient des inscriptions que la signature ne couvre pas.".to_owned(),
        Fault::Root => "Les inscriptions ne sont pas celles qui ont été signées : l’une au moins a été modifiée, déplacée ou remplacée.".to_owned(),
        Fault::NotCanonical(_) => "L’acte n’est pas écrit comme il a été scellé : il a été modifié.".to_owned(),
        Fault::NotIncluded { .. } => "L’acte n’est pas celui qui est inscrit au journal, ou la preuve n’est pas la sienne.".to_owned(),
        Fault::Truncated { .. } | Fault::Rewritten { .. } | Fault::Behind { .. } | Fault::Unlinked { .. } | Fault::NotExtended { .. } => {
            "Le journal n’est pas la suite de celui qui est attendu.".to_owned()
        }
        Fault::Stored(_) => "Ce qui est conservé ne concorde pas avec le journal.".to_owned(),
    }
}

pub fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/verifier").route(web::get().to(form)).route(web::post().to(check)));
}
