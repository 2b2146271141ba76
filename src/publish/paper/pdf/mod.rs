//! Papers as PDF: one file that is PDF/A-2a, to be kept, and PDF/UA-1, to be read by all. Typst sets it in this process, from fonts that are compiled
//! in; it reads no file, no system font and no clock, so that the same paper always gives the same bytes.
//!
//! A text of the record is never markup: it reaches the template `paper.typ` as a string, through JSON.

mod data;
#[cfg(test)]
mod tests;
mod words;
mod world;

use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::Paper;
use world::PaperWorld;

/// How many papers ago a piece of layout must have been used last to be forgotten. Different papers share little.
const KEPT_FOR: usize = 2;

/// Why a paper could not be set. No text of a record should bring it about: it is a fault of this module or of a library.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    #[error("the paper cannot be handed to the template: {0}")]
    Data(#[from] serde_json::Error),
    /// What Typst or its export to PDF says, one line for each fault.
    #[error("the paper cannot be set: {0}")]
    Setting(String),
}

/// The paper as a PDF file, its bytes.
pub fn pdf(paper: &Paper) -> Result<Vec<u8>, PdfError> {
    let world = PaperWorld::new(serde_json::to_vec(&data::of(paper))?);
    let made = typst::compile::<PagedDocument>(&world).output.map_err(|faults| said(&faults)).and_then(|document| {
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|fault| PdfError::Setting(fault.message().to_string()))?;
        let options = PdfOptions { creator: Smart::Custom(Some("registre".to_owned())), standards, ..PdfOptions::default() };
        typst_pdf::pdf(&document, &options).map_err(|faults| said(&faults))
    });
    typst::comemo::evict(KEPT_FOR);
    made
}

fn said(faults: &[SourceDiagnostic]) -> PdfError {
    PdfError::Setting(faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("; "))
}
