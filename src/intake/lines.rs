//! The page as lines: bold marks, soft hyphens and control characters are taken out, columns become tabs. Every line knows its place.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks;
use super::cues::{Cue, cue};
use super::grammar::wording::matched;
use super::passage::Passage;
use crate::record::names::fold;

/// So many lines from the top or the foot of a page are its edge.
const EDGE: usize = 3;

/// No letterhead is longer: lines.
const LETTERHEAD: usize = 16;

/// A line longer than this is read as several: what looks at a whole block then takes bounded time.
const LONGEST: usize = 8192;

#[derive(Debug, Default)]
pub struct Line {
    pub passage: Passage,
    pub blank_before: bool,
    /// Bold began and did not end on this line.
    pub bold_goes_on: bool,
    /// The page that it is on, where form feeds or the numbers of pages divide the text.
    pub page: usize,
}

impl Line {
    pub fn text(&self) -> &str {
        self.passage.text()
    }

    /// Several cells.
    pub fn is_row(&self) -> bool {
        self.text().contains('\t')
    }
}

/// The lines of a text that print something.
pub fn of(source: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let (mut at, mut blank, mut bold, mut page) = (0, false, false, 0);
    for raw in source.split_inclusive(['\n', '\u{c}', '\u{2028}', '\r']) {
        let mut rest = raw;
        while !rest.is_empty() {
            let cut = if rest.len() > LONGEST { cut(rest) } else { rest.len() };
            let (piece, left) = rest.split_at_checked(cut).unwrap_or((rest, ""));
            let line = clean(piece, at, &mut bold);
            at += piece.len();
            rest = left;
            if line.is_empty() {
                blank = true;
            } else {
                lines.push(Line { passage: line, blank_before: blank, bold_goes_on: bold, page });
                blank = false;
            }
        }
        page += usize::from(raw.ends_with('\u{c}') || matched("page", raw.trim_start()).is_some() && blocks::is_page(raw.trim()));
    }
    without_running_heads(lines, page)
}

/// Whether a line may be the head or the foot of a page: what is decided, voted or signed is of an act, wherever its page ends.
fn may_repeat(text: &str) -> bool {
    matches!(
        cue(text),
        Cue::Prose
            | Cue::Authority
            | Cue::Furniture
            | Cue::Body
            | Cue::Service
            | Cue::Number
            | Cue::Separator
            | Cue::Sitting
            | Cue::Minutes
            | Cue::Table
    )
}

/// Whether a line tells who was there: an act does so on its first page, and on no other.
fn opens(text: &str) -> bool {
    const BEFORE: [&str; 7] = ["etaient", "etait", "sont", "membres", "elus", "conseillers", "delegues"];
    let head = fold(text.get(..60).unwrap_or_default());
    let head = if head.is_empty() { fold(text) } else { head };
    let mut words = head.split(' ').skip_while(|word| BEFORE.contains(word));
    words.next().is_some_and(|word| matches!(word, "present" | "presents" | "presente" | "presentes"))
}

/// What stands at the edge of several pages in the same words is the head or the foot of the page, told once at the top of the first; but not where each of these pages tells who was
/// there: each begins an act then, and what they repeat is the head of the acts of one sitting, and who signed them.
fn without_running_heads(lines: Vec<Line>, pages: usize) -> Vec<Line> {
    if pages == 0 {
        return lines;
    }
    let mut on_page: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        on_page.entry(line.page).and_modify(|(_, last)| *last = at).or_insert((at, at));
    }
    let at_edge = |at: usize, line: &Line| on_page.get(&line.page).is_some_and(|(first, last)| at < first + EDGE || at + EDGE > *last);
    let mut seen: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (_, line) in lines.iter().enumerate().filter(|(at, line)| at_edge(*at, line)) {
        seen.entry(line.text()).or_default().insert(line.page);
    }
    let opening: BTreeSet<usize> = lines.iter().filter(|line| opens(line.text())).map(|line| line.page).collect();
    let runs = |pages: &BTreeSet<usize>| pages.len() >= 2 && !pages.is_subset(&opening);
    let repeated: BTreeSet<String> = seen.into_iter().filter(|(_, pages)| runs(pages)).map(|(text, _)| text.to_owned()).collect();
    // The first page begins with the letterhead of the act: there it is told. It may be longer than an edge.
    let first = lines.first().map_or(0, |line| line.page);
    let top: Vec<&str> = lines.iter().take_while(|line| line.page == first).take(LETTERHEAD).map(Line::text).collect();
    let again = |from: usize| lines.iter().skip(from).zip(&top).take_while(|(line, told)| line.text() == **told).count();
    let later = on_page.iter().filter(|(page, _)| **page != first && !opening.contains(page));
    // One line is a running head.
    let heads = later.map(|(_, (from, to))| (*from, again(*from).min(to + 1 - from))).filter(|(_, lines)| *lines >= 2);
    // Another number or object behind it: what is repeated there is the head of another act.
    let another =
        |at: usize| lines.get(at).is_some_and(|line| matches!(cue(line.text()), Cue::Number | Cue::Title | Cue::Item | Cue::Opening | Cue::Report));
    let heads: Vec<(usize, usize)> = heads.filter(|(from, lines)| !another(from + lines)).collect();
    let run = |from: usize, to: usize| lines.iter().skip(from).take(to + 1 - from).take_while(|line| repeated.contains(line.text())).count();
    let tops = on_page.values().map(|(from, to)| (*from, run(*from, *to))).filter(|(from, run)| another(from + run));
    let of_acts: BTreeSet<usize> = tops.flat_map(|(from, run)| from..from + run).collect();
    let told = heads.iter().map(|(_, lines)| *lines).max().unwrap_or_default();
    let letterheads: BTreeSet<usize> = heads.into_iter().flat_map(|(from, lines)| from..from + lines).collect();
    // The line that goes on after a page is no new paragraph for that.
    let (mut kept, mut turned): (Vec<Line>, bool) = (Vec::new(), false);
    for (at, mut line) in lines.into_iter().enumerate() {
        if letterheads.contains(&at)
            || at >= told && at_edge(at, &line) && !of_acts.contains(&at) && repeated.contains(line.text()) && may_repeat(line.text())
        {
            turned = true;
            continue;
        }
        line.blank_before &= !turned;
        turned = false;
        kept.push(line);
    }
    kept
}

/// Where to cut a long line: behind a space if there is one, on a boundary of characters.
fn cut(text: &str) -> usize {
    let most = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let space = text.get(..most).and_then(|head| head.rfind(' ')).map(|at| at + 1).filter(|at| *at > LONGEST / 2);
    space.unwrap_or(most.max(1))
}

fn clean(raw: &str, at: usize, bold: &mut bool) -> Passage {
    let bars = raw.matches('|').count() >= 2;
    let mut kept: Vec<(char, usize)> = Vec::new();
    let mut chars = raw.char_indices().peekable();
    while let Some((byte, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        match c {
            '*' if next == Some('*') => {
                chars.next();
                *bold = !*bold;
            }
            // What is left of slanted or bold type at the edge of a word.
            '*' if next.is_none_or(|n| !n.is_whitespace()) && kept.iter().all(|(c, _)| *c == ' ')
                || c == '*' && next.is_none_or(char::is_whitespace) && !kept.is_empty() => {}
            '\u{ad}' | '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' => {}
            '\t' => kept.push(('\t', at + byte)),
            '|' if bars && kept.iter().all(|(c, _)| *c == ' ') => {}
            '|' if bars => kept.push(('\t', at + byte)),
            c if c.is_control() || matches!(c, '\u{2028}') => {}
            c => kept.push((c, at + byte)),
        }
    }
    columns(&kept)
}

/// Gaps of so many spaces or more between two words.
fn gaps(chars: &[(char, usize)], least: usize) -> usize {
    chars.chunk_by(|(a, _), (b, _)| (*a == ' ') == (*b == ' ')).skip(1).filter(|run| run.len() >= least && run.iter().all(|(c, _)| *c == ' ')).count()
}

/// Three spaces or more between two words divide columns, and two in a row that has two such gaps; fewer are one space. Tabs are kept one by one, an empty
/// cell is a cell.
fn columns(chars: &[(char, usize)]) -> Passage {
    let least = if gaps(chars, 3) >= 2 { 2 } else { 3 };
    let mut line = Passage::default();
    let mut spaces: Vec<(char, usize)> = Vec::new();
    for (c, at) in chars {
        if *c == ' ' || *c == '\t' {
            spaces.push((*c, *at));
            continue;
        }
        // A row may begin with an empty cell.
        if !line.is_empty() || spaces.first().is_some_and(|(c, _)| *c == '\t') && chars.iter().filter(|(c, _)| *c == '\t').count() > 1 {
            let tabs = spaces.iter().filter(|(c, _)| *c == '\t').count();
            if let Some((_, first)) = spaces.first() {
                let wide = spaces.len() >= least;
                for _ in 0..tabs.max(usize::from(wide)) {
                    line.push('\t', *first);
                }
                if tabs == 0 && !wide {
                    line.push(' ', *first);
                }
            }
        }
        spaces.clear();
        line.push(*c, *at);
    }
    line
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_taken_out() {
        let lines = of("\u{feff}**Titre\nen gras**\n\n  *penché*  \nA\tB\t\tC\n| x | y |\nnom      prénom\n");
        let texts: Vec<&str> = lines.iter().map(Line::text).collect();
        assert_eq!(texts, ["Titre", "en gras", "penché", "A\tB\t\tC", "x\ty", "nom\tprénom"]);
        assert_eq!(
            lines.iter().map(|l| (l.blank_before, l.bold_goes_on)).take(3).collect::<Vec<_>>(),
            [(false, true), (false, false), (true, false)]
        );
        assert_eq!(lines[3].passage.span("B").start, "\u{feff}**Titre\nen gras**\n\n  *penché*  \nA\t".len() - 2);
    }

    #[test]
    fn the_head_of_a_page_is_dropped_and_that_of_an_act_is_not() {
        let act = |title: &str| format!("Registre\nCOMMUNE DE X\nPrésents : A, B\n{title}\nVu le code ;\nPied\nLe Maire\n");
        let text = format!("{}\u{c}Registre\nArticle 2\nPied\n\u{c}{}", act("Cantine"), act("Garderie"));
        let lines = of(&text);
        let texts: Vec<&str> = lines.iter().map(Line::text).collect();
        let act = |title| ["COMMUNE DE X", "Présents : A, B", title, "Vu le code ;", "Le Maire"];
        assert_eq!(texts, [act("Cantine").as_slice(), &["Article 2"], &act("Garderie")].concat());
    }

    #[test]
    fn a_letterhead_is_told_once() {
        let head = "Reçu le 3 mai\nVille de X\nRegistre\nSéance du 2 mai\nDélibération 12\n";
        let text = format!("{head}Objet : Emplois, du 14 juin\nPage 1 sur 2\n{head}au 14 septembre\nPage 2 sur 2\n");
        let lines = of(&text);
        let texts: Vec<&str> = lines.iter().map(Line::text).collect();
        let once: Vec<&str> = head.lines().chain(["Objet : Emplois, du 14 juin", "Page 1 sur 2", "au 14 septembre", "Page 2 sur 2"]).collect();
        assert_eq!(texts, once);
        assert!(!lines[7].blank_before);
    }

    #[test]
    fn a_long_line_is_cut() {
        let text = "mot ".repeat(10_000);
        assert!(of(&text).len() >= 4);
        assert!(of(&"é".repeat(30_000)).iter().all(|line| line.text().len() <= LONGEST));
    }
}
