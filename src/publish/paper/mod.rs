//! Papers: what the secretariat prints. A paper is made once from a record, as blocks in reading order; each writer (HTML, PDF, text) writes the
//! same blocks in its own format.

mod act;
mod agenda;
mod convocation;
mod head;
mod html;
mod list;
mod minutes;
mod money;
#[cfg(feature = "pdf")]
mod pdf;
mod sheet;
mod signature;
mod text;
mod vote;
mod words;

pub use act::act;
pub use agenda::agenda;
pub use convocation::convocation;
pub use html::{STYLE, blocks, escaped, page};
pub use list::list;
pub use minutes::minutes;
#[cfg(feature = "pdf")]
pub use pdf::{PdfError, pdf};
pub use sheet::sheet;
pub(super) use text::block as block_text;
pub use text::text;
pub use words::{name, person_name};

use serde::Serialize;

use super::SittingReading;
use crate::record::Body;
use crate::vocabulary;

vocabulary! {
    /// What is printed of a sitting.
    SittingPaper {
        Minutes = "minutes", "procès-verbal", "minutes";
        List = "list", "liste des délibérations", "list of deliberations";
        Agenda = "agenda", "ordre du jour", "agenda";
        Convocation = "convocation", "convocation", "convocation";
        AttendanceSheet = "attendance_sheet", "feuille de présence", "attendance sheet";
    }
}

vocabulary! {
    /// The format of a paper, as the ending of its address.
    PaperFormat {
        Html = "html", "page HTML", "HTML page";
        Pdf = "pdf", "PDF", "PDF";
        Text = "txt", "texte brut", "plain text";
        Akn = "akn", "XML Akoma Ntoso 3.0", "Akoma Ntoso 3.0 XML";
    }
}

impl SittingPaper {
    /// The paper of a sitting.
    pub fn of(self, reading: &SittingReading) -> Paper {
        match self {
            Self::Minutes => minutes(reading),
            Self::List => list(reading),
            Self::Agenda => agenda(reading),
            Self::Convocation => convocation(reading),
            Self::AttendanceSheet => sheet(reading),
        }
    }

    /// Whether anyone may read it where the sitting is public.
    pub const fn is_public(self, body: &Body) -> bool {
        match self {
            Self::Minutes => body.public_minutes,
            Self::List | Self::Agenda => true,
            Self::Convocation | Self::AttendanceSheet => false,
        }
    }
}

/// A paper, whatever it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// For the metadata of a file and the title of a page: "Délibération 2025-302 – Animer le réseau…".
    pub title: String,
    /// The authority.
    pub author: String,
    /// The day of the sitting: the date of the file too, so that the same version always gives the same bytes.
    pub date: chrono::NaiveDate,
    /// Said at the head of every page.
    pub marks: Vec<Mark>,
    pub blocks: Vec<Block>,
    /// Lines at the foot: the digest, and where to check it.
    pub footer: Vec<String>,
}

/// What a paper is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Mark {
    /// Recorded live and not sealed: "PROJET".
    Draft,
    /// Read from paper and not sealed: "TRANSCRIPTION NON SCELLÉE".
    Unsealed,
    /// A signed original exists: "COPIE".
    Copy,
    /// Not to be made public as it stands: "DOCUMENT INTERNE".
    Internal,
}

impl Mark {
    pub const fn text(self) -> &'static str {
        match self {
            Self::Draft => "PROJET",
            Self::Unsealed => "TRANSCRIPTION NON SCELLÉE",
            Self::Copy => "COPIE",
            Self::Internal => "DOCUMENT INTERNE",
        }
    }
}

/// A block of a paper: what it is there for, and what it holds. The role decides its looks, the content its structure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Block {
    pub role: Role,
    pub content: Content,
}

/// What a block is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The authority, the body, the sitting, who is in the chair: the head of the paper, centred.
    Head,
    /// The title of the act: the main heading.
    Title,
    /// Its number, centred under the title.
    Number,
    /// A heading inside the paper.
    Section,
    /// Secretary and attendance.
    Attendance,
    /// "La Commission Permanente…", "Après en avoir délibéré,".
    Formula,
    /// "DECIDE :"
    Decision,
    Recital,
    /// Who stood aside.
    Recusal,
    Article,
    Money,
    Vote,
    Outcome,
    Signature,
    Annexes,
    /// What is said beside the act: a stamp, a notice of appeal, a rectification, a remark on figures.
    Notice,
    /// Any other text.
    Body,
}

/// What a block holds. In texts, `^{…}` is set as a superscript ("1^{ère}"), as transcriptions write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "shape", content = "holds", rename_all = "lowercase")]
pub enum Content {
    /// A heading: 1 is the title of the paper.
    Heading(u8, String),
    Text(String),
    /// Lines kept apart: a header, a block of signature.
    Lines(Vec<String>),
    /// Items in order, which may nest.
    Items(Vec<Item>),
    Table(Table),
}

/// An item of a list: an article, an item of an agenda.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Item {
    /// "Article 1 :", "A", "–"; none: the text alone.
    pub label: Option<String>,
    pub text: String,
    pub children: Vec<Item>,
}

/// A table whose first row is its header.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it shows: said to who cannot see it, and printed above it where `caption_shown`.
    pub caption: String,
    pub caption_shown: bool,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Column {
    pub heading: String,
    /// Figures stand to the right.
    pub numeric: bool,
}

/// A row: cells, or a heading across all columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "cells", rename_all = "lowercase")]
pub enum Row {
    Across(String),
    /// As many as there are columns.
    Cells(Vec<String>),
    /// The last row of sums.
    Total(Vec<String>),
}
