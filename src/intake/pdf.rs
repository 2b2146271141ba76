//! The text of a PDF that has a text layer.

use thiserror::Error;

/// Why a PDF gives no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PdfError {
    #[error("the file is no PDF")]
    NotPdf,
    #[error("the file is larger than what is read: 32 MiB")]
    TooLarge,
    #[error("the PDF is damaged, or uses what the reader does not know")]
    Unreadable,
    #[error("the PDF has no text layer: it holds pictures of pages")]
    NoText,
}

const LARGEST: usize = 32 << 20;

/// The text, page by page, with a form feed between.
///
/// # Errors
/// When the bytes are no PDF, are damaged, or hold no text.
pub fn text(bytes: &[u8]) -> Result<String, PdfError> {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if !head.windows(5).any(|window| window == b"%PDF-") {
        return Err(PdfError::NotPdf);
    }
    if bytes.len() > LARGEST {
        return Err(PdfError::TooLarge);
    }
    // The library panics at some damaged files; what it read of them is dropped.
    let read = std::panic::catch_unwind(|| pdf_extract::extract_text_from_mem(bytes));
    let text = read.map_err(|_| PdfError::Unreadable)?.map_err(|_| PdfError::Unreadable)?;
    if text.chars().any(char::is_alphanumeric) { Ok(text) } else { Err(PdfError::NoText) }
}
