//! Problems (RFC 9457): one closed catalogue, a stable type for each cause, in French or in English.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::language::Language;
use super::tokens::TokenError;
use crate::deliver::DeliverRefusal;
use crate::record::{Label, Workflow};
use crate::register::{Duty, Fault, MessageRefusal, Refusal};
use crate::store::StoreError;

macro_rules! catalogue {
    ($($(#[doc = $doc:literal])+ $kind:ident = $slug:literal, $status:literal, $fr:literal, $en:literal;)+) => {
        /// A cause. Its type on the wire is `/problems/` and its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind { $($(#[doc = $doc])+ $kind),+ }

        impl Kind {
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// The kind of this name.
            pub fn named(slug: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.slug() == slug)
            }

            pub const fn slug(self) -> &'static str {
                match self { $(Self::$kind => $slug),+ }
            }
            /// The status code.
            pub const fn code(self) -> u16 {
                match self { $(Self::$kind => $status),+ }
            }
            pub const fn title(self) -> Label {
                match self { $(Self::$kind => Label { fr: $fr, en: $en }),+ }
            }
            /// After how many seconds the same request may succeed; none: not by waiting.
            const fn retry_after(self) -> Option<&'static str> {
                match self { Self::Unavailable => Some("5"), Self::StorageFull => Some("60"), _ => None }
            }
            pub const fn about(self) -> &'static str {
                match self { $(Self::$kind => concat!($($doc),+)),+ }
            }
        }
    };
}

catalogue! {
    /// The body is no JSON: broken, nested too deeply, not in UTF-8.
    MalformedJson = "malformed-json", 400, "Corps JSON illisible", "Unreadable JSON body";
    /// A parameter of the query does not exist, or stands twice.
    UnknownParameter = "unknown-parameter", 400, "Paramètre inconnu", "Unknown parameter";
    /// A parameter of the query or a header has a value that it cannot have.
    InvalidParameter = "invalid-parameter", 400, "Paramètre invalide", "Invalid parameter";
    /// The cursor is not one that the register gave for this list.
    InvalidCursor = "invalid-cursor", 400, "Curseur invalide", "Invalid cursor";
    /// The register holds several authorities: a list without a token names one.
    AuthorityNeeded = "authority-needed", 400, "Collectivité à préciser", "Authority needed";
    /// The request is no request that can be answered.
    BadRequest = "bad-request", 400, "Requête incorrecte", "Bad request";
    /// The operation needs a token.
    TokenMissing = "token-missing", 401, "Jeton requis", "Token needed";
    /// The token is not valid: the detail says why.
    TokenInvalid = "token-invalid", 401, "Jeton refusé", "Token refused";
    /// The token is valid, and lacks the scope that the operation needs.
    ScopeMissing = "scope-missing", 403, "Droit insuffisant", "Scope missing";
    /// Who recorded an act cannot seal it alone, and who sealed it cannot publish it.
    SeparationOfDuties = "separation-of-duties", 403, "Séparation des tâches", "Separation of duties";
    /// There is no such address, or no such record, or it is another authority's.
    NotFound = "not-found", 404, "Introuvable", "Not found";
    /// This build of the program lacks what the address is for: the detail says what.
    NotInThisBuild = "not-in-this-build", 404, "Absent de ce programme", "Not in this build";
    /// The address does not know the method.
    MethodNotAllowed = "method-not-allowed", 405, "Méthode non admise", "Method not allowed";
    /// The identifier is taken.
    Exists = "exists", 409, "Existe déjà", "Exists already";
    /// A transcribed act belongs to a transcribed sitting, a recorded one to a recorded sitting; the origin of a sitting never changes.
    OriginDiffers = "origin-differs", 409, "Origine différente", "Origin differs";
    /// Only a recorded sitting takes events and ballots one by one.
    NotLive = "not-live", 409, "Séance transcrite", "Sitting is transcribed";
    /// Only a draft can be deleted.
    NotADraft = "not-a-draft", 409, "N'est pas un projet", "Not a draft";
    /// The act does not go there from where it stands: the errors name where it can go.
    MoveNotAllowed = "move-not-allowed", 409, "Étape impossible", "Move not allowed";
    /// A sealed act does not change: a rectification is recorded beside it.
    Sealed = "sealed", 409, "Acte scellé", "Act is sealed";
    /// The act is not sealed yet.
    NotSealed = "not-sealed", 409, "Acte non scellé", "Act is not sealed";
    /// Blocking findings hold the seal until they are mended, or waived with a reason.
    Held = "findings-hold", 409, "Constats bloquants", "Findings hold the seal";
    /// The act has no number: an act transcribed from paper keeps the one that is printed.
    NoNumber = "number-missing", 409, "Numéro manquant", "Number missing";
    /// Another act of the year has a number that @CTES does not tell from this one.
    NumberCollides = "number-collides", 409, "Numéro déjà pris", "Number collides";
    /// The act lacks something that @CTES asks for: the errors name it.
    NotTransmissible = "not-transmissible", 409, "Acte non transmissible", "Act cannot be transmitted";
    /// A message of the prefecture is unreadable, is about no act of the register, or about something else than what was sent.
    MessageRefused = "message-refused", 422, "Message refusé", "Message refused";
    /// This register delivers nothing to webhooks: whoever runs it has not turned them on (`webhooks.enabled`).
    WebhooksOff = "webhooks-off", 409, "Webhooks désactivés", "Webhooks are off";
    /// The request is sound, and cannot happen to the act as it stands: the detail says why.
    NotPossible = "not-possible", 409, "Impossible en l'état", "Not possible as it stands";
    /// An act comes from an agenda item that the new record lacks.
    ItemInUse = "item-in-use", 409, "Point d'ordre du jour utilisé", "Agenda item in use";
    /// The act is sealed, and its annexes, its report and its agreements with it.
    FilesSealed = "files-sealed", 409, "Pièces scellées avec l'acte", "Papers are sealed with the act";
    /// The same Idempotency-Key is in use by a request that is not answered yet.
    KeyInUse = "idempotency-key-in-use", 409, "Clé d'idempotence en cours d'usage", "Idempotency key in use";
    /// The key of a line was imported before with another record: change that record by a PUT, or give the line another key.
    ImportKeyReused = "import-key-reused", 409, "Clé d'import déjà utilisée", "Import key reused";
    /// An irregularity that really happened is kept if the request acknowledges it: `acknowledge: [{code, reason}]`.
    NotAcknowledged = "acknowledgement-needed", 409, "Irrégularité à confirmer", "Irregularity to acknowledge";
    /// Another writer changed the same thing at the same time: try again.
    Raced = "conflict", 409, "Modification concurrente", "Concurrent change";
    /// The record was deleted; its tombstone is left.
    Gone = "gone", 410, "Supprimé", "Deleted";
    /// The feed no longer tells all that follows the cursor. Read the cursor of the head, then the lists, then follow from it: the header Link has it.
    CursorExpired = "cursor-expired", 410, "Curseur périmé", "Cursor has expired";
    /// The record has changed since the reader's ETag.
    Stale = "stale-record", 412, "Version périmée", "Stale version";
    /// The body did not come in the time that there is for it.
    TooSlow = "request-too-slow", 408, "Requête trop lente", "Request too slow";
    /// A body is at most 4 MiB, with 200,000 objects and lists in it; a file as large as this register takes in.
    TooLarge = "body-too-large", 413, "Corps trop volumineux", "Body too large";
    /// A body is application/json; a file is of a type that is taken in. No body is taken in compressed (Content-Encoding).
    MediaType = "unsupported-media-type", 415, "Type de contenu non pris en charge", "Unsupported media type";
    /// A part of a file was asked for that begins after its end.
    RangeBeyond = "range-not-satisfiable", 416, "Partie hors du fichier", "Part beyond the file";
    /// A field of the body is not in the schema.
    UnknownField = "unknown-field", 422, "Champ inconnu", "Unknown field";
    /// A field has a value that it cannot have.
    InvalidField = "invalid-field", 422, "Champ invalide", "Invalid field";
    /// The first bytes of a file are not of the type that Content-Type says.
    TypeDiffers = "media-type-differs", 422, "Type de fichier différent de l'annonce", "File type differs from what is said";
    /// A document to be taken in cannot be read: its charset, its PDF, the time that it takes.
    NotRead = "document-not-read", 422, "Document illisible", "Document cannot be read";
    /// The bytes that came do not have the digest that Content-Digest says.
    DigestDiffers = "digest-differs", 422, "Empreinte différente de l'annonce", "Digest differs from what is said";
    /// What is recorded live cannot contradict itself: the codes say how it does.
    Contradiction = "contradiction", 422, "Contradiction", "Contradiction";
    /// The period holds more sittings than are counted in one go: ask for a shorter one.
    PeriodTooLong = "period-too-long", 422, "Période trop longue", "Period too long";
    /// The same Idempotency-Key came with another request.
    KeyReused = "idempotency-key-reused", 422, "Clé d'idempotence déjà utilisée", "Idempotency key reused";
    /// A change of a record says which version it changes, by If-Match.
    MatchNeeded = "if-match-needed", 428, "If-Match requis", "If-Match needed";
    /// More is asked than one may ask: `RateLimit-Policy` says how much that is, `RateLimit` how much is left, `Retry-After` how many seconds to wait.
    TooMany = "too-many-requests", 429, "Trop de requêtes", "Too many requests";
    /// Something failed inside. The request id finds it in the log.
    Internal = "internal", 500, "Erreur interne", "Internal error";
    /// The bytes of a file are missing, or are not those that were kept. Whoever runs the service finds it in the log.
    FileDamaged = "file-damaged", 500, "Fichier endommagé", "File is damaged";
    /// The database, or the place for files, cannot be reached or has too much to do; the request may be sent again after the seconds that Retry-After
    /// says.
    Unavailable = "unavailable", 503, "Service indisponible", "Service unavailable";
    /// The disk of the register is full: nothing was written. Whoever runs the service frees some room; then the request may be sent again.
    StorageFull = "storage-full", 507, "Espace de stockage épuisé", "Storage is full";
}

/// Seconds after which what cannot be answered now may be asked again.
const RETRY_AFTER: &str = "5";

/// A text in both languages, made when needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    pub fr: String,
    pub en: String,
}

/// A field that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Wrong {
    pointer: String,
    code: String,
    words: Words,
}

/// A problem on its way to the client.
#[derive(Clone, Debug)]
pub struct Problem {
    kind: Kind,
    detail: Option<Words>,
    wrong: Vec<Wrong>,
    headers: Vec<(HeaderName, String)>,
}

/// What is said of a problem, in both languages: to be kept, and told later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    detail: Option<Words>,
    wrong: Vec<Wrong>,
}

impl Told {
    /// The detail and the fields that are wrong, in a language.
    pub fn words(self, language: Language) -> (Option<String>, Vec<FieldError>) {
        let words = |w: Words| if language == Language::French { w.fr } else { w.en };
        let errors = self.wrong.into_iter().map(|w| FieldError { pointer: w.pointer, code: w.code, detail: words(w.words) }).collect();
        (self.detail.map(words), errors)
    }
}

/// A problem on the wire (RFC 9457), as `application/problem+json`.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Stable, one for each cause.
    #[serde(rename = "type")]
    #[schema(example = "/problems/invalid-field")]
    kind: String,
    title: String,
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    detail: Option<String>,
    /// The path that was asked for.
    instance: String,
    /// Finds the request in the log.
    request_id: Option<String>,
    /// Fields that are wrong, in the order of the body; the first hundred of them.
    errors: Vec<FieldError>,
}

/// A field that is wrong.
#[derive(Serialize, ToSchema)]
pub struct FieldError {
    /// JSON pointer into the body (RFC 6901), or the name of a parameter.
    pub pointer: String,
    /// The rule, for programs.
    pub code: String,
    /// The rule, in words.
    pub detail: String,
}

/// The fields that one problem names: a body of 4 MiB has room for more than a million that are wrong.
const NAMED: usize = 100;

impl Problem {
    pub const fn new(kind: Kind) -> Self {
        Self { kind, detail: None, wrong: Vec::new(), headers: Vec::new() }
    }

    /// The same with words of its own.
    pub fn saying(mut self, fr: impl Into<String>, en: impl Into<String>) -> Self {
        self.detail = Some(Words { fr: fr.into(), en: en.into() });
        self
    }

    /// The same with one more wrong field; the first hundred are named.
    pub fn at(mut self, pointer: impl Into<String>, code: &str, fr: impl Into<String>, en: impl Into<String>) -> Self {
        if self.wrong.len() < NAMED {
            self.wrong.push(Wrong { pointer: pointer.into(), code: code.to_owned(), words: Words { fr: fr.into(), en: en.into() } });
        }
        self
    }

    pub fn with_header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same about a part of a document: its fields stand under this pointer.
    pub fn under(mut self, pointer: &str) -> Self {
        self.wrong.iter_mut().for_each(|w| w.pointer.insert_str(0, pointer));
        self
    }

    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// What is said, without the kind.
    pub fn told(self) -> Told {
        Told { detail: self.detail, wrong: self.wrong }
    }

    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.kind.code()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// A response with the status and the headers of the problem, to be written out.
    pub fn response(&self) -> HttpResponseBuilder {
        let mut response = HttpResponse::build(self.status());
        if let Some(seconds) = self.kind.retry_after() {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        for (name, value) in &self.headers {
            response.insert_header((name.clone(), value.as_str()));
        }
        if self.kind == Kind::Unavailable {
            response.insert_header((header::RETRY_AFTER, RETRY_AFTER));
        }
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        response
    }

    /// The problem as one text in a language: for formats that have an error of their own.
    pub fn text(&self, language: Language) -> String {
        let words = |w: &Words| if language == Language::French { w.fr.clone() } else { w.en.clone() };
        let title = if language == Language::French { self.kind.title().fr } else { self.kind.title().en };
        let wrong = self.wrong.iter().map(|w| format!("{}: {}", w.pointer, words(&w.words)));
        [title.to_owned()].into_iter().chain(self.detail.as_ref().map(words)).chain(wrong).collect::<Vec<_>>().join(". ")
    }

    /// The same in English: for the command line.
    pub fn english(&self) -> String {
        self.text(Language::English)
    }

    /// The problem as a response in a language.
    pub fn respond(&self, language: Language, instance: &str, request_id: Option<String>) -> HttpResponse {
        let words = |w: &Words| if language == Language::French { w.fr.clone() } else { w.en.clone() };
        let label = |l: Label| if language == Language::French { l.fr } else { l.en };
        let body = ProblemBody {
            kind: format!("/problems/{}", self.kind.slug()),
            title: label(self.kind.title()).to_owned(),
            status: self.kind.code(),
            detail: self.detail.as_ref().map(words),
            instance: instance.to_owned(),
            request_id,
            errors: self.wrong.iter().map(|w| FieldError { pointer: w.pointer.clone(), code: w.code.clone(), detail: words(&w.words) }).collect(),
        };
        self.response()
            .insert_header((header::CONTENT_LANGUAGE, language.tag()))
            .insert_header((header::VARY, "Accept-Language"))
            .content_type("application/problem+json")
            .body(serde_json::to_string(&body).unwrap_or_default())
    }

    fn faults(kind: Kind, faults: Vec<Fault>) -> Self {
        faults.into_iter().fold(Self::new(kind), |problem, fault| {
            let label = fault.rule.label();
            problem.at(fault.pointer, fault.rule.code(), label.fr, label.en)
        })
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind.slug())
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    /// A bare response that carries the problem: the outermost layer knows the reader's language and writes it out.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status());
        response.extensions_mut().insert(self.clone());
        response
    }
}

impl From<DeliverRefusal> for Problem {
    fn from(refusal: DeliverRefusal) -> Self {
        match refusal {
            DeliverRefusal::CursorExpired { .. } => Self::new(Kind::CursorExpired).saying(
                "Ce qui suit ce curseur n'est plus dit en entier. Lisez le curseur de tête (/v1/changes?from=now, ou l'en-tête Link), puis les listes \
                 (/v1/deliberations, /v1/sittings, l'annuaire), puis suivez à partir de ce curseur.",
                "What follows this cursor is no longer told whole. Read the cursor of the head (/v1/changes?from=now, or the header Link), then the \
                 lists (/v1/deliberations, /v1/sittings, the directory), then follow from that cursor.",
            ),
            DeliverRefusal::NotFound => Self::new(Kind::NotFound),
            DeliverRefusal::Stale => Self::new(Kind::Stale),
            DeliverRefusal::Off => Self::new(Kind::WebhooksOff),
            DeliverRefusal::Invalid(fault) => Self::new(Kind::InvalidField).at(fault.pointer, fault.code, fault.words.fr, fault.words.en),
            DeliverRefusal::MayNotRead => Self::scope("records:read"),
            DeliverRefusal::KeyReused => Self::new(Kind::KeyReused),
            DeliverRefusal::TooMany => Self::new(Kind::Unavailable).saying(
                "Trop de lecteurs suivent le flux ici : lisez /v1/changes par pages, ou revenez plus tard.",
                "Too many follow the stream here: read /v1/changes by pages, or come back later.",
            ),
            DeliverRefusal::Store(error) => Refusal::Store(error).into(),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Invalid(faults) => Self::faults(Kind::InvalidField, faults),
            Refusal::ItemInUse(faults) => Self::faults(Kind::ItemInUse, faults),
            Refusal::NotFound => Self::new(Kind::NotFound),
            Refusal::Gone => Self::new(Kind::Gone),
            Refusal::Stale => Self::new(Kind::Stale)
                .saying("Relisez la fiche : elle a changé depuis votre lecture.", "Read the record again: it has changed since you read it."),
            Refusal::Exists => Self::new(Kind::Exists),
            Refusal::OriginDiffers => Self::new(Kind::OriginDiffers),
            Refusal::NotLive => Self::new(Kind::NotLive),
            Refusal::NotADraft => Self::new(Kind::NotADraft),
            Refusal::MoveNotAllowed { from, allowed } => Self::moves(from, allowed),
            Refusal::Sealed => Self::new(Kind::Sealed).saying(
                "Un acte scellé ne change pas ; une rectification s'enregistre à côté de lui.",
                "A sealed act does not change; a rectification is recorded beside it.",
            ),
            Refusal::NotSealed => Self::new(Kind::NotSealed).saying("Scellez d'abord l'acte : POST …/seal.", "Seal the act first: POST …/seal."),
            Refusal::Held(findings) => {
                findings.into_iter().fold(Self::held(), |problem, f| problem.at("/waivers", f.code.wire(), f.label.fr, f.label.en))
            }
            Refusal::SeparationOfDuties(duty) => Self::duty(duty),
            Refusal::NoNumber => Self::new(Kind::NoNumber).at(
                "/numbers",
                "needed",
                "ajoutez à la fiche le numéro imprimé, de genre `act`",
                "add the printed number to the record, of the kind `act`",
            ),
            Refusal::NumberCollides(number) => Self::new(Kind::NumberCollides).saying(
                format!("Le numéro {number} est déjà pris dans l'année : donnez à l'instance un modèle de numéro à elle (`numbering`)."),
                format!("The number {number} is taken in the year: give the body a numbering template of its own (`numbering`)."),
            ),
            Refusal::NotTransmissible(missing) => missing.into_iter().fold(Self::new(Kind::NotTransmissible), |problem, what| {
                let field = what.split(':').next().unwrap_or_default().to_owned();
                problem.at(field, "missing", format!("il manque : {what}"), format!("missing: {what}"))
            }),
            Refusal::Message(why) => Self::message(why),
            Refusal::NotPossible(why) => Self::new(Kind::NotPossible).saying(why.fr, why.en),
            Refusal::Contradiction(found) => {
                found.into_iter().fold(Self::contradiction(), |problem, c| problem.at(c.pointer, c.code.wire(), c.label.fr, c.label.en))
            }
            Refusal::NotAcknowledged(findings) => {
                findings.into_iter().fold(Self::acknowledge(), |problem, f| problem.at("/acknowledge", f.code.wire(), f.label.fr, f.label.en))
            }
            Refusal::MayNotWaive => Self::scope("findings:waive"),
            Refusal::AuthorityNeeded => Self::new(Kind::AuthorityNeeded).at(
                "authority",
                "needed",
                "donnez le SIREN de la collectivité : ?authority=",
                "give the authority's SIREN: ?authority=",
            ),
            Refusal::File(refusal) => Self::from(refusal),
            Refusal::PeriodTooLong { most } => Self::new(Kind::PeriodTooLong).saying(
                format!("Plus de {most} séances dans la période : resserrez `date_from` et `date_to`."),
                format!("More than {most} sittings in the period: bring `date_from` and `date_to` closer."),
            ),
            Refusal::KeyInUse => Self::new(Kind::KeyInUse),
            Refusal::KeyReused => Self::new(Kind::KeyReused),
            Refusal::Store(StoreError::Raced) => Self::new(Kind::Raced),
            Refusal::Store(StoreError::Full(cause)) => {
                tracing::error!(%cause, "no room left for the database");
                Self::new(Kind::StorageFull)
            }
            Refusal::Store(StoreError::Busy(what)) => {
                tracing::warn!(what, "the database is busy");
                Self::new(Kind::Unavailable)
            }
            // The server went away under a connection, or is no longer the primary.
            Refusal::Store(other) if other.passes() => {
                tracing::error!(error = %other, "database unreachable");
                Self::new(Kind::Unavailable)
            }
            Refusal::Store(other) => {
                tracing::error!(error = %other, "store failed");
                Self::new(Kind::Internal)
            }
        }
    }
}

impl Problem {
    fn acknowledge() -> Self {
        Self::new(Kind::NotAcknowledged).saying(
            "Si cela s'est bien passé ainsi, renvoyez-le avec `acknowledge` : le code de chaque irrégularité et le motif.",
            "If it really happened so, send it again with `acknowledge`: the code of each irregularity and the reason.",
        )
    }

    fn held() -> Self {
        Self::new(Kind::Held).saying(
            "Corrigez la fiche, ou passez outre chaque constat avec un motif : POST …/waivers.",
            "Mend the record, or waive each finding with a reason: POST …/waivers.",
        )
    }

    fn moves(from: Workflow, allowed: Vec<Workflow>) -> Self {
        let words = |pick: fn(Label) -> &'static str| match allowed.as_slice() {
            [] => "—".to_owned(),
            some => some.iter().map(|w| format!("`{}` ({})", w.wire(), pick(w.label()))).collect::<Vec<_>>().join(", "),
        };
        let (fr, en) = (words(|l| l.fr), words(|l| l.en));
        let problem = Self::new(Kind::MoveNotAllowed).saying(
            format!("De « {} », l'acte peut passer à : {fr}.", from.label().fr),
            format!("From \"{}\" the act can go to: {en}.", from.label().en),
        );
        allowed.iter().fold(problem, |problem, w| problem.at("/to", w.wire(), w.label().fr, w.label().en))
    }

    fn duty(duty: Duty) -> Self {
        let (fr, en) = match duty {
            Duty::RecordAndSeal => ("Qui a enregistré l'acte ne peut pas le sceller seul.", "Who recorded the act cannot seal it alone."),
            Duty::SealAndPublish => ("Qui a scellé l'acte ne peut pas le publier seul.", "Who sealed the act cannot publish it alone."),
        };
        Self::new(Kind::SeparationOfDuties).saying(fr, en)
    }

    fn message(why: MessageRefusal) -> Self {
        let (fr, en) = match why {
            MessageRefusal::Unreadable(what) => (format!("Message illisible : {what}."), format!("Unreadable message: {what}.")),
            MessageRefusal::NoAct => ("Le message ne désigne aucun acte.".to_owned(), "The message names no act.".to_owned()),
            MessageRefusal::UnknownAct(id) => {
                (format!("Aucun acte de la collectivité n'est transmis sous {id}."), format!("No act of the authority is sent under {id}."))
            }
            MessageRefusal::TwoActs(id) => (format!("Deux actes portent l'identifiant {id}."), format!("Two acts go by the identifier {id}.")),
            MessageRefusal::OtherAct { identifier, what, sent, received } => {
                tracing::warn!(%identifier, what, %sent, %received, "a receipt differs from the act");
                (
                    format!("{identifier} : `{what}` diffère ; envoyé « {sent} », reçu « {received} »."),
                    format!("{identifier}: `{what}` differs; sent \"{sent}\", received \"{received}\"."),
                )
            }
        };
        Self::new(Kind::MessageRefused).saying(fr, en)
    }

    fn contradiction() -> Self {
        Self::new(Kind::Contradiction).saying(
            "Ce qui est envoyé contredit la séance telle qu'elle est enregistrée : corrigez-le, ou d'abord la présence.",
            "What was sent contradicts the sitting as it is on record: mend it, or the presence first.",
        )
    }

    /// The scope that a token lacks.
    pub fn scope(scope: &str) -> Self {
        Self::new(Kind::ScopeMissing)
            .saying(format!("Il faut un jeton avec le droit `{scope}`."), format!("A token with the scope `{scope}` is needed."))
            .with_header(header::WWW_AUTHENTICATE, format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\""))
    }

    /// Why a token is refused (RFC 6750 §3).
    pub fn token(error: &TokenError) -> Self {
        if matches!(error, TokenError::Missing) {
            return Self::new(Kind::TokenMissing).with_header(header::WWW_AUTHENTICATE, "Bearer");
        }
        if matches!(error, TokenError::KeysUnavailable) {
            return Self::new(Kind::Unavailable);
        }
        Self::new(Kind::TokenInvalid)
            .saying(error.fr(), error.en())
            .at("Authorization", error.wire(), error.fr(), error.en())
            .with_header(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
    }
}
