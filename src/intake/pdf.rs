//! The text of a PDF that has a text layer.

use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc};
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

/// More characters than any file of a sitting prints; what stands behind them is not read.
const MOST_GLYPHS: usize = 4_000_000;

/// The text, line by line as it stands on the page: columns divided by tabs, paragraphs by blank lines, pages by a form feed.
///
/// # Errors
/// When the bytes are no PDF, are damaged or locked, or hold no text.
pub fn text(bytes: &[u8]) -> Result<String, PdfError> {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if !head.windows(5).any(|window| window == b"%PDF-") {
        return Err(PdfError::NotPdf);
    }
    if bytes.len() > LARGEST {
        return Err(PdfError::TooLarge);
    }
    // The library panics at some damaged files; what it read of them is dropped.
    let read = std::panic::catch_unwind(|| {
        let mut document = Document::load_mem(bytes).ok()?;
        if document.is_encrypted() {
            document.decrypt("").ok()?;
        }
        let mut pages = Pages::default();
        output_doc(&document, &mut pages).ok()?;
        Some(pages.text)
    });
    let text = read.ok().flatten().ok_or(PdfError::Unreadable)?;
    if text.chars().any(char::is_alphanumeric) { Ok(text) } else { Err(PdfError::NoText) }
}

/// A character and where it was drawn: `y` grows upwards.
struct Glyph {
    x: f64,
    end: f64,
    y: f64,
    size: f64,
    text: String,
}

/// Puts the characters of each page back into lines.
#[derive(Default)]
struct Pages {
    glyphs: Vec<Glyph>,
    seen: usize,
    text: String,
}

impl Pages {
    /// Stretches are drawn in any order: lines are those of one height, from the left. Inside a stretch the order of drawing holds, since kerning
    /// makes the
    /// places of single characters unsure.
    fn page(&mut self) {
        let mut stretches: Vec<Vec<Glyph>> = Vec::new();
        for glyph in std::mem::take(&mut self.glyphs) {
            let goes_on = |last: &Glyph| (last.y - glyph.y).abs() <= 0.45 * last.size.max(glyph.size) && glyph.x > last.end - 3.0 * glyph.size;
            match stretches.last_mut().filter(|stretch| stretch.last().is_some_and(goes_on)) {
                Some(stretch) => stretch.push(glyph),
                None => stretches.push(vec![glyph]),
            }
        }
        let height = |stretch: &[Glyph]| stretch.first().map_or(0.0, |first| first.y);
        stretches.sort_by(|a, b| height(b).total_cmp(&height(a)));
        let size = |stretch: &[Glyph]| stretch.first().map_or(0.0, |first| first.size);
        let mut lines: Vec<Vec<Vec<Glyph>>> = Vec::new();
        for stretch in stretches {
            let same =
                |line: &Vec<Vec<Glyph>>| line.first().is_some_and(|first| height(first) - height(&stretch) <= 0.45 * size(first).max(size(&stretch)));
            match lines.last_mut().filter(|line| same(line)) {
                Some(line) => line.push(stretch),
                None => lines.push(vec![stretch]),
            }
        }
        let mut last: Option<(f64, f64)> = None;
        for mut line in lines {
            let left = |stretch: &[Glyph]| stretch.first().map_or(0.0, |first| first.x);
            line.sort_by(|a, b| left(a).total_cmp(&left(b)));
            let glyphs: Vec<Glyph> = line.into_iter().flatten().collect();
            let Some((y, size)) = glyphs.first().map(|first| (first.y, first.size)) else { continue };
            // More than a line and a half between two lines: a new paragraph.
            if last.is_some_and(|(above, height)| above - y > 1.75 * height.max(size)) {
                self.text.push('\n');
            }
            last = Some((y, size));
            self.line(&glyphs);
        }
        self.text.push('\u{c}');
    }

    fn line(&mut self, line: &[Glyph]) {
        let (mut end, mut size): (Option<f64>, f64) = (None, 0.0);
        for (place, glyph) in line.iter().enumerate() {
            let gap = end.map_or(0.0, |end| glyph.x - end);
            // The hyphen of a word cut at the end of the line is drawn apart.
            let hyphen = place + 1 == line.len() && matches!(glyph.text.as_str(), "-" | "\u{ad}" | "\u{2010}");
            // So is a raised ordinal: "1ère".
            let raised = size > 0.0 && (glyph.size - size).abs() > 0.15 * size;
            if gap > 2.0 * glyph.size.max(size) && !hyphen && !raised {
                self.text.push('\t');
            } else if !hyphen && gap > 0.15 * glyph.size && !self.text.ends_with([' ', '\t', '\n']) && !glyph.text.starts_with(' ') {
                self.text.push(' ');
            }
            self.text.push_str(&glyph.text);
            (end, size) = (Some(glyph.end), glyph.size);
        }
        self.text.push('\n');
    }
}

impl OutputDev for Pages {
    fn begin_page(&mut self, _: u32, _: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        self.page();
        Ok(())
    }

    fn output_character(&mut self, at: &Transform, width: f64, _: f64, font_size: f64, text: &str) -> Result<(), OutputError> {
        let size = font_size * (at.m11 * at.m22 - at.m12 * at.m21).abs().sqrt();
        let placed = at.m31.is_finite() && at.m32.is_finite() && size.is_finite() && size > 0.0;
        self.seen += 1;
        if placed && self.seen <= MOST_GLYPHS {
            self.glyphs.push(Glyph { x: at.m31, end: at.m31 + width * size, y: at.m32, size, text: text.to_owned() });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
