//! A text of the record as it can be set: cut where its looks change, and with nothing in it that a font cannot show.

use serde::Serialize;
use unicode_normalization::char::is_combining_mark;

use super::world::can_show;

/// A longer word may be broken each so many characters, even where no hyphen could stand: it would leave the page otherwise.
const LONGEST_WORD: usize = 30;
const BROKEN_EACH: usize = 10;
/// Where a line may end, unseen otherwise.
const BREAK: char = '\u{200b}';

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", content = "text", rename_all = "lowercase")]
pub enum Run {
    Plain(String),
    /// What stood in `^{…}`.
    Raised(String),
    /// A new line.
    Break,
}

/// The pieces of a text.
pub fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    for (at, line) in lines(text).enumerate() {
        if at > 0 {
            runs.push(Run::Break);
        }
        let mut rest = line;
        while let Some((before, raised, after)) = raised(rest) {
            push(&mut runs, before, Run::Plain);
            push(&mut runs, raised, Run::Raised);
            rest = after;
        }
        push(&mut runs, rest, Run::Plain);
    }
    runs
}

/// The text on one line and without its marks, for the title of the file.
pub fn flat(text: &str) -> String {
    runs(text).into_iter().map(|run| if let Run::Plain(text) | Run::Raised(text) = run { text } else { " ".to_owned() }).collect()
}

fn push(runs: &mut Vec<Run>, text: &str, run: fn(String) -> Run) {
    if !text.is_empty() {
        runs.push(run(shown(text)));
    }
}

/// The lines of a text, however they end.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}');
    // "\r\n" ends one line, not two.
    text.split("\r\n").flat_map(move |part| part.split(ends))
}

/// What stands before the first `^{…}`, in it, and after it.
fn raised(text: &str) -> Option<(&str, &str, &str)> {
    text.match_indices("^{").find_map(|(at, _)| {
        let (before, rest) = text.split_at_checked(at)?;
        let (raised, after) = rest.strip_prefix("^{")?.split_once('}')?;
        (!raised.is_empty() && !raised.contains('{')).then_some((before, raised, after))
    })
}

/// The text as the fonts show it. A character that they cannot show, or that would show the others in another order, is named: "[U+1F389]".
pub fn shown(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    // The letter with its marks so far; and how long the word is.
    let (mut together, mut word) = (Vec::new(), 0_usize);
    for character in text.chars() {
        word = if character.is_whitespace() { 0 } else { word + 1 };
        if word > LONGEST_WORD && word % BROKEN_EACH == 0 && !is_combining_mark(character) {
            made.push(BREAK);
        }
        if is_unseen(character) {
            made.push(character);
            continue;
        }
        if !is_combining_mark(character) {
            together.clear();
        }
        together.push(character);
        if may_stand(character) && can_show(&together) {
            made.push(character);
            continue;
        }
        together.pop();
        match character {
            // Spaces that keep together what stands on both sides, and the others.
            '\u{2007}' | '\u{202f}' => made.push('\u{a0}'),
            c if c.is_whitespace() => made.push(' '),
            c => made.push_str(&format!("[U+{:04X}]", u32::from(c))),
        }
    }
    made
}

/// Seen by no one, and of use between other characters: joiners, marks of direction, soft hyphens, variants.
const fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}')
}

fn may_stand(character: char) -> bool {
    match character {
        // Overrides, embeddings and isolates of direction.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => false,
        // A private character means something in its own font only.
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{feff}' => false,
        c => !c.is_control(),
    }
}
