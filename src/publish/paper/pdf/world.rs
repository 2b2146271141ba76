//! All that Typst may see while it sets a paper: the template, the paper, the fonts. The first and the last are the same for every paper, and made once.

use std::collections::HashSet;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook, FontVariant, FontWeight};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

static TEMPLATE: LazyLock<Source> = LazyLock::new(|| Source::detached(include_str!("paper.typ")));
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| typst_assets::fonts().flat_map(|file| Font::iter(Bytes::new(file))).collect());
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));
/// The summary of a table, for who cannot see it, is still asked for as an extra.
static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build()));

/// The families that the template names, in its order, each with the characters that it has in both weights that the template uses.
static FAMILIES: LazyLock<Vec<HashSet<u32>>> = LazyLock::new(|| {
    ["libertinus serif", "dejavu sans mono", "new computer modern", "new computer modern math"]
        .map(|family| {
            let of_weight = |weight| {
                let variant = FontVariant { weight, ..FontVariant::default() };
                let font = BOOK.select(family, variant).and_then(|index| FONTS.get(index));
                font.map(|font| font.info().coverage.iter().collect::<HashSet<_>>()).unwrap_or_default()
            };
            &of_weight(FontWeight::REGULAR) & &of_weight(FontWeight::BOLD)
        })
        .into()
});

/// Whether one family can show all these characters. A letter and its marks are shown by one font, or not at all.
pub fn can_show(characters: &[char]) -> bool {
    FAMILIES.iter().any(|family| characters.iter().all(|&c| family.contains(&c.into())))
}

pub struct PaperWorld {
    /// The paper, as JSON.
    paper: Bytes,
}

impl PaperWorld {
    pub fn new(json: Vec<u8>) -> Self {
        Self { paper: Bytes::new(json) }
    }
}

impl World for PaperWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        TEMPLATE.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == TEMPLATE.id() { Ok(TEMPLATE.clone()) } else { Err(FileError::AccessDenied) }
    }

    /// The only file that the template asks for.
    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Ok(self.paper.clone())
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    /// A paper has its date in it.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
