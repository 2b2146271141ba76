//! The first stage: lines to blocks, each with the cue that its first words give. A block is a paragraph, a heading, a table.

pub use super::cues::{Cue, cue, operative};
use super::fields::people::ends_in_civility;
use super::grammar::person::person;
use super::grammar::wording::{matched, starts, whole};
use super::lines::Line;
use super::passage::Passage;

#[derive(Debug)]
pub struct Block {
    pub cue: Cue,
    pub passage: Passage,
    pub blank_before: bool,
    /// The cells of a table, row by row.
    pub rows: Vec<Vec<Passage>>,
    bold_goes_on: bool,
    /// Length of its last line.
    last_line: usize,
}

impl Block {
    pub fn text(&self) -> &str {
        self.passage.text()
    }

    /// A block that is a part of another.
    pub fn inside(passage: Passage) -> Self {
        let last_line = passage.len();
        Self { cue: cue(passage.text()), passage, blank_before: false, rows: Vec::new(), bold_goes_on: false, last_line }
    }

    fn of(line: &Line, cue: Cue) -> Self {
        let rows = if cue == Cue::Table { vec![cells(line)] } else { Vec::new() };
        Self {
            cue,
            passage: line.passage.spaced(),
            blank_before: line.blank_before,
            rows,
            bold_goes_on: line.bold_goes_on,
            last_line: line.text().len(),
        }
    }
}

/// A block does not grow beyond this.
const LONGEST: usize = 16_384;
/// A line of a heading or of a signature is shorter.
pub(super) const HEADING: usize = 120;

fn cells(line: &Line) -> Vec<Passage> {
    line.text().split('\t').map(|cell| line.passage.part(cell.trim())).collect()
}

/// The blocks of a page.
pub fn of(lines: &[Line]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if is_page(line.text()) {
            continue;
        }
        let said = if line.is_row() { Cue::Table } else { cue(line.text()) };
        let row_next = lines.iter().skip(at + 1).take(2).take_while(|next| !next.blank_before).any(Line::is_row);
        if line.is_row()
            && blocks.last().is_none_or(|last| last.cue != Cue::Table)
            && cells(line).iter().any(|cell| matches!(cue(cell.text()), Cue::Authority | Cue::Sitting | Cue::Number | Cue::Convening | Cue::Body))
        {
            // Two columns of a head: "COMMUNE DE X      Séance du 3 mai".
            blocks.extend(cells(line).into_iter().filter(|cell| !cell.is_empty()).map(Block::inside));
            continue;
        }
        match blocks.last_mut() {
            Some(last) if last.cue == Cue::Table && line.is_row() && last.rows.len() < 2000 => {
                last.rows.push(cells(line));
                last.passage.join(&line.passage.spaced());
            }
            // A cell that goes over several lines: its first lines stand alone.
            Some(last) if last.cue == Cue::Table && !line.is_row() && row_next && part_of_cell(line, said) && last.rows.len() < 2000 => {
                last.rows.push(cells(line));
                last.passage.join(&line.passage.spaced());
            }
            Some(last) if !line.is_row() && last.cue != Cue::Table && joins(last, line, said) => {
                last.passage.join(&line.passage.spaced());
                last.bold_goes_on = line.bold_goes_on;
                last.last_line = line.text().len();
                if !matches!(last.cue, Cue::Article | Cue::Visa | Cue::Considering) {
                    last.cue = cue(last.passage.text());
                }
            }
            _ => blocks.push(Block::of(line, said)),
        }
    }
    for block in &mut blocks {
        block.rows = mended(std::mem::take(&mut block.rows));
    }
    blocks
}

fn part_of_cell(line: &Line, said: Cue) -> bool {
    line.text().len() <= 40 && !line.blank_before && matches!(said, Cue::Prose | Cue::Name) && !super::fields::attendance::is_heading(line.text())
}

/// A row whose first cell is empty takes the lines above it that stand alone.
fn mended(rows: Vec<Vec<Passage>>) -> Vec<Vec<Passage>> {
    let mut mended: Vec<Vec<Passage>> = Vec::new();
    for mut row in rows {
        let mut above: Option<Passage> = None;
        while row.len() > 1 && row.first().is_some_and(Passage::is_empty) && mended.len() > 1 && mended.last().is_some_and(|last| last.len() == 1) {
            let Some(line) = mended.pop().and_then(|mut last| last.pop()) else { break };
            above = Some(match above {
                Some(below) => {
                    let mut both = line;
                    both.join(&below);
                    both
                }
                None => line,
            });
        }
        if let (Some(above), Some(first)) = (above, row.first_mut()) {
            *first = above;
        }
        mended.push(row);
    }
    mended
}

/// Whether a line goes on with the block before it; `next` is what the line is by its own first words.
fn joins(block: &Block, line: &Line, next: Cue) -> bool {
    let (text, before) = (line.text(), block.text());
    if block.passage.len() > LONGEST || matches!(block.cue, Cue::Separator | Cue::Furniture) {
        return false;
    }
    if block.bold_goes_on {
        return true;
    }
    let begins_apart = matches!(
        next,
        Cue::Visa
            | Cue::Considering
            | Cue::Decides
            | Cue::Deliberated
            | Cue::Article
            | Cue::Vote
            | Cue::Closing
            | Cue::Bullet
            | Cue::Separator
            | Cue::Opening
    );
    let labelled = matches!(
        next,
        Cue::Title
            | Cue::Number
            | Cue::Secretary
            | Cue::Chair
            | Cue::Convening
            | Cue::Sitting
            | Cue::Outcome
            | Cue::Item
            | Cue::Report
            | Cue::Quorum
            | Cue::Matter
    );
    let lower = text.starts_with(|c: char| c.is_lowercase());
    // "service : Direction des routes", in lower case too.
    let headed = matches!(next, Cue::Rapporteur | Cue::Service | Cue::Title) && text.contains(':');
    if headed || block.cue == Cue::Article && super::fields::articles::label(before) == Some(before) {
        return false;
    }
    // An amount, or a name, that the end of the line cut in two.
    let bare_label = match block.cue {
        Cue::Vote => before.ends_with(':'),
        Cue::Convening => !before.contains(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    let value = bare_label && text.starts_with(|c: char| c.is_ascii_digit())
        || matches!(block.cue, Cue::Chair | Cue::Secretary) && before.ends_with(':') && named(text);
    let cut = value
        || before.ends_with(|c: char| c.is_ascii_digit())
            && text.starts_with(|c: char| c.is_ascii_digit())
            && !text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(char::is_alphabetic)
        || !line.blank_before && matches!(next, Cue::Prose | Cue::Name) && half_a_name(before);
    if cut && !line.blank_before {
        return true;
    }
    let one_a_line = || super::fields::attendance::is_proxy(text) || named(text) && named(before);
    if !hangs_on(before) && (super::fields::people::is_grouped(text) || one_a_line() && ends_with_a_name(before)) {
        return false;
    }
    // "…, régulièrement convoqué" and "le 16 juin, s'est réuni…".
    let in_opening = lower && next == Cue::Opening && block.cue == Cue::Opening && !line.blank_before;
    if begins_apart && !(lower && next == Cue::Article || in_opening) || labelled && !lower {
        return false;
    }
    let verb = text.split(' ').next().unwrap_or_default();
    if matches!(block.cue, Cue::Visa | Cue::Considering)
        && before.ends_with(',')
        && text.starts_with(char::is_uppercase)
        && !verb.contains(|c: char| c.is_ascii_digit() || c == '.')
    {
        return false;
    }
    // A quotation that was not closed goes on, over a page break too.
    if before.len() < 800 && before.matches('«').count() > before.matches('»').count() {
        return true;
    }
    if operative(text) && verb.chars().count() >= 3 && in_capitals(verb) {
        return false;
    }
    if line.blank_before || super::fields::attendance::is_heading(text) {
        return false;
    }
    let ended = before.ends_with(['.', ';', ':', '!', '?']) && !ends_in_civility(before);
    if ended || matches!(block.cue, Cue::Signature | Cue::Delegation | Cue::Mark | Cue::Name | Cue::PlaceDate) {
        return false;
    }
    let hangs = hangs_on(before);
    if matches!(next, Cue::Prose | Cue::Name) {
        let continues = lower
            || text.starts_with(['(', '«', '€', '"', ')'])
            || leads(text)
            || text.starts_with(|c: char| c.is_ascii_digit()) && block.last_line >= 50 && block.cue != Cue::Authority;
        // The lines of a title in capitals; an address under an authority is no part of its name.
        let alike = block.cue == Cue::Prose && next == Cue::Prose && !line.blank_before && before.len() <= HEADING;
        let title = alike && in_capitals(text) && in_capitals(before);
        continues || hangs && block.last_line >= 30 || block.last_line >= 60 && block.cue != Cue::Authority || title
    } else {
        // Words of a heading in the middle of a sentence.
        block.last_line >= 60 && !in_capitals(text) || ends_open(before) || lower && next != Cue::Vote
    }
}

/// The end of a text, longer than any name: who looks for a comma in a long paragraph, at each of its lines, reads it over and over.
fn end(text: &str) -> &str {
    let from = text.len().saturating_sub(200);
    (from..text.len()).find_map(|at| text.get(at..)).unwrap_or_default()
}

/// Whether a text begins with a civility and a name.
fn named(text: &str) -> bool {
    person(text.trim_start_matches(['-', '•', '–', ' ', '*'])).is_some_and(|(read, _)| read.civility.is_some())
}

/// Whether the last of a list is a name with what belongs to it: "…, Mme Brigitte KERJOSSE", "M. A (pouvoir à M. B)", and no half of one: "…, Armelle".
fn ends_with_a_name(text: &str) -> bool {
    let last = end(text).rsplit([',', ';', ':']).next().unwrap_or_default().trim_start_matches([' ', '-', '•', '–', '*']);
    text.ends_with(')') || person(last).is_some() || matches!(text.rsplit(' ').next(), Some(word) if word.ends_with(':'))
}

/// Whether a text ends with a civility and a given name: "M. Denis".
fn half_a_name(text: &str) -> bool {
    let last = end(text).rsplit([',', ';']).next().unwrap_or_default().trim();
    person(last).is_some_and(|(read, rest)| {
        rest.is_empty() && read.civility.is_some() && !read.name.contains(' ') && !super::grammar::person::in_capitals(read.name)
    })
}

/// Whether a line is the number of a page: "Page 2/5", "- 3 -", "2/5".
pub(super) fn is_page(text: &str) -> bool {
    let bare = text.trim_matches(['-', '–', ' ', '.']);
    let marked = bare.len() < text.len();
    let numbers = matched("page", bare).and_then(|len| bare.get(len..)).unwrap_or(bare).trim();
    let paged = numbers.len() < bare.len();
    let (first, last) = numbers.split_once(['/', 's']).map_or((numbers, None), |(first, last)| (first, Some(last.trim_start_matches("ur"))));
    let page: Option<u32> = first.trim().parse().ok().filter(|page| *page < 2000);
    let of: Option<u32> = last.and_then(|last| last.trim().parse().ok());
    page.is_some_and(|page| {
        paged && last.is_none()
            || of.is_some_and(|of| page <= of && of < 2000 && (paged || text.contains('/')))
            || marked && last.is_none() && text.starts_with(['-', '–']) && text.ends_with(['-', '–'])
    })
}

/// Whether a line begins with a word that no line of its own begins with.
fn leads(text: &str) -> bool {
    starts(&["du", "de", "des", "de la", "d'", "et", "aux", "en", "a la"], text) && in_capitals(text)
}

/// Whether a text cannot end where it ends.
fn hangs_on(text: &str) -> bool {
    text.ends_with([',', '-', '«', '(']) || ends_open(text) || ends_in_civility(text)
}

/// Whether a text ends with a word that wants another.
fn ends_open(text: &str) -> bool {
    let last = end(text).rsplit(' ').next().unwrap_or_default();
    let open = [
        "de", "du", "des", "la", "le", "les", "et", "a", "au", "aux", "en", "par", "pour", "sur", "d'", "l'", "que", "son", "ses", "n°", "un", "une",
        "ou", "avec",
    ];
    whole(&open, last)
}

pub fn in_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4 && text.chars().filter(|c| c.is_lowercase()).count() * 10 <= letters
}

/// A heading: short, and no sentence.
pub fn is_heading(text: &str) -> bool {
    text.len() <= HEADING && !text.ends_with(['.', ';', ','])
}
